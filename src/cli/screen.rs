//! What the reader's screen can show: flags, the terminal, and the environment.

use std::env;
use std::io::{self, IsTerminal as _};

use clap::ValueEnum;

use crate::check::Options;
use crate::finding::Lang;
use crate::report::human::{Detail, Style};

/// Columns when the output is no terminal.
const WIDTH: usize = 100;
/// Narrower than this, nothing fits.
const NARROWEST: usize = 40;

/// Flags that every command has.
#[derive(Debug, clap::Args)]
pub(super) struct Screen {
    /// When to use colours (`NO_COLOR` is respected)
    #[arg(long, value_enum, default_value = "auto", global = true, value_name = "WHEN")]
    color: When,
    /// The language of messages
    #[arg(long, value_enum, default_value = "en", global = true)]
    lang: Language,
    /// Only the closing line
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Fingerprints of findings, and the instances of every check by verdict
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    En,
    Fr,
    Ar,
}

impl Screen {
    /// How the run is to go: in the reader's language, today.
    pub(super) fn options(&self) -> Options {
        Options::now(self.lang())
    }

    /// The language of messages.
    const fn lang(&self) -> Lang {
        match self.lang {
            Language::En => Lang::En,
            Language::Fr => Lang::Fr,
            Language::Ar => Lang::Ar,
        }
    }

    /// How much is to be said.
    const fn detail(&self) -> Detail {
        match (self.quiet, self.verbose) {
            (true, _) => Detail::Quiet,
            (_, true) => Detail::Verbose,
            _ => Detail::Normal,
        }
    }

    /// The style for the standard output as it is.
    pub(super) fn style(&self) -> Style {
        let terminal = Terminal::of_stdout();
        Style {
            color: self.color.decide(&terminal),
            ascii: terminal.is_dumb,
            width: terminal.width.map_or(WIDTH, |width| width.max(NARROWEST)),
            wrap: terminal.is_there,
            lang: self.lang(),
            detail: self.detail(),
        }
    }
}

/// What is known of the terminal.
#[derive(Clone, Copy, Debug)]
struct Terminal {
    is_there: bool,
    is_dumb: bool,
    refuses_color: bool,
    width: Option<usize>,
}

impl Terminal {
    fn of_stdout() -> Self {
        let is_there = io::stdout().is_terminal();
        let size = if is_there { terminal_size::terminal_size() } else { None };
        Self {
            is_there,
            is_dumb: env::var_os("TERM").is_some_and(|term| term == "dumb"),
            // https://no-color.org: present and not empty, whatever its value.
            refuses_color: env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            width: size.map(|(width, _)| usize::from(width.0)),
        }
    }
}

impl When {
    const fn decide(self, terminal: &Terminal) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal.is_there && !terminal.is_dumb && !terminal.refuses_color,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_for_terminals_that_want_them() {
        let good = Terminal { is_there: true, is_dumb: false, refuses_color: false, width: None };
        assert!(When::Auto.decide(&good));
        let others = [
            Terminal { is_there: false, ..good },
            Terminal { is_dumb: true, ..good },
            Terminal { refuses_color: true, ..good },
        ];
        for other in others {
            assert!(!When::Auto.decide(&other), "{other:?}");
            assert!(When::Always.decide(&other), "asked for by name");
        }
        assert!(!When::Never.decide(&good));
    }
}
