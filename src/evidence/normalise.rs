//! Text in the one form in which quotes and articles are compared, with the way back to the original.
//!
//! Two texts say the same words when these are the same:
//!
//! | what differs | becomes |
//! |---|---|
//! | composed and decomposed characters | NFC, cluster by cluster |
//! | runs of white space, line ends, no-break spaces | one space; none at the ends |
//! | tatweel «ـ», vowel signs, direction and joining marks | nothing |
//! | `أ إ آ ٱ` | `ا` |
//! | `ى ئ` | `ي` |
//! | `ؤ` | `و` |
//! | `“ ” „ « » ‹ ›` and `‘ ’ ‚ ʼ` | `"` and `'` |
//! | `٠`–`٩` and `۰`–`۹` | `0`–`9` |
//!
//! Nothing else is forgiven: capitals, accents, «ة» and «ه», commas and dots must be as they are.
//!
//! # Source
//! Unicode Standard Annex 15 (NFC; clusters are cut after 30 marks as in its stream-safe format).

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A text in normal form that remembers where every character stood.
#[derive(Clone, Debug, Default)]
pub(super) struct Normalised {
    text: String,
    pieces: Vec<Piece>,
}

/// A character of the normal form: where it is there, and the bytes of the original it stands for.
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: usize,
    start: usize,
    end: usize,
}

/// A letter with the marks behind it.
#[derive(Debug, Default)]
struct Cluster {
    text: String,
    marks: usize,
    bytes: Range<usize>,
}

impl Cluster {
    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Marks behind one letter; more are cut into clusters of their own.
const MOST_MARKS: usize = 30;

impl Normalised {
    /// Normalises a text in time linear in its length.
    pub(super) fn of(text: &str) -> Self {
        let mut made = Self::default();
        let mut cluster = Cluster::default();
        for (start, char) in text.char_indices() {
            let end = start + char.len_utf8();
            if is_silent(char) {
                // What is dropped behind a character goes with it.
                cluster.bytes.end = cluster.bytes.end.max(end);
            } else if !cluster.is_empty() && is_combining_mark(char) && cluster.marks < MOST_MARKS {
                cluster.text.push(char);
                cluster.marks += 1;
                cluster.bytes.end = end;
            } else {
                made.take(&mut cluster);
                cluster.text.push(char);
                cluster.bytes = start..end;
            }
        }
        made.take(&mut cluster);
        made.trim_end();
        made
    }

    /// The normal form.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that a range of the normal form stands for.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.pieces.partition_point(|piece| piece.at < range.start);
        let behind = self.pieces.partition_point(|piece| piece.at < range.end);
        let start = self.pieces.get(first).map_or(0, |piece| piece.start);
        let end =
            behind.checked_sub(1).and_then(|last| self.pieces.get(last)).map_or(start, |piece| piece.end);
        start..end.max(start)
    }

    /// The place in the normal form of what stands at a byte of the original or behind it, white space left out.
    pub(super) fn place_of(&self, byte: usize) -> usize {
        let first = self.pieces.partition_point(|piece| piece.start < byte);
        let at = self.pieces.get(first).map_or(self.text.len(), |piece| piece.at);
        let is_space = self.text.get(at..).is_some_and(|rest| rest.starts_with(' '));
        at + usize::from(is_space)
    }

    /// Adds a cluster in its composed form, and empties it.
    fn take(&mut self, cluster: &mut Cluster) {
        match cluster.text.chars().next() {
            Some(alone) if cluster.marks == 0 && is_composed(alone) => self.push(alone, &cluster.bytes),
            _ => cluster.text.nfc().for_each(|char| self.push(char, &cluster.bytes)),
        }
        cluster.text.clear();
        cluster.marks = 0;
    }

    fn push(&mut self, char: char, original: &Range<usize>) {
        let folded = fold(char);
        if folded == ' ' && (self.text.is_empty() || self.text.ends_with(' ')) {
            return;
        }
        self.pieces.push(Piece { at: self.text.len(), start: original.start, end: original.end });
        self.text.push(folded);
    }

    fn trim_end(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
            self.pieces.pop();
        }
    }
}

/// Whether a character alone is its own NFC: nearly all are, and the rest take the long way.
fn is_composed(char: char) -> bool {
    matches!(char, '\0'..='\u{33F}' | '\u{600}'..='\u{6FF}' | '\u{2000}'..='\u{206F}')
}

/// The one form of a character.
fn fold(char: char) -> char {
    match char {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' => 'ي',
        'ؤ' => 'و',
        '“' | '”' | '„' | '«' | '»' | '‹' | '›' => '"',
        '‘' | '’' | '‚' | 'ʼ' => '\'',
        '٠'..='٩' => digit(char, '٠'),
        '۰'..='۹' => digit(char, '۰'),
        _ if char.is_whitespace() => ' ',
        _ => char,
    }
}

/// Whether a character is a vowel sign, or changes only how others are laid out.
fn is_silent(char: char) -> bool {
    let is_sign = matches!(char, 'ـ' | '\u{64B}'..='\u{65F}' | '\u{670}');
    let is_mark = matches!(char, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    is_sign || is_mark || matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The ASCII digit of the same value, from the zero of its script.
fn digit(char: char, zero: char) -> char {
    char::from_digit(u32::from(char) - u32::from(zero), 10).unwrap_or(char)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(left: &str, right: &str) -> bool {
        Normalised::of(left).as_str() == Normalised::of(right).as_str()
    }

    #[test]
    fn spellings_of_the_same_words_meet() {
        for (left, right) in [
            ("e\u{301}te\u{301}", "été"),
            ("  a \u{A0}\n\tb ", "a b"),
            ("الـــمدرسة", "المدرسة"),
            ("تدخلًا", "تدخلا"),
            ("أُطلقت", "اطلقت"),
            ("ا\u{654}طلقت", "أطلقت"),
            ("مسؤول", "مسوول"),
            ("على", "علي"),
            ("“إبلاغ”", "\"ابلاغ\""),
            ("l’école", "l'école"),
            ("٢٤ مقعدا و۳", "24 مقعدا و3"),
            ("\u{200F}24\u{200E}", "24"),
        ] {
            assert!(same(left, right), "{left:?} and {right:?}");
        }
    }

    #[test]
    fn what_is_not_named_stays_as_it_is() {
        for (left, right) in
            [("École", "Ecole"), ("A", "a"), ("مدرسة", "مدرسه"), ("1.200", "1,200"), ("a b", "ab")]
        {
            assert!(!same(left, right), "{left:?} and {right:?}");
        }
    }

    #[test]
    fn the_way_back_names_the_original() {
        let original = "من  «الـــمدرسةِ» ٢٤";
        let normal = Normalised::of(original);
        let back = |part: &str| {
            let at = normal.as_str().find(part).unwrap();
            original.get(normal.original(&(at..at + part.len()))).unwrap()
        };
        assert_eq!(back("المدرسة"), "الـــمدرسةِ");
        assert_eq!(back("24"), "٢٤");
        assert_eq!(back("من \"ال"), "من  «الـــ");
    }

    #[test]
    fn a_million_marks_cost_no_more_than_a_million_letters() {
        let text = format!("e{}", "\u{301}".repeat(1_000_000));
        assert!(Normalised::of(&text).as_str().starts_with('é'));
    }

    proptest! {
        #[test]
        fn normal_form_is_its_own_normal_form(text in "[a-cé\u{301}\u{654} \nأاىؤـً٢۳“'\u{200f}\0]{0,40}") {
            let once = Normalised::of(&text);
            let again = Normalised::of(once.as_str());
            prop_assert_eq!(once.as_str(), again.as_str());
        }

        #[test]
        fn every_range_has_an_original(text in "\\PC{0,30}", start in 0_usize..40, length in 0_usize..40) {
            let normal = Normalised::of(&text);
            let range = normal.original(&(start..start + length));
            prop_assert!(text.get(range).is_some());
        }
    }
}
