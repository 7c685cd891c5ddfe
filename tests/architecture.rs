//! The house rules that no compiler holds: who may use whom, and how large things grow.
//!
//! The order of the layers is drawn in the tour of the library's documentation.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first. A module uses only what stands above it in this list; modules on one
/// line do not see each other.
const LAYERS: &[&[&str]] = &[
    &["error"],
    &["text"],
    &["quantity"],
    &["period"],
    &["numeral"],
    &["vocabulary"],
    &["fact"],
    &["constraint"],
    &["finding"],
    &["rulebook"],
    &["claims"],
    &["evidence"],
    &["checks", "solve"],
    &["check"],
    &["report"],
    &["cli"],
    &["lsp"],
];

/// Lines of a file without its tests, and of `main.rs`.
const MAX_FILE: usize = 500;
const MAX_MAIN: usize = 20;

/// The headings of a check's page, in their order.
const HEADINGS: [&str; 7] = [
    "What it checks",
    "Why it matters",
    "Example",
    "When it is wrong",
    "How to resolve",
    "Options",
    "Source",
];

/// A source file: its path below `src`, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The module at the top: `text` for `text/yaml/block.rs`.
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    fn is_tests(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }

    /// The code without its unit tests and without comments.
    fn code(&self) -> String {
        let code = self.text.split("#[cfg(test)]\nmod tests").next().unwrap();
        code.lines().map(|line| line.split("//").next().unwrap().to_owned() + "\n").collect()
    }
}

fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut |path| {
        if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(&root).unwrap().components();
            let name: Vec<_> = name.map(|part| part.as_os_str().to_str().unwrap().to_owned()).collect();
            files.push(File { path: name.join("/"), text: fs::read_to_string(path).unwrap() });
        }
    });
    assert!(files.len() > 20, "the sources are there");
    files
}

fn walk(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() { walk(&entry, visit) } else { visit(&entry) }
    }
}

/// The modules of this crate that some code names: `crate::text`, `use crate::{text, fact::Fact}`.
fn uses(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => found.extend(members(group)),
            None => found.extend(name(rest)),
        }
    }
    found
}

/// The first names of the members of a group, up to the brace that closes it.
fn members(group: &str) -> Vec<String> {
    let (mut depth, mut found, mut at_start) = (0_usize, Vec::new(), true);
    for (at, char) in group.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            _ if char.is_whitespace() => {}
            _ => {
                if at_start {
                    found.extend(name(group.get(at..).unwrap()));
                }
                at_start = false;
            }
        }
    }
    found
}

/// The lower-case name at the start of a text: types and constants at the top are exports.
fn name(text: &str) -> Option<String> {
    let end = text.find(|char: char| !(char.is_alphanumeric() || char == '_')).unwrap_or(text.len());
    let name = text.get(..end)?;
    name.starts_with(|char: char| char.is_lowercase()).then(|| name.to_owned())
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

#[test]
fn a_module_uses_only_the_layers_below_it() {
    for file in sources().iter().filter(|file| !["lib.rs", "main.rs"].contains(&file.path.as_str())) {
        let own = layer(file.module());
        assert!(own.is_some(), "{} is in no layer: add it to LAYERS and to the tour", file.path);
        for used in uses(&file.code()).iter().filter(|used| *used != file.module()) {
            let other = layer(used);
            assert!(other.is_some(), "{} uses `crate::{used}`, which is in no layer", file.path);
            assert!(other < own, "{} uses `crate::{used}`, which does not stand below it", file.path);
        }
    }
}

#[test]
fn the_reader_of_uses_sees_what_is_there() {
    let code = "use crate::text::Span;\nuse crate::{\n    Error, checks,\n    fact::{Fact, base::Row}, solve,\n};\nlet x = crate::claims::read();";
    let found: Vec<_> = uses(code).into_iter().collect();
    assert_eq!(found, ["checks", "claims", "fact", "solve", "text"]);
}

#[test]
fn the_verifier_shares_nothing_with_the_engine() {
    for file in sources().iter().filter(|file| file.path.starts_with("solve/verify")) {
        let code = file.code();
        assert!(!code.contains("super::super") && !code.contains("crate::solve"), "{}", file.path);
        assert!(file.path != "solve/verify.rs" || !code.contains("super::"), "{}", file.path);
        let used = uses(&code);
        assert!(used.iter().all(|used| layer(used) < layer("solve")), "{used:?}");
    }
}

#[test]
fn a_crate_that_may_change_has_one_home() {
    for file in sources() {
        let code = file.code();
        for (name, home) in [("granit_parser", "text/yaml"), ("miette", "report/human"), ("clap", "cli/")] {
            assert!(
                !code.contains(&format!("{name}::")) || file.path.starts_with(home),
                "{} names {name}",
                file.path
            );
        }
    }
}

#[test]
fn no_verdict_rests_on_floating_point() {
    for file in sources() {
        let code = file.code();
        let words = code.split(|char: char| !(char.is_alphanumeric() || char == '_'));
        let float = words.into_iter().find(|word| ["f32", "f64"].contains(word) || word.ends_with("_f64"));
        assert_eq!(float, None, "{}", file.path);
    }
}

#[test]
fn files_stay_small_enough_to_read() {
    for file in sources().iter().filter(|file| !file.is_tests()) {
        let lines = file.text.split("#[cfg(test)]\nmod tests").next().unwrap().lines().count();
        let most = if file.path == "main.rs" { MAX_MAIN } else { MAX_FILE };
        assert!(lines <= most, "{} has {lines} lines, more than {most}", file.path);
    }
}

/// The compiler sees to it that every check in the list has its page.
#[test]
fn every_page_has_its_check_and_the_fixed_headings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks");
    let list = fs::read_to_string(folder.join("mod.rs")).unwrap();
    let list = list.split("\nchecks! {").nth(1).unwrap().split('}').next().unwrap();
    let listed: BTreeSet<_> = list.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    let mut pages = BTreeSet::new();
    walk(&folder, &mut |path| {
        if path.parent() == Some(&folder) && path.extension().is_some_and(|ending| ending == "md") {
            let page = fs::read_to_string(path).unwrap();
            let headings: Vec<_> =
                page.lines().filter_map(|line| line.strip_prefix("## ")).map(str::trim).collect();
            assert_eq!(headings, HEADINGS, "the headings of {}", path.display());
            pages.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    });
    assert_eq!(pages.iter().map(String::as_str).collect::<BTreeSet<_>>(), listed);
}
