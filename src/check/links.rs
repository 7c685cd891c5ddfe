//! Instances that several rules need together, though one claim alone calls for each.
//!
//! `won <= played` and `played <= planned` bound what was won when nobody says how many were played:
//! each instance has one claimed term and says nothing, both together do. They do so by what they say of
//! `played`, never by what it can be at all: a figure that nobody gives need not exist.

use std::collections::{BTreeSet, HashMap};

use crate::checks::{Check, Grounded};
use crate::fact::{FactBase, PointId};
use crate::finding::Severity;

/// Adds the waiting instances that share an unclaimed point with another one, behind all others.
/// Cost: linear in the instances.
pub(super) fn link(
    checks: &mut [Box<dyn Check>],
    grounded: &mut [Vec<Grounded>],
    base: &mut FactBase,
    level: &dyn Fn(&dyn Check) -> Severity,
) {
    let reasons = |check: &dyn Check| level(check) > Severity::Note;
    let waiting = |check: &mut Box<dyn Check>| {
        if reasons(check.as_ref()) { check.waiting(base) } else { Vec::new() }
    };
    let waiting: Vec<Vec<Vec<PointId>>> = checks.iter_mut().map(waiting).collect();
    let speakers = speakers(grounded, &waiting);
    let is_shared = |point: &PointId| speakers.get(point).is_some_and(|count| *count > 1);
    for ((check, grounded), waiting) in checks.iter_mut().zip(&mut *grounded).zip(&waiting) {
        let open = waiting.iter().enumerate();
        let chosen: Vec<usize> =
            open.filter(|(_, open)| open.iter().any(is_shared)).map(|(nth, _)| nth).collect();
        let level = level(check.as_ref());
        grounded.extend(check.admit(&chosen, base, level));
    }
    let asserted: BTreeSet<PointId> = points(grounded, false).collect();
    let shared = points(grounded, true).filter(is_shared).filter(|point| !asserted.contains(point));
    let supposed: BTreeSet<PointId> = shared.filter(|point| base.facts_at(*point).next().is_none()).collect();
    for point in supposed {
        base.suppose(point);
    }
}

/// The points that instances speak of: those that only link others, or all others.
fn points(grounded: &[Vec<Grounded>], links: bool) -> impl Iterator<Item = PointId> {
    let instances = grounded.iter().flatten().filter(move |one| one.links == links);
    instances.flat_map(|one| &one.variables).filter_map(|variable| variable.point())
}

/// How many instances speak of a point.
fn speakers(grounded: &[Vec<Grounded>], waiting: &[Vec<Vec<PointId>>]) -> HashMap<PointId, usize> {
    let mut speakers: HashMap<PointId, usize> = HashMap::new();
    for point in waiting.iter().flatten().flatten() {
        *speakers.entry(*point).or_default() += 1;
    }
    for point in points(grounded, false) {
        speakers.entry(point).and_modify(|count| *count += 1);
    }
    speakers
}
