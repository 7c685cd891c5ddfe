//! `offset`: the number of characters before a quote picks one of its places, and is put right where the quote has moved.

use mizan::check::Report;
use mizan::finding::Severity;
use mizan::report::concise;

use crate::corpus::{ENGLISH, about, corpus_about, evidence, fault, is_silent};

/// How many characters stand before the nth place of some words.
fn offset(text: &str, words: &str, nth: usize) -> usize {
    let (byte, _) = text.match_indices(words).nth(nth).unwrap();
    text.get(..byte).unwrap().chars().count()
}

/// Where the quotes of the claims stand, as the article has them, by bytes.
fn anchors(report: &Report) -> Vec<(u32, String)> {
    report.anchors.values().map(|span| (span.start, report.map.slice(*span).to_owned())).collect()
}

#[test]
fn an_offset_picks_the_place_that_begins_there() {
    let (first, second) = (offset(ENGLISH, "14 cranes", 0), offset(ENGLISH, "14 cranes", 1));
    is_silent(ENGLISH, &format!("measure: cranes, quote: 14 cranes, offset: {first}"));
    is_silent(ENGLISH, &format!("measure: cranes, status: planned, quote: 14 cranes, offset: {second}"));
    for at in [first, second] {
        let report = about(ENGLISH, &format!("  - {{measure: cranes, quote: 14 cranes, offset: {at}}}\n"));
        assert_eq!(anchors(&report), [(u32::try_from(at).unwrap(), "14 cranes".to_owned())], "ASCII alone");
    }
    is_silent(ENGLISH, &format!("measure: cranes, quote: 14 cranes, near: north side has, offset: {first}"));
    // The figure is read where the offset says.
    let article = "The north side has 14 cranes. The south side has more than 14 cranes.";
    let claim = |at| format!("measure: cranes, value: 14, quote: 14 cranes, offset: {at}");
    is_silent(article, &claim(offset(article, "14", 0)));
    let report = about(article, &format!("  - {{{}}}\n", claim(offset(article, "14", 1))));
    let [finding] = evidence(&report)[..] else { panic!("{}", concise::render(&report)) };
    assert_eq!(finding.code.0, 103, "more than 14");
}

#[test]
fn of_several_places_none_is_taken_that_nobody_named() {
    let (first, second) = (offset(ENGLISH, "14 cranes", 0), offset(ENGLISH, "14 cranes", 1));
    for at in [0, first + 1, second - 2, 1_000_000] {
        let report = about(ENGLISH, &format!("  - {{measure: cranes, quote: 14 cranes, offset: {at}}}\n"));
        let [finding] = evidence(&report)[..] else { panic!("{}", concise::render(&report)) };
        assert_eq!((finding.code.0, finding.severity), (102, Severity::Warning), "{at}");
        assert!(finding.help[0].contains(&format!("`offset` ({first}, {second})")), "{:?}", finding.help);
        assert!(finding.fix.is_none());
    }
    // `near` names one place and the offset another.
    let (code, severity, message) =
        fault(&format!("measure: cranes, quote: 14 cranes, near: north side has, offset: {second}"));
    assert_eq!((code.as_str(), severity), ("MZ102", Severity::Warning));
    assert!(message.contains("`near` and `offset` must name one place"), "{message}");
    let (code, ..) = fault(&format!("measure: cranes, quote: 14 cranes, near: lighthouse, offset: {second}"));
    assert_eq!(code, "MZ101", "`near` stands nowhere");
    let (code, ..) = fault("measure: cranes, value: 14, quote: fourteen lighthouses, offset: 3");
    assert_eq!(code, "MZ101");
}

#[test]
fn a_quote_that_has_moved_is_found_and_its_offset_put_right() {
    let at = offset(ENGLISH, "north side", 0);
    let claims = "  - measure: cranes   # at work\n    side: north\n    quote: north side has 14 cranes\n    offset: 3      # counted\n  - {measure: cranes, side: south, value: 9, quote: 9, near: south side, offset: 999999}\n";
    let corpus = corpus_about(ENGLISH, claims);
    let report = corpus.report(true);
    let found = evidence(&report);
    assert_eq!(found.len(), 2, "{}", concise::render(&report));
    for finding in &found {
        assert_eq!((finding.code.0, finding.severity), (106, Severity::Note));
        assert_eq!(finding.fix.as_ref().unwrap().unsafe_because, None);
    }
    assert!(found[0].message.ends_with(&format!("{at}; found 3")), "{}", found[0].message);
    assert_eq!(anchors(&report).len(), 2);
    corpus.mizan(&["check", "--articles", "articles", "--fix"]);
    let file = corpus.read("claims/a.yaml");
    assert!(file.contains(&format!("    offset: {at}      # counted\n")), "{file}");
    assert!(file.contains(&format!("near: south side, offset: {}}}\n", offset(ENGLISH, "9.", 0))), "{file}");
    assert!(evidence(&corpus.report(true)).is_empty());
    let again = corpus.mizan(&["check", "--articles", "articles", "--fix", "--diff"]);
    assert!(again.stdout.is_empty(), "nothing is left to fix");
}

#[test]
fn a_longer_quote_takes_its_offset_along() {
    let article = "The harbour received more than 1,200 ships. It likes 1,200 ships.";
    let at = offset(article, "1,200 ships", 0);
    let corpus =
        corpus_about(article, &format!("  - measure: ships\n    quote: 1,200 ships\n    offset: {at}\n"));
    assert_eq!(evidence(&corpus.report(true)).len(), 1, "the hedge was cut");
    corpus.mizan(&["check", "--articles", "articles", "--unsafe-fixes"]);
    let file = corpus.read("claims/a.yaml");
    assert!(file.contains(&format!("offset: {}\n", offset(article, "more than", 0))), "{file}");
    assert!(evidence(&corpus.report(true)).is_empty(), "{file}");
}

#[test]
fn dots_begin_where_the_offset_says() {
    let article = "The harbour has a quay. The harbour has 14 cranes and 9 ships.";
    for nth in [0, 1] {
        let at = offset(article, "The harbour", nth);
        is_silent(article, &format!("measure: cranes, quote: The harbour … 14 cranes, offset: {at}"));
        is_silent(
            article,
            &format!("measure: cranes, quote: The harbour … 14 cranes, near: quay, offset: {at}"),
        );
    }
}

#[test]
fn entries_of_ignore_have_offsets_too() {
    let (first, second) = (offset(ENGLISH, "14 cranes", 0), offset(ENGLISH, "14 cranes", 1));
    let ignore = |entry: &str| format!("  []\nignore:\n  - {{{entry}, because: told above}}\n");
    for at in [first, second] {
        let report = about(ENGLISH, &ignore(&format!("quote: 14 cranes, offset: {at}")));
        assert!(evidence(&report).is_empty(), "{}", concise::render(&report));
    }
    let corpus =
        corpus_about(ENGLISH, &ignore("quote: more than 1, offset: 2").replace("more than 1", "9. Its 3rd"));
    let report = corpus.report(true);
    assert_eq!(evidence(&report)[0].code.0, 106, "{}", concise::render(&report));
    corpus.mizan(&["check", "--articles", "articles", "--fix"]);
    assert!(corpus.read("claims/a.yaml").contains(&format!("offset: {},", offset(ENGLISH, "9. Its", 0))));
    let report = about(ENGLISH, &ignore("quote: 14 cranes, offset: some"));
    assert!(concise::render(&report).contains("MZ008"), "{}", concise::render(&report));
}

#[test]
fn what_is_no_offset_is_told_with_its_place_and_changes_no_claim() {
    let long = "9".repeat(5_000);
    for (written, wanted) in [
        ("offset: -1", "`offset` must be a whole number, found `-1`"),
        ("offset: 1.5", "a whole number"),
        ("offset: ''", "a whole number"),
        ("offset: ٢٤", "in the digits 0 to 9"),
        ("offset: [3]", "a whole number, found a list"),
        ("offset: {start: 3}", "a whole number, found a mapping"),
        (&format!("offset: {long}"), "a whole number of fewer digits"),
    ] {
        let claim =
            format!("  - {{measure: cranes, side: north, quote: north side has 14 cranes, {written}}}\n");
        let report = about(ENGLISH, &claim);
        let text = concise::render(&report);
        let line =
            text.lines().find(|line| line.contains("MZ008")).unwrap_or_else(|| panic!("{written}: {text}"));
        assert!(line.starts_with("claims/a.yaml:4:"), "{line}");
        assert!(line.contains(wanted) && line.len() < 300, "{line}");
        assert!(evidence(&report).is_empty(), "{text}");
        assert_eq!(report.base.facts().count(), 1, "the claim stands all the same");
    }
    let report = about(ENGLISH, "  - {measure: cranes, value: 14, offset: 3}\n");
    assert!(concise::render(&report).contains("a claim with `offset` must have `quote`, found none"));
    let parts = "  - measure: cranes\n    quote: north side has 14 cranes\n    parts: [{side: north, value: 14, offset: 4}]\n";
    assert!(concise::render(&about(ENGLISH, parts)).contains("MZ008"), "the quote is that of the list");
}

#[test]
fn without_the_article_an_offset_says_nothing() {
    let with = |offset: &str| format!("  - {{measure: cranes, quote: 14 cranes{offset}}}\n");
    let told = |claims: &str, with_articles| {
        let report = corpus_about(ENGLISH, claims).report(with_articles);
        let prints =
            report.findings.iter().map(|finding| finding.fingerprint(&report.base)).collect::<Vec<_>>();
        let keys = report.base.facts().map(|(_, fact)| fact.key.clone()).collect::<Vec<_>>();
        (prints, keys)
    };
    assert_eq!(told(&with(""), false), told(&with(", offset: 7"), false));
    assert_eq!(told(&with(""), true), told(&with(", offset: 7"), true), "MZ102 has one name");
}

mod laws {
    use mizan::numeral::find;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

        /// Every figure that is found can be quoted by its words and anchored by its start: byte order marks, line ends,
        /// vowel signs, tatweel, composed and decomposed letters, marks of direction.
        #[test]
        fn every_figure_is_anchored_by_its_start(
            words in prop::collection::vec(prop::sample::select(&[
                "14 cranes", "14 cranes", "fourteen cranes", "في ١٤ رافعة", "١٤ رافعــة", "خَمسة عشر بحارًا", "خمسة عشر بحارا",
                "e\u{301}te\u{301} 14", "été 14", "\u{200F}14\u{200E}", "🚢 14", "ـــ 14", "and then", "«14»",
            ][..]), 1..12),
            gap in prop::sample::select(&[" ", "\r\n", "\n\n", " \u{A0} ", ". "][..]),
            mark in prop::sample::select(&["", "\u{FEFF}"][..]),
        ) {
            let article = format!("{mark}{}", words.join(gap));
            for figure in find(&article) {
                let words = article.get(figure.bytes.clone()).unwrap();
                let at = article.get(..figure.bytes.start).unwrap().chars().count();
                let report = about(&article, &format!("  - {{measure: cranes, value: 1, quote: '{words}', offset: {at}}}\n"));
                let anchors = anchors(&report);
                prop_assert_eq!(anchors.len(), 1, "{:?} {}", article, concise::render(&report));
                prop_assert_eq!(anchors[0].0 as usize, figure.bytes.start, "{:?} {}", article, concise::render(&report));
                prop_assert!(evidence(&report).iter().all(|finding| !matches!(finding.code.0, 102 | 106)));
            }
        }
    }
}
