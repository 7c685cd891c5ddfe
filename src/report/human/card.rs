//! One finding: its sentence, its snippet, and the rows below.

use std::fmt::Write as _;

use super::paint::Tint;
use super::words::{self, Word};
use super::{Detail, Style};
use super::{prose, snippet};
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
pub(super) fn render(report: &Report, finding: &Finding, style: &Style) -> String {
    let mut out = header(finding, style);
    out.push('\n');
    let snippet = snippet::draw(report, &finding.labels, finding.severity, style);
    let (edge, others) = match &snippet {
        Some(snippet) => {
            out.push_str(&snippet.text);
            (snippet.edge, snippet.others.as_slice())
        }
        None => (EDGE, finding.labels.as_slice()),
    };
    let places = places(report, others, style);
    let rows = rows(report, finding, style);
    if snippet.is_some() || !places.is_empty() || !rows.is_empty() {
        out.push_str(&frame(edge, &places, &rows, style));
    }
    out
}

/// `warning[MZ204/districts-roll-forward] sentence`
fn header(finding: &Finding, style: &Style) -> String {
    let severity = words::severity(finding.severity, style.lang);
    let allowed = match finding.allowed {
        Some(_) => format!(" ({})", Word::Allowed.say(style.lang)),
        None => String::new(),
    };
    let name = format!("{severity}[{}]{allowed}", sanitise::display(&finding.name()));
    let message = prose::sentence(&finding.message);
    let room = if style.wrap { style.width } else { usize::MAX };
    let lines = prose::wrap(&message, room.saturating_sub(name.chars().count() + 1), room);
    let message: Vec<String> = lines.iter().map(|line| style.paint(Tint::Strong, line)).collect();
    format!("{} {}", style.paint(Tint::Severity(finding.severity), &name), message.join("\n"))
}

/// Other places, one a line in three columns: where, what stands there, what it means.
fn places(report: &Report, labels: &[Label], style: &Style) -> Vec<String> {
    /// Columns for what stands at another place.
    const VALUE: usize = 40;
    let cells: Vec<[String; 3]> = labels
        .iter()
        .filter_map(|label| {
            let location = locate(report, label.place)?;
            let place = format!("{}:{}", location.path, location.start);
            let value = snippet::value_of(report, &location, VALUE);
            Some([place, value, prose::sentence(&label.text)])
        })
        .collect();
    let width = |column: usize| {
        cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    let line = |[place, value, text]: &[String; 3]| {
        let place = style.paint(Tint::Faint, &format!("{place:first$}"));
        format!("{place}  {value:second$}  {text}").trim_end().to_owned()
    };
    cells.iter().map(line).collect()
}

/// A label and the lines beside it.
struct Row {
    word: &'static str,
    lines: Vec<String>,
    tint: Option<Tint>,
}

fn rows(report: &Report, finding: &Finding, style: &Style) -> Vec<Row> {
    let row = |word: Word, lines: Vec<String>, tint| Row { word: word.say(style.lang), lines, tint };
    let reasons = || finding.reasons.iter();
    // A single step that repeats the message adds nothing.
    let steps = reasons().map(|reason| reason.steps.as_slice());
    let telling = steps.filter(|steps| *steps != std::slice::from_ref(&finding.message));
    let mut rows: Vec<Row> =
        telling.take(MAX_REASONS).map(|steps| row(Word::Why, abridged(clean(steps), style), None)).collect();
    if let Some(more) = finding.reasons.len().checked_sub(MAX_REASONS).filter(|more| *more > 0) {
        rows.push(row(Word::Why, vec![format!("… +{more}")], None));
    }
    if reasons().all(|reason| reason.steps.is_empty()) {
        rows.push(row(Word::Expected, clean(finding.expected.as_slice()), None));
        rows.push(row(Word::Found, clean(finding.found.as_slice()), None));
    }
    let mut assumed: Vec<String> = reasons().flat_map(|reason| clean(&reason.assumptions)).collect();
    assumed.dedup();
    rows.push(row(Word::Assumed, assumed, None));
    rows.push(row(Word::Resolve, proposals(&finding.proposals(), style), None));
    rows.push(row(Word::Evidence, evidence(report, finding, style), Some(Tint::Quote)));
    rows.push(row(Word::Behind, behind(report, finding, style), None));
    rows.push(row(Word::Allowed, allowed(finding), None));
    if style.detail == Detail::Verbose {
        rows.push(row(Word::Fingerprint, vec![finding.fingerprint(&report.base)], None));
    }
    rows.retain(|row| !row.lines.is_empty());
    rows
}

/// The first and the last steps of a chain that nobody reads to its end; a verbose report has them all.
fn abridged(mut lines: Vec<String>, style: &Style) -> Vec<String> {
    if style.detail != Detail::Verbose && lines.len() > 3 * SHOWN_STEPS {
        let left_out = lines.len() - 2 * SHOWN_STEPS;
        lines.splice(SHOWN_STEPS..SHOWN_STEPS + left_out, [format!("… +{left_out}")]);
    }
    lines
}

fn clean(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| prose::sentence(line)).collect()
}

/// Proposals: on one line when they fit, else one a line.
fn proposals(help: &[String], style: &Style) -> Vec<String> {
    let lines = clean(help);
    if lines.len() < 2 {
        return lines;
    }
    let lead = Word::AnyOneOf.say(style.lang);
    let joined = format!("{lead}: {}", lines.join(" · "));
    if joined.chars().count() + FRAME <= style.width {
        return vec![joined];
    }
    std::iter::once(format!("{lead}:")).chain(lines.iter().map(|line| format!("{BULLET}{line}"))).collect()
}

/// How many sources and independent origins say what several claims say.
fn behind(report: &Report, finding: &Finding, style: &Style) -> Vec<String> {
    let (sources, origins) = finding.support(&report.base);
    if finding.claims.len() < 2 {
        return Vec::new();
    }
    let counts = [(sources, words::Noun::Sources), (origins, words::Noun::Origins)];
    vec![
        counts.map(|(number, noun)| words::count(number, noun, style.lang)).join(Word::Comma.say(style.lang)),
    ]
}

/// The words of the articles behind the claims, with the source of each.
fn evidence(report: &Report, finding: &Finding, style: &Style) -> Vec<String> {
    let claims = finding.claims.iter().chain(finding.reasons.iter().flat_map(|reason| &reason.claims));
    let mut pieces: Vec<(String, String)> = Vec::new();
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
        .collect()
}

fn quote(report: &Report, claim: FactId) -> Option<(String, String)> {
    let fact = report.base.fact(claim);
    let quote = fact.quote.as_ref()?;
    let place = match report.anchors.get(&claim) {
        Some(span) => {
            let line = report.map.position(span.file, span.start).line;
            format!("{}:{line}", report.map.name(span.file))
        }
        None => report.base.source(fact.source).id.clone(),
    };
    Some((sanitise::excerpt(&place, MAX_QUOTE), sanitise::excerpt(&quote.exact, MAX_QUOTE)))
}

fn allowed(finding: &Finding) -> Vec<String> {
    let line = finding.allowed.as_ref().map(|allowed| match &allowed.by {
        Some(by) => format!("{} ({by})", allowed.because),
        None => allowed.because.clone(),
    });
    clean(line.as_slice())
}

/// Draws places and rows along the edge, and closes the frame at the last line.
fn frame(edge: usize, places: &[String], rows: &[Row], style: &Style) -> String {
    let strokes = style.lines();
    let width = rows.iter().map(|row| row.word.chars().count()).max().unwrap_or(0);
    let room = style.width.saturating_sub(edge + width + 4).max(NARROWEST);
    let lines: Vec<String> = rows.iter().flat_map(|row| row.draw(width, room, style)).collect();
    let last = lines.len().saturating_sub(1);
    let places = places.iter().map(|place| format!("{}{place}", strokes.branch));
    let lines = lines.iter().enumerate().map(|(index, line)| {
        let stroke = if index == last { strokes.last } else { strokes.bar };
        format!("{stroke}{line}")
    });
    let end = rows.is_empty().then(|| strokes.end.to_owned());
    places.chain(lines).chain(end).fold(String::new(), |mut out, line| {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{:edge$}{}", "", line.trim_end());
        out
    })
}

impl Row {
    fn draw(&self, width: usize, room: usize, style: &Style) -> Vec<String> {
        let lines = self.lines.iter().flat_map(|line| prose::wrap_item(line, BULLET, room));
        let draw = |(index, line): (usize, String)| {
            let word = style.paint(Tint::Label, if index == 0 { self.word } else { "" });
            let pad = width - if index == 0 { self.word.chars().count() } else { 0 };
            let line = self.tint.map_or_else(|| line.clone(), |tint| tinted(&line, tint, style));
            format!("{word}{:pad$}  {line}", "")
        };
        lines.enumerate().map(draw).collect()
    }
}

/// The words between the brackets in their colour, the rest plain.
fn tinted(line: &str, tint: Tint, style: &Style) -> String {
    let strokes = style.lines();
    match line.split_once(strokes.open) {
        Some((source, quote)) => {
            format!("{source}{}", style.paint(tint, &format!("{}{quote}", strokes.open)))
        }
        None => style.paint(tint, line),
    }
}
