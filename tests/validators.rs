//! Cases that other validators publish, in our words: the verdict, the smallest sets to change, and
//! what would do.
//!
//! Situations of the R packages `validate`, `errorlocate` and `validatetools`, of the handbooks on
//! edits by Fellegi and Holt and by de Waal, Pannekoek and Scholtus, of GRIM and statcheck, and of
//! business reporting. A case is one firm in one year.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use mizan::check::{Inputs, Options, Report, run};
use mizan::finding::{Finding, Severity};

const VOCABULARY: &str = "entities: {firm: {}}\nunits: {EUR: measured, person: countable, \"%\": share}\n";

/// Rules, and figures whose unit is told by their name: `staff` and `age` count, `p…` are shares.
fn check(rules: &[&str], claims: &[(&str, &str)]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let mut book = format!("{VOCABULARY}measures:\n");
    let names: BTreeSet<&str> = claims.iter().map(|(name, _)| *name).collect();
    for name in names {
        let unit = match name.as_bytes()[0] {
            b'p' => "\"%\"",
            b'n' => "person",
            _ => "EUR",
        };
        let _ = writeln!(book, "  {name}: {{kind: flow, unit: {unit}}}");
    }
    book.push_str("rules:\n");
    for (place, rule) in rules.iter().enumerate() {
        let _ = writeln!(book, "  - {{id: r{}, expect: \"{rule}\"}}", place + 1);
    }
    let mut told = String::from("defaults: {entity: firm, period: 2024}\nclaims:\n");
    for (place, (name, value)) in claims.iter().enumerate() {
        let _ = writeln!(told, "  - {{id: {name}-{place}, measure: {name}, {value}}}");
    }
    let files = [("rules.yaml", book), ("a.yaml", told)].map(|(name, text)| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    });
    let inputs = Inputs { root: folder.path().to_path_buf(), files: files.to_vec(), unread: vec![] };
    let report = run(&inputs, &Options::default()).unwrap();
    assert!(report.whole && report.summary.refused == 0, "{:?}", report.findings);
    report
}

fn errors(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.severity == Severity::Error).collect()
}

/// The names of the claims that each repair of the first error changes.
fn repairs(report: &Report) -> BTreeSet<Vec<String>> {
    let names = |claims: &[mizan::fact::FactId]| -> Vec<String> {
        let key = |claim: &mizan::fact::FactId| report.base.fact(*claim).key.clone();
        claims.iter().map(|claim| key(claim).trim_start_matches("a/").to_owned()).collect()
    };
    let first = errors(report)[0];
    first
        .repairs
        .iter()
        .map(|repair| {
            let mut all: Vec<String> =
                repair.changes.iter().flat_map(|change| names(&change.claims)).collect();
            all.sort();
            all
        })
        .collect()
}

fn sets(expected: &[&[&str]]) -> BTreeSet<Vec<String>> {
    expected.iter().map(|set| set.iter().map(|name| (*name).to_owned()).collect()).collect()
}

/// De Waal's firm: total 100, profit 40,000, cost 60,000, five people. No single change will do.
#[test]
fn two_figures_of_a_thousandth() {
    let rules = ["t == g + c", "g <= 0.5 * t", "-0.1 * t <= g", "t >= 0", "t <= 550 * n"];
    let exactly = |n: &'static str| n;
    let claims = [
        ("t", exactly("value: exactly 100")),
        ("g", "value: exactly 40000"),
        ("c", "value: exactly 60000"),
        ("n", "value: exactly 5"),
    ];
    let report = check(&rules, &claims);
    assert_eq!(errors(&report).len(), 2);
    assert_eq!(repairs(&report), sets(&[&["c-2", "g-1"], &["n-3", "t-0"]]));
}

/// Scholtus' balances: eleven figures of one statement.
const BALANCES: [&str; 5] =
    ["x1 + x2 == x3", "x2 == x4", "x5 + x6 + x7 == x8", "x3 + x8 == x9", "x9 - x10 == x11"];

fn statement(changed: &[(usize, i64)]) -> Report {
    let mut values = [755_i64, 50, 805, 50, 130, 15, 0, 145, 950, 115, 835];
    for (place, value) in changed {
        values[place - 1] = *value;
    }
    let names: Vec<String> = (1..=11).map(|place| format!("x{place}")).collect();
    let told: Vec<String> = values.iter().map(|value| format!("value: exactly {value}")).collect();
    let claims: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(told.iter().map(String::as_str)).collect();
    check(&BALANCES, &claims)
}

#[test]
fn balances_that_hold_are_silent() {
    assert!(statement(&[]).findings.is_empty());
}

#[test]
fn the_figure_that_two_balances_doubt() {
    let report = statement(&[(9, 590)]);
    assert_eq!(errors(&report).len(), 2);
    assert_eq!(repairs(&report), sets(&[&["x9-8"]]));
    let text = errors(&report)[0].repairs[0].text();
    assert!(text.contains("→ 950 (950 with two digits swapped)"), "{text}");
}

/// `x2 == x4` alone does not tell which is wrong; the first balance does.
#[test]
fn a_copy_of_a_figure_that_a_balance_confirms() {
    let report = statement(&[(4, 59)]);
    assert_eq!(repairs(&report), sets(&[&["x4-3"]]));
}

/// Independent errors are told apart.
#[test]
fn two_errors_of_one_statement() {
    let report = statement(&[(4, 59), (9, 590)]);
    assert_eq!(repairs(&report), sets(&[&["x4-3"]]));
    assert!(
        errors(&report).iter().all(|error| error.repairs.len() == 1 && error.repairs[0].changes.len() == 1)
    );
}

/// Ten figures and one: `x11` is in one balance only, and so are `x10` and, but for the other balances, `x9`.
#[test]
fn figures_of_one_balance_are_equally_doubtful() {
    let report = statement(&[(11, 853)]);
    assert_eq!(repairs(&report), sets(&[&["x10-9"], &["x11-10"]]));
}

#[test]
fn conditions() {
    let rules =
        ["if m > 0 then na >= 16", "if d > 0 then na >= 18", "0 <= m <= 1", "0 <= d <= 1", "na <= 120"];
    let person =
        |age: &str, married: &str, driver: &str| check(&rules, &[("na", age), ("m", married), ("d", driver)]);
    assert!(errors(&person("value: 40", "value: exactly 1", "value: exactly 1")).is_empty());
    assert!(errors(&person("value: 12", "value: exactly 0", "value: exactly 0")).is_empty());
    let child = person("value: 12", "value: exactly 1", "value: exactly 0");
    assert_eq!(errors(&child).len(), 1);
    assert_eq!(repairs(&child), sets(&[&["na-0"], &["m-1"]]));
    let both = person("value: 12", "value: exactly 1", "value: exactly 1");
    assert_eq!(errors(&both).len(), 2);
    assert_eq!(repairs(&both), sets(&[&["na-0"]]), "one change resolves both");
    assert!(errors(&person("value: 17", "value: exactly 1", "value: exactly 0")).is_empty());
    assert_eq!(errors(&person("value: 130", "value: exactly 0", "value: exactly 0")).len(), 1);
}

/// Rules that contradict each other are told once, by their own names.
#[test]
fn rules_that_no_figure_satisfies() {
    for rules in [
        &["x >= w + 1", "w >= x"][..],
        &["x < w", "w < z", "z < x"],
        &["x > 3", "x < 3", "w >= 0", "z >= 0"],
        &["2 * na - 2 * nb == 1", "x >= 0", "w >= 0", "z >= 0"],
    ] {
        let claims = [
            ("x", "value: 3"),
            ("w", "value: 3"),
            ("z", "value: 3"),
            ("na", "value: at least 2"),
            ("nb", "value: at least 2"),
        ];
        let report = check(rules, &claims);
        let told: Vec<&str> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
        let joint = errors(&report).into_iter().filter(|error| error.code.0 != 204).count();
        assert_eq!(joint, 1, "{rules:?}: {told:?}");
        assert!(errors(&report)[0].span(&report.base).is_some(), "it points at the rules");
        let repeated = report.findings.iter().filter(|finding| finding.code.0 == 210).count();
        assert!(repeated <= 1, "{rules:?}: {told:?}");
    }
}

#[test]
fn redundant_rules_fail_each_by_itself() {
    let report = check(&["x >= 2", "x >= 1"], &[("x", "value: exactly 0")]);
    assert_eq!(errors(&report).len(), 2);
    assert!(errors(&check(&["x >= 2", "x >= 1"], &[("x", "value: exactly 2")])).is_empty());
}

#[test]
fn totals_of_any_size_are_exact() {
    let total = |total: &str, one: &str, other: &str| {
        let values = [total, one, other].map(|value| format!("value: exactly {value}"));
        check(&["t == a + b"], &[("t", &values[0]), ("a", &values[1]), ("b", &values[2])])
    };
    assert_eq!(errors(&total("60000000", "20000000", "30000000")).len(), 1);
    assert!(errors(&total("50000000", "20000000", "30000000")).is_empty());
    let zeros = "0".repeat(30);
    let (one, other) = (format!("2{zeros}"), format!("4{zeros}"));
    assert!(errors(&total(&format!("6{zeros}"), &one, &other)).is_empty());
    let more = format!("6{}1", "0".repeat(29));
    assert_eq!(errors(&total(&more, &one, &other)).len(), 1, "one too many in 10^30");
    assert_eq!(errors(&total("4294967297", "4294967296", "0")).len(), 1);
}

/// Percentages sum to a hundred within what rounding allows: half a unit for each.
#[test]
fn percentages_of_a_whole() {
    let sum = |values: [&str; 3]| {
        let told = values.map(|value| format!("value: {value}%"));
        check(&["p1 + p2 + p3 == 100"], &[("p1", &told[0]), ("p2", &told[1]), ("p3", &told[2])])
    };
    for fine in [
        ["33.3", "33.3", "33.3"],
        ["33", "33", "33"],
        ["33", "33", "34"],
        ["34", "34", "33"],
        ["98.5", "0.7", "0.7"],
    ] {
        assert!(sum(fine).findings.is_empty(), "{fine:?}");
    }
    for off in [["33", "33", "32"], ["34", "34", "35"], ["33.3", "33.3", "33.1"], ["98.5", "0.7", "0.6"]] {
        assert_eq!(errors(&sum(off)).len(), 1, "{off:?}");
    }
}

/// GRIM: which percentages of so many people there can be at all.
#[test]
fn percentages_of_few_people() {
    let share = |total: i64, share: &str| {
        let (total, share) = (format!("value: {total}"), format!("share: {share}% of nall"));
        check(&[], &[("nall", &total), ("nsome", &share)])
    };
    for total in [2_i64, 7, 28, 39] {
        for tenths in (1..1000).step_by(23) {
            // The percentages of a tenth that some count gives, a half rounded either way.
            let possible = (0..=total).any(|count| (count * 2000 - 2 * tenths * total).abs() <= total);
            let report = share(total, &format!("{}.{}", tenths / 10, tenths % 10));
            assert_eq!(errors(&report).is_empty(), possible, "{tenths} tenths of a per cent of {total}");
        }
    }
}

/// A stock over two years of which the first is not told.
#[test]
fn stocks_and_flows() {
    let rules = "rules:\n  - {id: roll, expect: \"pop @y == pop @y-1 + births @y - deaths @y\"}\n";
    let measures = "measures:\n  pop: {kind: stock, unit: person}\n  births: {kind: flow, unit: person}\n  deaths: {kind: flow, unit: person}\n";
    let year = |last: &str| {
        let folder = tempfile::tempdir().unwrap();
        let claims = format!(
            "defaults: {{entity: firm}}\nclaims:\n  - {{measure: pop, period: 2022, value: 1234}}\n  \
             - {{measure: births, period: 2023, value: 41}}\n  - {{measure: deaths, period: 2023, value: 11}}\n  \
             - {{measure: births, period: 2024, value: 35}}\n  - {{measure: deaths, period: 2024, value: 11}}\n  \
             - {{measure: pop, period: 2024, value: {last}}}\n"
        );
        let files = [("rules.yaml", format!("{VOCABULARY}{measures}{rules}")), ("a.yaml", claims)];
        let files = files.map(|(name, text)| {
            fs::write(folder.path().join(name), text).unwrap();
            folder.path().join(name)
        });
        let inputs = Inputs { root: folder.path().to_path_buf(), files: files.to_vec(), unread: vec![] };
        run(&inputs, &Options::default()).unwrap()
    };
    assert!(errors(&year("1288")).is_empty());
    let report = year("1299");
    assert_eq!(errors(&report).len(), 1);
    assert_eq!(errors(&report)[0].repairs.len(), 6, "any of the six may be wrong");
    assert!(errors(&report)[0].repairs.iter().any(|repair| repair.text().ends_with("1299 → 1288")));
}
