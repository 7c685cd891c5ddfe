//! Bad input, through the binary: a finding with its place, an exit code, and never a panic.

#![cfg(test)]
#![expect(clippy::string_slice, reason = "the ends are on the bounds of characters")]

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// A rulebook for all the tests here.
const RULES: &str = "\
entities: {library: {labels: {ar: المكتبة}}, school: {}}
units: {book: countable, km2: measured, \"%\": share}
measures:
  books: {kind: stock, unit: book, labels: {ar: الكتب}}
  lent: {kind: flow, unit: book}
  area: {kind: stock, unit: km2}
  rate: {kind: stock, unit: \"%\"}
  opening: {kind: event}
  seat: {kind: state, values: [local, regional]}
dimensions:
  age: {values: [child, adult]}
  place: {labels: {fes: {ar: فاس}}}
";

/// A sound claim; something must be left to check.
const SOUND: &str = "  - {measure: books, entity: library, period: 2023, value: 12480}\n";

/// What a run left behind.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    /// `code line:column` of every finding.
    fn places(&self) -> Vec<String> {
        let report = self.json();
        let findings = report["findings"].as_array().unwrap();
        findings
            .iter()
            .map(|finding| {
                let place = &finding["locations"][0];
                format!("{} {}:{}", finding["code"].as_str().unwrap(), place["line"], place["column"])
            })
            .collect()
    }

    /// `code message (help)` of every finding.
    fn told(&self) -> Vec<String> {
        let report = self.json();
        let findings = report["findings"].as_array().unwrap();
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        findings
            .iter()
            .map(|f| format!("{} {} ({})", text(&f["code"]), text(&f["message"]), text(&f["help"])))
            .collect()
    }

    #[track_caller]
    fn tells(&self, parts: &[&str]) {
        let told = self.told();
        let found = told.iter().any(|line| parts.iter().all(|part| line.contains(part)));
        assert!(found, "{parts:?} in none of\n{}", told.join("\n"));
    }
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Runs the binary in a folder.
fn mizan(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").env("TERM", "dumb");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let out = thread::spawn(move || read(&mut out));
    let err = thread::spawn(move || read(&mut err));
    let code = wait(&mut child);
    let run = Run { code, out: out.join().unwrap(), err: err.join().unwrap() };
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

fn read(stream: &mut impl std::io::Read) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The exit code; a run that hangs is killed. The limit is for hanging, not for slowness.
fn wait(child: &mut Child) -> i32 {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code().unwrap_or_else(|| panic!("ended by a signal: {status}"));
        }
        if started.elapsed() > Duration::from_mins(1) {
            child.kill().unwrap();
            panic!("it hangs");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// Checks a claims file with the rulebook above.
fn check(claims: &str) -> Run {
    check_bytes(claims.as_bytes())
}

fn check_bytes(claims: &[u8]) -> Run {
    let folder = folder(&[("claims/a.yaml", claims), ("rules/r.yaml", RULES.as_bytes())]);
    mizan(folder.path(), &["check", "--format", "json"])
}

/// Checks claims that come behind a sound one.
fn check_more(claims: &str) -> Run {
    check(&format!("claims:\n{SOUND}{claims}"))
}

/// Checks a sound claim against one more section of the rulebook.
fn check_rules(rules: &str) -> Run {
    let claims = format!("claims:\n{SOUND}");
    let more = rules.as_bytes();
    let files =
        [("claims/a.yaml", claims.as_bytes()), ("rules/r.yaml", RULES.as_bytes()), ("rules/s.yaml", more)];
    mizan(folder(&files).path(), &["check", "--format", "json"])
}

#[test]
fn ten_faults_are_ten_findings_and_the_rest_is_checked() {
    let claims = "\
defaults: {entity: library, period: 2023}
claims:
  - {measure: books, value: 12480}
  - {measure: boks, value: 3}
  - {measure: books, valu: 3}
  - {measure: books, value: many}
  - {measure: books, value: 3, period: 2023-13}
  - {measure: books, value: 3, entity: libary}
  - {measure: books, value: 3, age: chid}
  - {measure: books, value: 3, unit: bok}
  - {measure: books, value: 3, status: plannned}
  - {measure: books, value: 3, date: 2024}
  - {measure: opening, value: 3}
  - {id: again, measure: books, value: 12490}
";
    let run = check(claims);
    let lines: Vec<String> =
        run.places().iter().map(|place| place.split([' ', ':']).nth(1).unwrap().into()).collect();
    for line in 4..=13 {
        assert!(lines.contains(&line.to_string()), "nothing on line {line}: {:?}", run.told());
    }
    assert_eq!(lines.len(), 11, "ten faults and the dispute of lines 3 and 14: {:?}", run.told());
    run.tells(&["MZ201", "12\u{202f}480", "12\u{202f}490"]);
    assert_eq!(run.code, 1);
    let summary = &run.json()["summary"];
    assert_eq!(
        (summary["claims"].as_u64(), summary["refused"].as_u64()),
        (Some(12), Some(10)),
        "all are counted"
    );
}

#[test]
fn what_was_meant_is_asked() {
    let cases = [
        ("  - {measure: boks, entity: library, period: 2023, value: 3}\n", "books"),
        ("  - {measure: books, entity: libary, period: 2023, value: 3}\n", "library"),
        ("  - {measure: books, entity: library, period: 2023, value: 3, unit: bok}\n", "book"),
        ("  - {measure: books, entity: library, period: 2023, value: 3, age: chid}\n", "child"),
        ("  - {measure: books, entity: library, period: 2023, value: 3, statsu: planned}\n", "status"),
        ("  - {measure: books, entity: library, period: 2023, value: 3, status: planed}\n", "planned"),
        ("  - {measure: seat, entity: library, period: 2023, state: locl}\n", "local"),
    ];
    for (claim, meant) in cases {
        let run = check_more(claim);
        run.tells(&["did you mean", &format!("`{meant}`")]);
        assert_eq!((run.code, run.told().len()), (1, 1), "{claim}");
    }
}

#[test]
fn a_comma_that_ends_a_value_is_named() {
    let run = check_more("  - {measure: lent, entity: library, period: 2023, value: over 6,500}\n");
    run.tells(&["MZ015", "6,500"]);
    assert_ne!(run.code, 0);
}

#[test]
fn one_group_of_a_measured_unit_shows_both_readings() {
    let run = check_more("  - {measure: area, entity: library, period: 2023, value: 867.042}\n");
    run.tells(&["867.042", "867042"]);
    assert_eq!(run.code, 1);
}

#[test]
fn a_lone_group_with_the_other_mark_shows_both_readings() {
    let run = check(
        "\
defaults: {entity: library, period: 2023}
claims:
  - {measure: books, value: 4.269.781}
  - measure: lent
    value: 45,739
",
    );
    run.tells(&["MZ022", "45739", "45.739"]);
    assert_eq!(run.code, 0, "a warning");
}

#[test]
fn duplicate_keys_have_both_places() {
    let run = check_more("  - {measure: lent, entity: library, value: 3, period: 2023, value: 4}\n");
    let found = run.json();
    let places = found["findings"][0]["locations"].as_array().unwrap();
    let columns: Vec<u64> = places.iter().map(|place| place["column"].as_u64().unwrap()).collect();
    assert_eq!(
        (columns.len(), found["findings"][0]["code"].as_str()),
        (2, Some("MZ004")),
        "{:?}",
        run.told()
    );
    assert!(columns.contains(&38) && columns.iter().any(|column| *column > 55), "{columns:?}");
}

/// A claim that says two things is held against nothing: which of them was meant?
#[test]
fn a_claim_that_says_two_things_says_neither() {
    let run =
        check_more("  - {id: b, measure: books, entity: library, period: 2023, value: 3, value: 12480}\n");
    assert_eq!((run.code, run.told().len()), (1, 1), "{:?}", run.told());
}

#[test]
fn claims_of_one_key_have_both_places() {
    let run = check_more(SOUND);
    run.tells(&["MZ024", "`id`"]);
    let found = run.json();
    let places = found["findings"][0]["locations"].as_array().unwrap();
    let lines: Vec<u64> = places.iter().map(|place| place["line"].as_u64().unwrap()).collect();
    assert_eq!((run.code, lines.len()), (1, 2), "{lines:?}");
    assert!(lines.contains(&2) && lines.contains(&3), "{lines:?}");
}

/// Nothing that moves a cursor or turns a line around reaches a terminal, wherever it stands.
#[test]
fn control_characters_are_refused_by_name_and_never_printed() {
    let evil =
        ['\u{1b}', '\u{7}', '\u{8}', '\u{0}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{202a}'];
    for char in evil {
        let places = [
            format!(
                "claims:\n{SOUND}  - {{measure: lent, entity: library, period: 2023, value: 3, note: a{char}b}}\n"
            ),
            format!(
                "claims:\n{SOUND}  - {{measure: bo{char}oks, entity: library, period: 2023, value: 3}}\n"
            ),
            format!("claims:\n{SOUND}  # a{char}b\n"),
        ];
        for claims in places {
            for format in ["human", "concise", "json"] {
                let folder =
                    folder(&[("claims/a.yaml", claims.as_bytes()), ("rules/r.yaml", RULES.as_bytes())]);
                let run = mizan(folder.path(), &["check", "--format", format]);
                assert!(!run.out.contains(char) && !run.err.contains(char), "{char:?} {format}");
                assert!(run.out.contains("MZ005"), "{char:?} {format}: {}", run.out);
                assert!(run.out.contains(&format!("U+{:04X}", u32::from(char))), "{char:?}: {}", run.out);
                assert_ne!(run.code, 0);
            }
        }
    }
}

#[test]
fn names_of_files_and_arguments_are_not_printed_raw() {
    let name = "claims/a\u{1b}[31m\u{202e}.yaml";
    let folder = folder(&[(name, b"claims: []\n"), ("rules/r.yaml", RULES.as_bytes())]);
    for format in ["human", "concise", "json"] {
        let run = mizan(folder.path(), &["check", "--format", format]);
        assert!(!run.out.contains(['\u{1b}', '\u{202e}']), "{format}: {}", run.out);
        assert!(run.out.contains("MZ030"), "{}", run.out);
    }
    for arguments in [["explain", "\u{1b}[31m"], ["check", "\u{202e}"], ["check", "--\u{1b}[31m"]] {
        let run = mizan(folder.path(), &arguments);
        assert!(!run.out.contains(['\u{1b}', '\u{202e}']), "{}", run.out);
        assert!(!run.err.contains(['\u{1b}', '\u{202e}']), "{}", run.err);
        assert_eq!(run.code, 2);
    }
}

/// Monsters: whatever is in a file, there is a finding with a place, and the exit code says that the
/// file was not read whole.
#[test]
fn monsters_are_refused_with_a_place() {
    let stairs: Vec<String> = (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let anchors: Vec<String> = (0..100_000).map(|n| format!("- &a{n} x\n")).collect();
    let monsters = [
        ("brackets", "[".repeat(160 * 1024)),
        ("braces", "{a: ".repeat(40 * 1024)),
        ("levels", "- ".repeat(10_000)),
        ("stairs", stairs.concat()),
        ("anchors", format!("claims:\n{}", anchors.concat())),
        ("scalar", format!("claims:\n{SOUND}  - {{measure: lent, note: {}}}\n", "x".repeat(1 << 20))),
        ("aliases", format!("claims:\n{SOUND}  - &a {{measure: lent, value: 3}}\n  - *a\n")),
        ("tags", format!("claims:\n{SOUND}  - !!python/object {{measure: lent, value: 3}}\n")),
        ("documents", format!("claims:\n{SOUND}---\nclaims: []\n")),
        ("quote", format!("claims:\n{SOUND}  - {{measure: \"lent, value: 3}}\n")),
        ("tabs", format!("claims:\n{SOUND}\t- {{measure: lent, value: 3}}\n")),
    ];
    for (name, text) in monsters {
        let run = check(&text);
        let places = run.places();
        assert!(!places.is_empty() && places.len() <= 120, "{name}: {} findings", places.len());
        assert!(places.iter().all(|place| !place.contains("null")), "{name}: {places:?}");
        assert!([1, 2].contains(&run.code), "{name}: {}", run.code);
    }
}

#[test]
fn a_number_of_ten_thousand_digits_is_a_finding() {
    for number in
        ["9".repeat(10_000), format!("0.{}", "9".repeat(10_000)), format!("-{}", "9".repeat(10_000))]
    {
        let run =
            check_more(&format!("  - {{measure: lent, entity: library, period: 2023, value: {number}}}\n"));
        assert_eq!((run.code, run.told().len()), (1, 1), "{:?}", run.told());
        assert!(run.out.len() < 10_000, "the number is not repeated in full");
    }
    let run = check_more("  - {measure: lent, entity: library, period: 2023, value: 1e999999999}\n");
    assert_eq!(run.code, 1, "{:?}", run.told());
    let run = check_more(&format!(
        "  - {{measure: lent, entity: library, ordinal: {}, value: 3}}\n",
        "9".repeat(40)
    ));
    assert_eq!(run.code, 1, "{:?}", run.told());
}

#[test]
fn texts_that_hold_nothing_are_findings() {
    for empty in [
        "",
        "\n",
        "# nothing\n",
        "---\n",
        "claims:\n",
        "claims: []\n",
        "claims: {}\n",
        "just words\n",
        "- a\n- b\n",
    ] {
        let run = check(empty);
        assert_ne!(run.code, 0, "{empty:?}");
        assert!(!run.told().is_empty(), "{empty:?}");
    }
}

#[test]
fn a_folder_without_claims_is_an_error_that_names_it() {
    let empty = folder(&[("rules/r.yaml", RULES.as_bytes())]);
    for arguments in [&["check"][..], &["check", "."], &["check", "nowhere"]] {
        let run = mizan(empty.path(), arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.err.starts_with("error: ") && run.out.is_empty(), "{}{}", run.out, run.err);
    }
    let empty = folder(&[("claims/notes.txt", b"x"), ("rules/r.yaml", RULES.as_bytes())]);
    assert_eq!(mizan(empty.path(), &["check"]).code, 2);
}

#[test]
fn text_that_is_not_utf_8_is_a_finding_with_its_line() {
    let mut latin = format!("claims:\n{SOUND}  - {{measure: lent, note: ").into_bytes();
    latin.extend(b"\xe9t\xe9}\n");
    let run = check_bytes(&latin);
    assert_eq!((run.places(), run.code), (vec!["MZ002 3:27".to_owned()], 2));
    let utf_16: Vec<u8> = "claims: []\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf_16).collect();
    let run = check_bytes(&with_mark);
    run.tells(&["MZ002", "UTF-16"]);
    assert_eq!(run.code, 2);
}

/// One file that cannot be read leaves the others to be checked.
#[test]
fn a_broken_file_hides_no_other() {
    let sound = format!("claims:\n{SOUND}");
    let other = sound.replace("12480", "12490");
    let files: [(&str, &[u8]); 4] = [
        ("claims/a.yaml", sound.as_bytes()),
        ("claims/b.yaml", other.as_bytes()),
        ("claims/c.yaml", b"claims: [\xff"),
        ("rules/r.yaml", RULES.as_bytes()),
    ];
    let run = mizan(folder(&files).path(), &["check", "--format", "json", "--fail-on", "never"]);
    run.tells(&["MZ201", "12\u{202f}480"]);
    run.tells(&["MZ002"]);
    assert_eq!(run.code, 2, "whatever --fail-on says");
}

/// What is named like a file and is none is told, and never waited for.
#[cfg(unix)]
#[test]
fn links_to_nothing_and_pipes_are_findings() {
    let sound = format!("claims:\n{SOUND}");
    let files: [(&str, &[u8]); 2] = [("claims/a.yaml", sound.as_bytes()), ("rules/r.yaml", RULES.as_bytes())];
    let folder = folder(&files);
    std::os::unix::fs::symlink("gone.yaml", folder.path().join("claims/b.yaml")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("claims/c.yaml")).unwrap();
    for arguments in [&["check"][..], &["check", "claims/a.yaml", "claims/c.yaml"]] {
        let run = mizan(folder.path(), &[arguments, &["--format", "json"]].concat());
        run.tells(&["MZ016", "a pipe or device"]);
        assert_eq!(run.code, 2, "{}", run.out);
    }
    mizan(folder.path(), &["check", "--format", "json"]).tells(&["MZ016", "a link to nothing"]);
}

/// A file that is the only one and broken is told where it is broken.
#[test]
fn a_broken_file_alone_is_a_finding() {
    let brackets = "[".repeat(160_000);
    let run = mizan(folder(&[("x/a.yaml", brackets.as_bytes())]).path(), &["check", "x", "--format", "json"]);
    run.tells(&["MZ003", "nested"]);
    assert_eq!(run.code, 2);
}

/// Each of these once took time that grew with the square of its size.
#[test]
fn much_on_one_line_is_read_in_time() {
    let names: Vec<String> = (0..50_000).map(|number| format!("t{number}")).collect();
    let items = names.join(", ");
    let run = check_more(&format!("  - {{measure: lent, entity: school, period: 2023, items: [{items}]}}\n"));
    assert_eq!(run.places(), Vec::<String>::new());
    let keys = format!("{}: 1, ", names.join(": 1, "));
    let run = check_more(&format!("  - {{measure: lent, entity: school, {keys}period: 2023, value: 4}}\n"));
    assert_eq!(run.places().len(), 101);
    run.tells(&["MZ007", "found 49900 more"]);
    let claims = names[..20_000].iter().map(|name| format!("{{measure: {name}, value: 4}}"));
    let line = claims.collect::<Vec<_>>().join(", ");
    let run =
        check(&format!("claims: [{{measure: books, entity: library, period: 2023, value: 4}}, {line}]\n"));
    assert_eq!(run.places().len(), 20_000);
}

#[test]
fn a_rulebook_that_names_what_does_not_exist_is_told_so() {
    let cases = [
        ("rules: [{id: r, expect: boks <= 3}]", "`books`"),
        ("rules: [{id: r, expect: \"books[ag=child] <= 3\"}]", "`age`"),
        ("rules: [{id: r, expect: \"books[age=chld] <= 3\"}]", "`child`"),
        ("rules: [{id: r, jump: lnt, at-most: x3 within 4 years}]", "`lent`"),
        ("rules: [{id: r, order: [opning, opening]}]", "`opening`"),
        ("rules: [{id: r, outcome: oppening}]", "`opening`"),
        ("rules: [{id: r, corroborate: bookz, origins: 2}]", "`books`"),
        ("rules: [{id: r, expect: books <= 3, assume: {lant: 0}}]", "`lent`"),
        ("measures: {pages: {kind: stok, unit: book}}", "`stock`"),
        ("measures: {pages: {kind: stock, entity: libary}}", "`library`"),
        ("levels: {MZ299: note}", "MZ299"),
        ("levels: {rul: note}", "rul"),
        ("rulez: []", "`rules`"),
    ];
    for (rules, meant) in cases {
        let run = check_rules(&format!("{rules}\n"));
        let told = run.told().join("\n");
        assert!(told.contains(meant), "{rules}: {told}");
        assert_eq!(run.code, 1, "{rules}: {told}");
    }
}

#[test]
fn an_expression_cut_in_the_middle_is_pointed_into() {
    let whole = "if books @y + 2 * lent[place=fes] @y-1 < 100 then days(opening) == 3";
    for end in 1..whole.len() {
        let run = check_rules(&format!("rules:\n  - id: r\n    expect: \"{}\"\n", &whole[..end]));
        let about_rules = |place: &&String| place.starts_with("MZ9") || place.starts_with("MZ0");
        let places = run.places();
        assert!(
            places.iter().filter(about_rules).count() > 0 || run.code == 0,
            "{}: {places:?}",
            &whole[..end]
        );
        assert!(places.iter().all(|place| place.contains(" 3:") || place.contains(" 2:")), "{places:?}");
        assert!([0, 1].contains(&run.code), "{}", &whole[..end]);
    }
}

#[test]
fn expressions_of_absurd_size_are_refused() {
    let deep = format!("{}books{} == 1", "(".repeat(50_000), ")".repeat(50_000));
    let long = format!("books == {}lent", "lent + ".repeat(50_000));
    let powers = format!("books == {}1", "999999999999 * ".repeat(2_000));
    for expression in [deep, long, powers] {
        let run = check_rules(&format!("rules:\n  - id: r\n    expect: {expression}\n"));
        assert!([0, 1, 2].contains(&run.code));
        assert!(run.out.len() < 2_000_000, "{}", run.out.len());
        assert!(!run.out.contains("a bug of mizan"), "{}", run.out);
    }
    let product = format!("books == {}1", format!("{} * ", "9".repeat(390)).repeat(20));
    check_rules(&format!("rules:\n  - id: r\n    expect: {product}\n")).tells(&["MZ901", "fewer digits"]);
}

#[test]
fn years_at_the_ends_of_time() {
    let rules = "rules: [{id: r, expect: books @y == books @y-1 + lent @y}]\n";
    let pairs = [("0001", "9999"), ("0000", "0001"), ("9998", "9999"), ("-9999", "9999"), ("10000", "2023")];
    for (first, last) in pairs {
        let claims = format!(
            "\
defaults: {{entity: library}}
claims:
  - {{measure: books, period: \"{first}\", value: 1}}
  - {{measure: books, period: \"{last}\", value: 3}}
  - {{measure: lent, period: \"{last}\", value: 5}}
  - {{measure: opening, date: \"{first}/{last}\"}}
"
        );
        let files = [
            ("claims/a.yaml", claims.as_bytes()),
            ("rules/r.yaml", RULES.as_bytes()),
            ("rules/s.yaml", rules.as_bytes()),
        ];
        let run = mizan(folder(&files).path(), &["check", "--format", "json"]);
        assert!([0, 1].contains(&run.code), "{first} {last}: {}", run.err);
        if first == "0001" {
            run.tells(&["MZ903", "1000 years"]);
        }
    }
}

#[test]
fn exit_codes_say_what_happened() {
    let clean = folder(&[
        ("claims/a.yaml", format!("claims:\n{SOUND}").as_bytes()),
        ("rules/r.yaml", RULES.as_bytes()),
    ]);
    assert_eq!(mizan(clean.path(), &["check"]).code, 0);
    assert_eq!(mizan(clean.path(), &["check", "--fail-on", "note"]).code, 0);
    let disputed = format!("claims:\n{SOUND}{}", SOUND.replace("12480", "12490").replace('{', "{id: b, "));
    let disputed = folder(&[("claims/a.yaml", disputed.as_bytes()), ("rules/r.yaml", RULES.as_bytes())]);
    assert_eq!(mizan(disputed.path(), &["check"]).code, 1);
    assert_eq!(mizan(disputed.path(), &["check", "--fail-on", "never"]).code, 0);
    for bad in
        [&["check", "--fail-on", "maybe"][..], &["chek"], &["check", "--no-such-flag"], &["explain", "MZ999"]]
    {
        let run = mizan(clean.path(), bad);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{bad:?}");
    }
    assert_eq!(mizan(clean.path(), &["--version"]).code, 0);
}

/// `mizan check | head -1`: a reader that goes away is no error.
#[test]
fn a_closed_pipe_is_no_error() {
    let folder = folder(&[
        ("claims/a.yaml", format!("claims:\n{SOUND}").as_bytes()),
        ("rules/r.yaml", RULES.as_bytes()),
    ]);
    for arguments in [&["check"][..], &["check", "--format", "json"], &["rules"], &["explain", "MZ204"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mizan"));
        command.args(arguments).current_dir(folder.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((wait(&mut child), err.as_str()), (0, ""), "{arguments:?}");
    }
}
