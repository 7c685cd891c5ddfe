//! The facts as JSON, format 1: exact values are strings, days are written `2024-06-01`, and an end that
//! is `null` is open on that side. `soft` is `null` where it says no more than `hard`, `weak` where it
//! says no more than `strong`; `strong` is `null` where what is said around a point cannot all hold.

use std::borrow::Cow;

use serde::Serialize;

use crate::check::facts::{Bound, Facts, Follows, Known, Said, Side, Subject};
use crate::checks::words;
use crate::quantity::{End, Interval};
use crate::text::sanitise;

/// The version of the contract.
const FORMAT: u32 = 1;

/// Renders facts as indented JSON with a line feed at the end.
#[expect(clippy::expect_used, reason = "only maps with odd keys cannot be JSON")]
pub(super) fn render(facts: &Facts) -> String {
    let wire =
        Wire { format: FORMAT, whole: facts.whole, facts: facts.known.iter().map(WireFact::new).collect() };
    let mut text = serde_json::to_string_pretty(&wire).expect("invariant: the facts are plain structs");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Wire<'a> {
    format: u32,
    whole: bool,
    facts: Vec<WireFact<'a>>,
}

#[derive(Serialize)]
struct WireFact<'a> {
    key: Cow<'a, str>,
    name: Cow<'a, str>,
    claims: Vec<WireClaim<'a>>,
    bounds: Vec<WireFollows<'a>>,
    sources: usize,
    origins: Vec<Cow<'a, str>>,
    why: Vec<Cow<'a, str>>,
}

#[derive(Serialize)]
struct WireClaim<'a> {
    key: Cow<'a, str>,
    source: Cow<'a, str>,
    origin: Cow<'a, str>,
    quote: Option<Cow<'a, str>>,
    written: Cow<'a, str>,
    hard: Option<Cow<'a, str>>,
    soft: Option<Cow<'a, str>>,
    set_aside: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct WireFollows<'a> {
    side: &'static str,
    strong: Option<WireBound<'a>>,
    weak: Option<WireBound<'a>>,
}

#[derive(Serialize)]
struct WireBound<'a> {
    low: Option<String>,
    low_open: bool,
    high: Option<String>,
    high_open: bool,
    words: Cow<'a, str>,
    exact: bool,
    assumptions: Vec<Cow<'a, str>>,
}

impl<'a> WireFact<'a> {
    fn new(known: &'a Known) -> Self {
        let is_point = matches!(known.subject, Subject::Point(_));
        Self {
            key: sanitise::display(&known.key),
            name: sanitise::display(&known.name),
            claims: known.said.iter().map(WireClaim::new).collect(),
            bounds: known.follows.iter().map(|one| WireFollows::new(one, is_point)).collect(),
            sources: known.sources,
            origins: shown(&known.origins),
            why: shown(&known.why),
        }
    }
}

impl<'a> WireClaim<'a> {
    fn new(said: &'a Said) -> Self {
        let some = |text: &'a Option<String>| text.as_deref().map(sanitise::display);
        Self {
            key: sanitise::display(&said.key),
            source: sanitise::display(&said.source),
            origin: sanitise::display(&said.origin),
            quote: some(&said.quote),
            written: sanitise::display(&said.written),
            hard: some(&said.hard),
            soft: some(&said.soft),
            set_aside: some(&said.aside),
        }
    }
}

impl<'a> WireFollows<'a> {
    fn new(follows: &'a Follows, is_point: bool) -> Self {
        let (side, dated) = match follows.side {
            Side::Value => ("value", !is_point),
            Side::Start => ("start", true),
            Side::End => ("end", true),
        };
        let bound = |bound: &'a Option<Bound>| bound.as_ref().map(|bound| WireBound::new(bound, dated));
        Self { side, strong: bound(&follows.strong), weak: bound(&follows.weak) }
    }
}

impl<'a> WireBound<'a> {
    fn new(bound: &'a Bound, dated: bool) -> Self {
        let end = |end: &End| {
            let value = end.value()?;
            Some(if dated { words::days(&Interval::point(value.clone())) } else { value.to_string() })
        };
        let (low, high) = (bound.set.lower(), bound.set.upper());
        Self {
            low: end(low),
            low_open: matches!(low, End::Open(_)),
            high: end(high),
            high_open: matches!(high, End::Open(_)),
            words: sanitise::display(&bound.words),
            exact: bound.exact,
            assumptions: shown(&bound.assumptions),
        }
    }
}

fn shown(lines: &[String]) -> Vec<Cow<'_, str>> {
    lines.iter().map(|line| sanitise::display(line)).collect()
}
