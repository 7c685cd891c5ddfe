//! Input that nobody writes in good faith: bounded time, a finding, no panic.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::{World, load, load_claims};

/// Reads a file and holds a bound that a debug build on a busy machine keeps with room to spare.
fn quick(claims: &str) -> World {
    let start = Instant::now();
    let world = load_claims(claims);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    world
}

#[test]
fn many_wrong_names_are_told_in_linear_time() {
    let mut claims = String::new();
    for index in 0..3_000 {
        writeln!(claims, "  - {{measure: tres{index}, value: 5}}").unwrap();
    }
    let world = quick(&claims);
    assert_eq!(world.loaded.refused, 3_000);
    assert_eq!(world.loaded.findings.len(), 3_000);
}

#[test]
fn many_claims_of_one_key_are_told_in_linear_time() {
    let world = quick(&"  - {measure: trees, value: 5}\n".repeat(3_000));
    assert_eq!(world.loaded.findings.len(), 2_999);
    assert_eq!(world.keys().last(), Some(&"paper/office/trees@2024~3000"));
}

#[test]
fn a_long_chain_of_revisions_is_followed_once() {
    let mut claims = "  - {id: c0, measure: trees, value: 5}\n".to_owned();
    for index in 1..3_000 {
        writeln!(claims, "  - {{id: c{index}, measure: trees, value: 5, supersedes: c{}}}", index - 1)
            .unwrap();
    }
    let world = quick(&claims);
    world.assert_sound();
    assert_eq!(world.base.facts().filter(|(_, fact)| fact.counts()).count(), 1);
}

#[test]
fn a_number_of_ten_thousand_digits_is_a_finding() {
    let world = quick(&format!("  - {{measure: trees, value: {}}}\n", "9".repeat(10_000)));
    let (_, finding) = world.only_finding();
    assert_eq!(finding.code.to_string(), "MZ020");
    assert!(finding.message.chars().count() < 300, "the number is not repeated whole");
}

#[test]
fn deep_lists_are_bounded() {
    let deep =
        format!("  - {{measure: trees, value: 5, parts: {}{}}}\n", "[{parts: ".repeat(40), "}]".repeat(40));
    assert_eq!(quick(&deep).codes(), ["MZ003"]);
    let brackets = load(&"[".repeat(160_000));
    assert!(!brackets.loaded.whole);
    assert!(!brackets.loaded.findings.is_empty());
}

#[test]
fn a_wide_spread_is_one_member() {
    let places: Vec<String> = (0..3_000).map(|index| format!("p{index}")).collect();
    let world = quick(&format!("  - {{measure: trees, value: 5, place: [{}]}}\n", places.join(", ")));
    assert_eq!(world.base.facts().count(), 1);
}

#[test]
fn years_at_the_ends_of_the_calendar_are_read() {
    let world = load(
        "source: {published: 9999}
claims:
  - {measure: opening, entity: office, date: soon}
  - {measure: opening, entity: bridge, date: published+1}
  - {measure: trees, entity: office, value: 5, period: published+9}
  - {measure: trees, entity: office, value: 5, period: 0000}
",
    );
    assert_eq!(world.loaded.refused, 0);
}
