//! A change between two counts is possible only for some whole numbers.

use super::{
    Case, Context, Grounded, Index, Variable, difference_within, info, point_at_claims, resolve,
    scaled_difference, words,
};
use crate::constraint::{Constraint, Linear, Var};
use crate::fact::{Change, ChangeKind, FactBase, FactId, PointId, Statement};
use crate::finding::{CodeInfo, Finding, Reason, Severity};
use crate::quantity::whole;
use crate::quantity::{End, Hedge, Interval, Number, Reading};

/// The check on changes.
#[derive(Debug, Default)]
pub struct Check {
    facts: Vec<FactId>,
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(205)
    }

    fn ground(&mut self, base: &mut FactBase, _: &Index, _: Severity) -> Vec<Grounded> {
        let mut grounded = Vec::new();
        for (id, fact) in base.facts().filter(|(_, fact)| fact.counts()) {
            if let Statement::Change(change) = &fact.statement {
                let mut one = instance(id, fact.point, change, fact.is_weak());
                if base.facts_at(fact.point).all(|other| base.fact(other).statement.reading().is_none()) {
                    one.needs.push(Variable::Value(fact.point));
                }
                grounded.push(one);
                self.facts.push(id);
            }
        }
        grounded
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, grounded, strong } = *case;
        let id = self.facts.get(nth)?;
        let fact = context.base.fact(*id);
        let Statement::Change(change) = &fact.statement else { return None };
        let mut finding = Told { context, fact: *id, point: fact.point, change, strong }.finding();
        if context.is_claimed(change.base) {
            finding.repairs = resolve::repairs(context, grounded, strong);
        }
        // The change itself first, then what it compares.
        let label = std::mem::take(&mut finding.labels);
        finding =
            finding.on(*id, fact.statement_key(), format!("the change: {}", words::code(&change.written)));
        finding.labels.extend(label);
        Some(point_at_claims(finding, context, grounded))
    }
}

/// `base > 0` and the change between base and this, hard and soft.
fn instance(id: FactId, point: PointId, change: &Change, weak: bool) -> Grounded {
    let mut grounded = Grounded { owners: vec![id], ..Grounded::default() };
    let this = grounded.var(Variable::Value(point));
    let base = grounded.var(Variable::Value(change.base));
    let rows = |set: &Interval| demanded(this, base, change, set);
    if !weak {
        grounded.strong = rows(&change.size.hard);
    }
    grounded.weak = rows(&change.size.soft);
    grounded
}

fn demanded(this: Var, base: Var, change: &Change, size: &Interval) -> Vec<Constraint> {
    let signed = if change.up { size.clone() } else { size.neg() };
    match change.kind {
        ChangeKind::Points | ChangeKind::Amount => difference_within(this, base, &signed),
        ChangeKind::Percent | ChangeKind::Times => {
            let mut rows = ratio_rows(this, base, &ratio(change, size));
            rows.push(Linear::greater([(Number::ONE, base)], &Number::ZERO).into());
            rows
        }
    }
}

/// The factor between base and this: `1 + I/100`.
fn ratio(change: &Change, size: &Interval) -> Interval {
    let signed = if change.up { size.clone() } else { size.neg() };
    match change.kind {
        ChangeKind::Times => size.clone(),
        _ => signed
            .scale(&Number::power_of_ten(-2))
            .shift(&Number::ONE)
            .intersect(&Interval::at_least(Number::ZERO)),
    }
}

/// `l·base ≤ this ≤ h·base`.
pub(super) fn ratio_rows(this: Var, base: Var, ratio: &Interval) -> Vec<Constraint> {
    let zero = Interval::at_most(Number::ZERO);
    let below = Interval::below(Number::ZERO);
    let mut rows = Vec::new();
    if let Some(low) = ratio.lower().value() {
        // low·base − this ≤ 0
        let set = if ratio.lower().is_closed() { zero.neg() } else { below.neg() };
        rows.extend(scaled_difference(this, base, low, &set));
    }
    if let Some(high) = ratio.upper().value() {
        let set = if ratio.upper().is_closed() { zero } else { below };
        rows.extend(scaled_difference(this, base, high, &set));
    }
    rows
}

/// A change that cannot be, with all that its message needs.
struct Told<'a, 'b> {
    context: &'a Context<'b>,
    fact: FactId,
    point: PointId,
    change: &'a Change,
    strong: bool,
}

impl Told<'_, '_> {
    fn finding(&self) -> Finding {
        let (this, base) = (self.set(self.point), self.set(self.change.base));
        let size = self.pick(&self.change.size);
        let mut finding = match self.change.kind {
            ChangeKind::Percent | ChangeKind::Times => self.of_ratio(&this, &base, size),
            ChangeKind::Points | ChangeKind::Amount => self.of_difference(&this, &base, size),
        };
        finding.claims.push(self.fact);
        finding
    }

    fn set(&self, point: PointId) -> Interval {
        let sets = self.context.sets(Variable::Value(point));
        let set = if self.strong { sets.hard } else { sets.soft };
        if sets.integral { set.whole() } else { set }
    }

    fn pick<'r>(&self, reading: &'r Reading) -> &'r Interval {
        if self.strong { &reading.hard } else { &reading.soft }
    }

    fn is_whole(&self) -> bool {
        self.context.sets(Variable::Value(self.point)).integral
    }

    fn of_difference(&self, this: &Interval, base: &Interval, size: &Interval) -> Finding {
        let found = this.sub(base);
        let must = if self.change.up { size.clone() } else { size.neg() };
        let gap = words::difference(&found, &must).unwrap_or_default();
        let message = format!(
            "{} is {}, but {} from {} would be {}: {gap}",
            words::point(self.context, self.point),
            words::interval(this),
            told(self.change),
            words::interval(base),
            words::interval(&base.add(&must)),
        );
        let step = format!(
            "{} − {} = {}; told is {}",
            words::interval(this),
            words::interval(base),
            words::interval(&found),
            words::interval(&must)
        );
        let mut finding = Finding::new(info(205).code, Severity::Error, message)
            .compare(must.to_string(), found.to_string());
        finding.reasons.push(Reason { steps: vec![step], ..Reason::default() });
        finding.help(format!("the figures give a change of {}", words::interval(&found)))
    }

    fn of_ratio(&self, this: &Interval, base: &Interval, size: &Interval) -> Finding {
        let ratio = ratio(self.change, size);
        let told = told(self.change);
        let (now, then) =
            (words::point(self.context, self.point), words::point(self.context, self.change.base));
        let claimed = self.context.is_claimed(self.change.base);
        if claimed || !self.is_whole() {
            let possible = base.mul(&ratio);
            let message = format!(
                "{now} is {}, but {told} from {} would be {}",
                words::interval(this),
                words::interval(base),
                words::interval(&approximate(&possible)),
            );
            let step = format!(
                "{then}: {}; {told} of it is {}; {now} is {}",
                words::interval(base),
                words::interval(&approximate(&possible)),
                words::interval(this)
            );
            let mut finding = Finding::new(info(205).code, Severity::Error, message)
                .compare(possible.to_string(), this.to_string());
            finding.reasons.push(Reason { steps: vec![step], ..Reason::default() });
            if let Some(real) = self.real_change(this, base) {
                finding.help.push(format!("the figures give {real}"));
            }
            return finding;
        }
        self.of_whole_numbers(this, &ratio, &told, &now)
    }

    /// No whole number before gives the change: the neighbours, the first pair that does, and how
    /// telling the test is.
    fn of_whole_numbers(&self, this: &Interval, ratio: &Interval, told: &str, now: &str) -> Finding {
        let base = self
            .context
            .sets(Variable::Value(self.change.base))
            .domain
            .intersect(&Interval::above(Number::ZERO));
        let from = Interval::new(this.lower().clone(), End::Unbounded);
        let first = first_pair(&base, &from, ratio);
        let stated = self.stated(this);
        let message = match &first {
            Some((a, b)) => format!(
                "{now} is {stated}, but the next count that {told} can give is {} (from {})",
                words::number(b),
                words::number(a)
            ),
            None => format!("{now} is {stated}, but {told} of no whole number gives that"),
        };
        let mut steps =
            vec![format!("counts are whole numbers; {told} means {} times as many", words::interval(ratio))];
        let mut help = Vec::new();
        if let Some(written) = self.written() {
            let near = whole::neighbours(&base, &written, ratio);
            let change = |a: &Number| percent(&written, a, self.change);
            let told: Vec<String> = [near.0, near.1]
                .into_iter()
                .flatten()
                .map(|a| format!("from {} it is {}", words::number(&a), change(&a)))
                .collect();
            if !told.is_empty() {
                steps.push(format!("with {}: {}", words::number(&written), told.join(", ")));
            }
            if let Some(power) = self.power(&written, &base) {
                let share = words::rounded(&(power * Number::HUNDRED), 1);
                steps.push(format!(
                    "power of the test at {}: {share} % of such percentages are impossible",
                    words::number(&written)
                ));
            }
            help.extend(self.slips(&written));
        }
        if let Some((a, b)) = &first {
            steps.push(format!(
                "the first count that {told} can give is {}, from {}",
                words::number(b),
                words::number(a)
            ));
            help.push(format!("{now}: {} or more (from {})", words::number(b), words::number(a)));
        }
        help.push("ask for the count before; if the percentage is of another figure, move it there".into());
        let expected = first.map_or_else(|| "no whole number".to_owned(), |(_, b)| format!("{b} or more"));
        let mut finding =
            Finding::new(info(205).code, Severity::Error, message).compare(expected, this.to_string());
        finding.reasons.push(Reason { steps, ..Reason::default() });
        finding.help = help;
        finding
    }

    /// The written number of this point's first claim.
    fn written(&self) -> Option<Number> {
        self.context.base.facts_at(self.point).find_map(|fact| {
            match &self.context.base.fact(fact).statement {
                Statement::Value(figures) if figures.figure.value.is_integer() => {
                    Some(figures.figure.value.clone())
                }
                _ => None,
            }
        })
    }

    fn stated(&self, this: &Interval) -> String {
        let fact = self
            .context
            .base
            .facts_at(self.point)
            .find(|fact| self.context.base.fact(*fact).statement.reading().is_some());
        fact.map_or_else(|| words::interval(this), |fact| words::said(self.context, fact))
    }

    /// How telling the test is at a count: the share of nearby percentages that no whole number gives.
    fn power(&self, written: &Number, base: &Interval) -> Option<Number> {
        let hundredth = Number::power_of_ten(-2);
        let grain = match self.change.kind {
            ChangeKind::Percent => &self.change.figure.grain * &hundredth,
            _ => self.change.figure.grain.clone(),
        };
        let centre = ratio(self.change, &Interval::point(self.change.figure.value.clone()));
        whole::power(&whole::Known::Grown(written.clone()), base, centre.as_point()?, &grain, SCAN)
    }

    /// The change that the two figures give.
    fn real_change(&self, this: &Interval, base: &Interval) -> Option<String> {
        let (this, base) = (this.as_point()?, base.as_point()?);
        base.is_positive().then(|| percent(this, base, self.change))
    }

    /// Percentages one written digit away that some whole number before gives.
    fn slips(&self, written: &Number) -> Vec<String> {
        let figure = &self.change.figure;
        if self.change.kind != ChangeKind::Percent {
            return Vec::new();
        }
        let Some(grains) = figure.value.checked_div(&figure.grain).filter(Number::is_integer) else {
            return Vec::new();
        };
        let half = &figure.grain * &Number::power_of_ten(-2) * Number::HALF;
        let slip = |digits: String| {
            let percent = &Number::parse(&digits)? * &figure.grain;
            let centre = ratio(self.change, &Interval::point(percent.clone()));
            let centre = centre.as_point()?;
            let (low, high) = ((centre - &half).max(Number::ZERO), centre + &half);
            // The least count that can grow to so many; it must not grow to more.
            let base = written.checked_div(&high)?.ceil().max(Number::ONE);
            (&base * &low <= *written && *written <= &base * &high).then(|| {
                format!(
                    "{} % instead of {} % ({} from {})",
                    words::number(&percent),
                    words::number(&figure.value),
                    words::number(written),
                    words::number(&base)
                )
            })
        };
        resolve::misread(&grains.to_string()).filter_map(slip).take(3).collect()
    }
}

/// How many whole numbers are looked at.
pub(super) const SCAN: usize = 100_000;

/// The first whole pair whose ratio is possible, the base first.
pub(super) fn first_pair(base: &Interval, grown: &Interval, ratio: &Interval) -> Option<(Number, Number)> {
    match whole::first_pair(base, grown, ratio, SCAN) {
        whole::Search::Found { base, grown } => Some((base, grown)),
        whole::Search::Impossible | whole::Search::Unknown => None,
    }
}

/// The change as the article tells it: `+194.5 %`.
fn told(change: &Change) -> String {
    let sign = if change.up { '+' } else { '−' };
    if change.figure.hedge != Hedge::Bare {
        let said = change.written.rsplit_once(" from ").map_or(change.written.as_str(), |(size, _)| size);
        return words::code(said);
    }
    match change.kind {
        ChangeKind::Percent => format!("{sign}{} %", words::number(&change.figure.value)),
        ChangeKind::Times => format!("×{}", words::number(&change.figure.value)),
        ChangeKind::Points => format!("{sign}{} points", words::number(&change.figure.value)),
        ChangeKind::Amount => format!("{sign}{}", words::number(&change.figure.value)),
    }
}

/// The change from `before` to `now`, to the grain of the told one.
fn percent(now: &Number, before: &Number, change: &Change) -> String {
    let places = change.figure.grain.decimal_places().unwrap_or(1).max(1);
    let Some(ratio) = now.checked_div(before) else { return "no change".into() };
    if change.kind == ChangeKind::Times {
        return format!("×{}", ratio.to_fixed(places));
    }
    let percent = (ratio - Number::ONE) * Number::HUNDRED;
    let sign = if percent.is_negative() { '−' } else { '+' };
    format!("{sign}{} %", percent.abs().to_fixed(places))
}

/// A set rounded outward to a hundredth, for reading.
fn approximate(set: &Interval) -> Interval {
    let grain = Number::power_of_ten(-2);
    let end = |end: &End, up: bool| match end.value() {
        None => End::Unbounded,
        Some(value) => {
            let grains = value * &Number::HUNDRED;
            End::Closed((if up { grains.ceil() } else { grains.floor() }) * &grain)
        }
    };
    Interval::new(end(set.lower(), false), end(set.upper(), true))
}
