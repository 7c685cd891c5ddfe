//! One line a finding, for editors and problem matchers.

use std::fmt::Write as _;

use super::locate;
use crate::check::Report;
use crate::finding::Finding;
use crate::text::sanitise;

/// Renders `path:line:column: severity[code/rule] message`, a finding a line.
///
/// A finding without a place (something about the run as a whole) names the program instead of a
/// file, as compilers do.
#[must_use]
pub fn render(report: &Report) -> String {
    report.findings.iter().fold(String::new(), |mut out, finding| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", line(report, finding));
        out
    })
}

fn line(report: &Report, finding: &Finding) -> String {
    let place = finding
        .labels
        .first()
        .and_then(|label| locate(report, label.place))
        .map_or_else(|| "mizan".to_owned(), |location| format!("{}:{}", location.path, location.start));
    let name = finding.name();
    let allowed = if finding.allowed.is_some() { " (allowed)" } else { "" };
    format!(
        "{place}: {}[{}] {}{allowed}",
        finding.severity.name(),
        sanitise::display(&name),
        sanitise::display(&finding.message),
    )
}
