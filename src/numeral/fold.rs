//! Spellings folded into one: «أَرْبَعَة», «اربعه» and «أربعة» are the same word, and so are `Décembre` and `decembre`.

/// The longest folded word that is looked up, in bytes; every word of the tables is far shorter.
const LONGEST: usize = 46;

/// A word in its folded spelling, kept on the stack.
#[derive(Clone, Copy)]
pub(super) struct Folded {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Folded {
    /// The folded spelling of `word`, or `None` when it is too long to be in any table.
    pub(super) fn of(word: &str) -> Option<Self> {
        let mut folded = Self { bytes: [0; LONGEST], length: 0 };
        for c in word.chars() {
            folded.push(fold(c))?;
        }
        Some(folded)
    }

    /// Adds a letter; a silent one adds nothing.
    fn push(&mut self, letter: char) -> Option<()> {
        if letter.is_ascii() {
            *self.bytes.get_mut(self.length)? = u8::try_from(letter).ok()?;
            self.length += usize::from(letter != SILENT);
            return Some(());
        }
        let room = self.bytes.get_mut(self.length..).filter(|room| room.len() >= letter.len_utf8())?;
        self.length += letter.encode_utf8(room).len();
        Some(())
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
    fn phrases_fold_word_by_word() {
        assert_eq!(phrase("  ما  لا يقلّ عن "), "ما لا يقل عن");
    }
}
