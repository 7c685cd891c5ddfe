//! The JSON Schema of claims files.

use crate::corpus::Corpus;

#[test]
fn the_schema_speaks_the_rulebooks_names() {
    let corpus = Corpus::new(&[], &[("a.txt", b"")]);
    let schema = corpus.mizan(&["schema", "claims"]);
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).unwrap();
    let claim = &schema["$defs"]["claim"]["properties"];
    assert_eq!(claim["measure"]["enum"][0], "ships");
    assert_eq!(claim["side"]["anyOf"][0]["enum"], serde_json::json!(["north", "south", "unknown"]));
}
