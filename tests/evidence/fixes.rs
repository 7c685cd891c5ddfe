//! Safe and unsafe fixes of files written by hand.

use mizan::check::Report;
use mizan::report::concise;

use crate::corpus::{ARABIC, Corpus, ENGLISH, corpus_about, evidence};

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

/// The claims after fixes of a kind, for claims about one sentence.
fn fixed(article: &str, claims: &str, flag: &str) -> String {
    let corpus = corpus_about(article, claims);
    let before = corpus.read("claims/a.yaml");
    let head = before.strip_suffix(claims).unwrap();
    let run = || corpus.mizan(&["check", "--articles", "articles", flag]);
    run();
    let after = corpus.read("claims/a.yaml");
    let claims = after.strip_prefix(head).expect("what stands before the claims stays").to_owned();
    run();
    assert_eq!(corpus.read("claims/a.yaml"), after, "a second run changes nothing");
    claims
}

#[test]
fn units_are_those_of_the_quote() {
    let article = "The quay is 4 km long and the wall 300 m; the park has 20 hectares.";
    for (claim, expected) in [
        ("{measure: quay, value: 4 m, quote: The quay is 4 km long}", "value: 4,"),
        ("{measure: quay, value: 4, unit: m, quote: The quay is 4 km long}", "value: 4, unit: km,"),
        ("{measure: quay, value: 3, unit: m, quote: The quay is 4 km long}", "value: 4, unit: km,"),
        ("{measure: quay, value: 300, quote: the wall 300 m}", "value: 300 m,"),
        ("{measure: quay, value: 3, quote: the wall 300 m}", "value: 300 m,"),
        ("{measure: quay, value: 20, quote: the park has 20 hectares}", "value: 20,"),
    ] {
        let claims = format!("  - {claim}\n");
        let after = fixed(article, &claims, "--unsafe-fixes");
        assert!(after.contains(expected), "{claim} became {after}");
    }
    for claim in [
        "measure: quay, value: 4000 m, quote: The quay is 4 km long",
        "measure: quay, value: 0.3, quote: the wall 300 m",
        "measure: quay, quote: the wall 300 m",
        "measure: quay, value: 4 kilometres, quote: The quay is 4 km long",
    ] {
        crate::corpus::is_silent(article, claim);
    }
}

#[test]
fn a_block_text_is_rewritten_from_its_mark_on() {
    for (claim, expected) in [
        (
            "measure: cranes\n    side: north\n    value: >-\n      41\n    quote: north side has 14 cranes\n",
            "value: 14\n",
        ),
        (
            "measure: ships\n    value: |\n\n      1300\n    quote: 1,200 ships\n",
            "value: \"more than 1,200\"\n",
        ),
        (
            "measure: ships\n    value: more than 1,200\n    quote: >2-\n        more than 1,200   ships\n",
            "quote: \"more than 1,200 ships\"\n",
        ),
        (
            "measure: ships\n    value: > # why\n      1300\n    quote: 1,200 ships\n",
            "value: > # why\n      1300\n",
        ),
    ] {
        let after = fixed(ENGLISH, &format!("  - {claim}"), "--unsafe-fixes");
        assert!(after.contains(expected), "{claim} became {after}");
    }
}

#[test]
fn changes_numbers_and_dates_are_those_of_the_quote() {
    for (claim, expected) in [
        ("{measure: ships, change: up 15.2% from 2023, quote: up 12.5%}", "change: up 12.5% from 2023,"),
        ("{measure: fair, ordinal: 4, date: 2024, quote: Its 3rd fair}", "ordinal: 3,"),
        ("{measure: fair, ordinal: 3, date: 2023-05, quote: 3rd fair opened in May 2024}", "date: 2024-05,"),
    ] {
        let after = fixed(ENGLISH, &format!("  - {claim}\n"), "--unsafe-fixes");
        assert!(after.contains(expected), "{claim} became {after}");
    }
    let after = fixed(
        ARABIC,
        "  - {measure: cranes, side: north, value: 3, quote: رافعتين جديدتين}\n",
        "--unsafe-fixes",
    );
    assert!(after.contains("value: 2,"), "a dual is no value: {after}");
}

/// Line ends, a byte order mark, tabs behind values, flow maps over lines, comments, a file without a last line end.
#[test]
fn fixes_lose_no_byte_that_they_need_not_touch() {
    let head =
        "source: {text: a.txt, published: 2024-12}\ndefaults: {entity: harbour, period: 2024}\nclaims:\n";
    let claims = "  - {measure: cranes,   side:   nord, # the north\n     value: 41, quote: north side has 14 cranes}\t# so they say\n\n  -   side: \"south\"\t \n      measure: grues   # cranes\n      value: ٩\n      quote: 'the south side 9'";
    let wanted =
        claims.replace("nord", "north").replace("41", "14").replace("grues", "cranes").replace('٩', "9");
    for (mark, end) in [("", "\n"), ("\u{FEFF}", "\n"), ("", "\r\n"), ("\u{FEFF}", "\r\n")] {
        let text = |claims: &str| format!("{mark}{}", format!("{head}{claims}").replace('\n', end));
        let corpus = Corpus::new(&[("a.yaml", &text(claims))], &[("a.txt", ENGLISH.as_bytes())]);
        let run = |flags: &[&str]| {
            corpus.mizan(&[&["check", "--articles", "articles", "--unsafe-fixes"], flags].concat())
        };
        let shown = run(&["--diff"]);
        assert_eq!(corpus.read("claims/a.yaml"), text(claims), "a diff writes nothing");
        assert!(String::from_utf8(shown.stdout).unwrap().contains("+++ b/claims/a.yaml"));
        run(&[]);
        assert_eq!(corpus.read("claims/a.yaml"), text(&wanted));
        run(&[]);
        assert_eq!(corpus.read("claims/a.yaml"), text(&wanted), "a second run changes nothing");
        assert!(run(&["--diff"]).stdout.is_empty());
    }
}

#[test]
fn a_key_that_is_added_stands_below_the_quote() {
    let head =
        "source: {text: a.txt, published: 2024-12}\ndefaults: {entity: harbour, period: 2024}\nclaims:\n";
    for (claims, wanted) in [
        (
            "  - quote: the quay was 4 km long   # then\n    measure: quay\n    value: 4 km",
            "  - quote: the quay was 4 km long   # then\n    period: 2019\n    measure: quay\n    value: 4 km",
        ),
        (
            "  - measure: quay\n    quote: >-\n      the quay was\n      4 km long",
            "  - measure: quay\n    quote: >-\n      the quay was\n      4 km long\n    period: 2019",
        ),
        (
            "  - {measure: quay, quote: the quay was 4 km long, # then\n     value: 4 km}\n",
            "  - {measure: quay, quote: the quay was 4 km long, period: 2019, # then\n     value: 4 km}\n",
        ),
    ] {
        for end in ["\n", "\r\n"] {
            let text = |claims: &str| format!("{head}{claims}").replace('\n', end);
            let corpus = Corpus::new(&[("a.yaml", &text(claims))], &[("a.txt", ENGLISH.as_bytes())]);
            for _ in 0..2 {
                corpus.mizan(&["check", "--articles", "articles", "--unsafe-fixes"]);
                assert_eq!(corpus.read("claims/a.yaml"), text(wanted));
            }
        }
    }
}

/// What every claim says, without its place.
fn meanings(report: &Report) -> Vec<String> {
    let base = &report.base;
    base.facts()
        .map(|(_, fact)| {
            let (point, period) = (base.point(fact.point), &fact.period);
            unspelled(&format!("{} {point:?} {period:?} {:?} {:?}", fact.key, fact.statement, fact.list))
        })
        .collect()
}

/// What is told of a claim, without the spellings of its figures.
fn unspelled(told: &str) -> String {
    let mut pieces = told.split("written: \"");
    let first = pieces.next().unwrap_or("").to_owned();
    pieces.fold(first, |rest, piece| rest + piece.split_once('"').map_or("", |(_, behind)| behind))
}

#[test]
fn a_vowel_that_changes_a_figure_is_left_alone() {
    let corpus = corpus_about("حصل خُمس البحارة على منحة.", "  - {measure: sailors, quote: خمس البحارة}\n");
    let before = (corpus.read("claims/a.yaml"), meanings(&corpus.report(true)));
    corpus.mizan(&["check", "--articles", "articles", "--fix"]);
    assert_eq!((corpus.read("claims/a.yaml"), meanings(&corpus.report(true))), before);
}

mod laws {
    use proptest::prelude::*;

    use super::*;

    /// A claim in one of many spellings, which may say anything.
    fn claim() -> impl Strategy<Value = String> {
        let measure =
            prop::sample::select(&["ships", "navires", "سفينة", "cranes", "\"cranes\"", "رافعة"][..]);
        let value = prop::sample::select(
            &[
                "١٥",
                "14",
                "over   1,200",
                "more than ۱٬۲۰۰",
                "about  ١٢",
                "١٢٫٥",
                "nine",
                "تسع",
                "\"9\"",
                "12.5",
            ][..],
        );
        let quote = prop::sample::select(
            &[
                "more  than 1,200 ships",
                "NORTH side has 14 cranes",
                "south side ٩",
                "'north side  has ١٤ cranes'",
            ][..],
        );
        let period = prop::sample::select(&["2024", "٢٠٢٤", "\"2024\"  ", "2019-0٥"][..]);
        let gap = prop::sample::select(&[" ", "   "][..]);
        (measure, value, quote, period, gap, any::<bool>(), any::<bool>()).prop_map(
            |(measure, value, quote, period, gap, has_value, in_flow)| {
                let value = if has_value { format!("value: {value}") } else { String::new() };
                let keys = [
                    format!("measure:{gap}{measure}"),
                    value,
                    format!("period:{gap}{period}"),
                    format!("quote: {quote}"),
                ];
                let keys: Vec<String> = keys.into_iter().filter(|key| !key.is_empty()).collect();
                if in_flow && !keys.concat().contains(',') {
                    format!("  - {{{}}}   # in a line\n", keys.join(", "))
                } else {
                    format!("  - {}   # on lines\n", keys.join("\n    "))
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

        #[test]
        fn a_safe_fix_changes_no_claim(claims in prop::collection::vec(claim(), 1..4)) {
            let corpus = corpus_about(ENGLISH, &claims.concat());
            let before = corpus.report(true);
            corpus.mizan(&["check", "--articles", "articles", "--fix"]);
            let after = corpus.report(true);
            prop_assert_eq!(meanings(&before), meanings(&after), "{}", corpus.read("claims/a.yaml"));
            let codes = |report: &Report| report.findings.iter().map(|finding| finding.code).collect::<Vec<_>>();
            prop_assert_eq!(codes(&before), codes(&after));
            let file = corpus.read("claims/a.yaml");
            prop_assert_eq!(file.matches("   # ").count(), claims.len(), "comments stay");
        }
    }
}
