//! Per cent are hundredths, also where a rule does not say so.
//!
//! A measure in per cent holds the number that articles write: 40 for 40 %. Whoever writes
//! `rate == lent / books` means the same as one who writes `rate == 100 * lent / books`, so the factor is
//! put where it is missing. A power of ten anywhere in a comparison says that its author reckons with
//! hundredths already; then nothing is changed.

use super::expression::{Comparison, Factor, Node, Operand};
use super::units::{Quantity, Reader};
use crate::quantity::Number;

/// What an operand is beside per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    /// A figure that is told in per cent.
    Share,
    /// A per cent of the expression itself.
    Percent,
    /// A quotient of like things: 0.4 for 40 %.
    Ratio,
    Other,
}

/// Puts the factor 100 into a comparison where per cent meet a quotient of like things, or are taken of
/// something.
pub fn spell_out(comparison: &mut Comparison, reader: &Reader<'_>) {
    if is_spelt_out(comparison, reader) {
        return;
    }
    let mut sides: Vec<&mut Operand> = comparison.operands_mut().collect();
    let natures: Vec<Nature> = sides.iter_mut().map(|side| nature(side, reader)).collect();
    if natures.contains(&Nature::Share) {
        let ratios = sides.into_iter().zip(natures).filter(|(_, nature)| *nature == Nature::Ratio);
        ratios.for_each(|(side, _)| in_per_cent(side));
    }
}

/// Whether a power of ten stands in a comparison, or nothing in per cent.
fn is_spelt_out(comparison: &Comparison, reader: &Reader<'_>) -> bool {
    let has_power = comparison.operands().flat_map(Operand::operands).any(|operand| match &operand.node {
        Node::Number(value) => (-6..=9).any(|power| power != 0 && *value == Number::power_of_ten(power)),
        _ => false,
    });
    let speaks = |operand: &Operand| matches!(operand.node, Node::Percent(_)) || reader.is_share(operand);
    has_power || !comparison.operands().flat_map(Operand::operands).any(speaks)
}

fn nature(operand: &mut Operand, reader: &Reader<'_>) -> Nature {
    if reader.is_share(operand) {
        return Nature::Share;
    }
    match &mut operand.node {
        Node::Percent(_) => Nature::Percent,
        Node::Negative(inner) => nature(inner, reader),
        Node::Sum { first, rest } => {
            let parts = std::iter::once(first.as_mut()).chain(rest.iter_mut().map(|(_, part)| part));
            of_sum(parts.collect(), reader)
        }
        Node::Product { .. } => of_product(operand, reader),
        _ => Nature::Other,
    }
}

fn of_sum(mut parts: Vec<&mut Operand>, reader: &Reader<'_>) -> Nature {
    let natures: Vec<Nature> = parts.iter_mut().map(|part| nature(part, reader)).collect();
    let sum = if natures.contains(&Nature::Share) {
        Nature::Share
    } else if natures.contains(&Nature::Ratio) {
        Nature::Ratio
    } else if natures.iter().all(|nature| *nature == Nature::Percent) {
        Nature::Percent
    } else {
        Nature::Other
    };
    for (part, nature) in parts.into_iter().zip(natures) {
        match (sum, nature) {
            (Nature::Share, Nature::Ratio) => in_per_cent(part),
            (Nature::Ratio | Nature::Other, Nature::Percent) => as_number(part),
            _ => {}
        }
    }
    sum
}

/// `rate * staff` is a hundredth of what the numbers give; `lent / books` is a ratio.
fn of_product(operand: &mut Operand, reader: &Reader<'_>) -> Nature {
    let Node::Product { first, rest } = &mut operand.node else { return Nature::Other };
    let (mut shares, mut divided, mut ratio) = (0, false, false);
    let mut things: Option<Quantity> = None;
    let factors = std::iter::once((Factor::Times, first.as_mut()))
        .chain(rest.iter_mut().map(|(factor, part)| (*factor, part)));
    for (factor, part) in factors {
        let kind = nature(part, reader);
        ratio |= kind == Nature::Ratio;
        if kind == Nature::Share {
            shares += if factor == Factor::Times { 1 } else { -1 };
            ratio |= factor == Factor::Over;
        } else if kind == Nature::Other && !matches!(part.node, Node::Number(_)) {
            let one = reader.quantity(part).unwrap_or(Quantity::Free);
            divided |= factor == Factor::Over;
            things = Some(match (things, factor) {
                (None, Factor::Times) => one,
                (None, Factor::Over) => Quantity::Free.over(one),
                (Some(all), Factor::Times) => all.times(one),
                (Some(all), Factor::Over) => all.over(one),
            });
        }
    }
    let cancelled = things.as_ref().is_none_or(|things| divided && *things == Quantity::Free);
    let hundred =
        |factor| (factor, Operand { node: Node::Number(Number::HUNDRED), span: first.span.clone() });
    match (shares, cancelled) {
        (0, true) if divided || ratio => Nature::Ratio,
        (1, true) => Nature::Share,
        (1, false) => {
            rest.push(hundred(Factor::Over));
            Nature::Other
        }
        (-1, false) => {
            rest.push(hundred(Factor::Times));
            Nature::Other
        }
        _ => Nature::Other,
    }
}

/// `a / b` becomes `100 * a / b`.
fn in_per_cent(operand: &mut Operand) {
    let hundred = Box::new(Operand { node: Node::Number(Number::HUNDRED), span: operand.span.clone() });
    let node = std::mem::replace(&mut operand.node, Node::Number(Number::ONE));
    let rest = match node {
        Node::Product { first, mut rest } => {
            rest.insert(0, (Factor::Times, *first));
            rest
        }
        node => vec![(Factor::Times, Operand { node, span: operand.span.clone() })],
    };
    operand.node = Node::Product { first: hundred, rest };
}

/// `20%` becomes `0.2`.
fn as_number(operand: &mut Operand) {
    match &mut operand.node {
        Node::Percent(value) => operand.node = Node::Number(&*value * &Number::power_of_ten(-2)),
        Node::Negative(inner) => as_number(inner),
        Node::Sum { first, rest } => {
            as_number(first);
            for (_, part) in rest {
                as_number(part);
            }
        }
        _ => {}
    }
}
