//! The samples as one problem of the engine.

use std::collections::BTreeSet;
use std::mem;

use super::samples::Dated;
use crate::check::problem::{Owner, Pass, World};
use crate::checks::{Context, Variable};
use crate::constraint::{Certificate, Constraint, Linear, Problem, Var};
use crate::fact::PointId;
use crate::quantity::Number;
use crate::solve::minimise::{Effort, Minimal};
use crate::solve::{self, Decision};

/// All samples, each with what it demands, or, where it has a condition, with that.
pub(super) struct Book<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) samples: &'a [Dated],
    pub(super) world: World,
    /// The ingredients that speak of a variable.
    speaking: Vec<Vec<usize>>,
    /// The ingredient of each sample, if it demands anything.
    ingredients: Vec<Option<usize>>,
}

impl<'a> Book<'a> {
    pub(super) fn new(context: &'a Context<'a>, samples: &'a [Dated]) -> Self {
        let mut world = World::new(Pass::Strong);
        let mut ingredients = Vec::with_capacity(samples.len());
        for (place, Dated { sample, rule, .. }) in samples.iter().enumerate() {
            let (id, grounded) = ((*rule, place), &sample.grounded);
            let demands = if grounded.condition.is_empty() { &grounded.strong } else { &grounded.condition };
            let rows = demands.iter().chain(&sample.definitions);
            world.add_rows(context, id, &grounded.variables, rows, &|_| false);
            let last = world.owners.len().saturating_sub(1);
            ingredients.push((world.instance(last) == Some(id)).then_some(last));
        }
        let variables = || samples.iter().flat_map(|one| &one.sample.grounded.variables);
        in_order(&mut world, variables());
        years_follow(&mut world, variables());
        let mut speaking: Vec<Vec<usize>> = vec![Vec::new(); world.problem.integral.len()];
        for (place, ingredient) in world.problem.ingredients.iter().enumerate() {
            for var in ingredient.constraints.iter().flat_map(Constraint::vars) {
                if let Some(all) = speaking.get_mut(var.0 as usize).filter(|all| all.last() != Some(&place)) {
                    all.push(place);
                }
            }
        }
        Self { context, samples, world, speaking, ingredients }
    }

    /// What hangs together with a sample by way of what is known of figures and of the samples that are
    /// let in.
    pub(super) fn reachable(&self, sample: usize, admits: &dyn Fn(&Dated) -> bool) -> Vec<usize> {
        let Some(start) = self.ingredient(sample) else { return Vec::new() };
        let mut reached = vec![false; self.world.problem.ingredients.len()];
        let mut seen = vec![false; self.speaking.len()];
        let mut open = vec![start];
        mark(&mut reached, start);
        while let Some(place) = open.pop() {
            for var in self.vars(place).map(|var| var.0 as usize).filter(|var| mark(&mut seen, *var)) {
                for next in self.speaking.get(var).into_iter().flatten() {
                    if self.sample(*next).is_none_or(admits) && mark(&mut reached, *next) {
                        open.push(*next);
                    }
                }
            }
        }
        reached
            .into_iter()
            .enumerate()
            .filter(|(_, is_reached)| *is_reached)
            .map(|(place, _)| place)
            .collect()
    }

    /// The samples that are let in, in sets that share no figure.
    pub(super) fn components(&self, admits: &dyn Fn(&Dated) -> bool) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.world.problem.ingredients.len()];
        let mut components = Vec::new();
        for (place, _) in self.samples.iter().enumerate().filter(|(_, one)| admits(one)) {
            if self.ingredient(place).is_some_and(|ingredient| mark(&mut seen, ingredient)) {
                let component = self.reachable(place, admits);
                for ingredient in &component {
                    mark(&mut seen, *ingredient);
                }
                components.push(component);
            }
        }
        components
    }

    /// The conflicts of a sample with what hangs together with it.
    pub(super) fn conflicts(
        &self,
        sample: usize,
        admits: &dyn Fn(&Dated) -> bool,
        effort: &Effort,
    ) -> Vec<Minimal> {
        let Some(own) = self.ingredient(sample) else { return Vec::new() };
        let active = self.reachable(sample, admits);
        let found = solve::conflicts(&self.world.problem, &active, &[], &super::LIMITS, effort).found;
        found.into_iter().filter(|minimal| minimal.members.contains(&own)).collect()
    }

    /// The proof of a conflict for any numbers, whole or not, where there is one: it is the shorter sum.
    pub(super) fn in_fractions(&self, minimal: &Minimal) -> Option<Certificate> {
        let mut problem = Problem { integral: Vec::new(), ..self.world.problem.clone() };
        problem.integral.resize(self.world.problem.integral.len(), false);
        let members: Vec<usize> = minimal.conflict.members().into_iter().collect();
        match solve::decide(&problem, &members, &super::LIMITS) {
            Decision::Infeasible(conflict) => Some(conflict.certificate),
            _ => None,
        }
    }

    /// The samples of a component.
    pub(super) fn samples_in(&self, component: &[usize]) -> Vec<usize> {
        component.iter().filter_map(|place| Some(self.world.instance(*place)?.1)).collect()
    }

    /// The places of the rules in a conflict, in their order.
    pub(super) fn rules(&self, minimal: &Minimal) -> Vec<usize> {
        let rules = minimal.members.iter().filter_map(|place| Some(self.world.instance(*place)?.0));
        rules.collect::<BTreeSet<usize>>().into_iter().collect()
    }

    /// The figures that a sample speaks of.
    pub(super) fn figures_of(&self, sample: usize) -> Vec<(PointId, Var)> {
        let grounded = self.samples.get(sample).map(|one| &one.sample.grounded);
        let figure = |variable: &Variable| match variable {
            Variable::Value(point) => Some((*point, self.world.find(*variable)?)),
            _ => None,
        };
        grounded.into_iter().flat_map(|one| one.variables.iter().filter_map(figure)).collect()
    }

    /// The sample that an ingredient stands for; none where it is what is known of a figure anyway.
    pub(super) fn sample(&self, ingredient: usize) -> Option<&Dated> {
        match self.world.owners.get(ingredient)? {
            Owner::Instance((_, place)) => self.samples.get(*place),
            Owner::Domain | Owner::Said(_) => None,
        }
    }

    fn ingredient(&self, sample: usize) -> Option<usize> {
        self.ingredients.get(sample).copied().flatten()
    }

    fn vars(&self, place: usize) -> impl Iterator<Item = Var> {
        let ingredient = self.world.problem.ingredients.get(place);
        ingredient.into_iter().flat_map(|one| one.constraints.iter().flat_map(Constraint::vars))
    }
}

/// Notes a place, and tells whether it is new.
fn mark(seen: &mut [bool], place: usize) -> bool {
    seen.get_mut(place).is_some_and(|seen| !mem::replace(seen, true))
}

/// No event ends before it starts.
fn in_order<'v>(world: &mut World, all: impl Iterator<Item = &'v Variable>) {
    let start = |variable: &Variable| if let Variable::Start(point) = variable { Some(*point) } else { None };
    let starts: BTreeSet<PointId> = all.filter_map(start).collect();
    for point in starts {
        let ends = [Variable::Start(point), Variable::End(point)].map(|variable| world.find(variable));
        if let [Some(start), Some(end)] = ends {
            let terms = [(Number::ONE, start), (-Number::ONE, end)];
            world.take_for_granted(Linear::at_most(terms, Number::ZERO).into());
        }
    }
}

/// A year has 365 or 366 days.
fn years_follow<'v>(world: &mut World, all: impl Iterator<Item = &'v Variable>) {
    let after =
        |variable: &Variable| if let Variable::FirstDay(after) = variable { Some(*after) } else { None };
    let years: BTreeSet<i32> = all.filter_map(after).collect();
    for (before, after) in years.iter().zip(years.iter().skip(1)) {
        let days = [before, after].map(|after| world.find(Variable::FirstDay(*after)));
        if let [Some(first), Some(then)] = days {
            let passed = Number::from(after - before);
            let terms = || [(Number::ONE, then), (-Number::ONE, first)];
            world.take_for_granted(Linear::at_least(terms(), &(&passed * &Number::from(365))).into());
            world.take_for_granted(Linear::at_most(terms(), &passed * &Number::from(366)).into());
        }
    }
}
