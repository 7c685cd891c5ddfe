//! Which points a term of a rule means.
//!
//! What a rule does not mention must match: same entity, same dimensions, same period, same status.
//! A [`Binding`] is one choice of everything that is to match; it is found from the points that are
//! claimed, never by scanning pairs.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::expression::{At, FilterValue, TermRef};
use crate::fact::{FactBase, Point, PointId, Status, Time};
use crate::period::{Day, Period};
use crate::vocabulary::{DimensionId, EntityId, MeasureId, MeasureKind, MemberId, Vocabulary};

/// A fault of a rule: bytes of its text, what is wrong, and what to write instead.
pub type Fault = (Range<usize>, String, Option<String>);

/// Which members of a dimension a term means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// This one.
    Is(MemberId),
    /// The sum over all.
    Each,
    /// Whatever it is.
    Any,
    /// The same wherever the name stands.
    Bind(String),
}

/// Which numbers of a series a term means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Numbered {
    /// The same as the other terms.
    #[default]
    Same,
    /// This one.
    Is(u64),
    /// Whatever it is.
    Any,
    /// The same wherever the name stands.
    Bind(String),
}

/// A term with its names resolved.
#[derive(Clone, Debug)]
pub struct Series {
    /// The term as written, for messages.
    pub written: String,
    /// The measure.
    pub measure: MeasureId,
    /// Its kind.
    pub kind: MeasureKind,
    /// `[entity=…]`.
    pub entity: Option<EntityId>,
    /// What is said of dimensions.
    pub filters: Vec<(DimensionId, Pattern)>,
    /// `[status=…]`.
    pub status: Option<Status>,
    /// `[ordinal=…]`.
    pub ordinal: Numbered,
    /// The year.
    pub at: Option<At>,
    /// The members that `*` runs over, where the rule says `over:`.
    pub over: Option<Vec<MemberId>>,
}

/// Resolves the names of a term.
///
/// # Errors
/// A name that the vocabulary does not hold, with the nearest one.
pub fn resolve(term: &TermRef, vocabulary: &Vocabulary) -> Result<Series, Fault> {
    let measure = vocabulary.measures.find(&term.name).ok_or_else(|| {
        let message = format!("a rule must name declared measures; found `{}`", term.name);
        (term.span.clone(), message, meant(vocabulary.measures.nearest(&term.name)))
    })?;
    let mut series = Series {
        written: term.to_string(),
        measure: MeasureId(measure),
        kind: vocabulary.measures.at(measure).kind,
        entity: None,
        filters: Vec::new(),
        status: None,
        ordinal: Numbered::Same,
        at: term.at,
        over: None,
    };
    for filter in &term.filters {
        series.filter(filter, vocabulary).map_err(|(text, help)| (filter.span.clone(), text, help))?;
    }
    Ok(series)
}

fn meant(nearest: Option<String>) -> Option<String> {
    nearest.map(|name| format!("did you mean `{name}`?"))
}

impl Series {
    fn filter(
        &mut self,
        filter: &super::expression::Filter,
        vocabulary: &Vocabulary,
    ) -> Result<(), (String, Option<String>)> {
        let unknown = |what: &str, written: &str, near: Option<String>| {
            (format!("a rule must name a declared {what}; found `{written}`"), meant(near))
        };
        match (filter.dimension.as_str(), &filter.value) {
            ("status", FilterValue::Is(name)) => {
                let found = Status::ALL.iter().find(|(word, _)| word == name);
                let (_, status) = found.ok_or_else(|| unknown("status", name, None))?;
                self.status = Some(*status);
            }
            ("ordinal", FilterValue::Is(number)) => {
                self.ordinal = Numbered::Is(number.parse().map_err(|_| unknown("ordinal", number, None))?);
            }
            ("ordinal", FilterValue::Any) => self.ordinal = Numbered::Any,
            ("ordinal", FilterValue::Bind(name)) => self.ordinal = Numbered::Bind(name.clone()),
            ("entity", FilterValue::Is(name)) => {
                let near = || vocabulary.entities.nearest(name);
                let found = vocabulary.entities.find(name).ok_or_else(|| unknown("entity", name, near()))?;
                self.entity = Some(EntityId(found));
            }
            ("status" | "entity" | "ordinal", _) => {
                return Err((format!("`{}` cannot be summed over or bound", filter.dimension), None));
            }
            (name, value) => {
                let near = || vocabulary.dimensions.nearest(name);
                let found = vocabulary.dimensions.find(name);
                let id = DimensionId(found.ok_or_else(|| unknown("dimension", name, near()))?);
                let members = &vocabulary.dimension(id).members;
                let pattern = match value {
                    FilterValue::Each => Pattern::Each,
                    FilterValue::Any => Pattern::Any,
                    FilterValue::Bind(slot) => Pattern::Bind(slot.clone()),
                    FilterValue::Is(member) => {
                        let near = || members.nearest(member);
                        Pattern::Is(MemberId(
                            members.find(member).ok_or_else(|| unknown("member", member, near()))?,
                        ))
                    }
                };
                self.filters.push((id, pattern));
            }
        }
        Ok(())
    }

    /// Whether a point is one of the series, whatever the term leaves open.
    #[must_use]
    pub fn matches(&self, point: &Point) -> bool {
        let fits = |(dimension, pattern): &(DimensionId, Pattern)| match pattern {
            Pattern::Is(member) => point.member(*dimension) == Some(*member),
            Pattern::Each | Pattern::Bind(_) => point.member(*dimension).is_some(),
            Pattern::Any => true,
        };
        let numbered = match self.ordinal {
            Numbered::Is(number) => point.ordinal == Some(number),
            _ => true,
        };
        numbered
            && self.entity.is_none_or(|entity| entity == point.entity)
            && self.status.is_none_or(|status| status == point.status)
            && self.filters.iter().all(fits)
    }

    fn pattern(&self, dimension: DimensionId) -> Option<&Pattern> {
        self.filters.iter().find(|(d, _)| *d == dimension).map(|(_, pattern)| pattern)
    }
}

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

/// The claimed points by year: what `@y` looks up.
#[derive(Debug, Default)]
pub struct Years {
    at: HashMap<(Point, i32), PointId>,
    of: HashMap<PointId, i32>,
}

impl Years {
    /// Indexes the points that anybody claims. A stock of year y told within y counts for y; one of
    /// its last day goes before.
    #[must_use]
    pub fn new(base: &FactBase) -> Self {
        let mut years = Self::default();
        for (id, point) in base.points() {
            let told = base.facts_at(id).find_map(|fact| base.fact(fact).period?.whole_year());
            let Some(year) = whole_year(point.time).or(told) else { continue };
            if base.facts_at(id).next().is_none() {
                continue;
            }
            years.of.insert(id, year);
            let key = (point.at(Time::Undated), year);
            let later = years.at.get(&key).is_none_or(|known| base.point(*known).time < point.time);
            if later {
                years.at.insert(key, id);
            }
        }
        years
    }

    /// The year of a claimed point.
    #[must_use]
    pub fn of(&self, point: PointId) -> Option<i32> {
        self.of.get(&point).copied()
    }

    /// The claimed point of a year that is otherwise like this one.
    #[must_use]
    pub fn at(&self, point: &Point, year: i32) -> Option<PointId> {
        self.at.get(&(point.at(Time::Undated), year)).copied()
    }
}

/// The calendar year that a time covers or ends.
fn whole_year(time: Time) -> Option<i32> {
    match time {
        Time::Undated => None,
        Time::At(day) => (Some(day) == Day::from_ymd(day.year(), 12, 31)).then(|| day.year()),
        Time::Over(Some(first), Some(last)) => {
            let year = first.year();
            let whole = Some(first) == Day::from_ymd(year, 1, 1) && Some(last) == Day::from_ymd(year, 12, 31);
            whole.then_some(year)
        }
        Time::Over(..) => None,
    }
}

/// The time of a measure in a calendar year.
#[must_use]
pub fn time_in(kind: MeasureKind, year: i32) -> Time {
    let (first, last) = (Day::from_ymd(year, 1, 1), Day::from_ymd(year, 12, 31));
    match (kind, last) {
        (MeasureKind::Flow, _) => Time::Over(first, last),
        (MeasureKind::Stock | MeasureKind::State, Some(day)) => Time::At(day),
        _ => Time::Undated,
    }
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
    mentioned: Vec<DimensionId>,
    slots: Vec<String>,
    yearly: bool,
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
            when: self.when(series, id, base, years)?,
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

    /// The year or period that a point binds: `None` when it does not fit, `Some(None)` when the
    /// term leaves it open.
    fn when(&self, series: &Series, id: PointId, base: &FactBase, years: &Years) -> Option<Option<When>> {
        match series.at {
            Some(At::Year(offset)) => {
                years.of(id).and_then(|year| year.checked_sub(offset)).map(|year| Some(When::Year(year)))
            }
            Some(At::Fixed(year)) => (years.of(id) == Some(year)).then_some(None),
            None if series.kind.is_dated() => Some(None),
            None => Some(Some(period_of(base, id))),
        }
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
            entity: fit.entity?,
            dimensions: fit.dimensions,
            slots: fit.slots,
            ordinal: fit.ordinal,
            status: fit.status.unwrap_or_default(),
            when,
        })
    }

    fn needs_period(&self) -> bool {
        self.series.iter().any(|series| series.at.is_none() && !series.kind.is_dated())
    }

    /// What each term stands for under a binding; several choices where a term is read in every
    /// status or ignores a dimension. At most [`CHOICES`](Self::CHOICES) are made.
    pub fn instantiate(&self, binding: &Binding, base: &mut FactBase, years: &Years) -> Vec<Vec<Meant>> {
        let mut choices: Vec<Vec<Meant>> = vec![Vec::new()];
        for series in &self.series {
            let meant = self.meant(series, binding, base, years);
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

    fn meant(&self, series: &Series, binding: &Binding, base: &mut FactBase, years: &Years) -> Vec<Meant> {
        let point = self.pattern_point(series, binding);
        if let Some(dimension) = series.filters.iter().find_map(|(d, p)| (*p == Pattern::Each).then_some(*d))
        {
            return vec![self.sum(series, &point, dimension, binding, base, years)];
        }
        let any = series.filters.iter().any(|(_, p)| *p == Pattern::Any) || series.ordinal == Numbered::Any;
        if any || series.kind.is_dated() {
            let found = self.matching(series, &point, binding, base, years);
            if !found.is_empty() {
                return found.into_iter().map(Meant::One).collect();
            }
        }
        vec![Meant::One(place(series, &point, binding, base, years))]
    }

    /// The point that a term means, its time left out.
    fn pattern_point(&self, series: &Series, binding: &Binding) -> Point {
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
        &self,
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

    fn sum(
        &self,
        series: &Series,
        point: &Point,
        dimension: DimensionId,
        binding: &Binding,
        base: &mut FactBase,
        years: &Years,
    ) -> Meant {
        let axis = base.vocabulary.dimension(dimension);
        let declared =
            axis.declared.map(|count| (0..count).filter_map(|i| u32::try_from(i).ok().map(MemberId)));
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
        if let Some(found) = years.at(point, year) {
            return found;
        }
        let earlier = series.status.is_none() && matches!(series.at, Some(At::Year(offset)) if offset < 0);
        let point = if earlier { &point.with_status(Status::Actual) } else { point };
        let free = point.at(time_in(series.kind, year));
        return years.at(point, year).unwrap_or_else(|| base.intern(free));
    }
    let time = match (series.kind, binding.when) {
        (MeasureKind::Flow, When::Period(first, last)) => Time::Over(first, last),
        (MeasureKind::Stock | MeasureKind::State, When::Period(_, Some(last))) => Time::At(last),
        _ => Time::Undated,
    };
    base.intern(point.at(time))
}

/// The period that a point is told for, by its first and last day.
fn period_of(base: &FactBase, id: PointId) -> When {
    let told = base.facts_at(id).find_map(|fact| base.fact(fact).period);
    match (told, base.point(id).time) {
        (Some(period), _) => days(&period),
        (None, Time::At(day)) => When::Period(None, Some(day)),
        (None, Time::Over(first, last)) => When::Period(first, last),
        (None, Time::Undated) => When::Period(None, None),
    }
}

fn days(period: &Period) -> When {
    When::Period(period.first(), period.last())
}
