//! Units of an expression: what is compared or added must be of one unit.
//!
//! Plain numbers fit beside everything, as factors between units are written so; counts of different
//! nouns are compared freely ("at least one device for each service").

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use super::expression::{Comparison, Factor, Node, Operand};
use super::series::{Fault, Series};
use crate::quantity::{Number, UnitKind};
use crate::vocabulary::{UnitId, Vocabulary};

/// The terms of a rule with their places in its text.
pub type Placed = [(Range<usize>, Series)];

/// What an operand is measured in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A plain number, a date, a quotient of like things: fits beside everything.
    Free,
    /// Things that are counted.
    Count,
    /// Per cent.
    Share,
    /// A product of powers of measured units, each the last of its conversions.
    Of(BTreeMap<UnitId, i32>),
}

/// Reads the terms of one expression.
pub struct Reader<'a> {
    /// The terms of the rule.
    pub terms: &'a Placed,
    /// The measures and their units.
    pub vocabulary: &'a Vocabulary,
}

/// Whether both sides of a comparison, and the parts of each, are of one unit.
///
/// # Errors
/// The first operands that are not, as a fault of the rule.
pub fn agree(comparison: &Comparison, terms: &Placed, vocabulary: &Vocabulary) -> Result<(), Fault> {
    let reader = Reader { terms, vocabulary };
    let mut sides = comparison.operands();
    let Some(first) = sides.next() else { return Ok(()) };
    reader.all_alike(first, sides).map(|_| ())
}

/// The unit of an operand by itself.
///
/// # Errors
/// Parts of it that are of different units.
pub fn check(operand: &Operand, terms: &Placed, vocabulary: &Vocabulary) -> Result<(), Fault> {
    Reader { terms, vocabulary }.quantity(operand).map(|_| ())
}

/// Gives every term the factor that turns its figures into the unit of the first term that converts
/// to the same one: beside kilometres, metres are thousandths.
pub fn align(terms: &mut Placed, vocabulary: &Vocabulary) {
    let mut firsts: BTreeMap<UnitId, Number> = BTreeMap::new();
    for (_, series) in terms {
        let Some(unit) = vocabulary.measure(series.measure).unit else { continue };
        let (root, factor) = vocabulary.converted(unit);
        let first = firsts.entry(root).or_insert_with(|| factor.clone());
        series.scale = factor.checked_div(first).unwrap_or(Number::ONE);
    }
}

/// One of a unit that an expression names, in the unit that its terms of that kind are told in.
#[must_use]
pub fn factor(unit: UnitId, terms: &Placed, vocabulary: &Vocabulary) -> Option<Number> {
    let (root, factor) = vocabulary.converted(unit);
    let measured = terms.iter().filter_map(|(_, series)| vocabulary.measure(series.measure).unit);
    let first = measured.map(|unit| vocabulary.converted(unit)).find(|(other, _)| *other == root);
    first.map_or(Some(factor.clone()), |(_, first)| factor.checked_div(&first))
}

/// The unit that the figures of a term are turned into, where it is not their own.
#[must_use]
pub fn told_in<'v>(series: &Series, terms: &Placed, vocabulary: &'v Vocabulary) -> Option<&'v str> {
    let root = |series: &Series| {
        let unit = vocabulary.measure(series.measure).unit?;
        Some((vocabulary.converted(unit).0, unit))
    };
    let own = root(series).filter(|_| series.scale != Number::ONE)?;
    let first = terms.iter().filter_map(|(_, other)| root(other)).find(|(other, _)| *other == own.0)?;
    Some(vocabulary.units.name(first.1.0))
}

impl Reader<'_> {
    /// Whether an operand is a figure that is told in per cent.
    #[must_use]
    pub fn is_share(&self, operand: &Operand) -> bool {
        matches!(operand.node, Node::Term(_)) && self.quantity(operand) == Ok(Quantity::Share)
    }

    /// What an operand is measured in.
    ///
    /// # Errors
    /// Parts of it that are of different units.
    pub fn quantity(&self, operand: &Operand) -> Result<Quantity, Fault> {
        Ok(match &operand.node {
            Node::Number(_) | Node::Date(_) | Node::Year(_) | Node::Call(..) => Quantity::Free,
            Node::Percent(_) => Quantity::Share,
            Node::Quantity(_, name) => {
                let unit = self.vocabulary.units.find(name).map(UnitId);
                unit.map_or(Quantity::Free, |unit| self.of_unit(Some(unit)))
            }
            Node::Term(term) => match self.terms.iter().find(|(span, _)| *span == term.span) {
                Some((_, series)) if series.kind.is_numeric() => {
                    self.of_unit(self.vocabulary.measure(series.measure).unit)
                }
                _ => Quantity::Free,
            },
            Node::Negative(inner) => self.quantity(inner)?,
            Node::Sum { first, rest } => self.all_alike(first, rest.iter().map(|(_, part)| part))?,
            Node::Product { first, rest } => {
                let mut product = self.factor_of(first)?;
                for (factor, part) in rest {
                    let part = self.factor_of(part)?;
                    product = match (product, part, factor) {
                        (product, None, _) => product,
                        (None, part, Factor::Times) => part,
                        (None, Some(part), Factor::Over) => Some(Quantity::Free.over(part)),
                        (Some(product), Some(part), Factor::Times) => Some(product.times(part)),
                        (Some(product), Some(part), Factor::Over) => Some(product.over(part)),
                    };
                }
                product.unwrap_or(Quantity::Free)
            }
        })
    }

    /// The unit of a factor; per cent of something is of its unit, whatever that is.
    fn factor_of(&self, operand: &Operand) -> Result<Option<Quantity>, Fault> {
        Ok(match operand.node {
            Node::Percent(_) => None,
            _ => Some(self.quantity(operand)?),
        })
    }

    fn of_unit(&self, unit: Option<UnitId>) -> Quantity {
        let Some(unit) = unit else { return Quantity::Count };
        match self.vocabulary.units.at(unit.0).kind {
            UnitKind::Countable => Quantity::Count,
            UnitKind::Share => Quantity::Share,
            UnitKind::Measured => Quantity::Of([(self.vocabulary.converted(unit).0, 1)].into()),
        }
    }

    /// The unit of operands that are compared or added.
    fn all_alike<'o>(
        &self,
        first: &'o Operand,
        rest: impl Iterator<Item = &'o Operand>,
    ) -> Result<Quantity, Fault> {
        let mut known = (first, self.quantity(first)?);
        for operand in rest {
            let next = (operand, self.quantity(operand)?);
            if known.1 == Quantity::Free {
                known = next;
            } else if next.1 != Quantity::Free && next.1 != known.1 {
                let told = |(operand, quantity): &(&Operand, Quantity)| {
                    let unit = Told { quantity, vocabulary: self.vocabulary };
                    format!("`{operand}` ({unit})")
                };
                let text = format!(
                    "what is compared or added must be of one unit; found {} and {}",
                    told(&known),
                    told(&next)
                );
                let help =
                    "divide figures of different units, or declare how the units convert: `equals: 100 ha`";
                return Err((first.span.start..operand.span.end, text, Some(help.into())));
            }
        }
        Ok(known.1)
    }
}

impl Quantity {
    /// A bare number may stand for anything per anything; a count changes no other unit.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Free, _) | (_, Self::Free) | (Self::Share, Self::Share) => Self::Free,
            (Self::Of(left), Self::Of(right)) => Self::of(left, right, 1),
            (Self::Of(unit), _) | (_, Self::Of(unit)) => Self::Of(unit),
            _ => Self::Count,
        }
    }

    /// What is left of one divided by the other.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        match (self, other) {
            (Self::Free, _) | (_, Self::Free) => Self::Free,
            (Self::Of(above), Self::Of(below)) => Self::of(above, below, -1),
            (Self::Of(unit), _) => Self::Of(unit),
            (_, Self::Of(unit)) => Self::of(BTreeMap::new(), unit, -1),
            _ => Self::Free,
        }
    }

    /// The powers of a product or quotient; what cancels out is a plain number.
    fn of(mut powers: BTreeMap<UnitId, i32>, other: BTreeMap<UnitId, i32>, sign: i32) -> Self {
        for (unit, power) in other {
            *powers.entry(unit).or_default() += sign * power;
        }
        powers.retain(|_, power| *power != 0);
        if powers.is_empty() { Self::Free } else { Self::Of(powers) }
    }
}

/// A unit in words.
struct Told<'a> {
    quantity: &'a Quantity,
    vocabulary: &'a Vocabulary,
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let powers = match self.quantity {
            Quantity::Free => return f.write_str("a number"),
            Quantity::Count => return f.write_str("a count"),
            Quantity::Share => return f.write_str("per cent"),
            Quantity::Of(powers) => powers,
        };
        let mut above = powers.iter().filter(|(_, power)| **power > 0).peekable();
        if above.peek().is_none() {
            f.write_str("1")?;
        }
        let below = powers.iter().filter(|(_, power)| **power < 0);
        for (nth, (unit, power)) in above.chain(below).enumerate() {
            let join = match (nth, *power > 0) {
                (0, true) => "",
                (_, true) => "·",
                (_, false) => "/",
            };
            let raised = if power.abs() == 1 { String::new() } else { format!("^{}", power.abs()) };
            write!(f, "{join}{}{raised}", self.vocabulary.units.name(unit.0))?;
        }
        Ok(())
    }
}
