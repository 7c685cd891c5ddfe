//! The files of a run, and the way from a byte offset to a line and a column.

use std::sync::OnceLock;

/// All files of a run, each with its name and its text.
///
/// Every method is total: an offset behind the end means the end, an offset inside a character
/// means the whole character, and a file of another map is an empty file without a name.
///
/// # Example
/// ```
/// use mizan::text::{SourceMap, Span};
///
/// let mut map = SourceMap::default();
/// let file = map.add("claims/a.yaml".to_owned(), "المدينة: الرباط\nvalue: 24\n".to_owned());
/// let span = Span::new(file, 36, 38);
/// assert_eq!(map.slice(span), "24");
/// assert_eq!(map.position(file, span.start).to_string(), "2:8");
/// ```
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<File>,
}

/// A file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A stretch of a file, in bytes; `end` is exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

/// A line and a column, both counted from 1; columns count characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1. A byte-order mark at the start of a file is not counted.
    pub column: u32,
}

/// The mark that some editors put at the start of a UTF-8 file.
pub(super) const BYTE_ORDER_MARK: char = '\u{FEFF}';

#[derive(Debug)]
struct File {
    name: String,
    text: String,
    /// Where each line begins; made when the first position is asked for, as most files are never
    /// pointed into.
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters stand before every [`STRIDE`]-th byte; made for a file with a long line, of
    /// which every place would else be counted from its start.
    characters: OnceLock<Vec<u32>>,
}

/// A part of a line that is counted through.
const STRIDE: usize = 1024;

impl SourceMap {
    /// Adds a file and gives the name under which spans speak of it.
    pub fn add(&mut self, name: String, text: String) -> FileId {
        let id = FileId(to_u32(self.files.len()));
        self.files.push(File { name, text, line_starts: OnceLock::new(), characters: OnceLock::new() });
        id
    }

    /// The name of a file as it was added, usually its path.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| &file.name)
    }

    /// The whole text of a file.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.file(file).map_or("", |file| &file.text)
    }

    /// The files in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        (0..to_u32(self.files.len())).map(FileId)
    }

    /// The line and the column of an offset.
    ///
    /// Costs a binary search over the lines and one look at the line in question; the first
    /// question to a file also finds its lines.
    #[must_use]
    pub fn position(&self, file: FileId, offset: u32) -> Position {
        self.file(file).map_or(Position { line: 1, column: 1 }, |file| file.position(offset))
    }

    /// Where a span ends: the position behind its last character.
    #[must_use]
    pub fn end_position(&self, span: Span) -> Position {
        self.position(span.file, span.end)
    }

    /// The text that a span covers, widened to whole characters and cut at the end of the file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        let text = self.text(span.file);
        let start = text.floor_char_boundary(to_usize(span.start));
        let end = text.ceil_char_boundary(to_usize(span.end));
        text.get(start..end).unwrap_or("")
    }

    /// The text of a line, counted from 1, without its end and without a byte-order mark; empty for
    /// a line that is not there.
    #[must_use]
    pub fn line_text(&self, file: FileId, line: u32) -> &str {
        self.file(file).map_or("", |file| file.line(line))
    }

    fn file(&self, file: FileId) -> Option<&File> {
        self.files.get(to_usize(file.0))
    }
}

impl FileId {
    /// The file that was added to its map as number `index`, counted from 0.
    #[must_use]
    pub const fn new(index: u32) -> Self {
        Self(index)
    }

    /// The place of the file in the order in which files were added, from 0.
    #[must_use]
    pub const fn index(self) -> u32 {
        self.0
    }
}

impl Span {
    /// The bytes `start..end` of a file.
    #[must_use]
    pub const fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The same from offsets as Rust gives them. Files larger than 4 GiB are not read, so nothing
    /// is cut here.
    #[must_use]
    pub fn of(file: FileId, range: std::ops::Range<usize>) -> Self {
        Self::new(file, to_u32(range.start), to_u32(range.end))
    }

    /// The bytes as Rust gives them.
    #[must_use]
    pub fn bytes(self) -> std::ops::Range<usize> {
        to_usize(self.start)..to_usize(self.end)
    }

    /// How many bytes it covers.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it is a mere place between two characters.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The smallest span that covers both; the file is that of `self`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.file, self.start.min(other.start), self.end.max(other.end))
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl File {
    fn position(&self, offset: u32) -> Position {
        let offset = self.text.floor_char_boundary(to_usize(offset));
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| to_usize(start) <= offset).max(1);
        let start = starts.get(line - 1).map_or(0, |&start| to_usize(start));
        let marks = usize::from(line == 1 && self.text.starts_with(BYTE_ORDER_MARK) && offset > 0);
        Position { line: to_u32(line), column: to_u32(self.characters(start, offset) - marks + 1) }
    }

    /// How many characters stand between two places.
    fn characters(&self, start: usize, end: usize) -> usize {
        let count = |from: usize, to: usize| self.text.get(from..to).map_or(0, |text| text.chars().count());
        if end - start <= STRIDE {
            return count(start, end);
        }
        let known = self.characters.get_or_init(|| find_characters(&self.text));
        let before = |place: usize| {
            let stride = place / STRIDE;
            let known = known.get(stride).map_or(0, |&known| to_usize(known));
            known + count(self.text.floor_char_boundary(stride * STRIDE), place)
        };
        before(end) - before(start)
    }

    fn line(&self, line: u32) -> &str {
        let starts = self.line_starts();
        let index = to_usize(line).wrapping_sub(1);
        let Some(&start) = starts.get(index) else {
            return "";
        };
        let end = starts.get(index + 1).map_or(self.text.len(), |&end| to_usize(end));
        let text = self.text.get(to_usize(start)..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        if index == 0 { text.trim_start_matches(BYTE_ORDER_MARK) } else { text }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| find_lines(&self.text))
    }
}

/// Lines end with LF, with CRLF or with a lone CR, as YAML and the language server protocol have
/// it.
fn find_lines(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for (next, byte) in (1..).zip(bytes) {
        if *byte == b'\n' || *byte == b'\r' && bytes.get(next) != Some(&b'\n') {
            starts.push(to_u32(next));
        }
    }
    starts
}

/// The characters before every so many bytes.
fn find_characters(text: &str) -> Vec<u32> {
    let (mut known, mut from, mut count) = (Vec::new(), 0, 0);
    for place in (0..=text.len()).step_by(STRIDE) {
        let to = text.floor_char_boundary(place);
        count += text.get(from..to).map_or(0, |text| text.chars().count());
        known.push(to_u32(count));
        from = to;
    }
    known
}

/// Offsets are 32 bits wide; what lies beyond saturates, and everything that looks offsets up
/// clamps them.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> (SourceMap, FileId) {
        let mut map = SourceMap::default();
        let file = map.add("a".to_owned(), text.to_owned());
        (map, file)
    }

    fn at(text: &str, offset: u32) -> String {
        let (map, file) = one(text);
        map.position(file, offset).to_string()
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(at("قيمة: 4", 0), "1:1");
        assert_eq!(at("قيمة: 4", 8), "1:5");
        assert_eq!(at("قيمة: 4", 9), "1:6");
        assert_eq!(at("قيمة: 4", 1), "1:1", "inside a character means that character");
    }

    #[test]
    fn every_kind_of_line_end() {
        for text in ["a\nbc\n", "a\rbc\r"] {
            assert_eq!(
                (at(text, 2), at(text, 3), at(text, 5)),
                ("2:1".into(), "2:2".into(), "3:1".into()),
                "{text:?}"
            );
        }
        assert_eq!(
            (at("a\r\nbc", 3), at("a\r\nbc", 5), at("a\r\nbc", 99)),
            ("2:1".into(), "2:3".into(), "2:3".into())
        );
        let (map, file) = one("one\r\ntwo\rthree\nfour");
        let lines: Vec<_> = (0..7).map(|line| map.line_text(file, line)).collect();
        assert_eq!(lines, ["", "one", "two", "three", "four", "", ""]);
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let (map, file) = one("\u{FEFF}ab\nc");
        assert_eq!(map.position(file, 0).to_string(), "1:1");
        assert_eq!(map.position(file, 3).to_string(), "1:1");
        assert_eq!(map.position(file, 4).to_string(), "1:2");
        assert_eq!(map.line_text(file, 1), "ab");
        assert_eq!(map.slice(Span::new(file, 3, 5)), "ab");
    }

    #[test]
    fn slices_are_clamped_to_characters_and_to_the_file() {
        let (map, file) = one("aéb");
        assert_eq!(map.slice(Span::new(file, 2, 3)), "é");
        assert_eq!(map.slice(Span::new(file, 3, 99)), "b");
        assert_eq!(map.slice(Span::new(file, 3, 1)), "");
        assert_eq!(map.slice(Span::new(FileId::new(9), 0, 1)), "");
        assert_eq!(map.end_position(Span::new(file, 0, 3)).to_string(), "1:3");
    }

    proptest! {
        /// A position is what counting line ends and characters from the start of the file gives.
        #[test]
        fn agrees_with_counting(text in "[aé\r\n]{0,40}", offset in 0_u32..60) {
            let (map, file) = one(&text);
            let before = text.get(..text.floor_char_boundary(offset as usize)).unwrap();
            let (mut line, mut column) = (1, 1);
            for (at, char) in before.char_indices() {
                let ends = char == '\n' || char == '\r' && text.as_bytes().get(at + 1) != Some(&b'\n');
                (line, column) = if ends { (line + 1, 1) } else { (line, column + 1) };
            }
            prop_assert_eq!(map.position(file, offset), Position { line, column });
        }

        /// So it is in a line of any length.
        #[test]
        fn agrees_in_long_lines(letters in "[aéم]{1,9}", times in 1_usize..900, offset in 0_u32..9000) {
            let text = format!("x\n{}", letters.repeat(times));
            let (map, file) = one(&text);
            let before = text.get(2..text.floor_char_boundary((offset as usize).max(2))).unwrap();
            let column = u32::try_from(before.chars().count() + 1).unwrap();
            prop_assert_eq!(map.position(file, offset.max(2)), Position { line: 2, column });
        }

        #[test]
        fn lines_are_the_text_without_its_line_ends(text in "[aé\r\n]{0,40}") {
            let (map, file) = one(&text);
            let last = map.position(file, u32::MAX).line;
            let lines: String = (1..=last).map(|line| map.line_text(file, line)).collect();
            prop_assert_eq!(lines, text.replace(['\r', '\n'], ""));
        }
    }
}
