//! The first document of a file, and what of a stream of documents is refused.

use std::ops::Range;

use crate::text::source_map::BYTE_ORDER_MARK;

use super::lines::{Marker, lines};
use super::{Fault, FaultKind, Source};

/// Where the first document stands.
pub(super) struct Extent {
    /// Its content, without a byte-order mark and without `---` and `...`.
    pub(super) body: Range<usize>,
    /// Directives before it and content behind it.
    pub(super) refused: Vec<Fault>,
}

/// Finds the first document. `---` and `...` at the start of a line are never content, so lines are
/// all that must be looked at.
pub(super) fn first(source: Source<'_>) -> Extent {
    let text = source.text;
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let mut extent = Extent { body: start..text.len(), refused: Vec::new() };
    if !has_marks(text.get(start..).unwrap_or("")) {
        return extent;
    }
    let mut stage = Stage::Before;
    for line in lines(text, start..text.len()) {
        let range = line.range();
        stage = match (stage, line.marker()) {
            (Stage::Before, _) if line.indent == 0 && line.text.starts_with('%') => {
                extent.refuse(source, range.clone(), FaultKind::Directive);
                extent.body.start = range.end;
                Stage::Before
            }
            (Stage::Before, Some(Marker::Start)) => {
                extent.body.start = range.start + 3;
                Stage::Within
            }
            (Stage::Before | Stage::Within, None) => Stage::Within,
            (Stage::Before, Some(Marker::End)) => {
                extent.body.start = range.end;
                Stage::Before
            }
            (Stage::Within, Some(Marker::End)) => {
                extent.body.end = range.start;
                Stage::After
            }
            (Stage::After, Some(Marker::End)) => Stage::After,
            (stage, _) => {
                if stage == Stage::Within {
                    extent.body.end = range.start;
                }
                extent.refuse(source, range, FaultKind::SecondDocument);
                break;
            }
        };
    }
    extent
}

/// Whether a line may begin with a mark or a directive: hardly any file has such a line. The compiler compares many
/// bytes together.
fn has_marks(text: &str) -> bool {
    let ends_line = |byte: u8| matches!(byte, b'\n' | b'\r');
    let is_twice = |first: u8, second: u8| first == second && matches!(first, b'-' | b'.');
    let begins =
        |[end, first, second]: &[u8; 3]| ends_line(*end) & ((*first == b'%') | is_twice(*first, *second));
    let at_start = ["--", "..", "%"].iter().any(|mark| text.starts_with(mark));
    let bytes = text.as_bytes();
    at_start || bytes.array_windows().fold(bytes.ends_with(b"%"), |any, three| any | begins(three))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Before,
    Within,
    After,
}

impl Extent {
    fn refuse(&mut self, source: Source<'_>, range: Range<usize>, kind: FaultKind) {
        self.refused.push(Fault::new(source.span(range), kind));
    }
}

#[cfg(test)]
mod tests {
    use super::has_marks;

    #[test]
    fn a_mark_is_seen_wherever_a_line_begins_with_it() {
        for mark in ["---", "...", "%"] {
            for before in ["", "a\n", "a\r", "a\r\n"] {
                for behind in ["", " b", "\n", "b: c"] {
                    let text = format!("{before}{mark}{behind}");
                    assert!(has_marks(&text), "{text:?}");
                }
            }
        }
        assert!(!has_marks("a: 5 %, ...\n- b --- c\n.5\n-6\n"));
    }
}
