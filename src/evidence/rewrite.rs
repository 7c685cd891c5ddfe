//! The claim as its quote has it: unsafe fixes, as the claim may be right and the quote the wrong one.

use super::Article;
use super::passage::Passage;
use super::told::told;
use crate::fact::{Fact, FactBase, Key};
use crate::finding::{Edit, Fix};
use crate::numeral::{Class, Convention, Counted, Mention, find, read_phrase};
use crate::quantity::UnitKind;
use crate::text::{Span, yaml};
use crate::vocabulary::Measure;

/// Why nobody writes it without looking.
const BECAUSE: &str = "it changes what the claim says: the claim may be right, and the quote the wrong one";

/// A claim to rewrite from a figure of its article.
pub(super) struct Rewrite<'a> {
    pub(super) base: &'a FactBase,
    pub(super) article: &'a Article<'a>,
    pub(super) fact: &'a Fact,
    pub(super) passage: &'a Passage,
    pub(super) mention: &'a Mention,
}

impl Rewrite<'_> {
    /// The value and the unit of the quote, where the measure can be told in that unit.
    ///
    /// A claim without a value has its figure from the quote, which then is made longer: it had cut the figure or its hedge.
    pub(super) fn value(&self) -> Option<Fix> {
        let Some(value) = self.place(Key::Value) else { return self.longer_quote() };
        let words = self.words()?;
        let told = told(self.base, self.article, self.mention);
        let (measure, units) = (self.measure(), &self.base.vocabulary.units);
        let converts =
            |unit| measure.unit.is_some_and(|own| self.base.vocabulary.conversion(unit, own).is_some());
        match (told.unit, self.place(Key::Unit)) {
            (Some(unit), _) if Some(unit) != measure.unit && !converts(unit) => None,
            (Some(unit), Some(key)) => Some(fix([edit(value, &words), edit(key, units.name(unit.0))])),
            (Some(unit), None) if Some(unit) != measure.unit => {
                let words = one_line(self.article.slice(told.bytes));
                Some(fix([edit(value, &words)]))
            }
            _ => Some(fix([edit(value, &words)])),
        }
    }

    /// The number of a change or a share, within its phrase.
    pub(super) fn number(&self, key: Key, written: &str) -> Option<Fix> {
        let found = find(written).into_iter().find(|there| there.class == self.mention.class)?;
        let (before, behind) = (written.get(..found.bytes.start)?, written.get(found.bytes.end..)?);
        let words = self.article.slice(self.mention.bytes.clone());
        Some(fix([edit(self.place(key)?, &one_line(&format!("{before}{words}{behind}")))]))
    }

    /// The number in a series.
    pub(super) fn ordinal(&self) -> Option<Fix> {
        let number = self.mention.figure.as_ref()?.value.to_string();
        Some(fix([edit(self.place(Key::Ordinal)?, &number)]))
    }

    /// The date, in a given year where the quote names none.
    pub(super) fn date(&self, year: Option<i32>) -> Option<Fix> {
        Some(fix([edit(self.place(Key::Date)?, &self.mention.moment?.edtf(year)?)]))
    }

    fn longer_quote(&self) -> Option<Fix> {
        let (place, [_]) = (self.passage.whole(), self.passage.stretches.as_slice()) else { return None };
        let hedged = &self.mention.with_hedge;
        let start = place.start.min(hedged.start);
        let words = self.article.slice(start..place.end.max(hedged.end));
        let offset = self.place(Key::Offset).map(|key| edit(key, &self.article.offset_of(start).to_string()));
        Some(fix(std::iter::once(edit(self.place(Key::Quote)?, words)).chain(offset)))
    }

    /// The figure as the article writes it, or in digits where a value cannot be read from that: «قاعتين».
    fn words(&self) -> Option<String> {
        let figure = self.mention.figure.as_ref()?;
        let kind = self.base.vocabulary.unit_kind(self.measure());
        let counted = if kind == UnitKind::Countable { Counted::Yes } else { Counted::No };
        let digits = if self.mention.class == Class::Percent { "%" } else { "" };
        let candidates = [
            one_line(self.article.slice(self.mention.with_hedge.clone())),
            format!("{}{digits}", figure.value),
        ];
        candidates.into_iter().find(|words| {
            read_phrase(words, &Convention::default(), counted).is_ok_and(|read| {
                read.figure.value == figure.value
                    && read.figure.hedge == figure.hedge
                    && read.figure.upper == figure.upper
                    && read.unit.is_none_or(|unit| unit == "%")
            })
        })
    }

    fn measure(&self) -> &Measure {
        self.base.vocabulary.measure(self.base.point(self.fact.point).measure)
    }

    fn place(&self, key: Key) -> Option<Span> {
        self.fact.places.iter().find(|(written, _)| *written == key).map(|(_, span)| *span)
    }
}

fn fix(edits: impl IntoIterator<Item = Edit>) -> Fix {
    Fix { edits: edits.into_iter().collect(), unsafe_because: Some(BECAUSE.to_owned()) }
}

fn edit(span: Span, text: &str) -> Edit {
    Edit { span, text: yaml::scalar(text) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
