//! The words that surround a figure: "more than", «لا يقل عن», "au moins".

use super::dictionary::Dictionary;
use super::fold::{Key, split_word};
use super::token::Line;
use super::words::{BEH, FEH, KAF, LAM, Sense, WAW};
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
            "autour d'",
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
            "près d'",
            "presque",
            "pas loin de",
            "pas loin d'",
            "un peu moins de",
            "un peu moins d'",
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
            "un peu plus d'",
            "bien plus de",
            "bien plus d'",
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

/// The hedge that ends right before token `start`, and the token where it starts; nothing before token `floor` is read.
pub(super) fn before(line: &Line, start: usize, floor: usize) -> Option<(Hedge, usize)> {
    static HEDGES: Hedges<{ count(BEFORE) }> = hedges(BEFORE);
    let find = |phrase| HEDGES.get(phrase).or_else(|| HEDGES.get(without_particle(phrase)?));
    let last = start.checked_sub(1)?;
    find(line.folded_phrase(last, last)?)?;
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
        let hedge = find(line.folded_phrase(at, last)?).flatten();
        longest = hedge.map(|hedge| (hedge, at)).or(longest);
    }
    longest
}

/// The hedge that follows token `end`, at once or after a noun of up to two words: the tokens that it takes.
pub(super) fn after(line: &Line, end: usize) -> Option<(Hedge, std::ops::Range<usize>)> {
    static HEDGES: Hedges<{ count(AFTER) }> = hedges(AFTER);
    for start in end..end + 3 {
        let begins = line.folded_phrase(start, start).is_some_and(|word| HEDGES.get(word).is_some());
        for length in (1..=3).rev().filter(|_| begins) {
            if (start..start + length).any(|at| line.folded(at).is_none()) {
                continue;
            }
            let phrase = line.folded_phrase(start, start + length - 1)?;
            let hedge = HEDGES.get(phrase).flatten().filter(|_| !is_numeral(line, start + length));
            if let Some(hedge) = hedge {
                return Some((hedge, start..start + length));
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
fn without_particle(phrase: &[u8]) -> Option<&[u8]> {
    let rest = match phrase.split_first_chunk() {
        Some((&(WAW | FEH), rest)) => rest,
        _ => phrase,
    };
    match rest.split_first_chunk() {
        Some((&(BEH | LAM | KAF), rest)) => Some(rest),
        _ => Some(rest).filter(|rest| rest.len() < phrase.len()),
    }
}

/// Hedges by their folded words; and, without a hedge, every word that one has: where it is missing, none need be looked for.
type Hedges<const N: usize> = Dictionary<Option<Hedge>, N>;

const fn hedges<const N: usize>(mut rows: &[(Hedge, &[&str])]) -> Hedges<N> {
    let mut hedges = Dictionary::empty(None);
    while let [(hedge, phrases), rows_behind @ ..] = rows {
        let mut phrases = *phrases;
        while let [phrase, phrases_behind @ ..] = phrases {
            let phrase = Key::of(phrase.as_bytes());
            let mut rest = phrase.bytes();
            while let Some((word, behind)) = split_word(rest) {
                let _ = hedges.entry(Key::of(word));
                rest = behind;
            }
            if let Some(known) = hedges.entry(phrase) {
                *known = Some(*hedge);
            }
            phrases = phrases_behind;
        }
        rows = rows_behind;
    }
    hedges
}

/// Room for the hedges and their words: no more than three new words each.
const fn count(mut rows: &[(Hedge, &[&str])]) -> usize {
    let mut count = 0;
    while let [(_, phrases), rows_behind @ ..] = rows {
        count += 4 * phrases.len();
        rows = rows_behind;
    }
    count
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
    fn every_hedge_is_found() {
        for (expected, phrases) in BEFORE {
            for phrase in *phrases {
                let line = Line::whole(phrase.trim_end_matches('\''));
                assert_eq!(before(&line, line.len(), 0), Some((*expected, 0)), "{phrase}");
            }
        }
        for (expected, phrases) in AFTER {
            for phrase in *phrases {
                let line = Line::whole(phrase);
                assert_eq!(after(&line, 0), Some((*expected, 0..line.len())), "{phrase}");
            }
        }
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
