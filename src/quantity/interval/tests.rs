//! Laws of [`Interval`], checked against numbers drawn from both sides of the ends.

use proptest::prelude::*;

use super::*;

fn number(n: i64) -> Number {
    Number::from(n)
}

fn ends() -> impl Strategy<Value = End> {
    // Few distinct values, so that ends often coincide and 0 often takes part.
    let values = (-4..=4_i64, 1..=2_i64).prop_map(|(n, d)| Number::ratio(n, d).unwrap());
    prop_oneof![
        1 => Just(End::Unbounded),
        3 => values.clone().prop_map(End::Closed),
        3 => values.prop_map(End::Open),
    ]
}

/// Intervals of all kinds, with a taste for single numbers, which go ways of their own.
fn intervals() -> impl Strategy<Value = Interval> {
    let point = (-4..=4_i64, 1..=2_i64).prop_map(|(n, d)| Interval::point(Number::ratio(n, d).unwrap()));
    prop_oneof![4 => (ends(), ends()).prop_map(|(a, b)| Interval::new(a, b)), 1 => point]
}

/// Numbers of an interval: its closed ends, others ever nearer to its open ends, some near 0, and
/// far ones.
fn samples(interval: &Interval) -> Vec<Number> {
    let mut candidates: Vec<Number> = (-40..=40).map(|n| Number::ratio(n, 4).unwrap()).collect();
    candidates.extend([10, 100, 1000, 100_000].map(number));
    candidates.extend([-10, -100, -1000, -100_000].map(number));
    // Near 0 too: what is divided by those goes far.
    for end in [interval.lower(), interval.upper(), &End::Unbounded] {
        let value = end.value().cloned().unwrap_or_default();
        for step in (0..7).map(|step| Number::power_of_ten(-step)) {
            candidates.extend([&value + &step, &value - &step]);
        }
    }
    candidates.retain(|candidate| interval.contains(candidate));
    candidates
}

/// Whether the results attain each closed end, come within a thousandth of each open one, and go
/// far where there is none.
fn fills(results: &[Number], interval: &Interval) -> Result<(), TestCaseError> {
    let near = Number::power_of_ten(-3);
    for (end, side) in [(interval.lower(), -1), (interval.upper(), 1)] {
        let reached = results.iter().any(|result| match end {
            End::Closed(value) => result == value,
            End::Open(value) => (result - value).abs() <= near,
            End::Unbounded => result * &number(side) >= number(100),
        });
        prop_assert!(reached, "{:?}: {:?}", interval, end);
    }
    Ok(())
}

/// Whether `operation` on numbers stays in `result` and fills it.
fn check_binary(
    a: &Interval,
    b: &Interval,
    result: &Interval,
    operation: impl Fn(&Number, &Number) -> Option<Number>,
) -> Result<(), TestCaseError> {
    let (xs, ys) = (samples(a), samples(b));
    let pairs = xs.iter().flat_map(|x| ys.iter().map(move |y| (x, y)));
    let values: Vec<Number> = pairs.filter_map(|(x, y)| operation(x, y)).collect();
    for value in &values {
        prop_assert!(result.contains(value), "{:?} {:?} {:?} lacks {}", a, b, result, value);
    }
    if result.is_empty() {
        prop_assert!(values.is_empty());
        return Ok(());
    }
    fills(&values, result)
}

proptest! {
    #[test]
    fn a_sum_is_tight(a in intervals(), b in intervals()) {
        check_binary(&a, &b, &a.add(&b), |x, y| Some(x + y))?;
        check_binary(&a, &b, &a.sub(&b), |x, y| Some(x - y))?;
    }

    #[test]
    fn a_product_is_tight(a in intervals(), b in intervals()) {
        check_binary(&a, &b, &a.mul(&b), |x, y| Some(x * y))?;
    }

    #[test]
    fn a_quotient_is_tight(a in intervals(), b in intervals()) {
        let quotient = a.div(&b);
        if a.contains(&Number::ZERO) && b.contains(&Number::ZERO) {
            prop_assert!(quotient.is_all());
        } else {
            check_binary(&a, &b, &quotient, Number::checked_div)?;
        }
    }

    #[test]
    fn scaling_is_multiplying_by_a_point(a in intervals(), n in -3..=3_i64) {
        let factor = Number::ratio(n, 2).unwrap();
        prop_assert_eq!(a.scale(&factor), a.mul(&Interval::point(factor.clone())));
        prop_assert_eq!(a.shift(&factor), a.add(&Interval::point(factor)));
        prop_assert_eq!(a.neg(), a.scale(&number(-1)));
    }

    #[test]
    fn sets_combine_as_sets(a in intervals(), b in intervals()) {
        let (meet, hull) = (a.intersect(&b), a.hull(&b));
        let mut seen = samples(&a);
        seen.extend(samples(&b));
        for value in &seen {
            prop_assert_eq!(meet.contains(value), a.contains(value) && b.contains(value));
            prop_assert!(hull.contains(value));
        }
        let shared = seen.iter().any(|value| a.contains(value) && b.contains(value));
        prop_assert_eq!(shared, !meet.is_empty());
        prop_assert_eq!(a.is_disjoint(&b), meet.is_empty());
        prop_assert_eq!(a.is_subset(&b), meet == a);
        prop_assert_eq!(a.is_subset(&b), hull == b);
        prop_assert!(hull.is_empty() == (a.is_empty() && b.is_empty()));
        if !hull.is_empty() {
            fills(&seen, &hull)?;
        }
    }

    #[test]
    fn below_means_every_number_is(a in intervals(), b in intervals()) {
        let (xs, ys) = (samples(&a), samples(&b));
        let all = xs.iter().all(|x| ys.iter().all(|y| x < y));
        prop_assert_eq!(a.is_below(&b), all);
    }

    #[test]
    fn whole_keeps_the_whole_numbers(a in intervals()) {
        let whole = a.whole();
        for n in (-10..=10).map(number) {
            prop_assert_eq!(whole.contains(&n), a.contains(&n));
        }
        prop_assert!(whole.is_subset(&a));
        prop_assert_eq!(whole.whole(), whole.clone());
        for end in [whole.lower(), whole.upper()] {
            prop_assert!(whole.is_empty() || end.value().is_none_or(|v| a.contains(v) && v.is_integer()));
        }
    }
}

#[test]
fn zero_times_an_infinity_is_zero() {
    let zero = Interval::point(Number::ZERO);
    assert_eq!(Interval::all().mul(&zero), zero);
    assert_eq!(Interval::all().scale(&Number::ZERO), zero);
    assert!(Interval::empty().scale(&Number::ZERO).is_empty());
    let positive = Interval::above(Number::ZERO);
    assert_eq!(positive.mul(&positive), positive);
    let up_to_zero = Interval::closed(number(-1), Number::ZERO);
    assert_eq!(up_to_zero.mul(&positive), Interval::at_most(Number::ZERO));
}

#[test]
fn an_end_at_a_closed_zero_is_attained() {
    let from_zero = Interval::closed(Number::ZERO, Number::ONE);
    let open = Interval::new(End::Open(Number::ONE), End::Open(Number::TWO));
    assert_eq!(format!("{:?}", from_zero.mul(&open)), "[0, 2)");
}

#[test]
fn division_leaves_zero_out() {
    let dividend = Interval::closed(Number::ONE, Number::TWO);
    let shown = |low, high| format!("{:?}", dividend.div(&Interval::closed(number(low), number(high))));
    assert_eq!(shown(0, 4), "[0.25, ∞)");
    assert_eq!(shown(-4, 0), "(−∞, -0.25]");
    assert_eq!(shown(-1, 1), "(−∞, ∞)");
    assert_eq!(shown(0, 0), "∅");
    assert_eq!(shown(2, 4), "[0.25, 1]");
}

#[test]
fn reads_as_an_editor_would_say_it() {
    let (two, three) = (Number::TWO, number(3));
    let open = |n: &Number| End::Open(n.clone());
    let closed = |n: &Number| End::Closed(n.clone());
    let cases = [
        (Interval::empty(), "none", "∅"),
        (Interval::all(), "any number", "(−∞, ∞)"),
        (Interval::point(number(19)), "19", "[19, 19]"),
        (Interval::at_least(number(118)), "118 or more", "[118, ∞)"),
        (Interval::above(number(117)), "more than 117", "(117, ∞)"),
        (Interval::at_most(number(5)), "5 or less", "(−∞, 5]"),
        (Interval::below(number(5)), "less than 5", "(−∞, 5)"),
        (Interval::closed(two.clone(), three.clone()), "2 … 3", "[2, 3]"),
        (Interval::new(open(&two), closed(&three)), "more than 2, at most 3", "(2, 3]"),
        (Interval::new(closed(&two), open(&three)), "at least 2, less than 3", "[2, 3)"),
        (Interval::new(open(&two), open(&three)), "more than 2, less than 3", "(2, 3)"),
    ];
    for (interval, words, brackets) in cases {
        assert_eq!(interval.to_string(), words);
        assert_eq!(format!("{interval:?}"), brackets);
    }
}

#[test]
fn every_empty_interval_is_the_same() {
    assert_eq!(Interval::closed(number(5), number(3)), Interval::empty());
    assert_eq!(Interval::new(End::Open(number(7)), End::Closed(number(7))), Interval::empty());
    assert!(Interval::empty().is_subset(&Interval::empty()));
    assert!(!Interval::closed(number(-1), number(1)).is_subset(&Interval::empty()));
    assert!(Interval::empty().neg().is_empty());
}
