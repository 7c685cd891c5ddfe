//! Reading a file whole, or unit by unit when it does not parse as a whole.

use std::ops::Range;

use super::block::{Block, Piece, Style};
use super::fault::found;
use super::grammar;
use super::keys::keep_first;
use super::lines::lines;
use super::{Entry, Fault, FaultKind, Kind, MAX_FAULTS, MAX_NODES, Node, Outcome, Source, Span, Typo};

/// Reads a document: whole if it is sound, else all of its units that are.
pub(super) fn read(source: Source<'_>, body: Range<usize>) -> Outcome<'_> {
    let mut budget = MAX_NODES;
    let fault = match grammar::read(source, body.clone(), 0, &mut budget) {
        Ok(outcome) => return outcome,
        Err(fault) => fault,
    };
    let mut units = Units { source, budget: MAX_NODES, faults: Vec::new() };
    let root = units.whole(body);
    if units.faults.is_empty() {
        // Every unit is sound on its own and together they are not.
        units.faults.push(fault);
    }
    Outcome { root, faults: units.faults }
}

/// The reading of a document unit by unit.
struct Units<'t> {
    source: Source<'t>,
    budget: usize,
    faults: Vec<Fault>,
}

impl<'t> Units<'t> {
    fn whole(&mut self, body: Range<usize>) -> Option<Node<'t>> {
        match Block::find(self.source, body.clone(), 0) {
            None => self.member(&Piece { range: body, fault: None }, 0),
            Some(block) if block.style == Style::Items => Some(self.items(&block, 0)),
            Some(block) => Some(self.keys(&block, 0)),
        }
    }

    /// The sound items of a list.
    fn items(&mut self, block: &Block, level: usize) -> Node<'t> {
        let mut items = Vec::new();
        for piece in &block.pieces {
            if self.is_exhausted() {
                break;
            }
            match self.attempt(piece, level).map(|node| node.map(|node| node.kind)) {
                Ok(Some(Kind::Sequence(more))) => items.extend(more),
                Ok(_) => self.refuse(piece),
                Err(fault) => {
                    let lost = Some(self.extent(&piece.range));
                    self.faults.push(Fault { lost, ..fault });
                }
            }
        }
        self.node(block, Kind::Sequence(items))
    }

    /// The sound entries of a mapping. On the first level an entry is a section, of which the sound
    /// units are kept.
    fn keys(&mut self, block: &Block, level: usize) -> Node<'t> {
        let mut entries: Vec<Entry<'t>> = Vec::new();
        for piece in &block.pieces {
            if self.is_exhausted() {
                break;
            }
            let node = if level == 0 { self.section(piece) } else { self.member(piece, level) };
            match node.map(|node| node.kind) {
                Some(Kind::Mapping(more)) => entries.extend(more),
                Some(_) => self.refuse(piece),
                None => {}
            }
        }
        let entries = keep_first(entries, &mut self.faults);
        self.node(block, Kind::Mapping(entries))
    }

    /// A section: whole if it is sound, else its key with the sound units below it.
    fn section(&mut self, piece: &Piece) -> Option<Node<'t>> {
        let fault = match self.attempt(piece, 0) {
            Ok(node) => return node,
            Err(fault) => fault,
        };
        self.divided(piece).or_else(|| self.lose(piece, fault))
    }

    /// An entry of a section: whole if it is sound, else its key alone.
    fn member(&mut self, piece: &Piece, level: usize) -> Option<Node<'t>> {
        self.attempt(piece, level).unwrap_or_else(|fault| self.lose(piece, fault))
    }

    fn divided(&mut self, piece: &Piece) -> Option<Node<'t>> {
        let (head, body) = Block::below(self.source, piece.range.clone())?;
        let mut entry = self.lone_key(head)?;
        entry.value = match body.style {
            Style::Items => self.items(&body, 1),
            Style::Keys => self.keys(&body, 1),
        };
        Some(mapping_of(entry))
    }

    /// Tells of an entry with a fault, and keeps its key.
    fn lose(&mut self, piece: &Piece, fault: Fault) -> Option<Node<'t>> {
        let lost = self.extent(&piece.range);
        self.faults.push(Fault { lost: Some(lost), ..fault });
        let first = lines(self.source.text, piece.range.clone()).next()?;
        let mut entry = self.lone_key(piece.range.start..first.start + first.key_end()?)?;
        entry.value = Node { span: Span { start: entry.value.span.start, ..lost }, kind: Kind::Unread };
        Some(mapping_of(entry))
    }

    /// A stretch that is a key without a value, and nothing else.
    fn lone_key(&mut self, range: Range<usize>) -> Option<Entry<'t>> {
        let root = grammar::read(self.source, range, 0, &mut self.budget).ok()?.root?;
        let Kind::Mapping(entries) = root.kind else {
            return None;
        };
        <[Entry; 1]>::try_from(entries).ok().map(|[entry]| entry).filter(|entry| entry.value.is_null())
    }

    /// Reads a piece on its own.
    fn attempt(&mut self, piece: &Piece, level: usize) -> Result<Option<Node<'t>>, Fault> {
        if let Some(fault) = &piece.fault {
            return Err(fault.clone());
        }
        let budget = self.budget;
        let outcome = grammar::read(self.source, piece.range.clone(), level, &mut self.budget);
        let outcome = outcome.inspect_err(|_| self.budget = budget)?;
        self.faults.extend(outcome.faults);
        Ok(outcome.root)
    }

    /// Tells of a unit that is sound and no item or entry, as its neighbours are.
    fn refuse(&mut self, piece: &Piece) {
        let first = lines(self.source.text, piece.range.clone()).next();
        let typo = Typo::MissingColon(found(first.map_or("", |line| line.text)));
        self.tell(piece, Fault::typo(self.extent(&piece.range), typo));
    }

    /// Tells a fault and the unit that it costs.
    fn tell(&mut self, piece: &Piece, fault: Fault) {
        let lost = Some(self.extent(&piece.range));
        self.faults.push(Fault { lost, ..fault });
    }

    /// Whether a limit has been reached, so that reading on would only cost.
    fn is_exhausted(&self) -> bool {
        self.faults.len() > MAX_FAULTS
            || self.faults.last().is_some_and(|fault| fault.kind == FaultKind::TooManyNodes)
    }

    fn node(&self, block: &Block, kind: Kind<'t>) -> Node<'t> {
        Node { span: self.extent(&block.range), kind }
    }

    /// The content of a range: without the white space around it and the comments before it.
    fn extent(&self, range: &Range<usize>) -> Span {
        let start = lines(self.source.text, range.clone()).next().map_or(range.start, |line| line.start);
        let length = self.source.get(start..range.end).trim_end().len();
        self.source.span(start..start + length)
    }
}

fn mapping_of(entry: Entry<'_>) -> Node<'_> {
    Node { span: entry.span(), kind: Kind::Mapping(vec![entry]) }
}
