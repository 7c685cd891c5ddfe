//! When: dates, years and relative periods as they are written, with whatever part of them is missing.

mod read;

use std::fmt::Write as _;

pub(super) use read::{Dated, day_and_month, month_at, numeric, quarter, year_at};

/// A time that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// On the calendar.
    Calendar {
        /// The date, or the first one of a span.
        first: Date,
        /// The last one of a span.
        last: Option<Date>,
    },
    /// So many years from the year of publication: "last year" is −1.
    Published(i32),
}

/// A date as written: any part may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Date {
    /// The year.
    pub year: Option<i32>,
    /// The part of the year.
    pub part: Part,
    /// The day of the month.
    pub day: Option<u8>,
}

/// A part of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// The whole of it, or not said.
    #[default]
    Year,
    /// A month, 1 to 12.
    Month(u8),
    /// A quarter, 1 to 4.
    Quarter(u8),
    /// A half, 1 or 2.
    Half(u8),
    /// The decade that starts with the year.
    Decade,
}

impl Moment {
    /// The period in EDTF (with `2024-Q3`, `2024-H1` and `published-1` besides), for `year` where the text names none; `None` without a year.
    ///
    /// # Example
    /// ```
    /// use mizan::numeral::find;
    ///
    /// let mention = &find("du 2 au 6 octobre")[0];
    /// assert_eq!(mention.moment.and_then(|moment| moment.edtf(Some(2019))).as_deref(), Some("2019-10-02/2019-10-06"));
    /// ```
    ///
    /// # Source
    /// ISO 8601-2 (EDTF), levels 0 and 1.
    #[must_use]
    pub fn edtf(&self, year: Option<i32>) -> Option<String> {
        match self {
            Self::Published(0) => Some("published".to_owned()),
            Self::Published(years) => Some(format!("published{years:+}")),
            Self::Calendar { first, last: None } => first.edtf(year),
            Self::Calendar { first, last: Some(last) } => {
                let year = first.year.or(last.year).or(year);
                Some(format!("{}/{}", first.edtf(year)?, last.edtf(year)?))
            }
        }
    }

    /// A single date.
    pub(super) fn on(first: Date) -> Self {
        Self::Calendar { first, last: None }
    }

    /// A year.
    pub(super) fn year(year: i32) -> Self {
        Self::on(Date { year: Some(year), ..Date::default() })
    }
}

impl Date {
    fn edtf(&self, year: Option<i32>) -> Option<String> {
        let year = self.year.or(year)?;
        let mut text = format!("{year:04}");
        // Writing to a String cannot fail.
        let _ = match self.part {
            Part::Year => Ok(()),
            Part::Month(month) => write!(text, "-{month:02}"),
            Part::Quarter(quarter) => write!(text, "-Q{quarter}"),
            Part::Half(half) => write!(text, "-H{half}"),
            Part::Decade => {
                text.pop();
                write!(text, "X")
            }
        };
        if let Some(day) = self.day {
            let _ = write!(text, "-{day:02}");
        }
        Some(text)
    }
}
