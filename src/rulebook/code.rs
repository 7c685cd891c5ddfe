//! The codes of faults in files that both readers share, and those of rulebooks.

use crate::finding::{Code, CodeInfo, Severity};

pub(crate) const SYNTAX: Code = Code(1);
pub(crate) const ENCODING: Code = Code(2);
pub(crate) const LIMIT: Code = Code(3);
pub(crate) const DUPLICATE_KEY: Code = Code(4);
pub(crate) const FORBIDDEN_CHARACTER: Code = Code(5);
pub(crate) const REFUSED_YAML: Code = Code(6);
pub(crate) const UNKNOWN_KEY: Code = Code(7);
pub(crate) const SHAPE: Code = Code(8);
pub(crate) const UNKNOWN_NAME: Code = Code(9);
pub(crate) const DECLARED_TWICE: Code = Code(10);
pub(crate) const ILLEGAL_NAME: Code = Code(11);
pub(crate) const CIRCULAR: Code = Code(12);
pub(crate) const REFUSED_RULE: Code = Code(13);
pub(crate) const HIDDEN: Code = Code(14);
pub(crate) const FLOW_COMMA: Code = Code(15);
pub(crate) const UNKNOWN_FILE: Code = Code(16);
pub(crate) const PERIOD: Code = Code(17);

/// One row of a reader's table.
pub(crate) const fn info(code: Code, name: &'static str, severity: Severity, page: &'static str) -> CodeInfo {
    CodeInfo { code, name, severity, since: "0.1", page }
}

macro_rules! page {
    ($file:literal) => {
        include_str!(concat!("codes/", $file, ".md"))
    };
}

/// The codes that the reader of rulebooks makes, and those of any file.
pub const CODES: &[CodeInfo] = &[
    info(SYNTAX, "syntax", Severity::Error, page!("syntax")),
    info(ENCODING, "encoding", Severity::Error, page!("encoding")),
    info(LIMIT, "limit", Severity::Error, page!("limit")),
    info(DUPLICATE_KEY, "duplicate-key", Severity::Error, page!("duplicate-key")),
    info(FORBIDDEN_CHARACTER, "forbidden-character", Severity::Error, page!("forbidden-character")),
    info(REFUSED_YAML, "refused-yaml", Severity::Error, page!("refused-yaml")),
    info(UNKNOWN_KEY, "unknown-key", Severity::Error, page!("unknown-key")),
    info(SHAPE, "shape", Severity::Error, page!("shape")),
    info(UNKNOWN_NAME, "unknown-name", Severity::Error, page!("unknown-name")),
    info(DECLARED_TWICE, "declared-twice", Severity::Error, page!("declared-twice")),
    info(ILLEGAL_NAME, "illegal-name", Severity::Error, page!("illegal-name")),
    info(CIRCULAR, "circular", Severity::Error, page!("circular")),
    info(REFUSED_RULE, "refused-rule", Severity::Error, page!("refused-rule")),
    info(HIDDEN, "nothing-hidden", Severity::Error, page!("nothing-hidden")),
    info(FLOW_COMMA, "flow-comma", Severity::Error, page!("flow-comma")),
    info(UNKNOWN_FILE, "unknown-file", Severity::Error, page!("unknown-file")),
    info(PERIOD, "period", Severity::Error, page!("period")),
];
