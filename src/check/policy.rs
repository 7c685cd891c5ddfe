//! Levels and allowances: how findings are taken, never whether they are found.

use crate::checks::{Check, load};
use crate::fact::{Allow, FactBase};
use crate::finding::{Allowed, CodeInfo, Finding, Severity};
use crate::period::Day;
use crate::rulebook::{Level, Rulebook};

/// What the rulebook says of findings.
pub(super) struct Policy {
    levels: Vec<Level>,
    allow: Vec<Allow>,
}

impl Policy {
    pub(super) fn new(rulebook: &Rulebook) -> Self {
        Self { levels: rulebook.levels.clone(), allow: rulebook.allow.clone() }
    }

    /// The severity that a check's findings have at most: a rule's own `level`, else that of
    /// `levels:` for its id, else for its code, else its kind's default.
    pub(super) fn level(&self, check: &dyn Check) -> Severity {
        let info = check.info();
        let own = check.rule().and_then(|rule| rule.level);
        let by_id = || check.rule().and_then(|rule| self.pattern(&rule.id));
        own.or_else(by_id)
            .or_else(|| self.pattern(&info.code.to_string()))
            .or_else(|| self.pattern(info.name))
            .unwrap_or(info.severity)
    }

    /// Findings of a reader at the levels of their codes: what a code gives by default gets its level,
    /// what it gives more gently stays below.
    pub(super) fn relevel(&self, mut findings: Vec<Finding>, codes: &[CodeInfo]) -> Vec<Finding> {
        for finding in &mut findings {
            let Some(info) = codes.iter().find(|info| info.code == finding.code) else { continue };
            let level = self.pattern(&info.code.to_string()).or_else(|| self.pattern(info.name));
            let Some(level) = level else { continue };
            let is_default = finding.severity == info.severity;
            finding.severity = if is_default { level } else { finding.severity.min(level) };
        }
        findings
    }

    /// The level of a name; the longest pattern that fits counts.
    fn pattern(&self, name: &str) -> Option<Severity> {
        let fits = |level: &&Level| match level.pattern.strip_suffix('*') {
            Some(prefix) => name.starts_with(prefix),
            None => level.pattern == name,
        };
        self.levels.iter().filter(fits).max_by_key(|level| level.pattern.len()).map(|level| level.severity)
    }

    /// Marks the findings that a claim or the rulebook allows, and tells of allowances that have
    /// expired or allow nothing.
    pub(super) fn allow(&self, findings: &mut Vec<Finding>, base: &FactBase, today: Option<Day>) {
        let expired =
            |allow: &Allow| matches!((allow.until, today), (Some(until), Some(today)) if until < today);
        let mut stale = Vec::new();
        for allow in &self.allow {
            let fingerprint = allow.finding.as_str();
            stale.extend(mark(findings, allow, expired(allow), |f| f.fingerprint(base) == fingerprint));
        }
        for (id, fact) in base.facts() {
            for allow in &fact.allow {
                let named = |finding: &Finding| {
                    finding.code.to_string() == allow.finding
                        || finding.rule.as_deref() == Some(&allow.finding)
                };
                stale.extend(mark(findings, allow, expired(allow), |f| f.claims.contains(&id) && named(f)));
            }
        }
        findings.append(&mut stale);
    }
}

/// Marks what an allowance allows; a stale one is a finding itself.
fn mark(
    findings: &mut [Finding],
    allow: &Allow,
    expired: bool,
    fits: impl Fn(&Finding) -> bool,
) -> Option<Finding> {
    let mut used = false;
    for finding in findings.iter_mut().filter(|finding| fits(finding)) {
        used = true;
        if !expired {
            finding.allowed = Some(Allowed { because: allow.because.clone(), by: allow.by.clone() });
        }
    }
    let message = match (used, expired) {
        (true, false) => return None,
        (_, true) => "an allowance must not have expired; this one has",
        (false, false) => "an allowance must allow something; nothing here needs this one",
    };
    Some(Finding::new(load::ALLOWANCE, Severity::Warning, message).at(allow.span, "this allowance"))
}
