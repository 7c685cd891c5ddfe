//! What a single word may mean inside a figure, and the tables of the three languages.

mod arabic;
mod english;
mod french;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::fold::Folded;

/// What a word contributes to a figure, an ordinal or a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sense {
    /// Any other word.
    #[default]
    Plain,
    /// A word so common that it tells French and English apart, and that is never the noun of a figure.
    Marker,
    /// 0 to 9.
    Unit(u8),
    /// 10 to 19. Ten itself stands here, since «خمسة عشر» and "soixante-dix" build on it.
    Teen(u8),
    /// 20, 30 … 90.
    Ten(u8),
    /// 1 to 9 hundreds in one word: «ثلاثمئة», "cent".
    Hundred(u8),
    /// A power of ten that multiplies what stands before it: thousand, «مليون».
    Scale(u8),
    /// Two of a scale in one word: «ألفان».
    ScaleDual(u8),
    /// The plural of a scale: a multiplier after a number, a vague number alone («آلاف»).
    ScalePlural(u8),
    /// A vague number, tens or hundreds: «عشرات», "centaines".
    Vague(u8),
    /// About so many: "une vingtaine".
    Around(u8),
    /// Twelve, countable itself: "two dozen", "douzaine".
    Dozen,
    /// A few, alone or before a scale: «بضعة آلاف».
    Few,
    /// One or more, of any size; a figure in a value phrase only.
    Some,
    /// A place in a series, 1 to 20 and the tens; «حادي» is the 1 of 11, 21 ….
    Ordinal(u8),
    /// Numerator and denominator: «نصف», "thirds".
    Fraction(u8, u8),
    /// A month, 1 to 12.
    Month(u8),
    /// A month whose name is also an everyday word: "may", «مارس».
    MaybeMonth(u8),
    /// A decade of the last century, 20 to 90.
    Decade(u8),
    /// A day of the week.
    Weekday,
    /// A year, month, week or other noun of time that "last" and "next" attach to.
    Time(Unit),
    /// "last", "this", "next": −1, 0, 1.
    Relative(i8),
    /// "and" where it joins the parts of a number.
    And,
    /// Per cent, in one word.
    Percent,
}

/// The units of time that relative periods count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Years: the only unit that gives a period against the publication.
    Year,
    /// Anything else: months, weeks, seasons, decades.
    Other,
}

/// A word's two readings; an Arabic word has one, which stands in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lexeme {
    /// The reading in a French text.
    pub(super) french: Sense,
    /// The reading in an English text.
    pub(super) english: Sense,
}

/// The particles that Arabic writes together with the next word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clitic {
    /// «و», «ف».
    pub(super) and: bool,
    /// «ب», «ل», «ك».
    pub(super) preposition: bool,
    /// «ال».
    pub(super) definite: bool,
}

type Table = HashMap<Box<[u8]>, Lexeme, BuildHasherDefault<WordHasher>>;

/// The meaning of a Latin word.
pub(super) fn latin(word: &[u8]) -> Lexeme {
    static TABLE: LazyLock<Table> = LazyLock::new(latin_table);
    TABLE.get(word).copied().unwrap_or_default()
}

/// The meaning of an Arabic word, with the particles written onto it taken off when that is needed to find it.
pub(super) fn arabic(word: &[u8]) -> (Lexeme, Clitic) {
    static TABLE: LazyLock<Table> =
        LazyLock::new(|| table(arabic::WORDS, |sense| Lexeme { french: sense, english: sense }));
    let mut clitic = Clitic::default();
    let mut rest = word;
    loop {
        if let Some(found) = TABLE.get(rest) {
            return (*found, clitic);
        }
        let Some(shorter) = strip(rest, &mut clitic) else { return (Lexeme::default(), Clitic::default()) };
        rest = shorter;
    }
}

/// «خُمس» is a fifth and «خَمس» is five: where a number word shows the vowel of a fraction, it is one.
pub(super) fn voiced(lexeme: Lexeme, written: &str) -> Lexeme {
    let (whole, opening) = match lexeme.english {
        Sense::Unit(5) => (5, "خُم"),
        Sense::Unit(7) => (7, "سُب"),
        Sense::Unit(9) => (9, "تُس"),
        Sense::Teen(10) => (10, "عُش"),
        _ => return lexeme,
    };
    if !written.contains(opening) {
        return lexeme;
    }
    let fraction = Sense::Fraction(1, whole);
    Lexeme { french: fraction, english: fraction }
}

/// Takes one particle off the front, in the order in which Arabic puts them: conjunction, preposition, article.
fn strip<'a>(word: &'a [u8], clitic: &mut Clitic) -> Option<&'a [u8]> {
    let is_bare = !clitic.preposition && !clitic.definite;
    if is_bare
        && !clitic.and
        && let Some(rest) = strip_either(word, "و", "ف")
    {
        clitic.and = true;
        return Some(rest);
    }
    if !clitic.definite
        && let Some(rest) = word.strip_prefix("ال".as_bytes())
    {
        clitic.definite = true;
        return Some(rest);
    }
    if is_bare && let Some(rest) = word.strip_prefix("لل".as_bytes()) {
        *clitic = Clitic { preposition: true, definite: true, ..*clitic };
        return Some(rest);
    }
    let rest = strip_either(word, "ب", "ل").or_else(|| word.strip_prefix("ك".as_bytes()));
    let rest = rest.filter(|_| is_bare)?;
    clitic.preposition = true;
    Some(rest)
}

/// Inlined, so that two letters are compared as two numbers.
#[inline]
fn strip_either<'a>(word: &'a [u8], first: &str, second: &str) -> Option<&'a [u8]> {
    word.strip_prefix(first.as_bytes()).or_else(|| word.strip_prefix(second.as_bytes()))
}

fn latin_table() -> Table {
    let mut words = table(french::WORDS, |sense| Lexeme { french: sense, english: Sense::Plain });
    words.reserve(2 * english::WORDS.len());
    for (spellings, sense) in english::WORDS {
        for word in spellings.split_whitespace() {
            words.entry(key(word)).or_default().english = *sense;
        }
    }
    words
}

fn table(words: &[(&str, Sense)], lexeme: impl Fn(Sense) -> Lexeme) -> Table {
    let entries = words
        .iter()
        .flat_map(|(spellings, sense)| spellings.split_whitespace().map(|word| (key(word), lexeme(*sense))));
    // Counted first, so that the table is made once.
    entries.collect::<Vec<_>>().into_iter().collect()
}

fn key(word: &str) -> Box<[u8]> {
    Folded::of(word).map(|word| word.bytes().into()).unwrap_or_default()
}

/// Multiply and rotate, eight bytes at a time. The keys are ours and fixed, so nobody can make them collide.
#[derive(Default)]
pub(super) struct WordHasher(u64);

impl WordHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((eight, after)) = rest.split_first_chunk().filter(|(_, after)| !after.is_empty()) {
            self.add(u64::from_le_bytes(*eight));
            rest = after;
        }
        // What is left is read at once, with bytes that were read before or twice.
        match (bytes.last_chunk(), bytes.first_chunk(), bytes.last_chunk()) {
            (Some(eight), ..) => self.add(u64::from_le_bytes(*eight)),
            (None, Some(first), Some(last)) => {
                self.add(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)));
            }
            _ => self.add(bytes.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte))),
        }
    }

    /// The length of a key, which tells nothing that its bytes do not.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(word: &str) -> (Sense, Clitic) {
        let (lexeme, clitic) = arabic(Folded::of(word).unwrap().bytes());
        (lexeme.english, clitic)
    }

    #[test]
    fn particles_come_off_only_when_needed() {
        assert_eq!(read("واحد"), (Sense::Unit(1), Clitic::default()));
        assert_eq!(read("وعشرون"), (Sense::Ten(20), Clitic { and: true, ..Clitic::default() }));
        assert_eq!(read("وبالخمسة").0, Sense::Unit(5));
        assert_eq!(
            read("للثالثة"),
            (Sense::Ordinal(3), Clitic { and: false, preposition: true, definite: true })
        );
        assert_eq!(read("والتسعين").1, Clitic { and: true, preposition: false, definite: true });
    }

    #[test]
    fn look_alikes_are_plain() {
        for word in ["والد", "ورزازات", "الأربعاء", "لست", "عشرة_", "بستان", "ستار", "سبعاوي"]
        {
            assert!(!matches!(read(word).0, Sense::Unit(_) | Sense::Teen(_) | Sense::Ten(_)), "{word}");
        }
    }

    #[test]
    fn a_word_of_two_languages_has_two_readings() {
        let cent = latin(b"cent");
        assert_eq!((cent.french, cent.english), (Sense::Hundred(1), Sense::Plain));
    }
}
