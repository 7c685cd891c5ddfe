//! The command line: flags in, a report out, an exit code.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | nothing at or above `--fail-on` |
//! | 1 | findings |
//! | 2 | mizan could not run, or some input could not be read whole |

mod check;
mod deferred;
mod draft;
mod explain;
mod facts;
mod figures;
mod fix;
mod gaps;
mod graph;
mod inputs;
mod rules;
mod say;
mod schema;
mod screen;
mod verify;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::Error;
use crate::text::sanitise;
use deferred::Deferred;
use screen::Screen;

/// Nothing at or above the threshold.
const CLEAN: u8 = 0;
/// There are findings.
const FINDINGS: u8 = 1;
/// Could not run, or not read everything.
const CANNOT: u8 = 2;

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Human,
    /// For programs
    Json,
}

/// Cross-checks the figures that articles report.
///
/// Claims (what each article says, in `claims/`) are checked against each other and against the rules
/// of `rules/`. Every error comes with a proof, every warning with its reason.
#[derive(Debug, Parser)]
#[command(name = "mizan", version, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    screen: Screen,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check claims against each other and against the rules
    Check(Deferred<check::Args>),
    /// Print what is known: every point with its claims, and the bounds that follow from all of them
    Facts(Deferred<facts::Args>),
    /// Print what to ask for: the missing claims that would decide most
    Gaps(Deferred<gaps::Args>),
    /// Draw sources, claims, rules and conflicts, for Graphviz or Mermaid
    Graph(Deferred<graph::Args>),
    /// Explain a code (MZ204), a check (`expect`) or a rule of the rulebook
    Explain(Deferred<explain::Args>),
    /// Print every figure of a text, with its value, class and noun
    Figures(Deferred<figures::Args>),
    /// Write a claims file to complete, with every figure of an article
    Draft(Deferred<draft::Args>),
    /// Print the JSON Schema of a file, with the names of the rulebook
    Schema(Deferred<schema::Args>),
    /// Verify the proofs of a JSON report again, from the report alone
    Verify(Deferred<verify::Args>),
    /// List the checks and the rulebook's rules, with their instances by verdict
    Rules(Deferred<rules::Args>),
}

/// Runs the program with its arguments, the first of which is its name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(answer) => return usage(&answer),
    };
    let code = match &cli.command {
        Command::Check(Deferred(arguments)) => check::run(arguments, &cli.screen),
        Command::Facts(Deferred(arguments)) => facts::run(arguments, &cli.screen),
        Command::Gaps(Deferred(arguments)) => gaps::run(arguments, &cli.screen),
        Command::Graph(Deferred(arguments)) => graph::run(arguments, &cli.screen),
        Command::Explain(Deferred(arguments)) => explain::run(arguments, &cli.screen),
        Command::Figures(Deferred(arguments)) => figures::run(arguments),
        Command::Draft(Deferred(arguments)) => draft::run(arguments),
        Command::Schema(Deferred(arguments)) => schema::run(arguments),
        Command::Verify(Deferred(arguments)) => verify::run(arguments),
        Command::Rules(Deferred(arguments)) => rules::run(arguments, &cli.screen),
    };
    ExitCode::from(code.unwrap_or_else(|error| {
        complain(&format!("error: {error}"));
        CANNOT
    }))
}

/// Help and versions go to the standard output, complaints about flags to the standard error.
fn usage(answer: &clap::Error) -> ExitCode {
    if answer.use_stderr() {
        complain(&answer.render().to_string());
        return ExitCode::from(CANNOT);
    }
    // A reader that has gone away wants no help.
    let _ = answer.print();
    ExitCode::from(CLEAN)
}

/// Says something on the standard error; arguments may hold anything.
fn complain(text: &str) {
    // Where even that is closed, the exit code has to do.
    let _ = writeln!(io::stderr(), "{}", sanitise::display_block(text.trim_end()));
}

/// Writes to the standard output. A reader that has gone away (`mizan check | head`) is no error.
fn emit(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_flags_make_sense() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_command_is_described_by_its_own_words() {
        let words = |cli: &clap::Command| -> Vec<_> {
            let told =
                |command: &clap::Command| (command.get_name().to_owned(), command.get_about().cloned());
            cli.get_subcommands().map(told).collect()
        };
        let mut cli = Cli::command();
        let brief = words(&cli);
        cli.build();
        let whole = words(&cli);
        assert_eq!(whole.split_last().map(|(_, rest)| rest), Some(brief.as_slice()), "all but `help`");
    }

    #[test]
    fn screen_flags_stand_before_or_behind_a_command() {
        for line in ["mizan --color never check claims", "mizan check --color never claims"] {
            assert!(Cli::try_parse_from(line.split(' ')).is_ok(), "{line}");
        }
        assert!(Cli::try_parse_from(["mizan", "check", "--fail-on", "maybe"]).is_err());
    }
}
