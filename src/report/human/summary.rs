//! What the whole run comes to: the closing line, and tables for those who ask.

use std::collections::BTreeMap;

use super::Style;
use super::paint::Tint;
use super::words::{self, Noun, Word, count};
use crate::check::{Report, Tally};
use crate::finding::Severity;
use crate::report::{Counts, gravest};
use crate::text::sanitise;

/// One line: what was found in how much.
///
/// `consistent: 123 claims, 5 sources, 3 origins, 14 rules; 96 instances hold, 20 are consistent, 31 undecided`
pub(super) fn closing(report: &Report, style: &Style) -> String {
    let comma = Word::Comma.say(style.lang);
    let read = read(report, style).join(comma);
    let judged = judged(&report.summary.instances, style).join(comma);
    let whole = if report.whole { None } else { Some(Word::NotWhole.say(style.lang).to_owned()) };
    let parts: Vec<String> = [Some(read), Some(judged), joint(report, style), evidence(report, style), whole]
        .into_iter()
        .flatten()
        .collect();
    format!("{}{}", verdict(report, style), parts.join(Word::Semicolon.say(style.lang)))
}

/// `consistent: `, or `2 errors, 1 note in `.
fn verdict(report: &Report, style: &Style) -> String {
    let counts = Counts::of(&report.findings);
    let found = [
        (counts.errors, Noun::Finding(Severity::Error)),
        (counts.warnings, Noun::Finding(Severity::Warning)),
        (counts.notes, Noun::Finding(Severity::Note)),
        (counts.allowed, Noun::Allowed),
    ];
    let found = some(&found, style);
    let tint = gravest(report).map_or(Tint::Good, Tint::Severity);
    if found.is_empty() && report.whole {
        return format!("{}: ", style.paint(tint, Word::Consistent.say(style.lang)));
    }
    let found =
        if found.is_empty() { vec![count(0, Noun::Finding(Severity::Error), style.lang)] } else { found };
    let found = found.join(Word::Comma.say(style.lang));
    format!("{}{}", style.paint(tint, &found), Word::In.say(style.lang))
}

fn read(report: &Report, style: &Style) -> Vec<String> {
    let summary = &report.summary;
    let always = [
        (summary.claims, Noun::Claims),
        (summary.sources, Noun::Sources),
        (summary.origins, Noun::Origins),
        (summary.rules, Noun::Rules),
    ];
    let always = always.map(|(number, noun)| count(number, noun, style.lang));
    let exceptions = some(&[(summary.refused, Noun::Refused), (summary.set_aside, Noun::SetAside)], style);
    always.into_iter().chain(exceptions).collect()
}

fn judged(tally: &Tally, style: &Style) -> Vec<String> {
    let hold = count(tally.holds, Noun::Hold, style.lang);
    let consistent = count(tally.consistent, Noun::Consistent, style.lang);
    let trouble = some(&[(tally.tension, Noun::Tension), (tally.contradiction, Noun::Contradiction)], style);
    let undecided = count(tally.undecided, Noun::Undecided, style.lang);
    [hold, consistent].into_iter().chain(trouble).chain([undecided]).collect()
}

/// What only several instances together show: `joint: 1 error, 2 in tension`.
fn joint(report: &Report, style: &Style) -> Option<String> {
    let joint = report.summary.joint;
    let counts = [
        (joint.errors, Noun::Finding(Severity::Error)),
        (joint.tensions, Noun::Tension),
        (joint.undecided, Noun::Undecided),
    ];
    let counts = some(&counts, style);
    let list = counts.join(Word::Comma.say(style.lang));
    (!counts.is_empty()).then(|| format!("{}{list}", Word::Joint.say(style.lang)))
}

/// `41 of 45 figures covered`, and how many texts are not there or cannot be looked at.
fn evidence(report: &Report, style: &Style) -> Option<String> {
    let coverage = report.summary.evidence?;
    let missing = [(coverage.absent, Noun::AbsentTexts), (coverage.refused, Noun::RefusedTexts)];
    let missing = some(&missing, style);
    let comma = Word::Comma.say(style.lang);
    if coverage.texts == 0 && missing.is_empty() {
        return None;
    }
    if coverage.texts == 0 {
        return Some(format!("{}{}", Word::NotChecked.say(style.lang), missing.join(comma)));
    }
    let covered = words::covered(coverage.covered, coverage.figures, style.lang);
    Some([covered].into_iter().chain(missing).collect::<Vec<_>>().join(comma))
}

/// The counts that are not zero.
fn some(counts: &[(usize, Noun)], style: &Style) -> Vec<String> {
    let there = counts.iter().filter(|(number, _)| *number > 0);
    there.map(|(number, noun)| count(*number, *noun, style.lang)).collect()
}

/// A table of all checks and rules with their instances by verdict.
#[must_use]
pub fn instances(report: &Report, style: &Style) -> String {
    let head = ["check or rule", "holds", "consistent", "tension", "contradiction", "undecided"];
    let mut cells: Vec<[String; 6]> = vec![head.map(ToOwned::to_owned)];
    cells.extend(report.rules.iter().map(|rule| {
        let name = if rule.builtin {
            format!("{} {}", rule.code, rule.id)
        } else {
            format!("{}/{}", rule.code, rule.id)
        };
        row(sanitise::excerpt(&name, 60).into_owned(), &rule.instances)
    }));
    table(&cells, style)
}

fn row(name: String, tally: &Tally) -> [String; 6] {
    let by: Vec<String> = tally
        .undecided_by
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(reason, n)| format!("{n} {reason}"))
        .collect();
    let undecided = match by.as_slice() {
        [] => tally.undecided.to_string(),
        [only] => only.clone(),
        several => format!("{} ({})", tally.undecided, several.join(", ")),
    };
    [
        name,
        tally.holds.to_string(),
        tally.consistent.to_string(),
        tally.tension.to_string(),
        tally.contradiction.to_string(),
        sanitise::display(&undecided).into_owned(),
    ]
}

/// Columns as wide as their widest cell: names and reasons to the left, numbers to the right.
fn table(cells: &[[String; 6]], style: &Style) -> String {
    let mut widths = [0_usize; 6];
    for row in cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |(index, row): (usize, &[String; 6])| {
        let padded = row.iter().zip(widths).enumerate().map(|(column, (cell, width))| match column {
            0 | 5 => format!("{cell:width$}"),
            _ => format!("{cell:>width$}"),
        });
        let line = padded.collect::<Vec<_>>().join("  ");
        format!("{}\n", style.paint(if index == 0 { Tint::Label } else { Tint::Plain }, line.trim_end()))
    };
    cells.iter().enumerate().map(line).collect()
}

/// How many findings there are of each name, the most frequent first.
#[must_use]
pub fn statistics(report: &Report, style: &Style) -> String {
    let mut counts: BTreeMap<String, (usize, Severity)> = BTreeMap::new();
    for finding in &report.findings {
        let entry = counts.entry(finding.name()).or_insert((0, finding.severity));
        *entry = (entry.0 + 1, entry.1.max(finding.severity));
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(_, (number, _))| std::cmp::Reverse(*number));
    let width = rows.first().map_or(0, |(_, (number, _))| number.to_string().len());
    let line = |(name, (number, severity)): &(String, (usize, Severity))| {
        let name = sanitise::excerpt(name, 80);
        format!("{number:>width$}  {}\n", style.paint(Tint::Severity(*severity), &name))
    };
    rows.iter().map(line).collect()
}
