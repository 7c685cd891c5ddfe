//! The report for a person at a terminal.
//!
//! ```text
//! warning[MZ204/districts-roll-forward] 457 districts at the end of 2024, but at least 458 follow: 1 too few
//!    ╭─[claims/planted-2024.yaml:9:12]
//!  9 │     value: 457
//!    ·            ─┬─
//!    ·             ╰── stated for the end of 2024
//!    ├─▶ claims/far-2023.yaml:10:12  value: 454  end of 2023
//!    │ why       454 + (4 or more) − 0 closed = 458 or more; 457 is 1 too few
//!    │ assumed   no district was closed, so this is a warning
//!    │ resolve   any one of: 457 → 458 or more · 454 → 453 · one closure in 2024
//!    ╰ evidence  far-2023  ⟦إلى 454 دائرة⟧
//! ```
//!
//! A finding is a sentence and a snippet of the file, drawn by miette, then rows of our own
//! that go on in the same box: other places, the reasoning, what would resolve it, the evidence. Text
//! that runs from right to left never has carets under it.

mod card;
mod excerpt;
mod paint;
mod prose;
mod snippet;
mod summary;
mod words;

use crate::check::Report;
use crate::finding::Lang;
pub use summary::{instances, statistics};

/// How the report looks; the command line finds it out from its flags and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to send colours.
    pub color: bool,
    /// Whether boxes are drawn with ASCII alone.
    pub ascii: bool,
    /// Where lines end, in columns.
    pub width: usize,
    /// Whether a finding's sentence is broken there too. In a file it is not: a line holds it whole.
    pub wrap: bool,
    /// The language of our own words.
    pub lang: Lang,
    /// How much is said.
    pub detail: Detail,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, ascii: false, width: 100, wrap: false, lang: Lang::En, detail: Detail::Normal }
    }
}

/// How much is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The closing line alone.
    Quiet,
    /// Findings and the closing line.
    #[default]
    Normal,
    /// Fingerprints too, and the instances of every check by verdict.
    Verbose,
}

/// Renders a report.
#[must_use]
pub fn render(report: &Report, style: &Style) -> String {
    let mut out = String::new();
    if style.detail > Detail::Quiet {
        for finding in &report.findings {
            card::render(&mut out, report, finding, style);
            out.push('\n');
        }
    }
    if style.detail == Detail::Verbose {
        out.push_str(&instances(report, style));
        out.push('\n');
    }
    out.push_str(&summary::closing(report, style));
    out.push('\n');
    out
}
