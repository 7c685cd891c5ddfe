//! [`read`]: a written figure becomes two sets of values.
//!
//! ```text
//!  "over 117"       hard (117, ∞)            soft (117, 119]
//!  "130 thousand"   hard [125000, 135000]    soft [129500, 130500]
//!  "19"             hard {19}                soft {19}
//! ```

#[cfg(test)]
mod tests;

use super::{End, Figure, Interval, Lexicon, Number, Reach, Width, Wording};

/// The two sets of values of a figure. The soft set lies within the hard one.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Reading {
    /// What the words entail: only this can make an error.
    pub hard: Interval,
    /// What a reader takes them to mean: a conflict that needs it is a warning.
    pub soft: Interval,
}

/// What kind of unit a figure counts in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum UnitKind {
    /// Things that come whole: districts, people.
    Countable,
    /// Amounts: square kilometres, dirhams.
    Measured,
    /// A part of something: per cent.
    Share,
}

/// How the digits after the last written one were dropped.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Rounding {
    /// To the nearest: a written `v` stands for `[v − u/2, v + u/2]`.
    #[default]
    Nearest,
    /// Towards zero: `[v, v + u)` above zero, `(v − u, v]` below, `(−u, u)` at zero.
    Truncate,
}

/// The two sets of values that a figure stands for.
///
/// `decimals` fixes the grain to `10^-decimals`: a number without a hedge then stands for the
/// numbers that round to it, in both sets.
///
/// # Example
/// ```
/// use mizan::quantity::{Figure, Hedge, Lexicon, Number, Rounding, UnitKind, read};
///
/// let over_117 = Figure::count(Number::from(117)).hedged(Hedge::MoreThan);
/// let lexicon = Lexicon::default();
/// let reading = read(&over_117, UnitKind::Countable, None, Rounding::Nearest, &lexicon);
/// assert_eq!(reading.hard.whole().to_string(), "118 or more");
/// assert_eq!(reading.soft.whole().to_string(), "118 … 119");
/// ```
///
/// # Source
/// XBRL 2.1, 4.6.5 (`decimals`), and XBRL Calculations 1.1, 1.3 (rounding and truncation).
#[must_use]
pub fn read(
    figure: &Figure,
    unit: UnitKind,
    decimals: Option<i32>,
    rounding: Rounding,
    lexicon: &Lexicon,
) -> Reading {
    let Some(decimals) = decimals else {
        return read_by_words(figure, unit, rounding, lexicon);
    };
    let grain = Number::power_of_ten(decimals.saturating_neg());
    let figure = Figure { grain: grain.clone(), open_grain: grain, ..figure.clone() };
    if !Wording::of(&figure, unit).is_bare() {
        return read_by_words(&figure, unit, rounding, lexicon);
    }
    let half = &figure.grain * Number::HALF;
    let set = over_range(&figure, |value| rounding.origins(value, &half));
    Reading { hard: set.clone(), soft: set }
}

fn read_by_words(figure: &Figure, unit: UnitKind, rounding: Rounding, lexicon: &Lexicon) -> Reading {
    let wording = Wording::of(figure, unit);
    let entry = lexicon.entry(wording);
    let rounding = if wording.is_bare() { rounding } else { Rounding::Nearest };
    let set = |width: &Width| over_range(figure, |value| width.around(value, figure, rounding));
    Reading::new(set(&entry.hard), &set(&entry.soft))
}

/// The set of a figure, from that of a number: a range reaches from its first to its last.
fn over_range(figure: &Figure, set: impl Fn(&Number) -> Interval) -> Interval {
    let first = set(&figure.value);
    figure.upper.as_ref().map_or_else(|| first.clone(), |upper| first.hull(&set(upper)))
}

impl Reading {
    /// A reading of two sets. Readers do not take words to mean what they cannot, so the soft set
    /// is cut by the hard one (and is the same where nothing would be left of it).
    #[must_use]
    pub fn new(hard: Interval, soft: &Interval) -> Self {
        let within = soft.intersect(&hard);
        let soft = if within.is_empty() { hard.clone() } else { within };
        Self { hard, soft }
    }

    /// What is left of both sets within a domain and, if asked, among the whole numbers. Nothing
    /// may be left of the hard set, or of the soft one alone.
    #[must_use]
    pub fn cut(self, domain: &Interval, whole: bool) -> Self {
        let cut = |set: &Interval| {
            let within = set.intersect(domain);
            if whole { within.whole() } else { within }
        };
        Self { hard: cut(&self.hard), soft: cut(&self.soft) }
    }
}

impl Rounding {
    /// The numbers that are written `value` when the grain is twice `half`.
    ///
    /// ```text
    ///              −u         0         u         v        v+u
    ///  nearest               ●━━━━━━━━━●   (v ± u/2)
    ///  truncate     ○━━━━━━━━━━━━━━━━━━○          ●━━━━━━━━━○
    /// ```
    fn origins(self, value: &Number, half: &Number) -> Interval {
        match self {
            Self::Nearest => Interval::closed(value - half, value + half),
            // No digit was dropped.
            Self::Truncate if half.is_zero() => Interval::point(value.clone()),
            Self::Truncate => {
                let unit = half * Number::TWO;
                let (below, above) = (value - &unit, value + &unit);
                let own = End::Closed(value.clone());
                match value.signum() {
                    0 => Interval::new(End::Open(below), End::Open(above)),
                    1 => Interval::new(own, End::Open(above)),
                    _ => Interval::new(End::Open(below), own),
                }
            }
        }
    }
}

impl Width {
    /// The set around one number of a figure.
    fn around(&self, value: &Number, figure: &Figure, rounding: Rounding) -> Interval {
        let below = |reach: &Reach| {
            let low = reach.distance(value, figure).map(|reach| value - reach);
            low.map_or(End::Unbounded, End::Closed)
        };
        let above = |reach: &Reach| {
            let high = reach.distance(value, figure).map(|reach| value + reach);
            high.map_or(End::Unbounded, End::Closed)
        };
        let (closed, open) = (End::Closed(value.clone()), End::Open(value.clone()));
        match self {
            Self::Point => Interval::point(value.clone()),
            Self::Around(reach) => match reach.distance(value, figure) {
                Some(half) => rounding.origins(value, &half),
                None => Interval::all(),
            },
            Self::UpTo(reach) => Interval::new(below(reach), closed),
            Self::Under(reach) => Interval::new(below(reach), open),
            Self::From(reach) => Interval::new(closed, above(reach)),
            Self::Over(reach) => Interval::new(open, above(reach)),
            Self::Span { least, greatest } => span(least, greatest.as_ref(), &figure.scale),
        }
    }
}

/// The counts from `least` to `greatest` of things of size `scale`: up to the last whole number
/// before one more of them.
fn span(least: &Number, greatest: Option<&Number>, scale: &Number) -> Interval {
    let upper = match greatest {
        Some(greatest) => End::Closed((greatest + Number::ONE) * scale - Number::ONE),
        None => End::Unbounded,
    };
    Interval::new(End::Closed(least * scale), upper)
}
