//! [`solve`]: values for a system of constraints, or a proof that there are none.
//!
//! ```text
//! words ─▶ bounds ─▶ propagation ─▶ pieces that still hang together, each:
//!                                   guesses ─▶ simplex ─▶ split on a whole number ─▶ …
//! ```

use std::collections::VecDeque;

use crate::constraint::certificate::MAX_DEPTH;
use crate::constraint::{Constraint, Var, known_days, known_years};
use crate::quantity::Number;
use crate::solve::divide::indivisible;
use crate::solve::ledger::{Conflict, Ledger, Reason, RowId, Side, index, name};
use crate::solve::proof::{Part, Refutation};
use crate::solve::propagate::{Link, Network, explain, propagate};
use crate::solve::tableau::Tableau;
use crate::solve::witness::{Values, at_ends, at_given, guess, satisfied, set};
use crate::solve::{Limit, Work, ratio, words};

/// From this depth on a split halves the narrowest bounded set, so that it is soon exhausted.
const HALVING_DEPTH: usize = 16;

/// What is known of a system in the end.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Values for all variables; those of words are the words' numbers.
    Feasible(Vec<Number>),
    Infeasible(Refutation),
    Limit(Limit),
}

/// Decides constraints over variables `0..integral.len()`.
pub(super) fn solve(constraints: &[Constraint], integral: &[bool], work: &mut Work) -> Outcome {
    let mut values = match words::assign(constraints, integral.len()) {
        Ok(values) => values,
        Err(path) => return Outcome::Infeasible(Part::words(path).certify(constraints)),
    };
    let mut ledger = Ledger::new(constraints, integral, &work.limits);
    let refuted = match refute(&mut ledger, &mut values, work) {
        Err(limit) => return Outcome::Limit(limit),
        Ok(refuted) => refuted,
    };
    match refuted {
        None => feasible(constraints, values),
        Some(part) => Outcome::Infeasible(part.since(&ledger, constraints.len()).certify(constraints)),
    }
}

/// The values, which are looked at once more: what is said to be possible must be.
fn feasible(constraints: &[Constraint], values: Values) -> Outcome {
    let values: Vec<Number> = values.into_iter().map(Option::unwrap_or_default).collect();
    let at = |var: Var| values.get(index(var)).cloned().unwrap_or_default();
    if constraints.iter().all(|constraint| constraint.holds_at(&at)) {
        Outcome::Feasible(values)
    } else {
        Outcome::Limit(Limit::Digits)
    }
}

fn refute(ledger: &mut Ledger<'_>, values: &mut Values, work: &mut Work) -> Result<Option<Part>, Limit> {
    if let Err(conflict) = ledger.take_given() {
        return Ok(Some(Part::leaf(conflict)));
    }
    if let Some(found) = at_given(ledger, values) {
        *values = found;
        return Ok(None);
    }
    let network = match Network::new(ledger) {
        Ok(network) => network,
        Err(conflict) => return Ok(Some(Part::leaf(conflict))),
    };
    // Bounds would climb a wedge as splits do.
    let open: Vec<usize> =
        (0..).zip(&*values).filter(|(_, value)| value.is_none()).map(|(var, _)| var).collect();
    if ratio::guess(&network, ledger, &open, values) {
        return Ok(None);
    }
    if let Err(conflict) = propagate(&network, ledger, 0..network.links.len(), work)? {
        return Ok(Some(Part::leaf(conflict)));
    }
    if let Some(conflict) = indivisible(&network, ledger, work)? {
        return Ok(Some(Part::leaf(conflict)));
    }
    for (var, value) in values.iter_mut().enumerate() {
        *value = value.take().or_else(|| ledger.fixed(var).cloned());
    }
    for vars in pieces(&network, values) {
        let mut piece = Piece { network: &network, ledger, work, vars };
        if let Some(part) = piece.refute(values, 0)? {
            return Ok(Some(part));
        }
    }
    Ok(None)
}

/// The variables without a value, in sets that only constraints within a set join.
pub(super) fn pieces(network: &Network, values: &Values) -> Vec<Vec<usize>> {
    let mut seen: Vec<bool> = values.iter().map(Option::is_some).collect();
    let mut mark = |var: usize| seen.get_mut(var).is_some_and(|seen| !std::mem::replace(seen, true));
    let mut pieces = Vec::new();
    for start in 0..values.len() {
        if !mark(start) {
            continue;
        }
        let mut piece = Vec::new();
        let mut waiting = VecDeque::from([start]);
        while let Some(var) = waiting.pop_front() {
            let links = network.around(var).iter().filter_map(|place| network.links.get(*place));
            waiting.extend(links.flat_map(|(_, link)| link.vars()).filter(|var| mark(*var)));
            piece.push(var);
        }
        pieces.push(piece);
    }
    pieces
}

/// Variables that hang together, with what is known of them.
struct Piece<'p, 'a> {
    network: &'p Network,
    ledger: &'p mut Ledger<'a>,
    work: &'p mut Work,
    vars: Vec<usize>,
}

impl Piece<'_, '_> {
    /// A proof that the piece cannot hold, or values for its variables and `None`.
    fn refute(&mut self, values: &mut Values, depth: usize) -> Result<Option<Part>, Limit> {
        if guess(self.network, self.ledger, &self.vars, values) {
            return Ok(None);
        }
        let mut ends = |side| at_ends(self.network, self.ledger, &self.vars, values, side);
        if ends(Side::Lower)
            || ends(Side::Upper)
            || ratio::guess(self.network, self.ledger, &self.vars, values)
        {
            return Ok(None);
        }
        if let Some(conflict) = self.linear(values)? {
            return Ok(Some(Part::leaf(conflict)));
        }
        match self.branch(values, depth) {
            None if satisfied(self.network, &self.vars, values) => Ok(None),
            None => Err(Limit::Products),
            Some((var, at)) => match self.confine(depth)? {
                Some(conflict) => Ok(Some(Part::leaf(conflict))),
                None => self.split(var, at, values, depth),
            },
        }
    }

    /// Keeps days and years within the calendar before the first split, so that splits come to an
    /// end. Not earlier: nobody wants to read that a day is before the year 10,000.
    fn confine(&mut self, depth: usize) -> Result<Option<Conflict>, Limit> {
        if depth > 0 {
            return Ok(None);
        }
        for (row, link) in self.network.links_on(&self.vars) {
            let Link::Year { day, year } = link else { continue };
            for (var, values) in [(*day, known_days()), (*year, known_years())] {
                for (side, end) in [(Side::Lower, values.lower()), (Side::Upper, values.upper())] {
                    let Some(value) = end.value() else { continue };
                    let reason = Reason::Calendar { year: *row, bound: *row };
                    if let Err(conflict) = self.ledger.tighten(var, side, (value.clone(), false), reason) {
                        return Ok(Some(conflict));
                    }
                }
            }
        }
        let links = self.vars.iter().flat_map(|var| self.network.around(*var)).copied();
        Ok(propagate(self.network, self.ledger, links, self.work)?.err())
    }

    /// Asks the simplex about the linear constraints; without a conflict the values solve them
    /// over the rationals.
    fn linear(&mut self, values: &mut Values) -> Result<Option<Conflict>, Limit> {
        let Tableau { mut simplex, columns, rows } = Tableau::new(self.network, self.ledger, &self.vars);
        if let Some(multipliers) = simplex.solve(self.work)? {
            let row = |(place, factor): &(usize, Number)| {
                rows.get(*place).map(|(row, linear)| (*row, *linear, factor.clone()))
            };
            let times: Vec<_> = multipliers.iter().filter_map(row).collect();
            let parts = times.iter().map(|(row, _, factor)| (*row, factor.clone())).collect();
            let sums: Vec<_> = times.iter().map(|(_, linear, factor)| (*linear, factor)).collect();
            return explain(self.ledger, parts, &sums).ok_or(Limit::Digits).map(Some);
        }
        for (var, value) in columns.iter().zip(simplex.point()) {
            set(values, *var, Some(value));
        }
        for var in &self.vars {
            if let Some(value) = self.ledger.fixed(*var) {
                set(values, *var, Some(value.clone()));
            }
        }
        Ok(None)
    }

    /// A whole number to split on, and where: one whose value is a fraction, or one of a broken
    /// calendar or product. `None` when nothing of the kind is wrong.
    fn branch(&self, values: &Values, depth: usize) -> Option<(usize, Number)> {
        let value = |var: usize| values.get(var).and_then(Option::as_ref);
        let whole = |var: &usize| self.ledger.is_integral(*var);
        let open = |var: &usize| whole(var) && self.ledger.fixed(*var).is_none();
        let fraction = |var: &usize| value(*var).is_some_and(|value| !value.is_integer());
        let broken = self.vars.iter().copied().find(|var| whole(var) && fraction(var));
        let bent: Vec<usize> = self.bent(values).filter(open).collect();
        let var = broken.or_else(|| bent.first().copied())?;
        if depth >= HALVING_DEPTH || broken.is_none() {
            let among = if broken.is_none() { &bent } else { &self.vars };
            let widths =
                among.iter().filter(|var| open(var)).filter_map(|var| Some((self.width(*var)?, *var)));
            if let Some((_, var)) = widths.min() {
                return Some((var, self.middle(var)?));
            }
        }
        let at = value(var)?.floor();
        // A value that is whole may be the greatest: the split must leave something out.
        let upper = self.ledger.bound(var, Side::Upper).map(|bound| &bound.value);
        let beyond = upper.is_some_and(|upper| at >= *upper);
        Some((var, if beyond { at - Number::ONE } else { at }))
    }

    /// The variables of the constraints that are not linear and that the values break.
    fn bent<'s>(&'s self, values: &'s Values) -> impl Iterator<Item = usize> + 's {
        let at = |var: Var| values.get(index(var)).cloned().flatten().unwrap_or_default();
        let curved = self.network.links_on(&self.vars).filter(|(_, link)| !matches!(link, Link::Linear(_)));
        let constraint = |(row, _): &&(RowId, Link)| self.ledger.given().get(*row);
        let broken = curved.filter_map(move |link| constraint(&link));
        broken
            .filter(move |constraint| !constraint.holds_at(&at))
            .flat_map(|constraint| constraint.vars().rev().map(index))
    }

    fn width(&self, var: usize) -> Option<Number> {
        let lower = self.ledger.bound(var, Side::Lower)?;
        let upper = self.ledger.bound(var, Side::Upper)?;
        Some(&upper.value - &lower.value)
    }

    fn middle(&self, var: usize) -> Option<Number> {
        let lower = self.ledger.bound(var, Side::Lower)?;
        Some((&lower.value + &(self.width(var)? * Number::HALF)).floor())
    }

    fn split(
        &mut self,
        var: usize,
        at: Number,
        values: &mut Values,
        depth: usize,
    ) -> Result<Option<Part>, Limit> {
        if depth >= MAX_DEPTH {
            return Err(Limit::Splits);
        }
        self.work.split()?;
        let hypothesis = self.ledger.next_row();
        let rest = &at + &Number::ONE;
        let mut halves = Vec::with_capacity(2);
        for (side, end) in [(Side::Upper, at.clone()), (Side::Lower, rest)] {
            let half = self.half(var, side, end, values, depth)?;
            let half = half.map(|part| part.since(self.ledger, hypothesis));
            self.ledger.rewind(hypothesis);
            match half {
                None => return Ok(None),
                // It never used what it assumed: it refutes both halves.
                Some(part) if !part.needs().contains(&hypothesis) => return Ok(Some(part)),
                Some(part) => halves.push(part),
            }
        }
        let [below, above] = <[Part; 2]>::try_from(halves).map_err(|_| Limit::Splits)?;
        Ok(Some(Part::split(name(var), at, hypothesis, [below, above])))
    }

    fn half(
        &mut self,
        var: usize,
        side: Side,
        end: Number,
        values: &mut Values,
        depth: usize,
    ) -> Result<Option<Part>, Limit> {
        self.ledger.allow(depth + 1);
        let assumed = self.ledger.assume(var, side, end);
        let links = self.network.around(var).iter().copied();
        let narrowed = match assumed {
            Err(conflict) => Err(conflict),
            Ok(()) => propagate(self.network, self.ledger, links, self.work)?,
        };
        match narrowed {
            Err(conflict) => Ok(Some(Part::leaf(conflict))),
            Ok(()) => self.refute(values, depth + 1),
        }
    }
}
