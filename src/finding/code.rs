//! Codes are for ever: unique, sorted, documented; a removed one still answers.

use std::fmt;

use super::Severity;

/// The number of a kind of finding, written `MZ204`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MZ{:03}", self.0)
    }
}

/// What is known about a code: one row of the tables that readers and checks list.
#[derive(Clone, Copy, Debug)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// Its name in a word or two, kebab-case.
    pub name: &'static str,
    /// The severity that it has unless `levels:` or a rule says otherwise.
    pub severity: Severity,
    /// The version that brought it.
    pub since: &'static str,
    /// Its page: what it checks, why, an example, how to resolve it.
    pub page: &'static str,
}
