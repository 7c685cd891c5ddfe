//! The entries of a mapping as pieces of text that can change places.

use std::ops::Range;

use super::{Entry, Kind, Node};

/// The pieces of a text that the entries of one of its mappings are; `None` where they cannot change places with
/// certainty.
///
/// A piece of a block is a key with its value and the comment behind it, to the end of the line; between braces it is
/// the key and the value alone. Between two pieces there is white space, and a comma between braces, which stay where
/// they are. Nobody knows to which entry a comment belongs that stands on a line of its own, or between braces: such
/// mappings have no pieces; neither have those with `? ` keys. What it means to move the pieces of an odd text, only
/// reading the outcome can tell.
///
/// # Example
/// ```
/// use mizan::text::{FileId, yaml};
///
/// let pieces = |text: &'static str| {
///     let root = yaml::parse(FileId::default(), text).root.unwrap();
///     let pieces = yaml::pieces(text, &root)?;
///     Some(pieces.into_iter().map(|piece| text.get(piece).unwrap()).collect::<Vec<_>>())
/// };
/// assert_eq!(pieces("value: 3   # or 4?\nmeasure: a\n"), Some(vec!["value: 3   # or 4?", "measure: a"]));
/// assert_eq!(pieces("{value: 3, measure: a}"), Some(vec!["value: 3", "measure: a"]));
/// assert_eq!(pieces("value: 3\n# of ships?\nmeasure: a\n"), None);
/// ```
#[must_use]
pub fn pieces(text: &str, mapping: &Node) -> Option<Vec<Range<usize>>> {
    let entries = mapping.as_mapping()?;
    let whole = mapping.span.bytes();
    if text.get(whole.clone())?.starts_with('{') {
        braced(text, &whole, entries)
    } else {
        block(text, entries)
    }
}

/// A key and its value.
fn extent(entry: &Entry) -> Range<usize> {
    let key = entry.key.span.bytes();
    key.start..entry.value.span.bytes().end.max(key.end)
}

/// `{a: 1, b: 2}`, on one line or several.
fn braced(text: &str, whole: &Range<usize>, entries: &[Entry]) -> Option<Vec<Range<usize>>> {
    let pieces: Vec<Range<usize>> = entries.iter().map(extent).collect();
    let (first, last) = (pieces.first()?, pieces.last()?);
    let stands = |range: Range<usize>, wanted: &[&str]| {
        let between = text.get(range).map(|between| between.split_whitespace().collect::<String>());
        between.is_some_and(|between| wanted.contains(&between.as_str()))
    };
    let apart = pieces.windows(2).all(|pair| match pair {
        [left, right] => stands(left.end..right.start, &[","]),
        _ => false,
    });
    let framed = stands(whole.start..first.start, &["{"]) && stands(last.end..whole.end, &["}", ",}"]);
    (apart && framed).then_some(pieces)
}

/// Entries on lines of their own.
fn block(text: &str, entries: &[Entry]) -> Option<Vec<Range<usize>>> {
    let to_line_end = |entry| {
        let Range { start, end } = extent(entry);
        start..end + line(text.get(end..).unwrap_or("")).len()
    };
    let pieces: Vec<Range<usize>> = entries.iter().map(to_line_end).collect();
    let (first, last) = (pieces.first()?, pieces.last()?);
    let is_indented = |pair: &[Range<usize>]| match pair {
        [above, below] => text.get(above.end..below.start).is_some_and(|between| {
            between.trim().is_empty() && last_line(between).chars().all(|char| char == ' ')
        }),
        _ => false,
    };
    let before = text.get(..first.start)?;
    let lead = last_line(before);
    let is_first = lead.chars().all(|char| matches!(char, ' ' | '-'));
    // A comment above the first key may be about it alone; above the dash it is about all of them.
    let is_below_comment = lead.trim().is_empty() && {
        let above = before.trim_end();
        above.len() < before.len() && last_line(above).trim_start().starts_with('#')
    };
    // So may a comment below the last one that stands as deep.
    let depth = lead.rfind('-').map_or(lead.len(), |dash| dash + 1);
    let is_above_comment = comment_depth(text.get(last.end..)?).is_some_and(|below| below >= depth);
    // At the end of a file without a last line end, a block text loses its own.
    let ends_in_text = |entry: &Entry| ends_in_block_text(text, &entry.value);
    let is_cut = last.end == text.len() && entries.iter().any(ends_in_text);
    let certain = is_first && !is_below_comment && !is_above_comment && !is_cut;
    let certain = certain && pieces.windows(2).all(is_indented);
    certain.then_some(pieces)
}

fn ends_in_block_text(text: &str, node: &Node) -> bool {
    match &node.kind {
        Kind::Scalar { plain, .. } => {
            !plain && text.get(node.span.bytes()).is_some_and(|written| !written.starts_with(['\'', '"']))
        }
        Kind::Sequence(items) => items.last().is_some_and(|item| ends_in_block_text(text, item)),
        Kind::Mapping(entries) => entries.last().is_some_and(|entry| ends_in_block_text(text, &entry.value)),
        Kind::Unread => true,
    }
}

/// How deep the first line below stands, if that is a comment.
fn comment_depth(text: &str) -> Option<usize> {
    let rest = text.trim_start();
    let before = text.get(..text.len() - rest.len())?;
    rest.starts_with('#').then(|| last_line(before).len())
}

/// The text up to the end of its first line.
fn line(text: &str) -> &str {
    text.split(['\r', '\n']).next().unwrap_or("")
}

/// The text from the beginning of its last line on.
fn last_line(text: &str) -> &str {
    text.rsplit(['\r', '\n']).next().unwrap_or("").trim_start_matches('\u{FEFF}')
}
