//! [`Period`]: when a figure holds, as EDTF writes it.
//!
//! | written | is |
//! |---|---|
//! | `2024`, `2024-06`, `2024-06-11` | a year, a month, a day |
//! | `2024-Q3`, `2024-H1`, `2024-22` | a quarter, a half (both ours), a season |
//! | `2019-10-02/2019-10-06`, `../2025`, `2024/..` | a span, open on a side |
//! | `2024?`, `2024~`, `2024%` | uncertain, approximate, both |
//! | `202X`, `2024-XX` | some year of the 2020s, some month of 2024 |
//! | `published-1`, `../published`, `soon` | [`When`]: told against the day of publication |
//!
//! # Source
//! ISO 8601-2:2019, the Extended Date/Time Format, levels 0 and 1.

mod date;
mod day;
mod fault;
mod parse;
#[cfg(test)]
mod tests;
mod when;

use std::cmp::Ordering;
use std::fmt;

use date::{Date, Doubt, Unit};

pub use day::{Day, Weekday, first_day_of_year, last_day_of_year};
pub use fault::{PeriodFault, Reason};
pub use when::When;

/// A stretch of days on the calendar, possibly open on a side.
///
/// Two periods are equal when they are written alike: `2024-01/2024-12` has the days of `2024` and
/// is another period. They are ordered by their days.
///
/// # Example
/// ```
/// use mizan::period::{Day, Period};
///
/// let quarter = Period::parse("2024-Q3").unwrap();
/// assert_eq!(quarter.first(), Day::from_ymd(2024, 7, 1));
/// assert_eq!(quarter.last(), Day::from_ymd(2024, 9, 30));
///
/// let fault = Period::parse("2023-02-30").unwrap_err();
/// assert_eq!(fault.to_string(), "February 2023 has 28 days, not 30");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period(Shape);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Shape {
    One(Date),
    /// Not reversed; at least one bound is a date.
    Span {
        start: Bound,
        end: Bound,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Bound {
    /// `..`: there is no end on this side.
    Open,
    /// Nothing written: there is an end, nobody knows which.
    Unknown,
    At(Date),
}

/// How finely a period is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Granularity {
    /// `20XX`: a year of that century.
    Century,
    /// `202X`: a year of that decade.
    Decade,
    /// A calendar year.
    Year,
    /// Half a calendar year.
    Half,
    /// A quarter of a calendar year.
    Quarter,
    /// A season of the north.
    Season,
    /// A month.
    Month,
    /// A day.
    Day,
    /// From one date to another, or open on a side.
    Span,
}

impl Period {
    /// Reads EDTF levels 0 and 1, quarters and halves.
    ///
    /// # Errors
    /// A [`PeriodFault`] that says what is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, PeriodFault> {
        parse::period(text)
    }

    /// A calendar year, from −9999 to 9999.
    #[must_use]
    pub fn year(year: i32) -> Option<Self> {
        first_day_of_year(year).map(|_| Self::of(Unit::Year(year)))
    }

    /// Half a year: the first or the second.
    #[must_use]
    pub fn half(year: i32, half: u32) -> Option<Self> {
        let valid = (1..=2).contains(&half) && Self::year(year).is_some();
        valid.then_some(Self::of(Unit::Half(year, half)))
    }

    /// A quarter of a year: the first to the fourth.
    #[must_use]
    pub fn quarter(year: i32, quarter: u32) -> Option<Self> {
        let valid = (1..=4).contains(&quarter) && Self::year(year).is_some();
        valid.then_some(Self::of(Unit::Quarter(year, quarter)))
    }

    /// A month.
    #[must_use]
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Day::from_ymd(year, month, 1).map(|_| Self::of(Unit::Month(year, month)))
    }

    /// A day.
    #[must_use]
    pub fn day(day: Day) -> Self {
        Self::of(Unit::Day(day))
    }

    /// From the beginning of one period to the end of another; `None` when that is reversed, and
    /// when one of them is a span itself.
    #[must_use]
    pub fn between(start: Self, end: Self) -> Option<Self> {
        match (start.0, end.0) {
            (Shape::One(start), Shape::One(end)) if start.first() <= end.last() => {
                Some(Self(Shape::Span { start: Bound::At(start), end: Bound::At(end) }))
            }
            _ => None,
        }
    }

    /// Any time to the end of a period; `None` when it is a span itself.
    #[must_use]
    pub fn until(end: Self) -> Option<Self> {
        let end = end.date().map(Bound::At)?;
        Some(Self(Shape::Span { start: Bound::Open, end }))
    }

    /// Any time from the beginning of a period; `None` when it is a span itself.
    #[must_use]
    pub fn since(start: Self) -> Option<Self> {
        let start = start.date().map(Bound::At)?;
        Some(Self(Shape::Span { start, end: Bound::Open }))
    }

    fn of(unit: Unit) -> Self {
        Self(Shape::One(Date { unit, doubt: Doubt::default() }))
    }

    fn date(self) -> Option<Date> {
        match self.0 {
            Shape::One(date) => Some(date),
            Shape::Span { .. } => None,
        }
    }

    /// What it starts with and what it ends with, as periods of their own: twice itself, unless it is a span;
    /// nothing where that is open or unknown.
    #[must_use]
    pub fn sides(self) -> (Option<Self>, Option<Self>) {
        let alone = |bound: Bound| bound.date().map(|date| Self(Shape::One(date)));
        match self.0 {
            Shape::One(_) => (Some(self), Some(self)),
            Shape::Span { start, end } => (alone(start), alone(end)),
        }
    }

    /// The dates that it is written with.
    fn dates(self) -> impl Iterator<Item = Date> {
        let dates = match self.0 {
            Shape::One(date) => [Some(date), None],
            Shape::Span { start, end } => [start.date(), end.date()],
        };
        dates.into_iter().flatten()
    }

    /// Its first day; `None` when it is open or unknown on that side.
    #[must_use]
    pub fn first(&self) -> Option<Day> {
        match self.0 {
            Shape::One(date) => Some(date.first()),
            Shape::Span { start, .. } => start.date().map(Date::first),
        }
    }

    /// Its last day; `None` when it is open or unknown on that side. A stock is of this day.
    #[must_use]
    pub fn last(&self) -> Option<Day> {
        match self.0 {
            Shape::One(date) => Some(date.last()),
            Shape::Span { end, .. } => end.date().map(Date::last),
        }
    }

    /// The years of its first and last day.
    #[must_use]
    pub fn years(&self) -> (Option<i32>, Option<i32>) {
        (self.first().map(Day::year), self.last().map(Day::year))
    }

    /// The calendar year whose days it has, however it is written.
    #[must_use]
    pub fn whole_year(&self) -> Option<i32> {
        let year = self.first()?.year();
        let whole = self.first() == first_day_of_year(year) && self.last() == last_day_of_year(year);
        (whole && !self.is_unspecified()).then_some(year)
    }

    /// Whether it is written as two years in a row (`2023/2024`): somebody may have meant a season
    /// that begins in one and ends in the other.
    #[must_use]
    pub fn is_two_years(&self) -> bool {
        let Shape::Span { start: Bound::At(start), end: Bound::At(end) } = self.0 else {
            return false;
        };
        matches!((start.unit, end.unit), (Unit::Year(a), Unit::Year(b)) if b == a + 1)
    }

    /// How finely it is told.
    #[must_use]
    pub fn granularity(&self) -> Granularity {
        self.date().map_or(Granularity::Span, |date| date.unit.granularity())
    }

    /// Whether a part of it is marked `?` or `%`: the source may be wrong.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.dates().any(|date| date.doubt.uncertain)
    }

    /// Whether a part of it is marked `~` or `%`: the time is near that.
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.dates().any(|date| date.doubt.approximate)
    }

    /// Whether digits are left out (`202X`, `2024-XX`) or an end is unknown (`2024/`): its days are
    /// only bounds.
    #[must_use]
    pub fn is_unspecified(&self) -> bool {
        let unknown = match self.0 {
            Shape::One(_) => false,
            Shape::Span { start, end } => start == Bound::Unknown || end == Bound::Unknown,
        };
        unknown || self.dates().any(|date| date.unit.is_unspecified())
    }

    /// Whether it is uncertain, approximate or unspecified: a conflict that needs it is a tension.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.is_uncertain() || self.is_approximate() || self.is_unspecified()
    }

    /// Whether the day is in it.
    #[must_use]
    pub fn contains_day(&self, day: Day) -> bool {
        self.first().is_none_or(|first| first <= day) && self.last().is_none_or(|last| day <= last)
    }

    /// Whether every day of the other is in it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        let from = match (self.first(), other.first()) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(mine), Some(other)) => mine <= other,
        };
        from && match (self.last(), other.last()) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(mine), Some(other)) => other <= mine,
        }
    }

    /// Whether they share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_by_end = |a: &Self, b: &Self| match (a.first(), b.last()) {
            (Some(first), Some(last)) => first <= last,
            _ => true,
        };
        begins_by_end(self, other) && begins_by_end(other, self)
    }

    /// Whether both have the same days, however they are written.
    #[must_use]
    pub fn same_days(&self, other: &Self) -> bool {
        (self.first(), self.last()) == (other.first(), other.last())
    }

    /// An absent first day sorts before all others, an absent last day after all.
    fn rank(self) -> (Option<Day>, bool, Option<Day>) {
        (self.first(), self.last().is_none(), self.last())
    }
}

impl Bound {
    fn date(self) -> Option<Date> {
        match self {
            Self::At(date) => Some(date),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    /// In EDTF, as keys hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Shape::One(date) => date.fmt(f),
            Shape::Span { start, end } => write!(f, "{start}/{end}"),
        }
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str(".."),
            Self::Unknown => Ok(()),
            Self::At(date) => write!(f, "{date}"),
        }
    }
}
