//! What of a stranger's text may be shown, and which characters a reader refuses.
//!
//! A terminal obeys control characters, and bidirectional controls can make a line read as
//! something that it does not say. Text from outside passes [`display`] (or [`display_block`])
//! before it is printed; readers refuse what [`first_forbidden`] finds.
//!
//! # Source
//! Unicode Technical Standard 55 (source code handling); N. Boucher and R. Anderson, "Trojan
//! Source", 2021 (CVE-2021-42574).

use std::borrow::Cow;

/// A text as one line that is safe to print.
///
/// Line ends, tabs and other white-space controls become spaces, other C0 controls `?`, C1 controls
/// `¤`, and the characters that reorder or hide text U+FFFD. Marks that honest Arabic contains
/// (U+200E, U+200F, U+061C) lose their effect but stay invisible. **The result has the same length
/// in bytes** and the same boundaries between characters, so that spans of the text are spans of
/// what is shown (a 4-byte character becomes two of 2 bytes).
///
/// # Example
/// ```
/// use mizan::text::sanitise::display;
///
/// assert_eq!(display("19\tبنية"), "19 بنية");
/// assert_eq!(display("\u{1B}[31mred\u{202E}"), "?[31mred\u{FFFD}");
/// ```
#[must_use]
pub fn display(text: &str) -> Cow<'_, str> {
    replace(text, |char| if matches!(char, '\t'..='\r') { Some(" ") } else { replacement(char) })
}

/// The same for text of several lines: line feeds and tabs are kept.
#[must_use]
pub fn display_block(text: &str) -> Cow<'_, str> {
    replace(text, |char| match char {
        '\n' | '\t' => None,
        '\r' => Some(" "),
        _ => replacement(char),
    })
}

/// At most `limit` characters of a text on one line, safe to print, with `…` where something was
/// left out.
#[must_use]
pub fn excerpt(text: &str, limit: usize) -> Cow<'_, str> {
    // Few bytes are few characters.
    let end = if text.len() > limit { text.char_indices().nth(limit) } else { None };
    match end {
        None => display(text),
        Some((end, _)) => Cow::Owned(format!("{}…", display(text.get(..end).unwrap_or("")))),
    }
}

/// The first character that no file of ours may contain, and its offset: a control other than tab
/// and line ends, or a bidirectional embedding, override or isolate.
#[must_use]
pub fn first_forbidden(text: &str) -> Option<(usize, char)> {
    /// So many bytes are looked at in one go.
    const STRETCH: usize = 64;
    let may_begin_one = |byte: u8| matches!(byte, 0..=8 | 11..=31 | 0x7F | 0xC2 | 0xE2);
    let (stretches, rest) = text.as_bytes().as_chunks::<STRETCH>();
    let is_suspect = |bytes: &[u8; STRETCH]| bytes.iter().fold(false, |any, byte| any | may_begin_one(*byte));
    let suspect = stretches.iter().enumerate().filter(|(_, bytes)| is_suspect(bytes));
    let suspect = suspect.map(|(nth, bytes)| (nth, bytes.as_slice()));
    let mut suspects = suspect.chain([(stretches.len(), rest)]).flat_map(|(nth, bytes)| {
        let places = (nth * STRETCH..).zip(bytes);
        places.filter(|(_, byte)| may_begin_one(**byte)).map(|(at, _)| at)
    });
    suspects
        .find_map(|at| Some((at, text.get(at..)?.chars().next()?)).filter(|(_, char)| is_forbidden(*char)))
}

/// Whether a character is refused in files: see [`first_forbidden`].
#[must_use]
pub fn is_forbidden(char: char) -> bool {
    let is_layout = matches!(char, '\t' | '\n' | '\r');
    char.is_control() && !is_layout || is_bidi_format(char)
}

/// A character by its code point and, for those that are refused, its name: `U+202E RIGHT-TO-LEFT
/// OVERRIDE`.
#[must_use]
pub fn char_name(char: char) -> String {
    let code = u32::from(char);
    match known_name(char) {
        Some(name) => format!("U+{code:04X} {name}"),
        None if char.is_control() => format!("U+{code:04X} (a control character)"),
        None => format!("U+{code:04X}"),
    }
}

/// Borrows as long as nothing needs replacing, which is nearly always.
fn replace(text: &str, replacement: impl Fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    // Printable ASCII, of which most of it is, always stays as it is.
    let plain = text.bytes().take_while(|byte| matches!(byte, b' '..=b'~')).count();
    let (plain, rest) = text.split_at(plain);
    let Some(first) = rest.find(|char| replacement(char).is_some()) else {
        return Cow::Borrowed(text);
    };
    let (clean, rest) = text.split_at(plain.len() + first);
    let mut shown = String::with_capacity(text.len());
    shown.push_str(clean);
    for char in rest.chars() {
        match replacement(char) {
            Some(other) => shown.push_str(other),
            None => shown.push(char),
        }
    }
    Cow::Owned(shown)
}

/// What stands for a character that is not shown as it is; always of the same length in bytes.
fn replacement(char: char) -> Option<&'static str> {
    match char {
        // Nearly every letter.
        ' '..='~' | '\u{A0}'..='\u{61B}' | '\u{61D}'..='\u{1FFF}' => None,
        '\0'..='\u{1F}' | '\u{7F}' => Some("?"),
        '\u{80}'..='\u{9F}' => Some("¤"),
        // Combining grapheme joiner and word joiner: as invisible as the marks, and without a
        // direction.
        '\u{61C}' => Some("\u{34F}"),
        '\u{200E}' | '\u{200F}' => Some("\u{2060}"),
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' => Some("\u{FFFD}"),
        '\u{E0000}'..='\u{E007F}' => Some("¤¤"),
        _ if is_bidi_format(char) => Some("\u{FFFD}"),
        _ => None,
    }
}

/// The nine characters that open or close a stretch of another direction.
const fn is_bidi_format(char: char) -> bool {
    matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn known_name(char: char) -> Option<&'static str> {
    Some(match char {
        '\0' => "NULL",
        '\u{7}' => "BELL",
        '\u{8}' => "BACKSPACE",
        '\t' => "CHARACTER TABULATION",
        '\u{B}' => "LINE TABULATION",
        '\u{C}' => "FORM FEED",
        '\u{1A}' => "SUBSTITUTE",
        '\u{1B}' => "ESCAPE",
        '\u{7F}' => "DELETE",
        '\u{85}' => "NEXT LINE",
        '\u{9B}' => "CONTROL SEQUENCE INTRODUCER",
        '\u{202A}' => "LEFT-TO-RIGHT EMBEDDING",
        '\u{202B}' => "RIGHT-TO-LEFT EMBEDDING",
        '\u{202C}' => "POP DIRECTIONAL FORMATTING",
        '\u{202D}' => "LEFT-TO-RIGHT OVERRIDE",
        '\u{202E}' => "RIGHT-TO-LEFT OVERRIDE",
        '\u{2066}' => "LEFT-TO-RIGHT ISOLATE",
        '\u{2067}' => "RIGHT-TO-LEFT ISOLATE",
        '\u{2068}' => "FIRST STRONG ISOLATE",
        '\u{2069}' => "POP DIRECTIONAL ISOLATE",
        '\u{FEFF}' => "BYTE ORDER MARK",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn honest_text_is_borrowed() {
        let honest = "«19 مليون و722 ألف», 1\u{202F}200 €, می\u{200C}خواهم";
        assert!(matches!(display(honest), Cow::Borrowed(shown) if shown == honest));
        assert_eq!(first_forbidden(honest), None);
    }

    #[test]
    fn marks_are_shown_without_effect_and_not_refused() {
        assert_eq!(display("a\u{200F}b\u{61C}c"), "a\u{2060}b\u{34F}c");
        assert_eq!(first_forbidden("a\u{200F}\u{200E}\u{61C}\u{200D}"), None);
    }

    #[test]
    fn a_block_keeps_its_lines() {
        assert_eq!(display_block("a\r\n\tb\u{8}"), "a \n\tb?");
        assert_eq!(display("a\r\n\tb\u{85}\u{2028}"), "a   b¤\u{FFFD}");
    }

    #[test]
    fn an_excerpt_counts_characters() {
        assert_eq!(excerpt("بنية", 4), "بنية");
        assert_eq!(excerpt("بنيات", 3), "بني…");
        assert_eq!(excerpt("a\nb", 9), "a b");
    }

    #[test]
    fn refused_characters_have_names() {
        assert_eq!(first_forbidden("ab\u{202E}c"), Some((2, '\u{202E}')));
        assert_eq!(first_forbidden("a\t\r\n\0"), Some((4, '\0')));
        assert_eq!(char_name('\u{202E}'), "U+202E RIGHT-TO-LEFT OVERRIDE");
        assert_eq!(char_name('\u{1}'), "U+0001 (a control character)");
        assert_eq!(char_name('ب'), "U+0628");
    }

    proptest! {
        #[test]
        fn display_keeps_the_length_and_leaves_nothing_to_replace(text in proptest::collection::vec(any::<char>(), 0..20)
            .prop_map(|chars| chars.into_iter().collect::<String>())) {
            let shown = display(&text);
            prop_assert_eq!(shown.len(), text.len());
            prop_assert_eq!(first_forbidden(&shown), None);
            prop_assert!(matches!(display(&shown), Cow::Borrowed(_)));
        }

        #[test]
        fn the_first_forbidden_character_is_found(
            before in 0..150_usize,
            text in "[a\\n\u{7F}-\u{A0}é–\u{202D}\u{2065}-\u{206A}ب]{0,8}",
        ) {
            let text = format!("{}{text}", "\n\r\té".chars().cycle().take(before).collect::<String>());
            let slow = text.char_indices().find(|&(_, char)| is_forbidden(char));
            prop_assert_eq!(first_forbidden(&text), slow);
        }

        #[test]
        fn every_character_keeps_its_length(code in 0_u32..0x3000) {
            let text = char::from_u32(code).unwrap().to_string();
            prop_assert_eq!(display(&text).len(), text.len());
            prop_assert_eq!(display_block(&text).len(), text.len());
        }
    }
}
