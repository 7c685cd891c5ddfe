//! Dictionaries that the compiler makes: words by their folded spelling, each found by one hash, and nothing left to build
//! when the program runs.

use super::fold::Key;

/// Words or phrases, at most `N`, and what is known of each.
pub(super) struct Dictionary<T, const N: usize> {
    entries: [(Key, T); N],
    count: u16,
    /// The entry whose hash falls on this place or on one shortly before it, counted from one; 0 for none.
    places: [u16; PLACES],
}

/// Several times what any dictionary holds, so that most words that are in none meet an empty place at once.
const PLACES: usize = 2048;

impl<T: Copy, const N: usize> Dictionary<T, N> {
    /// Without words; `blank` is what is known of a new one.
    pub(super) const fn empty(blank: T) -> Self {
        const { assert!(N < PLACES / 2, "more words than places") };
        Self { entries: [(Key::EMPTY, blank); N], count: 0, places: [0; PLACES] }
    }

    /// What is known of a word, which is given folded.
    pub(super) fn get(&self, word: &[u8]) -> Option<T> {
        let mut place = place(word);
        loop {
            let number = usize::from(*self.places.get(place % PLACES)?);
            let (known, value) = self.entries.get(number.checked_sub(1)?)?;
            if known.bytes() == word {
                return Some(*value);
            }
            place += 1;
        }
    }

    /// What is known of a word, to be told; none where there is no room for it.
    pub(super) const fn entry(&mut self, word: Key) -> Option<&mut T> {
        let number = self.number(&word);
        let Some((known, value)) = get_mut(&mut self.entries, number) else { return None };
        *known = word;
        Some(value)
    }

    /// The entry of a word: its own, or the next that is free.
    const fn number(&mut self, word: &Key) -> usize {
        let mut place = place(word.bytes());
        while let Some(number) = get_mut(&mut self.places, place % PLACES) {
            let Some((known, _)) = get_mut(&mut self.entries, (*number as usize).wrapping_sub(1)) else {
                self.count += 1;
                *number = self.count;
                break;
            };
            if are_equal(known.bytes(), word.bytes()) {
                return *number as usize - 1;
            }
            place += 1;
        }
        self.count as usize - 1
    }
}

/// `slice::get_mut`, for the compiler.
pub(super) const fn get_mut<T>(items: &mut [T], at: usize) -> Option<&mut T> {
    match items.split_at_mut_checked(at) {
        Some((_, rest)) => rest.first_mut(),
        None => None,
    }
}

/// `==`, for the compiler.
const fn are_equal(mut one: &[u8], mut other: &[u8]) -> bool {
    while let (Some((first, rest)), Some((second, behind))) = (one.split_first(), other.split_first()) {
        if *first != *second {
            return false;
        }
        (one, other) = (rest, behind);
    }
    one.len() == other.len()
}

/// Where a word is looked for first, among any number of places: multiply and rotate, eight bytes at a time. The words are
/// ours and fixed, so nobody can make them collide.
pub(super) const fn place(word: &[u8]) -> usize {
    let mut hash = 0;
    let mut rest = word;
    while let Some((eight, after)) = rest.split_first_chunk() {
        hash = mix(hash, u64::from_le_bytes(*eight));
        rest = after;
    }
    // What is left is read at once, with bytes that were read before or twice.
    let last = match (word.last_chunk(), word.first_chunk(), word.last_chunk()) {
        (Some(eight), ..) => u64::from_le_bytes(*eight),
        (None, Some(first), Some(last)) => {
            (u32::from_le_bytes(*first) as u64) << 32 | u32::from_le_bytes(*last) as u64
        }
        _ => match *word {
            [first, .., last] => (first as u64) << 16 | (last as u64) << 8 | word.len() as u64,
            [first] => first as u64,
            [] => 0,
        },
    };
    (mix(hash, last) >> 32) as usize
}

const fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [&str; 10] = ["a", "ab", "abc", "cab", "ب", "تب", "أبت", "abca", "abcabcabc", "more than"];

    const fn numbered() -> Dictionary<usize, 10> {
        let mut words = Dictionary::empty(0);
        let mut rest: &[&str] = &WORDS;
        while let Some((word, after)) = rest.split_first() {
            if let Some(number) = words.entry(Key::of(word.as_bytes())) {
                *number = WORDS.len() - after.len();
            }
            rest = after;
        }
        words
    }

    static DICTIONARY: Dictionary<usize, 10> = numbered();

    #[test]
    fn every_word_is_found() {
        for (at, word) in WORDS.iter().enumerate() {
            assert_eq!(DICTIONARY.get(Key::of(word.as_bytes()).bytes()), Some(at + 1), "{word}");
        }
    }

    proptest! {
        #[test]
        fn no_other_word_is_found(word in "[a-cابت]{0,5}") {
            let is_one = WORDS.iter().any(|known| Key::of(known.as_bytes()).bytes() == word.as_bytes());
            prop_assert_eq!(DICTIONARY.get(word.as_bytes()).is_some(), is_one);
        }
    }

    #[test]
    fn a_word_has_one_entry() {
        let mut words = Dictionary::<u8, 2>::empty(0);
        for (word, value) in [("a", 1), ("b", 2), ("a", 3)] {
            *words.entry(Key::of(word.as_bytes())).unwrap() = value;
        }
        assert_eq!((words.get(b"a"), words.get(b"b"), words.get(b"")), (Some(3), Some(2), None));
        assert!(words.entry(Key::of(b"c")).is_none());
    }
}
