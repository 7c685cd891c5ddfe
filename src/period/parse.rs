//! The grammar of written periods, by recursive descent.
//!
//! ```text
//! period := date | bound "/" bound
//! bound  := date | ".." | ""
//! date   := unit ("?" | "~" | "%")?
//! unit   := year | "-"? year "-" part | year "-" month "-" day
//! year   := "-"? four digits, of which the last one or two may be X
//! part   := month | "XX" | "Q" 1–4 | "H" 1–2 | 21–24
//! ```

use std::ops::Range;

use super::date::{Date, Doubt, Unit};
use super::day::{Day, days_in_month};
use super::fault::{PeriodFault, Reason};
use super::{Bound, Period, Shape};

/// Reads a period.
pub(super) fn period(text: &str) -> Result<Period, PeriodFault> {
    plain(text)?;
    let Some((start, end)) = text.split_once('/') else {
        return date(text).map(|date| Period(Shape::One(date)));
    };
    let after = start.len() + 1;
    if let Some(second) = end.find('/') {
        let at = after + second;
        return Err(PeriodFault::new(Reason::Slashes, at..at + 1));
    }
    let start = bound(start)?;
    let end = bound(end).map_err(|fault| fault.shifted(after))?;
    let whole = 0..text.len();
    match (start.date(), end.date()) {
        (None, None) => Err(PeriodFault::new(Reason::Endless, whole)),
        (Some(from), Some(to)) if from.first() > to.last() => Err(PeriodFault::new(Reason::Reversed, whole)),
        _ => Ok(Period(Shape::Span { start, end })),
    }
}

/// Whether there is text, and all of it ASCII.
fn plain(text: &str) -> Result<(), PeriodFault> {
    if text.is_empty() {
        return Err(PeriodFault::new(Reason::Empty, 0..0));
    }
    match text.char_indices().find(|(_, character)| !character.is_ascii()) {
        None => Ok(()),
        Some((at, character)) => {
            let reason = match character {
                digit if digit.is_numeric() => Reason::OtherDigits,
                other => Reason::Unexpected(other),
            };
            Err(PeriodFault::new(reason, at..at + character.len_utf8()))
        }
    }
}

fn bound(text: &str) -> Result<Bound, PeriodFault> {
    match text {
        "" => Ok(Bound::Unknown),
        ".." => Ok(Bound::Open),
        _ => date(text).map(Bound::At),
    }
}

fn date(text: &str) -> Result<Date, PeriodFault> {
    let mut cursor = Cursor { text, at: 0 };
    let unit = cursor.unit()?;
    let doubt = cursor.doubt();
    match cursor.peek() {
        None => Ok(Date { unit, doubt }),
        Some(_) if doubt != Doubt::default() => Err(cursor.fault(Reason::Qualifier)),
        Some('T') => Err(cursor.fault(Reason::TimeOfDay)),
        Some(other) => Err(cursor.fault(Reason::Unexpected(other))),
    }
}

/// A place in a text, all ASCII.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// Digits and `X`s in a row, and where they stand.
struct Run<'a> {
    text: &'a str,
    at: Range<usize>,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }

    /// A fault at the next character.
    fn fault(&self, reason: Reason) -> PeriodFault {
        PeriodFault::new(reason, self.at..(self.at + 1).min(self.text.len()))
    }

    /// The digits and `X`s that follow.
    fn run(&mut self) -> Result<Run<'a>, PeriodFault> {
        let rest = self.rest();
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == 'X');
        let length = rest.len() - after.len();
        if length == 0 {
            return Err(self.fault(match self.peek() {
                None => Reason::Unfinished,
                Some('?' | '~' | '%') => Reason::Qualifier,
                Some(other) => Reason::Unexpected(other),
            }));
        }
        let at = self.at..self.at + length;
        self.at = at.end;
        Ok(Run { text: rest.get(..length).unwrap_or(""), at })
    }

    fn unit(&mut self) -> Result<Unit, PeriodFault> {
        if self.peek() == Some('Y') {
            return Err(self.fault(Reason::BigYear));
        }
        let negative = self.eat('-');
        let run = self.run()?;
        let unit = year(&run, negative)?;
        match unit {
            Unit::Year(year) if self.eat('-') => self.part(year),
            Unit::Century(_) | Unit::Decade(_) if self.peek() == Some('-') => {
                Err(run.fault(Reason::Unspecified))
            }
            _ => Ok(unit),
        }
    }

    /// What follows the year.
    fn part(&mut self, year: i32) -> Result<Unit, PeriodFault> {
        if self.eat('Q') {
            let quarter = self.one_of(4, Reason::Quarter)?;
            return Ok(Unit::Quarter(year, quarter));
        }
        if self.eat('H') {
            let half = self.one_of(2, Reason::Half)?;
            return Ok(Unit::Half(year, half));
        }
        let run = self.run()?;
        match run.two_digits()? {
            None => self.some_day(year),
            Some(season @ 21..=24) => Ok(Unit::Season(year, season)),
            Some(month @ 1..=12) if self.eat('-') => self.day(year, month),
            Some(month @ 1..=12) => Ok(Unit::Month(year, month)),
            Some(month) => Err(run.fault(Reason::Month(month))),
        }
    }

    /// A single digit from 1 to `last`.
    fn one_of(&mut self, last: u32, reason: Reason) -> Result<u32, PeriodFault> {
        let digit = self.peek().and_then(|digit| digit.to_digit(10));
        match digit.filter(|digit| (1..=last).contains(digit)) {
            Some(digit) => {
                self.at += 1;
                Ok(digit)
            }
            None => Err(self.fault(reason)),
        }
    }

    /// What follows a month that is not known: nothing, or a day that is not known either.
    fn some_day(&mut self, year: i32) -> Result<Unit, PeriodFault> {
        if !self.eat('-') {
            return Ok(Unit::SomeMonth(year));
        }
        let run = self.run()?;
        match run.two_digits()? {
            None => Ok(Unit::SomeDay(year)),
            Some(_) => Err(run.fault(Reason::Unspecified)),
        }
    }

    fn day(&mut self, year: i32, month: u32) -> Result<Unit, PeriodFault> {
        let run = self.run()?;
        let Some(day) = run.two_digits()? else {
            return Ok(Unit::SomeDayOfMonth(year, month));
        };
        let days = days_in_month(year, month);
        let missing = || run.fault(Reason::Day { day, month, year, days });
        Day::from_ymd(year, month, day).map(Unit::Day).ok_or_else(missing)
    }

    fn doubt(&mut self) -> Doubt {
        let both = self.eat('%');
        let uncertain = both || self.eat('?');
        let approximate = both || (!uncertain && self.eat('~'));
        Doubt { uncertain, approximate }
    }
}

fn year(run: &Run, negative: bool) -> Result<Unit, PeriodFault> {
    let known = run.text.trim_end_matches('X');
    match run.text.len() {
        4 => {}
        0..4 => return Err(run.fault(Reason::YearDigits)),
        _ => return Err(run.fault(Reason::BigYear)),
    }
    let Ok(value) = known.parse::<i32>() else {
        return Err(run.fault(Reason::Unspecified));
    };
    match (known.len(), negative) {
        (4, true) if value == 0 => Err(run.fault(Reason::SignedZero)),
        (4, true) => Ok(Unit::Year(-value)),
        (4, false) => Ok(Unit::Year(value)),
        (3, false) => Ok(Unit::Decade(value)),
        (2, false) => Ok(Unit::Century(value)),
        _ => Err(run.fault(Reason::Unspecified)),
    }
}

impl Run<'_> {
    fn fault(&self, reason: Reason) -> PeriodFault {
        PeriodFault::new(reason, self.at.clone())
    }

    /// The value of two digits; `None` for `XX`.
    fn two_digits(&self) -> Result<Option<u32>, PeriodFault> {
        match (self.text.len(), self.text.parse()) {
            (2, Ok(value)) => Ok(Some(value)),
            (2, Err(_)) if self.text == "XX" => Ok(None),
            (2, Err(_)) => Err(self.fault(Reason::Unspecified)),
            (4, Ok(_)) => Err(self.fault(Reason::HyphenSpan)),
            _ => Err(self.fault(Reason::TwoDigits)),
        }
    }
}
