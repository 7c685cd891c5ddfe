//! Two numbers that are written as one: "90+4", "2×2", the sets of a match.

use super::super::token::Line;

/// `90+4`, `2×2`; "7 jours sur 7".
pub(super) fn told_twice(line: &Line, at: usize) -> Option<usize> {
    let is_joint =
        matches!(line.mark(at + 1), Some('+' | '×')) && line.is_glued(at + 1) && line.is_glued(at + 2);
    if is_joint && line.literal(at + 2).is_some() {
        return Some(at + 3);
    }
    let is_always = line.is_word(at + 1, &["jours", "heures"])
        && line.is_word(at + 2, &["sur"])
        && line.literal(at + 3) == line.literal(at);
    is_always.then_some(at + 4)
}

/// Whether the pair at `at` stands in a list of pairs of which one falls: "(25-22, 19-25)".
pub(super) fn is_set(line: &Line, at: usize) -> bool {
    let pair = |at: usize| {
        let is_dash = matches!(line.mark(at + 1), Some('-' | '–'));
        let number = |at: usize| line.literal(at).and_then(|literal| literal.parse::<u8>().ok());
        number(at).zip(number(at + 2)).filter(|_| is_dash)
    };
    let is_list = |comma: usize| matches!(line.mark(comma), Some(',' | '،' | ';' | '؛'));
    let before = (1..=5).map_while(|back| {
        let other = at.checked_sub(4 * back)?;
        if is_list(other + 3) { pair(other) } else { None }
    });
    let behind = (1..=5).map_while(|ahead| {
        let other = at + 4 * ahead;
        if is_list(other - 1) { pair(other) } else { None }
    });
    before.chain(behind).any(|(first, second)| second < first)
}
