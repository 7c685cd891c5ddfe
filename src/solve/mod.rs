//! The engine: finds what cannot hold, and proves it.
//!
//! It knows constraints and points; it knows no check, no claim and no file. Everything that it
//! says cannot hold comes as a [`Certificate`](crate::constraint::Certificate) that [`verify()`]
//! has accepted.
//!
//! | module | answers |
//! |---|---|
//! | [`local`] | does one instance of a check hold, from the claimed sets of its own terms? |
//! | [`mod@decide`] | can these ingredients all hold? |
//! | [`mod@minimise`] | which smallest sets of ingredients cannot all hold? |
//! | [`mod@localise`] | which lightest sets of claims must change? |
//! | [`mod@project`] | what can a variable be when the rest holds? |
//! | [`mod@verify`] | does a certificate prove what it says? |
//!
//! Inside, a question about a system of constraints goes from the cheap to the complete:
//!
//! ```text
//! words      two different words that equalities join
//! propagate  bounds narrow to a fixpoint; the ledger notes why
//! divide     what common divisors forbid once known numbers are put in
//! witness    values found one after the other: the answer for everything without cycles
//! ratio      two whole numbers of which only the ratio is told
//! simplex    linear constraints over the rationals, completely
//! search     splits on whole numbers, years and factors
//! proof      from the conflict back to what it rests on: the certificate
//! ```
//!
//! Limits are counts of steps, never a timer: the same input gives the same answer everywhere.

pub mod decide;
mod divide;
mod hitting;
mod ledger;
pub mod local;
pub mod localise;
pub mod minimise;
pub mod project;
mod proof;
mod propagate;
mod ratio;
mod rotate;
mod search;
mod simplex;
mod tableau;
#[cfg(test)]
mod tests;
pub mod verify;
mod witness;
mod words;

use std::fmt;

pub use decide::{Conflict, Decision, Witness, components, decide};
pub use local::{Instance, Variable, Verdict, hold_at, judge};
pub use localise::{Localisation, Repairs, localise};
pub use minimise::{Conflicts, Effort, Minimal, conflicts};
pub use project::{Projection, bounds, project};
pub use verify::{Flaw, verify};

/// How much work a question may take, in counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Terms of constraints looked at while bounds narrow.
    pub steps: usize,
    /// Times that one end of one variable may narrow; then it is left to the simplex.
    pub narrowings: usize,
    /// Entries of the tableau that the simplex may rewrite.
    pub pivots: usize,
    /// Splits on whole numbers.
    pub splits: usize,
    /// Bits of a number that the engine derives.
    pub bits: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 50_000_000, narrowings: 40, pivots: 5_000_000, splits: 4_000, bits: 4_096 }
    }
}

/// The limit that left a question undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limit {
    /// Too many steps of propagation.
    Steps,
    /// Too much work in the simplex.
    Pivots,
    /// Too many splits on whole numbers.
    Splits,
    /// Numbers grew too long.
    Digits,
    /// Too many questions about one problem.
    Effort,
    /// A product of two variables is neither refuted by intervals nor easily satisfied.
    Products,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Steps => "too many steps of propagation",
            Self::Pivots => "too many steps of elimination",
            Self::Splits => "too many cases of whole numbers",
            Self::Digits => "numbers of too many digits",
            Self::Effort => "too many questions about one problem",
            Self::Products => "a product of two unknowns",
        })
    }
}

/// The work done for one question.
#[derive(Debug)]
struct Work {
    limits: Limits,
    steps: usize,
    pivots: usize,
    splits: usize,
}

impl Work {
    fn new(limits: &Limits) -> Self {
        Self { limits: *limits, steps: 0, pivots: 0, splits: 0 }
    }

    /// All that was done, counted alike.
    fn spent(&self) -> usize {
        self.steps.saturating_add(self.pivots)
    }

    fn step(&mut self, terms: usize) -> Result<(), Limit> {
        spend(&mut self.steps, terms, self.limits.steps, Limit::Steps)
    }

    fn pivot(&mut self, entries: usize) -> Result<(), Limit> {
        spend(&mut self.pivots, entries, self.limits.pivots, Limit::Pivots)
    }

    fn split(&mut self) -> Result<(), Limit> {
        spend(&mut self.splits, 1, self.limits.splits, Limit::Splits)
    }
}

fn spend(spent: &mut usize, amount: usize, most: usize, limit: Limit) -> Result<(), Limit> {
    *spent = spent.saturating_add(amount);
    if *spent > most { Err(limit) } else { Ok(()) }
}
