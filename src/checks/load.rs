//! Bodies of rules → checks. What is wrong with a body is a finding that points inside it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::expression::{self, Expression, TermRef};
use super::series::{self, Fault, Series};
use super::{Check, RuleHead, words};
use crate::finding::{Code, CodeInfo, Finding, Severity};
use crate::quantity::Number;
use crate::rulebook::RawRule;
use crate::text::Span;
use crate::text::yaml::{Kind, Node};
use crate::vocabulary::{Dimension, DimensionId, MeasureId, MemberId, Vocabulary, nearest};

/// The codes on rules themselves.
pub const CODES: &[CodeInfo] = &[
    CodeInfo {
        code: FAULTY,
        name: "faulty-rule",
        severity: Severity::Error,
        since: "0.1",
        page: include_str!("rules/faulty-rule.md"),
    },
    CodeInfo {
        code: UNMATCHED,
        name: "unmatched-rule",
        severity: Severity::Note,
        since: "0.1",
        page: include_str!("rules/unmatched-rule.md"),
    },
    CodeInfo {
        code: LIMIT,
        name: "rule-limit",
        severity: Severity::Error,
        since: "0.1",
        page: include_str!("rules/rule-limit.md"),
    },
    CodeInfo {
        code: CONTRADICTORY,
        name: "contradictory-rules",
        severity: Severity::Error,
        since: "0.1",
        page: include_str!("rules/contradictory-rules.md"),
    },
    CodeInfo {
        code: ALLOWANCE,
        name: "stale-allowance",
        severity: Severity::Warning,
        since: "0.1",
        page: include_str!("rules/stale-allowance.md"),
    },
    CodeInfo {
        code: DEAD_BRANCH,
        name: "dead-branch",
        severity: Severity::Warning,
        since: "0.1",
        page: include_str!("rules/dead-branch.md"),
    },
    CodeInfo {
        code: TOOTHLESS,
        name: "toothless-rule",
        severity: Severity::Note,
        since: "0.1",
        page: include_str!("rules/toothless-rule.md"),
    },
    CodeInfo {
        code: SUSPECT,
        name: "suspect-rule",
        severity: Severity::Warning,
        since: "0.1",
        page: include_str!("rules/suspect-rule.md"),
    },
    CodeInfo {
        code: BUG,
        name: "unproved",
        severity: Severity::Warning,
        since: "0.1",
        page: include_str!("rules/unproved.md"),
    },
];

/// A rule whose body cannot be understood.
pub const FAULTY: Code = Code(901);
/// A rule that matched nothing.
pub const UNMATCHED: Code = Code(902);
/// A rule that would run over too many steps.
pub const LIMIT: Code = Code(903);
/// Rules that cannot hold, alone or together, whatever the claims say.
pub const CONTRADICTORY: Code = Code(904);
/// An `allow` that has expired or allows nothing.
pub const ALLOWANCE: Code = Code(905);
/// A condition that can never hold.
pub const DEAD_BRANCH: Code = Code(906);
/// A rule that can never fail.
pub const TOOTHLESS: Code = Code(907);
/// A rule that fails nearly wherever it applies.
pub const SUSPECT: Code = Code(908);
/// A conflict whose proof did not verify: a bug of ours.
pub const BUG: Code = Code(910);

/// The checks that the rules of a rulebook describe, and what is wrong with the others.
#[must_use]
pub fn load(rules: &[RawRule<'_>], vocabulary: &Vocabulary) -> (Vec<Box<dyn Check>>, Vec<Finding>) {
    let mut checks = Vec::new();
    let mut findings = Vec::new();
    for raw in rules {
        let mut body = Body { raw, vocabulary, findings: Vec::new() };
        let check = super::from_rule(&mut body);
        let sound = body.findings.iter().all(|finding| finding.severity < Severity::Error);
        findings.append(&mut body.findings);
        checks.extend(check.filter(|_| sound));
    }
    (checks, findings)
}

/// A rule's body while it is being read.
pub struct Body<'a> {
    /// The tree with its places.
    pub raw: &'a RawRule<'a>,
    /// The names that it may use.
    pub vocabulary: &'a Vocabulary,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

impl<'a> Body<'a> {
    /// What every kind of rule brings along.
    #[must_use]
    pub fn head(&self) -> RuleHead {
        RuleHead {
            id: self.raw.id.clone(),
            kind: self.raw.kind.clone(),
            because: self.raw.because.clone(),
            message: self.raw.message.clone(),
            help: self.raw.help.clone(),
            level: self.raw.level.as_ref().map(|(level, _)| *level),
            span: self.raw.id_span,
        }
    }

    /// Notes a fault of the body.
    pub fn fault(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.note(Severity::Error, span, message.into(), help);
    }

    fn note(&mut self, severity: Severity, span: Span, message: String, help: Option<String>) {
        let mut finding = Finding::new(FAULTY, severity, message).at(span, "in this rule");
        finding.rule = Some(self.raw.id.clone());
        finding.help.extend(help);
        self.findings.push(finding);
    }

    /// Notes a fault inside a text of the body, by its bytes there.
    pub fn fault_inside(&mut self, node: &Node, (range, message, help): Fault) {
        self.fault(inside(node, &range), message, help);
    }

    /// An option beside the kind's key.
    #[must_use]
    pub fn option(&self, key: &str) -> Option<&'a Node<'a>> {
        self.raw.options.iter().find(|entry| entry.key.as_str() == Some(key)).map(|entry| &entry.value)
    }

    /// Notes every option that this kind of rule does not have.
    pub fn only(&mut self, known: &[&str]) {
        let raw = self.raw;
        for entry in &raw.options {
            let key = entry.key.as_str().unwrap_or_default();
            if !known.contains(&key) {
                let message = format!(
                    "`{}` is no key of a rule of the kind `{}`",
                    words::code(key).trim_matches('`'),
                    raw.kind
                );
                let help = nearest(key, known.iter().copied()).map(|name| format!("did you mean `{name}`?"));
                self.fault(entry.key.span, message, help);
            }
        }
    }

    /// The text of a scalar of the body.
    pub fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        let text = node.as_str().filter(|_| matches!(node.kind, Kind::Scalar { .. }) && !node.is_null());
        if text.is_none() {
            self.fault(node.span, format!("{what} must be a text"), None);
        }
        text
    }

    /// The expression of a scalar.
    pub fn expression(&mut self, node: &Node) -> Option<Expression> {
        let text = self.text(node, "an expectation")?;
        match expression::parse(text) {
            Ok(found) => Some(found),
            Err(fault) => {
                self.fault_inside(node, (fault.span, fault.message, fault.help));
                None
            }
        }
    }

    /// The terms of an expression with their names resolved.
    pub fn series<'t>(
        &mut self,
        node: &Node,
        terms: impl Iterator<Item = &'t TermRef>,
    ) -> Option<Vec<(Range<usize>, Series)>> {
        let mut sound = true;
        let mut found = Vec::new();
        for term in terms {
            match series::resolve(term, self.vocabulary) {
                Ok(series) => found.push((term.span.clone(), series)),
                Err(fault) => {
                    sound = false;
                    self.fault_inside(node, fault);
                }
            }
        }
        sound.then_some(found)
    }

    /// A measure by one of its names.
    pub fn measure(&mut self, node: &Node) -> Option<MeasureId> {
        let text = self.text(node, "the name of a measure")?;
        if let Some(found) = self.vocabulary.measures.find(text) {
            return Some(MeasureId(found));
        }
        let help = self.vocabulary.measures.nearest(text).map(|name| format!("did you mean `{name}`?"));
        self.fault(
            node.span,
            format!("a rule must name declared measures; found {}", words::code(text)),
            help,
        );
        None
    }

    /// `assume: {measure: number}`, of measures that the terms of the rule speak of.
    pub fn assumptions(&mut self, terms: &[(Range<usize>, Series)]) -> Vec<(MeasureId, Number)> {
        let Some(node) = self.option("assume") else { return Vec::new() };
        let Some(entries) = node.as_mapping() else {
            self.fault(node.span, "assumptions must be a mapping of measures to numbers", None);
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in entries {
            let measure = self.measure(&entry.key);
            match (measure, entry.value.as_str().and_then(Number::parse)) {
                (Some(measure), Some(number)) => {
                    self.assumed_in_vain(measure, entry.key.span, terms);
                    found.push((measure, number));
                }
                (_, None) => self.fault(entry.value.span, "an assumption must be a number", None),
                (None, _) => {}
            }
        }
        found
    }

    /// Notes an assumption that nothing in the rule needs; the rule says what it says all the same.
    fn assumed_in_vain(&mut self, measure: MeasureId, span: Span, terms: &[(Range<usize>, Series)]) {
        if terms.iter().any(|(_, series)| series.measure == measure) {
            return;
        }
        let name = |measure: MeasureId| words::code(self.vocabulary.measures.name(measure.0));
        let own: BTreeSet<String> = terms.iter().map(|(_, series)| name(series.measure)).collect();
        let help = format!("it speaks of {}", words::list(&own.into_iter().collect::<Vec<_>>()));
        let text =
            format!("an assumption must be about a measure of the rule; {} is none of them", name(measure));
        self.note(Severity::Warning, span, text, Some(help));
    }

    /// A sum over all declared values counts everything once only if they lie apart.
    fn sums_of_declared(&mut self, terms: &[(Range<usize>, Series)]) {
        for dimension in terms.iter().filter_map(|(_, series)| summed(series)) {
            let axis = self.vocabulary.dimension(dimension);
            let values = 0..u32::try_from(axis.declared.unwrap_or(0)).unwrap_or(u32::MAX);
            let members: Vec<MemberId> = values.map(MemberId).collect();
            if let Some(member) = overlapping(axis, &members) {
                let name = words::code(axis.members.name(member.0));
                let text = format!("a sum must count everything once; {name} overlaps another value");
                let help = "say which members to sum: `over: […]`";
                self.fault(self.raw.body.span, text, Some(help.into()));
                return;
            }
        }
    }

    /// `over: [member, …]`, for the one dimension that the terms sum over.
    pub fn over(&mut self, terms: &mut [(Range<usize>, Series)]) {
        let Some(node) = self.option("over") else { return self.sums_of_declared(terms) };
        let Some(items) = node.as_sequence() else {
            self.fault(node.span, "`over` must be a list of members", None);
            return;
        };
        let Some(dimension) = terms.iter().find_map(|(_, series)| summed(series)) else {
            self.fault(node.span, "`over` must go with a term that sums (`[place=*]`)", None);
            return;
        };
        let axis = self.vocabulary.dimension(dimension);
        let mut members: Vec<MemberId> = Vec::new();
        for item in items {
            match item.as_str().and_then(|text| axis.members.find(text)) {
                Some(member) => members.push(MemberId(member)),
                None => self.fault(item.span, "`over` must list declared members", None),
            }
        }
        if let Some(member) = overlapping(axis, &members) {
            let name = words::code(axis.members.name(member.0));
            let text = format!("`over` must list members that lie apart; {name} overlaps another");
            self.fault(node.span, text, None);
        }
        for (_, series) in terms.iter_mut().filter(|(_, series)| summed(series) == Some(dimension)) {
            series.over = Some(members.clone());
        }
    }
}

/// The dimension that a term sums over.
fn summed(series: &Series) -> Option<DimensionId> {
    series.filters.iter().find(|(_, p)| *p == series::Pattern::Each).map(|(dimension, _)| *dimension)
}

/// A member that lies within another of a list, or contains it.
fn overlapping(axis: &Dimension, members: &[MemberId]) -> Option<MemberId> {
    let meets = |(at, member): &(usize, &MemberId)| {
        members.iter().skip(at + 1).any(|other| !axis.are_apart(**member, *other))
    };
    members.iter().enumerate().find(meets).map(|(_, member)| *member)
}

/// The bytes of a part of a scalar's text in its file. A quoted scalar begins one byte later; where
/// escapes or folded lines shift the text, the whole scalar is pointed at.
fn inside(node: &Node, range: &Range<usize>) -> Span {
    let Kind::Scalar { text, plain } = &node.kind else { return node.span };
    let quote = u32::from(!plain);
    let length = node.span.end.saturating_sub(node.span.start);
    if length != u32::try_from(text.len()).unwrap_or(u32::MAX).saturating_add(2 * quote) {
        return node.span;
    }
    let offset = |at: usize| node.span.start + quote + u32::try_from(at.min(text.len())).unwrap_or(0);
    Span { start: offset(range.start), end: offset(range.end), ..node.span }
}
