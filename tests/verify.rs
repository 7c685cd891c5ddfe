//! `mizan verify`: the proofs of a report stand on their own, and a changed one falls.

#![cfg(test)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use mizan::check::{Inputs, Options, run};
use mizan::constraint::{Ingredient, Problem};
use mizan::report::recheck::{Recheck, Wrong, recheck};
use mizan::report::{certificate, json};
use mizan::solve::{Decision, Limits, decide};
use serde_json::{Value, json};

/// The report of a case of the corpora.
fn report(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    let inputs = Inputs { root: folder.to_path_buf(), files, unread: Vec::new() };
    json::render(&run(&inputs, &Options::default()).unwrap())
}

/// The reports of every case that speaks.
fn reports() -> Vec<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/err");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.iter().map(|folder| report(folder)).collect()
}

/// What `mizan verify -` prints about a text, and its exit code.
fn verify(text: &str) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
    command.args(["verify", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that has seen enough may close its end first.
    let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

#[test]
fn every_report_verifies() {
    let found: Vec<Recheck> = reports().iter().map(|text| recheck(text).unwrap()).collect();
    for (place, one) in found.iter().enumerate() {
        assert_eq!(one.faults, [], "case {place}");
    }
    assert!(found.iter().map(|one| one.verified).sum::<usize>() >= 60);
}

#[test]
fn the_command_says_how_many_and_names_what_fails() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let text = report(&root.join("tests/err/lists"));
    let (told, code) = verify(&text);
    assert!(told.starts_with("verified: ") && told.contains(" certificates of "), "{told}");
    assert_eq!(code, 0);

    let mut value: Value = serde_json::from_str(&text).unwrap();
    let proof = &mut value["findings"][0]["reasons"][0]["certificate"]["proof"][0]["end"];
    *proof = json!({"leaf": 0});
    let (told, code) = verify(&serde_json::to_string_pretty(&value).unwrap());
    let code_of = value["findings"][0]["code"].as_str().unwrap();
    assert!(told.contains(&format!("{code_of}: does not verify")) && told.contains("; 1 failed"), "{told}");
    assert_eq!(code, 1);
}

/// An error on figures is never told without a proof, so one that lost it does not pass.
#[test]
fn a_proof_that_is_left_out_is_missed() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut value: Value = serde_json::from_str(&report(&root.join("tests/err/lists"))).unwrap();
    let errors = value["findings"].as_array_mut().unwrap().iter_mut();
    let error = errors.into_iter().find(|finding| finding["severity"] == "error").unwrap();
    error["reasons"][0]["certificate"] = Value::Null;
    let (told, code) = verify(&value.to_string());
    assert!(told.contains("must carry a proof"), "{told}");
    assert_eq!(code, 1);
}

/// Every text, number, sign and role of every certificate, changed one at a time.
#[test]
fn a_changed_certificate_does_not_verify() {
    let (mut changed, mut kept) = (0, 0);
    for text in reports() {
        let value: Value = serde_json::from_str(&text).unwrap();
        let findings = value["findings"].as_array().unwrap().iter();
        let reasons = findings.flat_map(|finding| finding["reasons"].as_array().unwrap());
        for original in reasons.map(|reason| &reason["certificate"]).filter(|one| one.is_object()) {
            for pointer in leaves(original) {
                for mutant in mutants(original, &pointer) {
                    changed += 1;
                    if verified(&mutant) {
                        kept += 1;
                        assert!(!pointer.contains("/combine/") || !pointer.ends_with("/1"), "{pointer}");
                        assert!(cannot_hold(&mutant), "{pointer} of {original}\nas {mutant}");
                    }
                }
            }
        }
    }
    assert!(changed > 5_000, "{changed}");
    // What still proves something that is true is rare: another day of the same year, a sum rounded alike.
    assert!(kept * 10 < changed, "{kept} of {changed}");
}

fn verified(certificate: &Value) -> bool {
    let finding = json!({"code": "MZ210", "severity": "warning", "message": "",
        "reasons": [{"certificate": certificate}]});
    let found = recheck(&json!({"format": 1, "findings": [finding]}).to_string()).unwrap();
    found.faults.is_empty() && found.verified == 1
}

/// Whether the engine, which sees no proof, finds that the listed constraints cannot all hold.
fn cannot_hold(certificate: &Value) -> bool {
    let certificate = certificate::read(&serde_json::from_value(certificate.clone()).unwrap()).unwrap();
    let vars = certificate.constraints.iter().flat_map(mizan::constraint::Constraint::vars);
    let most = vars.chain(certificate.integral.iter().copied()).map(|var| var.0).max().unwrap_or(0);
    let mut integral = vec![false; most as usize + 1];
    for var in &certificate.integral {
        integral[var.0 as usize] = true;
    }
    let ingredients: Vec<_> =
        certificate.constraints.iter().map(|one| Ingredient::claim([one.clone()], 1)).collect();
    let active: Vec<usize> = (0..ingredients.len()).collect();
    let decision = decide(&Problem { integral, ingredients }, &active, &Limits::default());
    matches!(decision, Decision::Infeasible(_))
}

/// The JSON pointers of everything that holds nothing else.
fn leaves(value: &Value) -> Vec<String> {
    let below = |(name, inner): (String, &Value)| {
        leaves(inner).into_iter().map(|rest| format!("/{name}{rest}")).collect::<Vec<_>>()
    };
    match value {
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(at, item)| below((at.to_string(), item))).collect()
        }
        Value::Object(members) => {
            members.iter().flat_map(|(name, inner)| below((name.clone(), inner))).collect()
        }
        _ => vec![String::new()],
    }
}

/// The certificate with another value at one place; a role is another one, a row another row.
fn mutants(original: &Value, pointer: &str) -> Vec<Value> {
    let with = |new: Value| {
        let mut mutant = original.clone();
        *mutant.pointer_mut(pointer).unwrap() = new;
        mutant
    };
    let mut all: Vec<Value> = match original.pointer(pointer).unwrap() {
        Value::Number(row) => {
            let row = row.as_u64().unwrap();
            [row + 1, row.saturating_sub(1)].into_iter().filter(|new| *new != row).map(Value::from).collect()
        }
        Value::String(sign) if matches!(sign.as_str(), "=" | "<=" | "<") => {
            ["=", "<=", "<"].into_iter().filter(|new| new != sign).map(Value::from).collect()
        }
        Value::String(var) if var.starts_with('x') => {
            let number: u32 = var.trim_start_matches('x').parse().unwrap();
            vec![format!("x{}", number + 1).into(), format!("x{}", number + 1000).into()]
        }
        Value::String(number) => {
            let negated = number.strip_prefix('-').map_or_else(|| format!("-{number}"), str::to_owned);
            let longer = number
                .split_once('/')
                .map_or_else(|| format!("{number}7"), |(over, under)| format!("{over}7/{under}"));
            vec![negated.into(), longer.into()].into_iter().filter(|_| number != "0").collect()
        }
        _ => vec![],
    }
    .into_iter()
    .map(with)
    .collect();
    if let Some((step, _)) = pointer.split_once("/by/round") {
        let row = original.pointer(pointer).unwrap().clone();
        let mut mutant = original.clone();
        *mutant.pointer_mut(&format!("{step}/by")).unwrap() = json!({"combine": [[row, "1"]]});
        all.push(mutant);
    }
    all
}

#[test]
fn a_hostile_report_is_refused_with_its_place() {
    let finding = |certificate: &str| {
        format!(
            "{{\"format\": 1, \"findings\": [\n{{\"code\": \"MZ201\", \"severity\": \"error\", \"message\": \"m\", \"reasons\": [{{\"certificate\": {certificate}}}]}}]}}"
        )
    };
    let row = |bound: &str| {
        finding(&format!(
            "{{\"integral\": [], \"constraints\": [\n{{\"terms\": [], \"relation\": \"<=\", \"bound\": {bound}}}], \"proof\": [{{\"steps\": [], \"end\": {{\"leaf\": 0}}}}]}}"
        ))
    };
    assert_eq!(verify(&row("\"-1\"")).1, 0, "the frame is sound");
    let cases = [
        ("an empty file", String::new(), "<report>:1:1: "),
        ("no JSON", "<html>".into(), ":1:1: this must be a report"),
        ("another JSON", "[1, 2]".into(), ":1:5: this must be a report"),
        ("a string for a list", "{\"format\": 1, \"findings\": \"none\"}".into(), ":1:"),
        ("a later format", "{\"format\": 2, \"findings\": []}".into(), "format 1, found 2"),
        ("cut", row("\"-1\"").chars().take(120).collect(), "this must be a report"),
        ("a million brackets", "[".repeat(1_000_000), ":1:"),
        ("brackets inside", finding(&"[".repeat(1_000_000)), ":2:"),
        ("closed brackets inside", finding(&("[".repeat(9_999) + &"]".repeat(9_999))), ":2:"),
        ("a certificate of another kind", finding("7"), ":2:"),
        ("a number that is none", row("\"1e9\""), "an exact number"),
        ("a float", row("0.1"), "a constraint must have `terms`"),
        ("a number of a million digits", row(&format!("\"{}\"", "9".repeat(1_000_000))), "an exact number"),
        (
            "a row beyond all",
            finding(
                "{\"integral\": [], \"constraints\": [], \"proof\": [{\"steps\": [], \"end\": {\"leaf\": 99999999999999999999999}}]}",
            ),
            ":2:",
        ),
        ("no proof", finding("{\"integral\": [], \"constraints\": [], \"proof\": []}"), "must form a tree"),
    ];
    for (what, text, tells) in cases {
        let (told, code) = verify(&text);
        assert_eq!(code, 2, "{what}: {told}");
        let tells = tells.replace("<report>", "-");
        assert!(told.contains(&tells) && told.len() < 1_000, "{what}: {told}");
    }
}

/// Each certificate is short, and each would take years: what they ask for is counted.
#[test]
fn sums_that_never_end_are_refused() {
    // Numbers of 9,000 digits, added to each other again and again.
    let terms: Vec<Value> = (0..100).map(|var| json!(["7".repeat(9_000), format!("x{var}")])).collect();
    let long = json!({"terms": terms, "relation": "<=", "bound": "0"});
    let long = json!({"integral": [], "constraints": [long],
        "proof": [{"steps": [{"gives": {"terms": [], "relation": "<=", "bound": "0"},
            "by": {"combine": vec![json!([0, "1"]); 100]}}], "end": {"leaf": 1}}]});
    // Denominators that share no divisor: their sum has as many digits as all of them together.
    let rows: Vec<Value> = (0..200)
        .map(|at| {
            let bound = format!("1/{}{}", "9".repeat(2_000), 2 * at + 1);
            json!({"terms": [], "relation": "<=", "bound": bound})
        })
        .collect();
    let sum: Vec<Value> = (0..200).map(|row| json!([row, "1"])).collect();
    let growing = json!({"integral": [], "constraints": rows,
        "proof": [{"steps": [{"gives": {"terms": [], "relation": "<=", "bound": "0"},
            "by": {"combine": sum}}], "end": {"leaf": 200}}]});
    for certificate in [long, growing] {
        let finding = json!({"code": "MZ210", "severity": "error", "message": "m",
            "reasons": [{"certificate": certificate}]});
        let found = recheck(&json!({"format": 1, "findings": [finding]}).to_string()).unwrap();
        assert_eq!(found.faults.len(), 1);
        assert_eq!(found.faults[0].wrong, Wrong::Refuted);
        assert!(found.faults[0].message.contains("too long to be redone"), "{}", found.faults[0]);
    }
}
