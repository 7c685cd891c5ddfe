//! Laws of the whole pipeline, on true worlds and on corrupted ones.

use std::collections::BTreeSet;
use std::path::Path;

use mizan::check::Report;
use mizan::checks::JOINT;
use mizan::finding::{Finding, Severity};
use mizan::report::json;

use crate::chance::Chance;
use crate::planted::{Planted, errors, named};
use crate::{check, files, first_seed, tell, worlds};

/// Corrupted worlds in which something is found.
fn accused(folder: &Path) -> impl Iterator<Item = (u64, Planted, Report)> + '_ {
    (first_seed()..first_seed() + worlds()).filter_map(move |seed| {
        let planted = Planted::new(seed)?;
        let report = check(folder, &files(&planted.world, &planted.press));
        (!errors(&report).is_empty()).then_some((seed, planted, report))
    })
}

/// What is said of values, without the places and the words.
fn verdicts(report: &Report) -> BTreeSet<(u16, Severity, Option<String>, BTreeSet<String>)> {
    let of_values = report.findings.iter().filter(|finding| (200..500).contains(&finding.code.0));
    // The search for joint conflicts is cut at some number of them: which ones are told, of several
    // smallest sets, may hang on the order of claims within a file. That there is one may not.
    let claims = |f: &Finding| if f.code == JOINT { BTreeSet::new() } else { named(report, f) };
    of_values.map(|f| (f.code.0, f.severity, f.rule.clone(), claims(f))).collect()
}

#[test]
fn the_order_of_files_changes_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    for (seed, planted, report) in accused(folder.path()).take(20) {
        let files = files(&planted.world, &planted.press);
        let mut inputs = mizan::check::Inputs { root: folder.path().to_path_buf(), ..Default::default() };
        inputs.files = files.keys().rev().map(|path| folder.path().join(path)).collect();
        let again = mizan::check::run(&inputs, &mizan::check::Options::default()).unwrap();
        assert_eq!(json::render(&report), json::render(&again), "seed {seed}");
    }
}

#[test]
fn the_order_of_claims_changes_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    for (seed, mut planted, report) in accused(folder.path()) {
        let mut chance = Chance::new(seed);
        for article in &mut planted.press.articles {
            chance.shuffle(&mut article.claims);
        }
        let again = check(folder.path(), &files(&planted.world, &planted.press));
        assert_eq!(verdicts(&report), verdicts(&again), "seed {seed}");
    }
}

#[test]
fn a_communique_that_is_repeated_changes_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    for (seed, planted, report) in accused(folder.path()) {
        let mut repeated = planted.press.clone();
        for article in &planted.press.articles {
            let mut copy = article.clone();
            copy.name = format!("{}-again", article.name);
            repeated.articles.push(copy);
        }
        let again = check(folder.path(), &files(&planted.world, &repeated));
        let codes = |report: &Report| -> BTreeSet<(u16, Severity, Option<String>)> {
            verdicts(report).into_iter().map(|(code, severity, rule, _)| (code, severity, rule)).collect()
        };
        assert_eq!(
            codes(&report),
            codes(&again),
            "seed {seed}\n{}",
            tell(&files(&planted.world, &planted.press), &[])
        );
    }
}

/// The figures that are named, among points that are claimed as before, still make an error; without
/// any one of those of a joint conflict, nothing does.
#[test]
fn each_reason_is_enough_and_none_of_it_too_much() {
    let folder = tempfile::tempdir().unwrap();
    for (seed, planted, report) in accused(folder.path()) {
        for finding in errors(&report) {
            for reason in &finding.reasons {
                let keys: BTreeSet<String> =
                    reason.claims.iter().map(|fact| report.base.fact(*fact).key.clone()).collect();
                is_enough(&planted, &keys, finding, seed, folder.path());
                // What one instance says names every claim on its figures, so that each side is counted.
                if finding.code == mizan::checks::JOINT {
                    is_least(&planted, &keys, finding, seed, folder.path());
                }
            }
        }
    }
}

fn is_enough(planted: &Planted, keys: &BTreeSet<String>, finding: &Finding, seed: u64, folder: &Path) {
    let files = files(&planted.world, &planted.press.blanked(&|key| keys.contains(key)));
    let found = !errors(&check(folder, &files)).is_empty();
    assert!(found, "seed {seed}: {} by {keys:?}\n{}", finding.message, tell(&files, &[]));
}

fn is_least(planted: &Planted, keys: &BTreeSet<String>, finding: &Finding, seed: u64, folder: &Path) {
    let named = |own: &[String]| own.iter().any(|key| keys.contains(key));
    let press = planted.press.only(&named);
    let claims: Vec<Vec<String>> = press.claims().map(|(article, claim)| claim.keys(&article.name)).collect();
    for left_out in claims.iter().filter(|_| claims.len() > 1) {
        let files = files(&planted.world, &press.only(&|own| own != left_out));
        let report = check(folder, &files);
        let needless = || format!("seed {seed}: {} without {left_out:?}", finding.message);
        assert!(errors(&report).is_empty(), "{}\n{}", needless(), tell(&files, &errors(&report)));
    }
}
