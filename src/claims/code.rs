//! The codes of faults in claims files.

use crate::finding::{Code, CodeInfo, Severity};
use crate::rulebook::code::info;

pub(super) const VALUE: Code = Code(20);
pub(super) const SEPARATOR: Code = Code(21);
pub(super) const LONE_GROUP: Code = Code(22);
pub(super) const TWO_YEARS: Code = Code(23);
pub(super) const SAME_KEY: Code = Code(24);
pub(super) const UNIT: Code = Code(25);
pub(super) const UNDATED: Code = Code(26);
pub(super) const SAME_SOURCE: Code = Code(27);
pub(super) const REVISION: Code = Code(28);
pub(super) const WRONG_KIND: Code = Code(29);
pub(super) const NO_CLAIMS: Code = Code(30);

macro_rules! page {
    ($file:literal) => {
        include_str!(concat!("codes/", $file, ".md"))
    };
}

/// The codes that the reader of claims makes, besides [those of any file](crate::rulebook::CODES).
pub const CODES: &[CodeInfo] = &[
    info(VALUE, "value-phrase", Severity::Error, page!("value-phrase")),
    info(SEPARATOR, "ambiguous-separator", Severity::Error, page!("ambiguous-separator")),
    info(LONE_GROUP, "lone-group", Severity::Warning, page!("lone-group")),
    info(TWO_YEARS, "two-years", Severity::Warning, page!("two-years")),
    info(SAME_KEY, "same-key", Severity::Error, page!("same-key")),
    info(UNIT, "unit-mismatch", Severity::Error, page!("unit-mismatch")),
    info(UNDATED, "undated", Severity::Note, page!("undated")),
    info(SAME_SOURCE, "same-source", Severity::Error, page!("same-source")),
    info(REVISION, "revision", Severity::Error, page!("revision")),
    info(WRONG_KIND, "wrong-kind", Severity::Error, page!("wrong-kind")),
    info(NO_CLAIMS, "no-claims", Severity::Error, page!("no-claims")),
];
