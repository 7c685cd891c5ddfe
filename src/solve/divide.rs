//! What common divisors forbid once known numbers are put in: `2x − 2y = z` where `z = 1`.
//!
//! Splits would never end on such a row, for `x` and `y` go on for ever side by side.

use crate::constraint::{Linear, Relation, Var};
use crate::quantity::Number;
use crate::solve::ledger::{Conflict, Ledger, Reason, index, sum};
use crate::solve::propagate::{Link, Network, is_rounded};
use crate::solve::{Limit, Work};

/// An equality of whole numbers that no whole numbers satisfy, now that some of them are known.
pub(super) fn indivisible(
    network: &Network,
    ledger: &mut Ledger<'_>,
    work: &mut Work,
) -> Result<Option<Conflict>, Limit> {
    for (row, link) in &network.links {
        let Link::Linear(linear) = link else { continue };
        let whole = linear.vars().all(|var| ledger.is_integral(index(var)));
        if linear.relation() != Relation::Equal || !whole || is_rounded(linear) {
            continue;
        }
        work.step(linear.terms().len())?;
        let (known, open): (Vec<_>, Vec<_>) =
            linear.terms().iter().cloned().partition(|(_, var)| ledger.fixed(index(*var)).is_some());
        let value = |(factor, var): &(Number, Var)| ledger.fixed(index(*var)).map(|value| factor * value);
        let told = known.iter().filter_map(value).fold(Number::ZERO, |sum, value| sum + value);
        let left = Linear::equal(open, linear.bound() - &told).rounded();
        if !known.is_empty()
            && left.is_some_and(|left| left.is_false())
            && let Some(conflict) = refute(ledger, *row, &known)
        {
            return Ok(Some(conflict));
        }
    }
    Ok(None)
}

/// Both halves of the row, the known numbers put in, divided and rounded: they exclude each other.
fn refute(ledger: &mut Ledger<'_>, row: usize, known: &[(Number, Var)]) -> Option<Conflict> {
    let mut halves = Vec::new();
    for sign in [Number::ONE, -Number::ONE] {
        let turned = known.iter().map(|(factor, var)| (factor * &sign, *var));
        let mut parts = ledger.eliminate(&Linear::at_most(turned, Number::ZERO), None, ledger.next_row())?;
        parts.insert(0, (row, sign));
        let rows: Vec<_> =
            parts.iter().filter_map(|(row, times)| Some((ledger.linear(*row)?, times))).collect();
        let half = sum(rows.into_iter());
        let rounded = half.rounded()?;
        let combined = ledger.derive(half, Reason::Combine(parts));
        let is_false = rounded.is_false();
        let derived = ledger.derive(rounded, Reason::Round(combined));
        if is_false {
            return Some(Conflict(derived));
        }
        halves.push((derived, Number::ONE));
    }
    Some(ledger.contradict(halves))
}
