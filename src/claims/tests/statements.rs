//! What a claim says: figures, units, changes, shares, dates, states.

use super::{World, fault, figures, hard, load, load_claims, one};
use crate::fact::{Change, ChangeKind, Dates, Fact, Relative, Statement, Status, Time};
use crate::period::Day;
use crate::quantity::Interval;

fn change(claim: &str) -> (World, Fact, Box<Change>) {
    let (world, fact) = one(claim);
    let Statement::Change(change) = fact.statement.clone() else { panic!("a change") };
    (world, fact, change)
}

fn dates(fact: &Fact) -> &Dates {
    match &fact.statement {
        Statement::Date(dates) => dates,
        other => panic!("a date, not {other:?}"),
    }
}

/// A set of days as their first and last, in ISO form.
fn days(interval: &Interval) -> String {
    let end = |end: &crate::quantity::End| {
        let day = end.value().and_then(|number| Day::from_number(number.to_i64()?));
        day.map_or_else(|| "..".to_owned(), |day| day.to_string())
    };
    format!("{} {}", end(interval.lower()), end(interval.upper()))
}

/// Start and end of a date told by an article of December 2024.
fn told(date: &str) -> (String, String, String, Option<Relative>) {
    let head = "source: {published: 2024-12}\n";
    let world = load(&format!("{head}claims:\n  - {{measure: opening, entity: bridge, date: {date}}}\n"));
    world.assert_sound();
    let fact = world.fact(0);
    let dates = dates(&fact);
    (days(&dates.start.hard), days(&dates.end.hard), days(&dates.start.soft), dates.relative)
}

#[test]
fn a_value_is_a_phrase() {
    assert_eq!(hard("measure: trees, value: 19"), "19");
    assert_eq!(hard("measure: trees, value: over 117"), "118 or more");
    assert_eq!(hard("measure: trees, value: 100..200"), "100 … 200");
    assert_eq!(hard("measure: trees, value: نصف مليون"), "400000 … 600000");
    assert_eq!(hard("measure: progress, value: 90%"), "85 … 95");
    assert_eq!(hard("measure: progress, value: 98"), "97.5 … 98.5");
}

#[test]
fn a_value_left_out_is_the_single_figure_of_the_quote() {
    let (_, fact) = one("measure: trees, quote: زرعت أكثر من 117 شجرة هنا");
    assert_eq!(figures(&fact).written, "أكثر من 117");
    assert_eq!(figures(&fact).reading.hard.to_string(), "118 or more");
    assert_eq!(fact.quote.unwrap().exact, "زرعت أكثر من 117 شجرة هنا");
    let (at, finding) = fault("measure: trees, quote: 5 oaks and 7 elms");
    assert_eq!((at.as_str(), finding.code.to_string().as_str()), ("5 oaks and 7 elms", "MZ020"));
    assert_eq!(finding.help, ["give the claim a `value`"]);
    assert_eq!(fault("measure: trees, quote: many new ones").1.code.to_string(), "MZ020");
    assert_eq!(
        fault("measure: trees").1.message,
        "a claim without a quote that holds its figure must have `value`, found none"
    );
}

#[test]
fn the_value_goes_before_the_quote() {
    let (_, fact) = one("measure: trees, value: 12, quote: 5 oaks and 7 elms");
    assert_eq!(figures(&fact).written, "12");
}

#[test]
fn figures_are_kept_uncut_beside_what_the_measure_allows() {
    let (_, fact) = one("measure: trees, value: at most 3");
    assert_eq!(figures(&fact).reading.hard.to_string(), "0 … 3");
    assert_eq!(figures(&fact).uncut.hard.to_string(), "3 or less");
    let (_, fact) = one("measure: progress, value: 110%");
    assert!(figures(&fact).reading.hard.is_empty(), "the check of bounds tells it");
    assert_eq!(figures(&fact).uncut.hard.to_string(), "105 … 115");
}

#[test]
fn decimals_are_the_claims_else_the_sources_else_the_measures() {
    assert_eq!(hard("measure: cost, value: 4420"), "4419.95 … 4420.05");
    assert_eq!(hard("measure: cost, value: 4420, decimals: 0"), "4419.5 … 4420.5");
    let world = load("source: {decimals: 2}\nclaims:\n  - {measure: cost, entity: office, value: 4420}\n");
    assert_eq!(figures(&world.fact(0)).reading.hard.to_string(), "4419.995 … 4420.005");
}

#[test]
fn a_source_may_truncate() {
    let world =
        load("source: {rounding: truncate}\nclaims:\n  - {measure: cost, entity: office, value: 44.2}\n");
    assert_eq!(figures(&world.fact(0)).reading.hard, "44.2 44.3".parse_half_open());
}

trait HalfOpen {
    fn parse_half_open(&self) -> Interval;
}

impl HalfOpen for str {
    /// `a b` as `[a, b)`.
    fn parse_half_open(&self) -> Interval {
        let number = |text: &str| crate::quantity::Number::parse(text).unwrap();
        let (from, to) = self.split_once(' ').unwrap();
        Interval::at_least(number(from)).intersect(&Interval::below(number(to)))
    }
}

#[test]
fn a_unit_converts_where_that_is_declared() {
    assert_eq!(hard("measure: road, value: 2.5 km"), "2450 … 2550");
    assert_eq!(hard("measure: road, value: 2.5, unit: كيلومتر"), "2450 … 2550");
    assert_eq!(hard("measure: road, quote: طريق من 2.5 كيلومتر"), "2450 … 2550");
    assert_eq!(hard("measure: trees, value: 5 tree"), "5");
    assert_eq!(hard("measure: calls, value: 5 calls"), "5", "a measure counts its own noun");
}

#[test]
fn a_unit_that_does_not_fit_is_told() {
    for claim in [
        "measure: trees, value: 12%",
        "measure: trees, quote: a rise of 12%",
        "measure: trees, value: 12, unit: km",
        "measure: trees, value: 12 km",
        "measure: road, value: 12 MAD",
        "measure: road, value: 12 km, unit: m",
        "measure: calls, value: 12%",
        "measure: trees, change: up 4 points from 2023",
    ] {
        assert_eq!(fault(claim).1.code.to_string(), "MZ025", "{claim}");
    }
    let (_, finding) = fault("measure: trees, value: 12%");
    assert_eq!(finding.message, "a figure of `trees` must be in `tree`, found `%`");
    let (at, finding) = fault("measure: trees, value: 12 tres");
    assert_eq!((at.as_str(), finding.code.to_string().as_str()), ("12 tres", "MZ009"));
    assert_eq!(finding.help, ["did you mean `tree`?"]);
    assert_eq!(fault("measure: trees, value: 12, unit: kmm").1.help, ["did you mean `km`?"]);
}

#[test]
fn the_marks_of_a_file_decide_what_a_group_is() {
    let dots =
        load_claims("  - {measure: trees, quote: 2.098.139 arbres}\n  - {measure: road, value: 867.042}\n");
    dots.assert_sound();
    assert!(figures(&dots.fact(1)).reading.hard.contains(&crate::quantity::Number::integer(867_042)));
    let mixed =
        load_claims("  - {measure: trees, quote: 2.098.139 arbres}\n  - measure: calls\n    value: 6,500\n");
    let (at, finding) = mixed.only_finding();
    assert_eq!((at.as_str(), finding.code.to_string().as_str()), ("6,500", "MZ022"));
    assert!(finding.message.contains("6500 or 6.5"), "{}", finding.message);
    let said = load(
        "source: {numbers: {thousands: \",\", decimal: \".\"}}\nclaims:\n  - {measure: road, entity: office, value: 867.042}\n",
    );
    said.assert_sound();
    let only = load(
        "source: {numbers: {decimal: \".\"}}\nclaims:\n  - {measure: road, entity: office, value: 867.042}\n",
    );
    only.assert_sound();
    assert!(
        figures(&said.fact(0)).reading.hard.contains(&crate::quantity::Number::parse("867.042").unwrap())
    );
}

#[test]
fn a_lone_group_of_a_unit_that_is_not_counted_is_ambiguous() {
    assert_eq!(hard("measure: trees, value: 867.042"), "867042");
    let (at, finding) = fault("measure: road, value: 867.042");
    assert_eq!((at.as_str(), finding.code.to_string().as_str()), ("867.042", "MZ021"));
    assert_eq!(
        finding.message,
        "a figure must have one reading, found `867.042`, which is 867042 or 867.042"
    );
}

#[test]
fn a_change_has_a_direction_a_size_and_a_base() {
    let (world, fact, change) = change("measure: planted, change: up 194.5% from 2023");
    assert_eq!((change.kind, change.up), (ChangeKind::Percent, true));
    assert_eq!(change.size.hard.to_string(), "194.45 … 194.55");
    let (this, base) = (world.base.point(fact.point), world.base.point(change.base));
    assert_eq!(base.time, Time::Over(Day::from_ymd(2023, 1, 1), Day::from_ymd(2023, 12, 31)));
    assert_eq!(base.at(this.time), *this);
}

#[test]
fn a_change_is_per_cent_points_an_amount_or_a_factor() {
    let kind = |claim: &str| {
        let (_, _, change) = change(claim);
        (change.kind, change.up, change.size.hard.to_string())
    };
    let size = |text: &str| text.to_owned();
    assert_eq!(
        kind("measure: trees, change: down 3% from 2023"),
        (ChangeKind::Percent, false, size("2.5 … 3.5"))
    );
    assert_eq!(kind("measure: trees, change: up 120 from 2023"), (ChangeKind::Amount, true, size("120")));
    assert_eq!(
        kind("measure: trees, change: up over 120 from 2023"),
        (ChangeKind::Amount, true, size("121 or more"))
    );
    assert_eq!(
        kind("measure: progress, change: up 4 points from 2023"),
        (ChangeKind::Points, true, size("3.5 … 4.5"))
    );
    assert_eq!(kind("measure: trees, change: x3 from 2019"), (ChangeKind::Times, true, size("2.5 … 3.5")));
}

#[test]
fn a_change_of_a_stock_is_from_an_instant() {
    let (world, _, change) = change("measure: trees, change: up 5% from 2023");
    assert_eq!(world.base.point(change.base).time, Time::At(Day::from_ymd(2023, 12, 31).unwrap()));
}

#[test]
fn what_is_planned_changes_from_what_was() {
    let (world, fact, change) = change("measure: planted, change: up 5% from 2023, status: planned");
    assert_eq!(world.base.point(fact.point).status, Status::Planned);
    assert_eq!(world.base.point(change.base).status, Status::Actual);
}

#[test]
fn a_change_that_is_none_is_told() {
    for claim in [
        "measure: trees, change: up 5%",
        "measure: trees, change: 5% from 2023",
        "measure: trees, change: up lots from 2023",
        "measure: trees, change: up 5% from 2024",
    ] {
        assert_eq!(fault(claim).1.code.to_string(), "MZ020", "{claim}");
    }
    assert_eq!(fault("measure: trees, change: up 5% from last year").1.code.to_string(), "MZ017");
}

#[test]
fn a_share_is_a_percentage_of_another_measure_at_the_same_point() {
    let (world, fact) = one("measure: planted, share: 12% of أشجار, place: safi");
    let Statement::Share(share) = &fact.statement else { panic!("a share") };
    assert_eq!(share.percent.hard.to_string(), "11.5 … 12.5");
    let of = world.base.point(share.of);
    assert_eq!(world.base.vocabulary.measures.name(of.measure.0), "trees");
    assert_eq!(of.time, Time::At(Day::from_ymd(2024, 12, 31).unwrap()));
    assert_eq!(of.dimensions, world.base.point(fact.point).dimensions);
    for claim in ["share: 12 of trees", "share: 12%", "share: 12% of planted", "share: 12% of opening"] {
        assert_eq!(fault(&format!("measure: planted, {claim}")).1.code.to_string(), "MZ020", "{claim}");
    }
    assert_eq!(fault("measure: planted, share: 12% of tres").1.help, ["did you mean `trees`?"]);
}

#[test]
fn a_date_is_two_days() {
    let same = |from: &str| {
        let (start, end, soft, relative) = told(from);
        assert_eq!((&start, &soft, relative), (&end, &start, None));
        start
    };
    assert_eq!(same("2024-06-11"), "2024-06-11 2024-06-11");
    assert_eq!(same("2024-06"), "2024-06-01 2024-06-30");
    assert_eq!(same("../2025"), ".. 2025-12-31");
    let ends = |date: &str| {
        let (start, end, ..) = told(date);
        format!("{start} / {end}")
    };
    assert_eq!(ends("2019-10-02/2019-10-06"), "2019-10-02 2019-10-02 / 2019-10-06 2019-10-06");
    assert_eq!(ends("2022/2026"), "2022-01-01 2022-12-31 / 2026-01-01 2026-12-31");
    assert_eq!(told("2022/..").0, "2022-01-01 ..");
    assert_eq!(told("2022/..").2, "2022-01-01 2022-12-31");
}

#[test]
fn a_relative_date_is_told_against_the_publication() {
    let day = str::to_owned;
    assert_eq!(told("published").0, "2024-01-01 2024-12-31");
    assert_eq!(
        told("published+1"),
        (day("2025-01-01 2025-12-31"), day("2025-01-01 2025-12-31"), day("2025-01-01 2025-12-31"), None)
    );
    assert_eq!(
        told("../published"),
        (day(".. 2024-12-31"), day(".. 2024-12-31"), day(".. 2024-12-31"), Some(Relative::By))
    );
    assert_eq!(
        told("soon"),
        (day("2024-12-01 .."), day("2024-12-01 .."), day("2024-12-01 2025-12-31"), Some(Relative::Soon))
    );
}

#[test]
fn a_relative_date_without_a_publication_is_open() {
    for (date, relative) in
        [("published-1", Relative::Year(-1)), ("../published", Relative::By), ("soon", Relative::Soon)]
    {
        let (_, fact) = one(&format!("measure: opening, date: {date}"));
        assert!(dates(&fact).is_open());
        assert_eq!(dates(&fact).relative, Some(relative));
    }
}

#[test]
fn a_doubtful_date_or_publication_makes_a_claim_weak() {
    let (_, fact) = one("measure: opening, date: 2024-05~");
    assert!(fact.is_weak());
    let world =
        load("source: {published: 2024-12?}\nclaims:\n  - {measure: opening, entity: bridge, date: soon}\n");
    assert!(world.fact(0).is_weak());
}

#[test]
fn a_dated_claim_without_a_date_says_that_there_is_one() {
    let (_, fact) = one("measure: edition, ordinal: 7");
    assert!(dates(&fact).is_open());
    let (_, fact) = one("measure: opening, period: 2024-05");
    assert_eq!(days(&dates(&fact).start.hard), "2024-05-01 2024-05-31");
}

#[test]
fn a_state_is_a_value_of_its_measure_or_a_declared_member() {
    let state = |claim: &str| match one(claim).1.statement {
        Statement::State(state) => state,
        other => panic!("a state, not {other:?}"),
    };
    assert_eq!(state("measure: rank, state: large"), "large");
    assert_eq!(state("measure: host, state: آسفي"), "safi");
    let (_, finding) = fault("measure: rank, state: larg");
    assert_eq!(finding.help, ["did you mean `large`?"]);
    let world =
        load_claims("  - {measure: trees, value: 1, place: azrou}\n  - {measure: host, state: azrou}\n");
    assert_eq!(world.codes(), ["MZ009"], "a place that only a claim wrote is not declared");
    assert_eq!(fault("measure: host").1.message, "a claim of a state must have `state`, found none");
}

#[test]
fn a_statement_must_be_of_the_kind_of_its_measure() {
    for claim in [
        "measure: trees, date: 2024",
        "measure: trees, state: large",
        "measure: opening, value: 5",
        "measure: edition, ordinal: 5, value: 5",
        "measure: rank, value: 5",
        "measure: rank, date: 2024",
        "measure: opening, date: 2024, period: 2024",
    ] {
        assert_eq!(fault(claim).1.code.to_string(), "MZ029", "{claim}");
    }
    assert_eq!(
        fault("measure: edition, date: 2024").1.message,
        "a claim of an ordinal measure must have `ordinal`, found none"
    );
}
