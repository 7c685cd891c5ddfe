//! The tree against the events of the parser that comes with the scanner: two readings of the same tokens.

use granit_parser::{Event, Parser, ScalarStyle};
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

/// What [`show`] says of a tree, with the places of its texts: from the events; none where the parser refuses.
fn by_events(text: &str) -> Option<String> {
    let options = granit_parser::options! { emit_unresolved_aliases: true, disallow_directives: true };
    // The nodes of all lists and mappings that are open, of which the outermost is the document.
    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.ok()?;
        let range = span.byte_range()?;
        let node = match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                open.push(Vec::new());
                continue;
            }
            Event::SequenceEnd => format!("[{}]", open.pop()?.join(", ")),
            Event::MappingEnd => {
                let entries = open.pop()?;
                let entries = entries.chunks(2).map(<[String]>::concat).collect::<Vec<_>>();
                format!("{{{}}}", entries.join(", "))
            }
            Event::Scalar(value, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                if plain && (range.is_empty() || matches!(&*value, "~" | "null")) {
                    "~ ".to_owned()
                } else {
                    format!("{value:?}@{} ", range.start)
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => "* ".to_owned(),
            Event::DocumentStart(..) => {
                documents += 1;
                continue;
            }
            _ => continue,
        };
        open.last_mut()?.push(node);
    }
    (documents <= 1).then(|| open.concat().concat())
}

fn by_tree(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar { .. } if node.is_null() => "~ ".to_owned(),
        Kind::Scalar { text, .. } => format!("{text:?}@{} ", node.span.start),
        Kind::Sequence(items) => format!("[{}]", join(items.iter().map(by_tree))),
        Kind::Mapping(entries) => {
            let entry = |entry: &Entry| format!("{}{}", by_tree(&entry.key), by_tree(&entry.value));
            format!("{{{}}}", join(entries.iter().map(entry)))
        }
        Kind::Unread => "?".to_owned(),
    }
}

/// Whether a fault is one of those that YAML allows and mizan does not.
fn is_ours(kind: &FaultKind) -> bool {
    match kind {
        FaultKind::Anchor | FaultKind::Alias | FaultKind::Tag | FaultKind::ComplexKey => true,
        FaultKind::Syntax(typo) => matches!(
            typo,
            Typo::KeyWithoutValue(_)
                | Typo::ColonWithoutSpace(_)
                | Typo::BlockText(_)
                | Typo::UnclosedQuote(_)
        ),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_tree_is_that_of_the_events(text in text()) {
        let source = Source { file: FileId::default(), text: &text };
        let events = by_events(&text);
        match grammar::read(source, 0..text.len(), 0, &mut 1_000) {
            Ok(outcome) if outcome.faults.is_empty() => {
                prop_assert_eq!(Some(outcome.root.as_ref().map_or(String::new(), by_tree)), events);
            }
            Ok(outcome) => {
                prop_assert!(outcome.faults.iter().all(|fault| matches!(fault.kind, FaultKind::DuplicateKey(_))));
                prop_assert!(events.is_some());
            }
            Err(fault) => prop_assert!(events.is_none() || is_ours(&fault.kind), "{:?}: {:?}", fault.kind, events),
        }
    }
}
