//! The engine against brute force over small whole numbers.

mod hard;
mod sets;
mod values;

use proptest::prelude::*;

use crate::constraint::{Certificate, Constraint, Inference, Linear, Relation, Var};
use crate::quantity::{End, Interval, Number};
use crate::solve::search::{Outcome, solve};
use crate::solve::{Instance, Limits, Variable, Verdict, Work, judge, verify};

const VARS: u32 = 4;
const LOW: i64 = -3;
const HIGH: i64 = 4;

fn n(value: i64) -> Number {
    Number::from(value)
}

fn relation() -> impl Strategy<Value = Relation> {
    prop_oneof![Just(Relation::Equal), Just(Relation::AtMost), Just(Relation::Less)]
}

/// Up to three terms; coefficients and bounds are halves now and then.
fn linear() -> impl Strategy<Value = Linear> {
    linear_over(VARS)
}

fn linear_over(vars: u32) -> impl Strategy<Value = Linear> {
    let term = (-8_i64..=8, 0..vars);
    (prop::collection::vec(term, 1..=3), relation(), -20_i64..=20, 1_i64..=2).prop_map(
        |(terms, relation, bound, divisor)| {
            let part = |value| Number::ratio(value, divisor).unwrap();
            let terms = terms.into_iter().map(|(value, var)| (part(value), Var(var)));
            Linear::new(terms, relation, part(bound))
        },
    )
}

fn constraint(vars: u32) -> impl Strategy<Value = Constraint> {
    let var = move || (0..vars).prop_map(Var);
    prop_oneof![
        12 => linear_over(vars).prop_map(Constraint::Linear),
        1 => (var(), var(), var()).prop_map(|(left, right, product)| {
            Constraint::Product { left, right, product }
        }),
    ]
}

/// Open ends, closed ones and none.
fn ends() -> impl Strategy<Value = End> {
    let value = || (-6_i64..=6).prop_map(|halves| Number::ratio(halves, 2).unwrap());
    prop_oneof![Just(End::Unbounded), value().prop_map(End::Open), value().prop_map(End::Closed)]
}

fn boxed(bounds: &[(i64, i64)]) -> Vec<Constraint> {
    let intervals = bounds.iter().map(|(low, high)| Interval::closed(n(*low), n(*high)));
    (0..)
        .map(Var)
        .zip(intervals)
        .flat_map(|(var, values)| Linear::bounds_of(var, &values))
        .map(Constraint::Linear)
        .collect()
}

fn bounds(vars: u32) -> impl Strategy<Value = Vec<(i64, i64)>> {
    let pair = (LOW..=HIGH, LOW..=HIGH).prop_map(|(a, b)| (a.min(b), a.max(b)));
    prop::collection::vec(pair, vars as usize)
}

/// All choices of whole numbers within the bounds.
fn choices(bounds: &[(i64, i64)]) -> Vec<Vec<i64>> {
    bounds.iter().fold(vec![Vec::new()], |choices, (low, high)| {
        choices
            .iter()
            .flat_map(|choice| (*low..=*high).map(|value| choice.iter().copied().chain([value]).collect()))
            .collect()
    })
}

fn all_hold<'c>(constraints: impl IntoIterator<Item = &'c Constraint>, choice: &[i64]) -> bool {
    let value = |var: Var| n(choice[var.0 as usize]);
    constraints.into_iter().all(|constraint| constraint.holds_at(&value))
}

/// Certificates with one thing changed in the proof, or a constraint left out: none may verify.
fn broken_proofs(certificate: &Certificate) -> Vec<Certificate> {
    let mut mutants = Vec::new();
    let mut mutate = |change: &dyn Fn(&mut Certificate)| {
        let mut mutant = certificate.clone();
        change(&mut mutant);
        mutants.push(mutant);
    };
    for row in 0..certificate.constraints.len() {
        mutate(&|mutant| drop(mutant.constraints.remove(row)));
    }
    for place in 0..certificate.integral.len() {
        mutate(&|mutant| {
            mutant.integral.remove(place);
        });
    }
    for (place, step) in certificate.proof.steps.iter().enumerate() {
        mutate(&|mutant| drop(mutant.proof.steps.remove(place)));
        let Inference::Combine(parts) = &step.by else { continue };
        for part in 0..parts.len() {
            mutate(&|mutant| {
                if let Inference::Combine(parts) = &mut mutant.proof.steps[place].by {
                    parts[part].1 += &Number::ONE;
                }
            });
        }
    }
    mutants
}

/// Certificates with another bound or the opposite direction in one constraint: none may verify
/// whose constraints can hold.
fn changed_constraints(certificate: &Certificate) -> Vec<Certificate> {
    let mut mutants = Vec::new();
    for (row, constraint) in certificate.constraints.iter().enumerate() {
        let Constraint::Linear(linear) = constraint else { continue };
        let terms = || linear.terms().iter().cloned();
        let others = [
            Linear::new(terms(), linear.relation(), linear.bound() + &Number::ONE),
            Linear::at_most(terms(), linear.bound().clone()),
            Linear::at_least(terms(), linear.bound()),
        ];
        for other in others {
            let mut mutant = certificate.clone();
            mutant.constraints[row] = other.into();
            mutants.push(mutant);
        }
    }
    mutants
}

/// A thousand cases, or as many as `PROPTEST_CASES` says.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig { cases: default.cases.max(1_024), failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whole_numbers_agree_with_brute_force(
        bounds in bounds(VARS),
        rules in prop::collection::vec(constraint(VARS), 1..5),
    ) {
        let mut constraints = boxed(&bounds);
        constraints.extend(rules);
        let possible = choices(&bounds).iter().any(|choice| all_hold(&constraints, choice));
        match solve(&constraints, &[true; VARS as usize], &mut Work::new(&Limits::default())) {
            Outcome::Feasible(_) => prop_assert!(possible),
            Outcome::Infeasible(refutation) => {
                prop_assert!(!possible);
                prop_assert_eq!(verify(&refutation.certificate), Ok(()), "{:#?}", refutation);
                for mutant in broken_proofs(&refutation.certificate) {
                    prop_assert!(verify(&mutant).is_err(), "{:?}", mutant);
                }
                for mutant in changed_constraints(&refutation.certificate) {
                    let holds = |choice: &Vec<i64>| all_hold(&mutant.constraints, choice);
                    let possible = choices(&bounds).iter().any(holds);
                    prop_assert!(!possible || verify(&mutant).is_err(), "{:?}", mutant);
                }
            }
            Outcome::Limit(limit) => prop_assert!(false, "{}", limit),
        }
    }

    #[test]
    fn linear_systems_over_rationals_are_decided(
        rules in prop::collection::vec(linear(), 1..8),
        integral in prop::collection::vec(any::<bool>(), VARS as usize),
        bounds in bounds(VARS),
    ) {
        let whole = integral.iter().zip(&bounds).filter(|(whole, _)| **whole);
        let all_boxed: Vec<_> = whole.map(|(_, bounds)| *bounds).collect();
        let mut constraints: Vec<Constraint> = rules.into_iter().map(Constraint::Linear).collect();
        if !all_boxed.is_empty() {
            constraints.extend(boxed(&bounds));
        }
        match solve(&constraints, &integral, &mut Work::new(&Limits::default())) {
            Outcome::Feasible(values) => {
                let value = |var: Var| values[var.0 as usize].clone();
                prop_assert!(constraints.iter().all(|constraint| constraint.holds_at(&value)));
                let whole = integral.iter().zip(&values).filter(|(whole, _)| **whole);
                prop_assert!(whole.into_iter().all(|(_, value)| value.is_integer()));
            }
            Outcome::Infeasible(refutation) => {
                prop_assert_eq!(verify(&refutation.certificate), Ok(()));
            }
            Outcome::Limit(limit) => prop_assert!(false, "{}", limit),
        }
    }

    #[test]
    fn verdicts_mean_what_they_say(
        hard in bounds(VARS),
        wider in prop::collection::vec(0..3_u8, VARS as usize),
        shrink in prop::collection::vec((0_i64..3, 0_i64..3), VARS as usize),
        strong in prop::collection::vec(linear(), 0..3),
        weak in prop::collection::vec(linear(), 0..3),
    ) {
        let soft: Vec<_> = hard.iter().zip(&shrink).map(|((low, high), (up, down))| {
            ((low + up).min(*high), (high - down).max((low + up).min(*high)))
        }).collect();
        // Ends between whole numbers, and open ones at the next, leave the same whole numbers.
        let set = |(low, high): &(i64, i64), wider: u8| match wider {
            0 => Interval::closed(n(*low), n(*high)),
            1 => Interval::closed(&n(*low) - &Number::HALF, &n(*high) + &Number::HALF),
            _ => Interval::new(End::Open(n(low - 1)), End::Open(n(high + 1))),
        };
        let vars: Vec<Variable> = hard.iter().zip(&soft).zip(&wider).map(|((hard, soft), wider)| {
            Variable::new(set(hard, *wider), set(soft, *wider), true)
        }).collect();
        let strong: Vec<Constraint> = strong.into_iter().map(Constraint::Linear).collect();
        let weak: Vec<Constraint> = weak.into_iter().map(Constraint::Linear).collect();
        let both = || strong.iter().chain(&weak);
        let strongly = choices(&hard).iter().any(|choice| all_hold(&strong, choice));
        let softly = choices(&soft).iter().any(|choice| all_hold(both(), choice));
        let always = choices(&hard).iter().all(|choice| all_hold(both(), choice));
        let instance = Instance { vars: vars.iter().collect(), strong: &strong, weak: &weak };
        match judge(&instance, &Limits::default()) {
            Verdict::Holds => prop_assert!(always),
            Verdict::Consistent(_) => prop_assert!(softly && !always),
            Verdict::Tension(_) => prop_assert!(strongly && !softly),
            Verdict::Contradiction(_) => prop_assert!(!strongly),
            Verdict::Undecided(limit) => prop_assert!(false, "{}", limit),
            Verdict::Unproved(flaw) => prop_assert!(false, "{}", flaw),
        }
    }

    /// Whichever way a witness was found: at the ends of sets, in what rows leave, or by the whole engine.
    #[test]
    fn a_witness_lies_in_the_soft_sets_and_satisfies_all_rows(
        sets in prop::collection::vec((ends(), ends(), any::<bool>()), VARS as usize),
        rows in prop::collection::vec(constraint(VARS), 1..4),
    ) {
        let vars: Vec<Variable> = sets.into_iter().map(|(low, high, integral)| {
            Variable::new(Interval::all(), Interval::new(low, high), integral)
        }).collect();
        let instance = Instance { vars: vars.iter().collect(), strong: &rows, weak: &[] };
        let limits = Limits { splits: 60, ..Limits::default() };
        if let Verdict::Consistent(values) = judge(&instance, &limits) {
            for (var, value) in vars.iter().zip(&values) {
                prop_assert!(var.soft().contains(value), "{} in {:?}", value, var.soft());
                prop_assert!(!var.is_integral() || value.is_integer(), "{}", value);
            }
            let value = |var: Var| values[var.0 as usize].clone();
            prop_assert!(rows.iter().all(|row| row.holds_at(&value)), "{:?}", values);
        }
    }
}
