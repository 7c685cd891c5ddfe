//! Which points are asked for.

use super::{Known, Side, Subject};
use crate::Error;
use crate::checks::words;
use crate::fact::{FactBase, Point, PointId, Time};
use crate::quantity::{Interval, Number};
use crate::vocabulary::{EntityId, MeasureId, Names, Vocabulary, nearest};

/// How many candidates a name that fits several points is answered with.
const CANDIDATES: usize = 12;

/// Which points are asked for, as a person writes it; without anything, all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Points of this entity.
    pub entity: Option<String>,
    /// Points of this measure.
    pub measure: Option<String>,
    /// Points of this calendar year.
    pub year: Option<i32>,
    /// One point, by its name, its stable key, or a part of either that no other has; it comes with
    /// the reasons.
    pub why: Option<String>,
}

/// A filter whose names are resolved.
pub(super) struct Resolved {
    entity: Option<EntityId>,
    measure: Option<MeasureId>,
    year: Option<i32>,
    pub(super) why: Option<String>,
}

impl Filter {
    pub(super) fn resolve(&self, vocabulary: &Vocabulary) -> Result<Resolved, Error> {
        let entity = find(&vocabulary.entities, "entity", self.entity.as_deref())?.map(EntityId);
        let measure = find(&vocabulary.measures, "measure", self.measure.as_deref())?.map(MeasureId);
        Ok(Resolved { entity, measure, year: self.year, why: self.why.clone() })
    }
}

fn find<T>(names: &Names<T>, kind: &'static str, written: Option<&str>) -> Result<Option<u32>, Error> {
    let Some(written) = written else { return Ok(None) };
    let unknown = || Error::NoName { kind, written: written.to_owned(), nearest: names.nearest(written) };
    names.find(written).map(Some).ok_or_else(unknown)
}

impl Resolved {
    /// The points of the entity and measure, in the order of the vocabulary; then the publications, when
    /// neither is asked for.
    pub(super) fn subjects(&self, base: &FactBase) -> Vec<Subject> {
        let wanted = |point: &Point| {
            self.entity.is_none_or(|entity| entity == point.entity)
                && self.measure.is_none_or(|measure| measure == point.measure)
        };
        let mut points: Vec<PointId> =
            base.points().filter(|(_, point)| wanted(point)).map(|(id, _)| id).collect();
        points.sort_by_cached_key(|id| {
            let point = base.point(*id);
            // Members that claims add are numbered in the order of the files: their names have no order
            // but their own.
            let dimensions = words::dimensions(base, point);
            (point.entity, point.measure, dimensions, point.ordinal, point.time, point.status)
        });
        let mut subjects: Vec<Subject> = points.into_iter().map(Subject::Point).collect();
        if self.entity.is_none() && self.measure.is_none() {
            let mut sources: Vec<_> = base.sources().collect();
            sources.sort_by(|left, right| left.1.id.cmp(&right.1.id));
            subjects.extend(sources.into_iter().map(|(id, _)| Subject::Publication(id)));
        }
        subjects
    }

    /// Keeps what lies in the year that is asked for.
    pub(super) fn retain(&self, known: &mut Vec<Known>, base: &FactBase) {
        if let Some(year) = self.year {
            known.retain(|one| is_in(one, year, base));
        }
    }
}

/// Whether a point is of a year: by its time or, where its value is a date, by that.
fn is_in(known: &Known, year: i32, base: &FactBase) -> bool {
    let time = match known.subject {
        Subject::Point(point) => base.point(point).time,
        Subject::Publication(_) => Time::Undated,
    };
    match time {
        Time::At(day) => day.year() == year,
        Time::Over(first, last) => {
            first.is_none_or(|day| day.year() <= year) && last.is_none_or(|day| day.year() >= year)
        }
        Time::Undated => {
            let dated = known
                .follows
                .iter()
                .find(|one| one.side == Side::Start || matches!(known.subject, Subject::Publication(_)));
            let days = dated.and_then(|one| one.weak.as_ref().or(one.strong.as_ref()));
            days.is_some_and(|bound| {
                !words::years(&bound.set).is_disjoint(&Interval::point(Number::from(year)))
            })
        }
    }
}

/// A name without its dimensions and its status.
fn unbracketed(name: &str) -> String {
    let (before, rest) = name.split_once('[').unwrap_or((name, ""));
    format!("{before}{}", rest.split_once(']').map_or("", |(_, after)| after))
}

/// The one point that a name fits.
pub(super) fn choose(mut known: Vec<Known>, asked: &str) -> Result<Known, Error> {
    let folded = asked.trim().to_lowercase();
    let names = |one: &Known| {
        let claims = one.said.iter().map(|said| said.key.to_lowercase());
        [one.name.to_lowercase(), one.key.to_lowercase()].into_iter().chain(claims).collect::<Vec<_>>()
    };
    let behind_entity = format!("/{folded}");
    let ways: [&dyn Fn(&str) -> bool; 5] = [
        &|name| name == folded,
        &|name| name.ends_with(&behind_entity),
        &|name| name.ends_with(&folded),
        &|name| name.contains(&folded),
        &|name| unbracketed(name).ends_with(&folded),
    ];
    for fits in ways {
        let found: Vec<usize> = known
            .iter()
            .enumerate()
            .filter(|(_, one)| names(one).iter().any(|name| fits(name)))
            .map(|(place, _)| place)
            .collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(known.swap_remove(*one)),
            several => {
                let name = |place: &usize| known.get(*place).map(|one| one.key.clone());
                let mut candidates: Vec<String> = several.iter().take(CANDIDATES).filter_map(name).collect();
                if several.len() > CANDIDATES {
                    candidates.push(format!("{} more", several.len() - CANDIDATES));
                }
                return Err(Error::Ambiguous { written: asked.to_owned(), candidates });
            }
        }
    }
    let all = known.iter().flat_map(|one| [one.name.as_str(), one.key.as_str()]);
    let nearest = nearest(asked, all).map(ToOwned::to_owned);
    Err(Error::NoName { kind: "point", written: asked.to_owned(), nearest })
}
