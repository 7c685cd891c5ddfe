//! The general simplex over exact rationals: whether linear constraints have a common solution.
//!
//! Each row gets a variable for its sum, and the question becomes one of bounds alone: some
//! variables are *basic* and follow from the others by the tableau, the others keep within their
//! bounds, and a basic one that leaves its bounds changes places with another that has room.
//! Taking the variable of least number each time (Bland's rule) never cycles. If none has room,
//! that line of the tableau refutes the rows: its coefficients are the Farkas multipliers.
//!
//! # Source
//! B. Dutertre and L. de Moura, "A fast linear-arithmetic solver for DPLL(T)", CAV 2006.

use std::collections::BTreeMap;
use std::ops::{Add, Sub};

use crate::constraint::{Linear, Relation};
use crate::quantity::{End, Number};
use crate::solve::ledger::{Bound, index};
use crate::solve::{Limit, Work};

/// A number and a multiple of something arbitrarily small: `x < 3` is `x ≤ 3 − δ`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Delta {
    real: Number,
    tiny: Number,
}

/// For so many pivots for each row, the farthest column leaves the basis and the one that fewest
/// lines have enters: quick, but it might cycle. Then Bland's rule decides.
const QUICK_PIVOTS: usize = 8;

/// Numbers up to this many bits count as one step.
const WORD: usize = 128;

/// Columns `0..vars` are the variables, the rest the sums of the rows.
pub(super) struct Simplex {
    vars: usize,
    lower: Vec<Option<Delta>>,
    upper: Vec<Option<Delta>>,
    value: Vec<Delta>,
    /// Each basic column as a sum of multiples of the others.
    tableau: BTreeMap<usize, Vec<(usize, Number)>>,
    /// For each column, how many lines of the tableau have it.
    uses: Vec<usize>,
}

impl Simplex {
    /// Variables without a bound yet.
    pub(super) fn new(vars: usize) -> Self {
        Self {
            vars,
            lower: vec![None; vars],
            upper: vec![None; vars],
            value: vec![Delta::default(); vars],
            tableau: BTreeMap::new(),
            uses: vec![0; vars],
        }
    }

    /// Bounds of a variable, before any row is added, and a value between them to start from.
    pub(super) fn bound(&mut self, var: usize, ends: [Option<&Bound>; 2], start: &Number) {
        let [lower, upper] = ends;
        put(&mut self.value, var, Delta::new(start, 0));
        put(&mut self.lower, var, lower.map(|end| Delta::new(&end.value, i64::from(end.strict))));
        put(&mut self.upper, var, upper.map(|end| Delta::new(&end.value, -i64::from(end.strict))));
    }

    /// Adds a row over the variables, numbered by their places here.
    pub(super) fn row(&mut self, row: &Linear) {
        let column = self.value.len();
        let line: Vec<_> =
            row.terms().iter().map(|(coefficient, var)| (index(*var), coefficient.clone())).collect();
        let tiny = -i64::from(row.relation() == Relation::Less);
        let bound = Delta::new(row.bound(), tiny);
        self.lower.push((row.relation() == Relation::Equal).then(|| bound.clone()));
        self.upper.push(Some(bound));
        self.value.push(self.evaluate(&line));
        self.uses.push(0);
        self.count(&line, true);
        self.tableau.insert(column, line);
    }

    /// Finds a point within all rows and bounds. If there is none: multipliers of the rows, by
    /// their places, whose sum the bounds of the variables refute.
    pub(super) fn solve(&mut self, work: &mut Work) -> Result<Option<Vec<(usize, Number)>>, Limit> {
        let mut quick = QUICK_PIVOTS * self.tableau.len();
        while let Some((basic, target, rises)) = self.violated(quick > 0) {
            // Finding it took a look at every line.
            work.pivot(self.tableau.len() * (1 + target.real.bits() / WORD) / 4)?;
            let line = self.tableau.get(&basic).cloned().unwrap_or_default();
            let roomy = line
                .iter()
                .map(|(column, coefficient)| (*column, coefficient.is_positive() == rises))
                .filter(|(column, upwards)| self.has_room(*column, *upwards));
            let chosen = if quick > 0 {
                roomy.min_by_key(|(column, upwards)| (self.is_bounded(*column, *upwards), self.uses(*column)))
            } else {
                roomy.min()
            };
            match chosen {
                None => return Ok(Some(self.farkas(basic, &line, rises))),
                Some((column, _)) => self.pivot(basic, column, target, work)?,
            }
            quick = quick.saturating_sub(1);
        }
        Ok(None)
    }

    /// From a point found: the end of the values of a variable, upwards or downwards.
    pub(super) fn extreme(&mut self, var: usize, up: bool, work: &mut Work) -> Result<End, Limit> {
        loop {
            let line = self.tableau.get(&var).cloned();
            let line = line.unwrap_or_else(|| vec![(var, Number::ONE)]);
            let helpful = line.into_iter().find_map(|(column, factor)| {
                let rises = factor.is_positive() == up;
                self.has_room(column, rises).then_some((column, rises))
            });
            let Some((column, rises)) = helpful else {
                let Delta { real, tiny } = self.value_of(var);
                return Ok(if tiny.is_zero() { End::Closed(real) } else { End::Open(real) });
            };
            work.pivot(1)?;
            match self.first_stop(column, rises) {
                None => return Ok(End::Unbounded),
                Some((stop, target, _)) if stop == column => self.slide(column, &target),
                Some((stop, target, _)) => self.pivot(stop, column, target, work)?,
            }
        }
    }

    /// When this column moves: the column that meets its end first, and that end.
    fn first_stop(&self, column: usize, rises: bool) -> Option<(usize, Delta, Delta)> {
        let basic = self.tableau.iter().filter_map(|(basic, line)| {
            let place = line.binary_search_by_key(&column, |(at, _)| *at).ok()?;
            line.get(place).map(|(_, factor)| (*basic, factor.clone()))
        });
        let stops = basic.chain([(column, Number::ONE)]).filter_map(|(at, factor)| {
            let ends = if factor.is_positive() == rises { &self.upper } else { &self.lower };
            let end = ends.get(at)?.clone()?;
            let step = (&end - &self.value_of(at)).scale(&factor.recip()?.abs());
            let distance = if step < Delta::default() { step.scale(&Number::from(-1)) } else { step };
            Some((at, end, distance))
        });
        stops.min_by(|(a, _, near), (b, _, far)| near.cmp(far).then(a.cmp(b)))
    }

    /// Moves a column that is not basic to its end; the basic ones follow.
    fn slide(&mut self, column: usize, target: &Delta) {
        let step = target - &self.value_of(column);
        let follow: Vec<(usize, Delta)> = self
            .tableau
            .iter()
            .filter_map(|(basic, line)| {
                let place = line.binary_search_by_key(&column, |(at, _)| *at).ok()?;
                line.get(place).map(|(_, factor)| (*basic, step.scale(factor)))
            })
            .collect();
        self.shift(column, &step);
        for (basic, by) in follow {
            self.shift(basic, &by);
        }
    }

    /// A basic column out of its bounds, where it must go, and whether it must rise: the first
    /// one, or the one that is farthest out.
    fn violated(&self, farthest: bool) -> Option<(usize, Delta, bool)> {
        let mut violations = self.tableau.keys().filter_map(|column| {
            let value = self.value.get(*column)?;
            let lower = self.lower.get(*column)?.as_ref().filter(|lower| value < *lower);
            let upper = self.upper.get(*column)?.as_ref().filter(|upper| value > *upper);
            let rise = lower.map(|lower| (*column, lower, true, lower - value));
            rise.or_else(|| upper.map(|upper| (*column, upper, false, value - upper)))
        });
        let chosen = if farthest {
            violations.max_by(|(.., one), (.., other)| one.cmp(other))
        } else {
            violations.next()
        };
        chosen.map(|(column, target, rises, _)| (column, target.clone(), rises))
    }

    fn is_bounded(&self, column: usize, upwards: bool) -> bool {
        let end = if upwards { &self.upper } else { &self.lower };
        end.get(column).is_some_and(Option::is_some)
    }

    /// How many lines of the tableau have this column.
    fn uses(&self, column: usize) -> usize {
        self.uses.get(column).copied().unwrap_or(0)
    }

    fn count(&mut self, line: &[(usize, Number)], more: bool) {
        for (column, _) in line {
            if let Some(uses) = self.uses.get_mut(*column) {
                *uses = if more { *uses + 1 } else { uses.saturating_sub(1) };
            }
        }
    }

    fn has_room(&self, column: usize, upwards: bool) -> bool {
        let end = if upwards { &self.upper } else { &self.lower };
        match (self.value.get(column), end.get(column)) {
            (Some(value), Some(Some(end))) => value != end,
            _ => true,
        }
    }

    /// `basic` goes to `target` and leaves the basis; `column` takes its place and moves along.
    fn pivot(&mut self, basic: usize, column: usize, target: Delta, work: &mut Work) -> Result<(), Limit> {
        let Some(mut line) = self.tableau.remove(&basic) else { return Ok(()) };
        self.count(&line, false);
        let place = line.iter().position(|(at, _)| *at == column);
        let Some((_, coefficient)) = place.map(|place| line.remove(place)) else { return Ok(()) };
        let Some(inverse) = coefficient.recip() else { return Ok(()) };

        let step = (&target - &self.value_of(basic)).scale(&inverse);
        let longest = line.iter().map(|(_, factor)| factor.bits()).max().unwrap_or(0);
        let bits = longest.max(step.real.bits()).max(step.tiny.bits());
        if bits > work.limits.bits {
            return Err(Limit::Digits);
        }
        put(&mut self.value, basic, target);
        self.shift(column, &step);

        // basic = coefficient·column + rest   ⇒   column = basic/coefficient − rest/coefficient
        for (_, factor) in &mut line {
            *factor = -(&*factor * &inverse);
        }
        line.push((basic, inverse));
        line.sort_unstable_by_key(|(at, _)| *at);

        let mut tableau = std::mem::take(&mut self.tableau);
        for (other, terms) in &mut tableau {
            let Ok(place) = terms.binary_search_by_key(&column, |(at, _)| *at) else { continue };
            self.count(terms, false);
            let (_, factor) = terms.remove(place);
            // Long numbers cost more.
            work.pivot((terms.len() + line.len()) * (1 + bits / WORD))?;
            *terms = merged(terms, &line, &factor);
            self.count(terms, true);
            self.shift(*other, &step.scale(&factor));
        }
        self.count(&line, true);
        tableau.insert(column, line);
        self.tableau = tableau;
        Ok(())
    }

    /// The line says `basic = Σ …`, and nothing in it can move the way that `basic` must go.
    fn farkas(&self, basic: usize, line: &[(usize, Number)], rises: bool) -> Vec<(usize, Number)> {
        let sign = if rises { Number::ONE } else { Number::from(-1) };
        let whole_line = line.iter().cloned().chain([(basic, Number::from(-1))]);
        whole_line
            .filter_map(|(column, factor)| Some((column.checked_sub(self.vars)?, factor * &sign)))
            .collect()
    }

    /// Real values for everything: δ small enough that no bound notices.
    pub(super) fn point(&self) -> Vec<Number> {
        let mut delta = Number::ONE;
        let mut keep = |low: &Delta, high: &Delta| {
            let (gap, loss) = (&high.real - &low.real, &low.tiny - &high.tiny);
            if gap.is_positive()
                && loss.is_positive()
                && let Some(most) = gap.checked_div(&loss)
            {
                delta = most.min(delta.clone());
            }
        };
        for (value, (lower, upper)) in self.value.iter().zip(self.lower.iter().zip(&self.upper)) {
            if let Some(lower) = lower {
                keep(lower, value);
            }
            if let Some(upper) = upper {
                keep(value, upper);
            }
        }
        self.value.iter().take(self.vars).map(|value| &value.real + &(&value.tiny * &delta)).collect()
    }

    fn evaluate(&self, line: &[(usize, Number)]) -> Delta {
        line.iter()
            .fold(Delta::default(), |sum, (column, factor)| &sum + &self.value_of(*column).scale(factor))
    }

    fn value_of(&self, column: usize) -> Delta {
        self.value.get(column).cloned().unwrap_or_default()
    }

    fn shift(&mut self, column: usize, by: &Delta) {
        let moved = &self.value_of(column) + by;
        put(&mut self.value, column, moved);
    }
}

/// `terms + factor · line`; both are sorted by column, and so is the sum.
fn merged(terms: &[(usize, Number)], line: &[(usize, Number)], factor: &Number) -> Vec<(usize, Number)> {
    let mut sum = Vec::with_capacity(terms.len() + line.len());
    let (mut left, mut right) = (terms.iter().peekable(), line.iter().peekable());
    loop {
        let next = match (left.peek(), right.peek()) {
            (None, None) => return sum,
            (Some((a, _)), Some((b, _))) if a == b => {
                let pair = left.next().zip(right.next());
                pair.map(|((a, x), (_, y))| (*a, x + &(y * factor)))
            }
            (Some((a, _)), Some((b, _))) if a < b => left.next().cloned(),
            (Some(_), None) => left.next().cloned(),
            _ => right.next().map(|(b, y)| (*b, y * factor)),
        };
        sum.extend(next.filter(|(_, factor)| !factor.is_zero()));
    }
}

fn put<T>(list: &mut [T], place: usize, value: T) {
    if let Some(slot) = list.get_mut(place) {
        *slot = value;
    }
}

impl Delta {
    fn new(real: &Number, tiny: i64) -> Self {
        Self { real: real.clone(), tiny: Number::from(tiny) }
    }

    fn scale(&self, factor: &Number) -> Self {
        Self { real: &self.real * factor, tiny: &self.tiny * factor }
    }
}

impl Add for &Delta {
    type Output = Delta;

    fn add(self, other: Self) -> Delta {
        Delta { real: &self.real + &other.real, tiny: &self.tiny + &other.tiny }
    }
}

impl Sub for &Delta {
    type Output = Delta;

    fn sub(self, other: Self) -> Delta {
        Delta { real: &self.real - &other.real, tiny: &self.tiny - &other.tiny }
    }
}
