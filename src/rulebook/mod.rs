//! Rulebooks in, vocabulary out: the sections `entities units measures dimensions rules levels allow
//! lexicon trust articles`, in any file, merged over files.
//!
//! Reading never stops at a fault: whatever is sound is kept, and everything wrong is a
//! [`Finding`]. The bodies of rules stay trees with places; the checks parse them.
//!
//! ```text
//! rules/*.yaml ─yaml::parse─▶ tree ─sections─▶ units ─▶ entities ─▶ dimensions ─▶ measures ─▶ Vocabulary
//!                                   └─────────▶ rules, levels, allow, trust, articles
//! ```

pub(crate) mod circle;
pub(crate) mod code;
mod dimensions;
pub(crate) mod fault;
mod measures;
mod names;
mod policy;
pub(crate) mod record;
mod rules;
#[cfg(test)]
mod tests;
mod units;

use crate::fact::Allow;
use crate::finding::Finding;
use crate::text::yaml::{self, Document, Entry, Node};
use crate::text::{FileId, SourceMap, Span};
use crate::vocabulary::{Entity, Names, Vocabulary};
pub use code::CODES;
pub(crate) use code::{ENCODING, LIMIT, UNKNOWN_FILE};
use fault::{Faults, error};
pub(crate) use measures::{ROUNDINGS, read_decimals};
use names::{Table, read_labels};
pub use policy::{Level, Trust};
pub(crate) use policy::{read_allow, read_period, unreadable_period};
use record::Record;
pub use rules::RawRule;

/// The sections of a rulebook.
pub const SECTIONS: [&str; 10] = [
    "entities",
    "units",
    "measures",
    "dimensions",
    "rules",
    "levels",
    "allow",
    "lexicon",
    "trust",
    "articles",
];

/// The keys of a claim, which no dimension may have as its name, in the order in which they are best written.
pub(crate) const CLAIM_KEYS: [&str; 28] = [
    "measure",
    "value",
    "change",
    "share",
    "date",
    "state",
    "ordinal",
    "entity",
    "period",
    "unit",
    "decimals",
    "status",
    "scope",
    "origin",
    "quote",
    "near",
    "offset",
    "parts",
    "among",
    "items",
    "exhaustive",
    "supersedes",
    "provisional",
    "reject",
    "id",
    "allow",
    "checked",
    "note",
];

/// The key of a claim behind which the dimensions stand in that order, as they are declared.
pub(crate) const DIMENSIONS_STAND_BEHIND: &str = "period";

/// Everything that the files of a rulebook say.
#[derive(Clone, Debug, Default)]
pub struct Rulebook<'t> {
    /// What claims may speak of.
    pub vocabulary: Vocabulary,
    /// The rules, in the order of the files.
    pub rules: Vec<RawRule<'t>>,
    /// Severities by code or rule.
    pub levels: Vec<Level>,
    /// Findings that somebody allows, by fingerprint.
    pub allow: Vec<Allow>,
    /// How much an origin weighs.
    pub trust: Vec<Trust>,
    /// The folder of the articles, as written.
    pub articles: Option<String>,
    /// Everything that is wrong with the files.
    pub findings: Vec<Finding>,
    /// Whether every file was read to its end.
    pub whole: bool,
}

/// Reads the files of a rulebook, in their order.
#[must_use]
pub fn read<'t>(files: &[FileId], map: &'t SourceMap) -> Rulebook<'t> {
    let parse = |&file| (file, yaml::parse(file, map.text(file)));
    read_documents(files.iter().map(parse).collect(), map)
}

/// The same for files that somebody has parsed already, to tell what they are.
#[must_use]
pub fn read_documents<'t>(documents: Vec<(FileId, Document<'t>)>, map: &SourceMap) -> Rulebook<'t> {
    let mut faults = Faults::default();
    let mut roots = Vec::new();
    let mut whole = true;
    for (file, document) in documents {
        faults.add_document(&document, map);
        whole &= document.whole;
        if document.root.is_none() && document.faults.is_empty() {
            let message = "a rulebook must have a section, found an empty file";
            faults.add(error(code::UNKNOWN_FILE, message).at(Span::new(file, 0, 0), "nothing here"));
        }
        roots.extend(document.root);
    }
    roots.retain(|root| is_rulebook(root, &mut faults));
    Rulebook { whole, ..merge(&Sections { roots: &roots }, faults) }
}

/// Whether a file has a section of rulebooks; tells its other keys.
fn is_rulebook(root: &Node, faults: &mut Faults) -> bool {
    let entries = root.as_mapping().unwrap_or(&[]);
    if !entries.iter().any(|entry| SECTIONS.contains(&entry.key())) {
        let message = "a file must hold claims (`source`, `defaults`, `claims`) or sections of a rulebook, found neither";
        let span = entries.first().map_or(root.span, |entry| entry.key.span);
        let finding = error(code::UNKNOWN_FILE, message).at(span, "neither");
        let near = entries.iter().find_map(|entry| crate::vocabulary::nearest(entry.key(), SECTIONS));
        faults.add(match near {
            Some(section) => finding.help(format!("did you mean `{section}`?")),
            None => finding,
        });
        return false;
    }
    if let Some(record) = Record::open(root, "a rulebook", faults) {
        record.refuse_others(&SECTIONS, faults);
    }
    true
}

/// The sections of one name over all files.
struct Sections<'a, 't> {
    roots: &'a [Node<'t>],
}

impl<'a, 't> Sections<'a, 't> {
    fn of(&self, name: &str) -> Vec<&'a Node<'t>> {
        self.roots.iter().filter_map(|root| root.get(name)).collect()
    }

    /// The entries of the sections that are mappings.
    fn entries(&self, name: &str, faults: &mut Faults) -> Vec<&'a Entry<'t>> {
        let what = format!("`{name}`");
        let sections = self.of(name).into_iter();
        sections
            .filter_map(|section| Record::open(section, &what, faults).map(|_| section))
            .flat_map(|section| section.as_mapping().unwrap_or(&[]))
            .collect()
    }

    /// The items of the sections that are lists.
    fn items(&self, name: &str, faults: &mut Faults) -> Vec<&'a Node<'t>> {
        let what = format!("`{name}`");
        self.of(name).into_iter().flat_map(|section| record::items(section, &what, faults)).collect()
    }
}

/// Merges the sections, each after those that it refers to.
fn merge<'t>(sections: &Sections<'_, 't>, mut faults: Faults) -> Rulebook<'t> {
    let found = &mut faults;
    let mut units = units::Units::read(&sections.entries("units", found), found);
    let entities = read_entities(&sections.entries("entities", found), found);
    let dimensions = dimensions::read(&sections.entries("dimensions", found), found);
    let measures = measures::read(&sections.entries("measures", found), &mut units, &entities, found);
    let lexicon = policy::lexicon(&sections.entries("lexicon", found), found);
    let vocabulary = Vocabulary { units: units.finish(found), entities, measures, dimensions, lexicon };
    Rulebook {
        vocabulary,
        rules: rules::read(&sections.items("rules", found), found),
        levels: policy::levels(&sections.entries("levels", found), found),
        allow: policy::allow(&sections.items("allow", found), found),
        trust: policy::trust(&sections.entries("trust", found), found),
        articles: read_articles(&sections.of("articles"), found),
        findings: faults.into_findings(),
        whole: true,
    }
}

fn read_entities(sections: &[&Entry], faults: &mut Faults) -> Names<Entity> {
    let mut table = Table::new("an entity", sections.len());
    for entry in sections {
        let Some(record) = Record::read(&entry.value, "an entity", &["labels"], faults) else { continue };
        let labels = read_labels(record.get("labels"), faults);
        if let Some(id) = table.declare(&entry.key, Entity, faults) {
            table.label(id, labels);
        }
    }
    table.finish(faults)
}

/// `articles:` stands once in the whole rulebook.
fn read_articles(sections: &[&Node], faults: &mut Faults) -> Option<String> {
    let (first, others) = sections.split_first()?;
    for other in others {
        let message = "the folder of the articles must be named once, found it again";
        let finding = error(code::DECLARED_TWICE, message).at(other.span, "again here");
        faults.add(finding.at(first.span, "first here"));
    }
    record::text(first, "`articles`", faults).map(|text| text.text.to_owned())
}
