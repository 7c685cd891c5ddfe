//! Dates and statuses against the publication: what is told as past has begun by then, what is told
//! as planned has not ended before, what is in progress is under way.

use super::{Case, Grounded, Index, Variable, info, words};
use crate::constraint::{Constraint, Linear, Var};
use crate::fact::{Fact, FactBase, FactId, Relative, Statement, Status, Time};
use crate::finding::{CodeInfo, Finding, Reason, Severity};
use crate::period::{Day, Period};
use crate::quantity::Number;

/// The check on dates against the publication.
#[derive(Debug, Default)]
pub struct Check {
    facts: Vec<FactId>,
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(401)
    }

    fn ground(&mut self, base: &mut FactBase, _: &Index, _: Severity) -> Vec<Grounded> {
        let mut grounded = Vec::new();
        for (id, fact) in base.facts().filter(|(_, fact)| fact.counts()) {
            if fact.part_of.is_none()
                && let Some(one) = instance(base, id, fact)
            {
                grounded.push(one);
                self.facts.push(id);
            }
        }
        grounded
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, .. } = *case;
        let id = self.facts.get(nth)?;
        let fact = context.base.fact(*id);
        let point = context.base.point(fact.point);
        let source = context.base.source(fact.source);
        let published = source.published.map_or_else(String::new, |published| published.to_string());
        let later = later_base(context.base, fact);
        let (told, must) = match point.status {
            _ if later.is_some() => ("as known", "what is compared with must have begun by then"),
            Status::Planned => ("as still to come", "a plan must not have ended before"),
            Status::InProgress => ("as under way", "what is in progress must be under way"),
            _ => ("as past", "what is told as past must have begun by then"),
        };
        let when = match &fact.statement {
            Statement::Change(change) if later.is_some() => words::code(&change.written),
            Statement::Date(dates) => words::code(&dates.written),
            _ => fact.period.map_or_else(String::new, |period| period.to_string()),
        };
        let name = match &fact.statement {
            Statement::Change(change) if later.is_some() => words::point(context, change.base),
            Statement::Date(_) => format!("{} ({when})", words::point(context, fact.point)),
            _ => words::point(context, fact.point),
        };
        let message =
            format!("{name} is told {told}, but {} was published {}", source.id, words::code(&published));
        let mut finding = Finding::new(info(401).code, Severity::Error, message)
            .compare(must, format!("{when}, published {published}"))
            .on(*id, fact.statement_key(), format!("told {told}"))
            .at(source.span, format!("published {published}"));
        finding
            .reasons
            .push(Reason { steps: vec![format!("{must}: {when} against {published}")], ..Reason::default() });
        Some(finding.help("compare the date, the `status` and `published` with the article"))
    }
}

/// What a claim demands of the publication day of its source, if anything.
fn instance(base: &FactBase, id: FactId, fact: &Fact) -> Option<Grounded> {
    let status = base.point(fact.point).status;
    let is_dated = matches!(fact.statement, Statement::Date(_)) || fact.period.is_some();
    if !is_dated || matches!(fact.statement, Statement::State(_) | Statement::Named) {
        return None;
    }
    let mut grounded = Grounded { owners: vec![id], ..Grounded::default() };
    let published = grounded.var(Variable::Published(fact.source));
    if base.source(fact.source).published.is_none() {
        grounded.needs.push(Variable::Published(fact.source));
    }
    let rows: Vec<Constraint> = if let Statement::Date(dates) = &fact.statement {
        let (start, end) =
            (grounded.var(Variable::Start(fact.point)), grounded.var(Variable::End(fact.point)));
        let mut rows = against(status, (Number::ONE, start), (Number::ONE, end), published);
        rows.push(at_most((Number::ONE, start), (Number::ONE, end)));
        rows.extend(
            dates
                .relative
                .map(|relative| relate(relative, start, end, published, &mut grounded))
                .into_iter()
                .flatten(),
        );
        rows
    } else {
        let period = fact.period?;
        let number = |day: Day| Number::from(day.number());
        let mut rows =
            constant_against(status, period.first().map(number), period.last().map(number), published);
        let base = later_base(base, fact).map(number);
        rows.extend(base.map(|base| Linear::at_least([(Number::ONE, published)], &base).into()));
        rows
    };
    if rows.is_empty() {
        return None;
    }
    grounded.demand(rows, !fact.is_weak());
    Some(grounded)
}

/// The first day of the year with which a change of what is compares its own, where that begins later:
/// "12% fewer than in 2023" may be told of 2005, but not by an article of 2022.
fn later_base(base: &FactBase, fact: &Fact) -> Option<Day> {
    let Statement::Change(change) = &fact.statement else { return None };
    let first = match base.point(change.base).time {
        Time::At(day) => Period::year(day.year())?.first(),
        Time::Over(first, _) => first,
        Time::Undated => None,
    };
    let is_told = base.point(fact.point).status == Status::Actual;
    first.filter(|first| is_told && fact.period.and_then(|own| own.first()) < Some(*first))
}

/// `left ≤ right`.
fn at_most(left: (Number, Var), right: (Number, Var)) -> Constraint {
    Linear::at_most([left, (-right.0, right.1)], Number::ZERO).into()
}

fn against(status: Status, start: (Number, Var), end: (Number, Var), published: Var) -> Vec<Constraint> {
    let now = (Number::ONE, published);
    match status {
        Status::Actual => vec![at_most(start, now)],
        Status::Planned => vec![at_most(now, end)],
        Status::InProgress => vec![at_most(start, now.clone()), at_most(now, end)],
        Status::Target | Status::Forecast => Vec::new(),
    }
}

/// The same for a period with fixed days.
fn constant_against(
    status: Status,
    first: Option<Number>,
    last: Option<Number>,
    published: Var,
) -> Vec<Constraint> {
    let now = [(Number::ONE, published)];
    let begun = first.map(|first| Linear::at_least(now.clone(), &first).into());
    let not_over = last.map(|last| Linear::at_most(now, last).into());
    match status {
        Status::Actual => begun.into_iter().collect(),
        Status::Planned => not_over.into_iter().collect(),
        Status::InProgress => begun.into_iter().chain(not_over).collect(),
        Status::Target | Status::Forecast => Vec::new(),
    }
}

/// A date told against the publication, as rows on both.
fn relate(
    relative: Relative,
    start: Var,
    end: Var,
    published: Var,
    grounded: &mut Grounded,
) -> Vec<Constraint> {
    let one = |var: Var| (Number::ONE, var);
    match relative {
        Relative::Soon => vec![at_most(one(published), one(start))],
        Relative::By => vec![at_most(one(end), one(published))],
        Relative::Year(offset) => {
            let (told, then) = (grounded.own(), grounded.own());
            let until = grounded.own();
            let apart = |year: Var| {
                Linear::equal([(Number::ONE, year), (-Number::ONE, told)], Number::from(offset)).into()
            };
            vec![
                Constraint::Year { day: published, year: told },
                Constraint::Year { day: start, year: then },
                Constraint::Year { day: end, year: until },
                apart(then),
                apart(until),
            ]
        }
    }
}
