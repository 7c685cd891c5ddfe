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
}

impl Variable {
    /// A term of which something is claimed.
    #[must_use]
    pub const fn new(hard: Interval, soft: Interval, integral: bool) -> Self {
        Self { hard, soft, integral }
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

    /// The least (0) or the greatest (1) value that a reader takes the words to mean; where there is no
    /// such end, the other one.
    #[must_use]
    pub fn end(&self, end: usize) -> Option<Number> {
        let set = self.possible(&self.soft);
        let closed = |end: &End| end.value().filter(|_| end.is_closed() && !set.is_empty()).cloned();
        let (lower, upper) = (set.lower(), set.upper());
        let [first, other] = if end == 0 { [lower, upper] } else { [upper, lower] };
        closed(first).or_else(|| closed(other))
    }

    /// Some values, and of these the whole ones where only those are possible.
    fn possible<'s>(&self, set: &'s Interval) -> Cow<'s, Interval> {
        let is_whole = |end: &End| end.value().is_none_or(|value| end.is_closed() && value.is_integer());
        if !self.integral || is_whole(set.lower()) && is_whole(set.upper()) {
            Cow::Borrowed(set)
        } else {
            Cow::Owned(set.whole())
        }
    }
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
        match constraint {
            Constraint::Linear(linear) => linear
                .sum_at(&|var| value(values, var))
                .is_some_and(|sum| linear.relation().holds(&sum, linear.bound())),
            other => {
                other.vars().all(|var| value(values, var).is_some())
                    && other.holds_at(&|var| value(values, var).cloned().unwrap_or_default())
            }
        }
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
        let bounds = self
            .vars
            .iter()
            .enumerate()
            .flat_map(|(place, var)| Linear::bounds_of(name(place), sets(var)).map(Constraint::Linear));
        let constraints: Vec<Constraint> = bounds.chain(rules.cloned()).collect();
        let integral: Vec<bool> = self.vars.iter().map(|var| var.integral).collect();
        solve(&constraints, &integral, &mut Work::new(limits))
    }
}

/// The least or the greatest values of the soft sets, if the constraints hold there: the case that
/// most instances about dates are. A term without such an end takes what its rows leave it.
fn at_an_end(instance: &Instance<'_>, limits: &Limits) -> Option<Vec<Number>> {
    let rows = || instance.strong.iter().chain(instance.weak);
    let soft = |var: usize| instance.vars.get(var).map_or_else(Interval::empty, |var| var.soft.clone());
    let whole = |var: usize| instance.vars.get(var).is_some_and(|var| var.integral);
    let view = View { known: &|_| None, domain: &soft, whole: &whole, bits: limits.bits };
    let mut values = Vec::with_capacity(instance.vars.len());
    let found = (0..2).any(|end| {
        values.clear();
        values.extend(instance.vars.iter().map(|var| var.end(end)));
        complete(&rows(), &view, &mut values).is_some() && hold_at(rows(), &mut values)
    });
    if found { values.into_iter().collect() } else { None }
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
    let mut sets = Sets { vars: &instance.vars, defined: Vec::new() };
    if instance.vars.iter().any(|var| var.possible(&var.hard).is_empty()) {
        return false;
    }
    let constraints = || instance.strong.iter().chain(instance.weak);
    constraints().for_each(|constraint| sets.define(constraint));
    constraints().all(|constraint| sets.entail(constraint))
}

/// What each variable can be by itself.
struct Sets<'i> {
    vars: &'i [&'i Variable],
    /// By variable the constraint that defines it, and what it can be then; empty where none does.
    defined: Vec<Option<(&'i Constraint, Interval)>>,
}

impl<'i> Sets<'i> {
    /// Takes a constraint on a variable of which nothing else is known for its definition: a product
    /// or a year that a rule introduced, a state that a claim states.
    fn define(&mut self, constraint: &'i Constraint) {
        let Some((var, values)) = self.told(constraint) else { return };
        let of_itself = |factor: &Var| matches!(constraint, Constraint::Product { .. }) && *factor == var;
        if self.of(var).is_all() && constraint.vars().filter(of_itself).count() < 2 {
            self.defined.resize(self.vars.len(), None);
            if let Some(slot) = self.defined.get_mut(index(var)) {
                *slot = Some((constraint, values));
            }
        }
    }

    fn entail(&self, constraint: &Constraint) -> bool {
        match constraint {
            Constraint::Linear(linear) => match linear.sum_at(&|var| self.point(var)) {
                Some(sum) => linear.relation().holds(&sum, linear.bound()),
                None => linear.is_entailed(&|var| self.of(var)),
            },
            Constraint::Same { left, right } => {
                let word = self.point(*left);
                left == right || word.is_some() && word == self.point(*right)
            }
            _ => self.told(constraint).is_some_and(|(var, values)| {
                let definition = self.defined.get(index(var)).and_then(Option::as_ref);
                let defines = definition.is_some_and(|(by, _)| std::ptr::eq(*by, constraint));
                defines || values.as_point().is_some() && values.as_point() == self.of(var).as_point()
            }),
        }
    }

    /// The variable of which a product, a year or a word says what it is, and its values.
    fn told(&self, constraint: &Constraint) -> Option<(Var, Interval)> {
        match *constraint {
            Constraint::Product { left, right, product } => {
                Some((product, self.of(left).mul(&self.of(right))))
            }
            Constraint::Year { day, year } => Some((year, years(&self.of(day)))),
            Constraint::Word { var, word } => Some((var, Interval::point(Number::from(word)))),
            Constraint::Linear(_) | Constraint::Same { .. } => None,
        }
    }

    fn of(&self, var: Var) -> Cow<'_, Interval> {
        match (self.defined.get(index(var)), self.vars.get(index(var))) {
            (Some(Some((_, values))), _) => Cow::Borrowed(values),
            (_, Some(var)) => var.possible(&var.hard),
            _ => Cow::Owned(Interval::all()),
        }
    }

    fn point(&self, var: Var) -> Option<&Number> {
        match self.defined.get(index(var)) {
            Some(Some((_, values))) => values.as_point(),
            _ => self.vars.get(index(var))?.hard.as_point(),
        }
    }
}

/// The years of some days; beyond the years that can be counted, all.
fn years(days: &Interval) -> Interval {
    let year = |end: &End| match end.value() {
        None => End::Unbounded,
        Some(day) => year_of(day).map_or(End::Unbounded, |year| End::Closed(Number::from(year))),
    };
    Interval::new(year(days.lower()), year(days.upper()))
}
