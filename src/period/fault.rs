//! [`PeriodFault`]: what is wrong with a written period, and where.

use std::fmt;
use std::ops::Range;

/// What is wrong with a written period, and where.
///
/// Its text is a lower-case fragment for a message: "there is no month 13".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PeriodFault {
    /// What is wrong.
    pub reason: Reason,
    /// The bytes of the text that are.
    pub at: Range<usize>,
}

/// What is wrong with a written period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Nothing is written.
    Empty,
    /// Digits of another script: EDTF is written with 0 to 9.
    OtherDigits,
    /// A character that has no place here.
    Unexpected(char),
    /// The text ends too early.
    Unfinished,
    /// A year of fewer or more than four digits.
    YearDigits,
    /// A year beyond 9999, or written with `Y`.
    BigYear,
    /// Year zero with a sign.
    SignedZero,
    /// `2022-2026`: years with a hyphen between them.
    HyphenSpan,
    /// A month or day that is not written with two digits.
    TwoDigits,
    /// A month that does not exist.
    Month(u32),
    /// A day that its month does not have.
    Day {
        /// The day as written.
        day: u32,
        /// Its month.
        month: u32,
        /// Its year.
        year: i32,
        /// The days that the month has.
        days: u32,
    },
    /// A quarter other than `Q1` to `Q4`.
    Quarter,
    /// A half other than `H1` and `H2`.
    Half,
    /// An `X` before a known digit, in a year before 0, or in more than two digits of a year.
    Unspecified,
    /// `?`, `~` or `%` before the end of its date.
    Qualifier,
    /// A time of the day.
    TimeOfDay,
    /// More than one `/`.
    Slashes,
    /// A span that ends before it begins.
    Reversed,
    /// `../..`: neither end is known.
    Endless,
    /// `published` followed by something other than `+` or `-` and a number of years.
    Published,
}

impl PeriodFault {
    pub(super) fn new(reason: Reason, at: Range<usize>) -> Self {
        Self { reason, at }
    }

    /// The same fault in a text that stands `by` bytes further on.
    pub(super) fn shifted(self, by: usize) -> Self {
        Self { at: self.at.start + by..self.at.end + by, ..self }
    }
}

impl std::error::Error for PeriodFault {}

impl fmt::Display for PeriodFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason.fmt(f)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::Unexpected(character) => {
                return write!(f, "`{}` has no place in a period", character.escape_debug());
            }
            Self::Month(month) => return write!(f, "there is no month {month}"),
            Self::Day { day, month, year, days } => {
                let name = month_name(*month);
                return write!(f, "{name} {year} has {days} days, not {day}");
            }
            Self::Empty => "a period is missing",
            Self::OtherDigits => "a period is written with the digits 0 to 9",
            Self::Unfinished => "the period breaks off here",
            Self::YearDigits => "a year has four digits",
            Self::BigYear => "years go from -9999 to 9999",
            Self::SignedZero => "year 0000 has no sign",
            Self::HyphenSpan => "a span is written with a slash: `2022/2026`",
            Self::TwoDigits => "months and days have two digits: `2024-06-01`",
            Self::Quarter => "the quarters are `Q1` to `Q4`",
            Self::Half => "the halves are `H1` and `H2`",
            Self::Unspecified => {
                "`X` stands for the last one or two digits of a year, or for a whole month or day"
            }
            Self::Qualifier => "`?`, `~` and `%` stand at the end of a date",
            Self::TimeOfDay => "the time of the day is no part of a period",
            Self::Slashes => "a span has one slash, and dates are written `2024-06-11`",
            Self::Reversed => "the span ends before it begins",
            Self::Endless => "a span needs a date on at least one side",
            Self::Published => "relative time is `published`, with a number of years as in `published-1`",
        };
        f.write_str(words)
    }
}

fn month_name(month: u32) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}
