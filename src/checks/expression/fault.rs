//! The words for a text that is no expression.

use std::fmt;
use std::ops::Range;

use super::lex::Kind;

/// Why a text is no expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxFault {
    /// Bytes of the expression's text, on the bounds of characters; empty at the end of it.
    pub span: Range<usize>,
    /// What must hold, then what was found.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl fmt::Display for SyntaxFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SyntaxFault {}

impl SyntaxFault {
    /// A fault of what stands at this place of the text; an empty place is its end.
    pub(super) fn at(text: &str, span: Range<usize>, must: &str, help: Option<&str>) -> Self {
        let message = match text.get(span.clone()) {
            Some(found) if !found.is_empty() => format!("{must}; found `{}`", crop(found)),
            _ => format!("{must}; found the end"),
        };
        Self { span, message, help: help.map(str::to_owned) }
    }

    /// A bracket that the text does not close: its opening is to blame, not the end of the text.
    pub(super) fn unclosed(open: Range<usize>, must: &str) -> Self {
        Self { span: open, message: format!("{must}; found the end"), help: None }
    }

    /// A character that no token begins with, often one that cannot be seen.
    pub(super) fn stray(found: char, span: Range<usize>) -> Self {
        let (shown, code) = (found.escape_debug(), u32::from(found));
        let message = format!("every sign must belong to the language; found `{shown}` (U+{code:04X})");
        Self { span, message, help: Some("a name with other signs goes in double quotes".to_owned()) }
    }

    pub(super) fn too_long(length: usize, most: usize) -> Self {
        let message = format!("an expression must have at most {most} bytes; found {length}");
        Self { span: 0..length, message, help: Some("write several rules".to_owned()) }
    }

    /// A word before `(` that is none of the `known` functions.
    pub(super) fn unknown_function(text: &str, span: Range<usize>, known: [&str; 5]) -> Self {
        let name = text.get(span.clone()).unwrap_or_default();
        let close = known.into_iter().find(|known| begin_alike(known, name));
        let help = close.map(|known| format!("did you mean `{known}`?"));
        let must = format!("a function must be one of `{}`", known.join("`, `"));
        Self::at(text, span, &must, help.as_deref())
    }
}

/// What to write instead, where the token that is out of place tells what was meant.
pub(super) fn advice(found: Kind<'_>) -> Option<&'static str> {
    Some(match found {
        Kind::Sign("=") => "did you mean `==`?",
        Kind::Sign("[") => "the brackets stand right after the name: `name[kind=district] @y`",
        Kind::Sign("@") => "a year stands right after a term: `name @y`",
        Kind::Sign("if") => "`if` stands once, at the beginning of the rule",
        Kind::Sign("then") => "`then` needs an `if` at the beginning of the rule",
        Kind::Sign("==" | "<=" | "<" | ">=" | ">") => {
            "a comparison stands between two operands, outside of brackets"
        }
        Kind::Sign(_) | Kind::End => return None,
        Kind::Word("or" | "else" | "not") => "a rule has no alternatives: write a rule for each case",
        _ => "an operator is missing, or the quotes around a name with spaces",
    })
}

/// The text, or the beginning of a long one.
fn crop(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Enough to tell five functions apart: `summe` is meant for `sum`, `total` for none.
fn begin_alike(known: &str, name: &str) -> bool {
    name.len() <= 2 * known.len() && known.chars().zip(name.chars()).take_while(|(a, b)| a == b).count() >= 2
}
