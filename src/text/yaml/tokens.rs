//! The scanner's tokens, with one of them in sight, and their places in the whole text.

use std::ops::Range;

use granit_parser::{ErrorKind, Scanner, StrInput, TokenType};

use super::{MAX_DEPTH, Source};

/// The tokens of a stretch of the text.
pub(super) struct Tokens<'t> {
    scanner: Scanner<'t, StrInput<'t>>,
    /// Where the stretch begins.
    start: usize,
    /// The token that was looked at last, and where it stands.
    token: TokenType<'t>,
    place: Range<usize>,
    /// Whether that token is still to be read.
    is_ahead: bool,
}

/// What the scanner cannot read, and where.
pub(super) struct Unreadable {
    pub(super) at: usize,
    pub(super) kind: ErrorKind,
}

impl<'t> Tokens<'t> {
    pub(super) fn of(source: Source<'t>, range: &Range<usize>) -> Self {
        // A bracket may begin a key, for which the scanner reads ahead: beyond our limit of depth it need not.
        let options = granit_parser::options! {
            emit_comments: false,
            disallow_directives: true,
            flow_nesting_limit: MAX_DEPTH + 1,
        };
        Self {
            scanner: Scanner::with_options(StrInput::new(source.get(range.clone())), options),
            start: range.start,
            token: TokenType::StreamStart,
            place: range.start..range.start,
            is_ahead: false,
        }
    }

    /// Looks at the next token; behind the last one comes the end of the stream.
    pub(super) fn look(&mut self) -> Result<(), Unreadable> {
        if !self.is_ahead {
            match self.scanner.next() {
                Some(Ok(token)) => {
                    let (span, token) = token.into_parts();
                    let place = span.byte_range().unwrap_or_default();
                    self.place = self.start + place.start..self.start + place.end;
                    self.token = token;
                }
                Some(Err(error)) => {
                    let at = self.start + error.marker().byte_offset().unwrap_or(0);
                    return Err(Unreadable { at, kind: error.kind().clone() });
                }
                None => self.token = TokenType::StreamEnd,
            }
            self.is_ahead = true;
        }
        Ok(())
    }

    /// The token that was looked at.
    pub(super) fn token(&self) -> &TokenType<'t> {
        &self.token
    }

    /// Where it stands.
    pub(super) fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// Reads it.
    pub(super) fn take(&mut self) -> TokenType<'t> {
        self.is_ahead = false;
        std::mem::replace(&mut self.token, TokenType::StreamEnd)
    }

    /// Reads it for its place alone.
    pub(super) fn skip(&mut self) -> Range<usize> {
        self.is_ahead = false;
        self.place()
    }
}
