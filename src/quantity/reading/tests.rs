//! Every row of the lexicon's table, and the laws of readings.

use proptest::prelude::*;

use super::*;
use crate::quantity::{Form, Hedge, LexiconEntry};

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// A figure from its value and grain as text.
fn figure(value: &str, grain: &str, form: Form) -> Figure {
    Figure::written(number(value), number(grain), form)
}

fn count(value: &str) -> Figure {
    figure(value, "1", Form::Count)
}

fn show(figure: &Figure, unit: UnitKind, decimals: Option<i32>, rounding: Rounding) -> String {
    let reading = read(figure, unit, decimals, rounding, &Lexicon::default());
    format!("{:?} {:?}", reading.hard, reading.soft)
}

/// Asserts the hard and the soft set of a figure, in brackets.
#[track_caller]
fn assert_read(figure: &Figure, unit: UnitKind, sets: &str) {
    assert_eq!(show(figure, unit, None, Rounding::Nearest), sets);
}

#[test]
fn a_bare_count_is_itself_unless_it_is_round() {
    assert_read(&count("19"), UnitKind::Countable, "[19, 19] [19, 19]");
    assert_read(&count("2098139"), UnitKind::Countable, "[2098139, 2098139] [2098139, 2098139]");
    assert_read(&count("130"), UnitKind::Countable, "[130, 130] [130, 130]");
    assert_read(&count("6500"), UnitKind::Countable, "[6450, 6550] [6500, 6500]");
    assert_read(&count("0"), UnitKind::Countable, "[0, 0] [0, 0]");
}

#[test]
fn scale_words_and_measured_units_are_rounded() {
    let thousands = figure("130000", "1000", Form::Scaled);
    assert_read(&thousands, UnitKind::Countable, "[125000, 135000] [129500, 130500]");
    let millions = figure("1200000", "100000", Form::Scaled);
    assert_read(&millions, UnitKind::Countable, "[1150000, 1250000] [1150000, 1250000]");
    assert_read(&count("210"), UnitKind::Measured, "[205, 215] [209.5, 210.5]");
}

#[test]
fn percentages_and_decimals_are_rounded_to_their_last_digit() {
    let grown = figure("194.5", "0.1", Form::Percent);
    assert_read(&grown, UnitKind::Share, "[194.45, 194.55] [194.45, 194.55]");
    let round = figure("90", "1", Form::Percent);
    assert_read(&round, UnitKind::Share, "[85, 95] [89.5, 90.5]");
    assert_read(&count("90"), UnitKind::Share, "[85, 95] [89.5, 90.5]");
    let on_purpose = figure("90.0", "0.1", Form::Percent);
    assert_read(&on_purpose, UnitKind::Share, "[89.95, 90.05] [89.95, 90.05]");
    let decimal = figure("1.25", "0.01", Form::Decimal);
    assert_read(&decimal, UnitKind::Countable, "[1.245, 1.255] [1.245, 1.255]");
}

#[test]
fn hedges_widen_by_the_table() {
    let table = [
        ("500", Hedge::Exactly, "[500, 500] [500, 500]"),
        ("515", Hedge::About, "[386.25, 643.75] [489.25, 540.75]"),
        ("200", Hedge::About, "[150, 250] [150, 250]"),
        ("9", Hedge::About, "[6.75, 11.25] [8.5, 9.5]"),
        ("1000", Hedge::Nearly, "[900, 1000] [950, 1000]"),
        ("117", Hedge::MoreThan, "(117, ∞) (117, 119]"),
        ("500000", Hedge::MoreThan, "(500000, ∞) (500000, 700000]"),
        ("4", Hedge::AtLeast, "[4, ∞) [4, 6]"),
        ("40", Hedge::LessThan, "(−∞, 40) [20, 40)"),
        ("40", Hedge::AtMost, "(−∞, 40] [20, 40]"),
        ("500000", Hedge::Half, "[400000, 600000] [450000, 550000]"),
    ];
    for (value, hedge, sets) in table {
        assert_read(&count(value).hedged(hedge), UnitKind::Countable, sets);
    }
}

#[test]
fn vague_words_have_fixed_sets() {
    let table = [
        (Hedge::Dozens, 1, "[20, 999] [20, 99]"),
        (Hedge::Hundreds, 1, "[200, ∞) [200, 999]"),
        (Hedge::Thousands, 1, "[2000, ∞) [2000, 9999]"),
        (Hedge::Millions, 1, "[2000000, ∞) [2000000, 9999999]"),
        (Hedge::AFew, 1, "[3, 10] [3, 9]"),
        (Hedge::Some, 1, "[1, ∞) [1, ∞)"),
        (Hedge::Dozens, 1000, "[20000, 999999] [20000, 99999]"),
        (Hedge::Hundreds, 1000, "[200000, ∞) [200000, 999999]"),
    ];
    for (hedge, scale, sets) in table {
        assert_read(&Figure::vague(hedge, Number::from(scale)), UnitKind::Countable, sets);
    }
}

#[test]
fn a_range_holds_its_ends_in_either_order() {
    let range = |from, to| count(from).up_to(number(to));
    assert_read(&range("100", "200"), UnitKind::Countable, "[100, 200] [100, 200]");
    assert_read(&range("200", "100"), UnitKind::Countable, "[100, 200] [100, 200]");
    let about = range("100", "200").hedged(Hedge::About);
    assert_read(&about, UnitKind::Countable, "[75, 250] [75, 250]");
}

#[test]
fn decimals_fix_the_grain_of_a_table() {
    let sets = |value, decimals| show(&count(value), UnitKind::Countable, Some(decimals), Rounding::Nearest);
    assert_eq!(sets("4420", 1), "[4419.95, 4420.05] [4419.95, 4420.05]");
    assert_eq!(sets("4420", -3), "[3920, 4920] [3920, 4920]");
    let over = count("6500").hedged(Hedge::MoreThan);
    let shown = show(&over, UnitKind::Countable, Some(0), Rounding::Nearest);
    assert_eq!(shown, "(6500, ∞) (6500, 6502]");
    let exactly = count("6500").hedged(Hedge::Exactly);
    let shown = show(&exactly, UnitKind::Countable, Some(-2), Rounding::Nearest);
    assert_eq!(shown, "[6500, 6500] [6500, 6500]");
}

#[test]
fn truncation_opens_the_end_away_from_zero() {
    let truncated = |value| show(&count(value), UnitKind::Measured, Some(0), Rounding::Truncate);
    assert_eq!(truncated("5"), "[5, 6) [5, 6)");
    assert_eq!(truncated("-5"), "(-6, -5] (-6, -5]");
    assert_eq!(truncated("0"), "(-1, 1) (-1, 1)");
    let without_decimals = |figure: &Figure, unit| show(figure, unit, None, Rounding::Truncate);
    let thousands = figure("130000", "1000", Form::Scaled);
    let sets = without_decimals(&thousands, UnitKind::Countable);
    assert_eq!(sets, "[130000, 140000) [130000, 131000)");
    assert_eq!(without_decimals(&count("19"), UnitKind::Countable), "[19, 19] [19, 19]");
    let about = count("100").hedged(Hedge::About);
    assert_eq!(without_decimals(&about, UnitKind::Countable), "[75, 125] [75, 125]");
}

#[test]
fn decimals_beyond_all_sense_stay_bounded() {
    for decimals in [i32::MIN, i32::MAX] {
        let lexicon = Lexicon::default();
        let rounding = Rounding::Nearest;
        let reading = read(&count("19"), UnitKind::Measured, Some(decimals), rounding, &lexicon);
        assert!(reading.hard.contains(&number("19")));
        assert!(reading.hard.upper().value().unwrap().bits() < 40_000);
    }
}

#[test]
fn a_rulebook_may_change_an_entry() {
    let mut lexicon = Lexicon::default();
    let percent = |n| Width::Around(Reach::Largest(vec![crate::quantity::Size::Percent(n)]));
    let entry = LexiconEntry { hard: percent(Number::ONE), soft: percent(Number::TEN) };
    lexicon.set(Hedge::About, entry);
    let about = count("100").hedged(Hedge::About);
    let reading = read(&about, UnitKind::Countable, None, Rounding::Nearest, &lexicon);
    assert_eq!(format!("{:?}", reading.hard), "[99, 101]");
    assert_eq!(reading.soft, reading.hard, "the soft set is cut by the hard one");
}

#[test]
fn sets_are_cut_by_the_domain_and_the_whole_numbers() {
    let read =
        |figure: &Figure| read(figure, UnitKind::Countable, None, Rounding::Nearest, &Lexicon::default());
    let counts = Interval::at_least(Number::ZERO);
    let over = read(&count("117").hedged(Hedge::MoreThan)).cut(&counts, true);
    assert_eq!((over.hard.to_string(), over.soft.to_string()), ("118 or more".into(), "118 … 119".into()));
    let under = read(&count("3").hedged(Hedge::LessThan)).cut(&counts, true);
    assert_eq!(under.hard.to_string(), "0 … 2");
    let share = read(&figure("100", "1", Form::Percent));
    let share = share.cut(&Interval::closed(Number::ZERO, Number::HUNDRED), false);
    assert_eq!(share.hard.to_string(), "95 … 100");
}

fn forms() -> impl Strategy<Value = Form> {
    prop::sample::select(vec![Form::Count, Form::Scaled, Form::Decimal, Form::Percent])
}

fn units() -> impl Strategy<Value = UnitKind> {
    prop::sample::select(vec![UnitKind::Countable, UnitKind::Measured, UnitKind::Share])
}

fn roundings() -> impl Strategy<Value = Rounding> {
    prop::sample::select(vec![Rounding::Nearest, Rounding::Truncate])
}

prop_compose! {
    fn figures()(
        digits in prop_oneof![-999..=999_i64, any::<i64>()],
        power in -4..=6_i32,
        form in forms(),
        hedge in prop::sample::select(Hedge::every().collect::<Vec<_>>()),
        upper in prop::option::of(-999..=999_i64),
    ) -> Figure {
        let grain = Number::power_of_ten(power);
        if hedge.is_vague() {
            return Figure::vague(hedge, Number::power_of_ten(power.abs()));
        }
        let figure = Figure::written(Number::from(digits) * &grain, grain, form);
        match (hedge, upper) {
            (Hedge::Between, Some(upper)) => figure.up_to(Number::from(upper)),
            _ => figure.hedged(hedge),
        }
    }
}

proptest! {
    #[test]
    fn the_soft_set_lies_within_the_hard_one(
        figure in figures(), unit in units(), rounding in roundings(),
        decimals in prop::option::of(-9..=9_i32),
    ) {
        let reading = read(&figure, unit, decimals, rounding, &Lexicon::default());
        prop_assert!(reading.soft.is_subset(&reading.hard), "{:?}", reading);
        prop_assert!(!reading.soft.is_empty());
        let strict = matches!(figure.hedge, Hedge::MoreThan | Hedge::LessThan);
        prop_assert_eq!(reading.hard.contains(&figure.value), !strict);
        prop_assert!(strict || figure.upper.iter().all(|upper| reading.hard.contains(upper)));
    }

    #[test]
    fn a_coarser_grain_never_narrows(
        figure in figures(), unit in units(), rounding in roundings(), zeros in 1..4_i32,
    ) {
        let coarser = Number::power_of_ten(zeros);
        let coarse = Figure {
            grain: &figure.grain * &coarser,
            open_grain: &figure.open_grain * &coarser,
            ..figure.clone()
        };
        let lexicon = Lexicon::default();
        let fine = read(&figure, unit, None, rounding, &lexicon);
        let coarse = read(&coarse, unit, None, rounding, &lexicon);
        prop_assert!(fine.hard.is_subset(&coarse.hard), "{:?} {:?}", fine, coarse);
        prop_assert!(fine.soft.is_subset(&coarse.soft), "{:?} {:?}", fine, coarse);
    }

    #[test]
    fn cutting_twice_is_cutting_once(
        figure in figures(), unit in units(), low in -50..50_i64, size in 0..500_i64, whole: bool,
    ) {
        let domain = Interval::closed(Number::from(low), Number::from(low + size));
        let once = read(&figure, unit, None, Rounding::Nearest, &Lexicon::default());
        let once = once.cut(&domain, whole);
        prop_assert_eq!(once.clone().cut(&domain, whole), once.clone());
        prop_assert!(once.hard.is_subset(&domain) && once.soft.is_subset(&once.hard));
    }
}
