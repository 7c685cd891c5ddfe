//! What several instances say together: conflicts that no single one shows (MZ210).

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::JointCounts;
use super::blame::Voices;
use super::derive::{Derivation, Step, derive, name, values};
use super::judging::Judged;
use super::policy::Policy;
use super::problem::{InstanceId, Owner, Pass, World};
use super::repair;
use super::settle::unsettled;
use crate::checks::{Check, Context, Grounded, JOINT, Variable, words};
use crate::constraint::Constraint;
use crate::fact::{FactId, PointId, Statement};
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
    /// The instances that contradict each other whatever is claimed, told once.
    hopeless: BTreeSet<InstanceId>,
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
        self.build(self.reasoning(pass), pass, aside)
    }

    fn build(&self, instances: Vec<(InstanceId, &Grounded)>, pass: Pass, aside: &BTreeSet<FactId>) -> World {
        let mut world = World::new(pass);
        for (id, one) in instances {
            world.add(self.context, id, one, &|fact| aside.contains(&fact));
        }
        world
    }

    /// Every instance with what strong words say, those that fail by themselves too, and the points of
    /// these claims.
    pub(super) fn everything(&self, accused: &BTreeSet<FactId>) -> World {
        let mut world = World::of_each_claim(Pass::Strong);
        for (id, one) in self.instances(&|id, conditional| self.judged.applies(id, conditional)) {
            world.add(self.context, id, one, &|_| false);
        }
        let points: BTreeSet<PointId> =
            accused.iter().map(|fact| self.context.base.fact(*fact).point).collect();
        for point in points {
            for variable in [Variable::Value, Variable::Start, Variable::End].map(|of| of(point)) {
                if !self.context.contributions(variable).is_empty() {
                    world.include(self.context, variable, &|_| false);
                }
            }
        }
        world
    }

    fn reasoning(&self, pass: Pass) -> Vec<(InstanceId, &Grounded)> {
        self.instances(&|id, conditional| self.judged.takes_part(id, conditional, pass == Pass::Strong))
    }

    /// The instances of checks that reason, as far as they are wanted; the flag says whether one has a
    /// condition.
    fn instances(&self, wanted: &dyn Fn(InstanceId, bool) -> bool) -> Vec<(InstanceId, &Grounded)> {
        let mut all = Vec::new();
        for (place, (check, instances)) in self.checks.iter().zip(self.grounded).enumerate() {
            if self.policy.level(check.as_ref()) == Severity::Note || !reasons(check.as_ref()) {
                continue;
            }
            let one = |(nth, one)| ((place, nth), one);
            let is_wanted = |(id, one): &(InstanceId, &Grounded)| wanted(*id, !one.condition.is_empty());
            all.extend(instances.iter().enumerate().map(one).filter(is_wanted));
        }
        all
    }

    fn pass(&self, pass: Pass, aside: &BTreeSet<FactId>, joint: &mut Joint) {
        let open = unsettled(&self.judged.claimed, &self.reasoning(pass), pass);
        let world = self.build(open, pass, aside);
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
        failing.retain(|id| !joint.hopeless.contains(id));
        failing.sort_by_cached_key(|id| self.canonical(*id));
        // Two bindings of a rule may say the same of the same points: one conflict is not two.
        failing.dedup_by(|later, first| self.say_the_same(*later, *first));
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
            let of_rules = found.found.iter().filter(|minimal| self.claims(&world, minimal).is_empty());
            joint.hopeless.extend(of_rules.flat_map(|minimal| instances(&world, minimal)));
            for group in self.groups(&world, found.found) {
                let mut finding = self.finding(&world, &component, &group, pass);
                if !found.complete {
                    let reasons = words::count(finding.reasons.len(), "smallest set", "smallest sets");
                    finding
                        .help
                        .push(format!("at least {reasons} cannot all hold; the search for more was cut"));
                }
                joint.findings.push(finding);
                joint.counts.add(pass);
            }
        }
    }

    fn say_the_same(&self, one: InstanceId, other: InstanceId) -> bool {
        let rows = |id| self.instance(id).map(|one| (&one.variables, &one.strong, &one.weak, &one.owners));
        one.0 == other.0 && rows(one) == rows(other)
    }

    /// Rules first, then claims by the origins that agree with them, then by their names.
    pub(super) fn trusted_first(&self, world: &World, component: &[usize]) -> Vec<usize> {
        let mut order: Vec<usize> = component.to_vec();
        let mut voices = Voices::new();
        order.sort_by_cached_key(|place| match world.owners.get(*place) {
            Some(Owner::Said(facts)) if !facts.is_empty() => {
                let keys = facts.iter().map(|fact| self.context.base.fact(*fact).key.clone()).collect();
                (1, Reverse(self.support(facts, &mut voices)), keys)
            }
            _ => (0, Reverse(0), Vec::new()),
        });
        order
    }

    /// A name of an instance that only its rule, points and claims decide.
    pub(super) fn canonical(&self, (check, nth): InstanceId) -> (usize, Vec<String>) {
        let Some(one) = self.grounded.get(check).and_then(|all| all.get(nth)) else {
            return (check, Vec::new());
        };
        let points = one.variables.iter().map(|variable| self.canonical_variable(*variable));
        let owners = one.owners.iter().map(|fact| self.context.base.fact(*fact).key.clone());
        let mut names: Vec<String> = points.chain(owners).collect();
        names.sort_unstable();
        (check, names)
    }

    pub(super) fn canonical_variable(&self, variable: Variable) -> String {
        // How a point's time is worded hangs on its first claim.
        let name = |id: PointId| {
            let point = self.context.base.point(id);
            format!("{} {:?}", words::name(self.context, point), point.time)
        };
        match variable {
            Variable::Value(point) => name(point),
            Variable::Start(point) => format!("{} start", name(point)),
            Variable::End(point) => format!("{} end", name(point)),
            Variable::Published(source) => self.context.base.source(source).id.clone(),
            Variable::Said(fact)
            | Variable::Uncut(fact)
            | Variable::SaidStart(fact)
            | Variable::SaidEnd(fact) => self.context.base.fact(fact).key.clone(),
            Variable::Possible(_) | Variable::Own(_) => String::new(),
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
            let copies = minimal.members.iter().flat_map(|place| world.copies(*place));
            for fact in claims.iter().chain(copies) {
                if !finding.claims.contains(fact) {
                    let about = words::point(self.context, self.context.base.fact(*fact).point);
                    let text = format!("{about}: {}", words::said(self.context, *fact));
                    let key = self.context.base.fact(*fact).statement_key();
                    finding = finding.on(*fact, key, text);
                }
            }
            let assumptions = self.assumptions(world, minimal);
            let certificate = Some(minimal.conflict.certificate.clone());
            finding.reasons.push(Reason { claims, steps, assumptions, certificate });
        }
        if finding.claims.is_empty() {
            let rules: BTreeSet<usize> =
                group.iter().flat_map(|minimal| instances(world, minimal)).map(|(place, _)| place).collect();
            for rule in rules.into_iter().filter_map(|place| self.checks.get(place)?.rule()) {
                finding = finding.at(rule.span, "this rule");
            }
        }
        let levels = group.iter().flat_map(|minimal| instances(world, minimal)).map(|(place, _)| {
            self.checks.get(place).map_or(Severity::Error, |check| self.policy.level(check.as_ref()))
        });
        let weakest = levels.min().unwrap_or(Severity::Error);
        let strength = if pass == Pass::Strong { Severity::Error } else { Severity::Warning };
        finding.severity = strength.min(weakest);
        finding.repairs = repair::proposals(self, world, component, &finding.claims);
        if finding.repairs.is_empty() {
            finding.help.push("one of the figures named here, or one of the rules, must give way".into());
        }
        finding
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
        let claims = self.claims(world, minimal).len();
        let Some(clash) = derivation.clash.as_ref().filter(|_| claims > 0) else {
            let rules: Vec<String> =
                instances(world, minimal).into_iter().map(|id| words::code(&self.rule(id))).collect();
            let names: Vec<String> = rules.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
            let rules = if names.len() == 1 { "rule" } else { "rules" };
            let names = format!("the {rules} {}", words::list(&names));
            let message = match claims {
                0 => format!("{names} cannot all hold, whatever is claimed"),
                _ => format!("{} and {names} cannot all hold", words::count(claims, "claim", "claims")),
            };
            return (message, steps);
        };
        let about = name(self.context, world, clash.var);
        let gap = words::difference(&clash.is, &clash.must).filter(|_| is_number(world, clash.var));
        let gap = gap.map(|gap| format!(": {gap}")).unwrap_or_default();
        let (is, must) = (values(world, clash.var, &clash.is), values(world, clash.var, &clash.must));
        steps.push(format!("{about}: {is} is told, {must} follows{gap}"));
        (format!("{about} is {is}, but by the other figures together it must be {must}{gap}"), steps)
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
    pub(super) fn claims(&self, world: &World, minimal: &Minimal) -> Vec<FactId> {
        let mut claims = Vec::new();
        for place in &minimal.members {
            match world.owners.get(*place) {
                Some(Owner::Said(facts)) => claims.extend(facts.iter().copied()),
                Some(Owner::Instance((check, nth))) => {
                    let Some(one) = self.grounded.get(*check).and_then(|all| all.get(*nth)) else { continue };
                    // What is compared on one point speaks for itself, but for lists that it falls below.
                    if self.checks.get(*check).is_some_and(|check| reasons(check.as_ref())) {
                        claims.extend(one.owners.iter().copied());
                    } else {
                        claims.extend(self.floors(one, minimal, *place));
                    }
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

    /// The claims of the list whose floor a conflict of one point uses.
    fn floors(&self, one: &Grounded, minimal: &Minimal, place: usize) -> Vec<FactId> {
        let points = one.owners.iter().map(|fact| self.context.base.fact(*fact).point);
        let points: BTreeSet<PointId> = points.collect();
        let mut floors = points.iter().flat_map(|point| self.context.floors(*point));
        let conflict = &minimal.conflict;
        let own = || conflict.certificate.constraints.iter().zip(&conflict.ingredients);
        let rows = || own().filter(|(_, at)| **at == place).filter_map(|(row, _)| row.as_linear());
        let is_floor = |least: &Number| {
            rows().any(
                |row| matches!(row.terms(), [(factor, _)] if factor.is_negative() && *row.bound() == -least),
            )
        };
        let used = floors.find(|floor| is_floor(&floor.hard) || is_floor(&floor.soft));
        used.map_or_else(Vec::new, |floor| floor.facts.clone())
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
            "by {}: {about}{sum} is {}",
            words::code(&self.rule(step.by)),
            values(world, step.output, &step.set)
        )
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
