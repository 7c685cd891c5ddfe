//! Claims that stand in the place of others: revisions (`supersedes`) and provisional figures.

use std::collections::HashSet;
use std::mem::discriminant;

use crate::claims::code;
use crate::claims::lower::Lowering;
use crate::fact::{FactId, Key, SetAside};
use crate::rulebook::circle::circles;
use crate::rulebook::fault::{error, quoted};
use crate::rulebook::record::Text;
use crate::text::Span;

impl Lowering<'_> {
    /// Sets aside what others replace, once every claim is known.
    pub(super) fn settle(&mut self) {
        self.settle_revisions();
        self.settle_provisional();
    }

    fn settle_revisions(&mut self) {
        let mut revisions = Vec::new();
        for (newer, name) in std::mem::take(&mut self.revisions) {
            let older = self.revised(newer, &name);
            revisions.extend(older.map(|older| (newer, older, name)));
        }
        let mut links = vec![None; self.base.facts().count()];
        for (newer, older, _) in &revisions {
            if let Some(link) = links.get_mut(newer.0 as usize) {
                *link = Some(older.0);
            }
        }
        let circular: HashSet<u32> = circles(&links).into_iter().flatten().collect();
        for (newer, older, name) in revisions {
            if circular.contains(&newer.0) {
                let message =
                    format!("a claim must not supersede itself, found {} in a circle", quoted(name.text));
                self.faults.add(error(code::REVISION, message).at(name.span, "leads back to this claim"));
            } else if self.stands_for_itself(newer) {
                self.base.fact_mut(older).set_aside.get_or_insert(SetAside::Superseded { by: newer });
            }
        }
    }

    /// Whether a claim takes part itself, or only gives way to a later revision.
    fn stands_for_itself(&self, fact: FactId) -> bool {
        matches!(self.base.fact(fact).set_aside, None | Some(SetAside::Superseded { .. }))
    }

    /// The claim that another one supersedes, if it is known and about the same thing.
    fn revised(&mut self, newer: FactId, name: &Text) -> Option<FactId> {
        let own = format!("{}/{}", self.base.source(self.base.fact(newer).source).id, name.text);
        let Some(&old) = self.keys.get(&own).or_else(|| self.keys.get(name.text)) else {
            let prefix = format!("{}/", self.base.source(self.base.fact(newer).source).id);
            let local = self.keys.keys().filter_map(|key| key.strip_prefix(&prefix));
            let mut known: Vec<&str> = local.chain(self.keys.keys().map(String::as_str)).collect();
            known.sort_unstable();
            let message = "another claim must be named by its `id` or its key";
            self.faults.unknown_among(name.span, message, name.text, &known);
            return None;
        };
        let same = self.base.fact(newer).point == self.base.fact(old).point;
        if !same {
            let message =
                format!("a claim must supersede one about the same thing, found {}", quoted(name.text));
            let finding = error(code::REVISION, message).at(name.span, "about something else");
            let place: Option<Span> = self.base.fact(old).place(Key::Claim);
            self.faults.add(place.map_or(finding.clone(), |place| finding.at(place, "this claim")));
        }
        same.then_some(old)
    }

    /// A provisional figure gives way to one that is not, of the same sort on the same point.
    fn settle_provisional(&mut self) {
        let provisional: Vec<FactId> = self
            .base
            .facts()
            .filter(|(_, fact)| fact.provisional && fact.counts())
            .map(|(id, _)| id)
            .collect();
        for id in provisional {
            let fact = self.base.fact(id);
            let sort = discriminant(&fact.statement);
            let replaces = |other: &FactId| {
                let other = self.base.fact(*other);
                !other.provisional && discriminant(&other.statement) == sort
            };
            let by = self.base.facts_at(fact.point).find(replaces);
            if let Some(by) = by {
                self.base.fact_mut(id).set_aside = Some(SetAside::Superseded { by });
            }
        }
    }
}
