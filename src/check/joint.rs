//! What several instances say together: conflicts that no single one shows (MZ210).

use std::collections::BTreeSet;

use super::JointCounts;
use super::derive::{Derivation, Step, derive, name, values};
use super::judging::Judged;
use super::policy::Policy;
use super::problem::{InstanceId, Owner, Pass, World};
use super::repair;
use crate::checks::{Check, Context, Grounded, JOINT, Variable, words};
use crate::constraint::{Constraint, Ingredient, Role};
use crate::fact::{FactId, Statement};
use crate::finding::{Finding, Reason, Severity};
use crate::quantity::Number;
use crate::solve::{self, Decision, Effort, Limits, Minimal};
use crate::vocabulary::MeasureKind;

/// What the joint passes found.
#[derive(Default)]
pub(super) struct Joint {
    pub(super) findings: Vec<Finding>,
    pub(super) counts: JointCounts,
    /// The claims of conflicts: those that strong reasoning leaves out.
    pub(super) aside: BTreeSet<FactId>,
    /// Those that weak bounds leave out: the claims of joint tensions and of points in tension too.
    pub(super) weakly_aside: BTreeSet<FactId>,
}

impl JointCounts {
    fn add(&mut self, pass: Pass) {
        match pass {
            Pass::Strong => self.errors += 1,
            Pass::Weak => self.tensions += 1,
        }
    }
}

impl Joint {
    fn claims(&self) -> impl Iterator<Item = FactId> {
        self.findings.iter().flat_map(|finding| finding.claims.iter().copied())
    }
}

/// Everything that the passes read.
pub(super) struct Run<'a, 'b> {
    pub(super) context: &'a Context<'b>,
    pub(super) checks: &'a [Box<dyn Check>],
    pub(super) grounded: &'a [Vec<Grounded>],
    pub(super) judged: &'a Judged,
    pub(super) policy: &'a Policy,
}

impl Run<'_, '_> {
    /// The strong pass, then the weak one without the claims of what was found before.
    pub(super) fn conflicts(&self) -> Joint {
        let mut aside = self.judged.claims_of_conflicts(self.context, self.grounded, true, &|_| true);
        let mut joint = Joint::default();
        self.pass(Pass::Strong, &aside, &mut joint);
        aside.extend(joint.claims());
        joint.aside.clone_from(&aside);
        aside.extend(self.judged.claims_of_conflicts(self.context, self.grounded, false, &|_| true));
        self.pass(Pass::Weak, &aside, &mut joint);
        joint.weakly_aside = joint.claims().chain(joint.aside.iter().copied()).collect();
        // An instance in tension takes no part; claims that differ on one point differ all the same.
        let of_points = |place: usize| {
            self.checks.get(place).is_some_and(|check| super::judging::comes_first(check.as_ref()))
        };
        let apart = self.judged.claims_of_conflicts(self.context, self.grounded, false, &of_points);
        joint.weakly_aside.extend(apart);
        joint
    }

    /// The problem of a pass: every instance that reasons, with its claims. Rules at level note never
    /// take part, nor does an instance that fails by itself or whose condition is open.
    pub(super) fn world(&self, pass: Pass, aside: &BTreeSet<FactId>) -> World {
        let mut world = World::new(pass);
        for (place, (check, instances)) in self.checks.iter().zip(self.grounded).enumerate() {
            if self.policy.level(check.as_ref()) == Severity::Note || !reasons(check.as_ref()) {
                continue;
            }
            for (nth, one) in instances.iter().enumerate() {
                // What a claim owns goes with it: a plan that was found to be past dates nothing else.
                if pass == Pass::Weak && one.owners.iter().any(|fact| aside.contains(fact)) {
                    continue;
                }
                let conditional = !one.condition.is_empty();
                if self.judged.takes_part((place, nth), conditional, pass == Pass::Strong) {
                    world.add(self.context, (place, nth), one, &|fact| aside.contains(&fact));
                }
            }
        }
        world
    }

    fn pass(&self, pass: Pass, aside: &BTreeSet<FactId>, joint: &mut Joint) {
        let world = self.world(pass, aside);
        let limits = Limits::default();
        let mut failing: Vec<InstanceId> = Vec::new();
        for component in solve::components(&world.problem) {
            let instances: Vec<InstanceId> =
                component.iter().filter_map(|place| world.instance(*place)).collect();
            // What one instance decides alone has been judged.
            if instances.len() < 2 {
                continue;
            }
            match solve::decide(&world.problem, &component, &limits) {
                Decision::Feasible(_) => {}
                Decision::Infeasible(_) => failing.extend(instances),
                Decision::Undecided(_) => joint.counts.undecided += 1,
                Decision::Unproved(flaw) => {
                    joint.findings.push(super::judging::bug("joint", &flaw.to_string()));
                }
            }
        }
        self.explain(failing, pass, aside, joint);
    }

    /// Finds the conflicts of what fails, in an order that the order of claims does not change: which
    /// of several smallest sets is told must not hang on it.
    fn explain(&self, mut failing: Vec<InstanceId>, pass: Pass, aside: &BTreeSet<FactId>, joint: &mut Joint) {
        failing.sort_by_cached_key(|id| self.canonical(*id));
        let mut world = World::new(pass);
        for id in failing {
            if let Some(one) = self.grounded.get(id.0).and_then(|all| all.get(id.1)) {
                let mut variables = one.variables.clone();
                variables.sort_by_cached_key(|variable| self.canonical_variable(*variable));
                for variable in variables {
                    world.var(self.context, id, variable, &|fact| aside.contains(&fact));
                }
                world.add(self.context, id, one, &|fact| aside.contains(&fact));
            }
        }
        let limits = Limits::default();
        for component in solve::components(&world.problem) {
            let order = self.trusted_first(&world, &component);
            let found = solve::conflicts(&world.problem, &component, &order, &limits, &Effort::default());
            for group in self.groups(&world, found.found) {
                let mut finding = self.finding(&world, &component, &group, pass);
                if !found.complete {
                    let reasons = words::count(finding.reasons.len(), "smallest set", "smallest sets");
                    finding
                        .help
                        .push(format!("at least {reasons} cannot all hold; the search for more was cut"));
                }
                let again = |told: &Finding| told.claims.is_empty() && rules(told) == rules(&finding);
                if finding.claims.is_empty() && joint.findings.iter().any(again) {
                    continue;
                }
                joint.findings.push(finding);
                joint.counts.add(pass);
            }
        }
    }

    /// Rules first, then claims by the weight of their origins, then by their names.
    fn trusted_first(&self, world: &World, component: &[usize]) -> Vec<usize> {
        let mut order: Vec<usize> = component.to_vec();
        order.sort_by_cached_key(|place| {
            match (world.owners.get(*place), world.problem.ingredients.get(*place)) {
                (Some(Owner::Said(facts)), Some(Ingredient { role: Role::Claim { weight }, .. })) => {
                    let keys = facts.iter().map(|fact| self.context.base.fact(*fact).key.clone()).collect();
                    (1, u64::MAX - weight, keys)
                }
                _ => (0, 0, Vec::new()),
            }
        });
        order
    }

    /// A name of an instance that only its rule, points and claims decide.
    fn canonical(&self, (check, nth): InstanceId) -> (usize, Vec<String>) {
        let Some(one) = self.grounded.get(check).and_then(|all| all.get(nth)) else {
            return (check, Vec::new());
        };
        let points = one.variables.iter().map(|variable| self.canonical_variable(*variable));
        let owners = one.owners.iter().map(|fact| self.context.base.fact(*fact).key.clone());
        let mut names: Vec<String> = points.chain(owners).collect();
        names.sort_unstable();
        (check, names)
    }

    fn canonical_variable(&self, variable: Variable) -> String {
        match variable {
            Variable::Value(point) => words::point(self.context, point),
            Variable::Start(point) => format!("{} start", words::point(self.context, point)),
            Variable::End(point) => format!("{} end", words::point(self.context, point)),
            Variable::Published(source) => self.context.base.source(source).id.clone(),
            _ => String::new(),
        }
    }

    /// Conflicts that share a claim: one finding with a reason for each.
    fn finding(&self, world: &World, component: &[usize], group: &[Minimal], pass: Pass) -> Finding {
        let mut finding = Finding::new(JOINT, Severity::Error, String::new());
        for minimal in group {
            let derivation = derive(world, &minimal.members, &self.latest_first(world, minimal));
            let (message, steps) = self.tell(world, minimal, &derivation);
            if finding.message.is_empty() {
                finding.message = message;
            }
            let claims = self.claims(world, minimal);
            for fact in &claims {
                if !finding.claims.contains(fact) {
                    let about = words::point(self.context, self.context.base.fact(*fact).point);
                    let text = format!("{about}: {}", words::said(self.context, *fact));
                    let key = self.context.base.fact(*fact).statement_key();
                    finding = finding.on(*fact, key, text);
                }
            }
            let assumptions = self.assumptions(world, minimal);
            let certificate = Some(minimal.conflict.certificate.clone());
            let rules = self.rules(world, minimal);
            finding.reasons.push(Reason { claims, rules, steps, assumptions, certificate });
        }
        let levels = group.iter().flat_map(|minimal| instances(world, minimal)).map(|(place, _)| {
            self.checks.get(place).map_or(Severity::Error, |check| self.policy.level(check.as_ref()))
        });
        let weakest = levels.min().unwrap_or(Severity::Error);
        let strength = if pass == Pass::Strong { Severity::Error } else { Severity::Warning };
        finding.severity = strength.min(weakest);
        if finding.claims.is_empty() {
            return self.rules_alone(group.iter().flat_map(|minimal| instances(world, minimal)), finding);
        }
        finding.help = repair::proposals(self, world, component, &finding.claims);
        if finding.help.is_empty() {
            finding.help.push("one of the figures named here, or one of the rules, must give way".into());
        }
        finding
    }

    /// A conflict that no claim takes part in: the rules are at fault, wherever they meet.
    fn rules_alone(&self, ids: impl Iterator<Item = InstanceId>, mut finding: Finding) -> Finding {
        let checks: BTreeSet<usize> = ids.map(|(place, _)| place).collect();
        let heads = checks.into_iter().filter_map(|place| self.checks.get(place)?.rule());
        let mut names = Vec::new();
        for head in heads {
            names.push(words::code(&head.id));
            finding = finding.at(head.span, "this rule");
        }
        // Bounds that chase each other for ever are no reasons.
        finding.reasons.iter_mut().for_each(|reason| reason.steps.clear());
        let cannot = if names.len() == 1 { "the rule" } else { "the rules" };
        finding.message = format!("{cannot} {} cannot hold, whatever the claims say", words::list(&names));
        finding.help("correct the rules: no figures fit them")
    }

    /// The rules of a conflict, each once.
    fn rules(&self, world: &World, minimal: &Minimal) -> Vec<String> {
        let all = instances(world, minimal).into_iter().map(|id| self.rule(id));
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn assumptions(&self, world: &World, minimal: &Minimal) -> Vec<String> {
        let of = |(place, nth): InstanceId| self.grounded.get(place).and_then(|all| all.get(nth));
        let mut all: Vec<String> = instances(world, minimal)
            .into_iter()
            .filter_map(of)
            .flat_map(|one| one.assumptions.clone())
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The steps of a conflict, ending in the sum that fails, and the sentence that says so.
    fn tell(&self, world: &World, minimal: &Minimal, derivation: &Derivation) -> (String, Vec<String>) {
        let mut steps = self.steps(world, &derivation.steps);
        let Some(clash) = &derivation.clash else {
            return (self.together(world, minimal), steps);
        };
        let about = name(self.context, world, clash.var);
        let gap = words::difference(&clash.is, &clash.must).filter(|_| is_number(world, clash.var));
        let gap = gap.map(|gap| format!(": {gap}")).unwrap_or_default();
        let (is, must) = (values(world, clash.var, &clash.is), values(world, clash.var, &clash.must));
        steps.push(format!("{about}: {is} is told, {must} follows{gap}"));
        (format!("{about} is {is}, but by the other figures together it must be {must}{gap}"), steps)
    }

    /// What cannot all hold, where no single sum shows it: a few claims by their words, many by number.
    fn together(&self, world: &World, minimal: &Minimal) -> String {
        let claims = self.claims(world, minimal);
        if let [_, _] | [_, _, _] = claims.as_slice() {
            let said = |id: &FactId| {
                let about = words::point(self.context, self.context.base.fact(*id).point);
                format!("{about}: {}", words::said(self.context, *id))
            };
            let said: Vec<String> = claims.iter().map(said).collect();
            let cannot = if said.len() == 2 { "cannot both hold" } else { "cannot all hold" };
            return format!("{} {cannot}", words::list(&said));
        }
        let names: Vec<String> = self.rules(world, minimal).iter().map(|rule| words::code(rule)).collect();
        let rules = if names.len() == 1 { "rule" } else { "rules" };
        let claims = words::count(claims.len(), "claim", "claims");
        format!("{claims} and the {rules} {} cannot all hold", words::list(&names))
    }

    /// The claims of a conflict by the time that they speak of, the latest first and levels before what
    /// flows into them: what follows is held against what was told last.
    fn latest_first(&self, world: &World, minimal: &Minimal) -> Vec<usize> {
        let time = |place: &usize| match world.owners.get(*place) {
            Some(Owner::Said(facts)) => facts.first().map(|fact| {
                let fact = self.context.base.fact(*fact);
                let last = match &fact.statement {
                    Statement::Date(dates) => dates.end.soft.lower().value().cloned(),
                    _ => fact.period.and_then(|period| period.last()).map(|day| Number::from(day.number())),
                };
                let point = self.context.base.point(fact.point);
                let level = self.context.base.vocabulary.measure(point.measure).kind == MeasureKind::Stock;
                (last, level, *place)
            }),
            _ => None,
        };
        let mut claims: Vec<_> = minimal.members.iter().filter_map(time).collect();
        claims.sort();
        claims.into_iter().rev().map(|(.., place)| place).collect()
    }

    /// The claims that a conflict stands on: those that bound its figures, those that own its instances
    /// (a change, a list, a date told against the publication), and those that entail a condition.
    fn claims(&self, world: &World, minimal: &Minimal) -> Vec<FactId> {
        let mut claims = Vec::new();
        for place in &minimal.members {
            match world.owners.get(*place) {
                Some(Owner::Said(facts)) => claims.extend(facts.iter().copied()),
                Some(Owner::Instance((check, nth))) => {
                    let Some(one) = self.grounded.get(*check).and_then(|all| all.get(*nth)) else { continue };
                    claims.extend(one.owners.iter().copied());
                    let condition = one.condition.iter().flat_map(Constraint::vars);
                    let entails = condition.filter_map(|var| one.variables.get(var.0 as usize));
                    claims.extend(entails.flat_map(|variable| self.context.sets(*variable).facts));
                }
                _ => {}
            }
        }
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// Conflicts in groups that share a claim.
    fn groups(&self, world: &World, conflicts: Vec<Minimal>) -> Vec<Vec<Minimal>> {
        let mut groups: Vec<(BTreeSet<FactId>, Vec<Minimal>)> = Vec::new();
        for minimal in conflicts {
            let mine: BTreeSet<FactId> = self.claims(world, &minimal).into_iter().collect();
            let (joined, apart): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|(known, _)| !known.is_disjoint(&mine));
            groups = apart;
            let mut all = mine;
            let mut members = Vec::new();
            for (known, group) in joined {
                all.extend(known);
                members.extend(group);
            }
            members.push(minimal);
            groups.push((all, members));
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// The steps in words: of each figure that an instance bounds the last word on it, and years only
    /// where they are days.
    pub(super) fn steps(&self, world: &World, steps: &[Step]) -> Vec<String> {
        let shared = |step: &Step| world.shared(step.output).is_some();
        let is_last = |(at, step): &(usize, &Step)| {
            let again = |later: &Step| later.by == step.by && later.output == step.output;
            shared(step) && !steps.iter().skip(at + 1).any(again)
        };
        steps.iter().enumerate().filter(is_last).map(|(_, step)| self.step(world, step)).collect()
    }

    /// One narrowing in words: `by districts-roll-forward: … is 458 or more (454 + (4 or more))`.
    pub(super) fn step(&self, world: &World, step: &Step) -> String {
        let sum = if step.sum.is_empty() { String::new() } else { format!(" = {}", step.sum) };
        let about = name(self.context, world, step.output);
        format!(
            "by {}{}: {about}{sum} is {}",
            words::code(&self.rule(step.by)),
            self.owner(step.by),
            values(world, step.output, &step.set)
        )
    }

    /// ` of police-districts in 2024`: whose instance of a built-in check it is.
    fn owner(&self, id: InstanceId) -> String {
        match self.instance(id).map(|one| one.owners.as_slice()) {
            Some([one]) => format!(" of {}", words::point(self.context, self.context.base.fact(*one).point)),
            _ => String::new(),
        }
    }

    /// An instance by its place.
    pub(super) fn instance(&self, (place, nth): InstanceId) -> Option<&Grounded> {
        self.grounded.get(place)?.get(nth)
    }

    /// The rule of an instance, or the name of the built-in check.
    pub(super) fn rule(&self, (place, _): InstanceId) -> String {
        self.checks.get(place).map_or_else(String::new, |check| {
            check.rule().map_or_else(|| check.info().name.to_owned(), |rule| rule.id.clone())
        })
    }
}

/// The rules that a finding joins.
fn rules(finding: &Finding) -> Vec<&String> {
    finding.reasons.iter().flat_map(|reason| &reason.rules).collect()
}

fn is_number(world: &World, var: crate::constraint::Var) -> bool {
    matches!(world.shared(var), Some(crate::checks::Variable::Value(_)))
}

/// Duplicates and bounds compare claims of one point, which the points' own claims say again.
fn reasons(check: &dyn Check) -> bool {
    !super::judging::comes_first(check)
}

fn instances(world: &World, minimal: &Minimal) -> Vec<InstanceId> {
    let of = |place: &usize| match world.owners.get(*place) {
        Some(Owner::Instance(id)) => Some(*id),
        _ => None,
    };
    minimal.members.iter().filter_map(of).collect()
}
