//! A place in the tokens, with one token of foresight: what every line of the grammar stands on.

use super::SyntaxFault;
use super::fault::advice;
use super::lex::{Kind, Lexer, Token};

/// How many parentheses and minus signs may stand inside one another.
pub const MAX_DEPTH: usize = 64;
/// How many bytes an expression may have.
pub const MAX_LENGTH: usize = 64 * 1024;

pub(super) type Parsed<T> = Result<T, SyntaxFault>;

/// A place between two tokens.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    lexer: Lexer<'a>,
    /// The token that comes next.
    pub(super) next: Token<'a>,
    /// Where the last token taken ended.
    pub(super) taken: usize,
    depth: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Parsed<Self> {
        if text.len() > MAX_LENGTH {
            return Err(SyntaxFault::too_long(text.len(), MAX_LENGTH));
        }
        let mut lexer = Lexer::new(text);
        let next = lexer.token()?;
        Ok(Self { text, lexer, next, taken: 0, depth: 0 })
    }

    /// Takes the next token and looks at the one after it.
    pub(super) fn advance(&mut self) -> Parsed<Token<'a>> {
        self.taken = self.next.span.end;
        let following = self.lexer.token()?;
        Ok(std::mem::replace(&mut self.next, following))
    }

    /// Takes the next token, of which only this text is wanted.
    pub(super) fn take(&mut self, text: &str) -> Parsed<String> {
        self.advance()?;
        Ok(text.to_owned())
    }

    pub(super) fn eat(&mut self, sign: &'static str) -> Parsed<bool> {
        let found = self.next.kind == Kind::Sign(sign);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    pub(super) fn require(&mut self, sign: &'static str, must: &str) -> Parsed<()> {
        if self.eat(sign)? { Ok(()) } else { Err(self.unexpected(must)) }
    }

    /// Takes the closing bracket; when the text ends instead, the open one is to blame.
    pub(super) fn close(&mut self, sign: &'static str, open: &Token<'a>) -> Parsed<()> {
        let must = format!("`{sign}` must close the bracket");
        if self.next.kind == Kind::End {
            return Err(SyntaxFault::unclosed(open.span.clone(), &must));
        }
        self.require(sign, &must)
    }

    pub(super) fn end(&self, must: &str) -> Parsed<()> {
        if self.next.kind == Kind::End { Ok(()) } else { Err(self.unexpected(must)) }
    }

    /// A fault of the next token, with the advice that this token calls for.
    pub(super) fn unexpected(&self, must: &str) -> SyntaxFault {
        SyntaxFault::at(self.text, self.next.span.clone(), must, advice(self.next.kind))
    }

    pub(super) fn fault(&self, must: &str, help: &str) -> SyntaxFault {
        SyntaxFault::at(self.text, self.next.span.clone(), must, Some(help))
    }

    /// What stands between `(` and `)`.
    pub(super) fn bracketed<T>(&mut self, inside: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let open = self.advance()?;
        let inner = inside(self)?;
        self.close(")", &open)?;
        Ok(inner)
    }

    /// One level deeper; the tree of an expression is never deeper than its text says here.
    pub(super) fn nested<T>(&mut self, inside: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == MAX_DEPTH {
            let must = format!("an expression must have at most {MAX_DEPTH} levels");
            return Err(self.fault(&must, "write several rules"));
        }
        self.depth += 1;
        let inner = inside(self)?;
        self.depth -= 1;
        Ok(inner)
    }
}
