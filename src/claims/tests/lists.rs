//! Lists: parts inherit, items name, and a torn list is a partial one.

use super::{World, figures, load_claims};
use crate::fact::{Fact, List, ListKind, Statement};

const PARTS: &str = "  - measure: planted
    value: 12
    status: planned
    place: safi
    quote: اثنا عشر غرسا
    parts:
      - {sort: oak, value: 7}
      - {sort: elm, quote: خمس شجرات}
";

fn list(fact: &Fact) -> &List {
    fact.list.as_ref().expect("a list")
}

fn sound(claims: &str) -> World {
    let world = load_claims(claims);
    world.assert_sound();
    world
}

#[test]
fn a_part_is_a_claim_that_inherits_what_it_does_not_say() {
    let world = sound(PARTS);
    assert_eq!(
        world.keys(),
        [
            "paper/office/planted[place=safi,status=planned]@2024",
            "paper/office/planted[place=safi,sort=oak,status=planned]@2024",
            "paper/office/planted[place=safi,sort=elm,status=planned]@2024",
        ]
    );
    let whole = world.fact(0);
    assert_eq!(list(&whole).kind, ListKind::Parts);
    let ids: Vec<_> = world.base.facts().map(|(id, _)| id).collect();
    assert_eq!(list(&whole).members, ids[1..]);
    assert_eq!(world.fact(1).part_of, Some(ids[0]));
    assert_eq!((world.loaded.read, world.loaded.refused), (3, 0));
}

#[test]
fn a_part_reads_its_own_quote_and_never_an_inherited_one() {
    let world = sound(PARTS);
    assert_eq!(figures(&world.fact(2)).reading.hard.to_string(), "5");
    let world = sound(
        "  - {measure: planted, quote: 12 trees, parts: [{sort: oak}, {sort: elm, quote: a new elm}]}\n",
    );
    assert_eq!(figures(&world.fact(0)).written, "12");
    for index in [1, 2] {
        assert!(matches!(world.fact(index).statement, Statement::Named));
    }
    assert_eq!(world.fact(1).quote, world.fact(0).quote);
}

#[test]
fn a_part_may_override_and_have_a_list_of_its_own() {
    let world = sound(
        "  - measure: planted
    value: 12
    among:
      - {entity: fair, period: 2023, status: actual, measure: trees, value: 3, id: aside}
      - {sort: oak, items: [one by the gate, one by the well]}
",
    );
    assert_eq!(world.keys()[1], "paper/aside");
    let inner = world.fact(2);
    assert_eq!(list(&inner).items, ["one by the gate", "one by the well"]);
    assert_eq!(list(&inner).kind, ListKind::Items);
    assert!(matches!(inner.statement, Statement::Named));
}

#[test]
fn a_claim_may_be_a_list_alone() {
    let world = sound("  - {measure: trees, items: [السنديان, الدردار], exhaustive: true}\n");
    let fact = world.fact(0);
    assert!(matches!(fact.statement, Statement::Named));
    assert!(list(&fact).exhaustive);
}

#[test]
fn a_list_with_a_part_that_was_refused_is_a_partial_one() {
    let world = load_claims(
        "  - measure: planted
    value: 12
    exhaustive: true
    parts:
      - {sort: oak, value: 7}
      - {sort: eml, value: 5}
",
    );
    assert_eq!(world.codes(), ["MZ009"]);
    let whole = world.fact(0);
    assert_eq!((list(&whole).kind, list(&whole).exhaustive), (ListKind::Among, false));
    assert_eq!(list(&whole).members.len(), 1);
    assert_eq!((world.loaded.read, world.loaded.refused), (3, 1));
}

#[test]
fn a_claim_whose_value_cannot_be_read_keeps_its_list() {
    let world = load_claims("  - {measure: planted, value: 5 and 7, parts: [{sort: oak, value: 7}]}\n");
    assert_eq!(world.codes(), ["MZ020"]);
    assert!(matches!(world.fact(0).statement, Statement::Named));
    assert_eq!(list(&world.fact(0)).members.len(), 1);
}

#[test]
fn the_parts_of_a_claim_about_nothing_known_are_refused_and_counted() {
    let world =
        load_claims("  - {measure: plnted, value: 12, parts: [{sort: oak, value: 7}, {sort: elm}]}\n");
    assert_eq!(world.only_finding().1.help, ["did you mean `planted`?"]);
    assert_eq!((world.loaded.read, world.loaded.refused), (3, 3));
    assert_eq!(world.base.facts().count(), 0);
}

#[test]
fn a_claim_has_one_list() {
    let world = load_claims("  - {measure: planted, value: 12, items: [a], parts: [{sort: oak}]}\n");
    assert_eq!(world.only_finding().1.message, "a claim must have one list, found `parts` and `items`");
    let world = load_claims("  - {measure: planted, value: 12, exhaustive: true}\n");
    assert_eq!(world.codes(), ["MZ008"]);
}
