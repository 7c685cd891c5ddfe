//! From the scanner's tokens to the tree.
//!
//! ```text
//! document = node?
//! node     = scalar | list | mapping
//! list     = FlowSequenceStart (item (FlowEntry item)*)? FlowSequenceEnd
//!          | BlockSequenceStart (BlockEntry item?)* BlockEnd
//!          | (BlockEntry item?)+                                  below a key, as deep as the key
//! item     = node | Key entry                                     the entry only between brackets
//! mapping  = FlowMappingStart (pair (FlowEntry pair)*)? FlowMappingEnd
//!          | BlockMappingStart (Key entry)* BlockEnd
//! pair     = Key entry | scalar
//! entry    = scalar (Value node?)?
//! ```
//!
//! Keys are scalars, and nothing has an anchor or a tag: that is what makes the grammar shorter
//! than YAML's, <https://yaml.org/spec/1.2.2/>, chapters 7 and 8. What is a token, a key or the end
//! of a block is the scanner's to say.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Options, ScalarStyle, Scanner, StrInput, TokenType};

use crate::text::sanitise::first_forbidden;

use super::diagnose::{Context, diagnose};
use super::fault::found;
use super::keys::keep_first;
use super::{Entry, Fault, FaultKind, Kind, MAX_DEPTH, MAX_SCALAR, Node, Outcome, Source, Span, Typo};

/// Reads a stretch of the text as a document of its own.
///
/// `level` is how many collections of the file are open around it, `budget` how many nodes may
/// still be made.
///
/// # Errors
/// The first fault. Keys that stand twice are no such fault: they are told in the outcome.
pub(super) fn read<'t>(
    source: Source<'t>,
    range: Range<usize>,
    level: usize,
    budget: &mut usize,
) -> Result<Outcome<'t>, Fault> {
    let text = source.get(range.clone());
    if let Some((at, char)) = first_forbidden(text) {
        let start = range.start + at;
        let span = source.span(start..start + char.len_utf8());
        return Err(Fault::new(span, FaultKind::ForbiddenCharacter(char)));
    }
    let mut tree = Tree {
        source,
        level,
        budget,
        scanner: Scanner::with_options(StrInput::new(text), options()),
        token: TokenType::StreamStart,
        place: range.start..range.start,
        has_token: false,
        last: range.start,
        range,
        open: Vec::new(),
        items: Vec::new(),
        entries: Vec::new(),
        faults: Vec::new(),
    };
    let root = tree.document()?;
    Ok(Outcome { root, faults: tree.faults })
}

/// The scanner's own limit is a little wider than ours, so that ours speaks.
fn options() -> Options {
    granit_parser::options! {
        emit_comments: false,
        disallow_directives: true,
        flow_nesting_limit: MAX_DEPTH + 1,
        block_nesting_limit: MAX_DEPTH + 1,
    }
}

/// A tree under construction.
struct Tree<'t, 'b> {
    source: Source<'t>,
    range: Range<usize>,
    level: usize,
    budget: &'b mut usize,
    scanner: Scanner<'t, StrInput<'t>>,
    /// The token that was looked at last, and where it stands.
    token: TokenType<'t>,
    place: Range<usize>,
    /// Whether that token is still to be read.
    has_token: bool,
    /// Where the last text, bracket or block ended that was read.
    last: usize,
    open: Vec<Open>,
    /// The items of all lists that are open, and the entries of all mappings.
    items: Vec<Node<'t>>,
    entries: Vec<Entry<'t>>,
    faults: Vec<Fault>,
}

/// What a value is that was left out.
const NOTHING: Kind<'static> = Kind::Scalar { text: Cow::Borrowed(""), plain: true };

/// A list or a mapping whose end has not come yet.
struct Open {
    start: usize,
    flow: bool,
}

/// Where a node stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// The root, or an item of a block list.
    Block,
    /// Behind a key of a block mapping, where a list need not stand deeper than the key.
    BlockValue,
    /// Between brackets.
    Flow,
    /// As a key.
    Key,
}

impl<'t> Tree<'t, '_> {
    fn document(&mut self) -> Result<Option<Node<'t>>, Fault> {
        if *self.peek()? == TokenType::StreamStart {
            self.skip();
        }
        if *self.peek()? == TokenType::StreamEnd {
            return Ok(None);
        }
        let root = self.node(Position::Block)?;
        match self.peek()? {
            TokenType::StreamEnd => Ok(Some(root)),
            _ => Err(self.unexpected(&ErrorKind::ExpectedDocumentStart)),
        }
    }

    fn node(&mut self, position: Position) -> Result<Node<'t>, Fault> {
        match self.next()? {
            TokenType::Scalar(style, text) => self.scalar(text, style),
            TokenType::Anchor(_) => Err(self.fault(FaultKind::Anchor)),
            TokenType::Alias(_) => Err(self.fault(FaultKind::Alias)),
            TokenType::Tag(..) => Err(self.fault(FaultKind::Tag)),
            TokenType::FlowEntry => Err(self.unexpected(&ErrorKind::UnexpectedEofImplicitFlowMapping)),
            _ if position == Position::Key => Err(self.fault(FaultKind::ComplexKey)),
            TokenType::FlowSequenceStart => self.flow_sequence(),
            TokenType::FlowMappingStart => self.flow_mapping(),
            _ if position == Position::Flow => {
                Err(self.unexpected(&ErrorKind::UnexpectedEofImplicitFlowMapping))
            }
            TokenType::BlockSequenceStart => self.block_sequence(),
            TokenType::BlockMappingStart => self.block_mapping(),
            TokenType::BlockEntry if position == Position::BlockValue => self.list_beside_key(),
            _ => Err(self.unexpected(&ErrorKind::ExpectedNodeContent)),
        }
    }

    fn flow_sequence(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.items.len();
        self.open(true)?;
        while *self.peek()? != TokenType::FlowSequenceEnd {
            if self.items.len() > first && !self.goes_on(&ErrorKind::ExpectedFlowSequenceSeparator)? {
                break;
            }
            let item = match self.peek()? {
                TokenType::Key => self.lone_pair()?,
                _ => self.node(Position::Flow)?,
            };
            self.items.push(item);
        }
        let end = self.skip();
        self.sequence(first, end)
    }

    /// `[? key : value]`: a mapping of one entry, without brackets of its own.
    fn lone_pair(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.entries.len();
        self.skip();
        self.open(true)?;
        let entry = self.entry(Position::Flow)?;
        self.entries.push(entry);
        let end = self.next_start()?;
        self.mapping(first, end..end)
    }

    fn flow_mapping(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.entries.len();
        self.open(true)?;
        while *self.peek()? != TokenType::FlowMappingEnd {
            if self.entries.len() > first && !self.goes_on(&ErrorKind::ExpectedFlowMappingSeparator)? {
                break;
            }
            let entry = if *self.peek()? == TokenType::Key {
                self.skip();
                self.entry(Position::Flow)?
            } else {
                let key = self.node(Position::Key)?;
                let end = self.next_start()?;
                let value = self.left_out(&key, end)?;
                Entry { key, value }
            };
            self.entries.push(entry);
        }
        let end = self.skip();
        self.mapping(first, end)
    }

    /// Whether something comes behind the comma that must stand here.
    fn goes_on(&mut self, otherwise: &ErrorKind) -> Result<bool, Fault> {
        if *self.peek()? != TokenType::FlowEntry {
            return Err(self.unexpected(otherwise));
        }
        self.skip();
        Ok(!matches!(self.peek()?, TokenType::FlowSequenceEnd | TokenType::FlowMappingEnd))
    }

    fn block_sequence(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.items.len();
        self.open(false)?;
        while *self.peek()? == TokenType::BlockEntry {
            self.skip();
            self.item()?;
        }
        if self.token != TokenType::BlockEnd {
            return Err(self.unexpected(&ErrorKind::ExpectedBlockSequenceEntry));
        }
        let end = self.skip();
        self.sequence(first, end)
    }

    /// A list below a key and no deeper than it, which nothing but its dashes marks; the first has been read.
    fn list_beside_key(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.items.len();
        self.open(false)?;
        self.item()?;
        while *self.peek()? == TokenType::BlockEntry {
            self.skip();
            self.item()?;
        }
        let end = self.place.start;
        self.sequence(first, end..end)
    }

    /// What stands behind the dash that has been read.
    fn item(&mut self) -> Result<(), Fault> {
        let dash = self.place.clone();
        let item = match self.peek()? {
            TokenType::BlockEntry | TokenType::BlockEnd | TokenType::Key | TokenType::Value => {
                self.last = self.last.max(dash.end);
                self.count(Node { span: self.source.span(dash), kind: NOTHING })?
            }
            _ => self.node(Position::Block)?,
        };
        self.items.push(item);
        Ok(())
    }

    fn block_mapping(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.entries.len();
        self.open(false)?;
        while *self.peek()? == TokenType::Key {
            self.skip();
            let entry = self.entry(Position::BlockValue)?;
            self.entries.push(entry);
        }
        match self.token {
            TokenType::BlockEnd => {
                let end = self.skip();
                self.mapping(first, end)
            }
            TokenType::Value => Err(self.fault(FaultKind::ComplexKey)),
            _ => Err(self.unexpected(&ErrorKind::ExpectedBlockMappingKey)),
        }
    }

    /// A key and what stands behind it.
    fn entry(&mut self, position: Position) -> Result<Entry<'t>, Fault> {
        let key = self.node(Position::Key)?;
        if *self.peek()? != TokenType::Value {
            let value = self.left_out(&key, self.place.start)?;
            return Ok(Entry { key, value });
        }
        let colon = self.skip();
        let is_left_out = match self.peek()? {
            TokenType::Key | TokenType::Value | TokenType::BlockEnd => position != Position::Flow,
            TokenType::FlowEntry | TokenType::FlowSequenceEnd | TokenType::FlowMappingEnd => {
                position == Position::Flow
            }
            _ => false,
        };
        let value = if is_left_out { self.left_out(&key, colon.end)? } else { self.node(position)? };
        Ok(Entry { key, value })
    }

    /// Opens the list or mapping that the token before begins.
    fn open(&mut self, flow: bool) -> Result<(), Fault> {
        if self.open.len() + self.level >= MAX_DEPTH {
            return Err(self.fault(FaultKind::TooDeep));
        }
        self.open.push(Open { start: self.place.start, flow });
        self.last = self.last.max(self.place.end);
        Ok(())
    }

    fn sequence(&mut self, first: usize, end: Range<usize>) -> Result<Node<'t>, Fault> {
        let items: Vec<_> = self.items.drain(first..).collect();
        let last = items.last().map(|item| item.span);
        self.close(Kind::Sequence(items), last, end)
    }

    fn mapping(&mut self, first: usize, end: Range<usize>) -> Result<Node<'t>, Fault> {
        let entries: Vec<_> = self.entries.drain(first..).collect();
        let last = entries.last().map(|entry| entry.value.span);
        let entries = keep_first(entries, &mut self.faults);
        self.close(Kind::Mapping(entries), last, end)
    }

    /// Closes the innermost list or mapping. The end of one without brackets is told where the next thing begins: it ends
    /// with the last thing in it.
    fn close(&mut self, kind: Kind<'t>, last: Option<Span>, end: Range<usize>) -> Result<Node<'t>, Fault> {
        let start = self.open.pop().map_or(end.start, |open| open.start);
        let mut span = self.source.span(start..end.end);
        if let Some(last) = last.filter(|_| end.is_empty()) {
            span.end = last.end;
        }
        self.last = self.last.max(end.end);
        self.count(Node { span, kind })
    }

    fn scalar(&mut self, text: Cow<'t, str>, style: ScalarStyle) -> Result<Node<'t>, Fault> {
        if text.len() > MAX_SCALAR {
            return Err(self.fault(FaultKind::ScalarTooLong));
        }
        let place = match style {
            ScalarStyle::Plain => self.place.clone(),
            ScalarStyle::Literal | ScalarStyle::Folded => self.block_text(&text)?,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => self.quoted(&text)?,
        };
        self.last = self.last.max(self.place.end);
        let plain = style == ScalarStyle::Plain;
        self.count(Node { span: self.source.span(place), kind: Kind::Scalar { text, plain } })
    }

    /// A block text must have lines: `value: >5` is a greater-than that went wrong.
    fn block_text(&self, text: &str) -> Result<Range<usize>, Fault> {
        let place = self.place.clone();
        if !text.trim().is_empty() {
            let length = self.source.get(place.clone()).trim_end().len();
            return Ok(place.start..place.start + length);
        }
        let header = self.source.get(self.last..place.end);
        let start = header.find(['|', '>']).unwrap_or(0);
        let header = header.get(start..).and_then(|header| header.lines().next()).unwrap_or("").trim_end();
        let span = self.source.span(self.last + start..self.last + start + header.len());
        let mark = if header.starts_with('|') { '|' } else { '>' };
        Err(Fault::typo(span, Typo::BlockText(mark)))
    }

    /// The lines of a quoted text must be indented deeper than the line that it begins on. YAML
    /// asks for it and the scanner does not: without it a forgotten quotation mark swallows the
    /// claims below up to the next one.
    fn quoted(&self, text: &str) -> Result<Range<usize>, Fault> {
        if let Some((_, char)) = first_forbidden(text) {
            return Err(self.fault(FaultKind::ForbiddenCharacter(char)));
        }
        let place = self.place.clone();
        let raw = self.source.get(place.clone());
        if !raw.contains(['\n', '\r']) {
            return Ok(place);
        }
        let before = self.source.get(self.range.start..place.start);
        let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
        let swallows = |next: &&str| !next.trim().is_empty() && indentation(next) <= indentation(line);
        let at_root = self.open.is_empty();
        if !at_root && raw.split(['\n', '\r']).skip(1).any(|next| swallows(&next)) {
            let mark = raw.chars().next().unwrap_or('"');
            return Err(Fault::typo(
                self.source.span(place.start..place.start + 1),
                Typo::UnclosedQuote(mark),
            ));
        }
        Ok(place)
    }

    /// A value that was left out stands behind the colon of its key, and between braces there must be one.
    fn left_out(&mut self, key: &Node<'t>, end: usize) -> Result<Node<'t>, Fault> {
        self.last = self.last.max(end);
        let key_end = key.span.bytes().end;
        let rest = self.source.from(key_end);
        let gap = rest.len() - rest.trim_start().len();
        let colon = rest.trim_start().starts_with(':');
        if !colon && self.open.last().is_some_and(|open| open.flow) {
            let word = key.as_str().unwrap_or("");
            let typo = if word.contains(':') { Typo::ColonWithoutSpace } else { Typo::KeyWithoutValue };
            return Err(Fault::typo(key.span, typo(found(word))));
        }
        let behind = if colon { key_end + gap + 1 } else { key_end };
        self.count(Node { span: self.source.span(behind..behind), kind: NOTHING })
    }

    /// Counts a node that is finished.
    fn count(&mut self, node: Node<'t>) -> Result<Node<'t>, Fault> {
        *self.budget =
            self.budget.checked_sub(1).ok_or_else(|| Fault::new(node.span, FaultKind::TooManyNodes))?;
        Ok(node)
    }

    /// The next token, which is still to be read.
    fn peek(&mut self) -> Result<&TokenType<'t>, Fault> {
        if !self.has_token {
            (self.place, self.token) = match self.scanner.next() {
                Some(Ok(token)) => {
                    let (span, token) = token.into_parts();
                    let range = span.byte_range().unwrap_or_default();
                    (self.range.start + range.start..self.range.start + range.end, token)
                }
                Some(Err(error)) => {
                    let at = self.range.start + error.marker().byte_offset().unwrap_or(0);
                    return Err(diagnose(self.source, at, error.kind(), &self.context()));
                }
                None => (self.range.end..self.range.end, TokenType::StreamEnd),
            };
            self.has_token = true;
        }
        Ok(&self.token)
    }

    fn next(&mut self) -> Result<TokenType<'t>, Fault> {
        self.peek()?;
        self.has_token = false;
        Ok(std::mem::replace(&mut self.token, TokenType::StreamEnd))
    }

    /// Reads a token that has been looked at, and tells where it stands.
    fn skip(&mut self) -> Range<usize> {
        self.has_token = false;
        self.place.clone()
    }

    fn next_start(&mut self) -> Result<usize, Fault> {
        self.peek()?;
        Ok(self.place.start)
    }

    /// A fault of the token that was looked at last; the beginning of a block has no width, so its first character is
    /// shown.
    fn fault(&self, kind: FaultKind) -> Fault {
        let Range { start, end } = self.place;
        let first = self.source.from(start).chars().next().map_or(0, char::len_utf8);
        Fault::new(self.source.span(start..end.max(start + first)), kind)
    }

    /// That token cannot stand there.
    fn unexpected(&self, kind: &ErrorKind) -> Fault {
        diagnose(self.source, self.place.start, kind, &self.context())
    }

    fn context(&self) -> Context {
        let bracket = self.open.iter().rev().find(|open| open.flow).map(|open| open.start);
        Context { range: self.range.clone(), last: self.last, bracket }
    }
}

/// How many spaces and tabs a line begins with.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
