//! Figures that nobody claims: where claims make one, a rule that leaves no room for it fails and names these
//! claims, as many as are needed; where nothing strong makes it, nobody is accused.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;

use mizan::check::{Inputs, Options, Report, run};
use mizan::finding::Severity;

const VOCABULARY: &str = "entities: {town: }
units: {\"%\": share}
dimensions: {centre: {values: [north, south], disjoint: true}, desk: {values: [first, second]}}
measures:
  loans: {kind: flow}
  books: {kind: stock}
  members: {kind: stock}
  joined: {kind: flow}
  visits: {kind: flow}
  staff: {kind: flow}
rules:
";

/// A figure that nobody claims.
struct Case {
    /// Rules that leave no room for it beside the limit.
    rules: &'static str,
    /// The claims that make it.
    makers: &'static [&'static str],
    /// More claims that would, and need not be named.
    others: &'static [&'static str],
}

const LENT: &str = "  - {id: lent, expect: loans @y <= books @y - 100}\n";
const SEATED: &str = "  - {id: seated, expect: members @y <= books @y - 100}
  - {id: roll-forward, expect: members @y == members @y-1 + joined @y}\n";
const LIMIT: &str = "{id: limit, measure: books, period: 2022, value: 39}";

/// What makes a figure that nobody claims.
const MADE: [Case; 7] = [
    Case {
        rules: LENT,
        makers: &["{id: a, measure: loans, period: 2024, change: up 25% from 2022}"],
        others: &[],
    },
    Case {
        rules: LENT,
        makers: &["{id: a, measure: visits, period: 2022, share: 12% of loans}"],
        others: &[],
    },
    Case {
        rules: LENT,
        makers: &["{id: a, measure: loans, centre: north, period: 2022, value: 70}"],
        others: &["{id: z, measure: loans, centre: south, period: 2022, value: 61}"],
    },
    Case {
        rules: SEATED,
        makers: &[
            "{id: a, measure: members, period: 2021, value: 10}",
            "{id: b, measure: members, period: 2024, value: 20}",
        ],
        others: &[
            "{id: y, measure: members, period: 2019, value: 8}",
            "{id: z, measure: members, period: 2025, value: 21}",
        ],
    },
    Case {
        rules: "  - {id: lent, expect: loans @y <= books @y - 100}
  - {id: shared, expect: loans @y + staff @y <= visits @y}\n",
        makers: &[
            "{id: a, measure: staff, period: 2022, value: 3}",
            "{id: b, measure: visits, period: 2022, value: 9}",
        ],
        others: &[],
    },
    Case {
        rules: "  - {id: lent, expect: loans @y <= books @y - 100}
  - {id: shared, expect: if staff @y > 2 then loans @y <= visits @y}\n",
        makers: &[
            "{id: a, measure: staff, period: 2022, value: 3}",
            "{id: b, measure: visits, period: 2022, value: 9}",
        ],
        others: &[],
    },
    // The change says that the loans were more than none.
    Case {
        rules: "  - {id: lent, expect: loans @y <= books @y - 39}\n",
        makers: &["{id: a, measure: loans, period: 2024, change: up 25% from 2022}"],
        others: &[],
    },
];

/// What makes no figure for sure: rules, and claims.
const NOT_MADE: [(&str, &[&str]); 8] = [
    (LENT, &["{measure: loans, period: 2024, scope: of most, change: up 25% from 2022}"]),
    (LENT, &["{measure: loans, period: 2024, status: planned, change: up 25% from 2022}"]),
    (LENT, &["{measure: loans, period: '2024?', change: up 25% from 2022}"]),
    (LENT, &["{measure: loans, desk: first, period: 2022, value: 70}"]),
    (LENT, &["{measure: loans, period: 2021, value: 70}", "{measure: loans, period: 2023, value: 70}"]),
    (
        SEATED,
        &["{measure: members, period: '2021?', value: 1}", "{measure: members, period: 2024, value: 2}"],
    ),
    (
        "  - {id: lent, expect: loans @y <= books @y - 100}
  - {id: shared, expect: loans @y + staff @y <= visits @y, level: warning}\n",
        &["{measure: staff, period: 2022, value: 3}", "{measure: visits, period: 2022, value: 9}"],
    ),
    (
        "  - {id: lent, expect: loans @y <= books @y - 100}
  - {id: shared, expect: if staff @y > 3 then loans @y <= visits @y}\n",
        &["{measure: staff, period: 2022, value: 3}", "{measure: visits, period: 2022, value: 9}"],
    ),
];

fn check<'a>(rules: &str, claims: impl IntoIterator<Item = &'a str>) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_path_buf();
    let lines: Vec<String> = claims.into_iter().map(|claim| format!("  - {claim}\n")).collect();
    fs::write(root.join("rules.yaml"), format!("{VOCABULARY}{rules}")).unwrap();
    fs::write(root.join("a.yaml"), format!("defaults: {{entity: town}}\nclaims:\n{}", lines.concat()))
        .unwrap();
    let files = ["rules.yaml", "a.yaml"].map(|name| root.join(name)).to_vec();
    run(&Inputs { root, files, unread: vec![] }, &Options::default()).unwrap()
}

/// The claims that the errors name; their ids.
fn accused(report: &Report) -> BTreeSet<String> {
    let errors = report.findings.iter().filter(|one| one.severity == Severity::Error);
    let claims = errors.flat_map(|one| &one.claims);
    claims.map(|fact| report.base.fact(*fact).key.trim_start_matches("a/").to_owned()).collect()
}

fn messages(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|one| one.message.as_str()).collect()
}

fn ids(claims: &[&str]) -> BTreeSet<String> {
    let id = |claim: &&str| claim.trim_start_matches("{id: ").split(',').next().unwrap().to_owned();
    claims.iter().map(id).collect()
}

#[test]
fn what_makes_a_figure_is_named_and_no_more() {
    for case in &MADE {
        let named: Vec<&str> = case.makers.iter().copied().chain([LIMIT]).collect();
        let all = check(case.rules, named.iter().chain(case.others).copied());
        assert_eq!(accused(&all), ids(&named), "{}\n{:?}", case.rules, messages(&all));
        assert_eq!(accused(&check(case.rules, named.iter().copied())), ids(&named), "{}", case.rules);
        for left_out in 0..named.len() {
            let fewer = named.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, claim)| *claim);
            let silent = check(case.rules, fewer);
            assert!(accused(&silent).is_empty(), "{named:?} without {left_out}\n{:?}", messages(&silent));
        }
    }
}

#[test]
fn a_figure_with_room_accuses_nobody() {
    for case in &MADE {
        let roomy = LIMIT.replace("39", "390");
        let report =
            check(case.rules, case.makers.iter().chain(case.others).copied().chain([roomy.as_str()]));
        assert!(accused(&report).is_empty(), "{}\n{:?}", case.rules, messages(&report));
    }
}

#[test]
fn what_nothing_strong_makes_accuses_nobody() {
    for (rules, claims) in NOT_MADE {
        let report = check(rules, claims.iter().copied().chain([LIMIT]));
        assert!(accused(&report).is_empty(), "{claims:?}\n{:?}", messages(&report));
    }
}

/// The same however the claims and the rules stand.
#[test]
fn order_changes_nothing() {
    for case in &MADE {
        let claims: Vec<&str> = case.makers.iter().chain(case.others).copied().chain([LIMIT]).collect();
        let mut rules: Vec<&str> = case.rules.lines().collect();
        rules.reverse();
        let rules = rules.join("\n") + "\n";
        let (one, other) = (check(case.rules, claims.clone()), check(&rules, claims.into_iter().rev()));
        assert_eq!(accused(&one), accused(&other), "{}", case.rules);
    }
}
