//! The rulebook checked on its own: what its rules say before anybody claims anything.
//!
//! A rule that can be asked gives one instance that stands for all of them ([`Sample`]), among points
//! that nobody claims. What these cannot all be is proved by the same engine that judges claims.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::judging::Judged;
use super::policy::Policy;
use super::problem::{Owner, Pass, World};
use crate::checks::{Check, Context, Grounded, RuleHead, Sample, Variable, load, words};
use crate::constraint::{Constraint, Linear, Relation};
use crate::fact::{FactBase, FactId};
use crate::finding::{Code, Finding, Lang, Reason, Severity};
use crate::quantity::Interval;
use crate::solve::minimise::{Effort, Minimal};
use crate::solve::{self, Limits};
use crate::vocabulary::Vocabulary;

/// The rules with an instance of each, over points of their own.
pub(super) struct Soundness<'a> {
    checks: &'a [Box<dyn Check>],
    policy: &'a Policy,
    base: FactBase,
    samples: Vec<(usize, Sample)>,
}

impl<'a> Soundness<'a> {
    pub(super) fn new(
        vocabulary: &Arc<Vocabulary>,
        checks: &'a [Box<dyn Check>],
        policy: &'a Policy,
    ) -> Self {
        let mut base = FactBase::new(Arc::clone(vocabulary));
        let rules = checks.iter().enumerate().filter(|(_, check)| check.rule().is_some());
        let samples = rules.filter_map(|(place, check)| Some((place, check.sample(&mut base)?))).collect();
        Self { checks, policy, base, samples }
    }

    /// Rules that cannot hold, conditions that cannot, and rules that cannot fail.
    pub(super) fn findings(&self, grounded: &[Vec<Grounded>]) -> Vec<Finding> {
        let context = Context::new(&self.base, Lang::default());
        let mut findings = self.contradictions(&context);
        let faulty: BTreeSet<String> = findings.iter().filter_map(|finding| finding.rule.clone()).collect();
        for (place, sample) in self.samples.iter().filter(|(place, _)| !faulty.contains(&self.id(*place))) {
            let dead = self.dead_branch(&context, *place, sample);
            let idle = || self.never_fails(&context, *place, sample, grounded.get(*place)?);
            findings.extend(dead.or_else(idle));
        }
        findings
    }

    /// Rules at level error that cannot all hold, then those at level warning with them.
    fn contradictions(&self, context: &Context<'_>) -> Vec<Finding> {
        let effort = Effort { conflicts: 5, steps: 1_000_000 };
        let mut told: BTreeSet<Vec<usize>> = BTreeSet::new();
        let mut findings = Vec::new();
        for level in [Severity::Error, Severity::Warning] {
            let world = self.world(context, level);
            for component in solve::components(&world.problem) {
                let limits = Limits::default();
                let found = solve::conflicts(&world.problem, &component, &[], &limits, &effort);
                for minimal in found.found {
                    let rules = rules(&world, &minimal);
                    if told.insert(rules.clone()) {
                        findings.push(self.contradiction(context, &world, &minimal, &rules, level));
                    }
                }
            }
        }
        findings
    }

    /// Every unconditional rule of at least some level.
    fn world(&self, context: &Context<'_>, level: Severity) -> World {
        let mut world = World::new(Pass::Strong);
        for (place, sample) in &self.samples {
            let reasons =
                self.checks.get(*place).is_some_and(|check| self.policy.level(check.as_ref()) >= level);
            if reasons && sample.grounded.condition.is_empty() {
                add(&mut world, context, *place, sample, &sample.grounded.strong);
            }
        }
        world
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
        let effort = Effort { conflicts: 1, steps: 100_000 };
        let alone = World::new(Pass::Strong);
        let with_rules = self.world(context, Severity::Error);
        for (mut world, level) in [(alone, Severity::Warning), (with_rules, Severity::Note)] {
            add(&mut world, context, place, sample, &sample.grounded.condition);
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
        let world = self.world(&context, Severity::Error);
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

/// Adds some rows of a sample, with what its own quantities are.
fn add(world: &mut World, context: &Context<'_>, place: usize, sample: &Sample, rows: &[Constraint]) {
    let strong = rows.iter().chain(&sample.definitions).cloned().collect();
    let mut one = Grounded::default();
    one.variables.clone_from(&sample.grounded.variables);
    one.strong = strong;
    world.add(context, (place, 0), &one, &|_| false);
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
        add(&mut world, context, place, sample, &rows);
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
