//! What the claims allow of every variable, read once.

use foldhash::{HashMap, HashMapExt as _};

use crate::checks::{Context, Grounded, Sets, Variable};
use crate::quantity::{Interval, Number};
use crate::solve;

/// The sets of values of every variable that instances speak of.
#[derive(Debug)]
pub(super) struct Claimed {
    known: HashMap<Variable, Known>,
    /// A quantity of one instance alone.
    own: solve::Variable,
}

#[derive(Debug)]
struct Known {
    values: solve::Variable,
    is_claimed: bool,
    /// See [`solve::Variable::ends`].
    ends: [Option<Number>; 2],
}

impl Known {
    fn new(sets: Sets) -> Self {
        let is_claimed = sets.is_claimed();
        let values = solve::Variable { hard: sets.hard, soft: sets.soft, integral: sets.integral };
        let ends = values.ends();
        Self { values, is_claimed, ends }
    }
}

impl Claimed {
    pub(super) fn new(context: &Context<'_>, grounded: &[Vec<Grounded>]) -> Self {
        let mut known = HashMap::new();
        let instances = grounded.iter().flatten();
        let needed =
            instances.flat_map(|one| one.variables.iter().chain(one.needs.iter().map(|(var, _)| var)));
        for variable in needed.filter(|variable| !matches!(variable, Variable::Own(_))) {
            known.entry(*variable).or_insert_with(|| Known::new(context.sets(*variable)));
        }
        Self { known, own: solve::Variable::free(Interval::all(), false) }
    }

    /// Sets of values that nobody has to claim.
    #[cfg(test)]
    pub(super) fn of(sets: impl IntoIterator<Item = (Variable, solve::Variable)>) -> Self {
        let known = |values: solve::Variable| Known { is_claimed: true, ends: values.ends(), values };
        let known = sets.into_iter().map(|(variable, values)| (variable, known(values))).collect();
        Self { known, own: solve::Variable::free(Interval::all(), false) }
    }

    pub(super) fn values(&self, variable: Variable) -> &solve::Variable {
        self.known.get(&variable).map_or(&self.own, |known| &known.values)
    }

    pub(super) fn is_claimed(&self, variable: Variable) -> bool {
        self.known.get(&variable).is_some_and(|known| known.is_claimed)
    }

    /// Its lower (0) or upper (1) end: see [`solve::Variable::ends`].
    pub(super) fn end(&self, variable: Variable, end: usize) -> Option<&Number> {
        self.known.get(&variable).and_then(|known| known.ends.get(end)?.as_ref())
    }
}
