//! The README shows a real report: the first finding on our own claims, as it is printed today.
//!
//! `MIZAN_BLESS=1 cargo test --test readme` writes it anew.

#![cfg(test)]

use std::fs;
use std::process::Command;

use mizan::claims::json_schema;
use mizan::vocabulary::Vocabulary;

const BEGIN: &str = "<!-- report:begin (checked by tests/readme.rs) -->\n```text\n";
const END: &str = "```\n<!-- report:end -->";

/// The first finding of a report, up to the empty line behind it, and the closing line.
fn excerpt() -> Option<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_mizan")).args(["check", "--color", "never"]).output();
    let text = String::from_utf8(output.ok()?.stdout).ok()?;
    let first = text.split("\n\n").next().unwrap_or_default();
    let closing = text.trim_end().rsplit('\n').next().unwrap_or_default();
    Some(format!("{first}\n\n…\n\n{closing}\n"))
}

#[test]
fn the_report_of_the_readme_is_real() {
    let readme = fs::read_to_string("README.md").expect("a README");
    let (before, rest) = readme.split_once(BEGIN).expect("where the report begins");
    let (shown, after) = rest.split_once(END).expect("where the report ends");
    let real = excerpt().expect("a report");
    if std::env::var_os("MIZAN_BLESS").is_some() {
        fs::write("README.md", format!("{before}{BEGIN}{real}{END}{after}")).expect("a README to write");
    } else {
        assert_eq!(shown, real, "MIZAN_BLESS=1 writes it anew");
    }
}

#[test]
fn the_readme_lists_the_keys_of_claims_in_their_order() {
    let readme = fs::read_to_string("README.md").expect("a README");
    let (_, rest) = readme.split_once("All keys, in their order:").expect("a list of keys");
    let (list, _) = rest.split_once("\n\n").expect("an end of the list");
    let listed: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
    let schema = json_schema::claims(&Vocabulary::default());
    let keys = schema["$defs"]["claim"]["properties"].as_object().expect("a schema");
    assert_eq!(listed, keys.keys().collect::<Vec<_>>());
}
