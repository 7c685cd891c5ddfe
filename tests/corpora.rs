//! Two corpora: what must be silent (`tests/ok`) and what must speak (`tests/err`).
//!
//! A case is a folder with files of claims, a rulebook, and a file `expect`:
//!
//! ```text
//! # why
//! twin CASE                     the clean case of tests/ok that this one was corrupted from
//! warning MZ202 KEY KEY …       a finding, with claims that must be among those it names
//! error MZ204/RULE KEY …        a finding of a rule
//! count CHECK VERDICT N         how many instances of a check or rule have a verdict
//! ```
//!
//! Findings that are not expected fail a case, notes too; `expect` is the whole truth.
//! `cargo run -- check tests/err/CASE` shows a case as a reader would see it.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mizan::check::{Inputs, Options, Report, Tally, run};
use mizan::finding::{Finding, Severity};

#[test]
fn what_is_sound_is_silent() {
    let cases = cases("ok");
    assert!(cases.len() >= 30, "only {} cases", cases.len());
    judge(&cases, |case| {
        let spoke = case.expected.iter().find(|line| line.severity > Severity::Note);
        spoke.map(|line| format!("a sound case expects `{}`", line.text))
    });
}

#[test]
fn what_is_wrong_speaks() {
    let cases = cases("err");
    assert!(cases.len() >= 30, "only {} cases", cases.len());
    judge(&cases, |case| {
        let silent = case.expected.is_empty();
        silent.then(|| "a corrupted case must expect a finding".to_owned())
    });
}

/// A corrupted case differs from its clean twin by one edit, or else it shows nothing.
#[test]
fn a_corruption_is_small() {
    let mut twins = 0;
    for case in cases("err") {
        let Some(twin) = &case.twin else { continue };
        twins += 1;
        let changed = difference(&case.folder, &root().join("ok").join(twin));
        assert!((1..=2).contains(&changed), "{}: {changed} lines differ from {twin}", case.name());
    }
    assert!(twins >= 15, "only {twins} corruptions with a twin");
}

struct Case {
    folder: PathBuf,
    twin: Option<String>,
    expected: Vec<Expected>,
    counts: Vec<(String, String, usize)>,
}

/// One line of `expect` about a finding.
struct Expected {
    text: String,
    severity: Severity,
    name: String,
    claims: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn cases(kind: &str) -> Vec<Case> {
    let folders = fs::read_dir(root().join(kind)).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<Case> = folders.map(Case::read).collect();
    cases.sort_by(|left, right| left.folder.cmp(&right.folder));
    cases
}

/// Runs every case before failing, so that one run tells everything.
fn judge(cases: &[Case], also: impl Fn(&Case) -> Option<String>) {
    let failures: Vec<String> = cases
        .iter()
        .flat_map(|case| {
            let faults = case.faults().into_iter().chain(also(case));
            faults.map(|fault| format!("{}: {fault}", case.name())).collect::<Vec<_>>()
        })
        .collect();
    assert!(failures.is_empty(), "{} faults\n{}", failures.len(), failures.join("\n"));
}

impl Case {
    fn read(folder: PathBuf) -> Self {
        let text = fs::read_to_string(folder.join("expect"))
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut case = Self { folder, twin: None, expected: Vec::new(), counts: Vec::new() };
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                ["twin", twin] => case.twin = Some(twin.to_owned()),
                ["count", check, verdict, count] => {
                    case.counts.push((check.to_owned(), verdict.to_owned(), count.parse().unwrap()));
                }
                [severity, name, ref claims @ ..] => case.expected.push(Expected {
                    text: line.to_owned(),
                    severity: severity_of(severity),
                    name: name.to_owned(),
                    claims: claims.iter().map(|&claim| claim.to_owned()).collect(),
                }),
                _ => panic!("{}: what is `{line}`?", case.folder.display()),
            }
        }
        case
    }

    fn name(&self) -> String {
        self.folder.file_name().unwrap().to_string_lossy().into_owned()
    }

    /// What the report of the case says that it should not, and the other way round.
    fn faults(&self) -> Vec<String> {
        let report = check(&self.folder);
        let mut faults = Vec::new();
        let mut told: Vec<&Finding> = report.findings.iter().collect();
        for expected in &self.expected {
            match told.iter().position(|finding| expected.is(finding, &report)) {
                Some(index) => drop(told.remove(index)),
                None => faults.push(format!("missing: {}", expected.text)),
            }
        }
        faults.extend(told.iter().map(|finding| format!("unexpected: {}", show(finding, &report))));
        for (check, verdict, count) in &self.counts {
            let found = report.rules.iter().find(|rule| rule.id == *check);
            let found = found.unwrap_or_else(|| panic!("{}: no check `{check}`", self.name()));
            let found = counted(&found.instances, verdict);
            if found != *count {
                faults.push(format!("{check}: {found} {verdict}, expected {count}"));
            }
        }
        faults
    }
}

impl Expected {
    fn is(&self, finding: &Finding, report: &Report) -> bool {
        let keys: BTreeSet<&str> =
            finding.claims.iter().map(|id| report.base.fact(*id).key.as_str()).collect();
        finding.severity == self.severity
            && finding.name() == self.name
            && self.claims.iter().all(|claim| keys.contains(claim.as_str()))
    }
}

/// The report of a folder whose YAML files are claims and rules.
fn check(folder: &Path) -> Report {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    let inputs = Inputs { root: folder.to_path_buf(), files, unread: Vec::new() };
    run(&inputs, &Options::default()).unwrap()
}

fn severity_of(word: &str) -> Severity {
    let found = Severity::ALL.into_iter().find(|(name, _)| *name == word);
    found.unwrap_or_else(|| panic!("no severity `{word}`")).1
}

fn counted(tally: &Tally, verdict: &str) -> usize {
    match verdict {
        "holds" => tally.holds,
        "consistent" => tally.consistent,
        "tension" => tally.tension,
        "contradiction" => tally.contradiction,
        "undecided" => tally.undecided,
        _ => {
            let reason =
                verdict.strip_prefix("undecided:").unwrap_or_else(|| panic!("no verdict `{verdict}`"));
            tally.undecided_by.iter().find(|(name, _)| name == reason).map_or(0, |(_, count)| *count)
        }
    }
}

fn show(finding: &Finding, report: &Report) -> String {
    let keys: Vec<&str> = finding.claims.iter().map(|id| report.base.fact(*id).key.as_str()).collect();
    let claims = keys.join(" ");
    format!("{} {} {claims}\n        {}", finding.severity.name(), finding.name(), finding.message)
}

/// How many lines of one folder's files the other's do not have, the larger way round.
fn difference(left: &Path, right: &Path) -> usize {
    let lines = |folder: &Path| -> BTreeSet<(String, String)> {
        let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let named = paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path));
        let claims = named.filter(|(name, _)| name != "expect" && name != "rules.yaml");
        let read = claims.map(|(name, path)| (name, fs::read_to_string(path).unwrap()));
        read.flat_map(|(name, text)| {
            text.lines().map(|line| (name.clone(), line.to_owned())).collect::<Vec<_>>()
        })
        .collect()
    };
    let (left, right) = (lines(left), lines(right));
    left.difference(&right).count().max(right.difference(&left).count())
}
