//! Edits of a text: applied, and two rounds of them as one.

use std::ops::Range;

use super::Edit;
use crate::text::Span;

/// A text with its edits, which are sorted and apart.
///
/// # Example
/// ```
/// use mizan::finding::{Edit, apply};
/// use mizan::text::{FileId, Span};
///
/// let edit = Edit { span: Span::of(FileId::default(), 3..4), text: "10".into() };
/// assert_eq!(apply("a: 1 # one", &[edit]), "a: 10 # one");
/// ```
#[must_use]
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.bytes();
        edited.push_str(text.get(at..range.start).unwrap_or(""));
        edited.push_str(&edit.text);
        at = range.end;
    }
    edited.push_str(text.get(at..).unwrap_or(""));
    edited
}

/// The edits of a text that do at once what `first` does and then, to its outcome, `second`.
///
/// ```text
/// text     ──first──▶ between ──second──▶ outcome
///     └──────────── compose ─────────────▶
/// ```
///
/// Edits that touch become one. Both rounds are sorted and apart, and so is what comes out.
#[must_use]
pub fn compose(text: &str, first: &[Edit], second: &[Edit]) -> Vec<Edit> {
    let Some(file) = first.first().or(second.first()).map(|edit| edit.span.file) else { return Vec::new() };
    let between = apply(text, first);
    let written = written(first);
    let ranges = joined(written.iter().cloned().chain(second.iter().map(|edit| edit.span.bytes())).collect());
    let mut first = first.iter().zip(written).peekable();
    let mut second = second.iter().peekable();
    // How many bytes of the text the edits so far have taken, and how many they have brought.
    let (mut taken, mut brought) = (0, 0);
    let edit = |range: Range<usize>| {
        let start = range.start + taken - brought;
        while let Some((edit, there)) = first.next_if(|(_, there)| there.end <= range.end) {
            taken += edit.span.bytes().len();
            brought += there.len();
        }
        let end = range.end + taken - brought;
        let inside = std::iter::from_fn(|| second.next_if(|edit| edit.span.bytes().end <= range.end));
        let inside: Vec<Edit> = inside.map(|edit| edit.earlier(range.start)).collect();
        let text = apply(between.get(range).unwrap_or(""), &inside);
        Edit { span: Span::of(file, start..end), text }
    };
    ranges.into_iter().map(edit).collect()
}

/// Where the texts of some edits stand once they are applied.
fn written(edits: &[Edit]) -> Vec<Range<usize>> {
    let (mut taken, mut brought) = (0, 0);
    let place = |edit: &Edit| {
        let start = edit.span.bytes().start + brought - taken;
        taken += edit.span.bytes().len();
        brought += edit.text.len();
        start..start + edit.text.len()
    };
    edits.iter().map(place).collect()
}

/// Ranges in their order, those that touch as one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}

impl Edit {
    /// The same edit of a text that begins so many bytes later.
    #[must_use]
    pub fn earlier(&self, by: usize) -> Self {
        let range = self.span.bytes();
        let range = range.start.saturating_sub(by)..range.end.saturating_sub(by);
        Self { span: Span::of(self.span.file, range), text: self.text.clone() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::FileId;

    /// Edits of a text of so many bytes, sorted and apart.
    fn edits(length: usize) -> impl Strategy<Value = Vec<Edit>> {
        let cuts = prop::collection::vec((0..=length, "[x-z]{0,4}"), 0..8);
        cuts.prop_map(|mut cuts| {
            cuts.sort();
            let pairs = cuts.chunks_exact(2);
            let range = |pair: &[(usize, String)]| pair[0].0..pair[1].0;
            let edit = |pair: &[(usize, String)]| Edit {
                span: Span::of(FileId::default(), range(pair)),
                text: pair[0].1.clone(),
            };
            pairs.map(edit).collect()
        })
    }

    #[test]
    fn an_edit_within_what_another_wrote_is_one_with_it() {
        let edit = |range: Range<usize>, text: &str| Edit {
            span: Span::of(FileId::default(), range),
            text: text.to_owned(),
        };
        let composed = compose("a: 1, b: 2", &[edit(3..4, "100")], &[edit(4..5, "5"), edit(11..12, "3")]);
        assert_eq!(composed, [edit(3..4, "150"), edit(9..10, "3")]);
        assert_eq!(compose("a", &[], &[]), []);
    }

    proptest! {
        #[test]
        fn both_rounds_at_once_come_to_the_same(
            text in "[a-e]{20}",
            (first, second) in edits(20).prop_flat_map(|first| {
                let length = apply(&"a".repeat(20), &first).len();
                (Just(first), edits(length))
            }),
        ) {
            let twice = apply(&apply(&text, &first), &second);
            let composed = compose(&text, &first, &second);
            prop_assert_eq!(apply(&text, &composed), twice);
            let apart = composed.windows(2).all(|pair| pair[0].span.end < pair[1].span.start);
            prop_assert!(apart, "{:?}", composed);
        }
    }
}
