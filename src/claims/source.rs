//! The `source` of a claims file: what is said once for all its claims.

use crate::claims::lower::Lowering;
use crate::fact::{Ignored, OriginId, Source, SourceId};
use crate::numeral::Convention;
use crate::period::Period;
use crate::quantity::Rounding;
use crate::rulebook::fault::{Faults, error, quoted};
use crate::rulebook::record::{Record, Text, texts};
use crate::rulebook::{ROUNDINGS, read_decimals, read_period};
use crate::text::yaml::Node;
use crate::text::{FileId, SourceMap, Span};

/// The keys of a source, in the order in which they are best written.
pub(super) const KEYS: [&str; 12] = [
    "title",
    "publisher",
    "published",
    "lang",
    "origin",
    "text",
    "sha256",
    "cites",
    "numbers",
    "decimals",
    "rounding",
    "url",
];

/// The marks that a source may separate digits with, beside white space and apostrophes.
const MARKS: [&str; 8] = [".", ",", " ", "'", "\u{A0}", "\u{202F}", "\u{66B}", "\u{66C}"];

/// The source as written.
pub(super) struct Head<'a> {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<Period>,
    pub(super) lang: Option<String>,
    pub(super) origin: Option<Text<'a>>,
    pub(super) text: Option<String>,
    pub(super) sha256: Option<String>,
    pub(super) cites: Vec<Text<'a>>,
    pub(super) ignored: Vec<Ignored>,
    pub(super) numbers: Convention,
    pub(super) decimals: Option<i32>,
    pub(super) rounding: Option<Rounding>,
    pub(super) file: FileId,
    pub(super) span: Span,
}

impl Head<'_> {
    /// A source of which only the file's name is known.
    pub(super) fn new(file: FileId, map: &SourceMap) -> Self {
        Self {
            id: stem(map.name(file)).to_owned(),
            title: None,
            publisher: None,
            published: None,
            lang: None,
            origin: None,
            text: None,
            sha256: None,
            cites: Vec::new(),
            ignored: Vec::new(),
            numbers: Convention::default(),
            decimals: None,
            rounding: None,
            file,
            span: Span::new(file, 0, 0),
        }
    }
}

/// The name of a file without its folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// Reads the section into the head of the file.
pub(super) fn read<'a>(node: &'a Node<'a>, head: &mut Head<'a>, faults: &mut Faults) {
    head.span = node.span;
    let Some(record) = Record::read(node, "a source", &KEYS, faults) else { return };
    head.title = record.string("title", faults);
    head.publisher = record.string("publisher", faults);
    let published = record.text("published", faults);
    head.published = published.and_then(|written| read_period(&written, "`published`", faults));
    head.lang = record.string("lang", faults);
    head.origin = record.text("origin", faults);
    head.text = record.string("text", faults);
    head.sha256 = record.text("sha256", faults).and_then(|hash| legal_hash(hash, faults));
    head.cites = record.get("cites").map_or_else(Vec::new, |cites| texts(cites, "`cites`", faults).collect());
    head.numbers = record.get("numbers").map_or_else(Convention::default, |node| read_numbers(node, faults));
    head.decimals = read_decimals(&record, faults);
    head.rounding = record.choice("rounding", &ROUNDINGS, faults);
    record.string("url", faults);
}

fn legal_hash(hash: Text<'_>, faults: &mut Faults) -> Option<String> {
    let legal = hash.text.len() == 64 && hash.text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !legal {
        faults.wrong_shape(hash.span, "`sha256`", "64 hexadecimal digits", &quoted(hash.text));
    }
    legal.then(|| hash.text.to_owned())
}

/// `numbers: {thousands: ".", decimal: ","}`
fn read_numbers(node: &Node, faults: &mut Faults) -> Convention {
    let Some(record) = Record::read(node, "`numbers`", &["thousands", "decimal"], faults) else {
        return Convention::default();
    };
    let mut mark = |key: &str| {
        let written = record.text(key, faults)?;
        let mark = written.text.chars().next().filter(|_| MARKS.contains(&written.text));
        if mark.is_none() {
            faults.wrong_shape(
                written.span,
                &format!("`{key}`"),
                "a separator in quotation marks (`\".\"`)",
                &quoted(written.text),
            );
        }
        mark
    };
    Convention { group: mark("thousands"), decimal: mark("decimal") }
}

/// A source as its claims see it.
pub(super) struct Article {
    pub(super) id: SourceId,
    pub(super) name: String,
    pub(super) origin: OriginId,
    pub(super) published: Option<Period>,
    pub(super) convention: Convention,
    /// Whether the source says itself what its decimal mark is.
    pub(super) says_decimal: bool,
    pub(super) decimals: Option<i32>,
    pub(super) rounding: Option<Rounding>,
}

impl Lowering<'_> {
    /// Adds a source to the base. Two files of one name are told apart by a number.
    pub(super) fn source(&mut self, head: Head, surveyed: Convention) -> Article {
        let name = self.source_name(&head);
        let origin = match &head.origin {
            Some(origin) => self.origin(origin.text),
            None => self.base.intern_origin(&name),
        };
        let id = self.base.add_source(Source {
            id: name.clone(),
            title: head.title,
            publisher: head.publisher,
            published: head.published,
            lang: head.lang,
            origin,
            text: head.text,
            sha256: head.sha256,
            cites: head.cites.into_iter().map(|cited| (cited.text.to_owned(), cited.span)).collect(),
            ignored: head.ignored,
            file: head.file,
            span: head.span,
        });
        let convention = Convention {
            group: head.numbers.group.or(surveyed.group),
            decimal: head.numbers.decimal.or(surveyed.decimal),
        };
        Article {
            id,
            name,
            origin,
            published: head.published,
            convention,
            says_decimal: head.numbers.decimal.is_some(),
            decimals: head.decimals,
            rounding: head.rounding,
        }
    }

    /// An origin by the canonical name of the entity that it is, where it is one.
    pub(super) fn origin(&mut self, written: &str) -> OriginId {
        let entities = &self.base.vocabulary.entities;
        let name = entities.find(written).map_or(written, |id| entities.name(id)).to_owned();
        self.base.intern_origin(&name)
    }

    fn source_name(&mut self, head: &Head) -> String {
        let Some(&first) = self.sources.get(&head.id) else {
            self.sources.insert(head.id.clone(), head.file);
            return head.id.clone();
        };
        let message = format!("the name of a claims file must be its own, found {} again", quoted(&head.id));
        let place = |file| Span::new(file, 0, 0);
        let finding = error(super::code::SAME_SOURCE, message).at(place(head.file), "again here");
        self.faults.add(
            finding
                .at(place(first), "first here")
                .help("rename one of the files: claims are known by their file's name"),
        );
        let repeats = self.repeats.entry(head.id.clone()).or_insert(1);
        *repeats += 1;
        format!("{}~{repeats}", head.id)
    }
}
