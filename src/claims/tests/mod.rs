//! What comes of small claims files: facts, and a finding for every fault.

mod faults;
mod hostile;
mod lists;
mod points;
mod statements;

use crate::claims::{Loaded, read};
use crate::fact::{Fact, FactBase, Figures, Statement};
use crate::finding::{Finding, Place};
use crate::rulebook;
use crate::text::SourceMap;

/// A vocabulary that holds one of everything.
const RULES: &str = "
entities:
  office: {labels: {ar: المكتب, fr: Bureau}}
  fair:
  bridge:
units:
  tree: countable
  \"%\": share
  km: {kind: measured, equals: 1000 m, labels: {ar: كيلومتر}}
  m: measured
  MAD: {kind: measured, labels: {ar: درهم}}
measures:
  trees: {kind: stock, unit: tree, labels: {ar: أشجار}}
  planted: {kind: flow, unit: tree}
  calls: {kind: flow}
  progress: {kind: stock, unit: \"%\"}
  road: {kind: stock, unit: m}
  cost: {kind: flow, unit: MAD, decimals: 1}
  edition: {kind: ordinal, entity: fair}
  opening: {kind: event}
  congress: {kind: event, every: year}
  rank: {kind: state, values: [small, large]}
  host: {kind: state}
dimensions:
  place:
    labels: {ar: المكان, nador: {ar: الناظور}, safi: {ar: [آسفي, أسفي]}}
    within: {old-town: safi}
  sort: {values: [oak, elm]}
";

/// What was read, with the texts that it was read from.
struct World {
    map: SourceMap,
    base: FactBase,
    loaded: Loaded,
}

/// Reads files of claims, by name, with [`RULES`].
fn load_files(files: &[(&str, &str)]) -> World {
    let mut map = SourceMap::default();
    let rules = map.add("rules/rules.yaml".to_owned(), RULES.to_owned());
    let book = rulebook::read(&[rules], &map);
    assert!(book.findings.is_empty(), "the vocabulary is sound: {:?}", book.findings);
    let mut base = FactBase::new(book.vocabulary);
    let ids: Vec<_> =
        files.iter().map(|(name, text)| map.add((*name).to_owned(), (*text).to_owned())).collect();
    let loaded = read(&ids, &map, &mut base);
    World { map, base, loaded }
}

/// Reads one file with a source that says nothing but its language.
fn load(text: &str) -> World {
    load_files(&[("claims/paper.yaml", text)])
}

/// Reads claims, one a line, of the office in 2024.
fn load_claims(claims: &str) -> World {
    load(&format!("defaults: {{entity: office, period: 2024}}\nclaims:\n{claims}"))
}

/// Reads one claim in flow style that must be sound.
fn one(claim: &str) -> (World, Fact) {
    let world = load_claims(&format!("  - {{{claim}}}\n"));
    world.assert_sound();
    let fact = world.fact(0);
    (world, fact)
}

/// The one finding that a claim in flow style gives.
fn fault(claim: &str) -> (String, Finding) {
    let world = load_claims(&format!("  - {{{claim}}}\n"));
    world.only_finding()
}

impl World {
    fn assert_sound(&self) {
        let messages: Vec<&str> =
            self.loaded.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert!(messages.is_empty(), "{messages:?}");
    }

    fn fact(&self, index: usize) -> Fact {
        let facts = self.base.facts();
        facts.map(|(_, fact)| fact.clone()).nth(index).expect("a fact of that index")
    }

    fn keys(&self) -> Vec<&str> {
        self.base.facts().map(|(_, fact)| fact.key.as_str()).collect()
    }

    fn codes(&self) -> Vec<String> {
        self.loaded.findings.iter().map(|finding| finding.code.to_string()).collect()
    }

    /// The only finding, with the text at its first place.
    fn only_finding(&self) -> (String, Finding) {
        let [finding] = self.loaded.findings.as_slice() else {
            panic!("one finding, not {:?}", self.loaded.findings);
        };
        (self.at(finding, 0), finding.clone())
    }

    /// The text at one of the places of a finding.
    fn at(&self, finding: &Finding, index: usize) -> String {
        match finding.labels[index].place {
            Place::Span(span) => self.map.slice(span).to_owned(),
            Place::Claim(..) => panic!("readers point at spans"),
        }
    }
}

/// The figures of a value.
fn figures(fact: &Fact) -> &Figures {
    match &fact.statement {
        Statement::Value(figures) => figures,
        other => panic!("a value, not {other:?}"),
    }
}

/// The hard set of a value, in words.
fn hard(claim: &str) -> String {
    let (_, fact) = one(claim);
    figures(&fact).reading.hard.to_string()
}
