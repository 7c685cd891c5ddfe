//! What a claim is about.

use crate::period::{Day, Period};
use crate::vocabulary::{DimensionId, EntityId, MeasureId, MemberId};

/// Index of a [`Point`] in its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PointId(pub u32);

/// Whether a figure is done or still to come: a dimension that every measure has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each variant is the status of the same name in model.md")]
pub enum Status {
    #[default]
    Actual,
    InProgress,
    Planned,
    Target,
    Forecast,
}

impl Status {
    /// Every status with the word that a claim uses for it.
    pub const ALL: [(&'static str, Self); 5] = [
        ("actual", Self::Actual),
        ("in-progress", Self::InProgress),
        ("planned", Self::Planned),
        ("target", Self::Target),
        ("forecast", Self::Forecast),
    ];

    /// The words for it in the languages of the articles, beside [its name](Self::ALL).
    const LABELS: [(Self, &'static [&'static str]); 5] = [
        (Self::Actual, &["فعلي", "منجز", "محقق", "réel", "réalisé", "effectif"]),
        (Self::InProgress, &["جار", "جاري", "جارٍ", "قيد الإنجاز", "en cours"]),
        (Self::Planned, &["مخطط", "مبرمج", "مقرر", "مرتقب", "prévu", "planifié", "programmé"]),
        (Self::Target, &["مستهدف", "هدف", "cible", "objectif"]),
        (Self::Forecast, &["متوقع", "توقع", "prévision", "prévisionnel"]),
    ];

    /// The status that a word names, in any of the languages.
    ///
    /// ```
    /// use mizan::fact::Status;
    ///
    /// assert_eq!(Status::read("planned"), Some(Status::Planned));
    /// assert_eq!(Status::read("مخطط"), Some(Status::Planned));
    /// assert_eq!(Status::read("plannd"), None);
    /// ```
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        let named = Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, status)| *status);
        named.or_else(|| {
            Self::LABELS.iter().find(|(_, labels)| labels.contains(&word)).map(|(status, _)| *status)
        })
    }

    /// Every word that [`read`](Self::read) knows, the names first.
    pub fn words() -> impl Iterator<Item = &'static str> {
        let labels = Self::LABELS.iter().flat_map(|(_, labels)| labels.iter().copied());
        Self::ALL.iter().map(|(name, _)| *name).chain(labels)
    }

    /// The word that a claim uses for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, status)| *status == self).map_or("actual", |(name, _)| name)
    }

    /// Whether it speaks of what was still to come when it was told.
    #[must_use]
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Planned | Self::Target | Self::Forecast)
    }
}

/// When a point is: XBRL's instant and duration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Time {
    /// No period: ordinals, events, and figures that are told without one.
    #[default]
    Undated,
    /// A moment: the end of this day. 2023, 2023-12 and 2023-12-31 are one instant.
    At(Day),
    /// A span of days, either end open.
    Over(Option<Day>, Option<Day>),
}

impl Time {
    /// The time of a stock told for a period: its end.
    #[must_use]
    pub fn instant(period: &Period) -> Self {
        period.last().map_or(Self::Over(period.first(), None), Self::At)
    }

    /// The time of a flow told for a period.
    #[must_use]
    pub fn duration(period: &Period) -> Self {
        Self::Over(period.first(), period.last())
    }
}

/// What a claim is about: the variables of the engine (XBRL: the aspects of a fact).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Point {
    /// Who or what it describes.
    pub entity: EntityId,
    /// What is counted, measured, numbered, dated or said.
    pub measure: MeasureId,
    /// The members of dimensions, sorted by dimension; an absent one means the total over it.
    pub dimensions: Vec<(DimensionId, MemberId)>,
    /// When.
    pub time: Time,
    /// The number in a series.
    pub ordinal: Option<u64>,
    /// Done, or still to come.
    pub status: Status,
}

impl Point {
    /// The member of a dimension, if the point has one.
    #[must_use]
    pub fn member(&self, dimension: DimensionId) -> Option<MemberId> {
        self.dimensions.iter().find(|(d, _)| *d == dimension).map(|(_, member)| *member)
    }

    /// The same point with another time.
    #[must_use]
    pub fn at(&self, time: Time) -> Self {
        Self { time, ..self.clone() }
    }

    /// The same point with another measure.
    #[must_use]
    pub fn of(&self, measure: MeasureId) -> Self {
        Self { measure, ..self.clone() }
    }

    /// The same point with another status.
    #[must_use]
    pub fn with_status(&self, status: Status) -> Self {
        Self { status, ..self.clone() }
    }
}
