//! The keys of claims and of `source` in one order: that in which the format names them.
//!
//! Nothing is lost and nothing means something else afterwards: entries move as they are written, with the comments
//! behind them, and what comes out is read again before anybody takes it. What cannot be moved with certainty stays.

use crate::claims::source;
use crate::finding::{Edit, apply};
use crate::rulebook::{CLAIM_KEYS, DIMENSIONS_STAND_BEHIND};
use crate::text::yaml::{self, Document, Node};
use crate::text::{FileId, Span};
use crate::vocabulary::Vocabulary;

/// The edits that put the keys of a claims file in their order; sorted and apart.
///
/// A claim with a key that nobody knows, or with a fault of YAML, is left alone with all its parts. Linear in the length
/// of the text, for each level of lists.
///
/// # Example
/// ```
/// use mizan::claims::order_keys;
/// use mizan::finding::apply;
/// use mizan::text::FileId;
/// use mizan::vocabulary::Vocabulary;
///
/// let ordered = |text: &str| apply(text, &order_keys(FileId::default(), text, &Vocabulary::default()));
/// let text = "claims:\n  - quote: 3 ships  # or boats?\n    measure: ships\n";
/// assert_eq!(ordered(text), "claims:\n  - measure: ships\n    quote: 3 ships  # or boats?\n");
/// let unknown = "claims:\n  - {quote: 3 ships, mesure: ships}\n";
/// assert_eq!(ordered(unknown), unknown);
/// ```
#[must_use]
pub fn order_keys(file: FileId, text: &str, vocabulary: &Vocabulary) -> Vec<Edit> {
    let document = yaml::parse(file, text);
    let Some(root) = &document.root else { return Vec::new() };
    let order = Order { file, text, document: &document, vocabulary };
    let head = root.get("source").filter(|source| order.is_sound(source));
    let mut edits: Vec<Edit> =
        head.and_then(|source| order.mapping(source, source_rank, &[])).into_iter().collect();
    edits.extend(order.claims(root.get("claims")));
    if edits.is_empty() {
        return edits;
    }
    edits.sort_by_key(|edit| edit.span);
    let ordered = apply(text, &edits);
    let after = yaml::parse(file, &ordered);
    let same = after.faults.len() == document.faults.len()
        && after.root.is_some_and(|after| after.agrees_with(root));
    if same { edits } else { Vec::new() }
}

/// Where a key of a claim stands among the others: its place in the format, and that of a dimension in the vocabulary.
type Rank = (usize, usize);

struct Order<'a> {
    file: FileId,
    text: &'a str,
    document: &'a Document<'a>,
    vocabulary: &'a Vocabulary,
}

impl Order<'_> {
    fn claims(&self, list: Option<&Node>) -> Vec<Edit> {
        let claims = list.and_then(Node::as_sequence).unwrap_or_default();
        claims.iter().flat_map(|claim| self.claim(claim)).collect()
    }

    /// A claim, after those of its lists.
    fn claim(&self, claim: &Node) -> Vec<Edit> {
        let keys = claim.as_mapping().unwrap_or_default();
        if !self.is_sound(claim) || !keys.iter().all(|entry| self.rank(entry.key()).is_some()) {
            return Vec::new();
        }
        let mut parts = self.claims(claim.get("parts"));
        parts.extend(self.claims(claim.get("among")));
        parts.sort_by_key(|edit| edit.span);
        match self.mapping(claim, |key| self.rank(key), &parts) {
            Some(edit) => vec![edit],
            None => parts,
        }
    }

    fn rank(&self, key: &str) -> Option<Rank> {
        let own = |key: &str| CLAIM_KEYS.iter().position(|known| *known == key);
        own(key).map(|at| (at, 0)).or_else(|| {
            let dimension = usize::try_from(self.vocabulary.dimensions.find(key)?).ok()?;
            Some((own(DIMENSIONS_STAND_BEHIND)?, 1 + dimension))
        })
    }

    fn is_sound(&self, node: &Node) -> bool {
        let touches = |span: Span| span.start <= node.span.end && node.span.start <= span.end;
        !self.document.faults.iter().any(|fault| touches(fault.span) || fault.lost.is_some_and(touches))
    }

    /// A mapping with its entries in their order and those edits within them; `None` where they stand so already, or
    /// where it would not be sure that they say the same.
    fn mapping<R: Ord>(&self, node: &Node, rank: impl Fn(&str) -> Option<R>, inner: &[Edit]) -> Option<Edit> {
        let entries = node.as_mapping()?;
        let ranks: Vec<R> = entries.iter().map(|entry| rank(entry.key())).collect::<Option<_>>()?;
        if ranks.is_sorted() {
            return None;
        }
        let pieces = yaml::pieces(self.text, node)?;
        let mut moved: Vec<_> = ranks.into_iter().zip(&pieces).collect();
        moved.sort_by(|(left, _), (right, _)| left.cmp(right));
        let mut text = String::new();
        let mut at = pieces.first()?.start;
        for (slot, (_, piece)) in pieces.iter().zip(moved) {
            text.push_str(self.text.get(at..slot.start)?);
            let within = |edit: &&Edit| {
                let range = edit.span.bytes();
                piece.start <= range.start && range.end <= piece.end
            };
            let inside: Vec<Edit> =
                inner.iter().filter(within).map(|edit| edit.earlier(piece.start)).collect();
            text.push_str(&apply(self.text.get(piece.clone())?, &inside));
            at = slot.end;
        }
        let edit = Edit { span: Span::of(self.file, pieces.first()?.start..at), text };
        self.says_the_same(node, &edit)?.then_some(edit)
    }

    /// Whether a mapping reads as before, where it stands.
    fn says_the_same(&self, node: &Node, edit: &Edit) -> Option<bool> {
        let (whole, range) = (node.span.bytes(), edit.span.bytes());
        let head = self.text.get(whole.start..range.start)?;
        let tail = self.text.get(range.end..whole.end).unwrap_or("");
        // Keys on lines of their own stand below the first one.
        let above = self.text.get(..whole.start).filter(|_| head.is_empty()).unwrap_or("");
        let lead = above.rsplit(['\r', '\n']).next()?.chars().count();
        // Line ends below a block text are part of it, or are not.
        let rest = self.text.get(whole.end.max(range.end)..)?;
        let blank = rest.get(..rest.len() - rest.trim_start().len())?;
        let alone = format!("{}{head}{}{tail}{blank}", " ".repeat(lead), edit.text);
        let read = yaml::parse(self.file, &alone);
        Some(read.faults.is_empty() && read.root.is_some_and(|read| read.agrees_with(node)))
    }
}

fn source_rank(key: &str) -> Option<usize> {
    source::KEYS.iter().position(|known| *known == key)
}
