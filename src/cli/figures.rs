//! `mizan figures`

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;

use super::{CLEAN, emit};
use crate::Error;
use crate::numeral::{Class, Mention, Moment, mentions, survey};
use crate::quantity::{Figure, Form, Interval, Lexicon, Rounding, UnitKind, read};
use crate::text::{decode, read_file, read_within, sanitise};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A text file, or `-` for the standard input
    text: PathBuf,
    /// How the figures are written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line a figure: place, class, value, hedge, and the words
    Table,
    /// For programs
    Json,
}

/// Longer texts are no texts.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// As much is gathered before it is written.
const CHUNK: usize = 64 * 1024;

/// Prints every figure of a text.
pub(super) fn run(arguments: &Args) -> Result<u8, Error> {
    let text = read_text(&arguments.text, MOST_BYTES)?;
    let found = mentions(&text, survey([text.as_str()]));
    match arguments.format {
        Format::Table => table(&text, found)?,
        Format::Json => json(&text, found)?,
    }
    Ok(CLEAN)
}

/// A text of at most so many bytes.
pub(super) fn read_text(path: &Path, most: u64) -> Result<String, Error> {
    let unreadable = |error| Error::Unreadable { path: path.to_path_buf(), error };
    let refuse = |reason: String| Error::NoText { path: path.to_path_buf(), reason };
    let bytes =
        if path == Path::new("-") { read_within(io::stdin(), 0, most) } else { read_file(path, most) };
    let Some(bytes) = bytes.map_err(unreadable)? else {
        return Err(refuse(format!("a text must have at most {} KiB", most / 1024)));
    };
    decode(bytes).map_err(|fault| refuse(fault.to_string()))
}

/// The contract of `--format json`: exact values are strings, ends are exclusive.
#[derive(Debug, Serialize)]
struct Wire<'t> {
    /// In characters.
    start: usize,
    end: usize,
    byte_start: usize,
    byte_end: usize,
    text: &'t str,
    /// The number as written, or the date in EDTF; `XXXX` for a year that is not named.
    value: Option<String>,
    /// What the words entail at least and at most.
    low: Option<String>,
    high: Option<String>,
    class: &'static str,
    hedge: &'static str,
    noun: Option<&'t str>,
    /// `false` for parts of names and for furniture, which hold no figure of the article.
    scored: bool,
}

impl<'t> Wire<'t> {
    fn new(text: &'t str, mention: &'t Mention) -> Self {
        let words = text.get(mention.bytes.clone()).unwrap_or("");
        let (value, low, high) = values(mention, words);
        Self {
            start: mention.chars.start,
            end: mention.chars.end,
            byte_start: mention.bytes.start,
            byte_end: mention.bytes.end,
            text: words,
            value,
            low,
            high,
            class: mention.class.name(),
            hedge: mention.hedge().name(),
            noun: mention.noun.as_deref(),
            scored: mention.class.is_scored(),
        }
    }
}

type Values = (Option<String>, Option<String>, Option<String>);

/// The value of a mention that is written in some words, and its least and greatest reading.
fn values(mention: &Mention, words: &str) -> Values {
    match (&mention.moment, &mention.figure) {
        (Some(moment), _) => when(*moment),
        (None, Some(figure)) if mention.class == Class::Ordinal => {
            let number = Some(figure.value.to_string());
            (number.clone(), number.clone(), number)
        }
        (None, Some(figure)) => amount(figure),
        // The 7 of "TASER-7", a phone line: one whole number, that nothing is told by.
        (None, None) => {
            let digits =
                Some(words).filter(|words| words.chars().all(|c| c.is_ascii_digit())).map(str::to_owned);
            (digits.clone(), digits.clone(), digits)
        }
    }
}

fn when(moment: Moment) -> Values {
    let written = moment.edtf(None).or_else(|| Some(moment.edtf(Some(0))?.replace("0000", "XXXX")));
    let Some(value) = written else { return (None, None, None) };
    let (low, high) = value.split_once('/').unwrap_or((&value, &value));
    let (low, high) = (Some(low.to_owned()), Some(high.to_owned()));
    (Some(value), low, high)
}

fn amount(figure: &Figure) -> Values {
    let kind = match figure.form {
        Form::Percent => UnitKind::Share,
        Form::Decimal => UnitKind::Measured,
        Form::Count | Form::Scaled => UnitKind::Countable,
    };
    let hard = read(figure, kind, None, Rounding::Nearest, &Lexicon::default()).hard;
    let hard = if kind == UnitKind::Countable && figure.value.is_integer() { hard.whole() } else { hard };
    let (low, high) = ends(&hard);
    let value = match &figure.upper {
        Some(upper) => format!("{}..{upper}", figure.value),
        None => figure.value.to_string(),
    };
    (Some(value), low, high)
}

fn ends(set: &Interval) -> (Option<String>, Option<String>) {
    let number = |end: &crate::quantity::End| end.value().map(ToString::to_string);
    (number(set.lower()), number(set.upper()))
}

fn json(text: &str, found: impl Iterator<Item = Mention>) -> Result<(), Error> {
    let mut out = String::from("[");
    for (index, mention) in found.enumerate() {
        out.push_str(if index == 0 { "\n  " } else { ",\n  " });
        out.push_str(&serde_json::to_string(&Wire::new(text, &mention)).map_err(io::Error::from)?);
        if out.len() > CHUNK {
            emit(&out)?;
            out.clear();
        }
    }
    out.push_str("\n]\n");
    emit(&out)
}

fn table(text: &str, found: impl Iterator<Item = Mention>) -> Result<(), Error> {
    let mut out = String::new();
    let mut place = Place { text, at: 0, line: 1, column: 1 };
    for mention in found {
        let written = text.get(mention.bytes.clone()).unwrap_or("");
        let (value, ..) = values(&mention, written);
        let (line, column) = place.of(mention.bytes.start);
        let words = text.get(mention.with_hedge.clone()).unwrap_or("");
        let noun = mention.noun.as_deref().map_or_else(String::new, |noun| format!("  ({noun})"));
        let cells = format!(
            "{:<9} {:<10} {:<22} {words}{noun}",
            format!("{line}:{column}"),
            mention.class.name(),
            value.unwrap_or_default(),
        );
        out.push_str(&sanitise::display(&cells));
        out.push('\n');
        if out.len() > CHUNK {
            emit(&out)?;
            out.clear();
        }
    }
    emit(&out)
}

/// A place that moves through a text.
struct Place<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    column: usize,
}

impl Place<'_> {
    /// The line and the column of a byte; bytes come in order.
    fn of(&mut self, byte: usize) -> (usize, usize) {
        for char in self.text.get(self.at..byte).unwrap_or("").chars() {
            (self.line, self.column) =
                if char == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.at = self.at.max(byte);
        (self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeral::find;

    fn wire(text: &str) -> Vec<(String, Values)> {
        let words = |mention: &Mention| text.get(mention.bytes.clone()).unwrap_or("");
        find(text)
            .iter()
            .map(|mention| (mention.class.name().to_owned(), values(mention, words(mention))))
            .collect()
    }

    fn some(value: &str, low: &str, high: &str) -> Values {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (text(value), text(low), text(high))
    }

    #[test]
    fn values_come_with_what_their_words_entail() {
        assert_eq!(wire("more than 117 visits")[0].1, some("117", "118", ""));
        assert_eq!(wire("a rise of 194.5%")[0].1, some("194.5", "194.45", "194.55"));
        assert_eq!(
            wire("from 5 to 7 May 2024")[0].1,
            some("2024-05-05/2024-05-07", "2024-05-05", "2024-05-07")
        );
        assert_eq!(wire("a TASER-7")[0], ("name-part".into(), some("7", "7", "7")));
        assert_eq!(wire("open 24/7")[0], ("name-part".into(), some("", "", "")));
        assert_eq!(wire("the 69th edition")[0], ("ordinal".into(), some("69", "69", "69")));
    }

    #[test]
    fn the_contract_of_json() {
        let text = "في ٢٤ مدرسة";
        let found = find(text);
        let json = serde_json::to_string(&Wire::new(text, &found[0])).unwrap();
        assert_eq!(
            json,
            r#"{"start":3,"end":5,"byte_start":5,"byte_end":9,"text":"٢٤","value":"24","low":"24","high":"24","class":"quantity","hedge":"bare","noun":"مدرسة","scored":true}"#
        );
    }
}
