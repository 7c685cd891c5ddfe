//! Instances of which one term alone is claimed. They say nothing by themselves; where the terms that
//! nobody claims follow from other claims, they do with these.

use super::{Check, Grounded, Instance, Meant, Origin};
use crate::fact::{FactBase, PointId};
use crate::finding::Severity;

/// The points of an instance that nobody claims.
pub(super) fn open(meant: &[Meant], base: &FactBase) -> Vec<PointId> {
    let points = meant.iter().flat_map(Meant::points).copied();
    let mut open: Vec<PointId> = points.filter(|point| base.facts_at(*point).next().is_none()).collect();
    open.sort_unstable();
    open.dedup();
    open
}

impl Check {
    /// Grounds the chosen ones of those that wait, and forgets the others.
    pub(super) fn links(&mut self, chosen: &[usize], base: &FactBase, level: Severity) -> Vec<Grounded> {
        let mut waiting: Vec<_> = std::mem::take(&mut self.waiting).into_iter().map(Some).collect();
        let mut grounded = Vec::new();
        for (binding, meant) in chosen.iter().filter_map(|place| waiting.get_mut(*place)?.take()) {
            let made = self.instance(&binding, Origin::Chain, &meant, base, level);
            if let Some((one, assumed)) = made {
                grounded.push(Grounded { links: true, ..one });
                self.instances.push(Instance { binding, meant, assumed });
            }
        }
        grounded
    }
}
