//! Exact quantities: numbers, intervals of them, and what a written figure means.
//!
//! | module | holds |
//! |---|---|
//! | [`number`] | [`Number`]: a rational of any size |
//! | [`interval`] | [`Interval`]: a connected set of numbers, each end open, closed or absent |
//! | [`figure`] | [`Figure`]: a figure as it was written: value, grain, hedge |
//! | [`lexicon`] | [`Lexicon`]: how far the words around a number let it reach |
//! | [`reading`] | [`read`]: a figure becomes its hard and its soft set |
//! | [`whole`] | which ratios two whole numbers can have |
//!
//! No floating point takes part in anything here: every verdict rests on these values.

pub mod figure;
pub mod interval;
pub mod lexicon;
pub mod number;
pub mod reading;
pub mod whole;

pub use figure::{Figure, Form, Hedge};
pub use interval::{End, Interval};
pub use lexicon::{Lexicon, LexiconEntry, Reach, Size, Width, Wording};
pub use number::{MAX_DIGITS, Number};
pub use reading::{Reading, Rounding, UnitKind, read};
