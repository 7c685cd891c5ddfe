//! [`Fault`]: why a phrase could not be read.

use std::fmt;
use std::ops::Range;

use crate::quantity::Number;

/// The longest phrase or quote that is read, in bytes.
pub(super) const LONGEST_PHRASE: usize = 16 * 1024;

/// Why a phrase holds no figure that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing but white space.
    Empty,
    /// There is text, but no figure in it.
    NoFigure,
    /// There is more than one figure; the bytes of each.
    SeveralFigures(Vec<Range<usize>>),
    /// A single separator before three digits, with nothing that settles what it means.
    AmbiguousSeparator {
        /// The value if the mark groups thousands.
        grouped: Number,
        /// The value if it is the decimal point.
        decimal: Number,
    },
    /// The groups between separators are not threes: `1.23.456`.
    MalformedGroups,
    /// More digits than any figure has.
    TooManyDigits,
    /// A text far longer than any phrase or quote.
    TooLong,
    /// Words that are neither figure, hedge nor unit.
    LeftOver {
        /// Their bytes.
        span: Range<usize>,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing is written here"),
            Self::NoFigure => f.write_str("no figure is written here"),
            Self::SeveralFigures(figures) => {
                write!(f, "{} figures are written here, and one is expected", figures.len())
            }
            Self::AmbiguousSeparator { grouped, decimal } => {
                write!(f, "the separator may group thousands ({grouped}) or be a decimal mark ({decimal})")
            }
            Self::MalformedGroups => {
                f.write_str("the separators do not cut the figure into groups of three digits")
            }
            Self::TooManyDigits => {
                write!(f, "a figure has at most {} digits", crate::quantity::number::MAX_DIGITS)
            }
            Self::TooLong => write!(f, "a phrase has at most {LONGEST_PHRASE} bytes"),
            Self::LeftOver { .. } => f.write_str("these words belong to no figure, hedge or unit"),
        }
    }
}

impl std::error::Error for Fault {}
