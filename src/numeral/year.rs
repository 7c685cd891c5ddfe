//! Years: which four digits are one.

use std::ops::Range;

use super::amount;
use super::date::{self, Date, Moment, Part};
use super::hedges;
use super::list::{Words, word_list};
use super::noun;
use super::token::Line;
use super::words::Sense;
use crate::quantity::{Hedge, Number};

/// A year, two years, or a decade.
#[derive(Clone, Debug)]
pub(super) struct Year {
    /// When; `None` for a year that was cut off.
    pub(super) moment: Option<Moment>,
    /// The number that was written, when it is one.
    pub(super) written: Option<Number>,
    pub(super) tokens: Range<usize>,
}

/// Words before a year, folded.
const CUES: &Words = word_list!(
    "سنه عام السنه العام لسنه لعام بسنه سنتي عامي سنوات اعوام وسنه وعام مونديال الموسم موسم منذ \
     بحلول في خلال لموسم \
     in since until till by during year before after from to of mid early late season expo vision \
     agenda horizon en depuis avant apres annee annees fin debut ici courant exercice an mondial \
     cup coupe",
);

/// Words before a number of things, where a year could stand too.
const COUNTS: &Words = word_list!("مجموعه عددهم عددها عدده بلغ بلغت total reached");

/// Words before a bound that make it one of time: "since at least 2019", "in about 1900".
const SINCE: &Words = word_list!(
    "منذ ومنذ في وفي غايه بحلول خلال حتي \
     since until till in during depuis en des jusqu jusque",
);

/// First words of a bound that time has too: "up to 2024", «حتى 2030», "only 2019".
const OF_TIME: &Words = word_list!(
    "up around circa just only above over jusqu autour aux seulement \
     حتي وحتي نحو ونحو في وفي بحدود فوق دون تحت فقط \
     below under",
);

/// A year that starts with the literal at `at`.
pub(super) fn read(line: &Line, at: usize) -> Option<Year> {
    pair(line, at).or_else(|| decade(line, at)).or_else(|| single(line, at)).or_else(|| cut_off(line, at))
}

/// "2022-2026", "2023/2024", "2023/24".
fn pair(line: &Line, at: usize) -> Option<Year> {
    let first = date::year_at(line, at)?;
    let last = if is_pair(line, at) { date::year_at(line, at + 2)? } else { short_season(line, at)? };
    let on = |year| Date { year: Some(year), ..Date::default() };
    let moment = Moment::Calendar { first: on(first), last: Some(on(last)) };
    Some(Year { moment: Some(moment), written: None, tokens: at..at + 3 })
}

/// Two years with a dash or a slash between them: `2022-2026`; `2023/24` is none.
pub(super) fn is_pair(line: &Line, at: usize) -> bool {
    let is_joint = matches!(line.mark(at + 1), Some('-' | '–' | '—' | '/'));
    is_joint
        && date::year_at(line, at).zip(date::year_at(line, at + 2)).is_some_and(|(first, last)| first < last)
}

/// The year that ends a season or a plan told short: `2023/24`, `2019-24`.
pub(super) fn short_season(line: &Line, at: usize) -> Option<i32> {
    let first = date::year_at(line, at)?;
    let is_joint = matches!(line.mark(at + 1), Some('/' | '-' | '–'))
        && line.is_glued(at + 1)
        && line.is_glued(at + 2)
        && !(line.is_glued(at + 3) && matches!(line.mark(at + 3), Some('/' | '-')));
    let last = line.literal(at + 2).filter(|last| last.len() == 2).and_then(|last| last.parse::<i32>().ok());
    // `2009-10` may be a month.
    let is_month = line.mark(at + 1) != Some('/') && last.is_some_and(|last| last <= 12);
    let last = first - first % 100 + last?;
    let turns = first % 100 == 99 && last % 100 == 0;
    let is_later = last > first && (last == first + 1 || line.mark(at + 1) != Some('/'));
    (is_joint && !is_month && (is_later || turns)).then_some(if turns { first + 1 } else { last })
}

/// "the 1990s", "the '80s", "les années 1990", "les années 80".
fn decade(line: &Line, at: usize) -> Option<Year> {
    let ends_in_s = line.is_glued(at + 1) && line.is_word(at + 1, &["s"]);
    let before = at.checked_sub(1)?;
    let is_plural = line.is_word(before, &["annees"]);
    let opens = line.is_word(before, &["the", "mid", "early", "late"])
        || matches!(line.mark(before), Some('\'' | '’' | '‘' | '-'));
    let short = || {
        let decade = line.literal(at)?.parse::<i32>().ok().filter(|decade| (30..=90).contains(decade))?;
        (is_plural || ends_in_s && opens).then_some(1900 + decade)
    };
    let year = date::year_at(line, at).filter(|_| ends_in_s || is_plural).or_else(short)?;
    (year % 10 == 0).then(|| decade_of(year, at..at + 1 + usize::from(ends_in_s)))
}

/// «التسعينيات», "the nineties": a decade of the last century.
pub(super) fn decade_in_words(line: &Line, at: usize) -> Option<Year> {
    let Sense::Decade(decade) = line.sense(at) else { return None };
    let is_age = (at + 1..at + 3).any(|at| line.is_word(at, &["عمره", "عمرها", "عمرهم", "العمر", "عمر"]));
    let is_owned = at.checked_sub(1).is_some_and(|before| line.is_word(before, &["his", "her", "their"]));
    (!is_age && !is_owned).then(|| decade_of(1900 + i32::from(decade), at..at + 1))
}

fn decade_of(year: i32, tokens: Range<usize>) -> Year {
    let moment = Moment::on(Date { year: Some(year), part: Part::Decade, day: None });
    Year { moment: Some(moment), written: Some(Number::from(year)), tokens }
}

fn single(line: &Line, at: usize) -> Option<Year> {
    let year = date::year_at(line, at)?;
    let before = at.checked_sub(1);
    let is_cued =
        before.is_some_and(|before| line.is_word(before, CUES) || date::month_at(line, before).is_some());
    let is_likely = (1900..=2099).contains(&year) || is_hijri(line, at, year);
    let is_counted = amount::percent(line, at + 1).is_some()
        || line.clitic(at).definite && line.word(at + 1).is_some()
        || is_counted(line, at, is_cued);
    let moment = if is_hijri(line, at, year) { None } else { Some(Moment::year(year)) };
    (is_likely && !is_counted || is_named(line, at)).then(|| Year {
        moment,
        written: Some(Number::from(year)),
        tokens: at..at + 1,
    })
}

/// «سنة 1956», "année 1850": the noun leaves no doubt.
fn is_named(line: &Line, at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|before| matches!(line.sense(before), Sense::Time(super::words::Unit::Year)))
}

/// Years of the Islamic calendar: «1445 هـ».
fn is_hijri(line: &Line, at: usize, year: i32) -> bool {
    (1300..=1600).contains(&year) && line.is_word(at + 1, &["ه", "هجريه", "هجري"])
}

/// Whether four digits count something rather than name a year.
fn is_counted(line: &Line, at: usize, is_cued: bool) -> bool {
    let counts = noun::is_counted(line, at + 1);
    let has_scale =
        matches!(line.sense(at + 1), Sense::Scale(_) | Sense::ScalePlural(_)) && !line.clitic(at + 1).and;
    let follows_count = at.checked_sub(1).is_some_and(|before| line.is_word(before, COUNTS));
    let is_of_year = is_named(line, at + 2) && date::year_at(line, at + 2).is_some();
    has_scale || is_of_year || follows_count || is_bounded(line, at, counts) || counts && !is_cued
}

/// Whether the words around four digits bound a number of things: "at most 2000", «2000 على الأقل».
///
/// Some of them bound a time as well; then only a noun that is counted tells, or a round number.
fn is_bounded(line: &Line, at: usize, counts: bool) -> bool {
    let before = hedges::before(line, at, 0).filter(|(hedge, _)| *hedge != Hedge::Between);
    let Some((hedge, start)) = before.or_else(|| hedges::after(line, at + 1).map(|(hedge, _)| (hedge, at)))
    else {
        return false;
    };
    let follows_time = start.checked_sub(1).is_some_and(|cue| {
        line.is_word(cue, SINCE) || is_named(line, start) || date::year_at(line, cue).is_some()
    });
    let is_compared = matches!(hedge, Hedge::MoreThan | Hedge::LessThan | Hedge::Nearly);
    let is_alone = line.word(at + 1).is_none() || start == at;
    let is_time = follows_time && is_alone && !is_compared;
    let is_ambiguous = start < at && line.is_word(start, OF_TIME);
    let is_round = line.literal(at).is_some_and(|digits| digits.ends_with("00"));
    counts || !is_time && (!is_ambiguous || is_round)
}

/// «سنة 20» at the end of a text that was cut.
fn cut_off(line: &Line, at: usize) -> Option<Year> {
    let is_start = line
        .literal(at)
        .is_some_and(|literal| matches!(literal, "1" | "2" | "19" | "20" | "199" | "200" | "201" | "202"));
    let is_last = at + 1 == line.len();
    (is_start && is_last && is_named(line, at)).then(|| Year {
        moment: None,
        written: line.literal(at).and_then(Number::parse),
        tokens: at..at + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Class, find};

    fn classes(text: &str) -> Vec<Class> {
        find(text).into_iter().map(|mention| mention.class).collect()
    }

    #[test]
    fn a_bound_makes_four_digits_a_quantity() {
        for text in [
            "at most 2000",
            "no more than 1999",
            "more than 2000 came",
            "exactly 2010 were sold",
            "about 2050 were sold",
            "up to 2024 trees",
            "up to 2000",
            "rose by more than 2000.",
            "2000 at most",
            "au plus 2000",
            "au moins 1950",
            "2024 au maximum",
            "على الأكثر 2000",
            "2000 على الأكثر",
            "ما لا يقل عن 1950",
            "لا يزيد عن 2005",
        ] {
            assert_eq!(classes(text), [Class::Quantity], "{text}");
        }
    }

    #[test]
    fn a_bound_of_time_leaves_a_year() {
        for text in [
            "since 2019",
            "before 2024",
            "since at least 2019",
            "until 2030 at least",
            "in about 1900, nobody",
            "up to 2019",
            "only 2019 was worse",
            "après 2019",
            "depuis au moins 2010",
            "jusqu'en 2030",
            "en 2010 environ",
            "حتى 2030",
            "منذ 2019 على الأقل",
            "سنة 2010 تقريبا",
            "قبل 2024",
        ] {
            assert_eq!(classes(text), [Class::Year], "{text}");
        }
        assert_eq!(classes("من 1990 حتى 2000"), [Class::Year, Class::Year]);
    }
}
