//! Spellings folded into one: «أَرْبَعَة», «اربعه» and «أربعة» are the same word, and so are `Décembre` and `decembre`.

use std::sync::LazyLock;

/// The longest folded word that is looked up, in bytes; every word of the tables is far shorter.
const LONGEST: usize = 46;

/// A word in its folded spelling, kept on the stack.
#[derive(Clone, Copy)]
pub(super) struct Folded {
    /// With room for one letter more; zero behind the word.
    bytes: [u8; LONGEST + 4],
    length: usize,
}

impl Folded {
    /// The folded spelling of `word`, or `None` when it is too long to be in any table.
    pub(super) fn of(word: &str) -> Option<Self> {
        let mut bytes = [0; LONGEST + 4];
        let length = word.chars().fold(0, |length, c| Letter::of(c).add(&mut bytes, length));
        (length <= LONGEST).then_some(Self { bytes, length })
    }

    /// The spelling as bytes, the key of every table.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// The spelling as text.
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }
}

/// Folds the word that starts `text` behind `folds`, unless it is too long to be in any table; its bytes in the text.
///
/// An apostrophe ends a word and belongs to it: "l'", "d'".
pub(super) fn first_word(text: &str, folds: &mut Vec<u8>) -> usize {
    let start = folds.len();
    // In place, with room for the longest: most of a text is spent here.
    folds.resize(start + LONGEST + 4, 0);
    let (end, length) = first_word_into(text, folds.get_mut(start..).unwrap_or_default());
    folds.truncate(start + if length > LONGEST { 0 } else { length });
    end
}

/// The bytes of the word that starts `text`, and of its folded spelling in `room`.
fn first_word_into(text: &str, room: &mut [u8]) -> (usize, usize) {
    let letters = &*LETTERS;
    let mut length = 0;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let Some(letter) = letters.of(c) else {
            let is_elided = matches!(c, '\'' | '’') && chars.next().is_some_and(|(_, c)| is_letter(c));
            return (at + if is_elided { c.len_utf8() } else { 0 }, length);
        };
        length = letter.add(room, length);
    }
    (text.len(), length)
}

/// Folds every word of a phrase; how the tables of hedges, written naturally, become keys.
pub(super) fn phrase(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(Folded::of(word).as_ref().map_or("", Folded::as_str));
    }
    folded
}

/// A folded letter; a silent one has no bytes.
#[derive(Clone, Copy)]
struct Letter {
    /// In UTF-8, zero behind.
    bytes: [u8; 4],
    length: u8,
}

impl Letter {
    fn of(c: char) -> Self {
        let mut bytes = [0; 4];
        let length = match fold(c) {
            SILENT => 0,
            folded => folded.encode_utf8(&mut bytes).len(),
        };
        // A letter has at most four bytes.
        Self { bytes, length: u8::try_from(length).unwrap_or_default() }
    }

    /// Writes it into `room` behind a word of so many bytes; its bytes then, more than [`LONGEST`] for good once it is too long.
    fn add(self, room: &mut [u8], length: usize) -> usize {
        let Some(space) = room.get_mut(length..).and_then(<[u8]>::first_chunk_mut) else { return length };
        *space = self.bytes;
        length + usize::from(self.length)
    }
}

/// The folded letter of `c`, or `None` for what is no letter.
fn letter(c: char) -> Option<Letter> {
    is_letter(c).then(|| Letter::of(c))
}

/// [`letter`] of the characters in which nearly all words are written.
struct Letters {
    /// U+0000 to U+017F: Latin.
    latin: [Option<Letter>; 0x180],
    /// U+0600 to U+06FF: Arabic.
    arabic: [Option<Letter>; 0x100],
}

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let letter_at = |code: usize| u32::try_from(code).ok().and_then(char::from_u32).and_then(letter);
    Letters {
        latin: std::array::from_fn(letter_at),
        arabic: std::array::from_fn(|place| letter_at(Letters::ARABIC + place)),
    }
});

impl Letters {
    const ARABIC: usize = 0x600;

    fn of(&self, c: char) -> Option<Letter> {
        let code = c as usize;
        let known = self.arabic.get(code.wrapping_sub(Self::ARABIC)).or_else(|| self.latin.get(code));
        known.copied().unwrap_or_else(|| letter(c))
    }
}

/// Letters, and the signs that sit on them.
pub(super) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6d3}' => true,
        // Arabic and general punctuation, spaces among it.
        '\u{600}'..='\u{61f}' | '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphabetic(),
    }
}

/// What a letter without a sound of its own folds into: vowel signs, tatweel, apostrophes, direction marks.
const SILENT: char = '\0';

/// The one spelling of a letter.
fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        '\'' | '’' | 'ـ' | '\u{64b}'..='\u{65f}' | '\u{670}' => SILENT,
        'À'..='ÿ' => unaccented(c),
        _ if is_invisible(c) => SILENT,
        _ => c,
    }
}

/// The plain letter under a French accent.
fn unaccented(c: char) -> char {
    match c {
        'À'..='Å' | 'à'..='å' => 'a',
        'Ç' | 'ç' => 'c',
        'È'..='Ë' | 'è'..='ë' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' => 'i',
        'Ò'..='Ö' | 'ò'..='ö' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        _ => c,
    }
}

/// Direction and joining marks: they change how a text is laid out, never what it says.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for (a, b) in
            [("أربعة", "اربعه"), ("الأُولى", "الاولي"), ("مئـــة", "مئه"), ("Décembre", "DECEMBRE"), ("l’", "l")]
        {
            assert_eq!(phrase(a), phrase(b));
        }
    }

    #[test]
    fn long_words_are_no_words_of_ours() {
        assert!(Folded::of(&"ع".repeat(24)).is_none());
        assert!(Folded::of(&"a".repeat(46)).is_some());
    }

    #[test]
    fn every_character_folds_in_a_text_as_it_does_alone() {
        for c in '\0'..=char::MAX {
            let mut folds = Vec::new();
            let length = first_word(c.encode_utf8(&mut [0; 4]), &mut folds);
            assert_eq!(length, if is_letter(c) { c.len_utf8() } else { 0 }, "{c:?}");
            let alone = if is_letter(c) { phrase(&c.to_string()) } else { String::new() };
            assert_eq!(folds, alone.as_bytes(), "{c:?}");
        }
    }

    #[test]
    fn a_word_ends_at_its_apostrophe() {
        for (text, length, folded) in [
            ("l'eau", 2, "l"),
            ("l’eau", 4, "l"),
            ("rock' roll", 4, "rock"),
            ("Été.", 5, "ete"),
            ("مئـــة 5", 12, "مئه"),
            (&"é".repeat(46), 92, &"e".repeat(46)),
            (&"é".repeat(47), 94, ""),
            (&"é".repeat(470), 940, ""),
        ] {
            let mut folds = b"before".to_vec();
            assert_eq!(first_word(text, &mut folds), length, "{text}");
            assert_eq!(folds, format!("before{folded}").as_bytes(), "{text}");
        }
    }

    #[test]
    fn phrases_fold_word_by_word() {
        assert_eq!(phrase("  ما  لا يقلّ عن "), "ما لا يقل عن");
    }
}
