//! [`Linear`]: a sum of multiples of variables, compared with a number.

use std::borrow::Cow;
use std::fmt;

use crate::constraint::Var;
use crate::quantity::{End, Interval, Number};

/// How the sum compares with the bound. The two other directions are these with every sign
/// turned: see [`Linear::at_least`] and [`Linear::greater`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// `=`
    Equal,
    /// `≤`
    AtMost,
    /// `<`
    Less,
}

/// `Σ aᵢ·xᵢ (= | ≤ | <) b`, with exact numbers of any size.
///
/// Terms are sorted by variable, each variable stands once, no coefficient is zero: equal sums
/// are equal values. Without terms it is a statement about numbers alone, true or false.
///
/// # Example
/// ```
/// use mizan::constraint::{Linear, Relation, Var};
/// use mizan::quantity::Number;
///
/// // the parts are at most the total: north + south − total ≤ 0
/// let [north, south, total] = [Var(0), Var(1), Var(2)];
/// let minus_one = Number::from(-1);
/// let parts = Linear::new(
///     [(Number::ONE, north), (Number::ONE, south), (minus_one, total)],
///     Relation::AtMost,
///     Number::ZERO,
/// );
/// assert!(parts.holds_at(&|var| Number::from([3, 4, 7][var.0 as usize])));
/// assert!(!parts.holds_at(&|var| Number::from([3, 5, 7][var.0 as usize])));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Linear {
    terms: Terms,
    relation: Relation,
    bound: Number,
}

/// Terms by how many they are, so that equal ones are equal values. Nearly every row has one or two:
/// they live in it.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Terms {
    One([Term; 1]),
    Two([Term; 2]),
    Many(Vec<Term>),
}

type Term = (Number, Var);

impl Linear {
    /// The constraint in its one form: terms sorted, merged, without zeros.
    #[must_use]
    pub fn new(terms: impl IntoIterator<Item = (Number, Var)>, relation: Relation, bound: Number) -> Self {
        Self { terms: Terms::new(terms), relation, bound }
    }

    /// `Σ aᵢ·xᵢ = b`
    #[must_use]
    pub fn equal(terms: impl IntoIterator<Item = (Number, Var)>, bound: Number) -> Self {
        Self::new(terms, Relation::Equal, bound)
    }

    /// `Σ aᵢ·xᵢ ≤ b`
    #[must_use]
    pub fn at_most(terms: impl IntoIterator<Item = (Number, Var)>, bound: Number) -> Self {
        Self::new(terms, Relation::AtMost, bound)
    }

    /// `Σ aᵢ·xᵢ < b`
    #[must_use]
    pub fn less(terms: impl IntoIterator<Item = (Number, Var)>, bound: Number) -> Self {
        Self::new(terms, Relation::Less, bound)
    }

    /// `Σ aᵢ·xᵢ ≥ b`, as `Σ −aᵢ·xᵢ ≤ −b`
    #[must_use]
    pub fn at_least(terms: impl IntoIterator<Item = (Number, Var)>, bound: &Number) -> Self {
        Self::at_most(negated(terms), -bound)
    }

    /// `Σ aᵢ·xᵢ > b`, as `Σ −aᵢ·xᵢ < −b`
    #[must_use]
    pub fn greater(terms: impl IntoIterator<Item = (Number, Var)>, bound: &Number) -> Self {
        Self::less(negated(terms), -bound)
    }

    /// `0 ≤ −1`: what holds nowhere.
    #[must_use]
    pub fn falsehood() -> Self {
        Self::at_most([], Number::from(-1))
    }

    /// The interval as constraints on one variable: an equality for a point, otherwise one for
    /// each end that it has; for the empty interval, [`Linear::falsehood`].
    pub fn bounds_of(var: Var, interval: &Interval) -> impl Iterator<Item = Self> + use<> {
        let rows = if interval.is_empty() {
            [Some(Self::falsehood()), None]
        } else if let Some(point) = interval.as_point() {
            [Some(Self::equal([(Number::ONE, var)], point.clone())), None]
        } else {
            [Self::lower_bound(var, interval.lower()), Self::upper_bound(var, interval.upper())]
        };
        // A chain knows how long it is: what collects it takes no more room than that.
        let [first, second] = rows;
        first.into_iter().chain(second)
    }

    /// `−x ≤ −b` or `−x < −b`, when the lower end of a set of values is there.
    #[must_use]
    pub fn lower_bound(var: Var, end: &End) -> Option<Self> {
        let x = [(Number::ONE, var)];
        match end {
            End::Unbounded => None,
            End::Closed(bound) => Some(Self::at_least(x, bound)),
            End::Open(bound) => Some(Self::greater(x, bound)),
        }
    }

    /// `x ≤ b` or `x < b`, when the upper end of a set of values is there.
    #[must_use]
    pub fn upper_bound(var: Var, end: &End) -> Option<Self> {
        let x = [(Number::ONE, var)];
        match end {
            End::Unbounded => None,
            End::Closed(bound) => Some(Self::at_most(x, bound.clone())),
            End::Open(bound) => Some(Self::less(x, bound.clone())),
        }
    }

    /// The terms `(aᵢ, xᵢ)`, sorted by variable.
    #[must_use]
    pub fn terms(&self) -> &[(Number, Var)] {
        match &self.terms {
            Terms::One(one) => one,
            Terms::Two(two) => two,
            Terms::Many(many) => many,
        }
    }

    /// How the sum compares with the bound.
    #[must_use]
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// The right side `b`.
    #[must_use]
    pub fn bound(&self) -> &Number {
        &self.bound
    }

    /// The variables, in ascending order.
    pub fn vars(&self) -> impl Iterator<Item = Var> + '_ {
        self.terms().iter().map(|&(_, var)| var)
    }

    /// For a constraint on a single variable, that variable and the values that it allows.
    #[must_use]
    pub fn as_bound(&self) -> Option<(Var, Interval)> {
        match self.terms() {
            [(coefficient, var)] => Some((*var, self.allowed().scale(&coefficient.recip()?))),
            _ => None,
        }
    }

    /// Whether it says of numbers alone what is not so: `0 ≤ −1`.
    #[must_use]
    pub fn is_false(&self) -> bool {
        self.terms().is_empty() && !self.relation.holds(&Number::ZERO, &self.bound)
    }

    /// Whether these values satisfy it.
    #[must_use]
    pub fn holds_at(&self, value: &dyn Fn(Var) -> Number) -> bool {
        let mut sum = Number::ZERO;
        for (coefficient, var) in self.terms() {
            sum.add_product(coefficient, &value(*var));
        }
        self.relation.holds(&sum, &self.bound)
    }

    /// The left side, when the value of each variable is known.
    #[must_use]
    pub fn sum_at<'n>(&self, value: &dyn Fn(Var) -> Option<&'n Number>) -> Option<Number> {
        let mut sum = Number::ZERO;
        for (coefficient, var) in self.terms() {
            sum.add_product(coefficient, value(*var)?);
        }
        Some(sum)
    }

    /// What the left side can be when each variable ranges over its set on its own. Exact for
    /// sets of rationals; for whole numbers the ends are.
    #[must_use]
    pub fn range<'d>(&self, domain: &dyn Fn(Var) -> Cow<'d, Interval>) -> Interval {
        self.terms().iter().fold(Interval::point(Number::ZERO), |sum, (coefficient, var)| {
            sum.add(&domain(*var).scale(coefficient))
        })
    }

    /// Whether it holds whatever each variable is within its set, none of which is empty.
    #[must_use]
    pub fn is_entailed<'d>(&self, domain: &dyn Fn(Var) -> Cow<'d, Interval>) -> bool {
        if self.relation == Relation::Equal {
            return self.range(domain).is_subset(&self.allowed());
        }
        let (mut most, mut is_attained) = (Number::ZERO, true);
        for (coefficient, var) in self.terms() {
            let set = domain(*var);
            let end = if coefficient.is_positive() { set.upper() } else { set.lower() };
            let Some(value) = end.value() else { return false };
            most.add_product(coefficient, value);
            is_attained &= end.is_closed();
        }
        self.relation.holds(&most, &self.bound) || !is_attained && most == self.bound
    }

    /// The sums that satisfy it.
    #[must_use]
    pub fn allowed(&self) -> Interval {
        let bound = self.bound.clone();
        match self.relation {
            Relation::Equal => Interval::point(bound),
            Relation::AtMost => Interval::at_most(bound),
            Relation::Less => Interval::below(bound),
        }
    }

    /// What it leaves for one of its variables when each of the others ranges over its set; `None` for
    /// a variable that it does not speak of.
    #[must_use]
    pub fn solved(&self, var: Var, domain: &dyn Fn(Var) -> Interval) -> Option<Interval> {
        let (factor, _) = self.terms().iter().find(|(_, own)| *own == var)?;
        let others = self.terms().iter().filter(|(_, other)| *other != var);
        let left = others.fold(self.allowed(), |left, (other, v)| left.add(&domain(*v).scale(&-other)));
        factor.recip().map(|inverse| left.scale(&inverse))
    }

    /// The same constraint between other variables.
    #[must_use]
    pub fn map_vars(&self, map: &dyn Fn(Var) -> Var) -> Self {
        let terms = self.terms().iter().map(|(coefficient, var)| (coefficient.clone(), map(*var)));
        Self::new(terms, self.relation, self.bound.clone())
    }

    /// Whole coefficients without a common factor, by multiplying with the number that is
    /// returned beside them; `None` without terms. The bound may stay a fraction.
    #[must_use]
    pub fn primitive(&self) -> Option<(Self, Number)> {
        let (first, _) = self.terms().first()?;
        let coefficients = || self.terms().iter().map(|(coefficient, _)| coefficient);
        let denominators =
            coefficients().fold(Number::ONE, |lcm, number| Number::lcm(&lcm, &number.denominator()));
        let divisor = coefficients()
            .fold((first * &denominators).abs(), |gcd, number| Number::gcd(&gcd, &(number * &denominators)));
        let factor = denominators.checked_div(&divisor)?;
        let terms = self.terms().iter().map(|(coefficient, var)| (coefficient * &factor, *var));
        Some((Self::new(terms, self.relation, &self.bound * &factor), factor))
    }

    /// What it says when all its variables are whole numbers: divided by the common factor of its
    /// coefficients and the bound rounded down. An equality whose bound then is no whole number
    /// is [`Linear::falsehood`]. `None` without terms.
    #[must_use]
    pub fn rounded(&self) -> Option<Self> {
        let (row, _) = self.primitive()?;
        let (relation, bound) = match row.relation {
            Relation::Equal if row.bound.is_integer() => (Relation::Equal, row.bound),
            Relation::Equal => return Some(Self::falsehood()),
            Relation::AtMost => (Relation::AtMost, row.bound.floor()),
            Relation::Less => (Relation::AtMost, &row.bound.ceil() - &Number::ONE),
        };
        Some(Self { terms: row.terms, relation, bound })
    }
}

impl Terms {
    /// Sorted, merged, without zeros.
    fn new(terms: impl IntoIterator<Item = Term>) -> Self {
        let mut terms = terms.into_iter().filter(|(coefficient, _)| !coefficient.is_zero()).fuse();
        match (terms.next(), terms.next(), terms.next()) {
            (Some(one), None, _) => Self::One([one]),
            (Some(a), Some(b), None) if a.1 < b.1 => Self::Two([a, b]),
            (Some(a), Some(b), None) if a.1 > b.1 => Self::Two([b, a]),
            (a, b, c) => Self::merged([a, b, c].into_iter().flatten().chain(terms).collect()),
        }
    }

    fn merged(mut terms: Vec<Term>) -> Self {
        terms.sort_by_key(|&(_, var)| var);
        terms.dedup_by(|(coefficient, var), (sum, last)| {
            let same = var == last;
            if same {
                *sum += &*coefficient;
            }
            same
        });
        terms.retain(|(coefficient, _)| !coefficient.is_zero());
        let terms = terms.try_into().map_or_else(Self::Many, Self::Two);
        match terms {
            Self::Many(many) => many.try_into().map_or_else(Self::Many, Self::One),
            few => few,
        }
    }
}

impl Relation {
    /// Whether the relation stands between these two numbers.
    #[must_use]
    pub fn holds(self, left: &Number, right: &Number) -> bool {
        match self {
            Self::Equal => left == right,
            Self::AtMost => left <= right,
            Self::Less => left < right,
        }
    }
}

fn negated(terms: impl IntoIterator<Item = (Number, Var)>) -> impl Iterator<Item = (Number, Var)> {
    terms.into_iter().map(|(coefficient, var)| (-coefficient, var))
}

/// `2·x0 − x3 ≤ 5`, for tests and logs; a report has the names of the points.
impl fmt::Debug for Linear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.terms().is_empty() {
            f.write_str("0")?;
        }
        for (place, (coefficient, var)) in self.terms().iter().enumerate() {
            let sign = match (place, coefficient.is_negative()) {
                (0, false) => "",
                (0, true) => "−",
                (_, false) => " + ",
                (_, true) => " − ",
            };
            f.write_str(sign)?;
            let size = coefficient.abs();
            if size != Number::ONE {
                write!(f, "{size}·")?;
            }
            write!(f, "x{}", var.0)?;
        }
        let relation = match self.relation {
            Relation::Equal => "=",
            Relation::AtMost => "≤",
            Relation::Less => "<",
        };
        write!(f, " {relation} {}", self.bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn end() -> impl Strategy<Value = End> {
        let value = || (-3_i64..=3).prop_map(Number::from);
        prop_oneof![Just(End::Unbounded), value().prop_map(End::Closed), value().prop_map(End::Open)]
    }

    fn set() -> impl Strategy<Value = Interval> {
        let sets = (end(), end()).prop_map(|(lower, upper)| Interval::new(lower, upper));
        sets.prop_filter("none is empty", |set| !set.is_empty())
    }

    proptest! {
        #[test]
        fn a_row_is_entailed_where_its_whole_range_is_allowed(
            sets in [set(), set()],
            [first, second, bound] in [-2_i64..=2, -2_i64..=2, -6_i64..=6],
            relation in prop_oneof![Just(Relation::Equal), Just(Relation::AtMost), Just(Relation::Less)],
        ) {
            let terms = [(Number::from(first), Var(0)), (Number::from(second), Var(1))];
            let row = Linear::new(terms, relation, Number::from(bound));
            let domain = |var: Var| Cow::Borrowed(&sets[var.0 as usize]);
            prop_assert_eq!(row.is_entailed(&domain), row.range(&domain).is_subset(&row.allowed()));
        }
    }
}
