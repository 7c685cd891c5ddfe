//! The JSON Schema of a claims file, with the names of a rulebook as its words.
//!
//! An editor completes `measure:` with it, and a language model that fills claims under it cannot invent
//! a name. It says what may be written where; what the text must carry, [evidence](crate::evidence) says.
//!
#![doc = include_str!("language-models.md")]

use serde_json::{Map, Value, json};

use crate::fact::Status;
use crate::rulebook::CLAIM_KEYS;
use crate::vocabulary::{Dimension, Names, Vocabulary};

/// The schema of a claims file in the words of a vocabulary: canonical names first, then the labels that
/// the reader takes for them.
///
/// # Example
/// ```
/// use mizan::claims::json_schema::claims;
/// use mizan::vocabulary::Vocabulary;
///
/// let schema = claims(&Vocabulary::default());
/// assert_eq!(schema["additionalProperties"], false);
/// ```
///
/// # Source
/// JSON Schema, draft 2020-12.
#[must_use]
pub fn claims(vocabulary: &Vocabulary) -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mizan claims",
        "description": "What one article says: one file for one article.",
        "type": "object",
        "additionalProperties": false,
        "required": ["claims"],
        "properties": {
            "source": { "$ref": "#/$defs/source" },
            "defaults": {
                "description": "What claims say that do not say it themselves.",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "entity": named(&vocabulary.entities, "Who or what the article is about."),
                    "period": scalar("When: 2024, 2024-06, 2019-10-02/2019-10-06 (EDTF)."),
                },
            },
            "claims": {
                "type": "array",
                "items": { "allOf": [{ "$ref": "#/$defs/claim" }, { "required": ["measure"] }] },
            },
            "ignore": {
                "description": "Figures of the article that are no claims, with the reason.",
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["quote", "because"],
                    "properties": { "quote": verbatim("Their words, verbatim."), "near": verbatim("A few words before."), "offset": offset(), "because": text("Why.") },
                },
            },
        },
        "$defs": { "source": source(), "claim": claim(vocabulary), "reason": reason() },
    })
}

fn source() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "title": text("The title of the article."),
            "publisher": text("Who published it."),
            "published": scalar("When (EDTF); leave it out when nobody knows."),
            "lang": text("The language of the article: ar, fr, en."),
            "origin": text("Who the figures come from."),
            "text": text("The name of the article's text file."),
            "sha256": { "type": "string", "pattern": "^[0-9A-Fa-f]{64}$" },
            "cites": words("The sources that it cites."),
            "numbers": {
                "type": "object",
                "additionalProperties": false,
                "properties": { "thousands": text("The mark between groups."), "decimal": text("The decimal mark.") },
            },
            "decimals": { "type": "integer" },
            "rounding": { "enum": ["nearest", "truncate"] },
            "url": text("Where the article is."),
        },
    })
}

/// Every key of a claim, and the dimensions that the rulebook declares, in the order in which they are best written.
fn claim(vocabulary: &Vocabulary) -> Value {
    let keys: Map<String, Value> = point(vocabulary).chain(record()).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": keys })
}

/// What a claim says of what.
fn point(vocabulary: &Vocabulary) -> impl Iterator<Item = (String, Value)> {
    let measure = named(&vocabulary.measures, "What is counted, measured, numbered, dated or said.");
    let entity =
        named(&vocabulary.entities, "Who or what it is about; else the measure's, else the default.");
    let value =
        scalar("The figure with its hedge, as written: over 117. Left out: the one figure of the quote.");
    let own = [
        ("measure", measure),
        ("value", value),
        ("change", text("up 194.5% from 2023, down 3 from 2023, x3 from 2019.")),
        ("share", text("12% of another-measure.")),
        ("date", scalar("When it happened or will: EDTF, published, published+1, soon.")),
        ("state", text("A word of the measure, or a member of a dimension.")),
        ("ordinal", json!({ "type": "integer", "minimum": 0, "description": "The number in a series." })),
        ("entity", entity),
        ("period", scalar("When the figure holds (EDTF); else the default.")),
    ];
    // A key of the format is itself, whatever a label says.
    let labelled = vocabulary.dimensions.iter().zip(vocabulary.dimensions.labels());
    let names = labelled.flat_map(|((name, dimension), labels)| {
        let spellings = std::iter::once(name).chain(labels);
        spellings.map(move |key| (key, members(dimension)))
    });
    let dimensions = names.filter(|(key, _)| !CLAIM_KEYS.contains(key));
    own.into_iter().chain(dimensions).map(|(key, schema)| (key.to_owned(), schema))
}

/// The rest of a claim: how it says it, where it stands in the article, and what somebody made of it.
fn record() -> impl Iterator<Item = (String, Value)> {
    let statuses: Vec<&str> = Status::words().collect();
    let part = json!({ "type": "array", "items": { "$ref": "#/$defs/claim" } });
    let flag = json!({ "type": "boolean" });
    let keys = [
        ("unit", text("A declared unit, where it is not the measure's.")),
        ("decimals", json!({ "type": "integer" })),
        ("status", json!({ "enum": statuses })),
        ("scope", text("What the figure leaves out: most of, without the diaspora.")),
        ("origin", text("Who this figure comes from, where it is not the article's origin.")),
        ("quote", verbatim("The words of the article that say it, verbatim, at most a dozen; … skips some.")),
        ("near", verbatim("A few words before the quote, when it stands there twice.")),
        ("offset", offset()),
        ("parts", part.clone()),
        ("among", part),
        ("items", words("The counted things, one by one.")),
        ("exhaustive", flag.clone()),
        ("supersedes", text("The id or key of the claim that this one replaces.")),
        ("provisional", flag),
        (
            "reject",
            json!({ "type": "object", "additionalProperties": false, "required": ["because"], "properties": { "because": text("Why.") } }),
        ),
        ("id", text("A name of its own.")),
        (
            "allow",
            json!({ "type": "object", "patternProperties": { "^MZ[0-9]{3}$": { "$ref": "#/$defs/reason" } }, "additionalProperties": false }),
        ),
        ("checked", text("Who compared it with the article, and when.")),
        ("note", text("Anything.")),
    ];
    keys.into_iter().map(|(key, schema)| (key.to_owned(), schema))
}

fn reason() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["because"],
        "properties": { "because": text("Why."), "by": text("Who says so."), "until": scalar("The last day on which it counts.") },
    })
}

fn offset() -> Value {
    let description = "How many characters of the article stand before the quote: the `start` of `mizan figures`, where the quote begins with the figure.";
    json!({ "type": "integer", "minimum": 0, "description": description })
}

/// One of the names of a table, or one of their labels.
fn named<T>(names: &Names<T>, description: &str) -> Value {
    let mut known: Vec<&str> = names.iter().map(|(name, _)| name).collect();
    known.extend(names.labels().concat());
    // An empty list of words would refuse everything.
    let mut schema = text(description);
    if let (false, Some(keys)) = (known.is_empty(), schema.as_object_mut()) {
        keys.insert("enum".to_owned(), json!(once_each(known)));
    }
    schema
}

/// A member of a dimension, or several over which the figure spreads. An open one takes any word.
fn members(dimension: &Dimension) -> Value {
    let mut known: Vec<&str> = dimension.members.iter().map(|(name, _)| name).collect();
    let one = match dimension.declared {
        Some(_) => {
            known.push("unknown");
            known.extend(dimension.members.labels().concat());
            json!({ "enum": once_each(known) })
        }
        None => json!({ "type": "string", "examples": known }),
    };
    json!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
}

/// The words of a list without repeats, in their order.
fn once_each(words: Vec<&str>) -> Vec<&str> {
    let mut seen = std::collections::HashSet::new();
    words.into_iter().filter(|word| seen.insert(*word)).collect()
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

/// Words of the article: something to look up.
fn verbatim(description: &str) -> Value {
    json!({ "type": "string", "pattern": "[^\\s…]", "description": description })
}

/// A text that looks like a number where it is one.
fn scalar(description: &str) -> Value {
    json!({ "type": ["string", "number"], "description": description })
}

fn words(description: &str) -> Value {
    json!({ "type": ["string", "array"], "items": { "type": "string" }, "description": description })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::source::KEYS;
    use crate::rulebook::{self, DIMENSIONS_STAND_BEHIND};
    use crate::text::SourceMap;

    fn schema(rules: &str) -> Value {
        let mut map = SourceMap::default();
        let file = map.add("rules/r.yaml".into(), rules.into());
        claims(&rulebook::read(&[file], &map).vocabulary)
    }

    #[test]
    fn every_key_that_the_reader_takes_is_there() {
        let keys = |rules: &str| {
            let schema = schema(rules);
            let keys = schema["$defs"]["claim"]["properties"].as_object().unwrap().keys().cloned();
            (keys.collect::<Vec<_>>(), schema["$defs"]["source"]["properties"].clone())
        };
        let (plain, source) = keys("");
        assert_eq!(plain, CLAIM_KEYS, "in their order");
        assert_eq!(source.as_object().unwrap().keys().collect::<Vec<_>>(), KEYS);
        let (with, _) = keys("dimensions: {sort: {values: [oak], labels: {oak: {fr: chêne}}}, place: {}}\n");
        let behind = CLAIM_KEYS.iter().position(|key| *key == DIMENSIONS_STAND_BEHIND).unwrap() + 1;
        assert_eq!(with[behind..behind + 2], ["sort", "place"]);
        assert_eq!([&with[..behind], &with[behind + 2..]].concat(), CLAIM_KEYS);
    }

    #[test]
    fn names_are_those_of_the_rulebook() {
        let rules = "entities: {office: }\nmeasures: {trees: {kind: stock, unit: tree, labels: {fr: arbres}}}\ndimensions: {sort: {values: [oak, elm]}, place: {}}\n";
        let schema = schema(rules);
        let claim = &schema["$defs"]["claim"]["properties"];
        assert_eq!(claim["measure"]["enum"], json!(["trees", "arbres"]));
        assert_eq!(claim["entity"]["enum"], json!(["office"]));
        assert_eq!(claim["sort"]["anyOf"][0]["enum"], json!(["oak", "elm", "unknown"]));
        assert_eq!(claim["place"]["anyOf"][0]["type"], "string");
        assert!(!schema.to_string().contains("oneOf"));
    }
}
