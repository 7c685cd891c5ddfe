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

/// A text of at least so many bytes.
fn text(length: usize) -> String {
    let mut text = String::with_capacity(length + 100_000);
    while text.len() < length {
        for marked in TEXTS {
            let lines = marked.lines().filter(|line| !line.starts_with('#'));
            for piece in lines.flat_map(|line| line.split('⟧').chain(["\n"])) {
                let (plain, mark) = piece.split_once('⟦').unwrap_or((piece, ""));
                text.push_str(plain);
                text.push_str(mark.split('|').next().unwrap_or(""));
                if text.len() >= length {
                    return text;
                }
            }
        }
    }
    text
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
