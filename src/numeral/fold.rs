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
    /// No word.
    const EMPTY: Self = Self { bytes: [0; LONGEST + 4], length: 0 };

    /// The folded spelling of `word`, or `None` when it is too long to be in any table.
    pub(super) fn of(word: &str) -> Option<Self> {
        let mut folded = Self::EMPTY;
        word.chars().all(|c| folded.add(Letter::of(c))).then_some(folded)
    }

    /// The word that starts `text`: its bytes there, and its folded spelling, empty when it is too long to be in any table.
    ///
    /// An apostrophe ends a word and belongs to it: "l'", "d'".
    pub(super) fn first_of(text: &str) -> (usize, Self) {
        let letters = &*LETTERS;
        let mut folded = Self::EMPTY;
        let mut is_short = true;
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            let Some(letter) = letters.get(c as usize).copied().unwrap_or_else(|| letter(c)) else {
                let is_elided = matches!(c, '\'' | '’') && chars.next().is_some_and(|(_, c)| is_letter(c));
                return (
                    at + if is_elided { c.len_utf8() } else { 0 },
                    if is_short { folded } else { Self::EMPTY },
                );
            };
            is_short = is_short && folded.add(letter);
        }
        (text.len(), if is_short { folded } else { Self::EMPTY })
    }

    /// Adds a letter; whether the word is still short enough.
    fn add(&mut self, letter: Letter) -> bool {
        if let Some(room) = self.bytes.get_mut(self.length..).and_then(<[u8]>::first_chunk_mut) {
            *room = letter.bytes;
        }
        self.length += usize::from(letter.length);
        self.length <= LONGEST
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
}

/// The folded letter of `c`, or `None` for what is no letter.
fn letter(c: char) -> Option<Letter> {
    is_letter(c).then(|| Letter::of(c))
}

/// [`letter`] of every Latin and Arabic character, in which nearly all words are written.
static LETTERS: LazyLock<[Option<Letter>; 0x700]> = LazyLock::new(|| {
    std::array::from_fn(|code| u32::try_from(code).ok().and_then(char::from_u32).and_then(letter))
});

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
            let (length, folded) = Folded::first_of(c.encode_utf8(&mut [0; 4]));
            assert_eq!(length, if is_letter(c) { c.len_utf8() } else { 0 }, "{c:?}");
            let alone = Folded::of(&c.to_string()).filter(|_| is_letter(c)).unwrap_or(Folded::EMPTY);
            assert_eq!(folded.as_str(), alone.as_str(), "{c:?}");
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
            (&"é".repeat(47), 94, ""),
        ] {
            let (end, word) = Folded::first_of(text);
            assert_eq!((end, word.as_str()), (length, folded), "{text}");
        }
    }

    #[test]
    fn phrases_fold_word_by_word() {
        assert_eq!(phrase("  ما  لا يقلّ عن "), "ما لا يقل عن");
    }
}
