//! A term of a rule with its names resolved.

use std::ops::Range;

use super::expression::{At, FilterValue, TermRef};
use crate::fact::{Point, Status};
use crate::quantity::Number;
use crate::vocabulary::{DimensionId, EntityId, MeasureId, MeasureKind, MemberId, Vocabulary};

/// A fault of a rule: bytes of its text, what is wrong, and what to write instead.
pub type Fault = (Range<usize>, String, Option<String>);

/// Which members of a dimension a term means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// This one.
    Is(MemberId),
    /// The sum over all.
    Each,
    /// Whatever it is.
    Any,
    /// The same wherever the name stands.
    Bind(String),
}

/// Which numbers of a series a term means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Numbered {
    /// The same as the other terms.
    #[default]
    Same,
    /// This one.
    Is(u64),
    /// Whatever it is.
    Any,
    /// The same wherever the name stands.
    Bind(String),
}

/// A term with its names resolved.
#[derive(Clone, Debug)]
pub struct Series {
    /// The measure.
    pub measure: MeasureId,
    /// Its kind.
    pub kind: MeasureKind,
    /// `[entity=…]`.
    pub entity: Option<EntityId>,
    /// What is said of dimensions.
    pub filters: Vec<(DimensionId, Pattern)>,
    /// `[status=…]`.
    pub status: Option<Status>,
    /// `[ordinal=…]`.
    pub ordinal: Numbered,
    /// The year.
    pub at: Option<At>,
    /// The members that `*` runs over, where the rule says `over:`.
    pub over: Option<Vec<MemberId>>,
    /// One of its unit in the unit that the rule reckons in.
    pub scale: Number,
}

/// Resolves the names of a term.
///
/// # Errors
/// A name that the vocabulary does not hold, with the nearest one.
pub fn resolve(term: &TermRef, vocabulary: &Vocabulary) -> Result<Series, Fault> {
    let measure = vocabulary.measures.find(&term.name).ok_or_else(|| {
        let message = format!("a rule must name declared measures; found `{}`", term.name);
        (term.span.clone(), message, meant(vocabulary.measures.nearest(&term.name)))
    })?;
    let mut series = Series {
        measure: MeasureId(measure),
        kind: vocabulary.measures.at(measure).kind,
        entity: None,
        filters: Vec::new(),
        status: None,
        ordinal: Numbered::Same,
        at: term.at,
        over: None,
        scale: Number::ONE,
    };
    for filter in &term.filters {
        series.filter(filter, vocabulary).map_err(|(text, help)| (filter.span.clone(), text, help))?;
    }
    Ok(series)
}

fn meant(nearest: Option<String>) -> Option<String> {
    nearest.map(|name| format!("did you mean `{name}`?"))
}

impl Series {
    fn filter(
        &mut self,
        filter: &super::expression::Filter,
        vocabulary: &Vocabulary,
    ) -> Result<(), (String, Option<String>)> {
        let unknown = |what: &str, written: &str, near: Option<String>| {
            (format!("a rule must name a declared {what}; found `{written}`"), meant(near))
        };
        match (filter.dimension.as_str(), &filter.value) {
            ("status", FilterValue::Is(name)) => {
                self.status = Some(Status::read(name).ok_or_else(|| unknown("status", name, None))?);
            }
            ("ordinal", FilterValue::Is(number)) => {
                self.ordinal = Numbered::Is(number.parse().map_err(|_| unknown("ordinal", number, None))?);
            }
            ("ordinal", FilterValue::Any) => self.ordinal = Numbered::Any,
            ("ordinal", FilterValue::Bind(name)) => self.ordinal = Numbered::Bind(name.clone()),
            ("entity", FilterValue::Is(name)) => {
                let near = || vocabulary.entities.nearest(name);
                let found = vocabulary.entities.find(name).ok_or_else(|| unknown("entity", name, near()))?;
                self.entity = Some(EntityId(found));
            }
            ("status" | "entity" | "ordinal", _) => {
                return Err((format!("`{}` cannot be summed over or bound", filter.dimension), None));
            }
            (name, value) => {
                let near = || vocabulary.dimensions.nearest(name);
                let found = vocabulary.dimensions.find(name);
                let id = DimensionId(found.ok_or_else(|| unknown("dimension", name, near()))?);
                let members = &vocabulary.dimension(id).members;
                let pattern = match value {
                    FilterValue::Each => Pattern::Each,
                    FilterValue::Any => Pattern::Any,
                    FilterValue::Bind(slot) => Pattern::Bind(slot.clone()),
                    FilterValue::Is(member) => {
                        let near = || members.nearest(member);
                        Pattern::Is(MemberId(
                            members.find(member).ok_or_else(|| unknown("member", member, near()))?,
                        ))
                    }
                };
                self.filters.push((id, pattern));
            }
        }
        Ok(())
    }

    /// Whether a point is one of the series, whatever the term leaves open.
    #[must_use]
    pub fn matches(&self, point: &Point) -> bool {
        let fits = |(dimension, pattern): &(DimensionId, Pattern)| match pattern {
            Pattern::Is(member) => point.member(*dimension) == Some(*member),
            Pattern::Each | Pattern::Bind(_) => point.member(*dimension).is_some(),
            Pattern::Any => true,
        };
        let numbered = match self.ordinal {
            Numbered::Is(number) => point.ordinal == Some(number),
            _ => true,
        };
        numbered
            && self.entity.is_none_or(|entity| entity == point.entity)
            && self.status.is_none_or(|status| status == point.status)
            && self.filters.iter().all(fits)
    }

    pub(super) fn pattern(&self, dimension: DimensionId) -> Option<&Pattern> {
        self.filters.iter().find(|(d, _)| *d == dimension).map(|(_, pattern)| pattern)
    }
}
