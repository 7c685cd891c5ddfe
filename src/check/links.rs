//! Instances of rules in which one figure is claimed and the others follow from other claims.
//!
//! `cards <= sheets` speaks of the cards of a town when two districts say how many they made, and
//! `loans <= books` of the loans of the year against which a change is told. Nobody claims these figures,
//! and yet they must be. What no claim makes need not be: `won <= played` and `played <= planned` say nothing
//! where nobody says how many were played.

use foldhash::HashSet;

use super::policy::Policy;
use crate::checks::{Check, Grounded, Index};
use crate::fact::{FactBase, PointId};

/// Adds the waiting instances that others are linked by, behind all others: those of rules whose open points
/// all stand in instances that are there, and the totals that something speaks of. Cost: linear in the
/// instances.
pub(super) fn link(
    checks: &mut [Box<dyn Check>],
    grounded: &mut [Vec<Grounded>],
    base: &mut FactBase,
    index: &Index,
    policy: &Policy,
) {
    let waiting = |check: &mut Box<dyn Check>| {
        if policy.reasons_with(check.as_ref()) { check.waiting(base, index) } else { Vec::new() }
    };
    let waiting: Vec<Vec<Vec<PointId>>> = checks.iter_mut().map(waiting).collect();
    let is_rule: Vec<bool> = checks.iter().map(|check| check.rule().is_some()).collect();
    let open = |of_rules: bool| {
        let all = waiting.iter().zip(&is_rule).filter(move |(_, is_rule)| **is_rule == of_rules);
        all.flat_map(|(waiting, _)| waiting.iter().flatten().copied())
    };
    let there: HashSet<PointId> = points(grounded).collect();
    let (totals, wanted): (HashSet<PointId>, HashSet<PointId>) =
        (open(false).collect(), open(true).collect());
    let must_be = |point: &PointId| there.contains(point) || totals.contains(point);
    let is_spoken_of = |point: &PointId| there.contains(point) || wanted.contains(point);
    for (((check, grounded), waiting), is_rule) in checks.iter_mut().zip(grounded).zip(&waiting).zip(is_rule)
    {
        let links =
            |open: &[PointId]| if is_rule { open.iter().all(must_be) } else { open.iter().any(is_spoken_of) };
        let places = waiting.iter().enumerate();
        let chosen: Vec<usize> = places.filter(|(_, open)| links(open)).map(|(nth, _)| nth).collect();
        let level = policy.level(check.as_ref());
        grounded.extend(check.admit(&chosen, base, level));
    }
}

/// The points that instances speak of.
fn points(grounded: &[Vec<Grounded>]) -> impl Iterator<Item = PointId> {
    let variables = grounded.iter().flatten().flat_map(|one| &one.variables);
    variables.filter_map(|variable| variable.point())
}
