//! What a claim says about its point.

use super::{FactId, Key, PointId};
use crate::quantity::{Figure, Interval, Reading};
use crate::vocabulary::UnitId;

/// What a claim says about its point.
#[derive(Clone, Debug)]
pub enum Statement {
    /// A figure.
    Value(Box<Figures>),
    /// How the point differs from the same point at a base period.
    Change(Box<Change>),
    /// The part that the point is of another measure.
    Share(Box<Share>),
    /// When an event happened, or a member of a numbered series.
    Date(Box<Dates>),
    /// A word, by its canonical name.
    State(String),
    /// Only that the thing exists: a named part of a list, or a claim that is a list alone.
    Named,
}

impl Statement {
    /// The sets of values of a figure, when the statement is one.
    #[must_use]
    pub const fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Value(figures) => Some(&figures.reading),
            _ => None,
        }
    }
}

/// A written figure and the two sets of values that its words allow.
#[derive(Clone, Debug)]
pub struct Figures {
    /// The phrase as the claim or its quote has it.
    pub written: String,
    /// The figure that was read.
    pub figure: Figure,
    /// The unit that it is told in; a count of the measure's own noun has none.
    pub unit: Option<UnitId>,
    /// The sets before the domain of the measure cut them.
    pub uncut: Reading,
    /// The sets within the domain of the measure and its whole numbers.
    pub reading: Reading,
}

/// `change: up 194.5% from 2023`: a constraint between this point and the same point at a base
/// period.
#[derive(Clone, Debug)]
pub struct Change {
    /// The phrase as written.
    pub written: String,
    /// The figure of the change.
    pub figure: Figure,
    /// Per cent, points, an amount, or a factor.
    pub kind: ChangeKind,
    /// Whether it went up.
    pub up: bool,
    /// The size of the change, always counted as positive.
    pub size: Reading,
    /// The same point at the base period.
    pub base: PointId,
    /// Whether the base period is uncertain or approximate (EDTF `?` and `~`).
    pub doubtful: bool,
}

/// The measure of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// `up 12%`: relative to the base.
    Percent,
    /// `up 3 points`: a difference of shares.
    Points,
    /// `up 120`: a difference.
    Amount,
    /// `x3`: a factor.
    Times,
}

/// `share: 12% of id-cards`.
#[derive(Clone, Debug)]
pub struct Share {
    /// The phrase as written.
    pub written: String,
    /// The percentage as written.
    pub figure: Figure,
    /// The percentage, 0 to 100.
    pub percent: Reading,
    /// The point of which this one is a part.
    pub of: PointId,
}

/// When something happens: two day variables, start ≤ end, as sets of [`crate::period::Day`]
/// numbers.
#[derive(Clone, Debug)]
pub struct Dates {
    /// The date as written.
    pub written: String,
    /// The days on which it can start: what the words entail, and what a reader takes them to mean.
    pub start: Reading,
    /// The days on which it can end.
    pub end: Reading,
    /// How it hangs on an unknown or coarse publication date, if it does.
    pub relative: Option<Relative>,
    /// Whether the date is uncertain or approximate (EDTF `?` and `~`).
    pub doubtful: bool,
}

/// A date told against the publication of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relative {
    /// Within the year of publication, so many years on (`published`, `published-1`).
    Year(i32),
    /// Up to the publication (`../published`).
    By,
    /// Any time from the publication on (`soon`).
    Soon,
}

impl Dates {
    /// Whether nothing at all is known of either day.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let open = |interval: &Interval| interval.is_all();
        open(&self.start.hard) && open(&self.end.hard)
    }
}

/// The list that a claim carries.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// Complete, partial, or names only.
    pub kind: ListKind,
    /// The claims that it names.
    pub members: Vec<FactId>,
    /// The things that it names one by one, as written.
    pub items: Vec<String>,
    /// How many different things these are: two [spellings](crate::vocabulary::spelling) of one name are one.
    pub distinct: usize,
    /// Whether a gap is an error (`exhaustive: true`).
    pub exhaustive: bool,
}

/// How complete a list says it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// `parts`: complete ("consisted of", «تمثلت في»).
    Parts,
    /// `among`: partial ("including", «شملت»).
    Among,
    /// `items`: the counted things, one by one.
    #[default]
    Items,
}

impl ListKind {
    /// The key that writes it.
    #[must_use]
    pub const fn key(self) -> Key {
        match self {
            Self::Parts => Key::Parts,
            Self::Among => Key::Among,
            Self::Items => Key::Items,
        }
    }
}
