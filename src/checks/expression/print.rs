//! A tree back into text, in one canonical spelling: reading it again gives the same tree.

use std::fmt::{self, Display, Formatter};

use super::lex::{is_bare_name, is_bare_value};
use super::{
    At, Comparison, Expression, Factor, Filter, FilterValue, Function, Node, Operand, Operator, Sign,
    Statement, TermRef,
};

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare(one) => one.fmt(f),
            Self::All(all) => separated(f, all, " and "),
            Self::If { condition, then } => {
                f.write_str("if ")?;
                separated(f, condition, " and ")?;
                f.write_str(" then ")?;
                separated(f, then, " and ")
            }
        }
    }
}

impl Display for Comparison {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        self.rest.iter().try_for_each(|(operator, operand)| write!(f, " {operator} {operand}"))
    }
}

impl Display for Operator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Equal => "==",
            Self::AtMost => "<=",
            Self::Less => "<",
            Self::AtLeast => ">=",
            Self::Greater => ">",
        })
    }
}

impl Display for Operand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Number(number) => number.fmt(f),
            Node::Percent(number) => write!(f, "{number}%"),
            Node::Quantity(number, unit) => write!(f, "{number} {}", Name(unit)),
            Node::Date(date) => f.write_str(date),
            Node::Year(offset) => year(f, *offset),
            Node::Term(term) => term.fmt(f),
            Node::Call(function, term) => write!(f, "{}({term})", function.name()),
            Node::Negative(inner) => write!(f, "-{}", Inside(inner, Strength::Minus)),
            Node::Sum { first, rest } => {
                Inside(first, Strength::Sum).fmt(f)?;
                rest.iter().try_for_each(|(sign, part)| write!(f, " {sign} {}", Inside(part, Strength::Sum)))
            }
            Node::Product { first, rest } => {
                Inside(first, Strength::Product).fmt(f)?;
                rest.iter()
                    .try_for_each(|(factor, part)| write!(f, " {factor} {}", Inside(part, Strength::Product)))
            }
        }
    }
}

impl Display for Sign {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plus => "+",
            Self::Minus => "-",
        })
    }
}

impl Display for Factor {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Times => "*",
            Self::Over => "/",
        })
    }
}

impl Function {
    /// The name as rules write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Year => "year",
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

impl Display for TermRef {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Name(&self.name).fmt(f)?;
        if !self.filters.is_empty() {
            f.write_str("[")?;
            separated(f, &self.filters, ", ")?;
            f.write_str("]")?;
        }
        self.at.map_or(Ok(()), |at| write!(f, " {at}"))
    }
}

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", Name(&self.dimension), self.value)
    }
}

impl Display for FilterValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Each => f.write_str("*"),
            Self::Any => f.write_str("any"),
            Self::Bind(name) => write!(f, "${name}"),
            Self::Is(value) if is_bare_value(value) => f.write_str(value),
            Self::Is(value) => write!(f, "\"{value}\""),
        }
    }
}

impl Display for At {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("@")?;
        match self {
            Self::Year(offset) => year(f, *offset),
            Self::Fixed(year) => write!(f, "{year:04}"),
        }
    }
}

/// How tightly a node holds its parts together, from loose to tight.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Strength {
    Sum,
    Product,
    Minus,
    Atom,
}

impl Node {
    fn strength(&self) -> Strength {
        match self {
            Self::Sum { .. } => Strength::Sum,
            Self::Product { .. } => Strength::Product,
            Self::Negative(_) => Strength::Minus,
            _ => Strength::Atom,
        }
    }
}

/// An operand as a part of a node of this strength: in parentheses unless it holds together more tightly.
struct Inside<'a>(&'a Operand, Strength);

impl Display for Inside<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(operand, around) = self;
        if operand.node.strength() > *around { operand.fmt(f) } else { write!(f, "({operand})") }
    }
}

/// A name, in quotes where it needs them.
struct Name<'a>(&'a str);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_bare_name(self.0) { f.write_str(self.0) } else { write!(f, "\"{}\"", self.0) }
    }
}

fn year(f: &mut Formatter<'_>, offset: i32) -> fmt::Result {
    if offset == 0 { f.write_str("y") } else { write!(f, "y{offset:+}") }
}

fn separated(f: &mut Formatter<'_>, items: &[impl Display], separator: &str) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        item.fmt(f)?;
    }
    Ok(())
}
