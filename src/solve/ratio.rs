//! Two whole numbers of which only the ratio is told: «up 194.5 %» from a count that nobody gives.
//!
//! The room is a wedge, and splits on whole numbers would climb it step by step:
//!
//! ```text
//!  grown │       ⟋ ⟋     the first whole pair between the two lines
//!        │    ⟋ ⟋        is 162 from 55
//!        │ ⟋ ⟋
//!        └────────── base
//! ```

use crate::constraint::Linear;
use crate::quantity::whole::{Search, first_pair};
use crate::quantity::{End, Interval, Number};
use crate::solve::ledger::{Ledger, name};
use crate::solve::propagate::{Link, Network};
use crate::solve::witness::{Values, satisfied, set};

/// So many numbers are looked at; the splits that follow get further than that.
const MOST: usize = 200;

/// Gives two whole numbers that share a ratio the least values that have it; if there are none so near,
/// or something else joins them, it leaves both without one.
pub(super) fn guess(network: &Network, ledger: &Ledger<'_>, vars: &[usize], values: &mut Values) -> bool {
    let [base, grown] = *vars else { return false };
    if !ledger.is_integral(base) || !ledger.is_integral(grown) {
        return false;
    }
    let told = network.links_on(vars).filter_map(|(_, link)| match link {
        Link::Linear(linear) => ratio(linear, base, grown),
        _ => None,
    });
    let ratio = told.fold(Interval::all(), |known, told| known.intersect(&told));
    let Search::Found { base: before, grown: after } =
        first_pair(&ledger.interval(base), &ledger.interval(grown), &ratio, MOST)
    else {
        return false;
    };
    set(values, base, Some(before));
    set(values, grown, Some(after));
    let found = satisfied(network, vars, values);
    if !found {
        set(values, base, None);
        set(values, grown, None);
    }
    found
}

/// What a row says of `grown / base`, where it speaks of nothing else and `base` is above zero.
fn ratio(linear: &Linear, base: usize, grown: usize) -> Option<Interval> {
    let factor = |wanted| linear.terms().iter().find(|(_, var)| *var == name(wanted)).map(|term| &term.0);
    let (of_base, of_grown) = (factor(base)?, factor(grown)?);
    let allowed = linear.allowed();
    let is_zero = |end: &End| end.value().is_none_or(Number::is_zero);
    let is_wedge = linear.terms().len() == 2 && is_zero(allowed.lower()) && is_zero(allowed.upper());
    Some(allowed.shift(&-of_base).scale(&of_grown.recip()?)).filter(|_| is_wedge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constraint::{Ingredient, Problem, Var};
    use crate::solve::{Decision, Limits, decide};

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    /// Whole numbers `x0` and `x1` above 0 with `low·x0 ≤ x1 ≤ high·x0`.
    fn wedge(low: &str, high: &str) -> Problem {
        let row = |first: Number, second: i64| {
            Linear::at_most([(first, Var(0)), (second.into(), Var(1))], Number::ZERO)
        };
        let rows = [row(number(low), -1), row(-number(high), 1)];
        let positive = Linear::at_least([(Number::ONE, Var(0))], &Number::ONE);
        Problem {
            integral: vec![true, true],
            ingredients: vec![
                Ingredient::claim(rows.map(Into::into), 1),
                Ingredient::claim([positive.into()], 1),
            ],
        }
    }

    #[test]
    fn the_first_pair_is_found_without_splits() {
        let limits = Limits { splits: 0, ..Limits::default() };
        let Decision::Feasible(found) = decide(&wedge("2.9445", "2.9455"), &[0, 1], &limits) else {
            panic!()
        };
        assert_eq!([found.get(Var(0)), found.get(Var(1))], [Some(&number("55")), Some(&number("162"))]);
    }
}
