//! The whole pipeline, from files to report: `cargo bench`.
//!
//! | bench | what it shows |
//! |---|---|
//! | `corpus` | our own five articles |
//! | `claims` | many entities, each with a level that flows carry: linear in the claims |
//! | `chain` | one level over a thousand years, claimed every fifty |
//! | `repeated` | one point that many articles tell |
//! | `disputed` | the same, and one of them says something else |
//! | `chains` | levels of many entities over a hundred years, 12,500 to 100,000 instances: linear in them |
//! | `broken` | the `chain`, and one of its levels too low |
//! | `component` | two hundred rules over a hundred series, all of one component, one figure wrong |
//! | `statement` | eighty fields in forty balances, and how many of them wrong (Fellegi and Holt) |

#![expect(clippy::unwrap_used, reason = "a bench without its files measures nothing")]

use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use divan::Bencher;
use mizan::check::{Inputs, Options, run};
use tempfile::TempDir;

fn main() {
    divan::main();
}

#[divan::bench]
fn corpus(bencher: Bencher) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut inputs = Inputs { root: root.to_path_buf(), ..Inputs::default() };
    inputs.files = ["claims", "rules"].iter().flat_map(|folder| files_in(&root.join(folder))).collect();
    measure(bencher, &inputs);
}

#[divan::bench(args = [100, 1_000, 10_000, 100_000], sample_count = 10, max_time = 20)]
fn claims(bencher: Bencher, count: usize) {
    // Three levels and two flows an entity, in articles of a thousand claims.
    let mut claims = String::new();
    let mut files = Vec::new();
    for entity in 0..count / 5 {
        let (start, came) = (entity % 89 + 10, entity % 7 + 1);
        for (year, level) in [start, start + came, start + 2 * came].into_iter().enumerate() {
            let year = 2020 + year;
            claim(&mut claims, "level", entity, year, &level.to_string());
            if year > 2020 {
                claim(&mut claims, "inflow", entity, year, &came.to_string());
            }
        }
        if entity % 200 == 199 {
            files.push(std::mem::take(&mut claims));
        }
    }
    files.push(claims);
    let folder = Folder::new(count / 5, &files);
    measure(bencher, &folder.inputs);
}

#[divan::bench(args = [100, 1_000], sample_count = 20)]
fn chain(bencher: Bencher, years: usize) {
    let mut claims = String::new();
    for year in (0..=years).step_by(50) {
        claim(&mut claims, "level", 0, 1000 + year, &format!("at least {}", 1000 + year));
    }
    let folder = Folder::new(1, &[claims]);
    measure(bencher, &folder.inputs);
}

#[divan::bench(args = [100, 1_000], sample_count = 20)]
fn broken(bencher: Bencher, years: usize) {
    let mut claims = String::new();
    for year in (0..=years).step_by(50) {
        let value = format!("at least {}", 1000 + year);
        let value = if year == years / 2 { "exactly 400" } else { &value };
        claim(&mut claims, "level", 0, 1000 + year, value);
    }
    let folder = Folder::new(1, &[claims]);
    measure(bencher, &folder.inputs);
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 10)]
fn repeated(bencher: Bencher, count: usize) {
    let files: Vec<String> = (0..10)
        .map(|_| {
            let mut claims = String::new();
            for _ in 0..count / 10 {
                claim(&mut claims, "level", 0, 2020, "454");
            }
            claims
        })
        .collect();
    let folder = Folder::new(1, &files);
    measure(bencher, &folder.inputs);
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 10)]
fn disputed(bencher: Bencher, count: usize) {
    let mut claims = String::new();
    for nth in 0..count {
        claim(&mut claims, "level", 0, 2020, if nth == count / 2 { "545" } else { "454" });
    }
    let folder = Folder::new(1, &[claims]);
    measure(bencher, &folder.inputs);
}

#[divan::bench(args = [125, 250, 500, 1_000], sample_count = 5)]
fn chains(bencher: Bencher, entities: usize) {
    let mut claims = String::new();
    for entity in 0..entities {
        for year in [0, 50, 100] {
            claim(&mut claims, "level", entity, 1900 + year, &format!("at least {}", 10 + year));
        }
    }
    let folder = Folder::new(entities, &[claims]);
    measure(bencher, &folder.inputs);
}

#[divan::bench(args = [5, 50], sample_count = 5)]
fn component(bencher: Bencher, years: usize) {
    const SERIES: usize = 100;
    let mut rules = String::from("entities: {e0: {}}\nmeasures:\n");
    let mut relations = String::from("rules:\n");
    let mut claims = String::new();
    for series in 0..SERIES {
        let _ = writeln!(
            rules,
            "  m{series}: {{kind: stock, unit: thing}}\n  f{series}: {{kind: flow, unit: thing}}"
        );
        let roll = format!("m{series} @y == m{series} @y-1 + f{series} @y");
        let above = format!("m{} @y <= m{} @y", series.min(SERIES - 2), (series + 1).min(SERIES - 1));
        let _ = writeln!(
            relations,
            "  - {{id: roll{series}, expect: \"{roll}\"}}\n  - {{id: above{series}, expect: \"{above}\"}}"
        );
        let mut level = 1_000 + series * 100;
        for year in 0..years {
            let came = (series * 7 + year * 3) % 5 + 1;
            level += came;
            let wrong = if (series, year) == (50, years / 2) { 10_000 } else { 0 };
            claim(&mut claims, &format!("m{series}"), 0, 1950 + year, &format!("exactly {}", level + wrong));
            claim(&mut claims, &format!("f{series}"), 0, 1950 + year, &format!("exactly {came}"));
        }
    }
    let folder = Folder::with(&(rules + &relations), &[claims]);
    measure(bencher, &folder.inputs);
}

#[divan::bench(args = [0, 1, 8], sample_count = 20)]
fn statement(bencher: Bencher, errors: usize) {
    let mut rules = String::from("entities: {e0: {}}\nmeasures:\n  a0: {kind: flow, unit: thing}\n");
    let mut relations = String::from("rules:\n");
    let mut claims = String::new();
    let mut total = 1_000;
    claim(&mut claims, "a0", 0, 2024, "exactly 1000");
    for nth in 0..40 {
        let next = nth + 1;
        let _ =
            writeln!(rules, "  a{next}: {{kind: flow, unit: thing}}\n  b{nth}: {{kind: flow, unit: thing}}");
        let _ = writeln!(relations, "  - {{id: r{nth}, expect: a{nth} + b{nth} == a{next}}}");
        let part = nth * 37 % 211 + 1;
        total += part;
        let wrong = if nth % 5 == 2 && nth / 5 < errors { 300 } else { 0 };
        claim(&mut claims, &format!("b{nth}"), 0, 2024, &format!("exactly {part}"));
        claim(&mut claims, &format!("a{next}"), 0, 2024, &format!("exactly {}", total + wrong));
    }
    let folder = Folder::with(&(rules + &relations), &[claims]);
    measure(bencher, &folder.inputs);
}

fn measure(bencher: Bencher, inputs: &Inputs) {
    bencher.bench_local(|| run(black_box(inputs), &Options::default()));
}

/// Articles in a folder that goes when the bench is over.
struct Folder {
    inputs: Inputs,
    _folder: TempDir,
}

impl Folder {
    fn new(entities: usize, articles: &[String]) -> Self {
        Self::with(&rulebook(entities), articles)
    }

    fn with(rules: &str, articles: &[String]) -> Self {
        let folder = TempDir::new().unwrap();
        let root = folder.path().to_path_buf();
        let mut inputs = Inputs { root: root.clone(), ..Inputs::default() };
        let mut add = |name: String, text: String| {
            fs::write(root.join(&name), text).unwrap();
            inputs.files.push(root.join(&name));
        };
        add("rules.yaml".into(), rules.to_owned());
        for (place, claims) in articles.iter().enumerate().filter(|(_, claims)| !claims.is_empty()) {
            add(format!("article-{place}.yaml"), format!("claims:\n{claims}"));
        }
        Self { inputs, _folder: folder }
    }
}

fn rulebook(entities: usize) -> String {
    let mut text = String::from("entities:\n");
    for entity in 0..entities {
        let _ = writeln!(text, "  e{entity}: {{}}");
    }
    text.push_str(
        "measures:\n  level: {kind: stock, unit: thing}\n  inflow: {kind: flow, unit: thing}\nrules:\n  \
         - {id: roll, expect: \"level @y == level @y-1 + inflow @y\"}\n",
    );
    text
}

fn claim(text: &mut String, measure: &str, entity: usize, year: usize, value: &str) {
    let id = text.len();
    let _ = writeln!(
        text,
        "  - {{id: c{id}, measure: {measure}, entity: e{entity}, period: {year}, value: {value}}}"
    );
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}
