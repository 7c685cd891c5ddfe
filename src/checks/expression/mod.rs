//! The expression language of rules: text in, a small tree with places out.
//!
//! Nothing is evaluated here and no name is resolved: the checks do that, with the vocabulary at hand.
//!
//! ```text
//! text ──lex──▶ tokens ──parse──▶ Expression ──Display──▶ the same text, in one canonical spelling
//! ```
//!
//! A long sum is a wide node, never a deep one, so the depth of a tree is the depth of its parentheses
//! (at most [`MAX_DEPTH`]) and every walk over it may recurse.
//!
#![doc = include_str!("grammar.md")]

mod cursor;
mod fault;
mod lex;
mod parse;
mod print;
mod term;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::iter;
use std::ops::Range;

use crate::quantity::Number;

pub use cursor::{MAX_DEPTH, MAX_LENGTH};
pub use fault::SyntaxFault;
pub use lex::RESERVED;
pub use parse::{parse, parse_operand};

/// The page of documentation about this language; its examples run as tests.
pub const GRAMMAR: &str = include_str!("grammar.md");

/// What a rule expects, as written: see [`parse`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// The statement that must hold.
    pub root: Statement,
}

/// A whole expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `a == b`
    Compare(Comparison),
    /// `a == b and c < d`: two comparisons or more, all of which must hold.
    All(Vec<Comparison>),
    /// `if a < b and … then c > d and …`
    If {
        /// What makes the rule apply; never empty.
        condition: Vec<Comparison>,
        /// What must hold then; never empty.
        then: Vec<Comparison>,
    },
}

/// A chain of operands, each compared with its neighbour: `1 <= x <= 50`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The leftmost operand.
    pub first: Operand,
    /// The operators with what stands right of them; never empty, all in one direction or `==`.
    pub rest: Vec<(Operator, Operand)>,
    /// Bytes of the expression's text.
    pub span: Range<usize>,
}

/// How two neighbours of a chain compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `==`
    Equal,
    /// `<=`
    AtMost,
    /// `<`
    Less,
    /// `>=`
    AtLeast,
    /// `>`
    Greater,
}

/// A value to compare: a [`Node`] and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    /// What it is.
    pub node: Node,
    /// Bytes of the expression's text, the parentheses around it included.
    pub span: Range<usize>,
}

/// The forms that an operand takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// `100`; a literal year is just a number.
    Number(Number),
    /// `2%`, kept as the number written: 2.
    Percent(Number),
    /// `500 km2`
    Quantity(Number, String),
    /// `2024-06-01` or `2024-06`, the text as written.
    Date(String),
    /// `y`, `y-1`, `y+2`: the year that the rule runs over, and an offset.
    Year(i32),
    /// `id-cards[centre=*] @y`
    Term(TermRef),
    /// `days(edition)`
    Call(Function, TermRef),
    /// `-a`
    Negative(Box<Operand>),
    /// `a + b - c`, and `sum(a, b, c)`.
    Sum {
        /// The leftmost operand.
        first: Box<Operand>,
        /// What is added and subtracted; never empty.
        rest: Vec<(Sign, Operand)>,
    },
    /// `a * b / c`
    Product {
        /// The leftmost operand.
        first: Box<Operand>,
        /// What it is multiplied with and divided by; never empty.
        rest: Vec<(Factor, Operand)>,
    },
}

/// How a part enters a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`
    Minus,
}

/// How a part enters a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// `*`
    Times,
    /// `/`
    Over,
}

/// What is asked of the dates of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `days(event)`: how many days it lasted, the first and the last included.
    Days,
    /// `year(event)`: the calendar year of its date.
    Year,
    /// `start(event)`: its first day.
    Start,
    /// `end(event)`: its last day.
    End,
}

/// A named series and the part of it that is meant: `id-cards[centre=*] @y-1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermRef {
    /// The name as written, without quotes.
    pub name: String,
    /// What is said of its dimensions, in the order written; no dimension stands twice.
    pub filters: Vec<Filter>,
    /// The year, when one is given.
    pub at: Option<At>,
    /// Bytes of the expression's text.
    pub span: Range<usize>,
}

/// `place=rabat` inside the brackets of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The dimension; `status` and `ordinal` are filtered alike.
    pub dimension: String,
    /// Which of its values are meant.
    pub value: FilterValue,
    /// Bytes of the expression's text.
    pub span: Range<usize>,
}

/// Which values of a dimension a term means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterValue {
    /// `*`: the sum over the values of the dimension.
    Each,
    /// `any`: whatever the value, the dimension is ignored.
    Any,
    /// `$p`: one value, the same wherever `$p` stands.
    Bind(String),
    /// `rabat`, `3`, `"Aïn Sebaâ"`: this value, as written, without quotes.
    Is(String),
}

/// The year that a term is read at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// `@y`, `@y-1`: the year that the rule runs over, and an offset.
    Year(i32),
    /// `@2023`
    Fixed(i32),
}

impl Expression {
    /// Every operand, outer ones before what is inside them, from left to right.
    pub fn operands(&self) -> impl Iterator<Item = &Operand> {
        self.root.comparisons().flat_map(Comparison::operands).flat_map(Operand::operands)
    }

    /// Every term, from left to right.
    pub fn terms(&self) -> impl Iterator<Item = &TermRef> {
        self.operands().filter_map(Operand::own_term)
    }

    /// Whether the expression speaks of the year `y`, so that the rule runs over years.
    #[must_use]
    pub fn uses_year(&self) -> bool {
        self.operands().any(Operand::speaks_of_year)
    }
}

impl Statement {
    /// Every comparison; those of a condition first.
    pub fn comparisons(&self) -> impl Iterator<Item = &Comparison> {
        let (condition, then) = match self {
            Self::Compare(one) => (Default::default(), std::slice::from_ref(one)),
            Self::All(all) => (Default::default(), all.as_slice()),
            Self::If { condition, then } => (condition.as_slice(), then.as_slice()),
        };
        condition.iter().chain(then)
    }

    /// Every comparison; those of a condition first.
    pub fn comparisons_mut(&mut self) -> impl Iterator<Item = &mut Comparison> {
        let (condition, then) = match self {
            Self::Compare(one) => (Default::default(), std::slice::from_mut(one)),
            Self::All(all) => (Default::default(), all.as_mut_slice()),
            Self::If { condition, then } => (condition.as_mut_slice(), then.as_mut_slice()),
        };
        condition.iter_mut().chain(then)
    }
}

impl Comparison {
    /// The operands of the chain, from left to right.
    pub fn operands_mut(&mut self) -> impl Iterator<Item = &mut Operand> {
        iter::once(&mut self.first).chain(self.rest.iter_mut().map(|(_, operand)| operand))
    }

    /// The operands of the chain, from left to right.
    pub fn operands(&self) -> impl Iterator<Item = &Operand> {
        iter::once(&self.first).chain(self.rest.iter().map(|(_, operand)| operand))
    }

    /// The neighbours that the chain compares: `1 <= x <= 50` is `1 <= x` and `x <= 50`.
    pub fn pairs(&self) -> impl Iterator<Item = (&Operand, Operator, &Operand)> {
        self.operands().zip(&self.rest).map(|(left, (operator, right))| (left, *operator, right))
    }
}

impl Operator {
    /// Which side is the smaller one: `Less` for `<` and `<=`.
    ///
    /// The operators of a chain agree in it, where they are not `Equal`.
    #[must_use]
    pub fn direction(self) -> Ordering {
        match self {
            Self::Equal => Ordering::Equal,
            Self::AtMost | Self::Less => Ordering::Less,
            Self::AtLeast | Self::Greater => Ordering::Greater,
        }
    }
}

impl Operand {
    /// This operand and every one inside it, outer ones first, from left to right.
    pub fn operands(&self) -> impl Iterator<Item = &Operand> {
        let mut open = vec![self];
        iter::from_fn(move || {
            let next = open.pop()?;
            next.open_into(&mut open);
            Some(next)
        })
    }

    /// Every term of this operand, from left to right.
    pub fn terms(&self) -> impl Iterator<Item = &TermRef> {
        self.operands().filter_map(Self::own_term)
    }

    /// Puts the operands directly inside this one on the stack, the leftmost on top.
    fn open_into<'a>(&'a self, stack: &mut Vec<&'a Operand>) {
        match &self.node {
            Node::Negative(inner) => stack.push(inner),
            Node::Sum { first, rest } => {
                stack.extend(rest.iter().rev().map(|(_, part)| part));
                stack.push(first);
            }
            Node::Product { first, rest } => {
                stack.extend(rest.iter().rev().map(|(_, part)| part));
                stack.push(first);
            }
            _ => {}
        }
    }

    fn own_term(&self) -> Option<&TermRef> {
        match &self.node {
            Node::Term(term) | Node::Call(_, term) => Some(term),
            _ => None,
        }
    }

    fn speaks_of_year(&self) -> bool {
        matches!(self.node, Node::Year(_))
            || self.own_term().is_some_and(|term| matches!(term.at, Some(At::Year(_))))
    }
}
