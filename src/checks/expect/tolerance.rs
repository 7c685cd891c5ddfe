//! `tolerance:` how far two sides of an equality may lie apart.

use super::super::expression::{Factor, Node, Operand, Sign};
use super::super::load::Body;
use super::super::lowering::{Affine, Lowering, alike};
use super::super::series::{Fault, Series};
use super::super::terms::{Completeness, Meant};
use super::super::{Blocked, Grounded};
use crate::constraint::{Constraint, Linear, Var};
use crate::fact::{FactBase, PointId};
use crate::quantity::{Interval, Number};

/// How far two sides of an equality may lie apart.
#[derive(Clone, Debug)]
pub(super) enum Tolerance {
    Absolute(Number),
    /// Of the right side, as a fraction.
    Relative(Number),
}

/// Reads `tolerance: 5`, `tolerance: 2%`.
pub(super) fn read(body: &mut Body<'_>) -> Option<Tolerance> {
    let node = body.option("tolerance")?;
    let text = body.text(node, "a tolerance")?;
    let relative = text.trim().strip_suffix('%');
    let number = Number::parse(relative.unwrap_or(text).trim()).filter(|n| !n.is_negative());
    let Some(number) = number else {
        body.fault(node.span, "a tolerance must be a number or a percentage, not below zero", None);
        return None;
    };
    Some(match relative {
        Some(_) => Tolerance::Relative(&number * &Number::power_of_ten(-2)),
        None => Tolerance::Absolute(number),
    })
}

/// `|left − right| ≤ tolerance`, as two rows.
pub(super) fn rows(
    tolerance: &Tolerance,
    left: &Operand,
    right: &Operand,
    lowering: &mut Lowering<'_>,
    base: Option<&FactBase>,
    grounded: &mut Grounded,
) -> Result<Vec<Constraint>, Fault> {
    let (l, r) = alike(lowering.affine(left, grounded)?, lowering.affine(right, grounded)?);
    let share = match tolerance {
        Tolerance::Absolute(slack) => return Ok(within(&l, &r, [Number::ONE, Number::ONE], slack)),
        Tolerance::Relative(share) => share,
    };
    let (less, more) = (&Number::ONE - share, &Number::ONE + share);
    let values = |side: &Operand| values(side, lowering, base);
    let of_right = values(right);
    // Sides that lie close together are of one sign.
    let of_left = if less.is_positive() { values(left) } else { Interval::all() };
    let never_below = |set: &Interval| set.lower().value().is_some_and(|low| !low.is_negative());
    let never_above = |set: &Interval| set.upper().value().is_some_and(|high| !high.is_positive());
    let either = |known: &dyn Fn(&Interval) -> bool| known(&of_right) || known(&of_left);
    // Without claims it is the rule that is looked at, on whichever side of zero.
    if base.is_none() || either(&never_below) {
        return Ok(within(&l, &r, [less, more], &Number::ZERO));
    }
    if either(&never_above) {
        return Ok(within(&l, &r, [more, less], &Number::ZERO));
    }
    let Some((low, high)) = of_right.lower().value().zip(of_right.upper().value()) else {
        // A part of what may lie on either side of zero.
        grounded.blocked = Some(Blocked::Condition);
        return Ok(Vec::new());
    };
    let most = -low.clone().min(-high.clone());
    Ok(within(&l, &r, [Number::ONE, Number::ONE], &(&most * share)))
}

/// `least·right − slack ≤ left ≤ most·right + slack`
fn within(l: &Affine, r: &Affine, [least, most]: [Number; 2], slack: &Number) -> Vec<Constraint> {
    let row = |factor: &Number, slack: &Number| {
        let right = r.terms.iter().map(|(a, v)| (-(a * factor), *v));
        let terms: Vec<(Number, Var)> = l.terms.iter().cloned().chain(right).collect();
        (terms, slack - &l.constant + &r.constant * factor)
    };
    let (upper, lower) = (row(&most, slack), row(&least, &-slack));
    vec![Linear::at_most(upper.0, upper.1).into(), Linear::at_least(lower.0, &lower.1).into()]
}

/// The values of a side that its claims leave it, or its domain.
fn values(side: &Operand, lowering: &Lowering<'_>, base: Option<&FactBase>) -> Interval {
    let inner = |operand: &Operand| values(operand, lowering, base);
    match &side.node {
        Node::Number(n) | Node::Percent(n) | Node::Quantity(n, _) => Interval::point(n.clone()),
        Node::Term(term) => {
            let at = lowering.terms.iter().position(|(span, _)| *span == term.span);
            let found = at.and_then(|at| Some((&lowering.terms.get(at)?.1, lowering.meant.get(at)?)));
            found.map_or_else(Interval::all, |(series, meant)| figures(series, meant, lowering, base))
        }
        Node::Negative(operand) => inner(operand).neg(),
        Node::Sum { first, rest } => rest.iter().fold(inner(first), |total, (sign, part)| {
            if *sign == Sign::Plus { total.add(&inner(part)) } else { total.sub(&inner(part)) }
        }),
        Node::Product { first, rest } => rest.iter().fold(inner(first), |total, (factor, part)| {
            if *factor == Factor::Times { total.mul(&inner(part)) } else { total.div(&inner(part)) }
        }),
        Node::Date(_) | Node::Year(_) | Node::Call(..) => Interval::all(),
    }
}

fn figures(series: &Series, meant: &Meant, lowering: &Lowering<'_>, base: Option<&FactBase>) -> Interval {
    let domain = lowering.vocabulary.domain(lowering.vocabulary.measure(series.measure));
    let figure = |point: &PointId| {
        let facts = base.into_iter().flat_map(|base| base.facts_at(*point).map(|id| base.fact(id)));
        let told = facts.filter_map(|fact| Some(fact.statement.reading()?.hard.clone()));
        told.reduce(|all, one| all.hull(&one)).unwrap_or_else(|| domain.clone()).scale(&series.scale)
    };
    let rest = match meant {
        Meant::Sum(_, Completeness::LowerBound) => domain.hull(&Interval::point(Number::ZERO)),
        _ => Interval::point(Number::ZERO),
    };
    meant.points().iter().fold(rest, |sum, point| sum.add(&figure(point)))
}
