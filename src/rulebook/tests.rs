//! What comes of small rulebooks: a vocabulary, and a finding for every fault.

use super::{Rulebook, read};
use crate::finding::{Place, Severity};
use crate::period::Day;
use crate::quantity::{Hedge, Interval, LexiconEntry, Number, Rounding, UnitKind, Width};
use crate::text::SourceMap;
use crate::vocabulary::{Dimension, MeasureKind, MemberId};

/// Reads files, in this order, into a map that lives as long as the tests.
fn read_files(files: &[&str]) -> (&'static SourceMap, Rulebook<'static>) {
    let map = Box::leak(Box::new(SourceMap::default()));
    let ids: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(index, text)| map.add(format!("rules/{index}.yaml"), (*text).to_owned()))
        .collect();
    let book = read(&ids, map);
    (map, book)
}

/// A rulebook that must be sound.
fn sound(text: &str) -> Rulebook<'static> {
    let (_, book) = read_files(&[text]);
    assert!(book.findings.is_empty(), "{:?}", book.findings);
    assert!(book.whole);
    book
}

/// The findings of files: their codes, messages, and the texts at their places.
fn faults(files: &[&str]) -> Vec<(String, String, Vec<String>)> {
    let (map, book) = read_files(files);
    let place = |place: &Place| match place {
        Place::Span(span) => map.slice(*span).to_owned(),
        Place::Claim(..) => panic!("readers point at spans"),
    };
    let findings = book.findings.iter();
    findings
        .map(|finding| {
            let places = finding.labels.iter().map(|label| place(&label.place)).collect();
            (finding.code.to_string(), finding.message.clone(), places)
        })
        .collect()
}

/// The one finding of a file, as its code and the text at its first place.
fn fault(text: &str) -> (String, String) {
    let faults = faults(&[text]);
    let [(code, _, places)] = faults.as_slice() else { panic!("one finding, not {faults:?}") };
    (code.clone(), places[0].clone())
}

fn pair(code: &str, place: &str) -> (String, String) {
    (code.to_owned(), place.to_owned())
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

#[test]
fn entities_answer_to_their_labels_in_every_language() {
    let book = sound(
        "entities: {office: {labels: {ar: [المكتب, مكتب], fr: Bureau}}, hall: , fair: {labels: The Fair}}\n",
    );
    let entities = &book.vocabulary.entities;
    for name in ["office", "المكتب", "مكتب", "bureau"] {
        assert_eq!(entities.find(name), Some(0), "{name}");
    }
    assert_eq!(entities.labels()[0][0], "المكتب");
    assert_eq!(entities.find("the fair"), Some(2));
    assert_eq!(entities.len(), 3);
}

#[test]
fn units_are_counted_measured_or_shares() {
    let book = sound(
        "units: {tree: countable, km: {kind: measured, equals: 1000 m}, m: measured, \"%\": share, egg: }\n",
    );
    let units = &book.vocabulary.units;
    let kind = |name: &str| units.at(units.find(name).unwrap()).kind;
    assert_eq!(kind("tree"), UnitKind::Countable);
    assert_eq!(kind("egg"), UnitKind::Countable);
    assert_eq!(kind("m"), UnitKind::Measured);
    assert_eq!(kind("pour cent"), UnitKind::Share);
    let (factor, unit) = units.at(units.find("km").unwrap()).conversion.clone().unwrap();
    assert_eq!((factor, units.name(unit.0)), (number("1000"), "m"));
}

#[test]
fn per_cent_and_the_nouns_of_measures_need_no_declaration() {
    let book = sound(
        "measures: {progress: {kind: stock, unit: \"%\"}, trees: {kind: flow, unit: tree}, calls: {kind: flow}}\n",
    );
    let vocabulary = &book.vocabulary;
    let kind =
        |name: &str| vocabulary.unit_kind(vocabulary.measures.at(vocabulary.measures.find(name).unwrap()));
    assert_eq!(kind("progress"), UnitKind::Share);
    assert_eq!(kind("trees"), UnitKind::Countable);
    assert_eq!(kind("calls"), UnitKind::Countable);
    assert!(vocabulary.units.find("tree").is_some());
    assert_eq!(sound("entities: {a: }\n").vocabulary.units.len(), 1, "per cent");
}

#[test]
fn a_measure_has_all_its_keys() {
    let book = sound(
        "entities: {office: {labels: {ar: المكتب}}}
measures:
  cost: {kind: flow, unit: MAD, entity: المكتب, within: 0.., additive: false, decimals: -3, rounding: truncate, labels: {fr: coût}}
  congress: {kind: event, every: year}
  rank: {kind: state, values: [small, large]}
units: {MAD: measured}
",
    );
    let measures = &book.vocabulary.measures;
    let cost = measures.at(measures.find("Coût").unwrap());
    assert_eq!(cost.kind, MeasureKind::Flow);
    assert_eq!(cost.within, Interval::at_least(Number::ZERO));
    assert_eq!((cost.additive, cost.decimals, cost.rounding), (false, Some(-3), Rounding::Truncate));
    assert_eq!(book.vocabulary.entities.name(cost.entity.unwrap().0), "office");
    assert!(measures.at(1).yearly && !measures.at(2).yearly);
    assert_eq!(measures.at(2).values, ["small", "large"]);
    assert!(measures.at(2).additive);
}

#[test]
fn a_range_may_be_open_on_a_side() {
    let within = |text: &str| {
        let book = sound(&format!("measures: {{m: {{kind: stock, within: {text}}}}}\n"));
        book.vocabulary.measures.at(0).within.clone()
    };
    assert_eq!(within("0..100"), Interval::closed(Number::ZERO, Number::HUNDRED));
    assert_eq!(within("..5"), Interval::at_most(number("5")));
    assert_eq!(within("-2.5.."), Interval::at_least(number("-2.5")));
    for text in ["5", "9..1", "a..b"] {
        assert_eq!(
            fault(&format!("measures: {{m: {{kind: stock, within: {text}}}}}\n")),
            pair("MZ008", text)
        );
    }
}

fn place(text: &str) -> Dimension {
    sound(text).vocabulary.dimensions.at(0).clone()
}

fn member(dimension: &Dimension, name: &str) -> MemberId {
    MemberId(dimension.members.find(name).unwrap())
}

#[test]
fn a_dimension_is_open_or_has_values() {
    assert_eq!(place("dimensions: {place: }\n").declared, None);
    let closed =
        place("dimensions: {place: {values: [rabat, fes], disjoint: true, within: {agdal: rabat}}}\n");
    assert_eq!((closed.declared, closed.disjoint), (Some(2), true));
    assert_eq!(closed.members.len(), 3, "what lies within a value is known too");
    let labelled =
        place("dimensions: {place: {values: [rabat, {fes: {ar: فاس}}, {sale: {labels: {ar: سلا}}}]}}\n");
    assert_eq!(labelled.declared, Some(3));
    assert_eq!((labelled.members.find("فاس"), labelled.members.find("سلا")), (Some(1), Some(2)));
}

#[test]
fn labels_are_those_of_the_dimension_or_of_its_members() {
    let book = sound(
        "dimensions: {place: {labels: {ar: المكان, fes: {ar: فاس}, safi: {ar: [آسفي, أسفي]}, sale: Salé}, values: [fes, safi]}}\n",
    );
    assert_eq!(book.vocabulary.dimensions.find("المكان"), Some(0));
    let place = book.vocabulary.dimensions.at(0);
    assert_eq!(place.members.find("أسفي"), Some(1));
    assert_eq!(place.members.labels()[1][0], "آسفي");
    assert_eq!(place.members.find("salé"), Some(2));
    assert_eq!(place.declared, Some(2));
}

#[test]
fn members_lie_within_one_another() {
    let place = place(
        "dimensions: {place: {labels: {rabat: {ar: الرباط}}, within: {agdal: الرباط, rabat: morocco}}}\n",
    );
    assert!(place.is_within(member(&place, "agdal"), member(&place, "morocco")));
    assert!(!place.is_within(member(&place, "morocco"), member(&place, "agdal")));
}

#[test]
fn a_circle_is_told_and_cut() {
    let text = "dimensions: {place: {within: {a: b, b: c, c: a}}}\n";
    assert_eq!(fault(text), pair("MZ012", "c: a"));
    assert_eq!(fault("dimensions: {place: {within: {a: a}}}\n"), pair("MZ012", "a: a"));
    let units = "units: {km: {kind: measured, equals: 1000 m}, m: {kind: measured, equals: 0.001 km}}\n";
    assert_eq!(fault(units), pair("MZ012", "m"));
}

#[test]
fn a_name_or_label_belongs_to_one_thing() {
    let twice = faults(&["entities: {office: }\n", "entities: {office: }\n"]);
    assert_eq!(twice.len(), 1);
    assert_eq!(
        (twice[0].0.as_str(), &twice[0].2),
        ("MZ010", &vec!["office".to_owned(), "office".to_owned()])
    );
    let label = faults(&["entities: {office: {labels: {ar: المكتب}}, hall: {labels: {ar: المكتب}}}\n"]);
    assert_eq!(
        (label[0].0.as_str(), &label[0].2),
        ("MZ010", &vec!["المكتب".to_owned(), "office".to_owned()])
    );
    let name = faults(&["entities: {office: {labels: {fr: hall}}, hall: }\n"]);
    assert_eq!((name.len(), &name[0].2), (1, &vec!["hall".to_owned(), "hall".to_owned()]));
    sound("entities: {dgsn: {labels: {fr: DGSN, en: DGSN}}}\nmeasures: {dgsn: {kind: flow}}\n");
}

#[test]
fn names_are_letters_digits_and_hyphens() {
    for name in ["police districts", "a[b]", "", "if", "any", "unknown", &"x".repeat(81)] {
        assert_eq!(fault(&format!("measures:\n  \"{name}\": {{kind: flow}}\n")).0, "MZ011", "{name}");
    }
    assert_eq!(fault("dimensions: {period: }\n").0, "MZ011");
    sound("measures: {دوائر-الشرطة: {kind: stock}, district24: {kind: flow}}\n");
}

#[test]
fn rules_keep_their_bodies_as_trees() {
    let book = sound(
        "rules:
  - id: roll
    because: they add up
    expect: a @y == b @y
    assume: {closed: 0}
    level: warning
    message: look again
    help: ask them
  - {id: calls, jump: calls, at-most: x3 within 4 years}
  - {id: order, order: [a, b]}
",
    );
    let roll = &book.rules[0];
    assert_eq!((roll.id.as_str(), roll.kind.as_str()), ("roll", "expect"));
    assert_eq!(roll.body.as_str(), Some("a @y == b @y"));
    assert_eq!(roll.because.as_deref(), Some("they add up"));
    assert_eq!((roll.message.as_deref(), roll.help.as_deref()), (Some("look again"), Some("ask them")));
    assert_eq!(roll.level.unwrap().0, Severity::Warning);
    assert_eq!(roll.options[0].key(), "assume");
    assert_eq!(book.rules[1].options[0].key(), "at-most");
    assert_eq!(book.rules[2].body.as_sequence().unwrap().len(), 2);
}

#[test]
fn a_rule_is_of_one_kind_that_exists() {
    assert_eq!(fault("rules: [{id: a, expect: a == b, jump: c}]\n").0, "MZ008");
    assert_eq!(fault("rules: [{id: a, because: b}]\n").0, "MZ008");
    assert_eq!(fault("rules: [{id: a, expct: a == b}]\n"), pair("MZ007", "expct"));
    assert_eq!(fault("rules: [{id: a, average: calls}]\n"), pair("MZ013", "average"));
    assert_eq!(fault("rules: [{id: a, expect: a == b, at-most: x3}]\n"), pair("MZ007", "at-most"));
    assert_eq!(fault("rules: [{expect: a == b}]\n").0, "MZ008");
    assert_eq!(fault("rules: [{id: a b, expect: a == b}]\n"), pair("MZ011", "a b"));
    assert_eq!(fault("rules: [{id: a, expect: a == b, level: loud}]\n"), pair("MZ009", "loud"));
    assert_eq!(fault("rules: {a: b}\n").0, "MZ008");
}

#[test]
fn ids_of_rules_are_their_own() {
    let twice = faults(&["rules: [{id: a, expect: x == y}]\n", "rules: [{id: a, jump: z}]\n"]);
    assert_eq!((twice[0].0.as_str(), &twice[0].2), ("MZ010", &vec!["a".to_owned(), "a".to_owned()]));
}

#[test]
fn levels_lower_and_raise_and_never_hide() {
    let book = sound("levels: {MZ3*: note, roll: error}\n");
    let levels: Vec<_> = book.levels.iter().map(|level| (level.pattern.as_str(), level.severity)).collect();
    assert_eq!(levels, [("MZ3*", Severity::Note), ("roll", Severity::Error)]);
    assert_eq!(fault("levels: {MZ3*: off}\n"), pair("MZ014", "off"));
    assert_eq!(fault("levels: {MZ3*: eror}\n"), pair("MZ009", "eror"));
}

#[test]
fn what_is_allowed_has_a_reason_and_an_end_that_can_be_read() {
    let book = sound("allow:\n  - {finding: abc, because: by phone, by: s, until: 2025-06}\n");
    assert_eq!(book.allow[0].until, Day::from_ymd(2025, 6, 30));
    assert_eq!((book.allow[0].finding.as_str(), book.allow[0].by.as_deref()), ("abc", Some("s")));
    assert_eq!(fault("allow: [{finding: abc}]\n").0, "MZ008");
    assert_eq!(fault("allow: [{because: abc}]\n").0, "MZ008");
    let (_, book) = read_files(&["allow: [{finding: abc, because: b, until: june}]\n"]);
    assert!(book.allow.is_empty(), "an end that cannot be read is no endless leave");
    assert_eq!(book.findings[0].code.to_string(), "MZ017");
    assert_eq!(fault("allow: [{finding: abc, because: b, until: 2025/..}]\n").0, "MZ008");
}

#[test]
fn the_lexicon_changes_how_far_words_reach() {
    let book = sound(
        "lexicon: {about: {hard: 20%, soft: 5% or 0.5 open-grains}, dozens: {hard: 24..999}, more-than: {hard: any}, bare: {soft: 3}}\n",
    );
    let lexicon = &book.vocabulary.lexicon;
    let standard = LexiconEntry::standard(Hedge::About.into());
    assert_ne!(lexicon.entry(Hedge::About.into()).hard, standard.hard);
    assert_eq!(lexicon.entry(Hedge::About.into()).soft, standard.soft);
    let dozens = Width::Span { least: number("24"), greatest: Some(number("999")) };
    assert_eq!(lexicon.entry(Hedge::Dozens.into()).hard, dozens);
    assert_eq!(lexicon.entry(Hedge::MoreThan.into()), LexiconEntry::standard(Hedge::MoreThan.into()));
    for text in [
        "lexicon: {about: {hard: far}}\n",
        "lexicon: {dozens: {hard: 99..20}}\n",
        "lexicon: {dozens: {hard: 5%}}\n",
    ] {
        assert_eq!(fault(text).0, "MZ008", "{text}");
    }
    assert_eq!(fault("lexicon: {abuot: {hard: 5%}}\n"), pair("MZ009", "abuot"));
}

#[test]
fn trust_and_articles_are_read() {
    let book = sound("trust: {ministry: 3}\narticles: ../texts\n");
    let trust: Vec<_> = book.trust.iter().map(|trust| (trust.origin.as_str(), trust.weight)).collect();
    assert_eq!((trust, book.articles.as_deref()), (vec![("ministry", 3)], Some("../texts")));
    assert_eq!(fault("trust: {ministry: much}\n"), pair("MZ008", "much"));
    assert_eq!(fault("trust: {ministry: -1}\n"), pair("MZ008", "-1"));
    assert_eq!(faults(&["articles: a\n", "articles: b\n"])[0].0, "MZ010");
}

#[test]
fn sections_are_merged_over_files_in_any_order() {
    let (_, book) = read_files(&[
        "measures: {trees: {kind: flow, unit: tree, entity: hall}}\n",
        "units: {tree: measured}\nentities: {hall: }\n",
    ]);
    assert!(book.findings.is_empty(), "{:?}", book.findings);
    let vocabulary = &book.vocabulary;
    assert_eq!(vocabulary.unit_kind(vocabulary.measures.at(0)), UnitKind::Measured);
}

#[test]
fn unknown_keys_names_and_shapes_are_told() {
    let (_, book) = read_files(&["measures: {m: {kind: flow, unti: tree}}\n"]);
    assert_eq!(book.findings[0].help, ["did you mean `unit`?"]);
    for (text, code, place) in [
        ("measures: {m: {kind: flw}}\n", "MZ009", "flw"),
        ("measures: {m: {unit: tree}}\n", "MZ008", "{unit: tree}"),
        ("measures: {m: flow}\n", "MZ008", "flow"),
        ("measures: {m: {kind: flow, entity: hall}}\n", "MZ009", "hall"),
        ("measures: {m: {kind: flow, every: month}}\n", "MZ009", "month"),
        ("measures: [m]\n", "MZ008", "[m]"),
        ("units: {m: metric}\n", "MZ009", "metric"),
        ("units: {km: {equals: 1000 m}}\n", "MZ009", "1000 m"),
        ("units: {km: {equals: much}}\n", "MZ008", "much"),
        ("entities: {e: {labels: {arabic: x}}}\n", "MZ008", "arabic"),
        ("entities: {e: {label: x}}\n", "MZ007", "label"),
        ("dimensions: {d: {disjoint: maybe}}\n", "MZ009", "maybe"),
        ("dimensions: {d: {values: rabat}}\n", "MZ008", "rabat"),
    ] {
        assert_eq!(fault(text), pair(code, place), "{text}");
    }
}

#[test]
fn a_file_that_is_no_rulebook_is_told() {
    assert_eq!(fault("measure: {}\n"), pair("MZ016", "measure"));
    assert_eq!(fault("just a text\n").0, "MZ016");
    assert_eq!(fault("").0, "MZ016");
    assert_eq!(fault("units: {}\nmesures: {}\n"), pair("MZ007", "mesures"));
    let (_, book) = read_files(&["rulse: []\n"]);
    assert_eq!(book.findings[0].help, ["did you mean `rules`?"]);
}

#[test]
fn what_yaml_cannot_read_makes_the_rulebook_incomplete() {
    let (_, book) =
        read_files(&["entities: {hall: }\nunits: {tree: \"countable}\nmeasures: {trees: {kind: flow}}\n"]);
    assert!(!book.whole);
    assert_eq!(book.findings[0].code.to_string(), "MZ001");
    assert_eq!(book.vocabulary.measures.len(), 1);
}

#[test]
fn hostile_rulebooks_are_bounded() {
    let many = (0..3_000).map(|index| format!("  m{index}: {{knid: flow}}\n")).collect::<Vec<_>>().concat();
    let (_, book) = read_files(&[&format!("measures:\n{many}")]);
    assert_eq!(book.findings.len(), 6_000);
    let links = (0..3_000).rev().map(|index| format!(" p{index}: p{},", index + 1));
    let chain = links.collect::<Vec<_>>().concat();
    let (_, book) = read_files(&[&format!("dimensions: {{place: {{within: {{{chain} q: p0}}}}}}\n")]);
    assert!(book.findings.is_empty(), "{:?}", book.findings.first());
    assert!(!read_files(&[&"{".repeat(160_000)]).1.whole);
}
