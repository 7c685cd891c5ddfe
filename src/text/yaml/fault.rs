//! What can be wrong with a file before anybody asks what it means.

use std::fmt;

use crate::text::sanitise::{char_name, excerpt};
use crate::text::source_map::Span;

use super::{MAX_DEPTH, MAX_FAULTS, MAX_FILE, MAX_NODES, MAX_SCALAR};

/// A fault of a file, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it is.
    pub span: Span,
    /// The first place of a key that stands twice.
    pub also: Option<Span>,
    /// The unit of the file that is not in the tree because of it.
    pub lost: Option<Span>,
    /// What it is.
    pub kind: FaultKind,
}

/// What is wrong. As text: what must hold, then what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The text breaks the grammar.
    Syntax(Typo),
    /// A key stands twice in one mapping; the first is kept.
    DuplicateKey(String),
    /// A key is not a word.
    ComplexKey,
    /// `&name`.
    Anchor,
    /// `*name`.
    Alias,
    /// `!name`.
    Tag,
    /// `%YAML`.
    Directive,
    /// A `---` inside the file.
    SecondDocument,
    /// A character that is refused: see
    /// [`first_forbidden`](crate::text::sanitise::first_forbidden).
    ForbiddenCharacter(char),
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// A text longer than [`MAX_SCALAR`].
    ScalarTooLong,
    /// A file longer than [`MAX_FILE`].
    FileTooLong,
    /// More than [`MAX_NODES`].
    TooManyNodes,
    /// More than [`MAX_FAULTS`].
    TooManyFaults,
}

/// How a text breaks the grammar. What was found is cut and [safe to
/// print](crate::text::sanitise::display).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typo {
    /// A quotation mark without its partner.
    UnclosedQuote(char),
    /// Something behind a closing quotation mark.
    TextAfterQuote(String),
    /// A backslash before something that is no escape.
    UnknownEscape(String),
    /// An opening bracket without its partner.
    UnclosedBracket(char),
    /// A bracket closed by one of the other kind.
    MismatchedBracket {
        /// The opening bracket.
        open: char,
        /// The bracket that was found.
        close: char,
    },
    /// A closing bracket too many.
    StrayBracket(char),
    /// A tab where spaces indent.
    Tab,
    /// A line that stands neither where its neighbours do nor where they allow it.
    Indentation(String),
    /// `key: a: b`.
    ColonInValue(String),
    /// `key:value`.
    ColonWithoutSpace(String),
    /// A word where a key should be.
    MissingColon(String),
    /// `{key: 6,500}`: the second half is read as a key that has no value.
    KeyWithoutValue(String),
    /// A plain text that begins with a character which YAML keeps for itself.
    ReservedStart(char),
    /// `|` or `>` without the lines that it announces.
    BlockText(char),
    /// `key: - item`.
    ListBesideKey,
    /// Any other.
    Unexpected(Option<char>),
}

/// As much of the user's text as a message repeats.
pub(super) fn found(text: &str) -> String {
    excerpt(text, 40).into_owned()
}

impl Fault {
    pub(super) fn new(span: Span, kind: FaultKind) -> Self {
        Self { span, also: None, lost: None, kind }
    }

    pub(super) fn typo(span: Span, typo: Typo) -> Self {
        Self::new(span, FaultKind::Syntax(typo))
    }
}

impl FaultKind {
    /// Whether something of the file is missing in the tree, so that the file was not read whole.
    #[must_use]
    pub const fn loses(&self) -> bool {
        !matches!(self, Self::DuplicateKey(_) | Self::Directive)
    }

    /// What to do about it, where that is not plain from the message.
    #[must_use]
    pub const fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::Syntax(typo) => return typo.help(),
            Self::Anchor | Self::Alias | Self::Tag => {
                "put a text that begins with `&`, `*` or `!` in quotation marks"
            }
            Self::SecondDocument => "write one file for each article",
            Self::ForbiddenCharacter(_) => "delete the character; it cannot be seen in most editors",
            _ => return None,
        })
    }
}

impl Typo {
    const fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::TextAfterQuote(_) => {
                "write a quotation mark inside the text twice (`''`), or `\\\"` between double ones"
            }
            Self::UnknownEscape(_) => "between single quotation marks a backslash is a plain character",
            Self::Tab => "set the editor to indent with spaces",
            Self::ColonInValue(_) | Self::ReservedStart(_) => "put the whole value in quotation marks",
            Self::KeyWithoutValue(_) => {
                "write the entries on lines of their own, or put the value in quotation marks"
            }
            Self::BlockText(_) => "write `over 5` or `at least 5`, or put the value in quotation marks",
            _ => return None,
        })
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(typo) => typo.fmt(f),
            Self::DuplicateKey(key) => {
                write!(f, "a key must stand once in its mapping, found `{}` again", found(key))
            }
            Self::ComplexKey => f.write_str("a key must be a word or a text, found something else"),
            Self::Anchor => {
                f.write_str("a text must not begin with `&`, which names a part to repeat (an anchor)")
            }
            Self::Alias => {
                f.write_str("a text must not begin with `*`, which repeats a named part (an alias)")
            }
            Self::Tag => f.write_str("a text must not begin with `!`, which gives a type (a tag)"),
            Self::Directive => f.write_str("a file must begin with its content, found a directive (`%`)"),
            Self::SecondDocument => f.write_str("a file must hold one document, found a second one"),
            Self::ForbiddenCharacter(char) => {
                write!(f, "a file must not contain {}", char_name(*char))
            }
            Self::TooDeep => {
                write!(f, "lists and mappings must be nested at most {MAX_DEPTH} deep, found more")
            }
            Self::ScalarTooLong => {
                write!(f, "a text must have at most {} KiB, found more", MAX_SCALAR / 1024)
            }
            Self::FileTooLong => {
                write!(f, "a file must have at most {} MiB, found more", MAX_FILE / 1024 / 1024)
            }
            Self::TooManyNodes => {
                write!(f, "a file must have at most {MAX_NODES} keys and values, found more")
            }
            Self::TooManyFaults => write!(f, "more than {MAX_FAULTS} faults, the rest is not told"),
        }
    }
}

impl fmt::Display for Typo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnclosedQuote(mark) => {
                write!(f, "a text that begins with `{mark}` must end with `{mark}`, and nothing closes it")
            }
            Self::TextAfterQuote(found) => {
                write!(f, "nothing may follow the closing quotation mark, found `{found}`")
            }
            Self::UnknownEscape(found) => {
                write!(f, "a backslash must begin a known escape, found `{found}`")
            }
            Self::UnclosedBracket(open) => {
                write!(f, "`{open}` must be closed by `{}`, and nothing closes it", partner(*open))
            }
            Self::MismatchedBracket { open, close } => {
                write!(f, "`{open}` must be closed by `{}`, found `{close}`", partner(*open))
            }
            Self::StrayBracket(close) => {
                write!(f, "`{close}` must close a `{}`, and none is open", partner(*close))
            }
            Self::Tab => f.write_str("lines must be indented with spaces, found a tab"),
            Self::Indentation(found) => {
                write!(f, "a line must be indented like its neighbours, found `{found}` between them")
            }
            Self::ColonInValue(found) => {
                write!(f, "a value must not contain a colon and a space, found `{found}`")
            }
            Self::ColonWithoutSpace(found) => {
                write!(f, "a space must follow the colon of a key, found `{found}`")
            }
            Self::MissingColon(found) => {
                write!(f, "a colon must follow a key, found `{found}` alone")
            }
            Self::KeyWithoutValue(found) => {
                write!(
                    f,
                    "between `{{` and `}}` a comma ends a value and a key with its colon must follow, found `{found}`"
                )
            }
            Self::ReservedStart(char) => write!(f, "a text must not begin with `{char}`"),
            Self::BlockText(mark) => {
                write!(f, "`{mark}` must be followed by the lines of a text, and there are none")
            }
            Self::ListBesideKey => {
                f.write_str("a list must begin on the line below its key, found `-` beside it")
            }
            Self::Unexpected(Some(char)) => {
                write!(f, "a key, an item or a value must stand here, found `{}`", found(&char.to_string()))
            }
            Self::Unexpected(None) => f.write_str("a key, an item or a value must stand here, found the end"),
        }
    }
}

/// The bracket that goes with a bracket.
const fn partner(bracket: char) -> char {
    match bracket {
        '[' => ']',
        ']' => '[',
        '{' => '}',
        _ => '{',
    }
}
