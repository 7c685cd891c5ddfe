//! Whole reports as people and programs see them, made by hand.

mod contract;
mod hostile;

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
            quote: Some(TextQuoteSelector { exact: quote.to_owned(), near: None, offset: None }),
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
