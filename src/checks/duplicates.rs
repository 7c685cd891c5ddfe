//! Claims on one point must agree (XBRL: complete, consistent and inconsistent duplicates).

use std::collections::{HashMap, HashSet};

use super::{Case, Context, Floor, Grounded, Index, Variable, difference_within, info, words};
use crate::constraint::{Constraint, Linear};
use crate::fact::{FactBase, FactId, Figures, PointId, Statement};
use crate::finding::{CodeInfo, Finding, Lang, Reason, Severity};
use crate::quantity::{End, Figure, Hedge, Interval, Number, Reading};

/// The check on claims of one point.
#[derive(Debug, Default)]
pub struct Check {
    instances: Vec<Compared>,
}

/// The most groups of claims that a message tells apart.
const MOST_SIDES: usize = 12;
/// How many different claims of a group another is compared with before it joins.
const MOST_COMPARED: usize = 100;

/// What is compared: the claims on one point, and what lists say of it at the least.
#[derive(Debug)]
struct Compared {
    point: PointId,
    facts: Vec<FactId>,
    floors: Vec<Floor>,
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(201)
    }

    fn ground(&mut self, base: &mut FactBase, index: &Index, _: Severity) -> Vec<Grounded> {
        let context = Context::with(base, &index.floors, Lang::En);
        let mut grounded = Vec::new();
        for (point, _) in base.points() {
            for compared in comparable(&context, point) {
                grounded.push(compare(&context, &compared));
                self.instances.push(compared);
            }
        }
        grounded
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, strong, .. } = *case;
        let Compared { point, facts, floors } = self.instances.get(nth)?;
        let sides = sides(context, facts, strong);
        if let (1, Some(floor)) = (sides.len(), highest(floors, strong)) {
            return Some(below(context, *point, facts, floor, strong));
        }
        let name = words::point(context, *point);
        let said: Said = if strong { words::said } else { words::usually_said };
        let mut told: Vec<String> = sides.iter().map(|side| told(context, side, said)).collect();
        let others = facts.len().saturating_sub(sides.iter().map(Vec::len).sum());
        told.extend((others > 0).then(|| format!("{others} more say something else")));
        let verdict = match (strong, sides.len()) {
            (false, _) => "they hardly agree",
            (true, 2) => "they cannot both be right",
            (true, _) => "they cannot all be right",
        };
        let message = format!("{name}: {}; {verdict}", told.join(", "));
        let mut finding = Finding::new(info(201).code, Severity::Error, message);
        for side in &sides {
            for fact in side {
                let key = context.base.fact(*fact).statement_key();
                finding = finding.on(
                    *fact,
                    key,
                    format!("{} says {}", words::source(context, *fact), said(context, *fact)),
                );
            }
        }
        let steps = sides.iter().map(|side| evidence(context, side, said)).collect();
        finding.reasons.push(Reason { steps, ..Reason::default() });
        finding.expected = sides.first().and_then(|side| value_of(context, side));
        finding.found = sides.get(1).and_then(|side| value_of(context, side));
        if facts.len() > 2 || sides.iter().any(|side| side.len() > 1) {
            finding = finding.help("ask the side with fewer independent origins first");
        }
        // Of a contradiction the engine says what would resolve it, slips too.
        let weak: &[Vec<FactId>] = if strong { &[] } else { &sides };
        for side in weak {
            let others = sides.iter().filter(|other| *other != side).flatten();
            let meant =
                others.fold(Interval::all(), |set, fact| set.intersect(&set_of(context, *fact, false)));
            finding.help.extend(
                side.iter()
                    .take(MOST_SIDES)
                    .find_map(|fact| super::resolve::slip(context, *fact, &meant))
                    .map(|slip| {
                        let first = side.first().map_or(String::new(), |fact| words::said(context, *fact));
                        format!("{first} may be {slip}")
                    }),
            );
        }
        Some(finding)
    }
}

/// A figure that a list does not leave room for: things named, or parts on this point.
fn below(context: &Context<'_>, point: PointId, facts: &[FactId], floor: &Floor, strong: bool) -> Finding {
    let said: Said = if strong { words::said } else { words::usually_said };
    let set = facts.iter().fold(Interval::all(), |set, fact| set.intersect(&set_of(context, *fact, strong)));
    let listed = Interval::at_least(if strong { floor.hard.clone() } else { floor.soft.clone() });
    let (told, least) = (told(context, facts, said), words::interval(&listed));
    let gap = words::difference(&set, &listed).unwrap_or_default();
    let message = format!("{}: {told}, but a list makes it {least}: {gap}", words::point(context, point));
    let mut finding =
        Finding::new(info(201).code, Severity::Error, message).compare(listed.to_string(), set.to_string());
    for fact in facts {
        let text = format!("{} says {}", words::source(context, *fact), said(context, *fact));
        finding = finding.on(*fact, context.base.fact(*fact).statement_key(), text);
    }
    for fact in &floor.facts {
        let (hard, soft) = context.least(*fact);
        let least = words::interval(&Interval::at_least(if strong { hard } else { soft }));
        let text = format!("{} lists {least}", words::source(context, *fact));
        finding = finding.on(*fact, context.base.fact(*fact).statement_key(), text);
    }
    let steps = vec![evidence(context, facts, said), format!("listed: {least}: {gap}")];
    finding.reasons.push(Reason { steps, ..Reason::default() });
    finding
}

fn highest(floors: &[Floor], strong: bool) -> Option<&Floor> {
    floors.iter().max_by_key(|floor| if strong { &floor.hard } else { &floor.soft })
}

/// The facts of a point that can be compared: figures, dates, or words. Addends of one list are
/// added, never compared; what they come to is what the figures are held against.
fn comparable(context: &Context<'_>, point: PointId) -> Vec<Compared> {
    if context.base.claims_at(point).len() + context.floors(point).len() < 2 {
        return Vec::new();
    }
    let of = |wanted: fn(&Statement) -> bool, floors: &[Floor]| {
        let facts = context.base.facts_at(point).filter(|fact| !context.is_addend(*fact));
        // What no value of the measure can be is told by the check on bounds, once.
        let possible =
            |statement: &Statement| statement.reading().is_none_or(|reading| !reading.hard.is_empty());
        let told = |fact: &FactId| Some(&context.base.fact(*fact).statement).filter(|it| possible(it));
        let facts = facts.filter(|fact| told(fact).is_some_and(wanted)).collect();
        Compared { point, facts, floors: floors.to_vec() }
    };
    let figures = of(|statement| matches!(statement, Statement::Value(_)), context.floors(point));
    let dates = of(|statement| matches!(statement, Statement::Date(_)), &[]);
    let states = of(|statement| matches!(statement, Statement::State(_)), &[]);
    let is_choice = |one: &Compared| !one.facts.is_empty() && one.facts.len() + one.floors.len() > 1;
    [figures, dates, states].into_iter().filter(is_choice).collect()
}

/// The claims that bound the point most on each side, equal to each other and no less than any list
/// makes them: sets of numbers have something in common when the narrowest on either side do.
fn compare(context: &Context<'_>, Compared { facts, floors, .. }: &Compared) -> Grounded {
    let mut grounded = Grounded { owners: facts.clone(), ..Grounded::default() };
    let voices: Vec<FactId> = voices(context, facts).into_iter().map(|voice| voice.first).collect();
    let mut chosen = narrowest(context, &voices);
    if chosen.len() == 1 {
        // Copies of one figure are compared all the same: that they agree is worth counting.
        chosen.extend(facts.iter().find(|fact| !chosen.contains(fact)).copied());
    }
    let zero = Interval::point(Number::ZERO);
    let Some((first, others)) = chosen.split_first() else { return grounded };
    for other in others {
        match (&context.base.fact(*first).statement, &context.base.fact(*other).statement) {
            (Statement::Value(_), Statement::Value(_)) => {
                let (l, r) = (grounded.var(Variable::Said(*first)), grounded.var(Variable::Said(*other)));
                grounded.strong.extend(difference_within(l, r, &zero));
            }
            (Statement::Date(_), Statement::Date(_)) => {
                for side in [Variable::SaidStart, Variable::SaidEnd] {
                    let (l, r) = (grounded.var(side(*first)), grounded.var(side(*other)));
                    grounded.strong.extend(difference_within(l, r, &zero));
                }
            }
            _ => {}
        }
    }
    for floor in floors {
        let var = grounded.var(Variable::Said(*first));
        let row = |least: &Number| Linear::at_least([(Number::ONE, var)], least).into();
        if !floor.facts.iter().any(|fact| context.base.fact(*fact).is_weak()) {
            grounded.strong.push(row(&floor.hard));
        }
        grounded.weak.push(row(&floor.soft));
        grounded.owners.extend(&floor.facts);
    }
    touch(context, &voices, &mut grounded);
    words_apart(context, &voices, &mut grounded);
    grounded
}

/// Claims of one point that say the same: the first by name, and all of them.
struct Voice {
    first: FactId,
    all: Vec<FactId>,
}

/// What a claim says of a point, without who says it.
#[derive(PartialEq, Eq, Hash)]
enum Says<'a> {
    Value(&'a Figure, &'a Reading, &'a Reading),
    Date([&'a Reading; 2], bool),
    State(&'a str),
    Nothing,
}

/// The claims in groups that say the same, those of the most origins first, then by their names.
fn voices(context: &Context<'_>, facts: &[FactId]) -> Vec<Voice> {
    let base = context.base;
    let says = |fact: FactId| match &base.fact(fact).statement {
        Statement::Value(figures) => Says::Value(&figures.figure, &figures.reading, &figures.uncut),
        Statement::Date(dates) => Says::Date([&dates.start, &dates.end], dates.is_open()),
        Statement::State(word) => Says::State(word),
        _ => Says::Nothing,
    };
    let mut facts = facts.to_vec();
    facts.sort_by_cached_key(|fact| base.fact(*fact).key.clone());
    let mut places: HashMap<(Says<'_>, bool), usize> = HashMap::new();
    let mut voices: Vec<Voice> = Vec::new();
    for fact in facts {
        let place = *places.entry((says(fact), base.fact(fact).is_weak())).or_insert(voices.len());
        match voices.get_mut(place) {
            Some(voice) => voice.all.push(fact),
            None => voices.push(Voice { first: fact, all: vec![fact] }),
        }
    }
    voices.sort_by_cached_key(|voice| std::cmp::Reverse(origins(context, &voice.all)));
    voices
}

/// The claims with the greatest lower and the least upper ends, by the words alone and as a reader
/// takes them; every word, since words have no ends.
fn narrowest(context: &Context<'_>, facts: &[FactId]) -> Vec<FactId> {
    let reading = |fact: FactId, side: usize| match &context.base.fact(fact).statement {
        Statement::Value(figures) if side == 0 => Some(&figures.reading),
        Statement::Date(dates) if dates.is_open() => None,
        Statement::Date(dates) => Some(if side == 0 { &dates.start } else { &dates.end }),
        _ => None,
    };
    let mut chosen: Vec<FactId> = Vec::new();
    for (side, strong) in [(0, true), (1, true), (0, false), (1, false)] {
        let sets = facts.iter().filter(|fact| !strong || !context.base.fact(**fact).is_weak());
        let sets: Vec<(FactId, &Interval)> = sets
            .filter_map(|fact| {
                reading(*fact, side).map(|set| (*fact, if strong { &set.hard } else { &set.soft }))
            })
            .collect();
        // Of equal ends the first counts: the one that more origins tell.
        let lowest = |set: &Interval| set.lower().value().map(|end| (end.clone(), !set.lower().is_closed()));
        let greatest = |set: &Interval| set.upper().value().map(|end| (end.clone(), set.upper().is_closed()));
        let empty = sets.iter().find(|(_, set)| set.is_empty());
        let low =
            sets.iter().rev().filter(|(_, set)| lowest(set).is_some()).max_by_key(|(_, set)| lowest(set));
        let high =
            sets.iter().filter(|(_, set)| greatest(set).is_some()).min_by_key(|(_, set)| greatest(set));
        // With a claim that leaves a choice, agreement is possible but not certain.
        let open = sets.iter().find(|(_, set)| set.as_point().is_none());
        chosen.extend([empty, low, high, open].into_iter().flatten().map(|(fact, _)| *fact));
    }
    chosen.extend(facts.first());
    let mut seen = HashSet::new();
    chosen.retain(|fact| seen.insert(*fact));
    chosen
}

/// How a figure is told, and where its set begins or ends.
type Edge<'a> = (Hedge, &'a Number, &'a Number);

/// Different figures of one grain whose soft sets merely touch are a tension: two readers who
/// rounded alike do not write two numbers.
fn touch(context: &Context<'_>, facts: &[FactId], grounded: &mut Grounded) {
    let figures = |fact: &FactId| match &context.base.fact(*fact).statement {
        Statement::Value(figures) => Some((*fact, figures)),
        _ => None,
    };
    let mut from: HashMap<Edge<'_>, Vec<(FactId, &Figures)>> = HashMap::new();
    for (fact, one) in facts.iter().filter_map(figures) {
        if let Some(low) = one.uncut.soft.lower().value() {
            from.entry((one.figure.hedge, &one.figure.grain, low)).or_default().push((fact, one));
        }
    }
    let touched = facts.iter().filter_map(figures).find_map(|(fact, one)| {
        let key = (one.figure.hedge, &one.figure.grain, one.uncut.soft.upper().value()?);
        let other = from.get(&key)?.iter().find(|(_, other)| merely_touch(one, other))?;
        Some((fact, other.0))
    });
    if let Some((left, right)) = touched {
        let (a, b) = (grounded.var(Variable::Said(left)), grounded.var(Variable::Said(right)));
        let apart = Linear::less([(Number::ONE, a), (-Number::ONE, b)], Number::ZERO);
        let same = Linear::equal([(Number::ONE, a), (-Number::ONE, b)], Number::ZERO);
        grounded.weak.extend([apart.into(), same.into()]);
    }
}

fn merely_touch(left: &Figures, right: &Figures) -> bool {
    // The sets of the words, uncut: a single whole number may be all that is left of wide ones.
    let (one, other) = (&left.uncut.soft, &right.uncut.soft);
    let alike = left.figure.hedge == right.figure.hedge && left.figure.grain == right.figure.grain;
    let differ = left.figure.value != right.figure.value;
    let wide = one.as_point().is_none() && other.as_point().is_none();
    alike && differ && wide && one.intersect(other).as_point().is_some()
}

/// Two words that cannot both be: each is a word of its own, and one variable cannot be both.
fn words_apart(context: &Context<'_>, facts: &[FactId], grounded: &mut Grounded) {
    let Some((left, right)) = apart(context, facts) else { return };
    let var = grounded.own();
    let weak = [left, right].iter().any(|fact| context.base.fact(*fact).is_weak());
    let rows = if weak { &mut grounded.weak } else { &mut grounded.strong };
    rows.push(Constraint::Word { var, word: left.0 });
    rows.push(Constraint::Word { var, word: right.0 });
}

fn apart(context: &Context<'_>, facts: &[FactId]) -> Option<(FactId, FactId)> {
    let word = |fact: &FactId| match &context.base.fact(*fact).statement {
        Statement::State(word) => Some(word.as_str()),
        _ => None,
    };
    facts.iter().enumerate().find_map(|(index, left)| {
        let right = facts.iter().skip(index + 1).find(|right| match (word(left), word(right)) {
            (Some(l), Some(r)) => !context.base.vocabulary.states_agree(l, r),
            _ => false,
        })?;
        Some((*left, *right))
    })
}

fn set_of(context: &Context<'_>, fact: FactId, strong: bool) -> Interval {
    match &context.base.fact(fact).statement {
        Statement::Value(figures) if strong => figures.reading.hard.clone(),
        Statement::Value(figures) => figures.reading.soft.clone(),
        Statement::Date(dates) if strong => dates.start.hard.clone(),
        Statement::Date(dates) => dates.start.soft.clone(),
        _ => Interval::all(),
    }
}

/// The claims in groups that agree among themselves, the largest first; in a group the narrowest
/// first, which is the one that does not fit. Beyond a number of groups, the claims that agree with none
/// of them are left out.
fn sides(context: &Context<'_>, facts: &[FactId], strong: bool) -> Vec<Vec<FactId>> {
    let mut sides: Vec<(Vec<Voice>, Interval)> = Vec::new();
    for voice in voices(context, facts) {
        let (fact, set) = (voice.first, set_of(context, voice.first, strong));
        let joins = |side: &(Vec<Voice>, Interval)| {
            let same = side.0.iter().take(MOST_COMPARED).all(|other| {
                apart(context, &[other.first, fact]).is_none()
                    && ends_meet(context, other.first, fact, strong)
                    && (strong || !touching(context, other.first, fact))
            });
            same && !side.1.is_disjoint(&set)
        };
        let place = sides.iter().position(joins).unwrap_or(sides.len());
        match sides.get_mut(place) {
            Some((side, common)) => {
                side.push(voice);
                *common = common.intersect(&set);
            }
            None if place < MOST_SIDES => sides.push((vec![voice], set)),
            None => {}
        }
    }
    let mut sides: Vec<Vec<FactId>> = sides
        .into_iter()
        .map(|(mut side, _)| {
            side.sort_by_cached_key(|voice| breadth(&set_of(context, voice.first, strong)));
            side.into_iter().flat_map(|voice| voice.all).collect()
        })
        .collect();
    sides.sort_by_key(|side| std::cmp::Reverse(origins(context, side)));
    sides
}

/// How broad a set is; those without an end come last.
fn breadth(set: &Interval) -> (bool, Number) {
    match (set.lower(), set.upper()) {
        (End::Open(low) | End::Closed(low), End::Open(high) | End::Closed(high)) => (false, high - low),
        _ => (true, Number::ZERO),
    }
}

fn touching(context: &Context<'_>, left: FactId, right: FactId) -> bool {
    match (&context.base.fact(left).statement, &context.base.fact(right).statement) {
        (Statement::Value(l), Statement::Value(r)) => merely_touch(l, r),
        _ => false,
    }
}

fn ends_meet(context: &Context<'_>, left: FactId, right: FactId, strong: bool) -> bool {
    let end = |fact: FactId| match &context.base.fact(fact).statement {
        Statement::Date(dates) if strong => dates.end.hard.clone(),
        Statement::Date(dates) => dates.end.soft.clone(),
        _ => Interval::all(),
    };
    !end(left).is_disjoint(&end(right))
}

fn origins(context: &Context<'_>, side: &[FactId]) -> usize {
    let mut origins: Vec<_> = side.iter().map(|fact| context.base.fact(*fact).origin).collect();
    origins.sort_unstable();
    origins.dedup();
    origins.len()
}

/// How a claim is worded.
type Said = fn(&Context<'_>, FactId) -> String;

/// Who says what on a side, in the words of its first claim: `gazette says 24`.
fn told(context: &Context<'_>, side: &[FactId], said: Said) -> String {
    let who = match sources(context, side).as_slice() {
        [one] => format!("{one} says"),
        many => {
            let origins = words::count(origins(context, side), "origin", "independent origins");
            format!("{} sources of {origins} say", many.len())
        }
    };
    format!("{who} {}", side.first().map_or_else(String::new, |fact| said(context, *fact)))
}

/// Who stands on a side: sources and independent origins.
fn evidence(context: &Context<'_>, side: &[FactId], said: Said) -> String {
    let said = side.first().map_or_else(String::new, |fact| said(context, *fact));
    let origins = words::count(origins(context, side), "origin", "independent origins");
    format!("{said}: said by {} ({origins})", sources(context, side).join(", "))
}

fn sources<'a>(context: &Context<'a>, side: &[FactId]) -> Vec<&'a str> {
    let mut sources: Vec<&str> = side.iter().map(|fact| words::source(context, *fact)).collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

fn value_of(context: &Context<'_>, side: &[FactId]) -> Option<String> {
    let fact = side.first()?;
    Some(match &context.base.fact(*fact).statement {
        Statement::Value(figures) => figures.reading.hard.to_string(),
        Statement::Date(dates) => dates.written.clone(),
        Statement::State(word) => word.clone(),
        _ => return None,
    })
}
