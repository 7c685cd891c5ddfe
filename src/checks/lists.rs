//! A list and its total: `parts`, `among`, `items`.

use std::collections::HashSet;

use super::{Case, Context, Grounded, Index, Variable, info, point_at_claims, resolve, rows_within, words};
use crate::constraint::{Constraint, Linear, Var};
use crate::fact::{Fact, FactBase, FactId, Key, List, ListKind, Point, PointId, Statement};
use crate::finding::{CodeInfo, Finding, Lang, Reason, Severity};
use crate::quantity::{Interval, Number};
use crate::vocabulary::spelling;

/// The check on lists.
#[derive(Debug, Default)]
pub struct Check {
    owners: Vec<FactId>,
}

/// What one member of a list adds to its total.
struct Member {
    fact: FactId,
    hard: Interval,
    soft: Interval,
    /// The variable of its own point, when the member states that point's figure alone.
    shared: Option<Variable>,
    /// Its own point, when it names things there and gives no figure.
    named: Option<PointId>,
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(202)
    }

    fn ground(&mut self, base: &mut FactBase, index: &Index, _: Severity) -> Vec<Grounded> {
        let context = Context::with(base, &index.floors, Lang::En);
        let mut grounded = Vec::new();
        for (id, fact) in base.facts().filter(|(_, fact)| fact.counts()) {
            let Some(list) = &fact.list else { continue };
            let numeric = base.vocabulary.measure(base.point(fact.point).measure).kind.is_numeric();
            if numeric && (!list.members.is_empty() || !list.items.is_empty()) {
                grounded.push(instance(&context, id, fact, list));
                self.owners.push(id);
            }
        }
        grounded
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, grounded, strong } = *case;
        let owner = self.owners.get(nth)?;
        let fact = context.base.fact(*owner);
        let list = fact.list.as_ref()?;
        Some(describe(context, *owner, fact, list, grounded, strong))
    }

    fn inspect(&self, context: &Context<'_>) -> Vec<Finding> {
        context
            .base
            .facts()
            .filter(|(_, fact)| fact.counts())
            .filter_map(|(id, fact)| repeats(id, fact))
            .collect()
    }
}

/// The total and its members: at most as many as the total; a complete list has them all.
fn instance(context: &Context<'_>, id: FactId, fact: &Fact, list: &List) -> Grounded {
    let mut grounded = Grounded { owners: vec![id], ..Grounded::default() };
    let total = grounded.var(Variable::Value(fact.point));
    if !matches!(fact.statement, Statement::Value(_)) && !context.is_claimed(fact.point) {
        grounded.needs.push(Variable::Value(fact.point));
    }
    let mut terms = vec![(Number::ONE, total)];
    let counted = members(context, list);
    let weak = fact.is_weak();
    for member in &counted {
        grounded.owners.push(member.fact);
        let var = match member.shared {
            Some(variable) => grounded.var(variable),
            None => own(&mut grounded, &member.hard, &member.soft, weak),
        };
        terms.push((-Number::ONE, var));
    }
    for point in counted.iter().filter_map(|member| member.named) {
        // There may be more of them than are named, yet no more than the total.
        if is_part(context.base, context.base.point(point), context.base.point(fact.point)) {
            let part = grounded.var(Variable::Value(point));
            let row = Linear::at_most([(Number::ONE, part), (-Number::ONE, total)], Number::ZERO);
            grounded.weak.push(row.into());
        }
    }
    let mut fixed = Number::ZERO;
    if list.members.is_empty() {
        fixed = Number::from(list.distinct);
    }
    let least: Constraint = Linear::at_least(terms.clone(), &fixed).into();
    let whole = Linear::equal(terms, fixed).into();
    let complete = is_complete(context, fact, list);
    let vocabulary = &context.base.vocabulary;
    // A part left out may lie below zero, where the measure can: the others may then exceed the total.
    let bounds = !vocabulary.goes_below_zero(vocabulary.measure(context.base.point(fact.point).measure));
    match (weak, complete) {
        (false, true) if list.exhaustive => grounded.strong.push(whole),
        (_, true) => grounded.weak.push(whole),
        (true, false) if bounds => grounded.weak.push(least.clone()),
        _ => {}
    }
    if !weak && bounds && !(list.exhaustive && complete) {
        grounded.strong.push(least);
    }
    grounded
}

/// Whether a point is a part of another by its dimensions alone, and its figures add up to it.
fn is_part(base: &FactBase, part: &Point, total: &Point) -> bool {
    let measure = base.vocabulary.measure(part.measure);
    let narrower = part.dimensions.len() > total.dimensions.len();
    let within = total.dimensions.iter().all(|member| part.dimensions.contains(member));
    let same = Point { dimensions: total.dimensions.clone(), ..part.clone() } == *total;
    measure.additive && base.vocabulary.is_whole(measure) && narrower && within && same
}

/// Whether a list names all there is. Where one of its parts takes part in nothing (its place is
/// unknown, it is rejected), the others need not come to the total; and names that stand for a figure
/// within a partial list are as partial as that.
fn is_complete(context: &Context<'_>, fact: &Fact, list: &List) -> bool {
    let of = |whole: FactId| context.base.fact(whole).list.as_ref().map(|list| list.kind);
    let is_named_of_some = matches!(fact.statement, Statement::Named)
        && fact.part_of.is_some_and(|whole| of(whole) == Some(ListKind::Among));
    let all_count = list.members.iter().all(|member| context.base.fact(*member).counts());
    list.kind != ListKind::Among && !is_named_of_some && all_count
}

/// A quantity of this list alone, within its sets.
fn own(grounded: &mut Grounded, hard: &Interval, soft: &Interval, weak: bool) -> Var {
    let var = grounded.own();
    if !weak {
        grounded.strong.extend(rows_within(var, hard));
    }
    grounded.weak.extend(rows_within(var, soft));
    var
}

fn members(context: &Context<'_>, list: &List) -> Vec<Member> {
    let counts = |id: &&FactId| context.base.fact(**id).counts();
    list.members.iter().filter(counts).map(|id| member(context, *id, list.kind)).collect()
}

/// What a member adds: its figure; else as many as it names, or one, or one in each place that it is
/// spread over. A reader takes the names of a complete list to be all.
fn member(context: &Context<'_>, id: FactId, kind: ListKind) -> Member {
    let fact = context.base.fact(id);
    if let Some(reading) = fact.statement.reading() {
        let alone = !context.is_addend(id) && fact.scope.is_none();
        let shared = alone.then_some(Variable::Value(fact.point));
        return Member {
            fact: id,
            hard: reading.hard.clone(),
            soft: reading.soft.clone(),
            shared,
            named: None,
        };
    }
    let (least, _) = context.least(id);
    let open = fact.list.as_ref().is_some_and(|inner| inner.kind == ListKind::Among);
    let hard = Interval::at_least(least.clone());
    let soft = if open || kind == ListKind::Among { hard.clone() } else { Interval::point(least) };
    Member { fact: id, hard, soft, shared: None, named: Some(fact.point) }
}

fn describe(
    context: &Context<'_>,
    owner: FactId,
    fact: &Fact,
    list: &List,
    grounded: &Grounded,
    strong: bool,
) -> Finding {
    let total = context.sets(Variable::Value(fact.point));
    let total = if strong { total.hard } else { total.soft };
    let name = words::point(context, fact.point);
    let (sum, text) = listed(context, list, strong);
    let complete = is_complete(context, fact, list);
    let too_many = total.is_below(&sum);
    let must = if complete && !too_many {
        total.clone()
    } else {
        Interval::new(crate::quantity::End::Unbounded, total.upper().clone())
    };
    let gap = words::difference(&sum, &must).unwrap_or_default();
    let what = if list.members.is_empty() { "named" } else { "listed" };
    let (stated, counted) = (words::interval(&total), words::interval(&sum));
    let message = match (too_many, list.kind) {
        (true, _) => format!("{name}: {counted} {what}, but the total is {stated}: {gap}"),
        (false, ListKind::Items) => format!("{name}: {stated} announced, {counted} named: {gap}"),
        (false, _) => format!(
            "{name}: {stated} announced, {counted} listed, and the wording says that the list is complete: {gap}"
        ),
    };
    let sum_told = if text.contains('+') { format!("{text} = {counted}") } else { text };
    let step = format!("{sum_told}; the total is {stated}: {gap}");
    let mut finding =
        Finding::new(info(202).code, Severity::Error, message).compare(must.to_string(), sum.to_string());
    finding.reasons.push(Reason { steps: vec![step], ..Reason::default() });
    finding = finding.on(owner, fact.statement_key(), format!("the total: {stated}"));
    if list.members.is_empty() {
        finding = finding.on(owner, Key::Items, format!("{counted} named"));
    }
    finding = point_at_claims(finding, context, grounded);
    finding.repairs = resolve::repairs(context, grounded, strong);
    if !too_many && complete {
        let how = if list.kind == ListKind::Parts {
            "if the article lists only some of them, write `among:`"
        } else {
            "name the others"
        };
        finding.help.push(how.into());
    }
    finding
}

/// The sum of a list as an editor redoes it: `1 + 10 + (4 or more)`.
fn listed(context: &Context<'_>, list: &List, strong: bool) -> (Interval, String) {
    if list.members.is_empty() {
        let count = list.distinct;
        return (Interval::point(Number::from(count)), words::count(count, "name", "names"));
    }
    let mut sum = Interval::point(Number::ZERO);
    let mut parts = Vec::new();
    for member in members(context, list) {
        let set = if strong { &member.hard } else { &member.soft };
        sum = sum.add(set);
        let text = words::interval(set);
        parts.push(if text.contains(' ') { format!("({text})") } else { text });
    }
    (sum, parts.join(" + "))
}

/// A thing that a list names twice.
fn repeats(id: FactId, fact: &Fact) -> Option<Finding> {
    let list = fact.list.as_ref().filter(|list| list.distinct < list.items.len())?;
    let mut seen = HashSet::new();
    let twice = list.items.iter().find(|item| !seen.insert(spelling(item)))?;
    let message = format!("a list must name each thing once; {} stands twice", words::code(twice));
    Some(Finding::new(info(202).code, Severity::Warning, message).on(id, Key::Items, "named twice"))
}
