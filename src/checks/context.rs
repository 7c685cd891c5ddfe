//! The facts as the engine sees them: for each variable the sets of values that the claims on it
//! allow, and the claims themselves.

use std::collections::HashMap;

use super::Variable;
use crate::fact::{Dates, Fact, FactBase, FactId, PointId, Statement};
use crate::finding::Lang;
use crate::period::Period;
use crate::quantity::{End, Interval, Number};

/// What the claims on a variable allow.
#[derive(Clone, Debug)]
pub struct Sets {
    /// What their words entail: only these can make an error.
    pub hard: Interval,
    /// What a reader takes them to mean.
    pub soft: Interval,
    /// The values that are possible at all, whatever anybody claims.
    pub domain: Interval,
    /// Whether the variable is a whole number.
    pub integral: bool,
    /// The claims that the sets stand on.
    pub facts: Vec<FactId>,
}

impl Sets {
    fn free(domain: Interval, integral: bool) -> Self {
        Self { hard: domain.clone(), soft: domain.clone(), domain, integral, facts: Vec::new() }
    }

    /// Narrows the sets by one claim; a weak claim takes part in the soft set alone.
    fn narrow(&mut self, fact: FactId, hard: &Interval, soft: &Interval, weak: bool) {
        if !weak {
            self.hard = self.hard.intersect(hard);
        }
        self.soft = self.soft.intersect(soft);
        self.facts.push(fact);
    }

    /// Whether any claim bounds the variable.
    #[must_use]
    pub fn is_claimed(&self) -> bool {
        !self.facts.is_empty()
    }
}

/// The least that a list says of a point: named parts, counted or not, bound it from below.
#[derive(Clone, Debug)]
pub struct Floor {
    /// The least whole number that the words entail.
    pub hard: Number,
    /// The least that a reader takes them to mean.
    pub soft: Number,
    /// The claims that are counted.
    pub facts: Vec<FactId>,
}

/// The facts of a run, ready to be reasoned about.
pub struct Context<'a> {
    /// The facts and their vocabulary.
    pub base: &'a FactBase,
    /// The language of messages.
    pub lang: Lang,
    floors: HashMap<PointId, Vec<Floor>>,
    addends: Vec<bool>,
}

impl<'a> Context<'a> {
    /// Reads the lists of a base once.
    #[must_use]
    pub fn new(base: &'a FactBase, lang: Lang) -> Self {
        let mut context =
            Self { base, lang, floors: HashMap::new(), addends: vec![false; base.facts().count()] };
        for (id, fact) in base.facts() {
            if let (Some(_), true) = (&fact.list, fact.counts()) {
                context.read_list(id, fact);
            }
        }
        context
    }

    /// Groups the members of a list by point: several on one point are added, and like members
    /// without a figure bound it from below.
    fn read_list(&mut self, id: FactId, fact: &Fact) {
        let Some(list) = &fact.list else { return };
        let mut groups: Vec<(PointId, Vec<FactId>)> = Vec::new();
        for member in list.members.iter().copied().filter(|m| self.base.fact(*m).counts()) {
            let point = self.base.fact(member).point;
            match groups.iter_mut().find(|(p, _)| *p == point) {
                Some((_, group)) => group.push(member),
                None => groups.push((point, vec![member])),
            }
        }
        for (point, group) in groups {
            if let [only] = group.as_slice()
                && matches!(self.base.fact(*only).statement, Statement::Value(_))
            {
                continue;
            }
            for member in &group {
                if let Some(addend) = self.addends.get_mut(member.0 as usize) {
                    *addend = true;
                }
            }
            let floor = self.sum_of_floors(&group);
            self.add_floor(point, floor, &group);
        }
        if fact.part_of.is_none() && matches!(fact.statement, Statement::Named) {
            let floor = self.floor_of(id);
            self.add_floor(fact.point, floor, &[id]);
        }
    }

    fn add_floor(&mut self, point: PointId, (hard, soft): (Number, Number), facts: &[FactId]) {
        self.floors.entry(point).or_default().push(Floor { hard, soft, facts: facts.to_vec() });
    }

    fn sum_of_floors(&self, facts: &[FactId]) -> (Number, Number) {
        facts
            .iter()
            .map(|fact| self.floor_of(*fact))
            .fold((Number::ZERO, Number::ZERO), |(hard, soft), (more_hard, more_soft)| {
                (&hard + &more_hard, &soft + &more_soft)
            })
    }

    /// The least that one claim says of its point: its figure, the things that it names, the sum of
    /// its parts, or one.
    fn floor_of(&self, id: FactId) -> (Number, Number) {
        let fact = self.base.fact(id);
        if let Some(reading) = fact.statement.reading() {
            return (least(&reading.hard), least(&reading.soft));
        }
        match &fact.list {
            Some(list) if !list.items.is_empty() => {
                let count = Number::from(super::lists::distinct(&list.items));
                (count.clone(), count)
            }
            Some(list) if !list.members.is_empty() => self.sum_of_floors(&list.members),
            _ => {
                // A thing spread over six places is there at least six times.
                let point = self.base.point(fact.point);
                let spread = point.dimensions.iter().map(|(dimension, member)| {
                    self.base.vocabulary.dimension(*dimension).spread(*member).len()
                });
                let count = Number::from(spread.max().unwrap_or(0).max(1));
                (count.clone(), count)
            }
        }
    }

    /// The least that one claim says of its point, hard and soft.
    #[must_use]
    pub fn least(&self, fact: FactId) -> (Number, Number) {
        self.floor_of(fact)
    }

    /// Whether a figure is one of several on its point in one list, so that it is added to the
    /// others and not compared with them.
    #[must_use]
    pub fn is_addend(&self, fact: FactId) -> bool {
        self.addends.get(fact.0 as usize).copied().unwrap_or(false)
    }

    /// What lists say of a point at the least.
    #[must_use]
    pub fn floors(&self, point: PointId) -> &[Floor] {
        self.floors.get(&point).map_or(&[], Vec::as_slice)
    }

    /// The sets of values that the claims on a variable allow.
    #[must_use]
    pub fn sets(&self, variable: Variable) -> Sets {
        match variable {
            Variable::Value(point) => self.value_sets(point),
            Variable::Start(point) => self.date_sets(point, false),
            Variable::End(point) => self.date_sets(point, true),
            Variable::Published(source) => published(self.base.source(source).published.as_ref()),
            Variable::Said(fact) => self.said(fact),
            Variable::Uncut(fact) => self.uncut(fact),
            Variable::Possible(point) => self.empty_value(point),
            Variable::SaidStart(fact) => self.said_date(fact, false),
            Variable::SaidEnd(fact) => self.said_date(fact, true),
            Variable::Own(_) => Sets::free(Interval::all(), false),
        }
    }

    fn empty_value(&self, point: PointId) -> Sets {
        let vocabulary = &self.base.vocabulary;
        let measure = vocabulary.measure(self.base.point(point).measure);
        Sets::free(vocabulary.domain(measure), vocabulary.is_whole(measure))
    }

    fn value_sets(&self, point: PointId) -> Sets {
        let mut sets = self.empty_value(point);
        for id in self.base.facts_at(point).filter(|id| !self.is_addend(*id)) {
            let fact = self.base.fact(id);
            if let Some(reading) = fact.statement.reading() {
                sets.narrow(id, &reading.hard, &reading.soft, fact.is_weak());
            }
        }
        for floor in self.floors(point) {
            let weak = floor.facts.iter().any(|fact| self.base.fact(*fact).is_weak());
            let (hard, soft) =
                (Interval::at_least(floor.hard.clone()), Interval::at_least(floor.soft.clone()));
            for fact in &floor.facts {
                sets.narrow(*fact, &hard, &soft, weak);
            }
        }
        sets
    }

    fn said(&self, id: FactId) -> Sets {
        let fact = self.base.fact(id);
        let mut sets = self.empty_value(fact.point);
        if let Some(reading) = fact.statement.reading() {
            sets.narrow(id, &reading.hard, &reading.soft, fact.is_weak());
        }
        sets
    }

    fn uncut(&self, id: FactId) -> Sets {
        let mut sets = Sets::free(Interval::all(), false);
        let fact = self.base.fact(id);
        if let Statement::Value(figures) = &fact.statement {
            sets.narrow(id, &figures.uncut.hard, &figures.uncut.soft, fact.is_weak());
        }
        sets
    }

    fn date_sets(&self, point: PointId, end: bool) -> Sets {
        let mut sets = Sets::free(Interval::all(), true);
        for id in self.base.facts_at(point) {
            let fact = self.base.fact(id);
            if let Statement::Date(dates) = &fact.statement
                && !dates.is_open()
            {
                let reading = side(dates, end);
                sets.narrow(id, &reading.hard, &reading.soft, fact.is_weak());
            }
        }
        sets
    }

    fn said_date(&self, id: FactId, end: bool) -> Sets {
        let mut sets = Sets::free(Interval::all(), true);
        let fact = self.base.fact(id);
        if let Statement::Date(dates) = &fact.statement {
            let reading = side(dates, end);
            sets.narrow(id, &reading.hard, &reading.soft, fact.is_weak());
        }
        sets
    }
}

fn side(dates: &Dates, end: bool) -> &crate::quantity::Reading {
    if end { &dates.end } else { &dates.start }
}

/// The days of a publication date, as an interval.
fn published(period: Option<&Period>) -> Sets {
    let mut sets = Sets::free(Interval::all(), true);
    if let Some(period) = period {
        let lower = period.first().map_or(End::Unbounded, |day| End::Closed(Number::from(day.number())));
        let upper = period.last().map_or(End::Unbounded, |day| End::Closed(Number::from(day.number())));
        sets.soft = Interval::new(lower, upper);
        if !period.is_doubtful() {
            sets.hard = sets.soft.clone();
        }
    }
    sets
}

fn least(interval: &Interval) -> Number {
    match interval.whole().lower() {
        End::Closed(low) | End::Open(low) => low.clone(),
        End::Unbounded => Number::ZERO,
    }
}
