//! The section `rules`: what every rule has; its body stays a tree with places for the checks.

use foldhash::{HashMap, HashMapExt as _};

use crate::finding::Severity;
use crate::rulebook::code;
use crate::rulebook::fault::{Faults, error, one_of, quoted};
use crate::rulebook::record::{Record, Text};
use crate::text::Span;
use crate::text::yaml::{Entry, Node};

/// The kinds of rules with the keys of their own.
const KINDS: [(&str, &[&str]); 6] = [
    ("expect", &[]),
    ("jump", &["at-most"]),
    ("order", &[]),
    ("outcome", &[]),
    ("ordinal", &["every", "at-most", "since"]),
    ("corroborate", &["origins"]),
];

/// Kinds that do not exist yet, with what stands in their way.
const REFUSED: [(&str, &str); 4] = [
    ("rate", "a rate per day or head needs a second period or measure"),
    ("average", "an average needs the figures that it was made of"),
    ("rank", "a rank needs every competitor"),
    ("superlative", "a superlative needs every competitor"),
];

/// Keys that a rule of any kind may have.
const COMMON: [&str; 5] = ["id", "because", "level", "message", "help"];

/// Options of any kind that the checks read.
const OPTIONS: [&str; 3] = ["over", "assume", "tolerance"];

/// A rule as it is written: its body has not been looked at.
#[derive(Clone, Debug)]
pub struct RawRule<'t> {
    /// Its name, which findings carry.
    pub id: String,
    /// Where the name is written.
    pub id_span: Span,
    /// The key that names its kind: `expect`, `jump`, …
    pub kind: String,
    /// What stands behind that key.
    pub body: Node<'t>,
    /// Why it should hold, as its author says.
    pub because: Option<String>,
    /// The author's own wording of a finding.
    pub message: Option<String>,
    /// The author's own advice.
    pub help: Option<String>,
    /// The level that it gives itself.
    pub level: Option<(Severity, Span)>,
    /// The kind's own keys, and `over`, `assume`, `tolerance`.
    pub options: Vec<Entry<'t>>,
    /// The whole rule.
    pub span: Span,
}

/// Reads the items of the sections.
pub(super) fn read<'t>(items: &[&Node<'t>], faults: &mut Faults) -> Vec<RawRule<'t>> {
    let mut seen: HashMap<String, Span> = HashMap::with_capacity(items.len());
    let mut rules = Vec::with_capacity(items.len());
    for item in items {
        let Some(rule) = read_one(item, faults) else { continue };
        if let Some(&first) = seen.get(&rule.id) {
            let message = format!("the id of a rule must be its own, found {} again", quoted(&rule.id));
            let finding = error(code::DECLARED_TWICE, message).at(rule.id_span, "again here");
            faults.add(finding.at(first, "first here"));
        } else {
            seen.insert(rule.id.clone(), rule.id_span);
            rules.push(rule);
        }
    }
    rules
}

fn read_one<'t>(node: &Node<'t>, faults: &mut Faults) -> Option<RawRule<'t>> {
    let record = Record::open(node, "a rule", faults)?;
    let id = record.required("id", faults).and_then(|id| legal_id(id, faults));
    let (kind, own, _) = kind_of(&record, faults)?;
    refuse_other_keys(&record, kind, own, faults);
    let level = record
        .choice("level", &Severity::ALL, faults)
        .and_then(|severity| Some((severity, record.get("level")?.span)));
    let is_option = |entry: &&Entry<'_>| own.contains(&entry.key()) || OPTIONS.contains(&entry.key());
    let id = id?;
    Some(RawRule {
        id: id.text.to_owned(),
        id_span: id.span,
        kind: kind.to_owned(),
        body: node.get(kind)?.clone(),
        because: record.string("because", faults),
        message: record.string("message", faults),
        help: record.string("help", faults),
        level,
        options: node.as_mapping()?.iter().filter(is_option).cloned().collect(),
        span: record.span,
    })
}

/// An id stands in brackets and beside codes, so it has no spaces and no brackets.
fn legal_id<'a>(id: Text<'a>, faults: &mut Faults) -> Option<Text<'a>> {
    let legal = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.');
    if id.text.chars().all(legal) {
        return Some(id);
    }
    let message = format!("the id of a rule must be letters, digits and hyphens, found {}", quoted(id.text));
    faults.add(error(code::ILLEGAL_NAME, message).at(id.span, "not an id"));
    None
}

type Kind<'a> = (&'static str, &'static [&'static str], &'a Node<'a>);

/// The one key that names a kind, with the keys of that kind and its body.
fn kind_of<'a>(record: &Record<'a>, faults: &mut Faults) -> Option<Kind<'a>> {
    let named: Vec<Kind<'a>> =
        KINDS.iter().filter_map(|(kind, own)| Some((*kind, *own, record.get(kind)?))).collect();
    match named.as_slice() {
        [one] => Some(*one),
        [] => {
            tell_no_kind(record, faults);
            None
        }
        [first, second, ..] => {
            let message = format!("a rule must be of one kind, found `{}` and `{}`", first.0, second.0);
            let finding = error(code::SHAPE, message).at(second.2.span, "another kind");
            faults.add(finding.at(first.2.span, "one kind").help("write two rules"));
            None
        }
    }
}

fn tell_no_kind(record: &Record<'_>, faults: &mut Faults) {
    for entry in record.entries {
        if let Some((kind, why)) = REFUSED.iter().find(|(kind, _)| *kind == entry.key()) {
            let message = format!("a rule must be of a kind that exists, found `{kind}`: {why}");
            return faults
                .add(error(code::REFUSED_RULE, message).at(entry.key.span, "not yet a kind of rule"));
        }
    }
    let kinds = KINDS.map(|(kind, _)| kind);
    let unknown = |entry: &&Entry| !COMMON.contains(&entry.key()) && !OPTIONS.contains(&entry.key());
    match record.entries.iter().find(unknown) {
        Some(entry) => {
            let known: Vec<&str> = kinds.iter().chain(&COMMON).chain(&OPTIONS).copied().collect();
            faults.unknown_key(entry.key.span, "a rule", entry.key(), &known);
        }
        None => faults.wrong_shape(record.span, "a rule", &format!("of a kind ({})", one_of(&kinds)), "none"),
    }
}

fn refuse_other_keys(record: &Record<'_>, kind: &'static str, own: &[&'static str], faults: &mut Faults) {
    let mut known: Vec<&str> = vec![kind];
    known.extend(own);
    known.extend(COMMON);
    known.extend(OPTIONS);
    record.refuse_others(&known, faults);
}
