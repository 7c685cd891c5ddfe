//! The closed language between checks and the engine: constraints between points.
//!
//! A check **grounds** its rule into [`Constraint`]s over [`Var`]s; the engine, which knows
//! constraints and no rule, says what cannot hold and proves it by a [`Certificate`]. Nothing
//! here knows a claim, a file or a sentence.
//!
//! | module | holds |
//! |---|---|
//! | [`linear`] | [`Linear`]: `Σ aᵢ·xᵢ` `=`, `≤` or `<` `b`, exactly |
//! | [`problem`] | [`Ingredient`], [`Problem`]: what may be blamed, and what may not |
//! | [`certificate`] | [`Certificate`], [`Proof`]: why it cannot hold, step by step |

pub mod certificate;
pub mod linear;
pub mod problem;

pub use certificate::{Certificate, Ending, Inference, Proof, Step};
pub use linear::{Linear, Relation};
pub use problem::{Ingredient, Problem, Role};

use crate::period::Day;
use crate::quantity::{Interval, Number};

/// An unknown: the value of one point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Var(pub u32);

/// One thing that must hold between points.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Constraint {
    /// A sum of multiples, compared with a number.
    Linear(Linear),
    /// The day (counted as [`Day::number`]) lies in the year.
    Year {
        /// A day number.
        day: Var,
        /// The number of its calendar year.
        year: Var,
    },
    /// The variable is this word; words are told apart by their number alone.
    Word {
        /// A variable whose value is a word.
        var: Var,
        /// The word.
        word: u32,
    },
    /// Both variables are one word.
    Same {
        /// A variable whose value is a word.
        left: Var,
        /// Another.
        right: Var,
    },
    /// `left · right = product`. Refuted by intervals only, never claimed complete.
    Product {
        /// A factor.
        left: Var,
        /// The other factor.
        right: Var,
        /// Their product.
        product: Var,
    },
}

impl Constraint {
    /// The linear constraint, when it is one.
    #[must_use]
    pub fn as_linear(&self) -> Option<&Linear> {
        match self {
            Self::Linear(linear) => Some(linear),
            _ => None,
        }
    }

    /// The variables it speaks of, in ascending order for a linear one; one may come twice.
    #[must_use]
    pub fn vars(&self) -> impl DoubleEndedIterator<Item = Var> {
        let (terms, others): (&[(Number, Var)], [Option<Var>; 3]) = match *self {
            Self::Linear(ref linear) => (linear.terms(), [None; 3]),
            Self::Year { day, year } => (&[], [Some(day), Some(year), None]),
            Self::Word { var, .. } => (&[], [Some(var), None, None]),
            Self::Same { left, right } => (&[], [Some(left), Some(right), None]),
            Self::Product { left, right, product } => (&[], [Some(left), Some(right), Some(product)]),
        };
        terms.iter().map(|(_, var)| *var).chain(others.into_iter().flatten())
    }

    /// The same constraint between other variables.
    #[must_use]
    pub fn map_vars(&self, map: &dyn Fn(Var) -> Var) -> Self {
        match *self {
            Self::Linear(ref linear) => Self::Linear(linear.map_vars(map)),
            Self::Year { day, year } => Self::Year { day: map(day), year: map(year) },
            Self::Word { var, word } => Self::Word { var: map(var), word },
            Self::Same { left, right } => Self::Same { left: map(left), right: map(right) },
            Self::Product { left, right, product } => {
                Self::Product { left: map(left), right: map(right), product: map(product) }
            }
        }
    }

    /// Whether these values satisfy it; the value of a word variable is the word's number.
    #[must_use]
    pub fn holds_at(&self, value: &dyn Fn(Var) -> Number) -> bool {
        match *self {
            Self::Linear(ref linear) => linear.holds_at(value),
            Self::Year { day, year } => {
                year_of(&value(day)).is_some_and(|found| Number::from(found) == value(year))
            }
            Self::Word { var, word } => value(var) == Number::from(word),
            Self::Same { left, right } => value(left) == value(right),
            Self::Product { left, right, product } => &value(left) * &value(right) == value(product),
        }
    }
}

impl From<Linear> for Constraint {
    fn from(linear: Linear) -> Self {
        Self::Linear(linear)
    }
}

/// The calendar year of a moment, given as a day number (a fraction is within its day); `None`
/// outside the years that [`Day`] knows.
#[must_use]
pub fn year_of(day: &Number) -> Option<i32> {
    Day::from_number(day.floor().to_i64()?).map(Day::year)
}

/// The days that [`Day`] knows: what `year(day) = year` alone says of the day.
#[must_use]
pub fn known_days() -> Interval {
    Interval::closed(Number::from(Day::MIN.number()), Number::from(Day::MAX.number()))
}

/// The years that [`Day`] knows.
#[must_use]
pub fn known_years() -> Interval {
    Interval::closed(Number::from(Day::MIN.year()), Number::from(Day::MAX.year()))
}

/// The numbers of the first and the last day of a year, when [`Day`] knows it.
#[must_use]
pub fn days_of(year: &Number) -> Option<(Number, Number)> {
    let year = i32::try_from(year.to_i64()?).ok()?;
    let first = Day::from_ymd(year, 1, 1)?;
    let last = Day::from_ymd(year, 12, 31)?;
    Some((Number::from(first.number()), Number::from(last.number())))
}
