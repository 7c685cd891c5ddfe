//! What a claim is about: inheritance, names, periods, keys.

use super::{fault, load, load_claims, load_files, one};
use crate::fact::{SetAside, Time};
use crate::period::Day;

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

/// The key of a claim in flow style.
fn key(claim: &str) -> String {
    one(claim).1.key
}

#[test]
fn a_key_has_canonical_names_and_nothing_that_is_absent() {
    assert_eq!(key("measure: trees, value: 5"), "paper/office/trees@2024");
    assert_eq!(key("measure: أشجار, value: 5, المكان: الناظور"), "paper/office/trees[place=nador]@2024");
    assert_eq!(
        key("measure: trees, value: 5, sort: elm, place: safi, status: planned, entity: Bureau"),
        "paper/office/trees[place=safi,sort=elm,status=planned]@2024"
    );
    assert_eq!(key("measure: edition, ordinal: 7, date: 2026"), "paper/fair/edition#7");
    assert_eq!(key("measure: trees, change: up 5% from 2023"), "paper/office/trees@2024:change");
    assert_eq!(key("measure: planted, share: 5% of trees"), "paper/office/planted@2024:share");
    assert_eq!(key("measure: trees, value: 5, id: mine"), "paper/mine");
}

#[test]
fn a_period_in_a_key_is_as_told_in_its_canonical_form() {
    assert_eq!(key("measure: planted, value: 5, period: 2024-Q3"), "paper/office/planted@2024-Q3");
    assert_eq!(key("measure: trees, value: 5, period: 2024?"), "paper/office/trees@2024?");
    assert_eq!(
        key("measure: planted, value: 5, period: 2019-10-02/2019-10-06"),
        "paper/office/planted@2019-10-02/2019-10-06"
    );
}

#[test]
fn the_entity_is_the_claims_else_the_measures_else_the_defaults() {
    assert_eq!(key("measure: edition, ordinal: 1, entity: office"), "paper/office/edition#1");
    assert_eq!(key("measure: edition, ordinal: 1"), "paper/fair/edition#1");
    assert_eq!(key("measure: trees, value: 1"), "paper/office/trees@2024");
    let world = load("claims:\n  - {measure: trees, value: 1}\n");
    assert_eq!(world.only_finding().1.message, "a claim must have `entity`, found none");
    assert_eq!((world.loaded.read, world.loaded.refused), (1, 1));
}

#[test]
fn a_stock_is_of_an_instant_and_a_flow_of_a_duration() {
    let time = |claim: &str| {
        let (world, fact) = one(claim);
        world.base.point(fact.point).time
    };
    assert_eq!(time("measure: trees, value: 5"), Time::At(day(2024, 12, 31)));
    assert_eq!(time("measure: trees, value: 5, period: 2024-12"), Time::At(day(2024, 12, 31)));
    assert_eq!(time("measure: rank, state: small"), Time::At(day(2024, 12, 31)));
    assert_eq!(
        time("measure: planted, value: 5"),
        Time::Over(Some(day(2024, 1, 1)), Some(day(2024, 12, 31)))
    );
    assert_eq!(time("measure: opening, entity: bridge, date: 2024"), Time::Undated);
    assert_eq!(time("measure: trees, ordinal: 3, value: 5"), Time::Undated);
}

#[test]
fn a_stock_told_within_its_period_is_of_the_publication_day() {
    let told = |claim: &str, published: &str| {
        let head =
            format!("source: {{published: {published}}}\ndefaults: {{entity: office, period: 2024}}\n");
        let world = load(&format!("{head}claims:\n  - {{{claim}}}\n"));
        world.assert_sound();
        let fact = world.fact(0);
        (world.base.point(fact.point).time, fact.period.unwrap().to_string())
    };
    let spring = (Time::At(day(2024, 3, 31)), "2024".to_owned());
    let end = (Time::At(day(2024, 12, 31)), "2024".to_owned());
    assert_eq!(told("measure: trees, value: 5", "2024-03"), spring);
    assert_eq!(told("measure: trees, value: 5", "2025-01"), end);
    assert_eq!(told("measure: trees, value: 5", "2024"), end);
    assert_eq!(told("measure: trees, value: 5, status: planned", "2024-03"), end);
    let year = (Time::Over(Some(day(2024, 1, 1)), Some(day(2024, 12, 31))), "2024".to_owned());
    assert_eq!(told("measure: planted, value: 5", "2024-03"), year);
}

#[test]
fn an_event_of_every_year_has_its_year_in_its_point() {
    let year = Time::Over(Some(day(2024, 1, 1)), Some(day(2024, 12, 31)));
    for claim in [
        "measure: congress, date: 2024-05",
        "measure: congress, period: 2024",
        "measure: congress, date: 2024-05-02/2024-05-04",
    ] {
        let (world, fact) = one(claim);
        assert_eq!(world.base.point(fact.point).time, year, "{claim}");
        assert_eq!(fact.key, "paper/office/congress@2024");
    }
    let (world, fact) = one("measure: congress, date: 2024/2026");
    assert_eq!(world.base.point(fact.point).time, Time::Undated);
}

#[test]
fn a_relative_period_needs_the_publication() {
    let flow = "claims:\n  - {measure: planted, entity: office, value: 5, period: published-1}\n";
    let known = load(&format!("source: {{published: 2024-12}}\n{flow}"));
    known.assert_sound();
    assert_eq!(known.keys(), ["paper/office/planted@published-1"]);
    assert_eq!(known.fact(0).period.unwrap().to_string(), "2023");
    let doubtful = load(&format!("source: {{published: 2024-12?}}\n{flow}"));
    assert!(doubtful.fact(0).is_weak());
    let unknown = load(flow);
    let (at, finding) = unknown.only_finding();
    assert_eq!((finding.code.to_string().as_str(), at.as_str()), ("MZ026", "published-1"));
    assert_eq!(unknown.base.point(unknown.fact(0).point).time, Time::Undated);
}

#[test]
fn an_open_dimension_gains_members_and_a_closed_one_does_not() {
    let (world, fact) = one("measure: trees, value: 5, place: أزرو الجديدة");
    assert_eq!(fact.key, "paper/office/trees[place=أزرو الجديدة]@2024");
    assert_eq!(world.base.vocabulary.dimensions.at(0).members.len(), 4);
    let (at, finding) = fault("measure: trees, value: 5, sort: oka");
    assert_eq!(at, "oka");
    assert_eq!(finding.message, "a value of `sort` must be declared in the rulebook, found `oka`");
    assert_eq!(finding.help, ["did you mean `oak`?"]);
}

#[test]
fn a_list_of_members_spreads_the_figure() {
    let (world, fact) = one("measure: trees, value: 12, place: [الناظور, safi, أسفي]");
    assert_eq!(fact.key, "paper/office/trees[place=nador+safi]@2024");
    let (dimension, member) = world.base.point(fact.point).dimensions[0];
    let place = world.base.vocabulary.dimension(dimension);
    let spread: Vec<&str> = place.spread(member).iter().map(|member| place.members.name(member.0)).collect();
    assert_eq!(spread, ["nador", "safi"]);
}

#[test]
fn an_unknown_dimension_takes_part_in_nothing() {
    let (_, fact) = one("measure: trees, value: 5, sort: unknown");
    assert_eq!(fact.set_aside, Some(SetAside::UnknownDimension));
    assert_eq!(fact.key, "paper/office/trees[sort=unknown]@2024");
}

#[test]
fn the_origin_is_the_claims_else_the_sources_else_the_source_itself() {
    let claims = "claims:\n  - {measure: calls, entity: office, value: 5}\n  - {measure: trees, entity: office, value: 5, origin: المكتب}\n";
    let world = load(claims);
    let origin = |index| world.base.origin(world.fact(index).origin).to_owned();
    assert_eq!((origin(0).as_str(), origin(1).as_str()), ("paper", "office"));
    let world = load(&format!("source: {{origin: ministry}}\n{claims}"));
    assert_eq!(world.base.origin(world.fact(0).origin), "ministry");
}

#[test]
fn two_claims_with_one_key_are_told_and_both_kept() {
    let world = load_claims(
        "  - {measure: trees, value: 5}\n  - {measure: calls, value: 5}\n  - {measure: trees, value: 6}\n",
    );
    let (at, finding) = world.only_finding();
    assert_eq!(finding.code.to_string(), "MZ024");
    assert_eq!(at, "{measure: trees, value: 6}");
    assert_eq!(world.at(&finding, 1), "{measure: trees, value: 5}");
    assert_eq!(
        world.keys(),
        ["paper/office/trees@2024", "paper/office/calls@2024", "paper/office/trees@2024~2"]
    );
    assert_eq!(world.fact(0).point, world.fact(2).point);
}

#[test]
fn two_files_of_one_name_are_told_and_both_read() {
    let text = "claims:\n  - {measure: trees, entity: office, value: 5}\n";
    let world = load_files(&[("claims/a/x.yaml", text), ("claims/b/x.yaml", text)]);
    assert_eq!(world.codes(), ["MZ027"]);
    assert_eq!(world.keys(), ["x/office/trees", "x~2/office/trees"]);
}

#[test]
fn a_revision_takes_the_older_figure_out() {
    let world = load_claims(
        "  - {id: old, measure: trees, value: 5}\n  - {id: new, measure: trees, value: 6, supersedes: old}\n",
    );
    world.assert_sound();
    let by = world.base.facts().nth(1).unwrap().0;
    assert_eq!(world.fact(0).set_aside, Some(SetAside::Superseded { by }));
    assert!(world.fact(1).counts());
}

#[test]
fn a_revision_may_name_a_claim_of_another_file_by_its_key() {
    let old = "claims:\n  - {measure: trees, entity: office, period: 2024, value: 5}\n";
    let new = "claims:\n  - {measure: trees, entity: office, period: 2024, value: 6, supersedes: a/office/trees@2024}\n";
    let world = load_files(&[("claims/b.yaml", new), ("claims/a.yaml", old)]);
    world.assert_sound();
    assert!(!world.fact(1).counts());
}

#[test]
fn a_revision_of_nothing_or_of_something_else_or_of_itself_is_told() {
    let unknown = load_claims(
        "  - {id: old, measure: trees, value: 5}\n  - {id: new, measure: trees, value: 6, supersedes: odl}\n",
    );
    assert_eq!(unknown.only_finding().1.help, ["did you mean `old`?"]);
    let other = load_claims(
        "  - {id: old, measure: trees, value: 5}\n  - {id: new, measure: calls, value: 6, supersedes: old}\n",
    );
    assert_eq!(other.codes(), ["MZ028"]);
    let circle = load_claims(
        "  - {id: a, measure: trees, value: 5, supersedes: b}\n  - {id: b, measure: trees, value: 6, supersedes: a}\n  - {id: c, measure: trees, value: 7, supersedes: a}\n",
    );
    assert_eq!(circle.codes(), ["MZ028", "MZ028"]);
    assert_eq!([0, 1, 2].map(|index| circle.fact(index).counts()), [false, true, true]);
}

#[test]
fn a_provisional_figure_gives_way_to_one_that_is_not() {
    let alone = load_claims("  - {measure: trees, value: 5, provisional: true}\n");
    assert!(alone.fact(0).counts());
    let world = load_claims(
        "  - {measure: trees, value: 5, provisional: true}\n  - {id: final, measure: trees, value: 6}\n",
    );
    assert_eq!([0, 1].map(|index| world.fact(index).counts()), [false, true]);
    let change = load_claims(
        "  - {measure: trees, value: 5, provisional: true}\n  - {measure: trees, change: up 5% from 2023}\n",
    );
    assert!(change.fact(0).counts(), "a change is no other figure");
}

#[test]
fn a_rejected_claim_is_kept_and_counts_for_nothing() {
    let (_, fact) = one("measure: trees, value: 5, reject: {because: a misprint}");
    assert_eq!(fact.set_aside, Some(SetAside::Rejected { because: "a misprint".to_owned() }));
    let (_, finding) = fault("measure: trees, value: 5, reject: {}");
    assert_eq!(finding.message, "`reject` must have `because`, found none");
}

#[test]
fn scope_allow_checked_and_note_are_read() {
    let (_, fact) = one(
        "measure: trees, value: 5, scope: most, checked: sara 2024-05, note: x, allow: {MZ205: {because: by phone, by: s, until: 2025-06-30}}",
    );
    assert_eq!(fact.scope.as_deref(), Some("most"));
    assert_eq!(fact.checked.as_deref(), Some("sara 2024-05"));
    let allow = &fact.allow[0];
    assert_eq!((allow.finding.as_str(), allow.because.as_str()), ("MZ205", "by phone"));
    assert_eq!(allow.until, Some(day(2025, 6, 30)));
    let (_, finding) = fault("measure: trees, value: 5, allow: {MZ205: {by: s}}");
    assert_eq!(finding.message, "an `allow` must have `because`, found none");
}
