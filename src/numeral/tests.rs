//! Numbers written in words and read back, and the laws of phrases.

mod phrases;
mod spell;

use proptest::prelude::*;

use super::{Convention, Counted, read_phrase};
use crate::quantity::Number;
use spell::{Arabic, English, French};

/// How many of the small numbers an ordinary run spells; `MIZAN_FULL=1` spells all to 10,000, and 100,000 random ones.
fn is_full() -> bool {
    std::env::var_os("MIZAN_FULL").is_some()
}

#[track_caller]
fn reads_back(words: &str, number: u64) {
    let read = read_phrase(words, &Convention::default(), Counted::Yes);
    let value = read.map(|phrase| (phrase.figure.value, phrase.unit));
    assert_eq!(value, Ok((Number::from(number), None)), "{words}");
}

fn every_spelling(number: u64, seed: u64) {
    for style in Arabic::STYLES {
        reads_back(&style.spell(number, seed), number);
    }
    for style in French::STYLES {
        reads_back(&style.spell(number), number);
    }
    for style in English::STYLES {
        reads_back(&style.spell(number), number);
    }
}

#[test]
fn small_numbers_read_back() {
    let step = if is_full() { 1 } else { 13 };
    (0..200).chain((200..=10_000).step_by(step)).for_each(|number| every_spelling(number, number));
}

fn large_numbers() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(if is_full() { 100_000 } else { 500 })
    }
}

proptest! {
    #![proptest_config(large_numbers())]

    #[test]
    fn large_numbers_read_back(number in 0_u64..1_000_000_000_000, digits in 0_u32..12, seed: u64) {
        // Numbers of every length, and many with zeros inside.
        let number = number / 10_u64.pow(digits);
        every_spelling(number, seed);
        every_spelling(number / 1000 * 1000, seed);
    }

    #[test]
    fn digits_read_back(number in 0_u64..1_000_000_000_000_000, mark in "[., \u{a0}\u{202f}'’٬]") {
        let grouped = spell::grouped(number, &mark);
        reads_back(&grouped, number);
        let arabic: String = grouped.chars().map(|c| c.to_digit(10).and_then(|digit| char::from_u32(0x660 + digit)).unwrap_or(c)).collect();
        reads_back(&arabic, number);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,60}") {
        let _ = read_phrase(&text, &Convention::default(), Counted::Unknown);
        for mention in super::find(&text) {
            prop_assert!(text.get(mention.bytes.clone()).is_some());
            prop_assert_eq!(text.chars().count() >= mention.chars.end, true);
        }
    }

    #[test]
    fn no_mix_of_tokens_panics(words in prop::collection::vec(prop::sample::select(spell::PIECES), 0..12), glue in prop::collection::vec(any::<bool>(), 12)) {
        let text: String = words.iter().zip(&glue).flat_map(|(word, glued)| [*word, if *glued { "" } else { " " }]).collect();
        let _ = read_phrase(&text, &Convention::default(), Counted::Unknown);
        let _ = super::read_quote(&text, &Convention::default(), Counted::Yes);
        let mut end = 0;
        for mention in super::find(&text) {
            prop_assert!(mention.bytes.start >= end && mention.bytes.end > mention.bytes.start, "{} {:?}", text, mention);
            end = mention.bytes.end;
        }
    }
}
