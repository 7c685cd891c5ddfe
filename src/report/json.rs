//! The report as JSON, for programs.
//!
//! The contract, format 1. Later versions add members; those that are here stay as they are.
//!
//! - Lines and columns count from 1, columns in characters; ends are exclusive. Paths are relative
//!   to the root, with `/`. Counts are numbers; exact values are strings (`"2.9445"`, `"1/3"`).
//! - `rule` is `null` for a built-in check. `help` is one string, the proposals joined by ` · `;
//!   `proposals` has them one by one.
//! - `repairs` are the smallest sets of claims that must change together for everything else to hold;
//!   any one of them does. Of an error they are all of the least weight, up to a limit of the search.
//! - `summary.errors`, `warnings` and `notes` leave out what somebody allows: `allowed` counts it, and
//!   such a finding has its `allowed` member filled.
//! - `summary.evidence` is `null` when no folder of articles is known. A finding's `evidence` has the
//!   places in the articles where the quotes of its claims stand, as far as they were found.
//! - `whole` is `false` when some input could not be read whole: what is missing here is then no
//!   proof of consistency.
//! - `fingerprint` names a finding or one reason of it through edits of the files:
//!   [`Finding::fingerprint`].
//! - `certificate` is a proof that the constraints in it cannot all hold: [`certificate`].

use std::borrow::Cow;

use serde::Serialize;

use super::certificate::Proved;
use super::{Counts, Location, certificate, locate};
use crate::check::{JointCounts, Report, Tally};
use crate::evidence::Coverage;
use crate::fact::FactId;
use crate::finding::{Change, Finding, Place, Reason, Repair};
use crate::text::sanitise;

/// The version of the contract.
pub const FORMAT: u32 = 1;

/// Renders a report as indented JSON with a line feed at the end.
#[must_use]
#[expect(clippy::expect_used, clippy::missing_panics_doc, reason = "only maps with odd keys cannot be JSON")]
pub fn render(report: &Report) -> String {
    let wire = Wire::new(report);
    let mut text = serde_json::to_string_pretty(&wire).expect("invariant: the report is plain structs");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Wire<'a> {
    format: u32,
    whole: bool,
    summary: Summary,
    findings: Vec<WireFinding<'a>>,
}

#[derive(Serialize)]
struct Summary {
    sources: usize,
    origins: usize,
    claims: usize,
    refused: usize,
    set_aside: usize,
    rules: usize,
    instances: Instances,
    joint: Joint,
    errors: usize,
    warnings: usize,
    notes: usize,
    allowed: usize,
    evidence: Option<Evidence>,
}

/// How much of the articles the claims hold.
#[derive(Serialize)]
struct Evidence {
    texts: usize,
    absent: usize,
    refused: usize,
    quotes: usize,
    found: usize,
    figures: usize,
    covered: usize,
    ignored: usize,
}

#[derive(Serialize)]
struct Instances {
    holds: usize,
    consistent: usize,
    tension: usize,
    contradiction: usize,
    undecided: usize,
}

/// What only several instances together show.
#[derive(Serialize)]
struct Joint {
    errors: usize,
    tensions: usize,
    undecided: usize,
}

#[derive(Serialize)]
struct WireFinding<'a> {
    code: String,
    rule: Option<Cow<'a, str>>,
    severity: &'static str,
    message: Cow<'a, str>,
    expected: Option<Cow<'a, str>>,
    found: Option<Cow<'a, str>>,
    claims: Vec<Cow<'a, str>>,
    locations: Vec<WireLocation<'a>>,
    evidence: Vec<WireLocation<'a>>,
    help: Option<String>,
    proposals: Vec<String>,
    repairs: Vec<Vec<WireChange<'a>>>,
    reasons: Vec<WireReason<'a>>,
    allowed: Option<WireAllowed<'a>>,
    /// How many sources, and how many independent origins, stand behind the claims.
    sources: usize,
    origins: usize,
    fingerprint: String,
}

#[derive(Serialize)]
struct WireLocation<'a> {
    path: Cow<'a, str>,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    label: Cow<'a, str>,
}

#[derive(Serialize)]
struct WireChange<'a> {
    claims: Vec<Cow<'a, str>>,
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct WireReason<'a> {
    fingerprint: String,
    claims: Vec<Cow<'a, str>>,
    /// Only where several instances make the conflict together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<Cow<'a, str>>,
    steps: Vec<Cow<'a, str>>,
    assumptions: Vec<Cow<'a, str>>,
    certificate: Option<Proved>,
}

#[derive(Serialize)]
struct WireAllowed<'a> {
    because: Cow<'a, str>,
    by: Option<Cow<'a, str>>,
}

impl<'a> Wire<'a> {
    fn new(report: &'a Report) -> Self {
        Self {
            format: FORMAT,
            whole: report.whole,
            summary: Summary::new(report),
            findings: report.findings.iter().map(|finding| WireFinding::new(report, finding)).collect(),
        }
    }
}

impl Summary {
    fn new(report: &Report) -> Self {
        let counts = Counts::of(&report.findings);
        let summary = &report.summary;
        Self {
            sources: summary.sources,
            origins: summary.origins,
            claims: summary.claims,
            refused: summary.refused,
            set_aside: summary.set_aside,
            rules: summary.rules,
            instances: Instances::new(&summary.instances),
            joint: Joint::new(summary.joint),
            errors: counts.errors,
            warnings: counts.warnings,
            notes: counts.notes,
            allowed: counts.allowed,
            evidence: summary.evidence.map(Evidence::new),
        }
    }
}

impl Evidence {
    const fn new(coverage: Coverage) -> Self {
        let Coverage { texts, absent, refused, quotes, found, figures, covered, ignored } = coverage;
        Self { texts, absent, refused, quotes, found, figures, covered, ignored }
    }
}

impl Instances {
    const fn new(tally: &Tally) -> Self {
        Self {
            holds: tally.holds,
            consistent: tally.consistent,
            tension: tally.tension,
            contradiction: tally.contradiction,
            undecided: tally.undecided,
        }
    }
}

impl Joint {
    const fn new(joint: JointCounts) -> Self {
        Self { errors: joint.errors, tensions: joint.tensions, undecided: joint.undecided }
    }
}

impl<'a> WireFinding<'a> {
    fn new(report: &'a Report, finding: &'a Finding) -> Self {
        let proposals: Vec<String> = shown(&finding.proposals()).into_iter().map(Cow::into_owned).collect();
        let (sources, origins) = finding.support(&report.base);
        Self {
            code: finding.code.to_string(),
            rule: finding.rule.as_deref().map(sanitise::display),
            severity: finding.severity.name(),
            message: sanitise::display(&finding.message),
            expected: finding.expected.as_deref().map(sanitise::display),
            found: finding.found.as_deref().map(sanitise::display),
            claims: keys(report, &finding.claims),
            locations: locations(report, finding),
            evidence: evidence(report, finding),
            help: (!proposals.is_empty()).then(|| proposals.join(" · ")),
            proposals,
            repairs: finding.repairs.iter().map(|repair| changes(report, repair)).collect(),
            reasons: finding.reasons.iter().map(|reason| WireReason::new(report, finding, reason)).collect(),
            allowed: finding.allowed.as_ref().map(|allowed| WireAllowed {
                because: sanitise::display(&allowed.because),
                by: allowed.by.as_deref().map(sanitise::display),
            }),
            sources,
            origins,
            fingerprint: finding.fingerprint(&report.base),
        }
    }
}

impl<'a> WireReason<'a> {
    fn new(report: &'a Report, finding: &Finding, reason: &'a Reason) -> Self {
        Self {
            fingerprint: finding.fingerprint_of(reason, &report.base),
            claims: keys(report, &reason.claims),
            rules: shown(&reason.rules),
            steps: shown(&reason.steps),
            assumptions: shown(&reason.assumptions),
            certificate: reason.certificate.as_ref().map(certificate::write),
        }
    }
}

fn locations<'a>(report: &'a Report, finding: &'a Finding) -> Vec<WireLocation<'a>> {
    let located = finding.labels.iter().filter_map(|label| Some((label, locate(report, label.place)?)));
    located.map(|(label, location)| WireLocation::new(location, &label.text)).collect()
}

/// Where the quotes of the claims stand; the labels are the claims' keys.
fn evidence<'a>(report: &'a Report, finding: &'a Finding) -> Vec<WireLocation<'a>> {
    let anchored = finding.claims.iter().filter_map(|claim| {
        let location = locate(report, Place::Span(*report.anchors.get(claim)?))?;
        Some(WireLocation::new(location, &report.base.fact(*claim).key))
    });
    anchored.collect()
}

impl<'a> WireLocation<'a> {
    fn new(location: Location<'a>, label: &'a str) -> Self {
        Self {
            path: location.path,
            line: location.start.line,
            column: location.start.column,
            end_line: location.end.line,
            end_column: location.end.column,
            label: sanitise::display(label),
        }
    }
}

fn changes<'a>(report: &'a Report, repair: &'a Repair) -> Vec<WireChange<'a>> {
    let change = |change: &'a Change| WireChange {
        claims: keys(report, &change.claims),
        text: sanitise::display(&change.text),
    };
    repair.changes.iter().map(change).collect()
}

fn keys<'a>(report: &'a Report, claims: &[FactId]) -> Vec<Cow<'a, str>> {
    claims.iter().map(|claim| sanitise::display(&report.base.fact(*claim).key)).collect()
}

fn shown(lines: &[String]) -> Vec<Cow<'_, str>> {
    lines.iter().map(|line| sanitise::display(line)).collect()
}
