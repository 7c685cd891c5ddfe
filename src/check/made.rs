//! Figures that nobody claims and that must be all the same, each with the claims that make it: the total
//! of parts that are told, the figure against which a change is told, a year between two that are told.
//!
//! A rule holds for such a figure whatever it is. Where a figure need not be, no rule that one claim alone
//! calls for says anything strong of it: who tells of no suites need not have any.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::joint::Run;
use super::problem::{InstanceId, World};
use crate::checks::{Context, Grounded};
use crate::constraint::Constraint;
use crate::fact::{FactBase, FactId, Point, PointId, Status, Time};
use crate::period::Day;

/// Figures that nobody claims, each with what makes it.
#[derive(Debug, Default)]
pub(super) struct Made(HashMap<PointId, Maker>);

/// An instance that asserts a figure, and the claims that call for the instance.
#[derive(Debug)]
pub(super) struct Maker {
    pub(super) by: InstanceId,
    pub(super) claims: Vec<FactId>,
}

impl Made {
    /// Which of some figures these instances make; where several do, the fewest claims are told. Cost:
    /// linear in the instances and points.
    pub(super) fn new<'g>(
        context: &Context<'_>,
        wanted: &HashSet<PointId>,
        instances: impl Iterator<Item = (InstanceId, &'g Grounded)>,
    ) -> Self {
        let mut made = Self::default();
        if wanted.is_empty() {
            return made;
        }
        let callers = Callers { context, levels: OnceCell::new() };
        for (by, one) in instances {
            let figures: BTreeSet<PointId> = asserted(one).filter(|point| wanted.contains(point)).collect();
            if let Some(claims) = (!figures.is_empty()).then(|| callers.of(one)).flatten() {
                for point in figures {
                    made.add(context, point, Maker { by, claims: claims.clone() });
                }
            }
        }
        made
    }

    fn add(&mut self, context: &Context<'_>, point: PointId, maker: Maker) {
        let rank = |one: &Maker| (one.claims.len(), keys(context, &one.claims));
        if self.0.get(&point).is_none_or(|known| rank(&maker) < rank(known)) {
            self.0.insert(point, maker);
        }
    }

    /// What makes a figure.
    pub(super) fn maker(&self, point: PointId) -> Option<&Maker> {
        self.0.get(&point)
    }

    /// Whether every figure of an instance is claimed or made.
    pub(super) fn has_all_of(&self, base: &FactBase, one: &Grounded) -> bool {
        open(base, one).all(|point| self.0.contains_key(&point))
    }
}

impl Run<'_, '_> {
    /// What makes the figures that rules of a conflict speak of, where nobody claims these and nothing else
    /// in it speaks of them.
    pub(super) fn makers(&self, world: &World, members: &[usize]) -> Vec<(PointId, &Maker)> {
        let ids = members.iter().filter_map(|place| world.instance(*place));
        let is_rule = |place: usize| self.checks.get(place).is_some_and(|check| check.rule().is_some());
        let instances = ids.filter_map(|id| Some((id, self.instance(id)?)));
        let (links, others): (Vec<_>, Vec<_>) = instances.partition(|(id, one)| one.links && is_rule(id.0));
        let told: BTreeSet<PointId> = others.iter().flat_map(|(_, one)| points(one)).collect();
        let figures: BTreeSet<PointId> = links.iter().flat_map(|(_, one)| points(one)).collect();
        figures
            .difference(&told)
            .filter_map(|point| Some((*point, self.judged.made.maker(*point)?)))
            .collect()
    }
}

/// The points that an instance speaks of.
fn points(one: &Grounded) -> impl Iterator<Item = PointId> {
    one.variables.iter().filter_map(|variable| variable.point())
}

/// The figures of an instance that nobody claims.
pub(super) fn open(base: &FactBase, one: &Grounded) -> impl Iterator<Item = PointId> {
    points(one).filter(|point| base.facts_at(*point).next().is_none())
}

/// The figures that the strong rows of an instance speak of.
fn asserted(one: &Grounded) -> impl Iterator<Item = PointId> {
    let vars = one.strong.iter().flat_map(Constraint::vars);
    vars.filter_map(|var| one.variables.get(var.0 as usize)?.point())
}

fn keys<'a>(context: &'a Context<'_>, claims: &[FactId]) -> Vec<&'a str> {
    claims.iter().map(|fact| context.base.fact(*fact).key.as_str()).collect()
}

/// The claims that call for instances.
struct Callers<'a, 'b> {
    context: &'a Context<'b>,
    /// The claimed levels of each series of points, by day.
    levels: OnceCell<HashMap<Point, Vec<(Day, PointId)>>>,
}

impl Callers<'_, '_> {
    /// Claims that are enough to call for an instance, none of which is weak; none when there are none.
    fn of(&self, one: &Grounded) -> Option<Vec<FactId>> {
        if !one.owners.is_empty() {
            return one.owners.iter().all(|fact| self.is_strong(*fact)).then(|| one.owners.clone());
        }
        let points: BTreeSet<PointId> = points(one).collect();
        let claimed: Vec<PointId> = points.into_iter().filter(|point| self.is_claimed(*point)).collect();
        // A total is made by any of its parts, an instance of a rule by two claimed terms, or by the claimed
        // levels before and after.
        let enough = if one.links { 1 } else { 2 };
        if claimed.len() < enough { self.around(one) } else { self.among(one, &claimed, enough) }
    }

    fn is_claimed(&self, point: PointId) -> bool {
        self.context.base.facts_at(point).next().is_some()
    }

    /// A claim on each of so many points, and all that entail the condition.
    fn among(&self, one: &Grounded, claimed: &[PointId], enough: usize) -> Option<Vec<FactId>> {
        let condition = one.condition.iter().flat_map(Constraint::vars);
        let entails = condition.filter_map(|var| one.variables.get(var.0 as usize));
        let mut claims: Vec<FactId> = entails.flat_map(|var| self.context.facts(*var)).collect();
        let told: BTreeSet<PointId> = claims.iter().map(|fact| self.context.base.fact(*fact).point).collect();
        let others = claimed.iter().filter(|point| !told.contains(point));
        let mut others: Vec<FactId> = others.filter_map(|point| self.teller(*point)).collect();
        others.sort_by_key(|fact| &self.context.base.fact(*fact).key);
        let missing = enough.saturating_sub(told.len());
        let is_enough = others.len() >= missing;
        claims.extend(others.into_iter().take(missing));
        claims.sort_unstable();
        claims.dedup();
        is_enough.then_some(claims)
    }

    /// The claims on the levels before and after an instance that lies between them.
    fn around(&self, one: &Grounded) -> Option<Vec<FactId>> {
        let base = self.context.base;
        let level = |point: PointId| match base.point(point).time {
            Time::At(day) => Some((day, base.point(point).at(Time::Undated))),
            _ => None,
        };
        let own: Vec<(Day, Point)> = points(one).filter_map(level).collect();
        let (first, last) = (own.iter().map(|one| one.0).min()?, own.iter().map(|one| one.0).max()?);
        let known = || own.iter().filter_map(|(_, series)| self.levels().get(series)).flatten();
        let rank = |(day, point): &&(Day, PointId)| (*day, base.point(*point));
        let before = known().filter(|(day, _)| *day <= first).max_by_key(rank)?;
        let after = known().filter(|(day, _)| *day >= last).min_by_key(rank)?;
        [before, after].into_iter().map(|(_, point)| self.teller(*point)).collect()
    }

    fn levels(&self) -> &HashMap<Point, Vec<(Day, PointId)>> {
        self.levels.get_or_init(|| {
            let mut levels: HashMap<Point, Vec<(Day, PointId)>> = HashMap::new();
            for (id, point) in self.context.base.points().filter(|(id, _)| self.is_claimed(*id)) {
                if let Time::At(day) = point.time {
                    levels.entry(point.at(Time::Undated)).or_default().push((day, id));
                }
            }
            levels
        })
    }

    /// One claim on a point that is not weak.
    fn teller(&self, point: PointId) -> Option<FactId> {
        let base = self.context.base;
        base.facts_at(point).filter(|fact| self.is_strong(*fact)).min_by_key(|fact| &base.fact(*fact).key)
    }

    /// Neither what covers less than it seems to nor a plan makes a figure for sure.
    fn is_strong(&self, fact: FactId) -> bool {
        let fact = self.context.base.fact(fact);
        !fact.is_weak() && self.context.base.point(fact.point).status == Status::Actual
    }
}
