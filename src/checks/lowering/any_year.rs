//! The year of an instance as a number, and as days: known, or whichever it is.

use super::{
    Affine, Fault, Function, Grounded, Lowering, Node, Number, Operand, Operator, Sort, Variable, Year,
};
use super::{mirror, row};
use crate::constraint::Constraint;

impl Lowering<'_> {
    /// The number of the year, so many years later.
    pub(super) fn this_year(&self, offset: i32, into: &mut Grounded) -> Affine {
        let known = |year: Option<i32>| Affine::constant(Number::from(year.unwrap_or_default()), Sort::Year);
        match self.year {
            Year::Unknown => known(None),
            Year::Is(year) => known(year.checked_add(offset)),
            Year::Any(after) => {
                known(after.checked_add(offset)).plus(Affine::var(into.var(Variable::AnyYear), Sort::Year))
            }
        }
    }

    /// A date, or the year of one, against the year of an instance, whichever that is: against its first
    /// day, or that of the next one.
    pub(super) fn compare_any_year(
        &mut self,
        left: &Operand,
        operator: Operator,
        right: &Operand,
        into: &mut Grounded,
    ) -> Result<Option<Vec<Constraint>>, Fault> {
        for (date, operator, year) in [(left, operator, right), (right, mirror(operator), left)] {
            let Some(after) = self.years_after(year) else { continue };
            let day = match &date.node {
                Node::Call(Function::Year, term) => self
                    .term(&term.span, Some(Function::End), into)
                    .map_err(|text| (date.span.clone(), text, None))?,
                _ => self.affine(date, into)?,
            };
            if day.sort == Sort::Day {
                return Ok(Some(day_against(&day, operator, after, into)));
            }
        }
        Ok(None)
    }

    /// How many years after any year a year is, where it is told so.
    fn years_after(&self, year: &Operand) -> Option<i32> {
        match (self.year, &year.node) {
            (Year::Any(after), Node::Year(offset)) => after.checked_add(*offset),
            _ => None,
        }
    }
}

/// What a comparison with a year demands of a day.
fn day_against(day: &Affine, operator: Operator, after: i32, into: &mut Grounded) -> Vec<Constraint> {
    let mut from = |after: i32, operator| {
        let first = Affine::var(into.var(Variable::FirstDay(after)), Sort::Day);
        row(day.clone().plus(first.scale(&-Number::ONE)), operator)
    };
    let next = after.saturating_add(1);
    match operator {
        Operator::Greater => vec![from(next, Operator::AtLeast)],
        Operator::AtMost => vec![from(next, Operator::Less)],
        Operator::AtLeast | Operator::Less => vec![from(after, operator)],
        Operator::Equal => vec![from(after, Operator::AtLeast), from(next, Operator::Less)],
    }
}
