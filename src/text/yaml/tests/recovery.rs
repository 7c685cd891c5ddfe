//! Faults beside sound claims: every fault told, every sound unit kept, no unit in part.

use proptest::prelude::*;

use super::*;

#[test]
fn a_key_that_stands_twice_is_kept_once_and_shown_twice() {
    let text = "a: 1\nb: {c: 1, \"c\": 2}\na: 3\n";
    let document = parse(FileId::default(), text);
    assert_eq!(tree(text), "{a: 1, b: {c: 1}}");
    let places: Vec<_> =
        document.faults.iter().map(|fault| (fault.span.start, fault.also.unwrap().start)).collect();
    assert_eq!(places, [(15, 9), (23, 0)]);
    assert!(document.whole);
    let many = lines(0..20, |number| format!("k{}: x\n", number % 19));
    assert_eq!(fault(&many), "20:1 a key must stand once in its mapping, found `k0` again «k0»");
    assert_eq!(faults("a: 1\na: 2\nb: \"\n").len(), 2, "across sections too");
}

fn claim(number: usize) -> String {
    format!("  - measure: m{number}\n    value: {number}\n    quote: \"text {number}\"\n    among: [a, b]\n")
}

/// Ten claims of thirty have a typo each.
#[test]
fn ten_faults_cost_ten_claims() {
    let typos = [
        ("\"\n", "\n", 3),
        ("value: ", "value:", 2),
        ("    value", "\tvalue", 2),
        ("b]", "b", 4),
        ("    value", "   value", 2),
        ("    value", "     value", 2),
        ("value: ", "value: @", 2),
        ("value: ", "value: >", 2),
        ("\"text", "'te'xt", 3),
        ("[a", "[a}", 4),
    ];
    let mut text = "source: {title: x}\nclaims:\n".to_owned();
    let mut lines = Vec::new();
    for number in 0..30 {
        match typos.get(number / 3).filter(|_| number % 3 == 1) {
            None => text += &claim(number),
            Some((right, wrong, line)) => {
                text += &claim(number).replacen(right, wrong, 1);
                lines.push(2 + number * 4 + line);
            }
        }
    }
    let mut map = SourceMap::default();
    let file = map.add("a".to_owned(), text.clone());
    let document = parse(file, &text);
    let found: Vec<_> =
        document.faults.iter().map(|fault| map.position(file, fault.span.start).line as usize).collect();
    assert_eq!(found, lines, "{:#?}", faults(&text));

    let claims = document.root.as_ref().unwrap().get("claims").unwrap().as_sequence().unwrap();
    let kept: Vec<_> = claims.iter().map(|claim| claim.get("measure").unwrap().as_str().unwrap()).collect();
    let sound: Vec<_> = (0..30).filter(|number| number % 3 != 1).map(|number| format!("m{number}")).collect();
    assert_eq!(kept, sound);
    for claim in claims {
        assert_eq!(claim.as_mapping().unwrap().len(), 4);
        assert!(map.slice(claim.span).starts_with("measure: m"));
    }
}

#[test]
fn a_unit_is_lost_whole_and_its_name_is_kept() {
    let text =
        "measures:\n  calls: {kind: flow}\n  cards: {kind: @flow}\n  edition: {kind: ordinal}\nrules: [a\n";
    assert_eq!(tree(text), "{measures: {calls: {kind: flow}, cards: ?, edition: {kind: ordinal}}, rules: ?}");
    let text = "claims:\n  - measure: a\n    among:\n      - {kind: @x}\n      - {kind: y}\n  - measure: b\n";
    assert_eq!(tree(text), "{claims: [{measure: b}]}", "no claim is kept in part");
}

#[test]
fn misplaced_items_cost_no_neighbour() {
    let first = "claims:\n    - a: 1\n      b:\n      - x\n  - a: 2\n  - a: 3\n";
    assert_eq!(tree(first), "{claims: [{a: 2}, {a: 3}]}", "the first may be the odd one out");
    assert_eq!(tree(" a: 1\nb: 2\nc: 3\n"), "{a: ?, b: 2, c: 3}");
    assert_eq!(tree("a:\n  b: 1\n c: 2\n  d: 3\n"), "{a: {b: 1, c: ?, d: 3}}");
    assert_eq!(tree("claims:\n  - a: 1\n - a: 2\n  - a: 3\n"), "{claims: [{a: 1}, {a: 3}]}");
    assert_eq!(tree("claims:\n  - a: 1\n   - a: 2\n  - a: 3\n"), "{claims: [{a: 1}, {a: 3}]}");
    assert_eq!(tree("claims:\n  - a: 1\n\t- a: 2\n  - a: 3\n"), "{claims: [{a: 1}, {a: 3}]}");
    assert_eq!(tree("claims:\n- a: 1\n- a: @2\n- a: 3\n"), "{claims: [{a: 1}, {a: 3}]}");
    assert_eq!(
        tree("claims:\n  - a:\n\t- b\n  - a: 3\n"),
        "{claims: [{a: 3}]}",
        "a list with a tab belongs to its claim"
    );
}

/// A quotation mark that the next one closes, further down, is no text of many lines.
#[test]
fn an_unclosed_quote_swallows_nothing() {
    let text = "claims:\n  - quote: \"a\n  - quote: b\n  - quote: c\"\n  - quote: d\n";
    assert_eq!(tree(text), "{claims: [{quote: b}, {quote: c\"}, {quote: d}]}");
    assert_eq!(
        fault(text),
        "2:12 a text that begins with `\"` must end with `\"`, and nothing closes it «\"»"
    );
    assert_eq!(sound("a:\n  - b: \"one\n      two\"\n"), "{a: [{b: \"one two\"}]}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Damage to one claim costs at most this claim and what the damage itself makes of it.
    #[test]
    fn damage_stays_in_its_claim(damaged in 0_usize..6, at in 0_usize..90, with in "[\"'\\[\\]{}@`%,:>|&*!x\t]") {
        let mut text = "claims:\n".to_owned();
        for number in 0..6 {
            let mut claim = claim(number);
            if number == damaged {
                // A word in the first column would begin a section.
                let at = 4 + at % (claim.len() - 5);
                let at = if claim.as_bytes()[at - 1] == b'\n' { at + 1 } else { at };
                claim.replace_range(at..=at, &with);
            }
            text += &claim;
        }
        let document = parse(FileId::default(), &text);
        let claims = document.root.as_ref().and_then(|root| root.get("claims")).and_then(Node::as_sequence).unwrap_or(&[]);
        let kept: Vec<_> = claims.iter().filter_map(|claim| claim.get("measure")?.as_str()).collect();
        for number in (0..6).filter(|&number| number != damaged) {
            prop_assert!(kept.contains(&format!("m{number}").as_str()), "{}: {:?}\n{}", number, document.faults, text);
        }
    }
}
