//! The smallest set of claims that makes one instance fail: of a point that many articles tell, those
//! claims alone that the conflict needs.

use std::collections::BTreeSet;

use super::joint::{Run, relates_points};
use super::problem::{InstanceId, Owner, Pass, World};
use crate::checks::{Conflict, Variable};
use crate::constraint::{Certificate, Constraint, Var};
use crate::fact::FactId;
use crate::solve::{self, Decision, Effort, Limits};

impl Run<'_, '_> {
    /// The claims of the conflict of an instance, with a proof that needs no others where its own does;
    /// none when the effort was used up. What more origins say is taken for granted first; the order of
    /// claims in their files changes nothing.
    pub(super) fn minimal(
        &self,
        id: InstanceId,
        conflict: &Conflict,
    ) -> Option<(Vec<FactId>, Option<Certificate>)> {
        let pass = if conflict.strong { Pass::Strong } else { Pass::Weak };
        // A list that contradicts its own total needs nobody else's; claims compared on one point are equals.
        let compared = self.checks.get(id.0).is_none_or(|check| !relates_points(check.as_ref()));
        if !compared && let Some(claims) = self.all_needed(id, pass, &conflict.certificate) {
            return Some((claims, None));
        }
        let world = self.ordered(pass, &[id], &BTreeSet::new());
        let all: Vec<usize> = (0..world.problem.ingredients.len()).collect();
        let order = self.trusted_first(&world, &all);
        // One set is told: whether there are others is not asked.
        let effort = Effort { conflicts: 1, members: 0, ..Effort::default() };
        let first = |active: &[usize]| {
            let found = solve::conflicts(&world.problem, active, &order, &Limits::default(), &effort);
            found.found.into_iter().next()
        };
        let author = self.author(id).filter(|_| !compared);
        let own = author.map(|author| self.without_rivals(&world, &all, author));
        let minimal = own.and_then(|own| first(&own)).or_else(|| first(&all))?;
        Some((self.claims(&world, &minimal), Some(minimal.conflict.certificate)))
    }

    /// The claims of an instance that fails, when without any one of them it could hold: a few claims
    /// nearly always are all needed, and then nothing has to be searched.
    fn all_needed(&self, id: InstanceId, pass: Pass, proof: &Certificate) -> Option<Vec<FactId>> {
        /// Of more claims some are likely to be spare.
        const FEW: usize = 6;
        let one = self.instance(id)?;
        let mut world = World::new(pass);
        world.add(self.context, id, one, &|_| false);
        let all: Vec<usize> = (0..world.problem.ingredients.len()).collect();
        let is_said = |place: &&usize| matches!(world.owners.get(**place), Some(Owner::Said(_)));
        let said: Vec<usize> = all.iter().filter(is_said).copied().collect();
        // What the proof does without is not needed, whoever claims it.
        let used: BTreeSet<Var> = proof.constraints.iter().flat_map(Constraint::vars).collect();
        let is_spare = |(place, variable): (u32, &Variable)| {
            let claims = world.find(*variable).map_or(&[][..], |var| world.said_of(var));
            !claims.is_empty() && !used.contains(&Var(place))
        };
        let is_needed = |claim: &usize| {
            let others: Vec<usize> = all.iter().filter(|place| *place != claim).copied().collect();
            matches!(solve::decide(&world.problem, &others, &Limits::default()), Decision::Feasible(_))
        };
        let few = said.len() <= FEW && !(0..).zip(&one.variables).any(is_spare);
        (few && said.iter().all(is_needed)).then(|| self.claims_of(&world, &all, &|_, _| Vec::new()))
    }

    /// What is left without what others say of the point that a claim tells itself.
    fn without_rivals(&self, world: &World, all: &[usize], author: FactId) -> Vec<usize> {
        let base = self.context.base;
        let is_rival = |fact: &FactId| *fact != author && base.fact(*fact).point == base.fact(author).point;
        let rivals = |place: &usize| match world.owners.get(*place) {
            Some(Owner::Said(facts)) => facts.iter().any(is_rival),
            _ => false,
        };
        all.iter().copied().filter(|place| !rivals(place)).collect()
    }
}
