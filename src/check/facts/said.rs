//! What claims say of a point, in the article's words and in ours.

use super::Subject;
use crate::checks::words::sets;
use crate::checks::{Context, words};
use crate::fact::{Fact, FactId, Point, SetAside, Statement, Status, Time};
use crate::finding::Lang;
use crate::period::{Day, first_day_of_year, last_day_of_year};
use crate::quantity::Reading;

/// What one claim says.
#[derive(Clone, Debug)]
pub struct Said {
    /// The claim; `None` for the date that a source's file gives.
    pub fact: Option<FactId>,
    /// Its stable key.
    pub key: String,
    /// The article.
    pub source: String,
    /// Where the figure comes from.
    pub origin: String,
    /// The words of the article.
    pub quote: Option<String>,
    /// The figure as written.
    pub written: String,
    /// What the words entail.
    pub hard: Option<String>,
    /// What a reader takes them to mean, where that is more.
    pub soft: Option<String>,
    /// Why it takes part in nothing, if so.
    pub aside: Option<String>,
}

/// What claims, or the file of a source, say of a subject.
pub(super) fn of(context: &Context<'_>, subject: Subject) -> Vec<Said> {
    let base = context.base;
    match subject {
        Subject::Point(point) => base.claims_at(point).iter().map(|id| claim(context, *id)).collect(),
        Subject::Publication(id) => {
            let source = base.source(id);
            let Some(published) = source.published else { return Vec::new() };
            vec![Said {
                fact: None,
                key: key(context, subject),
                source: source.id.clone(),
                origin: base.origin(source.origin).to_owned(),
                quote: None,
                written: published.to_string(),
                hard: None,
                soft: None,
                aside: None,
            }]
        }
    }
}

fn claim(context: &Context<'_>, id: FactId) -> Said {
    let base = context.base;
    let fact = base.fact(id);
    let (hard, soft) = readings(fact, context.lang).unzip();
    let soft = soft.filter(|soft| Some(soft) != hard.as_ref());
    Said {
        fact: Some(id),
        key: fact.key.clone(),
        source: base.source(fact.source).id.clone(),
        origin: base.origin(fact.origin).to_owned(),
        quote: fact.quote.as_ref().map(|quote| quote.exact.clone()),
        written: written(context, id, fact),
        hard,
        soft,
        aside: fact.set_aside.as_ref().map(|aside| set_aside(context, aside)),
    }
}

/// The hard and the soft set of a claim in words.
fn readings(fact: &Fact, lang: Lang) -> Option<(String, String)> {
    match &fact.statement {
        Statement::Value(figures) => {
            let Reading { hard, soft, .. } = &figures.reading;
            Some((sets::interval(hard, lang), sets::interval(soft, lang)))
        }
        Statement::Date(dates) => {
            let span = dates.start.hard.hull(&dates.end.hard);
            let soft = dates.start.soft.hull(&dates.end.soft);
            Some((sets::days(&span, lang), sets::days(&soft, lang)))
        }
        _ => None,
    }
}

fn written(context: &Context<'_>, id: FactId, fact: &Fact) -> String {
    match &fact.statement {
        Statement::Value(figures) => figures.written.clone(),
        Statement::Change(change) => change.written.clone(),
        Statement::Share(share) => share.written.clone(),
        Statement::Date(dates) => dates.written.clone(),
        Statement::State(word) => word.clone(),
        Statement::Named => {
            let least = words::number(&context.least(id).0);
            match context.lang {
                Lang::En => format!("named, {least} or more"),
                Lang::Fr => format!("nommés, {least} ou plus"),
                Lang::Ar => format!("مسماة، {least} أو أكثر"),
            }
        }
    }
}

fn set_aside(context: &Context<'_>, aside: &SetAside) -> String {
    match aside {
        SetAside::Rejected { because } => format!("rejected: {because}"),
        SetAside::Superseded { by } => format!("superseded by {}", context.base.fact(*by).key),
        SetAside::UnknownDimension => "of an unknown dimension".into(),
    }
}

/// How many articles stand behind claims, and the names of their independent origins; a publication
/// date that its file gives stands on its source alone.
pub(super) fn origins_of(context: &Context<'_>, claims: &[FactId], subject: Subject) -> (usize, Vec<String>) {
    let base = context.base;
    let mut sources: Vec<_> = claims.iter().map(|id| base.fact(*id).source).collect();
    let mut origins: Vec<_> = claims.iter().map(|id| base.fact(*id).origin).collect();
    if let (Subject::Publication(source), true) = (subject, claims.is_empty()) {
        sources.push(source);
        origins.push(base.source(source).origin);
    }
    sources.sort_unstable();
    sources.dedup();
    let mut origins: Vec<String> = origins.into_iter().map(|id| base.origin(id).to_owned()).collect();
    origins.sort_unstable();
    origins.dedup();
    (sources.len(), origins)
}

/// What a subject is called.
pub(crate) fn name(context: &Context<'_>, subject: Subject) -> String {
    match subject {
        Subject::Point(point) => words::point(context, point),
        Subject::Publication(source) => {
            let source = &context.base.source(source).id;
            match context.lang {
                Lang::En => format!("the publication of {source}"),
                Lang::Fr => format!("la publication de {source}"),
                Lang::Ar => format!("نشر {source}"),
            }
        }
    }
}

/// The stable name of a subject: the key of a claim on it, without the source.
pub(crate) fn key(context: &Context<'_>, subject: Subject) -> String {
    let (base, vocabulary) = (context.base, &context.base.vocabulary);
    let id = match subject {
        Subject::Publication(source) => return format!("{}/published", base.source(source).id),
        Subject::Point(id) => id,
    };
    let point = base.point(id);
    let told = base.facts_at(id).find_map(|fact| base.fact(fact).period).map(|period| period.to_string());
    let when = told.or_else(|| time(point.time)).map_or_else(String::new, |when| format!("@{when}"));
    let number = point.ordinal.map_or_else(String::new, |number| format!("#{number}"));
    let entity = vocabulary.entities.name(point.entity.0);
    let measure = vocabulary.measures.name(point.measure.0);
    format!("{entity}/{measure}{}{when}{number}", bracket(context, point))
}

fn bracket(context: &Context<'_>, point: &Point) -> String {
    let mut entries: Vec<String> = words::dimensions(context.base, point);
    entries.sort_unstable();
    if point.status != Status::Actual {
        entries.push(format!("status={}", point.status.name()));
    }
    if entries.is_empty() { String::new() } else { format!("[{}]", entries.join(",")) }
}

/// A time as a claim would write it.
fn time(time: Time) -> Option<String> {
    let day = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
    match time {
        Time::Undated => None,
        Time::At(at) if Some(at) == last_day_of_year(at.year()) => Some(at.year().to_string()),
        Time::At(at) => Some(at.to_string()),
        Time::Over(Some(first), Some(last))
            if Some(first) == first_day_of_year(first.year())
                && Some(last) == last_day_of_year(first.year()) =>
        {
            Some(first.year().to_string())
        }
        Time::Over(first, last) => Some(format!("{}/{}", day(first), day(last))),
    }
}
