//! The lines of the grammar for terms: a name, its filters, its year.

use std::collections::HashSet;

use super::cursor::{Cursor, Parsed};
use super::lex::{Kind, RESERVED, Token};
use super::{At, Filter, FilterValue, SyntaxFault, TermRef};

impl<'a> Cursor<'a> {
    // term = name [ "[" filter { "," filter } "]" ] [ "@" year ]
    pub(super) fn term(&mut self, name: &Token<'a>) -> Parsed<TermRef> {
        let text = match name.kind {
            Kind::Quoted(text) => text,
            Kind::Word(text) if !RESERVED.contains(&text) => text,
            _ => return Err(self.reserved(name)),
        };
        let filters = if self.next.kind == Kind::Sign("[") { self.filters()? } else { Vec::new() };
        let at = if self.eat("@")? { Some(self.at()?) } else { None };
        Ok(TermRef { name: text.to_owned(), filters, at, span: name.span.start..self.taken })
    }

    fn filters(&mut self) -> Parsed<Vec<Filter>> {
        let open = self.advance()?;
        let mut seen = HashSet::new();
        let mut filters = Vec::new();
        loop {
            let filter = self.filter()?;
            if !seen.insert(filter.dimension.clone()) {
                let must = "a dimension must stand once in the brackets";
                let help = Some("keep one of the two");
                return Err(SyntaxFault::at(self.text, filter.span, must, help));
            }
            filters.push(filter);
            if !self.eat(",")? {
                break;
            }
        }
        self.close("]", &open)?;
        Ok(filters)
    }

    // filter = name "=" ( "*" | "any" | "$" name | value )
    fn filter(&mut self) -> Parsed<Filter> {
        let start = self.next.span.start;
        let (Kind::Word(name) | Kind::Quoted(name)) = self.next.kind else {
            return Err(self.unexpected("the name of a dimension must stand here"));
        };
        let dimension = self.take(name)?;
        if !self.eat("=")? {
            return Err(self.fault("`=` must follow the name of a dimension", "write `name[place=rabat]`"));
        }
        let value = self.filter_value()?;
        Ok(Filter { dimension, value, span: start..self.taken })
    }

    fn filter_value(&mut self) -> Parsed<FilterValue> {
        if self.eat("*")? {
            return Ok(FilterValue::Each);
        }
        if self.eat("$")? {
            let Kind::Word(name) = self.next.kind else {
                return Err(self.fault("a name must follow `$`", "write `name[place=$p]`"));
            };
            return Ok(FilterValue::Bind(self.take(name)?));
        }
        let bare = matches!(self.next.kind, Kind::Word(_));
        let (Kind::Word(value) | Kind::Quoted(value) | Kind::Number(value)) = self.next.kind else {
            let must = "a value, `*`, `any` or `$p` must follow `=`";
            return Err(self.fault(must, "other values go in double quotes"));
        };
        let value = self.take(value)?;
        Ok(if bare && value == "any" { FilterValue::Any } else { FilterValue::Is(value) })
    }

    fn at(&mut self) -> Parsed<At> {
        let at = match self.next.kind {
            Kind::Year(offset) => Some(At::Year(offset)),
            Kind::Number(digits) if digits.len() == 4 => digits.parse().ok().map(At::Fixed),
            _ => None,
        };
        let Some(at) = at else {
            return Err(self.fault("a year must follow `@`", "write `@y`, `@y-1` or `@2023`"));
        };
        self.advance()?;
        Ok(at)
    }

    fn reserved(&self, name: &Token<'a>) -> SyntaxFault {
        let word = self.text.get(name.span.clone()).unwrap_or_default();
        let help = format!("in quotes it is a name: `\"{word}\"`");
        let must = "a name must not be a reserved word";
        SyntaxFault::at(self.text, name.span.clone(), must, Some(&help))
    }
}
