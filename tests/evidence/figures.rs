//! The contract of `mizan figures`.

use std::fs;

use crate::corpus::{Corpus, FRENCH};

#[test]
fn figures_are_printed_as_the_contract_says() {
    let corpus = Corpus::new(&[], &[("a.txt", FRENCH.as_bytes())]);
    let found = corpus.mizan(&["figures", "articles/a.txt", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    let mut keys: Vec<&str> = found[0].as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "byte_end",
            "byte_start",
            "class",
            "end",
            "hedge",
            "high",
            "low",
            "noun",
            "scored",
            "start",
            "text",
            "value"
        ]
    );
    let ships = found.as_array().unwrap().iter().find(|mention| mention["noun"] == "navires").unwrap();
    assert_eq!(
        (&ships["value"], &ships["hedge"], &ships["class"]),
        (&"1200".into(), &"nearly".into(), &"quantity".into())
    );
    let characters: Vec<char> = FRENCH.chars().collect();
    for mention in found.as_array().unwrap() {
        let at = |key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
        let text: String = characters[at("start")..at("end")].iter().collect();
        assert_eq!(text, mention["text"].as_str().unwrap());
        assert_eq!(Some(text.as_str()), FRENCH.get(at("byte_start")..at("byte_end")));
    }
    corpus.write("empty.txt", b"");
    assert_eq!(corpus.mizan(&["figures", "empty.txt", "--format", "json"]).stdout, b"[\n]\n");
    corpus.write("latin.txt", b"caf\xE9 14");
    assert_eq!(corpus.mizan(&["figures", "latin.txt"]).status.code(), Some(2));
}

#[test]
fn texts_that_are_none_are_refused_and_odd_ones_read() {
    let corpus = Corpus::new(&[], &[("a.txt", b"")]);
    let figures = |bytes: &[u8]| {
        corpus.write("odd.txt", bytes);
        let run = corpus.mizan(&["figures", "odd.txt", "--format", "json"]);
        let found: Option<serde_json::Value> = serde_json::from_slice(&run.stdout).ok();
        (run.status.code(), found.and_then(|found| found.as_array().map(Vec::len)))
    };
    assert_eq!(figures(b"\xC7\xE1\xE3\xCF\xED\xE4\xC9 14"), (Some(2), None), "Windows-1256");
    assert_eq!(figures(&b"7".repeat(1_000_000)), (Some(0), Some(1)), "a digit a million times");
    assert_eq!(figures(&b"7 ".repeat(20_000)), (Some(0), Some(20_000)), "digits alone");
    assert_eq!(figures("\0 14\0 cars \u{202E}15\u{202C} vans".as_bytes()), (Some(0), Some(2)), "NULs");
    assert_eq!(figures(b"<!DOCTYPE html><p>14 cars</p>"), (Some(0), Some(1)), "HTML is read as it is");
    fs::File::create(corpus.path().join("huge.txt")).unwrap().set_len(1 << 30).unwrap();
    for command in [&["figures", "huge.txt"], &["draft", "huge.txt"]] {
        let run = corpus.mizan(command);
        assert_eq!(run.status.code(), Some(2));
        assert!(String::from_utf8(run.stderr).unwrap().contains("must have at most"));
    }
}
