//! Keys that stand twice.

use foldhash::{HashMap, HashMapExt as _};

use super::{Entry, Fault, FaultKind, Span};

/// Up to this many entries are compared without an index.
const FEW: usize = 8;

/// Keeps the first entry of every key and tells the others, in linear time.
pub(super) fn keep_first<'t>(entries: Vec<Entry<'t>>, faults: &mut Vec<Fault>) -> Vec<Entry<'t>> {
    if entries.len() <= FEW && are_distinct(&entries) {
        return entries;
    }
    let repeated = repeated(&entries);
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

/// Whether no key stands twice, each compared with each.
fn are_distinct(entries: &[Entry<'_>]) -> bool {
    let mut before = entries;
    while let Some((last, others)) = before.split_last() {
        if others.iter().any(|other| other.key() == last.key()) {
            return false;
        }
        before = others;
    }
    true
}

/// For each entry that has the key of one before it, where that one stands.
fn repeated(entries: &[Entry<'_>]) -> Vec<Option<Span>> {
    let mut seen = HashMap::with_capacity(entries.len());
    entries
        .iter()
        .map(|entry| {
            let first = *seen.entry(entry.key()).or_insert(entry.key.span);
            (first != entry.key.span).then_some(first)
        })
        .collect()
}
