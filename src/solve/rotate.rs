//! [`transitions`]: from values that satisfy all ingredients but one to values that satisfy all but
//! another, so that what one question finds out of a claim or rule is known of its neighbours unasked.
//!
//! ```text
//!   a = 1    a ≤ b    b ≤ c    c = 0        all but the last at 1, 1, 1
//!                                 └ c := 0 breaks b ≤ c alone, then b := 0 breaks a ≤ b, then a := 0 …
//! ```
//!
//! # Source
//! A. Belov, I. Lynce and J. Marques-Silva, "Towards Efficient MUS Extraction", AI Communications
//! 25(2), 2012: recursive model rotation, there of clauses.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt as _, HashSet};

use crate::constraint::{Constraint, Linear, Problem, Role, Var};
use crate::quantity::{End, Number};
use crate::solve::decide::Witness;
use crate::solve::ledger::index;

/// Which ingredients speak of each variable.
#[derive(Debug)]
pub(super) struct Neighbours {
    around: HashMap<Var, Vec<usize>>,
    terms: usize,
}

impl Neighbours {
    pub(super) fn new(problem: &Problem, active: &[usize]) -> Self {
        let mut neighbours = Self { around: HashMap::new(), terms: 0 };
        for (place, ingredient) in
            active.iter().filter_map(|place| Some((*place, problem.ingredients.get(*place)?)))
        {
            for var in ingredient.constraints.iter().flat_map(Constraint::vars) {
                neighbours.terms += 1;
                let around = neighbours.around.entry(var).or_default();
                if around.last() != Some(&place) {
                    around.push(place);
                }
            }
        }
        neighbours
    }
}

/// How much may be looked at for each term of the ingredients.
const LOOKS: usize = 8;

/// Of active ingredients, which the neighbours know, those without any one of which the others can
/// hold, as far as they are found: `missing`, since the witness satisfies the others, and those that a
/// change of one value at a time leads to. None of them is background. How many terms that took is told
/// beside them.
pub(super) fn transitions(
    problem: &Problem,
    neighbours: &Neighbours,
    active: &[usize],
    missing: usize,
    witness: &Witness,
) -> (BTreeSet<usize>, usize) {
    let looks = neighbours.terms * LOOKS;
    let active = active.iter().copied().collect();
    let values = HashMap::new();
    let mut rotation = Rotation { problem, neighbours, active, witness, values, looks };
    let found = rotation.walk(missing);
    (found, looks - rotation.looks)
}

struct Rotation<'p> {
    problem: &'p Problem,
    neighbours: &'p Neighbours,
    active: HashSet<usize>,
    witness: &'p Witness,
    /// Values that differ from those of the witness.
    values: HashMap<Var, Number>,
    /// Terms that may still be looked at.
    looks: usize,
}

/// An ingredient that alone is broken: values of one variable that would mend it, and what that
/// variable was before the last step.
struct Step {
    broken: usize,
    mends: Vec<(Var, Number)>,
    before: Option<(Var, Number)>,
}

impl Rotation<'_> {
    fn walk(&mut self, missing: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([missing]);
        let mut path = vec![Step { broken: missing, mends: self.mends(missing), before: None }];
        while let Some(step) = path.last_mut() {
            let Some((var, value)) = step.mends.pop() else {
                let before = path.pop().and_then(|step| step.before);
                self.values.extend(before);
                continue;
            };
            let mended = step.broken;
            let before = self.value(var);
            self.values.insert(var, value);
            match self.only_broken(var, mended) {
                Some(broken) if found.insert(broken) => {
                    path.push(Step { broken, mends: self.mends(broken), before: Some((var, before)) });
                }
                _ => drop(self.values.insert(var, before)),
            }
        }
        found
    }

    /// The one ingredient that a new value of a variable breaks, where it mends another.
    fn only_broken(&mut self, var: Var, mended: usize) -> Option<usize> {
        let neighbours = self.neighbours;
        let mut broken = None;
        for place in neighbours.around.get(&var)?.iter().filter(|place| self.active.contains(place)) {
            let ingredient = self.problem.ingredients.get(*place)?;
            let terms = ingredient.constraints.iter().flat_map(Constraint::vars).count();
            let Some(looks) = self.looks.checked_sub(terms) else {
                self.looks = 0;
                return None;
            };
            self.looks = looks;
            if ingredient.constraints.iter().all(|row| row.holds_at(&|var| self.value(var))) {
                continue;
            }
            if *place == mended || broken.is_some() || ingredient.role == Role::Background {
                return None;
            }
            broken = Some(*place);
        }
        broken
    }

    /// For each variable of the rows that an ingredient breaks the nearest value that mends them.
    fn mends(&self, broken: usize) -> Vec<(Var, Number)> {
        let ingredient = self.problem.ingredients.get(broken);
        let rows = ingredient.into_iter().flat_map(|one| &one.constraints);
        rows.filter_map(Constraint::as_linear).flat_map(|row| self.mends_of(row)).collect()
    }

    fn mends_of(&self, row: &Linear) -> Vec<(Var, Number)> {
        let sum: Number = row.terms().iter().map(|(factor, var)| factor * &self.value(*var)).sum();
        if row.relation().holds(&sum, row.bound()) {
            return Vec::new();
        }
        let room = row.allowed().shift(&-&sum);
        let mend = |(factor, var): &(Number, Var)| {
            let now = self.value(*var);
            let left = room.scale(&factor.recip()?).shift(&now);
            let is_whole = self.problem.integral.get(index(*var)).is_some_and(|whole| *whole);
            let left = if is_whole { left.whole() } else { left };
            let rises = left.lower().value().is_some_and(|least| *least > now);
            match if rises { left.lower() } else { left.upper() } {
                End::Closed(value) if !left.is_empty() => Some((*var, value.clone())),
                _ => None,
            }
        };
        row.terms().iter().filter_map(mend).collect()
    }

    fn value(&self, var: Var) -> Number {
        let value = self.values.get(&var).or_else(|| self.witness.get(var));
        value.cloned().unwrap_or_default()
    }
}
