//! The rulebook checked on its own: rules that cannot hold together, conditions that never do, rules that
//! cannot fail, and what rules imply, for one year and for neighbouring ones.

#![cfg(test)]

use std::fs;

use mizan::check::{Analysis, Inputs, Options};

/// Two towns, a level, a flow, shares and dates; the rules are called `r0`, `r1` and so on, and no claim
/// is about them all.
const BOOK: &str = "entities: {town: , hamlet: }
units: {\"%\": share}
dimensions: {place: {values: [north, south]}}
measures:
  a: {kind: stock}
  b: {kind: stock}
  c: {kind: flow}
  p: {kind: stock, unit: \"%\"}
  q: {kind: stock, within: 0..100}
  d: {kind: event}
  e: {kind: event}
  fair: {kind: ordinal}
  host: {kind: state, values: [north, south]}
rules:
";

/// What is found of some rules, and what they imply.
fn analysis(rules: &[&str]) -> (Vec<mizan::finding::Finding>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_path_buf();
    let mut book = BOOK.to_owned();
    book.extend(rules.iter().enumerate().map(|(at, rule)| format!("  - {{id: r{at}, {rule}}}\n")));
    let claims = "defaults: {entity: town, period: 2024}\nclaims:\n  - {measure: a, value: 7}\n";
    let files = [("rules.yaml", book.as_str()), ("claims.yaml", claims)].map(|(name, text)| {
        fs::write(root.join(name), text).unwrap();
        root.join(name)
    });
    let inputs = Inputs { root, files: files.to_vec(), unread: Vec::new() };
    let implied = Analysis::new(&inputs, &Options::default()).unwrap().implied_bounds();
    (mizan::check::run(&inputs, &Options::default()).unwrap().findings, implied)
}

/// What the rulebook's own check finds of some rules.
fn of_rules(rules: &[&str]) -> Vec<String> {
    let findings = analysis(rules).0;
    let faulty = |code| matches!(code, 0..=99 | 901 | 903 | 910);
    assert!(findings.iter().all(|finding| !faulty(finding.code.0)), "{rules:?}: {findings:#?}");
    let own = findings.iter().filter(|finding| matches!(finding.code.0, 904 | 906 | 907));
    own.map(|finding| format!("{} {}", finding.code, finding.message)).collect()
}

fn contradict(rules: &[&str]) {
    let told = of_rules(rules);
    let names = (0..rules.len()).all(|at| told.iter().any(|one| one.contains(&format!("`r{at}`"))));
    assert!(matches!(told.as_slice(), [one] if one.starts_with("MZ904")) && names, "{rules:?}: {told:#?}");
}

fn are_sound(rules: &[&str]) {
    assert_eq!(of_rules(rules), Vec::<String>::new(), "{rules:?}");
}

#[test]
fn rules_over_years_are_held_against_each_other() {
    let contradictory: [&[&str]; 8] = [
        &["expect: a @y > b @y", "expect: a @y < b @y"],
        &["expect: a @y == a @y-1 + c @y", "expect: a @y < a @y-1"],
        // The first speaks twice within the years of the second.
        &["expect: a @y > a @y-1", "expect: a @y < a @y-2"],
        &["expect: a @y > a @y-1", "expect: a @y+1 < a @y-1"],
        &["expect: 10 <= p @y <= 90", "expect: p @y < p @y-1 - 85"],
        &["expect: a @2020 > 5", "expect: a @y < 5"],
        &["expect: \"a[place=any] @y > b @y\"", "expect: a @y < b @y"],
        &["order: [d, e]", "expect: d > e"],
    ];
    for rules in contradictory {
        let told = of_rules(rules);
        assert!(
            matches!(told.as_slice(), [one] if one.contains("`r0` and `r1` cannot")),
            "{rules:?}: {told:?}"
        );
    }
    let jumps = ["jump: b, at-most: x3, level: error", "expect: b @y > 4 * b @y-1"];
    assert_eq!(of_rules(&jumps).len(), 1);
}

/// What may hold for as long as somebody tells it is no contradiction, nor what is said of other figures.
#[test]
fn rules_over_years_that_can_hold_are_not_accused() {
    let sound: [&[&str]; 7] = [
        // A fall of 60 points can happen, if not twice in a row.
        &["expect: p @y + 60 < p @y-1"],
        &["expect: a @y > a @y-1", "expect: a <= 100"],
        &["expect: a @y < a @y-1"],
        &["expect: a @2020 > 5", "expect: a @2021 < 5"],
        &["expect: a @2020 > 5", "expect: a @y < a @y-1"],
        &["expect: \"a[place=north] @y > b @y\"", "expect: a @y < b @y"],
        &["order: [d, e]", "order: [e, d]"],
    ];
    for rules in sound {
        assert_eq!(of_rules(rules), Vec::<String>::new(), "{rules:?}");
    }
}

/// What one rule singles out is no more than an example of what another says of everything.
#[test]
fn what_is_said_of_one_is_not_said_of_all() {
    let sound: [&[&str]; 9] = [
        // Another year, entity, place, number, status than the one that a rule names.
        &["expect: a @2000 > 5", "expect: if a @y < 3 then b @y > 1"],
        &["expect: \"a[entity=town] > 5\"", "expect: if a < 3 then b > 1"],
        &["expect: \"a[place=north] @y > 5\"", "expect: \"if a[place=$p] @y < 3 then b @y > 1\""],
        &["expect: \"fair[ordinal=1] > 2020\"", "expect: \"if fair[ordinal=$n] < 2010 then d > 2000\""],
        &["expect: \"a[status=actual] > 5\"", "expect: if a < 3 then b > 1"],
        // The total, where the other speaks of each place as well; a year, where it speaks of months.
        &["expect: \"a >= 5 + 0 * b[place=north]\"", "expect: if a < 3 then b > 1"],
        &["expect: c @y > 5", "expect: if c < 3 then b > 1"],
        // A rule over two years says nothing of the first that is told.
        &["expect: p @y + 60 < p @y-1", "expect: if p @y > 50 then b @y > 1"],
        &["expect: p @y + 60 < p @y-1", "expect: if p > 50 then b > 1"],
    ];
    for rules in sound {
        are_sound(rules);
    }
    contradict(&["expect: \"a[entity=town] > 5\"", "expect: a < 3"]);
    contradict(&["expect: \"a[place=north] @y > 5\"", "expect: \"a[place=$p] @y < 3\""]);
    contradict(&["expect: \"fair[ordinal=1] > 2020\"", "expect: \"fair[ordinal=$n] < 2010\""]);
}

/// A conflict that is none of theirs hides none.
#[test]
fn rules_that_hold_for_a_while_hide_no_contradiction() {
    let falls = "expect: p @y + 60 < p @y-1";
    let told = of_rules(&[falls, "expect: a @y > a @y-4", "expect: p @y > 45"]);
    assert!(matches!(told.as_slice(), [one] if one.contains("`r0` and `r2` cannot")), "{told:#?}");
}

#[test]
fn a_condition_over_years_must_be_able_to_hold() {
    let dead: [&[&str]; 6] = [
        // Both figures make an instance of the other rule, wherever its opening is.
        &["expect: if c @y > a @y then b @y > 1", "expect: a @y == a @y-1 + c @y"],
        &["expect: if a @y < a @y-2 then b @y > 1", "expect: a @y >= a @y-1"],
        &["expect: if a @y+1 < a @y-1 then b @y > 1", "expect: a @y == a @y-1 + c @y"],
        &["expect: if q @y > q @y-3 + 30 then b @y > 1", "expect: q @y <= q @y-1 + 10"],
        &["expect: if a @2012 < a @2010 then b @2012 > 1", "expect: a @y >= a @y-1"],
        &["expect: if a @y < a @y-1 - 50 then b @y > 1", "expect: a @y <= 20"],
    ];
    for rules in dead {
        let told = of_rules(rules);
        let says = |one: &String| one.starts_with("MZ906") && one.contains("where `r1` holds");
        assert!(matches!(told.as_slice(), [one] if says(one)), "{rules:?}: {told:#?}");
    }
    are_sound(&["expect: if c @y > 10 then b @y > 1", "expect: a @y == a @y-1 + c @y", "expect: a @y <= 5"]);
    // It may fall where the years between are not bound, or where the other rule speaks of other years.
    are_sound(&["expect: if a @y < a @y-1 then b @y > 1", "expect: a @y >= a @y-2"]);
    are_sound(&["expect: if q @y > q @y-3 + 30 then b @y > 1", "expect: q @y <= q @y-1 + 11"]);
    are_sound(&["expect: if a @2012 < a @2010 then b @2012 > 1", "expect: a @2011 >= a @2010"]);
}

#[test]
fn a_rule_over_years_must_be_able_to_fail() {
    let toothless = [
        "expect: q @y >= q @y-1 - 100",
        "expect: a @y + c @y >= 0",
        "jump: q / 2 + 100, at-most: x2",
        "expect: if a @y > a @y-1 then a @y >= 1",
        "expect: a @y + y >= 0 - 9999",
    ];
    for rule in toothless {
        let told = of_rules(&[rule]);
        assert!(matches!(told.as_slice(), [one] if one.starts_with("MZ907")), "{rule}: {told:#?}");
    }
    are_sound(&["expect: a @y + y >= 1000"]);
    are_sound(&["expect: q @y >= q @y-1 - 99"]);
    are_sound(&["expect: if a @y > a @y-1 then a @y >= 2"]);
}

/// The year as a number: whatever it is, not only now.
#[test]
fn rules_that_reckon_with_the_year_are_held_against_each_other() {
    contradict(&["expect: a @y > y", "expect: a @y < y - 10"]);
    contradict(&["expect: a @y >= 3 * y", "expect: b @y-1 <= 3 * y - 5", "expect: a @y <= b @y"]);
    contradict(&["expect: a @y >= 3 and year(d) > y", "expect: a @y >= 2 and d < y"]);
    contradict(&["expect: a @y >= 3 and d <= y+1", "expect: b @y >= 2 and y+2 < year(d)"]);
    are_sound(&["expect: a @y >= 3 and d <= y+1", "expect: b @y >= 2 and y < year(d)"]);
    contradict(&["expect: a @2100 > 50", "expect: a @y < y - 2080"]);
    let told = of_rules(&["expect: if d > y then a @y > 3", "expect: b @y >= 1 and d < y"]);
    assert!(matches!(told.as_slice(), [one] if one.contains("where `r1` holds")), "{told:#?}");
    are_sound(&["expect: a @y > y", "expect: a @y < 2 * y"]);
    // True until the year 2049, and in the year 2060 of the past that another rule names no contradiction.
    are_sound(&["expect: p @y >= y - 1950", "expect: a @2060 > 5"]);
    are_sound(&["expect: if p @y < 100 then d > y", "expect: if d <= y then p @y == 100"]);
    are_sound(&["expect: if d > y then a @y > 3", "expect: b @y >= 1 and e < y"]);
}

#[test]
fn ordinals_are_held_against_other_rules() {
    let yearly = "ordinal: fair, every: year";
    let (third, fifth) =
        ("expect: \"start(fair[ordinal=3]) == 2020\"", "expect: \"fair[ordinal=5] == 2021\"");
    contradict(&[yearly, third, fifth]);
    contradict(&[yearly, "order: [\"fair[ordinal=5]\", \"fair[ordinal=3]\"]"]);
    let since = "ordinal: fair, every: year, since: d";
    contradict(&[since, "expect: \"end(fair[ordinal=9]) < start(d) + 2900\""]);
    contradict(&[since, "expect: \"end(fair[ordinal=$n]) < start(d)\""]);
    let two = "ordinal: fair, at-most: 2 per year";
    let ninth = "expect: \"start(fair[ordinal=9]) == 2020\"";
    contradict(&[two, ninth, "expect: \"fair[ordinal=12] == 2020\""]);
    are_sound(&[two, ninth, "expect: \"fair[ordinal=12] == 2021\""]);
    are_sound(&[yearly, third, "expect: \"fair[ordinal=5] == 2022\""]);
    // What ends in 2020 may have begun before.
    are_sound(&[yearly, "expect: \"fair[ordinal=3] == 2020\"", fifth]);
    are_sound(&[since, "expect: \"end(fair[ordinal=9]) < start(d) + 3300\""]);
    // A later number may be as far as that; and there need be no second one.
    are_sound(&["ordinal: fair, every: year, since: d", "expect: fair < 2030", "expect: d > 2020"]);
    are_sound(&[yearly, "expect: fair == 2020"]);
    // Hard is only that at most one is held a year.
    are_sound(&[yearly, "expect: \"fair[ordinal=3] == 2020\"", "expect: \"fair[ordinal=5] == 2029\""]);
}

#[test]
fn outcomes_are_held_against_other_rules() {
    contradict(&["outcome: d", "expect: \"d[status=planned] < d[status=actual]\""]);
    contradict(&["outcome: c", "expect: \"c[status=target] > c[status=actual]\""]);
    are_sound(&["outcome: d", "expect: \"d[status=planned] <= d[status=actual]\""]);
    are_sound(&["outcome: d", "expect: d < e"]);
    are_sound(&["outcome: host"]);
}

/// Wherever two dates of one event are compared, it does not end before it starts.
#[test]
fn an_event_ends_after_it_starts() {
    contradict(&["expect: start(d) > end(d)"]);
    contradict(&["order: [d, e]", "expect: start(d) > end(e)"]);
    are_sound(&["expect: start(d) == end(d)"]);
}

#[test]
fn rules_imply_bounds_over_years() {
    let implied = |rules: &[&str]| analysis(rules).1;
    // Within one year whatever else is told, by a rule over two years where it speaks.
    assert_eq!(
        implied(&["expect: a @y == a @y-1 + c @y", "expect: 20 <= a @y <= 100"]),
        ["a @y: 20 to 100", "c @y: 80 or less, where `r0` speaks of it"]
    );
    assert_eq!(
        implied(&["expect: p @y + 60 < p @y-1"]),
        ["p @y-1: more than 60, where `r0` speaks of it", "p @y: less than 40, where `r0` speaks of it"]
    );
    assert_eq!(
        implied(&["expect: a @y > a @y-1", "expect: a @y < a @y-3 + 4"]),
        ["a @y: 1 or more, where `r0` speaks of it", "a @y: 3 or more, where `r1` speaks of it"]
    );
    assert_eq!(implied(&["expect: a @2020 > 5"]), ["a @2020: 6 or more"]);
    assert_eq!(implied(&["expect: \"a[entity=hamlet] > 5\""]), ["a[entity=hamlet]: 6 or more"]);
    assert_eq!(implied(&["expect: a > 5"]), ["a: 6 or more"]);
    assert_eq!(implied(&["expect: a @y > a @y-1"]), ["a @y: 1 or more, where `r0` speaks of it"]);
}
