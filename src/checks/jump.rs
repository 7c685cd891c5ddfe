//! `jump`: a series that changes faster than is plausible, up or down.

use std::collections::BTreeMap;
use std::ops::Range;

use super::expression::{Factor, Node, Operand, Sign, parse_operand};
use super::load::Body;
use super::lowering::{Lowering, Year};
use super::series::Series;
use super::terms::{Binding, Meant, Terms, When};
use super::years::Years;
use super::{
    Case, Context, Grounded, Index, Reach, RuleHead, Sample, Variable, info, point_at_claims,
    scaled_difference, units, words,
};
use crate::constraint::Constraint;
use crate::fact::{FactBase, FactId, PointId};
use crate::finding::{CodeInfo, Finding, Reason, Severity};
use crate::quantity::{Interval, Number};
use crate::vocabulary::{MeasureId, MeasureKind, Vocabulary};

/// A rule of the kind `jump`.
#[derive(Debug)]
pub struct Check {
    head: RuleHead,
    operand: Operand,
    terms: Vec<(Range<usize>, Series)>,
    joined: Terms,
    most: Number,
    /// How the limit was written: `x3`.
    limit: String,
    years: Option<i32>,
    pairs: Vec<Pair>,
}

/// Two claimed moments of one series.
#[derive(Debug)]
struct Pair {
    earlier: Moment,
    later: Moment,
}

#[derive(Clone, Debug)]
struct Moment {
    year: i32,
    meant: Vec<Meant>,
}

/// How many pairs of one series are compared; beyond it, neighbours only.
const MOST_MOMENTS: usize = 64;

pub(super) fn load(body: &mut Body<'_>) -> Option<Box<dyn super::Check>> {
    body.only(&["at-most", "over"]);
    let node = &body.raw.body;
    let text = body.text(node, "a series")?;
    let operand = match parse_operand(text) {
        Ok(operand) => operand,
        Err(fault) => {
            body.fault_inside(node, (fault.span, fault.message, fault.help));
            return None;
        }
    };
    let mut terms = body.series(node, operand.terms())?;
    body.over(&mut terms);
    for ((span, series), term) in terms.iter().zip(operand.terms()) {
        if !series.kind.is_numeric() || series.at.is_some() {
            let text = format!("a series must be of figures, without a year; found `{term}`");
            body.fault_inside(node, (span.clone(), text, None));
        }
    }
    units::align(&mut terms, body.vocabulary);
    if let Err(fault) = units::check(&operand, &terms, body.vocabulary) {
        body.fault_inside(node, fault);
    }
    let Some(limit) = body.option("at-most") else {
        body.fault(node.span, "a jump must have a limit (`at-most: x3 within 4 years`)", None);
        return None;
    };
    let text = body.text(limit, "a limit")?;
    let Some((most, years)) = read_limit(text) else {
        body.fault(
            limit.span,
            format!(
                "a limit must be a factor and a window (`x3 within 4 years`, `50% within 1 year`); found {}",
                words::code(text)
            ),
            None,
        );
        return None;
    };
    let joined = Terms::new(terms.iter().map(|(_, series)| series.clone()).collect(), false);
    Some(Box::new(Check {
        head: body.head(),
        operand,
        terms,
        joined,
        most,
        limit: text.to_owned(),
        years,
        pairs: Vec::new(),
    }))
}

/// `x3 within 4 years`, `50%`: the greatest factor and the window in years.
fn read_limit(text: &str) -> Option<(Number, Option<i32>)> {
    let mut words = text.split_whitespace();
    let size = words.next()?;
    let most = match (size.strip_prefix(['x', '×']), size.strip_suffix('%')) {
        (Some(factor), _) => Number::parse(factor)?,
        (None, Some(percent)) => Number::ONE + Number::parse(percent)? * Number::power_of_ten(-2),
        (None, None) => return None,
    };
    if most < Number::ONE {
        return None;
    }
    match words.collect::<Vec<_>>().as_slice() {
        [] => Some((most, None)),
        ["within", years, "year" | "years"] => Some((most, Some(years.parse().ok().filter(|y| *y > 0)?))),
        _ => None,
    }
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(301)
    }

    fn rule(&self) -> Option<&RuleHead> {
        Some(&self.head)
    }

    fn measures(&self) -> Vec<MeasureId> {
        self.terms.iter().map(|(_, series)| series.measure).collect()
    }

    fn ground(&mut self, base: &mut FactBase, index: &Index, level: Severity) -> Vec<Grounded> {
        let mut grounded = Vec::new();
        for moments in self.series(base, &index.years) {
            for (earlier, later) in pairs(&moments, self.years) {
                if let Some(one) = self.instance(base, &earlier, &later, level) {
                    grounded.push(one);
                    self.pairs.push(Pair { earlier, later });
                }
            }
        }
        grounded
    }

    fn sample(&self, base: &mut FactBase, moment: super::Moment<'_>) -> Option<Sample> {
        let mut at = |year: i32| {
            let meant = self.joined.sample(base, &super::Moment { year, ..moment })?;
            Some(Moment { year, meant })
        };
        let (earlier, later) = (at(moment.year - 1)?, at(moment.year)?);
        let (mut grounded, rows, definitions) = self.lowered(base, &earlier, &later)?;
        grounded.strong = rows;
        Some(Sample { grounded, definitions, ..Sample::default() })
    }

    fn reach(&self, vocabulary: &Vocabulary) -> Reach {
        Reach { around: Some((1, 0)), ..self.joined.reach(vocabulary) }
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, grounded, strong } = *case;
        let pair = self.pairs.get(nth)?;
        let told = self.tell(context, pair, strong);
        Some(point_at_claims(told, context, grounded))
    }
}

impl Check {
    /// The claimed moments of each series: every term claimed, sorted by year.
    fn series(&self, base: &mut FactBase, years: &Years) -> Vec<Vec<Moment>> {
        let mut series: BTreeMap<(Binding, Option<i64>), Vec<Moment>> = BTreeMap::new();
        let flows = self.terms.iter().any(|(_, series)| series.kind == MeasureKind::Flow);
        for binding in self.joined.bindings(base, years) {
            let Some(year) = ends_in(&binding) else { continue };
            // A month's flow is not compared with a year's.
            let length = if flows { months(&binding) } else { None };
            let key = (Binding { when: When::Always, ..binding.clone() }, length);
            for meant in self.joined.instantiate(&binding, base, years) {
                // Names in a list are no figure to compare.
                let figure = |fact: FactId| base.fact(fact).statement.reading().is_some();
                let claimed = |point: &PointId| base.facts_at(*point).any(figure);
                if meant.iter().all(|one| one.points().iter().all(claimed)) {
                    series.entry(key.clone()).or_default().push(Moment { year, meant });
                }
            }
        }
        for moments in series.values_mut() {
            moments.sort_by_key(|moment| moment.year);
        }
        series.into_values().collect()
    }

    /// `later ≤ most · earlier` and `earlier ≤ most · later`.
    fn instance(
        &self,
        base: &FactBase,
        earlier: &Moment,
        later: &Moment,
        level: Severity,
    ) -> Option<Grounded> {
        let (mut grounded, rows, definitions) = self.lowered(base, earlier, later)?;
        grounded.demand(definitions.into_iter().chain(rows), level == Severity::Error);
        Some(grounded)
    }

    /// What must hold, and what the quantities of the instance alone are.
    fn lowered(
        &self,
        base: &FactBase,
        earlier: &Moment,
        later: &Moment,
    ) -> Option<(Grounded, Vec<Constraint>, Vec<Constraint>)> {
        let mut grounded = Grounded::default();
        let mut definitions = Vec::new();
        let mut vars = Vec::new();
        for moment in [earlier, later] {
            let mut lowering = Lowering {
                vocabulary: &base.vocabulary,
                terms: &self.terms,
                meant: &moment.meant,
                year: Year::Unknown,
                definitions: Vec::new(),
            };
            let affine = lowering.affine(&self.operand, &mut grounded).ok()?;
            vars.push(lowering.as_var(affine, &mut grounded));
            definitions.append(&mut lowering.definitions);
        }
        let [before, after] = vars.as_slice() else { return None };
        let zero = Interval::at_most(Number::ZERO);
        let mut rows = scaled_difference(*after, *before, &self.most, &zero);
        rows.extend(scaled_difference(*before, *after, &self.most, &zero));
        Some((grounded, rows, definitions))
    }

    fn tell(&self, context: &Context<'_>, pair: &Pair, strong: bool) -> Finding {
        let (before, after) =
            (self.value(context, &pair.earlier, strong), self.value(context, &pair.later, strong));
        let (from, to) = (pair.earlier.year, pair.later.year);
        let factor = factor(&before, &after);
        let name = self.name(context, pair);
        let value =
            |set: &Interval| set.as_point().map_or_else(|| words::interval(set), |n| words::rounded(n, 4));
        // What begins or ends at nothing has no factor.
        let how = match factor.as_ref().filter(|factor| !factor.is_zero()) {
            Some(factor) => format!("is {}", told_factor(factor)),
            None => format!("goes from {} to {}", value(&before), value(&after)),
        };
        let mut message =
            format!("{name} must change by at most {}; from {from} to {to} it {how}", self.limit);
        let parts = self.parts(context, pair, strong);
        if parts.len() > 1 {
            message = format!("{message}: {}", words::list(&parts));
        }
        let steps = vec![format!(
            "{from}: {}; {to}: {}; {}, the limit is {}",
            value(&before),
            value(&after),
            factor.as_ref().map_or_else(|| "more than any factor".to_owned(), told_factor),
            self.limit
        )];
        let most = Interval::at_most(self.most.clone());
        let found = factor.map_or_else(|| after.to_string(), |f| f.to_fixed(2));
        let mut finding =
            Finding::new(info(301).code, Severity::Warning, message).compare(most.to_string(), found);
        finding.reasons.push(Reason { steps, ..Reason::default() });
        finding.help("ask whether both years count the same thing")
    }

    /// What the series is called: its point without the time, or the operand as written.
    fn name(&self, context: &Context<'_>, pair: &Pair) -> String {
        match (&self.operand.node, pair.earlier.meant.as_slice()) {
            (Node::Term(_), [Meant::One(point)]) => words::name(context, context.base.point(*point)),
            _ => self.operand.to_string(),
        }
    }

    /// How each figure of a quotient changed by itself.
    fn parts(&self, context: &Context<'_>, pair: &Pair, strong: bool) -> Vec<String> {
        let each = self.operand.terms().zip(pair.earlier.meant.iter().zip(&pair.later.meant));
        each.filter_map(|(term, (before, after))| {
            let factor = factor(&sum(context, before, strong), &sum(context, after, strong))?;
            Some(format!("{term} {}", told_factor(&factor)))
        })
        .collect()
    }

    fn value(&self, context: &Context<'_>, moment: &Moment, strong: bool) -> Interval {
        self.evaluate(context, &self.operand, moment, strong)
    }

    fn evaluate(&self, context: &Context<'_>, operand: &Operand, moment: &Moment, strong: bool) -> Interval {
        match &operand.node {
            Node::Number(n) | Node::Percent(n) | Node::Quantity(n, _) => Interval::point(n.clone()),
            Node::Term(term) => {
                let at = self.terms.iter().position(|(span, _)| *span == term.span);
                at.and_then(|at| moment.meant.get(at))
                    .map_or_else(Interval::all, |meant| sum(context, meant, strong))
            }
            Node::Negative(inner) => self.evaluate(context, inner, moment, strong).neg(),
            Node::Sum { first, rest } => {
                rest.iter().fold(self.evaluate(context, first, moment, strong), |total, (sign, part)| {
                    let part = self.evaluate(context, part, moment, strong);
                    if *sign == Sign::Plus { total.add(&part) } else { total.sub(&part) }
                })
            }
            Node::Product { first, rest } => {
                rest.iter().fold(self.evaluate(context, first, moment, strong), |total, (factor, part)| {
                    let part = self.evaluate(context, part, moment, strong);
                    if *factor == Factor::Times { total.mul(&part) } else { total.div(&part) }
                })
            }
            Node::Date(_) | Node::Year(_) | Node::Call(..) => Interval::all(),
        }
    }
}

/// The pairs of moments within the window: all of them, or neighbours in a long series.
fn pairs(moments: &[Moment], window: Option<i32>) -> Vec<(Moment, Moment)> {
    let reach = if moments.len() > MOST_MOMENTS { 1 } else { moments.len() };
    let mut pairs = Vec::new();
    for (index, earlier) in moments.iter().enumerate() {
        for later in moments.iter().skip(index + 1).take(reach) {
            let apart = later.year - earlier.year;
            if apart > 0 && window.is_none_or(|window| apart <= window) {
                pairs.push((earlier.clone(), later.clone()));
            }
        }
    }
    pairs
}

/// How many months a period has, about.
fn months(binding: &Binding) -> Option<i64> {
    match binding.when {
        When::Period(Some(first), Some(last)) => {
            let days = last.number() - first.number() + 1;
            Some((days * 12 + 182) / 365)
        }
        _ => None,
    }
}

fn ends_in(binding: &Binding) -> Option<i32> {
    match binding.when {
        When::Year(year) => Some(year),
        When::Period(_, Some(last)) => Some(last.year()),
        When::Period(..) | When::Always => None,
    }
}

fn sum(context: &Context<'_>, meant: &Meant, strong: bool) -> Interval {
    let mut total = Interval::point(Number::ZERO);
    for point in meant.points() {
        let sets = context.sets(Variable::Value(*point));
        total = total.add(if strong { &sets.hard } else { &sets.soft });
    }
    total
}

/// The least factor between two sets, as a number of at least 1 upward or below 1 downward.
fn factor(before: &Interval, after: &Interval) -> Option<Number> {
    let up = before.is_below(after);
    let (from, to) = if up { (before.upper(), after.lower()) } else { (before.lower(), after.upper()) };
    to.value()?.checked_div(from.value()?)
}

fn told_factor(factor: &Number) -> String {
    if *factor >= Number::ONE {
        let places = if *factor >= Number::from(2) { 1 } else { 2 };
        return format!("×{}", factor.to_fixed(places));
    }
    factor.recip().map_or_else(|| "to nothing".into(), |inverse| format!("÷{}", inverse.to_fixed(2)))
}
