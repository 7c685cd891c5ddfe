//! `joint`: what several instances say together, though each by itself can hold.
//!
//! No check grounds it: the pipeline asks the engine about all instances at once, and strings the steps
//! of their own checks.

use crate::finding::Code;

/// Conflicts that several instances make together.
pub const JOINT: Code = Code(210);
