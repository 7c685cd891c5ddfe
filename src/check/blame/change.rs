//! What a claim would have to say instead.

use std::collections::{BTreeMap, BTreeSet};

use super::{Blame, Bundle};
use crate::check::derive::{subject, wanted};
use crate::checks::{Variable, resolve, words};
use crate::constraint::{Constraint, Ingredient, Linear, Var};
use crate::fact::{FactId, Statement};
use crate::finding::Change;
use crate::quantity::Interval;
use crate::solve::{self, Limits};

impl Blame<'_, '_> {
    /// What a claim would have to say when the rest holds, and whether a slip explains it.
    pub(super) fn change(&self, claim: usize, rest: &[usize], valued: bool) -> (bool, Change) {
        let facts = self.bundles.get(claim).map_or_else(Vec::new, |bundle| bundle.facts.clone());
        let Some(fact) = facts.first().copied() else {
            return (false, Change { claims: facts, text: String::new() });
        };
        let context = self.run.context;
        let needed = if valued { self.needed(claim, fact, rest) } else { None };
        let (mut slips, mut text) = match needed {
            None => {
                let about = words::point(context, context.base.fact(fact).point);
                let said = words::said(context, fact);
                (false, format!("{about}: {said} → {}", self.otherwise(claim, fact)))
            }
            Some((var, needed)) => {
                let about = subject(context, self.world, var);
                let text =
                    resolve::line(context, &about, fact, &needed, &wanted(context, self.world, var, &needed));
                (resolve::slip(context, fact, &needed).is_some(), text)
            }
        };
        if let Some((slip, number)) = self.renumbered(claim, fact, rest).filter(|_| valued) {
            slips |= slip;
            text = format!("{text}, {number}");
        }
        if self.bundles.get(claim).is_some_and(|bundle| bundle.repeated) {
            text = format!("{text} ({} claims)", facts.len());
        }
        (slips, Change { claims: facts, text })
    }

    /// What to say of a claim that no figure would mend: a rule need not apply.
    fn otherwise(&self, claim: usize, fact: FactId) -> String {
        let needing =
            self.problem.ingredients.iter().zip(&self.rules).filter(|(rule, _)| rule.needs.contains(&claim));
        let rules: BTreeSet<String> =
            needing.filter_map(|(_, id)| Some(words::code(&self.run.rule((*id)?)))).collect();
        if rules.is_empty() {
            let given = resolve::given(self.run.context, fact);
            let fact = self.run.context.base.fact(fact);
            let other = match fact.statement {
                Statement::Date(_) => "another date",
                Statement::State(_) => "another word",
                Statement::Change(_) => "another change",
                Statement::Share(_) => "another share",
                _ if fact.list.is_some() => "another figure or other parts",
                // Its figure may stay: when it is told, or how, is what does not fit.
                _ => "another period or status",
            };
            return given.unwrap_or_else(|| other.into());
        }
        format!("a value to which {} does not apply", words::list(&rules.into_iter().collect::<Vec<_>>()))
    }

    /// The values of a claim's figure that the rest and its own list leave, where they leave out what it
    /// says.
    fn needed(&self, claim: usize, fact: FactId, rest: &[usize]) -> Option<(Var, Interval)> {
        let bundle = self.bundles.get(claim)?;
        let value = Variable::Value(self.run.context.base.fact(fact).point);
        if bundle.said.iter().any(|row| row.as_linear().is_some_and(Linear::is_false)) {
            // Its words leave nothing of what is possible at all.
            return Some((self.world.find(value)?, self.run.context.domain(value).0));
        }
        let mut rest = rest.to_vec();
        rest.extend(bundle.alone);
        let mut figures: BTreeMap<Var, Interval> = BTreeMap::new();
        for (var, bound) in bundle.said.iter().filter_map(|row| row.as_linear()?.as_bound()) {
            let known = figures.remove(&var).unwrap_or_else(Interval::all);
            figures.insert(var, known.intersect(&bound));
        }
        let moved = |alone: bool| {
            figures.iter().find_map(|(var, is)| {
                let needed = self.projected(bundle, &rest, *var, alone)?;
                (!needed.is_empty() && needed.is_disjoint(is)).then_some((*var, needed))
            })
        };
        // An event of one day may have to move whole.
        moved(true).or_else(|| moved(false))
    }

    /// What a figure of a claim can be when the rest holds, and what the claim says of other figures where
    /// it alone is to change: the first day stays when the last is wrong.
    fn projected(&self, bundle: &Bundle, rest: &[usize], var: Var, alone: bool) -> Option<Interval> {
        let others = bundle.said.iter().filter(|row| alone && !row.vars().eq([var]));
        let others: Vec<Constraint> = others.cloned().collect();
        let mut problem = self.problem.clone();
        let own = problem.ingredients.len();
        problem.ingredients.push(Ingredient::rule(others));
        let project = |rest: Vec<usize>| {
            let rest: Vec<usize> = rest.into_iter().chain([own]).collect();
            Some(solve::project(&problem, &rest, var, &Limits::default()).ok()?.values)
        };
        let linear = || {
            let linear = self.linear();
            rest.iter().copied().filter(|place| linear.binary_search(place).is_ok()).collect()
        };
        project(rest.to_vec()).or_else(|| project(linear()))
    }
}
