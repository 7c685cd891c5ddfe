//! Safe and unsafe fixes of files written by hand.

use mizan::check::Report;
use mizan::report::concise;

use crate::corpus::{Corpus, ENGLISH, corpus_about, evidence};

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
