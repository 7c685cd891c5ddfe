//! Spellings folded into one: «أَرْبَعَة», «اربعه» and «أربعة» are the same word, and so are `Décembre` and `decembre`.

use std::ops::Range;

/// The longest folded word that is looked up, in bytes; every word of the tables is far shorter.
const LONGEST: usize = 46;

/// Room for the longest word and one letter more, which shows that a word is longer.
const ROOM: usize = LONGEST + 4;

/// The folded words of a line, a space behind each.
#[derive(Default)]
pub(super) struct Folds {
    /// Longer than its words, so that letters are written in place: most of a text is spent here.
    bytes: Vec<u8>,
    end: usize,
}

impl Folds {
    /// Forgets the words.
    pub(super) fn clear(&mut self) {
        self.end = 0;
    }

    /// Folds the word that starts `text`: its bytes there, and its place here, empty when it is too long to be in any table.
    ///
    /// An apostrophe ends a word and belongs to it: "l'", "d'".
    pub(super) fn push(&mut self, text: &str) -> (usize, Range<usize>) {
        let start = self.end;
        if self.bytes.len() < start + ROOM {
            self.bytes.resize(2 * start + 8 * ROOM, 0);
        }
        let Some(room) = self.bytes.get_mut(start..).and_then(<[u8]>::first_chunk_mut) else {
            return (text.len(), start..start);
        };
        let (written, length) = first_word(text, room);
        self.end = start + length + 1;
        (written, start..start + length)
    }

    /// The words between two places.
    pub(super) fn get(&self, place: Range<usize>) -> &[u8] {
        self.bytes.get(place).unwrap_or_default()
    }

    /// The same as text.
    pub(super) fn text(&self, place: Range<usize>) -> &str {
        std::str::from_utf8(self.get(place)).unwrap_or_default()
    }
}

/// The bytes of the word that starts `text`, and of its folded spelling in `room`, which gets a space behind it.
fn first_word(text: &str, room: &mut [u8; ROOM]) -> (usize, usize) {
    let mut length = 0;
    let mut rest = text.chars();
    let end = loop {
        let end = text.len() - rest.as_str().len();
        let Some(c) = rest.next() else { break end };
        let Some(letter) = letter(c) else {
            let is_elided = matches!(c, '\'' | '’') && rest.next().is_some_and(is_letter);
            break if is_elided { end + c.len_utf8() } else { end };
        };
        // What is too long stays so.
        if length <= LONGEST
            && let Some(space) = room.get_mut(length..length + 4).and_then(<[u8]>::first_chunk_mut)
        {
            *space = letter.bytes;
            length += usize::from(letter.length);
        }
    };
    let length = if length > LONGEST { 0 } else { length };
    if let Some(space) = room.get_mut(length) {
        *space = b' ';
    }
    (end, length)
}

/// A word or a phrase of our tables, folded by the compiler.
#[derive(Clone, Copy)]
pub(super) struct Key {
    bytes: [u8; Key::ROOM],
    length: usize,
}

impl Key {
    /// Our longest phrase has 28 bytes.
    const ROOM: usize = 32;

    /// No word.
    pub(super) const EMPTY: Self = Self { bytes: [0; Self::ROOM], length: 0 };

    /// Folds a phrase in the letters of our languages. It is cut where a text is, at apostrophes and hyphens: "plus d'",
    /// "au-delà de".
    pub(super) const fn of(phrase: &[u8]) -> Self {
        let mut bytes = [0; Self::ROOM];
        let mut length = 0;
        let mut is_cut = false;
        let mut rest = phrase;
        while let Some((c, behind)) = split_first(rest) {
            if is_of_ours(c) {
                if is_cut {
                    length = Letter::of(' ').add(&mut bytes, length);
                }
                length = Letter::of(c).add(&mut bytes, length);
            }
            is_cut = length > 0 && !is_of_ours(c);
            rest = behind;
        }
        Self { bytes, length }
    }

    /// Its bytes, a space between the words.
    pub(super) const fn bytes(&self) -> &[u8] {
        self.bytes.split_at(self.length).0
    }
}

/// The first of several words with spaces between them, and what stands behind it.
pub(super) const fn split_word(words: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut rest = words;
    while let [letter, behind @ ..] = rest {
        if *letter == b' ' {
            return Some((words.split_at(words.len() - rest.len()).0, behind));
        }
        rest = behind;
    }
    if words.is_empty() { None } else { Some((words, rest)) }
}

/// The first character of a text, if it has one or two bytes, and what stands behind it.
const fn split_first(text: &[u8]) -> Option<(char, &[u8])> {
    let (code, rest) = match text {
        [first @ ..0x80, rest @ ..] => (*first as u32, rest),
        [first @ 0xc0..0xe0, second, rest @ ..] => {
            ((*first as u32 & 0x1f) << 6 | *second as u32 & 0x3f, rest)
        }
        _ => return None,
    };
    match char::from_u32(code) {
        Some(c) => Some((c, rest)),
        None => None,
    }
}

/// A folded letter; a silent one has no bytes.
#[derive(Clone, Copy)]
struct Letter {
    /// In UTF-8, zero behind.
    bytes: [u8; 4],
    length: u8,
}

impl Letter {
    #[expect(clippy::cast_possible_truncation, reason = "a letter has at most four bytes")]
    const fn of(c: char) -> Self {
        let mut bytes = [0; 4];
        let length = match fold(c) {
            SILENT => 0,
            folded => folded.encode_utf8(&mut bytes).len(),
        };
        Self { bytes, length: length as u8 }
    }

    /// Writes it into `room` behind so many bytes; the bytes then, as before where there is no room.
    const fn add(self, room: &mut [u8], length: usize) -> usize {
        let Some((_, behind)) = room.split_at_mut_checked(length) else { return length };
        let Some(space) = behind.first_chunk_mut() else { return length };
        *space = self.bytes;
        length + self.length as usize
    }
}

/// The folded letter of `c`, or `None` for what is no letter.
fn letter(c: char) -> Option<Letter> {
    match KNOWN.get(c as usize) {
        Some(&Known::Letter([first, second], length)) => {
            Some(Letter { bytes: [first, second, 0, 0], length })
        }
        Some(Known::Mark) => None,
        Some(Known::Nothing) | None => is_letter(c).then(|| Letter::of(c)),
    }
}

/// Letters, and the signs that sit on them.
pub(super) fn is_letter(c: char) -> bool {
    match KNOWN.get(c as usize) {
        Some(Known::Letter(..)) => true,
        Some(Known::Mark) => false,
        // General punctuation, spaces among it, is most of the rest.
        Some(Known::Nothing) | None => !matches!(c, '\u{2000}'..='\u{206f}') && c.is_alphabetic(),
    }
}

/// What the compiler has written down of a character.
#[derive(Clone, Copy)]
enum Known {
    /// It folds into so many of these bytes.
    Letter([u8; 2], u8),
    /// It is no letter.
    Mark,
    /// Ask Unicode.
    Nothing,
}

/// The characters up to the Arabic ones, in which nearly all words are written.
static KNOWN: [Known; 0x700] = {
    let mut known = [Known::Nothing; 0x700];
    let mut rest: &mut [Known] = &mut known;
    let mut code = 0;
    while let Some((known, behind)) = rest.split_first_mut() {
        *known = match char::from_u32(code) {
            Some(c) if is_of_ours(c) => {
                let Letter { bytes: [first, second, ..], length } = Letter::of(c);
                Known::Letter([first, second], length)
            }
            Some('\0'..='\u{24f}' | '\u{600}'..='\u{6d3}') => Known::Mark,
            _ => Known::Nothing,
        };
        code += 1;
        rest = behind;
    }
    known
};

/// The Latin and Arabic letters, which the compiler knows.
const fn is_of_ours(c: char) -> bool {
    let is_latin =
        matches!(c, 'A'..='Z' | 'a'..='z' | 'ª' | 'µ' | 'º' | 'À'..='\u{24f}') && !matches!(c, '×' | '÷');
    is_latin || matches!(c, '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6d3}')
}

/// What a letter without a sound of its own folds into: vowel signs, tatweel, apostrophes, direction marks.
const SILENT: char = '\0';

/// The one spelling of a letter.
const fn fold(c: char) -> char {
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
const fn unaccented(c: char) -> char {
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
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A word folded alone.
    fn folded(word: &str) -> String {
        let mut folds = Folds::default();
        let (_, place) = folds.push(word);
        String::from_utf8(folds.get(place).to_vec()).unwrap()
    }

    #[test]
    fn spellings_meet() {
        for (a, b) in
            [("أربعة", "اربعه"), ("الأُولى", "الاولي"), ("مئـــة", "مئه"), ("Décembre", "DECEMBRE"), ("l’", "l")]
        {
            assert_eq!(folded(a), folded(b));
        }
    }

    #[test]
    fn long_words_are_no_words_of_ours() {
        assert_eq!(folded(&"ع".repeat(24)), "");
        assert_eq!(folded(&"a".repeat(46)), "a".repeat(46));
    }

    #[test]
    fn every_character_folds_into_itself_or_a_letter_of_ours() {
        for c in '\0'..=char::MAX {
            let spelling =
                if !is_letter(c) || fold(c) == SILENT { String::new() } else { fold(c).to_string() };
            assert_eq!(folded(&c.to_string()), spelling, "{c:?}");
            let key = Key::of(c.to_string().as_bytes());
            assert_eq!(key.bytes(), if is_of_ours(c) { spelling.as_bytes() } else { b"" }, "{c:?}");
        }
    }

    #[test]
    fn letters_are_those_of_unicode() {
        let is_sign = |c| matches!(c, '\u{600}'..='\u{6d3}');
        assert!(('\0'..=char::MAX).filter(|c| !is_sign(*c)).all(|c| is_letter(c) == c.is_alphabetic()));
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
            let mut folds = Folds::default();
            folds.push("before");
            let (written, place) = folds.push(text);
            assert_eq!(written, length, "{text}");
            assert_eq!(folds.get(0..place.end), format!("before {folded}").as_bytes(), "{text}");
        }
    }

    #[test]
    fn phrases_fold_word_by_word() {
        for (phrase, folded) in
            [("  ما  لا يقلّ عن ", "ما لا يقل عن"), ("plus d'", "plus d"), ("au-delà de", "au dela de")]
        {
            assert_eq!(Key::of(phrase.as_bytes()).bytes(), folded.as_bytes());
        }
    }
}
