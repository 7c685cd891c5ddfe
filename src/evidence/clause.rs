//! The clause of a figure: whether it speaks of what is still to come.
//!
//! ```text
//! It opened 3 halls in 2019 ┃ and will open 5 rooms ┃ , 2 shops ┃ and a school ┃ after it sold 9 houses
//!    done                         ahead               ahead (it goes on)         done
//! ```
//!
//! A sentence is cut into clauses where a comma, a bracket or a conjunction opens one. The verb nearest before the
//! figure in its clause decides, else the first one behind it; a clause without a verb goes on with the one before,
//! unless a word like "after" or "which" begins it. Verbs are known by [`words`].

mod lists;
mod words;

use std::ops::Range;

/// How far the clauses of a sentence are followed on either side of a figure, in bytes.
const REACH: usize = 1_200;

/// A word of a sentence.
struct Word<'t> {
    range: Range<usize>,
    verb: Option<Verb<'t>>,
    /// Whether a clause begins with it.
    opens: bool,
    /// Whether that clause is no continuation of the one before.
    apart: bool,
    /// Whether it may be an adjective: "9 opened rooms".
    is_participle: bool,
}

/// When the verb of a clause is.
#[derive(Clone, Copy)]
enum Verb<'t> {
    /// Still to come, as these words say.
    Ahead(&'t str),
    /// It is, or it was.
    Done,
}

/// The word with which the clause of a figure speaks of what is still to come.
pub(super) fn plan<'t>(text: &'t str, figure: &Range<usize>) -> Option<&'t str> {
    let words = read(text, sentence(text, figure, REACH))?;
    let first = words.partition_point(|word| word.range.end <= figure.start);
    let behind = words.partition_point(|word| word.range.start < figure.end).max(first);
    let (before, after) = (words.get(..first)?, words.get(behind..)?);
    let begins = if words.get(first).is_some_and(|word| word.opens) { first } else { opening(before) };
    let (earlier, own) = before.split_at_checked(begins)?;
    let adjective = after.first().is_some_and(|word| word.is_participle);
    let mut next = after.iter().skip(usize::from(adjective)).take_while(|word| !word.opens);
    let verb = last(own).or_else(|| next.find_map(|word| word.verb));
    match verb.or_else(|| inherited(&words, earlier))? {
        Verb::Ahead(word) => Some(word),
        Verb::Done => None,
    }
}

/// The verb with which a clause without one goes on, `earlier` being the words before that clause.
fn inherited<'t>(words: &[Word<'t>], mut earlier: &[Word<'t>]) -> Option<Verb<'t>> {
    while !earlier.is_empty() && !words.get(earlier.len())?.apart {
        let (rest, clause) = earlier.split_at_checked(opening(earlier))?;
        if let Some(verb) = last(clause) {
            return Some(verb);
        }
        earlier = rest;
    }
    None
}

/// The last verb of some words.
fn last<'t>(words: &[Word<'t>]) -> Option<Verb<'t>> {
    words.iter().rev().find_map(|word| word.verb)
}

/// Where the last clause of some words begins.
fn opening(words: &[Word<'_>]) -> usize {
    words.iter().rposition(|word| word.opens).unwrap_or(0)
}

/// The words of a sentence with their verbs; `None` where none of them is still to come.
fn read<'t>(text: &'t str, sentence: Range<usize>) -> Option<Vec<Word<'t>>> {
    let whole = text.get(sentence.clone())?;
    let tokens: Vec<Token<'t>> = tokens(whole).collect();
    let previous = std::iter::once("").chain(tokens.iter().map(|token| token.bare));
    let plan = |(token, previous): (&Token<'t>, &str)| {
        words::ahead(token.rest, token.bare, previous, || words::is_french(whole))
    };
    let plans: Vec<Option<&str>> = tokens.iter().zip(previous).map(plan).collect();
    if plans.iter().all(Option::is_none) {
        return None;
    }
    let (mut opens_next, mut is_ahead) = (true, false);
    let read = tokens.iter().zip(plans).map(|(token, plan)| {
        let is_participle = words::is_participle(token.bare);
        let is_done = plan.is_none() && words::is_done(token.bare, || words::is_french(whole));
        let is_joined = words::is_joined(token.bare) && (is_done || plan.is_some());
        let opens = opens_next || is_joined || token.opens() || words::opens(token.bare);
        opens_next = token.closes();
        is_ahead &= !opens;
        // "will have been opened": what follows the modal verb belongs to it.
        let is_done = is_done && !(is_ahead && (is_participle || token.bare == "have"));
        is_ahead |= plan.is_some();
        let start = sentence.start + token.at;
        Word {
            range: start..start + token.text.len(),
            verb: plan.map(Verb::Ahead).or(is_done.then_some(Verb::Done)),
            opens,
            apart: words::stands_apart(token.bare),
            is_participle,
        }
    });
    Some(read.collect())
}

/// A piece of a text between white space.
struct Token<'t> {
    at: usize,
    text: &'t str,
    /// Without the marks around it.
    bare: &'t str,
    /// The text from there on.
    rest: &'t str,
}

impl Token<'_> {
    /// Whether a clause begins with its marks.
    fn opens(&self) -> bool {
        self.bare.is_empty() || self.text.starts_with(['(', '«', '–', '—'])
    }

    /// Whether its marks end a clause.
    fn closes(&self) -> bool {
        self.text.ends_with([',', ';', ':', '،', '؛', ')', '»', '–', '—'])
    }
}

fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let is_mark = |char: char| !char.is_alphanumeric();
    text.split_whitespace().scan(0, move |from, token| {
        let at = *from + text.get(*from..)?.find(token)?;
        *from = at + token.len();
        let begins = at + token.len() - token.trim_start_matches(is_mark).len();
        Some(Token { at, text: token, bare: token.trim_matches(is_mark), rest: text.get(begins..)? })
    })
}

/// The sentence around a range: up to a line end, or a full stop with white space behind it, and at most so many
/// bytes on either side.
pub(super) fn sentence(text: &str, range: &Range<usize>, reach: usize) -> Range<usize> {
    let first = text.ceil_char_boundary(range.start.saturating_sub(reach));
    let last = text.floor_char_boundary(range.end.saturating_add(reach));
    let before = text.get(first..range.start).unwrap_or("");
    let behind = text.get(range.end..last).unwrap_or("");
    let start = ends(before).last().map_or(first, |end| first + end);
    let end = ends(behind).next().map_or(last, |end| range.end + end);
    start..end
}

/// Behind every end of a sentence.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().filter_map(|(at, char)| {
        let end = at + char.len_utf8();
        let next = text.get(end..).and_then(|rest| rest.chars().next());
        let is_end = match char {
            '\n' | '!' | '?' | '؟' => true,
            '.' => next.is_some_and(char::is_whitespace),
            _ => false,
        };
        is_end.then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_where_it_ends() {
        let text = "In 2019 it had 1.200 members. In 2020 it had 1.300.\nIn 2021 none!";
        let around = |words: &str| {
            let at = text.find(words).unwrap();
            text.get(sentence(text, &(at..at + words.len()), REACH)).unwrap().trim()
        };
        assert_eq!(around("1.200"), "In 2019 it had 1.200 members.");
        assert_eq!(around("it had 1.300"), "In 2020 it had 1.300.");
        assert_eq!(around("none"), "In 2021 none!");
    }

    /// The figures of a text that are planned: `+14` is, `-14` is not.
    fn holds(marked: &str) {
        let text = marked.replace(['+', '-'], "");
        let mut from = 0;
        for word in marked.split_whitespace().filter(|word| word.contains(['+', '-'])) {
            let figure = word.trim_matches(|char: char| !char.is_alphanumeric());
            let at = from + text.get(from..).and_then(|rest| rest.find(figure)).unwrap();
            from = at + figure.len();
            assert_eq!(plan(&text, &(at..from)).is_some(), word.contains('+'), "{figure} in {text}");
        }
    }

    #[test]
    fn the_clause_of_the_figure_decides() {
        for text in [
            "The port will buy +14 cranes, +5 boats and +3 buoys.",
            "It has -9 cranes and will buy +14 more.",
            "It bought -9 cranes, and +14 more will follow.",
            "The port, which opened -3 quays, will open +5 more.",
            "It will open +5 quays after it sold -3 of its ships.",
            "It will have +14 cranes against -9 at present.",
            "The port is set to receive +14 cranes; it had -9 before.",
            "By then +14 cranes are to be bought, as the port was given -9 acres.",
            "The port opened as planned with -9 cranes.",
            "It was the political will of -9 members.",
            "It will have been given +14 cranes.",
            "It will receive +14 cranes, and sold -9 of the old ones.",
            "The port has -9 expanded quays. It will grow.",
            "The port will open a hall with +14 rooms.",
            "The fall of -12% is due to -3 closures.",
            "The port is due to open +3 quays.",
            "The port will open +5 quays because demand jumped by -9%.",
            "The bridge will replace one that carried -9 lanes.",
            "The port will house +9 firms whose owners employed -300 people.",
            "It is hoped that +5 quays will open.",
        ] {
            holds(text);
        }
        for text in [
            "Le port ouvrira +12 quais et a accueilli -300 navires en 2024.",
            "Il a reçu -9 grues et en recevra +14 de plus.",
            "Les +12 salles ouvriront en mai.",
            "Le projet devrait créer +40 emplois, dont +12 à Lyon.",
            "Le port, qui compte -9 grues, en achètera +14 autres.",
            "Il est prévu de construire +3 écoles et +2 lycées.",
            "Le port va construire +3 quais.",
            "Il y aura +12 bateaux, contre -9 aujourd'hui.",
            "Le programme aura permis de former -300 jeunes de la région.",
            "Le festival inaugura -3 salles et déclara -9 films au Sahara.",
            "La caméra et l'opéra du Zahra, à Témara, coûtent -9 euros.",
            "Le chef de file de la tiara tira -9 balles de front.",
            "Le port a ouvert comme prévu -9 quais.",
            "Le port ouvrira +3 quais où travaillent -9 dockers.",
            "Le port ouvrira +3 quais, car le trafic augmente de -9 %.",
        ] {
            holds(text);
        }
        for text in [
            "ستفتح المدينة +12 قاعة و +3 مدارس .",
            "فتحت المدينة -9 قاعات، وستفتح +12 قاعة أخرى.",
            "وسيتم إحداث +5 مراكز، بعدما تم إحداث -3 مراكز.",
            "سوف يستقبل الميناء +14 رافعة، مقابل -9 حاليا.",
            "ومن المقرر أن يقتني الميناء +14 رافعة.",
            "بلغ العدد -9 رافعات، فيما سيبلغ +14 رافعة.",
            "خلال سنة واحدة زار سيدي قاسم -9 وفود في ستة أيام.",
            "عبرت سيارة ساعة كاملة من سلا إلى سيشل -9 مرات.",
            "رافق سيناريو السياحة سياسي و -9 سياح.",
            "توفي ستون شخصا و -9 أطفال.",
            "سيطر الجيش على -9 قرى.",
            "تعادل مانشستر سيتي في -9 مباريات.",
            "التقى سيناتور من الحزب -9 عمداء.",
            "سيفتح الميناء +14 رصيفا، وبعدما عبرت -9 سفن أغلق.",
        ] {
            holds(text);
        }
    }
}
