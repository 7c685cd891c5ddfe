//! Keys that stand twice.

use std::collections::HashMap;

use super::{Entry, Fault, FaultKind};

/// Up to this many entries are compared each with each, without an index.
const FEW: usize = 8;

/// Keeps the first entry of every key and tells the others, in linear time.
pub(super) fn keep_first(entries: Vec<Entry>, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let repeated = if entries.len() <= FEW { compare_each(&entries) } else { compare_by_index(&entries) };
    if repeated.iter().all(Option::is_none) {
        return entries;
    }
    let mut kept = Vec::with_capacity(entries.len());
    for (entry, first) in entries.into_iter().zip(repeated) {
        match first {
            None => kept.push(entry),
            Some(also) => faults.push(Fault {
                also: Some(also),
                lost: Some(entry.span()),
                ..Fault::new(entry.key.span, FaultKind::DuplicateKey(entry.key().to_owned()))
            }),
        }
    }
    kept
}

type First = Option<crate::text::source_map::Span>;

fn compare_each(entries: &[Entry]) -> Vec<First> {
    let first =
        |entry: &Entry| entries.iter().find(|other| other.key() == entry.key()).map(|other| other.key.span);
    entries.iter().map(|entry| first(entry).filter(|&span| span != entry.key.span)).collect()
}

fn compare_by_index(entries: &[Entry]) -> Vec<First> {
    let mut seen = HashMap::with_capacity(entries.len());
    entries
        .iter()
        .map(|entry| {
            let first = *seen.entry(entry.key()).or_insert(entry.key.span);
            (first != entry.key.span).then_some(first)
        })
        .collect()
}
