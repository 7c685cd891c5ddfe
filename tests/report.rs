//! Whole reports as a reader sees them, and the promise that they never change by themselves.
//!
//! `INSTA_UPDATE=always cargo test --test report` rewrites the snapshots; read what changed.

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The project's own corpus, which is the base of most reports here.
fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What a command prints in a folder.
fn mizan(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").env("TERM", "xterm");
    let output = command.output().unwrap();
    let complaints = String::from_utf8(output.stderr).unwrap();
    assert_eq!(complaints, "", "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A copy of the project's corpus somewhere else.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["claims", "rules"] {
        fs::create_dir(folder.path().join(part)).unwrap();
        for entry in fs::read_dir(project().join(part)).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join(part).join(path.file_name().unwrap())).unwrap();
        }
    }
    folder
}

/// The corpus with one edit.
fn corrupted(file: &str, old: &str, new: &str) -> TempDir {
    let folder = copy();
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old} in {file}");
    fs::write(path, text.replacen(old, new, 1)).unwrap();
    folder
}

/// A folder of the corpora beside this file.
fn case(name: &str) -> PathBuf {
    project().join("tests").join(name)
}

#[test]
fn our_corpus() {
    insta::assert_snapshot!("corpus_human", mizan(&project(), &["check"]));
    insta::assert_snapshot!("corpus_concise", mizan(&project(), &["check", "--format", "concise"]));
    insta::assert_snapshot!("corpus_json", mizan(&project(), &["check", "--format", "json"]));
}

#[test]
fn our_corpus_in_arabic() {
    insta::assert_snapshot!("corpus_arabic", mizan(&project(), &["check", "--lang", "ar"]));
}

#[test]
fn two_digits_swapped_in_a_total() {
    let folder = corrupted("claims/dgsn-2023.yaml", "4.269.781", "4.296.781");
    insta::assert_snapshot!("swapped_human", mizan(folder.path(), &["check"]));
}

#[test]
fn lists_that_do_not_add_up() {
    insta::assert_snapshot!("lists_human", mizan(&case("err/lists"), &["check", "."]));
    insta::assert_snapshot!("lists_json", mizan(&case("err/lists"), &["check", ".", "--format", "json"]));
}

/// A derivation over dates, and a sum that an assumption closes.
#[test]
fn an_editor_can_follow() {
    let undated = case("err/joint-undated-anniversary-backwards");
    insta::assert_snapshot!("undated_human", mizan(&undated, &["check", "."]));
    insta::assert_snapshot!("assumed_human", mizan(&case("err/assumed"), &["check", "."]));
}

#[test]
fn a_file_full_of_faults() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("claims.yaml"), FAULTS).unwrap();
    fs::write(folder.path().join("rules.yaml"), RULES).unwrap();
    insta::assert_snapshot!("faults_human", mizan(folder.path(), &["check", "."]));
    insta::assert_snapshot!("faults_concise", mizan(folder.path(), &["check", ".", "--format", "concise"]));
}

const RULES: &str = "\
entities: {library: {labels: {ar: المكتبة}}}
units: {book: countable, km2: measured}
measures:
  books: {kind: stock, unit: book, labels: {ar: الكتب}}
  area: {kind: stock, unit: km2}
dimensions: {place: {values: [fes, sale], labels: {fes: {ar: فاس}}}}
rules:
  - {id: cut, expect: books <= }
  - {id: unknown, expect: boks <= 3}
";

const FAULTS: &str = "\
defaults: {entity: library, period: 2023}
claims:
  - {measure: الكتب, value: 12480, quote: 12.480 كتابا}
  - {measure: boks, value: 3}
  - {measure: books, valu: 3, place: fes}
  - {measure: books, place: فأس, value: 3}
  - {measure: area, value: 867.042, quote: على مساحة 867.042 كيلومتر مربع}
  - {measure: books, quote: بين الرفوف كتب كثيرة}
  - {measure: books, value: over 6,500}
  - {measure: books, value: 3, value: 4}
  - {measure: books, value: 3, note: a\u{202e}b}
  - {measure: books, period: 2023-13, value: 3}
";

#[test]
fn the_rules() {
    insta::assert_snapshot!("rules", mizan(&project(), &["rules"]));
}

#[test]
fn a_code_explained() {
    insta::assert_snapshot!("explain_204", mizan(&project(), &["explain", "MZ204"]));
}

#[test]
fn a_quiet_report_and_a_verbose_one() {
    insta::assert_snapshot!("quiet", mizan(&project(), &["check", "--quiet"]));
    insta::assert_snapshot!("verbose", mizan(&case("err/day-too-many"), &["check", ".", "--verbose"]));
}

/// The same bytes on every run, wherever the folder is and whatever order the files come in.
#[test]
fn a_report_depends_on_nothing_but_the_files() {
    for format in ["human", "concise", "json"] {
        let here = mizan(&project(), &["check", "--format", format]);
        assert_eq!(here, mizan(&project(), &["check", "--format", format]), "two runs");
        let folder = copy();
        assert_eq!(here, mizan(folder.path(), &["check", "--format", format]), "elsewhere");
        let mut files: Vec<String> = Vec::new();
        for part in ["claims", "rules"] {
            let entries = fs::read_dir(folder.path().join(part)).unwrap();
            files.extend(entries.map(|entry| entry.unwrap().path().to_string_lossy().into_owned()));
        }
        files.sort();
        for turn in 0..files.len() {
            files.rotate_left(1);
            if turn % 2 == 1 {
                files.reverse();
            }
            let mut arguments = vec!["check", "--format", format];
            arguments.extend(files.iter().map(String::as_str));
            assert_eq!(here, mizan(folder.path(), &arguments), "the order of {files:?}");
        }
    }
}

/// A file repeated under another name with the same origin changes no verdict on values.
#[test]
fn a_repeated_article_changes_no_verdict() {
    let folder = copy();
    let before = mizan(folder.path(), &["check", "--format", "concise"]);
    let file = folder.path().join("claims/dgsn-2023.yaml");
    fs::copy(&file, folder.path().join("claims/zz-repeated.yaml")).unwrap();
    let after = mizan(folder.path(), &["check", "--format", "concise"]);
    let findings = |text: &str| -> Vec<String> {
        let about_values = |line: &&str| !line.contains("MZ5") && !line.starts_with("claims/zz-repeated");
        text.lines().filter(about_values).map(|line| line.split("] ").next().unwrap().to_owned()).collect()
    };
    assert_eq!(findings(&before), findings(&after));
}

/// Nobody reads fifty steps: both ends are shown, and a verbose report has them all.
#[test]
fn a_long_chain_is_abridged() {
    let folder = tempfile::tempdir().unwrap();
    let rules = "entities: {town: }\nmeasures:\n  level: {kind: stock}\n  new: {kind: flow}\nrules:\n  - {id: roll, expect: level @y == level @y-1 + new @y}\n";
    let claims = "defaults: {entity: town}\nclaims:\n  - {measure: level, period: 1950, value: 21}\n  - {measure: level, period: 2000, value: 7}\n";
    fs::write(folder.path().join("rules.yaml"), rules).unwrap();
    fs::write(folder.path().join("claims.yaml"), claims).unwrap();
    let steps = |arguments: &[&str]| {
        let report = mizan(folder.path(), &[&["check", "rules.yaml", "claims.yaml"], arguments].concat());
        (report.matches("by `roll`").count(), report.contains("… +44\n"))
    };
    assert_eq!(steps(&[]), (6, true));
    assert_eq!(steps(&["--verbose"]), (50, false));
}
