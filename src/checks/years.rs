//! The claimed points by year: what `@y` looks up.

use foldhash::{HashMap, HashMapExt as _};

use super::terms::When;
use crate::fact::{FactBase, Point, PointId, Time};
use crate::period::{first_day_of_year, last_day_of_year};
use crate::vocabulary::MeasureKind;

/// The claimed points by year: what `@y` looks up.
#[derive(Debug, Default)]
pub struct Years {
    at: HashMap<(Point, i32), PointId>,
    /// By the number of the point.
    of: Vec<Option<i32>>,
}

impl Years {
    /// Indexes the points that anybody claims. A stock of year y told within y counts for y; one of
    /// its last day goes before.
    #[must_use]
    pub fn new(base: &FactBase) -> Self {
        let points = base.points().count();
        let mut years = Self { at: HashMap::with_capacity(points), of: vec![None; points] };
        for ((id, point), of) in base.points().zip(&mut years.of) {
            if base.facts_at(id).next().is_none() {
                continue;
            }
            let told = || base.facts_at(id).find_map(|fact| base.fact(fact).period?.whole_year());
            *of = whole_year(point.time).or_else(told);
            let Some(year) = *of else { continue };
            let known = years.at.entry((point.at(Time::Undated), year)).or_insert(id);
            if base.point(*known).time < point.time {
                *known = id;
            }
        }
        years
    }

    /// The year of a claimed point.
    #[must_use]
    pub fn of(&self, point: PointId) -> Option<i32> {
        self.of.get(point.0 as usize).copied().flatten()
    }

    /// The claimed point of a year that is otherwise like this one.
    #[must_use]
    pub fn at(&self, point: &Point, year: i32) -> Option<PointId> {
        self.at.get(&(point.at(Time::Undated), year)).copied()
    }
}

/// The calendar year that a time covers or ends.
fn whole_year(time: Time) -> Option<i32> {
    let (first, last) = match time {
        Time::At(day) => (first_day_of_year(day.year()), Some(day)),
        Time::Over(first, last) => (first, last),
        Time::Undated => return None,
    };
    let year = first?.year();
    (first == first_day_of_year(year) && last == last_day_of_year(year)).then_some(year)
}

/// The time of a measure in a calendar year.
#[must_use]
pub fn time_in(kind: MeasureKind, year: i32) -> Time {
    let (first, last) = (first_day_of_year(year), last_day_of_year(year));
    match (kind, last) {
        (MeasureKind::Flow, _) => Time::Over(first, last),
        (MeasureKind::Stock | MeasureKind::State, Some(day)) => Time::At(day),
        _ => Time::Undated,
    }
}

/// The period that a point is told for, by its first and last day.
pub(super) fn period_of(base: &FactBase, id: PointId) -> When {
    let told = base.facts_at(id).find_map(|fact| base.fact(fact).period);
    match (told, base.point(id).time) {
        (Some(period), _) => When::Period(period.first(), period.last()),
        (None, Time::At(day)) => When::Period(None, Some(day)),
        (None, Time::Over(first, last)) => When::Period(first, last),
        (None, Time::Undated) => When::Period(None, None),
    }
}
