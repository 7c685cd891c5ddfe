//! Lists of words that know at once of most other words that they are not in them.

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
        self.iter().any(|known| known.as_bytes() == word)
    }
}

impl WordList for &Words {
    fn has(&self, word: &[u8]) -> bool {
        let (end, start, middle) = marks(word);
        let may_be = self.ends >> end & self.starts >> start & self.middles >> middle & 1 == 1;
        may_be && self.list.has(word)
    }
}

/// A long list, with a filter before it (a Bloom filter of three letters): few words pass that are none of the list.
#[derive(Clone, Copy)]
pub(super) struct Words {
    list: &'static [&'static str],
    ends: u128,
    starts: u128,
    middles: u128,
}

impl Words {
    /// The words of a list, with their filter.
    pub(super) const fn new(list: &'static [&'static str]) -> Self {
        let mut words = Self { list, ends: 0, starts: 0, middles: 0 };
        let mut rest = list;
        while let Some((word, after)) = rest.split_first() {
            let (end, start, middle) = marks(word.as_bytes());
            words.ends |= 1 << end;
            words.starts |= 1 << start;
            words.middles |= 1 << middle;
            rest = after;
        }
        words
    }
}

/// Three numbers below 128 that a word has: of its last byte, its second and the one in its middle, each with a bit of its
/// length. The first byte of nearly every Arabic letter is one of two.
const fn marks(word: &[u8]) -> (u8, u8, u8) {
    let parity = if word.len().is_multiple_of(2) { 0 } else { 64 };
    let half = if (word.len() / 2).is_multiple_of(2) { 0 } else { 64 };
    let (first, behind) = word.split_at(word.len() / 2);
    let second = match first {
        [_, second, ..] => Some(second),
        _ => word.first(),
    };
    (low(word.last()) | half, low(second) | parity, low(behind.first()) | half)
}

const fn low(byte: Option<&u8>) -> u8 {
    match byte {
        Some(byte) => *byte & 63,
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_filter_drops_no_word_and_adds_none(word in "[a-cأبت]{0,4}") {
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
