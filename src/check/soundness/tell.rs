//! What rules demand of each other, as sums that a reader redoes on paper.

use std::collections::BTreeMap;

use super::samples::Dated;
use super::world::Book;
use crate::checks::sample::Aspect;
use crate::checks::{Context, Variable, words};
use crate::constraint::{Certificate, Constraint, Ending, Inference, Linear, Relation, Var};
use crate::fact::{PointId, Status, Time};
use crate::quantity::Number;
use crate::solve::minimise::Minimal;
use crate::vocabulary::{DimensionId, MemberId};

/// Nobody reads more; the certificate has them all.
const MOST_STEPS: usize = 20;

/// The rows that cannot all hold, each with the rule that demands it, so turned that adding them up gives
/// what is false; told from the year of one instance.
pub(super) fn steps(
    book: &Book<'_>,
    one: &Dated,
    minimal: &Minimal,
    name: &dyn Fn(usize) -> String,
) -> Vec<String> {
    let fractions = book.in_fractions(minimal);
    let certificate = fractions.as_ref().unwrap_or(&minimal.conflict.certificate);
    let sum = sum(certificate);
    let mut steps = Vec::new();
    for (at, row) in certificate.constraints.iter().enumerate() {
        let factor = match &sum {
            Some((factors, _)) => factors.get(&at).cloned().unwrap_or(Number::ZERO),
            None => Number::ONE,
        };
        let (Some(linear), false) = (row.as_linear(), factor.is_zero()) else { continue };
        let Some(text) = row_of(book, one, linear, factor.is_negative()) else { continue };
        let by = match owner(book, minimal, row) {
            Some(sample) if !sample.is_unconditional() => format!("the condition of {}", name(sample.rule)),
            Some(sample) => name(sample.rule),
            None => "in any case".to_owned(),
        };
        let times = factor.abs();
        let times =
            if times == Number::ONE { String::new() } else { format!(", {} times", words::number(&times)) };
        steps.push(format!("{by}: {text}{times}"));
    }
    if steps.len() > MOST_STEPS {
        let more = steps.len() - MOST_STEPS;
        steps.truncate(MOST_STEPS);
        steps.push(format!("and {}", words::count(more, "more like these", "more like these")));
    }
    let falsehood = sum.and_then(|(_, row)| sides(&row, false, &|_| None));
    let dated = certificate.constraints.iter().any(|row| matches!(row, Constraint::Year { .. }));
    steps.push(match falsehood {
        Some(row) => format!("added up, side by side: {row}, which is never so"),
        None => format!("no {} satisfy all of these", if dated { "dates" } else { "figures" }),
    });
    steps
}

/// The instance that demands a row; none where it holds anyway.
fn owner<'b>(book: &'b Book<'_>, minimal: &Minimal, row: &Constraint) -> Option<&'b Dated> {
    let demands = |place: &usize| {
        let ingredient = book.world.problem.ingredients.get(*place);
        ingredient.is_some_and(|one| one.constraints.contains(row))
    };
    minimal.conflict.members().into_iter().find(demands).and_then(|place| book.sample(place))
}

/// How often each row is taken, and what they add up to; none where more than adding is needed.
fn sum(certificate: &Certificate) -> Option<(BTreeMap<usize, Number>, Linear)> {
    let given = certificate.constraints.len();
    let mut rows: Vec<BTreeMap<usize, Number>> =
        (0..given).map(|at| BTreeMap::from([(at, Number::ONE)])).collect();
    for step in &certificate.proof.steps {
        let Inference::Combine(parts) = &step.by else { return None };
        let mut total: BTreeMap<usize, Number> = BTreeMap::new();
        for (row, factor) in parts {
            for (at, times) in rows.get(*row)? {
                let known = total.entry(*at).or_insert(Number::ZERO);
                *known = &*known + &(times * factor);
            }
        }
        rows.push(total);
    }
    let Ending::Leaf(last) = certificate.proof.end else { return None };
    let derived =
        last.checked_sub(given).and_then(|at| certificate.proof.steps.get(at)).map(|step| &step.gives);
    let falsehood = derived.or_else(|| certificate.constraints.get(last)?.as_linear())?;
    let factors = rows.get(last)?;
    let scale = factors.values().filter(|factor| !factor.is_zero()).map(Number::abs).min()?.recip()?;
    let factors = factors.iter().map(|(at, factor)| (*at, factor * &scale)).collect();
    Some((factors, Linear::new([], falsehood.relation(), falsehood.bound() * &scale)))
}

/// A row in the words of rules; none where it is about a quantity without a name.
fn row_of(book: &Book<'_>, one: &Dated, row: &Linear, turned: bool) -> Option<String> {
    let called = |var: Var| called(book, one, var);
    if let Some((var, days)) = row.as_bound()
        && matches!(book.world.shared(var), Some(Variable::Start(_) | Variable::End(_)))
    {
        return Some(format!("{} is {}", called(var)?, words::days(&days)));
    }
    sides(row, turned, &called)
}

/// A row with what is positive on either side of its sign.
fn sides(row: &Linear, turned: bool, called: &dyn Fn(Var) -> Option<String>) -> Option<String> {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (factor, var) in row.terms() {
        let name = called(*var)?;
        let times = factor.abs();
        let term = if times == Number::ONE { name } else { format!("{} * {name}", words::number(&times)) };
        let side = if factor.is_negative() == turned { &mut left } else { &mut right };
        side.push(term);
    }
    let bound = row.bound();
    if !bound.is_zero() {
        let side = if bound.is_negative() == turned { &mut right } else { &mut left };
        side.push(words::number(&bound.abs()));
    }
    let [left, right] = [left, right].map(|side| if side.is_empty() { "0".into() } else { side.join(" + ") });
    let sign = match row.relation() {
        Relation::Equal => "==",
        Relation::AtMost => "<=",
        Relation::Less => "<",
    };
    Some(format!("{left} {sign} {right}"))
}

fn called(book: &Book<'_>, one: &Dated, var: Var) -> Option<String> {
    let figure = |point: PointId| figure(book.context, one, point);
    match book.world.shared(var) {
        Some(Variable::Value(point)) => Some(figure(point)),
        Some(Variable::Start(point)) => Some(format!("start({})", figure(point))),
        Some(Variable::End(point)) => Some(format!("end({})", figure(point))),
        Some(Variable::AnyYear) => Some("y".into()),
        Some(Variable::FirstDay(0)) => Some("the first day of y".into()),
        Some(Variable::FirstDay(after)) => Some(format!("the first day of y{after:+}")),
        Some(_) => None,
        None => {
            let day = called(book, one, book.world.day_of(var)?)?;
            Some(format!("year({day})"))
        }
    }
}

/// A figure as a rule writes it: what an instance takes as an example is left open, and years are told
/// from its own.
pub(super) fn figure(context: &Context<'_>, one: &Dated, id: PointId) -> String {
    let (point, vocabulary) = (context.base.point(id), &context.base.vocabulary);
    let any = |aspect| one.open.contains(&aspect);
    let mut brackets = Vec::new();
    let is_told =
        vocabulary.entities.len() > 1 && vocabulary.measure(point.measure).entity != Some(point.entity);
    if is_told && !any(Aspect::Entity) {
        brackets.push(format!("entity={}", vocabulary.entities.name(point.entity.0)));
    }
    let member = |(dimension, member): &(DimensionId, MemberId)| {
        let name = vocabulary.dimensions.name(dimension.0);
        let members = &vocabulary.dimension(*dimension).members;
        let member = if any(Aspect::Member(*dimension)) { "$any" } else { members.name(member.0) };
        format!("{name}={member}")
    };
    brackets.extend(point.dimensions.iter().map(member));
    if point.status != Status::Actual {
        brackets.push(format!("status={}", point.status.name()));
    }
    if let Some(number) = point.ordinal {
        let number = if any(Aspect::Number) { "$any".into() } else { number.to_string() };
        brackets.push(format!("ordinal={number}"));
    }
    let brackets = if brackets.is_empty() { String::new() } else { format!("[{}]", brackets.join(", ")) };
    format!("{}{brackets}{}", vocabulary.measures.name(point.measure.0), at(one, point.time))
}

/// `@y-1`, `@2020`; nothing where the instance speaks of any period.
fn at(one: &Dated, time: Time) -> String {
    let (Time::At(day) | Time::Over(Some(day), _)) = time else { return String::new() };
    if one.open.contains(&Aspect::Year) {
        return String::new();
    }
    let (year, is_near) = (day.year(), |(first, last): (i32, i32)| (first..=last).contains(&day.year()));
    match year - one.year {
        _ if !one.around.is_some_and(is_near) => format!(" @{year}"),
        0 => " @y".into(),
        offset => format!(" @y{offset:+}"),
    }
}
