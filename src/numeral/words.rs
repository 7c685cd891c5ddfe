//! What a single word may mean inside a figure, and the tables of the three languages.

mod arabic;
mod english;
mod french;

use super::dictionary::Dictionary;
use super::fold::{Key, split_word};

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

/// The meaning of a Latin word.
pub(super) fn latin(word: &[u8]) -> Lexeme {
    const COUNT: usize = count(french::WORDS) + count(english::WORDS);
    static LATIN: Dictionary<Lexeme, COUNT> = dictionary(french::WORDS, english::WORDS);
    LATIN.get(word).unwrap_or_default()
}

/// The meaning of an Arabic word, with the particles written onto it taken off when that is needed to find it.
pub(super) fn arabic(word: &[u8]) -> (Lexeme, Clitic) {
    static ARABIC: Dictionary<Lexeme, { count(arabic::WORDS) }> = dictionary(arabic::WORDS, arabic::WORDS);
    let mut clitic = Clitic::default();
    let mut rest = word;
    loop {
        if let Some(lexeme) = ARABIC.get(rest) {
            return (lexeme, clitic);
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
    let (first, rest) = word.split_first_chunk()?;
    let is_bare = !clitic.preposition && !clitic.definite;
    let behind_lam = || rest.split_first_chunk().filter(|(second, _)| **second == LAM).map(|(_, rest)| rest);
    match *first {
        WAW | FEH if is_bare && !clitic.and => {
            clitic.and = true;
            Some(rest)
        }
        ALEF if !clitic.definite => {
            let rest = behind_lam()?;
            clitic.definite = true;
            Some(rest)
        }
        BEH | LAM | KAF if is_bare => {
            clitic.preposition = true;
            // «لل» is «ل» with the article.
            clitic.definite = *first == LAM && behind_lam().is_some();
            Some(behind_lam().filter(|_| clitic.definite).unwrap_or(rest))
        }
        _ => None,
    }
}

const ALEF: [u8; 2] = letter("ا");
pub(super) const BEH: [u8; 2] = letter("ب");
pub(super) const FEH: [u8; 2] = letter("ف");
pub(super) const KAF: [u8; 2] = letter("ك");
pub(super) const LAM: [u8; 2] = letter("ل");
pub(super) const NOON: [u8; 2] = letter("ن");
pub(super) const WAW: [u8; 2] = letter("و");
pub(super) const YEH: [u8; 2] = letter("ي");

/// The bytes of an Arabic letter.
const fn letter(letter: &str) -> [u8; 2] {
    match letter.as_bytes() {
        [first, second] => [*first, *second],
        _ => [0; 2],
    }
}

/// Spellings that mean the same, and what they mean.
type Row = (&'static str, Sense);

/// The words of two tables with their two readings.
const fn dictionary<const N: usize>(
    french: &'static [Row],
    english: &'static [Row],
) -> Dictionary<Lexeme, N> {
    let mut words = Dictionary::empty(Lexeme { french: Sense::Plain, english: Sense::Plain });
    let mut spellings = Spellings::of(french);
    while let Some((word, sense)) = spellings.next() {
        if let Some(lexeme) = words.entry(Key::of(word)) {
            lexeme.french = sense;
        }
    }
    let mut spellings = Spellings::of(english);
    while let Some((word, sense)) = spellings.next() {
        if let Some(lexeme) = words.entry(Key::of(word)) {
            lexeme.english = sense;
        }
    }
    words
}

/// How many words a table has.
const fn count(rows: &'static [Row]) -> usize {
    let mut spellings = Spellings::of(rows);
    let mut count = 0;
    while spellings.next().is_some() {
        count += 1;
    }
    count
}

/// The words of a table one by one, for the compiler, which has no iterators.
struct Spellings {
    /// What is left of a row, and what it means.
    row: &'static [u8],
    sense: Sense,
    /// The rows behind it.
    rows: &'static [Row],
}

impl Spellings {
    const fn of(rows: &'static [Row]) -> Self {
        Self { row: &[], sense: Sense::Plain, rows }
    }

    const fn next(&mut self) -> Option<(&'static [u8], Sense)> {
        loop {
            if let Some((word, behind)) = split_word(self.row) {
                self.row = behind;
                return Some((word, self.sense));
            }
            let [(row, sense), rows @ ..] = self.rows else { return None };
            *self = Self { row: row.as_bytes(), sense: *sense, rows };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_tables_is_found() {
        for (spellings, _) in arabic::WORDS {
            for word in spellings.split(' ') {
                assert_eq!(read(word).1, Clitic::default(), "{word}");
            }
        }
        let tongues = [
            (french::WORDS, (|lexeme| lexeme.french) as fn(Lexeme) -> Sense),
            (english::WORDS, |lexeme| lexeme.english),
        ];
        for (rows, reading) in tongues {
            for (spellings, sense) in rows {
                for word in spellings.split(' ') {
                    assert_eq!(reading(latin(Key::of(word.as_bytes()).bytes())), *sense, "{word}");
                }
            }
        }
    }

    fn read(word: &str) -> (Sense, Clitic) {
        let (lexeme, clitic) = arabic(Key::of(word.as_bytes()).bytes());
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
        for word in ["والد", "ورزازات", "الأربعاء", "لست", "بستان", "ستار", "سبعاوي"]
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
