//! Numbers by which roads, unions, days and the parts of a law are called: "article 49.3", «الطريق الجهوية 401», "l'UE à 27",
//! "attendu le 19".

use super::super::amount;
use super::super::cardinal;
use super::super::digits;
use super::super::noun;
use super::super::ordinal;
use super::super::token::Line;
use super::super::words::Sense;
use super::nouns::{HIGHWAYS, PROVISIONS};
use super::{LONGEST_CHAIN, is_capitals};

/// "article 49.3", "articles 221-1 et 222-14".
pub(super) fn is_provision(line: &Line, at: usize) -> bool {
    if !is_code(line, at) {
        return false;
    }
    let mut first = at;
    for _ in 0..LONGEST_CHAIN {
        let Some(last) = ordinal::joined_to(line, first) else { break };
        let is_second = last > 1 && line.literal(last - 2).is_some() && line.is_glued(last);
        first = if is_second { last - 2 } else { last };
    }
    let counts = noun::is_counted(line, at + 1) || amount::percent(line, at + 1).is_some();
    !counts && first.checked_sub(1).is_some_and(|noun| ordinal::is_any(line, noun, PROVISIONS))
}

/// «الطريق الجهوية 401», "la D 2020".
pub(super) fn is_highway(line: &Line, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_whole = line
        .literal(at)
        .is_some_and(|literal| literal.len() <= 4 && literal.chars().all(|c| digits::digit(c).is_some()));
    if !is_whole {
        return false;
    }
    let is_letter = line.word(before).is_some_and(|word| {
        word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase() && !"AIO".contains(c))
    });
    let is_definite = |at: usize| line.folded(at).is_some_and(|word| word.starts_with("ال"));
    // «عن طريق 3 بواخر» is by way of three ships.
    let is_way = |at: usize| line.is_word(at, HIGHWAYS);
    let is_free = || {
        !line.is_arabic(at + 1)
            || line.sense(at + 1) == Sense::Marker
            || line.word(at + 1).is_some_and(|word| word.starts_with(['و', 'ي', 'س', 'ت', 'ب', 'ل']))
    };
    let is_called =
        is_letter || (is_way(before) || before > 0 && is_definite(before) && is_way(before - 1)) && is_free();
    let is_form =
        || line.literal(at).is_some_and(|literal| literal.len() <= 2) && noun::is_counted_form(line, at);
    is_called && !noun::is_counted(line, at + 1) && !is_form() && amount::percent(line, at + 1).is_none()
}

/// "l'UE à 27": a union called by its number.
pub(super) fn is_union(line: &Line, at: usize) -> bool {
    if at < 2 || line.word(at - 1) != Some("à") {
        return false;
    }
    let counts = noun::is_counted(line, at + 1) || amount::percent(line, at + 1).is_some();
    let is_short = line.literal(at).is_some_and(|literal| literal.len() <= 2);
    (line.word(at - 2).is_some_and(is_capitals) || line.is_word(at - 2, &["europe", "union"]))
        && is_short
        && !counts
}

/// "attendu le 19": a day without its month, or a service that is called so.
pub(super) fn is_day(line: &Line, at: usize) -> bool {
    let is_short = line.literal(at).is_some_and(|literal| literal.len() <= 2);
    let ends =
        line.word(at + 1).is_none() && !line.mark(at + 1).is_some_and(|mark| "%$€£°-–/".contains(mark));
    cardinal::is_french(line)
        && is_short
        && at.checked_sub(1).is_some_and(|before| line.word(before) == Some("le"))
        && (ends || line.sense(at + 1) == Sense::And)
}

/// A number with a dot or a hyphen inside.
pub(super) fn is_code(line: &Line, at: usize) -> bool {
    line.literal(at).is_some_and(|literal| literal.contains('.'))
        || line.mark(at + 1).is_some_and(cardinal::is_hyphen)
            && line.is_glued(at + 1)
            && line.is_glued(at + 2)
            && line.literal(at + 2).is_some()
}
