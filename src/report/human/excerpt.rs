//! One line of a file as it is shown: cropped, safe to print, and with a mark that can be underlined.
//!
//! Underlines count columns from left to right, and a terminal that knows Arabic moves the words of
//! a line around. So whatever stands before a mark, and the mark itself, must run from left to right:
//!
//! - after right-to-left text the excerpt begins anew: `… value: 12}`;
//! - right-to-left values are marked at their key: `quote:` stands for what it says;
//! - of a mapping that holds some, the part before it is marked.

use std::ops::Range;

use super::prose::is_rtl;
use crate::text::sanitise;

/// A line of a file as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// What is shown of the line.
    pub(super) text: String,
    /// The bytes of `text` to underline: never empty, never beyond its end.
    pub(super) mark: Range<usize>,
}

/// Shows the neighbourhood of a mark in at most about `room` columns.
///
/// The mark is given in bytes of the line; what lies beyond the line, or inside a character, is
/// brought back to it. The cost is that of `room`, not of the line.
pub(super) fn excerpt(line: &str, mark: Range<usize>, room: usize) -> Excerpt {
    let mark = anchor(line, &clamp(line, mark), room);
    let marked = line.get(mark.clone()).unwrap_or("").chars().take(room).count();
    let start = window_start(line.get(..mark.start).unwrap_or(""), room, room.saturating_sub(marked));
    let shown = line.get(start..).unwrap_or("");
    let end = start + shown.char_indices().nth(room).map_or(shown.len(), |(at, _)| at);
    let (left, right) = (if start > 0 { "… " } else { "" }, if end < line.len() { "…" } else { "" });
    let window = sanitise::display(line.get(start..end).unwrap_or(""));
    let shift = |at: usize| at.min(end) - start + left.len();
    let mark = shift(mark.start)..shift(mark.end);
    let text = format!("{left}{window}{right}");
    if mark.is_empty() { at_a_place(text, mark.start) } else { Excerpt { text, mark } }
}

/// Marks a place between two characters: the character there, when it can be underlined, or the one
/// before it; at the end of the line, and before a line that runs from right to left, a space.
fn at_a_place(text: String, at: usize) -> Excerpt {
    let (before, after) = text.split_at_checked(at).unwrap_or((&text, ""));
    match (before.chars().next_back(), after.chars().next()) {
        (_, Some(next)) if !is_rtl(next) => Excerpt { mark: at..at + next.len_utf8(), text },
        (Some(last), Some(_)) => Excerpt { mark: at - last.len_utf8()..at, text },
        (_, None) => Excerpt { mark: text.len()..text.len() + 1, text: text + " " },
        (None, Some(_)) => Excerpt { mark: 0..1, text: format!(" {text}") },
    }
}

fn clamp(line: &str, mark: Range<usize>) -> Range<usize> {
    let start = line.floor_char_boundary(mark.start);
    start..line.ceil_char_boundary(mark.end).max(start)
}

/// The mark itself when it runs from left to right, else what can stand for it.
fn anchor(line: &str, mark: &Range<usize>, room: usize) -> Range<usize> {
    let marked = line.get(mark.clone()).unwrap_or("");
    let turn = marked.char_indices().take(room).find(|&(_, char)| is_rtl(char));
    let Some((turn, _)) = turn else { return mark.clone() };
    let plain = marked.get(..turn).unwrap_or("").trim_end();
    if plain.contains(':') {
        return mark.start..mark.start + plain.len();
    }
    let before = line.get(..mark.start).unwrap_or("").trim_end_matches(['"', '\'', ' ']);
    let key = before.strip_suffix(':').unwrap_or(before);
    let name = key.trim_end_matches(|char: char| char.is_ascii_alphanumeric() || "-_".contains(char));
    if name.len() < key.len() { name.len()..key.len() } else { mark.start..mark.start }
}

/// Where the window begins: at the start of the line when the mark can then be seen, else half of the
/// room before the mark; never before the end of right-to-left text, nor at the comma behind it.
fn window_start(before: &str, room: usize, spare: usize) -> usize {
    let reach = if before.chars().take(spare).count() < spare { spare } else { room / 2 };
    let near = before.char_indices().rev().take(reach).take_while(|&(_, char)| !is_rtl(char)).last();
    let start = near.map_or(before.len(), |(at, _)| at);
    if start == 0 {
        return 0;
    }
    let window = before.get(start..).unwrap_or("");
    start + (window.len() - window.trim_start_matches([',', ' ', '"', '\'', ']']).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::human::prose::has_rtl;
    use proptest::prelude::*;

    fn marked(line: &str, needle: &str, room: usize) -> (String, String) {
        let start = line.find(needle).unwrap();
        let shown = excerpt(line, start..start + needle.len(), room);
        (shown.text.clone(), shown.text.get(shown.mark).unwrap().to_owned())
    }

    #[test]
    fn a_plain_line_is_shown_as_it_is() {
        let line = "    value: 457";
        assert_eq!(marked(line, "457", 80), (line.into(), "457".into()));
    }

    #[test]
    fn after_arabic_the_line_begins_anew() {
        let line = "- {quote: أكثر من 117 تدخلا, value: 12}";
        assert_eq!(marked(line, "12}", 80), ("… value: 12}".into(), "12}".into()));
    }

    #[test]
    fn an_arabic_value_is_marked_at_its_key() {
        let line = "- {measure: x, quote: أكثر من 117}";
        assert_eq!(marked(line, "أكثر من 117", 80), (line.into(), "quote".into()));
        let quoted = "  quote: \"أكثر\"";
        assert_eq!(marked(quoted, "\"أكثر\"", 80), (quoted.into(), "quote".into()));
    }

    #[test]
    fn an_arabic_item_without_a_key_is_marked_before_it() {
        assert_eq!(marked("      - الناظور", "الناظور", 80).1, "-");
        let second = excerpt("items: [فاس, سلا]", 16..22, 80);
        assert_eq!((second.text.as_str(), second.mark), ("… سلا]", 3..4));
    }

    #[test]
    fn a_mapping_is_marked_up_to_its_first_arabic() {
        let line = "- {kind: zone, quote: المنطقة, value: 2}";
        assert_eq!(marked(line, "{kind: zone, quote: المنطقة, value: 2}", 80).1, "{kind: zone, quote:");
    }

    #[test]
    fn a_long_line_is_cropped_around_the_mark() {
        let line = format!("{}457{}", "a".repeat(1000), "b".repeat(1000));
        let (text, mark) = marked(&line, "457", 40);
        assert_eq!(text, format!("… {}457{}…", "a".repeat(20), "b".repeat(17)));
        assert_eq!(mark, "457");
    }

    #[test]
    fn the_end_of_a_line_can_be_marked() {
        assert_eq!(excerpt("ab", 2..2, 80), Excerpt { text: "ab ".into(), mark: 2..3 });
        assert_eq!(excerpt("", 0..0, 80), Excerpt { text: " ".into(), mark: 0..1 });
    }

    #[test]
    fn controls_do_not_reach_the_terminal() {
        let (text, mark) = marked("a: \u{1B}[31m\u{202E}b\u{9B}c", "b", 80);
        assert_eq!((text.as_str(), mark.as_str()), ("a: ?[31m\u{FFFD}b¤c", "b"));
    }

    proptest! {
        #[test]
        fn a_mark_lies_within_what_is_shown(
            line in "[a:é \u{1b}\u{202e}فاس٢😀]{0,60}", start in 0_usize..120, length in 0_usize..60, room in 4_usize..40,
        ) {
            let shown = excerpt(&line, start..start + length, room);
            prop_assert!(!shown.mark.is_empty());
            prop_assert!(shown.text.get(..shown.mark.end).is_some());
            prop_assert!(!has_rtl(shown.text.get(..shown.mark.start).unwrap()));
            prop_assert!(sanitise::first_forbidden(&shown.text).is_none());
            prop_assert!(shown.text.chars().count() <= room + 4);
        }
    }
}
