//! The wire form of claims: what a file writes, before anybody asks what it means.
//!
//! Readers of other formats (tables, lines) make the same [`Claim`]s; only this file knows that
//! they came from a tree.

use crate::claims::code;
use crate::claims::quote;
use crate::claims::source::{self, Head};
use crate::fact::{Allow, Ignored, Key, ListKind, TextQuoteSelector};
use crate::quantity::Number;
use crate::rulebook::code::SHAPE;
use crate::rulebook::fault::{Faults, error, quoted};
use crate::rulebook::record::{Record, Text, items, text, texts};
use crate::rulebook::{CLAIM_KEYS, read_allow, read_decimals};
use crate::text::yaml::{Document, Entry, Fault, FaultKind, Node};
use crate::text::{FileId, SourceMap, Span};
use crate::vocabulary::{DimensionId, Vocabulary};

/// The sections of a claims file.
const SECTIONS: [&str; 4] = ["source", "defaults", "claims", "ignore"];

/// One claims file.
pub(super) struct File<'a> {
    pub(super) head: Head<'a>,
    pub(super) defaults: Defaults<'a>,
    pub(super) claims: Vec<Claim<'a>>,
    /// Claims of which YAML itself could make nothing.
    pub(super) lost: usize,
    /// Whether the file was read to its end.
    pub(super) whole: bool,
}

/// What claims say that do not say it themselves.
#[derive(Default)]
pub(super) struct Defaults<'a> {
    pub(super) entity: Option<Text<'a>>,
    pub(super) period: Option<Text<'a>>,
    /// Something in it could not be read: whoever relies on it is refused.
    pub(super) broken: bool,
}

/// A claim as written.
#[derive(Default)]
pub(super) struct Claim<'a> {
    pub(super) measure: Option<Text<'a>>,
    pub(super) entity: Option<Text<'a>>,
    pub(super) period: Option<Text<'a>>,
    pub(super) ordinal: Option<u64>,
    pub(super) status: Option<Text<'a>>,
    pub(super) dimensions: Vec<(DimensionId, Vec<Text<'a>>)>,
    /// `value`, `change`, `share`, `date` or `state`, by key.
    pub(super) statement: Option<(Key, Text<'a>)>,
    pub(super) unit: Option<Text<'a>>,
    pub(super) decimals: Option<i32>,
    pub(super) scope: Option<Text<'a>>,
    pub(super) origin: Option<Text<'a>>,
    pub(super) quote: Option<Text<'a>>,
    pub(super) near: Option<Text<'a>>,
    pub(super) offset: Option<u64>,
    pub(super) list: Option<WrittenList<'a>>,
    pub(super) exhaustive: bool,
    pub(super) supersedes: Option<Text<'a>>,
    pub(super) provisional: bool,
    pub(super) reject: Option<String>,
    pub(super) id: Option<Text<'a>>,
    pub(super) allow: Vec<Allow>,
    pub(super) checked: Option<Text<'a>>,
    /// Where the keys are written, the whole claim first.
    pub(super) places: Vec<(Key, Span)>,
    /// A key that decides what the claim means could not be read: nothing follows from the rest.
    pub(super) broken: bool,
}

/// `parts`, `among` or `items` as written.
pub(super) struct WrittenList<'a> {
    pub(super) kind: ListKind,
    pub(super) claims: Vec<Claim<'a>>,
    pub(super) items: Vec<Text<'a>>,
    /// Something in it could not be read, so that it is not complete.
    pub(super) torn: bool,
}

impl<'a> Claim<'a> {
    /// The whole claim.
    pub(super) fn span(&self) -> Span {
        self.places.first().map_or(Span::new(FileId::new(0), 0, 0), |(_, span)| *span)
    }

    /// How many claims it is, with those of its lists.
    pub(super) fn count(&self) -> usize {
        1 + self.list.iter().flat_map(|list| &list.claims).map(Self::count).sum::<usize>()
    }

    /// The first of some keys, in the order of the format, and where it is written.
    fn first(&self, are_meant: impl Fn(Key) -> bool) -> Option<(Key, Span)> {
        self.places.iter().filter(|(key, _)| are_meant(*key)).min().copied()
    }

    /// The written text of one of the statement keys.
    pub(super) fn statement(&self, key: Key) -> Option<&Text<'a>> {
        self.statement.as_ref().filter(|(written, _)| *written == key).map(|(_, text)| text)
    }
}

/// Reads one file. A file without a tree has no claims; its faults say why.
pub(super) fn read<'a>(
    file: FileId,
    document: &'a Document<'a>,
    map: &SourceMap,
    vocabulary: &Vocabulary,
    faults: &mut Faults,
) -> File<'a> {
    faults.add_document(document, map);
    let before = faults.len();
    let mut read = File {
        head: Head::new(file, map),
        defaults: Defaults::default(),
        claims: Vec::new(),
        lost: 0,
        whole: document.whole,
    };
    let span = document.root.as_ref().map_or(Span::new(file, 0, 0), |root| root.span);
    if let Some(root) = &document.root {
        read_sections(root, &mut read, vocabulary, faults);
    }
    read.lost = lost_claims(document);
    let repeated = repeated_keys(document);
    read.claims.iter_mut().for_each(|claim| break_repeated(claim, &repeated));
    if read.whole && read.claims.is_empty() && faults.len() == before {
        let message = "a claims file must hold claims, found none";
        faults.add(error(code::NO_CLAIMS, message).at(span, "no claims here"));
    }
    read
}

fn read_sections<'a>(root: &'a Node<'a>, read: &mut File<'a>, vocabulary: &Vocabulary, faults: &mut Faults) {
    let Some(record) = Record::read(root, "a claims file", &SECTIONS, faults) else { return };
    if let Some(head) = record.get("source") {
        source::read(head, &mut read.head, faults);
    }
    if let Some(defaults) = record.get("defaults") {
        read.defaults = read_defaults(defaults, faults);
    }
    if let Some(claims) = record.get("claims") {
        let claims = items(claims, "`claims`", faults);
        read.claims = claims.iter().map(|claim| read_claim(claim, vocabulary, faults)).collect();
    }
    if let Some(ignored) = record.get("ignore") {
        let ignored = items(ignored, "`ignore`", faults);
        read.head.ignored = ignored.iter().filter_map(|item| read_ignored(item, faults)).collect();
    }
}

/// `ignore: [{quote: …, near: …, offset: …, because: …}]`
fn read_ignored(node: &Node, faults: &mut Faults) -> Option<Ignored> {
    let record = Record::read(node, "an `ignore`", &["quote", "near", "offset", "because"], faults)?;
    record.entries.iter().for_each(|entry| quote::refuse_empty(entry, faults));
    let words = |text: &String| !quote::is_empty(text);
    let (exact, because) = (record.required("quote", faults), record.required("because", faults));
    let (near, number) = (record.string("near", faults).filter(words), record.whole("offset", faults));
    let exact = exact.map(|exact| exact.text.to_owned()).filter(words)?;
    let quote = TextQuoteSelector { exact, near, offset: number };
    let offset = record.get("offset").map(|node| node.span);
    Some(Ignored { quote, offset, because: because?.text.to_owned(), span: record.span })
}

/// The claims that are not in the tree: units of the section that YAML's faults took away.
fn lost_claims(document: &Document) -> usize {
    let Some(claims) = document.root.as_ref().and_then(|root| root.entry("claims")) else { return 0 };
    let inside = |lost: &Span| lost.start >= claims.key.span.end;
    let lost = document.faults.iter().filter(|fault| fault.kind.loses());
    lost.filter_map(|fault| fault.lost).filter(inside).count()
}

/// The keys that stand twice in one mapping.
fn repeated_keys(document: &Document) -> Vec<Span> {
    let repeats = |fault: &&Fault| matches!(fault.kind, FaultKind::DuplicateKey(_));
    document.faults.iter().filter(repeats).map(|fault| fault.span).collect()
}

/// A claim that says one thing twice says neither; those of its list stand for themselves.
fn break_repeated(claim: &mut Claim, repeated: &[Span]) {
    let span = claim.span();
    let within = |span: Span| move |key: &Span| span.start <= key.start && key.end <= span.end;
    let inside: Vec<Span> = repeated.iter().copied().filter(within(span)).collect();
    let mut parts: Vec<&mut Claim> = claim.list.iter_mut().flat_map(|list| &mut list.claims).collect();
    let mut own = inside.clone();
    for part in &mut parts {
        own.retain(|key| !within(part.span())(key));
        if !inside.is_empty() {
            break_repeated(part, &inside);
        }
    }
    claim.broken |= !own.is_empty();
}

fn read_defaults<'a>(node: &'a Node<'a>, faults: &mut Faults) -> Defaults<'a> {
    let before = faults.len();
    let Some(record) = Record::read(node, "`defaults`", &["entity", "period"], faults) else {
        return Defaults { broken: true, ..Defaults::default() };
    };
    let entity = record.text("entity", faults);
    let period = record.text("period", faults);
    Defaults { entity, period, broken: faults.len() > before }
}

/// Reads a claim. What is wrong with a key that decides its meaning breaks it; the rest is kept.
fn read_claim<'a>(node: &'a Node<'a>, vocabulary: &Vocabulary, faults: &mut Faults) -> Claim<'a> {
    let before = faults.len();
    let Some(record) = Record::open(node, "a claim", faults) else {
        return Claim { broken: true, places: vec![(Key::Claim, node.span)], ..Claim::default() };
    };
    let mut claim = Claim { places: Vec::with_capacity(1 + record.entries.len()), ..Claim::default() };
    claim.places.push((Key::Claim, node.span));
    let entries = || record.entries.iter().filter(|entry| !entry.value.is_null());
    for entry in entries() {
        let key = read_meaning(&record, entry, vocabulary, &mut claim, faults);
        claim.places.extend(key.map(|key| (key, entry.value.span)));
    }
    // Besides the claim itself, only keys that are known have a place.
    if claim.places.len() <= record.entries.len() {
        refuse_unknown_keys(&record, vocabulary, faults);
    }
    claim.statement = read_statement(&record, &claim, faults);
    claim.broken = faults.len() > before || record.entries.iter().any(|entry| entry.value.is_unread());
    entries().for_each(|entry| read_about(&record, entry, &mut claim, faults));
    read_list(&record, vocabulary, &mut claim, faults);
    claim
}

/// A key that nobody knows may be a mistyped `status` or `period`, so the claim is broken by it.
fn refuse_unknown_keys(record: &Record<'_>, vocabulary: &Vocabulary, faults: &mut Faults) {
    let is_known = |key: &str| CLAIM_KEYS.contains(&key) || vocabulary.dimensions.find(key).is_some();
    let mut others = record.entries.iter().filter(|entry| !is_known(entry.key())).peekable();
    if others.peek().is_some() {
        let dimensions = vocabulary.dimensions.iter().map(|(name, _)| name);
        let known: Vec<&str> = CLAIM_KEYS.into_iter().chain(dimensions).collect();
        faults.unknown_keys(others.map(|entry| &entry.key), "a claim", &known);
    }
}

/// Reads a key that decides what the claim means. What comes back is the key under which findings find
/// its place, also of a key that is read later.
fn read_meaning<'a>(
    record: &Record<'a>,
    entry: &'a Entry<'a>,
    vocabulary: &Vocabulary,
    claim: &mut Claim<'a>,
    faults: &mut Faults,
) -> Option<Key> {
    let (read, what, key) = match entry.key() {
        "measure" => (&mut claim.measure, "`measure`", Key::Measure),
        "entity" => (&mut claim.entity, "`entity`", Key::Entity),
        "period" => (&mut claim.period, "`period`", Key::Period),
        "status" => (&mut claim.status, "`status`", Key::Status),
        "unit" => (&mut claim.unit, "`unit`", Key::Unit),
        "scope" => (&mut claim.scope, "`scope`", Key::Scope),
        "quote" => (&mut claim.quote, "`quote`", Key::Quote),
        name => {
            let place = STATEMENTS.iter().chain(&PLACES).find(|(known, _)| *known == name);
            match name {
                "ordinal" => claim.ordinal = record.whole(name, faults),
                "decimals" => claim.decimals = read_decimals(record, faults),
                "reject" => claim.reject = read_reject(&entry.value, faults),
                "provisional" => claim.provisional = record.flag(name, faults).unwrap_or(false),
                _ if place.is_none() => return read_member(entry, vocabulary, claim, faults),
                _ => {}
            }
            return place.map(|(_, key)| *key);
        }
    };
    *read = text(&entry.value, what, faults);
    Some(key)
}

/// Reads the member of a dimension, where the key names one.
fn read_member<'a>(
    entry: &'a Entry<'a>,
    vocabulary: &Vocabulary,
    claim: &mut Claim<'a>,
    faults: &mut Faults,
) -> Option<Key> {
    let is_own = CLAIM_KEYS.contains(&entry.key());
    let id = if is_own { None } else { vocabulary.dimensions.find(entry.key()).map(DimensionId) }?;
    let members = texts(&entry.value, format_args!("`{}`", entry.key()), faults).collect();
    let twice = claim.dimensions.iter().any(|(known, _)| *known == id);
    let is_empty = entry.value.as_sequence().is_some_and(<[Node]>::is_empty);
    if twice || is_empty {
        faults.wrong_node(&entry.value, &format!("`{}`", entry.key()), "a member, written once");
    }
    claim.dimensions.push((id, members));
    Some(Key::Dimension(id))
}

const STATEMENTS: [(&str, Key); 5] = [
    ("value", Key::Value),
    ("change", Key::Change),
    ("share", Key::Share),
    ("date", Key::Date),
    ("state", Key::State),
];

/// Keys besides these that findings point at.
const PLACES: [(&str, Key); 6] = [
    ("ordinal", Key::Ordinal),
    ("near", Key::Near),
    ("offset", Key::Offset),
    ("parts", Key::Parts),
    ("among", Key::Among),
    ("items", Key::Items),
];

/// The one thing that a claim says.
fn read_statement<'a>(
    record: &Record<'a>,
    claim: &Claim<'a>,
    faults: &mut Faults,
) -> Option<(Key, Text<'a>)> {
    let (key, span) = claim.first(is_statement)?;
    let name = name_of(key);
    if let Some((other, second)) = claim.first(|other| is_statement(other) && other != key) {
        let message = format!("a claim must say one thing, found `{name}` and `{}`", name_of(other));
        let finding = error(SHAPE, message).at(second, "another thing").at(span, "one thing");
        faults.add(finding.help("write two claims"));
    }
    Some((key, record.text(name, faults)?))
}

const fn is_statement(key: Key) -> bool {
    matches!(key, Key::Value | Key::Change | Key::Share | Key::Date | Key::State)
}

/// How a key of a statement or of a list is written.
fn name_of(key: Key) -> &'static str {
    STATEMENTS.iter().chain(&PLACES).find(|(_, known)| *known == key).map_or("", |(name, _)| name)
}

/// Reads a key that says something about the record, not about the world.
fn read_about<'a>(record: &Record<'a>, entry: &'a Entry<'a>, claim: &mut Claim<'a>, faults: &mut Faults) {
    let node = &entry.value;
    quote::refuse_empty(entry, faults);
    match entry.key() {
        "near" => claim.near = text(node, "`near`", faults).filter(|near| !quote::is_empty(near.text)),
        "offset" => claim.offset = quote::read_offset(record, faults),
        "origin" => claim.origin = text(node, "`origin`", faults),
        "supersedes" => claim.supersedes = text(node, "`supersedes`", faults),
        "checked" => claim.checked = text(node, "`checked`", faults),
        "id" => claim.id = text(node, "`id`", faults).filter(|id| legal_id(id, faults)),
        "allow" => claim.allow = read_allowances(node, faults),
        "exhaustive" => claim.exhaustive = record.flag("exhaustive", faults).unwrap_or(false),
        _ => {}
    }
}

/// An id ends a claim's key, so it has no spaces and no marks of keys.
fn legal_id(id: &Text<'_>, faults: &mut Faults) -> bool {
    let legal =
        !id.text.is_empty() && !id.text.contains(|c: char| c.is_whitespace() || "[]{}/@#=,~".contains(c));
    if !legal {
        faults.wrong_shape(id.span, "`id`", "letters, digits and hyphens", &quoted(id.text));
    }
    legal
}

/// `reject: {because: …}`
fn read_reject(node: &Node, faults: &mut Faults) -> Option<String> {
    let reject = Record::read(node, "`reject`", &["because"], faults)?;
    reject.required("because", faults).map(|because| because.text.to_owned())
}

/// `allow: {MZ205: {because: …, until: …}}`
fn read_allowances(node: &Node, faults: &mut Faults) -> Vec<Allow> {
    let Some(allow) = Record::open(node, "`allow`", faults) else { return Vec::new() };
    let mut read = Vec::new();
    for entry in allow.entries {
        let digits = entry.key().strip_prefix("MZ").unwrap_or("");
        if digits.len() != 3 || Number::parse(digits).is_none() {
            faults.wrong_node(&entry.key, "a key of `allow`", "the code of a finding (`MZ205`)");
            continue;
        }
        let keys = ["because", "by", "until"];
        let Some(reason) = Record::read(&entry.value, "an `allow`", &keys, faults) else { continue };
        read.extend(read_allow(&reason, entry.key().to_owned(), faults));
    }
    read
}

const LISTS: [ListKind; 3] = [ListKind::Parts, ListKind::Among, ListKind::Items];

/// The one list of a claim.
fn read_list<'a>(record: &Record<'a>, vocabulary: &Vocabulary, claim: &mut Claim<'a>, faults: &mut Faults) {
    let is_list = |key: Key| matches!(key, Key::Parts | Key::Among | Key::Items);
    let Some((key, span)) = claim.first(is_list) else {
        if claim.exhaustive {
            faults.missing(record.span, "a claim with `exhaustive`", "parts");
        }
        return;
    };
    let name = name_of(key);
    if let Some((other, second)) = claim.first(|other| is_list(other) && other != key) {
        let message = format!("a claim must have one list, found `{name}` and `{}`", name_of(other));
        faults.add(error(SHAPE, message).at(second, "another list").at(span, "one list"));
        claim.broken = true;
    }
    let kind = LISTS.into_iter().find(|kind| kind.key() == key);
    let (Some(kind), Some(node)) = (kind, record.get(name)) else { return };
    let before = faults.len();
    let mut list = WrittenList { kind, claims: Vec::new(), items: Vec::new(), torn: false };
    let what = format!("`{name}`");
    if kind == ListKind::Items {
        list.items = texts(node, &what, faults).collect();
        list.torn = faults.len() > before;
    } else {
        let parts = items(node, &what, faults);
        list.torn = faults.len() > before;
        list.claims = parts.iter().map(|part| read_claim(part, vocabulary, faults)).collect();
    }
    claim.list = Some(list);
}
