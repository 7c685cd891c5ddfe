//! Places in a series: «الثالثة والتسعين», "twenty-first", `69e`, «الـ69», and bare numbers after nouns that are numbered («الدائرة 24»).

mod nouns;

use super::address;
use super::cardinal;
use super::list::Words;
use super::noun;
use super::plausible;
use super::token::Line;
use super::vague;
use super::words::{Clitic, Sense};
use nouns::{COUNTED, DAYTIMES, DETERMINERS, HOLDERS, IDIOMS, NAMES, NUMBERED, PLURALS, POSSESSED};

/// An ordinal, and the token after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    pub(super) number: u64,
    pub(super) start: usize,
    pub(super) end: usize,
    /// It belongs to a name: «محمد السادس».
    pub(super) is_name: bool,
}

/// The ordinal in words that starts at token `at`.
pub(super) fn in_words(line: &Line, at: usize) -> Option<Ordinal> {
    if line.is_arabic(at) { arabic(line, at) } else { latin(line, at) }
}

fn arabic(line: &Line, at: usize) -> Option<Ordinal> {
    let before = at.checked_sub(1);
    let is_definite = line.clitic(at).definite;
    if let Sense::Ten(ten) = line.sense(at) {
        let is_numbered = is_definite && before.is_some_and(|before| is_numbered(line, before));
        return is_numbered.then_some(Ordinal { number: ten.into(), start: at, end: at + 1, is_name: false });
    }
    let Sense::Ordinal(unit) = line.sense(at) else { return None };
    let (number, end) = arabic_compound(line, at, unit);
    let is_simple = end == at + 1;
    if is_simple && (line.is_word(at, &["الحادي", "الحاديه"]) || is_idiom(line, at, unit, is_definite))
    {
        return None;
    }
    let is_name = is_definite
        && (before.is_some_and(|before| is_one_of(line, before, NAMES) || is_clock(line, before))
            || line.is_word(end, DAYTIMES));
    Some(Ordinal { number, start: at, end, is_name })
}

/// Whether the word at `at`, or what follows its conjunction, is one of `words`.
fn is_one_of(line: &Line, at: usize, words: &Words) -> bool {
    let rest = line.folded(at).and_then(|word| word.strip_prefix('و'));
    line.is_word(at, words) || rest.is_some_and(|rest| words.has(rest.as_bytes()))
}

/// «الساعة العاشرة».
fn is_clock(line: &Line, at: usize) -> bool {
    line.is_word(at, &["الساعه", "والساعه", "بالساعه"])
}

/// «الثالث عشر», «الثالثة والتسعين».
fn arabic_compound(line: &Line, at: usize, unit: u8) -> (u64, usize) {
    // «أول عشر دقائق» is the first ten: the eleventh is «الحادي عشر».
    let is_first = line.is_word(at, &["اول", "الاول", "اولي", "الاولي", "واول", "لاول"]);
    if let Sense::Teen(10) = line.sense(at + 1)
        && !is_first
        && line.clitic(at + 1) == Clitic::default()
    {
        return (u64::from(unit) + 10, at + 2);
    }
    let (is_joined, tens) = cardinal::join(line, at + 1);
    match line.sense(tens) {
        Sense::Ten(ten) if is_joined => (u64::from(unit + ten), tens + 1),
        _ => (unit.into(), at + 1),
    }
}

/// Whether a single Arabic ordinal says something else: a superlative («أول»), an idiom, the second of a clock.
fn is_idiom(line: &Line, at: usize, unit: u8, is_definite: bool) -> bool {
    let before = at.checked_sub(1).filter(|before| line.is_arabic(*before));
    let after_idiom = before.is_some_and(|before| is_one_of(line, before, IDIOMS));
    let is_time = line.clitic(at).preposition
        || before.is_none_or(|before| line.is_word(before, &["في", "كل", "الساعه"]));
    match (unit, is_definite) {
        (1, true) => {
            // «الأشهر التسعة الأولى»: the first nine of them.
            let after_count = before.is_some_and(|before| {
                line.clitic(before).definite
                    && matches!(line.sense(before), Sense::Unit(_) | Sense::Teen(_) | Sense::Ten(_))
            });
            after_count
                || after_idiom
                || before.is_none()
                || line.clitic(at).preposition
                || is_of_its_kind(line, at + 1)
        }
        (1, false) => true,
        (2, _) if line.is_word(at, &["ثانيه", "الثانيه"]) => {
            after_idiom || is_time || !is_definite && !ends_in_ta(line, before)
        }
        (2, false) => !line.is_arabic(at + 1),
        _ => false,
    }
}

/// «من نوعه»: the first of its kind is nobody's number.
fn is_of_its_kind(line: &Line, at: usize) -> bool {
    line.is_word(at, &["من"]) && line.is_word(at + 1, &["نوعه", "نوعها", "نوعهم"])
}

/// Whether the word before is feminine, as a noun with «ثانية» is.
fn ends_in_ta(line: &Line, before: Option<usize>) -> bool {
    before.and_then(|before| line.word(before)).is_some_and(|word| word.ends_with('ة'))
}

fn latin(line: &Line, at: usize) -> Option<Ordinal> {
    let (tens, last) = latin_tens(line, at);
    let Sense::Ordinal(unit) = line.sense(last) else { return None };
    // "vingt et unième": the table gives «unième» with the seconds, which no compound uses.
    let unit = if line.is_word(last, &["unieme"]) { 1 } else { u64::from(unit) };
    let is_name = plausible::is_in_name(line, at) || address::ends_street(line, last + 1);
    let found = Ordinal { number: tens + unit, start: at, end: last + 1, is_name };
    let is_idiom = tens == 0 && is_latin_idiom(line, at, unit);
    (!is_idiom).then_some(found)
}

/// The tens of "twenty-first" and where its last word stands.
fn latin_tens(line: &Line, at: usize) -> (u64, usize) {
    let (is_joined, next) = cardinal::join(line, at + 1);
    match (line.sense(at), line.sense(next)) {
        (Sense::Ten(ten), Sense::Ordinal(_)) if is_joined || !cardinal::is_french(line) => (ten.into(), next),
        (Sense::Unit(4), _) if is_joined && line.sense(next) == Sense::Ten(20) => {
            (80, cardinal::join(line, next + 1).1)
        }
        _ => (0, at),
    }
}

fn is_latin_idiom(line: &Line, at: usize, unit: u64) -> bool {
    if vague::is_part(line, at) {
        return true;
    }
    // "third-party"
    let next = at + 1 + usize::from(line.mark(at + 1).is_some_and(cardinal::is_hyphen));
    let is_before_idiom = line.is_word(next, IDIOMS);
    let has_noun = line.word(at + 1).is_some() && line.sense(at + 1) != Sense::Marker;
    let is_ranked = at
        .checked_sub(1)
        .is_some_and(|before| line.is_word(before, &["ranked", "ranks", "finished", "placed"]));
    if is_ranked {
        return false;
    }
    let is_determined = at.checked_sub(1).is_some_and(|before| line.is_word(before, DETERMINERS));
    match unit {
        // "the first woman to lead", "la première femme à diriger": nobody's number.
        1 => {
            let is_before_count = line.literal(at + 1).is_some()
                || matches!(line.sense(at + 1), Sense::Unit(2..) | Sense::Teen(_) | Sense::Ten(_));
            is_before_idiom
                || is_before_count
                || !has_noun
                || !is_determined
                || line.is_word(at + 2, &["to"])
                || line.word(at + 2) == Some("à")
        }
        2 if is_determined && (is_superlative(line, at + 1) || is_the_next_to(line, at)) => false,
        2 if line.is_word(at, &["second", "seconde"]) => {
            is_before_idiom || !has_noun || !is_determined || line.sense(at + 1) == Sense::Marker
        }
        3 => is_before_idiom && !line.is_word(at + 1, &["time", "fois"]),
        _ => false,
    }
}

/// The "-oldest" of "second-oldest".
fn is_superlative(line: &Line, hyphen: usize) -> bool {
    line.mark(hyphen).is_some_and(cardinal::is_hyphen)
        && line.is_glued(hyphen + 1)
        && line.folded(hyphen + 1).is_some_and(|word| word.ends_with("est") || word == "most")
}

/// "the second to fall"; not "second to none".
fn is_the_next_to(line: &Line, at: usize) -> bool {
    line.is_word(at + 1, &["to"])
        && !line.is_word(at + 2, &["none", "the", "a", "last"])
        && at > 0
        && line.is_word(at - 1, &["the"])
}

/// The token after the ending of an ordinal in digits: `3rd`, `69e`, `1ère`.
pub(super) fn suffix(line: &Line, literal: usize) -> Option<usize> {
    let at = literal + 1;
    let is_suffix = line.is_word(at, &["st", "nd", "rd", "th", "e", "er", "re", "ere", "eme", "nde", "ieme"]);
    (is_suffix
        && line.is_glued(at)
        && line.word(at).is_some_and(|word| !word.starts_with(char::is_uppercase)))
    .then_some(at + 1)
}

/// Whether the number in digits at `at` is a place in a series: «الـ69», «الدائرة 24», "Article 5".
pub(super) fn is_bare(line: &Line, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    if line.clitic(at).definite {
        let counts = line.word(at + 1).is_some_and(|_| {
            line.is_arabic(at + 1) && !is_function(line, at + 1) && !is_numbered(line, before)
        });
        return !counts && !is_any(line, before, COUNTED) && !is_definite_plural(line, before);
    }
    if is_plural(line, before) {
        return true;
    }
    if let Some(other) = joined_to(line, at) {
        return is_in_plural(line, other)
            && (line.word(at + 1).is_none_or(|word| word.starts_with('و'))
                || is_function(line, at + 1)
                || !line.is_arabic(at + 1) && !noun::is_counted(line, at + 1));
    }
    let before = if line.is_word(before, &["رقم"]) { before.saturating_sub(1) } else { before };
    // «الجمعية العامة 93 للمنظمة»
    let is_described = line.word(at + 1).is_none_or(|_| is_function(line, at + 1))
        && line.folded(before).is_some_and(|word| word.starts_with("ال"))
        && before.checked_sub(1).is_some_and(|noun| line.is_arabic(noun) && is_numbered(line, noun));
    (is_numbered(line, before) || is_described)
        && !line.clitic(at).and
        && !line.clitic(at).preposition
        && !counts_things(line, before, at)
}

/// Whether the number at `at` counts the noun behind it rather than the one before it, which may hold many things.
fn counts_things(line: &Line, before: usize, at: usize) -> bool {
    let is_free = line.is_arabic(at + 1) && !is_function(line, at + 1);
    is_any(line, before, HOLDERS)
        && (is_free && noun::is_counted_form(line, at) || noun::is_counted(line, at + 1))
}

/// «الرادارات الـ140», «المراكز الـ12»: a plural is counted, what is numbered is one.
fn is_definite_plural(line: &Line, at: usize) -> bool {
    let noun = line.folded(at).and_then(|word| word.strip_prefix("ال"));
    noun.is_some_and(|noun| {
        noun.ends_with("ات")
            || noun::is_broken_plural(noun) && !noun.ends_with('ه') && !NUMBERED.has(noun.as_bytes())
    })
}

/// Whether the word at `at` is such a plural.
pub(super) fn is_plural(line: &Line, at: usize) -> bool {
    line.is_word(at, PLURALS)
}

/// The literal that the one at `at` is joined to by "and" or a comma.
pub(super) fn joined_to(line: &Line, at: usize) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let is_and = line.sense(before) == Sense::And || matches!(line.mark(before), Some(',' | '،'));
    let other = if is_and { before.checked_sub(1)? } else { before };
    (line.literal(other).is_some() && (is_and || line.clitic(at).and)).then_some(other)
}

/// Whether a literal is one of those that follow a plural.
fn is_in_plural(line: &Line, at: usize) -> bool {
    let mut at = at;
    for _ in 0..8 {
        match joined_to(line, at) {
            Some(other) => at = other,
            None => return at.checked_sub(1).is_some_and(|before| is_plural(line, before)),
        }
    }
    false
}

/// Particles, and words with the article, which describe what stands before them.
fn is_function(line: &Line, at: usize) -> bool {
    line.sense(at) == Sense::Marker
        || line
            .word(at)
            .is_some_and(|word| ["ال", "لل", "ل", "ب"].iter().any(|particle| word.starts_with(particle)))
}

/// Whether the word at `at` is a noun whose things are numbered.
pub(super) fn is_numbered(line: &Line, at: usize) -> bool {
    if !line.is_arabic(at) {
        return line.is_word(at, NUMBERED);
    }
    if line.is_word(at, POSSESSED) {
        return true;
    }
    let is_definite = line.folded(at).is_some_and(|word| {
        ["ال", "وال", "بال", "لل", "كال", "فال"].iter().any(|particle| word.starts_with(particle))
    });
    is_definite && is_any(line, at, NUMBERED)
}

/// Whether the word at `at`, without its particles, is one of `nouns`.
pub(super) fn is_any(line: &Line, at: usize, nouns: &Words) -> bool {
    if line.is_word(at, nouns) {
        return true;
    }
    let Some(word) = line.folded(at).filter(|_| line.is_arabic(at)) else { return false };
    let bare = ["وال", "بال", "كال", "فال", "لل", "ولل", "وبال", "ال"]
        .iter()
        .find_map(|particle| word.strip_prefix(particle));
    bare.is_some_and(|bare| nouns.has(bare.as_bytes()))
}
