//! What follows from the hard sets of claims by narrowing intervals until nothing changes: written
//! without a line of the library, so that what it refutes, the library has to refute.

use crate::press::Press;
use crate::wording::{FAR, ONE, Set};
use crate::world::{Relation, World};

/// How often every relation may narrow; what is refuted later is not asked for.
const ROUNDS: usize = 30;

/// Whether claims and rules together leave no value for some figure.
pub(crate) fn refutes(world: &World, press: &Press) -> bool {
    let mut sets = vec![Set { low: 0, high: FAR }; world.points.len()];
    let mut claimed = vec![false; world.points.len()];
    for (place, set) in said(press) {
        claimed[place] = true;
        sets[place] = sets[place].meet(&set);
    }
    let instances: Vec<&Relation> = world.relations.iter().filter(|one| exists(one, &claimed)).collect();
    for _ in 0..ROUNDS {
        if sets.iter().any(Set::is_empty) {
            return true;
        }
        let before = sets.clone();
        for relation in &instances {
            narrow(relation, &mut sets);
        }
        if sets == before {
            return false;
        }
    }
    sets.iter().any(Set::is_empty)
}

fn said(press: &Press) -> Vec<(usize, Set)> {
    let parts = press.claims().flat_map(|(_, claim)| claim.list.iter().flat_map(|(_, parts)| parts));
    press.claims().map(|(_, claim)| claim).chain(parts).filter_map(|claim| claim.about).collect()
}

/// An instance exists when two of its terms are claimed, or its only one, or levels around it.
fn exists(relation: &Relation, claimed: &[bool]) -> bool {
    let known = relation.terms.iter().filter(|(_, place)| claimed[*place]).count();
    let around = relation.chain.as_ref().is_some_and(|(before, after)| {
        [before, after].into_iter().all(|side| side.iter().any(|place| claimed[*place]))
    });
    known >= relation.terms.len().min(2) || around
}

fn narrow(relation: &Relation, sets: &mut [Set]) {
    for (factor, place) in &relation.terms {
        let (mut least, mut most) = (Some(0), Some(0));
        for (other, term) in relation.terms.iter().filter(|(_, other)| other != place) {
            let (low, high) = if *other > 0 {
                (sets[*term].low, sets[*term].high)
            } else {
                (sets[*term].high, sets[*term].low)
            };
            least = least.filter(|_| low < FAR).map(|sum| sum + other * low);
            most = most.filter(|_| high < FAR).map(|sum| sum + other * high);
        }
        // factor·x ≤ bound − least, and for an equality factor·x ≥ bound − most.
        let set = &mut sets[*place];
        if let Some(least) = least {
            bound(set, *factor, relation.bound - least, true);
        }
        if let (Some(most), true) = (most, relation.equal) {
            bound(set, *factor, relation.bound - most, false);
        }
    }
}

/// `factor·x ≤ limit`, or `≥`; `x` is counted in whole things.
fn bound(set: &mut Set, factor: i128, limit: i128, above: bool) {
    let unit = factor.abs() * ONE;
    if above == (factor > 0) {
        let limit = if factor > 0 { limit } else { -limit };
        set.high = set.high.min(limit.div_euclid(unit) * ONE);
    } else {
        let limit = if factor > 0 { limit } else { -limit };
        set.low = set.low.max(-(-limit).div_euclid(unit) * ONE);
    }
}
