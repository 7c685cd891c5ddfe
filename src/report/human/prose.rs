//! Sentences on a terminal: safe to print, steady beside Arabic, broken between words.

use std::borrow::Cow;

use crate::text::sanitise;

/// Sentences are cut at this many characters, whatever a file made them.
const LONGEST: usize = 2000;

/// Ends a stretch of right-to-left text for terminals that reorder it. It has no width.
const LEFT_TO_RIGHT_MARK: &str = "\u{200E}";

/// A sentence as it is printed.
///
/// Behind Arabic in backticks, a terminal that reorders text would draw the figures that follow into
/// it: `` `أكثر من 117` (118 or more) ``. A mark behind the closing backtick ends the Arabic there.
pub(super) fn sentence(text: &str) -> Cow<'_, str> {
    let safe = sanitise::excerpt(text, LONGEST);
    if !has_rtl(&safe) {
        return safe;
    }
    let mut pieces = safe.split('`');
    let mut steady = pieces.next().unwrap_or("").to_owned();
    // From here on quoted and unquoted pieces alternate.
    while let Some(quoted) = pieces.next() {
        steady.extend(["`", quoted]);
        if let Some(plain) = pieces.next() {
            let mark = if has_rtl(quoted) { LEFT_TO_RIGHT_MARK } else { "" };
            steady.extend(["`", mark, plain]);
        }
    }
    Cow::Owned(steady)
}

/// Whether a text has characters that run from right to left.
pub(super) fn has_rtl(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_rtl)
}

/// Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
pub(super) const fn is_rtl(char: char) -> bool {
    matches!(char,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Breaks a text between words into lines of at most so many columns, the first of at most `first`;
/// a longer word has a line of its own.
///
/// A mark above a letter counts as a column, so that a line may end early and never late.
pub(super) fn wrap(text: &str, first: usize, rest: usize) -> Vec<&str> {
    // Few bytes are few columns.
    if text.len() <= first {
        return vec![text.trim_end()];
    }
    let mut lines = Vec::new();
    let (mut start, mut end, mut used, mut room) = (0, 0, 0, first);
    for word in text.split_inclusive(' ') {
        let length = word.trim_end().chars().count();
        if used > 0 && used + length > room {
            lines.push(text.get(start..end).unwrap_or("").trim_end());
            (start, used, room) = (end, 0, rest);
        }
        used += word.chars().count();
        end += word.len();
    }
    lines.push(text.get(start..).unwrap_or("").trim_end());
    lines
}

/// The same for a text that may be an item of a list, each line with its indent: further lines begin
/// below the first word.
pub(super) fn wrap_item<'t>(
    text: &'t str,
    bullet: &str,
    room: usize,
) -> impl Iterator<Item = (usize, &'t str)> + use<'t> {
    let below = if text.starts_with(bullet) { bullet.chars().count() } else { 0 };
    let lines = wrap(text, room, room.saturating_sub(below));
    lines.into_iter().enumerate().map(move |(index, line)| (if index == 0 { 0 } else { below }, line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_behind_quoted_arabic_stay_where_they_are() {
        assert_eq!(sentence("`أكثر من 117` (118 or more)"), "`أكثر من 117`\u{200E} (118 or more)");
        assert_eq!(sentence("said `فاس` and `فاس`"), "said `فاس`\u{200E} and `فاس`\u{200E}");
        assert_eq!(sentence("`over 117` (118) in فاس"), "`over 117` (118) in فاس");
        assert_eq!(sentence("an open `فاس"), "an open `فاس");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three four", 7, 10), ["one two", "three four"]);
        assert_eq!(wrap("unbreakable", 3, 3), ["unbreakable"]);
        assert_eq!(wrap("", 3, 3), [""]);
        assert!(wrap_item("- one two", "- ", 5).eq([(0, "- one"), (2, "two")]));
    }

    proptest! {
        #[test]
        fn breaking_loses_no_word(text in "[a ]{0,60}|[a-c س]{0,60}", first in 0_usize..20, rest in 0_usize..20) {
            let lines = wrap(&text, first, rest);
            let words = |text: &str| text.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&lines.join(" ")), words(&text));
            let fits = |line: &&str| line.chars().count() <= rest || !line.trim_start().contains(' ');
            prop_assert!(lines.iter().skip(1).all(fits), "{:?}", lines);
        }
    }
}
