//! Certificates as JSON, there and back: so that a report can be verified by somebody else.
//!
//! ```text
//! {
//!   "integral": ["x1"],
//!   "constraints": [                                                            rows 0, 1, …
//!     {"terms": [["1", "x0"], ["-2.9455", "x1"]], "relation": "<=", "bound": "0"},
//!     {"year": {"day": "x2", "year": "x3"}},     {"word": {"variable": "x4", "word": 7}},
//!     {"same": ["x4", "x5"]},                    {"product": {"left": "x0", "right": "x1", "product": "x6"}}
//!   ],
//!   "proof": [                                                                  branch 0 is the root
//!     {"steps": [{"gives": {…}, "by": {"combine": [[0, "1"], [2, "-3/2"]]}},     the next row
//!                {"gives": {…}, "by": {"round": 3}},
//!                {"gives": {…}, "by": {"calendar": {"year": 1, "bound": 0}}},
//!                {"gives": {…}, "by": {"multiply": {"product": 1, "bounds": [0, 2]}}}],
//!      "end": {"split": {"variable": "x1", "at": "39", "below": 1, "above": 2}}},
//!     {"steps": […], "end": {"leaf": 5}},   {"steps": […], "end": {"words": [0, 2, 1]}}
//!   ]
//! }
//! ```
//!
//! A branch goes on with the rows of the branch that splits into it, its own assumption first. The
//! branches stand in one flat list, so that no reader has to nest as deeply as a proof does.

use serde::{Deserialize, Serialize};

use crate::constraint::certificate::MAX_DEPTH;
use crate::constraint::{Certificate, Constraint, Ending, Inference, Linear, Proof, Relation, Step, Var};
use crate::quantity::{MAX_DIGITS, Number};
use crate::text::sanitise::excerpt;

/// A certificate as it stands in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proved {
    integral: Vec<String>,
    constraints: Vec<Row>,
    proof: Vec<Branch>,
}

/// Writes a certificate.
#[must_use]
pub fn write(certificate: &Certificate) -> Proved {
    Proved {
        integral: certificate.integral.iter().copied().map(name).collect(),
        constraints: certificate.constraints.iter().map(Row::write).collect(),
        proof: flatten(&certificate.proof),
    }
}

/// Reads a certificate back. That it has the right shape says nothing about its truth: that is for
/// [`verify`](crate::solve::verify()) to find.
///
/// # Errors
/// A [`Malformed`] that says what cannot be read.
pub fn read(proved: &Proved) -> Result<Certificate, Malformed> {
    Ok(Certificate {
        integral: proved.integral.iter().map(|name| variable(name)).collect::<Result<_, _>>()?,
        constraints: proved.constraints.iter().map(Row::read).collect::<Result<_, _>>()?,
        proof: unflatten(&proved.proof)?,
    })
}

/// Why a certificate cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// A variable is written `x` and a number.
    #[error("a variable must be written `x` and a number, and this is `{0}`")]
    Variable(String),
    /// An exact number is written `-12.5` or `1/3`.
    #[error("an exact number must be written like `-12.5` or `1/3`, and this is `{0}`")]
    Number(String),
    /// A split names two later branches, which nothing else names.
    #[error(
        "the branches of a proof must form a tree, each behind the one that splits into it; branch {0} does not"
    )]
    Tree(usize),
    /// Splits are nested too deeply.
    #[error("splits must be nested at most {MAX_DEPTH} deep")]
    TooDeep,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "a constraint must have `terms`, `relation` and `bound`, or be a `year`, `word`, `same` or `product`"
)]
enum Row {
    Linear(Sum),
    Other(Other),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sum {
    /// Coefficients with their variables.
    terms: Vec<(String, String)>,
    relation: Sign,
    bound: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Sign {
    #[serde(rename = "=")]
    Equal,
    #[serde(rename = "<=")]
    AtMost,
    #[serde(rename = "<")]
    Less,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Other {
    Year { day: String, year: String },
    Word { variable: String, word: u32 },
    Same(String, String),
    Product { left: String, right: String, product: String },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Branch {
    steps: Vec<WireStep>,
    end: End,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireStep {
    gives: Sum,
    by: By,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum By {
    Combine(Vec<(usize, String)>),
    Round(usize),
    Calendar { year: usize, bound: usize },
    Multiply { product: usize, bounds: Vec<usize> },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum End {
    Leaf(usize),
    Words(Vec<usize>),
    Split { variable: String, at: String, below: usize, above: usize },
}

impl Row {
    fn write(constraint: &Constraint) -> Self {
        match *constraint {
            Constraint::Linear(ref linear) => Self::Linear(Sum::write(linear)),
            Constraint::Year { day, year } => Self::Other(Other::Year { day: name(day), year: name(year) }),
            Constraint::Word { var, word } => Self::Other(Other::Word { variable: name(var), word }),
            Constraint::Same { left, right } => Self::Other(Other::Same(name(left), name(right))),
            Constraint::Product { left, right, product } => {
                Self::Other(Other::Product { left: name(left), right: name(right), product: name(product) })
            }
        }
    }

    fn read(&self) -> Result<Constraint, Malformed> {
        Ok(match self {
            Self::Linear(sum) => Constraint::Linear(sum.read()?),
            Self::Other(Other::Year { day, year }) => {
                Constraint::Year { day: variable(day)?, year: variable(year)? }
            }
            Self::Other(Other::Word { variable: var, word }) => {
                Constraint::Word { var: variable(var)?, word: *word }
            }
            Self::Other(Other::Same(left, right)) => {
                Constraint::Same { left: variable(left)?, right: variable(right)? }
            }
            Self::Other(Other::Product { left, right, product }) => Constraint::Product {
                left: variable(left)?,
                right: variable(right)?,
                product: variable(product)?,
            },
        })
    }
}

impl Sum {
    fn write(linear: &Linear) -> Self {
        Self {
            terms: linear.terms().iter().map(|(number, var)| (number.to_string(), name(*var))).collect(),
            relation: match linear.relation() {
                Relation::Equal => Sign::Equal,
                Relation::AtMost => Sign::AtMost,
                Relation::Less => Sign::Less,
            },
            bound: linear.bound().to_string(),
        }
    }

    fn read(&self) -> Result<Linear, Malformed> {
        let term = |(coefficient, var): &(String, String)| Ok((number(coefficient)?, variable(var)?));
        let terms = self.terms.iter().map(term).collect::<Result<Vec<_>, _>>()?;
        let relation = match self.relation {
            Sign::Equal => Relation::Equal,
            Sign::AtMost => Relation::AtMost,
            Sign::Less => Relation::Less,
        };
        Ok(Linear::new(terms, relation, number(&self.bound)?))
    }
}

impl WireStep {
    fn write(step: &Step) -> Self {
        let by = match &step.by {
            Inference::Combine(parts) => {
                By::Combine(parts.iter().map(|(row, multiplier)| (*row, multiplier.to_string())).collect())
            }
            Inference::Round(row) => By::Round(*row),
            Inference::Calendar { year, bound } => By::Calendar { year: *year, bound: *bound },
            Inference::Multiply { product, bounds } => {
                By::Multiply { product: *product, bounds: bounds.clone() }
            }
        };
        Self { gives: Sum::write(&step.gives), by }
    }

    fn read(&self) -> Result<Step, Malformed> {
        let by = match &self.by {
            By::Combine(parts) => {
                let part = |(row, multiplier): &(usize, String)| Ok((*row, number(multiplier)?));
                Inference::Combine(parts.iter().map(part).collect::<Result<_, _>>()?)
            }
            By::Round(row) => Inference::Round(*row),
            By::Calendar { year, bound } => Inference::Calendar { year: *year, bound: *bound },
            By::Multiply { product, bounds } => {
                Inference::Multiply { product: *product, bounds: bounds.clone() }
            }
        };
        Ok(Step { gives: self.gives.read()?, by })
    }
}

/// The tree as a list, each branch before those that it splits into.
fn flatten(root: &Proof) -> Vec<Branch> {
    let mut queue = vec![root];
    let mut branches = Vec::new();
    while let Some(proof) = queue.get(branches.len()).copied() {
        let end = match &proof.end {
            Ending::Leaf(row) => End::Leaf(*row),
            Ending::Words(path) => End::Words(path.clone()),
            Ending::Split { var, at, below, above } => {
                let next = queue.len();
                queue.extend([&**below, &**above]);
                End::Split { variable: name(*var), at: at.to_string(), below: next, above: next + 1 }
            }
        };
        branches.push(Branch { steps: proof.steps.iter().map(WireStep::write).collect(), end });
    }
    branches
}

/// The list as a tree: from the last branch to the first, so that the halves of a split are there
/// before it is made. Neither a cycle nor a shared branch can be built this way.
fn unflatten(branches: &[Branch]) -> Result<Proof, Malformed> {
    let mut made: Vec<Option<(Proof, usize)>> = branches.iter().map(|_| None).collect();
    for (index, branch) in branches.iter().enumerate().rev() {
        let mut take = |half: usize| {
            let later = (half > index).then(|| made.get_mut(half)).flatten();
            later.and_then(Option::take).ok_or(Malformed::Tree(half))
        };
        let (end, depth) = match &branch.end {
            End::Leaf(row) => (Ending::Leaf(*row), 0),
            End::Words(path) => (Ending::Words(path.clone()), 0),
            End::Split { variable: var, at, below, above } => {
                let ((below, left), (above, right)) = (take(*below)?, take(*above)?);
                let (below, above) = (Box::new(below), Box::new(above));
                (Ending::Split { var: variable(var)?, at: number(at)?, below, above }, 1 + left.max(right))
            }
        };
        if depth > MAX_DEPTH {
            return Err(Malformed::TooDeep);
        }
        let steps = branch.steps.iter().map(WireStep::read).collect::<Result<_, _>>()?;
        if let Some(place) = made.get_mut(index) {
            *place = Some((Proof { steps, end }, depth));
        }
    }
    let loose = made.iter().skip(1).position(Option::is_some);
    match (loose, made.into_iter().next().flatten()) {
        (None, Some((root, _))) => Ok(root),
        (loose, _) => Err(Malformed::Tree(loose.map_or(0, |index| index + 1))),
    }
}

fn name(var: Var) -> String {
    format!("x{}", var.0)
}

fn variable(name: &str) -> Result<Var, Malformed> {
    let digits = name.strip_prefix('x').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    number.map(Var).ok_or_else(|| Malformed::Variable(excerpt(name, 40).into_owned()))
}

/// The most characters of a number: proofs may need longer ones than people write.
const MAX_LENGTH: usize = 40_000;

fn number(written: &str) -> Result<Number, Malformed> {
    let parsed = match written.split_once('/') {
        _ if written.len() > MAX_LENGTH => None,
        None => decimal(written),
        Some((over, under)) => {
            decimal(over).zip(decimal(under)).and_then(|(over, under)| over.checked_div(&under))
        }
    };
    parsed.ok_or_else(|| Malformed::Number(excerpt(written, 40).into_owned()))
}

/// A decimal of any length: [`Number::parse`] reads what people write, longer ones are put together.
fn decimal(written: &str) -> Option<Number> {
    if written.len() <= MAX_DIGITS {
        return Number::parse(written);
    }
    let unsigned = written.strip_prefix('-').unwrap_or(written);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let places = i32::try_from(fraction.len()).ok().filter(|places| *places <= Number::MAX_POWER)?;
    let digits = [whole, fraction].concat();
    let size = digits.as_bytes().chunks(MAX_DIGITS).try_fold(Number::ZERO, |sum, chunk| {
        let digits = str::from_utf8(chunk).ok().filter(|digits| !digits.starts_with('-'))?;
        let shift = Number::power_of_ten(i32::try_from(chunk.len()).ok()?);
        Some(sum * shift + Number::parse(digits)?)
    })?;
    let value = size * Number::power_of_ten(-places);
    Some(if written.starts_with('-') { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(terms: &[(i64, u32)], bound: i64) -> Linear {
        let terms = terms.iter().map(|(number, var)| (Number::from(*number), Var(*var)));
        Linear::at_most(terms, Number::from(bound))
    }

    fn leaf(steps: Vec<Step>, row: usize) -> Proof {
        Proof { steps, end: Ending::Leaf(row) }
    }

    /// Every form that there is.
    fn everything() -> Certificate {
        let third = Number::ratio(-1, 3).unwrap();
        let steps = vec![
            Step { gives: row(&[(1, 0)], 2), by: Inference::Combine(vec![(0, third), (1, Number::TWO)]) },
            Step { gives: Linear::equal([(Number::ONE, Var(7))], Number::HALF), by: Inference::Round(5) },
            Step { gives: row(&[], -1), by: Inference::Calendar { year: 1, bound: 0 } },
            Step {
                gives: Linear::less([], Number::ZERO),
                by: Inference::Multiply { product: 4, bounds: vec![0, 5] },
            },
        ];
        let inner = Ending::Split {
            var: Var(1),
            at: Number::from(-4),
            below: Box::new(leaf(Vec::new(), 3)),
            above: Box::new(Proof { steps: Vec::new(), end: Ending::Words(vec![2, 3, 2]) }),
        };
        let end = Ending::Split {
            var: Var(0),
            at: Number::from(39),
            below: Box::new(Proof { steps: steps.clone(), end: inner }),
            above: Box::new(leaf(steps.clone(), 1)),
        };
        Certificate {
            constraints: vec![
                row(&[(1, 0), (-3, 2)], 7).into(),
                Constraint::Year { day: Var(3), year: Var(4) },
                Constraint::Word { var: Var(5), word: 9 },
                Constraint::Same { left: Var(5), right: Var(6) },
                Constraint::Product { left: Var(0), right: Var(1), product: Var(2) },
            ],
            integral: vec![Var(0), Var(1)],
            proof: Proof { steps, end },
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let certificate = everything();
        let text = serde_json::to_string(&write(&certificate)).unwrap();
        let proved: Proved = serde_json::from_str(&text).unwrap();
        assert_eq!(read(&proved), Ok(certificate));
    }

    #[test]
    fn the_form_is_that_of_the_documentation() {
        let certificate = Certificate {
            constraints: vec![row(&[(-1, 0), (2, 1)], -3).into()],
            integral: vec![Var(1)],
            proof: leaf(Vec::new(), 0),
        };
        let text = serde_json::to_string(&write(&certificate)).unwrap();
        assert_eq!(
            text,
            r#"{"integral":["x1"],"constraints":[{"terms":[["-1","x0"],["2","x1"]],"relation":"<=","bound":"-3"}],"proof":[{"steps":[],"end":{"leaf":0}}]}"#
        );
    }

    /// A split of `x0` at 0 for every `(below, above)`, and leaves up to `count` branches.
    fn branches(splits: &[(usize, usize)], count: usize) -> Vec<Branch> {
        let split = |&(below, above): &(usize, usize)| End::Split {
            variable: "x0".into(),
            at: "0".into(),
            below,
            above,
        };
        let leaves = std::iter::repeat_with(|| End::Leaf(0)).take(count - splits.len());
        splits.iter().map(split).chain(leaves).map(|end| Branch { steps: Vec::new(), end }).collect()
    }

    #[test]
    fn branches_must_form_a_tree() {
        assert!(unflatten(&branches(&[(1, 2)], 3)).is_ok());
        assert_eq!(unflatten(&branches(&[(0, 1)], 2)), Err(Malformed::Tree(0)), "itself");
        assert_eq!(unflatten(&branches(&[(1, 1)], 2)), Err(Malformed::Tree(1)), "one half twice");
        assert_eq!(unflatten(&branches(&[(1, 9)], 2)), Err(Malformed::Tree(9)), "not there");
        assert_eq!(unflatten(&branches(&[], 2)), Err(Malformed::Tree(1)), "never named");
        assert_eq!(unflatten(&[]), Err(Malformed::Tree(0)), "no root");
    }

    #[test]
    fn splits_nested_a_million_deep_are_refused() {
        let comb: Vec<_> = (0..1_000_000).map(|split| (2 * split + 1, 2 * split + 2)).collect();
        // Each upper half splits again: branches 0, 2, 4, … are splits, the others leaves.
        let mut list = Vec::new();
        for (below, above) in comb {
            list.extend(branches(&[(below, above)], 2));
        }
        list.extend(branches(&[], 1));
        assert_eq!(unflatten(&list), Err(Malformed::TooDeep));
    }

    #[test]
    fn numbers_and_names_are_read_strictly() {
        assert_eq!(number("1/3"), Ok(Number::ratio(1, 3).unwrap()));
        for wrong in ["1/0", "", "1/", "x", "1e9"] {
            assert!(number(wrong).is_err(), "{wrong}");
        }
        let power = Number::power_of_ten(1000) - Number::ratio(7, 100).unwrap();
        for long in [-&power, power.clone(), power.recip().unwrap(), power.floor()] {
            assert_eq!(number(&long.to_string()), Ok(long.clone()), "{long}");
        }
        for wrong in ["9".repeat(MAX_LENGTH + 1), "1-".repeat(500), "1.".repeat(500), "é".repeat(500)] {
            assert!(number(&wrong).is_err(), "{}", excerpt(&wrong, 9));
        }
        assert_eq!(variable("x12"), Ok(Var(12)));
        for wrong in ["12", "x", "x-1", "x+1", "x99999999999"] {
            assert!(variable(wrong).is_err(), "{wrong}");
        }
    }
}
