//! `--order-keys`: the keys of claims and sources in one order, and nothing else changed.

use std::collections::BTreeMap;

use mizan::claims::order_keys;
use mizan::finding::apply;
use mizan::text::FileId;
use mizan::vocabulary::Vocabulary;
use serde_json::Value;

use crate::corpus::{Corpus, ENGLISH, misplaced};

const HEAD: &str =
    "source: {published: 2024-12, text: a.txt}\ndefaults: {entity: harbour, period: 2024}\nclaims:\n";

const ORDER: [&str; 5] = ["check", "--articles", "articles", "--fix", "--order-keys"];

fn corpus(file: &str) -> Corpus {
    Corpus::new(&[("a.yaml", file)], &[("a.txt", ENGLISH.as_bytes())])
}

/// A file with its keys in order; a second run changes nothing.
fn ordered(file: &str) -> String {
    let corpus = corpus(file);
    corpus.mizan(&ORDER);
    let after = corpus.read("claims/a.yaml");
    corpus.mizan(&ORDER);
    assert_eq!(corpus.read("claims/a.yaml"), after, "a second run changes nothing");
    after
}

/// Claims with their keys in order, whatever the line ends, a byte order mark, and a last line without an end.
fn claims(claims: &str) -> String {
    let after = ordered(&format!("{HEAD}{claims}"));
    for (mark, end) in [("\u{FEFF}", "\n"), ("", "\r\n"), ("\u{FEFF}", "\r\n")] {
        let text = |text: &str| format!("{mark}{text}").replace('\n', end);
        assert_eq!(ordered(&text(&format!("{HEAD}{claims}"))), text(&after), "{mark:?} {end:?}");
    }
    after.strip_prefix(HEAD).unwrap().to_owned()
}

fn stays(text: &str) {
    assert_eq!(claims(text), text);
}

#[test]
fn keys_take_their_comments_along() {
    assert_eq!(
        claims(
            "  - quote: north side has 14 cranes   # as told
    side: north# no comment
    value: 14\t# or 41?
    measure: cranes
    entity: harbour
"
        ),
        "  - measure: cranes
    value: 14\t# or 41?
    entity: harbour
    side: north# no comment
    quote: north side has 14 cranes   # as told
"
    );
    assert_eq!(
        claims("  - {quote: north side has 14 cranes, side: north, measure: cranes}   # a note\n"),
        "  - {measure: cranes, side: north, quote: north side has 14 cranes}   # a note\n"
    );
    assert_eq!(
        claims(
            "  -   {quote: '14 cranes, or', near: side has,\n       measure: cranes , side: north,\n     }\n"
        ),
        "  -   {measure: cranes, side: north,\n       quote: '14 cranes, or' , near: side has,\n     }\n",
        "entries move, the layout stays"
    );
}

#[test]
fn claims_of_lists_are_ordered_too() {
    assert_eq!(
        claims(
            "  - parts:   # both
      # the first
      - {value: 14, side: north}
      - side: south   # there
        value: 9
    quote: north side has 14 cranes
    measure: cranes
  - among:
    - quote: a
      id: b
      measure: ships
    measure: ships
"
        ),
        "  - measure: cranes
    quote: north side has 14 cranes
    parts:   # both
      # the first
      - {value: 14, side: north}
      - value: 9
        side: south   # there
  - measure: ships
    among:
    - measure: ships
      quote: a
      id: b
"
    );
    assert_eq!(
        claims("  - {parts: [{side: north, value: 14}, {side: south, value: 9}], measure: cranes}\n"),
        "  - {measure: cranes, parts: [{value: 14, side: north}, {value: 9, side: south}]}\n"
    );
}

#[test]
fn comments_of_nobody_knows_whom_hold_a_claim_where_it_is() {
    for text in [
        "  - value: 14\n    # of the north\n    measure: cranes\n",
        "  - value: 14\n    measure: cranes\n    # so they say\n  - value: 9\n",
        "  - value: 14\n    measure: cranes\n\n   # so they say\n",
        "  -\n    # the number\n    value: 14\n    measure: cranes\n",
        "  - {value: 14, # the number\n     measure: cranes}\n",
        "  - {value: 14,\n     measure: cranes # what\n    }\n",
        "  - { # why\n     value: 14, measure: cranes}\n",
    ] {
        stays(text);
    }
    // A comment above the dash is the claim's, one beside the dash too, and one below as deep as the dash is the next one's.
    assert_eq!(
        claims(
            "  # first\n  - value: 14\n    measure: cranes\n  # second\n  - # here\n    value: 9\n    measure: ships\n# end\n"
        ),
        "  # first\n  - measure: cranes\n    value: 14\n  # second\n  - # here\n    measure: ships\n    value: 9\n# end\n"
    );
    // Parts are ordered though their claim is not.
    assert_eq!(
        claims("  - parts: [{side: north, value: 14}]\n    # all\n    measure: cranes\n"),
        "  - parts: [{value: 14, side: north}]\n    # all\n    measure: cranes\n"
    );
}

#[test]
fn texts_over_several_lines_move_whole() {
    assert_eq!(
        claims(
            "  - note: >-
      two
      # lines

    quote: |-
      north side
      has 14 cranes
    value: 14
    measure: \"cranes\"

    side:
      north
    id: 'a
      b'
"
        ),
        "  - measure: \"cranes\"

    value: 14
    side:
      north
    quote: |-
      north side
      has 14 cranes

    id: 'a
      b'
    note: >-
      two
      # lines
",
        "blank lines stay between the same places"
    );
}

#[test]
fn what_would_read_otherwise_stays() {
    for text in [
        // Kept line ends, and a text that would get one.
        "  - measure: cranes\n    quote: b\n    value: |\n      14",
        "  - value: |\n      14\n    measure: cranes",
        "  - note: |+\n      a\n\n    measure: cranes\n    value: 14\n",
        // Keys of another kind, unknown ones, and such that stand twice.
        "  - ? value\n    : 14\n    measure: cranes\n",
        "  - value: 14\n    ? measure\n    : cranes\n",
        "  - {? value : 14, measure: cranes}\n",
        "  - {value: 14, mesure: cranes}\n",
        "  - {value: 14, west: 3, measure: cranes, parts: [{side: north, value: 3}]}\n",
        "  - value: 14\n    measure: cranes\n    value: 15\n",
        "  - value: 14\n    measure: cranes\n    parts: [{side: north, value: 3, side: south}]\n",
        // Faults of YAML.
        "  - value: 14\n   measure: cranes\n",
        "  - value: 'a\n    measure: cranes\n",
        "  - value: !!int 14\n    measure: cranes\n",
        "  - value: &a 14\n    measure: *a\n",
        "  - [value, measure]\n  - value\n  -\n  - {}\n",
    ] {
        stays(text);
    }
    // The others of the file are ordered all the same.
    assert_eq!(
        claims("  - value: 14\n   measure: cranes\n  - {value: 9, measure: cranes}\n"),
        "  - value: 14\n   measure: cranes\n  - {measure: cranes, value: 9}\n"
    );
}

#[test]
fn values_left_out_and_odd_ends_are_kept() {
    assert_eq!(
        claims(
            "  - value:\n    quote: 14 cranes\n    note:   # none\n    measure: cranes\n    items:\n    - a\n    - b"
        ),
        "  - measure: cranes\n    value:\n    quote: 14 cranes\n    items:\n    - a\n    - b\n    note:   # none"
    );
    assert_eq!(claims("  - {value: , measure: cranes}"), "  - {measure: cranes , value:}");
    assert_eq!(
        claims("  - value: 3 \t \n\n\n    measure: ships   "),
        "  - measure: ships   \n\n\n    value: 3 \t "
    );
}

#[test]
fn a_source_is_ordered_as_well() {
    let tail = "defaults: {period: 2024, entity: harbour}\nclaims:\n  - {value: 3, measure: ships}\n";
    assert_eq!(
        ordered(&format!("source:\n  text: a.txt   # the paper\n  lang: en\n  published: 2024-12\n{tail}")),
        "source:\n  published: 2024-12\n  lang: en\n  text: a.txt   # the paper\ndefaults: {period: 2024, entity: harbour}\nclaims:\n  - {measure: ships, value: 3}\n"
    );
    assert_eq!(
        ordered(&format!("{tail}source: {{text: a.txt, title: x}}")),
        "defaults: {period: 2024, entity: harbour}\nclaims:\n  - {measure: ships, value: 3}\nsource: {title: x, text: a.txt}"
    );
    let json = "{\"claims\": [{\"value\": 3, \"measure\": \"ships\"}], \"source\": {\"text\": \"a.txt\", \"title\": \"x\"}}\n";
    assert_eq!(
        ordered(json),
        "{\"claims\": [{\"measure\": \"ships\", \"value\": 3}], \"source\": {\"title\": \"x\", \"text\": \"a.txt\"}}\n"
    );
    for odd in
        ["source: text\n", "source:\n  text: a.txt\n  # no\n  title: x\n", "source: {text: a, titel: x}\n"]
    {
        let file = format!("{odd}claims: []\n");
        assert_eq!(ordered(&file), file);
    }
}

#[test]
fn it_goes_together_with_the_other_fixes() {
    let file = format!(
        "{HEAD}  - quote: \"more than  1,200 ships\"
    measure: navires     # told twice
  - {{side: nord, value: ١٥, measure: grues, parts: [{{side: nord, value: ١٤}}]}}
  - offset: 3
    quote: the quay was 4 km long   # then
    value: 4 km
    measure: quay"
    );
    let at = ENGLISH.split("the quay was").next().unwrap().chars().count();
    let wanted = format!(
        "{HEAD}  - measure: ships     # told twice
    quote: \"more than 1,200 ships\"
  - {{measure: cranes, value: 15, side: north, parts: [{{value: 14, side: north}}]}}
  - measure: quay
    value: 4 km
    quote: the quay was 4 km long   # then
    offset: {at}"
    );
    assert_eq!(ordered(&file), wanted);
    // A key that a fix adds finds its place.
    let corpus = corpus(&file);
    let flags = ["check", "--articles", "articles", "--unsafe-fixes", "--order-keys"];
    let shown = corpus.mizan(&[&flags[..], &["--diff"]].concat());
    assert_eq!(corpus.read("claims/a.yaml"), file, "a diff writes nothing");
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("\n+    period: 2019\n"), "{shown}");
    for _ in 0..2 {
        corpus.mizan(&flags);
        let wanted = wanted.replace("4 km\n    quote", "4 km\n    period: 2019\n    quote");
        assert_eq!(corpus.read("claims/a.yaml"), wanted);
    }
    assert!(corpus.mizan(&[&flags[..], &["--diff"]].concat()).stdout.is_empty());
}

#[test]
fn it_is_asked_for_and_never_alone() {
    let file = format!("{HEAD}  - {{value: 14, measure: cranes}}\n");
    let corpus = corpus(&file);
    let alone = corpus.mizan(&["check", "--order-keys"]);
    assert_eq!(alone.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&alone.stderr).contains("--diff"), "{alone:?}");
    corpus.mizan(&["check", "--articles", "articles", "--fix"]);
    assert_eq!(corpus.read("claims/a.yaml"), file, "keys stay where somebody wrote them");
    let shown = corpus.mizan(&["check", "--diff", "--order-keys"]);
    assert_eq!(corpus.read("claims/a.yaml"), file);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(
        shown.ends_with("-  - {value: 14, measure: cranes}\n+  - {measure: cranes, value: 14}\n"),
        "{shown}"
    );
}

#[test]
fn what_is_no_text_is_left_alone() {
    let mut bytes = format!("{HEAD}  - {{value: 14, measure: cranes, note: ").into_bytes();
    bytes.extend(b"\xE3\xD1\xCD\xC8\xC7}\n");
    let corpus = corpus("");
    corpus.write("claims/a.yaml", &bytes);
    corpus.mizan(&ORDER);
    assert_eq!(std::fs::read(corpus.path().join("claims/a.yaml")).unwrap(), bytes);
}

#[test]
fn a_long_line_is_no_long_work() {
    let many = |claim: &str| format!("claims: [{}]\n", format!("{claim}, ").repeat(20_000));
    let text = many("{value: 14, measure: cranes}");
    let edits = order_keys(FileId::default(), &text, &Vocabulary::default());
    assert_eq!(apply(&text, &edits), many("{measure: cranes, value: 14}"));
}

mod laws {
    use proptest::prelude::*;

    use super::*;

    /// The keys of a claim with their values, on one line each or more, in any order.
    fn keys() -> impl Strategy<Value = Vec<String>> {
        let one = |key: &'static str, values: &'static [&'static str]| {
            let value = prop::sample::select(values);
            (value, any::<bool>())
                .prop_map(move |(value, is_there)| is_there.then(|| format!("{key}: {value}")))
        };
        let keys = (
            prop::sample::select(&["cranes", "\"ships\"", "navires"][..])
                .prop_map(|name| Some(format!("measure: {name}"))),
            one("value", &["14", "over ١٢", "'9'", "nine", "x"]),
            one("entity", &["harbour", "'الميناء'"]),
            one("period", &["2024", "2019-05", ""]),
            one("side", &["north", "nord", "[north, south]", "unknown"]),
            one("status", &["planned", "actual"]),
            one("scope", &["most of", "\"a, b\""]),
            one("quote", &["north side has 14 cranes", "\"more than  1,200 ships\"", "nowhere"]),
            one("offset", &["3", "152"]),
            one("parts", &["[{side: north, value: 3}, {id: p, value: 4}]", "[]"]),
        );
        let rest = (one("id", &["a", "b"]), one("checked", &["me 2025-01-01"]), one("note", &["hm", "''"]));
        (keys, rest)
            .prop_map(|((a, b, c, d, e, f, g, h, i, j), (k, l, m))| {
                [a, b, c, d, e, f, g, h, i, j, k, l, m].into_iter().flatten().collect::<Vec<_>>()
            })
            .prop_shuffle()
    }

    /// A claim: between braces, on lines with comments behind some keys, or with texts over several lines.
    fn claim() -> impl Strategy<Value = String> {
        (keys(), prop::sample::select(&[" ", "   "][..]), 0_u8..4, any::<u16>()).prop_map(
            |(keys, gap, shape, marks)| match shape {
                0 => format!("  - {{{}}}   # in a line\n", keys.join(", ")),
                1 => format!("  -{gap}{{{}\n     }}\n", keys.join(",\n       ")),
                _ => {
                    let lines = keys.iter().enumerate().map(|(at, key)| {
                        let comment =
                            if marks >> at & 1 == 1 { format!("{gap}# {at}") } else { String::new() };
                        let folded = format!("note: >-{comment}\n       hm, and more\n      ");
                        if shape == 3 && key == "note: hm" { folded } else { format!("{key}{comment}") }
                    });
                    let lines: Vec<String> = lines.collect();
                    format!("  -{gap}{}\n", lines.join(&format!("\n   {gap}")))
                }
            },
        )
    }

    /// What stands behind the colon of a key, odd texts above all.
    fn value() -> impl Strategy<Value = &'static str> {
        prop::sample::select(
            &[
                "",
                " a",
                " a # b",
                " ~",
                " 'a # b'",
                " \"a\\n\"  # b",
                " {because: x} # b",
                " [a,\n     b]",
                " [a, # b\n     c]",
                " |\n      a",
                " |\n      a\n      # b\n",
                " |+\n      a\n\n",
                " |-\n      a\n\n\n",
                " >-  # b\n      a\n       b",
                " >2\n        a",
                " 'a\n     b'",
                " a\n     b",
                "\n      a: b # c\n      d: e",
                "\n    - a\n    - b",
                "\n      - a\n      # b",
                " a#b",
                " 'it''s'",
                " \"{\"",
                " - a",
                " a: b",
                " é ١٤\u{202F}000",
            ][..],
        )
    }

    /// What is told: how often each finding is, by its name.
    fn told(corpus: &Corpus) -> BTreeMap<String, usize> {
        let output = corpus.mizan(&["check", "--articles", "articles", "--format", "json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut told = BTreeMap::new();
        for finding in report["findings"].as_array().unwrap() {
            let name = format!("{} {} {}", finding["code"], finding["fingerprint"], finding["message"]);
            *told.entry(name).or_default() += 1;
        }
        told
    }

    /// The lines of a file whatever their order and that of what stands in them: a comment stays on the line of its key.
    fn lines(file: &str) -> Vec<Vec<char>> {
        let signs = |line: &str| {
            let bare = line.trim_start_matches([' ', '-', '{']).trim_end_matches(['\r', ' ', ',', '}']);
            let mut signs: Vec<char> = bare.chars().collect();
            signs.sort_unstable();
            signs
        };
        let mut lines: Vec<Vec<char>> = file.lines().map(signs).collect();
        lines.sort_unstable();
        lines
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

        #[test]
        fn the_order_of_keys_changes_no_finding(
            list in prop::collection::vec(claim(), 1..5),
            end in prop::sample::select(&["\n", "\r\n"][..]),
            last in any::<bool>(),
        ) {
            let file = format!("{HEAD}{}", list.concat());
            let file = if last { file.trim_end().to_owned() } else { file }.replace('\n', end);
            let corpus = corpus(&file);
            // The other fixes first: they may change what is told of offsets.
            corpus.mizan(&["check", "--articles", "articles", "--fix"]);
            let (fixed, before) = (corpus.read("claims/a.yaml"), told(&corpus));
            corpus.mizan(&ORDER);
            let after = corpus.read("claims/a.yaml");
            prop_assert_eq!(told(&corpus), before, "{}\n{}", fixed, after);
            prop_assert_eq!(lines(&fixed), lines(&after), "{}\n{}", fixed, after);
            let bytes = |file: &str| { let mut bytes = file.as_bytes().to_vec(); bytes.sort_unstable(); bytes };
            prop_assert_eq!(bytes(&fixed), bytes(&after), "{}\n{}", fixed, after);
            // At the end of a file without a last line end a block text stays, and its claim with it.
            let staying = usize::from(last && after.contains(">-"));
            prop_assert!(misplaced(&after).len() <= staying, "{:?}\n{}", misplaced(&after), after);
            prop_assert!(corpus.mizan(&[&ORDER[..], &["--diff"]].concat()).stdout.is_empty());
            // Both in one run come to the same.
            prop_assert_eq!(ordered(&file), after);
        }

        /// Odd texts mean the same to the parser that everybody knows.
        #[test]
        fn another_parser_reads_the_same(
            entries in prop::collection::vec((value(), prop::sample::select(&["", "", "", "\n", "# c\n", "    # c\n", "      # c\n"][..])), 2..7),
            shuffled in Just(vec!["value", "note", "quote", "measure", "id", "checked", "status"]).prop_shuffle(),
            (dash, end) in prop::sample::select(&[("  - ", "\n"), ("  -   ", "\n"), ("  - # c\n    ", "\n"), ("  -\t", "\n"), ("  - ", "\r\n"), ("  -\n    ", "\n")][..]),
            behind in prop::sample::select(&["", "  # c\n", "    # c\n", "\n\n    # c", "  - {value: 1, measure: a}\n", "ignore: []\n"][..]),
            cut in any::<bool>(),
        ) {
            let indent = if dash.contains('\n') { 4 } else { dash.len() };
            let mut file = format!("claims:\n{dash}");
            for (at, ((value, gap), key)) in entries.iter().zip(shuffled).enumerate() {
                let lead = if at == 0 { String::new() } else { format!("{gap}{}", " ".repeat(indent)) };
                file.extend([&lead, key, ":", value, "\n"]);
            }
            file.push_str(behind);
            let file = if cut { file.trim_end().to_owned() } else { file }.replace('\n', end);
            let edits = order_keys(FileId::default(), &file, &Vocabulary::default());
            let after = apply(&file, &edits);
            let read = |text: &str| serde_yaml_original::from_str::<serde_yaml_original::Value>(text).ok();
            // Where that parser knows the file at all: it takes tabs and some ends otherwise than ours.
            if let Some(before) = read(&file) {
                prop_assert_eq!(read(&after), Some(before), "{}\n--\n{}", file, after);
            }
            prop_assert_eq!(order_keys(FileId::default(), &after, &Vocabulary::default()), [], "{}\n--\n{}", file, after);
        }
    }
}
