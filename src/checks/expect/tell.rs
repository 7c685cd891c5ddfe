//! The sum of an expectation as an editor redoes it on paper.

use super::super::expression::{Comparison, Factor, Function, Node, Operand, Operator, Sign, Statement};
use super::super::series::{Pattern, Series};
use super::super::terms::{Completeness, Meant};
use super::super::{Context, Grounded, Sets, Variable, units, words};
use super::{Check, Instance, is_single};
use crate::fact::PointId;
use crate::period::{first_day_of_year, last_day_of_year};
use crate::quantity::{Interval, Number, UnitKind};
use crate::text::sanitise;
use crate::vocabulary::{DimensionId, UnitId};

/// A conflict of an expectation in words.
pub(super) struct Told {
    pub(super) message: String,
    pub(super) expected: String,
    pub(super) found: String,
    pub(super) steps: Vec<String>,
}

/// Whether a value is told as a number or as a day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Number,
    Day,
}

/// An operand with its figures put in, and the values that come out.
struct Sum {
    text: String,
    set: Interval,
    shown: Shown,
}

impl Sum {
    fn outcome(&self) -> String {
        match self.shown {
            Shown::Number => words::interval(&self.set),
            Shown::Day => words::days(&self.set),
        }
    }
}

impl Sum {
    /// The same beside what it is compared with: a year beside a date means its days, of which the
    /// operator picks the first, the last, or all.
    fn against(self, other: &Self, operator: Operator) -> Self {
        let year = self.set.as_point().and_then(Number::to_i64).and_then(|year| i32::try_from(year).ok());
        let ends = year.and_then(|year| Some((first_day_of_year(year)?, last_day_of_year(year)?)));
        let (Shown::Day, Shown::Number, Some((first, last))) = (other.shown, self.shown, ends) else {
            return self;
        };
        let (first, last) = match operator {
            Operator::AtLeast | Operator::Less => (first, first),
            Operator::Greater | Operator::AtMost => (last, last),
            Operator::Equal => (first, last),
        };
        let set = Interval::closed(Number::from(first.number()), Number::from(last.number()));
        Self { text: words::days(&set), set, shown: Shown::Day }
    }
}

struct Teller<'a, 'b> {
    check: &'a Check,
    context: &'a Context<'b>,
    instance: &'a Instance,
    strong: bool,
}

impl Check {
    /// Tells the first comparison that fails by its own figures, or all of them.
    pub(super) fn tell(
        &self,
        context: &Context<'_>,
        instance: &Instance,
        _: &Grounded,
        strong: bool,
    ) -> Told {
        let teller = Teller { check: self, context, instance, strong };
        let (condition, then) = match &self.expression.root {
            Statement::Compare(one) => (&[][..], std::slice::from_ref(one)),
            Statement::All(all) => (&[][..], all.as_slice()),
            Statement::If { condition, then } => (condition.as_slice(), then.as_slice()),
        };
        let mut steps: Vec<String> =
            condition.iter().map(|one| format!("given {}", teller.plain(one))).collect();
        let pairs: Vec<_> = then.iter().flat_map(Comparison::pairs).collect();
        let failing = pairs.iter().find(|(l, op, r)| teller.fails(l, *op, r)).or_else(|| pairs.first());
        let Some((left, operator, right)) = failing else {
            return Told {
                message: self.head.id.clone(),
                expected: String::new(),
                found: String::new(),
                steps,
            };
        };
        teller.told(left, *operator, right, &mut steps)
    }
}

impl Teller<'_, '_> {
    fn told(&self, left: &Operand, operator: Operator, right: &Operand, steps: &mut Vec<String>) -> Told {
        // The single figure is the one that is judged; the sum says what it must be. A number is what
        // it is.
        let turn = !is_single(left) && (is_single(right) || left.terms().next().is_none());
        let (left, operator, right) =
            if turn { (right, mirrored(operator), left) } else { (left, operator, right) };
        let found = self.sum(left);
        let expected = self.beside(right, left).against(&found, operator);
        let must = self.check.allowed(operator, &expected.set, turn);
        let gap = if found.shown == Shown::Number { words::difference(&found.set, &must) } else { None };
        let verdict = gap.clone().map(|gap| format!(": {gap}")).unwrap_or_default();
        let must_be = match found.shown {
            Shown::Number => words::interval(&must),
            Shown::Day => words::days(&must.whole()),
        };
        if expected.text != expected.outcome() {
            steps.push(format!("{} = {}", expected.text, expected.outcome()));
        }
        if found.text != found.outcome() {
            steps.push(format!("{} = {}", found.text, found.outcome()));
        }
        if gap.is_none() && !found.set.is_disjoint(&must) {
            return self.no_choice(std::mem::take(steps));
        }
        let missed = gap.map_or_else(|| "does not fit".to_owned(), |gap| format!("is {gap}"));
        steps.push(format!("{} must be {must_be}; {} {missed}", self.name(left), found.outcome()));
        Told {
            message: format!(
                "{} is {}, but {} must be {must_be}{verdict}",
                self.name(left),
                found.outcome(),
                if is_single(right) {
                    format!("by {} it", self.name(right))
                } else if right.terms().next().is_none() {
                    "it".into()
                } else {
                    "by the other figures it".into()
                },
            ),
            expected: raw(&must, found.shown),
            found: raw(&found.set, found.shown),
            steps: std::mem::take(steps),
        }
    }

    /// Every comparison fits the bounds of its figures, and no choice within them satisfies the rule:
    /// whole numbers do not go on in between, or two comparisons leave different choices.
    fn no_choice(&self, mut steps: Vec<String>) -> Told {
        let points = self.instance.meant.iter().flat_map(Meant::points);
        let is_whole = |point: &PointId| self.context.sets(Variable::Value(*point)).integral;
        let figures = if points.clone().all(is_whole) { "whole numbers" } else { "figures" };
        let message = format!("no {figures} within what is told satisfy `{}`", self.check.expression);
        steps.push(format!("each bound fits by itself, but {message}"));
        Told { message, expected: String::new(), found: String::new(), steps }
    }

    fn fails(&self, left: &Operand, operator: Operator, right: &Operand) -> bool {
        let beside = self.beside(right, left);
        let left = self.sum(left);
        let right = beside.against(&left, operator);
        left.set.is_disjoint(&self.check.allowed(operator, &right.set, false))
    }

    /// The sum of an operand beside another: a percentage is a number of hundredths, except beside a
    /// figure that is told in per cent itself.
    fn beside(&self, operand: &Operand, other: &Operand) -> Sum {
        let sum = self.sum(operand);
        match operand.node {
            Node::Percent(_) if !self.is_share(other) => {
                Sum { set: sum.set.scale(&Number::power_of_ten(-2)), ..sum }
            }
            _ => sum,
        }
    }

    fn is_share(&self, operand: &Operand) -> bool {
        let vocabulary = &self.context.base.vocabulary;
        let share =
            |series: &Series| vocabulary.unit_kind(vocabulary.measure(series.measure)) == UnitKind::Share;
        match &operand.node {
            Node::Term(term) => {
                self.check.terms.iter().any(|(place, series)| *place == term.span && share(series))
            }
            Node::Sum { first, .. } => self.is_share(first),
            Node::Negative(inner) => self.is_share(inner),
            _ => false,
        }
    }

    /// A comparison with its figures put in: `progress at the end of 2024 is 90 < 100`.
    fn plain(&self, comparison: &Comparison) -> String {
        let mut text = String::new();
        for (left, operator, right) in comparison.pairs() {
            if text.is_empty() {
                text = format!("{} = {}", self.name(left), self.sum(left).outcome());
            }
            text = format!("{text} {} {}", sign(operator), self.sum(right).outcome());
        }
        text
    }

    /// What an operand is called: the point of a term, or the operand as written.
    fn name(&self, operand: &Operand) -> String {
        match &operand.node {
            Node::Term(term) => self.meant(&term.span).map_or_else(
                || shown(operand),
                |meant| match meant {
                    Meant::One(point) => {
                        format!("{}{}", words::point(self.context, *point), self.told_in(&term.span))
                    }
                    Meant::Sum(points, _) => self.total(&term.span, points).unwrap_or_else(|| shown(operand)),
                },
            ),
            Node::Call(function, term) => {
                let point = match self.meant(&term.span) {
                    Some(Meant::One(point)) => words::point(self.context, *point),
                    _ => term.to_string(),
                };
                format!("{}({point})", function.name())
            }
            _ => shown(operand),
        }
    }

    /// `the sum of killed by road`: the point whose parts are summed, and what by.
    fn total(&self, span: &std::ops::Range<usize>, points: &[PointId]) -> Option<String> {
        let base = self.context.base;
        let (_, series) = self.check.terms.iter().find(|(place, _)| place == span)?;
        let summed = series.filters.iter().filter(|(_, pattern)| *pattern == Pattern::Each);
        let summed: Vec<DimensionId> = summed.map(|(dimension, _)| *dimension).collect();
        let mut whole = base.point(*points.first()?).clone();
        whole.dimensions.retain(|(dimension, _)| !summed.contains(dimension));
        let name = words::name(self.context, &whole);
        let by: Vec<String> =
            summed.iter().map(|dimension| base.vocabulary.dimensions.name(dimension.0).to_owned()).collect();
        Some(format!("the sum of {name} by {}", words::list(&by)))
    }

    /// ` (in km)` behind a term whose figures are told in metres.
    fn told_in(&self, span: &std::ops::Range<usize>) -> String {
        let terms = &self.check.terms;
        let series = terms.iter().find_map(|(place, series)| (place == span).then_some(series));
        let unit = series.and_then(|s| units::told_in(s, terms, &self.context.base.vocabulary));
        unit.map_or_else(String::new, |unit| format!(" (in {unit})"))
    }

    /// One of a unit that the expression names, in the unit that it reckons in.
    fn one_of(&self, unit: &str) -> Number {
        let vocabulary = &self.context.base.vocabulary;
        let found = vocabulary.units.find(unit).map(UnitId);
        found.and_then(|unit| units::factor(unit, &self.check.terms, vocabulary)).unwrap_or(Number::ONE)
    }

    fn meant(&self, span: &std::ops::Range<usize>) -> Option<&Meant> {
        let at = self.check.terms.iter().position(|(place, _)| place == span)?;
        self.instance.meant.get(at)
    }

    fn sum(&self, operand: &Operand) -> Sum {
        let constant = |value: &Number| {
            let set = Interval::point(value.clone());
            Sum { text: words::number(value), set, shown: Shown::Number }
        };
        match &operand.node {
            Node::Number(value) => constant(value),
            Node::Quantity(value, unit) => {
                let one = self.one_of(unit);
                Sum { text: format!("{} {unit}", words::number(value)), ..constant(&(value * &one)) }
            }
            Node::Percent(value) => Sum { text: format!("{value} %"), ..constant(value) },
            Node::Year(offset) => {
                let year = match self.instance.binding.when {
                    super::When::Year(year) => year.saturating_add(*offset),
                    _ => *offset,
                };
                Sum { text: year.to_string(), ..constant(&Number::from(year)) }
            }
            Node::Date(text) => date(text),
            Node::Term(term) => self.term(&term.span, None),
            Node::Call(function, term) => self.term(&term.span, Some(*function)),
            Node::Negative(inner) => {
                let inner = self.sum(inner);
                Sum { text: format!("−{}", bracketed(&inner)), set: inner.set.neg(), shown: inner.shown }
            }
            Node::Sum { first, rest } => self.added(first, rest),
            Node::Product { first, rest } => self.multiplied(first, rest),
        }
    }

    fn added(&self, first: &Operand, rest: &[(Sign, Operand)]) -> Sum {
        let mut total = self.sum(first);
        total.text = bracketed(&total);
        for (sign, operand) in rest {
            let part = self.sum(operand);
            let (mark, set) = match sign {
                Sign::Plus => ('+', part.set.clone()),
                Sign::Minus => ('−', part.set.neg()),
            };
            total.text = format!("{} {mark} {}", total.text, bracketed(&part));
            total.set = total.set.add(&set);
        }
        total
    }

    fn multiplied(&self, first: &Operand, rest: &[(Factor, Operand)]) -> Sum {
        let share = |operand: &Operand, sum: Sum| match operand.node {
            Node::Percent(_) => Sum { set: sum.set.scale(&Number::power_of_ten(-2)), ..sum },
            _ => sum,
        };
        let mut total = share(first, self.sum(first));
        total.text = bracketed(&total);
        for (factor, operand) in rest {
            let part = share(operand, self.sum(operand));
            let (mark, set) = match factor {
                Factor::Times => ('×', total.set.mul(&part.set)),
                Factor::Over => ('÷', total.set.div(&part.set)),
            };
            total = Sum {
                text: format!("{} {mark} {}", total.text, bracketed(&part)),
                set,
                shown: Shown::Number,
            };
        }
        total
    }

    fn term(&self, span: &std::ops::Range<usize>, function: Option<Function>) -> Sum {
        let at = self.check.terms.iter().position(|(place, _)| place == span);
        let series = at.and_then(|at| self.check.terms.get(at)).map(|(_, series)| series);
        match (self.meant(span), series) {
            (Some(Meant::One(point)), Some(series)) if series.kind.is_dated() => self.dates(*point, function),
            (Some(Meant::One(point)), Some(series)) => self.figure(Variable::Value(*point), &series.scale),
            (Some(Meant::Sum(points, complete)), Some(series)) => {
                let figure = |point: &PointId| self.figure(Variable::Value(*point), &series.scale);
                let parts: Vec<Sum> = points.iter().map(figure).collect();
                let mut set = Interval::point(Number::ZERO);
                for part in &parts {
                    set = set.add(&part.set);
                }
                if *complete == Completeness::LowerBound {
                    let vocabulary = &self.context.base.vocabulary;
                    let below = vocabulary.goes_below_zero(vocabulary.measure(series.measure));
                    let rest = if below { Interval::all() } else { Interval::at_least(Number::ZERO) };
                    set = set.add(&rest);
                }
                let text = parts.iter().map(bracketed).collect::<Vec<_>>().join(" + ");
                Sum { text: if text.is_empty() { "0".into() } else { text }, set, shown: Shown::Number }
            }
            _ => Sum { text: "?".into(), set: Interval::all(), shown: Shown::Number },
        }
    }

    /// The values of a variable in the pass of the conflict; what is assumed says so.
    fn figure(&self, variable: Variable, scale: &Number) -> Sum {
        let assumed = self.instance.assumed.iter().find(|(v, _)| *v == variable);
        if let (Some((_, value)), false) = (assumed, self.strong) {
            let text = format!("{} (assumed)", words::number(value));
            return Sum { text, set: Interval::point(value * scale), shown: Shown::Number };
        }
        let set = self.set(&self.context.sets(variable)).scale(scale);
        Sum { text: words::interval(&set), set, shown: Shown::Number }
    }

    fn set(&self, sets: &Sets) -> Interval {
        let set = if self.strong { &sets.hard } else { &sets.soft };
        if sets.integral { set.whole() } else { set.clone() }
    }

    fn dates(&self, point: PointId, function: Option<Function>) -> Sum {
        let start = self.set(&self.context.sets(Variable::Start(point)));
        let end = self.set(&self.context.sets(Variable::End(point)));
        let told = |set: Interval, shown: Shown| {
            let text = if shown == Shown::Day { words::days(&set) } else { words::interval(&set) };
            Sum { text, set, shown }
        };
        match function {
            Some(Function::Start) => told(start, Shown::Day),
            None | Some(Function::End) => told(end, Shown::Day),
            Some(Function::Days) => {
                let span = end.sub(&start).shift(&Number::ONE).intersect(&Interval::at_least(Number::ONE));
                let text = format!("{} to {}, both counted", words::days(&start), words::days(&end));
                Sum { text, set: span, shown: Shown::Number }
            }
            Some(Function::Year) => told(super::super::words::years(&end), Shown::Number),
        }
    }
}

/// A date of the expression itself: its last day.
fn date(text: &str) -> Sum {
    let last = crate::period::Period::parse(text).ok().and_then(|period| period.last());
    let set = last.map_or_else(Interval::all, |day| Interval::point(Number::from(day.number())));
    Sum { text: text.to_owned(), set, shown: Shown::Day }
}

/// An operand as written, cut where it is too long to be read.
fn shown(operand: &Operand) -> String {
    sanitise::excerpt(&operand.to_string(), 80).into_owned()
}

fn bracketed(sum: &Sum) -> String {
    let alone = sum.text.strip_suffix(" (assumed)").unwrap_or(&sum.text);
    if alone.contains(' ') { format!("({})", sum.text) } else { sum.text.clone() }
}

fn raw(set: &Interval, shown: Shown) -> String {
    if shown == Shown::Day { words::days(&set.whole()) } else { set.to_string() }
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => "=",
        Operator::AtMost => "≤",
        Operator::Less => "<",
        Operator::AtLeast => "≥",
        Operator::Greater => ">",
    }
}

fn mirrored(operator: Operator) -> Operator {
    match operator {
        Operator::Equal => Operator::Equal,
        Operator::AtMost => Operator::AtLeast,
        Operator::Less => Operator::Greater,
        Operator::AtLeast => Operator::AtMost,
        Operator::Greater => Operator::Less,
    }
}
