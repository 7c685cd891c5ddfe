//! Colours and lines: what a terminal shows of a style.

use std::fmt;

use anstyle::{AnsiColor, Style as Ansi};
use miette::{GraphicalTheme, ThemeCharacters, ThemeStyles};

use super::Style;
use crate::finding::Severity;

/// What a piece of the report is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tint {
    /// The severity and name of a finding.
    Severity(Severity),
    /// A sentence that is read first.
    Strong,
    /// The label of a row.
    Label,
    /// Words of an article.
    Quote,
    /// Anything else.
    Plain,
    /// Paths and other things beside the matter.
    Faint,
    /// Everything agrees.
    Good,
}

impl Style {
    /// The text in its colour, if there are colours.
    pub(super) fn paint<'t>(&self, tint: Tint, text: &'t str) -> Painted<'t> {
        Painted { text, ansi: (self.color && !text.is_empty()).then(|| tint.ansi()) }
    }

    /// The theme of the snippets: marks have the colour of the finding.
    pub(super) fn theme(&self, severity: Severity) -> GraphicalTheme {
        let characters = if self.ascii { ThemeCharacters::ascii() } else { ThemeCharacters::unicode() };
        let mut styles = if self.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        styles.highlights = vec![match severity {
            Severity::Error => styles.error,
            Severity::Warning => styles.warning,
            Severity::Note => styles.advice,
        }];
        GraphicalTheme { characters, styles }
    }

    /// The lines that our own rows are drawn with.
    pub(super) const fn lines(&self) -> &'static Lines {
        if self.ascii { &Lines::ASCII } else { &Lines::UNICODE }
    }
}

/// A text in its colour, to be written.
pub(super) struct Painted<'t> {
    text: &'t str,
    ansi: Option<Ansi>,
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ansi {
            Some(ansi) => write!(f, "{ansi}{}{ansi:#}", self.text),
            None => f.write_str(self.text),
        }
    }
}

impl Tint {
    const fn ansi(self) -> Ansi {
        let plain = Ansi::new();
        match self {
            Self::Severity(Severity::Error) => plain.fg_color(Some(color(AnsiColor::Red))).bold(),
            Self::Severity(Severity::Warning) => plain.fg_color(Some(color(AnsiColor::Yellow))).bold(),
            Self::Severity(Severity::Note) => plain.fg_color(Some(color(AnsiColor::Cyan))).bold(),
            Self::Plain => plain,
            Self::Strong => plain.bold(),
            Self::Label => plain.fg_color(Some(color(AnsiColor::Blue))).bold(),
            Self::Quote => plain.underline(),
            Self::Faint => plain.dimmed(),
            Self::Good => plain.fg_color(Some(color(AnsiColor::Green))).bold(),
        }
    }
}

const fn color(color: AnsiColor) -> anstyle::Color {
    anstyle::Color::Ansi(color)
}

/// The strokes of the rows below a snippet, and the brackets around words of an article.
pub(super) struct Lines {
    /// Before a row.
    pub(super) bar: &'static str,
    /// Before another place.
    pub(super) branch: &'static str,
    /// Before the last row.
    pub(super) last: &'static str,
    /// Closes a frame without rows.
    pub(super) end: &'static str,
    /// Before words of an article.
    pub(super) open: &'static str,
    /// Behind them.
    pub(super) close: &'static str,
}

impl Lines {
    const UNICODE: Self = Self {
        bar: "│ ", branch: "├─▶ ", last: "╰ ", end: "╰────", open: "⟦", close: "⟧"
    };
    const ASCII: Self = Self { bar: "| ", branch: "|-> ", last: "` ", end: "`----", open: "[[", close: "]]" };
}
