//! Enumerations: the things that a sentence counts and then names.

use super::quote::sentence_rest;
use super::{clean, one_line};
use crate::numeral::{Class, Convention, Counted, Mention, Phrase, mentions, read_phrase};
use crate::quantity::Number;
use crate::text::yaml;

/// The things that a figure counts, as the sentence names them.
pub(super) struct Listed<'t> {
    /// `parts` or `among`.
    pub(super) kind: &'static str,
    /// The word that begins the list.
    pub(super) cue: &'t str,
    /// The named things.
    pub(super) items: Vec<Item>,
}

/// One of the things of a list.
pub(super) struct Item {
    /// As the article has it.
    pub(super) words: String,
    /// The figure with which it begins, as written.
    value: Option<(String, Number)>,
    /// What it consists of, where a list within the list says so.
    parts: Vec<Item>,
}

impl Item {
    fn read(words: String, convention: Convention) -> Self {
        let value = figure(&words, convention);
        Self { words, value, parts: Vec::new() }
    }

    /// The item as a part with a name of its own; `named` counts them.
    pub(super) fn part(&self, named: &mut usize) -> String {
        *named += 1;
        let id = format!("id: part-{named}");
        let value = self.value.as_ref().map(|(written, _)| format!("value: {}", yaml::scalar(written)));
        let quote = format!("quote: {}", yaml::scalar(&clean(&self.words)));
        let parts: Vec<String> = self.parts.iter().map(|part| part.part(named)).collect();
        let parts = (!parts.is_empty()).then(|| format!("parts: [{}]", parts.join(", ")));
        let keys: Vec<String> = [value, Some(quote), parts, Some(id)].into_iter().flatten().collect();
        format!("{{{}}}", keys.join(", "))
    }

    /// Whether it begins with some words, or one of its parts does.
    pub(super) fn begins(&self, words: &str) -> bool {
        bare(&self.words).starts_with(words) || self.parts.iter().any(|part| part.begins(words))
    }
}

/// The figure with which an item of a list begins.
fn figure(item: &str, convention: Convention) -> Option<(String, Number)> {
    let bare = bare(item);
    let first = mentions(bare, convention).next().filter(|first| first.with_hedge.start == 0);
    let found = first.filter(|first| first.class == Class::Quantity);
    let found = found.and_then(|first| bare.get(first.with_hedge));
    // A number word alone before a place ("two in Lyon") is none of the figures of running text.
    let words = found.or_else(|| number_words(item, convention))?;
    let Phrase { figure, unit, .. } = reads(words, convention)?;
    // «طريقان» alone would be a unit.
    let written =
        unit.map_or_else(|| clean(words), |noun| clean(words).replace(&noun, &figure.value.to_string()));
    Some((written, figure.value))
}

/// The words with which an item begins that make a number with its hedge, as many as do.
fn number_words(item: &str, convention: Convention) -> Option<&str> {
    let prefix = |text: &'_ str| {
        let ends = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]).take(MOST_NUMBER_WORDS);
        let read = |end: usize| reads(text.get(..end)?, convention).filter(|read| read.span.start == 0);
        ends.filter_map(read).map(|read| read.span.end).last()
    };
    [item, bare(item)].into_iter().find_map(|text| text.get(..prefix(text)?))
}

/// An item without the "and" that Arabic writes onto it.
fn bare(item: &str) -> &str {
    item.trim_start_matches(['و', ' '])
}

/// Words that begin a complete list, and a partial one.
const COMPLETE: [&str; 9] = [
    "تمثلت في",
    "تتمثل في",
    "وهي",
    "consisting of",
    "consisted of",
    "namely",
    "à savoir",
    "composées de",
    "composés de",
];
const PARTIAL: [&str; 9] =
    ["شملت", "تشمل", "من بينها", "من ضمنها", "منها", "including", "such as", "dont", "notamment"];

/// As far behind the figure as a list may begin, in bytes.
const REACH: usize = 160;
/// As many things are named.
const MOST: usize = 20;
/// As many words of an item may be its number.
const MOST_NUMBER_WORDS: usize = 4;
/// Of a longer piece of a sentence only so many words are quoted; a longer line is no item.
const MOST_WORDS: usize = 12;

/// The list behind a figure, when its sentence begins one and names at least two things.
pub(super) fn after<'t>(text: &'t str, mention: &Mention, convention: Convention) -> Option<Listed<'t>> {
    let sentence = sentence_rest(text, mention.bytes.end);
    let words = text.get(sentence.clone())?;
    let cues = COMPLETE.map(|cue| (cue, "parts")).into_iter().chain(PARTIAL.map(|cue| (cue, "among")));
    // As far as a cue within reach goes, and the letter behind it.
    let near = |cue: &str| words.get(..words.floor_char_boundary(REACH + cue.len() + char::MAX.len_utf8()));
    let found = cues.filter_map(|(cue, kind)| Some((find_word(near(cue)?, cue)?, cue.len(), kind)));
    let (at, length, kind) = found.filter(|(at, ..)| *at <= REACH).min()?;
    let cue = words.get(at..at + length)?;
    let rest = words.get(at + length..)?.trim_start();
    let is_open = rest.trim_start_matches([':', ' ']).is_empty();
    let items = if is_open {
        lines_after(text, sentence.end).into_iter().map(|line| Item::read(line, convention)).collect()
    } else {
        items(rest, convention)
    };
    (items.len() > 1).then_some(Listed { kind, cue, items })
}

/// The things that a sentence names; a complete list behind them is that of the last one, when it may hold so many.
fn items(rest: &str, convention: Convention) -> Vec<Item> {
    let inner = COMPLETE.iter().filter_map(|cue| Some((find_word(rest, cue)?, cue.len()))).min();
    let (head, tail) = match inner {
        Some((at, length)) => (rest.get(..at).unwrap_or(rest), rest.get(at + length..)),
        None => (rest, None),
    };
    let (mut outer, is_whole) = pieces(head, convention);
    let parts = tail.map(|tail| pieces(tail, convention).0).unwrap_or_default();
    let one = || Number::ONE;
    let sum = parts.iter().map(|part| part.value.as_ref().map_or_else(one, |(_, number)| number.clone()));
    let sum = sum.fold(Number::ZERO, |sum, number| &sum + &number);
    let last = outer.last_mut().filter(|_| is_whole && parts.len() > 1);
    if let Some(last) = last.filter(|last| last.value.as_ref().is_some_and(|(_, whole)| sum <= *whole)) {
        last.parts = parts;
    }
    outer
}

fn find_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
    })
}

/// The pieces of a sentence between commas, the last of which may hang on "and", and whether all of them are items.
fn pieces(rest: &str, convention: Convention) -> (Vec<Item>, bool) {
    let rest = rest.trim_start_matches([':', ' ']);
    let pieces = rest.split(['،', ',', '؛', ';']).map(|piece| {
        let piece = one_line(piece);
        let bare = ["et ", "and "].iter().find_map(|and| piece.strip_prefix(and)).map(str::to_owned);
        bare.unwrap_or(piece)
    });
    let pieces: Vec<String> = pieces.filter(|piece| !piece.is_empty()).collect();
    let count = pieces.iter().take_while(|piece| goes_on(piece)).count();
    let items = pieces.iter().take(count).flat_map(|piece| joined(piece, convention));
    let short = |item: &str| item.split_whitespace().take(MOST_WORDS).collect::<Vec<_>>().join(" ");
    let items = items.take(MOST).map(|item| Item::read(short(item), convention)).collect();
    (items, count == pieces.len())
}

/// "95 apprentices and 12 pilots" are two things, and so are "one in Lyon and two in Paris", and "in Lyon and Paris".
fn joined(piece: &str, convention: Convention) -> impl Iterator<Item = &str> {
    let mut rest = Some(piece);
    std::iter::from_fn(move || {
        let (item, others) = first_of(rest?, convention);
        rest = others;
        Some(item)
    })
}

/// The first of several things that "and" joins, and the others.
fn first_of(piece: &str, convention: Convention) -> (&str, Option<&str>) {
    let is_named = |part: &str| part.starts_with(char::is_uppercase);
    let bare = ["in ", "at ", "à ", "au ", "في "].iter().find_map(|word| piece.strip_prefix(word));
    let piece = bare.filter(|bare| is_named(bare) || bare.starts_with('ا')).unwrap_or(piece);
    let are_two = |left: &str, right: &str| {
        let counts = |part: &str| number_words(part, convention).is_some();
        // "one hundred and two", «خمسة وعشرون»: one number.
        let is_ended = left.rsplit(' ').next().is_some_and(|last| reads(last, convention).is_none());
        is_ended && counts(left) && counts(right) || is_named(left) && is_named(right)
    };
    // «6 أسواق و13 دكانا»: the "and" stays with its word.
    let mut halves = [(" and ", 5), (" et ", 4), (" و", 1)].into_iter().flat_map(|(and, length)| {
        let places = piece.match_indices(and).map(|(at, _)| at);
        places.filter_map(move |at| Some((piece.get(..at)?, piece.get(at + length..)?)))
    });
    match halves.find(|(left, right)| are_two(left, right)) {
        Some((left, right)) => (left, Some(right)),
        None => (piece, None),
    }
}

/// Words that are a figure and nothing else.
fn reads(words: &str, convention: Convention) -> Option<Phrase> {
    read_phrase(words, &convention, Counted::Yes).ok()
}

/// Words with which a sentence leaves its list, or begins one within it.
const TURNS: [&str; 13] = [
    "كما",
    "ليرتفع",
    "مما",
    "وهو",
    "حيث",
    "بينما",
    "من بينها",
    "منها",
    "تغطي",
    "which",
    "while",
    "ce qui",
    "dont",
];

fn goes_on(piece: &str) -> bool {
    !TURNS
        .iter()
        .any(|turn| piece.strip_prefix(turn).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// The lines behind a colon: a list that is set out, up to a gap, a turn, or a line that is too long.
fn lines_after(text: &str, from: usize) -> Vec<String> {
    let rest = text.get(from..).unwrap_or("").trim_start();
    let block = rest.split("\n\n\n").next().unwrap_or("");
    let lines = block.lines().map(str::trim).filter(|line| !line.is_empty());
    let names = lines.map(|line| {
        let first = line.split(['،', ',', '.']).next().unwrap_or(line);
        one_line(first.trim_start_matches(['-', '*', '•', ' ']))
    });
    names.take_while(|name| is_name(name) && goes_on(name)).take(MOST).collect()
}

fn is_name(piece: &str) -> bool {
    (1..=MOST_WORDS).contains(&piece.split_whitespace().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_an_end_is_cut() {
        let boats: Vec<String> = (1..15_000).map(|count| format!("{count} boats")).collect();
        let (items, is_whole) = pieces(&boats.join(" and "), Convention::default());
        assert_eq!((items.len(), is_whole), (MOST, true));
        assert_eq!(items.last().map(|item| item.words.as_str()), Some("20 boats"));
    }
}
