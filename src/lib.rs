//! mizan (ميزان, the scales): cross-checks the figures that articles report.

pub mod check;
pub mod checks;
pub mod claims;
pub mod cli;
pub mod constraint;
pub mod error;
pub mod evidence;
pub mod fact;
pub mod finding;
pub mod numeral;
pub mod period;
pub mod quantity;
pub mod report;
pub mod rulebook;
pub mod solve;
pub mod text;
pub mod vocabulary;

pub use error::Error;
