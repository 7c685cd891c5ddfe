//! The section `units`: how figures in a unit are read, and how units convert.

use crate::quantity::{Number, UnitKind};
use crate::rulebook::circle::circles;
use crate::rulebook::code;
use crate::rulebook::fault::{Faults, error, quoted};
use crate::rulebook::names::{Table, read_labels};
use crate::rulebook::record::{Record, Text, choose};
use crate::text::yaml::Entry;
use crate::vocabulary::{Names, Unit, UnitId};

/// The share that every vocabulary knows, and how it is written.
const PERCENT: &str = "%";
const PERCENT_SPELLINGS: [&str; 8] =
    ["percent", "per cent", "pour cent", "٪", "في المائة", "في المئة", "بالمائة", "بالمئة"];

const KINDS: [(&str, UnitKind); 3] =
    [("countable", UnitKind::Countable), ("measured", UnitKind::Measured), ("share", UnitKind::Share)];

/// The units as they are declared, growing by those that measures name.
pub(super) struct Units<'a> {
    table: Table<'a, Unit>,
}

impl<'a> Units<'a> {
    /// Reads the sections, then the conversions between what they declare.
    pub(super) fn read(sections: &[&'a Entry<'a>], faults: &mut Faults) -> Self {
        let mut units = Self { table: Table::of_any_word("a unit", sections.len()) };
        let mut conversions = Vec::new();
        for entry in sections {
            conversions.extend(units.declare(entry, faults));
        }
        units.table.spell(faults);
        for (unit, equals) in conversions {
            units.convert(unit, &equals, faults);
        }
        units.cut_circles(faults);
        units
    }

    /// Declares one unit; returns what it equals, if it says so.
    fn declare(&mut self, entry: &'a Entry<'a>, faults: &mut Faults) -> Option<(u32, Text<'a>)> {
        let (kind, labels, equals) = if entry.value.as_mapping().is_some() {
            let record = Record::read(&entry.value, "a unit", &["kind", "labels", "equals"], faults)?;
            let kind = record.choice("kind", &KINDS, faults);
            (kind, read_labels(record.get("labels"), faults), record.text("equals", faults))
        } else if entry.value.is_null() {
            (None, Vec::new(), None)
        } else {
            let text = super::record::text(&entry.value, "a unit", faults)?;
            (choose(&text, "the kind of a unit", &KINDS, faults), Vec::new(), None)
        };
        let kind = kind.unwrap_or_else(|| assumed_kind(entry.key()));
        let id = self.table.declare(&entry.key, Unit { kind, conversion: None }, faults)?;
        self.table.label(id, labels);
        equals.map(|equals| (id, equals))
    }

    /// `equals: 1000 m`: one of this unit is so many of that one.
    fn convert(&mut self, unit: u32, equals: &Text, faults: &mut Faults) {
        let (factor, name) = equals.text.split_once(char::is_whitespace).unwrap_or((equals.text, ""));
        let factor = Number::parse(factor).filter(Number::is_positive);
        let Some(factor) = factor else {
            let found = quoted(equals.text);
            return faults.wrong_shape(equals.span, "`equals`", "a number and a unit (`1000 m`)", &found);
        };
        let Some(other) = self.table.find(name.trim()) else {
            return faults.unknown_name(equals.span, "a unit", name.trim(), self.table.names());
        };
        if let Some(declared) = self.table.get_mut(unit) {
            declared.conversion = Some((factor, UnitId(other)));
        }
    }

    /// Tells every circle of conversions and cuts it where its last unit is declared.
    fn cut_circles(&mut self, faults: &mut Faults) {
        let id = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let leads_to = |index: usize| Some(self.table.get(id(index))?.conversion.as_ref()?.1.0);
        let links: Vec<Option<u32>> = (0..self.table.len()).map(leads_to).collect();
        for circle in circles(&links) {
            let Some(last) = circle.into_iter().max() else { continue };
            if let Some(span) = self.table.place(last) {
                let message = "a conversion must not lead back to its unit, found one that does";
                faults.add(error(code::CIRCULAR, message).at(span, "leads back to itself"));
            }
            if let Some(unit) = self.table.get_mut(last) {
                unit.conversion = None;
            }
        }
    }

    /// The unit of a measure; a noun that nobody declared is counted.
    pub(super) fn of_measure(
        &mut self,
        written: &Text,
        key: &crate::text::yaml::Node,
        faults: &mut Faults,
    ) -> Option<UnitId> {
        if let Some(known) = self.table.find(written.text) {
            return Some(UnitId(known));
        }
        let unit = Unit { kind: assumed_kind(written.text), conversion: None };
        self.table.declare(key, unit, faults).map(UnitId)
    }

    /// The finished table, which always knows per cent.
    pub(super) fn finish(self, faults: &mut Faults) -> Names<Unit> {
        let mut names = self.table.finish(faults);
        let share = Unit { kind: UnitKind::Share, conversion: None };
        let percent = names.find(PERCENT).or_else(|| names.add(PERCENT, [], share).ok());
        for spelling in PERCENT_SPELLINGS {
            // A rulebook that uses the word for something else keeps it.
            if let (Some(percent), None) = (percent, names.find(spelling)) {
                let _: Result<(), _> = names.spell(percent, [spelling]);
            }
        }
        names
    }
}

/// What a unit is whose kind nobody said: per cent is a share, a noun is counted.
fn assumed_kind(name: &str) -> UnitKind {
    if name == PERCENT { UnitKind::Share } else { UnitKind::Countable }
}
