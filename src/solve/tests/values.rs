//! What a variable can be, against enumeration.

use proptest::prelude::*;

use super::{HIGH, LOW, all_hold, bounds, boxed, choices, config, constraint, linear_over, n};
use crate::constraint::{Constraint, Ingredient, Linear, Problem, Var};
use crate::quantity::{End, Interval};
use crate::solve::{Decision, Limits, decide, project};

const VARS: u32 = 3;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whole_numbers_reach_their_ends(
        bounds in bounds(VARS),
        rules in prop::collection::vec(linear_over(VARS), 1..4),
    ) {
        let mut constraints = boxed(&bounds);
        constraints.extend(rules.into_iter().map(Constraint::Linear));
        let possible: Vec<i64> = choices(&bounds)
            .iter()
            .filter(|choice| all_hold(&constraints, choice))
            .map(|choice| choice[0])
            .collect();
        let ends = possible.iter().min().zip(possible.iter().max());
        let expected = ends.map_or_else(Interval::empty, |(low, high)| Interval::closed(n(*low), n(*high)));
        let problem = Problem {
            integral: vec![true; VARS as usize],
            ingredients: vec![Ingredient::background(constraints)],
        };
        let found = project(&problem, &[0], Var(0), &Limits::default()).unwrap();
        prop_assert!(found.exact);
        prop_assert_eq!(found.values, expected);
    }

    /// A closed end is a solution; beyond an end there is none.
    #[test]
    fn rationals_reach_their_ends(rules in prop::collection::vec(linear_over(VARS), 1..5)) {
        let rules: Vec<Constraint> = rules.into_iter().map(Constraint::Linear).collect();
        let with = |extra: Vec<Constraint>| {
            let constraints = rules.iter().cloned().chain(extra);
            let problem = Problem {
                integral: vec![false; VARS as usize],
                ingredients: vec![Ingredient::background(constraints)],
            };
            (decide(&problem, &[0], &Limits::default()), project(&problem, &[0], Var(0), &Limits::default()))
        };
        let (decision, found) = with(vec![]);
        let found = found.unwrap();
        prop_assert!(found.exact);
        prop_assert_eq!(found.values.is_empty(), decision.is_infeasible());
        if found.values.is_empty() {
            return Ok(());
        }
        let within = |values: &Interval| {
            let bounds = Linear::bounds_of(Var(0), values);
            with(bounds.into_iter().map(Constraint::Linear).collect()).0
        };
        for end in [found.values.lower(), found.values.upper()] {
            if let Some(value) = end.value() {
                let at_end = matches!(within(&Interval::point(value.clone())), Decision::Feasible(_));
                prop_assert_eq!(at_end, end.is_closed());
            }
        }
        let outside = |end: &End| match end {
            End::Unbounded => None,
            End::Closed(value) => Some(End::Open(value.clone())),
            End::Open(value) => Some(End::Closed(value.clone())),
        };
        if let Some(below) = outside(found.values.lower()) {
            prop_assert!(within(&Interval::new(End::Unbounded, below)).is_infeasible());
        }
        if let Some(above) = outside(found.values.upper()) {
            prop_assert!(within(&Interval::new(above, End::Unbounded)).is_infeasible());
        }
    }

    #[test]
    fn curved_constraints_lose_no_value(
        bounds in bounds(VARS),
        rules in prop::collection::vec(constraint(VARS), 1..4),
    ) {
        let mut constraints = boxed(&bounds);
        constraints.extend(rules);
        let problem = Problem {
            integral: vec![true; VARS as usize],
            ingredients: vec![Ingredient::background(constraints.clone())],
        };
        let found = project(&problem, &[0], Var(0), &Limits::default()).unwrap();
        prop_assert!(found.values.is_subset(&Interval::closed(n(LOW), n(HIGH))));
        for choice in choices(&bounds).iter().filter(|choice| all_hold(&constraints, choice)) {
            prop_assert!(found.values.contains(&n(choice[0])));
        }
    }
}

/// Two days, their years, and numbers beside them.
fn dated() -> impl Strategy<Value = Problem> {
    let around = 19_000_i64;
    let day_bounds =
        (0..2_u32, -800_i64..800, 0_i64..900, any::<bool>()).prop_map(move |(var, from, width, open)| {
            let (low, high) = (n(around + from), n(around + from + width));
            let values = if open { Interval::at_least(low) } else { Interval::closed(low, high) };
            (var, values)
        });
    let year_bounds = (2..4_u32, 2020_i64..2025, 0_i64..2)
        .prop_map(|(var, from, width)| (var, Interval::closed(n(from), n(from + width))));
    let other_bounds = (4..6_u32, -3_i64..3, 0_i64..4)
        .prop_map(|(var, from, width)| (var, Interval::closed(n(from), n(from + width))));
    let bounds =
        prop_oneof![3 => day_bounds, 1 => year_bounds, 2 => other_bounds].prop_map(|(var, values)| {
            let rows = Linear::bounds_of(Var(var), &values);
            rows.into_iter().map(Constraint::Linear).collect::<Vec<_>>()
        });
    let order = (0..2_u32, 0..2_u32, -400_i64..400).prop_map(|(left, right, gap)| {
        vec![Linear::at_most([(n(1), Var(left)), (n(-1), Var(right))], n(gap)).into()]
    });
    let ordinal =
        (2..4_u32, 4..6_u32, 2015_i64..2026, any::<bool>()).prop_map(|(year, number, base, equal)| {
            let terms = [(n(1), Var(year)), (n(-1), Var(number))];
            vec![if equal { Linear::equal(terms, n(base)) } else { Linear::at_most(terms, n(base)) }.into()]
        });
    let one = prop_oneof![3 => bounds, 1 => order, 2 => ordinal];
    prop::collection::vec(one, 1..9).prop_map(|parts| {
        let years = [0, 1].map(|day| Constraint::Year { day: Var(day), year: Var(day + 2) });
        let parts = parts.into_iter().map(|constraints| Ingredient::claim(constraints, 1));
        // Without any date at all, 20,000 years would be looked at one by one: that is a limit.
        let century = Interval::closed(n(0), n(36_525));
        let dated = [0, 1].map(|day| Linear::bounds_of(Var(day), &century).collect::<Vec<_>>()).concat();
        let dated = dated.into_iter().map(Constraint::Linear);
        let background = Ingredient::background(years.into_iter().chain(dated));
        let ingredients = [background].into_iter().chain(parts).collect();
        Problem { integral: vec![true, true, true, true, true, false], ingredients }
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_witness_lies_in_every_projection(problem in dated()) {
        let active: Vec<usize> = (0..problem.ingredients.len()).collect();
        let limits = Limits::default();
        let projections: Vec<_> = (0..6).map(|var| project(&problem, &active, Var(var), &limits).unwrap()).collect();
        match decide(&problem, &active, &limits) {
            Decision::Feasible(witness) => {
                for (var, found) in (0..).zip(projections) {
                    let value = witness.get(Var(var)).cloned().unwrap_or_default();
                    prop_assert!(found.values.contains(&value), "x{}: {:?} without {}", var, found, value);
                }
            }
            Decision::Infeasible(_) => prop_assert!(projections.iter().all(|found| found.values.is_empty())),
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
