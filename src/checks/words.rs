//! How findings are worded: numbers, sets, days, points and differences.
//!
//! A message says what must hold, then what was found; differences are signed and in words.

pub mod sets;

use super::Context;
use crate::fact::{FactBase, FactId, Point, PointId, Statement, Status, Time};
use crate::finding::Lang;
use crate::period::{Day, Period};
use crate::quantity::{End, Interval, Number};
use crate::text::sanitise;
use crate::vocabulary::{DimensionId, MeasureKind, MemberId};

/// A number with its digits grouped by a narrow no-break space from five digits on.
#[must_use]
pub fn number(value: &Number) -> String {
    group(&value.to_string())
}

/// A number rounded for reading, to so many decimals; `≈` marks what was cut.
#[must_use]
pub fn rounded(value: &Number, places: u32) -> String {
    let fits = value.decimal_places().is_some_and(|written| written <= places);
    if fits { number(value) } else { format!("≈{}", group(&value.to_fixed(places))) }
}

/// Groups the whole digits of a written number.
fn group(written: &str) -> String {
    let whole: usize = written.chars().take_while(|c| c.is_ascii_digit() || *c == '-').count();
    let digits = written.chars().take(whole).filter(char::is_ascii_digit).count();
    if digits < 5 || written.contains('/') {
        return written.to_owned();
    }
    let mut left = digits;
    let mut grouped = String::with_capacity(written.len() + digits);
    for (index, char) in written.chars().enumerate() {
        grouped.push(char);
        if index < whole && char.is_ascii_digit() {
            left -= 1;
            if left > 0 && left.is_multiple_of(3) {
                grouped.push('\u{202f}');
            }
        }
    }
    grouped
}

/// A set of values in words: `118 or more`. Ends that no short decimal writes are rounded.
#[must_use]
pub fn interval(set: &Interval) -> String {
    sets::interval(set, Lang::En)
}

/// The same without the least that anything of the kind can be: `453 or less`, not `0 to 453`.
#[must_use]
pub fn above_the_least(set: &Interval, domain: &Interval) -> String {
    let is_least = set.lower() == domain.lower() && set.as_point().is_none();
    if is_least { interval(&Interval::new(End::Unbounded, set.upper().clone())) } else { interval(set) }
}

/// A set of day numbers in words.
#[must_use]
pub fn days(set: &Interval) -> String {
    sets::days(set, Lang::En)
}

/// The year or month that has exactly these days.
fn calendar((first, last): (Day, Day)) -> Option<Period> {
    let (year, month, _) = first.ymd();
    let candidates = [Period::year(year), Period::month(year, month)];
    let fits = |period: &Period| period.first() == Some(first) && period.last() == Some(last);
    candidates.into_iter().flatten().find(fits)
}

/// The calendar years of a set of day numbers.
#[must_use]
pub fn years(set: &Interval) -> Interval {
    let year = |end: &End| {
        let day = end.value().and_then(|value| value.floor().to_i64()).and_then(Day::from_number);
        day.map_or(End::Unbounded, |day| End::Closed(Number::from(day.year())))
    };
    Interval::new(year(set.lower()), year(set.upper()))
}

/// How far a set lies outside another, in words: `1 too few`, and `at least 27 000 too many` when
/// what was found is no single value. `None` when the sets meet.
#[must_use]
pub fn difference(found: &Interval, expected: &Interval) -> Option<String> {
    let (gap, word) = if found.is_below(expected) {
        (gap(found.upper(), expected.lower())?, "few")
    } else if expected.is_below(found) {
        (gap(expected.upper(), found.lower())?, "many")
    } else {
        return None;
    };
    let least = if found.as_point().is_some() { "" } else { "at least " };
    Some(if gap.is_zero() {
        format!("just too {word}")
    } else {
        format!("{least}{} too {word}", rounded(&gap, 4))
    })
}

fn gap(upper: &End, lower: &End) -> Option<Number> {
    Some(lower.value()? - upper.value()?)
}

/// How many, with the noun in its number.
#[must_use]
pub fn count(how_many: usize, one: &str, many: &str) -> String {
    if how_many == 1 { format!("1 {one}") } else { format!("{how_many} {many}") }
}

/// Words joined by commas and `and`.
#[must_use]
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// User text in backticks, safe to print.
#[must_use]
pub fn code(text: &str) -> String {
    format!("`{}`", sanitise::excerpt(text, 60))
}

/// What a point is about and when: `police-districts at the end of 2024`.
#[must_use]
pub fn point(context: &Context<'_>, id: PointId) -> String {
    let point = context.base.point(id);
    let name = name(context, point);
    match when(context, id, point) {
        Some(when) => format!("{name} {when}"),
        None => name,
    }
}

/// What a point is about, its time left out: `new-structures[kind=district]`.
#[must_use]
pub fn name(context: &Context<'_>, point: &Point) -> String {
    let vocabulary = &context.base.vocabulary;
    let mut name = String::with_capacity(64);
    if vocabulary.measure(point.measure).entity != Some(point.entity) && vocabulary.entities.len() > 1 {
        name.extend([vocabulary.entities.name(point.entity.0), " "]);
    }
    name.push_str(vocabulary.measures.name(point.measure.0));
    let mut brackets = dimensions(context.base, point);
    if point.status != Status::Actual {
        brackets.push(point.status.name().to_owned());
    }
    if !brackets.is_empty() {
        name.extend(["[", &brackets.join(", "), "]"]);
    }
    if let Some(number) = point.ordinal {
        name.extend([" #", &number.to_string()]);
    }
    name
}

/// The members of a point's dimensions: `kind=district`.
#[must_use]
pub fn dimensions(base: &FactBase, point: &Point) -> Vec<String> {
    let vocabulary = &base.vocabulary;
    let pair = |(dimension, member): &(DimensionId, MemberId)| {
        let members = &vocabulary.dimension(*dimension).members;
        format!("{}={}", vocabulary.dimensions.name(dimension.0), members.name(member.0))
    };
    point.dimensions.iter().map(pair).collect()
}

/// When a point is, in words.
#[must_use]
pub fn when(context: &Context<'_>, id: PointId, point: &Point) -> Option<String> {
    let kind = context.base.vocabulary.measure(point.measure).kind;
    if kind.is_dated() {
        return None;
    }
    let told = context.base.facts_at(id).find_map(|fact| context.base.fact(fact).period);
    let period = match (told, point.time) {
        (_, Time::Undated) => return None,
        (Some(period), _) => period.to_string(),
        (None, Time::At(day)) if Some(day) == Day::from_ymd(day.year(), 12, 31) => day.year().to_string(),
        (None, Time::At(day)) => day.to_string(),
        (None, Time::Over(first, last)) => span(first, last),
    };
    Some(if kind == MeasureKind::Stock { format!("at the end of {period}") } else { format!("in {period}") })
}

fn span(first: Option<Day>, last: Option<Day>) -> String {
    match (first, last) {
        (Some(first), Some(last))
            if first.year() == last.year()
                && Some(first) == Day::from_ymd(first.year(), 1, 1)
                && Some(last) == Day::from_ymd(last.year(), 12, 31) =>
        {
            first.year().to_string()
        }
        (first, last) => {
            let end = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
            format!("{}/{}", end(first), end(last))
        }
    }
}

/// How a claim words its figure: `over 117 (118 or more)`, in the source's words and ours.
#[must_use]
pub fn said(context: &Context<'_>, id: FactId) -> String {
    said_within(context, id, true)
}

/// The same with what a reader takes the words to mean: `over 117 (usually 118 to 119)`.
#[must_use]
pub fn usually_said(context: &Context<'_>, id: FactId) -> String {
    said_within(context, id, false)
}

fn said_within(context: &Context<'_>, id: FactId, strong: bool) -> String {
    let fact = context.base.fact(id);
    match &fact.statement {
        Statement::Value(figures) => {
            let (read, usually) =
                if strong { (&figures.reading.hard, "") } else { (&figures.reading.soft, "usually ") };
            match figures.uncut.hard.as_point() {
                Some(_) => interval(read),
                None => format!("{} ({usually}{})", code(&figures.written), interval(read)),
            }
        }
        Statement::Change(change) => code(&change.written),
        Statement::Share(share) => code(&share.written),
        Statement::Date(dates) => code(&dates.written),
        Statement::State(word) => code(word),
        Statement::Named => "named".into(),
    }
}

/// The id of the source of a claim.
#[must_use]
pub fn source<'a>(context: &Context<'a>, id: FactId) -> &'a str {
    &context.base.source(context.base.fact(id).source).id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn digits_are_grouped_from_five_on() {
        assert_eq!(number(&n("2246")), "2246");
        assert_eq!(number(&n("19722041")), "19\u{202f}722\u{202f}041");
        assert_eq!(number(&n("-12345.25")), "-12\u{202f}345.25");
    }

    #[test]
    fn ends_are_rounded_for_reading() {
        let third = n("1000000").checked_div(&n("3")).unwrap();
        assert_eq!(interval(&Interval::at_least(third)), "≈333\u{202f}333.3333 or more");
        assert_eq!(interval(&Interval::closed(n("1.25"), n("2.0625"))), "1.25 to 2.0625");
        assert_eq!(interval(&Interval::above(n("117"))), "more than 117");
    }

    #[test]
    fn days_are_told_by_the_calendar() {
        let days_of = |text: &str| {
            let period = Period::parse(text).unwrap();
            let number = |day: Option<Day>| Number::from(day.unwrap().number());
            days(&Interval::closed(number(period.first()), number(period.last())))
        };
        for text in ["2024", "2024-02", "2024-02-29"] {
            assert_eq!(days_of(text), text);
        }
        assert_eq!(days_of("2024-02-28/2024-03-01"), "2024-02-28 to 2024-03-01");
        assert_eq!(days_of("2023-01/2024-12"), "2023-01-01 to 2024-12-31");
    }

    #[test]
    fn differences_are_signed_and_in_words() {
        let point = |v: &str| Interval::point(n(v));
        assert_eq!(difference(&point("457"), &point("458")).unwrap(), "1 too few");
        assert_eq!(difference(&point("457"), &Interval::at_least(n("458"))).unwrap(), "1 too few");
        assert_eq!(difference(&Interval::at_most(n("457")), &point("458")).unwrap(), "at least 1 too few");
        assert_eq!(difference(&point("7"), &point("6")).unwrap(), "1 too many");
        assert_eq!(difference(&point("6"), &Interval::at_least(n("6"))), None);
        assert_eq!(difference(&point("6"), &Interval::above(n("6"))).unwrap(), "just too few");
    }
}
