//! The base of facts, indexed by point and by measure.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use foldhash::HashMap;

use super::{Fact, FactId, OriginId, Point, PointId, Source, SourceId};
use crate::vocabulary::{MeasureId, Vocabulary};

/// All facts of a run with the vocabulary that they are written in.
///
/// Points are interned: two facts about the same thing share a [`PointId`]. A point may exist
/// without a fact of its own (the base of a change).
#[derive(Clone, Debug, Default)]
pub struct FactBase {
    /// The vocabulary, with the members of open dimensions that claims added.
    pub vocabulary: Arc<Vocabulary>,
    /// How much an origin weighs when somebody must be wrong; 1 where nothing is said.
    pub trust: BTreeMap<String, u64>,
    sources: Vec<Source>,
    origins: Vec<String>,
    origins_by_name: HashMap<String, OriginId>,
    facts: Vec<Fact>,
    points: Vec<Point>,
    index: HashMap<Point, PointId>,
    facts_at: Vec<Vec<FactId>>,
    /// By the number of the measure.
    points_of: Vec<Vec<PointId>>,
}

#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "ids are only made by the base that they index"
)]
impl FactBase {
    /// An empty base that speaks a vocabulary.
    #[must_use]
    pub fn new(vocabulary: impl Into<Arc<Vocabulary>>) -> Self {
        Self { vocabulary: vocabulary.into(), ..Self::default() }
    }

    /// Makes room for so many more facts, each on a point of its own.
    pub fn reserve(&mut self, facts: usize) {
        self.facts.reserve(facts);
        self.facts_at.reserve(facts);
        self.points.reserve(facts);
        self.index.reserve(facts);
    }

    /// The id of an origin, new or known.
    pub fn intern_origin(&mut self, name: &str) -> OriginId {
        if let Some(&known) = self.origins_by_name.get(name) {
            return known;
        }
        let new = OriginId(id(self.origins.len()));
        self.origins.push(name.to_owned());
        self.origins_by_name.insert(name.to_owned(), new);
        new
    }

    /// The id of a point, new or known.
    pub fn intern(&mut self, point: Point) -> PointId {
        let slot = match self.index.entry(point) {
            Entry::Occupied(known) => return *known.get(),
            Entry::Vacant(slot) => slot,
        };
        let (new, point) = (PointId(id(self.points.len())), slot.key().clone());
        slot.insert(new);
        let measure = point.measure.0 as usize;
        if self.points_of.len() <= measure {
            self.points_of.resize_with(measure + 1, Vec::new);
        }
        self.points_of.get_mut(measure).into_iter().for_each(|points| points.push(new));
        self.points.push(point);
        self.facts_at.push(Vec::new());
        new
    }

    /// Adds a source.
    pub fn add_source(&mut self, source: Source) -> SourceId {
        self.sources.push(source);
        SourceId(id(self.sources.len() - 1))
    }

    /// Adds a fact; its point must be interned.
    pub fn add(&mut self, fact: Fact) -> FactId {
        let new = FactId(id(self.facts.len()));
        if let Some(facts) = self.facts_at.get_mut(fact.point.0 as usize) {
            facts.push(new);
        }
        self.facts.push(fact);
        new
    }

    /// The fact behind an id.
    #[must_use]
    pub fn fact(&self, id: FactId) -> &Fact {
        self.facts.get(id.0 as usize).expect("invariant: ids come from this base")
    }

    /// The fact behind an id, to complete.
    pub fn fact_mut(&mut self, id: FactId) -> &mut Fact {
        self.facts.get_mut(id.0 as usize).expect("invariant: ids come from this base")
    }

    /// The point behind an id.
    #[must_use]
    pub fn point(&self, id: PointId) -> &Point {
        self.points.get(id.0 as usize).expect("invariant: ids come from this base")
    }

    /// The source behind an id.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        self.sources.get(id.0 as usize).expect("invariant: ids come from this base")
    }

    /// The name of an origin.
    #[must_use]
    pub fn origin(&self, id: OriginId) -> &str {
        self.origins.get(id.0 as usize).map_or("", String::as_str)
    }
}

impl FactBase {
    /// The point's id, if anything speaks of it.
    #[must_use]
    pub fn find(&self, point: &Point) -> Option<PointId> {
        self.index.get(point).copied()
    }

    /// The facts that count on a point, in the order of their reading.
    pub fn facts_at(&self, point: PointId) -> impl Iterator<Item = FactId> + '_ {
        let facts = self.facts_at.get(point.0 as usize).map_or(&[][..], Vec::as_slice);
        facts.iter().copied().filter(|fact| self.fact(*fact).counts())
    }

    /// Every fact on a point, those that are set aside too, in the order of their reading.
    #[must_use]
    pub fn claims_at(&self, point: PointId) -> &[FactId] {
        self.facts_at.get(point.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The points of a measure, in the order of their interning.
    #[must_use]
    pub fn points_of(&self, measure: MeasureId) -> &[PointId] {
        self.points_of.get(measure.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Every fact with its id.
    pub fn facts(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        self.facts.iter().enumerate().map(|(index, fact)| (FactId(id(index)), fact))
    }

    /// Every point with its id.
    pub fn points(&self) -> impl Iterator<Item = (PointId, &Point)> {
        self.points.iter().enumerate().map(|(index, point)| (PointId(id(index)), point))
    }

    /// Every source with its id.
    pub fn sources(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.sources.iter().enumerate().map(|(index, source)| (SourceId(id(index)), source))
    }

    /// The names of the origins.
    pub fn origins(&self) -> impl Iterator<Item = &str> {
        self.origins.iter().map(String::as_str)
    }

    /// How many origins stand behind the sources and claims.
    #[must_use]
    pub fn origin_count(&self) -> usize {
        self.origins.len()
    }
}

/// Ids are 32 bits wide: more rows than that do not fit a machine's memory either.
fn id(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
