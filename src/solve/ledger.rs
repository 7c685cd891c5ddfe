//! [`Ledger`]: the bounds known so far, and for each the row that it follows from.
//!
//! Rows are numbered: first the given constraints, then what was derived, in order. A narrowing
//! does not list its premises. It names its row, and the bounds that it used are those that stood
//! before its own number: each variable keeps its bounds with their numbers, so premises are
//! looked up only for the few rows that a proof needs.

use crate::constraint::{Constraint, Linear, Relation, Var};
use crate::quantity::{End, Interval, Number};
use crate::solve::Limits;

pub(super) type RowId = usize;

/// The two ends of the values of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Lower,
    Upper,
}

/// The end of the values of a variable on one side.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) value: Number,
    /// Whether the end itself is excluded.
    pub(super) strict: bool,
    /// Where it comes from.
    pub(super) row: RowId,
}

/// Why a derived row holds.
#[derive(Clone, Debug)]
pub(super) enum Reason {
    /// One half of a split assumes it.
    Hypothesis,
    /// The row, solved for the variable, with the other bounds of that moment.
    Narrow(RowId),
    /// The row, rounded for whole numbers.
    Round(RowId),
    /// The row `year(day) = year`, and a bound on one of the two.
    Calendar { year: RowId, bound: RowId },
    /// The row `left · right = product`, with the bounds of that moment on two of them.
    Multiply(RowId),
    /// A sum of multiples of rows.
    Combine(Vec<(RowId, Number)>),
}

/// What a derived row says.
#[derive(Clone, Debug)]
pub(super) enum Says {
    /// A bound that the histories hold under the row's number.
    Bound(usize, Side),
    /// Anything else.
    Row(Linear),
}

/// What cannot be: the row is false of numbers alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Conflict(pub(super) RowId);

#[derive(Debug)]
pub(super) struct Ledger<'a> {
    given: &'a [Constraint],
    integral: &'a [bool],
    derived: Vec<(Says, Reason)>,
    /// For each variable the bounds so far, ever tighter, in the order of their rows.
    lower: Vec<Vec<Bound>>,
    upper: Vec<Vec<Bound>>,
    /// How often a bound may narrow, and how often with the splits that are open.
    narrowings: usize,
    most_bounds: usize,
    /// The length of a number beyond which it is not derived.
    pub(super) most_bits: usize,
    /// Whether a tighter bound was turned away by one of the limits.
    pub(super) held_back: bool,
}

impl<'a> Ledger<'a> {
    /// Variables are numbered without gaps, as `integral` has them.
    pub(super) fn new(given: &'a [Constraint], integral: &'a [bool], limits: &Limits) -> Self {
        Self {
            given,
            integral,
            derived: Vec::new(),
            lower: vec![Vec::new(); integral.len()],
            upper: vec![Vec::new(); integral.len()],
            narrowings: limits.narrowings,
            most_bounds: limits.narrowings,
            most_bits: limits.bits,
            held_back: false,
        }
    }

    pub(super) fn given(&self) -> &'a [Constraint] {
        self.given
    }

    /// How many variables there are.
    pub(super) fn vars(&self) -> usize {
        self.integral.len()
    }

    pub(super) fn is_integral(&self, var: usize) -> bool {
        self.integral.get(var).is_some_and(|whole| *whole)
    }

    /// The number that the next derived row will have.
    pub(super) fn next_row(&self) -> RowId {
        self.given.len() + self.derived.len()
    }

    /// What a derived row says and why; `None` for a given one.
    pub(super) fn derivation(&self, row: RowId) -> Option<&(Says, Reason)> {
        self.derived.get(row.checked_sub(self.given.len())?)
    }

    pub(super) fn bound(&self, var: usize, side: Side) -> Option<&Bound> {
        self.history(var, side).last()
    }

    /// The bound that stood just before the row was derived.
    pub(super) fn bound_before(&self, var: usize, side: Side, row: RowId) -> Option<&Bound> {
        let history = self.history(var, side);
        let count = history.partition_point(|bound| bound.row < row);
        history.get(count.checked_sub(1)?)
    }

    pub(super) fn interval(&self, var: usize) -> Interval {
        let end = |side| match self.bound(var, side) {
            None => End::Unbounded,
            Some(Bound { value, strict: true, .. }) => End::Open(value.clone()),
            Some(Bound { value, .. }) => End::Closed(value.clone()),
        };
        Interval::new(end(Side::Lower), end(Side::Upper))
    }

    /// The only value left, if there is one.
    pub(super) fn fixed(&self, var: usize) -> Option<&Number> {
        let lower = self.bound(var, Side::Lower)?;
        let upper = self.bound(var, Side::Upper)?;
        let fixed = lower.value == upper.value && !lower.strict && !upper.strict;
        fixed.then_some(&lower.value)
    }

    /// A row as a linear constraint, over variables numbered as here.
    pub(super) fn linear(&self, row: RowId) -> Option<Linear> {
        match self.derivation(row) {
            None => self.given.get(row)?.as_linear().cloned(),
            Some((Says::Row(linear), _)) => Some(linear.clone()),
            Some((Says::Bound(var, side), _)) => {
                let history = self.history(*var, *side);
                let place = history.binary_search_by_key(&row, |bound| bound.row).ok()?;
                history.get(place).map(|bound| bound.linear(*var, *side))
            }
        }
    }

    /// Takes in the given constraints on single variables.
    pub(super) fn take_given(&mut self) -> Result<(), Conflict> {
        for row in 0..self.given.len() {
            self.take_row(row)?;
        }
        // Rounding derives rows, and a history is in the order of its rows: given ones first.
        for var in 0..self.integral.len() {
            self.round(var, Side::Lower);
            self.round(var, Side::Upper);
            self.clash(var).map_or(Ok(()), Err)?;
        }
        Ok(())
    }

    fn take_row(&mut self, row: RowId) -> Result<(), Conflict> {
        let Some(linear) = self.given.get(row).and_then(Constraint::as_linear) else {
            return Ok(());
        };
        if linear.is_false() {
            return Err(Conflict(row));
        }
        let [(coefficient, var)] = linear.terms() else { return Ok(()) };
        let (var, side) = (index(*var), Side::bounded_by(coefficient));
        let Some(value) = linear.bound().checked_div(coefficient) else { return Ok(()) };
        let is_point = linear.relation() == Relation::Equal;
        if is_point && !value.is_integer() && self.is_integral(var) {
            return Err(Conflict(self.derive(Linear::falsehood(), Reason::Round(row))));
        }
        let strict = linear.relation() == Relation::Less;
        for side in [Side::Lower, Side::Upper].into_iter().filter(|one| is_point || *one == side) {
            let bound = Bound { value: value.clone(), strict, row };
            if self.improves(var, side, &bound) {
                self.push(var, side, bound);
            }
        }
        Ok(())
    }

    /// Derives a bound if it is tighter than the present one, rounds it for a whole number, and
    /// tells whether anything changed. A bound that leaves no value is a conflict.
    pub(super) fn tighten(
        &mut self,
        var: usize,
        side: Side,
        end: (Number, bool),
        reason: Reason,
    ) -> Result<bool, Conflict> {
        let bound = Bound { value: end.0, strict: end.1, row: self.next_row() };
        if !self.improves(var, side, &bound) {
            return Ok(false);
        }
        let crowded = self.history(var, side).len() >= self.most_bounds;
        if (crowded && !self.excludes(var, side, &bound)) || bound.value.bits() > self.most_bits {
            self.held_back = true;
            return Ok(false);
        }
        self.derived.push((Says::Bound(var, side), reason));
        self.push(var, side, bound);
        self.round(var, side);
        self.clash(var).map_or(Ok(true), Err)
    }

    /// Lets every bound narrow as often again for each split that is open.
    pub(super) fn allow(&mut self, splits: usize) {
        self.most_bounds = self.narrowings.saturating_mul(splits + 1);
    }

    /// Assumes one half of a split; a conflict counts as one in that half.
    pub(super) fn assume(&mut self, var: usize, side: Side, value: Number) -> Result<(), Conflict> {
        self.tighten(var, side, (value, false), Reason::Hypothesis).map(|_| ())
    }

    pub(super) fn derive(&mut self, row: Linear, reason: Reason) -> RowId {
        let id = self.next_row();
        self.derived.push((Says::Row(row), reason));
        id
    }

    /// Forgets every row from this one on.
    pub(super) fn rewind(&mut self, row: RowId) {
        while self.next_row() > row {
            let histories = match self.derived.pop() {
                Some((Says::Bound(var, Side::Lower), _)) => self.lower.get_mut(var),
                Some((Says::Bound(var, Side::Upper), _)) => self.upper.get_mut(var),
                _ => None,
            };
            histories.and_then(Vec::pop);
        }
    }

    /// For every variable of `row ≤ …` (but `skip`) the multiple of its bound, as it stood before
    /// `time`, that takes it away when it is added. `None` when such a bound is missing.
    pub(super) fn eliminate(
        &self,
        row: &Linear,
        skip: Option<usize>,
        time: RowId,
    ) -> Option<Vec<(RowId, Number)>> {
        let mut parts = Vec::with_capacity(row.terms().len());
        for (coefficient, var) in row.terms() {
            let var = index(*var);
            if Some(var) == skip {
                continue;
            }
            let side = if coefficient.is_positive() { Side::Lower } else { Side::Upper };
            let bound = self.bound_before(var, side, time)?;
            parts.push((bound.row, coefficient.abs() * self.unit(bound.row, side)));
        }
        Some(parts)
    }

    /// What a bounding row is multiplied with to read `x ≤ b` or `−x ≤ −b`.
    fn unit(&self, row: RowId, side: Side) -> Number {
        let given = self.given.get(row).and_then(Constraint::as_linear);
        let coefficient = given.and_then(|linear| linear.terms().first());
        let factor = coefficient.and_then(|(coefficient, _)| coefficient.recip());
        match (factor, side) {
            (None, _) => Number::ONE,
            (Some(factor), Side::Upper) => factor,
            (Some(factor), Side::Lower) => -factor,
        }
    }

    fn push(&mut self, var: usize, side: Side, bound: Bound) {
        let histories = match side {
            Side::Lower => &mut self.lower,
            Side::Upper => &mut self.upper,
        };
        if let Some(history) = histories.get_mut(var) {
            history.push(bound);
        }
    }

    /// Moves the bound of a whole number to the next one that it leaves.
    fn round(&mut self, var: usize, side: Side) {
        if !self.is_integral(var) {
            return;
        }
        let Some(bound) = self.bound(var, side) else { return };
        let Some(value) = bound.rounded(side) else { return };
        let reason = Reason::Round(bound.row);
        let bound = Bound { value, strict: false, row: self.next_row() };
        self.derived.push((Says::Bound(var, side), reason));
        self.push(var, side, bound);
    }

    /// The contradiction of the two bounds of a variable, if they leave no value.
    fn clash(&mut self, var: usize) -> Option<Conflict> {
        let lower = self.bound(var, Side::Lower)?;
        let upper = self.bound(var, Side::Upper)?;
        let gap = &upper.value - &lower.value;
        let strict = lower.strict || upper.strict;
        let empty = gap.is_negative() || (gap.is_zero() && strict);
        if !empty {
            return None;
        }
        let parts = vec![
            (lower.row, self.unit(lower.row, Side::Lower)),
            (upper.row, self.unit(upper.row, Side::Upper)),
        ];
        Some(self.contradict(parts))
    }

    /// Adds up rows to a falsehood; an equality among them may come with any sign.
    pub(super) fn contradict(&mut self, parts: Vec<(RowId, Number)>) -> Conflict {
        let row = sum(parts.iter().filter_map(|(row, times)| Some((self.linear(*row)?, times))));
        Conflict(self.derive(row, Reason::Combine(parts)))
    }

    fn improves(&self, var: usize, side: Side, new: &Bound) -> bool {
        self.bound(var, side).is_none_or(|old| {
            let closer = match side {
                Side::Lower => new.value > old.value,
                Side::Upper => new.value < old.value,
            };
            closer || (new.strict && !old.strict && new.value == old.value)
        })
    }

    /// Whether the bound leaves no value to the variable, or only one.
    fn excludes(&self, var: usize, side: Side, new: &Bound) -> bool {
        match side {
            Side::Lower => self.bound(var, Side::Upper).is_some_and(|old| new.value >= old.value),
            Side::Upper => self.bound(var, Side::Lower).is_some_and(|old| new.value <= old.value),
        }
    }

    fn history(&self, var: usize, side: Side) -> &[Bound] {
        let histories = match side {
            Side::Lower => &self.lower,
            Side::Upper => &self.upper,
        };
        histories.get(var).map_or(&[], Vec::as_slice)
    }
}

impl Bound {
    /// `x ≤ b`, `x < b`, `−x ≤ −b` or `−x < −b`.
    fn linear(&self, var: usize, side: Side) -> Linear {
        let relation = if self.strict { Relation::Less } else { Relation::AtMost };
        let (sign, bound) = match side {
            Side::Lower => (Number::from(-1), -&self.value),
            Side::Upper => (Number::ONE, self.value.clone()),
        };
        Linear::new([(sign, name(var))], relation, bound)
    }

    /// The nearest whole number that the bound leaves, if that is another bound.
    fn rounded(&self, side: Side) -> Option<Number> {
        match (side, self.strict) {
            (_, false) if self.value.is_integer() => None,
            (Side::Lower, false) => Some(self.value.ceil()),
            (Side::Lower, true) => Some(self.value.floor() + Number::ONE),
            (Side::Upper, false) => Some(self.value.floor()),
            (Side::Upper, true) => Some(self.value.ceil() - Number::ONE),
        }
    }
}

impl Side {
    /// The side on which `coefficient · x` bounds `x` when it is itself bounded from above.
    pub(super) fn bounded_by(coefficient: &Number) -> Self {
        if coefficient.is_positive() { Self::Upper } else { Self::Lower }
    }
}

/// The sum of multiples of rows, as [`Inference::Combine`](crate::constraint::Inference) has it.
pub(super) fn sum<'n>(parts: impl Iterator<Item = (Linear, &'n Number)>) -> Linear {
    let mut terms = Vec::new();
    let mut bound = Number::ZERO;
    let mut relation = Relation::Equal;
    for (row, times) in parts {
        relation = relation.max(row.relation());
        bound += &(row.bound() * times);
        terms.extend(row.terms().iter().map(|(coefficient, var)| (coefficient * times, *var)));
    }
    Linear::new(terms, relation, bound)
}

/// The place of a variable in tables; variables here are numbered without gaps.
pub(super) fn index(var: Var) -> usize {
    var.0 as usize
}

/// The variable at a place in tables.
pub(super) fn name(index: usize) -> Var {
    Var(u32::try_from(index).unwrap_or(u32::MAX))
}
