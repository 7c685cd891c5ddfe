//! Laws of [`Number`], with dashu's rational alone as the oracle.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use proptest::prelude::*;

use super::*;

/// Numbers of all sizes, with a taste for the boundaries of 64 and of 128 bits.
fn numbers() -> impl Strategy<Value = Number> {
    let edges = prop::sample::select(vec![
        i128::MIN,
        i128::MIN + 1,
        i128::from(i64::MIN) - 1,
        i128::from(i64::MIN),
        i128::from(i64::MIN) + 1,
        -1,
        0,
        1,
        i128::from(i64::MAX),
        i128::from(i64::MAX) + 1,
        i128::MAX,
    ]);
    let parts = prop_oneof![
        4 => (-1000_i128..1000).boxed(),
        2 => any::<i64>().prop_map(i128::from).boxed(),
        2 => any::<i128>().boxed(),
        2 => edges.boxed(),
    ];
    (parts.clone(), parts.clone(), parts).prop_map(|(n, d, scale)| {
        let fraction = Number::from(n).checked_div(&Number::from(d));
        let value = fraction.unwrap_or(Number::from(n));
        if scale % 7 == 0 { value * Number::from(scale) } else { value }
    })
}

#[test]
fn a_number_is_two_words_long() {
    assert_eq!(size_of::<Number>(), 16);
}

fn is_canonical(number: &Number) -> bool {
    match &number.0 {
        Repr::Small { numerator, denominator } => {
            let lowest = gcd(i128::from(*numerator), i128::from(denominator.get())) == 1;
            i64::try_from(denominator.get()).is_ok() && *numerator != i64::MIN && lowest
        }
        Repr::Big(big) => {
            let fits = |part: &IBig| i64::try_from(part).is_ok_and(|part| part != i64::MIN);
            !(fits(big.numerator()) && fits(&IBig::from(big.denominator().clone())))
        }
    }
}

fn hash(number: &Number) -> u64 {
    let mut hasher = DefaultHasher::new();
    number.hash(&mut hasher);
    hasher.finish()
}

proptest! {
    #[test]
    fn arithmetic_agrees_with_big_rationals(a in numbers(), b in numbers()) {
        let (x, y) = (a.to_big(), b.to_big());
        prop_assert_eq!((&a + &b).to_big(), &x + &y);
        prop_assert_eq!((&a - &b).to_big(), &x - &y);
        prop_assert_eq!((&a * &b).to_big(), &x * &y);
        let mut sum = b.clone();
        sum.add_product(&a, &b);
        prop_assert_eq!(sum.to_big(), &y + &x * &y);
        prop_assert_eq!((-&a).to_big(), -&x);
        prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        prop_assert_eq!(a.floor().to_big(), RBig::from(x.floor()));
        prop_assert_eq!(a.ceil().to_big(), RBig::from(x.ceil()));
        prop_assert_eq!(a.round_to(&Number::ONE).to_big(), RBig::from(x.round()));
        let quotient = a.checked_div(&b).map(|quotient| quotient.to_big());
        prop_assert_eq!(quotient, (!b.is_zero()).then(|| x / y));
    }

    /// Ones, noughts and fractions of one denominator go ways of their own.
    #[test]
    fn short_ways_agree_with_big_rationals(
        a in numbers(),
        few in -1..=1_i64,
        (n, m, d) in (any::<i64>(), any::<i64>(), prop_oneof![1..10_i64, 1..=i64::MAX]),
    ) {
        let few = Number::from(few);
        let fractions = [Number::ratio(n, d).unwrap(), Number::ratio(m, d).unwrap()];
        for (x, y) in [(&a, &few), (&few, &a), (&a, &a), (&fractions[0], &fractions[1])] {
            let (big_x, big_y) = (x.to_big(), y.to_big());
            for (result, expected) in [
                (x + y, &big_x + &big_y),
                (x - y, &big_x - &big_y),
                (x * y, &big_x * &big_y),
                (x.floor(), RBig::from(big_x.floor())),
            ] {
                prop_assert!(is_canonical(&result), "{result}");
                prop_assert_eq!(result.to_big(), expected);
            }
            prop_assert_eq!(x.cmp(y), big_x.cmp(&big_y));
        }
    }

    #[test]
    fn results_have_one_representation(a in numbers(), b in numbers()) {
        let mut sum = a.clone();
        sum.add_product(&a, &b);
        for result in [sum, &a + &b, &a - &b, &a * &b, -&a, a.floor(), a.ceil(), a.abs(), a.numerator()] {
            prop_assert!(is_canonical(&result), "{result}");
        }
        let roundabout = (&a + &b) - &b;
        prop_assert_eq!(&roundabout, &a);
        prop_assert_eq!(hash(&roundabout), hash(&a));
        prop_assert_eq!(&a, &(a.numerator().checked_div(&a.denominator()).unwrap()));
    }

    #[test]
    fn what_ends_is_printed_so_that_it_reads_back(n in any::<i128>(), places in 0..60_i32) {
        let number = Number::from(n) * Number::power_of_ten(-places);
        prop_assert_eq!(Number::parse(&number.to_string()), Some(number.clone()));
        let written = number.decimal_places().unwrap();
        let scaled = |places: u32| (&number * Number::power_of_ten(places.cast_signed())).is_integer();
        prop_assert!(scaled(written));
        prop_assert!(written == 0 || !scaled(written - 1), "{} has {} places", number, written);
    }

    #[test]
    fn long_numbers_read_like_the_oracle(digits in "-?[0-9]{1,90}(\\.[0-9]{1,90})?") {
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let joined = IBig::from_str_radix(&[whole, fraction].concat(), 10).unwrap();
        let oracle = RBig::from_parts(joined, UBig::from(10_u8).pow(fraction.len()));
        prop_assert_eq!(Number::parse(&digits).unwrap().to_big(), oracle);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        if let Some(number) = Number::parse(&text) {
            prop_assert!(text.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'.'));
            prop_assert!(is_canonical(&number));
        }
    }

    #[test]
    fn divisors_divide(a in numbers(), b in numbers()) {
        let divisor = Number::gcd(&a, &b);
        prop_assert!(!divisor.is_negative());
        for multiple in [&a, &b] {
            prop_assert!(multiple.checked_div(&divisor).is_none_or(|times| times.is_integer()));
        }
        let common = Number::lcm(&a, &b);
        prop_assert_eq!(&divisor * &common, (&a * &b).abs());
        match a.rem_euclid(&b) {
            None => prop_assert!(b.is_zero()),
            Some(rest) => {
                prop_assert!(!rest.is_negative() && rest < b.abs());
                prop_assert!((&a - &rest).checked_div(&b).unwrap().is_integer());
            }
        }
    }

    #[test]
    fn final_zeros_are_counted(n in 1..i64::MAX, zeros in 0..60_u32) {
        let number = Number::from(n) * Number::power_of_ten(zeros.cast_signed());
        let grain = |zeros: u32| Number::power_of_ten(zeros.cast_signed());
        let counted = number.trailing_zeros_10();
        prop_assert!(counted >= zeros);
        prop_assert!(number.checked_div(&grain(counted)).unwrap().is_integer());
        prop_assert!(!number.checked_div(&grain(counted + 1)).unwrap().is_integer());
    }
}

#[test]
fn spills_at_the_boundary_and_comes_back() {
    let max = Number::from(i64::MAX);
    let beyond = &max + &Number::ONE;
    assert!(matches!(beyond.0, Repr::Big(_)));
    assert_eq!(&beyond - &Number::ONE, max);
    let min = Number::from(i64::MIN);
    assert_eq!(min, -&beyond);
    assert_eq!(min.signum(), -1);
    assert_eq!(min.abs(), beyond);
    let tiny = beyond.recip().unwrap();
    assert_eq!(tiny.signum(), 1);
    assert_eq!(tiny * beyond, Number::ONE);
}

#[test]
fn prints_exactly() {
    let shown = |n, d| Number::ratio(n, d).unwrap().to_string();
    assert_eq!(shown(29445, 10000), "2.9445");
    assert_eq!(shown(-1, 8), "-0.125");
    assert_eq!(shown(1, 3), "1/3");
    assert_eq!(shown(-22, 7), "-22/7");
    assert_eq!(shown(6, -4), "-1.5");
    assert_eq!(shown(1500, 1), "1500");
    assert_eq!(Number::ratio(1, 0), None);
}

#[test]
fn prints_with_fixed_places() {
    assert_eq!(Number::from(200).to_fixed(1), "200.0");
    assert_eq!(Number::ratio(77, 40).unwrap().to_fixed(2), "1.93");
    assert_eq!(Number::ratio(-1, 2).unwrap().to_fixed(0), "-1");
    assert_eq!(Number::ratio(-1, 30).unwrap().to_fixed(1), "0.0");
}

#[test]
fn refuses_what_is_no_plain_decimal() {
    for text in ["", "-", "+5", "1e6", ".5", "5.", "1.2.3", "1,5", "--1", "1 2", "٣", "0x1", "1.-5"] {
        assert_eq!(Number::parse(text), None, "{text}");
    }
    let longest = "9".repeat(MAX_DIGITS);
    assert_eq!(Number::parse(&longest).unwrap().to_string(), longest);
    assert_eq!(Number::parse(&format!("{longest}0")), None);
    assert_eq!(Number::parse(&"9".repeat(1_000_000)), None);
}

#[test]
fn powers_of_ten_are_bounded() {
    assert_eq!(Number::power_of_ten(3), Number::from(1000));
    assert_eq!(Number::power_of_ten(-1), Number::ratio(1, 10).unwrap());
    assert_eq!(Number::power_of_ten(i32::MAX), Number::power_of_ten(Number::MAX_POWER));
    assert!(Number::power_of_ten(i32::MIN).is_positive());
    assert!(Number::power_of_ten(i32::MIN).bits() < 20_000);
}

#[test]
fn converts_only_without_loss() {
    assert_eq!(Number::from(i64::MIN).to_i64(), Some(i64::MIN));
    assert_eq!((Number::from(i64::MAX) + Number::ONE).to_i64(), None);
    assert_eq!(Number::HALF.to_i64(), None);
    assert_eq!(Number::from(-1).to_u32(), None);
    assert_eq!(Number::from(usize::MAX).to_string(), usize::MAX.to_string());
    assert_eq!(Number::default(), Number::ZERO);
    assert_eq!([Number::ONE, Number::TWO].iter().sum::<Number>(), Number::from(3));
}
