//! One EDTF date: a unit of the calendar, and what is doubtful about it.

use std::fmt;

use super::Granularity;
use super::day::{Day, WrittenYear, days_in_month};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Date {
    pub(super) unit: Unit,
    pub(super) doubt: Doubt,
}

/// A unit of the calendar. Its numbers are valid: whoever makes one has checked them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Unit {
    /// `20XX`: some year; holds 20.
    Century(i32),
    /// `202X`: some year; holds 202.
    Decade(i32),
    Year(i32),
    /// `2024-XX`: some month.
    SomeMonth(i32),
    /// `2024-XX-XX`: some day of the year.
    SomeDay(i32),
    Half(i32, u32),
    Quarter(i32, u32),
    /// 21 spring, 22 summer, 23 autumn, 24 winter (which ends in the next year).
    Season(i32, u32),
    Month(i32, u32),
    /// `2024-06-XX`: some day of the month.
    SomeDayOfMonth(i32, u32),
    Day(Day),
}

/// `?` is uncertain, `~` approximate, `%` both.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Doubt {
    pub(super) uncertain: bool,
    pub(super) approximate: bool,
}

impl Date {
    pub(super) fn first(self) -> Day {
        self.unit.days().0
    }

    pub(super) fn last(self) -> Day {
        self.unit.days().1
    }
}

impl Unit {
    /// Its first and its last day.
    fn days(self) -> (Day, Day) {
        match self {
            Self::Century(century) => years(century * 100, century * 100 + 99),
            Self::Decade(decade) => years(decade * 10, decade * 10 + 9),
            Self::Year(year) | Self::SomeMonth(year) | Self::SomeDay(year) => years(year, year),
            Self::Half(year, half) => months(year, half * 6 - 5, half * 6),
            Self::Quarter(year, quarter) => months(year, quarter * 3 - 2, quarter * 3),
            Self::Season(year, 24) => winter(year),
            Self::Season(year, season) => months(year, season * 3 - 60, season * 3 - 58),
            Self::Month(year, month) | Self::SomeDayOfMonth(year, month) => months(year, month, month),
            Self::Day(day) => (day, day),
        }
    }

    pub(super) fn granularity(self) -> Granularity {
        match self {
            Self::Century(_) => Granularity::Century,
            Self::Decade(_) => Granularity::Decade,
            Self::Year(_) => Granularity::Year,
            Self::Half(..) => Granularity::Half,
            Self::Quarter(..) => Granularity::Quarter,
            Self::Season(..) => Granularity::Season,
            Self::Month(..) | Self::SomeMonth(_) => Granularity::Month,
            Self::Day(_) | Self::SomeDay(_) | Self::SomeDayOfMonth(..) => Granularity::Day,
        }
    }

    /// Whether digits of it are left out.
    pub(super) fn is_unspecified(self) -> bool {
        match self {
            Self::Century(_)
            | Self::Decade(_)
            | Self::SomeMonth(_)
            | Self::SomeDay(_)
            | Self::SomeDayOfMonth(..) => true,
            Self::Year(_)
            | Self::Half(..)
            | Self::Quarter(..)
            | Self::Season(..)
            | Self::Month(..)
            | Self::Day(_) => false,
        }
    }
}

fn years(first: i32, last: i32) -> (Day, Day) {
    (Day::of(first, 1, 1), Day::of(last, 12, 31))
}

fn months(year: i32, first: u32, last: u32) -> (Day, Day) {
    (Day::of(year, first, 1), Day::of(year, last, days_in_month(year, last)))
}

/// December to February; the last winter ends with the calendar.
fn winter(year: i32) -> (Day, Day) {
    let last = Day::of(year + 1, 2, days_in_month(year + 1, 2));
    (Day::of(year, 12, 1), last.min(Day::MAX))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.unit.fmt(f)?;
        self.doubt.fmt(f)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = WrittenYear;
        match *self {
            Self::Century(century) => write!(f, "{century:02}XX"),
            Self::Decade(decade) => write!(f, "{decade:03}X"),
            Self::Year(y) => year(y).fmt(f),
            Self::SomeMonth(y) => write!(f, "{}-XX", year(y)),
            Self::SomeDay(y) => write!(f, "{}-XX-XX", year(y)),
            Self::Half(y, half) => write!(f, "{}-H{half}", year(y)),
            Self::Quarter(y, quarter) => write!(f, "{}-Q{quarter}", year(y)),
            Self::Season(y, month) | Self::Month(y, month) => write!(f, "{}-{month:02}", year(y)),
            Self::SomeDayOfMonth(y, month) => write!(f, "{}-{month:02}-XX", year(y)),
            Self::Day(day) => day.fmt(f),
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.uncertain, self.approximate) {
            (false, false) => "",
            (true, false) => "?",
            (false, true) => "~",
            (true, true) => "%",
        })
    }
}
