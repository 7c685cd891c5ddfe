//! Enumerations: the things that a sentence counts and then names.

use super::one_line;
use super::quote::sentence_rest;
use crate::numeral::Mention;

/// The things that a figure counts, as the sentence names them.
pub(super) struct Listed<'t> {
    /// `parts` or `among`.
    pub(super) kind: &'static str,
    /// The word that begins the list.
    pub(super) cue: &'t str,
    /// The named things.
    pub(super) items: Vec<String>,
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
/// Of a longer piece of a sentence only so many words are quoted; a longer line is no item.
const MOST_WORDS: usize = 12;

/// The list behind a figure, when its sentence begins one and names at least two things.
pub(super) fn after<'t>(text: &'t str, mention: &Mention) -> Option<Listed<'t>> {
    let sentence = sentence_rest(text, mention.bytes.end);
    let words = text.get(sentence.clone())?;
    let cues = COMPLETE.map(|cue| (cue, "parts")).into_iter().chain(PARTIAL.map(|cue| (cue, "among")));
    let found = cues.filter_map(|(cue, kind)| Some((find_word(words, cue)?, cue.len(), kind)));
    let (at, length, kind) = found.filter(|(at, ..)| *at <= REACH).min()?;
    let cue = words.get(at..at + length)?;
    let rest = words.get(at + length..)?.trim_start();
    let is_open = rest.trim_start_matches([':', ' ']).is_empty();
    let items = if is_open { lines_after(text, sentence.end) } else { pieces(rest) };
    (items.len() > 1).then_some(Listed { kind, cue, items })
}

fn find_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + word.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
    })
}

/// The pieces of a sentence between commas; the last may hang on "and".
fn pieces(rest: &str) -> Vec<String> {
    let rest = rest.trim_start_matches([':', ' ']);
    let pieces = rest.split(['،', ',', '؛', ';']).map(|piece| {
        let piece = piece.split_whitespace().take(MOST_WORDS).collect::<Vec<_>>().join(" ");
        let bare = [" et ", "et ", "and "].iter().find_map(|and| piece.strip_prefix(and)).map(str::to_owned);
        bare.unwrap_or(piece)
    });
    let pieces = pieces.take_while(|piece| goes_on(piece)).filter(|piece| !piece.is_empty());
    pieces.flat_map(|piece| joined(&piece)).take(MOST).collect()
}

/// "95 apprentices and 12 pilots" are two things, and so are "in Lyon and Paris".
fn joined(piece: &str) -> Vec<String> {
    let is_counted = |part: &str| part.starts_with(|first: char| first.is_ascii_digit());
    let is_named = |part: &str| part.starts_with(char::is_uppercase);
    let bare = ["in ", "at ", "à ", "au ", "في "].iter().find_map(|word| piece.strip_prefix(word));
    let piece = bare.filter(|bare| is_named(bare) || bare.starts_with('ا')).unwrap_or(piece);
    let halves = [" and ", " et "].iter().find_map(|and| piece.split_once(and));
    let are_two =
        |left: &str, right: &str| is_counted(left) && is_counted(right) || is_named(left) && is_named(right);
    match halves.filter(|(left, right)| are_two(left, right)) {
        Some((left, right)) => vec![left.to_owned(), right.to_owned()],
        None => vec![piece.to_owned()],
    }
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
