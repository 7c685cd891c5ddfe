//! Speed of the finder of figures, on texts made of our own sentences in three languages.
//!
//! | bench | what it shows |
//! |---|---|
//! | `article` | one article of 6 kB, with a figure every 250 bytes |
//! | `hundred_megabytes` | a large text of such articles, in bytes a second |
//! | `hundred_megabytes_of_figures` | the same with a figure every 30 bytes, the most that prose can hold |

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

/// How often each line stands in a text without its figures, for one time with them: then a figure comes every 250 bytes,
/// as in articles.
const PLAIN: usize = 14;

/// A text of so many bytes, the lines of the three languages in turn: each with its figures, and so many times without
/// them, where no other figure is left in it.
fn text(length: usize, plain: usize) -> String {
    let texts = TEXTS.map(|text| text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>());
    let longest = texts.iter().map(Vec::len).max().unwrap_or(0);
    let lines: String = (0..longest)
        .flat_map(|at| texts.iter().filter_map(move |lines| lines.get(at)))
        .map(|line| {
            let (marked, bare) = unmarked(line);
            marked + &if count(&bare) == 0 { bare.repeat(plain) } else { String::new() }
        })
        .collect();
    let mut text = lines.repeat(length / lines.len() + 1);
    text.truncate(text.floor_char_boundary(length));
    text
}

/// A line with its figures, and without them.
fn unmarked(line: &str) -> (String, String) {
    let (mut whole, mut bare) = (String::new(), String::new());
    for piece in line.split('⟧') {
        let (words, mark) = piece.split_once('⟦').unwrap_or((piece, ""));
        whole.push_str(words);
        whole.push_str(mark.split('|').next().unwrap_or(""));
        bare.push_str(words);
    }
    (whole + "\n", bare + "\n")
}

fn count(text: &str) -> usize {
    mentions(text, survey([text])).count()
}

#[divan::bench]
fn article(bencher: Bencher) {
    let text = text(6_000, PLAIN);
    bencher.counter(BytesCount::of_str(&text)).bench(|| count(&text));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn hundred_megabytes(bencher: Bencher) {
    let text = text(100_000_000, PLAIN);
    bencher.counter(BytesCount::of_str(&text)).bench(|| count(&text));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn hundred_megabytes_of_figures(bencher: Bencher) {
    let text = text(100_000_000, 0);
    bencher.counter(BytesCount::of_str(&text)).bench(|| count(&text));
}
