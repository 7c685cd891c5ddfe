//! Numbers that are names by themselves, or results: "1984", "a 737-800", "the 112", "won 6 and 5", "245 for 7".

use super::super::cardinal;
use super::super::digits;
use super::super::noun;
use super::super::token::Line;
use super::super::words::Sense;

/// A number that is called so, or a result of cricket or golf: the token after it.
pub(super) fn read(line: &Line, at: usize) -> Option<usize> {
    if is_title(line, at) {
        return Some(at + 1);
    }
    let is_pair = is_airliner(line, at) || is_innings(line, at) || is_matchplay(line, at);
    is_pair.then_some(at + 3)
}

/// A whole number alone between quotation marks: «1984», "1917".
fn is_title(line: &Line, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_whole =
        line.literal(at).is_some_and(|literal| literal.chars().all(|c| digits::digit(c).is_some()));
    let is_quoted = match (line.mark(before), line.mark(at + 1)) {
        (Some('«'), Some('»')) => true,
        // Such marks close as they open: they touch what they enclose.
        (Some('"' | '“' | '„' | '”'), Some('"' | '”' | '“')) => {
            line.is_glued(at) && line.is_glued(at + 1)
        }
        _ => false,
    };
    // «117» تدخلا: most Arabic words behind a figure are what it counts.
    let may_count = line.is_arabic(at + 2)
        && line.sense(at + 2) == Sense::Plain
        && line
            .word(at + 2)
            .is_some_and(|word| !word.starts_with(['و', 'ف', 'ل', 'ب']) && !word.starts_with("ال"));
    is_whole && is_quoted && !may_count && !noun::is_counted(line, at + 2)
}

/// `737-800`: the numbers of a family of aircraft, which no range has.
fn is_airliner(line: &Line, at: usize) -> bool {
    let is_hyphen = line.mark(at + 1).is_some_and(cardinal::is_hyphen);
    let is_glued = is_hyphen && line.is_glued(at + 1) && line.is_glued(at + 2);
    let is_family = |literal: &str| matches!(literal.as_bytes(), [b'7', b'0'..=b'8', b'7']);
    let is_variant = |literal: &str| matches!(literal.as_bytes(), [b'1'..=b'9', b'0', b'0']);
    is_glued && line.literal(at).is_some_and(is_family) && line.literal(at + 2).is_some_and(is_variant)
}

/// "245 for 7", in a line that speaks of cricket.
fn is_innings(line: &Line, at: usize) -> bool {
    const CRICKET: &[&str] =
        &["wicket", "wickets", "innings", "overs", "stumps", "declared", "batted", "bowled", "cricket"];
    let runs = small(line, at, 999);
    let wickets = small(line, at + 2, 10).filter(|_| line.is_word(at + 1, &["for"]));
    runs.zip(wickets).is_some()
        && !noun::is_counted(line, at + 3)
        && (0..line.len()).any(|at| line.is_word(at, CRICKET))
}

/// "won 6 and 5": holes won, and one or two less to play.
fn is_matchplay(line: &Line, at: usize) -> bool {
    const WON: &[&str] = &["won", "win", "wins", "beat", "beats", "defeated", "lost", "victory"];
    const BEHIND: &[&str] = &["against", "over", "on", "in", "at", "with", "when", "after"];
    let holes = small(line, at, 10).zip(small(line, at + 2, 8).filter(|_| line.is_word(at + 1, &["and"])));
    let is_result = holes.is_some_and(|(up, left)| matches!(up.checked_sub(left), Some(1 | 2)));
    let is_won = || (1..=3).filter_map(|back| at.checked_sub(back)).any(|at| line.is_word(at, WON));
    let is_last =
        || line.word(at + 3).is_none() && line.literal(at + 3).is_none() || line.is_word(at + 3, BEHIND);
    is_result && is_won() && is_last() && !line.mark(at + 3).is_some_and(|mark| "%$€£".contains(mark))
}

/// A whole number of at most three digits.
fn small(line: &Line, at: usize, most: u16) -> Option<u16> {
    let number = line.literal(at).filter(|literal| literal.len() <= 3)?.parse().ok()?;
    (number <= most).then_some(number)
}

/// The number of an emergency service: "the 112 service", "called 911", "le 18 et le 112", "service 19".
pub(super) fn is_service(line: &Line, at: usize) -> bool {
    const OF: &[&str] =
        &["call", "operator", "dispatcher", "service", "centre", "center", "line", "hotline", "emergency"];
    let Some(before) = at.checked_sub(1) else { return false };
    let counts = |at: usize| noun::is_counted(line, at + 1);
    let is_known = |at: usize| matches!(line.literal(at), Some("112" | "911" | "999"));
    let is_known_here = is_known(at)
        && (line.is_word(before, &["called", "calling", "phoned", "rang", "dialled", "dialed", "le", "au"])
            || line.is_word(at + 1, OF));
    let is_pair = small(line, at, 999).is_some()
        && line.is_word(before, &["le"])
        && line.is_word(at + 1, &["et", "ou"])
        && line.is_word(at + 2, &["le"])
        && is_known(at + 3)
        && !counts(at + 3);
    let is_named =
        line.is_word(before, &["service"]) && small(line, at, 999).is_some_and(|number| number > 9);
    (is_known_here || is_pair || is_named)
        && !counts(at)
        && super::super::amount::percent(line, at + 1).is_none()
}
