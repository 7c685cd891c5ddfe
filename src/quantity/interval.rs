//! [`Interval`]: a connected set of numbers, each end closed, open or absent.
//!
//! ```text
//!  [3, 7]   3 ●━━━━━━━● 7        "between 3 and 7"
//!  (3, ∞)   3 ○━━━━━━━━━▶        "more than 3"
//!  [3, 3]   3 ●                  "exactly 3"
//!  ∅                             nothing at all
//! ```
//!
//! The algebra is closed and total: every operation takes any intervals and gives the tightest
//! interval that holds every possible result, openness of the ends included.

mod algebra;
mod display;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use super::Number;

/// A connected set of numbers, possibly empty.
///
/// # Example
/// ```
/// use mizan::quantity::{Interval, Number};
///
/// let over_117 = Interval::above(Number::from(117)).whole();
/// assert_eq!(over_117.to_string(), "118 or more");
/// assert!(over_117.intersect(&Interval::point(Number::from(117))).is_empty());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Interval {
    lower: End,
    upper: End,
}

/// One end of an interval.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum End {
    /// No end: the interval goes on for ever on this side.
    Unbounded,
    /// The end belongs to the interval.
    Closed(Number),
    /// Everything up to the end belongs to the interval, the end does not.
    Open(Number),
}

impl End {
    /// The number at the end, whether it belongs or not.
    #[must_use]
    pub fn value(&self) -> Option<&Number> {
        match self {
            Self::Unbounded => None,
            Self::Closed(value) | Self::Open(value) => Some(value),
        }
    }

    /// Whether there is an end and it belongs to the interval.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Closed(_))
    }

    /// An end at `value`.
    fn at(value: Number, closed: bool) -> Self {
        if closed { Self::Closed(value) } else { Self::Open(value) }
    }

    /// The same kind of end at another number.
    fn map(&self, change: impl FnOnce(&Number) -> Number) -> Self {
        match self {
            Self::Unbounded => Self::Unbounded,
            Self::Closed(value) => Self::Closed(change(value)),
            Self::Open(value) => Self::Open(change(value)),
        }
    }
}

impl Interval {
    /// The one representation of emptiness: no number is above and below 0.
    const EMPTY: Self = Self { lower: End::Open(Number::ZERO), upper: End::Open(Number::ZERO) };

    /// All numbers.
    #[must_use]
    pub const fn all() -> Self {
        Self { lower: End::Unbounded, upper: End::Unbounded }
    }

    /// No number.
    #[must_use]
    pub const fn empty() -> Self {
        Self::EMPTY
    }

    /// One number.
    #[must_use]
    pub fn point(value: Number) -> Self {
        Self { lower: End::Closed(value.clone()), upper: End::Closed(value) }
    }

    /// `[lower, upper]`; empty when they are reversed.
    #[must_use]
    pub fn closed(lower: Number, upper: Number) -> Self {
        Self::new(End::Closed(lower), End::Closed(upper))
    }

    /// `[lower, ∞)`
    #[must_use]
    pub const fn at_least(lower: Number) -> Self {
        Self { lower: End::Closed(lower), upper: End::Unbounded }
    }

    /// `(lower, ∞)`
    #[must_use]
    pub const fn above(lower: Number) -> Self {
        Self { lower: End::Open(lower), upper: End::Unbounded }
    }

    /// `(−∞, upper]`
    #[must_use]
    pub const fn at_most(upper: Number) -> Self {
        Self { lower: End::Unbounded, upper: End::Closed(upper) }
    }

    /// `(−∞, upper)`
    #[must_use]
    pub const fn below(upper: Number) -> Self {
        Self { lower: End::Unbounded, upper: End::Open(upper) }
    }

    /// The numbers between two ends; empty when no number is.
    #[must_use]
    pub fn new(lower: End, upper: End) -> Self {
        let void = match (lower.value(), upper.value()) {
            (Some(low), Some(high)) => match low.cmp(high) {
                Ordering::Less => false,
                Ordering::Equal => !(lower.is_closed() && upper.is_closed()),
                Ordering::Greater => true,
            },
            _ => false,
        };
        if void { Self::EMPTY } else { Self { lower, upper } }
    }

    /// The lower end (of the empty interval: open, at 0).
    #[must_use]
    pub fn lower(&self) -> &End {
        &self.lower
    }

    /// The upper end (of the empty interval: open, at 0).
    #[must_use]
    pub fn upper(&self) -> &End {
        &self.upper
    }

    /// Whether it holds no number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        // `new` makes every empty interval `EMPTY`, and nothing else is open at both ends of 0.
        let is_zero = |end: &End| matches!(end, End::Open(value) if value.is_zero());
        is_zero(&self.lower) && is_zero(&self.upper)
    }

    /// Whether it holds every number.
    #[must_use]
    pub fn is_all(&self) -> bool {
        matches!((&self.lower, &self.upper), (End::Unbounded, End::Unbounded))
    }

    /// The only number that it holds, when there is just one.
    #[must_use]
    pub fn as_point(&self) -> Option<&Number> {
        match (&self.lower, &self.upper) {
            (End::Closed(low), End::Closed(high)) if low == high => Some(low),
            _ => None,
        }
    }

    /// Whether it has an end on both sides.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        self.lower != End::Unbounded && self.upper != End::Unbounded
    }

    /// Whether the number is in it.
    #[must_use]
    pub fn contains(&self, value: &Number) -> bool {
        let above = match &self.lower {
            End::Unbounded => true,
            End::Closed(low) => low <= value,
            End::Open(low) => low < value,
        };
        above
            && match &self.upper {
                End::Unbounded => true,
                End::Closed(high) => value <= high,
                End::Open(high) => value < high,
            }
    }

    /// Whether each of its numbers is in the other.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.is_empty()
            || (!other.is_empty()
                && compare_lower(&other.lower, &self.lower).is_le()
                && compare_upper(&self.upper, &other.upper).is_le())
    }

    /// Whether each of its numbers is below each number of the other.
    #[must_use]
    pub fn is_below(&self, other: &Self) -> bool {
        if self.is_empty() || other.is_empty() {
            return true;
        }
        match (self.upper.value(), other.lower.value()) {
            (Some(high), Some(low)) => match high.cmp(low) {
                Ordering::Less => true,
                Ordering::Equal => !(self.upper.is_closed() && other.lower.is_closed()),
                Ordering::Greater => false,
            },
            _ => false,
        }
    }

    /// Whether they share no number.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.is_below(other) || other.is_below(self)
    }

    /// The numbers that are in both.
    ///
    /// ```text
    ///   ●━━━━━━━━━━○
    ///        ○━━━━━━━━━━●
    ///        ○━━━━━○
    /// ```
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        // The ends of an empty interval leave no room for any number of the other.
        let lower = match compare_lower(&self.lower, &other.lower) {
            Ordering::Less => &other.lower,
            _ => &self.lower,
        };
        let upper = match compare_upper(&self.upper, &other.upper) {
            Ordering::Greater => &other.upper,
            _ => &self.upper,
        };
        Self::new(lower.clone(), upper.clone())
    }

    /// The smallest interval that holds both.
    ///
    /// ```text
    ///   ●━━━○
    ///             ●━━━━━○
    ///   ●━━━━━━━━━━━━━━━○
    /// ```
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        if self.is_empty() {
            return other.clone();
        }
        if other.is_empty() {
            return self.clone();
        }
        let lower = match compare_lower(&self.lower, &other.lower) {
            Ordering::Greater => &other.lower,
            _ => &self.lower,
        };
        let upper = match compare_upper(&self.upper, &other.upper) {
            Ordering::Less => &other.upper,
            _ => &self.upper,
        };
        Self { lower: lower.clone(), upper: upper.clone() }
    }

    /// The tightest interval with the same whole numbers: `(117, 119.5]` becomes `[118, 119]`,
    /// and `(2, 3)`, which has none, becomes empty.
    #[must_use]
    pub fn whole(&self) -> Self {
        let lower = match &self.lower {
            End::Unbounded => End::Unbounded,
            End::Closed(low) => End::Closed(low.ceil()),
            End::Open(low) => End::Closed(low.floor() + Number::ONE),
        };
        let upper = match &self.upper {
            End::Unbounded => End::Unbounded,
            End::Closed(high) => End::Closed(high.floor()),
            End::Open(high) => End::Closed(high.ceil() - Number::ONE),
        };
        Self::new(lower, upper)
    }
}

/// Orders lower ends by where the interval starts: absent, then `[a`, then `(a`.
fn compare_lower(a: &End, b: &End) -> Ordering {
    match (a.value(), b.value()) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(x), Some(y)) => x.cmp(y).then(b.is_closed().cmp(&a.is_closed())),
    }
}

/// Orders upper ends by where the interval stops: `a)`, then `a]`, then absent.
fn compare_upper(a: &End, b: &End) -> Ordering {
    match (a.value(), b.value()) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(x), Some(y)) => x.cmp(y).then(a.is_closed().cmp(&b.is_closed())),
    }
}
