//! Lines, and what their first characters say.

use std::ops::Range;

/// A line with content.
pub(super) struct Line<'t> {
    /// Where its content begins.
    pub(super) start: usize,
    /// How many bytes of white space stand before it.
    pub(super) indent: usize,
    /// Whether a tab is among them.
    pub(super) tab: bool,
    /// Its content, without white space at its end.
    pub(super) text: &'t str,
}

/// A line that marks the start or the end of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// `---`
    Start,
    /// `...`
    End,
}

/// The lines of a stretch that are neither blank nor comments.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Line<'_>> {
    let mut next = range.start;
    let all = text.get(range).unwrap_or("").split_inclusive('\n');
    let all = all.flat_map(|line| line.split_inclusive('\r'));
    all.filter_map(move |line| {
        let begin = next;
        next += line.len();
        let content = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - content.len();
        let tab = line.get(..indent).is_some_and(|blank| blank.contains('\t'));
        let text = content.trim_end_matches([' ', '\t', '\n', '\r']);
        let has_content = !text.is_empty() && !text.starts_with('#');
        has_content.then_some(Line { start: begin + indent, indent, tab, text })
    })
}

impl Line<'_> {
    /// Where its content stands.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Whether it marks the start or the end of a document.
    pub(super) fn marker(&self) -> Option<Marker> {
        let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
        let is = |mark: &str| self.indent == 0 && self.text.strip_prefix(mark).is_some_and(ends);
        match () {
            () if is("---") => Some(Marker::Start),
            () if is("...") => Some(Marker::End),
            () => None,
        }
    }

    /// The width of the `- ` of an item, up to its content.
    pub(super) fn item(&self) -> Option<usize> {
        let rest = self.text.strip_prefix('-')?;
        let content = rest.trim_start_matches([' ', '\t']);
        (rest.is_empty() || content.len() < rest.len()).then_some(self.text.len() - content.len())
    }

    /// Whether it begins with a letter, a figure or a quotation mark: where keys stand, such a line
    /// is one, or was meant to be.
    pub(super) fn is_word(&self) -> bool {
        let begins = |first: char| first.is_alphanumeric() || matches!(first, '"' | '\'');
        self.text.starts_with(begins)
    }

    /// The end of the key that the line begins with, colon included.
    pub(super) fn key_end(&self) -> Option<usize> {
        let key = match self.text.chars().next()? {
            mark @ ('"' | '\'') => 1 + closing(self.text.get(1..)?, mark)?,
            '[' | ']' | '{' | '}' | ',' | '#' | '&' | '*' | '!' | '|' | '>' | '%' | '@' | '`' => {
                return None;
            }
            _ => 0,
        };
        let rest = self.text.get(key..)?;
        let colon = rest.match_indices(':').map(|(at, _)| at + 1).find(|&end| {
            rest.get(end..).is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t']))
        })?;
        let between = rest.get(..colon - 1)?;
        let is_key = if key > 0 { between.trim().is_empty() } else { !between.contains(" #") };
        is_key.then_some(key + colon)
    }
}

/// The end of a quoted text that began before `text`, its mark included.
fn closing(text: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (at, char) in text.char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' if mark == '"' => escaped = true,
            _ if char == mark => return Some(at + 1),
            _ => {}
        }
    }
    None
}
