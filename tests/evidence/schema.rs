//! The JSON Schema of claims files: it speaks the rulebook's names and labels, and refuses no file that the reader takes.

use std::fs;
use std::path::{Path, PathBuf};

use mizan::claims::json_schema;
use mizan::rulebook;
use mizan::text::SourceMap;
use serde_json::{Value, json};

use crate::corpus::{Corpus, RULES};

#[test]
fn the_schema_speaks_the_rulebooks_names() {
    let corpus = Corpus::new(&[], &[("a.txt", b"")]);
    let schema = corpus.mizan(&["schema", "claims"]);
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    let claim = &schema["$defs"]["claim"]["properties"];
    assert_eq!(claim["measure"]["enum"][0], "ships");
    assert_eq!(claim["side"]["anyOf"][0]["enum"], json!(["north", "south", "unknown", "nord"]));
}

/// What a schema has against a value, by the keywords that ours uses; another keyword is a fault of the test.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let walk = |schema: &Value, value: &Value, at: &str| faults(root, schema, value, at);
    let mut found = Vec::new();
    for (keyword, wanted) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "examples" => {}
            "$ref" => {
                let target = root.pointer(wanted.as_str().unwrap().trim_start_matches('#')).unwrap();
                found.extend(walk(target, value, at));
            }
            "type" => found.extend(wrong_type(wanted, value, at)),
            "enum" if wanted.as_array().unwrap().contains(value) => {}
            "enum" => found.push(format!("{at}: {value} is none of the names")),
            "properties" => {
                for (key, inner) in value.as_object().into_iter().flatten() {
                    if let Some(own) = wanted.get(key) {
                        found.extend(walk(own, inner, &format!("{at}/{key}")));
                    }
                }
            }
            "additionalProperties" => {
                assert_eq!(wanted, &json!(false));
                let keys = value.as_object().into_iter().flatten().map(|(key, _)| key);
                let strange = keys.filter(|key| {
                    let is_code = schema.get("patternProperties").is_some() && key.starts_with("MZ");
                    schema.pointer(&format!("/properties/{key}")).is_none() && !is_code
                });
                found.extend(strange.map(|key| format!("{at}: no key `{key}`")));
            }
            "patternProperties" => {
                let reason = wanted.as_object().unwrap().values().next().unwrap();
                for (code, inner) in value.as_object().into_iter().flatten() {
                    found.extend(walk(reason, inner, &format!("{at}/{code}")));
                }
            }
            "required" => {
                let missing = wanted
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|key| value.get(key.as_str().unwrap()).is_none());
                found.extend(missing.map(|key| format!("{at}: {key} is missing")));
            }
            "items" => {
                for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(walk(wanted, inner, &format!("{at}/{index}")));
                }
            }
            "allOf" => found.extend(wanted.as_array().unwrap().iter().flat_map(|one| walk(one, value, at))),
            "anyOf" => {
                let all: Vec<Vec<String>> =
                    wanted.as_array().unwrap().iter().map(|one| walk(one, value, at)).collect();
                if all.iter().all(|one| !one.is_empty()) {
                    found.extend(all.into_iter().flatten());
                }
            }
            "minItems" if value.as_array().is_none_or(|items| !items.is_empty()) => {}
            "minimum" if value.as_i64().is_none_or(|number| number >= 0) => {}
            "pattern" if value.as_str().is_none_or(|text| fits(wanted.as_str().unwrap(), text)) => {}
            "minItems" | "minimum" | "pattern" => found.push(format!("{at}: {keyword} refuses {value}")),
            unknown => panic!("a keyword that this test does not know: {unknown}"),
        }
    }
    found
}

/// Whether a text has one of the two patterns of the schema: a hash, or a quote that holds something.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern {
        "^[0-9A-Fa-f]{64}$" => text.len() == 64 && text.chars().all(|char| char.is_ascii_hexdigit()),
        "[^\\s…]" => text.chars().any(|char| !char.is_whitespace() && char != '…'),
        unknown => panic!("a pattern that this test does not know: {unknown}"),
    }
}

fn wrong_type(wanted: &Value, value: &Value, at: &str) -> Option<String> {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        unknown => panic!("a type that this test does not know: {unknown}"),
    };
    let names: Vec<&str> = match wanted {
        Value::String(name) => vec![name],
        several => several.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect(),
    };
    (!names.into_iter().any(is)).then(|| format!("{at}: {value} is no {wanted}"))
}

/// The schema of a rulebook of some files.
fn schema(rules: &[String]) -> Value {
    let mut map = SourceMap::default();
    let files: Vec<_> = rules
        .iter()
        .enumerate()
        .map(|(index, text)| map.add(format!("{index}.yaml"), text.clone()))
        .collect();
    json_schema::claims(&rulebook::read(&files, &map).vocabulary)
}

fn refusals(rules: &[String], claims: &str) -> Vec<String> {
    let schema = schema(rules);
    let value: Value = serde_yaml_original::from_str(claims).unwrap();
    faults(&schema, &schema, &value, "")
}

/// Rules and claims of a folder and the folders in it, told apart by their keys.
fn files(folder: &Path) -> (Vec<String>, Vec<(PathBuf, String)>) {
    let (mut rules, mut claims) = (Vec::new(), Vec::new());
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            let (more_rules, more_claims) = files(&path);
            rules.extend(more_rules);
            claims.extend(more_claims);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            let text = fs::read_to_string(&path).unwrap();
            if text.lines().any(|line| line.starts_with("claims:")) {
                claims.push((path, text));
            } else {
                rules.push(text);
            }
        }
    }
    (rules, claims)
}

#[test]
fn no_clean_file_is_refused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = (files(&root.join("rules")).0, files(&root.join("claims")).1);
    let clean = fs::read_dir(root.join("tests/ok")).unwrap().map(|entry| files(&entry.unwrap().path()));
    let mut checked = 0;
    for (rules, claims) in clean.chain([own]) {
        for (path, text) in claims {
            let refused = refusals(&rules, &text);
            assert!(refused.is_empty(), "{}: {refused:#?}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 50, "only {checked} files");
}

#[test]
fn labels_validate_and_inventions_do_not() {
    let rules = [RULES.to_owned()];
    let claims = |claim: &str| refusals(&rules, &format!("claims:\n  - {{{claim}}}\n"));
    for claim in [
        "measure: ships, value: 3",
        "measure: navires, value: over 3, entity: الميناء",
        "measure: cranes, side: nord, value: 3",
        "measure: cranes, side: [north, nord], value: 3",
        "measure: cranes, side: unknown, parts: [{value: 1}]",
    ] {
        assert_eq!(claims(claim), Vec::<String>::new(), "{claim}");
    }
    for claim in [
        "measure: boats, value: 3",
        "measure: ships, entity: airport, value: 3",
        "measure: cranes, side: est, value: 3",
        "measure: ships, valeur: 3",
        "value: 3",
        "measure: ships, value: [3]",
        "measure: ships, value: 3, quote: ' … '",
    ] {
        assert!(!claims(claim).is_empty(), "{claim}");
    }
}
