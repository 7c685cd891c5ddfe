//! `mizan rules`

use std::path::PathBuf;

use super::screen::Screen;
use super::{CANNOT, CLEAN, emit, explain, inputs};
use crate::Error;
use crate::check::{self, Analysis};
use crate::finding::CodeInfo;
use crate::report::human;
use crate::text::sanitise;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, and folders with `claims/` and `rules/` or with YAML files [default: found by walking up]
    paths: Vec<PathBuf>,
}

/// Lists the codes, then the checks and rules with their instances by verdict.
///
/// Without paths and outside of any project the codes are listed alone.
pub(super) fn run(arguments: &Args, screen: &Screen) -> Result<u8, Error> {
    let mut text: String = explain::codes().into_iter().map(line).collect();
    let inputs = match inputs::collect(&arguments.paths) {
        Err(Error::NoProject(_)) => {
            emit(&text)?;
            return Ok(CLEAN);
        }
        inputs => inputs?,
    };
    let options = screen.options();
    let report = check::run(&inputs, &options)?;
    text.push('\n');
    text.push_str(&human::instances(&report, &screen.style()));
    let implied = Analysis::new(&inputs, &options)?.implied_bounds();
    if !implied.is_empty() {
        text.push_str("\nthe rules imply, whatever anybody claims\n");
        text.extend(implied.iter().map(|line| format!("{}\n", sanitise::display(line))));
    }
    emit(&text)?;
    Ok(if report.whole { CLEAN } else { CANNOT })
}

fn line(info: &CodeInfo) -> String {
    format!("{}  {:7}  {}\n", info.code, info.severity.name(), info.name)
}
