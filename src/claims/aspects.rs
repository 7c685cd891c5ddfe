//! What a claim is about: entity, measure, dimensions, period, ordinal and status, with all that it
//! inherits from its list, its measure and the defaults of its file.

use std::sync::Arc;

use crate::claims::code;
use crate::claims::lower::{Lowering, Setting};
use crate::claims::schema::{self, Claim};
use crate::claims::source::Article;
use crate::fact::{Dates, Key, Point, PointId, Statement, Status, Time};
use crate::finding::{Finding, Severity};
use crate::period::{Period, When};
use crate::quantity::Interval;
use crate::rulebook::fault::quoted;
use crate::rulebook::record::{Text, choose};
use crate::rulebook::unreadable_period;
use crate::vocabulary::{DimensionId, EntityId, Measure, MeasureId, MeasureKind, Member, MemberId};

/// A dimension's value that says that it is not known.
const UNKNOWN: &str = "unknown";

/// What a claim is about, resolved.
#[derive(Clone)]
pub(super) struct Aspects {
    pub(super) entity: EntityId,
    pub(super) measure: MeasureId,
    /// Sorted by dimension.
    pub(super) dimensions: Vec<(DimensionId, MemberId)>,
    /// Whether one of the dimensions is said to be unknown.
    pub(super) is_unknown: bool,
    pub(super) told: Option<Told>,
    pub(super) ordinal: Option<u64>,
    pub(super) status: Status,
}

/// A period as it is told and, where the publication does not leave it open, as it is.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub(super) when: When,
    pub(super) period: Option<Period>,
}

/// What the file says for claims that do not say it themselves.
pub(super) struct Defaults {
    entity: Given<EntityId>,
    told: Given<Told>,
}

/// Something that may be inherited.
#[derive(Clone, Copy)]
enum Given<T> {
    Nothing,
    /// It is there and could not be read; nobody can inherit it.
    Unreadable,
    This(T),
}

impl<T> Given<T> {
    fn read(written: Option<&Text>, broken: bool, read: impl FnOnce(&Text) -> Option<T>) -> Self {
        match written {
            None if broken => Self::Unreadable,
            None => Self::Nothing,
            Some(written) => read(written).map_or(Self::Unreadable, Self::This),
        }
    }

    /// What is given, which may be nothing; `None` when it cannot be read.
    #[expect(clippy::option_option, reason = "a fault is not the same as nothing")]
    fn readable(self) -> Option<Option<T>> {
        match self {
            Self::Nothing => Some(None),
            Self::Unreadable => None,
            Self::This(given) => Some(Some(given)),
        }
    }
}

impl Lowering<'_> {
    /// Resolves the defaults of a file, once.
    pub(super) fn defaults(&mut self, written: &schema::Defaults, article: &Article) -> Defaults {
        Defaults {
            entity: Given::read(written.entity.as_ref(), written.broken, |entity| self.entity(entity)),
            told: Given::read(written.period.as_ref(), written.broken, |period| self.told(period, article)),
        }
    }

    /// Resolves what a claim is about. All that is wrong is told, not only the first.
    pub(super) fn aspects(&mut self, claim: &Claim, setting: Setting<'_>) -> Option<Aspects> {
        let measure = self.measure_of(claim, setting);
        let entity = measure.and_then(|measure| self.entity_of(claim, measure, setting));
        let status = self.status_of(claim, setting);
        let dimensions = self.dimensions_of(claim, setting);
        let told = measure.and_then(|measure| self.told_of(claim, measure, setting).readable());
        let ordinal = claim.ordinal.or(setting.parent.and_then(|parent| parent.aspects.ordinal));
        let (measure, (dimensions, is_unknown)) = (measure?, dimensions?);
        let numbered = self.base.vocabulary.measure(measure).kind == MeasureKind::Ordinal;
        if numbered && ordinal.is_none() {
            self.faults.missing(claim.span(), "a claim of an ordinal measure", "ordinal");
            return None;
        }
        Some(Aspects {
            entity: entity?,
            measure,
            dimensions,
            is_unknown,
            told: told?,
            ordinal,
            status: status?,
        })
    }

    fn measure_of(&mut self, claim: &Claim, setting: Setting<'_>) -> Option<MeasureId> {
        let Some(written) = &claim.measure else {
            let inherited = setting.parent.map(|parent| parent.aspects.measure);
            if inherited.is_none() {
                self.faults.missing(claim.span(), "a claim", "measure");
            }
            return inherited;
        };
        let measures = &self.base.vocabulary.measures;
        let found = measures.find(written.text).map(MeasureId);
        if found.is_none() {
            self.faults.unknown_name(written.span, "a measure", written.text, measures);
        }
        found
    }

    /// The claim's entity, else that of its list, else the measure's, else the file's.
    fn entity_of(&mut self, claim: &Claim, measure: MeasureId, setting: Setting<'_>) -> Option<EntityId> {
        if let Some(written) = &claim.entity {
            return self.entity(written);
        }
        let inherited = setting.parent.map(|parent| parent.aspects.entity);
        if let Some(entity) = inherited.or(self.base.vocabulary.measure(measure).entity) {
            return Some(entity);
        }
        match setting.defaults.entity {
            Given::This(entity) => Some(entity),
            Given::Unreadable => None,
            Given::Nothing => {
                self.faults.missing(claim.span(), "a claim", "entity");
                None
            }
        }
    }

    fn entity(&mut self, written: &Text) -> Option<EntityId> {
        let entities = &self.base.vocabulary.entities;
        let found = entities.find(written.text).map(EntityId);
        if found.is_none() {
            self.faults.unknown_name(written.span, "an entity", written.text, entities);
        }
        found
    }

    fn status_of(&mut self, claim: &Claim, setting: Setting<'_>) -> Option<Status> {
        match &claim.status {
            Some(written) => Status::read(written.text)
                .or_else(|| choose(written, "`status`", &Status::ALL, &mut self.faults)),
            None => Some(setting.parent.map_or(Status::Actual, |parent| parent.aspects.status)),
        }
    }

    /// The claim's period, else that of its list or file; dates and ordinals inherit none.
    fn told_of(&mut self, claim: &Claim, measure: MeasureId, setting: Setting<'_>) -> Given<Told> {
        if claim.period.is_some() {
            return Given::read(claim.period.as_ref(), false, |written| self.told(written, setting.article));
        }
        let dated = self.base.vocabulary.measure(measure).kind.is_dated();
        if dated || claim.ordinal.is_some() || claim.statement(Key::Date).is_some() {
            return Given::Nothing;
        }
        match setting.parent {
            Some(parent) => parent.aspects.told.map_or(Given::Nothing, Given::This),
            None => setting.defaults.told,
        }
    }

    /// Reads a period; one that hangs on an unknown publication is told and left open.
    pub(super) fn told(&mut self, written: &Text, article: &Article) -> Option<Told> {
        let when = self.when(written, "a period")?;
        let period = resolve(when, article.published);
        if period.is_none() {
            let message = format!(
                "a period must be known, found {}, which hangs on the publication",
                quoted(written.text)
            );
            let finding =
                Finding::new(code::UNDATED, Severity::Note, message).at(written.span, "not known when");
            let help = "write `published` in the source, or the period itself: without it the figure is compared with none of another time";
            self.faults.add(finding.help(help));
        }
        Some(Told { when, period })
    }

    /// Reads a period or a relative time, and warns of one that may be a season.
    pub(super) fn when(&mut self, written: &Text, what: &str) -> Option<When> {
        let when = match When::parse(written.text) {
            Ok(when) => when,
            Err(fault) => {
                self.faults.add(unreadable_period(written, what, &fault));
                return None;
            }
        };
        if matches!(when, When::Period(period) if period.is_two_years()) {
            let message = format!(
                "a season must be written with its months, found {}, which is two whole years",
                quoted(written.text)
            );
            let finding =
                Finding::new(code::TWO_YEARS, Severity::Warning, message).at(written.span, "two years");
            self.faults.add(
                finding.help(
                    "write the months (`2023-09/2024-06`), or the two years by their first and last day",
                ),
            );
        }
        Some(when)
    }

    /// The members of the claim's dimensions, and whether one is said to be unknown.
    fn dimensions_of(
        &mut self,
        claim: &Claim,
        setting: Setting<'_>,
    ) -> Option<(Vec<(DimensionId, MemberId)>, bool)> {
        let mut all = setting.parent.map_or_else(Vec::new, |parent| parent.aspects.dimensions.clone());
        let mut unreadable = false;
        for (dimension, written) in &claim.dimensions {
            let members: Vec<MemberId> =
                written.iter().filter_map(|text| self.member(*dimension, text)).collect();
            unreadable |= members.len() < written.len();
            if let Some(member) = self.one_member(*dimension, members) {
                all.retain(|(inherited, _)| inherited != dimension);
                all.push((*dimension, member));
            }
        }
        all.sort_unstable();
        let names = &self.base.vocabulary;
        let is_unknown = all.iter().any(|(dimension, member)| {
            let dimension = names.dimension(*dimension);
            let unknown = dimension.members.find(UNKNOWN).map(MemberId);
            unknown.is_some_and(|unknown| unknown == *member || dimension.spread(*member).contains(&unknown))
        });
        (!unreadable).then_some((all, is_unknown))
    }

    /// The member that a text names; an open dimension gains the one that it does not know.
    fn member(&mut self, id: DimensionId, written: &Text) -> Option<MemberId> {
        let dimension = Arc::make_mut(&mut self.base.vocabulary).dimensions.get_mut(id.0 as usize)?;
        if let Some(known) = dimension.members.find(written.text) {
            return Some(MemberId(known));
        }
        let is_open =
            dimension.declared.is_none() && written.text != "any" && !written.text.trim().is_empty();
        if is_open || written.text == UNKNOWN {
            return dimension.members.add(written.text, [], Member::default()).ok().map(MemberId);
        }
        let name = self.base.vocabulary.dimensions.name(id.0);
        let members = &self.base.vocabulary.dimension(id).members;
        let what = format!("a value of `{name}`");
        self.faults.unknown_name(written.span, &what, written.text, members);
        None
    }

    /// One member of several: a list spreads the figure over its members.
    fn one_member(&mut self, id: DimensionId, mut members: Vec<MemberId>) -> Option<MemberId> {
        let dimension = Arc::make_mut(&mut self.base.vocabulary).dimensions.get_mut(id.0 as usize)?;
        members.sort_by(|a, b| dimension.members.name(a.0).cmp(dimension.members.name(b.0)));
        members.dedup();
        if let [] | [_] = members.as_slice() {
            return members.first().copied();
        }
        let names: Vec<&str> = members.iter().map(|member| dimension.members.name(member.0)).collect();
        let name = names.join("+");
        let known = dimension.members.find(&name);
        let spread = Member { spread: members, ..Member::default() };
        known.or_else(|| dimension.members.add(&name, [], spread).ok()).map(MemberId)
    }

    /// The point of a claim, interned.
    pub(super) fn point(&mut self, aspects: &Aspects, statement: &Statement, article: &Article) -> PointId {
        let measure = self.base.vocabulary.measure(aspects.measure);
        let period = aspects.told.and_then(|told| told.period);
        let time = match (measure.kind, statement) {
            (MeasureKind::Event, _) if measure.yearly => year_of(period, statement),
            _ => period.map_or(Time::Undated, |period| time(measure, &period, aspects.status, article)),
        };
        self.base.intern(aspects.at(time))
    }
}

impl Aspects {
    /// The point of these aspects at a time.
    pub(super) fn at(&self, time: Time) -> Point {
        Point {
            entity: self.entity,
            measure: self.measure,
            dimensions: self.dimensions.clone(),
            time,
            ordinal: self.ordinal,
            status: self.status,
        }
    }
}

/// The time of a figure that is told for a period.
pub(super) fn time(measure: &Measure, period: &Period, status: Status, article: &Article) -> Time {
    match measure.kind {
        MeasureKind::Ordinal | MeasureKind::Event => Time::Undated,
        MeasureKind::Flow => Time::duration(period),
        MeasureKind::Stock | MeasureKind::State => {
            let told_within =
                if status.is_ahead() { None } else { published_within(period, article.published) };
            told_within.map_or_else(|| Time::instant(period), Time::At)
        }
    }
}

/// The publication's last day, when it lies within the period and before its end: a level told
/// then cannot be that of the end.
fn published_within(period: &Period, published: Option<Period>) -> Option<crate::period::Day> {
    let published = published?;
    let day = published.last()?;
    (period.contains(&published) && Some(day) < period.last()).then_some(day)
}

/// The year of an event that happens once a year: as told, else that of its date.
fn year_of(period: Option<Period>, statement: &Statement) -> Time {
    let within_one = |period: Period| match period.years() {
        (Some(first), Some(last)) if first == last => Some(first),
        _ => None,
    };
    let year = period.and_then(within_one).or_else(|| match statement {
        Statement::Date(dates) => year_of_dates(dates),
        _ => None,
    });
    year.and_then(Period::year).map_or(Time::Undated, |year| Time::duration(&year))
}

fn year_of_dates(dates: &Dates) -> Option<i32> {
    let year = |end: &crate::quantity::End| {
        let day = end.value()?.to_i64()?;
        crate::period::Day::from_number(day).map(crate::period::Day::year)
    };
    let days: Interval = dates.start.hard.hull(&dates.end.hard);
    let first = year(days.lower())?;
    (year(days.upper()) == Some(first)).then_some(first)
}

/// A told time on the calendar, where the publication does not leave it open.
fn resolve(when: When, published: Option<Period>) -> Option<Period> {
    if let When::Period(period) = when {
        return Some(period);
    }
    let published = published?;
    let period = match when {
        When::Period(period) => period,
        When::Published(offset) => match published.years() {
            (Some(first), Some(last)) if first == last => Period::year(first.checked_add(offset)?)?,
            _ => return None,
        },
        When::ByPublished => Period::until(Period::day(published.last()?))?,
        When::Soon => return None,
    };
    // A time that hangs on a doubtful publication is as doubtful.
    if published.is_doubtful() { Period::parse(&format!("{period}?")).ok() } else { Some(period) }
}
