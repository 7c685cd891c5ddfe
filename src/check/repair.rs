//! What would resolve a joint conflict: the values that each of its claims would need while all else
//! holds, or the lightest sets of claims that must change together.
//!
//! Advice for an editor: what an article said is never rewritten by a tool.

use std::collections::{BTreeMap, BTreeSet};

use super::derive::{name, values};
use super::joint::Run;
use super::problem::{Owner, World};
use crate::checks::{resolve, words};
use crate::fact::FactId;
use crate::finding::{Change, Repair};
use crate::solve::localise::Search;
use crate::solve::{self, Limits, Localisation, Minimal};

/// Larger groups of claims get no advice of this kind.
const MOST_INGREDIENTS: usize = 5_000;
/// How many claims are tried, and how many proposals are shown.
const MOST_LINES: usize = 6;

/// One line a proposal; none when the group is too large.
pub(super) fn proposals(
    run: &Run<'_, '_>,
    world: &World,
    component: &[usize],
    group: &[Minimal],
    doubted: &[FactId],
) -> Vec<Repair> {
    if component.len() > MOST_INGREDIENTS {
        return Vec::new();
    }
    let lines = resolving(run, world, component, group, doubted);
    // Where other errors hang together with these, nothing resolves all; this is what resolves these.
    let named: BTreeSet<usize> = group.iter().flat_map(|minimal| minimal.members.iter().copied()).collect();
    let own = |place: &usize| named.contains(place) || world.owners.get(*place) == Some(&Owner::Domain);
    let alone: Vec<usize> = component.iter().copied().filter(own).collect();
    let mut found = if lines.is_empty() { resolving(run, world, &alone, group, doubted) } else { lines };
    if found.is_empty() {
        found = together(run, world, &alone);
    }
    found.truncate(MOST_LINES);
    found
}

/// The values that each doubted claim would need for all of these to hold, what weighs least first.
fn resolving(
    run: &Run<'_, '_>,
    world: &World,
    component: &[usize],
    group: &[Minimal],
    doubted: &[FactId],
) -> Vec<Repair> {
    let said = ingredients_by_claim(world, component);
    // Of several sets that cannot hold each must change.
    let is_in_all = |fact: &&FactId| {
        let own = said.get(fact).map_or(&[][..], Vec::as_slice);
        group.iter().all(|minimal| own.iter().any(|place| minimal.members.contains(place)))
    };
    let mut doubted: Vec<FactId> = doubted.iter().filter(is_in_all).copied().collect();
    // What the least speaks for is doubted first.
    doubted.sort_by_key(|fact| run.context.weight(&[*fact]));
    doubted.iter().filter_map(|fact| single(run, world, component, *fact, said.get(fact)?)).collect()
}

/// The ingredients of a component that each claim stands for.
fn ingredients_by_claim(world: &World, component: &[usize]) -> BTreeMap<FactId, Vec<usize>> {
    let mut said: BTreeMap<FactId, Vec<usize>> = BTreeMap::new();
    for place in component {
        if let Some(Owner::Said(facts)) = world.owners.get(*place) {
            for fact in facts {
                said.entry(*fact).or_default().push(*place);
            }
        }
    }
    said
}

/// The value that one claim would need, everything else as it is.
fn single(
    run: &Run<'_, '_>,
    world: &World,
    component: &[usize],
    fact: FactId,
    own: &[usize],
) -> Option<Repair> {
    let others: Vec<usize> = component.iter().copied().filter(|place| !own.contains(place)).collect();
    let row = own.iter().find_map(|place| world.problem.ingredients.get(*place)?.constraints.first())?;
    let var = row.vars().next()?;
    let found = solve::project(&world.problem, &others, var, &Limits::default()).ok()?;
    if found.values.is_empty() || found.values.is_all() {
        return None;
    }
    let about = name(run.context, world, var);
    let told = values(world, var, &found.values);
    Some(Repair::of(fact, resolve::line(run.context, &about, fact, &found.values, &told)))
}

/// The lightest sets of claims whose change makes the rest possible.
fn together(run: &Run<'_, '_>, world: &World, component: &[usize]) -> Vec<Repair> {
    let search = Search::default();
    let Localisation::Repairs(repairs) =
        solve::localise(&world.problem, component, &Limits::default(), &search)
    else {
        return Vec::new();
    };
    let change = |place: &usize| match world.owners.get(*place) {
        Some(Owner::Said(facts)) => facts.first().map(|fact| {
            let point = words::point(run.context, run.context.base.fact(*fact).point);
            let text = format!("{point}: {} → something else", words::said(run.context, *fact));
            Change { claims: facts.clone(), text }
        }),
        _ => None,
    };
    let sets = repairs.parts.iter().flat_map(|part| &part.sets);
    sets.map(|set| Repair { changes: set.iter().filter_map(change).collect() }).collect()
}
