//! The tree against the events of the parser that comes with the scanner: two readings of the same tokens.

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};
use proptest::prelude::*;

use super::*;

/// Pieces of texts that mean something to YAML, and a few that do not, one from the other by `¦`; the lower ones are whole,
/// so that many texts are sound.
const PIECES: &str = "a¦b c¦é¦ع¦a: ¦b:\n¦- ¦-\n¦\n¦\n¦\n  ¦\n    ¦  ¦[¦]¦{¦}¦, ¦,¦:¦? ¦\"q\"¦'s'¦\"¦'¦# c\n¦ #¦|\n  x\n¦>-\n\
    ¦~¦null¦&a ¦*a¦!t ¦\t\
    ¦a: b\n¦c: d\n¦e:\n¦- f\n¦- g: h\n¦  i: j\n¦  - k\n¦    l: m\n¦- - n\n¦- {o: p, q: r}\n¦s: [t, u: v]\n\
    ¦w: {x: [], y: {}, z: }\n¦? A\n: B\n¦[C, D,]¦{E: F,}¦G: 'H\n  I'\n¦J: K\n  L\n";

fn text() -> impl Strategy<Value = String> {
    let pieces: Vec<_> = PIECES.split('¦').collect();
    prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat())
}

/// What the events say of a text.
#[derive(Default)]
struct Told {
    /// The tree, with the places of its texts and the beginnings of its lists and mappings; none where the parser refuses.
    tree: Option<String>,
    /// What YAML allows and mizan does not, each by the kind of its fault.
    refused: Vec<FaultKind>,
}

/// A list or mapping that is open.
struct Level {
    start: usize,
    mapping: bool,
    flow: bool,
    nodes: Vec<String>,
    /// Where the last of them ended.
    end: usize,
}

fn by_events(text: &str) -> Told {
    let mut told = Told::default();
    let options = granit_parser::options! { emit_unresolved_aliases: true, disallow_directives: true };
    let mut open = vec![Level { start: 0, mapping: false, flow: false, nodes: Vec::new(), end: 0 }];
    for event in Parser::new_from_str_with_options(text, options) {
        let Ok((event, span)) = event else { return told };
        let range = span.byte_range().unwrap();
        let refused = &mut told.refused;
        let level = open.last_mut().unwrap();
        let is_key = level.mapping && level.nodes.len().is_multiple_of(2);
        let (anchor, tag) = match &event {
            Event::SequenceStart(_, anchor, tag)
            | Event::MappingStart(_, anchor, tag)
            | Event::Scalar(_, _, anchor, tag) => (*anchor, tag),
            _ => (0, &None),
        };
        refused.extend((anchor > 0).then_some(FaultKind::Anchor));
        refused.extend(tag.is_some().then_some(FaultKind::Tag));
        let mapping = matches!(event, Event::MappingStart(..));
        match event {
            Event::SequenceStart(style, ..) | Event::MappingStart(style, ..) => {
                refused.extend(is_key.then_some(FaultKind::ComplexKey));
                let flow = style == StructureStyle::Flow;
                open.push(Level { start: range.start, mapping, flow, nodes: Vec::new(), end: 0 });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Level { start, mapping, nodes, .. } = open.pop().unwrap();
                let brackets = if mapping { ['{', '}'] } else { ['[', ']'] };
                let node = format!("{start}{}{}{}", brackets[0], nodes.concat(), brackets[1]);
                open.last_mut().unwrap().nodes.push(node);
            }
            Event::Scalar(value, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                let left_out = plain && range.is_empty();
                refused.extend((is_key && left_out).then_some(FaultKind::ComplexKey));
                let colon = text.get(level.end..).unwrap().trim_start().starts_with(':');
                if level.mapping && level.flow && !is_key && left_out && !colon {
                    refused.push(FaultKind::Syntax(Typo::KeyWithoutValue(String::new())));
                }
                let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                if block && value.trim().is_empty() {
                    refused.push(FaultKind::Syntax(Typo::BlockText('|')));
                }
                if !plain && !block && text.get(range.clone()).unwrap().contains(['\n', '\r']) {
                    refused.push(FaultKind::Syntax(Typo::UnclosedQuote('"')));
                }
                level.end = range.end;
                level.nodes.push(if left_out || (plain && matches!(&*value, "~" | "null")) {
                    "~ ".to_owned()
                } else {
                    format!("{value:?}@{} ", place(text, range))
                });
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                refused.push(FaultKind::Alias);
                level.nodes.push("* ".to_owned());
            }
            _ => {}
        }
    }
    told.tree = Some(open.pop().unwrap().nodes.concat());
    told
}

/// The place of a text without the line breaks behind the last line of a block text.
fn place(text: &str, range: Range<usize>) -> String {
    let length = text.get(range.clone()).unwrap().trim_end().len();
    format!("{}..{}", range.start, range.start + length)
}

fn by_tree(text: &str, node: &Node) -> String {
    let nodes =
        |nodes: &mut dyn Iterator<Item = &Node>| nodes.map(|node| by_tree(text, node)).collect::<String>();
    let start = node.span.start;
    match &node.kind {
        Kind::Scalar { .. } if node.is_null() => "~ ".to_owned(),
        Kind::Scalar { text: value, .. } => format!("{value:?}@{} ", place(text, node.span.bytes())),
        Kind::Sequence(items) => format!("{start}[{}]", nodes(&mut items.iter())),
        Kind::Mapping(entries) => {
            format!("{start}{{{}}}", nodes(&mut entries.iter().flat_map(|entry| [&entry.key, &entry.value])))
        }
        Kind::Unread => "?".to_owned(),
    }
}

/// Whether two faults are of one kind, whatever they found.
fn are_alike(one: &FaultKind, other: &FaultKind) -> bool {
    use FaultKind::Syntax;
    match (one, other) {
        // A value that was left out between braces may be a colon without its space.
        (Syntax(Typo::ColonWithoutSpace(_)), Syntax(Typo::KeyWithoutValue(_))) => true,
        (Syntax(one), Syntax(other)) => std::mem::discriminant(one) == std::mem::discriminant(other),
        _ => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tree_is_that_of_the_events(text in text()) {
        let source = Source { file: FileId::default(), text: &text };
        let Told { tree, refused } = by_events(&text);
        match grammar::read(source, 0..text.len(), 0, &mut 1_000) {
            Ok(outcome) if outcome.faults.is_empty() => {
                let ours = outcome.root.as_ref().map_or(String::new(), |root| by_tree(&text, root));
                prop_assert_eq!(Some(ours), tree);
            }
            Ok(outcome) => {
                prop_assert!(outcome.faults.iter().all(|fault| matches!(fault.kind, FaultKind::DuplicateKey(_))));
                prop_assert!(tree.is_some());
            }
            Err(fault) => {
                let has_reason = tree.is_none() || refused.iter().any(|kind| are_alike(&fault.kind, kind));
                prop_assert!(has_reason, "{:?} and not {:?}", fault.kind, refused);
            }
        }
    }
}
