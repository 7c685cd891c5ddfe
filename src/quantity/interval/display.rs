//! [`Interval`] in words for reports, and in brackets for those who debug.

use std::fmt;

use super::{End, Interval};

impl fmt::Display for Interval {
    /// In words: `19`, `118 or more`, `more than 117`, `194.45 … 194.55`, `none`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("none");
        }
        if let Some(value) = self.as_point() {
            return write!(f, "{value}");
        }
        match (&self.lower, &self.upper) {
            (End::Unbounded, End::Unbounded) => f.write_str("any number"),
            (End::Closed(low), End::Unbounded) => write!(f, "{low} or more"),
            (End::Open(low), End::Unbounded) => write!(f, "more than {low}"),
            (End::Unbounded, End::Closed(high)) => write!(f, "{high} or less"),
            (End::Unbounded, End::Open(high)) => write!(f, "less than {high}"),
            (End::Closed(low), End::Closed(high)) => write!(f, "{low} … {high}"),
            (End::Open(low), End::Closed(high)) => write!(f, "more than {low}, at most {high}"),
            (End::Closed(low), End::Open(high)) => write!(f, "at least {low}, less than {high}"),
            (End::Open(low), End::Open(high)) => write!(f, "more than {low}, less than {high}"),
        }
    }
}

impl fmt::Debug for Interval {
    /// In brackets: `[194.45, 194.55]`, `(117, ∞)`, `∅`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("∅");
        }
        match &self.lower {
            End::Unbounded => f.write_str("(−∞, ")?,
            End::Closed(low) => write!(f, "[{low}, ")?,
            End::Open(low) => write!(f, "({low}, ")?,
        }
        match &self.upper {
            End::Unbounded => f.write_str("∞)"),
            End::Closed(high) => write!(f, "{high}]"),
            End::Open(high) => write!(f, "{high})"),
        }
    }
}
