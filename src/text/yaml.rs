//! YAML as a small tree in which every key and every value knows its place.
//!
//! [`parse`] reads the part of YAML that people write: block and flow lists and mappings, plain and
//! quoted texts, block texts. No value is interpreted: `867.042`, `1e3`, `0x10`, `yes` and
//! `2024-12` are texts as written. Anchors, aliases, tags, directives and second documents are
//! refused with their place; depth, sizes and counts are bounded.
//!
//! **A fault costs only the unit that it stands in.** A unit is an item of a list that is the file
//! or a section of it, or an entry of a section. When a file does not parse as a whole, it is
//! divided by indentation into sections and these into units, each is parsed on its own, and those
//! that are sound make the tree: thirty claims with ten broken ones are twenty claims and ten
//! faults. A unit is never kept in part: a claim that lost its `period` would be another claim. The
//! whole costs at most three passes.
//!
//! # Source
//! YAML 1.2.2, <https://yaml.org/spec/1.2.2/>.

mod block;
mod diagnose;
mod divide;
mod document;
mod fault;
mod grammar;
mod keys;
mod lines;
mod pieces;
mod tokens;
mod write;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use super::source_map::{FileId, Span};

pub use fault::{Fault, FaultKind, Typo};
pub use pieces::pieces;
pub use write::scalar;

/// How deep lists and mappings may be nested.
pub const MAX_DEPTH: usize = 64;
/// How long one text may be, in bytes.
pub const MAX_SCALAR: usize = 64 * 1024;
/// How long a file may be, in bytes.
pub const MAX_FILE: usize = 256 * 1024 * 1024;
/// How many keys, values and items a file may have.
pub const MAX_NODES: usize = 4_000_000;
/// How many faults of a file are told.
pub const MAX_FAULTS: usize = 100;

/// What was read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'t> {
    /// The tree of all that was sound; none for a file without content.
    pub root: Option<Node<'t>>,
    /// What was wrong, in the order of the file.
    pub faults: Vec<Fault>,
    /// Whether everything in the file is in the tree. A key that stands twice does not count
    /// against it.
    pub whole: bool,
}

/// A value, a key or an item of the text `'t`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'t> {
    /// Where it stands: quotation marks and brackets are included, comments and the white space
    /// around it are not. A value that was left out is an empty span behind the colon.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'t>,
}

/// What a [`Node`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind<'t> {
    /// A text: quoted texts with their escapes resolved, others as written. See [`Node::is_null`]
    /// for those that mean nothing.
    Scalar {
        /// The text; that of the file itself, unless it had to be put together.
        text: Cow<'t, str>,
        /// Whether it stands there without quotation marks and is no block text.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node<'t>>),
    /// A mapping; every key stands once.
    Mapping(Vec<Entry<'t>>),
    /// The value of an entry that has a fault: the key is known, the value is not. The fault has
    /// been told.
    Unread,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The key, always a [`Kind::Scalar`].
    pub key: Node<'t>,
    /// The value.
    pub value: Node<'t>,
}

/// Reads a file.
///
/// # Example
/// ```
/// use mizan::text::{FileId, yaml};
///
/// let text = "claims:\n  - measure: calls\n    value: 4.269.781\n  - measure: \"calls\n  - measure: cards\n";
/// let document = yaml::parse(FileId::default(), text);
/// let claims = document.root.as_ref().and_then(|root| root.get("claims")).and_then(|claims| claims.as_sequence()).unwrap();
///
/// assert_eq!(claims[0].get("value").and_then(|value| value.as_str()), Some("4.269.781"));
/// assert_eq!(claims.len(), 2, "the second claim is broken, the third is not");
/// assert_eq!(document.faults[0].kind.to_string(), "a text that begins with `\"` must end with `\"`, and nothing closes it");
/// ```
#[must_use]
pub fn parse(file: FileId, text: &str) -> Document<'_> {
    let source = Source { file, text };
    if text.len() > MAX_FILE {
        return Document::unreadable(Fault::new(source.span(0..0), FaultKind::FileTooLong));
    }
    let extent = document::first(source);
    let mut outcome = divide::read(source, extent.body);
    outcome.faults.extend(extent.refused);
    outcome.into_document(source)
}

impl Document<'_> {
    /// A file of which nothing could be read.
    #[must_use]
    pub fn unreadable(fault: Fault) -> Self {
        Self { root: None, faults: vec![fault], whole: false }
    }
}

impl<'t> Node<'t> {
    /// The text of a scalar, whatever it is, also of one that [means nothing](Self::is_null).
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    #[must_use]
    pub fn as_sequence(&self) -> Option<&[Self]> {
        match &self.kind {
            Kind::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a mapping, in the order of the file.
    #[must_use]
    pub fn as_mapping(&self) -> Option<&[Entry<'t>]> {
        match &self.kind {
            Kind::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key of a mapping.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry<'t>> {
        self.as_mapping()?.iter().find(|entry| entry.key() == key)
    }

    /// Whether it says that there is nothing: a value left out, `~` or `null`, without quotation
    /// marks.
    #[must_use]
    pub fn is_null(&self) -> bool {
        let Kind::Scalar { text, plain: true } = &self.kind else {
            return false;
        };
        matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL")
    }

    /// Whether it stands for a value that could not be read, of which a fault tells.
    #[must_use]
    pub const fn is_unread(&self) -> bool {
        matches!(self.kind, Kind::Unread)
    }

    /// Whether both say the same, wherever they stand: the entries of a mapping in any order.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Sequence(own), Kind::Sequence(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(own, other)| own.agrees_with(other))
            }
            (Kind::Mapping(own), Kind::Mapping(others)) => {
                // Most stand where they stood.
                let has = |(entry, there): (&Entry<'_>, &Entry<'_>)| {
                    let same = Some(&there.value).filter(|_| entry.key() == there.key());
                    same.or_else(|| other.get(entry.key()))
                        .is_some_and(|value| entry.value.agrees_with(value))
                };
                own.len() == others.len() && own.iter().zip(others).all(has)
            }
            (own, other) => own == other,
        }
    }

    /// What it is, for messages: `a text`, `a list`, `a mapping`, `nothing`.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match &self.kind {
            Kind::Scalar { .. } if self.is_null() => "nothing",
            Kind::Scalar { .. } => "a text",
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
            Kind::Unread => "something unreadable",
        }
    }
}

impl Entry<'_> {
    /// The text of the key.
    #[must_use]
    pub fn key(&self) -> &str {
        self.key.as_str().unwrap_or("")
    }

    /// Key and value together.
    #[must_use]
    pub fn span(&self) -> Span {
        self.key.span.to(self.value.span)
    }
}

/// The text that is read; all offsets are offsets of it.
#[derive(Clone, Copy)]
struct Source<'t> {
    file: FileId,
    text: &'t str,
}

impl<'t> Source<'t> {
    fn span(self, range: Range<usize>) -> Span {
        Span::of(self.file, range)
    }

    /// The text of a range; empty if the range is no range of this text.
    fn get(self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or("")
    }

    /// The text from an offset on.
    fn from(self, start: usize) -> &'t str {
        self.text.get(start..).unwrap_or("")
    }
}

/// What was read of a stretch of the text, and what was wrong with it.
#[derive(Default)]
struct Outcome<'t> {
    root: Option<Node<'t>>,
    faults: Vec<Fault>,
}

impl<'t> Outcome<'t> {
    fn into_document(mut self, source: Source<'_>) -> Document<'t> {
        self.faults.sort_by_key(|fault| fault.span);
        if self.faults.len() > MAX_FAULTS {
            self.faults.truncate(MAX_FAULTS);
            let end = source.text.len();
            self.faults.push(Fault::new(source.span(end..end), FaultKind::TooManyFaults));
        }
        let whole = !self.faults.iter().any(|fault| fault.kind.loses());
        Document { root: self.root, faults: self.faults, whole }
    }
}
