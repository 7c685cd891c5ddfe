//! What several instances say together: conflicts that no single one shows (MZ210).

mod tell;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use self::tell::Cut;
use super::JointCounts;
use super::derive::derive;
use super::judging::Judged;
use super::policy::Policy;
use super::problem::{InstanceId, Owner, Pass, World};
use super::settle::unsettled;
use super::soundness;
use crate::checks::{Check, Context, Grounded, JOINT, Variable, words};
use crate::constraint::Constraint;
use crate::fact::{FactId, PointId};
use crate::finding::{Finding, Reason, Severity};
use crate::quantity::Number;
use crate::solve::{self, Decision, Effort, Limits, Minimal};

/// What the joint passes found.
#[derive(Default)]
pub(super) struct Joint {
    pub(super) findings: Vec<Finding>,
    pub(super) counts: JointCounts,
    /// The claims of conflicts: those that strong reasoning leaves out.
    pub(super) aside: BTreeSet<FactId>,
    /// The instances that contradict each other whatever is claimed, told once.
    hopeless: BTreeSet<InstanceId>,
    /// The instances that can hold together with all that they hang together with, weak words and the
    /// claims of conflicts included, in ascending order.
    quiet: Vec<InstanceId>,
    /// Those that the weak pass leaves out: the claims of single tensions too.
    pub(super) left_out: BTreeSet<FactId>,
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

/// How often a search that was cut goes on without what it has named.
const MOST_ROUNDS: usize = 100;

/// Everything that the passes read.
pub(super) struct Run<'a, 'b> {
    pub(super) context: &'a Context<'b>,
    pub(super) checks: &'a [Box<dyn Check>],
    pub(super) grounded: &'a [Vec<Grounded>],
    pub(super) judged: &'a Judged,
    pub(super) policy: &'a Policy,
    /// How far to look for smallest sets.
    pub(super) effort: Effort,
}

impl Run<'_, '_> {
    /// The strong pass, then the weak one without the claims of what was found before.
    pub(super) fn conflicts(&self) -> Joint {
        let mut aside = self.judged.claims_of_conflicts(self.context, self.grounded, true, &|_| true);
        let mut joint = Joint { quiet: self.quiet(), ..Joint::default() };
        self.pass(Pass::Strong, &aside, &mut joint);
        aside.extend(joint.claims());
        joint.aside.clone_from(&aside);
        aside.extend(self.judged.claims_of_conflicts(self.context, self.grounded, false, &|_| true));
        self.pass(Pass::Weak, &aside, &mut joint);
        joint.left_out = aside;
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
        self.build(World::new(pass), self.reasoning(pass, aside), aside)
    }

    /// The same with an ingredient for each claim.
    pub(super) fn each_claim_in(&self, pass: Pass, aside: &BTreeSet<FactId>) -> World {
        self.build(World::of_each_claim(pass), self.reasoning(pass, aside), aside)
    }

    fn build(
        &self,
        mut world: World,
        instances: Vec<(InstanceId, &Grounded)>,
        aside: &BTreeSet<FactId>,
    ) -> World {
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

    pub(super) fn reasoning(&self, pass: Pass, aside: &BTreeSet<FactId>) -> Vec<(InstanceId, &Grounded)> {
        let strong = pass == Pass::Strong;
        let mut all = self.instances(&|id, conditional| self.judged.takes_part(id, conditional, strong));
        // What a claim owns goes with it: a plan that was found to be past dates nothing else.
        all.retain(|(_, one)| strong || one.owners.iter().all(|fact| !aside.contains(fact)));
        all
    }

    /// The instances of checks that reason, as far as they are wanted; the flag says whether one has a
    /// condition.
    pub(super) fn instances(
        &self,
        wanted: &dyn Fn(InstanceId, bool) -> bool,
    ) -> Vec<(InstanceId, &Grounded)> {
        let mut all = Vec::new();
        for (place, (check, instances)) in self.checks.iter().zip(self.grounded).enumerate() {
            if !self.policy.reasons_with(check.as_ref()) || !relates_points(check.as_ref()) {
                continue;
            }
            let one = |(nth, one)| ((place, nth), one);
            let is_wanted = |(id, one): &(InstanceId, &Grounded)| wanted(*id, !one.condition.is_empty());
            all.extend(instances.iter().enumerate().map(one).filter(is_wanted));
        }
        all
    }

    fn pass(&self, pass: Pass, aside: &BTreeSet<FactId>, joint: &mut Joint) {
        let instances = self.reasoning(pass, aside);
        // Both are in ascending order.
        let mut quiet = joint.quiet.iter();
        if instances.iter().all(|(id, _)| quiet.any(|known| known == id)) {
            return;
        }
        let quiet = |id: InstanceId| joint.quiet.binary_search(&id).is_ok();
        let open = unsettled(&self.judged.claimed, &instances, &|_| pass, &quiet);
        let world = self.build(World::new(pass), open, aside);
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

    /// Finds the conflicts of what fails. Where a search was cut, it goes on without the claims that it
    /// has named: an error that stands apart from the others must be told, however many those are.
    fn explain(&self, mut failing: Vec<InstanceId>, pass: Pass, aside: &BTreeSet<FactId>, joint: &mut Joint) {
        let mut aside = aside.clone();
        failing.retain(|id| !joint.hopeless.contains(id));
        for _ in 0..MOST_ROUNDS {
            let (known, left) = (joint.findings.len(), aside.len());
            failing = self.search(failing, pass, &aside, joint);
            aside
                .extend(joint.findings.iter().skip(known).flat_map(|finding| finding.claims.iter().copied()));
            if failing.is_empty() || aside.len() == left {
                return;
            }
        }
        joint.counts.undecided += 1;
    }

    /// One search among what fails, in an order that the order of claims does not change: which of
    /// several smallest sets is told must not hang on it. Returns the groups that it did not exhaust.
    fn search(
        &self,
        mut failing: Vec<InstanceId>,
        pass: Pass,
        aside: &BTreeSet<FactId>,
        joint: &mut Joint,
    ) -> Vec<InstanceId> {
        failing.sort_by_cached_key(|id| self.canonical(*id));
        // Two bindings of a rule may say the same of the same points: one conflict is not two.
        failing.dedup_by(|later, first| self.say_the_same(*later, *first));
        let world = self.ordered(pass, &failing, aside);
        let limits = Limits::default();
        let mut left = Vec::new();
        for component in solve::components(&world.problem) {
            let order = self.trusted_first(&world, &component);
            let found = solve::conflicts(&world.problem, &component, &order, &limits, &self.effort);
            let bugs = found.flaw.iter().map(|flaw| super::judging::bug("joint", &flaw.to_string()));
            joint.findings.extend(bugs);
            joint.counts.undecided += usize::from(found.found.is_empty() && !found.complete);
            let cut = (!found.complete).then(|| Cut::of(&found));
            if cut.is_some() {
                left.extend(component.iter().filter_map(|place| world.instance(*place)));
            }
            let of_rules = found.found.iter().filter(|minimal| self.claims(&world, minimal).is_empty());
            joint.hopeless.extend(of_rules.flat_map(|minimal| instances(&world, minimal)));
            for group in self.groups(&world, found.found) {
                let mut finding = self.finding(&world, &group, pass);
                let sets = finding.reasons.len();
                if let (Some(cut), Some(last)) = (cut, finding.reasons.last_mut()) {
                    last.steps.push(cut.tell(sets));
                }
                joint.findings.push(finding);
                joint.counts.add(pass);
            }
        }
        left
    }

    /// The problem of some instances, their variables in the order of their names.
    pub(super) fn ordered(&self, pass: Pass, instances: &[InstanceId], aside: &BTreeSet<FactId>) -> World {
        let mut world = World::new(pass);
        let aside = |fact: FactId| aside.contains(&fact);
        for id in instances {
            let Some(one) = self.instance(*id) else { continue };
            let mut variables = one.variables.clone();
            variables.sort_by_cached_key(|variable| self.canonical_variable(*variable));
            for variable in variables {
                world.var(self.context, *id, variable, &aside);
            }
            world.add(self.context, *id, one, &aside);
        }
        world
    }

    fn say_the_same(&self, one: InstanceId, other: InstanceId) -> bool {
        let rows = |id| self.instance(id).map(|one| (&one.variables, &one.strong, &one.weak, &one.owners));
        one.0 == other.0 && rows(one) == rows(other)
    }

    /// Rules first, then claims by the origins that agree with them, then by their names.
    pub(super) fn trusted_first(&self, world: &World, component: &[usize]) -> Vec<usize> {
        let mut order: Vec<usize> = component.to_vec();
        order.sort_by_cached_key(|place| match world.owners.get(*place) {
            Some(Owner::Said(facts)) if !facts.is_empty() => {
                let keys = facts.iter().map(|fact| self.context.base.fact(*fact).key.clone()).collect();
                (1, Reverse(self.context.support(facts)), keys)
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
            Variable::Possible(_) | Variable::AnyYear | Variable::FirstDay(_) | Variable::Own(_) => {
                String::new()
            }
        }
    }

    /// Conflicts that share a claim: one finding with a reason for each.
    fn finding(&self, world: &World, group: &[Minimal], pass: Pass) -> Finding {
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
            let rules = self.rules(world, minimal);
            finding.reasons.push(Reason { claims, rules, steps, assumptions, certificate });
        }
        let makers = group.iter().flat_map(|minimal| self.makers(world, &minimal.members));
        let levels = group.iter().flat_map(|minimal| instances(world, minimal));
        let levels = levels.chain(makers.map(|(_, maker)| maker.by)).map(|(place, _)| {
            self.checks.get(place).map_or(Severity::Error, |check| self.policy.level(check.as_ref()))
        });
        let weakest = levels.min().unwrap_or(Severity::Error);
        let strength = if pass == Pass::Strong { Severity::Error } else { Severity::Warning };
        finding.severity = strength.min(weakest);
        if finding.claims.is_empty() {
            return self.of_rules_alone(finding, world, group);
        }
        finding
    }

    /// A conflict that needs no claim is one of the rulebook.
    fn of_rules_alone(&self, finding: Finding, world: &World, group: &[Minimal]) -> Finding {
        let places: BTreeSet<usize> =
            group.iter().flat_map(|minimal| instances(world, minimal)).map(|(place, _)| place).collect();
        let checks = places.into_iter().filter_map(|place| self.checks.get(place)?.rule());
        Finding { severity: finding.severity, reasons: finding.reasons, ..soundness::contradiction(checks) }
    }

    /// The rules of a conflict, each once.
    fn rules(&self, world: &World, minimal: &Minimal) -> Vec<String> {
        let makers = self.makers(world, &minimal.members).into_iter().map(|(_, maker)| maker.by);
        let all = instances(world, minimal).into_iter().chain(makers).map(|id| self.rule(id));
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

    /// The claims that a conflict stands on: those that bound its figures, those that own its instances
    /// (a change, a list, a date told against the publication), and those that entail a condition.
    pub(super) fn claims(&self, world: &World, minimal: &Minimal) -> Vec<FactId> {
        self.claims_of(world, &minimal.members, &|one, place| self.floors(one, minimal, place))
    }

    /// The same for any ingredients; `floors` tells the claims of lists that an instance on one point
    /// stands on.
    pub(super) fn claims_of(
        &self,
        world: &World,
        members: &[usize],
        floors: &dyn Fn(&Grounded, usize) -> Vec<FactId>,
    ) -> Vec<FactId> {
        let mut claims = Vec::new();
        for place in members {
            match world.owners.get(*place) {
                Some(Owner::Said(facts)) => claims.extend(facts.iter().copied()),
                Some(Owner::Instance((check, nth))) => {
                    let Some(one) = self.grounded.get(*check).and_then(|all| all.get(*nth)) else { continue };
                    // What is compared on one point speaks for itself, but for lists that it falls below.
                    if self.checks.get(*check).is_some_and(|check| relates_points(check.as_ref())) {
                        claims.extend(self.owners(one));
                    } else {
                        claims.extend(floors(one, *place));
                    }
                    let condition = one.condition.iter().flat_map(Constraint::vars);
                    let entails = condition.filter_map(|var| one.variables.get(var.0 as usize));
                    claims.extend(entails.flat_map(|variable| self.context.facts(*variable)));
                }
                _ => {}
            }
        }
        claims.extend(
            self.makers(world, members).into_iter().flat_map(|(_, maker)| maker.claims.iter().copied()),
        );
        claims.sort_unstable();
        claims.dedup();
        claims
    }

    /// The claim that an instance is, and those that it counts itself; the others bound figures that
    /// anybody may bound.
    fn owners(&self, one: &Grounded) -> impl Iterator<Item = FactId> {
        let base = self.context.base;
        let is_shared = |fact: FactId| {
            let has_figure = base.fact(fact).statement.reading().is_some();
            let shared = one.variables.contains(&Variable::Value(base.fact(fact).point));
            has_figure && shared && !self.context.is_addend(fact)
        };
        let first = one.owners.first().copied();
        one.owners.iter().copied().filter(move |fact| Some(*fact) == first || !is_shared(*fact))
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

/// Whether a check speaks of several points: duplicates and bounds compare claims of one, which these claims say again.
pub(super) fn relates_points(check: &dyn Check) -> bool {
    !super::judging::comes_first(check)
}

fn instances(world: &World, minimal: &Minimal) -> Vec<InstanceId> {
    let of = |place: &usize| match world.owners.get(*place) {
        Some(Owner::Instance(id)) => Some(*id),
        _ => None,
    };
    minimal.members.iter().filter_map(of).collect()
}
