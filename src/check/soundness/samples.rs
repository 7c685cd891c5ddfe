//! The instances that stand for rules, and which of them say what must hold wherever another speaks.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::checks::sample::Aspect;
use crate::checks::{Check, Moment, Reach, Sample, Variable};
use crate::constraint::{Constraint, Var};
use crate::fact::{FactBase, PointId};
use crate::finding::Severity;
use crate::vocabulary::{MeasureId, Vocabulary};

/// Rules over more years are held against each other in one year alone.
const MOST_YEARS: i32 = 5;
/// A rule over more years is held against no other.
const FARTHEST: i32 = 500;
/// Of more years that rules name by their number the others are left out.
const MOST_FIXED: usize = 5;
/// Of more numbers that rules name of series the others are left out.
const MOST_NUMBERS: usize = 20;

/// An instance of a rule, and what it speaks of.
pub(super) struct Dated {
    pub(super) sample: Sample,
    /// The place of the rule among the checks.
    pub(super) rule: usize,
    pub(super) level: Severity,
    /// Its own year; the first and the last year that it speaks of around that one; those that it names.
    pub(super) year: i32,
    pub(super) around: Option<(i32, i32)>,
    pub(super) fixed: Option<(i32, i32)>,
    pub(super) named: BTreeSet<Aspect>,
    pub(super) open: BTreeSet<Aspect>,
    /// The points that are told where it speaks, in ascending order: those of its condition, if it has one.
    told: Vec<PointId>,
    points: Vec<PointId>,
    /// Where one of these is 0, it says nothing.
    divisors: BTreeSet<Variable>,
    /// Whether what holds of it holds of every instance of the rule, as far as no other rule singles out
    /// what it is of.
    stands_for_all: bool,
}

impl Dated {
    /// Whether it holds for no condition.
    pub(super) fn is_unconditional(&self) -> bool {
        self.sample.grounded.condition.is_empty()
    }

    /// Whether what holds of it holds of every instance of the rule.
    pub(super) fn stands_for_all(&self) -> bool {
        self.stands_for_all && self.named.is_disjoint(&self.open)
    }

    /// Whether another instance speaks wherever this one does: of years within those of this one or of
    /// as many of its points as make an instance, of nothing by its name that this one only takes as an
    /// example, and divided by nothing else.
    pub(super) fn brings(&self, other: &Self) -> bool {
        let is_within = |(first, last): (i32, i32)| {
            let within = |(from, to): (i32, i32)| from <= first && last <= to;
            self.around.is_some_and(within) || self.fixed.is_some_and(within)
        };
        let by_name = |aspect: &Aspect| self.named.contains(aspect) && !self.open.contains(aspect);
        let is_told = |point: &&PointId| self.told.binary_search(point).is_ok();
        let is_made = other.points.iter().filter(is_told).count() >= other.points.len().clamp(1, 2);
        (is_made || other.around.into_iter().chain(other.fixed).all(is_within))
            && other.named.iter().all(by_name)
            && other.divisors.is_subset(&self.divisors)
    }

    /// Whether it ties several years.
    pub(super) fn is_wide(&self) -> bool {
        self.around.is_some_and(|(first, last)| first < last)
            || (self.around.is_some() && self.fixed.is_some())
    }

    fn of(
        check: &dyn Check,
        rule: usize,
        level: Severity,
        reach: &Reach,
        base: &mut FactBase,
        at: Moment<'_>,
    ) -> Option<Self> {
        let sample = check.sample(base, at)?;
        let around = reach
            .around
            .and_then(|(before, after)| Some((at.year.checked_sub(before)?, at.year.checked_add(after)?)));
        let (mut named, mut open) = (reach.named.clone(), reach.open.clone());
        if sample.singles_out {
            named.insert(Aspect::Number);
            open.insert(Aspect::Number);
        }
        let grounded = &sample.grounded;
        let divisors =
            grounded.divisors.iter().filter_map(|var| grounded.variables.get(var.0 as usize).copied());
        let points = |vars: &mut dyn Iterator<Item = Var>| {
            let variables = vars.filter_map(|var| grounded.variables.get(var.0 as usize));
            let mut points: Vec<PointId> = variables.filter_map(|variable| variable.point()).collect();
            points.sort_unstable();
            points.dedup();
            points
        };
        let all = points(&mut (0..).map(Var).take(grounded.variables.len()));
        let told = points(&mut grounded.condition.iter().flat_map(Constraint::vars));
        Some(Self {
            told: if grounded.condition.is_empty() { all.clone() } else { told },
            points: all,
            rule,
            level,
            year: at.year,
            around,
            fixed: reach.fixed.iter().min().copied().zip(reach.fixed.iter().max().copied()),
            named,
            open,
            divisors: divisors.collect(),
            stands_for_all: at.after.is_some() || around.is_none(),
            sample,
        })
    }
}

/// The samples of all rules, over points of their own; the first of each rule stands for all of it.
pub(super) fn samples(
    vocabulary: &Arc<Vocabulary>,
    checks: &[Box<dyn Check>],
    level: &dyn Fn(&dyn Check) -> Severity,
) -> (FactBase, Vec<Dated>) {
    let mut base = FactBase::new(Arc::clone(vocabulary));
    let rules = checks.iter().enumerate().filter(|(_, check)| check.rule().is_some());
    let rules: Vec<(usize, &dyn Check, Reach)> =
        rules.map(|(place, check)| (place, check.as_ref(), check.reach(vocabulary))).collect();
    let widest = rules.iter().filter_map(|(.., reach)| width(reach)).max().unwrap_or(0);
    let named: BTreeSet<i32> = rules.iter().flat_map(|(.., reach)| reach.fixed.iter().copied()).collect();
    let numbers: BTreeSet<(MeasureId, u64)> =
        rules.iter().flat_map(|(.., reach)| reach.numbers.iter().copied()).take(MOST_NUMBERS).collect();
    let Some(any) = any_year(&named) else { return (base, Vec::new()) };
    let mut all = Vec::new();
    for (place, check, reach) in &rules {
        for (year, is_any) in years(reach, widest, any, &named) {
            let moment = Moment { year, after: is_any.then(|| year - any), numbers: &numbers };
            all.extend(Dated::of(*check, *place, level(*check), reach, &mut base, moment));
        }
    }
    (base, all)
}

/// A year that no rule names, nor any near it: it stands for all.
fn any_year(named: &BTreeSet<i32>) -> Option<i32> {
    let is_free = |year: &i32| named.range(year - FARTHEST..=year + FARTHEST).next().is_none();
    [2000].into_iter().chain((-9000..=9000).step_by(500)).find(is_free)
}

/// How many years a rule spans beside its own; `None` where they are too many.
fn width(reach: &Reach) -> Option<i32> {
    let (before, after) = reach.around?;
    before.checked_add(after).filter(|wide| *wide <= MOST_YEARS)
}

/// The years of the samples of a rule: those in which it speaks of none beyond the widest rule, whichever
/// year that is, and those in which it speaks of a year that some rule names; those first that stand for
/// it alone.
fn years(reach: &Reach, widest: i32, any: i32, named: &BTreeSet<i32>) -> Vec<(i32, bool)> {
    let Some((before, after)) = reach.around else { return vec![(any, true)] };
    if width(reach).is_none() {
        let is_near = before <= FARTHEST && after <= FARTHEST;
        return if is_near { vec![(any, true)] } else { Vec::new() };
    }
    let last = any - after;
    let around = (any - widest + before..last).rev();
    let offsets = |year: &i32| {
        let year = *year;
        (-before..=after).map(move |offset| year - offset)
    };
    let of_named: BTreeSet<i32> = named.iter().take(MOST_FIXED).flat_map(offsets).collect();
    let all_alike = [last].into_iter().chain(around).map(|year| (year, true));
    all_alike.chain(of_named.into_iter().map(|year| (year, false))).collect()
}
