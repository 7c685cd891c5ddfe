//! What a variable can be, against enumeration.

use proptest::prelude::*;

use super::{HIGH, LOW, all_hold, bounds, boxed, choices, config, constraint, linear_over, n};
use crate::constraint::{Constraint, Ingredient, Problem, Var};
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
            let bounds = crate::constraint::Linear::bounds_of(Var(0), values);
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
