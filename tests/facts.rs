//! `mizan facts`, `gaps` and `graph`: on the claims of this repository, and on small worlds.

#![cfg(test)]

use std::fs;
use std::path::Path;
use std::process::Command;

use mizan::check::facts::{Facts, Filter};
use mizan::check::{Analysis, Inputs, Options};
use mizan::quantity::{Interval, Number};

/// What the program prints in a folder, on both outputs, and its exit code.
fn mizan(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_mizan"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8(text).unwrap(), output.status.code().unwrap())
}

/// The same in this repository.
fn here(arguments: &[&str]) -> String {
    let (text, code) = mizan(Path::new(env!("CARGO_MANIFEST_DIR")), arguments);
    assert_eq!(code, 0, "{text}");
    text
}

/// A folder with files.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

const LIBRARY: &str = "
entities:
  library:
measures:
  branches: {kind: stock, unit: branch}
  new-branches: {kind: flow, unit: branch}
  closed-branches: {kind: flow, unit: branch}
rules:
  - id: branches-roll-forward
    expect: branches @y == branches @y-1 + new-branches @y - closed-branches @y
    assume: {closed-branches: 0}
";

const GAZETTE: &str = "
source: {origin: city-hall, cites: [courier]}
defaults: {entity: library}
claims:
  - {measure: branches, period: 2021, value: 24}
  - {measure: branches, period: 2023, value: at least 30, quote: at least 30 branches}
";

const COURIER: &str = "
defaults: {entity: library}
claims:
  - {measure: new-branches, period: 2022, value: 3}
  - {measure: new-branches, period: 2025, value: 2, status: planned}
";

fn library() -> tempfile::TempDir {
    project(&[
        ("rules/library.yaml", LIBRARY),
        ("claims/gazette.yaml", GAZETTE),
        ("claims/courier.yaml", COURIER),
    ])
}

#[test]
fn the_undated_article_is_dated_by_one_derivation() {
    insta::assert_snapshot!(here(&["facts", "--why", "anniversary-69/published"]), @r"
    the publication of anniversary-69
      follows  2024-11-01 to 2025-12-31, usually 2025
      behind   2 sources, 1 origin (dgsn); nobody says it
      why      1. anniversary-69 says: africa-cup-2025 tournament[planned] is `2025`
               2. as anniversary-69 tells of africa-cup-2025 tournament[planned] as still to come: anniversary-69 was published on 2025-12-31 or earlier
               3. anniversary-69 says: election is `2024-11`
               4. as anniversary-69 tells of election as past: anniversary-69 was published on 2024-11-01 or later
               5. dgsn-2026 says: anniversary[planned] #70 is `2026`
               6. by `anniversary-every-year`: anniversary #69 begins in 2025
               7. anniversary-69 says: anniversary #69 is `published`
               8. as anniversary-69 tells of anniversary #69 by its own day: anniversary-69 was published on 2025-01-01 or later
      so       the publication of anniversary-69: 2024-11-01 to 2025-12-31, usually 2025
    ");
}

#[test]
fn years_that_nobody_counts_are_bounded_by_those_around_them() {
    insta::assert_snapshot!(here(&["facts", "--measure", "police-districts"]), @r"
    dgsn police-districts at the end of 2022
      follows  0 or more, usually 452 (assuming closed-districts = 0)
      behind   1 source, 1 origin (dgsn); nobody says it

    dgsn police-districts at the end of 2023
      said     454 (dgsn-2023, of dgsn)
               ⟦إلى 454 دائرة⟧
      behind   1 source, 1 origin (dgsn)

    dgsn police-districts at the end of 2024
      follows  0 or more, usually 458 to 473 (assuming closed-districts = 0)
      behind   3 sources, 1 origin (dgsn); nobody says it

    dgsn police-districts at the end of 2025
      follows  0 or more, usually 458 or more (assuming closed-districts = 0)
      behind   3 sources, 1 origin (dgsn); nobody says it

    dgsn police-districts[planned] at the end of 2026
      follows  0 or more, usually 470 or more (assuming closed-districts = 0)
      behind   4 sources, 1 origin (dgsn); nobody says it
    ");
}

#[test]
fn what_rules_define_follows() {
    let found = here(&["facts", "--measure", "calls-without-intervention"]);
    assert!(
        found.contains("usually 1\u{202f}352\u{202f}856")
            && found.contains("usually 18\u{202f}854\u{202f}999")
    );
    let founded = here(&["facts", "--measure", "founding"]);
    assert!(founded.contains("1956-12-31 or earlier, usually 1956"), "{founded}");
}

#[test]
fn the_first_question_is_the_one_that_decides_most() {
    let gaps = here(&["gaps"]);
    let first: Vec<&str> = gaps.lines().take(6).collect();
    insta::assert_snapshot!(first.join("\n"), @r#"
    30 instances are undecided for want of 19 claims

    1. on which day was anniversary-69 published?
       ask      dgsn
       decides  12 instances (dates)
       known    2024-11-01 to 2025-12-31, usually 2025
    "#);
}

#[test]
fn strong_and_weak_bounds_are_told_apart() {
    insta::assert_snapshot!(mizan(library().path(), &["facts"]).0, @r#"
    branches at the end of 2021
      said     24 (gazette, of city-hall)
      behind   1 source, 1 origin (city-hall)

    branches at the end of 2022
      follows  0 to 27, usually 27 (assuming closed-branches = 0)
      behind   2 sources, 2 origins (city-hall, courier); nobody says it

    branches at the end of 2023
      said     at least 30: 30 or more, usually 30 to 50 (gazette, of city-hall)
               ⟦at least 30 branches⟧
      follows  30 or more, usually 30 to 50
      behind   1 source, 1 origin (city-hall)

    branches at the end of 2024
      follows  0 or more, usually 30 or more (assuming closed-branches = 0)
      behind   1 source, 1 origin (city-hall); nobody says it

    branches[planned] at the end of 2025
      follows  0 or more, usually 32 or more (assuming closed-branches = 0)
      behind   2 sources, 2 origins (city-hall, courier); nobody says it

    new-branches in 2022
      said     3 (courier)
      behind   1 source, 1 origin (courier)

    new-branches in 2023
      follows  3 or more, usually 3 to 23 (assuming closed-branches = 0)
      behind   2 sources, 2 origins (city-hall, courier); nobody says it

    new-branches[planned] in 2025
      said     2 (courier)
      behind   1 source, 1 origin (courier)

    closed-branches in 2022
      follows  0 to 27, usually 0 (assuming closed-branches = 0)
      behind   2 sources, 2 origins (city-hall, courier); nobody says it

    the publication of courier
      follows  2022-01-01 to 2025-12-31
      behind   1 source, 1 origin (courier); nobody says it

    the publication of gazette
      follows  2023-01-01 or later
      behind   1 source, 1 origin (city-hall); nobody says it
    "#);
}

#[test]
fn a_question_for_one_point_comes_with_the_reasons() {
    insta::assert_snapshot!(mizan(library().path(), &["facts", "--why", "branches@2022", "--measure", "branches"]).0, @r#"
    branches at the end of 2022
      follows  0 to 27, usually 27 (assuming closed-branches = 0)
      behind   2 sources, 2 origins (city-hall, courier); nobody says it
      why      1. gazette says: branches at the end of 2021 is 24
               2. courier says: new-branches in 2022 is 3
               3. by `branches-roll-forward`: branches at the end of 2022 = 24 + 3 − (0 or more) is 27 or less
               4. as `branches-roll-forward` assumes: closed-branches in 2022 is 0
               5. by `branches-roll-forward`: branches at the end of 2022 = 24 + 3 − 0 is 27
      so       branches at the end of 2022: 0 to 27, usually 27 (assuming closed-branches = 0)
    "#);
}

#[test]
fn programs_get_exact_ends() {
    let (text, _) =
        mizan(library().path(), &["facts", "--measure", "branches", "--year", "2023", "--format", "json"]);
    let facts: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(facts["format"], 1);
    let fact = &facts["facts"][0];
    assert_eq!(facts["facts"].as_array().unwrap().len(), 1, "one year");
    assert_eq!(fact["key"], "library/branches@2023");
    assert_eq!(fact["bounds"][0]["strong"]["low"], "30");
    assert_eq!(fact["bounds"][0]["strong"]["high"], serde_json::Value::Null);
    assert_eq!((&fact["sources"], &fact["origins"][0]), (&1.into(), &"city-hall".into()));
    assert_eq!(fact["claims"][0]["hard"], "30 or more");
}

#[test]
fn names_are_guessed_and_never_guessed_between() {
    let folder = library();
    let ask = |arguments: &[&str]| {
        let (text, code) = mizan(folder.path(), arguments);
        assert_eq!(code, 2, "{text}");
        text
    };
    assert!(
        ask(&["facts", "--measure", "brnches"])
            .contains("no measure is called `brnches`; did you mean `branches`?")
    );
    assert!(ask(&["facts", "--entity", "zoo"]).contains("no entity is called `zoo`"));
    assert!(
        ask(&["facts", "--why", "library/branchs@2021"]).contains("did you mean `library/branches@2021`?")
    );
    let several = ask(&["facts", "--why", "branches"]);
    assert!(
        several.contains("`branches` is part of several names")
            && several.contains("\n  library/branches@2021\n")
    );
}

#[test]
fn graphs_run_from_sources_to_conflicts() {
    let clash = GAZETTE.replace("at least 30", "25");
    let folder = project(&[
        ("rules/library.yaml", LIBRARY),
        ("claims/gazette.yaml", &clash),
        ("claims/courier.yaml", COURIER),
    ]);
    insta::assert_snapshot!(mizan(folder.path(), &["graph"]).0, @r#"
    digraph mizan {
      rankdir=LR;
      node [fontname="sans-serif"];
      n0 [shape=folder, label="courier"];
      n1 [shape=folder, label="gazette\norigin: city-hall"];
      n2 [shape=box, label="new-branches in 2022\n3"];
      n3 [shape=box, label="new-branches[planned] in 2025\n2"];
      n4 [shape=box, label="branches at the end of 2021\n24"];
      n5 [shape=box, label="branches at the end of 2023\n25"];
      n6 [shape=hexagon, label="branches-roll-forward"];
      n7 [shape=octagon, color=orange, label="warning[MZ210]\nbranches at the end of 2023 is 25, but by the other figures together it must be …"];
      n1 -> n0 [style=dashed, label="cites"];
      n0 -> n2;
      n0 -> n3;
      n1 -> n4;
      n1 -> n5;
      n2 -> n6;
      n4 -> n6;
      n6 -> n7 [color=red];
      n2 -> n7 [color=red];
      n4 -> n7 [color=red];
      n5 -> n7 [color=red];
    }
    "#);
    insta::assert_snapshot!(mizan(folder.path(), &["graph", "--format", "mermaid"]).0, @r#"
    flowchart LR
      n0[("courier")]:::source
      n1[("gazette<br/>origin: city-hall")]:::source
      n2["new-branches in 2022<br/>3"]:::claim
      n3["new-branches#91;planned#93; in 2025<br/>2"]:::claim
      n4["branches at the end of 2021<br/>24"]:::claim
      n5["branches at the end of 2023<br/>25"]:::claim
      n6{{"branches-roll-forward"}}:::rule
      n7(["warning#91;MZ210#93;<br/>branches at the end of 2023 is 25, but by the other figures together it must be …"]):::warning
      n1 -. cites .-> n0
      n0 --> n2
      n0 --> n3
      n1 --> n4
      n1 --> n5
      n2 --> n6
      n4 --> n6
      n6 ==> n7
      n2 ==> n7
      n4 ==> n7
      n5 ==> n7
      classDef error stroke:#c00,stroke-width:3px
      classDef warning stroke:#c80,stroke-width:2px
    "#);
}

/// The facts about some files, in the order in which they are given.
fn facts(root: &Path, files: &[&str]) -> Facts {
    let files = files.iter().map(|file| root.join(file)).collect();
    let inputs = Inputs { root: root.to_path_buf(), files, unread: Vec::new() };
    let options = Options::default();
    Analysis::new(&inputs, &options).unwrap().facts(&Filter::default(), &options).unwrap()
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    let folder = library();
    let names = |files: &[&str]| {
        let known = facts(folder.path(), files).known;
        known.into_iter().map(|one| (one.key, format!("{:?}", one.follows))).collect::<Vec<_>>()
    };
    let files = ["rules/library.yaml", "claims/gazette.yaml", "claims/courier.yaml"];
    let mut turned = files;
    turned.reverse();
    assert_eq!(names(&files), names(&turned));
}

#[test]
fn a_chain_of_a_thousand_years_is_followed() {
    let claim = |year| format!("  - {{measure: branches, period: {year}, value: exactly {}}}", year - 990);
    let claims: Vec<String> = (1000..2000).step_by(50).map(claim).collect();
    let claims = format!("defaults: {{entity: library}}\nclaims:\n{}\n", claims.join("\n"));
    let rules = "entities: {library: }\nmeasures:\n  branches: {kind: stock}\n  new-branches: {kind: flow}\nrules:\n  \
                 - {id: grow, expect: branches @y == branches @y-1 + new-branches @y}\n";
    let folder = project(&[("rules/library.yaml", rules), ("claims/gazette.yaml", &claims)]);
    let facts = facts(folder.path(), &["rules/library.yaml", "claims/gazette.yaml"]);
    let known = facts.known.iter().find(|one| one.key == "library/branches@1325").unwrap();
    let bound = known.follows[0].strong.as_ref().unwrap();
    assert_eq!(bound.set, Interval::closed(Number::from(310), Number::from(360)));
}

#[test]
fn facts_and_questions_speak_three_languages() {
    let folder = project(&[
        ("rules/library.yaml", LIBRARY),
        ("claims/gazette.yaml", GAZETTE),
        ("claims/courier.yaml", COURIER),
    ]);
    let told = |arguments: &[&str]| mizan(folder.path(), arguments).0;
    insta::assert_snapshot!(told(&["facts", "--lang", "fr", "--why", "branches@2022"]), @r"
    branches at the end of 2022
      suit     0 à 27, en général 27 (en supposant closed-branches = 0)
      derrière 2 sources, 2 origines (city-hall, courier) ; personne ne le dit
      pourquoi 1. gazette says: branches at the end of 2021 is 24
               2. courier says: new-branches in 2022 is 3
               3. by `branches-roll-forward`: branches at the end of 2022 = 24 + 3 − (0 or more) is 27 or less
               4. as `branches-roll-forward` assumes: closed-branches in 2022 is 0
               5. by `branches-roll-forward`: branches at the end of 2022 = 24 + 3 − 0 is 27
      donc     branches at the end of 2022: 0 à 27, en général 27 (en supposant closed-branches = 0)
    ");
    insta::assert_snapshot!(told(&["facts", "--lang", "ar", "--why", "branches@2022"]), @r"
    branches at the end of 2022
      يلزم     من 0 إلى 27، عادة 27 (بافتراض closed-branches = 0)
      المصدر   مصادر: 2, أصول: 2 (city-hall, courier)؛ لم يقله أحد
      السبب    1. gazette says: branches at the end of 2021 is 24
               2. courier says: new-branches in 2022 is 3
               3. by `branches-roll-forward`: branches at the end of 2022 = 24 + 3 − (0 or more) is 27 or less
               4. as `branches-roll-forward` assumes: closed-branches in 2022 is 0
               5. by `branches-roll-forward`: branches at the end of 2022 = 24 + 3 − 0 is 27
      إذن      branches at the end of 2022: من 0 إلى 27، عادة 27 (بافتراض closed-branches = 0)
    ");
    insta::assert_snapshot!(told(&["gaps", "--lang", "fr"]), @r"
    6 instances indécises faute de 4 affirmations

    1. quel jour courier a-t-il été publié ?
       demander courier
       décide   2 instances (dates)
       connu    2022-01-01 à 2025-12-31

    2. quel jour gazette a-t-il été publié ?
       demander city-hall
       décide   2 instances (dates)
       connu    2023-01-01 ou plus tard

    3. combien : branches at the end of 2022 ?
       demander city-hall, courier
       décide   1 instance, 1 de plus avec d'autres réponses (branches-roll-forward)
       connu    0 à 27, en général 27

    4. combien : new-branches in 2023 ?
       demander city-hall
       décide   aucune seule, 1 avec d'autres réponses (branches-roll-forward)
       connu    3 ou plus, en général 3 à 23
    ");
    insta::assert_snapshot!(told(&["gaps", "--lang", "ar"]), @r"
    حالات غير محسومة: 6، ادعاءات ناقصة: 4

    1. في أي يوم نشر المقال courier؟
       اسأل     courier
       يحسم     حالات: 2 (dates)
       المعروف  من 2022-01-01 إلى 2025-12-31

    2. في أي يوم نشر المقال gazette؟
       اسأل     city-hall
       يحسم     حالات: 2 (dates)
       المعروف  2023-01-01 أو بعده

    3. كم عدد: branches at the end of 2022؟
       اسأل     city-hall, courier
       يحسم     حالات: 1، ومع أجوبة أخرى: 1 (branches-roll-forward)
       المعروف  من 0 إلى 27، عادة 27

    4. كم عدد: new-branches in 2023؟
       اسأل     city-hall
       يحسم     لا شيء وحده، ومع أجوبة أخرى: 1 (branches-roll-forward)
       المعروف  3 أو أكثر، عادة من 3 إلى 23
    ");
}
