//! `mizan gaps`

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;

use super::screen::Screen;
use super::{CANNOT, CLEAN, emit, inputs};
use crate::Error;
use crate::check::Analysis;
use crate::check::gaps::{Gap, Gaps};
use crate::text::sanitise;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, and folders with `claims/` and `rules/` or with YAML files [default: found by walking up]
    paths: Vec<PathBuf>,
    /// How the questions are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Human,
    /// For programs
    Json,
}

/// Prints what to ask for, what would decide most first.
pub(super) fn run(arguments: &Args, screen: &Screen) -> Result<u8, Error> {
    let options = screen.options();
    let gaps = Analysis::new(&inputs::collect(&arguments.paths)?, &options)?.gaps(&options)?;
    emit(&match arguments.format {
        Format::Human => human(&gaps),
        Format::Json => json(&gaps)?,
    })?;
    Ok(if gaps.whole { CLEAN } else { CANNOT })
}

fn human(gaps: &Gaps) -> String {
    let mut out = match (gaps.undecided, gaps.gaps.len()) {
        (0, _) => "nothing is undecided for want of a claim\n".to_owned(),
        (undecided, missing) => format!(
            "{} undecided for want of {}\n",
            count(undecided, "instance is", "instances are"),
            count(missing, "claim", "claims")
        ),
    };
    for (gap, number) in gaps.gaps.iter().zip(1..) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n{number}. {}\n", sanitise::display(&gap.question));
        row(&mut out, "ask", &if gap.ask.is_empty() { "whoever knows".into() } else { gap.ask.join(", ") });
        row(&mut out, "decides", &decides(gap));
        if let Some(known) = &gap.known {
            row(&mut out, "known", known);
        }
    }
    out
}

fn decides(gap: &Gap) -> String {
    let rules = gap.rules.join(", ");
    match (gap.decides, gap.helps) {
        (decides, 0) => format!("{} ({rules})", count(decides, "instance", "instances")),
        (0, helps) => format!("none alone, with other answers {helps} ({rules})"),
        (decides, helps) => {
            format!("{}, with other answers {helps} more ({rules})", count(decides, "instance", "instances"))
        }
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
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
