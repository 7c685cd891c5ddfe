//! The vocabulary: the measures, units, dimensions and entities that a rulebook declares.
//!
//! Plain values: no input or output, no serialisation. Every declared name may be written by any of
//! its labels, in any language and spelling; [`Names`] resolves them and offers the nearest one.
//!
//! Terms are those of XBRL and of official statistics: a *measure* is a concept, an *entity* the
//! reporting or described unit, a *dimension* an axis with members.

mod form;
mod names;
mod units;

use crate::quantity::{End, Interval, Lexicon, Number, Rounding, UnitKind};
pub use form::spelling;
pub use names::{Names, nearest};

/// Index of an [`Entity`] in its vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// Index of a [`Measure`] in its vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeasureId(pub u32);

/// Index of a [`Unit`] in its vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitId(pub u32);

/// Index of a [`Dimension`] in its vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DimensionId(pub u32);

/// Index of a [`Member`] in its dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MemberId(pub u32);

/// What figures are about: an institution, a building, a series of events.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entity;

/// A unit and how its figures are read.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Counted things, measured quantities, or shares.
    pub kind: UnitKind,
    /// `1 of this = factor of that`, where the rulebook declares a conversion.
    pub conversion: Option<(Number, UnitId)>,
}

/// What sort of thing a measure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeasureKind {
    /// A level at a moment.
    Stock,
    /// An amount over a span.
    Flow,
    /// A numbered series whose members have dates.
    Ordinal,
    /// Something that happens: its value is a date.
    Event,
    /// Something that is so: its value is a word.
    State,
}

impl MeasureKind {
    /// Every kind with the word that a rulebook uses for it.
    pub const ALL: [(&'static str, Self); 5] = [
        ("stock", Self::Stock),
        ("flow", Self::Flow),
        ("ordinal", Self::Ordinal),
        ("event", Self::Event),
        ("state", Self::State),
    ];

    /// Whether the value is a date (ordinals and events).
    #[must_use]
    pub const fn is_dated(self) -> bool {
        matches!(self, Self::Ordinal | Self::Event)
    }

    /// Whether the value is a number (stocks and flows).
    #[must_use]
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Stock | Self::Flow)
    }
}

/// A concept that claims give figures for.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Stock, flow, ordinal, event or state.
    pub kind: MeasureKind,
    /// The unit of its figures; a measure without one counts its own noun.
    pub unit: Option<UnitId>,
    /// The entity of claims that name none.
    pub entity: Option<EntityId>,
    /// `within:` of the rulebook: the values that are possible at all.
    pub within: Interval,
    /// Whether members of a dimension add up to the total.
    pub additive: bool,
    /// Whether it happens once a year (`every: year`), so that the year is part of the point.
    pub yearly: bool,
    /// The words of a state measure, in rising order.
    pub values: Vec<String>,
    /// The last printed decimal of its figures, where it is fixed (XBRL `decimals`).
    pub decimals: Option<i32>,
    /// How its figures were cut.
    pub rounding: Rounding,
}

/// An axis that splits a measure: places, kinds, centres.
#[derive(Clone, Debug, Default)]
pub struct Dimension {
    /// The members, declared ones first; an open dimension gains those that claims write.
    pub members: Names<Member>,
    /// How many of `members` stand in `values:`; `None` when the dimension is open.
    pub declared: Option<usize>,
    /// Whether members never overlap.
    pub disjoint: bool,
}

/// One member of a dimension.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// The member that contains it.
    pub within: Option<MemberId>,
    /// The members that this one stands for together ("ten districts in six cities"); empty for a
    /// member of its own.
    pub spread: Vec<MemberId>,
}

impl Dimension {
    /// Whether any member lies within another, or stands for several: if not, all lie apart.
    #[must_use]
    pub fn is_nested(&self) -> bool {
        let count = u32::try_from(self.members.len()).unwrap_or(u32::MAX);
        (0..count).map(|at| self.members.at(at)).any(|one| one.within.is_some() || !one.spread.is_empty())
    }

    /// Whether `inner` is `outer` or lies somewhere within it; a spread does if all of it does.
    #[must_use]
    pub fn is_within(&self, inner: MemberId, outer: MemberId) -> bool {
        let inside = |member: &MemberId| self.climbs_to(*member, outer);
        match self.spread(inner) {
            [] => self.climbs_to(inner, outer),
            spread => inner == outer || spread.iter().all(inside),
        }
    }

    /// The members that contain this one, the nearest first; what contains a spread contains all of it.
    #[must_use]
    pub fn containers(&self, inner: MemberId) -> Vec<MemberId> {
        let mut here = self.spread(inner).first().copied().unwrap_or(inner);
        let mut found = Vec::new();
        // A chain longer than the list of members is a cycle, which the reader refuses.
        for _ in 0..self.members.len() {
            let Some(outer) = self.members.get(here.0 as usize).and_then(|member| member.within) else {
                break;
            };
            if self.is_within(inner, outer) {
                found.push(outer);
            }
            here = outer;
        }
        found
    }

    /// Whether nothing can lie within both.
    #[must_use]
    pub fn are_apart(&self, left: MemberId, right: MemberId) -> bool {
        let alone = |member: &MemberId| match self.spread(*member) {
            [] => vec![*member],
            spread => spread.to_vec(),
        };
        let rights = alone(&right);
        alone(&left).iter().all(|l| rights.iter().all(|r| !self.climbs_to(*l, *r) && !self.climbs_to(*r, *l)))
    }

    /// The members that a spread stands for; empty for a member of its own.
    #[must_use]
    pub fn spread(&self, member: MemberId) -> &[MemberId] {
        self.members.get(member.0 as usize).map_or(&[], |m| m.spread.as_slice())
    }

    fn climbs_to(&self, inner: MemberId, outer: MemberId) -> bool {
        let mut here = Some(inner);
        // A chain longer than the list of members is a cycle, which the reader refuses.
        for _ in 0..=self.members.len() {
            match here {
                Some(member) if member == outer => return true,
                Some(MemberId(index)) => here = self.members.get(index as usize).and_then(|m| m.within),
                None => return false,
            }
        }
        false
    }
}

/// Everything a rulebook declares.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Units, by name.
    pub units: Names<Unit>,
    /// Entities, by name.
    pub entities: Names<Entity>,
    /// Measures, by name.
    pub measures: Names<Measure>,
    /// Dimensions, by name.
    pub dimensions: Names<Dimension>,
    /// How hedges are read.
    pub lexicon: Lexicon,
}

impl Vocabulary {
    /// The measure behind an id.
    #[must_use]
    pub fn measure(&self, id: MeasureId) -> &Measure {
        self.measures.at(id.0)
    }

    /// The dimension behind an id.
    #[must_use]
    pub fn dimension(&self, id: DimensionId) -> &Dimension {
        self.dimensions.at(id.0)
    }

    /// How figures of a measure are read: a noun that nobody declared is counted.
    #[must_use]
    pub fn unit_kind(&self, measure: &Measure) -> UnitKind {
        measure.unit.map_or(UnitKind::Countable, |unit| self.units.at(unit.0).kind)
    }

    /// The last unit that a unit converts to, and one of it there; a unit without a conversion is its
    /// own.
    #[must_use]
    pub fn converted(&self, unit: UnitId) -> (UnitId, Number) {
        let (mut here, mut factor) = (unit, Number::ONE);
        // A chain longer than the list of units is a circle, which the reader cuts.
        for _ in 0..self.units.len() {
            let Some((times, next)) = &self.units.at(here.0).conversion else { break };
            factor = &factor * times;
            here = *next;
        }
        (here, factor)
    }

    /// The values that a measure can take at all: its `within:`, cut by what its unit implies.
    ///
    /// Unless `within:` says otherwise, a count is at least 0 and a share lies within 0..100.
    #[must_use]
    pub fn domain(&self, measure: &Measure) -> Interval {
        match self.unit_kind(measure) {
            UnitKind::Countable if measure.within.lower().value().is_none() => {
                Interval::new(End::Closed(Number::ZERO), measure.within.upper().clone())
            }
            UnitKind::Share if measure.within.is_all() => Interval::closed(Number::ZERO, Number::HUNDRED),
            _ => measure.within.clone(),
        }
    }

    /// Whether values of a measure may lie below zero because its `within:` says so: then a part can be
    /// more than its whole.
    #[must_use]
    pub fn goes_below_zero(&self, measure: &Measure) -> bool {
        self.domain(measure).lower().value().is_some_and(Number::is_negative)
    }

    /// Whether the values of a measure are whole numbers.
    #[must_use]
    pub fn is_whole(&self, measure: &Measure) -> bool {
        measure.kind.is_numeric() && self.unit_kind(measure) == UnitKind::Countable
    }

    /// The place of a word in the order of a state measure's `values`.
    #[must_use]
    pub fn rank(&self, measure: &Measure, state: &str) -> Option<usize> {
        measure.values.iter().position(|value| value == state)
    }

    /// Whether two words of a state can both be: they are equal, or one lies within the other in
    /// some dimension (a host city and its country).
    #[must_use]
    pub fn states_agree(&self, left: &str, right: &str) -> bool {
        left == right
            || self.dimensions.iter().any(|(_, dimension)| {
                match (dimension.members.find(left), dimension.members.find(right)) {
                    (Some(l), Some(r)) => !dimension.are_apart(MemberId(l), MemberId(r)),
                    _ => false,
                }
            })
    }
}
