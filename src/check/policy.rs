//! Levels and allowances: how findings are taken, never whether they are found.

use std::collections::BTreeSet;

use crate::checks::{self, Check, load, words};
use crate::fact::{Allow, FactBase};
use crate::finding::{Allowed, CodeInfo, Finding, Severity};
use crate::period::Day;
use crate::rulebook::{self, Level, Rulebook, Trust};
use crate::vocabulary::nearest;
use crate::{claims, evidence};

/// What the rulebook says of findings.
pub(super) struct Policy {
    levels: Vec<Level>,
    /// The ids of rules.
    rules: Vec<String>,
    allow: Vec<Allow>,
    trust: Vec<Trust>,
}

impl Policy {
    pub(super) fn new(rulebook: &Rulebook) -> Self {
        Self {
            levels: rulebook.levels.clone(),
            rules: rulebook.rules.iter().map(|rule| rule.id.clone()).collect(),
            allow: rulebook.allow.clone(),
            trust: rulebook.trust.clone(),
        }
    }

    /// Levels of what does not exist.
    pub(super) fn unknown_levels(&self) -> Vec<Finding> {
        if self.levels.is_empty() {
            return Vec::new();
        }
        let tables = [rulebook::CODES, claims::CODES, evidence::CODES, checks::CODES, load::CODES];
        let codes = tables.into_iter().flatten();
        let codes = codes.flat_map(|info| [info.code.to_string(), info.name.to_owned()]);
        let names: Vec<String> = codes.chain(self.rules.iter().cloned()).collect();
        let strange = |level: &&Level| !names.iter().any(|name| fits(level, name));
        let told = self.levels.iter().filter(strange).map(|level| {
            let message = format!(
                "a level must be that of a code (`MZ301`, `MZ3*`) or of a rule, found {}",
                words::code(&level.pattern)
            );
            let finding = Finding::new(rulebook::code::UNKNOWN_NAME, Severity::Error, message);
            let near = nearest(&level.pattern, names.iter().map(String::as_str));
            let help = near.map(|name| format!("did you mean `{name}`?"));
            Finding { help: help.into_iter().collect(), ..finding.at(level.span, "of nothing") }
        });
        told.collect()
    }

    /// Trust in origins that no figure comes from: it weighs nothing.
    pub(super) fn unknown_trust(&self, base: &FactBase) -> impl Iterator<Item = Finding> {
        let origins: BTreeSet<&str> = base.origins().collect();
        self.trust.iter().filter(move |trust| !origins.contains(trust.origin.as_str())).map(|trust| {
            let name = words::code(&trust.origin);
            let message =
                format!("trust must be in an origin that figures come from; none comes from {name}");
            let near = nearest(&trust.origin, base.origins()).map(|name| format!("did you mean `{name}`?"));
            let finding = Finding::new(load::UNMATCHED, Severity::Note, message);
            Finding { help: near.into_iter().collect(), ..finding.at(trust.span, "this origin") }
        })
    }

    /// The severity that a check's findings have at most: a rule's own `level`, else that of
    /// `levels:` for its id, else for its code, else its kind's default.
    pub(super) fn level(&self, check: &dyn Check) -> Severity {
        let info = check.info();
        let own = check.rule().and_then(|rule| rule.level);
        let by_id = || check.rule().and_then(|rule| self.pattern(&rule.id));
        own.or_else(by_id).or_else(|| self.of_code(info)).unwrap_or(info.severity)
    }

    /// Whether others may be held against what a check says: a note is only worth knowing.
    pub(super) fn reasons_with(&self, check: &dyn Check) -> bool {
        self.level(check) > Severity::Note
    }

    /// Findings of a reader at the levels of their codes: what a code gives by default gets its level,
    /// what it gives more gently stays below.
    pub(super) fn relevel(&self, mut findings: Vec<Finding>, codes: &[CodeInfo]) -> Vec<Finding> {
        for finding in &mut findings {
            let Some(info) = codes.iter().find(|info| info.code == finding.code) else { continue };
            let Some(level) = self.of_code(info) else { continue };
            let is_default = finding.severity == info.severity;
            finding.severity = if is_default { level } else { finding.severity.min(level) };
        }
        findings
    }

    /// The level of a code, by itself or by its name.
    fn of_code(&self, info: &CodeInfo) -> Option<Severity> {
        // Most rulebooks set no levels.
        self.levels.first()?;
        self.pattern(&info.code.to_string()).or_else(|| self.pattern(info.name))
    }

    /// The level of a name; the longest pattern that fits counts.
    fn pattern(&self, name: &str) -> Option<Severity> {
        let fitting = self.levels.iter().filter(|level| fits(level, name));
        fitting.max_by_key(|level| level.pattern.len()).map(|level| level.severity)
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

fn fits(level: &Level, name: &str) -> bool {
    match level.pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => level.pattern == name,
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
