//! [`decide`]: whether some ingredients of a problem can all hold.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::constraint::{Certificate, Constraint, Ingredient, Problem, Var};
use crate::quantity::Number;
use crate::solve::ledger::{index, name};
use crate::solve::proof::rename;
use crate::solve::rotate::{Neighbours, transitions};
use crate::solve::search::{Outcome, solve};
use crate::solve::{Flaw, Limit, Limits, Work, verify};

/// What becomes of some ingredients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They can all hold.
    Feasible(Witness),
    /// They cannot.
    Infeasible(Conflict),
    /// A limit was reached first.
    Undecided(Limit),
    /// A refutation was found that does not verify: a bug of ours.
    Unproved(Flaw),
}

impl Decision {
    /// Whether it is proved that they cannot all hold.
    #[must_use]
    pub fn is_infeasible(&self) -> bool {
        matches!(self, Self::Infeasible(_))
    }
}

/// Values for the variables that the ingredients speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witness {
    /// In ascending order of variables.
    values: Vec<(Var, Number)>,
}

impl Witness {
    /// The value of a variable, if the ingredients speak of it.
    #[must_use]
    pub fn get(&self, var: Var) -> Option<&Number> {
        let place = self.values.binary_search_by_key(&var, |(var, _)| *var).ok()?;
        self.values.get(place).map(|(_, value)| value)
    }
}

/// Ingredients that cannot all hold, and the verified reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Why not.
    pub certificate: Certificate,
    /// For each constraint of the certificate, the ingredient that it belongs to.
    pub ingredients: Vec<usize>,
}

impl Conflict {
    /// The ingredients that the certificate uses.
    #[must_use]
    pub fn members(&self) -> BTreeSet<usize> {
        self.ingredients.iter().copied().collect()
    }
}

/// Decides whether the active ingredients, named by their places, can all hold. A conflict is
/// verified before it is returned.
///
/// Complete for linear constraints over the rationals, and for whole numbers within the limits.
///
/// # Example
/// ```
/// use mizan::constraint::{Ingredient, Linear, Problem, Var};
/// use mizan::quantity::Number;
/// use mizan::solve::{Decision, Limits, decide};
///
/// // a ≤ b − 1, b ≤ a: no bounds anywhere, and still impossible
/// let [a, b] = [Var(0), Var(1)];
/// let difference = |x, y| [(Number::ONE, x), (Number::from(-1), y)];
/// let below = Linear::at_most(difference(a, b), Number::from(-1));
/// let above = Linear::at_most(difference(b, a), Number::ZERO);
/// let problem = Problem {
///     integral: vec![false, false],
///     ingredients: vec![Ingredient::claim([below.into()], 1), Ingredient::claim([above.into()], 1)],
/// };
/// assert!(decide(&problem, &[0, 1], &Limits::default()).is_infeasible());
/// assert!(matches!(decide(&problem, &[0], &Limits::default()), Decision::Feasible(_)));
/// ```
#[must_use]
pub fn decide(problem: &Problem, active: &[usize], limits: &Limits) -> Decision {
    answer(problem, active, &mut Work::new(limits))
}

fn answer(problem: &Problem, active: &[usize], work: &mut Work) -> Decision {
    let system = System::new(problem, active);
    match solve(&system.constraints, &system.integral, work) {
        Outcome::Feasible(values) => {
            let values = system.vars.into_iter().zip(values).collect();
            Decision::Feasible(Witness { values })
        }
        Outcome::Infeasible(refutation) => {
            let mut certificate = refutation.certificate;
            rename(&mut certificate, &system.vars);
            if let Err(flaw) = verify(&certificate) {
                return Decision::Unproved(flaw);
            }
            let owner = |row: &usize| system.owners.get(*row).copied();
            let ingredients = refutation.rows.iter().filter_map(owner).collect();
            Decision::Infeasible(Conflict { certificate, ingredients })
        }
        Outcome::Limit(limit) => Decision::Undecided(limit),
    }
}

/// Answers many questions about one problem, as long as the effort lasts.
#[derive(Debug)]
pub(super) struct Oracle<'p> {
    pub(super) problem: &'p Problem,
    /// What the questions are about, all of them together.
    active: &'p [usize],
    limits: Limits,
    /// What may still be spent.
    pub(super) effort: usize,
    neighbours: OnceCell<Neighbours>,
}

impl<'p> Oracle<'p> {
    pub(super) fn new(problem: &'p Problem, active: &'p [usize], limits: &Limits, effort: usize) -> Self {
        Self { problem, active, limits: *limits, effort, neighbours: OnceCell::new() }
    }

    /// Whether these can all hold.
    pub(super) fn ask(&mut self, active: &[usize]) -> Decision {
        if self.effort == 0 {
            return Decision::Undecided(Limit::Effort);
        }
        let mut work = Work::new(&self.limits);
        let decision = answer(self.problem, active, &mut work);
        self.effort = self.effort.saturating_sub(work.spent() + active.len() * SETTING_UP);
        decision
    }

    /// Of what is active those without any one of which the others can hold, as far as a witness for
    /// all but `missing` shows it.
    pub(super) fn transitions(
        &mut self,
        active: &[usize],
        missing: usize,
        witness: &Witness,
    ) -> BTreeSet<usize> {
        let neighbours = self.neighbours.get_or_init(|| Neighbours::new(self.problem, self.active));
        let (found, looks) = transitions(self.problem, neighbours, active, missing, witness);
        self.effort = self.effort.saturating_sub(looks);
        found
    }
}

/// What an ingredient costs at least, in steps of propagation.
const SETTING_UP: usize = 10;

/// The active constraints, over variables numbered without gaps.
pub(super) struct System {
    pub(super) constraints: Vec<Constraint>,
    pub(super) integral: Vec<bool>,
    /// The variables, in ascending order: their places are their numbers here.
    pub(super) vars: Vec<Var>,
    /// For each constraint its ingredient.
    owners: Vec<usize>,
}

impl System {
    pub(super) fn new(problem: &Problem, active: &[usize]) -> Self {
        let ingredient = |place: &usize| Some((*place, problem.ingredients.get(*place)?));
        let chosen = || active.iter().filter_map(ingredient);
        let count = chosen().map(|(_, ingredient)| ingredient.constraints.len()).sum();
        let mut vars: Vec<Var> = Vec::with_capacity(2 * count);
        for constraint in chosen().flat_map(|(_, ingredient)| &ingredient.constraints) {
            vars.extend(constraint.vars());
        }
        vars.sort_unstable();
        vars.dedup();
        let place = |var: Var| name(vars.binary_search(&var).unwrap_or(usize::MAX));
        let (mut constraints, mut owners) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for (owner, ingredient) in chosen() {
            constraints.extend(ingredient.constraints.iter().map(|constraint| constraint.map_vars(&place)));
            owners.resize(constraints.len(), owner);
        }
        let whole = |var: &Var| problem.integral.get(index(*var)).is_some_and(|whole| *whole);
        let integral = vars.iter().map(whole).collect();
        Self { constraints, integral, vars, owners }
    }
}

/// Ingredients in sets that share no variable with each other, each in ascending order, ordered
/// by their first ingredient. One ingredient that speaks of two variables joins them, so a domain
/// is best an ingredient of its own.
#[must_use]
pub fn components(problem: &Problem) -> Vec<Vec<usize>> {
    let mut sets = DisjointSets::new(problem.integral.len());
    for ingredient in &problem.ingredients {
        let mut vars = vars(ingredient);
        let first = vars.next();
        vars.for_each(|var| first.into_iter().for_each(|first| sets.join(first, var)));
    }
    let mut components: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut alone = Vec::new();
    for (place, ingredient) in problem.ingredients.iter().enumerate() {
        match vars(ingredient).next() {
            Some(var) => components.entry(sets.root(var)).or_default().push(place),
            None => alone.push(vec![place]),
        }
    }
    let mut components: Vec<Vec<usize>> = components.into_values().chain(alone).collect();
    components.sort_unstable();
    components
}

fn vars(ingredient: &Ingredient) -> impl Iterator<Item = usize> {
    ingredient.constraints.iter().flat_map(Constraint::vars).map(index)
}

/// Union-find with path halving.
struct DisjointSets {
    parent: Vec<usize>,
}

impl DisjointSets {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    fn root(&mut self, mut item: usize) -> usize {
        loop {
            let parent = self.parent.get(item).copied().unwrap_or(item);
            if parent == item {
                return item;
            }
            let grandparent = self.parent.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.parent.get_mut(item) {
                *slot = grandparent;
            }
            item = grandparent;
        }
    }

    /// The smaller root stays one: the result does not depend on the order of joins.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.parent.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}
