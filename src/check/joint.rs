//! What several instances say together: conflicts that no single one shows (MZ210).

use std::collections::BTreeSet;

use super::JointCounts;
use super::derive::{Derivation, Step, derive, name, values};
use super::judging::Judged;
use super::policy::Policy;
use super::problem::{InstanceId, Owner, Pass, World};
use super::settle::unsettled;
use super::{repair, soundness};
use crate::checks::{Check, Context, Grounded, JOINT, Variable, words};
use crate::constraint::{Constraint, Ingredient, Role};
use crate::fact::{FactId, Statement};
use crate::finding::{Finding, Reason, Severity};
use crate::quantity::{Interval, Number};
use crate::solve::{self, Conflicts, Decision, Effort, Limits, Minimal};
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

/// How often a search that was cut goes on without what it has named.
const MOST_ROUNDS: usize = 20;

/// Why a search for smallest sets ended before its end.
#[derive(Clone, Copy)]
enum Cut {
    /// As many as were asked for were found.
    Enough,
    /// A limit was reached between two of them.
    Limit,
    /// A limit was reached within one: it may name more than it needs.
    NotMinimal,
}

impl Cut {
    fn of(found: &Conflicts) -> Self {
        match (found.found.iter().all(|set| set.minimal), found.limit) {
            (false, _) => Self::NotMinimal,
            (true, Some(_)) => Self::Limit,
            (true, None) => Self::Enough,
        }
    }

    fn tell(self, sets: usize) -> String {
        let sets = words::count(sets, "set of claims", "sets of claims");
        match self {
            Self::Enough => format!("at least {sets} cannot all hold; `--max-conflicts` looks for more"),
            Self::Limit => format!("at least {sets} cannot all hold; the search for more was cut"),
            Self::NotMinimal => {
                format!("at least {sets} cannot all hold; not minimised further: fewer claims may do")
            }
        }
    }
}

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

    fn reasoning(&self, pass: Pass) -> Vec<(InstanceId, &Grounded)> {
        let mut all = Vec::new();
        for (place, (check, instances)) in self.checks.iter().zip(self.grounded).enumerate() {
            if self.policy.level(check.as_ref()) == Severity::Note || !reasons(check.as_ref()) {
                continue;
            }
            let one = |(nth, one)| ((place, nth), one);
            let takes_part = |(id, one): &(InstanceId, &Grounded)| {
                self.judged.takes_part(*id, !one.condition.is_empty(), pass == Pass::Strong)
            };
            all.extend(instances.iter().enumerate().map(one).filter(takes_part));
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

    /// Finds the conflicts of what fails. Where a search was cut, it goes on without the claims that it
    /// has named: an error that stands apart from the others must be told, however many those are.
    fn explain(&self, mut failing: Vec<InstanceId>, pass: Pass, aside: &BTreeSet<FactId>, joint: &mut Joint) {
        let mut aside = aside.clone();
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
            for group in self.groups(&world, found.found) {
                let mut finding = self.finding(&world, &component, &group, pass);
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
    fn ordered(&self, pass: Pass, instances: &[InstanceId], aside: &BTreeSet<FactId>) -> World {
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
            finding.reasons.push(Reason { claims, steps, assumptions, certificate });
        }
        let levels = group.iter().flat_map(|minimal| instances(world, minimal)).map(|(place, _)| {
            self.checks.get(place).map_or(Severity::Error, |check| self.policy.level(check.as_ref()))
        });
        let weakest = levels.min().unwrap_or(Severity::Error);
        let strength = if pass == Pass::Strong { Severity::Error } else { Severity::Warning };
        finding.severity = strength.min(weakest);
        if finding.claims.is_empty() {
            return self.of_rules_alone(finding, world, group);
        }
        finding.help = repair::proposals(self, world, component, group, &finding.claims);
        if finding.help.is_empty() {
            finding.help.push("one of the figures named here, or one of the rules, must give way".into());
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
            let rules: Vec<String> =
                instances(world, minimal).into_iter().map(|id| words::code(&self.rule(id))).collect();
            let names: Vec<String> = rules.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
            let rules = if names.len() == 1 { "rule" } else { "rules" };
            let (claims, rules) = (self.named(world, minimal), format!("{rules} {}", words::list(&names)));
            return (format!("{claims} cannot hold together with the {rules}"), steps);
        };
        let about = name(self.context, world, clash.var);
        let gap = words::difference(&clash.is, &clash.must).filter(|_| is_number(world, clash.var));
        let gap = gap.map(|gap| format!(": {gap}")).unwrap_or_default();
        let (is, must) = (values(world, clash.var, &clash.is), values(world, clash.var, &clash.must));
        steps.push(format!("{about}: {is} is told, {must} follows{gap}"));
        (format!("{about} is {is}, but by the other figures together it must be {must}{gap}"), steps)
    }

    /// The claims of a conflict with what they say, or how many they are.
    fn named(&self, world: &World, minimal: &Minimal) -> String {
        /// More make no sentence.
        const MOST: usize = 4;
        let claims = self.claims(world, minimal);
        if claims.len() > MOST {
            return words::count(claims.len(), "claim", "claims");
        }
        let told = claims.iter().map(|fact| {
            let about = words::point(self.context, self.context.base.fact(*fact).point);
            format!("{about} ({})", words::said(self.context, *fact))
        });
        words::list(&told.collect::<Vec<_>>())
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

    /// The steps in words: what an instance says of each figure in the end, all that it said before
    /// taken together, and years only where they are days.
    pub(super) fn steps(&self, world: &World, steps: &[Step]) -> Vec<String> {
        let shared = steps.iter().enumerate().filter(|(_, step)| world.shared(step.output).is_some());
        let told = shared.filter_map(|(at, step)| {
            let same = |other: &&Step| other.by == step.by && other.output == step.output;
            if steps.iter().skip(at + 1).any(|later| same(&later)) {
                return None;
            }
            let sets = steps.iter().take(at + 1).filter(same).map(|one| &one.set);
            let set = sets.fold(Interval::all(), |all, one| all.intersect(one));
            let step = Step { set: if set.is_empty() { step.set.clone() } else { set }, ..step.clone() };
            Some(self.step(world, &step))
        });
        told.collect()
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
