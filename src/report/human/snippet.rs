//! A few lines of one file with marks under them, drawn by miette.
//!
//! miette knows nothing of the file: it is given our [`Excerpt`]s of a few neighbouring lines, so its
//! cost does not grow with the file, its columns are ours, and nothing unsafe reaches the terminal.

use std::borrow::Cow;
use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use super::Style;
use super::excerpt::{Excerpt, excerpt};
use super::prose::{self, has_rtl};
use crate::check::Report;
use crate::finding::{Label, Severity};
use crate::report::{Location, locate};
use crate::text::Position;

/// Other lines are drawn into a snippet when they are no further away than this.
const NEAR: u32 = 2;
/// Columns that the frame and the line number take.
const FRAME: usize = 10;

/// What goes on below a drawn snippet, which is open at its bottom.
pub(super) struct Below<'a> {
    /// The column of the frame's left edge.
    pub(super) edge: usize,
    /// The labels that are not in the snippet: they stand elsewhere.
    pub(super) others: Vec<&'a Label>,
}

/// Draws the first label's line, and those of the labels near it.
///
/// `None` when the first label has no place.
pub(super) fn draw<'a>(
    out: &mut String,
    report: &Report,
    labels: &'a [Label],
    severity: Severity,
    style: &Style,
) -> Option<Below<'a>> {
    let (first, rest) = labels.split_first()?;
    let main = locate(report, first.place)?;
    let mut excerpts = Excerpts::new(report, &main, style);
    excerpts.add(first, &main);
    let others = rest.iter().filter(|label| {
        let location = locate(report, label.place);
        !location.is_some_and(|location| excerpts.add(label, &location))
    });
    let others = others.collect();
    let edge = excerpts.last_line.to_string().len() + 2;
    excerpts.render(out, severity, style);
    Some(Below { edge, others })
}

/// What a label points at, for a row of its own: `value: 454`.
pub(super) fn value_of(report: &Report, location: &Location<'_>, room: usize) -> String {
    let Excerpt { text, mark } = excerpt_of(report, location, room);
    let (before, value) = (text.get(..mark.start).unwrap_or(""), text.get(mark.clone()).unwrap_or("").trim());
    if text.get(mark.end..).is_some_and(|after| after.starts_with(':')) {
        // The key stands for a value that runs from right to left.
        return format!("{value}: …");
    }
    let key = before.trim_end().strip_suffix(':').unwrap_or("").rsplit([' ', '{', ',']).next();
    match key {
        Some(key) if !key.is_empty() => format!("{key}: {value}"),
        _ => value.to_owned(),
    }
}

fn excerpt_of(report: &Report, location: &Location<'_>, room: usize) -> Excerpt {
    let span = location.span;
    let line = report.map.line_text(span.file, location.start.line);
    let offset = line_start(report.map.text(span.file), span.start as usize);
    let within = |at: u32| (at as usize).saturating_sub(offset);
    excerpt(line, within(span.start)..within(span.end), room)
}

/// The byte at which the text of the line around an offset begins.
fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..text.floor_char_boundary(offset)).unwrap_or("");
    match before.rfind(['\n', '\r']) {
        Some(end) => end + 1,
        // The byte-order mark belongs to no line.
        None => text.len() - text.trim_start_matches('\u{FEFF}').len(),
    }
}

/// Neighbouring lines, growing label by label.
struct Excerpts<'a> {
    report: &'a Report,
    main: &'a Location<'a>,
    room: usize,
    first_line: u32,
    last_line: u32,
    /// Line numbers with what is shown of them and the labels of their marks.
    marked: Vec<(u32, Excerpt, Option<String>)>,
}

impl<'a> Excerpts<'a> {
    fn new(report: &'a Report, main: &'a Location<'a>, style: &Style) -> Self {
        let line = main.start.line;
        let room = style.width.saturating_sub(FRAME).max(20);
        Self { report, main, room, first_line: line, last_line: line, marked: Vec::new() }
    }

    /// Whether the label could be drawn: it stands near the others, on a line of its own or beside
    /// another mark with nothing between them that runs from right to left.
    fn add(&mut self, label: &Label, location: &Location<'_>) -> bool {
        let line = location.start.line;
        let near = line + NEAR >= self.first_line && line <= self.last_line + NEAR;
        if location.span.file != self.main.span.file || !near {
            return false;
        }
        let new = excerpt_of(self.report, location, self.room);
        let fits = |(_, old, _): &(u32, Excerpt, _)| {
            let apart = old.mark.end <= new.mark.start || new.mark.end <= old.mark.start;
            let from = old.mark.start.min(new.mark.start);
            let to = old.mark.end.max(new.mark.end);
            apart && old.text == new.text && !has_rtl(old.text.get(from..to).unwrap_or(""))
        };
        if !self.marked.iter().filter(|(other, ..)| *other == line).all(fits) {
            return false;
        }
        let text = Some(prose::sentence(&label.text)).filter(|text| !text.trim().is_empty());
        self.marked.push((line, new, text.map(Cow::into_owned)));
        self.first_line = self.first_line.min(line);
        self.last_line = self.last_line.max(line);
        true
    }

    fn render(mut self, out: &mut String, severity: Severity, style: &Style) {
        self.marked.sort_by_key(|(line, excerpt, _)| (*line, excerpt.mark.start));
        let mut drawing = Drawing {
            path: self.main.path.to_string(),
            first_line: self.first_line,
            position: self.main.start,
            text: String::new(),
            labels: Vec::new(),
            severity,
        };
        for line in self.first_line..=self.last_line {
            let start = drawing.text.len();
            let mut marks = self.marked.iter().filter(|(other, ..)| *other == line).peekable();
            match marks.peek() {
                Some((_, excerpt, _)) => drawing.text.push_str(&excerpt.text),
                None => drawing.text.push_str(&self.between(line)),
            }
            drawing.labels.extend(marks.map(|(_, excerpt, label)| {
                LabeledSpan::new(label.clone(), start + excerpt.mark.start, excerpt.mark.len())
            }));
            drawing.text.push('\n');
        }
        drawing.render(out, style);
    }

    /// A line without a mark between two that have one.
    fn between(&self, line: u32) -> String {
        excerpt(self.report.map.line_text(self.main.span.file, line), 0..0, self.room).text
    }
}

/// What miette is given: the shown lines as if they were the whole source.
#[derive(Debug)]
struct Drawing {
    path: String,
    first_line: u32,
    /// Where the main mark is, in the file.
    position: Position,
    text: String,
    labels: Vec<LabeledSpan>,
    severity: Severity,
}

impl Drawing {
    /// The frame without miette's line of message above it, which is ours to write, and without the
    /// closing line, because rows follow.
    fn render(&self, out: &mut String, style: &Style) {
        let handler = GraphicalReportHandler::new_themed(style.theme(self.severity))
            .with_width(style.width)
            .with_context_lines(CONTEXT)
            .with_wrap_lines(false)
            .with_links(false)
            .without_cause_chain();
        let mut drawn = String::new();
        // Writing to a string cannot fail, and `read_span` below never does.
        let _ = handler.render_report(&mut drawn, self);
        let mut lines = drawn.lines().skip(1).peekable();
        while let (Some(line), Some(_)) = (lines.next(), lines.peek()) {
            out.extend([line.trim_end(), "\n"]);
        }
    }
}

/// miette asks for the source with this much context, and for the place of the header with none.
const CONTEXT: usize = 1;

impl SourceCode for Drawing {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        before: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (line, column) =
            if before == CONTEXT { (self.first_line, 1) } else { (self.position.line, self.position.column) };
        let from_zero = |number: u32| number.saturating_sub(1) as usize;
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone(),
            self.text.as_bytes(),
            SourceSpan::from((0, self.text.len())),
            from_zero(line),
            from_zero(column),
            self.text.lines().count(),
        )))
    }
}

impl Diagnostic for Drawing {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl std::error::Error for Drawing {}

impl fmt::Display for Drawing {
    /// Nothing: the message is written above the snippet.
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}
