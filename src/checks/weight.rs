//! How much speaks for a claim. One notion serves all: every independent origin counts, by the trust in
//! it (`trust:` of the rulebook), and a communiqué counts once however often it is printed.
//!
//! What agrees with a claim [supports](Context::support) it; of that, each claim has its own
//! [share](Context::share), and shares add up where several claims would have to change.

use std::collections::BTreeSet;

use super::Context;
use crate::fact::{FactId, OriginId, Statement};
use crate::quantity::Hedge;

/// The weight of one origin: it can be shared by many claims, and a hedge is less than an origin.
const ORIGIN: u64 = 5_040;
const HEDGE: u64 = ORIGIN / 5;

impl Context<'_> {
    /// The weight of one of some claims of an origin that say the same of a point; at least 1. A
    /// publication date, which no claim tells, weighs as much as an origin.
    #[must_use]
    pub fn share(&self, fact: Option<FactId>, claims: u64) -> u64 {
        let trust = fact.map_or(1, |fact| self.trust(self.base.fact(fact).origin));
        (ORIGIN.saturating_mul(trust) / claims.max(1)).max(1)
    }

    /// The weight of the independent origins that say of the same point what agrees with a claim, a
    /// little less where it is hedged; at least 1. Of a point on which a crowd says different things
    /// only its own origin counts. What is told of no point has the support of two origins.
    #[must_use]
    pub fn support(&self, facts: &[FactId]) -> u64 {
        const CROWD: usize = 300;
        let Some(id) = facts.first() else { return 2 * ORIGIN };
        let fact = self.base.fact(*id);
        let soft = |id: FactId| self.base.fact(id).statement.reading().map(|reading| &reading.soft);
        let agrees = |other: &FactId| match (soft(*id), soft(*other)) {
            (Some(own), Some(other)) => !own.is_disjoint(other),
            _ => false,
        };
        let others = self.base.facts_at(fact.point).filter(agrees).map(|other| self.base.fact(other).origin);
        let alone = self.base.claims_at(fact.point).len() > CROWD;
        let others = others.take(if alone { 0 } else { CROWD });
        let origins: BTreeSet<OriginId> = others.chain([fact.origin]).collect();
        let support = origins.into_iter().fold(0_u64, |sum, origin| sum.saturating_add(self.trust(origin)));
        let hedged = match &fact.statement {
            Statement::Value(figures) => !matches!(figures.figure.hedge, Hedge::Bare | Hedge::Exactly),
            _ => false,
        };
        support.saturating_mul(ORIGIN).saturating_sub(if hedged { HEDGE } else { 0 }).max(1)
    }

    fn trust(&self, origin: OriginId) -> u64 {
        self.base.trust.get(self.base.origin(origin)).copied().unwrap_or(1)
    }
}
