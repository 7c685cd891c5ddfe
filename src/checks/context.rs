//! The facts as the engine sees them: for each variable the sets of values that the claims on it
//! allow, and the claims themselves.

use std::borrow::Cow;
use std::slice;

use super::Variable;
use super::floors::{self, Floor, Floors};
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
    /// Whether any claim bounds the variable.
    pub is_claimed: bool,
}

/// The facts of a run, ready to be reasoned about.
pub struct Context<'a> {
    /// The facts and their vocabulary.
    pub base: &'a FactBase,
    /// The language of messages.
    pub lang: Lang,
    floors: Cow<'a, Floors>,
}

impl<'a> Context<'a> {
    /// The facts of a base, its lists read once.
    #[must_use]
    pub fn new(base: &'a FactBase, lang: Lang) -> Self {
        Self { base, lang, floors: Cow::Owned(Floors::new(base)) }
    }

    /// The same where its lists have been read.
    #[must_use]
    pub const fn with(base: &'a FactBase, floors: &'a Floors, lang: Lang) -> Self {
        Self { base, lang, floors: Cow::Borrowed(floors) }
    }

    /// The least that one claim says of its point, hard and soft.
    #[must_use]
    pub fn least(&self, fact: FactId) -> (Number, Number) {
        floors::least(self.base, fact)
    }

    /// Whether a figure is one of several on its point in one list, so that it is added to the
    /// others and not compared with them.
    #[must_use]
    pub fn is_addend(&self, fact: FactId) -> bool {
        self.floors.is_addend(fact)
    }

    /// What lists say of a point at the least.
    #[must_use]
    pub fn floors(&self, point: PointId) -> &[Floor] {
        self.floors.of(point)
    }

    /// The sets of values that the claims on a variable allow together.
    #[must_use]
    pub fn sets(&self, variable: Variable) -> Sets {
        let (domain, integral) = self.domain(variable);
        let mut sets =
            Sets { hard: domain.clone(), soft: domain.clone(), domain, integral, is_claimed: false };
        self.tell(variable, &mut |part| {
            if !part.weak {
                sets.hard = sets.hard.intersect(&part.hard);
            }
            sets.soft = sets.soft.intersect(&part.soft);
            sets.is_claimed |= !part.facts.is_empty();
        });
        sets
    }

    /// The claims that its sets stand on.
    #[must_use]
    pub fn facts(&self, variable: Variable) -> Vec<FactId> {
        let mut facts = Vec::new();
        self.tell(variable, &mut |part| facts.extend_from_slice(part.facts));
        facts
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
