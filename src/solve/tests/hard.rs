//! Input that a naive engine chokes on, and the limits that keep it bounded.

use super::n;
use crate::constraint::{Constraint, Ingredient, Linear, Problem, Var, days_of};
use crate::quantity::{Interval, Number};
use crate::solve::localise::Search;
use crate::solve::{
    Decision, Effort, Instance, Limit, Limits, Localisation, Variable, Verdict, conflicts, decide, judge,
    localise,
};

fn problem(integral: bool, vars: usize, constraints: Vec<Constraint>) -> Problem {
    let ingredients = constraints.into_iter().map(|one| Ingredient::claim([one], 1)).collect();
    Problem { integral: vec![integral; vars], ingredients }
}

fn all(problem: &Problem) -> Vec<usize> {
    (0..problem.ingredients.len()).collect()
}

fn decided(problem: &Problem) -> Decision {
    decide(problem, &all(problem), &Limits::default())
}

/// `left·x + right·y ≤ bound`
fn two(left: i64, x: u32, right: i64, y: u32, bound: i64) -> Constraint {
    Linear::at_most([(n(left), Var(x)), (n(right), Var(y))], n(bound)).into()
}

fn within(var: u32, low: i64, high: i64) -> Vec<Constraint> {
    let bounds = Linear::bounds_of(Var(var), &Interval::closed(n(low), n(high)));
    bounds.into_iter().map(Constraint::Linear).collect()
}

/// Known numbers are put in before a common divisor is looked for, whichever way they are known.
#[test]
fn a_common_divisor_of_the_unknowns_forbids_an_odd_difference() {
    let row = |bound: i64| {
        Linear::equal([(n(2), Var(0)), (n(-2), Var(1)), (n(-1), Var(2)), (n(3), Var(3))], n(bound)).into()
    };
    let fixed = |var: u32, value: i64| Linear::equal([(n(1), Var(var))], n(value)).into();
    for (z, infeasible) in [(1, true), (3, true), (2, false)] {
        let exact = problem(true, 4, vec![row(0), fixed(2, z), fixed(3, 2)]);
        assert_eq!(decided(&exact).is_infeasible(), infeasible, "{z}");
        let mut between = vec![row(0), fixed(3, 2)];
        between.extend([two(2, 2, 0, 3, 2 * z + 1), two(-2, 2, 0, 3, 1 - 2 * z)]);
        assert_eq!(decided(&problem(true, 4, between)).is_infeasible(), infeasible, "{z}");
    }
}

#[test]
fn a_slow_cycle_is_left_to_the_simplex() {
    // x ≤ y − 1 and y ≤ x − 1 narrow by one at a time, a thousand million times
    let mut constraints = vec![two(1, 0, -1, 1, -1), two(1, 1, -1, 0, -1)];
    constraints.extend(within(0, 0, 1_000_000_000));
    constraints.extend(within(1, 0, 1_000_000_000));
    assert!(decided(&problem(true, 2, constraints.clone())).is_infeasible());
    assert!(decided(&problem(false, 2, constraints)).is_infeasible());
}

#[test]
fn parity_needs_no_bounds() {
    let odd = Linear::equal([(n(2), Var(0)), (n(-2), Var(1))], n(1));
    assert!(decided(&problem(true, 2, vec![odd.clone().into()])).is_infeasible());
    assert!(matches!(decided(&problem(false, 2, vec![odd.into()])), Decision::Feasible(_)));
}

#[test]
fn common_divisors_tighten_inequalities() {
    // 3x − 3y between 1 and 2
    let constraints = vec![two(3, 0, -3, 1, 2), two(-3, 0, 3, 1, -1)];
    assert!(decided(&problem(true, 2, constraints)).is_infeasible());
    let skew = vec![two(4, 0, -6, 1, 3), two(-4, 0, 6, 1, -1), two(-1, 0, 0, 1, 0)];
    match decided(&problem(true, 2, skew)) {
        Decision::Feasible(witness) => {
            let [x, y] = [0, 1].map(|var| witness.get(Var(var)).unwrap().clone());
            assert_eq!(&(n(4) * x) - &(n(6) * y), n(2));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn whole_numbers_take_splits_up_to_a_limit() {
    // 39 addends make 39,273 at most, 40 make 40,040 at least; rationals do not mind
    let terms = [(n(1001), Var(0)), (n(1003), Var(1)), (n(1007), Var(2))];
    let mut constraints = vec![Linear::equal(terms, n(39_500)).into()];
    (0..3).for_each(|var| constraints.extend(within(var, 0, 20)));
    let problem = problem(true, 3, constraints);
    let tight = Limits { splits: 3, ..Limits::default() };
    assert_eq!(decide(&problem, &all(&problem), &tight), Decision::Undecided(Limit::Splits));
    assert!(decided(&problem).is_infeasible());
}

#[test]
fn numbers_of_fifty_digits_are_exact() {
    let huge = Number::parse(&"7".repeat(50)).unwrap();
    let sum = |off: i64| {
        let terms = [(huge.clone(), Var(0)), (huge.clone(), Var(1))];
        Linear::equal(terms, &(&huge * &n(3)) + &n(off))
    };
    let with = |off| {
        let mut constraints = vec![sum(off).into()];
        constraints.extend(within(0, 1, 1));
        constraints.extend(within(1, 2, 2));
        decided(&problem(true, 2, constraints))
    };
    assert!(matches!(with(0), Decision::Feasible(_)));
    assert!(with(1).is_infeasible());
}

#[test]
fn growing_numbers_stop_at_a_limit() {
    // x grows by 1.02 a link: the exact value after 10,000 links has 20,000 digits
    let factor = Number::ratio(102, 100).unwrap();
    let link =
        |var: u32| Linear::equal([(factor.clone(), Var(var)), (n(-1), Var(var + 1))], Number::ZERO).into();
    let mut constraints: Vec<Constraint> = (0..10_000).map(link).collect();
    constraints.extend(within(0, 1, 1));
    constraints.extend(within(10_000, 0, 5));
    let decision = decided(&problem(false, 10_001, constraints));
    assert!(decision.is_infeasible() || matches!(decision, Decision::Undecided(_)));
}

#[test]
fn a_long_chain_is_one_conflict() {
    let length = 20_000;
    let step = |var: u32| Linear::equal([(n(1), Var(var)), (n(-1), Var(var + 1))], n(-1)).into();
    let mut constraints: Vec<Constraint> = (0..length).map(step).collect();
    constraints.extend(within(0, 0, 0));
    let problem = |end: i64| {
        let mut constraints = constraints.clone();
        constraints.extend(within(length, end, end));
        problem(true, length as usize + 1, constraints)
    };
    assert!(matches!(decided(&problem(20_000)), Decision::Feasible(_)));
    let Decision::Infeasible(conflict) = decided(&problem(19_999)) else { panic!() };
    assert_eq!(conflict.members().len(), length as usize + 2);
}

#[test]
fn twenty_independent_errors_are_twenty_parts() {
    let mut constraints = Vec::new();
    for var in 0..20 {
        constraints.extend(within(var, 1, 1));
        constraints.extend(within(var, 2, 2));
        // … in one component
        constraints.push(two(1, var, -1, (var + 1) % 20, 100));
    }
    let problem = problem(true, 20, constraints);
    let Localisation::Repairs(repairs) =
        localise(&problem, &all(&problem), &Limits::default(), &mut Search::default())
    else {
        panic!()
    };
    assert_eq!((repairs.parts.len(), repairs.count(), repairs.complete), (20, 1 << 20, true));
    let effort = Effort { conflicts: 5, ..Effort::default() };
    let found = conflicts(&problem, &all(&problem), &[], &Limits::default(), &effort);
    assert_eq!((found.found.len(), found.complete), (5, false));
    assert!(found.found.iter().all(|minimal| minimal.minimal && minimal.members.len() == 2));
}

#[test]
fn fewer_independent_conflicts_are_all_listed() {
    let constraints = [within(0, 1, 1), within(0, 2, 2), within(1, 1, 1), within(1, 3, 3)].concat();
    let problem = problem(true, 2, constraints);
    let found = conflicts(&problem, &all(&problem), &[], &Limits::default(), &Effort::default());
    assert_eq!((found.found.len(), found.complete), (2, true));
}

/// 80 fields chained by 40 balances, 8 of them wrong, some next to each other.
#[test]
fn a_record_of_eighty_fields_is_localised() {
    let mut values = vec![1_000_000_000_000_000_000_i64];
    for balance in 0..40 {
        let added = 37 + balance * 7_919 % 1_000;
        let total = values[values.len() - 1] + added;
        values.extend([added, total]);
    }
    for wrong in [1, 4, 6, 19, 33, 34, 50, 77] {
        values[wrong] += 100_000 + i64::try_from(wrong).unwrap();
    }
    let mut ingredients: Vec<Ingredient> = (0..)
        .zip(&values)
        .map(|(var, value)| Ingredient::claim([Linear::equal([(n(1), Var(var))], n(*value)).into()], 1))
        .collect();
    ingredients.extend((0..40).map(|balance| {
        let [before, added, after] = [2 * balance, 2 * balance + 1, 2 * balance + 2].map(Var);
        Ingredient::rule([Linear::equal([(n(1), before), (n(1), added), (n(-1), after)], n(0)).into()])
    }));
    let problem = Problem { integral: vec![true; values.len()], ingredients };
    let mut search = Search { steps: 2_000_000, ..Search::default() };
    let Localisation::Repairs(repairs) = localise(&problem, &all(&problem), &Limits::default(), &mut search)
    else {
        panic!()
    };
    assert!(repairs.complete);
    assert!(repairs.parts.iter().map(|part| part.weight).sum::<u64>() <= 8);
}

#[test]
fn empty_sets_contradict_by_themselves() {
    let empty = Variable::free(Interval::empty(), false);
    let judged = |vars: Vec<Variable>| {
        judge(&Instance { vars: vars.iter().collect(), strong: &[], weak: &[] }, &Limits::default())
    };
    assert!(matches!(judged(vec![empty]), Verdict::Contradiction(_)));
    let between = Interval::closed(Number::ratio(1, 3).unwrap(), Number::ratio(2, 3).unwrap());
    assert!(matches!(judged(vec![Variable::free(between.clone(), true)]), Verdict::Contradiction(_)));
    assert_eq!(judged(vec![Variable::free(between, false)]), Verdict::Holds);
    let softless = Variable::new(Interval::all(), Interval::empty(), false);
    assert_eq!(judged(vec![softless.clone()]), Verdict::Holds, "no constraint, nothing to break");
    let zero = [Linear::equal([(n(1), Var(0))], n(0)).into()];
    let tension = Instance { vars: vec![&softless], strong: &zero, weak: &[] };
    assert!(matches!(judge(&tension, &Limits::default()), Verdict::Tension(_)));
}

#[test]
fn one_number_is_not_two_products_whatever_these_are() {
    let product = |left, right| Constraint::Product { left: Var(left), right: Var(right), product: Var(4) };
    let any = Variable::free(Interval::all(), false);
    let judged = |rows: &[Constraint]| {
        judge(&Instance { vars: vec![&any; 5], strong: rows, weak: &[] }, &Limits::default())
    };
    assert_eq!(judged(&[product(0, 1)]), Verdict::Holds, "it is the product that a rule introduced");
    assert_ne!(judged(&[product(0, 1), product(2, 3)]), Verdict::Holds);
}

/// Two quotients of which one may be at most three times the other.
#[test]
fn a_count_behind_a_quotient_is_found_before_anything_is_derived() {
    let product = |left, right, product| Constraint::Product {
        left: Var(left),
        right: Var(right),
        product: Var(product),
    };
    let counts = [(0, 745_283), (1, 2_098_139), (3, 867_042), (4, 19_722_041)];
    for open in 0..counts.len() {
        let mut rows = vec![product(2, 1, 0), product(5, 4, 3), two(-3, 2, 1, 5, 0), two(1, 2, -3, 5, 0)];
        for (place, (var, count)) in counts.into_iter().enumerate() {
            let set = if place == open { Interval::at_least(n(0)) } else { Interval::point(n(count)) };
            rows.extend(Linear::bounds_of(Var(var), &set).map(Constraint::Linear));
        }
        let integral = vec![true, true, false, true, true, false];
        let problem = Problem { integral, ingredients: vec![Ingredient::background(rows)] };
        let limits = Limits { steps: 0, ..Limits::default() };
        assert!(matches!(decide(&problem, &[0], &limits), Decision::Feasible(_)), "without {open}");
    }
}

fn year(day: u32, year: u32) -> Constraint {
    Constraint::Year { day: Var(day), year: Var(year) }
}

#[test]
fn days_and_years_bound_each_other() {
    let (first, last) = days_of(&n(2024)).unwrap();
    let days = Interval::closed(first.clone(), last.clone());
    let at = |var, values: &Interval| {
        Linear::bounds_of(Var(var), values).map(Constraint::Linear).collect::<Vec<_>>()
    };
    let with = |day: &Interval, years: &Interval| {
        decided(&problem(true, 2, [vec![year(0, 1)], at(0, day), at(1, years)].concat()))
    };
    let known = |year| Interval::point(n(year));
    assert!(matches!(with(&days, &known(2024)), Decision::Feasible(_)));
    assert!(with(&days, &known(2025)).is_infeasible());
    assert!(with(&Interval::point(last), &known(2023)).is_infeasible());
    assert!(with(&Interval::above(first), &Interval::below(n(2024))).is_infeasible());
    assert!(matches!(with(&Interval::all(), &known(2024)), Decision::Feasible(_)));
    assert!(matches!(with(&days, &Interval::all()), Decision::Feasible(_)));
    assert!(matches!(with(&Interval::closed(n(0), n(4_000_000)), &known(9_999)), Decision::Feasible(_)));
}

#[test]
fn an_edition_a_year_dates_an_article() {
    // year(day) = year; edition = year − 1956; edition is 69, told in an article of 2024 or later,
    // before the 70th of 2026
    let chain = |edition: i64, latest: i64| {
        let (first, _) = days_of(&n(2024)).unwrap();
        let (_, last) = days_of(&n(latest)).unwrap();
        let days = Linear::bounds_of(Var(0), &Interval::closed(first, last));
        let mut constraints: Vec<Constraint> = days.into_iter().map(Constraint::Linear).collect();
        constraints.push(year(0, 1));
        constraints.push(Linear::equal([(n(1), Var(1)), (n(-1), Var(2))], n(1956)).into());
        constraints.extend(within(2, edition, edition));
        decided(&problem(true, 3, constraints))
    };
    let Decision::Feasible(witness) = chain(69, 2026) else { panic!() };
    assert_eq!(witness.get(Var(1)), Some(&n(2025)));
    let Decision::Infeasible(conflict) = chain(67, 2026) else { panic!() };
    assert_eq!(conflict.members().len(), 4);
}
