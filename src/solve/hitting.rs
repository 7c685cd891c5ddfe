//! The lightest sets that share a member with each of some sets, by branch and bound.

use std::collections::BTreeSet;

/// The lightest hitting sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hitting {
    /// What each weighs.
    pub(super) weight: u64,
    /// Each in ascending order, in ascending order.
    pub(super) sets: Vec<Vec<usize>>,
    /// Whether these are all of this weight.
    pub(super) complete: bool,
}

/// Finds them, `most` of them; `None` when `steps`, which are spent on looks at a set, do not suffice to
/// know the least weight.
pub(super) fn lightest(
    sets: &[&BTreeSet<usize>],
    weight: &dyn Fn(usize) -> u64,
    most: usize,
    steps: &mut usize,
) -> Option<Hitting> {
    let best = Hitting { weight: u64::MAX, sets: Vec::new(), complete: true };
    let mut search = Branching { weight, most, steps, best };
    search.extend(&mut Vec::new(), 0, sets, &BTreeSet::new())?;
    search.best.sets.sort_unstable();
    Some(search.best)
}

struct Branching<'s> {
    weight: &'s dyn Fn(usize) -> u64,
    most: usize,
    steps: &'s mut usize,
    best: Hitting,
}

impl Branching<'_> {
    /// Completes the chosen members, without the excluded ones, so that they hit the missed sets.
    fn extend(
        &mut self,
        chosen: &mut Vec<usize>,
        weight: u64,
        missed: &[&BTreeSet<usize>],
        excluded: &BTreeSet<usize>,
    ) -> Option<()> {
        *self.steps = self.steps.checked_sub(missed.len().max(1))?;
        let Some(least) = self.least_more(missed, excluded) else { return Some(()) };
        if weight.saturating_add(least) > self.best.weight {
            return Some(());
        }
        // The set with the fewest ways to hit it.
        let Some(set) = missed.iter().min_by_key(|set| set.difference(excluded).count()) else {
            self.record(chosen, weight);
            return Some(());
        };
        let mut excluded = excluded.clone();
        for member in *set {
            if excluded.contains(member) {
                continue;
            }
            let rest: Vec<_> = missed.iter().copied().filter(|set| !set.contains(member)).collect();
            let weight = weight.saturating_add((self.weight)(*member));
            chosen.push(*member);
            self.extend(chosen, weight, &rest, &excluded)?;
            chosen.pop();
            // Every set with this member is found by now.
            excluded.insert(*member);
        }
        Some(())
    }

    /// What the missed sets cost at least: the lightest member of each of some disjoint ones.
    /// `None` when one of them cannot be hit any more.
    fn least_more(&self, missed: &[&BTreeSet<usize>], excluded: &BTreeSet<usize>) -> Option<u64> {
        let mut counted = BTreeSet::new();
        let mut total: u64 = 0;
        for set in missed {
            let lightest = set.difference(excluded).map(|member| (self.weight)(*member)).min()?;
            if set.is_disjoint(&counted) {
                total = total.saturating_add(lightest);
                counted.extend(set.iter().copied());
            }
        }
        Some(total)
    }

    fn record(&mut self, chosen: &[usize], weight: u64) {
        if weight < self.best.weight {
            self.best = Hitting { weight, sets: Vec::new(), complete: true };
        }
        if self.best.sets.len() >= self.most {
            self.best.complete = false;
            return;
        }
        let mut set = chosen.to_vec();
        set.sort_unstable();
        self.best.sets.push(set);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn brute(sets: &[BTreeSet<usize>], weights: &[u64]) -> Option<Hitting> {
        let members = |mask: usize| (0..weights.len()).filter(move |at| mask >> at & 1 == 1);
        let hits = |mask: usize| sets.iter().all(|set| members(mask).any(|at| set.contains(&at)));
        let weigh = |mask: usize| members(mask).map(|at| weights[at]).sum::<u64>();
        let masks = || (0..1_usize << weights.len()).filter(|mask| hits(*mask));
        let weight = masks().map(weigh).min()?;
        let best = masks().filter(|mask| weigh(*mask) == weight);
        let mut sets: Vec<Vec<usize>> = best.map(|mask| members(mask).collect()).collect();
        sets.sort_unstable();
        Some(Hitting { weight, sets, complete: true })
    }

    proptest! {
        #[test]
        fn all_lightest_sets_are_found(
            sets in prop::collection::vec(prop::collection::btree_set(0_usize..7, 1..4), 0..8),
            weights in prop::collection::vec(1_u64..4, 7),
        ) {
            let borrowed: Vec<_> = sets.iter().collect();
            let found = lightest(&borrowed, &|at| weights[at], 1_000, &mut 100_000);
            prop_assert_eq!(found, brute(&sets, &weights));
        }
    }

    #[test]
    fn limits_are_told() {
        let sets: Vec<BTreeSet<usize>> = (0..5).map(|at| BTreeSet::from([at, at + 10])).collect();
        let borrowed: Vec<_> = sets.iter().collect();
        let found = lightest(&borrowed, &|_| 1, 10, &mut 1_000).unwrap();
        assert_eq!((found.weight, found.sets.len(), found.complete), (5, 10, false));
        assert_eq!(lightest(&borrowed, &|_| 1, 10, &mut 3), None);
    }
}
