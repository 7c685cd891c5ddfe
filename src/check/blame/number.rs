//! What is wrong with a numbered event may be its number: the one that the years of the others leave it.

use super::Blame;
use crate::checks::{Variable, resolve, words};
use crate::fact::{FactId, PointId};
use crate::quantity::{Interval, Number};
use crate::solve::{self, Limits};

impl Blame<'_, '_> {
    /// The numbers that the event of a claim could have when its date stays and the rest holds, where its
    /// own is not among them; and whether a slip explains one.
    pub(super) fn renumbered(&self, claim: usize, fact: FactId, rest: &[usize]) -> Option<(bool, String)> {
        let base = self.run.context.base;
        let point = base.fact(fact).point;
        let written = base.point(point).ordinal?;
        let counts = |place: &usize| self.numbers(*place, point, &|_| Interval::all()).is_some();
        let (counting, mut others): (Vec<usize>, Vec<usize>) = rest.iter().copied().partition(counts);
        others.push(claim);
        let years = |point: PointId| {
            let start = self.world.find(Variable::Start(point));
            let found = start.map(|var| solve::project(&self.problem, &others, var, &Limits::default()));
            found.and_then(Result::ok).map_or_else(Interval::all, |found| words::years(&found.values))
        };
        let numbers = counting.iter().filter_map(|place| self.numbers(*place, point, &years));
        let left = numbers.fold(Interval::all(), |all, some| all.intersect(&some));
        let needed = left.intersect(&Interval::at_least(Number::ONE));
        let is_known = left.upper().value().is_some() && !needed.is_empty();
        if !is_known || needed.contains(&Number::from(written)) {
            return None;
        }
        let told = if left.lower().value().is_some() { &needed } else { &left };
        let slip = resolve::slip_of(&written.to_string(), &needed);
        let why = slip.as_ref().map(|slip| format!(" ({slip})")).unwrap_or_default();
        Some((slip.is_some(), format!("or number {written} → {}{why}", words::interval(told))))
    }

    /// The numbers that a rule in force leaves an event by the years of its events.
    fn numbers(&self, place: usize, point: PointId, years: &dyn Fn(PointId) -> Interval) -> Option<Interval> {
        let (check, nth) = (*self.rules.get(place)?)?;
        self.run.checks.get(check)?.numbers(nth, point, years)
    }
}
