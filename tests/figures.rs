//! The finder of figures against texts marked by hand, in three languages: precision and recall, per language.
//!
//! `cargo test --test figures -- --nocapture` prints both measures, and every figure that was missed, misread or
//! invented.

#![cfg(test)]

use mizan::numeral::{Class, Mention, find};

/// What precision and recall must reach, in per cent.
const REQUIRED: usize = 97;

/// The marked texts.
const GOLD: [(&str, &str); 3] = [
    ("Arabic", include_str!("figures_gold/ar.txt")),
    ("French", include_str!("figures_gold/fr.txt")),
    ("English", include_str!("figures_gold/en.txt")),
];

/// Marked lines, in any language, that must be read without a fault.
const HARD: &str = include_str!("figures_gold/hard.txt");

/// A figure that a person marked.
struct Marked<'s> {
    start: usize,
    text: &'s str,
    class: &'s str,
    value: &'s str,
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
fn unmark(source: &str) -> (String, Vec<Marked<'_>>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        for piece in line.split_inclusive('⟧') {
            let (plain, mark) = piece.split_once('⟦').unwrap_or((piece, ""));
            text.push_str(plain);
            if let [written, class, value] = mark.trim_end_matches('⟧').split('|').collect::<Vec<_>>()[..] {
                marks.push(Marked { start: text.len(), text: written, class, value });
                text.push_str(written);
            }
        }
        text.push('\n');
    }
    (text, marks)
}

/// The value of a mention in the notation of the marks.
fn value(mention: &Mention) -> String {
    match (&mention.figure, &mention.moment, mention.class) {
        (_, Some(moment), Class::Date | Class::Year | Class::YearRange | Class::Relative) => {
            moment.edtf(Some(0)).unwrap_or_default()
        }
        (Some(figure), ..) => match &figure.upper {
            Some(upper) => format!("{}..{upper}", figure.value),
            None => figure.value.to_string(),
        },
        _ => String::new(),
    }
}

/// Whether a mention is the marked figure; an article or a particle more in its place does not matter.
fn agrees(marked: &Marked, mention: &Mention) -> bool {
    let end = marked.start + marked.text.len();
    let overlaps = mention.bytes.start < end && marked.start < mention.bytes.end;
    overlaps && mention.class.name() == marked.class && value(mention) == marked.value
}

fn score(source: &str) -> Score {
    let (text, marks) = unmark(source);
    let mut found: Vec<Mention> =
        find(&text).into_iter().filter(|mention| mention.class.is_scored()).collect();
    let mut score = Score { marked: marks.len(), found: found.len(), ..Score::default() };
    for marked in &marks {
        if let Some(at) = found.iter().position(|mention| agrees(marked, mention)) {
            found.remove(at);
            score.agreed += 1;
        } else {
            score.complaints.push(format!("missed   {} {} {}", marked.text, marked.class, marked.value));
        }
    }
    for mention in found {
        let written = text.get(mention.bytes.clone()).unwrap_or_default();
        score.complaints.push(format!("invented {written} {} {}", mention.class.name(), value(&mention)));
    }
    score
}

#[test]
fn figures_are_found_in_three_languages() {
    let scores = GOLD.map(|(language, source)| (language, score(source)));
    for (language, score) in &scores {
        let (precision, recall) = (score.precision(), score.recall());
        println!(
            "{language:<8} {} marked, {} found: precision {precision} %, recall {recall} %",
            score.marked, score.found
        );
        for complaint in &score.complaints {
            println!("         {complaint}");
        }
    }
    assert!(scores.iter().map(|(_, score)| score.marked).sum::<usize>() >= 400);
    assert!(scores.iter().all(|(_, score)| score.precision() >= REQUIRED && score.recall() >= REQUIRED));
}

/// Each line on its own: a line of one language says nothing about the next.
#[test]
fn hard_places_are_read_exactly() {
    for line in HARD.lines() {
        let Score { complaints, .. } = score(line);
        assert!(complaints.is_empty(), "{line}\n{complaints:#?}");
    }
}

#[test]
fn places_in_bytes_and_in_characters_name_the_same_text() {
    for (_, source) in GOLD {
        let (text, _) = unmark(source);
        for mention in find(&text) {
            let (start, length) = (mention.chars.start, mention.chars.len());
            let by_characters: String = text.chars().skip(start).take(length).collect();
            assert_eq!(Some(by_characters.as_str()), text.get(mention.bytes.clone()));
            assert!(
                mention.with_hedge.start <= mention.bytes.start
                    && mention.with_hedge.end >= mention.bytes.end
            );
        }
    }
}

/// Texts that are made to be slow: none of them holds a figure, and each is read to its end.
#[test]
fn hostile_texts_hold_no_figure() {
    let pieces = ["7", "و", "a", "ع", "\u{202e}\u{202c}", "1.2", "ونصف ", "un sur ", "من كل ", "one in "];
    for piece in pieces {
        let text = piece.repeat(200_000 / piece.len());
        let figures = find(&text).into_iter().filter(|mention| mention.class.is_scored()).count();
        assert_eq!(figures, 0, "{piece:?}");
    }
}
