//! What the reader must accept, what it must refuse and where, and what it must survive.

use super::*;
use crate::text::source_map::SourceMap;

mod events;
mod hostile;
mod recovery;

/// A document as one line: `{a: 1, b: [x, "y"], c: ?}`.
fn show(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar { .. } if node.is_null() => "~".to_owned(),
        Kind::Scalar { text, plain: true } => text.to_string(),
        Kind::Scalar { text, plain: false } => format!("{text:?}"),
        Kind::Sequence(items) => format!("[{}]", join(items.iter().map(show))),
        Kind::Mapping(entries) => {
            let entry = |entry: &Entry| format!("{}: {}", show(&entry.key), show(&entry.value));
            format!("{{{}}}", join(entries.iter().map(entry)))
        }
        Kind::Unread => "?".to_owned(),
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn tree(text: &str) -> String {
    parse(FileId::default(), text).root.as_ref().map_or(String::new(), show)
}

/// The faults as `line:column what «the place»`.
fn faults(text: &str) -> Vec<String> {
    let mut map = SourceMap::default();
    let file = map.add("a".to_owned(), text.to_owned());
    let line = |fault: &Fault| {
        format!("{} {} «{}»", map.position(file, fault.span.start), fault.kind, map.slice(fault.span))
    };
    parse(file, text).faults.iter().map(line).collect()
}

fn sound(text: &str) -> String {
    assert_eq!(faults(text), Vec::<String>::new(), "{text:?}");
    tree(text)
}

/// The one fault of a text, without what it advises.
fn fault(text: &str) -> String {
    let faults = faults(text);
    let [fault] = faults.as_slice() else { panic!("{text:?}: {faults:?}") };
    fault.clone()
}

fn lines(numbers: std::ops::Range<usize>, line: impl Fn(usize) -> String) -> String {
    numbers.map(line).collect::<Vec<_>>().concat()
}

#[test]
fn numbers_and_words_are_texts_as_written() {
    let text = "a: 867.042\nb: 1e3\nc: 0x10\nd: yes\ne: 2024-12\nf: ٢٤\ng: +194.5 %\nh: 010\n";
    assert_eq!(sound(text), "{a: 867.042, b: 1e3, c: 0x10, d: yes, e: 2024-12, f: ٢٤, g: +194.5 %, h: 010}");
}

#[test]
fn all_shapes() {
    assert_eq!(
        sound("a: [x, 'it''s', \"q\\n\"]\nb: {c: 1, \"d\":2}\n"),
        r#"{a: [x, "it's", "q\n"], b: {c: 1, "d": 2}}"#
    );
    assert_eq!(sound("a:\n- x\n-\n  b: 1\n- - y\n"), "{a: [x, {b: 1}, [y]]}");
    assert_eq!(
        sound("a: |\n  one\n  two\n\nb: >-\n  three\n  four\n"),
        r#"{a: "one\ntwo\n", b: "three four"}"#
    );
    assert_eq!(sound("a:\nb: ~\nc: null\nd: ''\ne: {f: }\n"), r#"{a: ~, b: ~, c: ~, d: "", e: {f: ~}}"#);
    assert_eq!(sound("# c\n---\na: 1 # c\n...\n# c\n"), "{a: 1}");
    for before in ["\u{FEFF}\u{FEFF}---\n", "# c\n\u{FEFF}---\n", "\u{FEFF}\u{FEFF}...\n", "\u{FEFF}\u{FEFF}"]
    {
        assert_eq!(sound(&format!("{before}a: 1\n")), "{a: 1}");
    }
    assert_eq!(sound("\u{FEFF}a: 1\r\nb:\r\n  - x\r\n"), "{a: 1, b: [x]}");
    assert_eq!(sound("a: [\n  x,\n  y,\n]\nb: two\n  lines\n"), "{a: [x, y], b: two lines}");
    assert_eq!(
        (sound(""), sound("# only\n\n"), sound("---\n")),
        (String::new(), String::new(), String::new())
    );
}

#[test]
fn spans_cover_what_is_written() {
    let text = "a: \"x\"\nb:\n  - {c: 1}\n  - y\nd: # none\ne: |\n  long\n\nf: [1]\n";
    let mut map = SourceMap::default();
    let file = map.add("a".to_owned(), text.to_owned());
    let root = parse(file, text).root.unwrap();
    let slice = |key: &str| map.slice(root.get(key).unwrap().span);
    assert_eq!((slice("a"), slice("b"), slice("e"), slice("f")), ("\"x\"", "- {c: 1}\n  - y", "long", "[1]"));
    let nothing = root.get("d").unwrap().span;
    assert!(nothing.is_empty());
    assert_eq!(map.position(file, nothing.start).to_string(), "5:3", "behind the colon");
    assert_eq!(map.slice(root.span), text.trim_end());
}

/// What people mistype, and what is said of it and where.
const TYPOS: &[(&str, &str)] = &[
    ("a: \"x\nb: 1\n", "1:4 a text that begins with `\"` must end with `\"`, and nothing closes it «\"»"),
    ("a: 'x\n", "1:4 a text that begins with `'` must end with `'`, and nothing closes it «'»"),
    (
        "a: \"x\n  b: \"y\"\n",
        "1:4 a text that begins with `\"` must end with `\"`, and nothing closes it «\"»",
    ),
    ("a: 'it's'\n", "1:8 nothing may follow the closing quotation mark, found `s'` «s'»"),
    ("a: \"x\\qy\"\n", "1:6 a backslash must begin a known escape, found `\\q` «\\q»"),
    ("- a: 1\n  b:5\n", "2:3 a space must follow the colon of a key, found `b:5` «b:5»"),
    ("- {a: 1, b:5}\n", "1:10 a space must follow the colon of a key, found `b:5` «b:5»"),
    ("- a: 1\n  b\n", "2:3 a colon must follow a key, found `b` alone «b»"),
    ("a\n  - b: 1\n", "1:1 a colon must follow a key, found `a` alone «a»"),
    ("- a: 1\n\tb: 2\n", "2:1 lines must be indented with spaces, found a tab «\t»"),
    ("- a: 1\n  b: [x, y\n  c: 2\n", "2:6 `[` must be closed by `]`, and nothing closes it «[»"),
    ("- a: {x: 1\n  c: 2\n", "1:6 `{` must be closed by `}`, and nothing closes it «{»"),
    ("- a: [x}\n", "1:6 `[` must be closed by `]`, found `}` «[»"),
    ("- a: {x: 1}}\n", "1:12 `}` must close a `{`, and none is open «}»"),
    ("- a: 1\n   b: 2\n", "2:4 a line must be indented like its neighbours, found `b` between them «b»"),
    ("- a: 1\n b: 2\n", "2:2 a line must be indented like its neighbours, found `b: 2` between them «b: 2»"),
    ("-\na: 1\n", "2:1 a line must be indented like its neighbours, found `a: 1` between them «a: 1»"),
    ("- a: b: c\n", "1:6 a value must not contain a colon and a space, found `b: c` «b: c»"),
    ("- a: @x\n", "1:6 a text must not begin with `@` «@»"),
    ("- a: `x\n", "1:6 a text must not begin with ``` «`»"),
    ("- a: ,x\n", "1:6 a text must not begin with `,` «,»"),
    ("- {, a: 1}\n", "1:4 a text must not begin with `,` «,»"),
    ("- [x, , y]\n", "1:7 a text must not begin with `,` «,»"),
    ("- {a: 1, b:  : c}\n", "1:13 a value must not contain a colon and a space, found ` : c}` « : c}»"),
    ("- [a: [x]\n   b: z]\n", "1:3 `[` must be closed by `]`, and nothing closes it «[»"),
    // What was read before tells where the trouble begins: a text, a value left out, an item, an end, a beginning.
    ("a|: >-\n", "1:5 `>` must be followed by the lines of a text, and there are none «>-»"),
    ("? a # \"\n? 'b\n", "2:3 a text that begins with `'` must end with `'`, and nothing closes it «'»"),
    ("- a # \"\n-\n- 'x\n", "3:3 a text that begins with `'` must end with `'`, and nothing closes it «'»"),
    ("-: {E: F,}'  -\n", "1:11 a text that begins with `'` must end with `'`, and nothing closes it «'»"),
    ("\t- - n\n\t,a\n", "2:1 lines must be indented with spaces, found a tab «\t»"),
    ("- a: % x\n", "1:6 a text must not begin with `%` «%»"),
    ("- a: >5\n", "1:6 `>` must be followed by the lines of a text, and there are none «>5»"),
    ("- a: > 5\n", "1:6 `>` must be followed by the lines of a text, and there are none «>»"),
    ("a: - b\n", "1:4 a list must begin on the line below its key, found `-` beside it «-»"),
    (
        "- {a: over 6,500}\n",
        "1:14 between `{` and `}` a comma ends a value and a key with its colon must follow, found `500` «500»",
    ),
];

#[test]
fn typos_are_named_and_placed() {
    for (text, expected) in TYPOS {
        assert_eq!(fault(text), *expected, "{text:?}");
        assert!(!parse(FileId::default(), text).whole, "{text:?}");
    }
}

/// YAML that we do not want.
const REFUSED: &[(&str, &str)] = &[
    ("a: &x 1\n", "1:4 a text must not begin with `&`, which names a part to repeat (an anchor) «&x»"),
    ("a: *x\n", "1:4 a text must not begin with `*`, which repeats a named part (an alias) «*x»"),
    ("a: *\n", "1:4 a text must not begin with `*`, which repeats a named part (an alias) «*»"),
    ("a: !x 1\n", "1:4 a text must not begin with `!`, which gives a type (a tag) «!x»"),
    ("a: !!str 1\n", "1:4 a text must not begin with `!`, which gives a type (a tag) «!!str»"),
    ("? [a]\n: 1\n", "1:3 a key must be a word or a text, found something else «[»"),
    ("{{a: 1}: 1}\n", "1:2 a key must be a word or a text, found something else «{»"),
    ("- {? , a: b}\n", "1:6 a key must be a word or a text, found something else «,»"),
    ("- [?\n  , a]\n", "2:3 a key must be a word or a text, found something else «,»"),
    (": 1\n", "1:1 a key must be a word or a text, found something else «:»"),
    ("%YAML 1.2\n---\na: 1\n", "1:1 a file must begin with its content, found a directive (`%`) «%YAML 1.2»"),
    ("a: 1\n---\nb: \"\n", "2:1 a file must hold one document, found a second one «---»"),
    ("a: 1\n...\nb: 2\n", "3:1 a file must hold one document, found a second one «b: 2»"),
    ("a: x\u{202E}y\n", "1:5 a file must not contain U+202E RIGHT-TO-LEFT OVERRIDE «\u{202E}»"),
    ("a: \"\\u202E\"\n", "1:4 a file must not contain U+202E RIGHT-TO-LEFT OVERRIDE «\"\\u202E\"»"),
    ("a: x\0y\n", "1:5 a file must not contain U+0000 NULL «\0»"),
    ("a: x\u{FFFE}\n", "1:5 a file must not contain U+FFFE «\u{FFFE}»"),
];

#[test]
fn what_is_not_for_us_is_refused() {
    for (text, expected) in REFUSED {
        assert_eq!(fault(text), *expected, "{text:?}");
    }
    assert_eq!(tree("a: 1\n---\nb: 2\n"), "{a: 1}");
}
