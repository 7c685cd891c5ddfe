//! Limits, and files that try to break the reader.

use proptest::prelude::*;

use super::*;

#[test]
fn limits() {
    let nested = |depth: usize| format!("a: {}{}\n", "[".repeat(depth - 1), "]".repeat(depth - 1));
    assert!(parse(FileId::default(), &nested(MAX_DEPTH)).whole);
    assert_eq!(
        fault(&nested(MAX_DEPTH + 1)),
        "1:67 lists and mappings must be nested at most 64 deep, found more «[»"
    );
    // A unit that is read on its own stands as deep as in the file.
    let beside =
        |depth: usize| format!("a:\n  - @\n  - {}{}\n", "[".repeat(depth - 2), "]".repeat(depth - 2));
    assert_eq!(faults(&beside(MAX_DEPTH)).len(), 1);
    assert_eq!(faults(&beside(MAX_DEPTH + 1)).len(), 2);
    let long = |length: usize| format!("a: '{}'\nb: 1\n", "x".repeat(length));
    assert!(parse(FileId::default(), &long(MAX_SCALAR)).whole);
    assert_eq!(tree(&long(MAX_SCALAR + 1)), "{a: ?, b: 1}");
    let source = Source { file: FileId::default(), text: "- a\n- b\n" };
    assert!(grammar::read(source, 0..8, 0, &mut 3).is_ok());
    let Err(fault) = grammar::read(source, 0..8, 0, &mut 2) else { panic!("two nodes are not three") };
    assert_eq!(fault.kind, FaultKind::TooManyNodes);
    let text = "- @\n".repeat(500);
    let document = parse(FileId::default(), &text);
    assert_eq!(document.faults.len(), MAX_FAULTS + 1);
    assert_eq!(document.faults.last().unwrap().kind, FaultKind::TooManyFaults);
}

/// Nothing here may panic, overflow the stack or take long; each has a fault, and the place of
/// every fault is in the file.
#[test]
fn hostile_files() {
    let files = [
        "[".repeat(160_000),
        "{".repeat(160_000),
        "[\n".repeat(80_000),
        "a: {\n".repeat(20_000),
        "- ".repeat(10_000),
        "? ".repeat(10_000),
        ": ".repeat(50_000),
        "a: ".repeat(50_000),
        lines(0..1_000, |depth| format!("{}a:\n", " ".repeat(depth))),
        lines(0..1_000, |depth| format!("{}- a\n", " ".repeat(1_000 - depth))),
        lines(0..100_000, |number| format!("- &a{number} x\n")),
        format!("a: &a [x]\nb: [{}]\n", "*a, ".repeat(50_000)),
        format!("a: {}\n", "x".repeat(1_000_000)),
        format!("{}: a\n", "x".repeat(1_000_000)),
        format!("a: |\n{}", "  xx\n".repeat(200_000)),
        "\"".repeat(100_000),
        format!("a: \"{}\n", "\\".repeat(100_001)),
        "a:\n".to_owned() + &"\tb: 1\n".repeat(10_000),
        "claims:\n".to_owned() + &"  - a: \"x\n    b: 1\n".repeat(6_000),
        "a: |\n".repeat(20_000),
        "---\n".repeat(20_000),
        "%\n".repeat(20_000),
        "\0".repeat(1_000),
    ];
    for text in files {
        let document = parse(FileId::default(), &text);
        assert!(!document.faults.is_empty() && document.faults.len() <= MAX_FAULTS + 1, "{text:.20}");
        let last = u32::try_from(text.len()).unwrap();
        assert!(
            document.faults.iter().all(|fault| fault.span.start <= fault.span.end && fault.span.end <= last),
            "{text:.20}"
        );
    }
}

fn check(node: &Node, text: &str, depth: usize) {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    let written = text.get(start..end).unwrap_or_else(|| panic!("{start}..{end} of {text:?}"));
    assert!(depth <= MAX_DEPTH);
    match &node.kind {
        Kind::Scalar { text, plain: true } if !written.contains(['\n', '\r']) => {
            assert_eq!(text, written);
        }
        Kind::Scalar { .. } | Kind::Unread => {}
        Kind::Sequence(items) => items.iter().for_each(|item| check(item, text, depth + 1)),
        Kind::Mapping(entries) => entries.iter().for_each(|entry| {
            check(&entry.key, text, depth);
            check(&entry.value, text, depth + 1);
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the text: no panic, spans that are ranges of it, plain texts as written, and a
    /// loss never without a fault.
    #[test]
    fn total_on_any_text(text in "([ab]: |- |  |\n|\"|'|\\[|\\]|\\{|\\}|,|#|&|\\*|!|\\||>|%|@|:|\\?|\t|\r|---\n|é|\u{202E}|x|1){0,40}") {
        let document = parse(FileId::default(), &text);
        if let Some(root) = &document.root {
            check(root, &text, 1);
        }
        for fault in &document.faults {
            for span in [Some(fault.span), fault.also, fault.lost].into_iter().flatten() {
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some(), "{:?}", fault);
            }
        }
        prop_assert!(document.whole || !document.faults.is_empty());
    }
}
