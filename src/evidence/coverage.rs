//! Which figures of an article a claim holds.
//!
//! A figure is held when it stands in the quote of a claim that says it. A date or a year is also held
//! when it is the period of a claim of that article: «سنة 2024» in a heading governs what follows. A
//! figure that the article repeats is held with its first mention.

use std::collections::BTreeSet;

use super::code::UNCOVERED;
use super::compare::{is_quantity, period, says};
use super::passage::Passage;
use super::{Anchored, Article, quoted, told};
use crate::fact::{FactBase, Statement, Time};
use crate::finding::{Finding, Severity};
use crate::numeral::{Class, Mention};
use crate::period::Period;
use crate::text::SourceMap;

/// The figures of an article.
pub(super) struct Covered<'a> {
    /// How many there are, ignored ones left out.
    pub(super) figures: usize,
    /// Those that no claim holds.
    pub(super) open: Vec<&'a Mention>,
    /// How many the claims file says are no claims.
    pub(super) ignored: usize,
}

/// So many figures are pointed at.
const MOST_SHOWN: usize = 20;

/// Looks every figure up in the claims.
pub(super) fn cover<'a>(
    base: &FactBase,
    article: &'a Article<'_>,
    anchored: &[Anchored],
    ignored: &[Passage],
) -> Covered<'a> {
    let mut fates = vec![Fate::Open; article.mentions.len()];
    let mut mark = |passage: &Passage, fate: Fate, holds: &dyn Fn(&Mention) -> bool| {
        for index in passage.stretches.iter().flat_map(|stretch| article.figures_at(stretch)) {
            if let (Some(known), Some(mention)) = (fates.get_mut(index), article.mentions.get(index)) {
                *known = if holds(mention) { (*known).max(fate) } else { *known };
            }
        }
    };
    for claim in anchored {
        mark(&claim.passage, Fate::Held, &|mention| holds(base, article, claim, mention));
    }
    for passage in ignored {
        mark(passage, Fate::Ignored, &|_| true);
    }
    let periods = periods(base, article);
    let bases = bases(base, article);
    let governs = |mention: &Mention| {
        let told = period(mention, None);
        told.is_some_and(|told| {
            periods.iter().any(|known| covers(&told, known))
                || bases.iter().any(|base| holds_time(&told, *base))
        })
    };
    let scored = || article.mentions.iter().zip(&fates).filter(|(mention, _)| mention.class.is_claimable());
    let of = |wanted: Fate| scored().filter(move |(_, fate)| **fate == wanted).map(|(mention, _)| mention);
    let said: BTreeSet<Said> = of(Fate::Held).map(Said::of).collect();
    let open =
        of(Fate::Open).filter(|mention| !governs(mention) && !said.contains(&Said::of(mention))).collect();
    let ignored = of(Fate::Ignored).count();
    Covered { figures: scored().count() - ignored, open, ignored }
}

/// What became of a figure; what somebody ignores by name, no claim needs to hold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Open,
    Held,
    Ignored,
}

/// Whether the claim whose quote holds a figure says it.
fn holds(base: &FactBase, article: &Article<'_>, claim: &Anchored, mention: &Mention) -> bool {
    if !is_quantity(mention) {
        return true;
    }
    match &base.fact(claim.fact).statement {
        Statement::Value(figures) => told::says(base, article, mention, figures),
        Statement::Change(change) => says(mention, &change.figure),
        Statement::Share(share) => says(mention, &share.figure),
        Statement::Date(_) | Statement::State(_) | Statement::Named => true,
    }
}

/// The periods that claims of the article are of, and its publication.
fn periods(base: &FactBase, article: &Article<'_>) -> Vec<Period> {
    let facts = base.facts().filter(|(_, fact)| fact.source == article.source);
    let mut periods: Vec<Period> = facts.filter_map(|(_, fact)| fact.period).collect();
    periods.extend(base.source(article.source).published);
    periods.sort_by_key(|period| (period.first(), period.last()));
    periods.dedup_by(|left, right| left.same_days(right));
    periods
}

/// The times that changes of the article are told from.
fn bases(base: &FactBase, article: &Article<'_>) -> Vec<Time> {
    let facts = base.facts().filter(|(_, fact)| fact.source == article.source);
    let changes = facts.filter_map(|(_, fact)| match &fact.statement {
        Statement::Change(change) => Some(base.point(change.base).time),
        _ => None,
    });
    changes.collect()
}

/// Whether a time lies within a date of a text.
fn holds_time(told: &Period, time: Time) -> bool {
    let (first, last) = match time {
        Time::At(day) => (Some(day), Some(day)),
        Time::Over(first, last) => (first, last),
        Time::Undated => return false,
    };
    let is_after = first.zip(told.first()).is_some_and(|(first, from)| from <= first);
    is_after && last.zip(told.last()).is_some_and(|(last, to)| last <= to)
}

/// Whether a date in a text is the period of a claim, or a coarser word for it.
fn covers(told: &Period, known: &Period) -> bool {
    told.same_days(known) || told.contains(known)
}

/// What makes two mentions the same figure.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Said<'a> {
    class: Class,
    value: String,
    hedge: &'static str,
    noun: Option<&'a str>,
}

impl<'a> Said<'a> {
    fn of(mention: &'a Mention) -> Self {
        let value = match (&mention.figure, &mention.moment) {
            (Some(figure), _) => figure.value.to_string(),
            (None, Some(moment)) => moment.edtf(Some(0)).unwrap_or_default(),
            (None, None) => String::new(),
        };
        Self { class: mention.class, value, hedge: mention.hedge().name(), noun: mention.noun.as_deref() }
    }
}

/// One finding for each article: the figures that no claim holds.
pub(super) fn tell(article: &Article<'_>, covered: &Covered<'_>, map: &SourceMap) -> Option<Finding> {
    if covered.open.is_empty() {
        return None;
    }
    let name = map.name(article.file);
    let (open, all) = (covered.open.len(), covered.figures);
    let are = if open == 1 { "is" } else { "are" };
    let message = format!(
        "every figure of an article should be held by a claim; {open} of {all} in `{name}` {are} not"
    );
    let finding = Finding::new(UNCOVERED, Severity::Note, message);
    let finding = covered.open.iter().take(MOST_SHOWN).fold(finding, |finding, mention| {
        let words = quoted(article.slice(mention.with_hedge.clone()));
        let noun = mention.noun.as_deref().map_or_else(String::new, |noun| format!(" {}", quoted(noun)));
        finding.at(article.span(mention.bytes.clone()), format!("{}: {words}{noun}", mention.class.name()))
    });
    let help =
        "write a claim for it, or say why it is none: `ignore: [{quote: …, because: …}]` in the claims file";
    Some(finding.help(help))
}
