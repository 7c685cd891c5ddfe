//! [`Lexicon`]: how far the words around a number let it reach.
//!
//! The table is data: [`LexiconEntry::standard`] is the one that mizan brings, and a rulebook may
//! replace any entry of it.

use std::collections::BTreeMap;

use super::{Figure, Form, Hedge, Number, UnitKind};

/// The table of wordings, standard but for the entries that were set.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lexicon {
    changed: BTreeMap<Wording, LexiconEntry>,
}

/// What a wording entails, and what a reader takes it to mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LexiconEntry {
    /// What the words entail: only this can make an error.
    pub hard: Width,
    /// What a reader takes them to mean.
    pub soft: Width,
}

/// A row of the lexicon.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Wording {
    /// A hedge; [`Hedge::Bare`] is a bare count.
    Words(Hedge),
    /// A bare count that ends in two zeros or more: "6,500".
    RoundCount,
    /// A scale word or a measured unit: "130 thousand", "210 km²".
    Scaled,
    /// A decimal or a percentage.
    Decimal,
    /// A percentage that is a multiple of ten.
    RoundPercent,
}

/// The set of values around a written number `x`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Width {
    /// `{x}`
    Point,
    /// `[x − r, x + r]`
    Around(Reach),
    /// `[x − r, x]`
    UpTo(Reach),
    /// `[x − r, x)`
    Under(Reach),
    /// `[x, x + r]`
    From(Reach),
    /// `(x, x + r]`
    Over(Reach),
    /// From the least to the greatest count, times the scale of the figure: dozens of thousands
    /// go from 20,000 to 99,999. No greatest: for ever.
    Span {
        /// The least count.
        least: Number,
        /// The greatest count.
        greatest: Option<Number>,
    },
}

/// A distance from a written number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Without end.
    Unbounded,
    /// The largest of these sizes; of none, no distance at all.
    Largest(Vec<Size>),
}

/// A distance told by one measure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Size {
    /// Units of the figure.
    Units(Number),
    /// Per cent of the number.
    Percent(Number),
    /// Multiples of the grain, the unit of the last written digit.
    Grains(Number),
    /// Multiples of the open grain, the unit of the last digit that is not zero.
    OpenGrains(Number),
}

impl Lexicon {
    /// The entry of a wording.
    #[must_use]
    pub fn entry(&self, wording: Wording) -> LexiconEntry {
        let changed = self.changed.get(&wording).cloned();
        changed.unwrap_or_else(|| LexiconEntry::standard(wording))
    }

    /// Replaces the entry of a wording or a hedge.
    pub fn set(&mut self, wording: impl Into<Wording>, entry: LexiconEntry) {
        self.changed.insert(wording.into(), entry);
    }
}

impl LexiconEntry {
    /// The entry that mizan brings.
    #[must_use]
    pub fn standard(wording: Wording) -> Self {
        use Size::{Grains, OpenGrains, Percent, Units};
        use Width::{Around, From, Over, Point, Under, UpTo};
        let any = Reach::Unbounded;
        let percent = |n| Reach::Largest(vec![Percent(Number::integer(n))]);
        let half_grain = || Reach::Largest(vec![Grains(Number::HALF)]);
        let half_open_grain = || Reach::Largest(vec![OpenGrains(Number::HALF)]);
        let two_open_grains = || Reach::Largest(vec![OpenGrains(Number::TWO)]);
        let (hard, soft) = match wording {
            Wording::RoundCount => (Around(half_open_grain()), Point),
            Wording::Scaled => (Around(half_open_grain()), Around(half_grain())),
            Wording::Decimal => (Around(half_grain()), Around(half_grain())),
            Wording::RoundPercent => {
                let five = vec![Units(Number::integer(5)), Grains(Number::HALF)];
                (Around(Reach::Largest(five)), Around(half_grain()))
            }
            Wording::Words(hedge) => match hedge {
                Hedge::Bare | Hedge::Exactly | Hedge::Between => (Point, Point),
                Hedge::About => {
                    let near = vec![Percent(Number::integer(5)), OpenGrains(Number::HALF)];
                    (Around(percent(25)), Around(Reach::Largest(near)))
                }
                Hedge::Nearly => (UpTo(percent(10)), UpTo(percent(5))),
                Hedge::MoreThan => (Over(any), Over(two_open_grains())),
                Hedge::AtLeast => (From(any), From(two_open_grains())),
                Hedge::LessThan => (Under(any), Under(two_open_grains())),
                Hedge::AtMost => (UpTo(any), UpTo(two_open_grains())),
                Hedge::Half => (Around(percent(20)), Around(percent(10))),
                Hedge::Dozens
                | Hedge::Hundreds
                | Hedge::Thousands
                | Hedge::Millions
                | Hedge::AFew
                | Hedge::Some => return Self::vague(hedge),
            },
        };
        Self { hard, soft }
    }

    /// A word in the place of a number. Taken by the letter "dozens" may still be hundreds, "a
    /// few" ten, and there is no most that hundreds and more could be.
    fn vague(hedge: Hedge) -> Self {
        let (least, usual) = hedge.vague_span().unwrap_or((Number::ZERO, None));
        let greatest = match hedge {
            Hedge::Dozens => Some(Number::integer(999)),
            Hedge::AFew => Some(Number::TEN),
            _ => None,
        };
        let hard = Width::Span { least: least.clone(), greatest };
        Self { hard, soft: Width::Span { least, greatest: usual } }
    }
}

impl Wording {
    const NAMES: [(Self, &'static str); 4] = [
        (Self::RoundCount, "round-count"),
        (Self::Scaled, "scaled"),
        (Self::Decimal, "decimal"),
        (Self::RoundPercent, "round-percent"),
    ];

    /// The row that a figure of such a unit is read by.
    #[must_use]
    pub fn of(figure: &Figure, unit: UnitKind) -> Self {
        if figure.hedge != Hedge::Bare {
            return Self::Words(figure.hedge);
        }
        match figure.form {
            Form::Percent => Self::of_percentage(figure),
            _ if unit == UnitKind::Share => Self::of_percentage(figure),
            Form::Decimal => Self::Decimal,
            Form::Scaled => Self::Scaled,
            Form::Count if unit == UnitKind::Measured => Self::Scaled,
            Form::Count => Self::of_count(figure),
        }
    }

    fn of_percentage(figure: &Figure) -> Self {
        let tens = figure.value.checked_div(&Number::TEN);
        // "90.0" says on purpose that it is not 89.9.
        let round = tens.is_some_and(|tens| tens.is_integer()) && figure.grain >= Number::ONE;
        if round { Self::RoundPercent } else { Self::Decimal }
    }

    fn of_count(figure: &Figure) -> Self {
        let round = figure.open_grain >= Number::HUNDRED && !figure.value.is_zero();
        if round { Self::RoundCount } else { Self::Words(Hedge::Bare) }
    }

    /// Whether no word hedges the number, so that only its digits say how exact it is.
    #[must_use]
    pub fn is_bare(self) -> bool {
        !matches!(self, Self::Words(hedge) if hedge != Hedge::Bare)
    }

    /// Its name in a rulebook: a hedge's, or `round-count`, `scaled`, `decimal`, `round-percent`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Words(hedge) => hedge.name(),
            _ => Self::NAMES.into_iter().find(|(row, _)| *row == self).map_or("", |(_, name)| name),
        }
    }

    /// The wording of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let row = Self::NAMES.into_iter().find(|(_, known)| *known == name).map(|(row, _)| row);
        row.or_else(|| Hedge::from_name(name).map(Self::Words))
    }

    /// Every wording, for the documentation and for "did you mean".
    pub fn every() -> impl Iterator<Item = Self> {
        Hedge::every().map(Self::Words).chain(Self::NAMES.into_iter().map(|(row, _)| row))
    }
}

impl From<Hedge> for Wording {
    fn from(hedge: Hedge) -> Self {
        Self::Words(hedge)
    }
}

impl Reach {
    /// The distance from the number `value` of a figure; `None` when there is no end to it.
    #[must_use]
    pub fn distance(&self, value: &Number, figure: &Figure) -> Option<Number> {
        match self {
            Self::Unbounded => None,
            Self::Largest(sizes) => {
                let largest = sizes.iter().map(|size| size.at(value, figure)).max();
                Some(largest.unwrap_or_default())
            }
        }
    }
}

impl Size {
    /// It in units of the figure; never negative.
    fn at(&self, value: &Number, figure: &Figure) -> Number {
        let size = match self {
            Self::Units(units) => units.clone(),
            Self::Percent(percent) => percent * value * Number::power_of_ten(-2),
            Self::Grains(grains) => grains * &figure.grain,
            Self::OpenGrains(grains) => grains * &figure.open_grain,
        };
        size.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_wordings_are_one_to_one() {
        for wording in Wording::every() {
            assert_eq!(Wording::from_name(wording.name()), Some(wording));
        }
        assert_eq!(Wording::every().count(), Hedge::every().count() + 4);
        assert_eq!(Wording::from_name("scaly"), None);
    }

    #[test]
    fn an_entry_that_was_set_replaces_the_standard_one() {
        let mut lexicon = Lexicon::default();
        let exact = LexiconEntry { hard: Width::Point, soft: Width::Point };
        lexicon.set(Hedge::About, exact.clone());
        assert_eq!(lexicon.entry(Hedge::About.into()), exact);
        assert_eq!(lexicon.entry(Wording::Scaled), LexiconEntry::standard(Wording::Scaled));
    }
}
