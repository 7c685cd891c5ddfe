//! The facts as the engine sees them: for each variable the sets of values that the claims on it
//! allow, and the claims themselves.

use std::borrow::Cow;
use std::slice;

use foldhash::{HashMap, HashMapExt as _};

use super::Variable;
use crate::constraint::known_years;
use crate::fact::{Dates, Fact, FactBase, FactId, PointId, Statement};
use crate::finding::Lang;
use crate::period::{Day, Period};
use crate::quantity::{End, Interval, Number, Reading};

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
        let members = list.members.iter().map(|member| (self.base.fact(*member).point, *member));
        let mut members: Vec<_> = members.filter(|(_, member)| self.base.fact(*member).counts()).collect();
        members.sort_by_key(|(point, _)| *point);
        for group in members.chunk_by(|(one, _), (other, _)| one == other) {
            let [(point, first), others @ ..] = group else { continue };
            if others.is_empty() && matches!(self.base.fact(*first).statement, Statement::Value(_)) {
                continue;
            }
            let facts: Vec<FactId> = group.iter().map(|(_, member)| *member).collect();
            for member in &facts {
                if let Some(addend) = self.addends.get_mut(member.0 as usize) {
                    *addend = true;
                }
            }
            let floor = self.sum_of_floors(&facts);
            self.add_floor(*point, floor, facts);
        }
        if fact.part_of.is_none() && matches!(fact.statement, Statement::Named) {
            let floor = self.floor_of(id);
            self.add_floor(fact.point, floor, self.counted(id));
        }
    }

    fn add_floor(&mut self, point: PointId, (hard, soft): (Number, Number), facts: Vec<FactId>) {
        self.floors.entry(point).or_default().push(Floor { hard, soft, facts });
    }

    /// A claim and the members of its list, at any depth: what its floor stands on.
    fn counted(&self, id: FactId) -> Vec<FactId> {
        let list = self.base.fact(id).list.as_ref();
        let members = list.into_iter().flat_map(|list| list.members.iter().copied());
        let counts = members.filter(|member| self.base.fact(*member).counts());
        std::iter::once(id).chain(counts.flat_map(|member| self.counted(member))).collect()
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
                let count = Number::from(list.distinct);
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

    /// The sets of values that the claims on a variable allow together.
    #[must_use]
    pub fn sets(&self, variable: Variable) -> Sets {
        let (domain, integral) = self.domain(variable);
        let mut sets =
            Sets { hard: domain.clone(), soft: domain.clone(), domain, integral, facts: Vec::new() };
        self.tell(variable, &mut |part| {
            if !part.weak {
                sets.hard = sets.hard.intersect(&part.hard);
            }
            sets.soft = sets.soft.intersect(&part.soft);
            sets.facts.extend_from_slice(part.facts);
        });
        sets
    }

    /// Whether any claim, or any list, says how much there is at a point.
    #[must_use]
    pub fn is_claimed(&self, point: PointId) -> bool {
        let says = |id: FactId| !self.is_addend(id) && self.base.fact(id).statement.reading().is_some();
        !self.floors(point).is_empty() || self.base.facts_at(point).any(says)
    }

    /// What all words on a variable entail, where those that cover less than they seem to (`scope`,
    /// `2024?`) are taken at their word: whatever needs them is weak.
    #[must_use]
    pub fn worded(&self, variable: Variable) -> Interval {
        let mut all = self.domain(variable).0;
        self.tell(variable, &mut |part| all = all.intersect(&part.hard));
        all
    }

    /// The values that a variable can have whatever anybody claims, and whether they are whole.
    #[must_use]
    pub fn domain(&self, variable: Variable) -> (Interval, bool) {
        let of_point = |point: PointId| {
            let vocabulary = &self.base.vocabulary;
            let measure = vocabulary.measure(self.base.point(point).measure);
            (vocabulary.domain(measure), vocabulary.is_whole(measure))
        };
        match variable {
            Variable::Value(point) | Variable::Possible(point) => of_point(point),
            Variable::Said(fact) => of_point(self.base.fact(fact).point),
            Variable::AnyYear => (known_years(), true),
            Variable::Uncut(_) | Variable::Own(_) => (Interval::all(), false),
            Variable::Start(_)
            | Variable::End(_)
            | Variable::FirstDay(_)
            | Variable::Published(_)
            | Variable::SaidStart(_)
            | Variable::SaidEnd(_) => (Interval::all(), true),
        }
    }

    /// What each claim, or each list, says of a variable by itself.
    #[must_use]
    pub fn contributions(&self, variable: Variable) -> Vec<Contribution<'_>> {
        let mut all = Vec::new();
        self.tell(variable, &mut |part| all.push(part));
        all
    }

    /// Hands on what each claim, or each list, says of a variable by itself.
    fn tell<'c>(&'c self, variable: Variable, to: &mut dyn FnMut(Contribution<'c>)) {
        let at = |point| self.base.claims_at(point).iter().filter(|id| self.base.fact(**id).counts());
        let own = |fact: FactId| {
            let claims = self.base.claims_at(self.base.fact(fact).point);
            claims.get(claims.binary_search(&fact).ok()?)
        };
        match variable {
            Variable::Value(point) => {
                let figures = at(point).filter(|id| !self.is_addend(**id));
                let floors = self.floors(point).iter().map(|floor| self.of_floor(floor));
                figures.filter_map(|id| self.of_value(id)).chain(floors).for_each(to);
            }
            Variable::Start(point) => at(point).filter_map(|id| self.of_date(id, false)).for_each(to),
            Variable::End(point) => at(point).filter_map(|id| self.of_date(id, true)).for_each(to),
            Variable::Published(source) => {
                published(self.base.source(source).published.as_ref()).into_iter().for_each(to);
            }
            Variable::Said(fact) => own(fact).and_then(|id| self.of_value(id)).into_iter().for_each(to),
            Variable::Uncut(fact) => own(fact).and_then(|id| self.of_words(id)).into_iter().for_each(to),
            Variable::SaidStart(fact) => {
                own(fact).and_then(|id| self.of_date(id, false)).into_iter().for_each(to);
            }
            Variable::SaidEnd(fact) => {
                own(fact).and_then(|id| self.of_date(id, true)).into_iter().for_each(to);
            }
            Variable::Possible(_) | Variable::AnyYear | Variable::FirstDay(_) | Variable::Own(_) => {}
        }
    }

    fn of_value<'c>(&'c self, id: &'c FactId) -> Option<Contribution<'c>> {
        let fact = self.base.fact(*id);
        Some(Contribution::of(id, fact, fact.statement.reading()?))
    }

    fn of_words<'c>(&'c self, id: &'c FactId) -> Option<Contribution<'c>> {
        let fact = self.base.fact(*id);
        match &fact.statement {
            Statement::Value(figures) => Some(Contribution::of(id, fact, &figures.uncut)),
            _ => None,
        }
    }

    fn of_date<'c>(&'c self, id: &'c FactId, end: bool) -> Option<Contribution<'c>> {
        let fact = self.base.fact(*id);
        match &fact.statement {
            Statement::Date(dates) if !dates.is_open() => Some(Contribution::of(id, fact, side(dates, end))),
            _ => None,
        }
    }

    fn of_floor<'c>(&'c self, floor: &'c Floor) -> Contribution<'c> {
        Contribution {
            facts: &floor.facts,
            hard: Cow::Owned(Interval::at_least(floor.hard.clone())),
            soft: Cow::Owned(Interval::at_least(floor.soft.clone())),
            weak: floor.facts.iter().any(|fact| self.base.fact(*fact).is_weak()),
        }
    }
}

/// What one claim, or one list, says of a variable.
#[derive(Clone, Debug)]
pub struct Contribution<'c> {
    /// The claims that it stands on; none for a publication date.
    pub facts: &'c [FactId],
    /// What the words entail.
    pub hard: Cow<'c, Interval>,
    /// What a reader takes them to mean.
    pub soft: Cow<'c, Interval>,
    /// Whether it takes part in the soft sets alone.
    pub weak: bool,
}

impl<'c> Contribution<'c> {
    fn of(id: &'c FactId, fact: &Fact, reading: &'c Reading) -> Self {
        let (hard, soft) = (Cow::Borrowed(&reading.hard), Cow::Borrowed(&reading.soft));
        Self { facts: slice::from_ref(id), hard, soft, weak: fact.is_weak() }
    }
}

fn side(dates: &Dates, end: bool) -> &Reading {
    if end { &dates.end } else { &dates.start }
}

/// The days of a publication date, as an interval.
fn published<'c>(period: Option<&Period>) -> Option<Contribution<'c>> {
    let period = period?;
    let end = |day: Option<Day>| day.map_or(End::Unbounded, |day| End::Closed(Number::from(day.number())));
    let days: Cow<'_, Interval> = Cow::Owned(Interval::new(end(period.first()), end(period.last())));
    Some(Contribution { facts: &[], hard: days.clone(), soft: days, weak: period.is_doubtful() })
}

fn least(interval: &Interval) -> Number {
    match interval.whole().lower() {
        End::Closed(low) | End::Open(low) => low.clone(),
        End::Unbounded => Number::ZERO,
    }
}
