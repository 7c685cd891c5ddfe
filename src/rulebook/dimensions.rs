//! The section `dimensions`: axes, their members, and which member lies within which.

use crate::rulebook::CLAIM_KEYS;
use crate::rulebook::circle::circles;
use std::collections::HashSet;

use crate::rulebook::code;
use crate::rulebook::fault::{Faults, error, quoted};
use crate::rulebook::names::{Table, add_language, is_language, read_labels};
use crate::rulebook::record::{Record, Text, text};
use crate::text::yaml::{Entry, Node};
use crate::vocabulary::{Dimension, Member, MemberId, Names};

const KEYS: [&str; 4] = ["labels", "values", "disjoint", "within"];

/// Reads the sections.
pub(super) fn read(sections: &[&Entry], faults: &mut Faults) -> Names<Dimension> {
    let mut table = Table::new("a dimension", sections.len());
    for entry in sections {
        if CLAIM_KEYS.contains(&entry.key()) {
            let message =
                format!("the name of a dimension must be no key of a claim, found {}", quoted(entry.key()));
            faults.add(error(code::ILLEGAL_NAME, message).at(entry.key.span, "a key of claims"));
            continue;
        }
        let Some(record) = Record::read(&entry.value, "a dimension", &KEYS, faults) else { continue };
        let (dimension, labels) = read_one(&record, faults);
        if let Some(id) = table.declare(&entry.key, dimension, faults) {
            table.label(id, labels);
        }
    }
    table.finish(faults)
}

/// One dimension, and its own labels.
fn read_one<'a>(record: &Record<'a>, faults: &mut Faults) -> (Dimension, Vec<Text<'a>>) {
    let mut members = Table::new("a member", 0);
    let declared = record.get("values").map(|values| {
        read_values(values, &mut members, faults);
        members.len()
    });
    let labels = read_all_labels(record.get("labels"), &mut members, faults);
    members.spell(faults);
    read_within(record.get("within"), &mut members, faults);
    let disjoint = record.flag("disjoint", faults).unwrap_or(false);
    (Dimension { members: members.finish(faults), declared, disjoint }, labels)
}

/// `values:` a list of names, or of names with their labels.
fn read_values<'a>(values: &'a Node<'a>, members: &mut Table<'a, Member>, faults: &mut Faults) {
    let Some(items) = values.as_sequence() else {
        return faults.wrong_node(values, "`values`", "a list");
    };
    for item in items {
        match item.as_mapping() {
            Some(entries) => {
                for entry in entries {
                    let labels = entry.value.get("labels").unwrap_or(&entry.value);
                    declare(&entry.key, Some(labels).filter(|node| !node.is_null()), members, faults);
                }
            }
            None if text(item, "a value", faults).is_some() => declare(item, None, members, faults),
            None => {}
        }
    }
}

/// `labels:` of the dimension itself, by language, and of its members, by name.
fn read_all_labels<'a>(
    node: Option<&'a Node<'a>>,
    members: &mut Table<'a, Member>,
    faults: &mut Faults,
) -> Vec<Text<'a>> {
    let Some(entries) = node.and_then(Node::as_mapping) else { return read_labels(node, faults) };
    let mut own = Vec::new();
    for entry in entries {
        if is_language(entry.key()) && entry.value.as_mapping().is_none() {
            add_language(entry, &mut own, faults);
        } else if let Some(known) = members.find(entry.key()) {
            members.label(known, read_labels(Some(&entry.value), faults));
        } else {
            declare(&entry.key, Some(&entry.value).filter(|node| !node.is_null()), members, faults);
        }
    }
    own
}

fn declare<'a>(
    key: &Node<'_>,
    labels: Option<&'a Node<'a>>,
    members: &mut Table<'a, Member>,
    faults: &mut Faults,
) {
    let labels = read_labels(labels, faults);
    if let Some(id) = members.declare(key, Member::default(), faults) {
        members.label(id, labels);
    }
}

/// `within:` each member and the one that contains it.
fn read_within(node: Option<&Node>, members: &mut Table<Member>, faults: &mut Faults) {
    let Some(record) = node.and_then(|node| Record::open(node, "`within`", faults)) else { return };
    let mut links: Vec<(u32, &Entry)> = Vec::new();
    for entry in record.entries {
        let inner = member(&entry.key, members, faults);
        let outer = text(&entry.value, "the containing member", faults)
            .and_then(|_| member(&entry.value, members, faults));
        let (Some(inner), Some(outer)) = (inner, outer) else { continue };
        if let Some(member) = members.get_mut(inner) {
            member.within = Some(MemberId(outer));
            links.push((inner, entry));
        }
    }
    cut_circles(&links, members, faults);
}

/// Tells every circle at the link that closes it, the last in the file, and cuts it there.
fn cut_circles(links: &[(u32, &Entry)], members: &mut Table<Member>, faults: &mut Faults) {
    let id = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    let outer = |index: usize| members.get(id(index))?.within.map(|outer| outer.0);
    let leads_to: Vec<Option<u32>> = (0..members.len()).map(outer).collect();
    for circle in circles(&leads_to) {
        let on_circle: HashSet<u32> = circle.into_iter().collect();
        let Some((inner, entry)) = links.iter().rev().find(|(inner, _)| on_circle.contains(inner)) else {
            continue;
        };
        let message = format!(
            "a member must not lie within itself, found {} within {}",
            quoted(entry.key()),
            quoted(entry.value.as_str().unwrap_or(""))
        );
        faults.add(error(code::CIRCULAR, message).at(entry.span(), "closes the circle"));
        if let Some(member) = members.get_mut(*inner) {
            member.within = None;
        }
    }
}

/// The member of a name, new or known.
fn member(name: &Node, members: &mut Table<Member>, faults: &mut Faults) -> Option<u32> {
    let known = members.find(name.as_str().unwrap_or(""));
    known.or_else(|| members.declare(name, Member::default(), faults))
}
