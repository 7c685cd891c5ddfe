//! Reports whose words, places and sizes are hostile.

use super::*;

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
