//! The codes of evidence.

use crate::finding::{Code, CodeInfo, Severity};
use crate::rulebook::code::info;

pub(super) const ABSENT: Code = Code(101);
pub(super) const AMBIGUOUS: Code = Code(102);
pub(super) const FIGURE: Code = Code(103);
pub(super) const ARTICLE: Code = Code(104);
pub(super) const UNCOVERED: Code = Code(105);
pub(super) const MOVED: Code = Code(106);

macro_rules! page {
    ($file:literal) => {
        include_str!(concat!("codes/", $file, ".md"))
    };
}

/// The codes of evidence.
pub const CODES: &[CodeInfo] = &[
    info(ABSENT, "quote-not-found", Severity::Error, page!("quote-not-found")),
    info(AMBIGUOUS, "quote-found-twice", Severity::Warning, page!("quote-found-twice")),
    info(FIGURE, "figure-in-quote", Severity::Error, page!("figure-in-quote")),
    info(ARTICLE, "article-text", Severity::Warning, page!("article-text")),
    info(UNCOVERED, "uncovered-figures", Severity::Note, page!("uncovered-figures")),
    info(MOVED, "quote-moved", Severity::Note, page!("quote-moved")),
];
