//! Lists of words that a word of a text is looked for in: short ones are walked through; long ones are one text, in which
//! the hash of a word tells where it would stand.

use super::dictionary::{get_mut, place};
use super::fold::split_word;

/// Words that a word of a text may be one of, all folded.
pub(super) trait WordList: Copy {
    /// Whether `word` is one of them.
    fn has(&self, word: &[u8]) -> bool;
}

impl WordList for &[&str] {
    fn has(&self, word: &[u8]) -> bool {
        self.iter().any(|known| known.as_bytes() == word)
    }
}

impl<const N: usize> WordList for &[&str; N] {
    fn has(&self, word: &[u8]) -> bool {
        self.as_slice().has(word)
    }
}

impl WordList for &Words {
    fn has(&self, word: &[u8]) -> bool {
        Words::has(self, word)
    }
}

/// A long list, in which the compiler has placed every word by its hash: [`word_list!`].
///
/// It is one text with its places apart, as every address costs time when the program starts: of the page that it is
/// written on, too.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    /// The words, a space between them.
    text: &'static str,
    places: &'static Places,
}

/// Where the word begins, counted from one, whose hash falls on this place or on one shortly before it; 0 for none.
type Places = [u16; PLACES];

/// More than twice what any list holds, so that most words that are not in it meet an empty place at once.
const PLACES: usize = 512;

/// The words of a text, with a space between them.
macro_rules! word_list {
    ($text:literal $(,)?) => {
        &$crate::numeral::Words::new($text, &$crate::numeral::Words::places($text))
    };
}
pub(crate) use word_list;

impl Words {
    /// The words of a text, with their places.
    pub(crate) const fn new(text: &'static str, places: &'static Places) -> Self {
        Self { text, places }
    }

    /// The places of the words of a text.
    #[expect(clippy::cast_possible_truncation, reason = "the text is shorter than `u16::MAX`, as asserted")]
    pub(crate) const fn places(text: &str) -> Places {
        assert!(text.len() < u16::MAX as usize, "a text too long for its places");
        assert!(!matches!(text.as_bytes(), [.., b' ']), "a space too many");
        let mut places = [0; PLACES];
        let mut count = 0;
        let mut rest = text.as_bytes();
        while let Some((word, behind)) = split_word(rest) {
            count += 1;
            assert!(!word.is_empty() && count < PLACES / 2, "a space too many, or too many words");
            let mut place = place(word);
            while let Some(begin) = get_mut(&mut places, place % PLACES) {
                if *begin == 0 {
                    *begin = (text.len() - rest.len() + 1) as u16;
                    break;
                }
                place += 1;
            }
            rest = behind;
        }
        places
    }

    /// Whether `word`, which has no spaces, is one of them.
    pub(crate) fn has(&self, word: &[u8]) -> bool {
        let mut place = place(word);
        while let Some(begin) = self.places.get(place % PLACES)
            && let Some(rest) = self.text.as_bytes().get(usize::from(*begin).wrapping_sub(1)..)
        {
            if let Some([] | [b' ', ..]) = rest.strip_prefix(word) {
                return true;
            }
            place += 1;
        }
        false
    }

    /// The words.
    #[cfg(test)]
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.text.split(' ')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: &Words = word_list!("a abc ab cab ب تب أبت aب abca");

    proptest! {
        #[test]
        fn a_list_has_its_words_and_no_others(word in "[a-cأبت]{0,4}") {
            let is_one = WORDS.words().any(|known| known == word);
            prop_assert_eq!(WORDS.has(word.as_bytes()), is_one);
        }
    }

    #[test]
    fn every_word_of_a_list_is_in_it() {
        assert!(WORDS.words().all(|word| WORDS.has(word.as_bytes())));
        assert!(!WORDS.has(b"abd"));
    }

    #[test]
    fn a_part_of_a_word_is_none() {
        // So long that the hashes of many parts fall on its place.
        let long: &str = "thousand".repeat(500).leak();
        let words = Words::new(long, Box::leak(Box::new(Words::places(long))));
        assert!(words.has(long.as_bytes()));
        assert!((0..long.len()).all(|end| !words.has(long.as_bytes().split_at(end).0)));
    }
}
