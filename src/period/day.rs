//! [`Day`]: a day of the proleptic Gregorian calendar, as a number.

use std::fmt;

/// A day from -9999-01-01 to 9999-12-31, years counted astronomically (year 0 is 1 BC).
///
/// # Source
/// The day numbers follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// The first and the last year that have days.
const YEARS: std::ops::RangeInclusive<i32> = -9999..=9999;

/// The days of 400 years, after which the calendar repeats.
const ERA_DAYS: i32 = 146_097;

/// From 0000-03-01, where the eras begin, to 1970-01-01, the day with the number 0.
const EPOCH: i32 = 719_468;

impl Day {
    /// The first day: -9999-01-01.
    pub const MIN: Self = Self::of(-9999, 1, 1);

    /// The last day: 9999-12-31.
    pub const MAX: Self = Self::of(9999, 12, 31);

    /// The day of that date; `None` when there is none.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        let valid = YEARS.contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        valid.then(|| Self::of(year, month, day))
    }

    /// The day with that number, counted from 1970-01-01.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        let day = Self(i32::try_from(number).ok()?);
        (Self::MIN..=Self::MAX).contains(&day).then_some(day)
    }

    /// The day of a date that is known to exist.
    ///
    /// Years begin in March here, so that the leap day is the last of a year and the lengths of the
    /// months before it follow one line: 31 30 31 30 31, 31 30 31 30 31, 31.
    pub(super) const fn of(year: i32, month: u32, day: u32) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let month = (month.cast_signed() + 9) % 12;
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * month + 2) / 5 + day.cast_signed() - 1;
        let leap_days = year_of_era / 4 - year_of_era / 100;
        Self(era * ERA_DAYS + year_of_era * 365 + leap_days + day_of_year - EPOCH)
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let days = self.0 + EPOCH;
        let (era, day_of_era) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
        // Without the leap days, which come every 4 years, not every 100, but every 400.
        let common = day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096;
        let year_of_era = common / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = era * 400 + year_of_era + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }

    /// Its year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// Its number: days since 1970-01-01.
    #[must_use]
    pub fn number(self) -> i64 {
        i64::from(self.0)
    }

    /// The day so many days later; `None` beyond the calendar.
    #[must_use]
    pub fn plus(self, days: i32) -> Option<Self> {
        Self::from_number(self.number() + i64::from(days))
    }

    /// Its day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        match self.0.rem_euclid(7) {
            0 => Weekday::Thursday,
            1 => Weekday::Friday,
            2 => Weekday::Saturday,
            3 => Weekday::Sunday,
            4 => Weekday::Monday,
            5 => Weekday::Tuesday,
            _ => Weekday::Wednesday,
        }
    }
}

/// 1 January of a year from −9999 to 9999.
#[must_use]
pub fn first_day_of_year(year: i32) -> Option<Day> {
    Day::from_ymd(year, 1, 1)
}

/// 31 December of a year from −9999 to 9999.
#[must_use]
pub fn last_day_of_year(year: i32) -> Option<Day> {
    Day::from_ymd(year, 12, 31)
}

/// The days of a month, 1 to 12.
pub(super) fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl fmt::Display for Day {
    /// As ISO 8601 writes it: `2024-06-11`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{}-{month:02}-{day:02}", WrittenYear(year))
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A year in four digits, with a sign before zero.
pub(super) struct WrittenYear(pub(super) i32);

impl fmt::Display for WrittenYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}", self.0.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Day by day over a whole era and the ends of the calendar, against a naive calendar.
    #[test]
    fn days_follow_one_another() {
        for years in [-9999..=-9590, 1590..=2010, 9590..=9999] {
            let mut expected = first_day_of_year(*years.start()).unwrap();
            for year in years {
                for month in 1..=12 {
                    for day in 1..=days_in_month(year, month) {
                        let found = Day::from_ymd(year, month, day).unwrap();
                        assert_eq!(found, expected);
                        assert_eq!(found.ymd(), (year, month, day));
                        expected = Day(expected.0 + 1);
                    }
                }
            }
        }
    }

    #[test]
    fn known_days_have_known_numbers() {
        assert_eq!(Day::from_ymd(1970, 1, 1).unwrap().number(), 0);
        assert_eq!(Day::from_ymd(2000, 3, 1).unwrap().number(), 11_017);
        assert_eq!(Day::from_ymd(2024, 2, 29).unwrap().weekday(), Weekday::Thursday);
        assert_eq!(Day::MIN.to_string(), "-9999-01-01");
        assert_eq!(Day::MAX.to_string(), "9999-12-31");
        assert_eq!(Day::MAX.plus(1), None);
        assert_eq!(Day::MIN.plus(i32::MIN), None);
        assert_eq!(Day::from_number(i64::MAX), None);
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        let cases = [(2023, 2, 29), (1900, 2, 29), (2024, 0, 1), (2024, 13, 1), (2024, 4, 31)];
        for (year, month, day) in cases.into_iter().chain([(2024, 1, 0), (10_000, 1, 1)]) {
            assert_eq!(Day::from_ymd(year, month, day), None);
        }
        assert_eq!(first_day_of_year(i32::MAX), None);
    }

    proptest! {
        #[test]
        fn numbers_and_dates_are_one_to_one(number in Day::MIN.0..=Day::MAX.0) {
            let day = Day::from_number(i64::from(number)).unwrap();
            let (year, month, date) = day.ymd();
            prop_assert_eq!(Day::from_ymd(year, month, date), Some(day));
            prop_assert_eq!(day.plus(7).is_none_or(|later| later.weekday() == day.weekday()), true);
        }

        #[test]
        fn the_calendar_agrees_with_jiff(number in -4_371_587..=2_932_896_i32) {
            let day = Day(number);
            let (year, month, date) = day.ymd();
            let epoch = jiff::civil::date(1970, 1, 1);
            let oracle = epoch.checked_add(jiff::Span::new().days(number)).unwrap();
            prop_assert_eq!(i32::from(oracle.year()), year);
            prop_assert_eq!(u32::try_from(oracle.month()).unwrap(), month);
            prop_assert_eq!(u32::try_from(oracle.day()).unwrap(), date);
            let weekday = oracle.weekday().to_monday_zero_offset();
            prop_assert_eq!(weekday, day.weekday() as i8);
        }
    }
}
