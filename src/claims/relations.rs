//! Claims that stand in the place of others: revisions (`supersedes`) and provisional figures.

use std::collections::HashMap;
use std::mem::discriminant;

use crate::claims::code;
use crate::claims::lower::Lowering;
use crate::fact::{FactId, Key, SetAside};
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
        let written = std::mem::take(&mut self.revisions);
        let mut older: HashMap<FactId, FactId> = HashMap::new();
        for (newer, name) in &written {
            if let Some(found) = self.revised(*newer, name) {
                older.insert(*newer, found);
            }
        }
        let circular = circular(&written, &older);
        for (newer, name) in &written {
            let Some(&old) = older.get(newer) else { continue };
            if circular.contains(newer) {
                let message =
                    format!("a claim must not supersede itself, found {} in a circle", quoted(&name.text));
                self.faults.add(error(code::REVISION, message).at(name.span, "leads back to this claim"));
            } else if self.base.fact(*newer).counts()
                || is_superseded(self.base.fact(*newer).set_aside.as_ref())
            {
                let fact = self.base.fact_mut(old);
                fact.set_aside.get_or_insert(SetAside::Superseded { by: *newer });
            }
        }
    }

    /// The claim that another one supersedes, if it is known and about the same thing.
    fn revised(&mut self, newer: FactId, name: &Text) -> Option<FactId> {
        let own = format!("{}/{}", self.base.source(self.base.fact(newer).source).id, name.text);
        let Some(&old) = self.keys.get(&own).or_else(|| self.keys.get(&name.text)) else {
            let mut known: Vec<&str> = self.keys.keys().map(String::as_str).collect();
            known.sort_unstable();
            let nearest = |name: &str| {
                let local = crate::vocabulary::nearest(&own, known.iter().copied());
                local.or_else(|| crate::vocabulary::nearest(name, known.iter().copied())).map(str::to_owned)
            };
            self.faults.unknown_claim(name.span, &name.text, nearest);
            return None;
        };
        let same = self.base.fact(newer).point == self.base.fact(old).point;
        if !same {
            let message =
                format!("a claim must supersede one about the same thing, found {}", quoted(&name.text));
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

const fn is_superseded(set_aside: Option<&SetAside>) -> bool {
    matches!(set_aside, Some(SetAside::Superseded { .. }))
}

/// The claims on a circle of revisions. Each claim supersedes one at most, so every walk is a line
/// that ends, runs into an earlier walk, or closes.
fn circular(
    written: &[(FactId, Text)],
    older: &HashMap<FactId, FactId>,
) -> std::collections::HashSet<FactId> {
    let mut walk_of: HashMap<FactId, usize> = HashMap::new();
    let mut circular = std::collections::HashSet::new();
    for (walk, (start, _)) in written.iter().enumerate() {
        let mut here = *start;
        while !walk_of.contains_key(&here) {
            walk_of.insert(here, walk);
            let Some(&next) = older.get(&here) else { break };
            here = next;
        }
        let closes = older.contains_key(&here) && walk_of.get(&here) == Some(&walk);
        while closes && circular.insert(here) {
            let Some(&next) = older.get(&here) else { break };
            here = next;
        }
    }
    circular
}
