//! `order`: the dates of these events, in this order for one entity.

use super::expression::{Node, parse_operand};
use super::load::Body;
use super::series::Series;
use super::terms::Terms;
use super::{Case, Grounded, Index, Moment, Reach, RuleHead, Sample, Variable, info, point_at_claims, words};
use crate::constraint::{Constraint, Linear};
use crate::fact::{FactBase, PointId, Status};
use crate::finding::{CodeInfo, Finding, Reason, Severity};
use crate::quantity::Number;
use crate::text::yaml::Node as Tree;
use crate::vocabulary::Vocabulary;

/// A rule of the kind `order`.
#[derive(Debug)]
pub struct Check {
    head: RuleHead,
    joined: Terms,
    pairs: Vec<(PointId, PointId)>,
}

pub(super) fn load(body: &mut Body<'_>) -> Option<Box<dyn super::Check>> {
    body.only(&[]);
    let node = &body.raw.body;
    let Some(items) = node.as_sequence().filter(|items| items.len() > 1) else {
        body.fault(node.span, "an order must list at least two events", None);
        return None;
    };
    let series: Vec<Series> = items.iter().filter_map(|item| event(body, item)).collect();
    let joined = Terms::new(series, false);
    Some(Box::new(Check { head: body.head(), joined, pairs: Vec::new() }))
}

/// One event of a rule: a term of a dated measure.
pub(super) fn event(body: &mut Body<'_>, node: &Tree) -> Option<Series> {
    let series = term(body, node)?;
    if !series.kind.is_dated() {
        body.fault(node.span, format!("{} must have dates", told(node)), None);
        return None;
    }
    Some(series)
}

/// The term that a node is, for messages.
pub(super) fn told(node: &Tree) -> String {
    let term = node.as_str().and_then(|text| parse_operand(text).ok());
    words::code(&term.map_or_else(String::new, |term| term.to_string()))
}

/// One term of a rule, without a year.
pub(super) fn term(body: &mut Body<'_>, node: &Tree) -> Option<Series> {
    let text = body.text(node, "a measure")?;
    let operand = match parse_operand(text) {
        Ok(operand) => operand,
        Err(fault) => {
            body.fault_inside(node, (fault.span, fault.message, fault.help));
            return None;
        }
    };
    let Node::Term(term) = &operand.node else {
        body.fault(node.span, "this must be one measure", None);
        return None;
    };
    let (_, series) = body.series(node, std::iter::once(term))?.pop()?;
    if series.at.is_some() {
        body.fault(node.span, "a measure must stand without a year here", None);
    }
    Some(series)
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(402)
    }

    fn rule(&self) -> Option<&RuleHead> {
        Some(&self.head)
    }

    fn measures(&self) -> Vec<crate::vocabulary::MeasureId> {
        self.joined.series.iter().map(|series| series.measure).collect()
    }

    fn ground(&mut self, base: &mut FactBase, index: &Index, level: Severity) -> Vec<Grounded> {
        let mut grounded = Vec::new();
        for binding in self.joined.bindings(base, &index.years) {
            for meant in self.joined.instantiate(&binding, base, &index.years) {
                let points = meant.iter().flat_map(|one| one.points().to_vec());
                let claimed: Vec<PointId> = points.filter(|p| base.facts_at(*p).next().is_some()).collect();
                for pair in claimed.windows(2) {
                    let [before, after] = pair else { continue };
                    if !self.pairs.contains(&(*before, *after)) {
                        self.pairs.push((*before, *after));
                        grounded.push(instance(base, *before, *after, level));
                    }
                }
            }
        }
        grounded
    }

    fn sample(&self, base: &mut FactBase, moment: Moment<'_>) -> Option<Sample> {
        let meant = self.joined.sample(base, &moment)?;
        let points: Vec<PointId> = meant.iter().flat_map(|one| one.points().to_vec()).collect();
        let mut grounded = Grounded::default();
        for pair in points.windows(2) {
            let [before, after] = pair else { continue };
            let rows = in_order(*before, *after, &mut grounded);
            grounded.demand(rows, true);
        }
        Some(Sample { grounded, ..Sample::default() })
    }

    fn reach(&self, vocabulary: &Vocabulary) -> Reach {
        self.joined.reach(vocabulary)
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, grounded, strong } = *case;
        let (before, after) = self.pairs.get(nth)?;
        let days = |variable: Variable| {
            let sets = context.sets(variable);
            words::days(if strong { &sets.hard } else { &sets.soft })
        };
        let (first, then) = (words::point(context, *before), words::point(context, *after));
        let (early, late) = (days(Variable::Start(*before)), days(Variable::End(*after)));
        let message = format!("{first} ({early}) must come before {then} ({late})");
        let mut finding = Finding::new(info(402).code, Severity::Error, message.clone())
            .compare(format!("{first} before {then}"), format!("{early} after {late}"));
        finding.reasons.push(Reason { steps: vec![message], ..Reason::default() });
        Some(point_at_claims(finding, context, grounded).help("compare both dates with their articles"))
    }
}

fn in_order(before: PointId, after: PointId, grounded: &mut Grounded) -> Vec<Constraint> {
    let mut row = |side: fn(PointId) -> Variable| {
        let (first, then) = (grounded.var(side(before)), grounded.var(side(after)));
        Linear::at_most([(Number::ONE, first), (-Number::ONE, then)], Number::ZERO).into()
    };
    vec![row(Variable::Start), row(Variable::End)]
}

/// Both ends in order: an event that began or ended later did not come first.
fn instance(base: &FactBase, before: PointId, after: PointId, level: Severity) -> Grounded {
    let mut grounded = Grounded::default();
    let rows = in_order(before, after, &mut grounded);
    let actual = [before, after].iter().all(|point| base.point(*point).status == Status::Actual);
    grounded.demand(rows, level == Severity::Error && actual);
    grounded
}
