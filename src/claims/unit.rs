//! Units: the one that a figure is told in, and how it becomes the one of its measure.

use crate::claims::code;
use crate::claims::lower::{Case, Lowering};
use crate::claims::value::Written;
use crate::numeral::Phrase;
use crate::quantity::{Form, Number, Reading, UnitKind};
use crate::rulebook::fault::{error, quoted};
use crate::rulebook::record::Text;
use crate::vocabulary::UnitId;

/// The unit that a figure is told in.
#[derive(Clone)]
pub(super) struct UnitUse {
    pub(super) kind: UnitKind,
    /// One of it in the unit of the measure, where that is another.
    pub(super) factor: Option<Number>,
    pub(super) id: Option<UnitId>,
    /// Whether the claim names it itself.
    named: bool,
}

/// The fault has been told.
struct Refused;

impl UnitUse {
    /// A reading in this unit as one in the unit of the measure.
    pub(super) fn convert(&self, reading: Reading) -> Reading {
        match &self.factor {
            None => reading,
            Some(factor) => Reading { hard: reading.hard.scale(factor), soft: reading.soft.scale(factor) },
        }
    }
}

impl Lowering<'_> {
    /// The unit of a claim: its own, else that of its measure.
    pub(super) fn unit_of(&mut self, case: Case<'_>) -> Option<UnitUse> {
        let vocabulary = &self.base.vocabulary;
        let measure = vocabulary.measure(case.aspects.measure);
        let Some(written) = &case.claim.unit else {
            let kind = vocabulary.unit_kind(measure);
            return Some(UnitUse { kind, factor: None, id: measure.unit, named: false });
        };
        let Some(id) = self.base.vocabulary.unit(written.text) else {
            self.tell_unknown_unit(written, written.text);
            return None;
        };
        self.unit_for(id, written, case).map(|unit| UnitUse { named: true, ..unit })
    }

    /// The unit that the words after a figure name, else the one that was expected.
    pub(super) fn unit_as_written(
        &mut self,
        expected: UnitUse,
        phrase: &Phrase,
        text: &Text,
        how: Written,
        case: Case<'_>,
    ) -> Option<UnitUse> {
        let is_percent = phrase.figure.form == Form::Percent;
        if is_percent && expected.kind == UnitKind::Share {
            return Some(expected);
        }
        let words = if is_percent { "%" } else { phrase.unit.as_deref().unwrap_or("") };
        let named = match how {
            Written::Value => self.unit_of_value(words, text, case).ok()?,
            Written::Quote => self.unit_of_quote(phrase, text.text),
        };
        match named {
            None => Some(expected),
            named if named == expected.id => Some(expected),
            Some(_) if expected.named => {
                self.tell_mismatch(text, words, case);
                None
            }
            Some(id) => self.unit_for(id, text, case),
        }
    }

    /// The unit behind the figure of a value, where nothing else may stand.
    fn unit_of_value(&mut self, words: &str, text: &Text, case: Case<'_>) -> Result<Option<UnitId>, Refused> {
        if words.is_empty() {
            return Ok(None);
        }
        if let Some(unit) = self.base.vocabulary.unit(words) {
            return Ok(Some(unit));
        }
        // "19 police districts": the measure counts its own noun.
        if self.base.vocabulary.measures.find_form(words) == Some(case.aspects.measure.0) {
            return Ok(None);
        }
        self.tell_unknown_unit(text, words);
        Err(Refused)
    }

    /// The unit behind the figure of a quote: text goes on there, so only a measured unit or per
    /// cent counts as one; a noun may be any thing that is counted.
    fn unit_of_quote(&self, phrase: &Phrase, quote: &str) -> Option<UnitId> {
        let vocabulary = &self.base.vocabulary;
        if phrase.figure.form == Form::Percent {
            return vocabulary.unit("%");
        }
        let behind = quote.get(phrase.span.end..).unwrap_or("");
        // A noun that stands right behind is among the names that are looked for there.
        let is_there = |noun: &&str| behind.split_whitespace().next() == Some(*noun);
        let noun = || phrase.unit.as_deref().filter(|noun| !is_there(noun)).and_then(|noun| vocabulary.unit(noun));
        let unit = vocabulary.unit_behind(behind).map(|(unit, _)| unit).or_else(noun)?;
        let is_noun = vocabulary.units.at(unit.0).kind == UnitKind::Countable;
        (!is_noun).then_some(unit)
    }

    /// A unit as one that the measure can be told in.
    fn unit_for(&mut self, id: UnitId, text: &Text, case: Case<'_>) -> Option<UnitUse> {
        let vocabulary = &self.base.vocabulary;
        let measure = vocabulary.measure(case.aspects.measure);
        let kind = vocabulary.units.at(id.0).kind;
        let factor = match measure.unit {
            Some(unit) => vocabulary.conversion(id, unit),
            // The measure counts its own noun, whatever it is called.
            None => (kind == UnitKind::Countable).then_some(Number::ONE),
        };
        let Some(factor) = factor else {
            let name = vocabulary.units.name(id.0).to_owned();
            self.tell_mismatch(text, &name, case);
            return None;
        };
        Some(UnitUse { kind, factor: (factor != Number::ONE).then_some(factor), id: Some(id), named: false })
    }

    fn tell_unknown_unit(&mut self, text: &Text, words: &str) {
        let units = &self.base.vocabulary.units;
        self.faults.unknown_name(text.span, "a unit", words, units);
    }

    fn tell_mismatch(&mut self, text: &Text, found: &str, case: Case<'_>) {
        let vocabulary = &self.base.vocabulary;
        let measure = vocabulary.measure(case.aspects.measure);
        let name = vocabulary.measures.name(case.aspects.measure.0);
        let expected = match measure.unit {
            Some(unit) => format!("in `{}`", vocabulary.units.name(unit.0)),
            None => "a count".to_owned(),
        };
        let message = format!("a figure of `{name}` must be {expected}, found {}", quoted(found));
        let finding = error(code::UNIT, message).at(text.span, "another unit");
        self.faults.add(finding.help("a unit converts only where the rulebook says so (`equals: 1000 m`)"));
    }
}
