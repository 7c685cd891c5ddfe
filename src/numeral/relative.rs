//! Periods told against the day of writing: "last year", «السنة المقبلة», "cette année"; and the days of the week.

use super::date::Moment;
use super::token::Line;
use super::words::{Sense, Unit};

/// A market is called by its day, and a town by its market.
const MARKETS: &[&str] = &["سوق", "وسوق", "بسوق", "لسوق", "السوق", "souk", "souq"];

/// A relative period that starts at token `at`: when, if that is a year, and its tokens.
pub(super) fn read(line: &Line, at: usize) -> Option<(Option<Moment>, std::ops::Range<usize>)> {
    match line.sense(at) {
        // «سوق السبت» is a town.
        Sense::Weekday if at.checked_sub(1).is_some_and(|before| line.is_word(before, MARKETS)) => None,
        Sense::Weekday => Some((None, at..at + 1 + usize::from(is_told(line, at + 1)))),
        Sense::Time(unit) => after_noun(line, at, unit).or_else(|| demonstrative(line, at, unit)),
        Sense::Relative(years) => match line.sense(at + 1) {
            Sense::Time(_) if is_of(line, at + 2) => None,
            Sense::Time(unit) if !line.is_arabic(at) => Some((moment(unit, years), at..at + 2)),
            Sense::Weekday if !line.is_arabic(at) => Some((None, at..at + 2)),
            _ => None,
        },
        _ => None,
    }
}

/// The "dernier" of "lundi dernier".
fn is_told(line: &Line, at: usize) -> bool {
    matches!(line.sense(at), Sense::Relative(_)) && (!line.is_arabic(at) || line.clitic(at).definite)
}

/// «العام الماضي», "l'année dernière".
fn after_noun(line: &Line, at: usize, unit: Unit) -> Option<(Option<Moment>, std::ops::Range<usize>)> {
    let Sense::Relative(years) = line.sense(at + 1) else { return None };
    // «السنوات الأخيرة» says no period; «الأسبوع الأخير من الموسم» is one of the season.
    let is_vague = line.is_word(at + 1, &["الاخير", "الاخيره", "الماضيه", "المقبله", "القادمه"])
        && is_plural(line, at)
        || line.is_word(at + 1, &["الاخير", "الاخيره"]) && line.is_word(at + 2, &["من"]);
    if is_vague {
        return None;
    }
    let is_definite = |at: usize| !line.is_arabic(at) || line.clitic(at).definite;
    (is_definite(at) && is_definite(at + 1)).then(|| (moment(unit, years), at..at + 2))
}

/// «هذه السنة», «لهذا العام», "cette année".
fn demonstrative(line: &Line, at: usize, unit: Unit) -> Option<(Option<Moment>, std::ops::Range<usize>)> {
    let before = at.checked_sub(1)?;
    line.is_word(before, &["هذا", "هذه", "لهذا", "لهذه", "بهذا", "بهذه", "وهذا", "cette", "cet", "ce"])
        .then(|| (moment(unit, 0), before..at + 1))
}

/// Years and weeks without a number, which say no period.
fn is_plural(line: &Line, at: usize) -> bool {
    let is_one_of = |word: &str| PLURALS.iter().any(|plural| word.ends_with(plural));
    line.folded(at).is_some_and(is_one_of)
}

/// Plurals of time, folded.
const PLURALS: &[&str] = &["سنوات", "اعوام", "اشهر", "شهور", "اسابيع", "عقود"];

/// "the last week of the fair"
fn is_of(line: &Line, at: usize) -> bool {
    line.is_word(at, &["of", "de", "du", "d"])
}

fn moment(unit: Unit, years: i8) -> Option<Moment> {
    (unit == Unit::Year).then(|| Moment::Published(years.into()))
}
