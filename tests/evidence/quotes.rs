//! Quotes looked up, figures compared, coverage, and articles that are no texts.

use std::fs;

use mizan::evidence::Coverage;
use mizan::finding::Severity;
use mizan::report::{concise, human};

use crate::corpus::{
    ARABIC, Corpus, ENGLISH, FRENCH, about, corpus_about, coverage, evidence, fault, is_silent,
};

#[test]
fn what_says_what_its_article_says_is_silent() {
    for claim in [
        "measure: ships, quote: \"more than 1,200 ships\"",
        "measure: ships, value: over 1200, quote: \"received more than 1,200 ships in 2024\"",
        "measure: ships, change: up 12.5% from 2023, quote: up 12.5% from the year before",
        "measure: cranes, side: north, quote: The north side has 14 cranes",
        "measure: cranes, side: south, value: 9, quote: the south side 9",
        "measure: quay, period: 2019, value: 4 km, quote: In 2019 the quay was 4 km long",
        "measure: fair, ordinal: 3, date: 2024-05, quote: Its 3rd fair opened in May 2024",
        "measure: cranes, value: 1, status: planned, quote: A new crane will join",
    ] {
        is_silent(ENGLISH, claim);
    }
    for claim in [
        "measure: sailors, quote: خمسة وعشرون بحارا",
        "measure: sailors, value: 25, quote: خَمسة  وعشــرون بحارًا",
        "measure: ships, quote: 19 ألف سفينة",
        "measure: ships, value: ١٩ ألف, quote: و١٩ ألف سفينة",
        "measure: cranes, side: north, value: 2, quote: رافعتين جديدتين",
    ] {
        is_silent(ARABIC, claim);
    }
    for claim in [
        "measure: ships, quote: près de 1 200 navires",
        "measure: sailors, value: 24, quote: emploie vingt-quatre marins",
        "measure: fair, ordinal: 12, date: 2024-05-03/2024-05-05, quote: La 12e foire s'est tenue … mai 2024",
    ] {
        is_silent(FRENCH, claim);
    }
}

#[test]
fn a_quote_that_is_not_there_is_an_error_with_the_nearest_words() {
    let report = about(ENGLISH, "  - {measure: cranes, value: 14, quote: the north side had 14 cranes}\n");
    let [finding] = evidence(&report)[..] else { panic!("{}", concise::render(&report)) };
    assert_eq!((finding.code.0, finding.severity), (101, Severity::Error));
    assert!(finding.help[0].contains("north side has 14 cranes"), "{:?}", finding.help);
    assert_eq!(coverage(&report).found, 0, "the nearest words are no evidence");
    let (code, ..) = fault("measure: cranes, value: 14, quote: fourteen lighthouses");
    assert_eq!(code, "MZ101");
}

#[test]
fn signs_of_patterns_and_odd_quotes_mean_themselves() {
    for quote in ["'.*'", "'14 (cranes)?'", "'[0-9]+ cranes'", "'\\d+'", "'14|9'", "'ـ'"] {
        let (code, ..) = fault(&format!("measure: cranes, value: 14, quote: {quote}"));
        assert_eq!(code, "MZ101", "{quote}");
    }
    let article = "The price (of 14 cranes) rose [sic] by 5 $ * 2.";
    is_silent(article, "measure: cranes, quote: (of 14 cranes)");
    is_silent(article, "measure: cranes, value: 14, quote: '(of 14 cranes) rose [sic]'");
}

#[test]
fn a_quote_that_stands_twice_asks_for_words_before_it() {
    let (code, severity, _) = fault("measure: cranes, quote: 14 cranes");
    assert_eq!((code.as_str(), severity), ("MZ102", Severity::Warning));
    let (code, ..) = fault("measure: cranes, value: 41, quote: 14 cranes");
    assert_eq!(code, "MZ102", "nothing else is said before that is known");
    is_silent(ENGLISH, "measure: cranes, quote: 14 cranes, near: north side has");
    let (code, severity, message) = fault("measure: cranes, quote: 14 cranes, near: lighthouse");
    assert_eq!((code.as_str(), severity), ("MZ101", Severity::Error));
    assert!(message.contains("`near` must stand before the quote"), "{message}");
}

#[test]
fn a_figure_that_is_not_that_of_the_quote_is_told_with_both_readings() {
    for (claim, severity, words) in [
        (
            "measure: cranes, value: 41, quote: north side has 14 cranes",
            Severity::Error,
            "the article has `14`, the claim `41`",
        ),
        (
            "measure: ships, value: 1200, quote: \"1,200 ships\"",
            Severity::Warning,
            "`more than 1,200` (1201 or more), the claim `1200`",
        ),
        ("measure: ships, quote: \"1,200 ships\"", Severity::Warning, "`more than 1,200` (1201 or more)"),
        (
            "measure: cranes, value: over 14, quote: north side has 14 cranes",
            Severity::Warning,
            "the claim `over 14` (15 or more)",
        ),
        (
            "measure: ships, value: over 1200 thousand, quote: \"more than 1,200 ships\"",
            Severity::Error,
            "the claim `over 1200 thousand`",
        ),
        ("measure: ships, change: up 15.2% from 2023, quote: up 12.5%", Severity::Error, "`12.5%`"),
        ("measure: fair, ordinal: 4, date: 2024, quote: Its 3rd fair", Severity::Error, "`3rd`, the claim 4"),
        (
            "measure: fair, ordinal: 3, date: 2023-05, quote: 3rd fair opened in May 2024",
            Severity::Warning,
            "`May 2024`, the claim `2023-05`",
        ),
        ("measure: cranes, value: 14, quote: The harbour received", Severity::Warning, "found no `14` in it"),
    ] {
        let (code, found, message) = fault(claim);
        assert_eq!((code.as_str(), found), ("MZ103", severity), "{claim}: {message}");
        assert!(message.contains(words), "{claim}: {message}");
    }
}

#[test]
fn another_unit_is_told() {
    let article = "The harbour has 20 hectares and a quay of 12%.";
    let of = |claim: &str| {
        let report = about(article, &format!("  - {{{claim}}}\n"));
        evidence(&report).iter().map(|finding| finding.code.0).collect::<Vec<_>>()
    };
    assert_eq!(of("measure: quay, value: 20, quote: 20 hectares"), [103]);
    assert_eq!(of("measure: quay, value: 12, quote: a quay of 12%"), [103]);
}

#[test]
fn a_scale_word_that_was_lost_is_named() {
    let report = about(ARABIC, "  - {measure: ships, value: 19, quote: 19 ألف سفينة}\n");
    let [finding] = evidence(&report)[..] else { panic!("{}", concise::render(&report)) };
    assert!(finding.help.iter().any(|line| line.contains("1,000 times")), "{:?}", finding.help);
}

#[test]
fn the_period_and_the_status_of_the_sentence_are_notes() {
    let (code, severity, message) = fault("measure: quay, value: 4 km, quote: the quay was 4 km long");
    assert_eq!((code.as_str(), severity), ("MZ103", Severity::Note));
    assert!(message.contains("`2019`"), "{message}");
    let (code, severity, message) = fault("measure: cranes, value: 14, quote: join the 14 cranes soon");
    assert_eq!((code.as_str(), severity), ("MZ103", Severity::Note));
    assert!(message.contains("`will`"), "{message}");
}

#[test]
fn a_plan_is_told_by_the_clause_of_the_figure() {
    for (article, quote, word) in [
        ("Le port compte 9 grues et en recevra 14 grues.", "en recevra 14 grues", "recevra"),
        ("للميناء 9 رافعات، وستصل 14 رافعة.", "14 رافعة", "وستصل"),
        ("It has 9 cranes and 14 cranes will follow.", "14 cranes", "will"),
    ] {
        let report = about(article, &format!("  - {{measure: cranes, quote: {quote}}}\n"));
        let [finding] = evidence(&report)[..] else { panic!("{}", concise::render(&report)) };
        assert_eq!((finding.code.0, finding.severity), (103, Severity::Note));
        assert!(finding.message.ends_with(&format!("its sentence says `{word}`")), "{}", finding.message);
    }
    is_silent("It has 9 cranes and 14 cranes will follow.", "measure: cranes, quote: 9 cranes");
    is_silent("It will grow, as it has 9 cranes.", "measure: cranes, quote: it has 9 cranes");
    is_silent("En 2024 il inaugura 9 grues au Sahara.", "measure: cranes, quote: 9 grues");
    is_silent("خلال سنة 2024 اقتنى الميناء 9 رافعات.", "measure: cranes, quote: 9 رافعات");
}

#[test]
fn the_year_of_a_comparison_is_not_the_period_of_the_figure() {
    for (article, claim) in [
        (
            "It received 1,204 ships, up 12.5% from 2023.",
            "measure: ships, value: \"1,204\", quote: \"1,204 ships\"",
        ),
        (
            "It received 1,204 ships, up 12.5% from 2023.",
            "measure: ships, change: up 12.5% from 2023, quote: up 12.5%",
        ),
        (
            "It received 1,204 ships, compared with 1,100 in 2023.",
            "measure: ships, value: \"1,204\", quote: \"received 1,204 ships\"",
        ),
        (
            "Il a reçu 1 204 navires, contre 1 100 en 2023.",
            "measure: ships, value: 1 204, quote: a reçu 1 204 navires",
        ),
        (
            "استقبل الميناء 19 ألف سفينة، مقارنة مع سنة 2023.",
            "measure: ships, value: 19 ألف, quote: 19 ألف سفينة",
        ),
    ] {
        is_silent(article, claim);
    }
    for (article, claim) in [
        ("In 2023 it received 1,204 ships.", "measure: ships, value: \"1,204\", quote: \"1,204 ships\""),
        (
            "It was compared with 2023, and 1,204 ships came.",
            "measure: ships, value: \"1,204\", quote: \"1,204 ships\"",
        ),
        (
            "It received 1,204 ships, against 1,100 in 2023.",
            "measure: ships, value: \"1,100\", quote: \"1,100 in 2023\"",
        ),
    ] {
        let report = about(article, &format!("  - {{{claim}}}\n"));
        let found = evidence(&report);
        assert_eq!(found.len(), 1, "{article}");
        assert!(found.iter().all(|finding| finding.message.contains("`2023`")), "{article}");
    }
}

#[test]
fn the_number_and_the_date_of_a_member_are_told_at_once() {
    let claim = "measure: fair, ordinal: 4, date: 2024-06, quote: Its 3rd fair opened in May 2024";
    let report = about(ENGLISH, &format!("  - {{{claim}}}\n"));
    assert_eq!(evidence(&report).len(), 2, "{}", concise::render(&report));
}

#[test]
fn a_number_in_other_digits_is_told_which_digits_are_meant() {
    let report = about(ENGLISH, "  - {measure: fair, ordinal: ٣, date: 2024-05}\n");
    let told = concise::render(&report);
    assert!(told.contains("`ordinal` must be a whole number in the digits 0 to 9, found `٣`"), "{told}");
}

#[test]
fn every_figure_is_covered_ignored_or_listed() {
    let claims = "  - {measure: ships, quote: \"more than 1,200 ships\"}\n  - {measure: cranes, side: north, quote: north side has 14 cranes}\n";
    let report = about(ENGLISH, claims);
    let open = report.findings.iter().find(|finding| finding.code.0 == 105).unwrap();
    let labels: Vec<&str> = open.labels.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(labels.len(), 6, "{labels:?}: the 14 cranes are told again, 2024 is the period of claims");
    assert_eq!(coverage(&report).figures - coverage(&report).covered, 6);
    let ignore = "ignore:\n  - {quote: up 12.5% from, because: a change we do not follow}\n  - {quote: the south side 9, because: said elsewhere}\n  \
                  - {quote: Its 3rd fair opened in May 2024, because: not ours}\n  - {quote: In 2019 the quay was 4 km long, because: old}\n";
    let report = about(ENGLISH, &format!("{claims}{ignore}"));
    assert!(report.findings.is_empty(), "{}", concise::render(&report));
    let coverage = coverage(&report);
    assert_eq!((coverage.covered, coverage.ignored), (coverage.figures, 6));
    let line = human::render(&report, &human::Style::default());
    assert!(line.contains(&format!("{0} of {0} figures covered", coverage.figures)), "{line}");
}

#[test]
fn what_is_ignored_needs_a_reason_and_must_be_there() {
    let report = about(
        ENGLISH,
        "  - {measure: ships, quote: \"more than 1,200 ships\"}\nignore:\n  - {quote: 14 cranes}\n  - {quote: 15 cranes, because: none}\n",
    );
    let codes: Vec<u16> =
        report.findings.iter().map(|finding| finding.code.0).filter(|code| *code != 105).collect();
    assert_eq!(codes, [8, 101], "{}", concise::render(&report));
}

#[test]
fn an_article_that_changed_is_told_and_still_looked_at() {
    let file = format!(
        "source: {{text: a.txt, sha256: {}}}\ndefaults: {{entity: harbour, period: 2024}}\nclaims:\n  - {{measure: ships, quote: \"more than 1,200 ships\"}}\n",
        "0".repeat(64)
    );
    let report = Corpus::new(&[("a.yaml", &file)], &[("a.txt", ENGLISH.as_bytes())]).report(true);
    let codes: Vec<(u16, Severity)> =
        evidence(&report).iter().map(|finding| (finding.code.0, finding.severity)).collect();
    assert_eq!(codes, [(104, Severity::Warning)]);
    assert_eq!(coverage(&report).found, 1);
}

#[test]
fn a_text_is_found_by_its_hash_and_never_outside_its_folder() {
    let hash = &"1".repeat(64);
    let text = |name: &str, hash: &str| {
        format!(
            "source: {{text: {name}, sha256: {hash}}}\ndefaults: {{entity: harbour, period: 2024}}\nclaims:\n  - {{measure: ships, quote: \"more than 1,200 ships\"}}\n"
        )
    };
    let renamed = Corpus::new(&[("a.yaml", &text("old.txt", hash))], &[("new.txt", ENGLISH.as_bytes())]);
    assert_eq!(coverage(&renamed.report(true)).absent, 1, "another text has another hash");
    let told =
        Corpus::new(&[("a.yaml", &text("new.txt", hash))], &[("new.txt", ENGLISH.as_bytes())]).report(true);
    let help = &evidence(&told)[0].help[0];
    let own = help.split("sha256: ").nth(1).unwrap().trim_end_matches('`');
    renamed.write("claims/a.yaml", text("old.txt", own).as_bytes());
    assert_eq!(coverage(&renamed.report(true)).texts, 1);
    renamed.write("claims/a.yaml", text("../secret.txt", own.replace('a', "b").as_str()).as_bytes());
    renamed.write("secret.txt", ENGLISH.as_bytes());
    assert_eq!(coverage(&renamed.report(true)).absent, 1);
}

#[test]
fn articles_that_are_absent_are_counted_once_and_change_nothing_else() {
    let claims = "  - {measure: cranes, value: 41, quote: nowhere}\n  - {measure: usage, value: 140%, quote: nowhere else}\n";
    let corpus = corpus_about(ENGLISH, claims);
    fs::remove_file(corpus.path().join("articles/a.txt")).unwrap();
    let (with, without) = (corpus.report(true), corpus.report(false));
    assert_eq!(concise::render(&with), concise::render(&without));
    assert_eq!(coverage(&with), Coverage { absent: 1, ..Coverage::default() });
    assert_eq!(without.summary.evidence, None);
    let line = human::render(&with, &human::Style::default());
    assert_eq!(line.matches("evidence not checked: 1 text absent").count(), 1, "{line}");
    assert!(!human::render(&without, &human::Style::default()).contains("text absent"));
    assert!(
        !corpus.mizan(&["check", "--articles", "nowhere"]).status.success(),
        "a folder asked for must be there"
    );
}

#[test]
fn articles_that_are_no_texts_are_named_and_leave_the_rest_alone() {
    let claims = "  - {measure: cranes, quote: 14 cranes, near: north side}\n";
    let with = |bytes: &[u8]| {
        let corpus = corpus_about("", claims);
        corpus.write("articles/a.txt", bytes);
        let report = corpus.report(true);
        let codes: Vec<u16> = report.findings.iter().map(|finding| finding.code.0).collect();
        (codes, report.whole, coverage(&report).refused)
    };
    assert_eq!(with(b"<!DOCTYPE html><p>north side has 14 cranes"), (vec![104], true, 1), "HTML");
    assert_eq!(with(b"\xC7\xE1\xE3\xCF\xED\xE4\xC9 14"), (vec![2], false, 1), "Windows-1256");
    assert_eq!(with(b""), (vec![101], true, 0), "empty");
    assert_eq!(with(&b"1 ".repeat(200_000)), (vec![3], false, 1), "all digits");
    assert_eq!(with("north side\0has 14 cranes\u{202E}\u{1B}".as_bytes()).0, Vec::<u16>::new(), "NULs");
    let huge = corpus_about("", claims);
    fs::File::create(huge.path().join("articles/a.txt")).unwrap().set_len(1 << 30).unwrap();
    let report = huge.report(true);
    assert_eq!((report.findings[0].code.0, report.findings.len(), report.whole), (3, 1, false), "1 GB");
}

#[test]
fn a_text_that_is_refused_is_counted_once_and_not_as_absent() {
    let corpus = corpus_about("<html><p>14", "  - {measure: cranes, quote: 14 cranes}\n");
    let summary = |corpus: &Corpus| {
        let report = corpus.report(true);
        let line = human::render(&report, &human::Style::default());
        (coverage(&report), line.lines().last().unwrap().rsplit("; ").next().unwrap().to_owned())
    };
    let refused = Coverage { refused: 1, ..Coverage::default() };
    assert_eq!(summary(&corpus), (refused, "evidence not checked: 1 text refused".to_owned()));
    let other = "source: {text: b.txt}\ndefaults: {entity: harbour, period: 2024}\nclaims:\n  - {measure: cranes, value: 14}\n";
    corpus.write("claims/b.yaml", other.as_bytes());
    let both = Coverage { absent: 1, ..refused };
    assert_eq!(summary(&corpus), (both, "evidence not checked: 1 text absent, 1 text refused".to_owned()));
    corpus.write("articles/b.txt", b"It has 14 cranes.");
    assert_eq!(summary(&corpus).1, "0 of 1 figures covered, 1 text refused");
    let json: serde_json::Value =
        serde_json::from_str(&mizan::report::json::render(&corpus.report(true))).unwrap();
    let evidence = &json["summary"]["evidence"];
    assert_eq!((&evidence["absent"], &evidence["refused"]), (&0.into(), &1.into()));
}

/// The one thing that is told of something under the name of a text that is none.
fn refusal(corpus: &Corpus) -> String {
    let report = corpus.report(true);
    let [finding] = report.findings.as_slice() else { panic!("{}", concise::render(&report)) };
    assert_eq!((finding.code.0, finding.severity), (104, Severity::Error));
    assert_eq!(coverage(&report), Coverage { refused: 1, ..Coverage::default() });
    finding.message.clone()
}

/// Claims about a text that is not there.
fn without_text() -> Corpus {
    let corpus = corpus_about("", "  - {measure: cranes, quote: 14 cranes}\n");
    fs::remove_file(corpus.path().join("articles/a.txt")).unwrap();
    corpus
}

#[test]
fn a_folder_under_the_name_of_a_text_is_named() {
    let corpus = without_text();
    fs::create_dir(corpus.path().join("articles/a.txt")).unwrap();
    assert_eq!(refusal(&corpus), "the text of an article must be a file, found a folder");
}

#[cfg(unix)]
#[test]
fn a_broken_link_under_the_name_of_a_text_is_named() {
    let corpus = without_text();
    std::os::unix::fs::symlink("gone.txt", corpus.path().join("articles/a.txt")).unwrap();
    assert_eq!(refusal(&corpus), "the text of an article must be a file, found a link that leads nowhere");
    corpus.write("articles/gone.txt", b"The port has 14 cranes.");
    assert!(corpus.report(true).findings.is_empty(), "a link that leads to a text is one");
}

#[test]
fn nothing_of_an_article_reaches_the_terminal_raw() {
    let article = "north \u{1B}[31mside\u{202E} has 14 cranes and 15 masts";
    let report = about(
        article,
        "  - {measure: cranes, value: 41, quote: has 14 cranes}\n  - {id: b, measure: cranes, value: 1, quote: north side has 15}\n",
    );
    for text in [human::render(&report, &human::Style::default()), mizan::report::json::render(&report)] {
        assert!(!text.contains(['\u{1B}', '\u{202E}']), "{text}");
    }
}

#[test]
fn texts_of_both_directions_point_at_the_right_words() {
    let article = "قال «the harbour has 14 cranes» ثم أضاف 9 سفن (nine ships).";
    let report = about(article, "  - {measure: cranes, value: 41, quote: the harbour has 14 cranes}\n");
    let span = *report.anchors.values().next().unwrap();
    assert_eq!(report.map.slice(span), "the harbour has 14 cranes");
    assert_eq!(evidence(&report).len(), 1);
}

#[test]
fn reports_show_the_line_of_the_article() {
    let report = about(ENGLISH, "  - {measure: usage, value: 140%, quote: The north side has 14 cranes}\n");
    let text = human::render(&report, &human::Style::default());
    assert!(text.contains("a.txt:3"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&mizan::report::json::render(&report)).unwrap();
    let finding =
        json["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "MZ207").unwrap();
    assert_eq!(
        (&finding["evidence"][0]["path"], &finding["evidence"][0]["line"]),
        (&"a.txt".into(), &3.into())
    );
    assert_eq!(json["summary"]["evidence"]["quotes"], 1);
}
