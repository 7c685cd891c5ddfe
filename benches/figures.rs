//! Speed of the finder of figures, on texts made of our own sentences in three languages.
//!
//! | bench | what it shows |
//! |---|---|
//! | `article` | one article of 6 kB |
//! | `hundred_megabytes` | a large text, in bytes a second |

use divan::Bencher;
use divan::counter::BytesCount;
use mizan::numeral::{mentions, survey};

/// The marked texts of the tests, without their marks.
const TEXTS: [&str; 3] = [
    include_str!("../tests/figures_gold/ar.txt"),
    include_str!("../tests/figures_gold/fr.txt"),
    include_str!("../tests/figures_gold/en.txt"),
];

fn main() {
    divan::main();
}

/// A text of so many bytes, with a figure every 250 bytes or so, as articles have them: every line of the marked texts
/// stands there once with its figures and twice without.
fn text(length: usize) -> String {
    let lines: String = TEXTS
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.starts_with('#'))
        .map(thrice)
        .collect();
    let mut text = lines.repeat(length / lines.len() + 1);
    text.truncate(text.floor_char_boundary(length));
    text
}

/// A line with its figures, and twice without them.
fn thrice(line: &str) -> String {
    let (mut whole, mut plain) = (String::new(), String::new());
    for piece in line.split('⟧') {
        let (words, mark) = piece.split_once('⟦').unwrap_or((piece, ""));
        whole.push_str(words);
        whole.push_str(mark.split('|').next().unwrap_or(""));
        plain.push_str(words);
    }
    format!("{whole}\n{plain}\n{plain}\n")
}

fn count(text: &str) -> usize {
    mentions(text, survey([text])).count()
}

#[divan::bench]
fn article(bencher: Bencher) {
    let text = text(6_000);
    bencher.bench(|| count(&text));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn hundred_megabytes(bencher: Bencher) {
    let text = text(100_000_000);
    bencher.counter(BytesCount::of_str(&text)).bench(|| count(&text));
}
