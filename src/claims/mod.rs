//! Claims in, facts out: reading files of claims and lowering them with the vocabulary.
//!
//! Reading never stops at a fault: what is sound is kept, what cannot be known is refused and
//! counted, and everything wrong is a [`Finding`].
//!
//! ```text
//! claims/*.yaml ─schema─▶ Claim (as written) ─lower─▶ Fact ∈ FactBase ─relations─▶ some set aside
//! ```
//!
//! | module | |
//! |---|---|
//! | `schema`, `source` | the wire form: keys, shapes, places |
//! | `aspects` | what a claim is about: inheritance, labels as names, periods |
//! | `value`, `unit`, `change`, `date` | what it says |
//! | `tell` | the words for what is wrong with that |
//! | `quote` | the words of the article that say it |
//! | `key` | how it is known |
//! | `relations` | revisions and provisional figures |
//! | `order` | the keys of a file in one order |
//!
//! A claim is lowered in one pass over its file, in time linear in its text; the order of files
//! changes nothing but the order of ids.

mod aspects;
mod change;
mod code;
mod date;
pub mod json_schema;
mod key;
mod lower;
mod order;
mod quote;
mod relations;
mod schema;
mod source;
mod tell;
#[cfg(test)]
mod tests;
mod unit;
mod value;

use crate::fact::FactBase;
use crate::finding::Finding;
use crate::rulebook::fault::Faults;
use crate::text::yaml::{self, Document, Node};
use crate::text::{FileId, SourceMap};
pub use code::CODES;
use lower::Lowering;
pub use order::order_keys;
use schema::Claim;

/// What came of reading claims, besides the facts in the base.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Everything that is wrong with the files.
    pub findings: Vec<Finding>,
    /// Whether every file was read to its end.
    pub whole: bool,
    /// How many claims were read, parts of lists included.
    pub read: usize,
    /// How many of them could not be lowered: counted, never silently lost.
    pub refused: usize,
}

/// Reads files of claims, in their order, into a base that speaks their vocabulary.
pub fn read(files: &[FileId], map: &SourceMap, base: &mut FactBase) -> Loaded {
    let documents: Vec<_> = files.iter().map(|&file| (file, yaml::parse(file, map.text(file)))).collect();
    read_documents(&documents, map, base)
}

/// The same for files that somebody has parsed already, to tell what they are.
pub fn read_documents(documents: &[(FileId, Document<'_>)], map: &SourceMap, base: &mut FactBase) -> Loaded {
    let mut faults = Faults::default();
    let mut written = Vec::with_capacity(documents.len());
    for (file, document) in documents {
        written.push(schema::read(*file, document, map, &base.vocabulary, &mut faults));
    }
    let whole = written.iter().all(|file| file.whole);
    let claims = written.iter().flat_map(|file| &file.claims).map(Claim::count).sum();
    let mut lowering = Lowering::new(base, faults, claims);
    for file in written {
        lowering.file(file);
    }
    lowering.settle();
    Loaded {
        whole,
        read: lowering.read,
        refused: lowering.refused,
        findings: lowering.faults.into_findings(),
    }
}

/// Whether a file holds claims, by its top-level keys; else it is a rulebook.
#[must_use]
pub fn is_claims(root: &Node) -> bool {
    ["source", "defaults", "claims"].iter().any(|section| root.get(section).is_some())
}
