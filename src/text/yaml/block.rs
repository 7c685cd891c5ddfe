//! Where the items of a list and the entries of a mapping begin, by indentation alone.
//!
//! Used only for text that does not parse: what the lines look like is then all there is to go by.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fault::found;
use super::lines::{Line, lines};
use super::{Fault, Source, Typo};

/// A block list or a block mapping, divided into its items or entries.
pub(super) struct Block {
    pub(super) range: Range<usize>,
    pub(super) style: Style,
    pub(super) pieces: Vec<Piece>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Items,
    Keys,
}

/// An item or an entry, from its first line to the next one's, or lines that stand where neither
/// may.
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    /// What is wrong with its first line.
    pub(super) fault: Option<Fault>,
}

impl Block {
    /// Divides a stretch that is a block list or a block mapping, as its first line tells; its
    /// lines stand `least` deep or deeper.
    pub(super) fn find(source: Source<'_>, range: Range<usize>, least: usize) -> Option<Self> {
        let content = || lines(source.text, range.clone());
        let first = content().next()?;
        let style = Style::of(&first)?;
        if first.indent < least || first.tab {
            return None;
        }
        let indent = usual_indent(style, least, &first, content());
        let mut pieces: Vec<Piece> = Vec::new();
        let mut above = Above::default();
        for line in content() {
            let fault = match place(&line, &above, style, indent) {
                Place::Begins => None,
                Place::Misplaced(typo) => Some(Fault::typo(source.span(line.range()), typo)),
                Place::Continues => {
                    above.see(&line);
                    continue;
                }
            };
            above = Above::beginning(&line);
            let start = line.start - line.indent;
            if let Some(last) = pieces.last_mut() {
                last.range.end = start;
            }
            pieces.push(Piece { range: start..range.end, fault });
        }
        // Comments above the first piece are part of it.
        pieces.first_mut()?.range.start = range.start;
        Some(Self { range, style, pieces })
    }

    /// Divides the value of an entry: the line of its key, and the block below it.
    pub(super) fn below(source: Source<'_>, entry: Range<usize>) -> Option<(Range<usize>, Self)> {
        let mut content = lines(source.text, entry.clone());
        let key = content.next()?;
        let first = content.next()?;
        let start = first.start - first.indent;
        let least = if first.item().is_some() { key.indent } else { key.indent + 1 };
        let block = Self::find(source, start..entry.end, least)?;
        Some((entry.start..start, block))
    }
}

impl Style {
    /// The style of a block that begins with this line, if it is one.
    fn of(first: &Line<'_>) -> Option<Self> {
        match first.item() {
            Some(_) => Some(Self::Items),
            None => (first.is_word() && first.key_end().is_some()).then_some(Self::Keys),
        }
    }
}

/// How deep most items or keys of a block stand, so that one that is misplaced is the odd one out
/// even where it is the first.
fn usual_indent<'t>(
    style: Style,
    least: usize,
    first: &Line<'_>,
    content: impl Iterator<Item = Line<'t>>,
) -> usize {
    let mut counts = BTreeMap::new();
    // Items of a list within an item stand below its content.
    let mut column = usize::MAX;
    for line in content.filter(|line| !line.tab && line.indent >= least) {
        let counts_here = match (style, line.item()) {
            (Style::Items, Some(width)) if line.indent < column => {
                column = line.indent + width;
                true
            }
            (Style::Keys, None) => line.indent <= first.indent && line.is_word(),
            _ => false,
        };
        if counts_here {
            *counts.entry(line.indent).or_insert(0_usize) += 1;
        }
    }
    let usual = counts.into_iter().rev().max_by_key(|&(_, count)| count);
    usual.map_or(first.indent, |(indent, _)| indent)
}

/// What the lines of a piece have told so far.
#[derive(Default)]
struct Above {
    /// Whether there is any.
    begun: bool,
    /// The column in which the content of an item begins.
    column: usize,
    /// Whether a list may follow: the line before is a key without a value, or an item of such a
    /// list.
    opens_list: bool,
}

impl Above {
    fn beginning(line: &Line<'_>) -> Self {
        let column = line.indent + line.item().unwrap_or(0);
        let mut above = Self { begun: true, column, opens_list: false };
        above.see(line);
        above
    }

    fn see(&mut self, line: &Line<'_>) {
        self.opens_list = line.text.ends_with(':') || self.opens_list && line.item().is_some();
    }
}

/// Where a line stands in a block.
enum Place {
    Begins,
    Continues,
    Misplaced(Typo),
}

fn place(line: &Line<'_>, above: &Above, style: Style, indent: usize) -> Place {
    let is_usual = line.indent == indent && !line.tab;
    match style {
        Style::Items if line.item().is_some() && is_usual => Place::Begins,
        Style::Keys if line.is_word() && is_usual => Place::Begins,
        _ if line.tab => place_tab(line, above, style),
        Style::Items if line.item().is_some() && line.indent < above.column => misplaced(line),
        Style::Keys if line.is_word() && line.indent < indent => misplaced(line),
        _ if !above.begun => misplaced(line),
        _ => Place::Continues,
    }
}

/// An item behind a tab may be one of this list or one of a list within the item above.
fn place_tab(line: &Line<'_>, above: &Above, style: Style) -> Place {
    let is_ours = style == Style::Items && line.item().is_some() && !above.opens_list;
    if is_ours { Place::Misplaced(Typo::Tab) } else { Place::Continues }
}

fn misplaced(line: &Line<'_>) -> Place {
    Place::Misplaced(Typo::Indentation(found(line.text)))
}
