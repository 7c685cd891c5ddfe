//! Rulebooks that a naive engine chokes on: each ends soon, in bounded memory, with a clear verdict, and
//! twice the same.

#![cfg(test)]

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use mizan::check::{Inputs, Options, Report, run};
use mizan::finding::Finding;
use mizan::finding::Severity;
use mizan::report::{json, recheck::recheck};

/// The codes of the report on a rulebook and claims, each with its message. The report is the same
/// bytes twice, and its proofs verify.
fn told(rules: &str, claims: &str) -> (Report, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_path_buf();
    let files =
        [("rules.yaml", format!("entities: {{town: }}\n{rules}")), ("claims.yaml", claims.to_owned())];
    let files = files.map(|(name, text)| {
        fs::write(root.join(name), text).unwrap();
        root.join(name)
    });
    let inputs = Inputs { root, files: files.to_vec(), unread: Vec::new() };
    let started = Instant::now();
    let report = run(&inputs, &Options::default()).unwrap();
    assert!(started.elapsed() < Duration::from_mins(1), "{:?}", started.elapsed());
    let text = json::render(&report);
    assert_eq!(text, json::render(&run(&inputs, &Options::default()).unwrap()), "twice the same");
    assert_eq!(recheck(&text).unwrap().faults, []);
    let lines = report.findings.iter().map(|finding| format!("{} {}", finding.name(), finding.message));
    let lines = lines.collect();
    (report, lines)
}

const YEAR: &str = "defaults: {entity: town, period: 2024}\nclaims:\n";

fn measures(names: &[&str]) -> String {
    let one = |name: &&str| format!("  {name}: {{kind: stock}}\n");
    format!("measures:\n{}rules:\n", names.iter().map(one).collect::<String>())
}

#[test]
fn rules_in_a_circle() {
    let sound = "  - {id: ab, expect: a <= b + k}\n  - {id: bc, expect: b <= c + k}\n  - {id: ca, expect: c <= a + k}\n";
    let claims = format!(
        "{YEAR}  - {{measure: k, value: 1}}\n  - {{measure: a, value: 5}}\n  - {{measure: b, value: about 4}}\n"
    );
    let (_, lines) = told(&format!("{}{sound}", measures(&["a", "b", "c", "k"])), &claims);
    assert_eq!(lines, Vec::<String>::new());
    // Each is one more than the next, all around.
    let (_, lines) =
        told(&format!("{}{}", measures(&["a", "b", "c", "k"]), sound.replace("<=", "==")), &claims);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("MZ210 ") && lines[0].contains("`ab`, `bc` and `ca`"), "{lines:?}");
}

#[test]
fn an_odd_difference_of_even_numbers() {
    let claims =
        format!("{YEAR}  - {{measure: a, value: about 5000000}}\n  - {{measure: b, value: about 5000000}}\n");
    let book = measures(&["a", "b", "k"]);
    let (_, lines) = told(
        &format!("{book}  - {{id: odd, expect: 2 * a - 2 * b == k}}\n"),
        &format!("{claims}  - {{measure: k, value: 1}}\n"),
    );
    assert_eq!(lines, ["MZ204/odd no whole numbers within what is told satisfy `2 * a - 2 * b == k`"]);
    let (_, lines) = told(&format!("{book}  - {{id: odd, expect: 2 * a - 2 * b == 1}}\n"), &claims);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("MZ904")), "{lines:?}");
}

#[test]
fn coefficients_of_fifty_digits() {
    let (big, bigger) = ("7".repeat(50), format!("{}9", "7".repeat(49)));
    let rules = format!(
        "{}  - {{id: one, expect: {big} * a <= {bigger} * b}}\n  - {{id: two, expect: {bigger} * b <= {big} * c}}\n",
        measures(&["a", "b", "c"])
    );
    let claims = |c: u32| {
        format!(
            "{YEAR}  - {{measure: a, value: 9}}\n  - {{measure: b, value: 5..20}}\n  - {{measure: c, value: {c}}}\n"
        )
    };
    assert_eq!(told(&rules, &claims(10)).1, Vec::<String>::new());
    // a·7…7 ≤ c·7…7 exactly: 9 is too many for 8, whatever b is.
    let (_, lines) = told(&rules, &claims(8));
    assert!(!lines.is_empty() && lines.iter().all(|line| line.starts_with("MZ2")), "{lines:?}");
}

#[test]
fn a_rule_over_a_million_instances() {
    let rules = "measures: {a: {kind: stock}, b: {kind: flow}}\ndimensions: {place: {}}\nrules:\n  - {id: roll, expect: a @y == a @y-1 + b @y}\n";
    let mut claims = "defaults: {entity: town}\nclaims:\n".to_owned();
    for place in 0..1_100 {
        for (year, value) in [(1100, 7), (2024, 8)] {
            writeln!(claims, "  - {{measure: a, place: p{place}, period: {year}, value: {value}}}").unwrap();
        }
    }
    let (_, lines) = told(rules, &claims);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("MZ903/roll a rule must stay within 150000 instances"), "{lines:?}");
}

#[test]
fn a_sum_of_two_thousand() {
    let rules = "measures: {a: {kind: stock}}\ndimensions: {place: {disjoint: true}}\nrules:\n  - {id: total, expect: \"a == a[place=*]\"}\n";
    let claims = |total: u32| {
        let mut claims = format!("{YEAR}  - {{measure: a, value: {total}}}\n");
        for place in 0..2_000 {
            writeln!(claims, "  - {{measure: a, place: p{place}, value: 7}}").unwrap();
        }
        claims
    };
    assert_eq!(told(rules, &claims(14_000)).1, Vec::<String>::new());
    let (_, lines) = told(rules, &claims(13_999));
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines.iter().all(|line| line.ends_with("1 too few")), "{lines:?}");
}

/// All of them hang together in one total, and each is told.
#[test]
fn twenty_independent_errors_in_one_component() {
    let mut rules = "measures:\n  total: {kind: stock}\n".to_owned();
    let mut body = "rules:\n".to_owned();
    let mut claims = format!("{YEAR}  - {{measure: total, value: 100000}}\n");
    for at in 0..20 {
        for name in ["a", "b", "h"] {
            writeln!(rules, "  {name}{at}: {{kind: stock}}").unwrap();
        }
        writeln!(body, "  - {{id: l{at}, expect: a{at} + total >= h{at}}}\n  - {{id: m{at}, expect: h{at} >= b{at} + total}}").unwrap();
        writeln!(claims, "  - {{measure: a{at}, value: 10}}\n  - {{measure: b{at}, value: 20}}").unwrap();
    }
    let (report, lines) = told(&format!("{rules}{body}"), &claims);
    assert_eq!(lines.len(), 20, "{lines:?}");
    assert!(lines.iter().all(|line| line.starts_with("MZ210 ") && line.contains(": 10 and b")), "{lines:?}");
    let advised =
        |finding: &Finding| finding.repairs.iter().any(|repair| repair.changes[0].text.contains('→'));
    assert!(report.findings.iter().all(advised));
}

/// Seven thousand claims, rules and domains that hang together, and one figure wrong: all that it breaks
/// is put down to it, as in a small corpus.
#[test]
fn one_error_in_a_large_component_is_the_only_one_blamed() {
    let rules = format!(
        "{}  - {{id: roll, expect: a @y == a @y-1 + k @y}}\n  - {{id: above, expect: a @y <= b @y}}\n",
        measures(&["a", "b", "k"])
    );
    let mut claims = "defaults: {entity: town}\nclaims:\n".to_owned();
    for year in 0..900 {
        let wrong = if year == 450 { 5_000 } else { 0 };
        for (measure, value) in [("a", 3_000 + 3 * year + wrong), ("b", 3_001 + 4 * year), ("k", 3)] {
            let period = 1_000 + year;
            writeln!(claims, "  - {{measure: {measure}, period: {period}, value: exactly {value}}}").unwrap();
        }
    }
    let (report, lines) = told(&rules, &claims);
    assert_eq!(lines.len(), 3, "{lines:?}");
    for finding in &report.findings {
        let [repair] = finding.repairs.as_slice() else { panic!("{finding:#?}") };
        let [change] = repair.changes.as_slice() else { panic!("{finding:#?}") };
        assert!(change.text.contains("1450: 9350 → 4350"), "{change:?}");
    }
}

/// Six thousand unknowns that nothing tells apart, and one error: it is told, and so is that nobody
/// weighed all of them.
#[test]
fn what_is_too_large_to_be_weighed_is_told_so() {
    let flows = "  c: {kind: flow}\n  d: {kind: flow}\n";
    let rules = format!(
        "measures:\n  a: {{kind: stock}}\n  b: {{kind: stock}}\n{flows}rules:\n  - {{id: of-a, expect: a @y == a @y-1 + c @y}}\n  - {{id: of-b, expect: b @y == b @y-1 + d @y}}\n  - {{id: above, expect: a @y <= b @y}}\n"
    );
    let told_of =
        |measure, year, value| format!("  - {{measure: {measure}, period: {year}, value: {value}}}\n");
    let claims = [
        told_of("a", 1000, "at least 10"),
        told_of("b", 1000, "at least 20"),
        told_of("a", 1999, "at most 5"),
        told_of("b", 1999, "at least 50"),
    ];
    let (report, lines) = told(&rules, &format!("defaults: {{entity: town}}\nclaims:\n{}", claims.concat()));
    let [finding] = report.findings.as_slice() else { panic!("{lines:?}") };
    assert_eq!(finding.code.to_string(), "MZ210");
    assert!(finding.repairs.is_empty() && finding.help[0].contains("too many claims"), "{:?}", finding.help);
}

/// A rule that fails in every year: what must change at the least is a puzzle of its own, and not worth
/// minutes. Each finding is advised by itself, and says so.
#[test]
fn a_rule_that_fails_everywhere_is_no_puzzle() {
    const YEARS: usize = 60;
    let rules = "measures:\n  a: {kind: stock}\n  c: {kind: flow}\nrules:\n  - {id: of-a, expect: a @y == a @y-1 + c @y}\n";
    let mut claims = "defaults: {entity: town}\nclaims:\n".to_owned();
    for year in 0..YEARS {
        for (measure, value) in [("a", year * 37 % 100), ("c", year % 3)] {
            let period = 1_950 + year;
            writeln!(claims, "  - {{measure: {measure}, period: {period}, value: exactly {value}}}").unwrap();
        }
    }
    let (report, lines) = told(rules, &claims);
    let errors: Vec<_> = report.findings.iter().filter(|one| one.severity == Severity::Error).collect();
    assert_eq!(errors.len(), YEARS - 1, "{lines:?}");
    for finding in errors {
        assert!(!finding.repairs.is_empty(), "{finding:#?}");
        assert!(finding.help.iter().any(|line| line.contains("too many claims")), "{:?}", finding.help);
    }
}

/// Many rules that hang together over years, as many conditions, a circle that holds for one year only,
/// and many years by their numbers: nothing is told of what some figures satisfy.
#[test]
fn rulebooks_are_checked_on_their_own_in_no_time() {
    const COUNT: usize = 40;
    let names: Vec<String> = (0..COUNT).map(|at| format!("m{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let of_rules = |rule: &dyn Fn(usize, usize) -> String| {
        let rules: String = (0..COUNT).map(|at| rule(at, (at + 1) % COUNT)).collect();
        let claims = format!("{YEAR}  - {{measure: m0, value: 7}}\n");
        let (_, lines) = told(&format!("{}{rules}", measures(&names)), &claims);
        lines.into_iter().filter(|line| !line.starts_with("MZ902")).collect::<Vec<String>>()
    };
    let lines = of_rules(&|at, next| {
        format!(
            "  - {{id: r{at}, expect: m{at} @y <= m{next} @y-1 + 2}}\n  - {{id: c{at}, expect: if m{at} @y > m{next} @y-5 + 2 then m{next} @y >= 3}}\n"
        )
    });
    assert_eq!(lines, Vec::<String>::new());
    let lines = of_rules(&|at, next| format!("  - {{id: r{at}, expect: m{at} @y + 60 < m{next} @y-1}}\n"));
    assert_eq!(lines, Vec::<String>::new());
    let lines =
        of_rules(&|at, _| format!("  - {{id: r{at}, expect: m{at} @{} <= m0 @y + y}}\n", 1_000 + 7 * at));
    assert_eq!(lines, Vec::<String>::new());
    let lines = of_rules(&|at, next| format!("  - {{id: r{at}, expect: m{at} @y < m{next} @y}}\n"));
    assert!(matches!(lines.as_slice(), [one] if one.starts_with("MZ904/r0 ")), "{lines:?}");
}
