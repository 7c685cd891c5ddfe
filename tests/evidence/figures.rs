//! The contract of `mizan figures`.

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
