//! Instances that several rules need together, though one claim alone calls for each.
//!
//! `won <= played` and `played <= planned` bound what was won when nobody says how many were played:
//! each instance has one claimed term and says nothing, both together do.

use std::collections::HashMap;

use crate::checks::{Check, Grounded, Variable};
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
    for ((check, grounded), waiting) in checks.iter_mut().zip(grounded).zip(&waiting) {
        let open = waiting.iter().enumerate();
        let chosen: Vec<usize> =
            open.filter(|(_, open)| open.iter().any(is_shared)).map(|(nth, _)| nth).collect();
        let level = level(check.as_ref());
        grounded.extend(check.admit(&chosen, base, level));
    }
}

/// How many instances speak of a point.
fn speakers(grounded: &[Vec<Grounded>], waiting: &[Vec<Vec<PointId>>]) -> HashMap<PointId, usize> {
    let mut speakers: HashMap<PointId, usize> = HashMap::new();
    for point in waiting.iter().flatten().flatten() {
        *speakers.entry(*point).or_default() += 1;
    }
    for variable in grounded.iter().flatten().flat_map(|one| &one.variables) {
        if let Variable::Value(point) | Variable::Start(point) | Variable::End(point) = variable {
            speakers.entry(*point).and_modify(|count| *count += 1);
        }
    }
    speakers
}
