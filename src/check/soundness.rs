//! The rulebook checked on its own: what its rules say before anybody claims anything.
//!
//! A rule that can be asked gives an instance that stands for all of them ([`Sample`]), among points
//! that nobody claims; where rules speak of several years, one for each year that the widest of them
//! spans. What these cannot all be is proved by the same engine that judges claims.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::judging::Judged;
use super::policy::Policy;
use super::problem::{InstanceId, Owner, Pass, World};
use crate::checks::{Check, Context, Grounded, Reach, RuleHead, Sample, Variable, load, words};
use crate::constraint::{Constraint, Linear, Relation};
use crate::fact::{FactBase, FactId};
use crate::finding::{Code, Finding, Lang, Reason, Severity};
use crate::quantity::Interval;
use crate::solve::minimise::{Effort, Minimal};
use crate::solve::{self, Limits};
use crate::vocabulary::Vocabulary;

/// The rules with instances of each, over points of their own.
pub(super) struct Soundness<'a> {
    checks: &'a [Box<dyn Check>],
    policy: &'a Policy,
    base: FactBase,
    /// By rule, the instance that stands for it first.
    samples: Vec<(usize, Vec<Dated>)>,
}

/// An instance of a rule, and the first and the last year that it speaks of.
struct Dated {
    sample: Sample,
    years: (i32, i32),
}

/// The last year of samples: any would do.
const YEAR: i32 = 2000;
/// Rules over more years are held against each other in one year alone.
const MOST_YEARS: i32 = 5;
/// Of more years that rules name by their number the others are left out.
const MOST_FIXED: usize = 5;

impl<'a> Soundness<'a> {
    pub(super) fn new(
        vocabulary: &Arc<Vocabulary>,
        checks: &'a [Box<dyn Check>],
        policy: &'a Policy,
    ) -> Self {
        let mut base = FactBase::new(Arc::clone(vocabulary));
        let rules = || checks.iter().enumerate().filter(|(_, check)| check.rule().is_some());
        let reaches = || rules().map(|(_, check)| check.reach());
        let widest = reaches().filter_map(|reach| width(&reach)).max().unwrap_or(0);
        let fixed: BTreeSet<i32> = reaches().flat_map(|reach| reach.fixed).take(MOST_FIXED).collect();
        let samples = rules().map(|(place, check)| {
            let years = years(&check.reach(), widest, &fixed).into_iter();
            (place, years.filter_map(|year| Dated::of(check.as_ref(), &mut base, year)).collect())
        });
        let samples = samples.collect();
        Self { checks, policy, base, samples }
    }

    /// The instance that stands for each rule.
    fn first(&self) -> impl Iterator<Item = (usize, &Sample)> {
        self.samples.iter().filter_map(|(place, all)| Some((*place, &all.first()?.sample)))
    }

    /// Rules that cannot hold, conditions that cannot, and rules that cannot fail.
    pub(super) fn findings(&self, grounded: &[Vec<Grounded>]) -> Vec<Finding> {
        let context = Context::new(&self.base, Lang::default());
        let mut findings = self.contradictions(&context);
        let faulty: BTreeSet<String> = findings.iter().filter_map(|finding| finding.rule.clone()).collect();
        for (place, sample) in self.first().filter(|(place, _)| !faulty.contains(&self.id(*place))) {
            let dead = self.dead_branch(&context, place, sample);
            let idle = || self.never_fails(&context, place, sample, grounded.get(place)?);
            findings.extend(dead.or_else(idle));
        }
        findings
    }

    /// Rules at level error that cannot all hold, then those at level warning with them.
    fn contradictions(&self, context: &Context<'_>) -> Vec<Finding> {
        let effort = Effort { conflicts: 5, steps: 1_000_000, ..Effort::default() };
        let mut told: BTreeSet<Vec<usize>> = BTreeSet::new();
        let mut findings = Vec::new();
        for level in [Severity::Error, Severity::Warning] {
            let world = self.world(context, level, usize::MAX);
            for component in solve::components(&world.problem) {
                let limits = Limits::default();
                let found = solve::conflicts(&world.problem, &component, &[], &limits, &effort);
                for minimal in found.found.into_iter().filter(|one| self.is_of_one_time(&world, one)) {
                    let rules = rules(&world, &minimal);
                    if told.insert(rules.clone()) {
                        findings.push(self.contradiction(context, &world, &minimal, &rules, level));
                    }
                }
            }
        }
        findings
    }

    /// Every unconditional rule of at least some level, in so many years.
    fn world(&self, context: &Context<'_>, level: Severity, years: usize) -> World {
        let mut world = World::new(Pass::Strong);
        for (place, samples) in &self.samples {
            let reasons =
                self.checks.get(*place).is_some_and(|check| self.policy.level(check.as_ref()) >= level);
            for (nth, Dated { sample, .. }) in samples.iter().enumerate().take(years) {
                if reasons && sample.grounded.condition.is_empty() {
                    add(&mut world, context, (*place, nth), sample, &sample.grounded.strong);
                }
            }
        }
        world
    }

    /// Whether a conflict lies within the years that one of its instances spans: where that one speaks,
    /// the others do too. A rule that cannot hold for ever may hold for two years.
    fn is_of_one_time(&self, world: &World, minimal: &Minimal) -> bool {
        let years = |(place, nth): InstanceId| {
            let (_, samples) = self.samples.iter().find(|(other, _)| *other == place)?;
            samples.get(nth).map(|one| one.years)
        };
        let all: Vec<(i32, i32)> =
            minimal.members.iter().filter_map(|place| years(world.instance(*place)?)).collect();
        let spans = |(first, last): &(i32, i32)| all.iter().all(|(one, other)| first <= one && other <= last);
        all.is_empty() || all.iter().any(spans)
    }

    fn contradiction(
        &self,
        context: &Context<'_>,
        world: &World,
        minimal: &Minimal,
        rules: &[usize],
        level: Severity,
    ) -> Finding {
        let heads = rules.iter().filter_map(|place| self.checks.get(*place)?.rule());
        let mut finding = Finding { severity: level, ..contradiction(heads) };
        finding.reasons.push(Reason {
            steps: domains(context, world, minimal),
            certificate: Some(minimal.conflict.certificate.clone()),
            ..Reason::default()
        });
        finding
    }

    /// A condition that no values satisfy: by themselves, or as long as the rules at level error hold.
    fn dead_branch(&self, context: &Context<'_>, place: usize, sample: &Sample) -> Option<Finding> {
        if sample.grounded.condition.is_empty() {
            return None;
        }
        let effort = Effort { conflicts: 1, steps: 100_000, ..Effort::default() };
        let alone = World::new(Pass::Strong);
        let with_rules = self.world(context, Severity::Error, 1);
        for (mut world, level) in [(alone, Severity::Warning), (with_rules, Severity::Note)] {
            add(&mut world, context, (place, usize::MAX), sample, &sample.grounded.condition);
            let own = world.owners.len() - 1;
            let component = solve::components(&world.problem).into_iter().find(|one| one.contains(&own))?;
            let found = solve::conflicts(&world.problem, &component, &[], &Limits::default(), &effort);
            let Some(minimal) = found.found.into_iter().find(|one| one.members.contains(&own)) else {
                continue;
            };
            let others: Vec<usize> =
                rules(&world, &minimal).into_iter().filter(|rule| *rule != place).collect();
            let names: Vec<String> = others.iter().map(|place| words::code(&self.id(*place))).collect();
            let because = if names.is_empty() {
                String::new()
            } else {
                format!(" where {} holds", words::list(&names))
            };
            let message = format!(
                "a condition must be able to hold; this one never does{because}, so the rule says nothing"
            );
            let mut finding = self.about(load::DEAD_BRANCH, level, message, &[place]);
            finding.reasons.push(Reason {
                steps: domains(context, &world, &minimal),
                certificate: Some(minimal.conflict.certificate),
                ..Reason::default()
            });
            return Some(finding.help("turn the comparison round, or delete the rule"));
        }
        None
    }

    /// A rule that holds whatever is claimed: by the domains of its measures, or because everything that
    /// could break it is assumed.
    fn never_fails(
        &self,
        context: &Context<'_>,
        place: usize,
        sample: &Sample,
        instances: &[Grounded],
    ) -> Option<Finding> {
        let always = |given: &[Constraint]| {
            sample.grounded.strong.iter().all(|row| entailed(context, place, sample, given, row))
        };
        let name = words::code(&self.id(place));
        if always(&[]) {
            let message = format!("a rule must be able to fail; {name} holds whatever the claims say");
            let finding = self.about(load::TOOTHLESS, Severity::Note, message, &[place]);
            return Some(
                finding.help("the kinds and units of its measures imply it: delete the rule, or say more"),
            );
        }
        let assumptions = &sample.grounded.assumptions;
        let everywhere = instances.iter().all(|one| one.assumptions.len() == assumptions.len());
        if assumptions.is_empty() || instances.is_empty() || !everywhere || !always(&sample.grounded.weak) {
            return None;
        }
        let assumed = words::list(assumptions);
        let message = format!(
            "a rule must be able to fail; {name} cannot, as nobody claims what it assumes: {assumed}"
        );
        let finding = self.about(load::TOOTHLESS, Severity::Note, message, &[place]);
        Some(finding.help("claim the figure that is assumed, or leave the assumption out"))
    }

    /// The bounds that the rules at level error give measures beyond their domains, one a line.
    pub(super) fn implied(&self) -> Vec<String> {
        let context = Context::new(&self.base, Lang::default());
        let world = self.world(&context, Severity::Error, 1);
        let all: Vec<usize> = (0..world.problem.ingredients.len()).collect();
        let mut lines = BTreeSet::new();
        for (id, point) in self.base.points() {
            let Some(var) = world.find(Variable::Value(id)) else { continue };
            let component = solve::components(&world.problem).into_iter().find(|component| {
                let speaks = |place: &&usize| {
                    let ingredient = world.problem.ingredients.get(**place);
                    ingredient
                        .is_some_and(|one| one.constraints.iter().any(|row| row.vars().any(|one| one == var)))
                };
                component.iter().any(|place| speaks(&place))
            });
            let limits = Limits::default();
            let found = solve::project(&world.problem, component.as_deref().unwrap_or(&all), var, &limits);
            let (domain, _) = context.domain(Variable::Value(id));
            if let Ok(found) = found
                && !found.values.is_empty()
                && !domain.is_subset(&found.values)
            {
                lines.insert(format!("{}: {}", words::name(&context, point), words::interval(&found.values)));
            }
        }
        lines.into_iter().collect()
    }

    fn about(&self, code: Code, severity: Severity, message: String, rules: &[usize]) -> Finding {
        let mut finding = Finding::new(code, severity, message);
        for place in rules {
            let Some(rule) = self.checks.get(*place).and_then(|check| check.rule()) else { continue };
            finding = finding.at(rule.span, "this rule");
            finding.rule.get_or_insert_with(|| rule.id.clone());
        }
        finding
    }

    fn id(&self, place: usize) -> String {
        let rule = self.checks.get(place).and_then(|check| check.rule());
        rule.map_or_else(String::new, |rule| rule.id.clone())
    }
}

/// Rules that cannot hold, alone or together.
pub(super) fn contradiction<'r>(rules: impl Iterator<Item = &'r RuleHead>) -> Finding {
    let rules: Vec<&RuleHead> = rules.collect();
    let names: Vec<String> = rules.iter().map(|rule| words::code(&rule.id)).collect();
    let all = words::list(&names);
    let message = if names.len() == 1 {
        format!("a rule must be able to hold; {all} cannot, whatever the claims say")
    } else {
        format!("rules must be able to hold together; {all} cannot, whatever the claims say")
    };
    let finding = Finding::new(load::CONTRADICTORY, Severity::Error, message);
    let mut finding = rules.iter().fold(finding, |finding, rule| finding.at(rule.span, "this rule"));
    finding.rule = rules.first().map(|rule| rule.id.clone());
    let which = if names.len() == 1 { "it" } else { "one of them" };
    finding.help(format!("{which} says too much: loosen it, or give it a condition (`if … then …`)"))
}

/// One finding for each set of rules that cannot hold, in however many years and places it shows.
pub(super) fn tell_once(findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    findings.retain(|finding| finding.code != load::CONTRADICTORY || told.insert(finding.message.clone()));
}

/// Rules that fail nearly wherever they apply, for no one claim's sake: they are the suspects.
pub(super) fn suspects(
    context: &Context<'_>,
    checks: &[Box<dyn Check>],
    grounded: &[Vec<Grounded>],
    judged: &Judged,
) -> Vec<Finding> {
    /// Fewer failures may be as many mistakes.
    const FEWEST: usize = 3;
    let mut findings = Vec::new();
    for (place, (check, instances)) in checks.iter().zip(grounded).enumerate() {
        let Some(rule) = check.rule().filter(|rule| SURE_KINDS.contains(&rule.kind.as_str())) else {
            continue;
        };
        let (failing, decided) = judged.failing(place);
        // At least four of five.
        if failing.len() < FEWEST || failing.len() * 5 < decided * 4 {
            continue;
        }
        let claims = failing.iter().filter_map(|nth| instances.get(*nth)).map(|one| claims(context, one));
        let shared = claims.reduce(|left, right| left.intersection(&right).copied().collect());
        // One figure that all failures rest on is the better suspect.
        if shared.is_none_or(|shared| !shared.is_empty()) {
            continue;
        }
        let message = format!(
            "a rule must hold somewhere; {} fails in {} of {} places: is it the rule that is wrong?",
            words::code(&rule.id),
            failing.len(),
            decided
        );
        let mut finding = Finding::new(load::SUSPECT, Severity::Warning, message).at(rule.span, "this rule");
        finding.rule = Some(rule.id.clone());
        findings.push(finding.help("no figure takes part in all of these: look at the rule first"));
    }
    findings
}

/// The kinds of rules that no sound corpus breaks everywhere; plans may all slip.
const SURE_KINDS: [&str; 3] = ["expect", "ordinal", "order"];

fn claims(context: &Context<'_>, one: &Grounded) -> BTreeSet<FactId> {
    let stated = one.variables.iter().flat_map(|variable| context.sets(*variable).facts);
    stated.chain(one.owners.iter().copied()).collect()
}

impl Dated {
    fn of(check: &dyn Check, base: &mut FactBase, year: i32) -> Option<Self> {
        let sample = check.sample(base, year)?;
        let Reach { around, fixed } = check.reach();
        let (before, after) = around.unzip();
        let first = before.map(|before: i32| year.saturating_sub(before));
        let last = after.map(|after: i32| year.saturating_add(after));
        let all = || fixed.iter().copied().chain(first).chain(last);
        Some(Self { sample, years: (all().min()?, all().max()?) })
    }
}

/// How many years a rule spans beside its own; `None` where they are too many.
fn width(reach: &Reach) -> Option<i32> {
    let (before, after) = reach.around?;
    before.checked_add(after).filter(|wide| *wide <= MOST_YEARS)
}

/// The years of the samples of a rule: those in which it speaks of none beyond the widest rule, and
/// those in which it speaks of a year that some rule names; those first that stand for it alone.
fn years(reach: &Reach, widest: i32, named: &BTreeSet<i32>) -> Vec<i32> {
    let (Some((before, after)), Some(_)) = (reach.around, width(reach)) else { return vec![YEAR] };
    let last = YEAR - after;
    let around = (YEAR - widest + before..last).rev();
    let named = named.iter().flat_map(|year| (-before..=after).map(move |offset| year - offset));
    let mut seen = BTreeSet::new();
    [last].into_iter().chain(around).chain(named).filter(|year| seen.insert(*year)).collect()
}

/// Adds some rows of a sample, with what its own quantities are.
fn add(world: &mut World, context: &Context<'_>, id: InstanceId, sample: &Sample, rows: &[Constraint]) {
    let strong = rows.iter().chain(&sample.definitions).cloned().collect();
    let mut one = Grounded::default();
    one.variables.clone_from(&sample.grounded.variables);
    one.strong = strong;
    world.add(context, id, &one, &|_| false);
}

/// Whether a row holds wherever the condition and what is given do.
fn entailed(
    context: &Context<'_>,
    place: usize,
    sample: &Sample,
    given: &[Constraint],
    row: &Constraint,
) -> bool {
    let Some(opposites) = row.as_linear().map(opposites) else { return false };
    opposites.into_iter().all(|opposite| {
        let mut world = World::new(Pass::Strong);
        let rows: Vec<Constraint> =
            sample.grounded.condition.iter().chain(given).cloned().chain([opposite.into()]).collect();
        add(&mut world, context, (place, 0), sample, &rows);
        let all: Vec<usize> = (0..world.problem.ingredients.len()).collect();
        solve::decide(&world.problem, &all, &Limits::default()).is_infeasible()
    })
}

/// Where a row does not hold, one of these does.
fn opposites(row: &Linear) -> Vec<Linear> {
    let terms = || row.terms().iter().cloned();
    let (less, more) = (Linear::less(terms(), row.bound().clone()), Linear::greater(terms(), row.bound()));
    match row.relation() {
        Relation::Equal => vec![less, more],
        Relation::AtMost => vec![more],
        Relation::Less => vec![Linear::at_least(terms(), row.bound())],
    }
}

/// The places of the rules in a conflict, in their order.
fn rules(world: &World, minimal: &Minimal) -> Vec<usize> {
    let places: BTreeSet<usize> =
        minimal.members.iter().filter_map(|place| Some(world.instance(*place)?.0)).collect();
    places.into_iter().collect()
}

/// What the measures of a conflict can be at all, as far as it matters.
fn domains(context: &Context<'_>, world: &World, minimal: &Minimal) -> Vec<String> {
    let line = |place: &usize| {
        if world.owners.get(*place) != Some(&Owner::Domain) {
            return None;
        }
        let row = world.problem.ingredients.get(*place)?.constraints.first()?;
        let Variable::Value(point) = world.shared(row.vars().next()?)? else { return None };
        let (domain, _): (Interval, bool) = context.domain(Variable::Value(point));
        let name = words::name(context, context.base.point(point));
        Some(format!("{name} is {} by itself", words::interval(&domain)))
    };
    let lines: BTreeSet<String> = minimal.conflict.members().iter().filter_map(line).collect();
    lines.into_iter().collect()
}
