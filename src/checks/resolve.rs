//! What would resolve a conflict of one instance: the values that each of its claims would need,
//! and among them those that a slip of the pen explains.
//!
//! Advice for an editor: what an article said is never rewritten by a tool.

use std::ops::Range;

use super::{Context, Grounded, Variable, words};
use crate::constraint::{Linear, Var};
use crate::fact::{ChangeKind, FactId, Statement};
use crate::finding::{Change, Repair};
use crate::quantity::{Interval, Number};

/// The values of a variable that satisfy every linear row of an instance for some choice of the
/// others' sets; `strong` leaves the weak rows out.
#[must_use]
pub fn needed(context: &Context<'_>, grounded: &Grounded, var: Var, strong: bool) -> Interval {
    let weak = if strong { &[][..] } else { grounded.weak.as_slice() };
    let rows = grounded.strong.iter().chain(weak).filter_map(|row| row.as_linear());
    rows.fold(Interval::all(), |set, row| set.intersect(&solve_for(context, grounded, row, var, strong)))
}

/// The share or the change that the claimed figures give, to the grain of the told one, where they leave
/// one: `+8.8 %`, `51.0 %`.
#[must_use]
pub fn given(context: &Context<'_>, fact: FactId) -> Option<String> {
    let fact = context.base.fact(fact);
    let (of, figure) = match &fact.statement {
        Statement::Change(change) => (change.base, &change.figure),
        Statement::Share(share) => (share.of, &share.figure),
        _ => return None,
    };
    let set = |point| context.sets(Variable::Value(point)).hard;
    let (this, of) = (set(fact.point), set(of));
    let places = figure.grain.decimal_places().unwrap_or(1);
    let ends = |set: &Interval| Some([set.lower().value()?.clone(), set.upper().value()?.clone()]);
    let ([low, high], [least, most]) = (ends(&this)?, ends(&of)?);
    let told = |this: &Number, of: &Number| told(&fact.statement, this, of, places);
    let text = told(&low, &most)?;
    (told(&high, &least)? == text).then_some(text)
}

fn told(statement: &Statement, this: &Number, of: &Number, places: u32) -> Option<String> {
    let ratio = this.checked_div(of).filter(|_| of.is_positive());
    let percent = |ratio: Number| format!("{} %", (ratio * Number::HUNDRED).abs().to_fixed(places));
    let signed = |change: &Number, text: String| {
        let sign = if change.is_negative() { '−' } else { '+' };
        format!("{sign}{text}")
    };
    match statement {
        Statement::Share(_) => Some(percent(ratio?)),
        Statement::Change(change) => Some(match change.kind {
            ChangeKind::Times => format!("×{}", ratio?.to_fixed(places)),
            ChangeKind::Percent => {
                let change = ratio? - Number::ONE;
                signed(&change, percent(change.clone()))
            }
            ChangeKind::Amount | ChangeKind::Points => {
                let change = this - of;
                signed(&change, words::number(&change.abs()))
            }
        }),
        _ => None,
    }
}

/// The values of one variable that a row allows for some choice of the others.
fn solve_for(context: &Context<'_>, grounded: &Grounded, row: &Linear, var: Var, strong: bool) -> Interval {
    row.solved(var, &|v| set_of(context, grounded, v, strong)).unwrap_or_else(Interval::all)
}

/// The set of a local variable in the pass of the conflict.
#[must_use]
pub fn set_of(context: &Context<'_>, grounded: &Grounded, var: Var, strong: bool) -> Interval {
    let Some(variable) = grounded.variables.get(var.0 as usize) else { return Interval::all() };
    let sets = context.sets(*variable);
    let set = if strong { sets.hard } else { sets.soft };
    if sets.is_claimed {
        return set;
    }
    // A quantity of the instance alone, and what a rule assumes: bounded by the rows that speak of
    // nothing else.
    set.intersect(&bounded(grounded, var, strong))
}

/// What the rows of an instance that speak of one variable alone leave of it.
fn bounded(grounded: &Grounded, var: Var, strong: bool) -> Interval {
    let weak = if strong { &[][..] } else { grounded.weak.as_slice() };
    let rows = grounded.strong.iter().chain(weak).filter_map(|row| row.as_linear()?.as_bound());
    rows.filter(|(bounded, _)| *bounded == var).fold(Interval::all(), |set, (_, bound)| set.intersect(&bound))
}

/// What would have to be instead of what a rule assumes: `closed-districts in 2024: 0 (assumed) → 1`.
#[must_use]
pub fn unassumed(context: &Context<'_>, grounded: &Grounded) -> Vec<String> {
    let tell = |(index, variable): (usize, &Variable)| {
        let (Variable::Value(point), var) = (*variable, Var(u32::try_from(index).ok()?)) else { return None };
        let (sets, assumed) = (context.sets(*variable), bounded(grounded, var, false));
        let rows = grounded.strong.iter().chain(&grounded.weak).filter_map(|row| row.as_linear());
        let needed = rows.filter(|row| row.as_bound().is_none()).fold(sets.domain.clone(), |set, row| {
            set.intersect(&solve_for(context, grounded, row, var, false))
        });
        let needed = if sets.integral { needed.whole() } else { needed };
        if sets.is_claimed || needed.is_empty() || assumed.is_empty() || !needed.is_disjoint(&assumed) {
            return None;
        }
        let (assumed, needed) = (words::interval(&assumed), words::interval(&needed));
        Some(format!("{}: {assumed} (assumed) → {needed}", words::point(context, point)))
    };
    grounded.variables.iter().enumerate().filter_map(tell).collect()
}

/// The value that each claim would need for this instance alone, and the slip that would explain it; what
/// the least speaks for comes first.
#[must_use]
pub fn repairs(context: &Context<'_>, grounded: &Grounded, strong: bool) -> Vec<Repair> {
    /// The values of more than these are nobody's advice.
    const MOST_VARIABLES: usize = 200;
    if grounded.variables.len() > MOST_VARIABLES {
        return Vec::new();
    }
    let mut repairs: Vec<(u64, Repair)> = Vec::new();
    for (index, variable) in grounded.variables.iter().enumerate() {
        let Variable::Value(point) = variable else { continue };
        let mut facts = context.facts(*variable);
        facts.retain(|fact| matches!(context.base.fact(*fact).statement, Statement::Value(_)));
        let Some(first) = facts.first() else { continue };
        let sets = context.sets(*variable);
        let var = Var(u32::try_from(index).unwrap_or(u32::MAX));
        let needed = needed(context, grounded, var, strong).intersect(&sets.domain);
        let needed = if sets.integral { needed.whole() } else { needed };
        // A claim that may stay as it is resolves nothing.
        let now = if strong { &sets.hard } else { &sets.soft };
        if needed.is_empty() || !needed.is_disjoint(now) {
            continue;
        }
        let told = words::above_the_least(&needed, &sets.domain);
        let text = line(context, &words::point(context, *point), *first, &needed, &told);
        let weight = context.support(&facts);
        repairs.push((weight, Repair { changes: vec![Change { claims: facts, text }] }));
    }
    repairs.sort_by_key(|(weight, _)| *weight);
    repairs.into_iter().map(|(_, repair)| repair).collect()
}

/// `levels: 24 → 42 (42 with two digits swapped)`: what a claim says and what it would need to say.
#[must_use]
pub fn line(context: &Context<'_>, about: &str, fact: FactId, needed: &Interval, told: &str) -> String {
    let slip = slip(context, fact, needed).map(|slip| format!(" ({slip})")).unwrap_or_default();
    format!("{about}: {} → {told}{slip}", words::said(context, fact))
}

/// The slip of the pen that turns a claim's written number into one that is needed. Where more than
/// a few slips would, and for a single digit, none explains anything.
#[must_use]
pub fn slip(context: &Context<'_>, fact: FactId, needed: &Interval) -> Option<String> {
    let Statement::Value(figures) = &context.base.fact(fact).statement else { return None };
    if !figures.figure.value.is_integer() || figures.figure.upper.is_some() {
        return None;
    }
    slip_of(&figures.figure.value.to_string(), needed)
}

/// The same for a number in digits.
#[must_use]
pub fn slip_of(written: &str, needed: &Interval) -> Option<String> {
    let (kind, value) = telling(written, needed)?;
    Some(format!("{} with {kind}", words::number(&value)))
}

/// The likeliest slip among the few that lead to a needed number.
fn telling(written: &str, needed: &Interval) -> Option<(&'static str, Number)> {
    const FEW: usize = 2;
    if written.len() < 2 {
        return None;
    }
    let mut found: Vec<(&'static str, Number)> = Vec::new();
    for (kind, candidate) in slips(written) {
        let value = Number::parse(&candidate)?;
        if needed.contains(&value) && found.iter().all(|(_, known)| *known != value) {
            found.push((kind, value));
        }
        if found.len() > FEW {
            return None;
        }
    }
    found.into_iter().next()
}

/// Every number within one slip of the written digits (Damerau–Levenshtein distance 1, a factor of
/// ten or a thousand), with the name of the slip; the likeliest kinds first.
///
/// # Source
/// Damerau, F. J. (1964). A technique for computer detection and correction of spelling errors.
#[must_use]
pub fn slips(written: &str) -> Vec<(&'static str, String)> {
    if !is_short(written) {
        return Vec::new();
    }
    let length = written.len();
    let (before, from) = (|at| part(written, 0..at), |at| part(written, at..length));
    let mut found = Vec::new();
    let slip = |kind, parts: &[&str]| other(written, parts).map(|other| (kind, other));
    for at in 1..length {
        let swapped = [before(at - 1), part(written, at..at + 1), part(written, at - 1..at), from(at + 1)];
        found.extend(slip("two digits swapped", &swapped));
    }
    found.extend(slip("three zeros more", &[written, "000"]));
    found.extend(slip("one zero more", &[written, "0"]));
    found.extend(misread(written).map(|other| ("one digit changed", other)));
    for at in 0..length {
        found.extend(slip("one digit fewer", &[before(at), from(at + 1)]));
    }
    for digit in DIGITS {
        for at in 0..=length {
            found.extend(slip("one digit more", &[before(at), digit, from(at)]));
        }
    }
    if let Some(short) = written.strip_suffix("000") {
        found.extend(slip("three zeros fewer", &[short]));
    }
    found
}

/// Every number with one other digit than the written one.
pub fn misread(written: &str) -> impl Iterator<Item = String> {
    let places = if is_short(written) { 0..written.len() } else { 0..0 };
    let changed =
        move |digit, at| other(written, &[part(written, 0..at), digit, part(written, at + 1..written.len())]);
    DIGITS.into_iter().flat_map(move |digit| places.clone().filter_map(move |at| changed(digit, at)))
}

const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Whether it is written in digits, and few enough: longer numbers have too many neighbours to be
/// advice.
fn is_short(written: &str) -> bool {
    (1..=24).contains(&written.len()) && written.bytes().all(|byte| byte.is_ascii_digit())
}

fn part(written: &str, range: Range<usize>) -> &str {
    written.get(range).unwrap_or("")
}

/// The number of these parts, if it is another one.
fn other(written: &str, parts: &[&str]) -> Option<String> {
    let other = parts.concat();
    let leads = other.len() > 1 && other.starts_with('0');
    (!other.is_empty() && !leads && other != written).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_the_neighbours_of_a_number() {
        let all = slips("4296781");
        assert!(all.contains(&("two digits swapped", "4269781".to_owned())));
        assert!(all.contains(&("three zeros more", "4296781000".to_owned())));
        assert!(all.iter().all(|(_, n)| n != "4296781" && !n.starts_with('0')));
        assert!(slips("19.5").is_empty());
    }

    #[test]
    fn a_slip_tells_something_only_where_few_would_do() {
        let n = |text: &str| Number::parse(text).unwrap();
        let swapped = Some(("two digits swapped", n("24")));
        assert_eq!(telling("42", &Interval::point(n("24"))), swapped);
        assert_eq!(telling("42", &Interval::at_most(n("41"))), None, "many slips make it less");
        assert_eq!(telling("5", &Interval::point(n("6"))), None, "any digit is one digit away");
        assert_eq!(telling("42", &Interval::point(n("100"))), None);
    }
}
