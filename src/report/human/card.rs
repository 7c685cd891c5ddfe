//! One finding: its sentence, its snippet, and the rows below.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::paint::Tint;
use super::prose;
use super::snippet::{self, Below};
use super::words::{self, Word};
use super::{Detail, Style};
use crate::check::Report;
use crate::fact::FactId;
use crate::finding::{Finding, Label};
use crate::report::locate;
use crate::text::sanitise;

/// The edge of the rows when no snippet says where it is.
const EDGE: usize = 3;
/// Columns of the frame and the label of a row, about.
const FRAME: usize = 20;
/// Before each of several proposals.
const BULLET: &str = "· ";
/// Rows are not broken into lines shorter than this.
const NARROWEST: usize = 20;
/// How many steps of a long reason are shown at either end.
const SHOWN_STEPS: usize = 4;
/// Reasons of one finding that are told; the others are counted, and `--format json` has them all.
const MAX_REASONS: usize = 3;
/// So many pieces of evidence are shown.
const MAX_EVIDENCE: usize = 12;
/// A quote is cut at this many characters; honest ones have a dozen words.
const MAX_QUOTE: usize = 200;

/// Renders a finding with a line feed behind each line.
pub(super) fn render(out: &mut String, report: &Report, finding: &Finding, style: &Style) {
    header(out, finding, style);
    let snippet = snippet::draw(out, report, &finding.labels, finding.severity, style);
    let is_open = snippet.is_some();
    let Below { edge, others } =
        snippet.unwrap_or_else(|| Below { edge: EDGE, others: finding.labels.iter().collect() });
    let places = places(report, &others, style);
    let rows = rows(report, finding, style);
    if is_open || !places.is_empty() || !rows.is_empty() {
        frame(out, edge, &places, &rows, style);
    }
}

/// `warning[MZ204/districts-roll-forward] sentence`
fn header(out: &mut String, finding: &Finding, style: &Style) {
    let severity = words::severity(finding.severity, style.lang);
    let allowed = match finding.allowed {
        Some(_) => format!(" ({})", Word::Allowed.say(style.lang)),
        None => String::new(),
    };
    let name = format!("{severity}[{}]{allowed}", sanitise::display(&finding.name()));
    let message = prose::sentence(&finding.message);
    let room = if style.wrap { style.width } else { usize::MAX };
    let lines = prose::wrap(&message, room.saturating_sub(name.chars().count() + 1), room);
    // Writing to a string cannot fail, here and below.
    let _ = write!(out, "{}", style.paint(Tint::Severity(finding.severity), &name));
    for (index, line) in lines.into_iter().enumerate() {
        let gap = if index == 0 { ' ' } else { '\n' };
        let _ = write!(out, "{gap}{}", style.paint(Tint::Strong, line));
    }
    out.push('\n');
}

/// Other places, one a line in three columns: where, what stands there, what it means.
fn places(report: &Report, labels: &[&Label], style: &Style) -> Vec<String> {
    /// Columns for what stands at another place.
    const VALUE: usize = 40;
    let cells: Vec<[String; 3]> = labels
        .iter()
        .filter_map(|label| {
            let location = locate(report, label.place)?;
            let place = format!("{}:{}", location.path, location.start);
            let value = snippet::value_of(report, &location, VALUE);
            Some([place, value, prose::sentence(&label.text).into_owned()])
        })
        .collect();
    let width = |column: usize| {
        cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    let line = |[place, value, text]: &[String; 3]| {
        let place = format!("{place:first$}");
        format!("{}  {value:second$}  {text}", style.paint(Tint::Faint, &place)).trim_end().to_owned()
    };
    cells.iter().map(line).collect()
}

/// A label and the lines beside it.
struct Row<'a> {
    word: &'static str,
    lines: Vec<Cow<'a, str>>,
    tint: Tint,
}

fn rows<'a>(report: &'a Report, finding: &'a Finding, style: &Style) -> Vec<Row<'a>> {
    let row =
        |word: Word, lines: Vec<Cow<'a, str>>| Row { word: word.say(style.lang), lines, tint: Tint::Plain };
    let reasons = || finding.reasons.iter();
    // A single step that repeats the message adds nothing.
    let steps = reasons().map(|reason| reason.steps.as_slice());
    let telling = steps.filter(|steps| *steps != std::slice::from_ref(&finding.message));
    let mut rows: Vec<Row<'_>> =
        telling.take(MAX_REASONS).map(|steps| row(Word::Why, abridged(clean(steps), style))).collect();
    if let Some(more) = finding.reasons.len().checked_sub(MAX_REASONS).filter(|more| *more > 0) {
        rows.push(row(Word::Why, vec![format!("… +{more}").into()]));
    }
    if reasons().all(|reason| reason.steps.is_empty()) {
        rows.push(row(Word::Expected, clean(finding.expected.as_slice())));
        rows.push(row(Word::Found, clean(finding.found.as_slice())));
    }
    let mut assumed: Vec<Cow<'_, str>> = reasons().flat_map(|reason| clean(&reason.assumptions)).collect();
    assumed.dedup();
    rows.push(row(Word::Assumed, assumed));
    rows.push(row(Word::Resolve, proposals(&finding.proposals(), style)));
    rows.push(Row { tint: Tint::Quote, ..row(Word::Evidence, evidence(report, finding, style)) });
    rows.push(row(Word::Behind, behind(report, finding, style)));
    rows.push(row(Word::Allowed, allowed(finding)));
    if style.detail == Detail::Verbose {
        rows.push(row(Word::Fingerprint, vec![finding.fingerprint(&report.base).into()]));
    }
    rows.retain(|row| !row.lines.is_empty());
    rows
}

/// The first and the last steps of a chain that nobody reads to its end; a verbose report has them all.
fn abridged<'a>(mut lines: Vec<Cow<'a, str>>, style: &Style) -> Vec<Cow<'a, str>> {
    if style.detail != Detail::Verbose && lines.len() > 3 * SHOWN_STEPS {
        let left_out = lines.len() - 2 * SHOWN_STEPS;
        lines.splice(SHOWN_STEPS..SHOWN_STEPS + left_out, [format!("… +{left_out}").into()]);
    }
    lines
}

fn clean(lines: &[String]) -> Vec<Cow<'_, str>> {
    lines.iter().map(|line| prose::sentence(line)).collect()
}

/// Proposals: on one line when they fit, else one a line.
fn proposals(help: &[String], style: &Style) -> Vec<Cow<'static, str>> {
    let lines = clean(help);
    if lines.len() < 2 {
        return lines.into_iter().map(|line| line.into_owned().into()).collect();
    }
    let lead = Word::AnyOneOf.say(style.lang);
    let joined = format!("{lead}: {}", lines.join(" · "));
    if joined.chars().count() + FRAME <= style.width {
        return vec![joined.into()];
    }
    let items = lines.iter().map(|line| format!("{BULLET}{line}"));
    std::iter::once(format!("{lead}:")).chain(items).map(Cow::Owned).collect()
}

/// How many sources and independent origins say what several claims say.
fn behind(report: &Report, finding: &Finding, style: &Style) -> Vec<Cow<'static, str>> {
    if finding.claims.len() < 2 {
        return Vec::new();
    }
    let (sources, origins) = finding.support(&report.base);
    let counts = [(sources, words::Noun::Sources), (origins, words::Noun::Origins)];
    let counts = counts.map(|(number, noun)| words::count(number, noun, style.lang));
    vec![counts.join(Word::Comma.say(style.lang)).into()]
}

/// The words of the articles behind the claims, with the source of each.
fn evidence(report: &Report, finding: &Finding, style: &Style) -> Vec<Cow<'static, str>> {
    let claims = finding.claims.iter().chain(finding.reasons.iter().flat_map(|reason| &reason.claims));
    let mut pieces: Vec<(Cow<'_, str>, Cow<'_, str>)> = Vec::new();
    for piece in claims.filter_map(|claim| quote(report, *claim)) {
        if !pieces.contains(&piece) {
            pieces.push(piece);
        }
    }
    let left_out = pieces.len().saturating_sub(MAX_EVIDENCE);
    pieces.truncate(MAX_EVIDENCE);
    let width = pieces.iter().map(|(source, _)| source.chars().count()).max().unwrap_or(0);
    let strokes = style.lines();
    let more = (left_out > 0).then(|| format!("… {left_out} ×"));
    pieces
        .iter()
        .map(|(source, quote)| format!("{source:width$}  {}{quote}{}", strokes.open, strokes.close))
        .chain(more)
        .map(Cow::Owned)
        .collect()
}

fn quote(report: &Report, claim: FactId) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    let fact = report.base.fact(claim);
    let quote = fact.quote.as_ref()?;
    let place = match report.anchors.get(&claim) {
        Some(span) => {
            let line = report.map.position(span.file, span.start).line;
            let place = format!("{}:{line}", report.map.name(span.file));
            sanitise::excerpt(&place, MAX_QUOTE).into_owned().into()
        }
        None => sanitise::excerpt(&report.base.source(fact.source).id, MAX_QUOTE),
    };
    Some((place, sanitise::excerpt(&quote.exact, MAX_QUOTE)))
}

fn allowed(finding: &Finding) -> Vec<Cow<'_, str>> {
    let line = finding.allowed.as_ref().map(|allowed| match &allowed.by {
        Some(by) => prose::sentence(&format!("{} ({by})", allowed.because)).into_owned().into(),
        None => prose::sentence(&allowed.because),
    });
    line.into_iter().collect()
}

/// Draws places and rows along the edge, and closes the frame at the last line.
fn frame(out: &mut String, edge: usize, places: &[String], rows: &[Row<'_>], style: &Style) {
    let strokes = style.lines();
    let width = rows.iter().map(|row| row.word.chars().count()).max().unwrap_or(0);
    let room = style.width.saturating_sub(edge + width + 4).max(NARROWEST);
    for place in places {
        let _ = writeln!(out, "{:edge$}{}{place}", "", strokes.branch);
    }
    let mut lines = rows.iter().flat_map(|row| row.wrapped(room)).peekable();
    if lines.peek().is_none() {
        let _ = writeln!(out, "{:edge$}{}", "", strokes.end);
    }
    while let Some((word, indent, line, tint)) = lines.next() {
        let stroke = if lines.peek().is_some() { strokes.bar } else { strokes.last };
        let gap = width + 2 - word.chars().count() + indent;
        let _ = write!(out, "{:edge$}{stroke}{}{:gap$}", "", style.paint(Tint::Label, word), "");
        // Of words of an article, those between the brackets have their colour.
        let colour = if tint == Tint::Plain { 0 } else { line.find(strokes.open).unwrap_or(0) };
        let (plain, tinted) = line.split_at(colour);
        let _ = write!(out, "{plain}{}", style.paint(tint, tinted));
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
}

impl Row<'_> {
    /// Its lines, broken where the room ends: the word before the line, its indent, its text, its tint.
    fn wrapped(&self, room: usize) -> impl Iterator<Item = (&'static str, usize, &str, Tint)> {
        let lines = self.lines.iter().flat_map(move |line| prose::wrap_item(line, BULLET, room));
        let words = std::iter::once(self.word).chain(std::iter::repeat(""));
        words.zip(lines).map(|(word, (indent, line))| (word, indent, line, self.tint))
    }
}
