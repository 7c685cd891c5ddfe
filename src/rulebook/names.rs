//! Names and labels as a rulebook declares them: legal, once each, with their places.

use crate::rulebook::code;
use crate::rulebook::fault::{Faults, error, quoted};
use crate::rulebook::record::{Text, texts};
use crate::text::Span;
use crate::text::yaml::{Entry, Node};
use crate::vocabulary::Names;

/// Words that rules and claims keep for themselves.
pub(crate) const RESERVED: [&str; 12] =
    ["if", "then", "and", "any", "sum", "days", "year", "start", "end", "y", "unknown", "status"];

/// The longest name that is a name and no sentence, in characters.
const MAX_NAME: usize = 80;

/// A table under construction, which remembers where each name was declared.
pub(super) struct Table<'a, T> {
    what: &'static str,
    /// The words that are no names here.
    reserved: &'static [&'static str],
    names: Names<T>,
    places: Vec<Span>,
    labels: Vec<(u32, Vec<Text<'a>>)>,
}

impl<'a, T> Table<'a, T> {
    /// An empty table with room for so many things; `what` tells what it holds ("a measure").
    pub(super) fn new(what: &'static str, room: usize) -> Self {
        let (names, places) = (Names::with_capacity(room), Vec::with_capacity(room));
        Self { what, reserved: &RESERVED, names, places, labels: Vec::with_capacity(room) }
    }

    /// An empty table of things that rules seldom name, and then in quotes: any word may be one.
    pub(super) fn of_any_word(what: &'static str, room: usize) -> Self {
        Self { reserved: &[], ..Self::new(what, room) }
    }

    /// Adds a thing under a name, if the name is legal and free.
    pub(super) fn declare(&mut self, key: &Node, item: T, faults: &mut Faults) -> Option<u32> {
        let name = key.as_str().unwrap_or("");
        if let Some(fault) = illegal(name, self.reserved) {
            let message = format!("the name of {} must {fault}, found {}", self.what, quoted(name));
            faults.add(error(code::ILLEGAL_NAME, message).at(key.span, "not a name").help(
                "write letters and digits joined by hyphens; how articles write it belongs in `labels`",
            ));
            return None;
        }
        match self.names.add(name, [], item) {
            Ok(id) => {
                self.places.push(key.span);
                Some(id)
            }
            Err(taken) => {
                self.taken(name, key.span, taken.by, faults);
                None
            }
        }
    }

    /// Adds the labels of a thing, once all names are declared: a name goes before a label.
    pub(super) fn label(&mut self, id: u32, labels: Vec<Text<'a>>) {
        self.labels.push((id, labels));
    }

    /// Looks a name up while the table grows.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.names.find(name)
    }

    /// The names so far.
    pub(super) const fn names(&self) -> &Names<T> {
        &self.names
    }

    /// The thing behind an index, to complete.
    pub(super) fn get_mut(&mut self, id: u32) -> Option<&mut T> {
        self.names.get_mut(id as usize)
    }

    /// The thing behind an index.
    pub(super) fn get(&self, id: u32) -> Option<&T> {
        self.names.get(id as usize)
    }

    /// How many things there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Where a thing was declared.
    pub(super) fn place(&self, id: u32) -> Option<Span> {
        self.places.get(id as usize).copied()
    }

    /// Registers the labels that were put aside.
    pub(super) fn spell(&mut self, faults: &mut Faults) {
        self.names.reserve_labels(self.labels.iter().map(|(_, labels)| labels.len()).sum());
        for (id, labels) in std::mem::take(&mut self.labels) {
            for Text { text, span } in labels {
                if let Err(taken) = self.names.label(id, text) {
                    self.taken(text, span, taken.by, faults);
                }
            }
        }
    }

    /// The finished table.
    pub(super) fn finish(mut self, faults: &mut Faults) -> Names<T> {
        self.spell(faults);
        self.names
    }

    fn taken(&self, name: &str, span: Span, by: u32, faults: &mut Faults) {
        let message = format!(
            "a name or label must belong to one thing, found {} again, which {} `{}` has",
            quoted(name),
            self.what,
            self.names.name(by)
        );
        let finding = error(code::DECLARED_TWICE, message).at(span, "again here");
        faults.add(match self.place(by) {
            Some(first) => finding.at(first, "first here"),
            None => finding,
        });
    }
}

/// What a name must do and does not.
fn illegal(name: &str, reserved: &[&str]) -> Option<&'static str> {
    let part_of_name =
        |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.' | '%' | '°' | '/');
    if name.is_empty() || !name.chars().all(part_of_name) {
        Some("be letters, digits and hyphens without spaces or brackets")
    } else if reserved.contains(&name) {
        Some("be no word that rules keep for themselves")
    } else if name.len() > MAX_NAME && name.chars().nth(MAX_NAME).is_some() {
        Some("be at most 80 characters long")
    } else {
        None
    }
}

/// Reads `labels:` a text, a list of spellings, or either for each language.
pub(super) fn read_labels<'a>(node: Option<&'a Node<'_>>, faults: &mut Faults) -> Vec<Text<'a>> {
    let Some(node) = node else { return Vec::new() };
    let Some(languages) = node.as_mapping() else { return texts(node, "a label", faults).collect() };
    let mut labels = Vec::with_capacity(languages.len());
    for entry in languages {
        add_language(entry, &mut labels, faults);
    }
    labels
}

/// Reads the labels of one language.
pub(super) fn add_language<'a>(entry: &'a Entry<'_>, labels: &mut Vec<Text<'a>>, faults: &mut Faults) {
    if is_language(entry.key()) {
        labels.extend(texts(&entry.value, "a label", faults));
    } else {
        faults.wrong_node(&entry.key, "the key of a label", "a language (`ar`, `fr`, `en`)");
    }
}

/// Whether a key can be a language: two or three letters, perhaps a region.
pub(super) fn is_language(key: &str) -> bool {
    let primary = key.as_bytes().split(|byte| *byte == b'-').next().unwrap_or_default();
    (2..=3).contains(&primary.len()) && primary.iter().all(u8::is_ascii_lowercase)
}
