//! What the rulebook says about blame: trust in origins, and what is wrong with the rulebook itself.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;

use mizan::check::{Inputs, Options, Report, run};
use mizan::finding::{Finding, Severity};

/// The report on files, by their names.
fn report(files: &[(&str, &str)]) -> Report {
    report_with(files, &Options::default())
}

fn report_with(files: &[(&str, &str)], options: &Options) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_path_buf();
    let mut paths = Vec::new();
    for (name, text) in files {
        paths.push(root.join(name));
        fs::write(root.join(name), text).unwrap();
    }
    run(&Inputs { root, files: paths, unread: Vec::new() }, options).unwrap()
}

/// Three measures of one thing, told by three origins.
fn told(rules: &str, figures: [(&str, u32); 3]) -> Report {
    let measures = "entities: {town: }\nmeasures:\n  a: {kind: stock}\n  b: {kind: stock}\n  c: {kind: stock}\n  k: {kind: stock}\n  p: {kind: stock}\n";
    // An instance needs two claims: `k` is the other one everywhere, and changing it helps nowhere.
    let mut claims =
        "defaults: {entity: town, period: 2024}\nclaims:\n  - {measure: k, value: 7}\n".to_owned();
    for (measure, value) in figures.into_iter().filter(|(measure, _)| !measure.is_empty()) {
        let line = format!("  - {{measure: {measure}, value: {value}, origin: of-{measure}}}\n");
        claims.push_str(&line);
    }
    report(&[("rules.yaml", &format!("{measures}{rules}")), ("claims.yaml", &claims)])
}

fn only(report: &Report) -> &Finding {
    let [finding] = report.findings.as_slice() else { panic!("{:#?}", report.findings) };
    finding
}

/// What would resolve a finding: sets of changes, each in words.
fn repairs(finding: &Finding) -> Vec<Vec<&str>> {
    let changes = finding.repairs.iter().map(|repair| &repair.changes);
    changes.map(|changes| changes.iter().map(|change| change.text.as_str()).collect()).collect()
}

#[test]
fn of_two_origins_the_less_trusted_is_blamed_first() {
    let rules = "rules:\n  - {id: same, expect: a == b}\n";
    for (trust, first) in
        [("", "a"), ("trust: {of-a: 5}\n", "b"), ("trust: {of-b: 5}\n", "a"), ("trust: {of-b: 0}\n", "b")]
    {
        let report = told(&format!("{rules}{trust}"), [("a", 10), ("b", 20), ("", 0)]);
        let repairs = repairs(only(&report));
        assert!(repairs[0][0].starts_with(&format!("{first} at")), "{trust}: {repairs:?}");
    }
}

/// The same where two rules show it together, through a figure that nobody tells.
#[test]
fn trust_weighs_in_joint_conflicts() {
    let rules = "rules:\n  - {id: left, expect: a + k == p}\n  - {id: right, expect: p == b + k}\n";
    for (trust, first) in [("trust: {of-a: 5}\n", "b"), ("trust: {of-b: 5}\n", "a")] {
        let report = told(&format!("{rules}{trust}"), [("a", 10), ("b", 20), ("", 0)]);
        let finding = only(&report);
        assert_eq!(finding.code.to_string(), "MZ210");
        let repairs = repairs(finding);
        assert!(repairs[0][0].starts_with(&format!("{first} at")), "{trust}: {repairs:?}");
    }
}

/// And where the rules only warn.
#[test]
fn trust_weighs_in_joint_tensions() {
    let rules = "rules:\n  - {id: left, expect: a + k == p, level: warning}\n  - {id: right, expect: p == b + k, level: warning}\n";
    for (trust, first) in [("trust: {of-a: 5}\n", "b"), ("trust: {of-b: 5}\n", "a")] {
        let report = told(&format!("{rules}{trust}"), [("a", 10), ("b", 20), ("", 0)]);
        let finding = only(&report);
        assert_eq!((finding.code.to_string().as_str(), finding.severity), ("MZ210", Severity::Warning));
        let [[repair]] =
            <[_; 1]>::try_from(repairs(finding)).unwrap().map(|one| <[_; 1]>::try_from(one).unwrap());
        assert!(repair.starts_with(&format!("{first} at")), "{trust}: {repair:?}");
    }
}

/// Three origins that all differ: two must change, and the trusted one is not among them.
#[test]
fn the_lightest_repair_leaves_the_trusted_alone() {
    let rules = "rules:\n  - {id: ab, expect: a + k == p}\n  - {id: ba, expect: p == b + k}\n  - {id: bc, expect: p == c + k}\n";
    for (trusted, others) in [("a", ["b", "c"]), ("b", ["a", "c"]), ("c", ["a", "b"])] {
        let rules = format!("{rules}trust: {{of-{trusted}: 3}}\n");
        let report = told(&rules, [("a", 10), ("b", 20), ("c", 30)]);
        let finding = only(&report);
        let repairs = repairs(finding);
        assert_eq!(repairs.len(), 1, "{repairs:?}");
        for measure in ["a", "b", "c"] {
            let blamed = repairs[0].iter().any(|change| change.starts_with(&format!("{measure} at")));
            assert_eq!(blamed, others.contains(&measure), "{repairs:?}");
        }
    }
}

/// The number of an edition may be what was mistyped, not its year: 70 became 60 here, 69 became 96 there.
#[test]
fn the_number_of_an_edition_may_be_what_is_wrong() {
    let book = "entities: {town: }\nmeasures: {fair: {kind: ordinal}}\nrules: [{id: yearly, ordinal: fair, every: year}]\n";
    let advised = |editions: [(u32, u32); 3]| {
        let claims = editions.map(|(number, year)| {
            format!("  - {{measure: fair, entity: town, ordinal: {number}, date: {year}}}\n")
        });
        let claims = format!("claims:\n{}", claims.concat());
        let report = report(&[("rules.yaml", book), ("claims.yaml", &claims)]);
        let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors.flat_map(repairs).flatten().map(str::to_owned).collect::<Vec<_>>().join("\n")
    };
    let told = advised([(68, 2024), (69, 2025), (60, 2026)]);
    assert!(told.contains("or number 60 → 70 (70 with one digit changed)"), "{told}");
    let told = advised([(68, 2024), (96, 2025), (70, 2026)]);
    assert!(told.contains("or number 96 → 69 (69 with two digits swapped)"), "{told}");
    assert_eq!(advised([(68, 2024), (69, 2025), (70, 2026)]), "");
}

#[test]
fn trust_in_nobody_is_told() {
    let report = told("trust: {of-aa: 5, of-b: 2}\n", [("a", 10), ("b", 20), ("", 0)]);
    let finding = only(&report);
    assert_eq!(finding.code.to_string(), "MZ902");
    assert!(finding.message.contains("`of-aa`") && finding.help[0].contains("`of-a`"), "{finding:?}");
}

/// Seven claims that all differ: twenty-one pairs. A search that is cut says so, and goes on without
/// what it has named, so that nothing wrong is left over.
#[test]
fn as_many_smallest_sets_as_are_asked_for() {
    let mut book = "entities: {town: }\nmeasures:\n  k: {kind: stock}\n  p: {kind: stock}\n".to_owned();
    let mut claims =
        "defaults: {entity: town, period: 2024}\nclaims:\n  - {measure: k, value: 7}\n".to_owned();
    let sum = |at| format!("  - {{id: r{at}, expect: m{at} + k == p}}\n");
    book.extend((0..7).map(|at| format!("  m{at}: {{kind: stock}}\n")));
    book.extend(["rules:\n".to_owned()].into_iter().chain((0..7).map(sum)));
    claims.extend((0..7).map(|at| format!("  - {{measure: m{at}, value: 1{at}}}\n")));
    let files = [("rules.yaml", book.as_str()), ("claims.yaml", claims.as_str())];
    let sets = |most| {
        let max_conflicts = std::num::NonZeroUsize::new(most);
        let report = report_with(&files, &Options { max_conflicts, ..Options::default() });
        assert!(report.findings.iter().all(|finding| finding.severity == Severity::Error));
        let cut = report.findings.iter().flat_map(|finding| &finding.reasons);
        let cut = cut.flat_map(|reason| &reason.steps).any(|step| step.contains("--max-conflicts"));
        let claims = report.findings.iter().flat_map(|finding| &finding.claims).collect::<BTreeSet<_>>();
        (report.findings.iter().map(|finding| finding.reasons.len()).sum::<usize>(), cut, claims.len())
    };
    assert_eq!(sets(100), (21, false, 7));
    let (few, cut, named) = sets(3);
    assert!(few < 21 && cut && named >= 6, "{few} sets of {named} claims");
}

/// What no value of a measure can be is told once, and makes no dispute with those who say better.
#[test]
fn an_impossible_figure_is_told_once() {
    let book =
        "entities: {town: }\nunits: {\"%\": share}\nmeasures: {progress: {kind: stock, unit: \"%\"}}\n";
    let claims = "defaults: {entity: town, period: 2024}\nclaims:\n  - {measure: progress, value: 90%}\n  - {id: more, measure: progress, value: 120%}\n";
    assert_eq!(only(&report(&[("rules.yaml", book), ("claims.yaml", claims)])).name(), "MZ207");
}

/// Two rules join through a quotient: the message says what the figure would have to be.
#[test]
fn a_quotient_of_several_rules_is_told_by_its_value() {
    let rules = "rules:\n  - {id: share, expect: a == b / p}\n  - {id: most, expect: p + k <= c}\n";
    let report = told(rules, [("a", 5), ("b", 95), ("c", 10)]);
    let joint = report.findings.iter().find(|one| one.code.to_string() == "MZ210").unwrap();
    assert!(
        joint.message.contains("is 10, but by the other figures together it must be 19 or more"),
        "{joint:#?}"
    );
}

/// Nothing can be said where something is divided by 0, told as such or reckoned.
#[test]
fn a_division_by_zero_says_nothing() {
    for below in ["k", "(k - 7)", "(k + 0 * a - 7)"] {
        let rules = format!("rules:\n  - {{id: ratio, expect: a == b / {below}}}\n");
        let report = told(&rules, [("a", 10), ("b", 20), ("", 0)]);
        assert_eq!(report.findings.is_empty(), below != "k", "{below}: {:#?}", report.findings);
    }
}

/// A number in front of a quotient is what it is; the quotient is what is judged.
#[test]
fn a_number_is_never_the_one_that_must_change() {
    let report = told("rules:\n  - {id: ratio, expect: 9 <= a / b}\n", [("a", 10), ("b", 20), ("", 0)]);
    assert!(only(&report).message.starts_with("a / b is 0.5, but it must be 9 or more"), "{report:#?}");
}

/// An assumption of a measure that the rule does not speak of is told at its place; the rule is in force.
#[test]
fn an_assumption_in_vain_is_told() {
    let rules = "rules:\n  - {id: same, expect: a == b, assume: {p: 0}}\n";
    let report = told(rules, [("a", 10), ("b", 20), ("", 0)]);
    let codes: Vec<String> = report.findings.iter().map(|finding| finding.code.to_string()).collect();
    assert_eq!(codes, ["MZ204", "MZ901"]);
    let vain = &report.findings[1];
    assert_eq!(vain.severity, Severity::Warning);
    assert!(
        vain.message.contains("`p` is none of them") && vain.help[0].contains("`a` and `b`"),
        "{vain:#?}"
    );
}

/// Of two figures that differ, the one with which a rule fails is the wrong one, though the rule says nothing
/// as long as they differ.
#[test]
fn a_repair_wakes_no_rule_that_then_fails() {
    let book = "entities: {hall: }\nunits: {\"%\": share}\nmeasures:\n  progress: {kind: stock, unit: \"%\", within: 0..100}\n  completion: {kind: event}\nrules: [{id: done, expect: \"if progress @y < 100 then completion > y\"}]\n";
    let advised = |completion: u32| {
        let claim = |article: &str, figure: u32| {
            let claims =
                format!("claims:\n  - {{measure: progress, entity: hall, period: 2023, value: {figure}%}}\n");
            (format!("{article}.yaml"), claims)
        };
        let date = format!("claims: [{{measure: completion, entity: hall, date: {completion}}}]\n");
        let ((a, of_a), (b, of_b)) = (claim("a", 68), claim("b", 100));
        let report = report(&[("rules.yaml", book), (&a, &of_a), (&b, &of_b), ("date.yaml", &date)]);
        repairs(only(&report)).concat().join("\n")
    };
    let told = advised(2022);
    assert!(told.lines().count() == 1 && told.contains("`68%`"), "only the 68 is left: {told}");
    assert_eq!(advised(2024).lines().count(), 2, "both can be: {}", advised(2024));
}
