//! [`localise`]: the lightest sets of claims that must change for the rest to be possible.
//!
//! Every such set hits every conflict, and conflicts are found as they are needed: the lightest
//! set that hits the known ones is tried; what is then still impossible gives another conflict.
//! Claims that no conflict joins are told apart, so that ten independent errors are ten short
//! lists, not one long one of all their combinations.
//!
//! # Source
//! I. Fellegi and D. Holt, "A Systematic Approach to Automatic Edit and Imputation", Journal of
//! the American Statistical Association 71(353), 1976; by implicit hitting sets, as in J. Davies
//! and F. Bacchus, "Solving MAXSAT by Solving a Sequence of Simpler SAT Instances", CP 2011.

use std::collections::{BTreeMap, BTreeSet};

use crate::constraint::{Problem, Role};
use crate::solve::decide::Oracle;
use crate::solve::hitting::{Hitting, lightest};
use crate::solve::minimise::minimise;
use crate::solve::{Conflict, Decision, Flaw, Limit, Limits};

/// How far to look for repairs; what is left of it serves the next question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
    /// Steps of propagation and of the simplex, over all questions that this takes.
    pub steps: usize,
    /// Looks at a known conflict in the search for sets that hit all of them.
    pub looks: usize,
    /// Sets to list for one part at most.
    pub optima: usize,
}

impl Default for Search {
    fn default() -> Self {
        Self { steps: 20_000_000, looks: 2_000_000, optima: 100 }
    }
}

/// What must change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Localisation {
    /// Nothing: everything can hold.
    Possible,
    /// One set of each part, all parts together.
    Repairs(Repairs),
    /// No claim is to blame: rules and background contradict each other.
    Hopeless(Box<Conflict>),
    /// A limit was reached first.
    Undecided(Limit),
    /// A proof did not verify: a bug of ours.
    Unproved(Flaw),
}

/// The lightest repairs. A choice of one set in each part is one, and all of them are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    /// Parts that no conflict joins, ordered by their first claim.
    pub parts: Vec<Part>,
    /// Whether each part lists all of its sets, and they are known to be the lightest.
    pub complete: bool,
}

/// Claims that conflicts join.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The weight of each set.
    pub weight: u64,
    /// Sets of claims, each in ascending order, in ascending order.
    pub sets: Vec<Vec<usize>>,
}

impl Repairs {
    /// How many repairs there are, if the parts list all of theirs; at most `u64::MAX`.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.parts.iter().fold(1, |product, part| {
            product.saturating_mul(u64::try_from(part.sets.len()).unwrap_or(u64::MAX))
        })
    }

    /// Every claim that some repair changes.
    #[must_use]
    pub fn suspects(&self) -> BTreeSet<usize> {
        self.parts.iter().flat_map(|part| part.sets.iter().flatten().copied()).collect()
    }
}

/// Finds the lightest sets of claims among the active ingredients without which the others can
/// hold. Rules and background always stay.
///
/// # Example
/// ```
/// use mizan::constraint::{Ingredient, Linear, Problem, Var};
/// use mizan::quantity::Number;
/// use mizan::solve::localise::Search;
/// use mizan::solve::{Limits, Localisation, localise};
///
/// // two origins say 19, one says 18
/// let says = |n: i64, weight| {
///     let row = Linear::equal([(Number::ONE, Var(0))], Number::from(n));
///     Ingredient::claim([row.into()], weight)
/// };
/// let problem = Problem { integral: vec![true], ingredients: vec![says(19, 2), says(18, 1)] };
/// let found = localise(&problem, &[0, 1], &Limits::default(), &mut Search::default());
/// let Localisation::Repairs(repairs) = found else { panic!() };
/// assert_eq!(repairs.parts[0].sets, [[1]]);
/// ```
#[must_use]
pub fn localise(problem: &Problem, active: &[usize], limits: &Limits, search: &mut Search) -> Localisation {
    let mut localiser = Localiser {
        oracle: Oracle::new(problem, active, limits, search.steps),
        active,
        search,
        conflicts: Vec::new(),
        possible: BTreeSet::new(),
        open: None,
    };
    let found = localiser.run();
    localiser.search.steps = localiser.oracle.effort;
    match found {
        Ok(repairs) if repairs.parts.is_empty() => Localisation::Possible,
        Ok(repairs) => Localisation::Repairs(repairs),
        Err(stop) => stop,
    }
}

struct Localiser<'p> {
    oracle: Oracle<'p>,
    active: &'p [usize],
    search: &'p mut Search,
    /// The claims of the known conflicts.
    conflicts: Vec<BTreeSet<usize>>,
    /// Sets of claims without which the others are known to be possible.
    possible: BTreeSet<BTreeSet<usize>>,
    /// A limit that left it open whether some set would do.
    open: Option<Limit>,
}

impl Localiser<'_> {
    fn run(&mut self) -> Result<Repairs, Localisation> {
        self.collect()?;
        loop {
            let parts = parts(&self.conflicts);
            let mut hittings = Vec::with_capacity(parts.len());
            for part in &parts {
                hittings.push(lightest_of(part, self.oracle.problem, self.search)?);
            }
            let known = self.conflicts.len();
            for choice in choices(&hittings) {
                let mut new = self.conflicts.iter().skip(known);
                // What a conflict found on the way rules out is not asked about.
                if self.possible.contains(&choice) || new.any(|conflict| conflict.is_disjoint(&choice)) {
                    continue;
                }
                match self.conflict_without(&choice) {
                    Ok(Some(conflict)) => self.conflicts.push(conflict),
                    Ok(None) => drop(self.possible.insert(choice)),
                    Err(Localisation::Undecided(limit)) if limit != Limit::Effort => {
                        self.open = Some(limit);
                    }
                    Err(stop) => return Err(stop),
                }
            }
            if self.conflicts.len() == known {
                return self.known(hittings);
            }
        }
    }

    /// The repairs; where a limit left some of them open, those that are known to be possible.
    fn known(&self, hittings: Vec<Hitting>) -> Result<Repairs, Localisation> {
        let Some(limit) = self.open else { return Ok(repairs(hittings)) };
        let within = |set: &Vec<usize>| {
            let is_in = |choice: &BTreeSet<usize>| set.iter().all(|claim| choice.contains(claim));
            self.possible.iter().any(is_in)
        };
        let mut repairs = repairs(hittings);
        repairs.parts.iter_mut().for_each(|part| part.sets.retain(within));
        repairs.complete = false;
        if repairs.parts.iter().any(|part| part.sets.is_empty()) {
            return Err(Localisation::Undecided(limit));
        }
        Ok(repairs)
    }

    /// Conflicts that share no claim, as many as come.
    fn collect(&mut self) -> Result<(), Localisation> {
        let mut removed = BTreeSet::new();
        loop {
            match self.conflict_without(&removed) {
                Ok(Some(claims)) => {
                    removed.extend(claims.iter().copied());
                    self.conflicts.push(claims);
                }
                // With many claims taken out little bounds the others: that is no answer to anything.
                Err(Localisation::Undecided(limit)) if limit != Limit::Effort && !removed.is_empty() => {
                    return Ok(());
                }
                Ok(None) => return Ok(()),
                Err(stop) => return Err(stop),
            }
        }
    }

    /// The claims of a conflict that is left without the removed ones.
    fn conflict_without(
        &mut self,
        removed: &BTreeSet<usize>,
    ) -> Result<Option<BTreeSet<usize>>, Localisation> {
        let rest = remaining(self.oracle.problem, self.active, removed);
        match self.oracle.ask(&rest) {
            Decision::Feasible(_) => Ok(None),
            Decision::Undecided(limit) => Err(Localisation::Undecided(limit)),
            Decision::Unproved(flaw) => Err(Localisation::Unproved(flaw)),
            Decision::Infeasible(conflict) => {
                let conflict = self.smaller(&rest, conflict);
                let is_claim = |place: &usize| weight(self.oracle.problem, *place) > 0;
                let members = conflict.members();
                let needs = members.iter().flat_map(|place| needs(self.oracle.problem, *place));
                let claims: BTreeSet<usize> = members.iter().chain(needs).copied().filter(is_claim).collect();
                if claims.is_empty() {
                    return Err(Localisation::Hopeless(Box::new(conflict)));
                }
                Ok(Some(claims))
            }
        }
    }

    fn smaller(&mut self, rest: &[usize], conflict: Conflict) -> Conflict {
        if conflict.members().len() > MINIMISED {
            return conflict;
        }
        minimise(&mut self.oracle, rest, conflict, &[]).conflict
    }
}

/// The lightest sets of claims that hit every conflict of a part.
fn lightest_of(
    part: &[&BTreeSet<usize>],
    problem: &Problem,
    search: &mut Search,
) -> Result<Hitting, Localisation> {
    let weight = |claim| weight(problem, claim);
    lightest(part, &weight, search.optima, &mut search.looks).ok_or(Localisation::Undecided(Limit::Effort))
}

/// Larger conflicts are left as they are: what they name too much only costs another round.
const MINIMISED: usize = 30;

/// What is left when claims are taken out: not what needs one of them either.
#[must_use]
pub fn remaining(problem: &Problem, active: &[usize], removed: &BTreeSet<usize>) -> Vec<usize> {
    let gone = |place: &usize| removed.contains(place);
    let stays = |place: &usize| !gone(place) && !needs(problem, *place).iter().any(gone);
    active.iter().copied().filter(stays).collect()
}

fn needs(problem: &Problem, place: usize) -> &[usize] {
    problem.ingredients.get(place).map_or(&[], |ingredient| ingredient.needs.as_slice())
}

/// The weight of a claim, at least 1; 0 for anything else.
fn weight(problem: &Problem, place: usize) -> u64 {
    match problem.ingredients.get(place).map(|ingredient| ingredient.role) {
        Some(Role::Claim { weight }) => weight.max(1),
        _ => 0,
    }
}

/// The first set of each part together, then each other set with the first ones of other parts.
fn choices(hittings: &[Hitting]) -> Vec<BTreeSet<usize>> {
    let first: Vec<&[usize]> =
        hittings.iter().map(|hitting| hitting.sets.first().map_or(&[][..], Vec::as_slice)).collect();
    let together = |sets: &[&[usize]]| sets.iter().flat_map(|set| set.iter().copied()).collect();
    let mut choices = vec![together(&first)];
    for (place, hitting) in hittings.iter().enumerate() {
        for set in hitting.sets.iter().skip(1) {
            let mut sets = first.clone();
            if let Some(slot) = sets.get_mut(place) {
                *slot = set;
            }
            choices.push(together(&sets));
        }
    }
    choices
}

fn repairs(hittings: Vec<Hitting>) -> Repairs {
    let complete = hittings.iter().all(|hitting| hitting.complete);
    let parts = hittings.into_iter().map(|hitting| Part { weight: hitting.weight, sets: hitting.sets });
    Repairs { parts: parts.collect(), complete }
}

/// The conflicts in groups that share no claim, ordered by their first claim.
fn parts(conflicts: &[BTreeSet<usize>]) -> Vec<Vec<&BTreeSet<usize>>> {
    let mut groups: Vec<(BTreeSet<usize>, Vec<&BTreeSet<usize>>)> = Vec::new();
    for conflict in conflicts {
        let (touching, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(claims, _)| !claims.is_disjoint(conflict));
        groups = apart;
        let mut joined = (conflict.clone(), Vec::new());
        for (claims, members) in touching {
            joined.0.extend(claims);
            joined.1.extend(members);
        }
        joined.1.push(conflict);
        groups.push(joined);
    }
    let by_first: BTreeMap<Option<usize>, Vec<&BTreeSet<usize>>> =
        groups.into_iter().map(|(claims, members)| (claims.first().copied(), members)).collect();
    by_first.into_values().collect()
}
