//! From the parser's events to the tree.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle};

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
        range: range.clone(),
        level,
        budget,
        open: Vec::new(),
        nodes: Vec::new(),
        last: range.start,
        faults: Vec::new(),
    };
    for event in Parser::new_from_str_with_options(text, options()) {
        match event {
            Ok((event, span)) => tree.take(event, &span)?,
            Err(error) => return Err(diagnose(source, &error, &tree.context())),
        }
    }
    Ok(Outcome { root: tree.nodes.pop(), faults: tree.faults })
}

/// The parser's own limits are a little wider than ours, so that ours speak.
fn options() -> Options {
    granit_parser::options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
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
    open: Vec<Open>,
    /// What stands in them so far: items, and keys and values by turns.
    nodes: Vec<Node<'t>>,
    /// Where the last event ended.
    last: usize,
    faults: Vec<Fault>,
}

/// A list or a mapping whose end has not come yet.
struct Open {
    start: usize,
    flow: bool,
    mapping: bool,
    /// The place of its first node among those of all.
    first: usize,
}

impl<'t> Tree<'t, '_> {
    fn take(&mut self, event: Event<'t>, span: &granit_parser::Span) -> Result<(), Fault> {
        let place = self.place(span.byte_range());
        let tag = span.tag_span().and_then(|tag| tag.byte_range());
        if let Some(tag) = tag.map(|tag| self.place(Some(tag))) {
            return Err(self.fault(tag, FaultKind::Tag));
        }
        match event {
            Event::Scalar(text, style, ..) => self.scalar(text, style, place.clone()),
            Event::SequenceStart(style, ..) => self.start(&place, style, false),
            Event::MappingStart(style, ..) => self.start(&place, style, true),
            Event::SequenceEnd | Event::MappingEnd => self.end(&place),
            Event::Anchor(..) => Err(self.fault(place.clone(), FaultKind::Anchor)),
            Event::Alias(_) | Event::UnresolvedAlias(_) => Err(self.fault(place.clone(), FaultKind::Alias)),
            _ => Ok(()),
        }?;
        self.last = self.last.max(place.end);
        Ok(())
    }

    fn scalar(&mut self, text: Cow<'t, str>, style: ScalarStyle, place: Range<usize>) -> Result<(), Fault> {
        if text.len() > MAX_SCALAR {
            return Err(self.fault(place, FaultKind::ScalarTooLong));
        }
        let plain = style == ScalarStyle::Plain;
        if plain && place.is_empty() {
            if self.awaits_key() {
                return Err(self.fault(place, FaultKind::ComplexKey));
            }
            // The parser gives `~` to a value that was left out.
            let kind = Kind::Scalar { text: Cow::default(), plain };
            return self.attach(Node { span: self.left_out(place)?, kind });
        }
        let place = match style {
            ScalarStyle::Plain => place,
            ScalarStyle::Literal | ScalarStyle::Folded => self.block_text(&text, place)?,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => self.quoted(&text, place)?,
        };
        self.attach(Node { span: self.source.span(place), kind: Kind::Scalar { text, plain } })
    }

    /// A block text must have lines: `value: >5` is a greater-than that went wrong.
    fn block_text(&self, text: &str, place: Range<usize>) -> Result<Range<usize>, Fault> {
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
    /// asks for it and the parser does not: without it a forgotten quotation mark swallows the
    /// claims below up to the next one.
    fn quoted(&self, text: &str, place: Range<usize>) -> Result<Range<usize>, Fault> {
        if let Some((_, char)) = first_forbidden(text) {
            return Err(self.fault(place, FaultKind::ForbiddenCharacter(char)));
        }
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

    fn start(&mut self, place: &Range<usize>, style: StructureStyle, mapping: bool) -> Result<(), Fault> {
        if self.awaits_key() {
            return Err(self.fault(place.clone(), FaultKind::ComplexKey));
        }
        if self.open.len() + self.level >= MAX_DEPTH {
            return Err(self.fault(place.clone(), FaultKind::TooDeep));
        }
        let flow = style == StructureStyle::Flow;
        self.open.push(Open { start: place.start, flow, mapping, first: self.nodes.len() });
        Ok(())
    }

    fn end(&mut self, place: &Range<usize>) -> Result<(), Fault> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let mut span = self.source.span(open.start..place.end);
        if let Some(last) = self.nodes.get(open.first..).and_then(<[_]>::last).filter(|_| place.is_empty()) {
            // The end of a block is told where the next thing begins.
            span.end = last.span.end;
        }
        let mut nodes = self.nodes.drain(open.first..);
        let kind = if open.mapping {
            let mut entries = Vec::with_capacity(nodes.len() / 2);
            while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
                entries.push(Entry { key, value });
            }
            drop(nodes);
            Kind::Mapping(keep_first(entries, &mut self.faults))
        } else {
            Kind::Sequence(nodes.collect())
        };
        self.attach(Node { span, kind })
    }

    fn awaits_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.mapping && (self.nodes.len() - open.first).is_multiple_of(2))
    }

    /// Puts a finished node behind those of what is open.
    fn attach(&mut self, node: Node<'t>) -> Result<(), Fault> {
        *self.budget =
            self.budget.checked_sub(1).ok_or_else(|| Fault::new(node.span, FaultKind::TooManyNodes))?;
        self.nodes.push(node);
        Ok(())
    }

    /// Where a value stands that was left out: behind the colon of its key, and between braces there must be
    /// one.
    fn left_out(&self, place: Range<usize>) -> Result<Span, Fault> {
        let (Some(open), Some(key)) = (self.open.last().filter(|open| open.mapping), self.nodes.last()) else {
            return Ok(self.source.span(place));
        };
        let end = key.span.bytes().end;
        let rest = self.source.from(end);
        let gap = rest.len() - rest.trim_start().len();
        let colon = rest.trim_start().starts_with(':');
        if open.flow && !colon {
            let word = key.as_str().unwrap_or("");
            let typo = if word.contains(':') { Typo::ColonWithoutSpace } else { Typo::KeyWithoutValue };
            return Err(Fault::typo(key.span, typo(found(word))));
        }
        let behind = if colon { end + gap + 1 } else { end };
        Ok(self.source.span(behind..behind))
    }

    /// A range of the parser's in the whole text.
    fn place(&self, range: Option<Range<usize>>) -> Range<usize> {
        range.map_or(self.last..self.last, |range| {
            self.range.start + range.start..self.range.start + range.end
        })
    }

    /// A fault of something; the beginning of a block has no width, so its first character is
    /// shown.
    fn fault(&self, place: Range<usize>, kind: FaultKind) -> Fault {
        let first = self.source.from(place.start).chars().next().map_or(0, char::len_utf8);
        let end = place.end.max(place.start + first);
        Fault::new(self.source.span(place.start..end), kind)
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
