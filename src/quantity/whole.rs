//! Percentages of whole numbers: which of them can be.
//!
//! A ratio between two counts cannot be anything. 117 things after a rise of 194.5 % (within its
//! rounding) would come from `117 / 2.945 = 39.7…` things:
//!
//! ```text
//!   base      39        39.72 ━━ 39.73         40
//!             ●         └── no whole number ──┘ ●
//!   rise    +200.0 %                         +192.5 %
//! ```
//!
//! # Source
//! N. Brown and J. Heathers, "The GRIM test", Social Psychological and Personality Science 8(4),
//! 2017, taken from means to ratios.

use std::collections::BTreeSet;

use super::{End, Interval, Number};

/// What a search among pairs of whole numbers finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// The pair with the least `grown`, and for it the least `base`.
    Found {
        /// The count before, or the whole of which a share is taken.
        base: Number,
        /// The count after, or the share.
        grown: Number,
    },
    /// There is no such pair.
    Impossible,
    /// There is none among those looked at; more were to come.
    Unknown,
}

/// The first whole `base` above 0 and whole `grown`, within their sets, whose ratio
/// `grown / base` lies in `ratio`.
///
/// Where the ratio leaves out a base, the next one tells how far `grown` must at least rise, so
/// that only numbers which can be first are looked at, `limit` of them at most.
///
/// # Example
/// ```
/// use mizan::quantity::whole::{Search, first_pair};
/// use mizan::quantity::{Interval, Number};
///
/// let number = |text| Number::parse(text).unwrap();
/// let rise = Interval::closed(number("2.9445"), number("2.9455"));
/// let more_than_117 = Interval::above(number("117"));
/// let first = first_pair(&Interval::all(), &more_than_117, &rise, 1_000);
/// assert_eq!(first, Search::Found { base: number("55"), grown: number("162") });
/// ```
#[must_use]
pub fn first_pair(base: &Interval, grown: &Interval, ratio: &Interval, limit: usize) -> Search {
    let base = base.intersect(&Interval::above(Number::ZERO)).whole();
    let ratio = ratio.intersect(&Interval::at_least(Number::ZERO));
    let inverse = Interval::point(Number::ONE).div(&ratio);
    let enough = Interval::new(ratio.lower().clone(), End::Unbounded);
    let mut grown = grown.intersect(&Interval::at_least(Number::ZERO)).whole();
    for _ in 0..limit {
        let Some(least) = lower(&grown).cloned() else { return Search::Impossible };
        let bases =
            if least.is_zero() { Interval::point(least.clone()).div(&ratio) } else { inverse.scale(&least) };
        if bases.is_empty() {
            return Search::Impossible;
        }
        // The least base that does not make the ratio too great …
        let candidates = base.intersect(&Interval::new(bases.lower().clone(), End::Unbounded));
        let Some(first) = lower(&candidates.whole()).cloned() else { return Search::Impossible };
        if bases.contains(&first) {
            return Search::Found { base: first, grown: least };
        }
        // … makes it too small: then `grown` must be more.
        grown = grown.intersect(&enough.scale(&first)).whole();
    }
    Search::Unknown
}

/// The whole bases nearest to a ratio that `grown` cannot have: the one with the greatest ratio
/// below all of `ratio`, and the one with the least above.
#[must_use]
pub fn neighbours(base: &Interval, grown: &Number, ratio: &Interval) -> (Option<Number>, Option<Number>) {
    let base = base.intersect(&Interval::above(Number::ZERO)).whole();
    let bases = Interval::point(grown.clone()).div(ratio);
    if bases.is_empty() {
        return (None, None);
    }
    let above = match bases.upper() {
        End::Unbounded => Interval::empty(),
        End::Closed(end) => Interval::above(end.clone()),
        End::Open(end) => Interval::at_least(end.clone()),
    };
    let below = match bases.lower() {
        End::Unbounded => Interval::empty(),
        End::Closed(end) => Interval::below(end.clone()),
        End::Open(end) => Interval::at_most(end.clone()),
    };
    let greatest = base.intersect(&below).whole();
    (
        lower(&base.intersect(&above).whole()).cloned(),
        greatest.upper().value().filter(|_| !greatest.is_empty()).cloned(),
    )
}

/// Which of the two counts is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// The count before, or the whole.
    Base(Number),
    /// The count after, or the share.
    Grown(Number),
}

/// How likely the test is to catch a wrong percentage: one minus the share of the ratios
/// `centre + k · grain`, within half of 1 around the centre and not below 0, that some whole
/// number in `other` would give after rounding. `None` when more than `limit` ratios are possible
/// and asked about.
#[must_use]
pub fn power(
    known: &Known,
    other: &Interval,
    centre: &Number,
    grain: &Number,
    limit: usize,
) -> Option<Number> {
    let steps = Number::HALF.checked_div(grain)?.floor();
    let below = centre.checked_div(grain)?.floor().min(steps.clone());
    let asked = &(&below + &steps) + &Number::ONE;
    let half = grain * &Number::HALF;
    let lowest = (centre - &(&(&below * grain) + &half)).max(Number::ZERO);
    let highest = centre + &(&(&steps * grain) + &half);
    let reach = Interval::closed(lowest, highest);
    let values = match known {
        Known::Base(base) => Interval::point(base.clone()).mul(&reach),
        Known::Grown(grown) => Interval::point(grown.clone()).div(&reach),
    };
    let values = values.intersect(other).intersect(&Interval::above(Number::ZERO)).whole();
    let Some(mut value) = lower(&values).cloned() else { return Some(Number::ONE) };
    let last = values.upper().value()?;
    if last - &value > Number::from(limit) {
        return None;
    }
    let mut possible = BTreeSet::new();
    while value <= *last {
        let ratio = match known {
            Known::Base(base) => value.checked_div(base)?,
            Known::Grown(grown) => grown.checked_div(&value)?,
        };
        // A ratio just between two percentages may be rounded to either.
        let place = &(&ratio - centre).checked_div(grain)? + &Number::HALF;
        let within = |place: &Number| -&below <= *place && *place <= steps;
        let either = place.is_integer().then(|| &place - &Number::ONE);
        possible.extend([Some(place.floor()), either].into_iter().flatten().filter(within));
        value += &Number::ONE;
    }
    let share = Number::from(possible.len()).checked_div(&asked)?;
    Some(Number::ONE - share)
}

/// The least of some whole numbers.
fn lower(whole: &Interval) -> Option<&Number> {
    whole.lower().value().filter(|_| !whole.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn rise() -> Interval {
        Interval::closed(n("2.9445"), n("2.9455"))
    }

    #[test]
    fn an_impossible_percentage_has_neighbours() {
        let exactly = Interval::point(n("117"));
        assert_eq!(first_pair(&Interval::all(), &exactly, &rise(), 100), Search::Impossible);
        let near = neighbours(&Interval::all(), &n("117"), &rise());
        assert_eq!(near, (Some(n("40")), Some(n("39"))));
    }

    #[test]
    fn the_power_of_the_test_at_117_is_98_6_per_cent() {
        let known = Known::Grown(n("117"));
        let power = power(&known, &Interval::all(), &n("2.945"), &n("0.001"), 1_000).unwrap();
        assert_eq!((power * Number::HUNDRED).round_to(&n("0.1")), n("98.6"));
    }

    #[test]
    fn a_great_count_can_have_nearly_any_percentage() {
        let known = Known::Base(n("5000"));
        let found = power(&known, &Interval::all(), &n("0.6"), &n("0.01"), 10_000);
        assert_eq!(found, Some(Number::ZERO));
        assert_eq!(power(&known, &Interval::all(), &n("0.6"), &n("0.01"), 10), None);
        assert_eq!(power(&known, &Interval::all(), &n("0.6"), &Number::ZERO, 10), None);
    }

    #[test]
    fn strange_sets_end() {
        let all = Interval::all();
        let none = Interval::empty();
        let found = |base: i64, grown: i64| Search::Found { base: base.into(), grown: grown.into() };
        assert_eq!(first_pair(&all, &all, &all, 10), found(1, 0));
        assert_eq!(first_pair(&all, &all, &none, 10), Search::Impossible);
        assert_eq!(first_pair(&none, &all, &all, 10), Search::Impossible);
        assert_eq!(first_pair(&all, &none, &all, 10), Search::Impossible);
        let zero = Interval::point(Number::ZERO);
        assert_eq!(first_pair(&all, &Interval::at_least(n("3")), &zero, 10), Search::Impossible);
        assert_eq!(first_pair(&all, &Interval::point(n("117")), &rise(), 0), Search::Unknown);
        assert_eq!(neighbours(&all, &Number::ZERO, &all), (None, None));
    }

    proptest! {
        #[test]
        fn the_first_pair_is_first(
            (low, high) in (0_i64..60, 0_i64..60),
            (base_low, base_high) in (0_i64..40, 0_i64..40),
            (from, width) in (0_i64..400, 0_i64..40),
            closed in any::<bool>(),
        ) {
            let hundredths = |value| Number::ratio(value, 100).unwrap();
            let ratio = if closed {
                Interval::closed(hundredths(from), hundredths(from + width))
            } else {
                Interval::new(End::Open(hundredths(from)), End::Open(hundredths(from + width)))
            };
            let base = Interval::closed(base_low.into(), base_high.into());
            let grown = Interval::closed(low.into(), high.into());
            let pairs = (low..=high).flat_map(|grown| (base_low..=base_high).map(move |base| (grown, base)));
            let mut fitting = pairs.filter(|(grown, base)| {
                Number::ratio(*grown, *base).is_some_and(|found| ratio.contains(&found))
            });
            let expected = fitting.next().map_or(Search::Impossible, |(grown, base)| {
                Search::Found { base: base.into(), grown: grown.into() }
            });
            prop_assert_eq!(first_pair(&base, &grown, &ratio, 1_000), expected);
        }
    }
}
