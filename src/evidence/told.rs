//! A figure of an article in the unit of a claim.

use std::ops::Range;

use super::Article;
use crate::fact::{FactBase, Figures};
use crate::numeral::{Class, Mention};
use crate::quantity::{Figure, Number, UnitKind};
use crate::vocabulary::UnitId;

/// The unit of a figure in a text, and its words with that of the unit.
pub(super) struct Told {
    /// Measured, or per cent; a noun that is counted may be any thing.
    pub(super) unit: Option<UnitId>,
    /// The bytes of the figure with its hedge and its unit.
    pub(super) bytes: Range<usize>,
}

/// In what unit an article tells a figure.
pub(super) fn told(base: &FactBase, article: &Article<'_>, mention: &Mention) -> Told {
    let vocabulary = &base.vocabulary;
    if mention.class == Class::Percent {
        return Told { unit: vocabulary.unit("%"), bytes: mention.with_hedge.clone() };
    }
    let end = mention.bytes.end;
    let behind = vocabulary.unit_behind(article.slice(end..article.text.len()));
    let noun = || mention.noun.as_deref().and_then(|noun| vocabulary.unit(noun)).map(|unit| (unit, 0));
    let unit =
        behind.or_else(noun).filter(|(unit, _)| vocabulary.units.at(unit.0).kind != UnitKind::Countable);
    let length = unit.map_or(0, |(_, length)| length);
    Told {
        unit: unit.map(|(unit, _)| unit),
        bytes: mention.with_hedge.start..mention.with_hedge.end.max(end + length),
    }
}

/// Whether a figure of the article is that of a claim, whatever its hedge: "4 km" is "4,000 m" where that is declared.
pub(super) fn says(base: &FactBase, article: &Article<'_>, mention: &Mention, figures: &Figures) -> bool {
    let Some(there) = &mention.figure else { return false };
    let factor = match (told(base, article, mention).unit, figures.unit) {
        (Some(there), Some(here)) if there != here => base.vocabulary.conversion(there, here),
        _ => None,
    };
    is_same(there, &figures.figure, &factor.unwrap_or(Number::ONE))
}

/// Whether one figure, so many times, is the other.
fn is_same(there: &Figure, here: &Figure, factor: &Number) -> bool {
    let times = |number: &Number| number * factor;
    times(&there.value) == here.value && there.upper.as_ref().map(times) == here.upper
}
