//! Claims of one origin that repeat each other: whoever mends them mends all of them.

use std::collections::HashMap;

use super::{Bundle, Bundles};
use crate::check::joint::Run;

impl Run<'_, '_> {
    /// The bundles, those of one origin that say the same of figures, and nothing else, as one: what
    /// mends one of them alone mends nothing.
    pub(super) fn merged(&self, bundles: Bundles) -> Vec<Bundle> {
        let base = self.context.base;
        let mut merged: Vec<Bundle> = Vec::with_capacity(bundles.len());
        let mut known = HashMap::new();
        for bundle in bundles.into_values() {
            let (&[fact], [], [_, ..]) = (&*bundle.facts, &*bundle.related, &*bundle.said) else {
                merged.push(bundle);
                continue;
            };
            let place = *known.entry((base.fact(fact).origin, bundle.said.clone())).or_insert(merged.len());
            match merged.get_mut(place) {
                Some(first) => {
                    first.facts.push(fact);
                    first.weight = Some(self.context.share(Some(fact), 1));
                    first.repeated = true;
                }
                None => merged.push(bundle),
            }
        }
        merged
    }
}
