//! Every fault of a file is told with its place, and costs only what it must.

use super::{fault, load, load_claims};
use crate::claims::is_claims;
use crate::fact::FactBase;
use crate::finding::Severity;
use crate::rulebook;
use crate::text::{FileId, SourceMap, yaml};

#[test]
fn ten_faults_are_ten_findings_and_the_sound_claims_are_kept() {
    let world = load(
        "source: {published: 2024-13}
defaults: {entity: office, period: 2024}
claims:
  - {measure: trees, value: 5}
  - {mesure: trees, value: 6}
  - {measure: tres, value: 7}
  - {measure: trees, entity: ofice, value: 8}
  - {measure: trees, sort: oka, value: 9}
  - {measure: trees, value: 10, unit: tre}
  - {measure: trees, value: five and six 7}
  - {measure: road, value: 867.042}
  - {measure: trees, value: over 6,500}
  - {measure: trees, status: plannd, value: 11}
  - {measure: planted, value: 12}
",
    );
    let mut codes = world.codes();
    codes.sort();
    assert_eq!(
        codes,
        ["MZ007", "MZ008", "MZ009", "MZ009", "MZ009", "MZ009", "MZ009", "MZ015", "MZ017", "MZ020", "MZ021"]
            .into_iter()
            .filter(|code| *code != "MZ008")
            .collect::<Vec<_>>()
    );
    assert_eq!(world.keys(), ["paper/office/trees@2024", "paper/office/planted@2024"]);
    assert_eq!((world.loaded.read, world.loaded.refused), (11, 9));
}

#[test]
fn an_unknown_key_breaks_the_claim_because_it_may_be_any_key() {
    let (at, finding) = fault("measure: trees, value: 5, stauts: planned");
    assert_eq!(at, "stauts");
    assert_eq!(finding.message, "every key of a claim must be known, found `stauts`");
    assert_eq!(finding.help, ["did you mean `status`?"]);
    let (_, finding) = fault("measure: trees, value: 5, plase: safi");
    assert_eq!(finding.help, ["did you mean `place`?"], "dimensions are keys of claims");
}

#[test]
fn a_fault_in_a_key_of_the_record_costs_nothing_else() {
    let world = load_claims("  - {measure: trees, value: 5, near: [a, b], checked: {x: y}, id: a b}\n");
    assert_eq!(world.codes(), ["MZ008", "MZ008", "MZ008"]);
    assert_eq!(world.keys(), ["paper/office/trees@2024"]);
}

#[test]
fn an_empty_quote_is_told_for_what_it_is_once() {
    for empty in ["''", "' '", "…", "'… …'", "'\u{A0}'"] {
        for claim in ["measure: trees, value: 5", "measure: trees", "measure: opening, entity: bridge"] {
            let (at, finding) = fault(&format!("{claim}, quote: {empty}"));
            assert_eq!(finding.code.to_string(), "MZ008");
            assert_eq!(finding.message, "`quote` must hold words of the article, found none");
            assert_eq!(at, empty);
        }
        let world = load_claims(&format!("  - {{measure: trees, value: 5, quote: {empty}}}\n"));
        assert_eq!((world.keys(), world.loaded.refused), (vec!["paper/office/trees@2024"], 0));
        assert!(world.fact(0).quote.is_none(), "what it says is known, only not where");
        let (at, finding) = fault(&format!("measure: trees, value: 5, quote: 5 oaks, near: {empty}"));
        assert_eq!(finding.message, "`near` must hold words of the article, found none");
        assert_eq!(at, empty);
    }
    let world =
        load_claims("  - {measure: trees, value: 5}\nignore:\n  - {quote: '', near: …, because: none}\n");
    assert_eq!(world.codes(), ["MZ008", "MZ008"]);
}

#[test]
fn a_part_with_an_empty_quote_has_not_that_of_its_list() {
    let parts = "parts: [{place: safi, quote: ''}, {place: nador}]";
    let world = load_claims(&format!("  - {{measure: trees, value: 5, quote: 5 oaks, {parts}}}\n"));
    assert_eq!(world.codes(), ["MZ008"]);
    let quotes = world.base.facts().map(|(_, fact)| fact.quote.is_some());
    assert_eq!(quotes.filter(|is_there| *is_there).count(), 2);
}

#[test]
fn a_quote_of_signs_alone_is_looked_up() {
    load_claims("  - {measure: trees, value: 5, quote: '(5)', near: —}\n").assert_sound();
}

#[test]
fn a_claim_says_one_thing() {
    let (at, finding) = fault("measure: trees, value: 5, change: up 5% from 2023");
    assert_eq!(at, "up 5% from 2023");
    assert_eq!(finding.message, "a claim must say one thing, found `value` and `change`");
}

#[test]
fn a_shape_that_is_wrong_is_told() {
    for claim in [
        "measure: [trees], value: 5",
        "measure: trees, value: {a: 5}",
        "measure: trees, value: 5, ordinal: third",
        "measure: trees, value: 5, decimals: 99",
        "measure: trees, value: 5, place: {a: b}",
        "measure: trees, value: 5, provisional: [yes]",
        "value: 5",
    ] {
        assert_eq!(fault(claim).1.code.to_string(), "MZ008", "{claim}");
    }
    assert_eq!(load_claims("  - trees\n").codes(), ["MZ008"]);
    assert_eq!(load("claims: {measure: trees}\n").codes(), ["MZ008"]);
    assert_eq!(fault("measure: trees, value: 5, provisional: yes").1.code.to_string(), "MZ009");
}

#[test]
fn a_comma_in_a_flow_mapping_is_named() {
    let world = load_claims("  - {measure: trees, value: over 6,500}\n  - {measure: trees, value: 5}\n");
    let (at, finding) = world.only_finding();
    assert_eq!((at.as_str(), finding.code.to_string().as_str()), ("500", "MZ015"));
    let message = "a comma between `{` and `}` must stand between entries, \
        found `value: over 6,500`: read as `value: over 6` and a key `500`";
    assert_eq!(finding.message, message);
    assert_eq!(world.keys(), ["paper/office/trees@2024"]);
    assert_eq!((world.loaded.read, world.loaded.refused), (2, 1));
}

#[test]
fn a_period_that_cannot_be_read_is_told_with_what_is_wrong_in_it() {
    let (at, finding) = fault("measure: trees, value: 5, period: 2023-02-30");
    assert_eq!((at.as_str(), finding.code.to_string().as_str()), ("2023-02-30", "MZ017"));
    assert_eq!(finding.labels[0].text, "February 2023 has 28 days, not 30");
}

#[test]
fn a_default_that_cannot_be_read_is_told_once() {
    let world = load(
        "defaults: {entity: ofice, period: 2024-13}
claims:
  - {measure: trees, value: 5}
  - {measure: calls, value: 5}
  - {measure: planted, entity: office, period: 2024, value: 5}
",
    );
    assert_eq!(world.codes(), ["MZ009", "MZ017"]);
    assert_eq!((world.loaded.read, world.loaded.refused), (3, 2));
}

#[test]
fn two_years_in_a_row_are_a_warning() {
    let (at, finding) = fault("measure: planted, value: 5, period: 2023/2024");
    assert_eq!((at.as_str(), finding.code.to_string().as_str()), ("2023/2024", "MZ023"));
    assert_eq!(finding.severity, Severity::Warning);
}

#[test]
fn a_file_without_claims_is_told() {
    for text in ["", "# nothing\n", "source: {lang: ar}\n", "claims: []\n", "claims:\n"] {
        let world = load(text);
        assert_eq!(world.codes(), ["MZ030"], "{text:?}");
        assert!(world.loaded.whole);
    }
}

#[test]
fn an_unknown_section_is_told() {
    let world =
        load("claim:\n  - {measure: trees}\nclaims:\n  - {measure: trees, entity: office, value: 5}\n");
    assert_eq!(world.only_finding().1.help, ["did you mean `claims`?"]);
    assert_eq!(world.keys().len(), 1);
}

#[test]
fn what_yaml_cannot_read_makes_the_file_incomplete() {
    let world = load_claims(
        "  - {measure: trees, value: 5}\n  - {measure: \"trees, value: 6}\n  - {measure: calls, value: 7}\n",
    );
    assert_eq!(world.codes(), ["MZ001"]);
    assert!(!world.loaded.whole);
    assert_eq!(world.keys(), ["paper/office/trees@2024", "paper/office/calls@2024"]);
    assert_eq!((world.loaded.read, world.loaded.refused), (3, 1));
    let schema = load_claims("  - {measure: trees, valeu: 5}\n");
    assert!(schema.loaded.whole, "a fault of schema is none of reading");
}

#[test]
fn refused_yaml_and_characters_are_named() {
    assert_eq!(load_claims("  - &a {measure: trees, value: 5}\n").codes(), ["MZ006"]);
    assert_eq!(load_claims("  - {measure: !!str trees, value: 5}\n").codes(), ["MZ006"]);
    let world = load_claims("  - {measure: trees, value: 5, note: \"a\u{202E}b\"}\n");
    let (_, finding) = world.only_finding();
    assert_eq!(finding.code.to_string(), "MZ005");
    assert!(finding.message.contains("U+202E") && !finding.message.contains('\u{202E}'));
    let escaped = load_claims("  - {measure: trees, value: 5, note: \"a\\u202Eb\"}\n");
    assert_eq!(escaped.codes(), ["MZ005"], "an escape writes the same character");
}

#[test]
fn duplicate_keys_are_told_with_both_places() {
    let world = load_claims("  - {measure: trees, value: 5, value: 6}\n");
    let (at, finding) = world.only_finding();
    assert_eq!((at.as_str(), finding.code.to_string().as_str()), ("value", "MZ004"));
    assert_eq!(finding.labels.len(), 2);
}

#[test]
fn the_source_is_read() {
    let world = load(
        "source:
  title: عنوان
  publisher: The Paper
  published: 2024-12-05
  lang: ar
  text: a.txt
  cites: [other, third]
  url: https://example.org/
claims:
  - {measure: trees, entity: office, value: 5}
",
    );
    world.assert_sound();
    let source = world.base.source(world.fact(0).source);
    assert_eq!(source.title.as_deref(), Some("عنوان"));
    assert_eq!(source.published.unwrap().to_string(), "2024-12-05");
    assert_eq!(source.cites.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["other", "third"]);
    let world = load(
        "source: {sha256: 12, rounding: up, numbers: {thousands: x}, titel: y}\nclaims:\n  - {measure: trees, entity: office, value: 5}\n",
    );
    assert_eq!(world.codes(), ["MZ007", "MZ008", "MZ008", "MZ009"]);
}

#[test]
fn claims_files_are_told_from_rulebooks() {
    let is_claims = |text| is_claims(&yaml::parse(FileId::new(0), text).root.unwrap());
    assert!(is_claims("claims: []\n"));
    assert!(is_claims("source: {}\n"));
    assert!(!is_claims("measures: {}\n"));
    assert!(!is_claims("[a]\n"));
}

#[test]
fn every_code_is_in_the_table_with_a_page() {
    let codes: Vec<_> = crate::rulebook::CODES.iter().chain(crate::claims::CODES).collect();
    assert!(codes.windows(2).all(|pair| pair[0].code < pair[1].code), "sorted and unique");
    for info in codes {
        for heading in [
            "# ",
            "## What it checks",
            "## Why it matters",
            "## Example",
            "## When it is wrong",
            "## How to resolve",
            "## Options",
            "## Source",
        ] {
            assert!(info.page.lines().any(|line| line.starts_with(heading)), "{}: {heading}", info.code);
        }
        assert!(
            info.page.starts_with(&format!("# {} {}\n", info.code, info.name)),
            "{} names itself",
            info.code
        );
    }
}

/// The fenced files of a page.
fn examples(page: &str) -> Vec<&str> {
    page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_examples_of_every_page_give_its_code_and_no_other() {
    for info in crate::rulebook::CODES.iter().chain(crate::claims::CODES) {
        let (mut map, mut rules, mut claims) = (SourceMap::default(), Vec::new(), Vec::new());
        for (index, text) in examples(info.page).into_iter().enumerate() {
            let file = map.add(format!("{index}.yaml"), text.to_owned());
            let is_of_claims = yaml::parse(file, text).root.as_ref().is_some_and(is_claims);
            if is_of_claims { claims.push(file) } else { rules.push(file) }
        }
        let book = rulebook::read(&rules, &map);
        let mut base = FactBase::new(book.vocabulary);
        let loaded = crate::claims::read(&claims, &map, &mut base);
        let found: Vec<_> = book
            .findings
            .iter()
            .chain(&loaded.findings)
            .map(|finding| (finding.code, finding.severity))
            .collect();
        let needs_none = examples(info.page).is_empty();
        assert!(needs_none || found == [(info.code, info.severity)], "{}: {found:?}", info.code);
    }
}
