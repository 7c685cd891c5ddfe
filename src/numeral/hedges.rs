//! The words that surround a figure: "more than", «لا يقل عن», "au moins".

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::fold;
use super::token::Line;
use super::words::{Sense, WordHasher};
use crate::quantity::Hedge;

/// The longest hedge, in words.
const LONGEST: usize = 5;

/// Words before a figure.
const BEFORE: &[(Hedge, &[&str])] = &[
    (
        Hedge::Exactly,
        &[
            "exactly",
            "precisely",
            "just",
            "only",
            "exactement",
            "précisément",
            "seulement",
            "بالضبط",
            "بالتحديد",
            "فقط",
        ],
    ),
    (
        Hedge::About,
        &[
            "about",
            "around",
            "approximately",
            "roughly",
            "circa",
            "some",
            "an estimated",
            "environ",
            "autour de",
            "près d'environ",
            "quelque",
            "à peu près",
            "aux alentours de",
            "aux environs de",
            "approximativement",
            "de l'ordre de",
            "حوالي",
            "حوالى",
            "زهاء",
            "نحو",
            "تقريبا",
            "في حدود",
            "بحدود",
            "ما يعادل تقريبا",
            "ما يقدر ب",
        ],
    ),
    (
        Hedge::Nearly,
        &[
            "nearly",
            "almost",
            "close to",
            "just under",
            "just below",
            "près de",
            "presque",
            "pas loin de",
            "un peu moins de",
            "ما يقارب",
            "يقارب",
            "ما يناهز",
            "يناهز",
            "تناهز",
            "ما يقرب من",
            "يقرب من",
            "قرابة",
            "قرابه",
            "تقارب",
            "ناهز",
            "قارب",
            "ناهزت",
            "قاربت",
            "زهاء ما يقارب",
        ],
    ),
    (
        Hedge::MoreThan,
        &[
            "more than",
            "over",
            "above",
            "upwards of",
            "in excess of",
            "greater than",
            "just over",
            "a little over",
            "well over",
            "plus de",
            "plus d'",
            "au-delà de",
            "supérieur à",
            "supérieure à",
            "un peu plus de",
            "bien plus de",
            "أكثر من",
            "أزيد من",
            "ما يزيد عن",
            "ما يزيد على",
            "يزيد عن",
            "يزيد على",
            "تزيد عن",
            "تزيد على",
            "ما يفوق",
            "يفوق",
            "تفوق",
            "فاق",
            "فاقت",
            "فوق",
            "يتجاوز",
            "ما يتجاوز",
            "تتجاوز",
            "تجاوز",
            "تجاوزت",
            "أكبر من",
            "يربو على",
            "ما يربو على",
            "يربو عن",
            "ما يربو عن",
            "ما ينيف عن",
            "ينيف عن",
        ],
    ),
    (
        Hedge::AtLeast,
        &[
            "at least",
            "no less than",
            "no fewer than",
            "not less than",
            "a minimum of",
            "minimum",
            "as many as",
            "as much as",
            "au moins",
            "au minimum",
            "pas moins de",
            "un minimum de",
            "minimum de",
            "على الأقل",
            "ما لا يقل عن",
            "لا يقل عن",
            "لا تقل عن",
            "بما لا يقل عن",
            "كحد أدنى",
            "بحد أدنى",
            "ليس أقل من",
        ],
    ),
    (
        Hedge::LessThan,
        &[
            "less than",
            "fewer than",
            "under",
            "below",
            "lower than",
            "moins de",
            "moins d'",
            "inférieur à",
            "inférieure à",
            "en dessous de",
            "أقل من",
            "دون",
            "تحت",
            "ما دون",
            "يقل عن",
            "تقل عن",
            "ما يقل عن",
            "أصغر من",
        ],
    ),
    (
        Hedge::AtMost,
        &[
            "at most",
            "no more than",
            "not more than",
            "up to",
            "a maximum of",
            "maximum",
            "au plus",
            "au maximum",
            "pas plus de",
            "jusqu'à",
            "un maximum de",
            "maximum de",
            "على الأكثر",
            "ما لا يزيد عن",
            "ما لا يزيد على",
            "لا يزيد عن",
            "لا يزيد على",
            "لا تزيد عن",
            "لا تزيد على",
            "لا يتجاوز",
            "لا تتجاوز",
            "ما لا يتجاوز",
            "لا يتعدى",
            "لا تتعدى",
            "لم يتجاوز",
            "لم تتجاوز",
            "حتى",
            "كحد أقصى",
            "بحد أقصى",
        ],
    ),
    (Hedge::Between, &["between", "entre", "بين", "ما بين", "تتراوح بين", "يتراوح بين", "من بين"]),
];

/// Words after a figure, or after the noun that it counts.
const AFTER: &[(Hedge, &[&str])] = &[
    (Hedge::Exactly, &["exactly", "exactement", "précisément", "بالضبط", "بالتحديد", "لا غير"]),
    (Hedge::About, &["or so", "approximately", "environ", "à peu près", "تقريبا"]),
    (
        Hedge::AtLeast,
        &[
            "at least",
            "or more",
            "minimum",
            "au moins",
            "ou plus",
            "au minimum",
            "على الأقل",
            "أو أكثر",
            "فأكثر",
            "فما فوق",
            "كحد أدنى",
        ],
    ),
    (
        Hedge::AtMost,
        &[
            "at most",
            "or less",
            "or fewer",
            "maximum",
            "au plus",
            "ou moins",
            "au maximum",
            "على الأكثر",
            "أو أقل",
            "فأقل",
            "فما دون",
            "كحد أقصى",
        ],
    ),
];

/// Hedges by their folded words.
type Table = HashMap<String, Hedge, BuildHasherDefault<WordHasher>>;

/// Single words of hedges.
type Words = HashSet<String, BuildHasherDefault<WordHasher>>;

/// The hedge that ends right before token `start`, and the token where it starts; nothing before token `floor` is read.
pub(super) fn before(line: &Line, start: usize, floor: usize) -> Option<(Hedge, usize)> {
    static TABLE: LazyLock<Table> = LazyLock::new(|| table(BEFORE));
    static ENDS: LazyLock<Words> = LazyLock::new(|| words(&TABLE, |key| key.rsplit(' ').next()));
    let last = line.folded(start.checked_sub(1)?)?;
    if !ENDS.contains(last) && !without_particle(last).is_some_and(|last| ENDS.contains(last)) {
        return None;
    }
    let mut longest = None;
    let mut words = 0;
    for at in (floor..start).rev() {
        if let Some(mark) = line.mark(at) {
            // "au-delà": the hyphen joins two words of one hedge.
            if mark != '-' || words == 0 {
                break;
            }
            continue;
        }
        if words == LONGEST || line.folded(at).is_none() {
            break;
        }
        words += 1;
        let phrase = line.folded_phrase(at, start - 1)?;
        let hedge = TABLE.get(phrase).or_else(|| TABLE.get(without_particle(phrase)?));
        longest = hedge.map(|hedge| (*hedge, at)).or(longest);
    }
    longest
}

/// The hedge that follows token `end`, at once or after a noun of up to two words: the tokens that it takes.
pub(super) fn after(line: &Line, end: usize) -> Option<(Hedge, std::ops::Range<usize>)> {
    static TABLE: LazyLock<Table> = LazyLock::new(|| table(AFTER));
    static STARTS: LazyLock<Words> = LazyLock::new(|| words(&TABLE, |key| key.split(' ').next()));
    for start in end..end + 3 {
        let begins = line.folded(start).is_some_and(|word| STARTS.contains(word));
        for length in (1..=3).rev().filter(|_| begins) {
            if (start..start + length).any(|at| line.folded(at).is_none()) {
                continue;
            }
            let phrase = line.folded_phrase(start, start + length - 1)?;
            if let Some(hedge) = TABLE.get(phrase).filter(|_| !is_numeral(line, start + length)) {
                return Some((*hedge, start..start + length));
            }
        }
        line.word(start)?;
    }
    None
}

/// Whether a figure starts at `at`, so that the words before it are its own.
fn is_numeral(line: &Line, at: usize) -> bool {
    let is_word = matches!(
        line.sense(at),
        Sense::Unit(_)
            | Sense::Teen(_)
            | Sense::Ten(_)
            | Sense::Hundred(_)
            | Sense::Scale(_)
            | Sense::Fraction(..)
    );
    line.literal(at).is_some() || is_word
}

/// «بأكثر من» and «وأكثر من» are «أكثر من».
fn without_particle(phrase: &str) -> Option<&str> {
    let rest = ["و", "ف"].iter().find_map(|particle| phrase.strip_prefix(particle)).unwrap_or(phrase);
    let rest = ["ب", "ل", "ك"].iter().find_map(|particle| rest.strip_prefix(particle)).unwrap_or(rest);
    Some(rest).filter(|rest| rest.len() < phrase.len())
}

fn table(lexicon: &[(Hedge, &[&str])]) -> Table {
    let entries =
        lexicon.iter().flat_map(|(hedge, phrases)| phrases.iter().map(|phrase| (key(phrase), *hedge)));
    entries.collect::<Vec<_>>().into_iter().collect()
}

/// One word of each key: without it, no hedge need be looked for.
fn words(table: &Table, pick: impl Fn(&str) -> Option<&str>) -> Words {
    table.keys().filter_map(|key| pick(key).map(str::to_owned)).collect()
}

/// A hedge's key: its words folded, cut where the text is cut, at apostrophes and hyphens.
fn key(phrase: &str) -> String {
    fold::phrase(&phrase.replace(['\'', '-'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hedge(text: &str) -> Option<Hedge> {
        let line = Line::whole(text);
        let at = (0..line.len()).find(|at| line.literal(*at).is_some()).unwrap();
        before(&line, at, 0).map(|(hedge, _)| hedge).or_else(|| after(&line, at + 1).map(|(hedge, _)| hedge))
    }

    #[test]
    fn hedges_stand_before() {
        for (text, expected) in [
            ("more than 5", Hedge::MoreThan),
            ("no more than 5", Hedge::AtMost),
            ("بأكثر من 5", Hedge::MoreThan),
            ("ولما لا يقل عن 5", Hedge::AtLeast),
            ("jusqu'à 5", Hedge::AtMost),
            ("au-delà de 5", Hedge::MoreThan),
            ("plus d’environ 5", Hedge::About),
            ("pas moins de 5", Hedge::AtLeast),
        ] {
            assert_eq!(hedge(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn hedges_stand_behind() {
        for (text, expected) in [
            ("5 على الأقل", Hedge::AtLeast),
            ("5 مراكز على الأكثر", Hedge::AtMost),
            ("5 agents au moins", Hedge::AtLeast),
            ("5 or so", Hedge::About),
        ] {
            assert_eq!(hedge(text), Some(expected), "{text}");
        }
        assert_eq!(hedge("5 agents, au moins 7"), None);
    }

    #[test]
    fn a_mark_ends_a_hedge() {
        assert_eq!(hedge("more than, 5"), None);
        assert_eq!(hedge("the over-all 5"), None);
    }
}
