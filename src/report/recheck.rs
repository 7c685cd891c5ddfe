//! A JSON report read back, and every certificate in it verified again: `mizan verify`.
//!
//! Nothing but the report takes part: no claim, no rule, no article. What each constraint stands for
//! is in the words beside its certificate; that the constraints cannot all hold is checked here, by
//! [`solve::verify`](crate::solve::verify()) alone.
//!
//! The report may come from anywhere, so it is read as hostile input: sizes and depths are bounded,
//! one certificate that cannot be read hides no other, and everything wrong has its place.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::certificate::{self, Proved};
use super::json::FORMAT;
use crate::solve;
use crate::text::sanitise::{self, excerpt};

/// What came of a report's certificates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recheck {
    /// Certificates that verify.
    pub verified: usize,
    /// Findings that have one which does.
    pub proved: usize,
    /// Findings that carry none and need none: those on files, quotes, sources and rules.
    pub unproved: usize,
    /// What does not verify or cannot be read, in the order of the report.
    pub faults: Vec<Fault>,
}

impl Recheck {
    /// Whether every certificate could be read.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.faults.iter().all(|fault| fault.wrong != Wrong::Unreadable)
    }
}

/// Something in the report that proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line and column where it stands, from 1, the column in characters.
    pub place: (usize, usize),
    /// How it is wrong.
    pub wrong: Wrong,
    /// The finding and what is wrong, ready to be printed.
    pub message: String,
}

/// How a certificate can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It has the right shape and proves nothing; or an error on values has none.
    Refuted,
    /// It has not the shape of a certificate.
    Unreadable,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.place.0, self.place.1, self.message)
    }
}

/// Verifies every certificate of a report as `mizan check --format json` writes it.
///
/// # Errors
/// A [`Fault`] when the text is no such report at all.
///
/// # Example
/// ```
/// use mizan::report::recheck::recheck;
///
/// // 0 ≤ −1 is false as it stands; 0 ≤ 1 is not.
/// let report = |bound: &str| {
///     let row = format!(r#"{{"terms": [], "relation": "<=", "bound": "{bound}"}}"#);
///     let proof = r#"[{"steps": [], "end": {"leaf": 0}}]"#;
///     let certificate = format!(r#"{{"integral": [], "constraints": [{row}], "proof": {proof}}}"#);
///     format!(
///         r#"{{"format": 1, "findings": [{{"code": "MZ201", "severity": "error", "message": "",
///             "reasons": [{{"certificate": {certificate}}}]}}]}}"#
///     )
/// };
/// assert_eq!(recheck(&report("-1"))?.verified, 1);
/// assert_eq!(recheck(&report("1"))?.faults.len(), 1);
/// # Ok::<(), mizan::report::recheck::Fault>(())
/// ```
pub fn recheck(text: &str) -> Result<Recheck, Fault> {
    let wire: Wire<'_> = serde_json::from_str(text).map_err(|error| {
        let message = format!("this must be a report of `mizan check --format json`: {}", reason(&error));
        unreadable(text, offset(text, &error), message)
    })?;
    if wire.format != FORMAT {
        let message = format!("a report must be of format {FORMAT}, found {}", wire.format);
        return Err(unreadable(text, 0, message));
    }
    let mut found = Recheck::default();
    for finding in &wire.findings {
        finding.recheck(text, &mut found);
    }
    Ok(found)
}

/// What is read of a report; later formats may add members.
#[derive(Deserialize)]
struct Wire<'a> {
    format: u32,
    #[serde(borrow)]
    findings: Vec<WireFinding<'a>>,
}

#[derive(Deserialize)]
struct WireFinding<'a> {
    #[serde(borrow)]
    code: Cow<'a, str>,
    #[serde(borrow)]
    severity: Cow<'a, str>,
    #[serde(borrow)]
    message: Cow<'a, str>,
    #[serde(borrow)]
    reasons: &'a RawValue,
}

#[derive(Deserialize)]
struct WireReason<'a> {
    #[serde(borrow)]
    certificate: Option<&'a RawValue>,
}

impl WireFinding<'_> {
    fn recheck(&self, text: &str, found: &mut Recheck) {
        let reasons: Vec<WireReason<'_>> = match serde_json::from_str(self.reasons.get()) {
            Ok(reasons) => reasons,
            Err(error) => return found.faults.push(self.unreadable(text, self.reasons, &error)),
        };
        let certificates: Vec<&RawValue> = reasons.iter().filter_map(|reason| reason.certificate).collect();
        let before = found.verified;
        for raw in &certificates {
            match self.verify(text, raw) {
                Ok(()) => found.verified += 1,
                Err(fault) => found.faults.push(fault),
            }
        }
        found.proved += usize::from(found.verified > before);
        if certificates.len() == reasons.len() && !reasons.is_empty() {
            return;
        }
        if self.needs_proof() {
            let place = position(text, start(text, self.reasons));
            found.faults.push(self.fault(place, Wrong::Refuted, "an error on figures must carry a proof"));
        } else if certificates.is_empty() {
            found.unproved += 1;
        }
    }

    fn verify(&self, text: &str, raw: &RawValue) -> Result<(), Fault> {
        let place = || position(text, start(text, raw));
        let proved: Proved =
            serde_json::from_str(raw.get()).map_err(|error| self.unreadable(text, raw, &error))?;
        let certificate = certificate::read(&proved)
            .map_err(|error| self.fault(place(), Wrong::Unreadable, &error.to_string()))?;
        solve::verify(&certificate)
            .map_err(|flaw| self.fault(place(), Wrong::Refuted, &format!("does not verify: {flaw}")))
    }

    /// Errors on values (`MZ2xx` to `MZ4xx`) are never told without a proof.
    fn needs_proof(&self) -> bool {
        let family = self.code.strip_prefix("MZ").and_then(|digits| digits.chars().next());
        self.severity == "error" && matches!(family, Some('2'..='4'))
    }

    fn unreadable(&self, text: &str, raw: &RawValue, error: &serde_json::Error) -> Fault {
        let place = position(text, start(text, raw) + offset(raw.get(), error));
        self.fault(place, Wrong::Unreadable, &format!("cannot be read: {}", reason(error)))
    }

    fn fault(&self, place: (usize, usize), wrong: Wrong, what: &str) -> Fault {
        let (code, said) = (excerpt(&self.code, 20), excerpt(&self.message, 120));
        let what = excerpt(what, 300);
        let message = format!("{}: {} ({})", sanitise::display(&code), what, sanitise::display(&said));
        Fault { place, wrong, message }
    }
}

fn unreadable(text: &str, at: usize, message: String) -> Fault {
    Fault { place: position(text, at), wrong: Wrong::Unreadable, message }
}

/// What the reader of JSON says, without the place, which counts from the part that it saw.
fn reason(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    excerpt(told.strip_suffix(&place).unwrap_or(&told), 200).into_owned()
}

/// The byte of a text that the reader of JSON points at.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1)
}

/// The first byte of a part of a text.
fn start(text: &str, part: &RawValue) -> usize {
    part.get().as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// Line and column of a byte, from 1, the column in characters.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..text.floor_char_boundary(byte)).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

impl std::error::Error for Fault {}
