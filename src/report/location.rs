//! From the symbolic places of findings to files, lines and columns: the one function that does it.

use std::borrow::Cow;

use crate::check::Report;
use crate::fact::FactBase;
use crate::finding::Place;
use crate::text::{Position, Span, sanitise};

/// Where a place is, as a reader looks it up.
#[derive(Clone, Debug)]
pub struct Location<'a> {
    /// The bytes.
    pub span: Span,
    /// The path of the file, relative to the root and safe to print.
    pub path: Cow<'a, str>,
    /// The first character.
    pub start: Position,
    /// The character behind the last one.
    pub end: Position,
}

/// Finds a place of a finding; `None` for a claim whose places were not kept.
///
/// Costs a binary search over the lines of the file, and one look at the lines in question.
#[must_use]
pub fn locate(report: &Report, place: Place) -> Option<Location<'_>> {
    let span = span_of(&report.base, place)?;
    let start = report.map.position(span.file, span.start);
    let end = report.map.end_position(span).max(start);
    Some(Location { span, path: sanitise::display(report.map.name(span.file)), start, end })
}

fn span_of(base: &FactBase, place: Place) -> Option<Span> {
    match place {
        Place::Claim(claim, key) => base.fact(claim).place(key),
        Place::Span(span) => Some(span),
    }
}
