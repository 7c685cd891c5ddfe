//! Chains beyond the last year in which a stock is claimed: what its flows say of it until the last of
//! them. No verdict stands on them; they tell what follows.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Grounded, Instance, MOST_YEARS, Origin};
use crate::checks::Years;
use crate::checks::terms::{Binding, When};
use crate::fact::{FactBase, Status};
use crate::finding::Severity;

/// The last year of a stock in each series, and that of anything in it, with the statuses told in each.
#[derive(Default)]
struct Reach {
    stock: Option<i32>,
    told: BTreeMap<i32, BTreeSet<Status>>,
}

impl Check {
    /// The instances of the years after the last claim of a stock, up to the last claim of a flow.
    pub(super) fn beyond_stocks(
        &mut self,
        base: &mut FactBase,
        years: &Years,
        level: Severity,
    ) -> Vec<Grounded> {
        let known: BTreeSet<Binding> = self.instances.iter().map(|one| one.binding.clone()).collect();
        let mut grounded = Vec::new();
        for binding in self.beyond(base, years).into_iter().filter(|binding| !known.contains(binding)) {
            for meant in self.joined.instantiate(&binding, base, years) {
                if let Some((one, assumed)) = self.instance(&binding, Origin::Chain, &meant, base, level) {
                    grounded.push(one);
                    self.instances.push(Instance { binding: binding.clone(), meant, assumed });
                }
            }
        }
        grounded
    }

    fn beyond(&self, base: &FactBase, years: &Years) -> Vec<Binding> {
        let stock: Vec<Option<i32>> = self.stock_offsets().collect();
        let offsets = || stock.iter().flatten();
        let (Some(least), Some(most)) = (offsets().min(), offsets().max()) else { return Vec::new() };
        if least == most {
            return Vec::new();
        }
        let mut series: BTreeMap<Binding, Reach> = BTreeMap::new();
        for (place, binding) in self.joined.anchors(base, years) {
            let When::Year(year) = binding.when else { continue };
            let status = binding.status;
            let reach =
                series.entry(Binding { when: When::Always, status: Status::Actual, ..binding }).or_default();
            match stock.get(place).copied().flatten() {
                Some(offset) => reach.stock = reach.stock.max(year.checked_add(offset)),
                None => drop(reach.told.entry(year).or_default().insert(status)),
            }
        }
        series.iter().flat_map(|(binding, reach)| reach.bindings(binding, *least)).collect()
    }
}

impl Reach {
    /// One binding for each year and status, the first where the stock's least offset meets its last
    /// claim; years of which nothing is told are actual.
    fn bindings(&self, series: &Binding, offset: i32) -> Vec<Binding> {
        let (Some(stock), Some((last, _))) = (self.stock, self.told.last_key_value()) else {
            return Vec::new();
        };
        let first = stock.saturating_sub(offset);
        if i64::from(*last) - i64::from(first) >= MOST_YEARS {
            return Vec::new();
        }
        let actual = BTreeSet::from([Status::Actual]);
        (first..=*last)
            .flat_map(|year| {
                let statuses = self.told.get(&year).unwrap_or(&actual);
                let binding = move |status: &Status| Binding {
                    when: When::Year(year),
                    status: *status,
                    ..series.clone()
                };
                statuses.iter().map(binding).collect::<Vec<_>>()
            })
            .collect()
    }
}
