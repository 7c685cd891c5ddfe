//! Tokens into a tree: one function for each line of the grammar, one token of foresight.

use std::cmp::Ordering;
use std::ops::Range;

use super::cursor::{Cursor, Parsed};
use super::lex::{Kind, RESERVED};
use super::{
    Comparison, Expression, Factor, Function, Node, Operand, Operator, Sign, Statement, SyntaxFault, TermRef,
};
use crate::quantity::Number;

/// Reads what a rule expects. Cost: linear in the text.
///
/// # Errors
/// The first place where the text leaves the grammar.
///
/// # Example
/// ```text
/// police-districts @y == police-districts @y-1 + new-structures[kind=district] @y   agrees
/// police-districts @y = 457                                                         did you mean `==`?
/// ```
pub fn parse(text: &str) -> Result<Expression, SyntaxFault> {
    let mut cursor = Cursor::new(text)?;
    let root = cursor.statement()?;
    cursor.end("an operator, `and` or the end must follow")?;
    Ok(Expression { root })
}

/// Reads one operand alone, such as the ratio that a rule watches: `street-interventions / emergency-calls`.
///
/// # Errors
/// The first place where the text leaves the grammar; a comparison does.
pub fn parse_operand(text: &str) -> Result<Operand, SyntaxFault> {
    let mut cursor = Cursor::new(text)?;
    let operand = cursor.operand()?;
    cursor.end("an operator or the end must follow")?;
    Ok(operand)
}

impl Cursor<'_> {
    // statement = comparisons | "if" comparisons "then" comparisons
    fn statement(&mut self) -> Parsed<Statement> {
        if self.eat("if")? {
            let condition = self.comparisons()?;
            self.require("then", "`then` must follow the condition of an `if`")?;
            let then = self.comparisons()?;
            return Ok(Statement::If { condition, then });
        }
        let all = self.comparisons()?;
        Ok(match <[Comparison; 1]>::try_from(all) {
            Ok([one]) => Statement::Compare(one),
            Err(all) => Statement::All(all),
        })
    }

    // comparisons = comparison { "and" comparison }
    fn comparisons(&mut self) -> Parsed<Vec<Comparison>> {
        let mut all = vec![self.comparison()?];
        while self.eat("and")? {
            all.push(self.comparison()?);
        }
        Ok(all)
    }

    // comparison = operand operator operand { operator operand }
    fn comparison(&mut self) -> Parsed<Comparison> {
        let start = self.next.span.start;
        let first = self.operand()?;
        let mut rest = Vec::new();
        let mut direction = Ordering::Equal;
        while let Some(operator) = comparison_operator(self.next.kind) {
            if direction.is_ne() && direction == operator.direction().reverse() {
                return Err(self.fault(
                    "a chain of comparisons must run in one direction",
                    "join two comparisons by `and`",
                ));
            }
            direction = direction.then(operator.direction());
            self.advance()?;
            rest.push((operator, self.operand()?));
        }
        if rest.is_empty() {
            return Err(self.unexpected("a rule must compare two sides with `==`, `<=`, `<`, `>=` or `>`"));
        }
        Ok(Comparison { first, rest, span: start..self.taken })
    }

    // operand = product { ( "+" | "-" ) product }
    fn operand(&mut self) -> Parsed<Operand> {
        let start = self.next.span.start;
        let first = self.product()?;
        let mut rest = Vec::new();
        loop {
            let sign = match self.next.kind {
                Kind::Sign("+") => Sign::Plus,
                Kind::Sign("-") => self.minus_between()?,
                _ => break,
            };
            self.advance()?;
            rest.push((sign, self.product()?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        let first = Box::new(first);
        Ok(self.node(start, Node::Sum { first, rest }))
    }

    /// Names may hold hyphens, so a minus between operands keeps its distance.
    fn minus_between(&self) -> Parsed<Sign> {
        let Range { start, end } = self.next.span;
        let left = self.text.get(..start).unwrap_or_default();
        let right = self.text.get(end..).unwrap_or_default();
        let apart = left.ends_with(char::is_whitespace)
            && (right.is_empty() || right.starts_with(char::is_whitespace));
        if apart {
            return Ok(Sign::Minus);
        }
        let must = "a minus between two operands must have a space on each side";
        Err(self.fault(must, "write `a - b`"))
    }

    // product = signed { ( "*" | "/" ) signed }
    fn product(&mut self) -> Parsed<Operand> {
        let start = self.next.span.start;
        let first = self.signed()?;
        let mut rest = Vec::new();
        loop {
            let factor = match self.next.kind {
                Kind::Sign("*") => Factor::Times,
                Kind::Sign("/") => Factor::Over,
                _ => break,
            };
            self.advance()?;
            rest.push((factor, self.signed()?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        let first = Box::new(first);
        Ok(self.node(start, Node::Product { first, rest }))
    }

    // signed = "-" signed | atom
    fn signed(&mut self) -> Parsed<Operand> {
        let start = self.next.span.start;
        if !self.eat("-")? {
            return self.atom();
        }
        let inner = self.nested(Self::signed)?;
        Ok(self.node(start, Node::Negative(Box::new(inner))))
    }

    // atom = number | date | year | "(" operand ")" | call | term
    fn atom(&mut self) -> Parsed<Operand> {
        let start = self.next.span.start;
        let node = match self.next.kind {
            Kind::Number(digits) => self.number(digits)?,
            Kind::Date(date) => {
                self.advance()?;
                Node::Date(date.to_owned())
            }
            Kind::Year(offset) => {
                self.advance()?;
                Node::Year(offset)
            }
            Kind::Sign("(") => self.nested(|inner| inner.bracketed(Self::operand))?.node,
            Kind::Word(name) => {
                let word = self.advance()?;
                if self.next.kind == Kind::Sign("(") {
                    self.call(name, word.span)?
                } else {
                    Node::Term(self.term(&word)?)
                }
            }
            Kind::Quoted(_) => {
                let name = self.advance()?;
                Node::Term(self.term(&name)?)
            }
            _ => return Err(self.unexpected("a name, a number or a `(` must stand here")),
        };
        Ok(self.node(start, node))
    }

    // number = digits [ "." digits ] [ "%" | unit ]
    fn number(&mut self, digits: &str) -> Parsed<Node> {
        let Some(number) = Number::parse(digits) else {
            return Err(
                self.fault("a number must not be this long", "round it, or name its unit in millions")
            );
        };
        self.advance()?;
        if self.eat("%")? {
            return Ok(Node::Percent(number));
        }
        Ok(match self.next.kind {
            Kind::Word(unit) if !RESERVED.contains(&unit) => Node::Quantity(number, self.take(unit)?),
            Kind::Quoted(unit) => Node::Quantity(number, self.take(unit)?),
            _ => Node::Number(number),
        })
    }

    // call = "sum" "(" operand { "," operand } ")" | ( "days" | "year" | "start" | "end" ) "(" term ")"
    fn call(&mut self, name: &str, place: Range<usize>) -> Parsed<Node> {
        if name == "sum" {
            return self.nested(|inner| inner.bracketed(Self::summands));
        }
        let Some(function) = Function::from_name(name) else {
            let known = ["sum", "days", "year", "start", "end"];
            return Err(SyntaxFault::unknown_function(self.text, place, known));
        };
        let term = self.bracketed(Self::event)?;
        Ok(Node::Call(function, term))
    }

    fn event(&mut self) -> Parsed<TermRef> {
        if !matches!(self.next.kind, Kind::Word(_) | Kind::Quoted(_)) {
            let must = "the name of an event must stand here";
            return Err(self.fault(must, "write `days(edition)`"));
        }
        let name = self.advance()?;
        self.term(&name)
    }

    fn summands(&mut self) -> Parsed<Node> {
        let first = self.operand()?;
        let mut rest = Vec::new();
        while self.eat(",")? {
            rest.push((Sign::Plus, self.operand()?));
        }
        if rest.is_empty() {
            return Ok(first.node);
        }
        let first = Box::new(first);
        Ok(Node::Sum { first, rest })
    }

    fn node(&self, start: usize, node: Node) -> Operand {
        Operand { node, span: start..self.taken }
    }
}

impl Function {
    const ALL: [Self; 4] = [Self::Days, Self::Year, Self::Start, Self::End];

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }
}

fn comparison_operator(kind: Kind<'_>) -> Option<Operator> {
    Some(match kind {
        Kind::Sign("==") => Operator::Equal,
        Kind::Sign("<=") => Operator::AtMost,
        Kind::Sign("<") => Operator::Less,
        Kind::Sign(">=") => Operator::AtLeast,
        Kind::Sign(">") => Operator::Greater,
        _ => return None,
    })
}
