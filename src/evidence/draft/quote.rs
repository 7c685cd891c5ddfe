//! The words around a figure: a quote that finds it again, and what they say of it.

use std::ops::Range;

use super::one_line;
use crate::evidence::normalise::Normalised;
use crate::evidence::passage::{Search, find};
use crate::fact::TextQuoteSelector;
use crate::numeral::{Class, Mention};

/// As many words follow a quantity.
const BEHIND: usize = 4;
/// As many words stand before another figure.
const BEFORE: usize = 4;
/// As many words before the quote are tried as `near`.
const MOST_NEAR: usize = 8;
/// What ends a phrase.
const STOPS: [char; 12] = ['.', ',', '،', '؛', ';', ':', '!', '?', '؟', '(', ')', '\n'];

/// The figure with its hedge and a few words, and `near` where that stands in the text more than once.
pub(super) fn select(
    text: &str,
    normal: &Normalised,
    mention: &Mention,
    found: &[Mention],
) -> TextQuoteSelector {
    let figure =
        mention.with_hedge.start.min(mention.bytes.start)..mention.with_hedge.end.max(mention.bytes.end);
    // What is counted stands behind a quantity, and mostly before everything else.
    let is_counted = mention.class == Class::Quantity && phrase_end(text, figure.end, BEHIND) > figure.end;
    let noun = mention.noun.as_deref().filter(|_| mention.class == Class::Ordinal);
    let is_numbered =
        noun.is_some_and(|noun| text.get(figure.end..).unwrap_or("").trim_start().starts_with(noun));
    let has_noun = is_counted || is_numbered;
    let (before, behind) = if has_noun { (0, BEHIND) } else { (BEFORE, 0) };
    let quote = phrase_start(text, figure.start, before)..phrase_end(text, figure.end, behind);
    let quote = uncut(text, quote, &figure, found);
    let exact = one_line(text.get(quote.clone()).unwrap_or(""));
    let alone = TextQuoteSelector { exact, ..TextQuoteSelector::default() };
    if matches!(find(normal, &alone), Search::Found(_)) {
        return alone;
    }
    let before = text.get(..quote.start).unwrap_or("").trim_end();
    let near = (2..=MOST_NEAR).filter_map(|count| last_words(before, count));
    let tried = near.map(|near| TextQuoteSelector { near: Some(near), ..alone.clone() });
    let is_here = |selector: &TextQuoteSelector| match find(normal, selector) {
        Search::Found(passage) => passage.touches(&mention.bytes),
        _ => false,
    };
    tried.into_iter().find(is_here).unwrap_or(alone)
}

/// A few words back, or the start of the phrase.
fn phrase_start(text: &str, from: usize, words: usize) -> usize {
    let before = text.get(..from).unwrap_or("");
    let mut start = from;
    let mut at = from;
    for word in before.split_inclusive(char::is_whitespace).rev().take(words + 1) {
        at -= word.len();
        // The word that touches the figure is a particle («الـ»), and no word of its own.
        if word.trim_end().ends_with(STOPS) {
            break;
        }
        start = at;
    }
    if words == 0 { from } else { start }
}

/// A few words on, or the end of the phrase.
fn phrase_end(text: &str, from: usize, words: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    let mut end = from;
    let mut at = from;
    for word in rest.split_inclusive(char::is_whitespace).take(words + 1) {
        let stop = word.find(STOPS);
        let kept = word.get(..stop.unwrap_or(word.len())).unwrap_or("").trim_end();
        if !kept.is_empty() {
            end = at + kept.len();
        }
        at += word.len();
        if stop.is_some() || word.ends_with('\n') {
            break;
        }
    }
    end
}

/// A quote without the part of another figure at its ends: of "120 and 45,250 maps" nobody wants "120 and 45".
fn uncut(text: &str, quote: Range<usize>, figure: &Range<usize>, found: &[Mention]) -> Range<usize> {
    let cut = |at: usize| found.iter().find(|other| other.bytes.start < at && at < other.bytes.end);
    let start = cut(quote.start).map_or(quote.start, |other| {
        let words = text.get(other.bytes.end..figure.start).unwrap_or("");
        figure.start - words.trim_start().len()
    });
    let end = cut(quote.end).map_or(quote.end, |other| {
        let words = text.get(figure.end..other.bytes.start).unwrap_or("");
        figure.end + words.trim_end().len()
    });
    start..end
}

/// As many words stand between a figure and the year that is told of it.
const BETWEEN: usize = 4;
/// Words before a year that is told of the figure before it.
const WITHIN: [&str; 10] = ["in", "during", "en", "fin", "courant", "l'année", "سنة", "عام", "خلال", "في"];
/// Words before a year that a figure is compared with.
const APART: [&str; 9] = ["than", "from", "since", "qu'en", "depuis", "عن", "مقارنة", "مقابل", "منذ"];

/// Whether the year behind a figure says of when it is: "345 loans in 2023".
pub(super) fn is_year_of(text: &str, figure: &Mention, year: &Mention) -> bool {
    let between = text.get(figure.bytes.end..year.bytes.start).unwrap_or("");
    let words: Vec<&str> = between.split_whitespace().collect();
    let is_told = is_deadline(text, year) || words.last().is_some_and(|last| WITHIN.contains(last));
    is_told
        && words.len() <= BETWEEN
        && !between.contains(STOPS)
        && !words.iter().any(|word| APART.contains(word))
}

/// The last words of a text, on one line; `None` when there are not so many.
fn last_words(text: &str, count: usize) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().rev().take(count).collect();
    (words.len() == count).then(|| words.into_iter().rev().collect::<Vec<_>>().join(" "))
}

/// The words before and behind a figure that may say what it counts.
pub(super) fn surroundings(text: &str, mention: &Mention) -> String {
    const REACH: usize = 120;
    let start = text.ceil_char_boundary(mention.bytes.start.saturating_sub(REACH));
    let end = text.floor_char_boundary(mention.bytes.end.saturating_add(REACH));
    let before = text.get(start..mention.bytes.start).unwrap_or("");
    let before = before.rsplit(['\n', '.']).next().unwrap_or(before);
    let behind = text.get(mention.bytes.end..end).unwrap_or("");
    let behind = behind.split(['\n', '،', ',', '.']).next().unwrap_or(behind);
    format!("{before} {behind}")
}

const UP: [&str; 12] = [
    "بزيادة",
    "بارتفاع",
    "ارتفاع",
    "زيادة",
    "hausse",
    "augmentation",
    "progression",
    "rose",
    "rise",
    "increase",
    "up",
    "grew",
];
const DOWN: [&str; 9] =
    ["بانخفاض", "انخفاض", "بتراجع", "تراجع", "baisse", "recul", "fell", "decrease", "down"];

/// Words behind a percentage that make it a change: "8.8% more than in 2023".
const MORE: [&str; 4] = ["more than", "higher than", "de plus", "أكثر من"];
const LESS: [&str; 5] = ["less than", "fewer than", "lower than", "de moins", "أقل من"];

/// Whether the words just before or behind a percentage make it a change.
pub(super) fn direction(text: &str, mention: &Mention) -> Option<&'static str> {
    if let Some((direction, _)) = compared(text.get(mention.bytes.end..)?) {
        return Some(direction);
    }
    let before = text.get(..mention.with_hedge.start)?;
    let words: Vec<&str> = before.split_whitespace().rev().take(4).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    match (has(&UP), has(&DOWN)) {
        (true, false) => Some("up"),
        (false, true) => Some("down"),
        _ => None,
    }
}

const DEADLINES: [&str; 9] = ["بحلول", "أفق", "غاية", "قبل", "by", "before", "until", "d'ici", "d’ici"];

/// Whether a date is one by which something is to be done: it governs no figure.
pub(super) fn is_deadline(text: &str, mention: &Mention) -> bool {
    let before = text.get(..mention.bytes.start).unwrap_or("");
    let mut words = before.split_whitespace().rev().take(2).map(str::to_lowercase);
    words.any(|word| DEADLINES.contains(&word.as_str()))
}

/// The direction with which words begin that compare, and what is behind it.
fn compared(words: &str) -> Option<(&'static str, &str)> {
    let words = words.trim_start_matches([' ', '\u{A0}']);
    let rest = |list: &[&str]| {
        let mut rests = list.iter().filter_map(|word| words.strip_prefix(word));
        rests.find(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    rest(&MORE).map(|rest| ("up", rest)).or_else(|| rest(&LESS).map(|rest| ("down", rest)))
}

/// Words between a change and the year that it is told from.
const FROM: [&str; 20] = [
    "from",
    "on",
    "over",
    "since",
    "in",
    "than",
    "than in",
    "compared to",
    "compared with",
    "qu'en",
    "qu’en",
    "سنة",
    "par rapport à",
    "par rapport à l'année",
    "depuis",
    "مقارنة بسنة",
    "مقارنة مع سنة",
    "مقارنة بعام",
    "مقارنة مع عام",
    "عن سنة",
];

/// Whether the words between a percentage and a year make the year its base.
pub(super) fn is_from(between: &str) -> bool {
    let from = compared(between).map_or(between, |(_, from)| from);
    FROM.contains(&one_line(from).as_str())
}

/// A quote that goes on to a date behind it, where that finds one place.
pub(super) fn up_to(
    text: &str,
    normal: &Normalised,
    quote: TextQuoteSelector,
    date: &Mention,
) -> TextQuoteSelector {
    let there = one_line(text.get(date.bytes.clone()).unwrap_or(""));
    let longer = TextQuoteSelector { exact: format!("{} … {there}", quote.exact), ..quote.clone() };
    let holds = |passage: &crate::evidence::passage::Passage| passage.touches(&date.bytes);
    match find(normal, &longer) {
        Search::Found(passage) if holds(&passage) => longer,
        _ => quote,
    }
}

/// The range of a sentence's rest: up to a full stop with white space behind it, or the end of the line.
pub(super) fn sentence_rest(text: &str, from: usize) -> Range<usize> {
    let rest = text.get(from..).unwrap_or("");
    let stop = rest.char_indices().find(|(at, char)| {
        let next = rest.get(at + char.len_utf8()..).and_then(|rest| rest.chars().next());
        *char == '\n' || *char == '.' && next.is_none_or(char::is_whitespace)
    });
    from..stop.map_or(text.len(), |(at, _)| from + at)
}
