//! [`Certificate`]: why constraints cannot all hold, so that anybody can redo it.
//!
//! The listed constraints are rows 0, 1, 2 …; every step derives the next row from earlier ones
//! and says what it derives. A proof ends in a row that is false of numbers alone, in a path of
//! equalities between two different words, or in two halves, one for each side of a split of a
//! whole number:
//!
//! ```text
//! 0   this = 117
//! 1   this − 2.9455·base ≤ 0
//! 2   2.9445·base − this ≤ 0
//! 3   −base ≤ −39.72…      rows 0 and 1, added
//! 4   −base ≤ −40          row 3, rounded: base is a whole number
//! 5   0 ≤ −0.78            rows 0, 2 and 4, added: false
//! ```

use crate::constraint::{Constraint, Linear, Var};
use crate::quantity::Number;

/// The deepest nesting of splits that a proof may have.
pub const MAX_DEPTH: usize = 128;

/// A refutation: these constraints, over these whole numbers, cannot all hold.
///
/// Every listed constraint is used by the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Rows 0 and following of the proof.
    pub constraints: Vec<Constraint>,
    /// The variables that the proof takes to be whole numbers, in ascending order.
    pub integral: Vec<Var>,
    /// The derivation of a falsehood.
    pub proof: Proof,
}

/// Steps, then an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Each adds a row.
    pub steps: Vec<Step>,
    /// What the rows come to.
    pub end: Ending,
}

/// One derived row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is derived.
    pub gives: Linear,
    /// From which rows, and how.
    pub by: Inference,
}

/// How a row follows from earlier rows, which are named by their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inference {
    /// The sum of multiples of linear rows. Only an equality may have a negative multiplier. The
    /// sum is `=` when all its rows are, `<` when one of its rows is, otherwise `≤`; a sum of
    /// equalities may also be given as `≤`.
    Combine(Vec<(usize, Number)>),
    /// [`Linear::rounded`], for a row whose variables are all whole numbers.
    Round(usize),
    /// A bound on a day or a year, carried over to the other by the calendar.
    Calendar {
        /// The row `year(day) = year`.
        year: usize,
        /// A row that bounds one of the two; or the row `year` again, for the end of all days or
        /// years that the calendar has.
        bound: usize,
    },
    /// A bound on a factor or on the product, from bounds on the two others.
    Multiply {
        /// The row `left · right = product`.
        product: usize,
        /// Rows that bound the two others; each may have two.
        bounds: Vec<usize>,
    },
}

/// How a proof ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A row without variables that is false.
    Leaf(usize),
    /// Rows `word(a)`, `a = b`, `b = c`, …, `word(z)` between two different words.
    Words(Vec<usize>),
    /// A whole number is at most `at` or at least `at + 1`, and neither can be. In each half the
    /// next row is its own assumption, `var ≤ at` or `−var ≤ −at − 1`.
    Split {
        /// The variable.
        var: Var,
        /// The greatest value of the lower half.
        at: Number,
        /// The refutation of `var ≤ at`.
        below: Box<Proof>,
        /// The refutation of `var ≥ at + 1`.
        above: Box<Proof>,
    },
}
