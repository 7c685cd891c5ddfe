//! [`verify`]: whether a certificate proves what it claims.
//!
//! This is the part to trust. It shares the numbers and the shape of constraints with the engine
//! and nothing else: no search, no bounds, no state of a solver. It shows that the listed
//! constraints cannot all hold; that they say what the articles say is for the quotes to show.

use std::collections::BTreeMap;
use std::fmt;

use crate::constraint::certificate::MAX_DEPTH;
use crate::constraint::{
    Certificate, Constraint, Ending, Inference, Linear, Proof, Relation, Step, Var, days_of, known_days,
    known_years, year_of,
};
use crate::quantity::{End, Interval, Number};

/// The most work that a certificate may ask for: terms added up, times the square of the machine words
/// that their numbers fill.
const MOST_WORK: usize = 20_000_000;
/// The most bits of a number that a step may come to.
const MOST_BITS: usize = 65_536;

/// Checks every step of a refutation. Its cost is that of the sums which the certificate asks for, and
/// it is bounded whoever wrote the certificate.
///
/// # Errors
/// The first [`Flaw`] found.
pub fn verify(certificate: &Certificate) -> Result<(), Flaw> {
    let mut checker = Checker {
        certificate,
        derived: Vec::new(),
        used: vec![false; certificate.constraints.len()],
        work: 0,
    };
    checker.refute(&certificate.proof, 0)?;
    match checker.used.iter().position(|used| !used) {
        Some(row) => Err(Flaw::Unused(row)),
        None => Ok(()),
    }
}

/// Why a certificate proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A step names a row that does not exist, or not yet.
    NoRow(usize),
    /// A constraint is listed and never used.
    Unused(usize),
    /// The row is not of the form that the step needs.
    WrongForm(usize),
    /// An inequality is multiplied by a negative number.
    Negative(usize),
    /// The row is rounded or split although this variable need not be a whole number.
    NotWhole(Var),
    /// The step gives something else than it says.
    Different {
        /// What the step says.
        said: Box<Linear>,
        /// What it gives; `None` when it gives nothing.
        found: Option<Box<Linear>>,
    },
    /// The last row is not false.
    NotFalse(usize),
    /// The path does not lead from one word to another.
    NoPath,
    /// Splits are nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// The sums are too long to be redone, or their numbers too large.
    TooLong,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRow(row) => write!(f, "row {row} does not exist at this step"),
            Self::Unused(row) => write!(f, "row {row} is listed but never used"),
            Self::WrongForm(row) => write!(f, "row {row} is not of the form that the step needs"),
            Self::Negative(row) => write!(f, "row {row} is an inequality times a negative number"),
            Self::NotWhole(Var(var)) => write!(f, "x{var} need not be a whole number"),
            Self::Different { said, found: Some(found) } => {
                write!(f, "the step says `{said:?}` and gives `{found:?}`")
            }
            Self::Different { said, found: None } => {
                write!(f, "the step says `{said:?}` and gives nothing")
            }
            Self::NotFalse(row) => write!(f, "row {row} ends the proof and is not false"),
            Self::NoPath => f.write_str("the equalities do not join two different words"),
            Self::TooDeep => write!(f, "splits are nested deeper than {MAX_DEPTH}"),
            Self::TooLong => f.write_str("the sums are too long to be redone"),
        }
    }
}

impl std::error::Error for Flaw {}

struct Checker<'a> {
    certificate: &'a Certificate,
    /// The rows after the listed constraints, as far as this half of each open split sees them.
    derived: Vec<Linear>,
    used: Vec<bool>,
    work: usize,
}

impl Checker<'_> {
    fn refute(&mut self, proof: &Proof, depth: usize) -> Result<(), Flaw> {
        if depth > MAX_DEPTH {
            return Err(Flaw::TooDeep);
        }
        let before = self.derived.len();
        for step in &proof.steps {
            let found = self.infer(step)?;
            self.derived.push(agreed(step, found)?);
        }
        match &proof.end {
            Ending::Leaf(row) => self.leaf(*row)?,
            Ending::Words(path) => self.words(path)?,
            Ending::Split { var, at, below, above } => {
                self.whole(*var)?;
                if !at.is_integer() {
                    return Err(Flaw::NotWhole(*var));
                }
                let x = [(Number::ONE, *var)];
                let rest = at + &Number::ONE;
                self.assuming(Linear::at_most(x.clone(), at.clone()), below, depth)?;
                self.assuming(Linear::at_least(x, &rest), above, depth)?;
            }
        }
        self.derived.truncate(before);
        Ok(())
    }

    fn assuming(&mut self, half: Linear, proof: &Proof, depth: usize) -> Result<(), Flaw> {
        self.derived.push(half);
        self.refute(proof, depth + 1)?;
        self.derived.pop();
        Ok(())
    }

    /// What the step gives; where rows bound a variable on both sides, the side that it says.
    fn infer(&mut self, step: &Step) -> Result<Option<Linear>, Flaw> {
        match &step.by {
            Inference::Combine(parts) => self.sum(parts).map(Some),
            Inference::Round(row) => self.round(*row).map(Some),
            Inference::Calendar { year, bound } => {
                let Some((var, _)) = step.gives.as_bound() else { return Ok(None) };
                let values = self.calendar(*year, *bound, var)?;
                Ok(side_of(&step.gives, var, &values))
            }
            Inference::Multiply { product, bounds } => {
                let Some((var, _)) = step.gives.as_bound() else { return Ok(None) };
                let values = self.multiply(*product, bounds, var)?;
                Ok(side_of(&step.gives, var, &values))
            }
        }
    }

    fn sum(&mut self, parts: &[(usize, Number)]) -> Result<Linear, Flaw> {
        let mut coefficients: BTreeMap<Var, Number> = BTreeMap::new();
        let mut bound = Number::ZERO;
        let mut relation = Relation::Equal;
        for (row, multiplier) in parts {
            let linear = self.linear(*row)?;
            if linear.relation() != Relation::Equal && !multiplier.is_positive() {
                return Err(Flaw::Negative(*row));
            }
            relation = relation.max(linear.relation());
            bound += &(linear.bound() * multiplier);
            self.spend(&bound)?;
            for (coefficient, var) in linear.terms() {
                let sum = coefficients.entry(*var).or_default();
                *sum += &(coefficient * multiplier);
                self.spend(sum)?;
            }
        }
        let terms = coefficients.into_iter().map(|(var, coefficient)| (coefficient, var));
        Ok(Linear::new(terms, relation, bound))
    }

    /// Counts one addition that came to a number.
    fn spend(&mut self, number: &Number) -> Result<(), Flaw> {
        let bits = number.bits();
        let words = 1 + bits / 64;
        self.work = self.work.saturating_add(words * words);
        if bits > MOST_BITS || self.work > MOST_WORK { Err(Flaw::TooLong) } else { Ok(()) }
    }

    fn round(&mut self, row: usize) -> Result<Linear, Flaw> {
        let linear = self.linear(row)?;
        linear.vars().try_for_each(|var| self.whole(var))?;
        linear.rounded().ok_or(Flaw::WrongForm(row))
    }

    /// The days of the bounded years, or the years of the bounded days.
    fn calendar(&mut self, year: usize, bound: usize, onto: Var) -> Result<Interval, Flaw> {
        let Constraint::Year { day, year: year_var } = self.constraint(year)? else {
            return Err(Flaw::WrongForm(year));
        };
        if bound == year && onto == day {
            return Ok(known_days());
        } else if bound == year && onto == year_var {
            return Ok(known_years());
        }
        let (var, values) = self.bound(bound)?;
        let (lower, upper) = (values.lower().value(), values.upper().value());
        if (var, onto) == (day, year_var) {
            let year_at = |end: &Number| year_of(end).map(Number::from);
            Ok(between(lower.and_then(year_at), upper.and_then(year_at)))
        } else if (var, onto) == (year_var, day) {
            let first = lower.and_then(|end| days_of(&end.ceil()));
            let last = upper.and_then(|end| days_of(&end.floor()));
            Ok(between(first.map(|days| days.0), last.map(|days| days.1)))
        } else {
            Err(Flaw::WrongForm(bound))
        }
    }

    /// What the bounds on two of `left · right = product` leave to the third.
    fn multiply(&mut self, product: usize, bounds: &[usize], onto: Var) -> Result<Interval, Flaw> {
        let Constraint::Product { left, right, product: result } = self.constraint(product)? else {
            return Err(Flaw::WrongForm(product));
        };
        let mut values: BTreeMap<Var, Interval> = BTreeMap::new();
        for row in bounds {
            let (var, set) = self.bound(*row)?;
            let known = values.entry(var).or_insert_with(Interval::all);
            *known = known.intersect(&set);
        }
        let of = |var: Var| values.get(&var).cloned().unwrap_or_else(Interval::all);
        Ok(if onto == result {
            of(left).mul(&of(right))
        } else if onto == left {
            of(result).div(&of(right))
        } else if onto == right {
            of(result).div(&of(left))
        } else {
            Interval::all()
        })
    }

    fn bound(&mut self, row: usize) -> Result<(Var, Interval), Flaw> {
        self.linear(row)?.as_bound().ok_or(Flaw::WrongForm(row))
    }

    fn leaf(&mut self, row: usize) -> Result<(), Flaw> {
        if self.linear(row)?.is_false() { Ok(()) } else { Err(Flaw::NotFalse(row)) }
    }

    fn words(&mut self, path: &[usize]) -> Result<(), Flaw> {
        let [first, middle @ .., last] = path else { return Err(Flaw::NoPath) };
        let (mut here, from) = self.word(*first)?;
        for row in middle {
            here = match self.constraint(*row)? {
                Constraint::Same { left, right } if left == here => right,
                Constraint::Same { left, right } if right == here => left,
                _ => return Err(Flaw::NoPath),
            };
        }
        let (there, to) = self.word(*last)?;
        if here == there && from != to { Ok(()) } else { Err(Flaw::NoPath) }
    }

    fn word(&mut self, row: usize) -> Result<(Var, u32), Flaw> {
        match self.constraint(row)? {
            Constraint::Word { var, word } => Ok((var, word)),
            _ => Err(Flaw::WrongForm(row)),
        }
    }

    fn constraint(&mut self, row: usize) -> Result<Constraint, Flaw> {
        *self.used.get_mut(row).ok_or(Flaw::NoRow(row))? = true;
        self.certificate.constraints.get(row).cloned().ok_or(Flaw::NoRow(row))
    }

    fn linear(&mut self, row: usize) -> Result<Linear, Flaw> {
        let given = self.certificate.constraints.len();
        match row.checked_sub(given) {
            Some(place) => self.derived.get(place).cloned().ok_or(Flaw::NoRow(row)),
            None => match self.constraint(row)? {
                Constraint::Linear(linear) => Ok(linear),
                _ => Err(Flaw::WrongForm(row)),
            },
        }
    }

    fn whole(&self, var: Var) -> Result<(), Flaw> {
        match self.certificate.integral.binary_search(&var) {
            Ok(_) => Ok(()),
            Err(_) => Err(Flaw::NotWhole(var)),
        }
    }
}

/// What a step says, when it is what was found; an equality may be said as one of its halves.
fn agreed(step: &Step, found: Option<Linear>) -> Result<Linear, Flaw> {
    let said = &step.gives;
    let half = |found: &Linear| {
        found.relation() == Relation::Equal
            && *said == Linear::at_most(found.terms().iter().cloned(), found.bound().clone())
    };
    match found {
        Some(found) if *said == found || half(&found) => Ok(said.clone()),
        found => Err(Flaw::Different { said: Box::new(said.clone()), found: found.map(Box::new) }),
    }
}

/// The end of the values that the row is about: the upper one for `x ≤ b`, else the lower.
fn side_of(said: &Linear, var: Var, values: &Interval) -> Option<Linear> {
    let (coefficient, _) = said.terms().first()?;
    if values.is_empty() {
        None
    } else if coefficient.is_positive() {
        Linear::upper_bound(var, values.upper())
    } else {
        Linear::lower_bound(var, values.lower())
    }
}

fn between(lower: Option<Number>, upper: Option<Number>) -> Interval {
    Interval::new(lower.map_or(End::Unbounded, End::Closed), upper.map_or(End::Unbounded, End::Closed))
}
