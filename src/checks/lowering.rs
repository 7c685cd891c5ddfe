//! Operands of an expression as sums of multiples of an instance's variables.

mod any_year;

use std::ops::Range;

use super::expression::{Factor, Function, Node, Operand, Operator, Sign};
use super::series::{Fault, Series};
use super::terms::{Completeness, Meant};
use super::{Grounded, Variable, units};
use crate::constraint::{Constraint, Linear, Var};
use crate::fact::PointId;
use crate::period::{Day, Period};
use crate::quantity::{Number, UnitKind};
use crate::vocabulary::{UnitId, Vocabulary};

/// The most bits of a number that an operand comes to, about 2,000 digits.
const MOST_BITS: usize = 6_650;

/// What an operand is, so that dates are not added to districts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A number.
    Plain,
    /// A number of per cent.
    Share,
    /// A per cent of the expression itself: `2%`.
    Percent,
    /// A day.
    Day,
    /// A calendar year.
    Year,
}

/// `Σ aᵢ·xᵢ + c`, and what it is.
#[derive(Clone, Debug)]
pub struct Affine {
    /// Multiples of variables.
    pub terms: Vec<(Number, Var)>,
    /// The constant.
    pub constant: Number,
    /// What it is.
    pub sort: Sort,
}

impl Affine {
    fn constant(value: Number, sort: Sort) -> Self {
        Self { terms: Vec::new(), constant: value, sort }
    }

    fn var(var: Var, sort: Sort) -> Self {
        Self { terms: vec![(Number::ONE, var)], constant: Number::ZERO, sort }
    }

    fn scale(mut self, factor: &Number) -> Self {
        for (multiple, _) in &mut self.terms {
            *multiple = &*multiple * factor;
        }
        self.constant = &self.constant * factor;
        self
    }

    fn plus(mut self, other: Self) -> Self {
        self.terms.extend(other.terms);
        self.constant = &self.constant + &other.constant;
        self
    }

    fn is_constant(&self) -> bool {
        self.terms.is_empty()
    }

    /// The bits of its largest number.
    fn bits(&self) -> usize {
        let numbers = self.terms.iter().map(|(factor, _)| factor).chain([&self.constant]);
        numbers.map(Number::bits).max().unwrap_or(0)
    }
}

/// The year of an instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Year {
    /// It has none.
    #[default]
    Unknown,
    /// This one.
    Is(i32),
    /// Whichever, so many years after [`Variable::AnyYear`].
    Any(i32),
}

/// Lowers operands into an instance.
pub struct Lowering<'a> {
    /// The names and units.
    pub vocabulary: &'a Vocabulary,
    /// The terms of the rule, in the order of the expression, with their places in it.
    pub terms: &'a [(Range<usize>, Series)],
    /// What each term stands for.
    pub meant: &'a [Meant],
    /// The year of the instance.
    pub year: Year,
    /// Definitions of the quantities of this instance alone.
    pub definitions: Vec<Constraint>,
}

impl Lowering<'_> {
    /// The rows that `left operator right` demands.
    ///
    /// # Errors
    /// What the operands cannot be asked.
    pub fn compare(
        &mut self,
        left: &Operand,
        operator: Operator,
        right: &Operand,
        into: &mut Grounded,
    ) -> Result<Vec<Constraint>, Fault> {
        if let Some(rows) = self.compare_quotient(left, operator, right, into)? {
            return Ok(rows);
        }
        if let Some(rows) = self.compare_any_year(left, operator, right, into)? {
            return Ok(rows);
        }
        let (l, r) = (self.affine(left, into)?, self.affine(right, into)?);
        let span = left.span.start..right.span.end;
        let (l, r) = match (l.sort, r.sort) {
            (Sort::Day, Sort::Year | Sort::Plain) => return day_in_year(&l, operator, &r, span),
            (Sort::Year | Sort::Plain, Sort::Day) => return day_in_year(&r, mirror(operator), &l, span),
            (Sort::Day, Sort::Day) => (l, r),
            (Sort::Day, _) | (_, Sort::Day) => return Err(mixed(span)),
            _ => alike(l, r),
        };
        Ok(vec![row(l.plus(r.scale(&-Number::ONE)), operator)])
    }

    /// `a / b ≤ c` is `a ≤ c·b` where b is never negative: linear, so decided completely.
    fn compare_quotient(
        &mut self,
        left: &Operand,
        operator: Operator,
        right: &Operand,
        into: &mut Grounded,
    ) -> Result<Option<Vec<Constraint>>, Fault> {
        let Node::Product { first, rest } = &left.node else { return Ok(None) };
        let ([(Factor::Over, below)], false) = (rest.as_slice(), right.terms().next().is_some()) else {
            return Ok(None);
        };
        if !self.is_never_negative(below) {
            return Ok(None);
        }
        let (above, below) = (self.affine(first, into)?, self.affine(below, into)?);
        let ratio = self.affine(right, into)?;
        let ratio = if ratio.sort == Sort::Percent { ratio.scale(&hundredth()) } else { ratio };
        if below.is_constant() || above.sort == Sort::Day || below.sort == Sort::Day {
            return Ok(None);
        }
        let divisor = self.as_var(below.clone(), into);
        into.divisors.push(divisor);
        Ok(Some(vec![row(above.plus(below.scale(&-&ratio.constant)), operator)]))
    }

    fn is_never_negative(&self, operand: &Operand) -> bool {
        let Node::Term(term) = &operand.node else { return false };
        self.terms.iter().find(|(span, _)| *span == term.span).is_some_and(|(_, series)| {
            let domain = self.vocabulary.domain(self.vocabulary.measure(series.measure));
            domain.lower().value().is_some_and(|low| !low.is_negative())
        })
    }

    /// An operand as a sum of multiples of variables.
    ///
    /// # Errors
    /// What the operand cannot be asked.
    pub fn affine(&mut self, operand: &Operand, into: &mut Grounded) -> Result<Affine, Fault> {
        let fault = |text: &str| (operand.span.clone(), text.to_owned(), None);
        let lowered = match &operand.node {
            Node::Number(value) => Affine::constant(value.clone(), Sort::Plain),
            Node::Percent(value) => Affine::constant(value.clone(), Sort::Percent),
            Node::Quantity(value, unit) => {
                let factor = self.unit(unit).ok_or_else(|| fault("a number must have a declared unit"))?;
                Affine::constant(value * &factor, Sort::Plain)
            }
            Node::Date(text) => {
                let period = Period::parse(text).map_err(|_| fault("a date must be on the calendar"))?;
                let last = period.last().ok_or_else(|| fault("a date must have an end"))?;
                Affine::constant(Number::from(last.number()), Sort::Day)
            }
            Node::Year(offset) => self.this_year(*offset, into),
            Node::Term(term) => self.term(&term.span, None, into).map_err(|text| fault(&text))?,
            Node::Call(function, term) => {
                self.term(&term.span, Some(*function), into).map_err(|text| fault(&text))?
            }
            Node::Negative(inner) => self.affine(inner, into)?.scale(&-Number::ONE),
            Node::Sum { first, rest } => self.sum(first, rest, into)?,
            Node::Product { first, rest } => self.product(first, rest, into)?,
        };
        // What the verifier would refuse as too long is refused at its rule.
        if lowered.bits() > MOST_BITS {
            Err(fault("numbers must multiply to fewer digits"))
        } else {
            Ok(lowered)
        }
    }

    /// What one of this unit is in the unit that the rule reckons in.
    fn unit(&self, name: &str) -> Option<Number> {
        units::factor(UnitId(self.vocabulary.units.find(name)?), self.terms, self.vocabulary)
    }

    fn sum(
        &mut self,
        first: &Operand,
        rest: &[(Sign, Operand)],
        into: &mut Grounded,
    ) -> Result<Affine, Fault> {
        let mut total = self.affine(first, into)?;
        for (sign, operand) in rest {
            let part = self.affine(operand, into)?;
            total.sort = match (total.sort, sign, part.sort) {
                (Sort::Day, Sign::Minus, Sort::Day) => Sort::Plain,
                (Sort::Day, _, Sort::Plain) | (Sort::Plain, Sign::Plus, Sort::Day) => Sort::Day,
                (Sort::Day, ..) | (_, _, Sort::Day) => return Err(mixed(operand.span.clone())),
                (Sort::Year, ..) | (_, _, Sort::Year) => Sort::Year,
                (Sort::Share, ..) | (_, _, Sort::Share) => Sort::Share,
                (Sort::Percent, _, Sort::Percent) => Sort::Percent,
                _ => Sort::Plain,
            };
            let factor = if *sign == Sign::Minus { -Number::ONE } else { Number::ONE };
            total = total.plus(part.scale(&factor));
        }
        Ok(total)
    }

    fn product(
        &mut self,
        first: &Operand,
        rest: &[(Factor, Operand)],
        into: &mut Grounded,
    ) -> Result<Affine, Fault> {
        let factor_of = |affine: Affine| match affine.sort {
            Sort::Percent => Affine { sort: Sort::Plain, ..affine.scale(&hundredth()) },
            _ => affine,
        };
        let mut total = factor_of(self.affine(first, into)?);
        for (factor, operand) in rest {
            let part = factor_of(self.affine(operand, into)?);
            if total.sort == Sort::Day || part.sort == Sort::Day {
                return Err((operand.span.clone(), "a date must not be multiplied or divided".into(), None));
            }
            let sort =
                if total.sort == Sort::Share && *factor == Factor::Over { Sort::Plain } else { total.sort };
            total = match (factor, part.is_constant(), total.is_constant()) {
                (Factor::Times, true, _) => total.scale(&part.constant),
                (Factor::Times, false, true) => Affine { sort: part.sort, ..part.scale(&total.constant) },
                (Factor::Times, false, false) => self.multiply(total, part, into),
                (Factor::Over, true, _) => {
                    let zero = || (operand.span.clone(), "a divisor must not be zero".into(), None);
                    total.scale(&part.constant.recip().ok_or_else(zero)?)
                }
                (Factor::Over, false, _) => self.divide(total, part, into),
            };
            if *factor == Factor::Over {
                total.sort = sort;
            }
        }
        Ok(total)
    }

    fn multiply(&mut self, left: Affine, right: Affine, into: &mut Grounded) -> Affine {
        let (left, right) = (self.as_var(left, into), self.as_var(right, into));
        let product = into.own();
        self.definitions.push(Constraint::Product { left, right, product });
        Affine::var(product, Sort::Plain)
    }

    fn divide(&mut self, above: Affine, below: Affine, into: &mut Grounded) -> Affine {
        let (product, right) = (self.as_var(above, into), self.as_var(below, into));
        into.divisors.push(right);
        let left = into.own();
        self.definitions.push(Constraint::Product { left, right, product });
        Affine::var(left, Sort::Plain)
    }

    /// A variable that equals a sum.
    pub fn as_var(&mut self, affine: Affine, into: &mut Grounded) -> Var {
        if let ([(one, var)], true) = (affine.terms.as_slice(), affine.constant.is_zero())
            && *one == Number::ONE
        {
            return *var;
        }
        let own = into.own();
        self.definitions
            .push(row(affine.plus(Affine::var(own, Sort::Plain).scale(&-Number::ONE)), Operator::Equal));
        own
    }

    fn term(
        &mut self,
        span: &Range<usize>,
        function: Option<Function>,
        into: &mut Grounded,
    ) -> Result<Affine, String> {
        let position = self.terms.iter().position(|(place, _)| place == span);
        let found = position.and_then(|at| Some((&self.terms.get(at)?.1, self.meant.get(at)?)));
        let Some((series, meant)) = found else { return Err("a term must be resolved".into()) };
        match (meant, function) {
            (Meant::One(point), None) if series.kind.is_dated() => {
                Ok(Affine::var(into.var(Variable::End(*point)), Sort::Day))
            }
            (Meant::One(point), Some(function)) if series.kind.is_dated() => {
                Ok(self.dates(*point, function, into))
            }
            (_, Some(_)) => Err("only an event or a numbered series has dates".into()),
            (Meant::One(point), None) => {
                let figure = Affine::var(into.var(Variable::Value(*point)), self.sort_of(series));
                Ok(figure.scale(&series.scale))
            }
            (Meant::Sum(points, complete), None) => {
                let mut sum = Affine::constant(Number::ZERO, self.sort_of(series));
                for point in points {
                    sum.terms.push((series.scale.clone(), into.var(Variable::Value(*point))));
                }
                if *complete == Completeness::LowerBound {
                    let rest = into.own();
                    if !self.vocabulary.goes_below_zero(self.vocabulary.measure(series.measure)) {
                        self.definitions.push(Linear::at_least([(Number::ONE, rest)], &Number::ZERO).into());
                    }
                    sum.terms.push((Number::ONE, rest));
                }
                Ok(sum)
            }
        }
    }

    /// The year of a day.
    fn year_of(&mut self, day: Affine, into: &mut Grounded) -> Affine {
        let (day, year) = (self.as_var(day, into), into.own());
        self.definitions.push(Constraint::Year { day, year });
        Affine::var(year, Sort::Year)
    }

    fn dates(&mut self, point: PointId, function: Function, into: &mut Grounded) -> Affine {
        let end = into.var(Variable::End(point));
        match function {
            Function::Start => Affine::var(into.var(Variable::Start(point)), Sort::Day),
            Function::End => Affine::var(end, Sort::Day),
            Function::Year => self.year_of(Affine::var(end, Sort::Day), into),
            Function::Days => {
                let start = into.var(Variable::Start(point));
                let terms = vec![(Number::ONE, end), (-Number::ONE, start)];
                self.definitions
                    .push(Linear::at_most([(Number::ONE, start), (-Number::ONE, end)], Number::ZERO).into());
                Affine { terms, constant: Number::ONE, sort: Sort::Plain }
            }
        }
    }

    fn sort_of(&self, series: &Series) -> Sort {
        match self.vocabulary.unit_kind(self.vocabulary.measure(series.measure)) {
            UnitKind::Share => Sort::Share,
            UnitKind::Countable | UnitKind::Measured => Sort::Plain,
        }
    }
}

/// A date compared with a year means its end.
fn day_in_year(
    day: &Affine,
    operator: Operator,
    year: &Affine,
    span: Range<usize>,
) -> Result<Vec<Constraint>, Fault> {
    let number = year.constant.to_i64().and_then(|y| i32::try_from(y).ok());
    let (Some(year), true) = (number, year.is_constant() && year.constant.is_integer()) else {
        return Err((span, "a date must be compared with a date or a year".into(), None));
    };
    let bound = |day: Option<Day>| {
        let known = day.ok_or_else(|| (span.clone(), format!("no calendar holds the year {year}"), None));
        known.map(|day| Number::from(day.number()))
    };
    let (first, last) = (bound(Day::from_ymd(year, 1, 1))?, bound(Day::from_ymd(year, 12, 31))?);
    let against =
        |bound: Number, operator| row(day.clone().plus(Affine::constant(-bound, Sort::Plain)), operator);
    Ok(match operator {
        Operator::Greater | Operator::AtMost => vec![against(last, operator)],
        Operator::AtLeast | Operator::Less => vec![against(first, operator)],
        Operator::Equal => vec![against(first, Operator::AtLeast), against(last, Operator::AtMost)],
    })
}

/// `affine operator 0` as a row.
fn row(affine: Affine, operator: Operator) -> Constraint {
    let (terms, bound) = (affine.terms, -affine.constant);
    Constraint::Linear(match operator {
        Operator::Equal => Linear::equal(terms, bound),
        Operator::AtMost => Linear::at_most(terms, bound),
        Operator::Less => Linear::less(terms, bound),
        Operator::AtLeast => Linear::at_least(terms, &bound),
        Operator::Greater => Linear::greater(terms, &bound),
    })
}

/// A per cent of the expression is a number of hundredths, except beside what is told in per cent.
#[must_use]
pub fn alike(left: Affine, right: Affine) -> (Affine, Affine) {
    match (left.sort, right.sort) {
        (Sort::Share | Sort::Percent, Sort::Share | Sort::Percent) => (left, right),
        (_, Sort::Percent) => (left, right.scale(&hundredth())),
        (Sort::Percent, _) => (left.scale(&hundredth()), right),
        _ => (left, right),
    }
}

fn mirror(operator: Operator) -> Operator {
    match operator {
        Operator::Equal => Operator::Equal,
        Operator::AtMost => Operator::AtLeast,
        Operator::Less => Operator::Greater,
        Operator::AtLeast => Operator::AtMost,
        Operator::Greater => Operator::Less,
    }
}

fn mixed(span: Range<usize>) -> Fault {
    (span, "a date must not be added to or compared with an amount".into(), None)
}

fn hundredth() -> Number {
    Number::power_of_ten(-2)
}
