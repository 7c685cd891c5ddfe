//! Sets of values in words, in the three languages.

use super::{calendar, number, rounded};
use crate::finding::Lang;
use crate::period::Day;
use crate::quantity::{End, Interval, Number};

/// A set of values: `118 or more`. Ends that no short decimal writes are rounded.
#[must_use]
pub fn interval(set: &Interval, lang: Lang) -> String {
    /// Decimals that a reader can use.
    const PLACES: u32 = 4;
    let n = |value: &Number| rounded(value, PLACES);
    if set.is_empty() {
        return pick(lang, "nothing", "rien", "لا شيء").into();
    }
    if let Some(value) = set.as_point() {
        return n(value);
    }
    match (set.lower(), set.upper()) {
        (End::Unbounded, End::Unbounded) => {
            pick(lang, "any number", "n'importe quel nombre", "أي عدد").into()
        }
        (End::Closed(low), End::Unbounded) => {
            format!("{} {}", n(low), pick(lang, "or more", "ou plus", "أو أكثر"))
        }
        (End::Unbounded, End::Closed(high)) => {
            format!("{} {}", n(high), pick(lang, "or less", "ou moins", "أو أقل"))
        }
        (low, End::Unbounded) => from(low, lang),
        (End::Unbounded, high) => to(high, lang),
        (End::Closed(low), End::Closed(high)) => between(&n(low), &n(high), lang),
        (low, high) => format!("{}{}{}", from(low, lang), pick(lang, ", ", ", ", "، "), to(high, lang)),
    }
}

/// `more than 117`, `at least 117`
fn from(end: &End, lang: Lang) -> String {
    let word = if end.is_closed() {
        pick(lang, "at least", "au moins", "على الأقل")
    } else {
        pick(lang, "more than", "plus de", "أكثر من")
    };
    format!("{word} {}", end.value().map_or(String::new(), |value| rounded(value, 4)))
}

/// `less than 117`, `at most 117`
fn to(end: &End, lang: Lang) -> String {
    let word = if end.is_closed() {
        pick(lang, "at most", "au plus", "على الأكثر")
    } else {
        pick(lang, "less than", "moins de", "أقل من")
    };
    format!("{word} {}", end.value().map_or(String::new(), |value| rounded(value, 4)))
}

fn between(low: &str, high: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{low} to {high}"),
        Lang::Fr => format!("{low} à {high}"),
        Lang::Ar => format!("من {low} إلى {high}"),
    }
}

/// A set of day numbers: `2024-06-01 or later`.
#[must_use]
pub fn days(set: &Interval, lang: Lang) -> String {
    let on = |value: &Number| value.floor().to_i64().and_then(Day::from_number);
    let day = |value: &Number| on(value).map_or_else(|| number(value), |day| day.to_string());
    if set.is_empty() {
        return pick(lang, "no day", "aucun jour", "لا يوم").into();
    }
    if let Some(value) = set.as_point() {
        return day(value);
    }
    match (set.lower().value(), set.upper().value()) {
        (None, None) => pick(lang, "any day", "n'importe quel jour", "أي يوم").into(),
        (Some(low), None) => format!("{} {}", day(low), pick(lang, "or later", "ou plus tard", "أو بعده")),
        (None, Some(high)) => {
            format!("{} {}", day(high), pick(lang, "or earlier", "ou plus tôt", "أو قبله"))
        }
        (Some(low), Some(high)) => match on(low).zip(on(high)).and_then(calendar) {
            Some(period) => period.to_string(),
            None => between(&day(low), &day(high), lang),
        },
    }
}

/// What is certain and what a reader takes it to mean: `118 or more, usually 118 to 119`.
#[must_use]
pub fn usually(certain: &str, expected: &str, lang: Lang) -> String {
    format!("{certain}{}{expected}", pick(lang, ", usually ", ", en général ", "، عادة "))
}

const fn pick(lang: Lang, en: &'static str, fr: &'static str, ar: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Fr => fr,
        Lang::Ar => ar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_told_in_each_language() {
        let five = Number::from(5);
        let told = |set: &Interval| [Lang::En, Lang::Fr, Lang::Ar].map(|lang| interval(set, lang));
        assert_eq!(told(&Interval::at_least(five.clone())), ["5 or more", "5 ou plus", "5 أو أكثر"]);
        assert_eq!(told(&Interval::above(five.clone())), ["more than 5", "plus de 5", "أكثر من 5"]);
        assert_eq!(told(&Interval::closed(Number::ONE, five.clone())), ["1 to 5", "1 à 5", "من 1 إلى 5"]);
        let mixed = Interval::new(End::Open(Number::ONE), End::Closed(five));
        assert_eq!(interval(&mixed, Lang::Fr), "plus de 1, au plus 5");
    }
}
