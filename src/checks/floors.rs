//! What lists say of points: named parts, counted or not, bound their total from below.

use foldhash::{HashMap, HashMapExt as _};

use crate::fact::{Fact, FactBase, FactId, List, PointId, Statement};
use crate::quantity::{End, Interval, Number};

/// The least that a list says of a point.
#[derive(Clone, Debug)]
pub struct Floor {
    /// The least whole number that the words entail.
    pub hard: Number,
    /// The least that a reader takes them to mean.
    pub soft: Number,
    /// The claims that are counted.
    pub facts: Vec<FactId>,
}

/// The lists of a base, read once.
#[derive(Clone, Debug)]
pub struct Floors {
    floors: HashMap<PointId, Vec<Floor>>,
    addends: Vec<bool>,
}

impl Floors {
    /// Reads the lists of a base.
    #[must_use]
    pub fn new(base: &FactBase) -> Self {
        let mut floors = Self { floors: HashMap::new(), addends: vec![false; base.facts().count()] };
        for (id, fact) in base.facts() {
            if let (Some(list), true) = (&fact.list, fact.counts()) {
                floors.read(base, id, fact, list);
            }
        }
        floors
    }

    /// What lists say of a point at the least.
    #[must_use]
    pub fn of(&self, point: PointId) -> &[Floor] {
        self.floors.get(&point).map_or(&[], Vec::as_slice)
    }

    /// Whether a figure is one of several on its point in one list, so that it is added to the
    /// others and not compared with them.
    #[must_use]
    pub fn is_addend(&self, fact: FactId) -> bool {
        self.addends.get(fact.0 as usize).copied().unwrap_or(false)
    }

    /// Groups the members of a list by point: several on one point are added, and like members
    /// without a figure bound it from below.
    fn read(&mut self, base: &FactBase, id: FactId, fact: &Fact, list: &List) {
        let members = list.members.iter().map(|member| (base.fact(*member).point, *member));
        let mut members: Vec<_> = members.filter(|(_, member)| base.fact(*member).counts()).collect();
        members.sort_by_key(|(point, _)| *point);
        for group in members.chunk_by(|(one, _), (other, _)| one == other) {
            let [(point, first), others @ ..] = group else { continue };
            if others.is_empty() && matches!(base.fact(*first).statement, Statement::Value(_)) {
                continue;
            }
            let facts: Vec<FactId> = group.iter().map(|(_, member)| *member).collect();
            for member in &facts {
                if let Some(addend) = self.addends.get_mut(member.0 as usize) {
                    *addend = true;
                }
            }
            let floor = sum(base, &facts);
            self.add(*point, floor, facts);
        }
        if fact.part_of.is_none() && matches!(fact.statement, Statement::Named) {
            self.add(fact.point, least(base, id), counted(base, id));
        }
    }

    fn add(&mut self, point: PointId, (hard, soft): (Number, Number), facts: Vec<FactId>) {
        self.floors.entry(point).or_default().push(Floor { hard, soft, facts });
    }
}

/// A claim and the members of its list, at any depth: what its floor stands on.
fn counted(base: &FactBase, id: FactId) -> Vec<FactId> {
    let list = base.fact(id).list.as_ref();
    let members = list.into_iter().flat_map(|list| list.members.iter().copied());
    let counts = members.filter(|member| base.fact(*member).counts());
    std::iter::once(id).chain(counts.flat_map(|member| counted(base, member))).collect()
}

fn sum(base: &FactBase, facts: &[FactId]) -> (Number, Number) {
    facts
        .iter()
        .map(|fact| least(base, *fact))
        .fold((Number::ZERO, Number::ZERO), |(hard, soft), (more_hard, more_soft)| {
            (&hard + &more_hard, &soft + &more_soft)
        })
}

/// The least that one claim says of its point, hard and soft: its figure, the things that it names, the
/// sum of its parts, or one.
#[must_use]
pub fn least(base: &FactBase, id: FactId) -> (Number, Number) {
    let fact = base.fact(id);
    if let Some(reading) = fact.statement.reading() {
        return (least_of(&reading.hard), least_of(&reading.soft));
    }
    match &fact.list {
        Some(list) if !list.items.is_empty() => {
            let count = Number::from(list.distinct);
            (count.clone(), count)
        }
        Some(list) if !list.members.is_empty() => sum(base, &list.members),
        _ => {
            // A thing spread over six places is there at least six times.
            let point = base.point(fact.point);
            let spread = point
                .dimensions
                .iter()
                .map(|(dimension, member)| base.vocabulary.dimension(*dimension).spread(*member).len());
            let count = Number::from(spread.max().unwrap_or(0).max(1));
            (count.clone(), count)
        }
    }
}

fn least_of(interval: &Interval) -> Number {
    match interval.whole().lower() {
        End::Closed(low) | End::Open(low) => low.clone(),
        End::Unbounded => Number::ZERO,
    }
}
