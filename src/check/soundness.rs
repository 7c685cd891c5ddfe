//! The rulebook checked on its own: what its rules say before anybody claims anything.
//!
//! A rule that can be asked gives an instance that stands for all of them ([`Sample`]), among points
//! that nobody claims; where rules speak of several years, one for each year that the widest of them
//! spans. What these cannot all be is proved by the same engine that judges claims.
//!
//! A rule is accused of what follows from it and from what others say [wherever it speaks](Dated::brings),
//! and of nothing else: some figures satisfy what is not told.
//!
//! [`Sample`]: crate::checks::Sample

mod samples;
mod suspects;
mod tell;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::policy::Policy;
use crate::checks::{Check, Context, Grounded, RuleHead, Variable, load, words};
use crate::constraint::{Constraint, Linear, Relation};
use crate::fact::{FactBase, Point, Time};
use crate::finding::{Code, Finding, Lang, Reason, Severity};
use crate::quantity::{End, Interval, Number};
use crate::solve::minimise::{Effort, Minimal};
use crate::solve::{self, Decision, Instance, Limits, Verdict};
use crate::vocabulary::Vocabulary;
use samples::{Dated, samples};
pub(super) use suspects::suspects;
use world::Book;

/// The rules with instances of each, over points of their own.
pub(super) struct Soundness<'a> {
    checks: &'a [Box<dyn Check>],
    base: FactBase,
    samples: Vec<Dated>,
}

/// What is not soon decided is no fault of the rules.
const LIMITS: Limits =
    Limits { steps: 2_000_000, narrowings: 20, pivots: 1_000_000, splits: 60, bits: 4_096 };

/// So many contradictions among rules that hang together are told.
const MOST_TOLD: usize = 5;

impl<'a> Soundness<'a> {
    pub(super) fn new(
        vocabulary: &Arc<Vocabulary>,
        checks: &'a [Box<dyn Check>],
        policy: &'a Policy,
    ) -> Self {
        let (base, samples) = samples(vocabulary, checks, &|check| policy.level(check));
        Self { checks, base, samples }
    }

    /// The places of the instances that stand for their rules.
    fn first(&self) -> impl Iterator<Item = (usize, &Dated)> {
        let mut seen = BTreeSet::new();
        self.samples.iter().enumerate().filter(move |(_, one)| seen.insert(one.rule))
    }

    /// Rules that cannot hold, conditions that cannot, and rules that cannot fail.
    pub(super) fn findings(&self, grounded: &[Vec<Grounded>]) -> Vec<Finding> {
        let context = Context::new(&self.base, Lang::default());
        let book = Book::new(&context, &self.samples);
        let mut findings = self.contradictions(&book);
        let faulty: BTreeSet<String> = findings.iter().filter_map(|finding| finding.rule.clone()).collect();
        for (place, sample) in self.first().filter(|(_, one)| !faulty.contains(&self.id(one.rule))) {
            let dead = self.dead_branch(&book, place, sample);
            let idle = || self.never_fails(&context, sample, grounded.get(sample.rule)?);
            findings.extend(dead.or_else(idle));
        }
        findings
    }

    /// Rules at level error that cannot all hold, then those at level warning with them.
    fn contradictions(&self, book: &Book<'_>) -> Vec<Finding> {
        let mut told: BTreeSet<Vec<usize>> = BTreeSet::new();
        let mut findings = Vec::new();
        let reasons = |level| move |one: &Dated| one.is_unconditional() && one.level >= level;
        let all = book.components(&reasons(Severity::Warning));
        let (sound, open): (Vec<_>, Vec<_>) = all.into_iter().partition(|all| self.is_sound(book, all));
        if open.is_empty() {
            return findings;
        }
        let sound: BTreeSet<usize> = sound.into_iter().flatten().collect();
        for level in [Severity::Error, Severity::Warning] {
            let reasons = reasons(level);
            for component in book.components(&reasons) {
                if component.iter().any(|ingredient| sound.contains(ingredient)) {
                    continue;
                }
                let all = book.samples_in(&component);
                if level < Severity::Error && self.are_all(&all, &|one| one.level >= Severity::Error) {
                    continue;
                }
                if !solve::decide(&book.world.problem, &component, &LIMITS).is_infeasible() {
                    continue;
                }
                let before = findings.len();
                let mut named: BTreeSet<usize> = BTreeSet::new();
                for place in all {
                    if findings.len() >= before + MOST_TOLD {
                        break;
                    }
                    // What else a rule contradicts shows once it is mended, if not at the other rule.
                    if self.samples.get(place).is_some_and(|one| named.contains(&one.rule)) {
                        continue;
                    }
                    for (one, minimal) in self.of_one(book, place, &reasons) {
                        let rules = book.rules(&minimal);
                        named.extend(&rules);
                        if told.insert(rules.clone()) {
                            findings.push(self.contradiction(book, one, minimal, &rules, level));
                        }
                    }
                }
            }
        }
        findings
    }

    /// What can all hold, and so can without some of it: nearly everything.
    fn is_sound(&self, book: &Book<'_>, component: &[usize]) -> bool {
        let all = book.samples_in(component);
        all.len() == 1 && self.are_all(&all, &|one| self.is_sound_alone(one)) || is_possible(book, component)
    }

    fn are_all(&self, samples: &[usize], test: &dyn Fn(&Dated) -> bool) -> bool {
        samples.iter().filter_map(|place| self.samples.get(*place)).all(test)
    }

    /// Whether a rule is of a kind that can both hold and fail by itself.
    fn is_sound_alone(&self, one: &Dated) -> bool {
        let rule = self.checks.get(one.rule).and_then(|check| check.rule());
        rule.is_some_and(|rule| ["ordinal", "outcome"].contains(&rule.kind.as_str()))
    }

    /// What cannot hold wherever an instance speaks, as long as it stands for all of its rule.
    fn of_one<'s>(
        &'s self,
        book: &Book<'_>,
        place: usize,
        reasons: &dyn Fn(&Dated) -> bool,
    ) -> Vec<(&'s Dated, Minimal)> {
        let Some(one) = self.samples.get(place).filter(|one| one.stands_for_all()) else { return Vec::new() };
        let effort = Effort { conflicts: MOST_TOLD, steps: 1_000_000, ..Effort::default() };
        let found = book.conflicts(place, &|other| reasons(other) && one.brings(other), &effort);
        found.into_iter().map(|minimal| (one, minimal)).collect()
    }

    fn contradiction(
        &self,
        book: &Book<'_>,
        one: &Dated,
        minimal: Minimal,
        rules: &[usize],
        level: Severity,
    ) -> Finding {
        let heads = rules.iter().filter_map(|place| self.checks.get(*place)?.rule());
        let mut finding = Finding { severity: level, ..contradiction(heads) };
        finding.reasons.push(self.reason(book, one, minimal));
        finding
    }

    fn reason(&self, book: &Book<'_>, one: &Dated, minimal: Minimal) -> Reason {
        let steps = tell::steps(book, one, &minimal, &|rule| words::code(&self.id(rule)));
        Reason { steps, certificate: Some(minimal.conflict.certificate), ..Reason::default() }
    }

    /// A condition that no values satisfy: by themselves, or as long as the rules at level error hold.
    fn dead_branch(&self, book: &Book<'_>, place: usize, one: &Dated) -> Option<Finding> {
        if one.is_unconditional() || !one.stands_for_all() {
            return None;
        }
        // One is enough.
        let effort = Effort { conflicts: 1, steps: 100_000, members: 0 };
        let holds =
            |other: &Dated| other.is_unconditional() && other.level >= Severity::Error && one.brings(other);
        if is_possible(book, &book.reachable(place, &holds)) {
            return None;
        }
        let alone = || Some((book.conflicts(place, &|_| false, &effort).pop()?, Severity::Warning));
        let with_rules = || Some((book.conflicts(place, &holds, &effort).pop()?, Severity::Note));
        let (minimal, level) = alone().or_else(with_rules)?;
        let others = book.rules(&minimal).into_iter().filter(|rule| *rule != one.rule);
        let names: Vec<String> = others.map(|place| words::code(&self.id(place))).collect();
        let because = match names.as_slice() {
            [] => String::new(),
            [only] => format!(" where {only} holds"),
            all => format!(" where {} hold", words::list(all)),
        };
        let message = format!(
            "a condition must be able to hold; this one never does{because}, so the rule says nothing"
        );
        let mut finding = self.about(load::DEAD_BRANCH, level, message, one.rule);
        finding.reasons.push(self.reason(book, one, minimal));
        Some(finding.help("turn the comparison round, or delete the rule"))
    }

    /// A rule that holds whatever is claimed: by the domains of its measures, or because everything that
    /// could break it is assumed.
    fn never_fails(&self, context: &Context<'_>, one: &Dated, instances: &[Grounded]) -> Option<Finding> {
        if self.is_sound_alone(one) {
            return None;
        }
        let sample = &one.sample;
        let always = |given: &[Constraint]| {
            sample.grounded.strong.iter().all(|row| entailed(context, one, given, row))
        };
        let name = words::code(&self.id(one.rule));
        if always(&[]) {
            let message = format!("a rule must be able to fail; {name} holds whatever the claims say");
            let finding = self.about(load::TOOTHLESS, Severity::Note, message, one.rule);
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
        let finding = self.about(load::TOOTHLESS, Severity::Note, message, one.rule);
        Some(finding.help("claim the figure that is assumed, or leave the assumption out"))
    }

    /// The bounds that the rules at level error give measures beyond their domains, one a line: those of
    /// any year, then those that a rule over several years gives where it speaks.
    pub(super) fn implied(&self) -> Vec<String> {
        let context = Context::new(&self.base, Lang::default());
        let book = Book::new(&context, &self.samples);
        let strict = |one: &Dated| one.is_unconditional() && one.level >= Severity::Error;
        let asked = self.first().filter(|(_, one)| strict(one) && one.stands_for_all());
        let (wide, narrow): (Vec<_>, Vec<_>) = asked.partition(|(_, one)| one.is_wide());
        let mut known: BTreeMap<Point, Interval> = BTreeMap::new();
        let mut lines: Vec<String> = Vec::new();
        for (place, one) in narrow.into_iter().chain(wide) {
            let active = book.reachable(place, &|other| strict(other) && one.brings(other));
            for (id, var) in book.figures_of(place) {
                let point = self.base.point(id);
                let (domain, _) = context.domain(Variable::Value(id));
                let found = solve::project(&book.world.problem, &active, var, &LIMITS);
                let values = found.ok().map(|found| found.values).filter(|values| !values.is_empty());
                let Some(values) = values else { continue };
                let whenever = known.entry(point.at(Time::Undated)).or_insert_with(|| domain.clone());
                if whenever.is_subset(&values) {
                    continue;
                }
                let rule = words::code(&self.id(one.rule));
                let only = if one.is_wide() { format!(", where {rule} speaks of it") } else { String::new() };
                if !one.is_wide() {
                    *whenever = whenever.intersect(&values);
                }
                let told = words::interval(&beyond(&values, &domain));
                lines.push(format!("{}: {told}{only}", tell::figure(&context, one, id)));
            }
        }
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    fn about(&self, code: Code, severity: Severity, message: String, rule: usize) -> Finding {
        let finding = Finding::new(code, severity, message);
        let Some(rule) = self.checks.get(rule).and_then(|check| check.rule()) else { return finding };
        Finding { rule: Some(rule.id.clone()), ..finding.at(rule.span, "this rule") }
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

/// The ends of a set that are not those of what is possible anyway.
fn beyond(values: &Interval, domain: &Interval) -> Interval {
    let new = |end: &End, known: &End| if end == known { End::Unbounded } else { end.clone() };
    match values.as_point() {
        Some(_) => values.clone(),
        None => Interval::new(new(values.lower(), domain.lower()), new(values.upper(), domain.upper())),
    }
}

/// One finding for each set of rules that cannot hold, in however many years and places it shows.
pub(super) fn tell_once(findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    findings.retain(|finding| finding.code != load::CONTRADICTORY || told.insert(finding.message.clone()));
}

/// Whether a row holds wherever the condition and what is given do.
fn entailed(context: &Context<'_>, one: &Dated, given: &[Constraint], row: &Constraint) -> bool {
    let Some(opposites) = row.as_linear().map(opposites) else { return false };
    let grounded = &one.sample.grounded;
    let domains = grounded.variables.iter().map(|variable| context.domain(*variable));
    let free: Vec<solve::Variable> =
        domains.map(|(domain, integral)| solve::Variable::free(domain, integral)).collect();
    let known = || grounded.condition.iter().chain(given).chain(&one.sample.definitions).cloned();
    opposites.into_iter().all(|opposite| {
        let strong: Vec<Constraint> = known().chain([opposite.into()]).collect();
        let instance = Instance { vars: free.iter().collect(), strong: &strong, weak: &[] };
        matches!(solve::judge(&instance, &LIMITS), Verdict::Contradiction(_))
    })
}

/// Whether these are known to be possible together, and so each part of them: where nothing is counted,
/// as nearly all rules allow, or as the engine finds.
fn is_possible(book: &Book<'_>, ingredients: &[usize]) -> bool {
    let problem = &book.world.problem;
    let rows = ingredients.iter().filter_map(|place| problem.ingredients.get(*place));
    rows.flat_map(|one| &one.constraints).all(|row| row.holds_at(&|_| Number::ZERO))
        || matches!(solve::decide(problem, ingredients, &LIMITS), Decision::Feasible(_))
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
