//! What the claims allow of every variable, read once.

use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashMapExt as _};

use crate::checks::{Context, Grounded, Sets, Variable};
use crate::quantity::Interval;
use crate::solve;

/// The sets of values of every variable that instances speak of. Those that nobody claims are as many
/// as the years between claims, and all alike: the domains of their measures.
#[derive(Debug)]
pub(super) struct Claimed {
    /// The place of what is known of a variable.
    places: HashMap<Variable, u32>,
    known: Vec<Known>,
    /// A quantity of one instance alone.
    own: solve::Variable,
}

#[derive(Debug)]
struct Known {
    values: solve::Variable,
    is_claimed: bool,
}

impl Claimed {
    pub(super) fn new(context: &Context<'_>, grounded: &[Vec<Grounded>]) -> Self {
        let mut claimed = Self::nothing();
        claimed.places.reserve(context.base.points().count());
        let mut free: HashMap<(Interval, bool), u32> = HashMap::new();
        let instances = grounded.iter().flatten();
        let needed = instances.flat_map(|one| one.variables.iter().chain(&one.needs));
        for variable in needed.filter(|variable| !matches!(variable, Variable::Own(_))) {
            let Entry::Vacant(slot) = claimed.places.entry(*variable) else { continue };
            let known = &mut claimed.known;
            let mut add = |known_of| {
                known.push(known_of);
                u32::try_from(known.len() - 1).unwrap_or(u32::MAX)
            };
            let Sets { hard, soft, domain, integral, is_claimed } = context.sets(*variable);
            let place = if !is_claimed && soft == domain {
                let values = || solve::Variable::new(hard, soft, integral);
                *free.entry((domain, integral)).or_insert_with(|| add(Known { values: values(), is_claimed }))
            } else {
                add(Known { values: solve::Variable::new(hard, soft, integral), is_claimed })
            };
            slot.insert(place);
        }
        claimed
    }

    fn nothing() -> Self {
        let own = solve::Variable::free(Interval::all(), false);
        Self { places: HashMap::new(), known: Vec::new(), own }
    }

    /// Sets of values that nobody has to claim.
    #[cfg(test)]
    pub(super) fn of(sets: impl IntoIterator<Item = (Variable, solve::Variable)>) -> Self {
        let mut claimed = Self::nothing();
        for (variable, values) in sets {
            claimed.places.insert(variable, u32::try_from(claimed.known.len()).unwrap());
            claimed.known.push(Known { values, is_claimed: true });
        }
        claimed
    }

    fn known(&self, variable: Variable) -> Option<&Known> {
        self.known.get(*self.places.get(&variable)? as usize)
    }

    pub(super) fn values(&self, variable: Variable) -> &solve::Variable {
        self.known(variable).map_or(&self.own, |known| &known.values)
    }

    pub(super) fn is_claimed(&self, variable: Variable) -> bool {
        self.known(variable).is_some_and(|known| known.is_claimed)
    }
}
