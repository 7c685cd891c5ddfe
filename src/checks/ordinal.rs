//! `ordinal`: how the numbers of a series grow with the years.

use std::collections::BTreeMap;

use super::load::Body;
use super::series::{Numbered, Pattern, Series};
use super::terms::Terms;
use super::{
    Case, Context, Grounded, Index, Moment, Reach, RuleHead, Sample, Variable, Years, info, order,
    point_at_claims, sample, words,
};
use crate::constraint::{Constraint, Linear};
use crate::fact::{FactBase, Point, PointId, Status, Time};
use crate::finding::{CodeInfo, Finding, Reason, Severity};
use crate::quantity::{Interval, Number};
use crate::vocabulary::{DimensionId, EntityId, MeasureKind, MemberId, Vocabulary};

/// A rule of the kind `ordinal`.
#[derive(Debug)]
pub struct Check {
    head: RuleHead,
    series: Series,
    pace: Pace,
    /// The event from which the series counts: its number 0.
    since: Option<Series>,
    pairs: Vec<Pair>,
}

/// How fast the numbers of a series may grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    /// Hard at most one a year, soft exactly one.
    EveryYear,
    /// At most so many a year, and never falling.
    AtMost(u32),
}

/// Two members of a series whose numbers follow each other among those that are known.
#[derive(Debug)]
struct Pair {
    lower: (u64, PointId),
    higher: (u64, PointId),
}

/// A series without its numbers: entity and dimensions.
type Key = (EntityId, Vec<(DimensionId, MemberId)>);

pub(super) fn load(body: &mut Body<'_>) -> Option<Box<dyn super::Check>> {
    body.only(&["every", "at-most", "since"]);
    let node = &body.raw.body;
    let series = order::event(body, node)?;
    if series.kind != MeasureKind::Ordinal {
        body.fault(
            node.span,
            format!("{} must be a numbered series (`kind: ordinal`)", order::told(node)),
            None,
        );
    }
    let pace = pace(body)?;
    let since = since(body);
    Some(Box::new(Check { head: body.head(), series, pace, since, pairs: Vec::new() }))
}

/// `since: founding`: an event that happens once.
fn since(body: &mut Body<'_>) -> Option<Series> {
    let node = body.option("since")?;
    let event = order::event(body, node)?;
    if event.kind != MeasureKind::Event || body.vocabulary.measure(event.measure).yearly {
        let name = order::told(node);
        body.fault(
            node.span,
            format!("a series counts from what happens once; {name} is no such event"),
            None,
        );
        return None;
    }
    Some(event)
}

fn pace(body: &mut Body<'_>) -> Option<Pace> {
    match (body.option("every"), body.option("at-most")) {
        (Some(node), None) => match body.text(node, "`every`")? {
            "year" => Some(Pace::EveryYear),
            other => {
                let message = format!("`every` must be `year`; found {}", words::code(other));
                body.fault(node.span, message, None);
                None
            }
        },
        (None, Some(node)) => {
            let text = body.text(node, "`at-most`")?;
            let count = match text.split_whitespace().collect::<Vec<_>>().as_slice() {
                [count, "per", "year"] => count.parse().ok().filter(|count| *count > 0),
                _ => None,
            };
            if count.is_none() {
                let message = format!("`at-most` must be like `1 per year`; found {}", words::code(text));
                body.fault(node.span, message, None);
            }
            count.map(Pace::AtMost)
        }
        _ => {
            let span = body.raw.body.span;
            body.fault(
                span,
                "a numbered series must grow by `every: year` or `at-most: N per year`, one of them",
                None,
            );
            None
        }
    }
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(403)
    }

    fn rule(&self) -> Option<&RuleHead> {
        Some(&self.head)
    }

    fn measures(&self) -> Vec<crate::vocabulary::MeasureId> {
        vec![self.series.measure]
    }

    fn ground(&mut self, base: &mut FactBase, _: &Index, level: Severity) -> Vec<Grounded> {
        let mut grounded = Vec::new();
        for ((entity, _), mut numbers) in self.members(base) {
            if let Some(point) =
                self.origin(base, entity).filter(|point| base.facts_at(*point).next().is_some())
            {
                numbers.entry(0).or_default().push(point);
            }
            let numbers: Vec<(u64, Vec<PointId>)> = numbers.into_iter().collect();
            for pair in numbers.windows(2) {
                let [(low, lowers), (high, highers)] = pair else { continue };
                for lower in lowers {
                    for higher in highers {
                        let pair = Pair { lower: (*low, *lower), higher: (*high, *higher) };
                        grounded.push(self.instance(&pair, level));
                        self.pairs.push(pair);
                    }
                }
            }
        }
        grounded
    }

    /// When the series began, though nobody says it: from the least number that is claimed.
    fn extend(&mut self, base: &mut FactBase, _: &Years, level: Severity) -> Vec<Grounded> {
        let mut grounded = Vec::new();
        for ((entity, _), numbers) in self.members(base) {
            let Some(point) = self.origin(base, entity) else { continue };
            let Some((least, points)) = numbers.into_iter().find(|(number, _)| *number > 0) else { continue };
            if base.facts_at(point).next().is_some() {
                continue;
            }
            for first in points {
                let pair = Pair { lower: (0, point), higher: (least, first) };
                grounded.push(self.instance(&pair, level));
                self.pairs.push(pair);
            }
        }
        grounded
    }

    fn sample(&self, base: &mut FactBase, moment: Moment<'_>) -> Option<Sample> {
        let of_any = self.joined().sample(base, &moment)?;
        let any = base.point(*sample::points(&of_any).first()?).clone();
        let mut grounded = Grounded::default();
        let (pairs, singles_out) = self.pairs_of_any(base, &any, &moment);
        for pair in pairs {
            let (rows, _) = self.rows(&pair, &mut grounded);
            grounded.demand(rows, true);
            let apart = self.days_apart(&pair, &mut grounded);
            grounded.demand(apart, true);
        }
        let sample = Sample { grounded, singles_out, ..Sample::default() };
        Some(sample).filter(|sample| !sample.grounded.strong.is_empty())
    }

    fn reach(&self, vocabulary: &Vocabulary) -> Reach {
        self.joined().reach(vocabulary)
    }

    fn numbers(&self, nth: usize, point: PointId, years: &dyn Fn(PointId) -> Interval) -> Option<Interval> {
        let Pair { lower, higher } = self.pairs.get(nth).filter(|_| self.pace == Pace::EveryYear)?;
        let passed = || years(higher.1).sub(&years(lower.1));
        match point {
            _ if point == higher.1 => Some(passed().shift(&Number::from(lower.0))),
            _ if point == lower.1 => Some(passed().neg().shift(&Number::from(higher.0))),
            _ => None,
        }
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, grounded, strong } = *case;
        let pair = self.pairs.get(nth)?;
        let finding = self.tell(context, pair, strong);
        Some(point_at_claims(finding, context, grounded))
    }
}

impl Check {
    /// The claimed members of each series, by number.
    fn members(&self, base: &FactBase) -> BTreeMap<Key, BTreeMap<u64, Vec<PointId>>> {
        let mut found: BTreeMap<Key, BTreeMap<u64, Vec<PointId>>> = BTreeMap::new();
        for id in base.points_of(self.series.measure) {
            let point = base.point(*id);
            let (Some(number), true) = (point.ordinal, base.facts_at(*id).next().is_some()) else { continue };
            if let (Some(dimensions), true) = (self.kept(&point.dimensions), self.takes(point.entity, number))
            {
                found.entry((point.entity, dimensions)).or_default().entry(number).or_default().push(*id);
            }
        }
        found
    }

    /// The point of the event from which a series counts.
    fn origin(&self, base: &mut FactBase, entity: EntityId) -> Option<PointId> {
        let since = self.since.as_ref()?;
        Some(base.intern(Point {
            entity: since.entity.unwrap_or(entity),
            measure: since.measure,
            dimensions: Vec::new(),
            time: Time::Undated,
            ordinal: None,
            status: Status::Actual,
        }))
    }

    fn joined(&self) -> Terms {
        Terms::new(vec![self.series.clone()], false)
    }

    fn takes(&self, entity: EntityId, number: u64) -> bool {
        let numbered = match self.series.ordinal {
            Numbered::Is(only) => only == number,
            _ => true,
        };
        numbered && self.series.entity.is_none_or(|only| only == entity)
    }

    /// The dimensions that tell one series from another; `None` when a filter leaves the point out.
    fn kept(&self, dimensions: &[(DimensionId, MemberId)]) -> Option<Vec<(DimensionId, MemberId)>> {
        let mut kept = Vec::new();
        for (dimension, member) in dimensions {
            match self.series.filters.iter().find(|(d, _)| d == dimension).map(|(_, pattern)| pattern) {
                Some(Pattern::Is(wanted)) if wanted != member => return None,
                Some(Pattern::Any | Pattern::Each) => {}
                _ => kept.push((*dimension, *member)),
            }
        }
        Some(kept)
    }

    fn instance(&self, pair: &Pair, level: Severity) -> Grounded {
        let mut grounded = Grounded::default();
        let (rows, expected) = self.rows(pair, &mut grounded);
        grounded.weak.extend(expected);
        grounded.demand(rows, level == Severity::Error);
        grounded
    }

    /// Where other rules name numbers of the series, what follows what among these; else what is true of
    /// any number: it follows the event from which the series counts by one at least.
    fn pairs_of_any(&self, base: &mut FactBase, any: &Point, moment: &Moment<'_>) -> (Vec<Pair>, bool) {
        let named = moment.numbers.iter().filter(|(measure, _)| *measure == self.series.measure);
        let named = named.map(|(_, number)| *number).filter(|number| self.takes(any.entity, *number));
        let mut numbered = |ordinal| base.intern(Point { ordinal, ..any.clone() });
        let mut known: Vec<(u64, PointId)> = named.map(|number| (number, numbered(Some(number)))).collect();
        let mut free = [None, Some(sample::number(moment))].map(|ordinal| (1, numbered(ordinal))).to_vec();
        let origin = self.origin(base, any.entity).map(|origin| (0, origin));
        if !known.is_empty() {
            free.clear();
            known.splice(0..0, origin);
        }
        let after_origin = origin.iter().flat_map(|origin| free.iter().map(|one| (*origin, *one)));
        let neighbours = known.iter().zip(known.iter().skip(1)).map(|(lower, higher)| (*lower, *higher));
        let pairs = after_origin.chain(neighbours).filter(|(lower, higher)| lower.0 < higher.0);
        (pairs.map(|(lower, higher)| Pair { lower, higher }).collect(), !known.is_empty())
    }

    /// So many years lie so many days apart: it follows from the calendar, and is soon seen where no date
    /// is known.
    fn days_apart(&self, pair: &Pair, grounded: &mut Grounded) -> Option<Constraint> {
        let steps = Number::from(pair.higher.0) - Number::from(pair.lower.0);
        let years = match self.pace {
            Pace::EveryYear => steps,
            Pace::AtMost(most) => {
                (steps + Number::ONE).checked_div(&Number::from(most))?.ceil() - Number::ONE
            }
        };
        let days = (&years - &Number::ONE) * Number::from(365) + Number::ONE;
        let [first, then] = [pair.lower.1, pair.higher.1].map(|point| grounded.var(Variable::Start(point)));
        let apart = Linear::at_least([(Number::ONE, then), (-Number::ONE, first)], &days);
        years.is_positive().then(|| apart.into())
    }

    /// What must hold of a pair, and what is expected of it.
    fn rows(&self, pair: &Pair, grounded: &mut Grounded) -> (Vec<Constraint>, Option<Constraint>) {
        let [first, then] = [pair.lower.1, pair.higher.1].map(|point| grounded.var(Variable::Start(point)));
        let (year, later) = (grounded.own(), grounded.own());
        let steps = Number::from(pair.higher.0) - Number::from(pair.lower.0);
        let apart = || [(Number::ONE, later), (-Number::ONE, year)];
        let mut rows: Vec<Constraint> = vec![
            Constraint::Year { day: first, year },
            Constraint::Year { day: then, year: later },
            Linear::at_most([(Number::ONE, first), (-Number::ONE, then)], Number::ZERO).into(),
        ];
        match self.pace {
            Pace::EveryYear => {
                rows.push(Linear::at_least(apart(), &steps).into());
                (rows, Some(Linear::equal(apart(), steps).into()))
            }
            // So many a year from the first year to the last, both counted.
            Pace::AtMost(most) => {
                let most = Number::from(most);
                let least = &(&steps - &most) + &Number::ONE;
                let terms = apart().map(|(factor, var)| (&factor * &most, var));
                rows.push(Linear::at_least(terms, &least).into());
                (rows, None)
            }
        }
    }

    fn tell(&self, context: &Context<'_>, pair: &Pair, strong: bool) -> Finding {
        let days = |point: PointId| {
            let sets = context.sets(Variable::Start(point));
            if strong { sets.hard } else { sets.soft }
        };
        let (first, then) = (days(pair.lower.1), days(pair.higher.1));
        let (from, to) = (words::years(&first), words::years(&then));
        let steps = Number::from(pair.higher.0) - Number::from(pair.lower.0);
        let passed = to.sub(&from);
        let most = match self.pace {
            Pace::EveryYear => Number::ONE,
            Pace::AtMost(most) => Number::from(most),
        };
        let backwards = then.is_below(&first);
        let told =
            |days: &Interval| if backwards { words::days(days) } else { year_words(&words::years(days)) };
        let name = |point| words::point(context, point);
        let both = format!(
            "{} is of {} and {} of {}",
            name(pair.lower.1),
            told(&first),
            name(pair.higher.1),
            told(&then)
        );
        let missing = passed.shift(&-&steps);
        let verdict = if backwards {
            "the numbers of a series must not fall".to_owned()
        } else if missing.is_below(&Interval::point(Number::ZERO)) {
            format!(
                "{} more in {}, but at most {} a year",
                words::number(&steps),
                year_count(&passed),
                words::number(&most)
            )
        } else {
            format!(
                "{} more in {}, so {} passed without one",
                words::number(&steps),
                year_count(&passed),
                year_count(&missing)
            )
        };
        let mut finding = Finding::new(info(403).code, Severity::Error, format!("{both}: {verdict}"))
            .compare(
                format!("{} a year", words::number(&most)),
                format!("{} in {}", words::number(&steps), year_count(&passed)),
            );
        let sum = format!(
            "{} − {} = {}; {} − {} = {}",
            pair.higher.0,
            pair.lower.0,
            words::number(&steps),
            year_words(&to),
            year_words(&from),
            year_count(&passed)
        );
        finding.reasons.push(Reason {
            steps: if backwards { vec![verdict] } else { vec![sum, verdict] },
            ..Reason::default()
        });
        finding.help = self.repairs(pair, &from, &to);
        finding
    }

    /// The number that each side would need.
    fn repairs(&self, pair: &Pair, from: &Interval, to: &Interval) -> Vec<String> {
        let (Some(from), Some(to)) = (from.as_point(), to.as_point()) else { return Vec::new() };
        let (passed, one) = (to - from, Number::ONE);
        let (steps, [less, more]) = match self.pace {
            Pace::EveryYear => (passed, ["", ""]),
            // So many a year from the first year to the last, both counted.
            Pace::AtMost(most) => (&(&passed + &one) * &Number::from(most) - one, [" or less", " or more"]),
        };
        let (low, high) = (Number::from(pair.lower.0), Number::from(pair.higher.0));
        let sides = [(&low + &steps, less, to, &high), (&high - &steps, more, from, &low)];
        let possible = sides.into_iter().filter(|(number, ..)| number.is_positive() && !steps.is_negative());
        possible
            .map(|(number, bound, year, was)| format!("number {number}{bound} in {year} instead of {was}"))
            .collect()
    }
}

/// A set of years, without digit groups.
fn year_words(set: &Interval) -> String {
    set.to_string()
}

fn year_count(set: &Interval) -> String {
    match set.as_point() {
        Some(one) if *one == Number::ONE => "1 year".into(),
        _ => format!("{} years", words::interval(set)),
    }
}
