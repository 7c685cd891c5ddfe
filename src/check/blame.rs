//! Which claims are to blame: of everything that errors join, the lightest sets of claims without which
//! all else can hold, and what they would have to say instead.
//!
//! The advice of one instance knows nothing of the others: in `a = b` either may change, until a third
//! figure that agrees with `a` says that it is `b`. Here all rules and claims of a group have a say.
//!
//! # Source
//! I. Fellegi and D. Holt, "A Systematic Approach to Automatic Edit and Imputation", Journal of the
//! American Statistical Association 71(353), 1976.

mod change;
mod number;
mod repeated;
mod woken;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use petgraph::unionfind::UnionFind;

use super::factors::factorised;
use super::joint::Run;
use super::problem::{InstanceId, Owner, Pass, World};
use super::sealed;
use crate::checks::{JOINT, resolve};
use crate::constraint::{Constraint, Ingredient, Problem, Var};
use crate::fact::FactId;
use crate::finding::{Change, Finding, Repair, Severity};
use crate::quantity::Interval;
use crate::solve::localise::{Search, remaining};
use crate::solve::{self, Instance, Limit, Limits, Localisation, Verdict};

/// Larger groups of claims, taken apart as far as may be, get no advice of this kind, and are told so, as are
/// those that cost too much.
const MOST_INGREDIENTS: usize = 5_000;
const TOO_LARGE: &str =
    "too many claims and rules hang together to weigh them all: advice on this finding looks at it alone";
/// How often what is to be changed may reach beyond a part of a large group.
const MOST_ROUNDS: usize = 5;
/// The most sets of one part for which values are looked for.
const MOST_VALUED: usize = 40;

/// Replaces what single checks propose against errors by what the whole corpus leaves possible, and
/// says what would resolve joint tensions; `aside` are the claims that these leave out.
pub(super) fn advise(run: &Run<'_, '_>, aside: &BTreeSet<FactId>, findings: &mut [Finding]) {
    weigh(run, findings, &is_error, &|accused| run.everything(accused));
    weigh(run, findings, &is_joint_tension, &|_| run.each_claim_in(Pass::Weak, aside));
    for one in findings.iter_mut().filter(|one| one.code == JOINT && one.repairs.is_empty()) {
        one.help.push("one of the figures named here, or one of the rules, must give way".into());
    }
}

/// Weighs the claims that some findings name, in a world that has one ingredient for each.
fn weigh(
    run: &Run<'_, '_>,
    findings: &mut [Finding],
    concerned: &dyn Fn(&Finding) -> bool,
    world: &dyn Fn(&BTreeSet<FactId>) -> World,
) {
    let accused: BTreeSet<FactId> =
        findings.iter().filter(|one| concerned(one)).flat_map(|one| one.claims.iter().copied()).collect();
    if accused.is_empty() {
        return;
    }
    let world = world(&accused);
    let mut budget = Budget::default();
    let mut factors = Vec::new();
    let mut too_large = BTreeSet::new();
    for component in run.joined_by_conditions(&world, solve::components(&world.problem)) {
        match run.factors(&world, &component, &accused, &mut budget) {
            Some(found) => factors.extend(found),
            None => too_large.extend(said(&world, &component)),
        }
    }
    let sleeping = run.sleeping();
    for finding in findings.iter_mut().filter(|one| concerned(one)) {
        let own: BTreeSet<FactId> = finding.claims.iter().copied().collect();
        let concerns =
            |factor: &&Vec<Repair>| factor.iter().flat_map(claims).any(|claim| own.contains(&claim));
        let repairs =
            factors.iter().filter(concerns).fold(vec![Repair::default()], |all, factor| both(&all, factor));
        if repairs.iter().any(|repair| !repair.changes.is_empty()) {
            finding.repairs = run.without_waking(&sleeping, repairs);
            // What the figures give stands in the advice now.
            finding.help.retain(|line| !own.iter().any(|claim| is_given(run, *claim, line)));
        } else if own.iter().any(|claim| too_large.contains(claim)) {
            finding.help.push(TOO_LARGE.into());
        }
    }
}

/// What may be spent on all groups together: a rule that fails everywhere makes every group hard.
struct Budget {
    steps: usize,
    looks: usize,
}

impl Default for Budget {
    /// Enough for a few of the hardest groups.
    fn default() -> Self {
        const HARDEST: usize = 4;
        let Search { steps, looks, .. } = Search::default();
        Self { steps: HARDEST * steps, looks: HARDEST * looks }
    }
}

impl Budget {
    /// The share of the next group: enough for an easy one, whatever the others have cost.
    fn share(&self) -> Search {
        const EASY: usize = 100;
        let Search { steps, looks, optima } = Search::default();
        Search {
            steps: self.steps.clamp(steps / EASY, steps),
            looks: self.looks.clamp(looks / EASY, looks),
            optima,
        }
    }

    /// Takes what a group did not leave of its share.
    fn spend(&mut self, share: Search, left: Search) {
        self.steps = self.steps.saturating_sub(share.steps - left.steps);
        self.looks = self.looks.saturating_sub(share.looks - left.looks);
    }
}

fn is_given(run: &Run<'_, '_>, claim: FactId, line: &str) -> bool {
    let given = resolve::given(run.context, claim);
    given.is_some_and(|given| line.ends_with(given.trim_start_matches('+')))
}

/// The claims of a group.
fn said(world: &World, group: &[usize]) -> impl Iterator<Item = FactId> {
    let said = group.iter().filter_map(|place| match world.owners.get(*place)? {
        Owner::Said(facts) => Some(facts.iter().copied()),
        _ => None,
    });
    said.flatten()
}

/// Each of some repairs with each of others, up to a number of them.
fn both(some: &[Repair], others: &[Repair]) -> Vec<Repair> {
    const MOST: usize = 100;
    let with = |one: &Repair, other: &Repair| Repair {
        changes: one.changes.iter().chain(&other.changes).cloned().collect(),
    };
    some.iter().flat_map(|one| others.iter().map(move |other| with(one, other))).take(MOST).collect()
}

/// An error about values, with its proof.
fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error && finding.reasons.iter().any(|reason| reason.certificate.is_some())
}

fn is_joint_tension(finding: &Finding) -> bool {
    finding.code == JOINT && !is_error(finding)
}

fn claims(repair: &Repair) -> impl Iterator<Item = FactId> {
    repair.changes.iter().flat_map(|change| change.claims.iter().copied())
}

/// A group of claims, rules and domains as a problem in which each claim is one thing to blame, with
/// all that it says: its figure, its list, its change.
struct Blame<'a, 'b> {
    run: &'a Run<'a, 'b>,
    world: &'a World,
    problem: Problem,
    /// The first ingredients: what is claimed.
    bundles: Vec<Bundle>,
    /// For each ingredient in force the rule that it is an instance of, if it is one.
    rules: Vec<Option<InstanceId>>,
}

/// All that one claim says; or several, where only their sum counts.
#[derive(Default)]
struct Bundle {
    facts: Vec<FactId>,
    /// What it weighs by its figures.
    weight: Option<u64>,
    /// What it says of figures, each by itself.
    said: Vec<Constraint>,
    /// What it says of several: its list, its change.
    related: Vec<Constraint>,
    /// The place of an ingredient, not in force, that has only the latter.
    alone: Option<usize>,
    /// Whether its claims repeat each other: all of them change, or none.
    repeated: bool,
}

/// The bundles of a group in the order of the names of their claims.
type Bundles = BTreeMap<(Vec<String>, Vec<FactId>), Bundle>;

impl<'a, 'b> Blame<'a, 'b> {
    /// None for a group without accused claims.
    fn new(
        run: &'a Run<'a, 'b>,
        world: &'a World,
        component: &[usize],
        accused: &BTreeSet<FactId>,
    ) -> Option<Self> {
        let mut bundles = Bundles::new();
        let mut rules = Vec::new();
        let mut domains = Vec::new();
        for place in component {
            let ingredient = world.problem.ingredients.get(*place)?;
            let rows = ingredient.constraints.iter().cloned();
            match world.owners.get(*place)? {
                Owner::Said(facts) if !facts.is_empty() => {
                    let bundle = run.bundle(facts, &mut bundles);
                    bundle.said.extend(rows);
                    bundle.weight = bundle.weight.max(Some(ingredient.weight()));
                }
                Owner::Instance(id) => match run.author(*id) {
                    Some(claim) => run.bundle(&[claim], &mut bundles).related.extend(rows),
                    None => rules.push((run.canonical(*id), *id, ingredient)),
                },
                _ => domains.push(ingredient.clone()),
            }
        }
        let mut is_accused = bundles.values().flat_map(|bundle| &bundle.facts);
        if !is_accused.any(|fact| accused.contains(fact)) {
            return None;
        }
        rules.sort_by(|(left, ..), (right, ..)| left.cmp(right));
        let rules = rules.into_iter().map(|(_, id, ingredient)| (id, ingredient)).collect();
        Some(Self::of(run, world, run.merged(bundles), rules, domains))
    }

    /// Claims first, then rules, then domains; what is not in force last.
    fn of(
        run: &'a Run<'a, 'b>,
        world: &'a World,
        mut bundles: Vec<Bundle>,
        instances: Vec<(InstanceId, &Ingredient)>,
        domains: Vec<Ingredient>,
    ) -> Self {
        let single = |(at, bundle): (usize, &Bundle)| match bundle.facts.as_slice() {
            [fact] => Some((*fact, at)),
            _ => None,
        };
        let places: HashMap<FactId, usize> = bundles.iter().enumerate().filter_map(single).collect();
        let claim = |bundle: &Bundle| {
            // A claim that tells no figure of its own weighs as one that nobody repeats.
            let alone = || run.context.share(bundle.facts.first().copied(), 1);
            let weight = bundle.weight.unwrap_or_else(alone);
            Ingredient::claim(bundle.said.iter().chain(&bundle.related).cloned(), weight)
        };
        let mut ingredients: Vec<Ingredient> = bundles.iter().map(claim).collect();
        let mut rules = vec![None; ingredients.len()];
        for (id, ingredient) in instances {
            let needs = run.entailing(id).iter().filter_map(|fact| places.get(fact).copied()).collect();
            ingredients.push(ingredient.clone().needing(needs));
            rules.push(Some(id));
        }
        ingredients.extend(domains);
        rules.resize(ingredients.len(), None);
        for bundle in bundles.iter_mut().filter(|bundle| !bundle.related.is_empty()) {
            bundle.alone = Some(ingredients.len());
            ingredients.push(Ingredient::rule(bundle.related.iter().cloned()));
        }
        let problem = Problem { integral: world.problem.integral.clone(), ingredients };
        Self { run, world, problem, bundles, rules }
    }

    fn all(&self) -> Vec<usize> {
        (0..self.rules.len()).collect()
    }

    fn linear(&self) -> Vec<usize> {
        let ingredients = self.problem.ingredients.iter().take(self.rules.len()).enumerate();
        let is_product = |row: &Constraint| matches!(row, Constraint::Product { .. });
        let linear = ingredients.filter(|(_, one)| !one.constraints.iter().any(is_product));
        linear.map(|(place, _)| place).collect()
    }

    /// The lightest repairs: one of each factor, all factors together. None when the budget does not
    /// reach that far.
    fn factors(&self, budget: &mut Budget) -> Option<Vec<Vec<Repair>>> {
        let mut localised = |active: &[usize]| {
            let share = budget.share();
            let mut left = share;
            let found = solve::localise(&self.problem, active, &Limits::default(), &mut left);
            budget.spend(share, left);
            found
        };
        let (all, linear) = (self.all(), self.linear());
        let mut found = localised(&all);
        // Products may be too hard to decide; what is linear still has a say.
        if !matches!(found, Localisation::Repairs(_)) && linear.len() < all.len() {
            found = localised(&linear);
        }
        let repairs = match found {
            Localisation::Repairs(repairs) => repairs,
            Localisation::Undecided(Limit::Effort) => return None,
            _ => return Some(Vec::new()),
        };
        let factors: Vec<Vec<Vec<usize>>> =
            repairs.parts.iter().flat_map(|part| factorised(&part.sets)).collect();
        let chosen: Vec<Vec<usize>> = factors.iter().filter_map(|sets| sets.first().cloned()).collect();
        let others = |at: usize| {
            let apart = chosen.iter().enumerate().filter(move |(other, _)| *other != at);
            apart.flat_map(|(_, set)| set.iter().copied())
        };
        let valued = |(at, sets): (usize, &Vec<Vec<usize>>)| self.repairs(sets, &others(at).collect());
        Some(factors.iter().enumerate().map(valued).collect())
    }

    /// The sets of one factor, those first that a slip of the pen explains, then those with fewer
    /// origins behind them; `others` are the claims that change elsewhere.
    fn repairs(&self, sets: &[Vec<usize>], others: &BTreeSet<usize>) -> Vec<Repair> {
        let valued = sets.len() <= MOST_VALUED;
        let mut ranked: Vec<((bool, u64, usize), Repair)> = sets
            .iter()
            .enumerate()
            .map(|(at, set)| {
                let gone: BTreeSet<usize> = others.iter().chain(set).copied().collect();
                let rest = remaining(&self.problem, &self.all(), &gone);
                let changes: Vec<(bool, Change)> =
                    set.iter().map(|claim| self.change(*claim, &rest, valued)).collect();
                let slips = changes.iter().all(|(slip, _)| *slip);
                let bundles = set.iter().filter_map(|claim| self.bundles.get(*claim));
                let support = bundles.map(|bundle| self.run.context.support(&bundle.facts));
                let support = support.fold(0, u64::saturating_add);
                let changes = changes.into_iter().map(|(_, change)| change).collect();
                ((!slips, support, at), Repair { changes })
            })
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, repair)| repair).collect()
    }
}

impl Run<'_, '_> {
    /// The lightest repairs of a group; a large one is taken apart, at figures that no repair changes.
    /// None when even its parts are too large or too hard.
    fn factors(
        &self,
        world: &World,
        group: &[usize],
        accused: &BTreeSet<FactId>,
        budget: &mut Budget,
    ) -> Option<Vec<Vec<Repair>>> {
        let mut of = |group: &[usize]| {
            let blame = Blame::new(self, world, group, accused);
            blame.map_or_else(|| Some(Vec::new()), |blame| blame.factors(budget))
        };
        if group.len() <= MOST_INGREDIENTS {
            return of(group);
        }
        let mut doubted = accused.clone();
        for _ in 0..MOST_ROUNDS {
            let mut parts = self.joined_by_conditions(world, sealed::parts(world, group, &doubted));
            parts.retain(|part| said(world, part).any(|claim| accused.contains(&claim)));
            for part in &mut parts {
                part.sort_unstable();
                part.dedup();
            }
            if parts.iter().any(|part| part.len() > MOST_INGREDIENTS) {
                return None;
            }
            let found: Option<Vec<_>> = parts.iter().map(|part| of(part)).collect();
            let factors: Vec<Vec<Repair>> = found?.into_iter().flatten().collect();
            let known = doubted.len();
            doubted.extend(factors.iter().flatten().flat_map(claims));
            if doubted.len() == known {
                return Some(factors);
            }
        }
        None
    }

    /// The bundle of some claims, new or known.
    fn bundle<'s>(&self, facts: &[FactId], bundles: &'s mut Bundles) -> &'s mut Bundle {
        let keys = facts.iter().map(|fact| self.context.base.fact(*fact).key.clone()).collect();
        let known = bundles.entry((keys, facts.to_vec()));
        known.or_insert_with(|| Bundle { facts: facts.to_vec(), ..Bundle::default() })
    }

    /// The claim that an instance is: a list, a change, a share, a date told against the publication.
    pub(super) fn author(&self, id: InstanceId) -> Option<FactId> {
        let is_built_in = self.checks.get(id.0).is_some_and(|check| check.rule().is_none());
        self.instance(id).filter(|_| is_built_in)?.owners.first().copied()
    }

    /// Groups of ingredients, joined where the condition of an instance in one stands on claims in others.
    fn joined_by_conditions(&self, world: &World, components: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        let mut of: HashMap<FactId, usize> = HashMap::new();
        let mut links = Vec::new();
        for (at, component) in components.iter().enumerate() {
            for place in component {
                match world.owners.get(*place) {
                    Some(Owner::Said(facts)) => of.extend(facts.iter().map(|fact| (*fact, at))),
                    Some(Owner::Instance(id)) => {
                        links.extend(self.entailing(*id).into_iter().map(|fact| (at, fact)));
                    }
                    _ => {}
                }
            }
        }
        let mut graph = UnionFind::<usize>::new(components.len());
        for (at, fact) in links {
            if let Some(other) = of.get(&fact) {
                graph.union(at, *other);
            }
        }
        let mut joined: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, component) in components.into_iter().enumerate() {
            joined.entry(graph.find_mut(at)).or_default().extend(component);
        }
        joined.into_values().collect()
    }

    /// The claims without any one of which the condition of an instance would not be entailed.
    fn entailing(&self, id: InstanceId) -> Vec<FactId> {
        let Some(one) = self.instance(id).filter(|one| !one.condition.is_empty()) else { return Vec::new() };
        let sets: Vec<_> = one.variables.iter().map(|variable| self.context.sets(*variable)).collect();
        let holds = |at: usize, hard: Interval| {
            let free = |(place, sets): (usize, &crate::checks::Sets)| {
                let hard = if place == at { hard.clone() } else { sets.hard.clone() };
                solve::Variable::free(hard, sets.integral)
            };
            let vars: Vec<solve::Variable> = sets.iter().enumerate().map(free).collect();
            let condition = Instance { vars: vars.iter().collect(), strong: &one.condition, weak: &[] };
            solve::judge(&condition, &Limits::default()) == Verdict::Holds
        };
        let mut needed = Vec::new();
        let vars: BTreeSet<Var> = one.condition.iter().flat_map(Constraint::vars).collect();
        for (at, variable) in
            vars.iter().filter_map(|var| Some((var.0 as usize, one.variables.get(var.0 as usize)?)))
        {
            let parts = self.context.contributions(*variable);
            for (nth, part) in parts.iter().enumerate() {
                let others = parts.iter().enumerate().filter(|(other, part)| *other != nth && !part.weak);
                let hard =
                    others.fold(self.context.domain(*variable).0, |set, (_, part)| set.intersect(&part.hard));
                if let ([fact], false) = (part.facts, holds(at, hard)) {
                    needed.push(*fact);
                }
            }
        }
        needed
    }
}
