//! What stands under a condition is open as long as claims dispute the figures of the condition. A repair
//! that ends the dispute decides it, and one after which it fails is no way out.

use std::collections::{BTreeSet, HashMap};

use super::claims;
use crate::check::joint::Run;
use crate::checks::{Grounded, Variable};
use crate::fact::FactId;
use crate::finding::Repair;
use crate::quantity::Interval;
use crate::solve::{self, Instance, Limits, Verdict};

/// The instances that a dispute leaves open, by the claims on what they speak of.
pub(super) type Sleeping<'g> = HashMap<FactId, Vec<&'g Grounded>>;

impl Run<'_, '_> {
    pub(super) fn sleeping(&self) -> Sleeping<'_> {
        let mut sleeping = Sleeping::new();
        for (_, one) in self.instances(&|id, conditional| conditional && self.judged.is_disputed(id)) {
            let facts = one.variables.iter().flat_map(|variable| self.context.facts(*variable));
            let facts: BTreeSet<FactId> = facts.collect();
            for fact in facts {
                sleeping.entry(fact).or_default().push(one);
            }
        }
        sleeping
    }

    /// Those of some repairs that wake no rule which then fails by itself; all of them where each does.
    pub(super) fn without_waking(&self, sleeping: &Sleeping<'_>, repairs: Vec<Repair>) -> Vec<Repair> {
        let wakes = |repair: &Repair| {
            let gone: BTreeSet<FactId> = claims(repair).collect();
            let mut near = gone.iter().filter_map(|fact| sleeping.get(fact)).flatten();
            near.any(|one| self.fails_without(one, &gone))
        };
        let (waking, quiet): (Vec<Repair>, Vec<Repair>) = repairs.into_iter().partition(wakes);
        if quiet.is_empty() { waking } else { quiet }
    }

    /// Whether the condition of an instance holds and the rest cannot, once some claims are gone.
    fn fails_without(&self, one: &Grounded, gone: &BTreeSet<FactId>) -> bool {
        let vars: Vec<solve::Variable> =
            one.variables.iter().map(|variable| self.hard_without(*variable, gone)).collect();
        let judge = |strong| {
            let instance = Instance { vars: vars.iter().collect(), strong, weak: &[] };
            solve::judge(&instance, &Limits::default())
        };
        // Where another dispute stays, nothing is decided.
        vars.iter().all(|var| !var.hard().is_empty())
            && judge(&one.condition) == Verdict::Holds
            && matches!(judge(&one.strong), Verdict::Contradiction(_))
    }

    /// What the strong claims that stay leave of a variable.
    fn hard_without(&self, variable: Variable, gone: &BTreeSet<FactId>) -> solve::Variable {
        let (domain, integral) = self.context.domain(variable);
        let parts = self.context.contributions(variable).into_iter();
        let kept = parts.filter(|part| !part.weak && !part.facts.iter().any(|fact| gone.contains(fact)));
        let hard: Interval = kept.fold(domain, |all, part| all.intersect(&part.hard));
        solve::Variable::free(hard, integral)
    }
}
