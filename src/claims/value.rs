//! What a claim says: the statement that its key, its quote and its measure make together.

use crate::claims::date::undated;
use crate::claims::lower::{Case, Lowering};
use crate::claims::quote;
use crate::claims::unit::UnitUse;
use crate::fact::{Figures, Key, Statement};
use crate::numeral::{Counted, Fault, Phrase, read_phrase, read_quote};
use crate::quantity::{self, Figure, Form, Hedge, Number, UnitKind};
use crate::rulebook::record::Text;
use crate::vocabulary::MeasureKind;

/// Where a figure is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// In a key of its own, where nothing else may stand.
    Value,
    /// In a quote, among other words.
    Quote,
}

impl Written {
    fn read(self, text: &str, unit: &UnitUse, case: Case<'_>) -> Result<Phrase, Fault> {
        let counted = if unit.kind == UnitKind::Countable { Counted::Yes } else { Counted::No };
        match self {
            Self::Value => read_phrase(text, &case.article.convention, counted),
            Self::Quote => read_quote(text, &case.article.convention, counted),
        }
    }
}

impl Lowering<'_> {
    /// What a claim says; `None` when it cannot be known, which has been told.
    pub(super) fn say(&mut self, case: Case<'_>) -> Option<Statement> {
        let kind = self.base.vocabulary.measure(case.aspects.measure).kind;
        self.refuse_period_beside_date(case);
        match &case.claim.statement {
            Some((Key::Value, value)) if kind.is_numeric() => self.say_value(value, case),
            Some((Key::Change, change)) if kind.is_numeric() => {
                self.change(change, case).map(|change| Statement::Change(Box::new(change)))
            }
            Some((Key::Share, share)) if kind.is_numeric() => {
                self.share(share, case).map(|share| Statement::Share(Box::new(share)))
            }
            Some((Key::Date, date)) if kind.is_dated() => {
                self.dates(date, case.article).map(|date| Statement::Date(Box::new(date)))
            }
            Some((Key::State, state)) if kind == MeasureKind::State => self.say_state(state, case),
            Some((key, text)) => {
                self.tell_wrong_kind(*key, text, kind);
                None
            }
            None if kind.is_numeric() => self.say_by_quote(case),
            None => self.say_without_words(kind, case),
        }
    }

    fn say_value(&mut self, value: &Text, case: Case<'_>) -> Option<Statement> {
        let unit = self.unit_of(case)?;
        let read = Written::Value.read(value.text, &unit, case);
        let phrase = self.heed(read, value, Written::Value, case)?;
        let unit = self.unit_as_written(unit, &phrase, value, Written::Value, case)?;
        Some(Statement::Value(Box::new(self.figures(phrase, value.text.to_owned(), &unit, case))))
    }

    /// The single figure of the claim's own quote. A list, and a part of one, may do without: they
    /// name things.
    fn say_by_quote(&mut self, case: Case<'_>) -> Option<Statement> {
        let words = case.claim.quote.as_ref().filter(|quote| !quote::is_empty(quote.text));
        let Some(quote) = words else {
            // That a quote is empty has been told.
            if !case.may_be_named() && case.claim.quote.is_none() {
                self.faults.missing(
                    case.claim.span(),
                    "a claim without a quote that holds its figure",
                    "value",
                );
            }
            return case.may_be_named().then_some(Statement::Named);
        };
        let unit = self.unit_of(case)?;
        let read = Written::Quote.read(quote.text, &unit, case);
        if case.may_be_named() && matches!(read, Err(Fault::NoFigure | Fault::Empty)) {
            return Some(Statement::Named);
        }
        let phrase = self.heed(read, quote, Written::Quote, case)?;
        let unit = self.unit_as_written(unit, &phrase, quote, Written::Quote, case)?;
        let written = quote.text.get(phrase.span.clone()).unwrap_or(quote.text).trim().to_owned();
        Some(Statement::Value(Box::new(self.figures(phrase, written, &unit, case))))
    }

    /// A date or a state that is not written: the claim's own period may be the date.
    fn say_without_words(&mut self, kind: MeasureKind, case: Case<'_>) -> Option<Statement> {
        match (kind.is_dated(), &case.claim.period) {
            (true, Some(period)) => {
                self.dates(period, case.article).map(|date| Statement::Date(Box::new(date)))
            }
            _ if case.may_be_named() => Some(Statement::Named),
            (true, None) => Some(Statement::Date(Box::new(undated()))),
            (false, _) => {
                self.faults.missing(case.claim.span(), "a claim of a state", "state");
                None
            }
        }
    }

    /// A phrase that was read, with a warning where its separator is doubtful; a fault is told.
    pub(super) fn heed(
        &mut self,
        read: Result<Phrase, Fault>,
        text: &Text,
        how: Written,
        case: Case<'_>,
    ) -> Option<Phrase> {
        match read {
            Ok(phrase) => {
                self.warn_of_lone_group(text, &phrase, case.article);
                Some(phrase)
            }
            Err(fault) => {
                self.tell_unreadable(text, &fault, how);
                None
            }
        }
    }

    /// The sets of values of a figure, in the unit of its measure.
    fn figures(&self, phrase: Phrase, written: String, unit: &UnitUse, case: Case<'_>) -> Figures {
        let vocabulary = &self.base.vocabulary;
        let measure = vocabulary.measure(case.aspects.measure);
        let figure = of_whole(phrase.figure, unit.kind, &written);
        // A table in millions still gives its percentages to a tenth, and words around a figure ("more than
        // 3.5 million") are no more exact than they were.
        let printed = case.article.decimals.filter(|least| *least >= 0 || unit.kind != UnitKind::Share);
        let printed = printed.or(measure.decimals).filter(|_| figure.hedge == Hedge::Bare);
        let decimals = case.claim.decimals.or(printed);
        let rounding = case.article.rounding.unwrap_or(measure.rounding);
        let read = quantity::read(&figure, unit.kind, decimals, rounding, &vocabulary.lexicon);
        let uncut = unit.convert(read);
        let reading = uncut.clone().cut(&vocabulary.domain(measure), vocabulary.is_whole(measure));
        Figures { written, figure, unit: unit.id, uncut, reading }
    }

    /// A word: one of the measure's values, or a member of a dimension that the rulebook declares.
    fn say_state(&mut self, written: &Text, case: Case<'_>) -> Option<Statement> {
        let vocabulary = &self.base.vocabulary;
        let measure = vocabulary.measure(case.aspects.measure);
        let value = measure.values.iter().find(|value| **value == written.text).map(String::as_str);
        let dimensions = || vocabulary.dimensions.iter().zip(&self.declared);
        let member = || {
            dimensions().find_map(|((_, dimension), declared)| {
                let member = dimension.members.find(written.text)?;
                ((member as usize) < *declared).then(|| dimension.members.name(member))
            })
        };
        if let Some(word) = value.or_else(member) {
            return Some(Statement::State(word.to_owned()));
        }
        let members =
            dimensions().flat_map(|((_, dimension), declared)| dimension.members.iter().take(*declared));
        let known: Vec<&str> =
            measure.values.iter().map(String::as_str).chain(members.map(|(name, _)| name)).collect();
        let message = "a state must be a value of its measure or a declared member of a dimension";
        self.faults.unknown_among(written.span, message, written.text, &known);
        None
    }
}

/// A part of a whole in words is a percentage, where percentages are told: "half" is 50 %.
pub(super) fn of_whole(figure: Figure, kind: UnitKind, written: &str) -> Figure {
    let in_words = figure.form == Form::Decimal && !written.chars().any(char::is_numeric);
    if kind != UnitKind::Share || !in_words || figure.upper.is_some() {
        return figure;
    }
    let hedge = figure.hedge;
    Figure::written(figure.value * Number::HUNDRED, Number::from(10), Form::Percent).hedged(hedge)
}
