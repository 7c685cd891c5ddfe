//! Reports: findings for people and for machines.
//!
//! | module | for whom |
//! |---|---|
//! | [`human`] | a person at a terminal: places with carets, why, what would resolve it, evidence |
//! | [`concise`] | editors and problem matchers: one line a finding |
//! | [`json`] | programs: everything, proofs included |
//! | [`certificate`] | proofs as JSON, there and back |
//! | [`recheck`] | a JSON report read back, its proofs verified again |
//!
//! A report only words what the pipeline found; it judges nothing. Whatever comes from outside
//! passes [`sanitise`](crate::text::sanitise) on its way out, and the same input gives the same bytes.

pub mod certificate;
pub mod concise;
pub mod human;
pub mod json;
mod location;
pub mod recheck;
#[cfg(test)]
mod tests;

use crate::check::Report;
use crate::finding::{Finding, Severity};
pub use location::{Location, locate};

/// How many findings a report has, those that somebody allows apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What cannot be so.
    pub errors: usize,
    /// What to look at.
    pub warnings: usize,
    /// What is worth knowing.
    pub notes: usize,
    /// Findings of any severity that somebody allows.
    pub allowed: usize,
}

impl Counts {
    /// Counts findings.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        let open = |severity: Severity| {
            findings.iter().filter(|f| f.allowed.is_none() && f.severity == severity).count()
        };
        Self {
            errors: open(Severity::Error),
            warnings: open(Severity::Warning),
            notes: open(Severity::Note),
            allowed: findings.iter().filter(|f| f.allowed.is_some()).count(),
        }
    }
}

/// The gravest severity that nobody allows.
#[must_use]
pub fn gravest(report: &Report) -> Option<Severity> {
    report.findings.iter().filter(|finding| finding.allowed.is_none()).map(|finding| finding.severity).max()
}
