//! Evidence: quotes, figures and coverage against small texts in three languages, through the library
//! and the binary.

#![cfg(test)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use mizan::check::{Inputs, Options, Report, run};
use mizan::evidence::Coverage;
use mizan::finding::{Finding, Severity};
use mizan::report::{concise, human};

const RULES: &str = "
entities:
  harbour: {labels: {ar: الميناء, fr: le port, en: harbour}}
units:
  \"%\": share
  km: measured
  ha: {kind: measured, labels: {en: hectares}}
measures:
  ships: {kind: flow, unit: ship, labels: {ar: سفينة, fr: navires, en: ships}}
  sailors: {kind: stock, unit: sailor, labels: {ar: بحار, fr: marins, en: sailors}}
  cranes: {kind: stock, unit: crane, labels: {ar: رافعة, fr: grues, en: cranes}}
  quay: {kind: stock, unit: km, labels: {en: quay}}
  usage: {kind: stock, unit: \"%\", labels: {en: in use}}
  fair: {kind: ordinal, entity: harbour, labels: {ar: المعرض, fr: foire, en: fair}}
  opening: {kind: event}
dimensions:
  side: {values: [north, south], labels: {north: {fr: nord}}}
";

const ENGLISH: &str = "The harbour in 2024\n\nThe harbour received more than 1,200 ships in 2024, up 12.5% from the year before. \
The north side has 14 cranes and the south side 9. Its 3rd fair opened in May 2024. \
In 2019 the quay was 4 km long. A new crane will join the 14 cranes soon.\n";

const ARABIC: &str = "استقبل الميناء خلال سنة 2024 أزيد من 1.200.500 راكب و19 ألف سفينة، ويشتغل به خمسة وعشرون بحارا.\n\
فتح رافعتين جديدتين بالرصيف الشمالي.\n";

const FRENCH: &str = "En 2024, le port a reçu près de 1 200 navires et emploie vingt-quatre marins.\n\
La 12e foire s’est tenue du 3 au 5 mai 2024.\n";

/// A folder with a rulebook, files of claims and articles.
struct Corpus {
    folder: tempfile::TempDir,
}

impl Corpus {
    fn new(claims: &[(&str, &str)], articles: &[(&str, &[u8])]) -> Self {
        let corpus = Self { folder: tempfile::tempdir().unwrap() };
        corpus.write("rules/rules.yaml", RULES.as_bytes());
        for (name, text) in claims {
            corpus.write(&format!("claims/{name}"), text.as_bytes());
        }
        for (name, text) in articles {
            corpus.write(&format!("articles/{name}"), text);
        }
        corpus
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn report(&self, with_articles: bool) -> Report {
        let mut files = vec![self.path().join("rules/rules.yaml")];
        let claims = fs::read_dir(self.path().join("claims")).unwrap();
        files.extend(claims.map(|entry| entry.unwrap().path()));
        let inputs = Inputs { root: self.path().to_path_buf(), files, unread: Vec::new() };
        let articles = with_articles.then(|| self.path().join("articles"));
        run(&inputs, &Options { articles, ..Options::default() }).unwrap()
    }

    fn mizan(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_mizan")).args(arguments).current_dir(self.path()).output().unwrap()
    }
}

/// The report on claims about one article, of 2024 and published at its end.
fn about(article: &str, claims: &str) -> Report {
    corpus_about(article, claims).report(true)
}

fn corpus_about(article: &str, claims: &str) -> Corpus {
    let file = format!(
        "source: {{text: a.txt, published: 2024-12}}\ndefaults: {{entity: harbour, period: 2024}}\nclaims:\n{claims}"
    );
    Corpus::new(&[("a.yaml", &file)], &[("a.txt", article.as_bytes())])
}

/// What evidence says, coverage left out.
fn evidence(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| (101..=104).contains(&finding.code.0)).collect()
}

/// The one thing that evidence says of a claim about the English article.
fn fault(claim: &str) -> (String, Severity, String) {
    let report = about(ENGLISH, &format!("  - {{{claim}}}\n"));
    let found = evidence(&report);
    let [finding] = found.as_slice() else { panic!("{claim}: {}", concise::render(&report)) };
    (finding.code.to_string(), finding.severity, finding.message.clone())
}

fn is_silent(article: &str, claim: &str) {
    let report = about(article, &format!("  - {{{claim}}}\n"));
    assert!(evidence(&report).is_empty(), "{claim}: {}", concise::render(&report));
    assert!(report.findings.iter().all(|f| f.severity < Severity::Error), "{}", concise::render(&report));
}

fn coverage(report: &Report) -> Coverage {
    report.summary.evidence.unwrap()
}

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
    for quote in ["'.*'", "'14 (cranes)?'", "'[0-9]+ cranes'", "'\\d+'", "'14|9'", "'…'", "'… …'"] {
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
        (codes, report.whole, coverage(&report).absent)
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

/// A file of claims with everything that can be rewritten, and comments around it.
const UNTIDY: &str = "source: {text: a.txt, published: 2024-12}   # the paper
defaults: {entity: harbour, period: 2024}
claims:
  # ships
  - {quote: \"more than  1,200 ships\", measure: navires}   # told twice
  - measure: cranes
    side: nord      # not the south
    value: ١٥       # or 14?
    quote: The north side has 14 cranes
";

#[test]
fn safe_fixes_change_no_fact_and_keep_comments_and_order() {
    let corpus = Corpus::new(&[("a.yaml", UNTIDY)], &[("a.txt", ENGLISH.as_bytes())]);
    let keys = |report: &Report| report.base.facts().map(|(_, fact)| fact.key.clone()).collect::<Vec<_>>();
    let before = keys(&corpus.report(true));
    let shown = corpus.mizan(&["check", "--articles", "articles", "--diff"]);
    assert_eq!(
        (shown.status.code(), corpus.read("claims/a.yaml").as_str()),
        (Some(1), UNTIDY),
        "a diff changes nothing"
    );
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(
        shown.contains("--- a/claims/a.yaml") && shown.contains("\n-    value: ١٥       # or 14?\n"),
        "{shown}"
    );
    assert!(shown.contains("\n+    value: 15       # or 14?\n     quote:"), "{shown}");
    corpus.mizan(&["check", "--articles", "articles", "--fix"]);
    let fixed = UNTIDY
        .replace("\"more than  1,200", "\"more than 1,200")
        .replace("navires", "ships")
        .replace("nord", "north")
        .replace("١٥", "15");
    assert_eq!(corpus.read("claims/a.yaml"), fixed);
    let report = corpus.report(true);
    assert_eq!(keys(&report), before);
    assert_eq!(evidence(&report).len(), 1, "the value is not touched: that would be unsafe");
    let again = corpus.mizan(&["check", "--articles", "articles", "--fix", "--diff"]);
    assert!(again.stdout.is_empty(), "nothing is left to fix");
}

#[test]
fn unsafe_fixes_make_the_claim_what_its_quote_says() {
    let claims = "  - {measure: ships, value: 1200, quote: \"1,200 ships\"}     # hedge lost
  - measure: quay      # of another year
    value: 4 km
    quote: the quay was 4 km long
  - {measure: cranes, side: north, value: 41, quote: north side has 14 cranes}
";
    let corpus = corpus_about(ENGLISH, claims);
    assert_eq!(evidence(&corpus.report(true)).len(), 3);
    assert!(
        evidence(&corpus.report(true)).iter().all(|finding| finding
            .fix
            .as_ref()
            .unwrap()
            .unsafe_because
            .is_some())
    );
    corpus.mizan(&["check", "--articles", "articles", "--fix"]);
    assert_eq!(evidence(&corpus.report(true)).len(), 3, "none of them is safe");
    corpus.mizan(&["check", "--articles", "articles", "--unsafe-fixes"]);
    let report = corpus.report(true);
    assert!(evidence(&report).is_empty(), "{}", concise::render(&report));
    let file = corpus.read("claims/a.yaml");
    assert!(file.contains("value: \"more than 1,200\", quote: \"1,200 ships\"}     # hedge lost"), "{file}");
    assert!(file.contains("quote: the quay was 4 km long\n    period: 2019\n"), "{file}");
    assert!(file.contains("value: 14, quote: north side has 14 cranes"), "{file}");
}

/// Draft, take the marks away, check: what the draft says stands in the article.
#[test]
fn a_draft_is_a_claims_file_behind_its_marks() {
    for (article, entity) in [(ENGLISH, "harbour"), (ARABIC, "harbour"), (FRENCH, "harbour")] {
        let corpus = Corpus::new(&[], &[("a.txt", article.as_bytes())]);
        let draft = corpus.mizan(&["draft", "articles/a.txt"]);
        assert_eq!(draft.status.code(), Some(0));
        let draft = String::from_utf8(draft.stdout).unwrap();
        assert!(draft.contains(&format!("entity: {entity}, period: 2024")), "{draft}");
        let kept = draft.replace("  # - measure", "  - measure").replace("  #   ", "    ");
        let complete = |claim: &str| {
            claim.replace(
                "measure: …",
                if claim.contains("date:") { "measure: opening" } else { "measure: cranes" },
            )
        };
        let claims: Vec<String> = kept.split("\n  - ").map(complete).collect();
        let claims = claims.join("\n  - ");
        corpus.write("claims/a.yaml", claims.as_bytes());
        let report = corpus.report(true);
        assert!(report.summary.claims > 3, "{claims}");
        let wrong: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|finding| (100..103).contains(&finding.code.0) || finding.code.0 == 105)
            .collect();
        assert!(wrong.is_empty(), "{}\n{claims}", concise::render(&report));
        assert_eq!(coverage(&report).covered, coverage(&report).figures);
        assert_eq!(coverage(&report).found, coverage(&report).quotes, "{claims}");
    }
}

#[test]
fn a_draft_of_anything_is_a_file_that_can_be_read() {
    for article in ["", "\0\u{202E}: - {[&*!|>'\"%@`#14", "14\n\n\n14 14 14", "12: 5, 'x' \"y\" # {z}"] {
        let draft = mizan::evidence::draft::draft(
            article,
            "odd: name#.txt",
            &mizan::vocabulary::Vocabulary::default(),
        );
        let document = mizan::text::yaml::parse(mizan::text::FileId::default(), &draft);
        assert!(document.faults.is_empty(), "{article:?}: {:?}\n{draft}", document.faults);
    }
}

#[test]
fn figures_are_printed_as_the_contract_says() {
    let corpus = Corpus::new(&[], &[("a.txt", FRENCH.as_bytes())]);
    let found = corpus.mizan(&["figures", "articles/a.txt", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&found.stdout).unwrap();
    let mut keys: Vec<&str> = found[0].as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "byte_end",
            "byte_start",
            "class",
            "end",
            "hedge",
            "high",
            "low",
            "noun",
            "scored",
            "start",
            "text",
            "value"
        ]
    );
    let ships = found.as_array().unwrap().iter().find(|mention| mention["noun"] == "navires").unwrap();
    assert_eq!(
        (&ships["value"], &ships["hedge"], &ships["class"]),
        (&"1200".into(), &"nearly".into(), &"quantity".into())
    );
    let characters: Vec<char> = FRENCH.chars().collect();
    for mention in found.as_array().unwrap() {
        let at = |key: &str| usize::try_from(mention[key].as_u64().unwrap()).unwrap();
        let text: String = characters[at("start")..at("end")].iter().collect();
        assert_eq!(text, mention["text"].as_str().unwrap());
        assert_eq!(Some(text.as_str()), FRENCH.get(at("byte_start")..at("byte_end")));
    }
    corpus.write("empty.txt", b"");
    assert_eq!(corpus.mizan(&["figures", "empty.txt", "--format", "json"]).stdout, b"[\n]\n");
    corpus.write("latin.txt", b"caf\xE9 14");
    assert_eq!(corpus.mizan(&["figures", "latin.txt"]).status.code(), Some(2));
}

#[test]
fn the_schema_speaks_the_rulebooks_names() {
    let corpus = Corpus::new(&[], &[("a.txt", b"")]);
    let schema = corpus.mizan(&["schema", "claims"]);
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).unwrap();
    let claim = &schema["$defs"]["claim"]["properties"];
    assert_eq!(claim["measure"]["enum"][0], "ships");
    assert_eq!(claim["side"]["anyOf"][0]["enum"], serde_json::json!(["north", "south", "unknown"]));
}
