//! The tree of `mizan::text::yaml` against `serde_yaml` 0.9.34, the crate that everybody used, on
//! generated documents.
//!
//! `serde_yaml` gives types to plain texts and mizan does not, so a plain text of ours is compared
//! by what `serde_yaml` makes of it alone.

#![cfg(test)]

use mizan::text::FileId;
use mizan::text::yaml::{Document, Kind, Node, parse};
use proptest::prelude::*;
use serde_yaml_original::{Mapping, Value};

fn read(text: &str) -> Document<'_> {
    parse(FileId::default(), text)
}

fn agree(ours: &Node, theirs: &Value) -> bool {
    match (&ours.kind, theirs) {
        (Kind::Scalar { text, plain: true }, theirs) => resolve(text) == *theirs,
        (Kind::Scalar { text, .. }, Value::String(theirs)) => text == theirs,
        (Kind::Sequence(ours), Value::Sequence(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| agree(ours, theirs))
        }
        (Kind::Mapping(ours), Value::Mapping(theirs)) => {
            ours.len() == theirs.len()
                && ours
                    .iter()
                    .zip(theirs)
                    .all(|(ours, (key, value))| agree(&ours.key, key) && agree(&ours.value, value))
        }
        _ => false,
    }
}

/// What `serde_yaml` makes of a plain text that stands alone. Nothing that it could misread stands
/// in ours.
fn resolve(text: &str) -> Value {
    match serde_yaml_original::from_str::<Value>(text) {
        Ok(value @ (Value::Null | Value::Bool(_) | Value::Number(_))) => value,
        _ => Value::String(text.to_owned()),
    }
}

/// A document before anybody decided how to write it.
#[derive(Clone, Debug)]
enum Shape {
    Plain(String),
    Quoted(char, String),
    Lines(char, Vec<String>),
    Nothing,
    List(bool, Vec<Shape>),
    Map(bool, Vec<Shape>),
}

/// Words, figures and dates as they stand in claims; none begins or ends in a way that YAML reads
/// as something else.
const PLAIN: &str = "[a-zء-ي1-9][a-zء-ي0-9./%'_-]{0,8}[a-zء-ي0-9%]|a:b|a#b\
    |true|yes|~|null|0x1F|1e3|-4|\\.5|2024-12|\\.\\./2025|4\\.269\\.781|٢٤\
    |over 117|up 194\\.5% from 2023";
const QUOTED: &str = "[a-zء-ي0-9 .,:#{}\\[\\]&*!|>%@`?~'\"\\\\/«»—-]{0,12}";

fn shape() -> impl Strategy<Value = Shape> {
    let leaf = prop_oneof![
        4 => PLAIN.prop_map(Shape::Plain),
        2 => (prop_oneof![Just('"'), Just('\'')], QUOTED).prop_map(|(mark, text)| Shape::Quoted(mark, text)),
        1 => (prop_oneof![Just('|'), Just('>')], prop::collection::vec("[a-z«][a-z ,:#']{0,6}[a-z]", 1..4))
            .prop_map(|(mark, lines)| Shape::Lines(mark, lines)),
        1 => Just(Shape::Nothing),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let children = prop::collection::vec(inner, 0..5);
        prop_oneof![
            (any::<bool>(), children.clone()).prop_map(|(flow, items)| Shape::List(flow, items)),
            (any::<bool>(), children).prop_map(|(flow, values)| Shape::Map(flow, values)),
        ]
    })
}

/// A value as it stands behind `-` or `key:`.
fn written(shape: &Shape, indent: usize, flow: bool) -> String {
    let flow = flow || matches!(shape, Shape::List(true, _) | Shape::Map(true, _));
    match shape {
        Shape::Nothing => String::from(if flow { " " } else { "" }),
        Shape::Plain(text) => format!(" {text}"),
        Shape::Quoted('\'', text) => format!(" '{}'", text.replace('\'', "''")),
        Shape::Quoted(_, text) => {
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
            format!(" \"{escaped}\"")
        }
        Shape::Lines(_, lines) if flow => format!(" \"{}\"", lines.join("\\n")),
        Shape::Lines(mark, lines) => {
            let line_end = format!("\n{}", " ".repeat(indent));
            format!(" {mark}{line_end}{}", lines.join(&line_end))
        }
        Shape::List(_, items) if flow || items.is_empty() => {
            let items: Vec<_> = items.iter().map(between_brackets).collect();
            format!(" [{}]", items.join(","))
        }
        Shape::Map(_, values) if flow || values.is_empty() => {
            let entry = |(number, value)| format!("k{number}:{}", written(value, 0, true));
            let entries: Vec<_> = values.iter().enumerate().map(entry).collect();
            format!(" {{{}}}", entries.join(", "))
        }
        Shape::List(_, items) => items.iter().map(|item| line("-", item, indent)).collect(),
        Shape::Map(_, values) => {
            let entry = |(number, value)| line(&format!("مفتاح {number}:"), value, indent);
            values.iter().enumerate().map(entry).collect()
        }
    }
}

fn line(head: &str, value: &Shape, indent: usize) -> String {
    let pad = " ".repeat(indent);
    format!("\n{pad}{head}{}", written(value, indent + 2, false))
}

/// Between brackets nothing has no place.
fn between_brackets(item: &Shape) -> String {
    match item {
        Shape::Nothing => " null".to_owned(),
        item => written(item, 0, true),
    }
}

/// Values as programs have them, to be written by `serde_yaml` itself.
fn value() -> impl Strategy<Value = Value> {
    let text = "[a-zء-ي0-9 .,:#{}\\[\\]&*!|>%@`?~'\"\\\\\n\t-]{0,12}"
        .prop_filter("a block text without a line is refused", |text: &String| {
            !text.contains('\n') || !text.trim().is_empty()
        });
    let leaf = prop_oneof![
        text.prop_map(Value::String),
        any::<i64>().prop_map(|number| Value::Number(number.into())),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Sequence),
            prop::collection::vec(("[a-z:# ]{1,6}", inner), 0..5).prop_map(|entries| {
                Value::Mapping(
                    entries.into_iter().map(|(key, value)| (Value::String(key), value)).collect::<Mapping>(),
                )
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn documents_as_people_write_them(root in prop::collection::vec(shape(), 1..5)) {
        let text = written(&Shape::Map(false, root), 0, false) + "\n";
        let theirs: Value = serde_yaml_original::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let ours = read(&text);
        prop_assert!(ours.faults.is_empty() && ours.whole, "{:?}\n{}", ours.faults, text);
        prop_assert!(agree(ours.root.as_ref().unwrap(), &theirs), "{:#?}\n{:#?}\n{}", ours.root, theirs, text);
    }

    #[test]
    fn documents_as_serde_yaml_writes_them(value in value()) {
        let text = serde_yaml_original::to_string(&value).unwrap();
        let ours = read(&text);
        prop_assert!(ours.faults.is_empty(), "{:?}\n{}", ours.faults, text);
        prop_assert!(agree(ours.root.as_ref().unwrap(), &value), "{:#?}\n{}", ours.root, text);
    }

    /// Of any lists and mappings that both accept, both read the same. (Of a block text they differ
    /// where the file is nothing else or ends without a line end, and YAML 1.2.2, 8.1.1, is with
    /// us.)
    #[test]
    fn soup(text in "([ab]: ?|- |  |\n|\n  |\"|'|\\[|\\]|\\{|\\}|, |#|\\||>|:|\\? |x|1|é){1,16}\n") {
        if let Ok(theirs) = serde_yaml_original::from_str::<Value>(&text) {
            let ours = read(&text);
            if let Some(root) = ours.root.as_ref().filter(|root| ours.faults.is_empty() && root.as_str().is_none()) {
                prop_assert!(agree(root, &theirs), "{:#?}\n{:#?}\n{}", root, theirs, text);
            }
        }
    }
}
