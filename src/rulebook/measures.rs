//! The section `measures`.

use crate::quantity::{End, Interval, Number, Rounding};
use crate::rulebook::fault::{Faults, quoted};
use crate::rulebook::names::{Table, read_labels};
use crate::rulebook::record::{Record, Text, texts};
use crate::rulebook::units::Units;
use crate::text::yaml::Entry;
use crate::vocabulary::{Entity, EntityId, Measure, MeasureKind, Names};

const KEYS: [&str; 10] =
    ["kind", "unit", "entity", "within", "additive", "every", "values", "decimals", "rounding", "labels"];

/// How the last digits of figures were dropped, by the word for it.
pub(crate) const ROUNDINGS: [(&str, Rounding); 2] =
    [("nearest", Rounding::Nearest), ("truncate", Rounding::Truncate)];

/// The finest and the coarsest digit that `decimals` may name.
const DECIMALS: std::ops::RangeInclusive<i32> = -30..=30;

/// Reads the sections.
pub(super) fn read(
    sections: &[&Entry],
    units: &mut Units,
    entities: &Names<Entity>,
    faults: &mut Faults,
) -> Names<Measure> {
    let mut table = Table::new("a measure", sections.len());
    for entry in sections {
        let Some(record) = Record::read(&entry.value, "a measure", &KEYS, faults) else { continue };
        let labels = read_labels(record.get("labels"), faults);
        let Some(measure) = read_one(&record, units, entities, faults) else { continue };
        if let Some(id) = table.declare(&entry.key, measure, faults) {
            table.label(id, labels);
        }
    }
    table.finish(faults)
}

fn read_one(
    record: &Record<'_>,
    units: &mut Units,
    entities: &Names<Entity>,
    faults: &mut Faults,
) -> Option<Measure> {
    record.required("kind", faults)?;
    let kind = record.choice("kind", &MeasureKind::ALL, faults)?;
    let unit = record.text("unit", faults);
    Some(Measure {
        kind,
        unit: unit.and_then(|unit| units.of_measure(&unit, record.get("unit")?, faults)),
        entity: record.text("entity", faults).and_then(|entity| find_entity(&entity, entities, faults)),
        within: read_within(record, faults),
        additive: record.flag("additive", faults).unwrap_or(true),
        yearly: record.choice("every", &[("year", ())], faults).is_some(),
        values: record.get("values").map_or_else(Vec::new, |node| {
            texts(node, "a value", faults).map(|text| text.text.to_owned()).collect()
        }),
        decimals: read_decimals(record, faults),
        rounding: record.choice("rounding", &ROUNDINGS, faults).unwrap_or_default(),
    })
}

fn find_entity(written: &Text, entities: &Names<Entity>, faults: &mut Faults) -> Option<EntityId> {
    let found = entities.find(written.text).map(EntityId);
    if found.is_none() {
        faults.unknown_name(written.span, "an entity", written.text, entities);
    }
    found
}

/// `decimals:` the last printed digit (XBRL), within reason.
pub(crate) fn read_decimals(record: &Record<'_>, faults: &mut Faults) -> Option<i32> {
    let decimals = record.whole("decimals", faults)?;
    if !DECIMALS.contains(&decimals) {
        let node = record.get("decimals")?;
        faults.wrong_node(node, "`decimals`", "between -30 and 30");
        return None;
    }
    Some(decimals)
}

/// `within: 0..100`, either end open.
fn read_within(record: &Record<'_>, faults: &mut Faults) -> Interval {
    let Some(written) = record.text("within", faults) else { return Interval::all() };
    parse_within(written.text).unwrap_or_else(|| {
        faults.wrong_shape(
            written.span,
            "`within`",
            "a range (`0..100`, `0..`, `..5`)",
            &quoted(written.text),
        );
        Interval::all()
    })
}

fn parse_within(text: &str) -> Option<Interval> {
    let (lower, upper) = text.split_once("..")?;
    let end = |text: &str| match text.trim() {
        "" => Some(End::Unbounded),
        number => Number::parse(number).map(End::Closed),
    };
    let within = Interval::new(end(lower)?, end(upper)?);
    (!within.is_empty()).then_some(within)
}
