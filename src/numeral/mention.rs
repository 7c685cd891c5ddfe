//! [`Mention`]: a figure found in running text.

use std::ops::Range;

use super::Doubt;
use super::date::Moment;
use crate::quantity::{Figure, Hedge};

/// A figure that stands in a text, with what it says and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What kind of figure it is.
    pub class: Class,
    /// The bytes of the figure, its percent sign included, its hedge not.
    pub bytes: Range<usize>,
    /// The same place in characters.
    pub chars: Range<usize>,
    /// The bytes of the figure with its hedge before it: what a value phrase would be.
    pub with_hedge: Range<usize>,
    /// Value, grain and hedge; a year and an ordinal are counts. Dates and names have none.
    pub figure: Option<Figure>,
    /// When, for dates, years and relative periods.
    pub moment: Option<Moment>,
    /// The noun that the figure counts, as written.
    pub noun: Option<String>,
    /// Both readings of a doubtful separator.
    pub doubt: Option<Doubt>,
}

impl Mention {
    /// The hedge of its figure; bare where there is none.
    #[must_use]
    pub fn hedge(&self) -> Hedge {
        self.figure.as_ref().map_or(Hedge::Bare, |figure| figure.hedge)
    }
}

/// The kinds of figure in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A number of something: "560 pistols", «قاعتين».
    Quantity,
    /// A percentage.
    Percent,
    /// A place in a series: "the 69th", «الدائرة 24».
    Ordinal,
    /// A day, a month, a quarter, or a span of days or months.
    Date,
    /// A year.
    Year,
    /// Two years: "2022-2026".
    YearRange,
    /// A period told against the day of writing: "last year"; a weekday.
    Relative,
    /// Part of a name, a model, a law, a score, a time of day: "TASER-7", "24/7".
    NamePart,
    /// Phone numbers, addresses, the numbers of lists, dates of a page's lists.
    Furniture,
}

impl Class {
    /// Its name in output: `year-range`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Percent => "percent",
            Self::Ordinal => "ordinal",
            Self::Date => "date",
            Self::Year => "year",
            Self::YearRange => "year-range",
            Self::Relative => "relative",
            Self::NamePart => "name-part",
            Self::Furniture => "furniture",
        }
    }

    /// Whether it is a figure or a time of the text; parts of names and furniture are found, and not scored.
    #[must_use]
    pub fn is_scored(self) -> bool {
        !matches!(self, Self::NamePart | Self::Furniture)
    }

    /// Whether a claim is to hold it. A relative period is the period of claims, and nothing to claim.
    #[must_use]
    pub fn is_claimable(self) -> bool {
        self.is_scored() && self != Self::Relative
    }
}
