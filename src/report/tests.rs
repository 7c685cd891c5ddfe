//! Whole reports as people and programs see them, made by hand.

use insta::assert_snapshot;

use super::human::{Detail, Style};
use super::{concise, human, json};
use crate::check::{JointCounts, Report, RuleSummary, Summary, Tally};
use crate::constraint::{Certificate, Ending, Linear, Proof};
use crate::fact::{Fact, FactId, Key, Point, Source, SourceId, Statement, Status, TextQuoteSelector, Time};
use crate::finding::{Allowed, Code, Finding, Label, Lang, Place, Reason, Severity};
use crate::text::{FileId, SourceMap, Span};
use crate::vocabulary::{EntityId, MeasureId};

/// A report that grows file by file, claim by claim.
pub(super) struct Made {
    pub(super) report: Report,
}

impl Made {
    pub(super) fn new() -> Self {
        Self { report: Report { whole: true, ..Report::default() } }
    }

    pub(super) fn file(&mut self, name: &str, text: &str) -> FileId {
        self.report.map.add(name.to_owned(), text.to_owned())
    }

    /// The source of a claims file.
    pub(super) fn source(&mut self, id: &str, file: FileId) -> SourceId {
        let origin = self.report.base.intern_origin(id);
        self.report.base.add_source(Source {
            id: id.to_owned(),
            title: None,
            publisher: None,
            published: None,
            lang: None,
            origin,
            text: None,
            sha256: None,
            cites: Vec::new(),
            ignored: Vec::new(),
            file,
            span: Span::new(file, 0, 0),
        })
    }

    /// A claim of a source whose value and quote are the first such text of its file.
    pub(super) fn claim(&mut self, source: SourceId, key: &str, value: &str, quote: &str) -> FactId {
        let of = self.report.base.source(source).clone();
        let span = |needle: &str| find(&self.report.map, of.file, needle);
        let places = vec![(Key::Claim, span("- ")), (Key::Value, span(value)), (Key::Quote, span(quote))];
        let point = Point {
            entity: EntityId(0),
            measure: MeasureId(0),
            dimensions: Vec::new(),
            time: Time::Undated,
            ordinal: None,
            status: Status::Actual,
        };
        let point = self.report.base.intern(point);
        self.report.base.add(Fact {
            key: key.to_owned(),
            source,
            origin: of.origin,
            point,
            statement: Statement::Named,
            list: None,
            part_of: None,
            period: None,
            scope: None,
            provisional: false,
            set_aside: None,
            quote: Some(TextQuoteSelector { exact: quote.to_owned(), near: None }),
            allow: Vec::new(),
            checked: None,
            places,
        })
    }
}

fn find(map: &SourceMap, file: FileId, needle: &str) -> Span {
    let start = map.text(file).find(needle).unwrap_or(0);
    Span::of(file, start..start + needle.len())
}

const OLD: &str =
    "source: {lang: ar}\nclaims:\n  - measure: districts\n    value: 454\n    quote: إلى 454 دائرة\n";
const NEW: &str = "source: {lang: ar}\nclaims:\n  - {measure: new-districts, quote: أربع دوائر جديدة, value: at least 4}\n  - measure: districts\n    value: 457\n    quote: 457 دائرة\n";

/// One warning over two files with a chain of reasons, and one allowed note without a place.
fn districts() -> Report {
    let mut made = Made::new();
    let (old, new) = (made.file("claims/far-2023.yaml", OLD), made.file("claims/planted-2024.yaml", NEW));
    let (far, planted) = (made.source("far-2023", old), made.source("planted-2024", new));
    let closing = made.claim(planted, "planted-2024/x/districts@2024", "457", "457 دائرة");
    let opening = made.claim(far, "far-2023/x/districts@2023", "454", "إلى 454 دائرة");
    let inflow = made.claim(planted, "planted-2024/x/new-districts@2024", "at least 4", "أربع دوائر جديدة");
    let mut finding = Finding::new(
        Code(204),
        Severity::Warning,
        "457 districts at the end of 2024, but at least 458 follow from the other figures: 1 too few",
    )
    .on(closing, Key::Value, "stated for the end of 2024")
    .on(inflow, Key::Value, "new in 2024: 4 or more")
    .on(opening, Key::Value, "end of 2023")
    .compare("458 or more", "457")
    .help("457 → 458 or more")
    .help("454 → 453")
    .help("one closure in 2024");
    finding.rule = Some("districts-roll-forward".into());
    finding.reasons.push(Reason {
        claims: vec![closing, opening, inflow],
        rules: Vec::new(),
        steps: vec!["454 + (4 or more) − 0 closed = 458 or more; 457 is 1 too few".into()],
        assumptions: vec!["no district was closed: so this is a warning".into()],
        certificate: None,
    });
    let mut allowed = Finding::new(Code(501), Severity::Note, "one origin stands behind 19 structures");
    allowed.allowed = Some(Allowed { because: "press office confirmed".into(), by: Some("s.alami".into()) });
    made.report.findings = vec![finding, allowed];
    made.report.summary = Summary {
        sources: 2,
        origins: 2,
        claims: 3,
        rules: 1,
        instances: Tally { holds: 4, consistent: 1, tension: 1, undecided: 3, ..Tally::default() },
        ..Summary::default()
    };
    made.report.rules = vec![
        rule("duplicates", true, Tally { holds: 4, ..Tally::default() }),
        rule(
            "districts-roll-forward",
            false,
            Tally {
                consistent: 1,
                tension: 1,
                undecided: 3,
                undecided_by: vec![("missing".into(), 2), ("disputed".into(), 1)],
                ..Tally::default()
            },
        ),
    ];
    made.report
}

fn rule(id: &str, builtin: bool, instances: Tally) -> RuleSummary {
    let code = Code(if builtin { 201 } else { 204 });
    RuleSummary { id: id.into(), kind: "expect".into(), code, because: None, builtin, instances }
}

fn plain(report: &Report) -> String {
    human::render(report, &Style::default())
}

#[test]
fn a_finding_shows_place_reason_resolution_and_evidence() {
    assert_snapshot!(plain(&districts()), @r"
    warning[MZ204/districts-roll-forward] 457 districts at the end of 2024, but at least 458 follow from the other figures: 1 too few
       ╭─[claims/planted-2024.yaml:5:12]
     3 │ … value: at least 4}
       ·          ─────┬────
       ·               ╰── new in 2024: 4 or more
     4 │   - measure: districts
     5 │     value: 457
       ·            ─┬─
       ·             ╰── stated for the end of 2024
       ├─▶ claims/far-2023.yaml:4:12  value: 454  end of 2023
       │ why       454 + (4 or more) − 0 closed = 458 or more; 457 is 1 too few
       │ assumed   no district was closed: so this is a warning
       │ resolve   any one of: 457 → 458 or more · 454 → 453 · one closure in 2024
       │ evidence  planted-2024  ⟦457 دائرة⟧
       │           planted-2024  ⟦أربع دوائر جديدة⟧
       │           far-2023      ⟦إلى 454 دائرة⟧
       ╰ behind    2 sources, 2 origins

    note[MZ501] (allowed) one origin stands behind 19 structures
       ╰ allowed  press office confirmed (s.alami)

    1 warning, 1 allowed in 3 claims, 2 sources, 2 origins, 1 rule; 4 instances hold, 1 is consistent, 1 in tension, 3 undecided
    ");
}

#[test]
fn a_dumb_terminal_gets_ascii_boxes() {
    let shown = human::render(&districts(), &Style { ascii: true, ..Style::default() });
    assert!(!shown.contains(['│', '╭', '╰', '─', '⟦']));
    assert!(shown.contains("[[457 دائرة]]"), "{shown}");
}

#[test]
fn colours_change_nothing_but_colours() {
    let shown = human::render(&districts(), &Style { color: true, ..Style::default() });
    assert!(shown.contains("\u{1b}["));
    assert_eq!(without_colors(&shown), plain(&districts()));
}

/// The text without `ESC [ … m`.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').unwrap().1)
}

#[test]
fn quiet_is_one_line_and_verbose_has_the_instances() {
    let quiet = human::render(&districts(), &Style { detail: Detail::Quiet, ..Style::default() });
    assert_snapshot!(quiet, @"1 warning, 1 allowed in 3 claims, 2 sources, 2 origins, 1 rule; 4 instances hold, 1 is consistent, 1 in tension, 3 undecided");
    assert_snapshot!(human::instances(&districts(), &Style::default()), @r"
    check or rule                 holds  consistent  tension  contradiction  undecided
    MZ201 duplicates                  4           0        0              0  0
    MZ204/districts-roll-forward      0           1        1              0  3 (2 missing, 1 disputed)
    ");
    let verbose = human::render(&districts(), &Style { detail: Detail::Verbose, ..Style::default() });
    assert!(verbose.contains("fingerprint  "));
}

#[test]
fn nothing_wrong_is_one_line() {
    let mut report = districts();
    report.findings.clear();
    report.summary.instances.tension = 0;
    assert_snapshot!(plain(&report), @"consistent: 3 claims, 2 sources, 2 origins, 1 rule; 4 instances hold, 1 is consistent, 3 undecided");
    report.summary.joint = JointCounts { tensions: 2, undecided: 1, ..JointCounts::default() };
    assert!(plain(&report).ends_with("; joint: 2 in tension, 1 undecided\n"));
    report.whole = false;
    assert!(plain(&report).ends_with("; not all of the input could be read\n"));
}

#[test]
fn the_closing_line_in_three_languages() {
    let quiet =
        |lang| human::render(&districts(), &Style { detail: Detail::Quiet, lang, ..Style::default() });
    assert_snapshot!(quiet(Lang::Fr), @"1 alerte, 1 admis dans 3 affirmations, 2 sources, 2 origines, 1 règle ; 4 instances vérifiées, 1 cohérente, 1 en tension, 3 indécises");
    assert_snapshot!(quiet(Lang::Ar), @"تنبيهات: 1، مقبولة: 1 في ادعاءات: 3، مصادر: 2، أصول: 2، قواعد: 1؛ حالات ثابتة: 4، متسقة: 1، متوترة: 1، غير محسومة: 3");
}

#[test]
fn findings_are_counted_by_name() {
    assert_snapshot!(human::statistics(&districts(), &Style::default()), @r"
    1  MZ204/districts-roll-forward
    1  MZ501
    ");
}

#[test]
fn concise_is_one_line_a_finding() {
    assert_snapshot!(concise::render(&districts()), @r"
    claims/planted-2024.yaml:5:12: warning[MZ204/districts-roll-forward] 457 districts at the end of 2024, but at least 458 follow from the other figures: 1 too few
    mizan: note[MZ501] one origin stands behind 19 structures (allowed)
    ");
}

/// One error with everything that JSON has.
fn proved() -> Report {
    let mut made = Made::new();
    let file = made.file("claims/a.yaml", "claims:\n  - quote: نحو 4 فقط\n    value: 4\n");
    let source = made.source("a", file);
    let claim = made.claim(source, "a/x/m@2024", "4", "نحو 4 فقط");
    let mut finding = Finding::new(Code(207), Severity::Error, "4 cannot be").on(claim, Key::Quote, "");
    let constraints = vec![Linear::falsehood().into()];
    let proof = Proof { steps: Vec::new(), end: Ending::Leaf(0) };
    finding.reasons.push(Reason {
        claims: vec![claim],
        rules: Vec::new(),
        steps: vec!["0 is not 4".into()],
        assumptions: Vec::new(),
        certificate: Some(Certificate { constraints, integral: Vec::new(), proof }),
    });
    made.report.findings.push(finding);
    made.report
}

/// What JSON has before and from `findings` on.
fn halves(report: &Report) -> (String, String) {
    let json = json::render(report);
    let (summary, findings) = json.split_once("  \"findings\"").unwrap();
    (summary.to_owned(), findings.to_owned())
}

#[test]
fn json_begins_with_the_summary() {
    assert_snapshot!(halves(&proved()).0, @r#"
    {
      "format": 1,
      "whole": true,
      "summary": {
        "sources": 0,
        "origins": 0,
        "claims": 0,
        "refused": 0,
        "set_aside": 0,
        "rules": 0,
        "instances": {
          "holds": 0,
          "consistent": 0,
          "tension": 0,
          "contradiction": 0,
          "undecided": 0
        },
        "joint": {
          "errors": 0,
          "tensions": 0,
          "undecided": 0
        },
        "errors": 1,
        "warnings": 0,
        "notes": 0,
        "allowed": 0,
        "evidence": null
      },
    "#);
}

#[test]
fn json_has_the_contract() {
    assert_snapshot!(halves(&proved()).1, @r#"
    : [
        {
          "code": "MZ207",
          "rule": null,
          "severity": "error",
          "message": "4 cannot be",
          "expected": null,
          "found": null,
          "claims": [
            "a/x/m@2024"
          ],
          "locations": [
            {
              "path": "claims/a.yaml",
              "line": 2,
              "column": 12,
              "end_line": 2,
              "end_column": 21,
              "label": ""
            }
          ],
          "evidence": [],
          "help": null,
          "proposals": [],
          "repairs": [],
          "reasons": [
            {
              "fingerprint": "1c8470b5e6704535",
              "claims": [
                "a/x/m@2024"
              ],
              "steps": [
                "0 is not 4"
              ],
              "assumptions": [],
              "certificate": {
                "integral": [],
                "constraints": [
                  {
                    "terms": [],
                    "relation": "<=",
                    "bound": "-1"
                  }
                ],
                "proof": [
                  {
                    "steps": [],
                    "end": {
                      "leaf": 0
                    }
                  }
                ]
              }
            }
          ],
          "allowed": null,
          "sources": 1,
          "origins": 1,
          "fingerprint": "1c8470b5e6704535"
        }
      ]
    }
    "#);
}

#[test]
fn json_says_who_allows_and_joins_the_proposals() {
    let json: serde_json::Value = serde_json::from_str(&json::render(&districts())).unwrap();
    let first = &json["findings"][0];
    assert_eq!(first["rule"], "districts-roll-forward");
    assert_eq!(first["help"], "457 → 458 or more · 454 → 453 · one closure in 2024");
    assert_eq!(first["locations"][2]["path"], "claims/far-2023.yaml");
    assert_eq!(json["findings"][1]["allowed"]["by"], "s.alami");
    assert_eq!([&json["summary"]["allowed"], &json["summary"]["notes"]], [1, 0]);
}

/// A name, a value, a quote and words of findings that try to take over the terminal.
fn hostile() -> Report {
    let evil = "\u{1b}]0;owned\u{7}\u{202e}fdp\u{9b}31m\r\u{2028}";
    let mut made = Made::new();
    let file = made.file(&format!("claims/{evil}.yaml"), &format!("- x\nvalue: {evil}\nquote: قال{evil}\n"));
    let source = made.source(evil, file);
    let claim = made.claim(source, evil, evil, &format!("قال{evil}"));
    let mut finding = Finding::new(Code(1), Severity::Error, evil)
        .on(claim, Key::Value, evil)
        .on(claim, Key::Quote, evil)
        .compare(evil, evil)
        .help(evil)
        .help(evil);
    finding.rule = Some(evil.into());
    finding.labels.push(Label { place: Place::Span(Span::new(file, 0, u32::MAX)), text: evil.into() });
    finding.allowed = Some(Allowed { because: evil.into(), by: Some(evil.into()) });
    let mut told = finding.clone();
    let (steps, assumptions) = (vec![evil.into()], vec![evil.into()]);
    told.reasons.push(Reason { claims: vec![claim], steps, assumptions, ..Reason::default() });
    made.report.findings = vec![finding, told];
    let tally = Tally { undecided: 1, undecided_by: vec![(evil.into(), 1)], ..Tally::default() };
    made.report.rules = vec![rule(evil, false, tally)];
    made.report
}

#[test]
fn nothing_from_outside_reaches_the_terminal_raw() {
    let report = hostile();
    let style = Style { detail: Detail::Verbose, ..Style::default() };
    let outputs = [
        human::render(&report, &style),
        without_colors(&human::render(&report, &Style { color: true, ..style })),
        human::statistics(&report, &style),
        concise::render(&report),
        json::render(&report),
    ];
    for output in outputs {
        let raw = output.chars().find(|char| {
            char.is_control() && *char != '\n' || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2028}')
        });
        assert_eq!(raw, None, "{output}");
    }
    assert_eq!(concise::render(&report).lines().count(), 2, "nothing breaks a line");
}

#[test]
fn places_beyond_the_text_are_brought_back_to_it() {
    let mut made = Made::new();
    let (empty, short) = (made.file("empty.yaml", ""), made.file("short.yaml", "a: ب"));
    let spans =
        [Span::new(empty, 0, 0), Span::new(empty, 7, 9), Span::new(short, 5, 5), Span::new(short, 9, 2)];
    let findings = spans.map(|span| Finding::new(Code(1), Severity::Error, "the end").at(span, "here"));
    made.report.findings = findings.into();
    made.report.findings.push(Finding::new(Code(1), Severity::Error, "no label").at(spans[2], ""));
    assert_snapshot!(plain(&made.report), @r"
    error[MZ001] the end
       ╭─[empty.yaml:1:1]
     1 │
       · ┬
       · ╰── here
       ╰────

    error[MZ001] the end
       ╭─[empty.yaml:1:1]
     1 │
       · ┬
       · ╰── here
       ╰────

    error[MZ001] the end
       ╭─[short.yaml:1:5]
     1 │ …
       ·   ┬
       ·   ╰── here
       ╰────

    error[MZ001] the end
       ╭─[short.yaml:1:5]
     1 │ …
       ·   ┬
       ·   ╰── here
       ╰────

    error[MZ001] no label
       ╭─[short.yaml:1:5]
     1 │ …
       ·   ─
       ╰────

    5 errors in 0 claims, 0 sources, 0 origins, 0 rules; 0 instances hold, 0 are consistent, 0 undecided
    ");
}

#[test]
fn a_huge_file_and_a_huge_line_are_quick() {
    let mut made = Made::new();
    let many = made.file("many.yaml", &"- value: 19\n".repeat(1_700_000));
    let long = made.file("long.yaml", &"قيمة ".repeat(200_000));
    let end = |file| u32::try_from(made.report.map.text(file).len()).unwrap();
    let spans = [(many, end(many) - 3, 50), (long, end(long) - 3, 5)];
    made.report.findings = spans
        .iter()
        .flat_map(|&(file, at, times)| std::iter::repeat_n(Span::new(file, at, at + 2), times))
        .map(|span| Finding::new(Code(1), Severity::Error, "far away").at(span, "here"))
        .collect();
    let start = std::time::Instant::now();
    let shown = plain(&made.report);
    assert!(shown.contains("many.yaml:1700000:10"));
    assert!(start.elapsed().as_secs() < 20, "{:?} in a debug build", start.elapsed());
}

#[test]
fn lines_that_do_not_fit_are_broken_between_words() {
    let mut report = districts();
    report.findings[0].reasons[0].steps = vec!["one step ".repeat(20)];
    let shown = human::render(&report, &Style { width: 60, ..Style::default() });
    let rows = shown.lines().filter(|line| line.starts_with("   │") || line.starts_with("   ╰"));
    assert!(rows.clone().count() > 5 && rows.clone().all(|row| row.chars().count() <= 60), "{shown}");
    assert_eq!(shown.matches("one step").count(), 20);
}
