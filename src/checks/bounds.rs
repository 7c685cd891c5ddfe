//! A figure must lie within what its measure can be at all, and be whole where things are counted.

use super::{Case, Grounded, Index, Variable, info, words};
use crate::fact::{Fact, FactBase, FactId, Figures, Point, Statement};
use crate::finding::{CodeInfo, Finding, Reason, Severity};
use crate::quantity::{Interval, Number};
use crate::vocabulary::Vocabulary;

/// The check on the domain of single figures.
#[derive(Debug, Default)]
pub struct Check {
    facts: Vec<FactId>,
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(207)
    }

    /// Figures that their measure does not bound at all have no instance.
    fn ground(&mut self, base: &mut FactBase, _: &Index, _: Severity) -> Vec<Grounded> {
        let mut grounded = Vec::new();
        for (id, fact) in base.facts().filter(|(_, fact)| fact.counts()) {
            let Statement::Value(figures) = &fact.statement else { continue };
            let point = base.point(fact.point);
            let whole = base.vocabulary.is_whole(base.vocabulary.measure(point.measure));
            let domain = possible(&base.vocabulary, point);
            if domain.is_all() && !whole {
                continue;
            }
            grounded.push(instance(id, fact, figures, &domain));
            self.facts.push(id);
        }
        grounded
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, strong, .. } = *case;
        let id = self.facts.get(nth)?;
        let fact = context.base.fact(*id);
        let point = words::point(context, fact.point);
        let vocabulary = &context.base.vocabulary;
        let measure = vocabulary.measure(context.base.point(fact.point).measure);
        let domain = possible(vocabulary, context.base.point(fact.point));
        let Statement::Value(figures) = &fact.statement else {
            return None;
        };
        let said = if strong { &figures.uncut.hard } else { &figures.uncut.soft };
        let fractional = vocabulary.is_whole(measure) && !said.is_disjoint(&domain);
        let must = if fractional { "a whole number".to_owned() } else { words::interval(&domain) };
        let gap = words::difference(said, &domain).map(|gap| format!(": {gap}")).unwrap_or_default();
        let written = words::code(&figures.written);
        let found = match said.as_point() {
            Some(value) => words::number(value),
            None if strong => format!("{written} ({})", words::interval(said)),
            None => format!("{written} (usually {})", words::interval(said)),
        };
        let message = format!("{point} must be {must}, found {found}{gap}");
        let mut finding = Finding::new(info(207).code, Severity::Error, message)
            .compare(if fractional { must } else { domain.to_string() }, said.to_string())
            .on(*id, fact.statement_key(), format!("read as {}", words::interval(said)));
        let allowed = if fractional { "whole numbers".to_owned() } else { words::interval(&domain) };
        let places = spread(vocabulary, context.base.point(fact.point));
        let limit = if domain == vocabulary.domain(measure) {
            format!("the measure allows {allowed}")
        } else {
            format!("one in each of {places} is {allowed}")
        };
        let steps = vec![format!("{written} allows {}; {limit}", words::interval(said))];
        finding.reasons.push(Reason { steps, ..Reason::default() });
        Some(finding.help("compare the figure, its unit and its decimal mark with the article"))
    }
}

/// The values that a figure can have: those of its measure, and at least one thing in each place
/// that it is spread over ("ten districts in six cities").
fn possible(vocabulary: &Vocabulary, point: &Point) -> Interval {
    let measure = vocabulary.measure(point.measure);
    let domain = vocabulary.domain(measure);
    let places = spread(vocabulary, point);
    if places > 0 && vocabulary.is_whole(measure) && measure.additive && !vocabulary.goes_below_zero(measure)
    {
        domain.intersect(&Interval::at_least(Number::from(places)))
    } else {
        domain
    }
}

/// Over how many members of a dimension a point is spread.
fn spread(vocabulary: &Vocabulary, point: &Point) -> usize {
    let sizes = point.dimensions.iter().map(|(id, member)| vocabulary.dimension(*id).spread(*member).len());
    sizes.max().unwrap_or(0)
}

/// What the words allow against what the measure can be.
///
/// A figure that fits is its own variable, held against the domain; one that does not is a value of
/// the domain (and of its whole numbers) that the words must allow.
fn instance(id: FactId, fact: &Fact, figures: &Figures, domain: &Interval) -> Grounded {
    let mut grounded = Grounded { owners: vec![id], ..Grounded::default() };
    if figures.reading.soft.is_empty() || figures.reading.hard.is_empty() {
        let var = grounded.var(Variable::Possible(fact.point));
        if !fact.is_weak() {
            grounded.strong = super::rows_within(var, &figures.uncut.hard).collect();
        }
        grounded.weak = super::rows_within(var, &figures.uncut.soft).collect();
    } else {
        let var = grounded.var(Variable::Uncut(id));
        grounded.strong = super::rows_within(var, domain).collect();
    }
    grounded
}
