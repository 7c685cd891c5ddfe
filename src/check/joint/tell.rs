//! Joint conflicts and derivations in words: the steps of the checks, strung together.

use super::Run;
use crate::check::derive::{Derivation, Step, subject, values, verbs, when};
use crate::check::made::Maker;
use crate::check::problem::{InstanceId, Owner, World};
use crate::checks::{Context, Variable, words};
use crate::constraint::Var;
use crate::fact::{Fact, FactId, PointId, Statement, Status};
use crate::quantity::{Interval, Number};
use crate::solve::{Conflicts, Minimal};
use crate::vocabulary::MeasureKind;

impl Run<'_, '_> {
    /// The steps of a conflict, ending in the sum that fails, and the sentence that says so.
    pub(super) fn tell(
        &self,
        world: &World,
        minimal: &Minimal,
        derivation: &Derivation,
    ) -> (String, Vec<String>) {
        let made = self.makers(world, &minimal.members);
        let mut steps: Vec<String> = made.into_iter().map(|(point, maker)| self.made(point, maker)).collect();
        steps.extend(self.steps(world, &derivation.steps));
        let is_claimed = !self.claims(world, minimal).is_empty();
        let Some(clash) = derivation.clash.as_ref().filter(|_| is_claimed) else {
            return (self.together(world, minimal), steps);
        };
        let about = subject(self.context, world, clash.var);
        let gap = words::difference(&clash.is, &clash.must).filter(|_| is_number(world, clash.var));
        let gap = gap.map(|gap| format!(": {gap}")).unwrap_or_default();
        let (is, must) = (values(world, clash.var, &clash.is), values(world, clash.var, &clash.must));
        steps.push(format!("{about}: {is} is told, {must} follows{gap}"));
        let (verb, infinitive) = verbs(world, clash.var);
        let (is, must) = (when(world, clash.var, &clash.is), when(world, clash.var, &clash.must));
        let others = if is_number(world, clash.var) { "figures" } else { "dates" };
        let message = format!(
            "{about} {verb} {is}, but by the other {others} together it must {infinitive} {must}{gap}"
        );
        (message, steps)
    }

    /// What cannot all hold, where no single sum shows it: a few claims by their words, many by number.
    fn together(&self, world: &World, minimal: &Minimal) -> String {
        let claims = self.claims(world, minimal);
        if let [_, _] | [_, _, _] = claims.as_slice() {
            let said = |id: &FactId| {
                let about = words::point(self.context, self.context.base.fact(*id).point);
                format!("{about}: {}", words::said(self.context, *id))
            };
            let said: Vec<String> = claims.iter().map(said).collect();
            let cannot = if said.len() == 2 { "cannot both hold" } else { "cannot all hold" };
            return format!("{} {cannot}", words::list(&said));
        }
        let names: Vec<String> = self.rules(world, minimal).iter().map(|rule| words::code(rule)).collect();
        let rules = if names.len() == 1 { "rule" } else { "rules" };
        let claims = words::count(claims.len(), "claim", "claims");
        format!("{claims} and the {rules} {} cannot all hold", words::list(&names))
    }

    /// The claims of a conflict by the time that they speak of, the latest first and levels before what
    /// flows into them: what follows is held against what was told last.
    pub(super) fn latest_first(&self, world: &World, minimal: &Minimal) -> Vec<usize> {
        let time = |place: &usize| match world.owners.get(*place) {
            Some(Owner::Said(facts)) => facts.first().map(|fact| {
                let fact = self.context.base.fact(*fact);
                let last = match &fact.statement {
                    Statement::Date(dates) => dates.end.soft.lower().value().cloned(),
                    _ => fact.period.and_then(|period| period.last()).map(|day| Number::from(day.number())),
                };
                let point = self.context.base.point(fact.point);
                let level = self.context.base.vocabulary.measure(point.measure).kind == MeasureKind::Stock;
                (last, level, *place)
            }),
            _ => None,
        };
        let mut claims: Vec<_> = minimal.members.iter().filter_map(time).collect();
        claims.sort();
        claims.into_iter().rev().map(|(.., place)| place).collect()
    }

    /// Why a figure that nobody claims must be: `by the change of loans in 2024: loans in 2023 must be 0 or
    /// more, though nobody tells it`.
    fn made(&self, point: PointId, maker: &Maker) -> String {
        let about = words::point(self.context, point);
        let (values, _) = self.context.domain(Variable::Value(point));
        let values = if values.is_all() { String::new() } else { format!(" {}", words::interval(&values)) };
        format!("{}: {about} must be{values}, though nobody tells it", self.by(maker.by))
    }

    /// The steps in words: what an instance says of each figure in the end, all that it said before
    /// taken together, and years only where they are days.
    fn steps(&self, world: &World, steps: &[Step]) -> Vec<String> {
        let shared = steps.iter().enumerate().filter(|(_, step)| world.shared(step.output).is_some());
        let told = shared.filter_map(|(at, step)| {
            let same = |other: &&Step| other.by == step.by && other.output == step.output;
            if steps.iter().skip(at + 1).any(|later| same(&later)) {
                return None;
            }
            let sets = steps.iter().take(at + 1).filter(same).map(|one| &one.set);
            let set = sets.fold(Interval::all(), |all, one| all.intersect(one));
            let step = Step { set: if set.is_empty() { step.set.clone() } else { set }, ..step.clone() };
            Some(self.step(world, &step))
        });
        told.collect()
    }

    /// One narrowing in words: `by districts-roll-forward: … is 458 or more (454 + (4 or more))`.
    pub(in crate::check) fn step(&self, world: &World, step: &Step) -> String {
        let sum = if step.sum.is_empty() { String::new() } else { format!(" = {}", step.sum) };
        let about = subject(self.context, world, step.output);
        let (verb, _) = verbs(world, step.output);
        let assumed = self.instance(step.by).is_some_and(|one| !one.assumptions.is_empty());
        let by = if assumed && step.inputs.is_empty() {
            format!("as {} assumes", words::code(&self.rule(step.by)))
        } else {
            self.by(step.by)
        };
        format!("{by}: {about}{sum} {verb} {}", when(world, step.output, &step.set))
    }

    /// Why an instance says what it says: the name of its rule, or what a claim of a built-in check does.
    fn by(&self, id: InstanceId) -> String {
        let check = self.checks.get(id.0);
        let owner = match self.instance(id).map(|one| one.owners.as_slice()) {
            Some([one]) => Some(self.context.base.fact(*one)),
            _ => None,
        };
        let built_in = check.filter(|check| check.rule().is_none()).map(|check| check.info().name);
        let about = owner.map(|fact| words::point(self.context, fact.point)).unwrap_or_default();
        match (built_in, owner) {
            (Some("dates"), Some(fact)) => {
                let source = &self.context.base.source(fact.source).id;
                format!("as {source} tells of {about}{}", told_as(fact, self.context))
            }
            (Some("lists"), Some(_)) => format!("by the list of {about}"),
            (Some("lists"), None) => "by a list".into(),
            (Some("totals"), _) => "as a total is at least its parts".into(),
            (Some(name @ ("change" | "share")), Some(_)) => format!("by the {name} of {about}"),
            (_, Some(_)) => format!("by {} of {about}", words::code(&self.rule(id))),
            (_, None) => format!("by {}", words::code(&self.rule(id))),
        }
    }
}

/// Why a search for smallest sets ended before its end.
#[derive(Clone, Copy)]
pub(super) enum Cut {
    /// As many as were asked for were found.
    Enough,
    /// A limit was reached between two of them.
    Limit,
    /// A limit was reached within one: it may name more than it needs.
    NotMinimal,
}

impl Cut {
    pub(super) fn of(found: &Conflicts) -> Self {
        match (found.found.iter().all(|set| set.minimal), found.limit) {
            (false, _) => Self::NotMinimal,
            (true, Some(_)) => Self::Limit,
            (true, None) => Self::Enough,
        }
    }

    pub(super) fn tell(self, sets: usize) -> String {
        let sets = words::count(sets, "set of claims", "sets of claims");
        match self {
            Self::Enough => format!("at least {sets} cannot all hold; `--max-conflicts` looks for more"),
            Self::Limit => format!("at least {sets} cannot all hold; the search for more was cut"),
            Self::NotMinimal => {
                format!("at least {sets} cannot all hold; not minimised further: fewer claims may do")
            }
        }
    }
}

/// How an article tells of a date: against its own day, or as what its status says.
fn told_as(fact: &Fact, context: &Context<'_>) -> &'static str {
    let status = context.base.point(fact.point).status;
    match (&fact.statement, status) {
        (Statement::Date(dates), _) if dates.relative.is_some() => " by its own day",
        (_, Status::Planned) => " as still to come",
        (_, Status::InProgress) => " as under way",
        _ => " as past",
    }
}

fn is_number(world: &World, var: Var) -> bool {
    matches!(world.shared(var), Some(Variable::Value(_)))
}
