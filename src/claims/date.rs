//! Dates: when an event happened, as two sets of days.

use crate::claims::lower::Lowering;
use crate::claims::source::Article;
use crate::fact::{Dates, Relative};
use crate::period::{Day, Period, When, first_day_of_year, last_day_of_year};
use crate::quantity::{End, Interval, Number, Reading};
use crate::rulebook::code::PERIOD;
use crate::rulebook::fault::{error, quoted};
use crate::rulebook::record::Text;

impl Lowering<'_> {
    /// Reads a date: on the calendar, or against the publication.
    pub(super) fn dates(&mut self, written: &Text, article: &Article) -> Option<Dates> {
        let when = self.when(written, "a date")?;
        if let Some(year) = beyond_calendars(when, article.published) {
            let message = format!(
                "a date must be on the calendar, found {}: no calendar holds the year {year}",
                quoted(written.text)
            );
            // The claim stands, its day open.
            self.faults.add(error(PERIOD, message).at(written.span, "beyond all calendars"));
        }
        Some(dates(when, written.text, article.published))
    }
}

/// The year that a date told against a known publication would be, where no calendar holds it.
fn beyond_calendars(when: When, published: Option<Period>) -> Option<i64> {
    let When::Published(offset) = when else { return None };
    let year = i64::from(published?.years().1?) + i64::from(offset);
    let held = i32::try_from(year).ok().and_then(first_day_of_year);
    held.is_none().then_some(year)
}

/// A date of which nothing is known: the claim says only that there is one.
pub(super) fn undated() -> Dates {
    let open = exact(Interval::all());
    Dates { written: String::new(), start: open.clone(), end: open, relative: None, doubtful: false }
}

/// The days on which something can start and end.
pub(super) fn dates(when: When, written: &str, published: Option<Period>) -> Dates {
    let ((start, end), relative) = match when {
        When::Period(period) => (on_calendar(&period), None),
        When::Published(years) => in_year(years, published),
        When::ByPublished => by(published),
        When::Soon => soon(published),
    };
    let doubtful = match when {
        When::Period(period) => period.is_doubtful(),
        _ => published.is_some_and(|published| published.is_doubtful()),
    };
    Dates { written: written.to_owned(), start, end, relative, doubtful }
}

type Ends = (Reading, Reading);

/// A day span fixes both days, a year or month bounds both, an open side leaves its day open.
fn on_calendar(period: &Period) -> Ends {
    match period.sides() {
        (Some(first), Some(last)) => (exact(days(&first)), exact(days(&last))),
        // `../2025`: by the end of it.
        (None, _) => both(exact(days(period))),
        // `2024/..`: from then on, as a reader takes it beginning in it.
        (Some(first), None) => {
            let from = days(period);
            (Reading::new(from.clone(), &days(&first)), exact(from))
        }
    }
}

/// The year of publication, so many years on.
fn in_year(offset: i32, published: Option<Period>) -> (Ends, Option<Relative>) {
    let years = published.map_or((None, None), |published| published.years());
    let (Some(first), Some(last)) = years else {
        return (both(exact(Interval::all())), Some(Relative::Year(offset)));
    };
    let interval = between(
        first.checked_add(offset).and_then(first_day_of_year),
        last.checked_add(offset).and_then(last_day_of_year),
    );
    (both(exact(interval)), (first != last).then_some(Relative::Year(offset)))
}

/// Any time up to the publication.
fn by(published: Option<Period>) -> (Ends, Option<Relative>) {
    let last = published.and_then(|published| published.last());
    (both(exact(between(None, last))), (!is_one_day(published)).then_some(Relative::By))
}

/// Any time from the publication on; a reader expects it before the end of the next year.
fn soon(published: Option<Period>) -> (Ends, Option<Relative>) {
    let first = published.and_then(|published| published.first());
    let last = published.and_then(|published| published.last());
    let next_year = last.and_then(|last| last_day_of_year(last.year() + 1));
    let reading = Reading::new(between(first, None), &between(first, next_year));
    (both(reading), (!is_one_day(published)).then_some(Relative::Soon))
}

fn is_one_day(published: Option<Period>) -> bool {
    published.is_some_and(|published| published.first().is_some() && published.first() == published.last())
}

fn days(period: &Period) -> Interval {
    between(period.first(), period.last())
}

/// The days from one to another, either open.
fn between(first: Option<Day>, last: Option<Day>) -> Interval {
    let end = |day: Option<Day>| day.map_or(End::Unbounded, |day| End::Closed(Number::from(day.number())));
    Interval::new(end(first), end(last))
}

fn both(reading: Reading) -> Ends {
    (reading.clone(), reading)
}

fn exact(days: Interval) -> Reading {
    Reading { soft: days.clone(), hard: days }
}
