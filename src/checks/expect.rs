//! `expect`: what an expression demands of the points that its terms mean.

mod beyond;
mod links;
mod sample;
mod tell;
mod tolerance;

use std::collections::BTreeMap;
use std::ops::Range;

use super::expression::{At, Comparison, Expression, Node, Operand, Operator, Statement};
use super::load::Body;
use super::lowering::{Lowering, Year};
use super::series::{Fault, Series};
use super::terms::{Binding, Meant, Terms, When};
use super::{
    Blocked, Case, Context, Grounded, Index, Moment, Reach, RuleHead, Sample, Variable, Years, hundredths,
    info, point_at_claims, resolve, units,
};
use tolerance::Tolerance;

use crate::constraint::{Constraint, Linear};
use crate::fact::{FactBase, PointId, Status};
use crate::finding::{CodeInfo, Finding, Severity};
use crate::quantity::{End, Interval, Number};
use crate::vocabulary::{MeasureId, MeasureKind, Vocabulary};

/// How many years between the first and the last claim of a stock a rule runs over.
pub const MOST_YEARS: i64 = 1000;

/// How many instances of a rule may lie between claims, all its chains together.
pub const MOST_LINKS: usize = 150_000;

/// A rule of the kind `expect`.
#[derive(Debug)]
pub struct Check {
    head: RuleHead,
    expression: Expression,
    terms: Vec<(Range<usize>, Series)>,
    joined: Terms,
    assume: Vec<(MeasureId, Number)>,
    tolerance: Option<Tolerance>,
    instances: Vec<Instance>,
    /// What one claim alone calls for, until others admit it.
    waiting: Vec<(Binding, Vec<Meant>)>,
    beyond: Vec<String>,
}

/// What an expression demands of the points of one instance.
struct Lowered {
    /// What must be entailed before the rest applies.
    condition: Vec<Constraint>,
    /// What must hold.
    rows: Vec<Constraint>,
    /// What the quantities of the instance alone are.
    definitions: Vec<Constraint>,
}

/// Why an instance exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// It lies between claimed years of a stock.
    Chain,
    /// Enough of its terms are claimed.
    Claimed,
}

/// What `describe` needs to know of an instance.
#[derive(Debug)]
struct Instance {
    binding: Binding,
    meant: Vec<Meant>,
    assumed: Vec<(Variable, Number)>,
}

/// Reads the body of a rule.
pub(super) fn load(body: &mut Body<'_>) -> Option<Box<dyn super::Check>> {
    body.only(&["assume", "tolerance", "over"]);
    let node = &body.raw.body;
    let mut expression = body.expression(node)?;
    let mut terms = body.series(node, expression.terms())?;
    let assume = body.assumptions(&terms);
    body.over(&mut terms);
    let tolerance = tolerance::read(body);
    let yearly = expression.uses_year();
    if terms.is_empty() {
        body.fault(node.span, "an expectation must speak of a measure", None);
    }
    for ((span, series), term) in terms.iter().zip(expression.terms()) {
        if yearly && series.at.is_none() && !series.kind.is_dated() {
            let text = format!("a rule over years must say the year of every figure; found `{term}`");
            body.fault_inside(node, (span.clone(), text, Some(format!("write `{term} @y`"))));
        }
        if series.kind == MeasureKind::State {
            body.fault_inside(node, (span.clone(), "a state is a word and has no size".into(), None));
        }
    }
    units::align(&mut terms, body.vocabulary);
    for comparison in expression.root.comparisons() {
        if let Err(fault) = units::agree(comparison, &terms, body.vocabulary) {
            body.fault_inside(node, fault);
        }
    }
    let reader = units::Reader { terms: &terms, vocabulary: body.vocabulary };
    expression.root.comparisons_mut().for_each(|one| hundredths::spell_out(one, &reader));
    let joined = Terms::new(terms.iter().map(|(_, series)| series.clone()).collect(), yearly);
    let head = body.head();
    let check = Check {
        head,
        expression,
        terms,
        joined,
        assume,
        tolerance,
        instances: Vec::new(),
        waiting: Vec::new(),
        beyond: Vec::new(),
    };
    if let Err(fault) = check.try_out(body) {
        body.fault_inside(node, fault);
    }
    Some(Box::new(check))
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(204)
    }

    fn rule(&self) -> Option<&RuleHead> {
        Some(&self.head)
    }

    fn measures(&self) -> Vec<MeasureId> {
        self.terms.iter().map(|(_, series)| series.measure).collect()
    }

    fn ground(&mut self, base: &mut FactBase, index: &Index, level: Severity) -> Vec<Grounded> {
        let years = &index.years;
        let bindings = self.chained(base, years);
        let mut grounded = Vec::new();
        for (binding, origin) in bindings {
            for meant in self.joined.instantiate(&binding, base, years) {
                match self.instance(&binding, origin, &meant, base, level) {
                    Some((one, assumed)) => {
                        grounded.push(one);
                        self.instances.push(Instance { binding: binding.clone(), meant, assumed });
                    }
                    // Rules at level note take no part in reasoning.
                    None if level > Severity::Note => self.waiting.push((binding.clone(), meant)),
                    None => {}
                }
            }
        }
        grounded
    }

    fn waiting(&mut self, base: &FactBase, _: &Index) -> Vec<Vec<PointId>> {
        self.waiting.iter().map(|(_, meant)| links::open(meant, base)).collect()
    }

    fn admit(&mut self, chosen: &[usize], base: &mut FactBase, level: Severity) -> Vec<Grounded> {
        self.links(chosen, base, level)
    }

    fn extend(&mut self, base: &mut FactBase, years: &Years, level: Severity) -> Vec<Grounded> {
        self.beyond_stocks(base, years, level)
    }

    fn sample(&self, base: &mut FactBase, moment: Moment<'_>) -> Option<Sample> {
        self.any_instance(base, &moment)
    }

    fn reach(&self, vocabulary: &Vocabulary) -> Reach {
        self.joined.reach(vocabulary)
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, grounded, strong } = *case;
        let instance = self.instances.get(nth)?;
        let told = self.tell(context, instance, grounded, strong);
        let mut message = told.message;
        if !strong && !grounded.assumptions.is_empty() {
            message = format!("{message} (assuming {})", grounded.assumptions.join(", "));
        }
        let mut finding = Finding::new(info(204).code, Severity::Error, message);
        finding.expected = Some(told.expected).filter(|text| !text.is_empty());
        finding.found = Some(told.found).filter(|text| !text.is_empty());
        finding.repairs = resolve::repairs(context, grounded, strong);
        if !strong && !grounded.assumptions.is_empty() {
            finding.help.extend(resolve::unassumed(context, grounded));
        }
        finding.reasons.push(crate::finding::Reason { steps: told.steps, ..Default::default() });
        Some(point_at_claims(finding, context, grounded))
    }

    fn inspect(&self, _: &Context<'_>) -> Vec<Finding> {
        let limit = |text: &String| {
            let mut finding = Finding::new(super::load::LIMIT, Severity::Error, text.clone())
                .at(self.head.span, "this rule");
            finding.rule = Some(self.head.id.clone());
            finding
        };
        self.beyond.iter().map(limit).collect()
    }
}

impl Check {
    /// Lowers the rule once with points of its own, so that its faults are found without claims.
    fn try_out(&self, body: &Body<'_>) -> Result<(), Fault> {
        let meant: Vec<Meant> = (0..).map(PointId).map(Meant::One).take(self.terms.len()).collect();
        self.lower((body.vocabulary, None), &meant, Year::Is(2000), &mut Grounded::default()).map(|_| ())
    }

    /// Every binding that claims give, and every year between the first and the last claim of a
    /// stock, so that a chain over years that nobody claims is a chain; those are marked.
    fn chained(&mut self, base: &FactBase, years: &Years) -> Vec<(Binding, Origin)> {
        let anchors = self.joined.anchors(base, years);
        let mut all: Vec<(Binding, Origin)> = self.chains(&anchors);
        all.extend(anchors.into_iter().map(|(_, binding)| (binding, Origin::Claimed)));
        all.sort_unstable();
        all.dedup_by(|later, kept| later.0 == kept.0);
        all
    }

    fn chains(&mut self, anchors: &[(usize, Binding)]) -> Vec<(Binding, Origin)> {
        let offsets: Vec<i32> = self.stock_offsets().flatten().collect();
        let (Some(least), Some(most)) = (offsets.iter().min(), offsets.iter().max()) else {
            return Vec::new();
        };
        if least == most {
            return Vec::new();
        }
        let stock: Vec<Option<i32>> = self.stock_offsets().collect();
        let mut claimed: BTreeMap<Binding, (i32, i32)> = BTreeMap::new();
        for (place, binding) in anchors {
            let (Some(Some(offset)), When::Year(year)) = (stock.get(*place), binding.when) else { continue };
            let series = Binding { when: When::Always, status: Status::Actual, ..binding.clone() };
            let period = year.saturating_add(*offset);
            let range = claimed.entry(series).or_insert((period, period));
            *range = (range.0.min(period), range.1.max(period));
        }
        let mut links = Vec::new();
        for (series, (first, last)) in claimed {
            let (from, to) = (first.saturating_sub(*least), last.saturating_sub(*most));
            if i64::from(to) - i64::from(from) >= MOST_YEARS {
                self.beyond.push(format!(
                    "a rule must run over at most {MOST_YEARS} years; here it would run from {from} to {to}, \
                     so the years between are not chained"
                ));
                continue;
            }
            let more = usize::try_from(i64::from(to) - i64::from(from) + 1).unwrap_or(0);
            if links.len().saturating_add(more) > MOST_LINKS {
                self.beyond.push(format!(
                    "a rule must stay within {MOST_LINKS} instances between claims; here its chains have more, \
                     so some are not joined"
                ));
                break;
            }
            links.extend(
                (from..=to).map(|y| (Binding { when: When::Year(y), ..series.clone() }, Origin::Chain)),
            );
        }
        links
    }

    /// The year offset of each term that is a stock, in the order of the terms.
    fn stock_offsets(&self) -> impl Iterator<Item = Option<i32>> + '_ {
        self.terms.iter().map(|(_, series)| match series.at {
            Some(At::Year(offset)) if series.kind == MeasureKind::Stock => Some(offset),
            _ => None,
        })
    }

    /// An instance, when at least two of its points are claimed, or its only one.
    fn instance(
        &self,
        binding: &Binding,
        origin: Origin,
        meant: &[Meant],
        base: &FactBase,
        level: Severity,
    ) -> Option<(Grounded, Vec<(Variable, Number)>)> {
        let mut points: Vec<PointId> = meant.iter().flat_map(Meant::points).copied().collect();
        points.sort_unstable();
        points.dedup();
        let claimed = points.iter().filter(|point| base.facts_at(**point).next().is_some()).count();
        if claimed < 2.min(points.len()) && origin == Origin::Claimed {
            return None;
        }
        let year = match binding.when {
            When::Year(year) => Year::Is(year),
            _ => Year::Unknown,
        };
        let mut grounded = Grounded::default();
        let lowered = self.lower((&base.vocabulary, Some(base)), meant, year, &mut grounded);
        let Lowered { condition, rows, definitions } = lowered.ok()?;
        grounded.condition = condition;
        let rows = rows.into_iter().chain(definitions);
        // A stock rolled through planned flows is planned: findings on it are warnings.
        let rolled = points
            .iter()
            .any(|p| base.point(*p).status != Status::Actual && base.facts_at(*p).next().is_some());
        grounded.demand(rows, level == Severity::Error && !rolled);
        let assumed = self.assumed(base, &points, &mut grounded);
        if !self.beyond.is_empty() && matches!(binding.when, When::Year(_)) && claimed < points.len() {
            grounded.blocked = Some(Blocked::Limit);
        }
        Some((grounded, assumed))
    }

    /// Assumes what the rule assumes of points that nobody claims; the others are needed.
    fn assumed(
        &self,
        base: &FactBase,
        points: &[PointId],
        grounded: &mut Grounded,
    ) -> Vec<(Variable, Number)> {
        let mut assumed = Vec::new();
        for point in points.iter().filter(|point| base.facts_at(**point).next().is_none()) {
            let measure = base.point(*point).measure;
            let dated = base.vocabulary.measure(measure).kind.is_dated();
            let variable = if dated { Variable::End(*point) } else { Variable::Value(*point) };
            match self.assume.iter().find(|(m, _)| *m == measure) {
                Some((_, value)) => {
                    let var = grounded.var(variable);
                    grounded.weak.push(Linear::equal([(Number::ONE, var)], value.clone()).into());
                    let name = base.vocabulary.measures.name(measure.0);
                    grounded.assumptions.push(format!("{name} = {value}"));
                    assumed.push((variable, value.clone()));
                }
                None => grounded.needs.push(variable),
            }
        }
        assumed
    }

    /// The rows of the condition and of what must hold.
    fn lower(
        &self,
        (vocabulary, base): (&Vocabulary, Option<&FactBase>),
        meant: &[Meant],
        year: Year,
        grounded: &mut Grounded,
    ) -> Result<Lowered, Fault> {
        let mut lowering = Lowering { vocabulary, terms: &self.terms, meant, year, definitions: Vec::new() };
        let (condition, then) = match &self.expression.root {
            Statement::Compare(one) => (&[][..], std::slice::from_ref(one)),
            Statement::All(all) => (&[][..], all.as_slice()),
            Statement::If { condition, then } => (condition.as_slice(), then.as_slice()),
        };
        let condition = self.rows(condition, &mut lowering, base, grounded)?;
        let rows = self.rows(then, &mut lowering, base, grounded)?;
        Ok(Lowered { condition, rows, definitions: lowering.definitions })
    }

    fn rows(
        &self,
        comparisons: &[Comparison],
        lowering: &mut Lowering<'_>,
        base: Option<&FactBase>,
        grounded: &mut Grounded,
    ) -> Result<Vec<Constraint>, Fault> {
        let mut rows = Vec::new();
        for (left, operator, right) in comparisons.iter().flat_map(Comparison::pairs) {
            match (&self.tolerance, operator) {
                (Some(tolerance), Operator::Equal) => {
                    rows.extend(tolerance::rows(tolerance, left, right, lowering, base, grounded)?);
                }
                _ => rows.extend(lowering.compare(left, operator, right, grounded)?),
            }
        }
        Ok(rows)
    }
}

impl Meant {
    /// The points that a term stands for.
    #[must_use]
    pub fn points(&self) -> &[PointId] {
        match self {
            Self::One(point) => std::slice::from_ref(point),
            Self::Sum(points, _) => points,
        }
    }
}

/// What the operand of a comparison is made of, for those that tell it.
fn is_single(operand: &Operand) -> bool {
    matches!(operand.node, Node::Term(_) | Node::Call(..))
}

impl Check {
    /// The set that an operator allows for the judged side, given the set of the other; `turned` when
    /// it is the right side that is judged.
    fn allowed(&self, operator: Operator, other: &Interval, turned: bool) -> Interval {
        let near = |share: &Number| Interval::closed(&Number::ONE - share, &Number::ONE + share);
        match (operator, &self.tolerance) {
            (Operator::Equal, None) => other.clone(),
            (Operator::Equal, Some(Tolerance::Absolute(slack))) => {
                other.add(&Interval::closed(-slack, slack.clone()))
            }
            (Operator::Equal, Some(Tolerance::Relative(share))) if turned => other.div(&near(share)),
            (Operator::Equal, Some(Tolerance::Relative(share))) => other.mul(&near(share)),
            (Operator::AtMost, _) => Interval::new(End::Unbounded, other.upper().clone()),
            (Operator::AtLeast, _) => Interval::new(other.lower().clone(), End::Unbounded),
            (Operator::Less, _) => Interval::new(End::Unbounded, open(other.upper())),
            (Operator::Greater, _) => Interval::new(open(other.lower()), End::Unbounded),
        }
    }
}

fn open(end: &End) -> End {
    match end {
        End::Closed(value) | End::Open(value) => End::Open(value.clone()),
        End::Unbounded => End::Unbounded,
    }
}
