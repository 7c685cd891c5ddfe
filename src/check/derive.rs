//! A derivation that an editor redoes on paper: which instance bounds which figure, one after another,
//! until a sum fails.
//!
//! It narrates a conflict that the engine has proved, or a bound that it has found; it proves nothing
//! itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::problem::{InstanceId, Owner, World};
use crate::checks::{Context, Variable, words};
use crate::constraint::{Constraint, Linear, Var, days_of};
use crate::quantity::{End, Interval, Number};

/// One narrowing: a row of an instance bounds a variable by others. Those of quantities of the instance
/// alone are steps too; they link the others, and nobody needs to read them.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The instance.
    pub(crate) by: InstanceId,
    /// What it bounds.
    pub(crate) output: Var,
    /// What it bounds it by.
    pub(crate) inputs: Vec<Var>,
    /// The values that are left by this step alone.
    pub(crate) set: Interval,
    /// The sum: `454 + (4 or more)`; empty when the step is no sum.
    pub(crate) sum: String,
}

/// Steps, and where they clash, if they do.
#[derive(Debug, Default)]
pub(crate) struct Derivation {
    /// The steps that the clash needs, each after those that it stands on.
    pub(crate) steps: Vec<Step>,
    /// A variable for which nothing is left.
    pub(crate) clash: Option<Clash>,
}

/// What is said of a variable, and what it must be.
#[derive(Clone, Debug)]
pub(crate) struct Clash {
    /// The variable.
    pub(crate) var: Var,
    /// What is said, or was known.
    pub(crate) is: Interval,
    /// What follows from the others.
    pub(crate) must: Interval,
}

/// How often an instance may narrow again.
const ROUNDS: usize = 4;

/// Narrates a conflict: one claim is held against what all the others say of its figure; the claims
/// are tried in this order. Where none is refuted so, the others are told until a sum fails.
pub(crate) fn derive(world: &World, members: &[usize], against: &[usize]) -> Derivation {
    for claim in against {
        let others: Vec<usize> = members.iter().copied().filter(|place| place != claim).collect();
        let run = follow(world, &others);
        if run.derivation.clash.is_some() {
            continue;
        }
        let Some(ingredient) = world.problem.ingredients.get(*claim) else { continue };
        let said = ingredient.constraints.iter().filter_map(|row| row.as_linear()?.as_bound());
        let mut sets: BTreeMap<Var, Interval> = BTreeMap::new();
        for (var, set) in said {
            let known = sets.remove(&var).unwrap_or_else(Interval::all);
            sets.insert(var, known.intersect(&set));
        }
        for (var, is) in sets {
            let must = run.set(var);
            let is = if run.is_whole(var) { is.whole() } else { is };
            if is.is_disjoint(&must) {
                return Derivation { steps: run.needed(var), clash: Some(Clash { var, is, must }) };
            }
        }
    }
    follow(world, members).derivation
}

/// Tells these ingredients: claims first, then instances in their order, each as soon as it says
/// something new.
pub(crate) fn follow<'a>(world: &'a World, members: &[usize]) -> Run<'a> {
    let mut run =
        Run { world, boxes: BTreeMap::new(), derivation: Derivation::default(), changed: Vec::new() };
    let mut instances = Vec::new();
    for place in members {
        let Some(ingredient) = world.problem.ingredients.get(*place) else { continue };
        match world.owners.get(*place) {
            Some(Owner::Instance(id)) => instances.push((*id, ingredient.constraints.as_slice())),
            _ => run.bound(&ingredient.constraints),
        }
    }
    run.background(&instances);
    let mut speaking: HashMap<Var, Vec<usize>> = HashMap::new();
    for (at, (_, rows)) in instances.iter().enumerate() {
        for var in rows.iter().flat_map(Constraint::vars) {
            speaking.entry(var).or_default().push(at);
        }
    }
    for _ in 0..ROUNDS {
        if !run.round(&instances, &speaking) {
            break;
        }
    }
    run
}

/// What was told of some ingredients, step by step.
pub(crate) struct Run<'a> {
    world: &'a World,
    boxes: BTreeMap<Var, Interval>,
    derivation: Derivation,
    /// What was narrowed since somebody asked.
    changed: Vec<Var>,
}

impl Run<'_> {
    fn set(&self, var: Var) -> Interval {
        self.boxes.get(&var).cloned().unwrap_or_else(Interval::all)
    }

    /// After the last day of a year is on the first of the next.
    fn is_day(&self, var: Var) -> bool {
        matches!(self.world.shared(var), Some(Variable::Start(_) | Variable::End(_) | Variable::Published(_)))
    }

    fn is_whole(&self, var: Var) -> bool {
        self.world.problem.integral.get(var.0 as usize).copied().unwrap_or(false)
    }

    /// Lets each instance tell once, always the first that may have something new to say; whether more
    /// may be told in another round.
    fn round(
        &mut self,
        instances: &[(InstanceId, &[Constraint])],
        speaking: &HashMap<Var, Vec<usize>>,
    ) -> bool {
        let mut waiting: BTreeSet<usize> = (0..instances.len()).collect();
        let mut open = waiting.clone();
        while let Some(at) = open.pop_first() {
            let Some((id, rows)) = instances.get(at) else { continue };
            if self.tell(*id, rows) {
                waiting.remove(&at);
            }
            if self.derivation.clash.is_some() {
                return false;
            }
            for var in std::mem::take(&mut self.changed) {
                let others = speaking.get(&var).into_iter().flatten();
                open.extend(others.filter(|other| **other != at && waiting.contains(other)));
            }
        }
        waiting.len() < instances.len()
    }

    /// Takes the bounds of claims as they are.
    fn bound(&mut self, rows: &[Constraint]) {
        for (var, set) in rows.iter().filter_map(|row| row.as_linear()?.as_bound()) {
            let narrowed = self.set(var).intersect(&set);
            self.boxes.insert(var, narrowed);
        }
    }

    /// Takes the domains of the variables that the instances speak of.
    fn background(&mut self, instances: &[(InstanceId, &[Constraint])]) {
        let spoken: BTreeSet<Var> =
            instances.iter().flat_map(|(_, rows)| rows.iter().flat_map(Constraint::vars)).collect();
        let domains = spoken.iter().filter_map(|var| self.world.domain_of(*var));
        for ingredient in domains.filter_map(|place| self.world.problem.ingredients.get(place)) {
            self.bound(&ingredient.constraints);
        }
    }

    /// Lets one instance narrow what it can; a narrowing of a shared variable is a step.
    fn tell(&mut self, id: InstanceId, rows: &[Constraint]) -> bool {
        let mut told = false;
        for _ in 0..ROUNDS {
            let mut changed = false;
            for row in rows {
                for (var, set, sum) in self.narrowings(row) {
                    let set = if self.is_day(var) { set.whole() } else { set };
                    let (before, after) = (self.set(var), self.narrowed(var, &set));
                    if before.is_subset(&after) {
                        continue;
                    }
                    changed = true;
                    self.changed.push(var);
                    told |= self.world.shared(var).is_some()
                        || self.world.day_of(var).is_some()
                        || after.is_empty();
                    let inputs = row.vars().filter(|v| *v != var).collect();
                    self.derivation.steps.push(Step { by: id, output: var, inputs, set: set.clone(), sum });
                    if after.is_empty() {
                        self.derivation.clash = Some(Clash { var, is: before, must: set });
                        return true;
                    }
                    self.boxes.insert(var, after);
                }
            }
            if !changed {
                break;
            }
        }
        told
    }

    /// The steps that bound a variable, with those that they stand on, in their order.
    pub(crate) fn needed(&self, var: Var) -> Vec<Step> {
        let mut wanted = BTreeSet::from([var]);
        let mut chosen = Vec::new();
        for step in self.derivation.steps.iter().rev() {
            if wanted.contains(&step.output) {
                wanted.extend(step.inputs.iter().copied());
                chosen.push(step.clone());
            }
        }
        chosen.reverse();
        chosen
    }

    /// What one row says of each of its variables that nobody knew before.
    fn narrowings(&self, row: &Constraint) -> Vec<(Var, Interval, String)> {
        match row {
            Constraint::Linear(linear) => {
                linear.terms().iter().filter_map(|(factor, var)| self.solved(linear, factor, *var)).collect()
            }
            Constraint::Year { day, year } => vec![
                (*year, years(&self.set(*day)), String::new()),
                (*day, days(&self.set(*year)), String::new()),
            ],
            Constraint::Product { left, right, product } => {
                let [l, r, whole] = [left, right, product].map(|var| self.set(*var));
                let said = [(*product, l.mul(&r)), (*left, whole.div(&r)), (*right, whole.div(&l))];
                said.into_iter().map(|(var, set)| (var, set, String::new())).collect()
            }
            Constraint::Word { .. } | Constraint::Same { .. } => Vec::new(),
        }
    }

    /// A row solved for one variable, with the sum that gives it, where it says more than is known.
    fn solved(&self, row: &Linear, factor: &Number, var: Var) -> Option<(Var, Interval, String)> {
        let set = row.solved(var, &|v| self.set(v))?;
        let says_more = !self.set(var).is_subset(&self.narrowed(var, &set));
        says_more.then(|| (var, set, self.sum(row, factor, var)))
    }

    /// What is left of a variable within a set.
    fn narrowed(&self, var: Var, set: &Interval) -> Interval {
        let left = self.set(var).intersect(set);
        if self.is_whole(var) { left.whole() } else { left }
    }

    /// `454 + (4 or more) − 0`: the other terms of a row with coefficients of one.
    fn sum(&self, row: &Linear, factor: &Number, var: Var) -> String {
        let unit = |number: &Number| number.abs() == Number::ONE;
        let dated = |v: Var| !matches!(self.world.shared(v), Some(Variable::Value(_)));
        if row.terms().iter().any(|(a, v)| !unit(a) || dated(*v)) || row.terms().len() < 3 {
            return String::new();
        }
        let mut text = String::new();
        let constant = row.bound() * factor;
        if !constant.is_zero() {
            text = words::number(&constant);
        }
        for (a, v) in row.terms().iter().filter(|(_, v)| *v != var) {
            let sign = if a.is_positive() == factor.is_positive() { '−' } else { '+' };
            let value = words::interval(&self.set(*v));
            let value = if value.contains(' ') { format!("({value})") } else { value };
            text = match (text.is_empty(), sign) {
                (true, '+') => value,
                (true, _) => format!("−{value}"),
                (false, _) => format!("{text} {sign} {value}"),
            };
        }
        text
    }
}

fn years(days: &Interval) -> Interval {
    words::years(days)
}

/// The days of a set of years.
fn days(years: &Interval) -> Interval {
    let first = |end: &End| end.value().and_then(|year| days_of(&year.ceil())).map(|(first, _)| first);
    let last = |end: &End| end.value().and_then(|year| days_of(&year.floor())).map(|(_, last)| last);
    let lower = first(years.lower()).map_or(End::Unbounded, End::Closed);
    let upper = last(years.upper()).map_or(End::Unbounded, End::Closed);
    Interval::new(lower, upper)
}

/// What a variable is called.
pub(crate) fn name(context: &Context<'_>, world: &World, var: Var) -> String {
    match world.shared(var) {
        Some(Variable::Value(point) | Variable::Possible(point)) => words::point(context, point),
        Some(Variable::Start(point)) => format!("the start of {}", words::point(context, point)),
        Some(Variable::End(point)) => format!("the end of {}", words::point(context, point)),
        Some(Variable::Published(source)) => {
            format!("the publication of {}", context.base.source(source).id)
        }
        Some(
            Variable::Said(fact)
            | Variable::Uncut(fact)
            | Variable::SaidStart(fact)
            | Variable::SaidEnd(fact),
        ) => words::point(context, context.base.fact(fact).point),
        Some(Variable::AnyYear) => "the year".into(),
        Some(Variable::FirstDay(_)) => "the first day of a year".into(),
        Some(Variable::Own(_)) | None => match world.day_of(var) {
            Some(day) => format!("the year of {}", name(context, world, day)),
            None => "a quantity of the rule".into(),
        },
    }
}

/// How a sentence says of a variable what it is, and what it must do: "is" and "be", "begins" and "begin".
pub(crate) fn verbs(world: &World, var: Var) -> (&'static str, &'static str) {
    match world.shared(var) {
        Some(Variable::Start(_)) => ("begins", "begin"),
        Some(Variable::End(_)) => ("ends", "end"),
        Some(Variable::Published(_)) => ("was published", "have been published"),
        _ => ("is", "be"),
    }
}

/// What a sentence says it of: an event begins, its start is not talked about.
pub(crate) fn subject(context: &Context<'_>, world: &World, var: Var) -> String {
    match world.shared(var) {
        Some(Variable::Start(point) | Variable::End(point)) => words::point(context, point),
        Some(Variable::Published(source)) => context.base.source(source).id.clone(),
        _ => name(context, world, var),
    }
}

/// The values that a variable would need, behind its [`subject`]: `458 or more`, `begins in 2024`.
pub(crate) fn wanted(context: &Context<'_>, world: &World, var: Var, set: &Interval) -> String {
    match world.shared(var) {
        Some(Variable::Start(_) | Variable::End(_)) => {
            format!("{} {}", verbs(world, var).0, when(world, var, set))
        }
        Some(shared @ Variable::Value(_)) => words::above_the_least(set, &context.domain(shared).0),
        _ => values(world, var, set),
    }
}

/// The values of a variable behind its verb: "is 24", "begins in 2024", "ends on 2024-06-30 or earlier".
pub(crate) fn when(world: &World, var: Var, set: &Interval) -> String {
    let values = values(world, var, set);
    let is_day = |text: &str| text.len() > "2024-06".len();
    match (verbs(world, var).0, values.split_once(' ')) {
        ("is", _) => values,
        (_, None) => format!("{} {values}", if is_day(&values) { "on" } else { "in" }),
        (_, Some((first, rest))) if is_day(first) && rest.starts_with("or ") => format!("on {values}"),
        _ => values,
    }
}

/// The values of a variable in words: numbers, or days.
pub(crate) fn values(world: &World, var: Var, set: &Interval) -> String {
    match world.shared(var) {
        Some(Variable::Start(_) | Variable::End(_) | Variable::Published(_)) => words::days(set),
        Some(Variable::Value(_)) => words::interval(set),
        _ => set.to_string(),
    }
}
