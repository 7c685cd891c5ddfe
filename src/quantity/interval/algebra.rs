//! Arithmetic on whole intervals: each result is the tightest interval that holds every result of
//! the operation on their numbers.

use std::cmp::Ordering;

use super::{End, Interval};
use crate::quantity::Number;

impl Interval {
    /// Every `x + y`. An end of a sum is closed only if both addends' ends are.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::EMPTY;
        }
        Self { lower: add_ends(&self.lower, &other.lower), upper: add_ends(&self.upper, &other.upper) }
    }

    /// Every `−x`: the ends change places and keep their openness.
    #[must_use]
    pub fn neg(&self) -> Self {
        Self { lower: self.upper.map(|high| -high), upper: self.lower.map(|low| -low) }
    }

    /// Every `x − y`.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// Every `x + by`.
    #[must_use]
    pub fn shift(&self, by: &Number) -> Self {
        self.add(&Self::point(by.clone()))
    }

    /// Every `factor · x`. A negative factor swaps the ends with their openness; zero makes `{0}`
    /// of anything that is not empty, of unbounded intervals too.
    #[must_use]
    pub fn scale(&self, factor: &Number) -> Self {
        if self.is_empty() {
            return Self::EMPTY;
        }
        let scaled = |end: &End| end.map(|value| value * factor);
        match factor.signum() {
            0 => Self::point(Number::ZERO),
            1 => Self { lower: scaled(&self.lower), upper: scaled(&self.upper) },
            _ => Self { lower: scaled(&self.upper), upper: scaled(&self.lower) },
        }
    }

    /// Every `x · y`.
    ///
    /// A product takes its least and greatest values at corners, products of an end with an end;
    /// without negative numbers, of the two lower ends and of the two upper ends. When several
    /// corners give the value of an end, one that is attained suffices to close it.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::EMPTY;
        }
        if let Some(factor) = other.as_point() {
            return self.scale(factor);
        }
        if let Some(factor) = self.as_point() {
            return other.scale(factor);
        }
        let ([a, b], [c, d]) = (self.limits(), other.limits());
        let (mut least, mut greatest) = (a.times(&c), b.times(&d));
        if a.signum() < 0 || c.signum() < 0 {
            for corner in [least.clone(), greatest.clone(), a.times(&d), b.times(&c)] {
                least = least.outer(corner.clone(), Ordering::Less);
                greatest = greatest.outer(corner, Ordering::Greater);
            }
        }
        Self { lower: least.into_end(), upper: greatest.into_end() }
    }

    /// Every `q` with `q · y = x` for some `x` of this interval and `y` of the divisor.
    ///
    /// Where the divisor holds 0 and this interval does too, any `q` will do. Otherwise 0 divides
    /// nothing and is left out: `[1, 2] / [0, 4]` is `[1/4, ∞)`, and `[1, 2] / {0}` is empty.
    #[must_use]
    pub fn div(&self, divisor: &Self) -> Self {
        if self.is_empty() || divisor.is_empty() {
            return Self::EMPTY;
        }
        if divisor.contains(&Number::ZERO) && self.contains(&Number::ZERO) {
            return Self::all();
        }
        if let Some(factor) = divisor.as_point().and_then(Number::recip) {
            return self.scale(&factor);
        }
        let by_positive = |divisor: &Self| self.mul(&divisor.intersect(&Self::above(Number::ZERO)).invert());
        let quotients = by_positive(divisor);
        if divisor.lower.value().is_some_and(|low| !low.is_negative()) {
            return quotients;
        }
        quotients.hull(&by_positive(&divisor.neg()).neg())
    }

    /// Every `1 / y`, for an interval of positive numbers.
    fn invert(&self) -> Self {
        if self.is_empty() {
            return Self::EMPTY;
        }
        let inverse = |end: &End| match end {
            End::Unbounded => End::Open(Number::ZERO),
            End::Closed(value) | End::Open(value) => match value.recip() {
                Some(inverse) => End::at(inverse, end.is_closed()),
                None => End::Unbounded,
            },
        };
        Self { lower: inverse(&self.upper), upper: inverse(&self.lower) }
    }

    /// The two ends as limits, with infinities where there is none.
    fn limits(&self) -> [Limit; 2] {
        let limit = |end: &End, infinity| match end.value() {
            None => infinity,
            Some(value) => Limit::Finite { value: value.clone(), attained: end.is_closed() },
        };
        [limit(&self.lower, Limit::MinusInfinity), limit(&self.upper, Limit::PlusInfinity)]
    }
}

fn add_ends(a: &End, b: &End) -> End {
    match (a.value(), b.value()) {
        (Some(x), Some(y)) => End::at(x + y, a.is_closed() && b.is_closed()),
        _ => End::Unbounded,
    }
}

/// What the numbers of an interval attain or come near to.
#[derive(Clone, PartialEq, Eq)]
enum Limit {
    MinusInfinity,
    Finite { value: Number, attained: bool },
    PlusInfinity,
}

impl Limit {
    fn signum(&self) -> i32 {
        match self {
            Self::MinusInfinity => -1,
            Self::Finite { value, .. } => value.signum(),
            Self::PlusInfinity => 1,
        }
    }

    fn is_attained(&self) -> bool {
        matches!(self, Self::Finite { attained: true, .. })
    }

    /// The corner that two limits make.
    ///
    /// Zero times anything is zero, an infinity too, and it is attained when the zero is, for
    /// every other factor is then as good. (An open zero times an infinity may come near to any
    /// number of one sign; the corner of the infinity with the other end accounts for those.)
    fn times(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Finite { value: x, attained: a }, Self::Finite { value: y, attained: b }) => {
                let by_zero = (*a && x.is_zero()) || (*b && y.is_zero());
                Self::Finite { value: x * y, attained: by_zero || (*a && *b) }
            }
            _ => match self.signum() * other.signum() {
                0 => {
                    let attained = self.is_attained() || other.is_attained();
                    Self::Finite { value: Number::ZERO, attained }
                }
                1 => Self::PlusInfinity,
                _ => Self::MinusInfinity,
            },
        }
    }

    /// The one of two limits that lies on the given side; attained if either is, when equal.
    fn outer(self, other: Self, side: Ordering) -> Self {
        match self.compare(&other) {
            Ordering::Equal if other.is_attained() => other,
            order if order == side || order == Ordering::Equal => self,
            _ => other,
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Finite { value: x, .. }, Self::Finite { value: y, .. }) => x.cmp(y),
            (Self::Finite { .. }, infinity) => 0.cmp(&infinity.signum()),
            (infinity, Self::Finite { .. }) => infinity.signum().cmp(&0),
            _ => self.signum().cmp(&other.signum()),
        }
    }

    fn into_end(self) -> End {
        match self {
            Self::Finite { value, attained } => End::at(value, attained),
            _ => End::Unbounded,
        }
    }
}
