//! Minimal conflicts: sets of ingredients that cannot all hold, while without any one they could.
//!
//! # Source
//! U. Junker, "QuickXplain: Preferred Explanations and Relaxations for Over-Constrained
//! Problems", AAAI 2004. R. Reiter, "A Theory of Diagnosis from First Principles", Artificial
//! Intelligence 32, 1987.

use std::collections::BTreeSet;

use crate::constraint::{Constraint, Problem, Role, Var};
use crate::solve::decide::{Oracle, Witness, decide};
use crate::solve::{Conflict, Decision, Flaw, Limit, Limits};

/// How far to look for conflicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Conflicts to find at most.
    pub conflicts: usize,
    /// Steps of propagation and of the simplex, over all questions that this takes.
    pub steps: usize,
    /// Members of a conflict beyond which no other is looked for: nobody reads two long chains that end
    /// in one figure.
    pub members: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self { conflicts: 10, steps: 4_000_000, members: 40 }
    }
}

/// A conflict, and whether it is known to be minimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimal {
    /// The conflict, proved from its members and the background alone.
    pub conflict: Conflict,
    /// The ingredients that it needs, beside the background, in ascending order.
    pub members: Vec<usize>,
    /// Whether without any one of them the others are known to be possible.
    pub minimal: bool,
}

/// The conflicts among some ingredients.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflicts {
    /// Different ones, in the order in which they were found, which only the problem decides.
    pub found: Vec<Minimal>,
    /// Whether these are all; otherwise there are at least these.
    pub complete: bool,
    /// A limit that left a question open on the way.
    pub limit: Option<Limit>,
    /// A proof that did not verify: a bug of ours.
    pub flaw: Option<Flaw>,
}

/// The minimal conflicts among the active ingredients, up to as many as `effort` says.
///
/// `order` ranks the ingredients, the most trusted first: the others are dropped from a conflict
/// only while all that are trusted more are taken for granted, so that it names few of the
/// doubtful ones and what they truly disagree with. What is not in `order` comes last. The
/// background is never named.
#[must_use]
pub fn conflicts(
    problem: &Problem,
    active: &[usize],
    order: &[usize],
    limits: &Limits,
    effort: &Effort,
) -> Conflicts {
    let oracle = Oracle::new(problem, active, limits, effort.steps);
    let result = Conflicts { complete: true, ..Conflicts::default() };
    let possible = BTreeSet::new();
    let mut tree = Tree { oracle, active, order, limits, most: effort.conflicts, possible, result };
    let mut waiting = vec![(BTreeSet::new(), None)];
    let mut seen = BTreeSet::new();
    while let Some((parent, member)) = waiting.pop() {
        match tree.branch(&parent, member) {
            Node::Possible => {}
            Node::Stop => break,
            // The first member is taken out first.
            Node::Conflict(members) if members.len() > effort.members => {
                tree.result.complete = false;
                break;
            }
            Node::Conflict(members) => {
                let removed = with(&parent, member);
                let new = |next: &usize| seen.insert(with(&removed, Some(*next)));
                let next = members.into_iter().rev().filter(new);
                waiting.extend(next.map(|next| (removed.clone(), Some(next))));
            }
        }
    }
    tree.result
}

fn with(removed: &BTreeSet<usize>, member: Option<usize>) -> BTreeSet<usize> {
    removed.iter().copied().chain(member).collect()
}

/// The tree of sets that hit every conflict: a node is what has been taken out, and its branches
/// are the members of a conflict of the rest.
struct Tree<'p> {
    oracle: Oracle<'p>,
    active: &'p [usize],
    order: &'p [usize],
    limits: &'p Limits,
    most: usize,
    /// What is known to be enough to take out.
    possible: BTreeSet<BTreeSet<usize>>,
    result: Conflicts,
}

enum Node {
    /// A conflict of what is left.
    Conflict(Vec<usize>),
    /// None, or none that could be found.
    Possible,
    /// Enough.
    Stop,
}

impl Tree<'_> {
    /// What is left when a member of a conflict goes too.
    fn branch(&mut self, parent: &BTreeSet<usize>, member: Option<usize>) -> Node {
        let removed = with(parent, member);
        if self.possible.contains(&removed) {
            return Node::Possible;
        }
        let known = self.result.found.iter().find(|found| removed.is_disjoint(&set(&found.members)));
        if let Some(known) = known {
            return Node::Conflict(known.members.clone());
        }
        let rest: Vec<usize> = self.active.iter().copied().filter(|place| !removed.contains(place)).collect();
        // The effort bounds what is asked beside the one question whether there is any conflict.
        let answer = if self.result.found.is_empty() && removed.is_empty() {
            decide(self.oracle.problem, &rest, self.limits)
        } else {
            self.oracle.ask(&rest)
        };
        match answer {
            Decision::Feasible(witness) => {
                self.spread(parent, member, &witness);
                Node::Possible
            }
            Decision::Infeasible(conflict) => self.found(&rest, conflict),
            Decision::Undecided(limit) => {
                self.result.complete = false;
                self.result.limit = Some(limit);
                if limit == Limit::Effort { Node::Stop } else { Node::Possible }
            }
            Decision::Unproved(flaw) => {
                self.result.complete = false;
                self.result.flaw = Some(flaw);
                Node::Stop
            }
        }
    }

    /// Notes the other members that could have gone instead.
    fn spread(&mut self, parent: &BTreeSet<usize>, member: Option<usize>, witness: &Witness) {
        let Some(member) = member else { return };
        let rest: Vec<usize> = self.active.iter().copied().filter(|place| !parent.contains(place)).collect();
        let others = self.oracle.transitions(&rest, member, witness);
        self.possible.extend(others.into_iter().map(|other| with(parent, Some(other))));
    }

    fn found(&mut self, rest: &[usize], conflict: Conflict) -> Node {
        if self.result.found.len() >= self.most {
            self.result.complete = false;
            return Node::Stop;
        }
        let minimal = minimise(&mut self.oracle, rest, conflict, self.order);
        let members = minimal.members.clone();
        self.result.complete &= minimal.minimal;
        self.result.found.push(minimal);
        Node::Conflict(members)
    }
}

/// Drops from a conflict what it does not need; see [`conflicts`] for `order`. When the effort is
/// used up, it stays as it is.
pub(super) fn minimise(
    oracle: &mut Oracle<'_>,
    active: &[usize],
    conflict: Conflict,
    order: &[usize],
) -> Minimal {
    let background = background(oracle.problem, active, &conflict);
    let mut explain = Explain { oracle, open: false, last: conflict };
    let candidates = ranked(explain.named(), order);
    let all = candidates.len() > FEW && explain.are_all_needed(&background, &candidates);
    let mut members = if all { candidates } else { explain.needed(&background, true, &candidates) };
    members.sort_unstable();
    // The proof from these alone. Should it fail, the last conflict found still is one.
    if !explain.refutes(&joined(&background, &members)) {
        explain.open = true;
    }
    let members = explain.named();
    Minimal { conflict: explain.last, members, minimal: !explain.open }
}

/// So few members are soon asked about one by one.
const FEW: usize = 3;

/// The state of a minimisation.
struct Explain<'o, 'p> {
    oracle: &'o mut Oracle<'p>,
    /// Whether a question was left open.
    open: bool,
    /// The last conflict found.
    last: Conflict,
}

impl Explain<'_, '_> {
    /// What of `candidates` is needed for a conflict with `base`. `grown` says that `base` has
    /// more than when it was last found possible.
    fn needed(&mut self, base: &[usize], grown: bool, candidates: &[usize]) -> Vec<usize> {
        if grown && self.refutes(base) {
            return Vec::new();
        }
        if candidates.len() <= 1 {
            return candidates.to_vec();
        }
        let (trusted, doubtful) = candidates.split_at(candidates.len() / 2);
        let needed_doubtful = self.needed(&joined(base, trusted), true, doubtful);
        let with_doubtful = joined(base, &needed_doubtful);
        let mut needed = self.needed(&with_doubtful, !needed_doubtful.is_empty(), trusted);
        needed.extend(needed_doubtful);
        needed
    }

    /// Whether without any one of the candidates the others are possible: long chains nearly always need
    /// each of their links, and one answer tells that of many.
    fn are_all_needed(&mut self, base: &[usize], candidates: &[usize]) -> bool {
        let all = joined(base, candidates);
        let mut known = BTreeSet::new();
        candidates.iter().all(|candidate| {
            if known.contains(candidate) {
                return true;
            }
            let rest: Vec<usize> = all.iter().copied().filter(|place| place != candidate).collect();
            let Decision::Feasible(witness) = self.oracle.ask(&rest) else { return false };
            known.extend(self.oracle.transitions(&all, *candidate, &witness));
            true
        })
    }

    fn refutes(&mut self, active: &[usize]) -> bool {
        match self.oracle.ask(active) {
            Decision::Infeasible(conflict) => {
                self.last = conflict;
                true
            }
            Decision::Feasible(_) => false,
            Decision::Undecided(_) | Decision::Unproved(_) => {
                self.open = true;
                false
            }
        }
    }

    /// The members of the last conflict beside the background.
    fn named(&self) -> Vec<usize> {
        let members = self.last.members().into_iter();
        members.filter(|place| !is_background(self.oracle.problem, *place)).collect()
    }
}

fn joined(some: &[usize], more: &[usize]) -> Vec<usize> {
    some.iter().chain(more).copied().collect()
}

/// The members in the order of trust.
fn ranked(members: Vec<usize>, order: &[usize]) -> Vec<usize> {
    let members: BTreeSet<usize> = members.into_iter().collect();
    let trusted: Vec<usize> = order.iter().copied().filter(|place| members.contains(place)).collect();
    let named = set(&trusted);
    trusted.into_iter().chain(members.into_iter().filter(|place| !named.contains(place))).collect()
}

fn set(members: &[usize]) -> BTreeSet<usize> {
    members.iter().copied().collect()
}

fn is_background(problem: &Problem, place: usize) -> bool {
    problem.ingredients.get(place).is_some_and(|ingredient| ingredient.role == Role::Background)
}

/// The active background that the conflict can touch: what speaks of its variables, or of the
/// variables of such background.
fn background(problem: &Problem, active: &[usize], conflict: &Conflict) -> Vec<usize> {
    let vars_of = |place: &usize| {
        let ingredient = problem.ingredients.get(*place);
        ingredient.into_iter().flat_map(|found| found.constraints.iter().flat_map(Constraint::vars))
    };
    let all = active.iter().copied().filter(|place| is_background(problem, *place));
    let mut outside: Vec<usize> = all.collect();
    let mut inside = Vec::new();
    let members = conflict.members();
    let mut reached: BTreeSet<Var> = members.iter().flat_map(vars_of).collect();
    loop {
        let touched =
            |place: &usize| members.contains(place) || vars_of(place).any(|var| reached.contains(&var));
        let (near, far): (Vec<usize>, Vec<usize>) = outside.into_iter().partition(touched);
        if near.is_empty() {
            return inside;
        }
        reached.extend(near.iter().flat_map(vars_of));
        inside.extend(near);
        outside = far;
    }
}
