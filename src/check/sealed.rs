//! Large groups taken apart: across a figure that an undoubted claim tells exactly nothing is to be
//! learnt, as long as nobody wants to change that claim.
//!
//! What such figures enclose can be mended for itself. It is as light as in the whole group, since fewer
//! demands ask for no more; and it mends the whole group, since all else stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashMapExt as _};
use petgraph::unionfind::UnionFind;

use super::problem::{Owner, World};
use crate::constraint::{Constraint, Ingredient, Var};
use crate::fact::FactId;

/// The parts of a group that speak of figures which are not sealed; `doubted` claims seal none.
pub(super) fn parts(world: &World, group: &[usize], doubted: &BTreeSet<FactId>) -> Vec<Vec<usize>> {
    let sealed = sealed(world, group, doubted);
    let mut numbers: HashMap<Var, usize> = HashMap::new();
    for var in group.iter().flat_map(|place| vars(world, *place)).filter(|var| !sealed.contains_key(var)) {
        let next = numbers.len();
        numbers.entry(var).or_insert(next);
    }
    let mut joined = UnionFind::<usize>::new(numbers.len());
    let open = |place: usize| vars(world, place).filter_map(|var| numbers.get(&var).copied());
    for place in group {
        let mut vars = open(*place);
        let first = vars.next();
        vars.for_each(|var| {
            first.map(|first| joined.union(first, var));
        });
    }
    let mut parts: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for place in group {
        let Some(var) = open(*place).next() else { continue };
        let part = parts.entry(joined.find_mut(var)).or_default();
        part.insert(*place);
        part.extend(vars(world, *place).filter_map(|var| sealed.get(&var)).flatten().copied());
    }
    parts.into_values().map(|part| part.into_iter().collect()).collect()
}

/// The figures that undoubted claims tell exactly, each with what speaks of it alone.
fn sealed(world: &World, group: &[usize], doubted: &BTreeSet<FactId>) -> HashMap<Var, Vec<usize>> {
    let mut sealed: HashMap<Var, (bool, bool, Vec<usize>)> = HashMap::new();
    for place in group {
        let Some(ingredient) = world.problem.ingredients.get(*place) else { continue };
        let Some(var) = only_var(ingredient) else { continue };
        let (is_told, is_doubted, places) = sealed.entry(var).or_default();
        places.push(*place);
        let Some(Owner::Said(facts)) = world.owners.get(*place) else { continue };
        *is_told |= is_exact(ingredient);
        *is_doubted |= facts.is_empty() || facts.iter().any(|fact| doubted.contains(fact));
    }
    let undoubted = sealed.into_iter().filter(|(_, (is_told, is_doubted, _))| *is_told && !is_doubted);
    undoubted.map(|(var, (.., places))| (var, places)).collect()
}

fn vars(world: &World, place: usize) -> impl Iterator<Item = Var> {
    let ingredient = world.problem.ingredients.get(place);
    ingredient.into_iter().flat_map(|one| one.constraints.iter().flat_map(Constraint::vars))
}

/// The variable of an ingredient that speaks of one alone.
fn only_var(ingredient: &Ingredient) -> Option<Var> {
    let mut vars = ingredient.constraints.iter().flat_map(Constraint::vars);
    let first = vars.next()?;
    vars.all(|var| var == first).then_some(first)
}

fn is_exact(ingredient: &Ingredient) -> bool {
    let bounds = ingredient.constraints.iter().filter_map(|row| row.as_linear()?.as_bound());
    bounds.into_iter().any(|(_, set)| set.as_point().is_some())
}
