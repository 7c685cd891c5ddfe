//! Facts: claims read and normalised, the points that they are about, and the base that holds them.
//!
//! A [`Fact`] is what one source says about one [`Point`] (entity, measure, dimensions, period,
//! status), with the sets of values that its words allow and the few words of the article that say
//! it. Facts are the last thing that readers make and the first thing that checks see.

mod base;
mod point;
mod statement;

use crate::period::Period;
use crate::text::{FileId, Span};
use crate::vocabulary::DimensionId;
pub use base::FactBase;
pub use point::{Point, PointId, Status, Time};
pub use statement::{Change, ChangeKind, Dates, Figures, List, ListKind, Relative, Share, Statement};

/// Index of a [`Source`] in its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// Index of an origin: where figures come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OriginId(pub u32);

/// Index of a [`Fact`] in its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FactId(pub u32);

/// One published article.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its stable name: that of its claims file, without the ending.
    pub id: String,
    /// The title of the article.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published, as an interval of days; `None` when unknown.
    pub published: Option<Period>,
    /// The language of the article (BCP 47).
    pub lang: Option<String>,
    /// Where its figures come from; a source that names no origin is its own.
    pub origin: OriginId,
    /// The name of the article's text file.
    pub text: Option<String>,
    /// The hash of the text that was read.
    pub sha256: Option<String>,
    /// The sources that it cites, as written, with their places.
    pub cites: Vec<(String, Span)>,
    /// The figures of the article that are no claims.
    pub ignored: Vec<Ignored>,
    /// The claims file.
    pub file: FileId,
    /// Where the claims file speaks of the source.
    pub span: Span,
}

/// The words of an article that say a claim (W3C Web Annotation `TextQuoteSelector`, refined by the start of a
/// `TextPositionSelector`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextQuoteSelector {
    /// The words themselves; `…` skips some.
    pub exact: String,
    /// A few words before them, when the words stand twice in the article.
    pub near: Option<String>,
    /// How many characters (Unicode scalar values) of the article stand before them, as far as somebody says so.
    pub offset: Option<u64>,
}

impl TextQuoteSelector {
    /// What stands in a quote for the words that it skips.
    pub const GAP: char = '…';
}

/// `ignore:` words of the article whose figures are no claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The words.
    pub quote: TextQuoteSelector,
    /// Where its `offset` is written.
    pub offset: Option<Span>,
    /// Why they are no claim.
    pub because: String,
    /// Where it is written.
    pub span: Span,
}

/// A key of a claim: what a finding points at. Bytes are found by [`Fact::place`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each variant is the key of the same name in files.md")]
pub enum Key {
    Claim,
    Measure,
    Value,
    Change,
    Share,
    Date,
    State,
    Ordinal,
    Entity,
    Period,
    Status,
    Scope,
    Quote,
    Near,
    Offset,
    Parts,
    Among,
    Items,
    Unit,
    Dimension(DimensionId),
}

/// Why a fact takes part in nothing, though it is read, counted and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetAside {
    /// `reject: {because: …}`.
    Rejected {
        /// The reason given.
        because: String,
    },
    /// Another claim of the same point `supersedes` it, or it is provisional and another is not.
    Superseded {
        /// The claim that stands in its place.
        by: FactId,
    },
    /// One of its dimensions is `unknown`.
    UnknownDimension,
}

/// A finding that the author of a claim or of a rulebook has looked at and allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// A code (`MZ205`), on a claim; a fingerprint, in a rulebook.
    pub finding: String,
    /// The reason, which is mandatory.
    pub because: String,
    /// Who says so.
    pub by: Option<String>,
    /// The last day on which it counts.
    pub until: Option<crate::period::Day>,
    /// Where it is written.
    pub span: Span,
}

/// A claim read and normalised.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The stable key: `source/entity/measure[dim=v]@period#ordinal:change`, or `source/id`.
    pub key: String,
    /// The article that says it.
    pub source: SourceId,
    /// Where the figure comes from.
    pub origin: OriginId,
    /// What it is about.
    pub point: PointId,
    /// What it says.
    pub statement: Statement,
    /// The list that it carries, as few do.
    pub list: Option<Box<List>>,
    /// The claim whose list names it.
    pub part_of: Option<FactId>,
    /// The period as the claim tells it, before a stock's becomes an instant.
    pub period: Option<Period>,
    /// "most of", "excluding the diaspora": the figure covers less than its point.
    pub scope: Option<String>,
    /// Whether the claim says itself that a later figure will replace it.
    pub provisional: bool,
    /// Why it takes part in nothing, if so.
    pub set_aside: Option<SetAside>,
    /// The words of the article.
    pub quote: Option<TextQuoteSelector>,
    /// Findings on it that its author allows.
    pub allow: Vec<Allow>,
    /// `checked:` as written: who compared it with the article, and when.
    pub checked: Option<String>,
    /// Where its keys are written, [`Key::Claim`] first.
    pub places: Vec<(Key, Span)>,
}

impl Fact {
    /// Where a key of the claim is written: the key's value, or the whole claim when it is absent.
    #[must_use]
    pub fn place(&self, key: Key) -> Option<Span> {
        let of = |wanted: Key| self.places.iter().find(|(k, _)| *k == wanted).map(|(_, span)| *span);
        of(key).or_else(|| of(Key::Claim))
    }

    /// The key that carries the claim's statement, if it is written.
    #[must_use]
    pub fn statement_key(&self) -> Key {
        let wanted = match &self.statement {
            Statement::Value(_) => Key::Value,
            Statement::Change(_) => Key::Change,
            Statement::Share(_) => Key::Share,
            Statement::Date(_) => Key::Date,
            Statement::State(_) => Key::State,
            Statement::Named => self.list.as_ref().map_or(Key::Claim, |list| list.kind.key()),
        };
        let written = |key: Key| self.places.iter().any(|(k, _)| *k == key);
        [wanted, Key::Quote].into_iter().find(|key| written(*key)).unwrap_or(Key::Claim)
    }

    /// Whether every conflict that needs this claim is a warning: it covers less than its point, or
    /// its date is uncertain or approximate.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        let told = match &self.statement {
            Statement::Date(dates) => dates.doubtful,
            Statement::Change(change) => change.doubtful,
            _ => false,
        };
        self.scope.is_some() || told || self.period.is_some_and(|period| period.is_doubtful())
    }

    /// Whether the claim takes part in checks on values.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.set_aside.is_none()
    }
}
