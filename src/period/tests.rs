//! The grammar and the days of periods.

use std::ops::Range;

use proptest::prelude::*;

use super::*;

fn period(text: &str) -> Period {
    Period::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

fn days(text: &str) -> String {
    let period = period(text);
    let show = |day: Option<Day>| day.map_or("..".to_owned(), |day| day.to_string());
    format!("{} {}", show(period.first()), show(period.last()))
}

#[test]
fn every_form_has_its_days() {
    let table = [
        ("2024", "2024-01-01 2024-12-31"),
        ("-0044", "-0044-01-01 -0044-12-31"),
        ("0000", "0000-01-01 0000-12-31"),
        ("2024-H1", "2024-01-01 2024-06-30"),
        ("2024-H2", "2024-07-01 2024-12-31"),
        ("2024-Q1", "2024-01-01 2024-03-31"),
        ("2024-Q4", "2024-10-01 2024-12-31"),
        ("2024-21", "2024-03-01 2024-05-31"),
        ("2024-23", "2024-09-01 2024-11-30"),
        ("2023-24", "2023-12-01 2024-02-29"),
        ("9999-24", "9999-12-01 9999-12-31"),
        ("2024-02", "2024-02-01 2024-02-29"),
        ("2024-06-11", "2024-06-11 2024-06-11"),
        ("2019-10-02/2019-10-06", "2019-10-02 2019-10-06"),
        ("2024-06/2024", "2024-06-01 2024-12-31"),
        ("../2025", ".. 2025-12-31"),
        ("2024/..", "2024-01-01 .."),
        ("2024-03/", "2024-03-01 .."),
        ("/2024-03", ".. 2024-03-31"),
        ("2024-12?", "2024-12-01 2024-12-31"),
        ("202X", "2020-01-01 2029-12-31"),
        ("20XX", "2000-01-01 2099-12-31"),
        ("2024-XX", "2024-01-01 2024-12-31"),
        ("2024-XX-XX", "2024-01-01 2024-12-31"),
        ("2024-02-XX", "2024-02-01 2024-02-29"),
    ];
    for (text, expected) in table {
        assert_eq!(days(text), expected, "{text}");
        assert_eq!(period(text).to_string(), text);
    }
}

#[track_caller]
fn assert_fault(text: &str, at: Range<usize>, words: &str) {
    let fault = Period::parse(text).expect_err(text);
    assert_eq!((fault.at.clone(), fault.to_string().as_str()), (at, words), "{text}");
}

#[test]
fn faults_say_what_is_wrong_and_where() {
    let table = [
        ("", 0..0, "a period is missing"),
        ("2024-13", 5..7, "there is no month 13"),
        ("2024-00", 5..7, "there is no month 0"),
        ("2023-02-30", 8..10, "February 2023 has 28 days, not 30"),
        ("2024-06-00", 8..10, "June 2024 has 30 days, not 0"),
        ("12024", 0..5, "years go from -9999 to 9999"),
        ("Y170000002", 0..1, "years go from -9999 to 9999"),
        ("24", 0..2, "a year has four digits"),
        ("-0000", 1..5, "year 0000 has no sign"),
        ("2024-6", 5..6, "months and days have two digits: `2024-06-01`"),
        ("2022-2026", 5..9, "a span is written with a slash: `2022/2026`"),
    ];
    for (text, at, words) in table {
        assert_fault(text, at, words);
    }
}

#[test]
fn faults_of_parts_and_spans_say_what_is_wrong() {
    let table = [
        ("2024-Q5", 6..7, "the quarters are `Q1` to `Q4`"),
        ("2024-Q", 6..6, "the quarters are `Q1` to `Q4`"),
        ("2024-H0", 6..7, "the halves are `H1` and `H2`"),
        ("2024-q1", 5..6, "`q` has no place in a period"),
        ("2024-", 5..5, "the period breaks off here"),
        ("2024-06-", 8..8, "the period breaks off here"),
        ("2025/2024", 0..9, "the span ends before it begins"),
        ("2024-06-11/2024-06-10", 0..21, "the span ends before it begins"),
        ("2024/2025-13", 10..12, "there is no month 13"),
        ("12/06/2024", 5..6, "a span has one slash, and dates are written `2024-06-11`"),
        ("2024/06", 5..7, "a year has four digits"),
        ("../..", 0..5, "a span needs a date on at least one side"),
        ("/", 0..1, "a span needs a date on at least one side"),
        ("?2024", 0..1, "`?`, `~` and `%` stand at the end of a date"),
        ("2024?-06", 5..6, "`?`, `~` and `%` stand at the end of a date"),
        ("2024?~", 5..6, "`?`, `~` and `%` stand at the end of a date"),
        ("2024-06-11T10:00", 10..11, "the time of the day is no part of a period"),
        ("٢٠٢٤", 0..2, "a period is written with the digits 0 to 9"),
        ("2024–2025", 4..7, "`–` has no place in a period"),
        ("2024\u{202e}", 4..7, "`\\u{202e}` has no place in a period"),
        (" 2024", 0..1, "` ` has no place in a period"),
        ("2024 ", 4..5, "` ` has no place in a period"),
        ("2024-06-11-01", 10..11, "`-` has no place in a period"),
    ];
    for (text, at, words) in table {
        assert_fault(text, at, words);
    }
}

#[test]
fn digits_may_be_left_out_at_the_end_only() {
    for text in ["2X24", "XXXX", "2XXX", "-004X", "202X-05", "2024-XX-05", "2024-1X", "2024-06-1X"] {
        assert_eq!(Period::parse(text).expect_err(text).reason, Reason::Unspecified, "{text}");
    }
}

#[test]
fn doubt_is_told_apart() {
    let doubts = |text: &str| {
        let period = period(text);
        let marks = [
            (period.is_uncertain(), "uncertain"),
            (period.is_approximate(), "approximate"),
            (period.is_unspecified(), "unspecified"),
        ];
        assert_eq!(period.is_doubtful(), marks.iter().any(|(mark, _)| *mark));
        marks.iter().filter(|(mark, _)| *mark).map(|(_, name)| *name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(doubts("2024"), "");
    assert_eq!(doubts("2024?"), "uncertain");
    assert_eq!(doubts("2024-Q3~"), "approximate");
    assert_eq!(doubts("2024-06-11%"), "uncertain approximate");
    assert_eq!(doubts("2023/2024-06~"), "approximate");
    assert_eq!(doubts("202X?"), "uncertain unspecified");
    assert_eq!(doubts("2024-XX"), "unspecified");
    assert_eq!(doubts("2024/"), "unspecified");
    assert_eq!(doubts("2024/.."), "");
}

#[test]
fn whole_years_are_known_however_written() {
    for text in ["2024", "2024?", "2024-01/2024-12", "2024-01-01/2024-12-31", "2024-Q1/2024-H2"] {
        assert_eq!(period(text).whole_year(), Some(2024), "{text}");
        assert!(period(text).same_days(&period("2024")));
    }
    for text in ["2024-XX", "202X", "2024/2025", "../2024", "2024/..", "2024-12"] {
        assert_eq!(period(text).whole_year(), None, "{text}");
    }
    assert_eq!(period("2023-11/2025").years(), (Some(2023), Some(2025)));
    assert_eq!(period("../2025").years(), (None, Some(2025)));
}

#[test]
fn two_years_in_a_row_are_noticed() {
    assert!(period("2023/2024").is_two_years());
    assert!(period("2023?/2024").is_two_years());
    for text in ["2023", "2022/2026", "2023-09/2024-06", "../2024", "2024/2024"] {
        assert!(!period(text).is_two_years(), "{text}");
    }
}

#[test]
fn granularity_is_that_of_the_writing() {
    let table = [
        ("20XX", Granularity::Century),
        ("202X", Granularity::Decade),
        ("2024~", Granularity::Year),
        ("2024-H1", Granularity::Half),
        ("2024-Q3", Granularity::Quarter),
        ("2024-22", Granularity::Season),
        ("2024-XX", Granularity::Month),
        ("2024-06-XX", Granularity::Day),
        ("2024/..", Granularity::Span),
    ];
    for (text, granularity) in table {
        assert_eq!(period(text).granularity(), granularity, "{text}");
    }
}

#[test]
fn constructors_write_what_the_parser_reads() {
    let year = Period::year(2024).unwrap();
    assert_eq!(year, period("2024"));
    assert_eq!(Period::half(2024, 2), Some(period("2024-H2")));
    assert_eq!(Period::quarter(2024, 3), Some(period("2024-Q3")));
    assert_eq!(Period::month(2024, 6), Some(period("2024-06")));
    let day = |d| Period::day(Day::from_ymd(2019, 10, d).unwrap());
    assert_eq!(Period::between(day(2), day(6)), Some(period("2019-10-02/2019-10-06")));
    assert_eq!(Period::between(day(6), day(2)), None);
    assert_eq!(Period::until(year), Some(period("../2024")));
    assert_eq!(Period::since(year), Some(period("2024/..")));
    assert_eq!(Period::until(period("2023/2024")), None);
    let out_of_range = [Period::year(10_000), Period::half(2024, 3), Period::quarter(2024, 0)];
    assert_eq!(out_of_range, [None; 3]);
    assert_eq!((Period::month(2024, 13), Period::half(i32::MIN, 1)), (None, None));
}

#[test]
fn periods_are_ordered_by_their_days() {
    let mut sorted = ["2024-Q1", "2024/..", "2024", "../2025", "2023-12-31", "2024?", "../2023"].map(period);
    sorted.sort();
    let expected = ["../2023", "../2025", "2023-12-31", "2024-Q1", "2024", "2024?", "2024/.."];
    assert_eq!(sorted, expected.map(period));
}

#[test]
fn relative_time_is_read() {
    let table = [
        ("published", When::Published(0)),
        ("published-1", When::Published(-1)),
        ("published+12", When::Published(12)),
        ("../published", When::ByPublished),
        ("soon", When::Soon),
        ("../2025", When::Period(period("../2025"))),
    ];
    for (text, when) in table {
        assert_eq!(When::parse(text), Ok(when));
        assert_eq!(when.to_string(), text);
    }
    for text in ["published1", "published+", "published-99999", "published--1", "published +1"] {
        assert_eq!(When::parse(text).expect_err(text).reason, Reason::Published, "{text}");
    }
    assert!(When::parse("later").is_err());
}

fn dates() -> impl Strategy<Value = String> {
    let year = prop_oneof![1990..2030_i32, -9999..=9999_i32];
    let part = prop_oneof![
        Just(String::new()),
        (1..=4).prop_map(|q| format!("-Q{q}")),
        (1..=2).prop_map(|h| format!("-H{h}")),
        (1..=12).prop_map(|m| format!("-{m:02}")),
        (21..=24).prop_map(|s| format!("-{s}")),
        (1..=12, 1..=28).prop_map(|(m, d)| format!("-{m:02}-{d:02}")),
        (1..=12).prop_map(|m| format!("-{m:02}-XX")),
        Just("-XX".to_owned()),
    ];
    (year, part, prop::sample::select(vec!["", "", "?", "~", "%"])).prop_map(|(y, part, doubt)| {
        let sign = if y < 0 { "-" } else { "" };
        format!("{sign}{:04}{part}{doubt}", y.unsigned_abs())
    })
}

fn texts() -> impl Strategy<Value = String> {
    let bound = || prop_oneof![4 => dates(), 1 => Just("..".to_owned()), 1 => Just(String::new())];
    prop_oneof![dates(), (bound(), bound()).prop_map(|(a, b)| format!("{a}/{b}"))]
}

fn periods() -> impl Strategy<Value = Period> {
    texts().prop_filter_map("reversed or endless", |text| Period::parse(&text).ok())
}

proptest! {
    #[test]
    fn what_is_read_is_written_again(text in texts()) {
        if let Ok(period) = Period::parse(&text) {
            prop_assert_eq!(period.to_string(), text.as_str());
            prop_assert_eq!(Period::parse(&period.to_string()), Ok(period));
            prop_assert!(period.first().is_none_or(|a| period.last().is_none_or(|b| a <= b)));
        } else {
            prop_assert!(text.contains('/'), "{}", text);
        }
    }

    #[test]
    fn faults_point_into_the_text(text in "[0-9X/.?~%QH -]{0,14}|.{0,12}|published.{0,6}") {
        if let Err(fault) = When::parse(&text) {
            prop_assert!(text.get(fault.at.clone()).is_some(), "{:?} {:?}", text, fault);
        }
    }

    #[test]
    fn periods_relate_as_sets_of_days(a in periods(), b in periods(), offset in -400..400_i32) {
        let edges = [a.first(), a.last(), b.first(), b.last()].into_iter().flatten();
        let days: Vec<Day> = edges.flat_map(|day| [Some(day), day.plus(offset)]).flatten().collect();
        for &day in &days {
            prop_assert!(!(a.contains(&b) && b.contains_day(day)) || a.contains_day(day));
        }
        let shared = days.iter().any(|&day| a.contains_day(day) && b.contains_day(day));
        prop_assert_eq!(a.overlaps(&b), shared);
        prop_assert_eq!(a.contains(&b) && b.contains(&a), a.same_days(&b));
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
    }
}
