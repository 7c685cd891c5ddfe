//! The finder of figures against texts marked by hand, in three languages: precision and recall, per language.
//!
//! `cargo test --test figures -- --nocapture` prints both measures, and every figure that was missed, misread or invented.

use std::collections::BTreeMap;

use mizan::numeral::{Class, Mention, find};

/// What precision and recall must reach, in per cent.
const REQUIRED: usize = 97;

/// A figure that a person marked.
#[derive(Debug, PartialEq, Eq)]
struct Marked {
    start: usize,
    text: String,
    class: String,
    value: String,
}

/// How a language did.
#[derive(Default)]
struct Score {
    marked: usize,
    found: usize,
    agreed: usize,
    complaints: Vec<String>,
}

impl Score {
    fn precision(&self) -> usize {
        self.agreed * 100 / self.found.max(1)
    }

    fn recall(&self) -> usize {
        self.agreed * 100 / self.marked.max(1)
    }
}

/// A marked text as the plain text and its marks, which come in order.
fn unmark(source: &str) -> (String, Vec<Marked>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    let lines = source.lines().filter(|line| !line.starts_with('#'));
    let source = lines.collect::<Vec<_>>().join("\n");
    for (at, piece) in source.split('⟦').enumerate() {
        let (mark, rest) = if at == 0 { ("", piece) } else { piece.split_once('⟧').unwrap() };
        if let [written, class, value] = mark.split('|').collect::<Vec<_>>()[..] {
            marks.push(Marked { start: text.len(), text: written.into(), class: class.into(), value: value.into() });
            text.push_str(written);
        }
        text.push_str(rest);
    }
    (text, marks)
}

/// The value of a mention in the notation of the marks.
fn value(mention: &Mention) -> String {
    match (&mention.figure, &mention.moment, mention.class) {
        (_, Some(moment), Class::Date | Class::Year | Class::YearRange) => moment.edtf(Some(0)).unwrap_or_default(),
        (Some(figure), ..) => match &figure.upper {
            Some(upper) => format!("{}..{upper}", figure.value),
            None => figure.value.to_string(),
        },
        _ => String::new(),
    }
}

/// Two places agree when one lies within the other: an article or a particle more does not matter.
fn overlaps(marked: &Marked, mention: &Mention) -> bool {
    let end = marked.start + marked.text.len();
    let starts_within = (marked.start..end).contains(&mention.bytes.start) || mention.bytes.contains(&marked.start);
    starts_within && (mention.bytes.end >= end || mention.bytes.end > marked.start)
}

fn score(source: &str) -> Score {
    let (text, marks) = unmark(source);
    let found: Vec<Mention> = find(&text).into_iter().filter(|mention| mention.class.is_scored()).collect();
    let mut score = Score { marked: marks.len(), found: found.len(), ..Score::default() };
    let mut taken = vec![false; found.len()];
    for marked in &marks {
        let same = |mention: &Mention| overlaps(marked, mention) && mention.class.name() == marked.class && value(mention) == marked.value;
        match found.iter().position(same).filter(|at| !taken[*at]) {
            Some(at) => {
                taken[at] = true;
                score.agreed += 1;
            }
            None => score.complaints.push(format!("missed   {} {} {}", marked.text, marked.class, marked.value)),
        }
    }
    for (mention, _) in found.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        score.complaints.push(format!("invented {} {} {}", &text[mention.bytes.clone()], mention.class.name(), value(mention)));
    }
    score
}

#[test]
fn figures_are_found_in_three_languages() {
    let gold = [("Arabic", include_str!("figures_gold/ar.txt")), ("French", include_str!("figures_gold/fr.txt")), ("English", include_str!("figures_gold/en.txt"))];
    let scores: BTreeMap<_, _> = gold.into_iter().map(|(language, source)| (language, score(source))).collect();
    for (language, score) in &scores {
        println!("{language:<8} {:>4} marked {:>4} found: precision {} %, recall {} %", score.marked, score.found, score.precision(), score.recall());
        score.complaints.iter().for_each(|complaint| println!("         {complaint}"));
    }
    assert!(scores.values().map(|score| score.marked).sum::<usize>() >= 400);
    assert!(scores.values().all(|score| score.precision() >= REQUIRED && score.recall() >= REQUIRED));
}

#[test]
fn places_in_bytes_and_in_characters_name_the_same_text() {
    let (text, _) = unmark(include_str!("figures_gold/ar.txt"));
    let characters: Vec<char> = text.chars().collect();
    for mention in find(&text) {
        let by_characters: String = characters[mention.chars.clone()].iter().collect();
        assert_eq!(by_characters, text[mention.bytes.clone()]);
        assert!(mention.with_hedge.start <= mention.bytes.start && mention.with_hedge.end >= mention.bytes.end);
    }
}
