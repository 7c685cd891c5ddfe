//! From the scanner's tokens to the tree.
//!
//! ```text
//! document = node?
//! node     = scalar | list | mapping
//! list     = FlowSequenceStart (item (FlowEntry item)* FlowEntry?)? FlowSequenceEnd
//!          | BlockSequenceStart (BlockEntry node?)* BlockEnd
//!          | (BlockEntry node?)+                                  below a key, as deep as the key
//! item     = node | Key entry
//! mapping  = FlowMappingStart (Key entry (FlowEntry Key entry)* FlowEntry?)? FlowMappingEnd
//!          | BlockMappingStart (Key entry)* BlockEnd
//! entry    = scalar (Value node?)?                                between brackets with its Value
//! ```
//!
//! Keys are scalars, and nothing has an anchor or a tag: that is what makes the grammar shorter
//! than YAML's, <https://yaml.org/spec/1.2.2/>, chapters 7 and 8. What is a token, a key or the end
//! of a block is the scanner's to say.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ScalarStyle, TokenType};

use crate::text::sanitise::first_forbidden;

use super::diagnose::{Context, Misplaced, diagnose, misplaced};
use super::fault::found;
use super::keys::keep_first;
use super::tokens::{Tokens, Unreadable};
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
        tokens: Tokens::of(source, &range),
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

/// A tree under construction.
struct Tree<'t, 'b> {
    source: Source<'t>,
    range: Range<usize>,
    level: usize,
    budget: &'b mut usize,
    tokens: Tokens<'t>,
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
    /// Whether it begins with a bracket of its own.
    bracket: bool,
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
        // Of the marks of a document only those are left that a byte-order mark stands before.
        while let TokenType::StreamStart | TokenType::DocumentStart | TokenType::DocumentEnd = self.peek()? {
            self.tokens.skip();
        }
        if *self.peek()? == TokenType::StreamEnd {
            return Ok(None);
        }
        let root = self.node(Position::Block)?;
        match self.peek()? {
            TokenType::StreamEnd => Ok(Some(root)),
            _ => Err(self.misplaced(Misplaced::Elsewhere)),
        }
    }

    fn node(&mut self, position: Position) -> Result<Node<'t>, Fault> {
        if position == Position::BlockValue && *self.peek()? == TokenType::BlockEntry {
            return self.list_beside_key();
        }
        match self.next()? {
            TokenType::Scalar(style, text) => self.scalar(text, style),
            TokenType::Anchor(_) => Err(self.fault(FaultKind::Anchor)),
            TokenType::Alias(_) => Err(self.fault(FaultKind::Alias)),
            TokenType::Tag(..) => Err(self.fault(FaultKind::Tag)),
            TokenType::FlowEntry => Err(self.misplaced(Misplaced::BetweenBrackets)),
            _ if position == Position::Key => Err(self.fault(FaultKind::ComplexKey)),
            TokenType::FlowSequenceStart => self.flow_sequence(),
            TokenType::FlowMappingStart => self.flow_mapping(),
            _ if position == Position::Flow => Err(self.misplaced(Misplaced::BetweenBrackets)),
            TokenType::BlockSequenceStart => self.block_sequence(),
            TokenType::BlockMappingStart => self.block_mapping(),
            _ => Err(self.misplaced(Misplaced::Elsewhere)),
        }
    }

    fn flow_sequence(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.items.len();
        self.open(true)?;
        while *self.peek()? != TokenType::FlowSequenceEnd {
            let item = match self.peek()? {
                TokenType::Key => self.lone_pair()?,
                _ => self.node(Position::Flow)?,
            };
            self.items.push(item);
            self.separator(&TokenType::FlowSequenceEnd)?;
        }
        let end = self.tokens.skip();
        self.sequence(first, end)
    }

    /// `[? key : value]`: a mapping of one entry, without brackets of its own.
    fn lone_pair(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.entries.len();
        self.tokens.skip();
        self.open(false)?;
        self.refuse_no_key()?;
        let entry = self.entry(Position::Flow)?;
        self.entries.push(entry);
        let end = self.next_start()?;
        self.mapping(first, end..end)
    }

    /// A mapping between braces, or the one of `[key: value]`, which has none.
    fn flow_mapping(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.entries.len();
        self.open(!self.tokens.place().is_empty())?;
        while *self.peek()? != TokenType::FlowMappingEnd {
            if *self.peek()? == TokenType::Key {
                self.tokens.skip();
                self.refuse_no_key()?;
            }
            let entry = self.entry(Position::Flow)?;
            self.entries.push(entry);
            self.separator(&TokenType::FlowMappingEnd)?;
        }
        let end = self.tokens.skip();
        self.mapping(first, end)
    }

    /// Behind the question mark of a key there must be one.
    fn refuse_no_key(&mut self) -> Result<(), Fault> {
        match self.peek()? {
            TokenType::FlowEntry => Err(self.fault(FaultKind::ComplexKey)),
            _ => Ok(()),
        }
    }

    /// What stands behind an item or entry between brackets: a comma, or the end.
    fn separator(&mut self, end: &TokenType<'t>) -> Result<(), Fault> {
        match self.peek()? {
            TokenType::FlowEntry => {
                self.tokens.skip();
                Ok(())
            }
            token if token == end => Ok(()),
            _ => Err(self.misplaced(Misplaced::BetweenBrackets)),
        }
    }

    fn block_sequence(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.items.len();
        self.open(false)?;
        loop {
            match self.peek()? {
                TokenType::BlockEntry => self.item()?,
                TokenType::BlockEnd => break,
                _ => return Err(self.misplaced(Misplaced::AmongLines)),
            }
        }
        let end = self.tokens.skip();
        self.sequence(first, end)
    }

    /// A list below a key and no deeper than it, which nothing but its dashes marks.
    fn list_beside_key(&mut self) -> Result<Node<'t>, Fault> {
        let first = self.items.len();
        self.open(false)?;
        while *self.peek()? == TokenType::BlockEntry {
            self.item()?;
        }
        let end = self.next_start()?;
        self.sequence(first, end..end)
    }

    /// A dash and what stands behind it.
    fn item(&mut self) -> Result<(), Fault> {
        let dash = self.tokens.skip();
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
        loop {
            match self.peek()? {
                TokenType::Key => {
                    self.tokens.skip();
                    let entry = self.entry(Position::BlockValue)?;
                    self.entries.push(entry);
                }
                TokenType::BlockEnd => break,
                TokenType::Value => return Err(self.fault(FaultKind::ComplexKey)),
                _ => return Err(self.misplaced(Misplaced::AmongLines)),
            }
        }
        let end = self.tokens.skip();
        self.mapping(first, end)
    }

    /// A key and what stands behind it.
    fn entry(&mut self, position: Position) -> Result<Entry<'t>, Fault> {
        let key = self.node(Position::Key)?;
        let has_colon = *self.peek()? == TokenType::Value;
        if has_colon {
            self.tokens.skip();
        }
        let is_left_out = match self.peek()? {
            TokenType::Key
            | TokenType::Value
            | TokenType::BlockEnd
            | TokenType::FlowSequenceEnd
            | TokenType::FlowMappingEnd => true,
            TokenType::FlowEntry => position == Position::Flow,
            _ => !has_colon,
        };
        let value = if is_left_out { self.left_out(&key, position)? } else { self.node(position)? };
        Ok(Entry { key, value })
    }

    /// Opens the list or mapping that begins with the token looked at last.
    fn open(&mut self, bracket: bool) -> Result<(), Fault> {
        if self.open.len() + self.level >= MAX_DEPTH {
            return Err(self.fault(FaultKind::TooDeep));
        }
        let place = self.tokens.place();
        self.open.push(Open { start: place.start, bracket });
        self.last = self.last.max(place.end);
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
            ScalarStyle::Plain => self.tokens.place(),
            ScalarStyle::Literal | ScalarStyle::Folded => self.block_text(&text)?,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => self.quoted(&text)?,
        };
        self.last = self.last.max(self.tokens.place().end);
        let plain = style == ScalarStyle::Plain;
        self.count(Node { span: self.source.span(place), kind: Kind::Scalar { text, plain } })
    }

    /// A block text must have lines: `value: >5` is a greater-than that went wrong.
    fn block_text(&self, text: &str) -> Result<Range<usize>, Fault> {
        let place = self.tokens.place();
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
        let place = self.tokens.place();
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
    fn left_out(&mut self, key: &Node<'t>, position: Position) -> Result<Node<'t>, Fault> {
        self.last = self.last.max(self.tokens.place().start);
        let key_end = key.span.bytes().end;
        let rest = self.source.from(key_end);
        let gap = rest.len() - rest.trim_start().len();
        let colon = rest.trim_start().starts_with(':');
        if !colon && position == Position::Flow {
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

    fn peek(&mut self) -> Result<&TokenType<'t>, Fault> {
        match self.tokens.look() {
            Ok(()) => Ok(self.tokens.token()),
            Err(Unreadable { at, kind }) => Err(diagnose(self.source, at, &kind, &self.context())),
        }
    }

    fn next(&mut self) -> Result<TokenType<'t>, Fault> {
        self.peek()?;
        Ok(self.tokens.take())
    }

    fn next_start(&mut self) -> Result<usize, Fault> {
        self.peek()?;
        Ok(self.tokens.place().start)
    }

    /// A fault of the token that was looked at last; the beginning of a block has no width, so its first character is
    /// shown.
    fn fault(&self, kind: FaultKind) -> Fault {
        let Range { start, end } = self.tokens.place();
        let first = self.source.from(start).chars().next().map_or(0, char::len_utf8);
        Fault::new(self.source.span(start..end.max(start + first)), kind)
    }

    /// The token that was looked at last cannot stand there.
    fn misplaced(&self, among: Misplaced) -> Fault {
        misplaced(self.source, self.tokens.place().start, among, &self.context())
    }

    fn context(&self) -> Context {
        let bracket = self.open.iter().rev().find(|open| open.bracket).map(|open| open.start);
        Context { range: self.range.clone(), last: self.last, bracket }
    }
}

/// How many spaces and tabs a line begins with.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
