//! A [`Record`]: a mapping whose keys are known, read key by key; what does not fit is told.

use std::fmt::Display;

use crate::rulebook::fault::Faults;
use crate::text::Span;
use crate::text::yaml::{Entry, Node};

/// A text of a file with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    pub(crate) span: Span,
}

/// A mapping of which `what` tells what it is ("a measure").
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) span: Span,
    pub(crate) entries: &'a [Entry<'a>],
    what: &'a str,
}

impl<'a> Record<'a> {
    /// Reads a mapping and tells every key that is not known.
    pub(crate) fn read(node: &'a Node, what: &'a str, known: &[&str], faults: &mut Faults) -> Option<Self> {
        let record = Self::open(node, what, faults)?;
        record.refuse_others(known, faults);
        Some(record)
    }

    /// Reads a mapping with any keys; an empty cell is a mapping without any.
    pub(crate) fn open(node: &'a Node, what: &'a str, faults: &mut Faults) -> Option<Self> {
        let entries = match node.as_mapping() {
            Some(entries) => entries,
            None if node.is_null() => &[],
            None => {
                faults.wrong_node(node, what, "a mapping");
                return None;
            }
        };
        Some(Self { span: node.span, entries, what })
    }

    /// Tells every key that is not known.
    pub(crate) fn refuse_others(&self, known: &[&str], faults: &mut Faults) {
        let others = self.entries.iter().filter(|entry| !known.contains(&entry.key()));
        faults.unknown_keys(others.map(|entry| &entry.key), self.what, known);
    }

    /// The entry of a key, if it is there and not empty.
    pub(crate) fn entry(&self, key: &str) -> Option<&'a Entry<'a>> {
        self.entries.iter().find(|entry| entry.key() == key && !entry.value.is_null())
    }

    /// The value of a key, if it is there and not empty.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Node<'a>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The text of a key.
    pub(crate) fn text(&self, key: &str, faults: &mut Faults) -> Option<Text<'a>> {
        text(self.get(key)?, format_args!("`{key}`"), faults)
    }

    /// The text of a key that must be there.
    pub(crate) fn required(&self, key: &str, faults: &mut Faults) -> Option<Text<'a>> {
        if self.get(key).is_none() {
            faults.missing(self.span, self.what, key);
        }
        self.text(key, faults)
    }

    /// The text of a key without its place.
    pub(crate) fn string(&self, key: &str, faults: &mut Faults) -> Option<String> {
        self.text(key, faults).map(|text| text.text.to_owned())
    }

    /// A key that is `true` or `false`.
    pub(crate) fn flag(&self, key: &str, faults: &mut Faults) -> Option<bool> {
        self.choice(key, &[("true", true), ("false", false)], faults)
    }

    /// A key whose value is one of a few words.
    pub(crate) fn choice<T: Copy>(&self, key: &str, words: &[(&str, T)], faults: &mut Faults) -> Option<T> {
        let written = self.text(key, faults)?;
        choose(&written, format_args!("`{key}`"), words, faults)
    }

    /// A key whose value is a whole number.
    pub(crate) fn whole<T: std::str::FromStr>(&self, key: &str, faults: &mut Faults) -> Option<T> {
        let node = self.get(key)?;
        let read = node.as_str().and_then(|text| text.parse().ok());
        if read.is_none() {
            let all = |of: fn(char) -> bool| {
                node.as_str().is_some_and(|text| !text.is_empty() && text.chars().all(of))
            };
            let wanted = if all(|char| char.is_ascii_digit()) {
                "a whole number of fewer digits"
            } else if all(char::is_numeric) {
                "a whole number in the digits 0 to 9"
            } else {
                "a whole number"
            };
            faults.wrong_node(node, &format!("`{key}`"), wanted);
        }
        read
    }
}

/// One of a few words.
pub(crate) fn choose<T: Copy>(
    written: &Text<'_>,
    what: impl Display,
    words: &[(&str, T)],
    faults: &mut Faults,
) -> Option<T> {
    let chosen = words.iter().find(|(word, _)| *word == written.text).map(|(_, value)| *value);
    if chosen.is_none() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        faults.unknown_word(written.span, &what.to_string(), written.text, &known);
    }
    chosen
}

/// A node that must be a text.
pub(crate) fn text<'a>(node: &'a Node<'_>, what: impl Display, faults: &mut Faults) -> Option<Text<'a>> {
    let text = node.as_str().filter(|_| !node.is_null());
    if text.is_none() {
        faults.wrong_node(node, &what.to_string(), "a text");
    }
    text.map(|text| Text { text, span: node.span })
}

/// A node that must be a list of texts; a text alone is a list of one.
pub(crate) fn texts<'a>(
    node: &'a Node<'_>,
    what: impl Display,
    faults: &mut Faults,
) -> impl Iterator<Item = Text<'a>> {
    let items = match node.as_sequence() {
        Some(items) => items,
        None if node.as_str().is_some() => std::slice::from_ref(node),
        None => {
            faults.wrong_node(node, &what.to_string(), "a text or a list of texts");
            &[]
        }
    };
    items.iter().filter_map(move |item| text(item, &what, faults))
}

/// The items of a section that is a list.
pub(crate) fn items<'a, 't>(section: &'a Node<'t>, what: &str, faults: &mut Faults) -> &'a [Node<'t>] {
    match section.as_sequence() {
        Some(items) => items,
        None if section.is_null() => &[],
        None => {
            faults.wrong_node(section, what, "a list");
            &[]
        }
    }
}
