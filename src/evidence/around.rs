//! The period and the status of a claim against the words around its quote: notes, as a sentence may
//! name a year or speak of plans for other reasons.

use std::ops::Range;

use super::code::FIGURE;
use super::compare::period;
use super::normalise::Normalised;
use super::passage::Passage;
use super::{Article, clause, quoted};
use crate::fact::{Fact, FactBase, FactId, Key, Statement, Status};
use crate::finding::{Edit, Finding, Fix, Severity};
use crate::numeral::{Class, Mention};
use crate::period::Period;
use crate::text::{SourceMap, Span};

/// How far a sentence is followed on either side of the quote, in bytes.
const REACH: usize = 600;

/// Words behind which a sentence speaks of what a figure is compared with, in normal form.
const COMPARED: [&str; 14] = [
    "compared with",
    "compared to",
    "versus",
    "against",
    "up from",
    "down from",
    "contre",
    "par rapport à",
    "par rapport au",
    "مقارنة مع",
    "مقارنة ب",
    "مقارنة بسنة",
    "مقارنة بعام",
    "مقابل",
];
/// Words just before the year with which a figure is compared.
const BASES: [&str; 8] = ["from", "since", "than", "than in", "qu'en", "depuis", "عن سنة", "عن عام"];

/// What the sentence around the quote says otherwise.
pub(super) fn compare(
    base: &FactBase,
    map: &SourceMap,
    article: &Article<'_>,
    id: FactId,
    passage: &Passage,
) -> Vec<Finding> {
    let fact = base.fact(id);
    if !matches!(fact.statement, Statement::Value(_) | Statement::Change(_)) {
        return Vec::new();
    }
    let sentence = clause::sentence(article.text, &passage.whole(), REACH);
    let status = base.point(fact.point).status;
    let mut findings: Vec<Finding> =
        when(article, fact, id, &passage.whole(), &sentence).into_iter().collect();
    let plan = if status == Status::Actual { ahead(article, passage) } else { None };
    findings.extend(plan.map(|word| unplanned(id, word)));
    for finding in &mut findings {
        finding.fix = finding.fix.take().and_then(|fix| placed(fix, map, fact));
    }
    findings
}

/// A sentence that names years, none of which is the claim's.
fn when(
    article: &Article<'_>,
    fact: &Fact,
    id: FactId,
    passage: &Range<usize>,
    sentence: &Range<usize>,
) -> Option<Finding> {
    let claimed = fact.period?;
    let mentions = article.mentions.get(article.figures_at(sentence)).unwrap_or(&[]);
    let governing = mentions.iter().filter(|year| !is_compared(article, passage, mentions, &year.bytes));
    let told: Vec<(Range<usize>, Period)> =
        governing.filter_map(|mention| Some((mention.bytes.clone(), period(mention, None)?))).collect();
    let (first, named) = told.first()?;
    if told.iter().any(|(_, period)| period.overlaps(&claimed)) {
        return None;
    }
    let there = quoted(article.slice(first.clone()));
    let message = format!(
        "the period of a claim must be that of its sentence, which names {there}; the claim is of {claimed}"
    );
    let key = if fact.places.iter().any(|(key, _)| *key == Key::Period) { Key::Period } else { Key::Quote };
    let finding = Finding::new(FIGURE, Severity::Note, message).on(id, key, "the claim");
    let finding = finding.at(article.span(first.clone()), "the article").compare(there, claimed.to_string());
    let mut finding = finding.help("give the claim its `period` if the sentence is about that year");
    finding.fix = Some(Fix {
        edits: vec![Edit { span: Span::default(), text: format!("period: {named}") }],
        unsafe_because: Some("the sentence may name a year without being about it".to_owned()),
    });
    Some(finding)
}

/// Whether a year is the one that a quoted figure is compared with: "1,204 books, up 12.5% from 2023" says
/// nothing of when the books were lent.
fn is_compared(
    article: &Article<'_>,
    passage: &Range<usize>,
    mentions: &[Mention],
    year: &Range<usize>,
) -> bool {
    let figures = mentions.iter().filter(|figure| matches!(figure.class, Class::Quantity | Class::Percent));
    let quoted = figures.filter(|figure| passage.start <= figure.bytes.start);
    let Some(first) = quoted.map(|figure| figure.bytes.end).next().filter(|end| *end <= year.start) else {
        return false;
    };
    let between = Normalised::of(article.slice(first..year.start));
    let padded = format!(" {} ", between.as_str());
    let ends = |word: &str| padded.ends_with(&format!(" {word} "));
    COMPARED.iter().any(|word| padded.contains(&format!(" {} ", Normalised::of(word).as_str())))
        || BASES.iter().any(|word| ends(Normalised::of(word).as_str()))
}

/// The word with which every clause of the quote that has a figure speaks of what is to come.
fn ahead<'m>(article: &Article<'m>, passage: &Passage) -> Option<&'m str> {
    let is_amount = |mention: &&Mention| matches!(mention.class, Class::Quantity | Class::Percent);
    let figures: Vec<Range<usize>> =
        article.figures_in(passage).filter(is_amount).map(|mention| mention.bytes.clone()).collect();
    if figures.is_empty() {
        let end = passage.whole().end;
        return clause::plan(article.text, &(end..end));
    }
    let plans: Option<Vec<&str>> = figures.iter().map(|figure| clause::plan(article.text, figure)).collect();
    plans?.first().copied()
}

fn unplanned(id: FactId, word: &str) -> Finding {
    let message =
        format!("a claim of what is done must not stand in a plan, its sentence says {}", quoted(word));
    let finding = Finding::new(FIGURE, Severity::Note, message).on(id, Key::Quote, "claimed as done");
    let mut finding = finding.help("write `status: planned` if the figure is still to come");
    finding.fix = Some(Fix {
        edits: vec![Edit { span: Span::default(), text: "status: planned".to_owned() }],
        unsafe_because: Some("a plan and what is done may stand in one sentence".to_owned()),
    });
    finding
}

/// A fix that writes a key of a claim, at its place: over the key's value, or behind the quote.
fn placed(fix: Fix, map: &SourceMap, fact: &Fact) -> Option<Fix> {
    let place = |wanted: Key| fact.places.iter().find(|(key, _)| *key == wanted).map(|(_, span)| *span);
    let edits = fix.edits.into_iter().map(|edit| {
        let (name, value) = edit.text.split_once(": ")?;
        let key = if name == "period" { Key::Period } else { Key::Status };
        if let Some(span) = place(key) {
            return Some(Edit { span, text: value.to_owned() });
        }
        let (at, before) = behind(map, fact, place(Key::Quote)?)?;
        Some(Edit { span: at, text: format!("{before}{}", edit.text) })
    });
    Some(Fix { edits: edits.collect::<Option<Vec<_>>>()?, ..fix })
}

/// Where a key can be added to a claim, and what goes before it: a comma behind the quote in brackets, else a line of its own
/// below, as deep as the quote's.
fn behind(map: &SourceMap, fact: &Fact, quote: Span) -> Option<(Span, String)> {
    let claim = fact.place(Key::Claim)?;
    if map.slice(claim).starts_with('{') {
        return Some((Span::new(quote.file, quote.end, quote.end), ", ".to_owned()));
    }
    let text = map.text(quote.file);
    // The claim begins with its first key: all keys stand as deep.
    let before = text.get(..claim.bytes().start)?;
    let indent = before.chars().rev().take_while(|char| *char != '\n').count();
    let end = quote.bytes().end;
    let rest = text.get(end..)?;
    let end = end + rest.find(['\r', '\n']).unwrap_or(rest.len());
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Some((Span::of(quote.file, end..end), format!("{line_end}{}", " ".repeat(indent))))
}
