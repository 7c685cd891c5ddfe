//! Propagation: every constraint narrows the bounds of its variables until nothing moves.
//!
//! Only constraints whose variables changed are looked at again. Each narrowing notes the row it
//! comes from; the [`ledger`](crate::solve::ledger) finds its premises when a proof asks.

use std::collections::VecDeque;

use crate::constraint::{Constraint, Linear, Relation, Var, days_of, year_of};
use crate::quantity::{Interval, Number};
use crate::solve::ledger::{Conflict, Ledger, Reason, RowId, Side, index};
use crate::solve::{Limit, Work};

/// The constraints between variables, and for each variable the ones that it takes part in.
#[derive(Debug)]
pub(super) struct Network {
    pub(super) links: Vec<(RowId, Link)>,
    occurrences: Vec<Vec<usize>>,
}

/// A constraint between variables.
#[derive(Debug)]
pub(super) enum Link {
    Linear(Linear),
    Year { day: usize, year: usize },
    Product { left: usize, right: usize, product: usize },
}

impl Network {
    /// Rows over whole numbers alone are rounded first: what their common divisor forbids shows
    /// at once.
    pub(super) fn new(ledger: &mut Ledger<'_>) -> Result<Self, Conflict> {
        let mut links = Vec::new();
        for (row, constraint) in ledger.given().iter().enumerate() {
            match constraint {
                Constraint::Linear(linear) if linear.terms().len() > 1 => {
                    links.push(rounded(ledger, row, linear)?);
                }
                Constraint::Year { day, year } => {
                    links.push((row, Link::Year { day: index(*day), year: index(*year) }));
                }
                Constraint::Product { left, right, product } => {
                    let [left, right, product] = [left, right, product].map(|var| index(*var));
                    links.push((row, Link::Product { left, right, product }));
                }
                Constraint::Linear(_) | Constraint::Word { .. } | Constraint::Same { .. } => {}
            }
        }
        let mut occurrences = vec![Vec::new(); ledger.vars()];
        for (place, (_, link)) in links.iter().enumerate() {
            for var in link.vars() {
                if let Some(list) = occurrences.get_mut(var) {
                    list.push(place);
                }
            }
        }
        Ok(Self { links, occurrences })
    }

    /// The places in `links` of the constraints on a variable.
    pub(super) fn around(&self, var: usize) -> &[usize] {
        self.occurrences.get(var).map_or(&[], Vec::as_slice)
    }

    /// The constraints on any of these variables, each once.
    pub(super) fn links_on(&self, vars: &[usize]) -> impl Iterator<Item = &(RowId, Link)> {
        let mut places: Vec<usize> = vars.iter().flat_map(|var| self.around(*var)).copied().collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(|place| self.links.get(place))
    }
}

impl Link {
    pub(super) fn vars(&self) -> Vec<usize> {
        match self {
            Self::Linear(linear) => linear.vars().map(index).collect(),
            Self::Year { day, year } => vec![*day, *year],
            Self::Product { left, right, product } => vec![*left, *right, *product],
        }
    }
}

/// Whether a row over whole numbers cannot say more than it does: the common case, told at a glance.
/// Known whole numbers put in change nothing of that.
pub(super) fn is_rounded(linear: &Linear) -> bool {
    let one = |(factor, _): &(Number, Var)| factor.abs() == Number::ONE;
    linear.relation() != Relation::Less && linear.bound().is_integer() && linear.terms().iter().all(one)
}

/// The row, or what it says of whole numbers alone when that is more.
fn rounded(ledger: &mut Ledger<'_>, row: RowId, linear: &Linear) -> Result<(RowId, Link), Conflict> {
    let given = || Ok((row, Link::Linear(linear.clone())));
    let whole = linear.vars().all(|var| ledger.is_integral(index(var)));
    // A row without a common divisor says no more when its bound is whole, as 0 is by whatever it is divided.
    let is_exact = |linear: &Linear| linear.bound().is_integer() && linear.relation() != Relation::Less;
    if !whole || is_rounded(linear) || linear.bound().is_zero() && is_exact(linear) {
        return given();
    }
    if linear.primitive().is_none_or(|(row, _)| is_exact(&row)) {
        return given();
    }
    let Some(rounded) = linear.rounded() else { return given() };
    let row = ledger.derive(rounded.clone(), Reason::Round(row));
    if rounded.is_false() { Err(Conflict(row)) } else { Ok((row, Link::Linear(rounded))) }
}

/// Narrows bounds to a fixpoint, or until the ledger holds back; `from` are the links to begin
/// with.
pub(super) fn propagate(
    network: &Network,
    ledger: &mut Ledger<'_>,
    from: impl IntoIterator<Item = usize>,
    work: &mut Work,
) -> Result<Result<(), Conflict>, Limit> {
    let mut queue = Queue::new(network.links.len());
    from.into_iter().for_each(|place| queue.push(place));
    while let Some(place) = queue.pop() {
        let Some((row, link)) = network.links.get(place) else { continue };
        let mut pass = Pass { ledger, changed: Vec::new() };
        let outcome = match link {
            Link::Linear(linear) => {
                work.step(linear.terms().len())?;
                pass.linear(*row, linear)
            }
            Link::Year { day, year } => pass.calendar(*row, *day, *year),
            Link::Product { left, right, product } => pass.product(*row, *left, *right, *product),
        };
        if let Err(conflict) = outcome {
            return Ok(Err(conflict));
        }
        for var in pass.changed {
            network.around(var).iter().for_each(|place| queue.push(*place));
        }
    }
    Ok(Ok(()))
}

/// Links to look at, each at most once at a time, first come first served: bounds then travel
/// outwards from where they are known, the nearest first.
struct Queue {
    waiting: VecDeque<usize>,
    queued: Vec<bool>,
}

impl Queue {
    fn new(links: usize) -> Self {
        Self { waiting: VecDeque::new(), queued: vec![false; links] }
    }

    fn push(&mut self, place: usize) {
        if let Some(queued) = self.queued.get_mut(place)
            && !std::mem::replace(queued, true)
        {
            self.waiting.push_back(place);
        }
    }

    fn pop(&mut self) -> Option<usize> {
        let place = self.waiting.pop_front()?;
        if let Some(queued) = self.queued.get_mut(place) {
            *queued = false;
        }
        Some(place)
    }
}

/// One look at one constraint.
struct Pass<'l, 'a> {
    ledger: &'l mut Ledger<'a>,
    changed: Vec<usize>,
}

impl Pass<'_, '_> {
    fn tighten(
        &mut self,
        var: usize,
        side: Side,
        end: (Number, bool),
        reason: Reason,
    ) -> Result<(), Conflict> {
        if self.ledger.tighten(var, side, end, reason)? {
            self.changed.push(var);
        }
        Ok(())
    }

    fn linear(&mut self, row: RowId, linear: &Linear) -> Result<(), Conflict> {
        self.half(row, linear, false)?;
        if linear.relation() == Relation::Equal {
            self.half(row, linear, true)?;
        }
        Ok(())
    }

    /// `Σ aᵢxᵢ ≤ b`, or `≥` when turned: what the others must take of `b` is what is lost to each.
    ///
    /// ```text
    ///   0 ├──────── least of x₁ ────────┼─ least of x₂ ─┼───── slack ─────┤ b
    ///                                                   └ x₃ can take this
    /// ```
    fn half(&mut self, row: RowId, linear: &Linear, turned: bool) -> Result<(), Conflict> {
        let mut leasts = Vec::with_capacity(linear.terms().len());
        let mut slack = linear.bound().clone();
        let (mut unbounded, mut strict_leasts) = (0, 0);
        for (coefficient, var) in linear.terms() {
            let least = self.least(coefficient, index(*var), turned);
            match &least {
                Some((least, strict)) => {
                    slack -= least;
                    strict_leasts += usize::from(*strict);
                }
                None => unbounded += 1,
            }
            leasts.push(least);
        }
        if unbounded > 1 {
            return Ok(());
        }
        let strict_row = linear.relation() == Relation::Less;
        let over = if turned { slack.is_positive() } else { slack.is_negative() };
        if unbounded == 0 && (over || (slack.is_zero() && (strict_row || strict_leasts > 0))) {
            return Err(self.overdrawn(row, linear, turned));
        }
        for ((coefficient, var), least) in linear.terms().iter().zip(&leasts) {
            let (room, strict) = match least {
                Some((least, strict)) if unbounded == 0 => {
                    (&slack + least, strict_leasts > usize::from(*strict))
                }
                None => (slack.clone(), strict_leasts > 0),
                Some(_) => continue,
            };
            let Some(end) = room.checked_div(coefficient) else { continue };
            let side = if coefficient.is_positive() == turned { Side::Lower } else { Side::Upper };
            self.tighten(index(*var), side, (end, strict_row || strict), Reason::Narrow(row))?;
        }
        Ok(())
    }

    /// The least value of `coefficient · x` (when turned, the greatest), and whether it is
    /// excluded.
    fn least(&self, coefficient: &Number, var: usize, turned: bool) -> Option<(Number, bool)> {
        let side = if coefficient.is_positive() == turned { Side::Upper } else { Side::Lower };
        let bound = self.ledger.bound(var, side)?;
        Some((coefficient * &bound.value, bound.strict))
    }

    /// Even the least values together exceed the bound.
    fn overdrawn(&mut self, row: RowId, linear: &Linear, turned: bool) -> Conflict {
        let sign = if turned { Number::from(-1) } else { Number::ONE };
        explain(self.ledger, vec![(row, sign.clone())], &[(linear, &sign)]).unwrap_or(Conflict(row))
    }

    fn calendar(&mut self, row: RowId, day: usize, year: usize) -> Result<(), Conflict> {
        for side in [Side::Lower, Side::Upper] {
            if let Some(bound) = self.ledger.bound(day, side).cloned()
                && let Some(end) = year_of(&bound.value)
            {
                let reason = Reason::Calendar { year: row, bound: bound.row };
                self.tighten(year, side, (Number::from(end), false), reason)?;
            }
            if let Some(bound) = self.ledger.bound(year, side).cloned() {
                let end = match side {
                    Side::Lower => days_of(&bound.value.ceil()).map(|days| days.0),
                    Side::Upper => days_of(&bound.value.floor()).map(|days| days.1),
                };
                let Some(end) = end else { continue };
                let reason = Reason::Calendar { year: row, bound: bound.row };
                self.tighten(day, side, (end, false), reason)?;
            }
        }
        Ok(())
    }

    fn product(&mut self, row: RowId, left: usize, right: usize, product: usize) -> Result<(), Conflict> {
        for side in [Side::Lower, Side::Upper] {
            // Each end from the bounds of its own moment: a variable may stand here twice.
            let values = self.ledger.interval(left).mul(&self.ledger.interval(right));
            self.within(row, product, side, &values)?;
            for (factor, other) in [(left, right), (right, left)] {
                if factor != product {
                    let values = self.ledger.interval(product).div(&self.ledger.interval(other));
                    self.within(row, factor, side, &values)?;
                }
            }
        }
        Ok(())
    }

    fn within(&mut self, row: RowId, var: usize, side: Side, values: &Interval) -> Result<(), Conflict> {
        let end = match side {
            Side::Lower => values.lower(),
            Side::Upper => values.upper(),
        };
        match end.value() {
            // An empty quotient is told by the product, whose bounds then exclude each other.
            Some(value) if !values.is_empty() => {
                let end = (value.clone(), !end.is_closed());
                self.tighten(var, side, end, Reason::Multiply(row))
            }
            _ => Ok(()),
        }
    }
}

/// A falsehood from multiples of rows: what is left of any variable, its bounds take away.
/// `None` when a bound is missing, and so the rows refute nothing.
pub(super) fn explain(
    ledger: &mut Ledger<'_>,
    mut parts: Vec<(RowId, Number)>,
    rows: &[(&Linear, &Number)],
) -> Option<Conflict> {
    let total = crate::solve::ledger::sum(rows.iter().map(|(row, times)| ((*row).clone(), *times)));
    let time = ledger.next_row();
    parts.extend(ledger.eliminate(&total, None, time)?);
    Some(ledger.contradict(parts))
}
