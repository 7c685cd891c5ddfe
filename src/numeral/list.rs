//! Lists of words that a word of a text is looked for in: short ones are walked through, long ones ask its hash.

use super::dictionary::{get_mut, place};

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
        let mut place = place(word);
        while let Some(number) = self.places.get(place % PLACES)
            && let Some(known) = self.list.get(usize::from(*number).wrapping_sub(1))
        {
            if known.as_bytes() == word {
                return true;
            }
            place += 1;
        }
        false
    }
}

/// A long list, of at most 255 words, in which the compiler has placed every word by its hash.
#[derive(Clone, Copy)]
pub(super) struct Words {
    list: &'static [&'static str],
    /// The word whose hash falls on this place or on one shortly before it, counted from one; 0 for none.
    places: [u8; PLACES],
}

const PLACES: usize = 512;

impl Words {
    /// The words of a list, with their places.
    pub(super) const fn new(list: &'static [&'static str]) -> Self {
        let mut words = Self { list, places: [0; PLACES] };
        let mut number = 0;
        let mut rest = list;
        while let [word, behind @ ..] = rest {
            number += 1;
            let mut place = place(word.as_bytes());
            while let Some(taken) = get_mut(&mut words.places, place % PLACES) {
                if *taken == 0 {
                    *taken = number;
                    break;
                }
                place += 1;
            }
            rest = behind;
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_list_has_its_words_and_no_others(word in "[a-cأبت]{0,4}") {
            const LIST: &[&str] = &["", "a", "ab", "abc", "cab", "ب", "تب", "أبت", "aب", "abca"];
            let words = Words::new(LIST);
            prop_assert_eq!((&words).has(word.as_bytes()), LIST.contains(&word.as_str()));
        }
    }

    #[test]
    fn every_word_of_a_list_is_in_it() {
        const LIST: &[&str] = &["", "a", "ab", "abc", "cab", "ب", "تب", "أبت", "aب", "abca"];
        let words = Words::new(LIST);
        assert!(LIST.iter().all(|word| (&words).has(word.as_bytes())));
        assert!(!(&words).has(b"abd"));
    }
}
