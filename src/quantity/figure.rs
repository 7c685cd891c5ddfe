//! [`Figure`]: a figure as it was written, before anybody asks what it means.

use super::Number;

/// A figure as it was written: its value, how finely it was told, and the words around it.
///
/// # Units
/// `value`, `upper`, `grain` and `open_grain` are all in units of the figure: "130 thousand" has
/// the value 130,000, the grain 1,000 and the open grain 10,000.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Figure {
    /// The written number; of a range, its first; of a vague word, the least that it says.
    pub value: Number,
    /// The other number of a range.
    pub upper: Option<Number>,
    /// The unit of the last digit that was written: 0.1 in "194.5".
    pub grain: Number,
    /// The unit of the last digit that is not zero: trailing zeros leave the grain open.
    pub open_grain: Number,
    /// What the words before or after the number say of it.
    pub hedge: Hedge,
    /// How the number was written.
    pub form: Form,
    /// What a vague word counts: 1,000 in "dozens of thousands", else 1.
    pub scale: Number,
}

/// How a number was written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Form {
    /// Digits or words to the unit, without a scale word: "19", "nineteen", "6,500".
    Count,
    /// A scale word comes last: "130 thousand".
    Scaled,
    /// Digits after a decimal mark: "194.5".
    Decimal,
    /// A percentage.
    Percent,
}

/// What the words around a number say of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Hedge {
    /// Nothing: the number stands alone.
    Bare,
    /// "exactly"
    Exactly,
    /// "about"
    About,
    /// "nearly": not quite as much
    Nearly,
    /// "more than", "over"
    MoreThan,
    /// "at least"
    AtLeast,
    /// "less than", "under"
    LessThan,
    /// "at most", "up to"
    AtMost,
    /// "half a million"
    Half,
    /// "dozens", and tens
    Dozens,
    /// "hundreds"
    Hundreds,
    /// "thousands"
    Thousands,
    /// "millions"
    Millions,
    /// "a few"
    AFew,
    /// "some" without a number
    Some,
    /// "between … and …"
    Between,
}

impl Figure {
    /// A number written to the unit, with nothing around it.
    #[must_use]
    pub fn count(value: Number) -> Self {
        Self::written(value, Number::ONE, Form::Count)
    }

    /// A number whose last written digit has the unit `grain`, with nothing around it.
    ///
    /// # Example
    /// ```
    /// use mizan::quantity::{Figure, Form, Number};
    ///
    /// let thousand = Number::from(1000);
    /// let figure = Figure::written(Number::from(130_000), thousand, Form::Scaled);
    /// assert_eq!(figure.open_grain, Number::from(10_000));
    /// ```
    #[must_use]
    pub fn written(value: Number, grain: Number, form: Form) -> Self {
        let zeros = value.checked_div(&grain).map_or(0, |grains| grains.trailing_zeros_10());
        let open = Number::power_of_ten(i32::try_from(zeros).unwrap_or(Number::MAX_POWER));
        let open_grain = &grain * open;
        let (hedge, scale) = (Hedge::Bare, Number::ONE);
        Self { value, upper: None, grain, open_grain, hedge, form, scale }
    }

    /// A vague word on its own ("dozens"), or counting something ("dozens of thousands": 1,000).
    /// A hedge that is no vague word says `scale` itself.
    #[must_use]
    pub fn vague(hedge: Hedge, scale: Number) -> Self {
        let value = hedge.vague_span().map_or(Number::ONE, |(least, _)| least) * &scale;
        let figure = Self::written(value, scale.clone(), Form::Count);
        Self { hedge, scale, ..figure }
    }

    /// The same number with a hedge.
    #[must_use]
    pub fn hedged(self, hedge: Hedge) -> Self {
        Self { hedge, ..self }
    }

    /// The range from this number to another.
    #[must_use]
    pub fn up_to(self, upper: Number) -> Self {
        Self { upper: Some(upper), hedge: Hedge::Between, ..self }
    }
}

impl Hedge {
    /// Every hedge with its name in a rulebook.
    const NAMES: [(Self, &'static str); 16] = [
        (Self::Bare, "bare"),
        (Self::Exactly, "exactly"),
        (Self::About, "about"),
        (Self::Nearly, "nearly"),
        (Self::MoreThan, "more-than"),
        (Self::AtLeast, "at-least"),
        (Self::LessThan, "less-than"),
        (Self::AtMost, "at-most"),
        (Self::Half, "half"),
        (Self::Dozens, "dozens"),
        (Self::Hundreds, "hundreds"),
        (Self::Thousands, "thousands"),
        (Self::Millions, "millions"),
        (Self::AFew, "a-few"),
        (Self::Some, "some"),
        (Self::Between, "between"),
    ];

    /// Every hedge, in the order of the lexicon's table.
    pub fn every() -> impl Iterator<Item = Self> {
        Self::NAMES.into_iter().map(|(hedge, _)| hedge)
    }

    /// Its name in a rulebook: `more-than`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(hedge, _)| *hedge == self).map_or("", |(_, name)| name)
    }

    /// The hedge of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(_, known)| *known == name).map(|(hedge, _)| hedge)
    }

    /// Whether the word stands in the place of a number.
    #[must_use]
    pub fn is_vague(self) -> bool {
        self.vague_span().is_some()
    }

    /// The least and the greatest count that a vague word is taken to mean.
    pub(super) fn vague_span(self) -> Option<(Number, Option<Number>)> {
        let (least, greatest) = match self {
            Self::Dozens => (20, Some(99)),
            Self::Hundreds => (200, Some(999)),
            Self::Thousands => (2000, Some(9999)),
            Self::Millions => (2_000_000, Some(9_999_999)),
            Self::AFew => (3, Some(9)),
            Self::Some => (1, None),
            _ => return None,
        };
        Some((Number::integer(least), greatest.map(Number::integer)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_grain_is_that_of_the_last_digit_that_is_not_zero() {
        let open = |text: &str, grain: &str| {
            let read = |text| Number::parse(text).unwrap();
            Figure::written(read(text), read(grain), Form::Count).open_grain.to_string()
        };
        assert_eq!(open("6500", "1"), "100");
        assert_eq!(open("130000", "1000"), "10000");
        assert_eq!(open("194.5", "0.1"), "0.1");
        assert_eq!(open("90.0", "0.1"), "10");
        assert_eq!(open("19", "1"), "1");
        assert_eq!(open("0", "1"), "1");
        assert_eq!(open("5", "0"), "0");
    }

    #[test]
    fn names_and_hedges_are_one_to_one() {
        for hedge in Hedge::every() {
            assert_eq!(Hedge::from_name(hedge.name()), Some(hedge));
        }
        assert_eq!(Hedge::from_name("roughly"), None);
    }

    #[test]
    fn a_vague_word_has_its_least_as_its_value() {
        assert_eq!(Figure::vague(Hedge::Dozens, Number::ONE).value, Number::from(20));
        assert_eq!(Figure::vague(Hedge::AFew, Number::from(1000)).value, Number::from(3000));
    }
}
