//! The total of a measure is at least the sum of its disjoint members.

use std::collections::BTreeMap;

use super::{Case, Context, Grounded, Index, Variable, info, point_at_claims, resolve, words};
use crate::constraint::Linear;
use crate::fact::{FactBase, FactId, List, Point, PointId};
use crate::finding::{CodeInfo, Finding, Lang, Reason, Severity};
use crate::quantity::{End, Interval, Number};
use crate::vocabulary::{DimensionId, MemberId};

/// The check on totals over a dimension.
#[derive(Debug, Default)]
pub struct Check {
    totals: Vec<Total>,
    /// The parts of what nobody claims; whether anything speaks of it shows when all is grounded.
    open: Vec<Part>,
    /// Totals that nobody claims.
    waiting: Vec<Total>,
}

/// A claimed point as a part of another by one dimension.
#[derive(Debug)]
struct Part {
    total: Point,
    dimension: DimensionId,
    member: MemberId,
    point: PointId,
}

/// The claimed members of every total, by dimension.
type Members = BTreeMap<(PointId, DimensionId), Vec<(MemberId, PointId)>>;

/// A point, the dimension that it is split by, and its members there.
type Total = (PointId, DimensionId, Vec<PointId>);

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(203)
    }

    fn ground(&mut self, base: &mut FactBase, index: &Index, _: Severity) -> Vec<Grounded> {
        let context = Context::with(base, &index.floors, Lang::En);
        let mut claimed = Members::new();
        for part in parts(&context) {
            match base.find(&part.total).filter(|total| context.is_claimed(*total)) {
                Some(total) => {
                    claimed.entry((total, part.dimension)).or_default().push((part.member, part.point));
                }
                None => self.open.push(part),
            }
        }
        self.totals = totals(&context, claimed);
        self.totals.iter().map(|total| at_least_its_members(total, base)).collect()
    }

    fn waiting(&mut self, base: &FactBase, index: &Index) -> Vec<Vec<PointId>> {
        let mut open = Members::new();
        for part in std::mem::take(&mut self.open) {
            if let Some(total) = base.find(&part.total) {
                open.entry((total, part.dimension)).or_default().push((part.member, part.point));
            }
        }
        self.waiting = totals(&Context::with(base, &index.floors, Lang::En), open);
        self.waiting.iter().map(|(total, ..)| vec![*total]).collect()
    }

    fn admit(&mut self, chosen: &[usize], base: &mut FactBase, _: Severity) -> Vec<Grounded> {
        let waiting = std::mem::take(&mut self.waiting);
        let admitted: Vec<Total> = chosen.iter().filter_map(|place| waiting.get(*place)).cloned().collect();
        let link = |total| Grounded { links: true, ..at_least_its_members(total, base) };
        let grounded = admitted.iter().map(link).collect();
        self.totals.extend(admitted);
        grounded
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, grounded, strong } = *case;
        let (total, dimension, members) = self.totals.get(nth)?;
        let set = |point: PointId| {
            let sets = context.sets(Variable::Value(point));
            let set = if strong { sets.hard } else { sets.soft };
            if sets.integral { set.whole() } else { set }
        };
        let parts: Vec<Interval> = members.iter().map(|member| set(*member)).collect();
        let mut sum = Interval::point(Number::ZERO);
        for part in &parts {
            sum = sum.add(part);
        }
        let whole = set(*total);
        let must = Interval::new(sum.lower().clone(), End::Unbounded);
        let gap = words::difference(&whole, &must).unwrap_or_default();
        let axis = context.base.vocabulary.dimensions.name(dimension.0);
        let sum_text = words::interval(&must);
        let disjoint = context.base.vocabulary.dimension(*dimension).disjoint;
        let parts_are = match (members.as_slice(), disjoint) {
            ([one], _) => format!("{} alone is {sum_text}", words::point(context, *one)),
            (_, true) => format!("its parts by {axis} are {sum_text}"),
            (_, false) => format!("its parts by {axis} are {sum_text} if nothing is counted twice"),
        };
        let message = format!(
            "{} is {}, but {parts_are}: {gap}",
            words::point(context, *total),
            words::interval(&whole)
        );
        let texts: Vec<String> = parts.iter().map(words::interval).collect();
        let mut steps = vec![format!(
            "{} = {}; the total is {}: {gap}",
            texts.join(" + "),
            words::interval(&sum),
            words::interval(&whole)
        )];
        if !disjoint {
            let assumed = if members.len() == 1 {
                "a part is no more than its total"
            } else {
                "nothing is counted twice"
            };
            steps.push(format!("{assumed} under {axis} (not declared disjoint, so this is a warning)"));
        }
        let mut finding = Finding::new(info(203).code, Severity::Error, message)
            .compare(must.to_string(), whole.to_string());
        finding.reasons.push(Reason { steps, ..Reason::default() });
        finding.repairs = resolve::repairs(context, grounded, strong);
        Some(point_at_claims(finding, context, grounded))
    }
}

/// Totals of members that no list of theirs names together.
fn totals(context: &Context<'_>, members: Members) -> Vec<Total> {
    let mut found = Vec::new();
    for ((total, dimension), members) in members {
        let members = apart(context, dimension, members);
        if !members.is_empty() && !listed_together(context, total, &members) {
            found.push((total, dimension, members));
        }
    }
    found
}

fn at_least_its_members((total, dimension, members): &Total, base: &FactBase) -> Grounded {
    let mut one = Grounded::default();
    let mut terms = vec![(Number::ONE, one.var(Variable::Value(*total)))];
    terms.extend(members.iter().map(|member| (-Number::ONE, one.var(Variable::Value(*member)))));
    let row = Linear::at_least(terms, &Number::ZERO).into();
    one.demand([row], base.vocabulary.dimension(*dimension).disjoint);
    one
}

/// The claimed points with the totals that they are parts of; what contains a member is a total too.
fn parts(context: &Context<'_>) -> Vec<Part> {
    let base = context.base;
    let mut found = Vec::new();
    for (id, point) in base.points() {
        if point.dimensions.is_empty() || !context.is_claimed(id) {
            continue;
        }
        let vocabulary = &base.vocabulary;
        let measure = vocabulary.measure(point.measure);
        if !measure.additive || !vocabulary.is_whole(measure) || vocabulary.goes_below_zero(measure) {
            continue;
        }
        for (dimension, member) in &point.dimensions {
            let outer = vocabulary.dimension(*dimension).containers(*member);
            for outer in outer.into_iter().map(Some).chain([None]) {
                let mut total = point.clone();
                total.dimensions.retain(|(known, _)| known != dimension);
                total.dimensions.extend(outer.map(|outer| (*dimension, outer)));
                total.dimensions.sort_unstable();
                found.push(Part { total, dimension: *dimension, member: *member, point: id });
            }
        }
    }
    found
}

/// Members that do not overlap, those with the most first: no thing is counted twice.
fn apart(
    context: &Context<'_>,
    dimension: DimensionId,
    mut members: Vec<(MemberId, PointId)>,
) -> Vec<PointId> {
    let axis = context.base.vocabulary.dimension(dimension);
    let least = |point: PointId| match context.sets(Variable::Value(point)).soft.lower() {
        End::Closed(low) | End::Open(low) => low.clone(),
        End::Unbounded => Number::ZERO,
    };
    members.sort_by_cached_key(|(member, point)| {
        (std::cmp::Reverse(least(*point)), axis.members.name(member.0).to_owned())
    });
    if !axis.is_nested() {
        return members.into_iter().map(|(_, point)| point).collect();
    }
    let mut chosen: Vec<(MemberId, PointId)> = Vec::new();
    for (member, point) in members {
        if chosen.iter().all(|(other, _)| axis.are_apart(member, *other)) {
            chosen.push((member, point));
        }
    }
    chosen.into_iter().map(|(_, point)| point).collect()
}

/// Whether one list of the total names the members, whoever else says the same of them: the check on
/// lists judges that.
fn listed_together(context: &Context<'_>, total: PointId, members: &[PointId]) -> bool {
    let base = context.base;
    let mut lists = base.facts_at(total).filter_map(|fact| base.fact(fact).list.as_deref());
    let says_no_more = |fact: FactId, list: &List| {
        let fact = base.fact(fact);
        let alike = |listed: &FactId| {
            let listed = base.fact(*listed);
            listed.point == fact.point && listed.statement.reading() == fact.statement.reading()
        };
        list.members.iter().any(alike)
    };
    let names = |list: &List| {
        members.iter().all(|member| base.facts_at(*member).all(|fact| says_no_more(fact, list)))
    };
    lists.any(names)
}
