//! Which points the terms of a rule mean together.
//!
//! What a rule does not mention must match: same entity, same dimensions, same period, same status.
//! A [`Binding`] is one choice of everything that is to match; it is found from the points that are
//! claimed, never by scanning pairs.

use std::collections::BTreeMap;

use super::expression::At;
use super::series::{Numbered, Pattern, Series};
use super::years::{Years, period_of, time_in};
use crate::fact::{FactBase, Point, PointId, Status, Time};
use crate::period::Day;
use crate::vocabulary::{DimensionId, EntityId, MeasureKind, MemberId};

/// What a name of a rule stands for in one binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// A member of a dimension.
    Member(MemberId),
    /// A number of a series.
    Number(u64),
}

/// When the terms of an instance are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum When {
    /// At `@y`, this year.
    Year(i32),
    /// All at one period, by its first and last day.
    Period(Option<Day>, Option<Day>),
    /// At no period: events alone.
    Always,
}

/// One choice of everything that the terms of an instance share.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Binding {
    /// The entity.
    pub entity: EntityId,
    /// Dimensions that the rule does not mention.
    pub dimensions: Vec<(DimensionId, MemberId)>,
    /// What `$names` stand for.
    pub slots: BTreeMap<String, Slot>,
    /// The number of a series, when every term leaves it open.
    pub ordinal: Option<u64>,
    /// The status of the terms that select none.
    pub status: Status,
    /// The year or period.
    pub when: When,
}

/// How one point fits a term: what it binds, as far as the term leaves it open.
struct Fit {
    entity: Option<EntityId>,
    dimensions: Vec<(DimensionId, MemberId)>,
    slots: BTreeMap<String, Slot>,
    ordinal: Option<u64>,
    status: Option<Status>,
    when: Option<When>,
}

/// The terms of a rule and what they mention together.
#[derive(Clone, Debug)]
pub struct Terms {
    /// In the order of the expression.
    pub series: Vec<Series>,
    /// The dimensions that any term says something of.
    pub mentioned: Vec<DimensionId>,
    /// The names that stand for members and numbers.
    pub slots: Vec<String>,
    /// Whether the rule runs over years.
    pub yearly: bool,
}

/// What a term stands for in one instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// One point.
    One(PointId),
    /// The sum of these; when the list is open there may be more.
    Sum(Vec<PointId>, Completeness),
}

/// Whether the members of a sum are all that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// The dimension declares its values.
    Complete,
    /// Only the claimed members are known: their sum is a lower bound.
    LowerBound,
}

impl Terms {
    /// The terms of a rule; `yearly` when it runs over years.
    #[must_use]
    pub fn new(series: Vec<Series>, yearly: bool) -> Self {
        let mut mentioned: Vec<DimensionId> =
            series.iter().flat_map(|s| s.filters.iter().map(|(dimension, _)| *dimension)).collect();
        mentioned.sort_unstable();
        mentioned.dedup();
        let mut slots: Vec<String> = series
            .iter()
            .flat_map(|s| {
                let named = s.filters.iter().filter_map(|(_, pattern)| match pattern {
                    Pattern::Bind(name) => Some(name.clone()),
                    _ => None,
                });
                let number = match &s.ordinal {
                    Numbered::Bind(name) => Some(name.clone()),
                    _ => None,
                };
                named.chain(number).collect::<Vec<_>>()
            })
            .collect();
        slots.sort_unstable();
        slots.dedup();
        Self { series, mentioned, slots, yearly }
    }

    /// Every binding that some claimed point gives, with the place of the term whose point it is.
    #[must_use]
    pub fn anchors(&self, base: &FactBase, years: &Years) -> Vec<(usize, Binding)> {
        let mut found = Vec::new();
        for (place, series) in self.series.iter().enumerate() {
            for id in base.points_of(series.measure) {
                if base.facts_at(*id).next().is_some()
                    && let Some(fit) = self.fit(series, *id, base, years)
                {
                    found.extend(self.complete(fit).map(|binding| (place, binding)));
                }
            }
        }
        found
    }

    /// Every binding that some claimed point gives, sorted.
    #[must_use]
    pub fn bindings(&self, base: &FactBase, years: &Years) -> Vec<Binding> {
        let mut found: Vec<Binding> =
            self.anchors(base, years).into_iter().map(|(_, binding)| binding).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What a point binds as a value of a term; `None` when it is none.
    fn fit(&self, series: &Series, id: PointId, base: &FactBase, years: &Years) -> Option<Fit> {
        let point = base.point(id);
        if series.entity.is_some_and(|e| e != point.entity)
            || series.status.is_some_and(|s| s != point.status)
        {
            return None;
        }
        let mut fit = Fit {
            entity: series.entity.is_none().then_some(point.entity),
            dimensions: Vec::new(),
            slots: BTreeMap::new(),
            ordinal: None,
            status: series.status.is_none().then_some(point.status),
            when: match timing(series, id, base, years) {
                Timing::Elsewhen => return None,
                Timing::Open => None,
                Timing::Bound(when) => Some(when),
            },
        };
        for (dimension, member) in &point.dimensions {
            match series.pattern(*dimension) {
                Some(Pattern::Is(wanted)) if wanted != member => return None,
                Some(Pattern::Is(_) | Pattern::Each | Pattern::Any) => {}
                Some(Pattern::Bind(slot)) => {
                    fit.slots.insert(slot.clone(), Slot::Member(*member));
                }
                None if self.mentioned.contains(dimension) => return None,
                None => fit.dimensions.push((*dimension, *member)),
            }
        }
        let needed = |(dimension, pattern): &(DimensionId, Pattern)| {
            *pattern == Pattern::Any || point.member(*dimension).is_some()
        };
        if !series.filters.iter().all(needed) {
            return None;
        }
        match (&series.ordinal, point.ordinal) {
            (Numbered::Is(wanted), found) if Some(*wanted) != found => return None,
            (Numbered::Is(_) | Numbered::Any, _) => {}
            (Numbered::Bind(slot), Some(number)) => {
                fit.slots.insert(slot.clone(), Slot::Number(number));
            }
            (Numbered::Bind(_), None) => return None,
            (Numbered::Same, found) => fit.ordinal = found,
        }
        Some(fit)
    }

    /// A binding, when a point binds all of it.
    fn complete(&self, fit: Fit) -> Option<Binding> {
        if !self.slots.iter().all(|slot| fit.slots.contains_key(slot)) {
            return None;
        }
        let when = match fit.when {
            Some(when) => when,
            None if self.yearly || self.needs_period() => return None,
            None => When::Always,
        };
        Some(Binding {
            entity: fit.entity.or_else(|| self.only_entities())?,
            dimensions: fit.dimensions,
            slots: fit.slots,
            ordinal: fit.ordinal,
            status: fit.status.unwrap_or_default(),
            when,
        })
    }

    /// The first entity of a rule whose every term names its own: there is none to share.
    pub(super) fn only_entities(&self) -> Option<EntityId> {
        let mut named = self.series.iter().map(|series| series.entity);
        let first = named.next()??;
        named.all(|entity| entity.is_some()).then_some(first)
    }

    fn needs_period(&self) -> bool {
        self.series.iter().any(|series| series.at.is_none() && !series.kind.is_dated())
    }

    /// What each term stands for under a binding; several choices where a term is read in every
    /// status or ignores a dimension. At most [`CHOICES`](Self::CHOICES) are made.
    pub fn instantiate(&self, binding: &Binding, base: &mut FactBase, years: &Years) -> Vec<Vec<Meant>> {
        let mut choices: Vec<Vec<Meant>> = vec![Vec::with_capacity(self.series.len())];
        for series in &self.series {
            let meant = meant_by(series, binding, base, years);
            if let [only] = meant.as_slice() {
                for chosen in &mut choices {
                    chosen.push(only.clone());
                }
                continue;
            }
            choices = choices
                .into_iter()
                .flat_map(|chosen| {
                    meant.iter().map(move |one| {
                        let mut next = chosen.clone();
                        next.push(one.clone());
                        next
                    })
                })
                .take(Self::CHOICES)
                .collect();
        }
        choices
    }

    /// How many choices of points one binding may make.
    pub const CHOICES: usize = 16;
}

/// What a term says of when an instance is.
enum Timing {
    /// The point is at another time.
    Elsewhen,
    /// The term leaves it open.
    Open,
    /// The point binds it.
    Bound(When),
}

/// The year or period that a point binds.
fn timing(series: &Series, id: PointId, base: &FactBase, years: &Years) -> Timing {
    match series.at {
        Some(At::Year(offset)) => match years.of(id).and_then(|year| year.checked_sub(offset)) {
            Some(year) => Timing::Bound(When::Year(year)),
            None => Timing::Elsewhen,
        },
        Some(At::Fixed(year)) if years.of(id) != Some(year) => Timing::Elsewhen,
        Some(At::Fixed(_)) => Timing::Open,
        None if series.kind.is_dated() => Timing::Open,
        None => Timing::Bound(period_of(base, id)),
    }
}

/// The points that one term may stand for.
fn meant_by(series: &Series, binding: &Binding, base: &mut FactBase, years: &Years) -> Vec<Meant> {
    let point = pattern_point(series, binding);
    if let Some(dimension) = series.filters.iter().find_map(|(d, p)| (*p == Pattern::Each).then_some(*d)) {
        return vec![sum(series, &point, dimension, binding, base, years)];
    }
    let any = series.filters.iter().any(|(_, p)| *p == Pattern::Any) || series.ordinal == Numbered::Any;
    if any || series.kind.is_dated() {
        let found = matching(series, &point, binding, base, years);
        if !found.is_empty() {
            return found.into_iter().map(Meant::One).collect();
        }
    }
    vec![Meant::One(place(series, &point, binding, base, years))]
}

/// The point that a term means, its time left out.
fn pattern_point(series: &Series, binding: &Binding) -> Point {
    let mut dimensions = binding.dimensions.clone();
    for (dimension, pattern) in &series.filters {
        let member = match pattern {
            Pattern::Is(member) => Some(*member),
            Pattern::Bind(slot) => match binding.slots.get(slot) {
                Some(Slot::Member(member)) => Some(*member),
                _ => None,
            },
            Pattern::Each | Pattern::Any => None,
        };
        dimensions.extend(member.map(|member| (*dimension, member)));
    }
    dimensions.sort_unstable();
    let ordinal = match &series.ordinal {
        Numbered::Same => binding.ordinal,
        Numbered::Is(number) => Some(*number),
        Numbered::Any => None,
        Numbered::Bind(slot) => match binding.slots.get(slot) {
            Some(Slot::Number(number)) => Some(*number),
            _ => None,
        },
    };
    Point {
        entity: series.entity.unwrap_or(binding.entity),
        measure: series.measure,
        dimensions,
        time: Time::Undated,
        ordinal,
        status: series.status.unwrap_or(binding.status),
    }
}

/// The claimed points that a term with `any`, or an event in whatever status, means.
fn matching(
    series: &Series,
    wanted: &Point,
    binding: &Binding,
    base: &FactBase,
    years: &Years,
) -> Vec<PointId> {
    let ignored = |d: DimensionId| series.pattern(d) == Some(&Pattern::Any);
    let fits = |id: &PointId| {
        let point = base.point(*id);
        let kept: Vec<_> = point.dimensions.iter().filter(|(d, _)| !ignored(*d)).copied().collect();
        let timed = match (series.at, binding.when) {
            _ if series.kind.is_dated() => true,
            (Some(At::Year(offset)), When::Year(year)) => years.of(*id) == year.checked_add(offset),
            (Some(At::Fixed(year)), _) => years.of(*id) == Some(year),
            (_, when) => period_of(base, *id) == when,
        };
        base.facts_at(*id).next().is_some()
            && timed
            && point.entity == wanted.entity
            && kept == wanted.dimensions
            && (series.ordinal == Numbered::Any || point.ordinal == wanted.ordinal)
            && (point.status == wanted.status || (series.kind.is_dated() && series.status.is_none()))
    };
    base.points_of(series.measure).iter().filter(|id| fits(id)).copied().collect()
}

/// The points that `*` sums over.
fn sum(
    series: &Series,
    point: &Point,
    dimension: DimensionId,
    binding: &Binding,
    base: &mut FactBase,
    years: &Years,
) -> Meant {
    let axis = base.vocabulary.dimension(dimension);
    let declared = axis.declared.map(|count| (0..count).filter_map(|i| u32::try_from(i).ok().map(MemberId)));
    let listed = series.over.clone().or_else(|| declared.map(Iterator::collect));
    let complete = if listed.is_some() { Completeness::Complete } else { Completeness::LowerBound };
    let members = listed.unwrap_or_else(|| claimed_members(series, dimension, base));
    let points = members.into_iter().map(|member| {
        let mut one = point.clone();
        one.dimensions.push((dimension, member));
        one.dimensions.sort_unstable();
        place(series, &one, binding, base, years)
    });
    Meant::Sum(points.collect(), complete)
}

/// The members of an open dimension that are claimed at all, the outermost ones only.
fn claimed_members(series: &Series, dimension: DimensionId, base: &FactBase) -> Vec<MemberId> {
    let axis = base.vocabulary.dimension(dimension);
    let mut members: Vec<MemberId> = base
        .points_of(series.measure)
        .iter()
        .filter(|id| base.facts_at(**id).next().is_some())
        .filter_map(|id| base.point(*id).member(dimension))
        .collect();
    members.sort_unstable();
    members.dedup();
    if !axis.is_nested() {
        return members;
    }
    let mut outermost: Vec<MemberId> = Vec::new();
    for member in members {
        if !outermost.iter().any(|other| axis.is_within(member, *other)) {
            outermost.retain(|other| !axis.is_within(*other, member));
            outermost.push(member);
        }
    }
    outermost
}

/// The claimed point of a term at its time, or a free one. An earlier year without a claim of the
/// instance's status takes the actual one.
fn place(series: &Series, point: &Point, binding: &Binding, base: &mut FactBase, years: &Years) -> PointId {
    let year = match (series.at, binding.when) {
        (Some(At::Year(offset)), When::Year(year)) => year.checked_add(offset),
        (Some(At::Fixed(year)), _) => Some(year),
        _ => None,
    };
    if let Some(year) = year {
        let earlier = series.status.is_none() && matches!(series.at, Some(At::Year(offset)) if offset < 0);
        let actual = earlier.then(|| point.with_status(Status::Actual));
        let found = years.at(point, year).or_else(|| years.at(actual.as_ref()?, year));
        let free = || actual.as_ref().unwrap_or(point).at(time_in(series.kind, year));
        return found.unwrap_or_else(|| base.intern(free()));
    }
    let time = match (series.kind, binding.when) {
        // Figures of a numbered event are told without a period.
        (_, When::Period(None, None)) => Time::Undated,
        (MeasureKind::Flow, When::Period(first, last)) => Time::Over(first, last),
        (MeasureKind::Stock | MeasureKind::State, When::Period(_, Some(last))) => Time::At(last),
        _ => Time::Undated,
    };
    base.intern(point.at(time))
}
