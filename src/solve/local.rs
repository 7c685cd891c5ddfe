//! [`judge`]: one instance of a check, from the claimed sets of its own terms alone.

use std::borrow::Cow;

use crate::constraint::{Certificate, Constraint, Linear, Var, year_of};
use crate::quantity::{End, Interval, Number};
use crate::solve::ledger::{index, name};
use crate::solve::search::{Outcome, solve};
use crate::solve::witness::{View, choose, complete, spread};
use crate::solve::{Flaw, Limit, Limits, Work, verify};

/// One instance: its terms are variables `0..vars.len()`.
#[derive(Clone, Debug, Default)]
pub struct Instance<'a> {
    /// Its terms.
    pub vars: Vec<&'a Variable>,
    /// What must hold in the strong form.
    pub strong: &'a [Constraint],
    /// What the weak form demands on top: assumptions, rules at level warning, the soft half.
    pub weak: &'a [Constraint],
}

/// What is claimed of one term.
#[derive(Clone, Debug)]
pub struct Variable {
    hard: Interval,
    soft: Interval,
    integral: bool,
    /// Those of the soft values: many instances ask for them.
    ends: [Option<Number>; 2],
}

impl Variable {
    /// A term of which something is claimed.
    #[must_use]
    pub fn new(hard: Interval, soft: Interval, integral: bool) -> Self {
        let ends = if integral { ends(&soft.whole()) } else { ends(&soft) };
        Self { hard, soft, integral, ends }
    }

    /// A term that nobody claims: anything in its domain.
    #[must_use]
    pub fn free(domain: Interval, integral: bool) -> Self {
        Self::new(domain.clone(), domain, integral)
    }

    /// The values that the words entail.
    #[must_use]
    pub const fn hard(&self) -> &Interval {
        &self.hard
    }

    /// The values that a reader takes them to mean, within the hard ones.
    #[must_use]
    pub const fn soft(&self) -> &Interval {
        &self.soft
    }

    /// Whether only whole numbers are possible.
    #[must_use]
    pub const fn is_integral(&self) -> bool {
        self.integral
    }

    /// The hard values, and of these the whole ones where only those are possible.
    fn possible(&self) -> Cow<'_, Interval> {
        let is_whole = |end: &End| end.value().is_none_or(|value| end.is_closed() && value.is_integer());
        if !self.integral || is_whole(self.hard.lower()) && is_whole(self.hard.upper()) {
            Cow::Borrowed(&self.hard)
        } else {
            Cow::Owned(self.hard.whole())
        }
    }

    /// The least (0) or the greatest (1) value that a reader takes the words to mean; where there is no
    /// such end, the other one.
    #[must_use]
    pub fn end(&self, end: usize) -> Option<&Number> {
        self.ends.get(end)?.as_ref()
    }
}

/// The ends that belong to a set, each the other one where it is missing.
fn ends(set: &Interval) -> [Option<Number>; 2] {
    let closed = |end: &End| end.value().filter(|_| end.is_closed() && !set.is_empty()).cloned();
    let (lower, upper) = (closed(set.lower()), closed(set.upper()));
    [lower.clone().or_else(|| upper.clone()), upper.or(lower)]
}

/// Whether every constraint holds at some values; a year of which nothing is known is that of its day.
#[must_use]
pub fn hold_at<'c>(
    constraints: impl IntoIterator<Item = &'c Constraint>,
    values: &mut [Option<Number>],
) -> bool {
    constraints.into_iter().all(|constraint| {
        if let Constraint::Year { day, year } = *constraint
            && value(values, year).is_none()
        {
            let found = value(values, day).and_then(year_of).map(Number::from);
            values.get_mut(index(year)).into_iter().for_each(|slot| slot.clone_from(&found));
        }
        constraint.vars().all(|var| value(values, var).is_some())
            && constraint.holds_at(&|var| value(values, var).cloned().unwrap_or_default())
    })
}

fn value(values: &[Option<Number>], var: Var) -> Option<&Number> {
    values.get(index(var)).and_then(Option::as_ref)
}

/// What becomes of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every choice in the hard sets satisfies its strong and its weak form.
    Holds,
    /// These values in the soft sets satisfy both forms.
    Consistent(Vec<Number>),
    /// No choice in the soft sets satisfies both forms, yet it is no contradiction.
    Tension(Certificate),
    /// No choice in the hard sets satisfies the strong form.
    Contradiction(Certificate),
    /// A limit was reached first.
    Undecided(Limit),
    /// A refutation was found that does not verify: a bug of ours, never an error of theirs.
    Unproved(Flaw),
}

/// Judges one instance. Linear in its size where interval arithmetic decides, which is nearly
/// always; otherwise the whole engine is at work, within the limits.
///
/// A certificate lists the bounds of variables that it uses, one row for each end (one for a
/// point), in the order of variables, then the constraints that it uses, strong before weak.
///
/// # Example
/// ```
/// use mizan::constraint::{Linear, Var};
/// use mizan::quantity::{Interval, Number};
/// use mizan::solve::{Instance, Limits, Variable, Verdict, judge};
///
/// let exactly = |n: i64| Variable::free(Interval::point(Number::from(n)), true);
/// let sum = [(Number::ONE, Var(0)), (Number::ONE, Var(1)), (Number::from(-1), Var(2))];
/// let adds_up = Linear::equal(sum, Number::ZERO);
/// let judged = |total| {
///     let vars = [exactly(19), exactly(24), exactly(total)];
///     let strong = [adds_up.clone().into()];
///     judge(&Instance { vars: vars.iter().collect(), strong: &strong, weak: &[] }, &Limits::default())
/// };
/// assert_eq!(judged(43), Verdict::Holds);
/// assert!(matches!(judged(42), Verdict::Contradiction(_)));
/// ```
#[must_use]
pub fn judge(instance: &Instance<'_>, limits: &Limits) -> Verdict {
    if always(instance) {
        return Verdict::Holds;
    }
    if let Some(witness) = at_an_end(instance, limits).or_else(|| single(instance, limits)) {
        return Verdict::Consistent(witness);
    }
    let both = instance.strong.iter().chain(instance.weak);
    let tension = match instance.attempt(|var| &var.soft, both, limits) {
        Outcome::Feasible(witness) => return Verdict::Consistent(witness),
        Outcome::Infeasible(refutation) => Ok(refutation.certificate),
        Outcome::Limit(limit) => Err(limit),
    };
    match (instance.attempt(|var| &var.hard, instance.strong.iter(), limits), tension) {
        (Outcome::Infeasible(refutation), _) => proved(refutation.certificate, Verdict::Contradiction),
        (_, Ok(certificate)) => proved(certificate, Verdict::Tension),
        (_, Err(limit)) => Verdict::Undecided(limit),
    }
}

fn proved(certificate: Certificate, verdict: fn(Certificate) -> Verdict) -> Verdict {
    match verify(&certificate) {
        Ok(()) => verdict(certificate),
        Err(flaw) => Verdict::Unproved(flaw),
    }
}

impl Instance<'_> {
    fn attempt<'c>(
        &self,
        sets: fn(&Variable) -> &Interval,
        rules: impl Iterator<Item = &'c Constraint>,
        limits: &Limits,
    ) -> Outcome {
        let bounds = self.vars.iter().enumerate().flat_map(|(place, var)| {
            Linear::bounds_of(name(place), sets(var)).into_iter().map(Constraint::Linear)
        });
        let constraints: Vec<Constraint> = bounds.chain(rules.cloned()).collect();
        let integral: Vec<bool> = self.vars.iter().map(|var| var.integral).collect();
        solve(&constraints, &integral, &mut Work::new(limits))
    }
}

/// The least or the greatest values of the soft sets, if the constraints hold there: the case that
/// most instances about dates are. A term without such an end takes what its rows leave it.
fn at_an_end(instance: &Instance<'_>, limits: &Limits) -> Option<Vec<Number>> {
    let rows: Vec<&Constraint> = instance.strong.iter().chain(instance.weak).collect();
    let soft = |var: usize| instance.vars.get(var).map_or_else(Interval::empty, |var| var.soft.clone());
    let whole = |var: usize| instance.vars.get(var).is_some_and(|var| var.integral);
    let view = View { known: &|_| None, domain: &soft, whole: &whole, bits: limits.bits };
    (0..2).find_map(|end| {
        let mut values: Vec<_> = instance.vars.iter().map(|var| var.end(end).cloned()).collect();
        let holds =
            complete(&rows, &view, &mut values).is_some() && hold_at(rows.iter().copied(), &mut values);
        holds.then(|| values.into_iter().collect()).flatten()
    })
}

/// Values in the soft sets for an instance that is one row, where they are easily found: the case
/// that nearly all others are.
fn single(instance: &Instance<'_>, limits: &Limits) -> Option<Vec<Number>> {
    let mut constraints = instance.strong.iter().chain(instance.weak);
    let linear = constraints.next()?.as_linear().filter(|_| constraints.next().is_none())?;
    let soft = |var: usize| instance.vars.get(var).map_or_else(Interval::empty, |var| var.soft.clone());
    let whole = |var: usize| instance.vars.get(var).is_some_and(|var| var.integral);
    let view = View { known: &|_| None, domain: &soft, whole: &whole, bits: limits.bits };
    let found = spread(linear, &view)?;
    let mut values: Vec<Option<Number>> = vec![None; instance.vars.len()];
    for (var, value) in found {
        *values.get_mut(var)? = Some(value);
    }
    let free = |(var, value): (usize, Option<Number>)| value.or_else(|| choose(&soft(var), whole(var)));
    let values: Vec<Number> = values.into_iter().enumerate().map(free).collect::<Option<_>>()?;
    linear.holds_at(&|var| values.get(index(var)).cloned().unwrap_or_default()).then_some(values)
}

/// Whether every choice in the hard sets satisfies every constraint. Variables range over their
/// sets independently, so that each constraint can be asked on its own.
fn always(instance: &Instance<'_>) -> bool {
    let mut sets: Vec<Cow<'_, Interval>> = instance.vars.iter().map(|var| var.possible()).collect();
    if sets.iter().any(|set| set.is_empty()) {
        return false;
    }
    let constraints = || instance.strong.iter().chain(instance.weak);
    let defined: Vec<Option<usize>> = constraints().map(|constraint| define(constraint, &mut sets)).collect();
    constraints().zip(&defined).all(|(constraint, defined)| defined.is_some() || entailed(constraint, &sets))
}

/// Takes a constraint on a variable of which nothing else is known for its definition: a product
/// or a year that a rule introduced, a state that a claim states.
fn define(constraint: &Constraint, sets: &mut [Cow<'_, Interval>]) -> Option<usize> {
    let set = |var| set(sets, var);
    let (var, values) = match *constraint {
        Constraint::Product { left, right, product } if product != left && product != right => {
            (product, set(left).mul(&set(right)))
        }
        Constraint::Year { day, year } => (year, years(&set(day))),
        Constraint::Word { var, word } => (var, Interval::point(Number::from(word))),
        _ => return None,
    };
    let place = sets.get_mut(index(var)).filter(|values| values.is_all())?;
    *place = Cow::Owned(values);
    Some(index(var))
}

fn set(sets: &[Cow<'_, Interval>], var: Var) -> Interval {
    sets.get(index(var)).map_or_else(Interval::all, |set| set.as_ref().clone())
}

fn entailed(constraint: &Constraint, sets: &[Cow<'_, Interval>]) -> bool {
    let set = |var| set(sets, var);
    let point = |values: Interval| values.as_point().cloned();
    match *constraint {
        Constraint::Linear(ref linear) => match values(linear, sets) {
            Some(sum) => linear.relation().holds(&sum, linear.bound()),
            None => linear.range(&set).is_subset(&linear.allowed()),
        },
        Constraint::Year { day, year } => {
            let found = point(years(&set(day)));
            found.is_some() && found == point(set(year))
        }
        Constraint::Word { var, word } => point(set(var)) == Some(Number::from(word)),
        Constraint::Same { left, right } => {
            left == right || point(set(left)).is_some_and(|word| Some(word) == point(set(right)))
        }
        Constraint::Product { left, right, product } => {
            let found = point(set(left).mul(&set(right)));
            found.is_some() && found == point(set(product))
        }
    }
}

/// The left side, when each of its variables has a single value.
fn values(linear: &Linear, sets: &[Cow<'_, Interval>]) -> Option<Number> {
    let value = |(coefficient, var): &(Number, Var)| {
        sets.get(index(*var)).and_then(|set| set.as_point()).map(|value| coefficient * value)
    };
    linear.terms().iter().map(value).sum()
}

/// The years of some days; beyond the years that can be counted, all.
fn years(days: &Interval) -> Interval {
    let year = |end: &End| match end.value() {
        None => End::Unbounded,
        Some(day) => year_of(day).map_or(End::Unbounded, |year| End::Closed(Number::from(year))),
    };
    Interval::new(year(days.lower()), year(days.upper()))
}
