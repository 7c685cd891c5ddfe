//! Texts as YAML scalars that read back as they are.

use std::fmt::Write as _;

/// A text as a scalar for any place of a block or flow collection: plain where that is safe, else in
/// double quotation marks.
///
/// # Example
/// ```
/// use mizan::text::yaml::scalar;
///
/// assert_eq!(scalar("19 بنية جديدة"), "19 بنية جديدة");
/// assert_eq!(scalar("over 6,500"), "\"over 6,500\"");
/// ```
#[must_use]
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Whether a text means itself without quotation marks, also between brackets.
fn is_plain(text: &str) -> bool {
    let starts_plain = text.starts_with(|char: char| char.is_alphanumeric());
    let is_special = |char: char| ",[]{}:#\"\\".contains(char) || char.is_control();
    let is_padded = text.ends_with(char::is_whitespace);
    let is_null = matches!(text, "null" | "Null" | "NULL");
    starts_plain && !is_padded && !is_null && !text.contains(is_special) && !text.contains(is_odd_space)
}

/// White space that readers take for a line end or for nothing.
fn is_odd_space(char: char) -> bool {
    matches!(char, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => written.extend(['\\', char]),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            _ if char.is_control() || is_odd_space(char) => {
                // Writing to a string cannot fail.
                let _ = write!(written, "\\u{:04X}", u32::from(char));
            }
            _ => written.push(char),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::text::FileId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "[ab1أ,:#{}\"'\\\\ %~.?-]{1,12}|\\PC{1,12}") {
            let read = |file: String, path: [&str; 2]| {
                let document = parse(FileId::default(), &file);
                prop_assert!(document.faults.is_empty(), "{file:?} {:?}", document.faults);
                let root = document.root.unwrap();
                let node = root.get(path[0]).and_then(|node| node.get(path[1]));
                prop_assert_eq!(node.and_then(super::super::Node::as_str), Some(text.as_str()));
                prop_assert!(!node.is_some_and(super::super::Node::is_null));
                Ok(())
            };
            prop_assume!(crate::text::sanitise::first_forbidden(&text).is_none());
            read(format!("a: {{b: {}, c: d}}\n", scalar(&text)), ["a", "b"])?;
            read(format!("a:\n  b: {}\n  c: d\n", scalar(&text)), ["a", "b"])?;
        }
    }
}
