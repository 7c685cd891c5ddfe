//! Reads dates: "6 and 7 December 2023", «من 02 إلى 06 أكتوبر», "du 28 septembre au 3 octobre", `2023-12-06`, "Q3 2024".

use super::super::cardinal;
use super::super::digits;
use super::super::token::Line;
use super::super::words::Sense;
use super::super::year;
use super::{Date, Moment, Part};

/// A moment and the tokens that say it.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Dated {
    pub(in super::super) moment: Moment,
    /// First token.
    pub(in super::super) start: usize,
    /// The token after the last.
    pub(in super::super) end: usize,
}

/// A date in digits alone: `06/12/2023`, `2023-12-06`, `06.12.2023`.
pub(in super::super) fn numeric(line: &Line, at: usize) -> Option<Dated> {
    let (parts, end) = numeric_parts(line, at)?;
    let [first, month, last] = parts;
    let (year, day) = if first > 31 { (first, last) } else { (last, first) };
    // The American order, where only it gives a month.
    let (month, day) = if month > 12 { (day, month) } else { (month, day) };
    let is_date = (1000..=2199).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let date = Date {
        year: i32::try_from(year).ok(),
        part: Part::Month(u8::try_from(month).ok()?),
        day: u8::try_from(day).ok(),
    };
    is_date.then_some(Dated { moment: Moment::on(date), start: at, end })
}

/// Three whole numbers with one mark between them.
fn numeric_parts(line: &Line, at: usize) -> Option<([u32; 3], usize)> {
    let literal = line.literal(at)?;
    if literal.contains('.') {
        let mut parts = literal.split('.').map(whole);
        let three = [parts.next()??, parts.next()??, parts.next()??];
        return parts.next().is_none().then_some((three, at + 1));
    }
    let mark = line.mark(at + 1).filter(|mark| matches!(mark, '/' | '-'))?;
    let is_whole = line.mark(at + 3) == Some(mark) && (at + 1..=at + 4).all(|at| line.is_glued(at));
    let goes_on = line.is_glued(at + 5) && line.mark(at + 5) == Some(mark);
    let parts = [whole(literal)?, whole(line.literal(at + 2)?)?, whole(line.literal(at + 4)?)?];
    (is_whole && !goes_on).then_some((parts, at + 5))
}

/// The number of up to four digits without marks.
fn whole(literal: &str) -> Option<u32> {
    let mut digits = literal.chars().map(|c| digits::digit(c)?.to_digit(10));
    let number = digits.by_ref().take(4).try_fold(0, |number, digit| Some(10 * number + digit?));
    number.filter(|_| !literal.is_empty() && digits.next().is_none())
}

/// A date with the name of a month that starts with token `at`: a day, a month, or the ordinal that names a day.
pub(in super::super) fn day_and_month(line: &Line, at: usize) -> Option<Dated> {
    month_first(line, at).or_else(|| day_first(line, at))
}

/// "October 2019", "October 2-6, 2019", «يناير إلى مارس 2023».
fn month_first(line: &Line, at: usize) -> Option<Dated> {
    let (month, mut end) = month_at(line, at)?;
    let mut first = Date { part: Part::Month(month), ..Date::default() };
    let mut last = None;
    if let Some((day, past)) = day_of_english(line, at, end) {
        first.day = Some(day);
        end = past;
        if let Some((day, past)) = joint(line, end).and_then(|start| day_of_english(line, at, start)) {
            last = Some(Date { day: Some(day), ..first });
            end = past;
        }
    } else if let Some((month, past)) = joint(line, end).and_then(|start| month_at(line, start)) {
        last = Some(Date { part: Part::Month(month), ..first });
        end = past;
    }
    let (year, end) = with_year(line, end);
    let start = opening_day(line, at, &mut first);
    Some(Dated { moment: spanning(first, last, year), start, end })
}

/// «فاتح ماي» and «غرة ماي» are the first of May.
fn opening_day(line: &Line, at: usize, first: &mut Date) -> usize {
    // «الفاتح من نونبر»
    let past = at - usize::from(at > 1 && line.is_word(at - 1, &["من"]));
    let names = ["فاتح", "وفاتح", "الفاتح", "والفاتح", "غره", "وغره"];
    let opening = past.checked_sub(1).filter(|before| line.is_word(*before, &names));
    if opening.is_some() {
        first.day = Some(1);
    }
    opening.unwrap_or(at)
}

/// A day after an English month; a year is none, and "May 5 people" is left alone by the two digits at most.
fn day_of_english(line: &Line, month: usize, at: usize) -> Option<(u8, usize)> {
    if line.is_arabic(month) || cardinal::is_french(line) { None } else { day_at(line, at) }
}

/// "6 December 2023", "6 and 7 December", "28 September to 3 October".
fn day_first(line: &Line, at: usize) -> Option<Dated> {
    let (day, end) = day_at(line, at)?;
    let Some((month, end)) = month_after_day(line, end) else { return days_of_month(line, at, day, end) };
    let (year, end) = with_year(line, end);
    let first = Date { year, part: Part::Month(month), day: Some(day) };
    let Some(last) = later_day(line, at, end) else {
        return Some(Dated { moment: Moment::on(first), start: at, end });
    };
    let (year, end) = with_year(line, last.end);
    let moment =
        spanning(first, Some(Date { part: Part::Month(last.month), day: Some(last.day), year }), year);
    Some(Dated { moment, start: at, end })
}

/// The days of one month: "6 and 7 December", «5 و6 و7 ماي», "2-6 October".
fn days_of_month(line: &Line, at: usize, first: u8, mut end: usize) -> Option<Dated> {
    for _ in 0..LONGEST_LIST {
        let (day, past) = joint(line, end).and_then(|start| day_at(line, start))?;
        end = past;
        if let Some((month, past)) = month_after_day(line, end) {
            let (year, end) = with_year(line, past);
            let on = |day| Date { year, part: Part::Month(month), day: Some(day) };
            return Some(Dated { moment: spanning(on(first), Some(on(day)), year), start: at, end });
        }
    }
    None
}

/// The most days that one month is given.
const LONGEST_LIST: usize = 8;

/// A day with its month at the end of a span.
struct LaterDay {
    day: u8,
    month: u8,
    end: usize,
}

/// The end of a span that goes on at token `end`; "3 May and 4 June" are two dates, unless "between" makes them one.
fn later_day(line: &Line, at: usize, end: usize) -> Option<LaterDay> {
    let is_between = at.checked_sub(1).is_some_and(|before| {
        let before = before - usize::from(before > 0 && line.is_word(before, &["the", "le"]));
        line.is_word(before, &["between", "entre", "بين"])
    });
    let is_and = line.sense(end) == Sense::And || line.clitic(end).and;
    let (day, past) =
        joint(line, end).filter(|_| is_between || !is_and).and_then(|start| day_at(line, start))?;
    let (month, end) = month_after_day(line, past)?;
    Some(LaterDay { day, month, end })
}

/// A span, or a single date, in a year that stands behind it.
fn spanning(first: Date, last: Option<Date>, year: Option<i32>) -> Moment {
    let first = Date { year: first.year.or(year), ..first };
    Moment::Calendar { first, last: last.map(|last| Date { year, ..last }) }
}

/// The day at `at` and the token after it: "6", "06", "1er", "3rd", "premier", «السادس».
fn day_at(line: &Line, at: usize) -> Option<(u8, usize)> {
    if let Sense::Ordinal(day @ 1..=20) = line.sense(at) {
        // A day is masculine: «الجولة الثالثة إلى 18 أيار» is a round that was moved.
        let is_feminine = line.word(at).is_some_and(|word| word.ends_with('ة'));
        return (!is_feminine).then_some((day, at + 1));
    }
    let day = whole(line.literal(at)?)
        .and_then(|day| u8::try_from(day).ok())
        .filter(|day| (1..=31).contains(day))?;
    let has_suffix = line.is_glued(at + 1) && line.is_word(at + 1, &["er", "st", "nd", "rd", "th"]);
    Some((day, at + 1 + usize::from(has_suffix)))
}

/// Where the second part of a span starts: after "to", "and", a dash.
fn joint(line: &Line, at: usize) -> Option<usize> {
    let is_word = line.is_word(
        at,
        &["to", "and", "until", "till", "through", "au", "a", "et", "jusqu", "الي", "حتي", "و", "غايه"],
    );
    let is_dash = matches!(line.mark(at), Some('-' | '–' | '—' | '/' | '&'));
    match () {
        () if is_word || is_dash => {
            let start = at + 1 + usize::from(line.is_word(at + 1, &["au", "the", "le", "غايه"]));
            Some(start + usize::from(line.sense(start) == Sense::Weekday))
        }
        () if line.clitic(at).and => Some(at),
        () => None,
    }
}

/// The month after a day, past "of", «من», «من شهر».
fn month_after_day(line: &Line, at: usize) -> Option<(u8, usize)> {
    let mut month = at;
    for _ in 0..2 {
        month += usize::from(line.is_word(month, &["of", "من", "شهر"]));
    }
    month_at(line, month)
}

/// The month that is named at `at`, and the token after it; «أيار/مايو» names it twice.
pub(in super::super) fn month_at(line: &Line, at: usize) -> Option<(u8, usize)> {
    let (month, end) = month_named(line, at)?;
    let again = if line.mark(end) == Some('/') { month_named(line, end + 1) } else { None };
    Some((month, again.filter(|(other, _)| *other == month).map_or(end, |(_, end)| end)))
}

fn month_named(line: &Line, at: usize) -> Option<(u8, usize)> {
    let (month, is_latin) = match line.sense(at) {
        Sense::Month(month) | Sense::MaybeMonth(month) if !line.clitic(at).definite => {
            (month, !line.is_arabic(at))
        }
        _ => return levantine_month(line, at),
    };
    // "may" and "march" are verbs, "May" and "March" are months. French writes its months small.
    let is_name = !is_latin
        || cardinal::is_french(line)
        || line.word(at).is_some_and(|word| word.starts_with(char::is_uppercase));
    let abbreviates = line.mark(at + 1) == Some('.')
        && line.is_glued(at + 1)
        && line.literal(at + 2).is_some()
        && line.word(at).is_some_and(|word| word.len() <= 4);
    is_name.then_some((month, at + 1 + usize::from(abbreviates)))
}

/// «كانون الثاني» and the other months of two words.
fn levantine_month(line: &Line, at: usize) -> Option<(u8, usize)> {
    let is_first = matches!(line.sense(at + 1), Sense::Ordinal(1));
    let is_second = matches!(line.sense(at + 1), Sense::Ordinal(2));
    let month = match () {
        () if !(is_first || is_second) || !line.clitic(at + 1).definite => return None,
        () if line.is_word(at, &["تشرين", "وتشرين", "بتشرين"]) => 10 + u8::from(is_second),
        () if line.is_word(at, &["كانون", "وكانون", "بكانون"]) => {
            if is_first {
                12
            } else {
                1
            }
        }
        () => return None,
    };
    Some((month, at + 2))
}

/// The year that may follow a month, and the token after the date.
fn with_year(line: &Line, end: usize) -> (Option<i32>, usize) {
    let mut at = end + usize::from(matches!(line.mark(end), Some(',' | '،' | '/')));
    for _ in 0..2 {
        at += usize::from(line.is_word(at, &["من", "سنه", "عام", "العام", "of", "de", "in", "l", "annee"]));
    }
    match year_at(line, at) {
        Some(year) if !line.clitic(at).and && year::short_season(line, at).is_none() => (Some(year), at + 1),
        _ => (None, end),
    }
}

/// The year written at `at`: four digits without a mark.
pub(in super::super) fn year_at(line: &Line, at: usize) -> Option<i32> {
    let year = line.literal(at).filter(|literal| literal.chars().take(5).count() == 4).and_then(whole)?;
    i32::try_from(year).ok().filter(|year| (1000..=2199).contains(year))
}

/// A quarter or a half of a year: "the first quarter of 2024", «الربع الأول من سنة 2024», "Q3 2024".
pub(in super::super) fn quarter(line: &Line, at: usize) -> Option<Dated> {
    let (part, start, end) = short_quarter(line, at).or_else(|| named_quarter(line, at))?;
    let (year, end_of_year) = with_year(line, end);
    let is_sure = matches!(part, Part::Quarter(_)) || year.is_some() || in_year(line, end);
    is_sure.then_some(Dated { moment: Moment::on(Date { year, part, day: None }), start, end: end_of_year })
}

/// "of the year", «من السنة».
fn in_year(line: &Line, at: usize) -> bool {
    (at..at + 4).any(|at| matches!(line.sense(at), Sense::Time(_))) && line.is_word(at, &["of", "de", "من"])
}

/// `Q3`, `T3`, `H1` before a year.
fn short_quarter(line: &Line, at: usize) -> Option<(Part, usize, usize)> {
    let letter = at.checked_sub(1).filter(|_| line.is_glued(at))?;
    let name = line.word(letter).filter(|name| name.len() == 1)?;
    let number = u8::try_from(whole(line.literal(at)?)?).ok()?;
    let part = match name {
        "Q" | "T" if (1..=4).contains(&number) => Part::Quarter(number),
        "H" | "S" if (1..=2).contains(&number) => Part::Half(number),
        _ => return None,
    };
    year_at(line, at + 1).is_some().then_some((part, letter, at + 1))
}

fn named_quarter(line: &Line, at: usize) -> Option<(Part, usize, usize)> {
    let Sense::Ordinal(number @ 1..=4) = line.sense(at) else { return None };
    let is_half = number <= 2;
    let before = at.checked_sub(1)?;
    match () {
        () if line.is_word(before, &["الربع", "بالربع", "للربع", "والربع"]) => {
            Some((Part::Quarter(number), before, at + 1))
        }
        () if is_half && line.is_word(before, &["النصف", "بالنصف", "الاسدس", "والنصف"]) => {
            Some((Part::Half(number), before, at + 1))
        }
        () if line.is_word(at + 1, &["quarter", "trimestre"]) => Some((Part::Quarter(number), at, at + 2)),
        () if is_half && line.is_word(at + 1, &["half", "semestre"]) => {
            Some((Part::Half(number), at, at + 2))
        }
        () => None,
    }
}
