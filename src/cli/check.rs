//! `mizan check`

use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;

use super::screen::Screen;
use super::{CANNOT, CLEAN, FINDINGS, complain, emit, fix, inputs};
use crate::Error;
use crate::check::{self, Analysis, Options, Report};
use crate::finding::Severity;
use crate::report::human::Detail;
use crate::report::{concise, gravest, human, json};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, and folders with `claims/` and `rules/` or with YAML files [default: found by walking up]
    paths: Vec<PathBuf>,
    /// The folder with the texts of the articles: quotes and figures are looked up there
    #[arg(long, value_name = "DIR")]
    articles: Option<PathBuf>,
    /// How the report is written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// The severity from which on the exit code is 1
    #[arg(long, value_enum, default_value = "error", value_name = "SEVERITY")]
    fail_on: FailOn,
    #[command(flatten)]
    fixing: fix::Flags,
    /// How many smallest sets of claims to look for where several rules together fail [default: 10]
    #[arg(long, value_name = "N")]
    max_conflicts: Option<NonZeroUsize>,
    /// How many findings there are of each code and rule
    #[arg(long)]
    statistics: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Human,
    /// One line a finding: path:line:column: severity[code/rule] message
    Concise,
    /// For programs: everything, proofs included
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

/// Checks, writes the report, and says how to exit.
pub(super) fn run(arguments: &Args, screen: &Screen) -> Result<u8, Error> {
    let inputs = inputs::collect(&arguments.paths)?;
    let options = options(arguments, screen)?;
    let mut analysis = Analysis::new(&inputs, &options)?;
    let mut report = analysis.report(&options);
    let fixing = &arguments.fixing;
    if fixing.diff {
        let edits = fixing.edits(&report);
        emit(&fix::diff(&report.map, &edits))?;
        return Ok(if edits.is_empty() { exit(&report, FailOn::Never) } else { FINDINGS });
    }
    if fixing.fix || fixing.unsafe_fixes {
        let edits = fixing.edits(&report);
        let files = fix::write(&inputs, &report.map, &edits)?;
        let edits = edits.values().map(Vec::len).sum::<usize>();
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        complain(&format!("{edits} edit{} in {files} file{}", plural(edits), plural(files)));
        report = check::run(&inputs, &options)?;
    }
    emit(&render(&report, arguments, screen))?;
    let code = exit(&report, arguments.fail_on);
    // The process ends here: what it holds need not be given back piece by piece.
    std::mem::forget((analysis, report));
    Ok(code)
}

/// How the run is to go; a folder of articles that is asked for must be there.
fn options(arguments: &Args, screen: &Screen) -> Result<Options, Error> {
    if let Some(folder) = &arguments.articles {
        fs::read_dir(folder).map_err(|error| Error::Unreadable { path: folder.clone(), error })?;
    }
    let Args { articles, max_conflicts, .. } = arguments;
    Ok(Options { articles: articles.clone(), max_conflicts: *max_conflicts, ..screen.options() })
}

fn render(report: &Report, arguments: &Args, screen: &Screen) -> String {
    let style = screen.style();
    let mut text = match arguments.format {
        Format::Json => return json::render(report),
        Format::Concise if style.detail == Detail::Quiet => String::new(),
        Format::Concise => concise::render(report),
        Format::Human => human::render(report, &style),
    };
    if arguments.statistics {
        text.push_str(&human::statistics(report, &style));
    }
    text
}

/// What could not be read comes before what was found, whatever the threshold.
fn exit(report: &Report, fail_on: FailOn) -> u8 {
    match (report.whole, fail_on.threshold()) {
        (false, _) => CANNOT,
        (true, Some(threshold)) if gravest(report) >= Some(threshold) => FINDINGS,
        (true, _) => CLEAN,
    }
}

impl FailOn {
    const fn threshold(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Allowed, Code, Finding};

    fn report(severity: Option<Severity>, whole: bool) -> Report {
        let findings = severity.map(|severity| Finding::new(Code(1), severity, "")).into_iter().collect();
        Report { findings, whole, ..Report::default() }
    }

    #[test]
    fn the_exit_code_says_what_was_found_from_the_threshold_on() {
        assert_eq!(exit(&report(None, true), FailOn::Note), CLEAN);
        let warned = report(Some(Severity::Warning), true);
        let code = |fail_on: FailOn| exit(&warned, fail_on);
        assert_eq!(
            [FailOn::Error, FailOn::Warning, FailOn::Note, FailOn::Never].map(code),
            [CLEAN, FINDINGS, FINDINGS, CLEAN]
        );
    }

    #[test]
    fn input_that_could_not_be_read_counts_whatever_the_threshold() {
        assert_eq!(exit(&report(None, false), FailOn::Never), CANNOT);
        assert_eq!(exit(&report(Some(Severity::Error), false), FailOn::Error), CANNOT);
    }

    #[test]
    fn what_is_allowed_fails_nothing() {
        let mut allowed = report(Some(Severity::Error), true);
        allowed.findings[0].allowed = Some(Allowed { because: "asked".into(), by: None });
        assert_eq!(exit(&allowed, FailOn::Note), CLEAN);
    }
}
