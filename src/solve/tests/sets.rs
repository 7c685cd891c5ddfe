//! Minimal conflicts and lightest repairs against enumeration of all subsets.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{bounds, config, linear_over, n};
use crate::constraint::{Ingredient, Linear, Problem, Role, Var};
use crate::quantity::Interval;
use crate::solve::localise::Search;
use crate::solve::rotate::{Neighbours, transitions};
use crate::solve::{Decision, Effort, Limits, Localisation, conflicts, decide, localise, verify};

const VARS: u32 = 3;

/// Background boxes, then claims and rules, seven at most.
fn problem() -> impl Strategy<Value = Problem> {
    let claim = (0..VARS, -3_i64..=4, 0_i64..3, 1_u64..4).prop_map(|(var, low, width, weight)| {
        let values = Interval::closed(n(low), n(low + width));
        let bounds = Linear::bounds_of(Var(var), &values).map(Into::into);
        Ingredient::claim(bounds, weight)
    });
    let rule = linear_over(VARS).prop_map(|linear| Ingredient::rule([linear.into()]));
    let claims = prop::collection::vec(claim, 1..6);
    let rules = prop::collection::vec(rule, 0..3);
    (bounds(VARS), claims, rules).prop_map(|(bounds, claims, rules)| {
        let boxes = (0..).map(Var).zip(bounds).map(|(var, (low, high))| {
            let values = Interval::closed(n(low), n(high));
            let bounds = Linear::bounds_of(var, &values).map(Into::into);
            Ingredient::background(bounds)
        });
        let ingredients = boxes.chain(claims).chain(rules).collect();
        Problem { integral: vec![true; VARS as usize], ingredients }
    })
}

/// For each ingredient, which choices of values it allows.
fn allowed(problem: &Problem) -> Vec<Vec<bool>> {
    let choices = super::choices(&[(super::LOW, super::HIGH); VARS as usize]);
    let holds = |ingredient: &Ingredient| {
        choices.iter().map(|choice| super::all_hold(&ingredient.constraints, choice)).collect()
    };
    problem.ingredients.iter().map(holds).collect()
}

fn possible(allowed: &[Vec<bool>], active: &BTreeSet<usize>) -> bool {
    (0..allowed[0].len()).any(|choice| active.iter().all(|place| allowed[*place][choice]))
}

/// Every set of what is not background, small ones first.
fn subsets(problem: &Problem, only_claims: bool) -> Vec<BTreeSet<usize>> {
    let named: Vec<usize> = (0..problem.ingredients.len())
        .filter(|place| match problem.ingredients[*place].role {
            Role::Background => false,
            Role::Rule => !only_claims,
            Role::Claim { .. } => true,
        })
        .collect();
    let subset = |mask: usize| {
        named.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, place)| *place).collect()
    };
    let mut subsets: Vec<BTreeSet<usize>> = (0..1_usize << named.len()).map(subset).collect();
    subsets.sort_by_key(BTreeSet::len);
    subsets
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn conflicts_are_all_the_minimal_ones(problem in problem()) {
        let allowed = allowed(&problem);
        let background: BTreeSet<usize> = (0..VARS as usize).collect();
        let mut expected: Vec<BTreeSet<usize>> = Vec::new();
        for subset in subsets(&problem, false) {
            let covered = expected.iter().any(|smaller| smaller.is_subset(&subset));
            if !covered && !possible(&allowed, &subset.union(&background).copied().collect()) {
                expected.push(subset);
            }
        }
        let active: Vec<usize> = (0..problem.ingredients.len()).collect();
        let effort = Effort { conflicts: 1_000, steps: usize::MAX, members: usize::MAX };
        let found = conflicts(&problem, &active, &[], &Limits::default(), &effort);
        prop_assert!(found.complete);
        for minimal in &found.found {
            prop_assert_eq!(verify(&minimal.conflict.certificate), Ok(()));
        }
        let members = |minimal: &crate::solve::Minimal| minimal.members.iter().copied().collect();
        let found: BTreeSet<BTreeSet<usize>> = found.found.iter().map(members).collect();
        prop_assert_eq!(found, expected.into_iter().collect::<BTreeSet<_>>());
    }

    #[test]
    fn without_a_transition_the_others_are_possible(problem in problem()) {
        let allowed = allowed(&problem);
        let active: Vec<usize> = (0..problem.ingredients.len()).collect();
        let without = |place: usize| active.iter().copied().filter(move |other| *other != place);
        for missing in (0..active.len()).skip(VARS as usize) {
            let rest: Vec<usize> = without(missing).collect();
            let Decision::Feasible(witness) = decide(&problem, &rest, &Limits::default()) else { continue };
            for found in transitions(&problem, &Neighbours::new(&problem, &active), &active, missing, &witness).0 {
                prop_assert!(possible(&allowed, &without(found).collect()), "{found} from {missing}");
            }
        }
    }

    #[test]
    fn repairs_are_all_the_lightest_ones(problem in problem()) {
        let allowed = allowed(&problem);
        let all: BTreeSet<usize> = (0..problem.ingredients.len()).collect();
        let weigh = |set: &BTreeSet<usize>| set.iter().map(|place| {
            match problem.ingredients[*place].role {
                Role::Claim { weight } => weight,
                _ => 0,
            }
        }).sum::<u64>();
        let cures = |set: &BTreeSet<usize>| possible(&allowed, &all.difference(set).copied().collect());
        let cures: Vec<BTreeSet<usize>> =
            subsets(&problem, true).into_iter().filter(cures).collect();
        let active: Vec<usize> = (0..problem.ingredients.len()).collect();
        let mut search = crate::solve::localise::Search::default();
        match localise(&problem, &active, &Limits::default(), &mut search) {
            Localisation::Possible => prop_assert!(cures.contains(&BTreeSet::new())),
            Localisation::Hopeless(conflict) => {
                prop_assert!(cures.is_empty());
                prop_assert_eq!(verify(&conflict.certificate), Ok(()));
            }
            Localisation::Repairs(repairs) => {
                let least = cures.iter().map(weigh).min();
                let lightest = cures.into_iter().filter(|set| Some(weigh(set)) == least);
                let combined = repairs.parts.iter().fold(vec![BTreeSet::new()], |sets, part| {
                    let more = |set: &BTreeSet<usize>| part.sets.iter().map(|some| {
                        set.iter().chain(some).copied().collect::<BTreeSet<usize>>()
                    }).collect::<Vec<_>>();
                    sets.iter().flat_map(more).collect()
                });
                prop_assert!(repairs.complete);
                prop_assert_eq!(
                    combined.into_iter().collect::<BTreeSet<_>>(),
                    lightest.collect::<BTreeSet<_>>()
                );
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

/// `x0 = 1, x0 ≤ x1 ≤ … ≤ x9, x9 = 0`: whichever is missing, one answer shows that each may be.
#[test]
fn every_link_of_a_chain_is_a_transition() {
    const LINKS: u32 = 9;
    let is = |var: u32, value: i64| Linear::equal([(n(1), Var(var))], n(value)).into();
    let link = |var: u32| Linear::at_most([(n(1), Var(var)), (n(-1), Var(var + 1))], n(0)).into();
    let claims = [is(0, 1), is(LINKS, 0)].map(|row| Ingredient::claim([row], 1));
    let rules = (0..LINKS).map(|var| Ingredient::rule([link(var)]));
    let ingredients: Vec<Ingredient> = claims.into_iter().chain(rules).collect();
    let all: Vec<usize> = (0..ingredients.len()).collect();
    let problem = Problem { integral: vec![true; LINKS as usize + 1], ingredients };
    for missing in all.clone() {
        let rest: Vec<usize> = all.iter().copied().filter(|place| *place != missing).collect();
        let Decision::Feasible(witness) = decide(&problem, &rest, &Limits::default()) else { panic!() };
        let found = transitions(&problem, &Neighbours::new(&problem, &all), &all, missing, &witness).0;
        assert_eq!(found, all.iter().copied().collect(), "from {missing}");
    }
}

/// Two claims on one count, and shares of it that only large counts have: without both, whole numbers
/// are searched in vain; without one, they are not.
#[test]
fn a_set_that_cannot_be_decided_hides_no_other() {
    let [before, now, part] = [Var(0), Var(1), Var(2)];
    let row = |terms: [(i64, Var); 2]| {
        let terms = terms.map(|(factor, var)| (n(factor), var));
        Linear::at_most(terms, n(0)).into()
    };
    let says = |value: i64| Ingredient::claim([Linear::equal([(n(1), before)], n(value)).into()], 1);
    let ratio = |of: Var, to: Var, low: i64, high: i64| {
        let bounds = Linear::greater([(n(1), of)], &n(0)).into();
        Ingredient::claim([row([(low, of), (-100_000, to)]), row([(100_000, to), (-high, of)]), bounds], 1)
    };
    let ingredients = vec![
        says(6_540),
        says(65_480),
        ratio(before, now, 111_250, 111_350),
        ratio(now, part, 99_985, 99_995),
    ];
    let problem = Problem { integral: vec![true; 3], ingredients };
    let found = localise(&problem, &[0, 1, 2, 3], &Limits::default(), &mut Search::default());
    let Localisation::Repairs(repairs) = found else { panic!("{found:?}") };
    assert_eq!(repairs.parts[0].sets, [[0], [1]]);
}
