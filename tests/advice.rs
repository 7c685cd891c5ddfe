//! The first line of what would resolve a finding names what it should have said, where the rest says so.

#![cfg(test)]

use std::fs;
use std::path::Path;

use mizan::check::{Inputs, Options, run};
use mizan::finding::Severity;

fn advice(rules: &str, claims: &str) -> Vec<String> {
    of(&[("rules.yaml", rules), ("claims.yaml", claims)])
}

/// The advice of the only error in some files.
fn of(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_path_buf();
    for (name, text) in files {
        fs::write(root.join(name), text).unwrap();
    }
    let files = files.iter().map(|(name, _)| root.join(name)).collect();
    let report = run(&Inputs { root, files, unread: vec![] }, &Options::default()).unwrap();
    let errors: Vec<_> = report.findings.iter().filter(|one| one.severity == Severity::Error).collect();
    let [error] = errors.as_slice() else { panic!("{:#?}", report.findings) };
    let changes = error.repairs.iter().flat_map(|repair| repair.changes.iter().map(|one| one.text.clone()));
    changes.chain(error.help.clone()).collect()
}

const LIBRARY: &str = "entities: {library: }
units: {MAD: measured, \"%\": share}
measures:
  loans: {kind: flow, unit: loan}
  books: {kind: stock, unit: book}
  opening: {kind: event}
  closing: {kind: event}
";

#[test]
fn a_change_that_other_figures_refute_is_the_one_that_they_give() {
    let told = |change: &str| {
        let claims = format!(
            "source: {{published: 2025}}\ndefaults: {{entity: library, period: 2024}}\nclaims:
  - {{measure: loans, value: 2839}}\n  - {{measure: loans, value: 2788, period: 2023}}
  - {{id: same, measure: loans, value: 2839, origin: b}}\n  - {{id: before, measure: loans, value: 2788, period: 2023, origin: b}}
  - {{measure: loans, change: {change} from 2023}}\n"
        );
        advice(LIBRARY, &claims)
    };
    assert_eq!(told("up 8.1%"), ["loans in 2024: `up 8.1% from 2023` → +1.8 %"]);
    assert_eq!(told("down 1.8%"), ["loans in 2024: `down 1.8% from 2023` → +1.8 %"]);
    assert_eq!(told("up 15"), ["loans in 2024: `up 15 from 2023` → +51"]);
    assert_eq!(told("x3.0"), ["loans in 2024: `x3.0 from 2023` → ×1.0"]);
}

#[test]
fn a_share_that_other_figures_refute_is_the_one_that_they_give() {
    let claims = "defaults: {entity: library, period: 2024}\nclaims:
  - {measure: loans, value: 30420}\n  - {id: again, measure: loans, value: 30420, origin: b}
  - {measure: books, value: 59597}\n  - {id: twice, measure: books, value: 59597, origin: b}
  - {measure: loans, share: 15.0% of books}\n";
    assert_eq!(advice(LIBRARY, claims), ["loans in 2024: `15.0% of books` → 51.0 %"]);
}

#[test]
fn a_day_may_move_whole() {
    let rules = format!("{LIBRARY}rules: [{{id: order, order: [opening, closing]}}]\n");
    let claims = "defaults: {entity: library}\nclaims:
  - {measure: opening, date: 1912-04-20}
  - {measure: closing, date: 1912-04-15}\n  - {id: again, measure: closing, date: 1912-04-15, origin: b}\n";
    let advice = advice(&rules, claims);
    assert_eq!(advice[0], "opening: `1912-04-20` → begins on 1912-04-15 or earlier");
}

/// What is multiplied may be too hard to decide; the sums beside it still say what is missing.
#[test]
fn a_product_silences_no_sum() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/err/public-budget-scale");
    let names = ["rules.yaml", "cbo.yaml", "infographic.yaml", "2022.yaml"];
    let files = names.map(|name| (name, fs::read_to_string(case.join(name)).unwrap()));
    let advice = of(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    assert!(advice[0].ends_with("with three zeros more)"), "{advice:?}");
}

/// What one origin says again and again is mended everywhere or nowhere, and weighs as said once.
#[test]
fn what_is_repeated_changes_as_one() {
    let claim = |nth: usize| {
        let value = if nth == 500 { 545 } else { 454 };
        format!("  - {{id: c{nth}, measure: books, entity: town, period: 2024, value: {value}}}\n")
    };
    let claims: String = (0..1_000).map(claim).collect();
    let book = "entities: {town: }\nmeasures: {books: {kind: stock}}\n";
    let told = advice(book, &format!("claims:\n{claims}"));
    assert_eq!(
        told[..2],
        ["books at the end of 2024: 454 → 545 (999 claims)", "books at the end of 2024: 545 → 454"]
    );
}
