//! Numbers of boxes, streets, pages and of things that a proper noun names: "BP 1234", "12, rue de Fès", "p. 12", "Studio 54".

use super::amount;
use super::date;
use super::digits;
use super::list::{Words, word_list};
use super::noun;
use super::ordinal;
use super::token::Line;
use super::words::Sense;

/// Streets, folded; an English one stands behind its name.
const STREETS: &Words = word_list!("rue avenue boulevard bd blvd allee impasse شارع زنقه درب");

/// Quarters and estates, whose parts are numbered.
const QUARTERS: &Words = word_list!("حي بحي وحي اقامه باقامه تجزئه بتجزئه بلوك");

/// English streets behind their names.
const ROADS: &Words = word_list!("street road avenue lane drive square boulevard");

/// Whether the number at `at` belongs to an address or counts pages: no figure of the text.
pub(super) fn is_postal(line: &Line, at: usize) -> bool {
    is_quarter(line, at) || is_box(line, at) || is_page(line, at) || is_house(line, at) || is_code(line, at)
}

/// «حي السلام 2»: a short number behind the name of a quarter.
fn is_quarter(line: &Line, at: usize) -> bool {
    let is_short = line.literal(at).is_some_and(|literal| literal.chars().count() <= 2);
    let is_last =
        line.word(at + 1).is_none_or(|word| word.starts_with('و')) || line.sense(at + 1) == Sense::Marker;
    is_short && is_last && at > 1 && line.is_arabic(at - 1) && line.is_word(at - 2, QUARTERS)
}

/// "BP 1234", "B.P. 1234", "PO Box 1234", «ص.ب 1234».
fn is_box(line: &Line, at: usize) -> bool {
    let Some(mut last) = at.checked_sub(1) else { return false };
    last -= usize::from(last > 0 && line.mark(last) == Some('.'));
    let is_short = |first: &[&str], second: &[&str]| {
        last > 1
            && line.mark(last - 1) == Some('.')
            && line.is_word(last - 2, first)
            && line.is_word(last, second)
    };
    let is_named = line.is_word(last, &["box"]) && line.word(last).is_some_and(|word| word.starts_with('B'));
    is_named || line.is_word(last, &["bp"]) || is_short(&["b"], &["p"]) || is_short(&["ص"], &["ب"])
}

/// How far before its postal code an address begins, in tokens.
const LONGEST_ADDRESS: usize = 16;

/// "10000 Rabat", «الرباط 10000» behind a street or a box; "code postal 10000".
fn is_code(line: &Line, at: usize) -> bool {
    let is_five = line.literal(at).is_some_and(|literal| {
        literal.chars().filter(|c| digits::digit(*c).is_some()).count() == 5 && literal.chars().count() == 5
    });
    let Some(before) = at.checked_sub(1).filter(|_| is_five) else { return false };
    let is_called = line.is_word(before, &["postal", "zip", "postcode", "cp", "البريدي", "بريدي"]);
    let is_part = |at: usize| {
        line.is_word(at, STREETS)
            || line.is_word(at, &["box", "bp"])
            || ends_street(line, at)
            || line.is_word(at, &["ص"]) && line.mark(at + 1) == Some('.')
    };
    let is_town = is_capital(line, at + 1) || line.word(at + 1).is_none() && line.word(before).is_some();
    is_called || is_town && (at.saturating_sub(LONGEST_ADDRESS)..at).any(is_part)
}

/// "p. 12", "pp. 12-14"; "45 p. 100" is a percentage, and read as one before.
fn is_page(line: &Line, at: usize) -> bool {
    let is_dot = at > 1 && line.mark(at - 1) == Some('.');
    is_dot && line.is_word(at - 2, &["p", "pp"]) && !(at > 2 && line.literal(at - 3).is_some())
        || in_pages(line, at)
}

/// The 14 of "pp. 12-14".
fn in_pages(line: &Line, at: usize) -> bool {
    at > 3
        && line.is_glued(at)
        && matches!(line.mark(at - 1), Some('-' | '–'))
        && line.literal(at - 2).is_some()
        && is_page(line, at - 2)
}

/// "12, rue de Fès", «12 شارع محمد الخامس», "12 Baker Street".
fn is_house(line: &Line, at: usize) -> bool {
    let next = at + 1 + usize::from(line.mark(at + 1) == Some(','));
    let is_capital = |at: usize| is_capital(line, at);
    let is_road = |at: usize| ends_street(line, at);
    let is_street = line.is_word(next, STREETS) && line.word(next + 1).is_some();
    is_street || is_capital(next) && (is_road(next + 1) || is_capital(next + 1) && is_road(next + 2))
}

/// "Avenue" with its capital, behind a name or the number of a street.
pub(super) fn ends_street(line: &Line, at: usize) -> bool {
    is_capital(line, at) && line.is_word(at, ROADS)
}

fn is_capital(line: &Line, at: usize) -> bool {
    line.word(at).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// A short number behind a proper noun, with nothing that it could count: "in Studio 54", "a Peugeot 504".
///
/// The word before is small: the names of a title are no names ("Police Arrest 12 in Raid").
pub(super) fn is_proper(line: &Line, at: usize) -> bool {
    let Some(name) = at.checked_sub(1).filter(|name| *name > 0) else { return false };
    let is_short = line.literal(at).is_some_and(|literal| literal.len() <= 3);
    let is_year = date::year_at(line, at).is_some();
    // "Team 21 just three"
    let is_free = matches!(line.sense(at + 1), Sense::Marker | Sense::And)
        || line.is_word(at + 1, &["a", "just", "only", "barely", "alone"]);
    let counts_nothing = counts_nothing(line, name, at);
    let counts = line.word(at + 1).is_some() && !is_free && !counts_nothing
        || amount::percent(line, at + 1).is_some()
        || line.mark(at + 1).is_some_and(|mark| "$€£°".contains(mark));
    is_short
        && !is_year
        && !counts
        && is_name(line, name)
        && follows_small(line, name)
        && !ordinal::is_numbered(line, name)
        && (counts_nothing || !is_party(line, name))
}

/// Words before a place, whose dead a number may count: "in Lagos 3 died".
const PLACING: &[&str] = &["in", "at", "near", "from", "a", "en", "au", "aux", "pres", "depuis"];

/// "the Artemis 2 capsule", "Proposition 36 passed": a word that no number counts, and no noun behind it that one does.
fn counts_nothing(line: &Line, name: usize, at: usize) -> bool {
    let is_placed = name.checked_sub(1).is_some_and(|before| line.is_word(before, PLACING));
    let is_counted =
        |at: usize| noun::is_counted(line, at) || line.is_word(at, &["dead", "died", "had", "others"]);
    line.sense(at + 1) == Sense::Plain
        && !line.is_arabic(at + 1)
        && line.word(at + 1).is_some_and(|word| word.starts_with(char::is_lowercase) && word.len() > 3)
        && !is_placed
        && !(at + 1..=at + 3).any(is_counted)
}

/// Whether a small word stands before the proper noun at `at`, or before another one: "de Hay Salam 2".
fn follows_small(line: &Line, at: usize) -> bool {
    let first = if at > 1 && is_name(line, at - 1) { at - 1 } else { at };
    first
        .checked_sub(1)
        .and_then(|before| line.word(before))
        .is_some_and(|word| word.starts_with(char::is_lowercase) || matches!(word, "The" | "Le" | "La"))
}

/// "the Greens": who has won so many.
fn is_party(line: &Line, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| line.is_word(before, &["the", "les"]))
        && line.word(at).is_some_and(|word| word.ends_with('s'))
}

/// A word with a capital that means nothing else.
fn is_name(line: &Line, at: usize) -> bool {
    line.sense(at) == Sense::Plain
        && line.word(at).is_some_and(|word| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.all(char::is_lowercase)
                && word.len() > 2
        })
}
