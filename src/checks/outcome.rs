//! `outcome`: what was planned against what came — late, early, missing, different.

use super::load::Body;
use super::sample::Aspect;
use super::series::Series;
use super::terms::Terms;
use super::{
    Case, Context, Grounded, Index, Moment, Reach, RuleHead, Sample, Variable, difference_within, info,
    order, point_at_claims, sample, words,
};
use crate::constraint::Constraint;
use crate::fact::{FactBase, PointId, Statement, Status};
use crate::finding::{CodeInfo, Finding, Reason, Severity};
use crate::quantity::{Interval, Number};
use crate::vocabulary::{MeasureKind, Vocabulary};

/// A rule of the kind `outcome`.
#[derive(Debug)]
pub struct Check {
    head: RuleHead,
    series: Series,
    pairs: Vec<(PointId, PointId)>,
}

pub(super) fn load(body: &mut Body<'_>) -> Option<Box<dyn super::Check>> {
    body.only(&[]);
    let node = &body.raw.body;
    let series = order::term(body, node)?;
    Some(Box::new(Check { head: body.head(), series, pairs: Vec::new() }))
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(404)
    }

    fn rule(&self) -> Option<&RuleHead> {
        Some(&self.head)
    }

    fn measures(&self) -> Vec<crate::vocabulary::MeasureId> {
        vec![self.series.measure]
    }

    fn ground(&mut self, base: &mut FactBase, _: &Index, level: Severity) -> Vec<Grounded> {
        let planned: Vec<PointId> = base
            .points_of(self.series.measure)
            .iter()
            .copied()
            .filter(|id| base.point(*id).status.is_ahead() && base.facts_at(*id).next().is_some())
            .filter(|id| self.series.matches(base.point(*id)))
            .collect();
        let mut grounded = Vec::new();
        for plan in planned {
            let actual = base.point(plan).with_status(Status::Actual);
            let came = base.intern(actual);
            grounded.push(self.instance(base, plan, came, level));
            self.pairs.push((plan, came));
        }
        grounded
    }

    fn sample(&self, base: &mut FactBase, moment: Moment<'_>) -> Option<Sample> {
        // Words have no size.
        if self.series.kind == MeasureKind::State {
            return None;
        }
        let meant = self.joined().sample(base, &moment)?;
        let any = base.point(*sample::points(&meant).first()?).clone();
        let came = base.intern(any.with_status(Status::Actual));
        let mut grounded = Grounded::default();
        for (_, status) in Status::ALL.iter().filter(|(_, status)| status.is_ahead()) {
            if self.series.status.is_none_or(|only| only == *status) {
                let plan = base.intern(any.with_status(*status));
                let rows = self.as_planned(plan, came, &mut grounded);
                grounded.demand(rows, true);
            }
        }
        Some(Sample { grounded, ..Sample::default() })
    }

    /// It speaks of statuses by their names.
    fn reach(&self, vocabulary: &Vocabulary) -> Reach {
        let mut reach = self.joined().reach(vocabulary);
        reach.open.remove(&Aspect::Status);
        reach.named.insert(Aspect::Status);
        reach
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, grounded, strong } = *case;
        let (plan, actual) = self.pairs.get(nth)?;
        let finding = match self.series.kind {
            MeasureKind::Ordinal | MeasureKind::Event => dates(context, *plan, *actual, strong),
            MeasureKind::Stock | MeasureKind::Flow => figures(context, *plan, *actual, strong),
            MeasureKind::State => states(context, *plan, *actual),
        };
        Some(point_at_claims(finding, context, grounded))
    }
}

impl Check {
    fn joined(&self) -> Terms {
        Terms::new(vec![self.series.clone()], false)
    }

    /// What a plan and its outcome are compared in.
    fn sides(&self) -> &'static [fn(PointId) -> Variable] {
        if self.series.kind.is_dated() { &[Variable::Start, Variable::End] } else { &[Variable::Value] }
    }

    /// Both in each side; words are compared where they are told.
    fn as_planned(&self, plan: PointId, came: PointId, grounded: &mut Grounded) -> Vec<Constraint> {
        let mut rows = Vec::new();
        for side in self.sides() {
            let (told, is) = (grounded.var(side(plan)), grounded.var(side(came)));
            if self.series.kind != MeasureKind::State {
                rows.extend(difference_within(is, told, &Interval::point(Number::ZERO)));
            }
        }
        rows
    }

    /// The planned and the actual value of one thing are one.
    fn instance(&self, base: &FactBase, plan: PointId, came: PointId, level: Severity) -> Grounded {
        let mut grounded = Grounded::default();
        let mut rows = self.as_planned(plan, came, &mut grounded);
        let facts = |point: PointId| base.facts_at(point).collect::<Vec<_>>();
        grounded.owners = [facts(plan), facts(came)].concat();
        if facts(came).is_empty() {
            grounded.needs.push(self.sides().first().map_or(Variable::Value(came), |side| side(came)));
        } else if self.series.kind == MeasureKind::State {
            rows.extend(words_apart(base, plan, came, &mut grounded));
        }
        grounded.demand(rows, level == Severity::Error);
        grounded
    }
}

/// Two words of one thing, when they cannot both be.
fn words_apart(base: &FactBase, plan: PointId, came: PointId, grounded: &mut Grounded) -> Vec<Constraint> {
    let word = |point: PointId| {
        base.facts_at(point).find_map(|fact| match &base.fact(fact).statement {
            Statement::State(word) => Some((fact, word)),
            _ => None,
        })
    };
    match (word(plan), word(came)) {
        (Some((a, told)), Some((b, is))) if !base.vocabulary.states_agree(told, is) => {
            let var = grounded.own();
            vec![Constraint::Word { var, word: a.0 }, Constraint::Word { var, word: b.0 }]
        }
        _ => Vec::new(),
    }
}

fn dates(context: &Context<'_>, plan: PointId, came: PointId, strong: bool) -> Finding {
    let set = |variable: Variable| {
        let sets = context.sets(variable);
        if strong { sets.hard } else { sets.soft }
    };
    let (told, is) = (set(Variable::End(plan)), set(Variable::Start(came)));
    let from = set(Variable::Start(plan));
    let verdict = if told.is_below(&is) {
        late(&told, &is, "late")
    } else if set(Variable::End(came)).is_below(&from) {
        late(&set(Variable::End(came)), &from, "early")
    } else {
        "on other days".to_owned()
    };
    let planned = words::days(&from.hull(&told));
    let name = words::name(context, context.base.point(came));
    let message = format!("{name} was announced for {planned} and came {}: {verdict}", words::days(&is));
    let mut finding =
        Finding::new(info(404).code, Severity::Warning, message).compare(planned.clone(), words::days(&is));
    finding.reasons.push(Reason {
        steps: vec![format!("announced: {planned}; came: {}; {verdict}", words::days(&is))],
        ..Reason::default()
    });
    finding.help("if both are right, the plan slipped: say so, or ask when the date was moved")
}

/// How far apart, in the largest unit that fits.
fn late(before: &Interval, after: &Interval, word: &str) -> String {
    let days = match (before.upper().value(), after.lower().value()) {
        (Some(end), Some(start)) => (start - end).to_i64(),
        _ => None,
    };
    match days {
        Some(days) if days >= 730 => format!("at least {} years {word}", days / 365),
        Some(days) if days >= 61 => format!("at least {} months {word}", days / 30),
        Some(days) if days > 0 => {
            format!("at least {} {word}", words::count(usize::try_from(days).unwrap_or(0), "day", "days"))
        }
        _ => word.to_owned(),
    }
}

fn figures(context: &Context<'_>, plan: PointId, came: PointId, strong: bool) -> Finding {
    let set = |point: PointId| {
        let sets = context.sets(Variable::Value(point));
        if strong { sets.hard } else { sets.soft }
    };
    let (told, is) = (set(plan), set(came));
    let gap = words::difference(&is, &told).unwrap_or_default();
    let name = words::point(context, came);
    let message = format!("{name}: {} planned, {} came: {gap}", words::interval(&told), words::interval(&is));
    let mut finding = Finding::new(info(404).code, Severity::Warning, message.clone())
        .compare(told.to_string(), is.to_string());
    finding.reasons.push(Reason { steps: vec![message], ..Reason::default() });
    finding.help("if both are right, the plan was not met: say so")
}

fn states(context: &Context<'_>, plan: PointId, came: PointId) -> Finding {
    let said = |point: PointId| {
        let fact = context.base.facts_at(point).next();
        fact.map_or_else(String::new, |fact| words::said(context, fact))
    };
    let (told, is) = (said(plan), said(came));
    let message = format!("{}: {told} was announced, it was {is}", words::point(context, came));
    let mut finding = Finding::new(info(404).code, Severity::Warning, message.clone()).compare(told, is);
    finding.reasons.push(Reason { steps: vec![message], ..Reason::default() });
    finding
}
