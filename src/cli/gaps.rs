//! `mizan gaps`

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use serde::Serialize;

use super::say::{self, Word};
use super::screen::Screen;
use super::{CANNOT, CLEAN, Format, emit, inputs};
use crate::Error;
use crate::check::Analysis;
use crate::check::gaps::{Gap, Gaps};
use crate::finding::Lang;
use crate::text::sanitise;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, and folders with `claims/` and `rules/` or with YAML files [default: found by walking up]
    paths: Vec<PathBuf>,
    /// How the questions are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// Prints what to ask for, what would decide most first.
pub(super) fn run(arguments: &Args, screen: &Screen) -> Result<u8, Error> {
    let options = screen.options();
    let gaps = Analysis::new(&inputs::collect(&arguments.paths)?, &options)?.gaps(&options)?;
    emit(&match arguments.format {
        Format::Human => human(&gaps, options.lang),
        Format::Json => json(&gaps)?,
    })?;
    Ok(if gaps.whole { CLEAN } else { CANNOT })
}

fn human(gaps: &Gaps, lang: Lang) -> String {
    let mut out = match (gaps.undecided, gaps.gaps.len()) {
        (0, _) => format!("{}\n", Word::NoGaps.say(lang)),
        (undecided, missing) => format!("{}\n", say::wanting(undecided, missing, lang)),
    };
    for (gap, number) in gaps.gaps.iter().zip(1..) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n{number}. {}\n", sanitise::display(&gap.question));
        let ask = if gap.ask.is_empty() { Word::WhoeverKnows.say(lang).into() } else { gap.ask.join(", ") };
        row(&mut out, Word::Ask.say(lang), &ask);
        let decides = say::deciding(gap.decides, gap.helps, lang);
        row(&mut out, Word::Decides.say(lang), &format!("{decides} ({})", gap.rules.join(", ")));
        if let Some(known) = &gap.known {
            row(&mut out, Word::Known.say(lang), known);
        }
    }
    out
}

fn row(out: &mut String, label: &str, text: &str) {
    let _ = writeln!(out, "   {label:<8} {}", sanitise::display(text));
}

/// The contract of `--format json`, format 1.
#[derive(Serialize)]
struct Wire {
    format: u32,
    whole: bool,
    undecided: usize,
    gaps: Vec<WireGap>,
}

#[derive(Serialize)]
struct WireGap {
    key: String,
    name: String,
    question: String,
    ask: Vec<String>,
    decides: usize,
    helps: usize,
    rules: Vec<String>,
    known: Option<String>,
}

impl WireGap {
    fn new(gap: &Gap) -> Self {
        let shown = |text: &String| sanitise::display(text).into_owned();
        let all = |lines: &[String]| lines.iter().map(shown).collect();
        Self {
            key: shown(&gap.key),
            name: shown(&gap.name),
            question: shown(&gap.question),
            ask: all(&gap.ask),
            decides: gap.decides,
            helps: gap.helps,
            rules: all(&gap.rules),
            known: gap.known.as_ref().map(shown),
        }
    }
}

fn json(gaps: &Gaps) -> Result<String, Error> {
    let wire = Wire {
        format: 1,
        whole: gaps.whole,
        undecided: gaps.undecided,
        gaps: gaps.gaps.iter().map(WireGap::new).collect(),
    };
    Ok(serde_json::to_string_pretty(&wire).map_err(io::Error::from)? + "\n")
}
