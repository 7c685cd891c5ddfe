//! The instance of a rule that stands for all of them: what the rule demands, whatever is claimed.
//!
//! A sample is of one entity, one member, one number and one year, and stands for all others as long as
//! no rule singles just that one out. Where one does, each rule says which of these [`Aspect`]s it names
//! and which it leaves open, and what holds of the one is not taken to hold of all.

use std::collections::BTreeSet;

use super::expression::At;
use super::series::{Numbered, Pattern, Series};
use super::terms::{Binding, Meant, Slot, Terms, When};
use super::{Grounded, Years};
use crate::constraint::Constraint;
use crate::fact::{FactBase, PointId, Status};
use crate::period::{first_day_of_year, last_day_of_year};
use crate::vocabulary::{DimensionId, EntityId, MeasureId, MemberId, Vocabulary};

/// What a rule demands whatever is claimed: an instance that stands for all others.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The instance; its weak part is what the rule assumes of points that nobody claims.
    pub grounded: Grounded,
    /// What the quantities of the instance alone are.
    pub definitions: Vec<Constraint>,
    /// Whether it is made of numbers of a series that other rules name, and stands for no other.
    pub singles_out: bool,
}

/// What a sample is of.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// Its year.
    pub year: i32,
    /// Where it is of any year, and told as one: how many years after [`Variable::AnyYear`] it is.
    ///
    /// [`Variable::AnyYear`]: super::Variable::AnyYear
    pub after: Option<i32>,
    /// The numbers that rules name of series.
    pub numbers: &'a BTreeSet<(MeasureId, u64)>,
}

/// One thing that a sample chooses to stand for all alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The entity.
    Entity,
    /// The status: actual.
    Status,
    /// The period: a calendar year.
    Year,
    /// The number of a series.
    Number,
    /// The member of a dimension.
    Member(DimensionId),
    /// The total over a dimension.
    Total(DimensionId),
}

/// What the samples of a rule speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// How many years before its own the earliest is, and after it the latest; `None` when it speaks of
    /// fixed years or of dates alone.
    pub around: Option<(i32, i32)>,
    /// Years that it names by their number.
    pub fixed: Vec<i32>,
    /// The numbers of series that it names.
    pub numbers: Vec<(MeasureId, u64)>,
    /// The aspects in which it speaks of the chosen thing by its name.
    pub named: BTreeSet<Aspect>,
    /// The aspects in which the chosen thing stands for any.
    pub open: BTreeSet<Aspect>,
}

/// The number that stands for all of a series: the least that a rule names, so that what both say is
/// held together.
pub(super) fn number(moment: &Moment<'_>) -> u64 {
    moment.numbers.iter().map(|(_, number)| *number).min().unwrap_or(1)
}

impl Terms {
    /// What the terms stand for in a sample; none where one leaves open which points it means. Rules of
    /// any kind share it, so that what they demand can be held together. A term that ignores a dimension
    /// means the total among others.
    pub fn sample(&self, base: &mut FactBase, moment: &Moment<'_>) -> Option<Vec<Meant>> {
        let binding = self.stand_in(&base.vocabulary, moment)?;
        self.instantiate(&binding, base, &Years::default()).into_iter().next()
    }

    fn stand_in(&self, vocabulary: &Vocabulary, moment: &Moment<'_>) -> Option<Binding> {
        let empty = |(dimension, pattern): &(DimensionId, Pattern)| {
            matches!(pattern, Pattern::Bind(_)) && vocabulary.dimension(*dimension).members.is_empty()
        };
        let open = |series: &Series| series.ordinal == Numbered::Any || series.filters.iter().any(empty);
        if vocabulary.entities.is_empty() || self.series.iter().any(open) {
            return None;
        }
        let numbered = |name: &String| {
            self.series.iter().any(|s| matches!(&s.ordinal, Numbered::Bind(bound) if bound == name))
        };
        let slot = |name: &String| {
            if numbered(name) { Slot::Number(number(moment)) } else { Slot::Member(MEMBER) }
        };
        Some(Binding {
            entity: self.only_entities().unwrap_or(ENTITY),
            dimensions: Vec::new(),
            slots: self.slots.iter().map(|name| (name.clone(), slot(name))).collect(),
            ordinal: None,
            status: Status::Actual,
            when: if self.yearly {
                When::Year(moment.year)
            } else {
                When::Period(first_day_of_year(moment.year), last_day_of_year(moment.year))
            },
        })
    }

    /// What samples of these terms speak of, and what that stands for.
    #[must_use]
    pub fn reach(&self, vocabulary: &Vocabulary) -> Reach {
        let offsets = self.series.iter().filter_map(|series| match series.at {
            Some(At::Year(offset)) => Some(offset),
            Some(At::Fixed(_)) => None,
            None => (!series.kind.is_dated()).then_some(0),
        });
        let around = offsets.fold(None, |known: Option<(i32, i32)>, offset| {
            let (before, after) = known.unwrap_or((offset.saturating_neg(), offset));
            Some((before.max(offset.saturating_neg()), after.max(offset)))
        });
        let at = self.series.iter().map(|series| series.at);
        let fixed = at.filter_map(|at| if let Some(At::Fixed(year)) = at { Some(year) } else { None });
        let numbers = self.series.iter().filter_map(|series| match series.ordinal {
            Numbered::Is(number) => Some((series.measure, number)),
            _ => None,
        });
        let mut reach = Reach {
            around,
            fixed: fixed.collect(),
            numbers: numbers.collect(),
            named: BTreeSet::new(),
            open: BTreeSet::new(),
        };
        for series in &self.series {
            self.note(series, vocabulary, &mut reach);
        }
        for (id, _) in (0..).map(DimensionId).zip(vocabulary.dimensions.iter()) {
            if !self.mentioned.contains(&id) {
                reach.open.insert(Aspect::Total(id));
            }
        }
        reach
    }

    /// Notes what one term names and what it leaves open.
    fn note(&self, series: &Series, vocabulary: &Vocabulary, reach: &mut Reach) {
        let mut note = |aspect: Aspect, is_named: bool| {
            if is_named {
                reach.named.insert(aspect)
            } else {
                reach.open.insert(aspect)
            };
        };
        if vocabulary.entities.len() > 1 {
            match series.entity {
                Some(entity) if entity != ENTITY => {}
                entity => note(Aspect::Entity, entity.is_some()),
            }
        }
        match series.status {
            Some(status) if status != Status::Actual => {}
            status => note(Aspect::Status, status.is_some()),
        }
        if !series.kind.is_dated() {
            note(Aspect::Year, series.at.is_some());
        }
        match &series.ordinal {
            // Which number stands for all is seen where all rules are known.
            Numbered::Is(_) => note(Aspect::Number, true),
            Numbered::Bind(_) => note(Aspect::Number, false),
            Numbered::Same | Numbered::Any => {}
        }
        for dimension in &self.mentioned {
            let count = vocabulary.dimension(*dimension).declared;
            let is_only = count == Some(1);
            match series.pattern(*dimension) {
                None | Some(Pattern::Any) => note(Aspect::Total(*dimension), true),
                Some(Pattern::Is(member)) if *member == MEMBER && !is_only => {
                    note(Aspect::Member(*dimension), true);
                }
                Some(Pattern::Bind(_)) if !is_only => note(Aspect::Member(*dimension), false),
                Some(Pattern::Each) if series.over.is_some() => note(Aspect::Member(*dimension), true),
                Some(Pattern::Is(_) | Pattern::Bind(_) | Pattern::Each) => {}
            }
        }
    }
}

/// The points that terms stand for, each once.
pub(super) fn points(meant: &[Meant]) -> Vec<PointId> {
    let points: BTreeSet<PointId> = meant.iter().flat_map(Meant::points).copied().collect();
    points.into_iter().collect()
}

/// The entity that stands for all.
pub(super) const ENTITY: EntityId = EntityId(0);

/// The member that stands for all of a dimension.
const MEMBER: MemberId = MemberId(0);
