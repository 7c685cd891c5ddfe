//! [`Number`]: an exact rational of any size.

mod arithmetic;
#[cfg(test)]
mod tests;
mod text;

use std::cmp::Ordering;
use std::num::NonZero;

use dashu_int::{IBig, UBig, ops::BitTest, ops::Gcd};
use dashu_ratio::RBig;

pub use text::MAX_DIGITS;

/// An exact rational number of any size.
///
/// Nearly every figure of an article fits a fraction of two 64-bit integers, and that is how it
/// is kept; what does not fit spills into a big rational. Each value has one representation, so
/// equality and hashes are structural.
///
/// # Example
/// ```
/// use mizan::quantity::Number;
///
/// let base = Number::from(40);
/// let grown = &base * &Number::parse("2.925").unwrap();
/// assert_eq!(grown, Number::from(117));
/// assert_eq!(Number::ONE.checked_div(&Number::from(3)).unwrap().to_string(), "1/3");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

/// Invariants: both forms are in lowest terms; in `Small` both parts fit an `i64`, and the numerator
/// is not `i64::MIN` (so negation and inversion are total); what fits `Small` is never `Big`.
///
/// A denominator that cannot be 0 leaves the 0 to tell the forms apart: 16 bytes instead of 24.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small { numerator: i64, denominator: NonZero<u64> },
    Big(Box<RBig>),
}

/// The denominator of whole numbers.
const UNIT: NonZero<u64> = NonZero::<u64>::MIN;

impl Number {
    /// 0
    pub const ZERO: Self = Self::integer(0);
    /// 1/2
    pub const HALF: Self = Self(Repr::Small { numerator: 1, denominator: UNIT.saturating_add(1) });
    /// 1
    pub const ONE: Self = Self::integer(1);
    /// 2
    pub const TWO: Self = Self::integer(2);
    /// 10
    pub const TEN: Self = Self::integer(10);
    /// 100
    pub const HUNDRED: Self = Self::integer(100);

    /// The largest power of ten that [`Number::power_of_ten`] makes, up and down.
    pub const MAX_POWER: i32 = 4096;

    /// A small integer, for constants.
    #[must_use]
    pub const fn integer(value: i32) -> Self {
        Self(Repr::Small { numerator: value as i64, denominator: UNIT })
    }

    /// `numerator / denominator`; `None` when the denominator is zero.
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        Self::from(numerator).checked_div(&Self::from(denominator))
    }

    /// 10 to the power `exponent`, which is held within ± [`Number::MAX_POWER`] so that no input
    /// can ask for gigabytes.
    #[must_use]
    pub fn power_of_ten(exponent: i32) -> Self {
        let exponent = exponent.clamp(-Self::MAX_POWER, Self::MAX_POWER);
        let size = exponent.unsigned_abs();
        let power = match 10_i128.checked_pow(size) {
            Some(small) => Self::from(small),
            None => Self::from_big(RBig::from(UBig::from(10_u8).pow(size as usize))),
        };
        if exponent < 0 { power.recip().unwrap_or(Self::ZERO) } else { power }
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Small { denominator, .. } => *denominator == UNIT,
            Repr::Big(big) => big.is_int(),
        }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.signum() == 0
    }

    /// Whether it is above 0.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.signum() > 0
    }

    /// Whether it is below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Repr::Small { numerator, .. } => i32::from(*numerator > 0) - i32::from(*numerator < 0),
            Repr::Big(big) => i32::from(*big.numerator() > IBig::ZERO) * 2 - 1,
        }
    }

    /// The distance from 0.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The numerator in lowest terms; it carries the sign.
    #[must_use]
    pub fn numerator(&self) -> Self {
        match &self.0 {
            Repr::Small { numerator, .. } => Self::from(*numerator),
            Repr::Big(big) => Self::from_big(RBig::from(big.numerator().clone())),
        }
    }

    /// The denominator in lowest terms: positive, 1 for a whole number.
    #[must_use]
    pub fn denominator(&self) -> Self {
        match &self.0 {
            Repr::Small { denominator, .. } => Self::from(denominator.get()),
            Repr::Big(big) => Self::from_big(RBig::from(big.denominator().clone())),
        }
    }

    /// The value as an `i64`; `None` for a fraction or beyond the range.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small { numerator, denominator: UNIT } => Some(*numerator),
            Repr::Big(big) if big.is_int() => i64::try_from(big.numerator()).ok(),
            Repr::Small { .. } | Repr::Big(_) => None,
        }
    }

    /// The value as a `u32`; `None` for a fraction, below zero or beyond the range.
    #[must_use]
    pub fn to_u32(&self) -> Option<u32> {
        self.to_i64().and_then(|value| u32::try_from(value).ok())
    }

    /// The bits that numerator and denominator take: a measure of size, to bound growth with.
    #[must_use]
    pub fn bits(&self) -> usize {
        match &self.0 {
            Repr::Small { numerator, denominator } => {
                numerator.unsigned_abs().bit_len() + denominator.get().bit_len()
            }
            Repr::Big(big) => big.numerator().bit_len() + big.denominator().bit_len(),
        }
    }

    /// The number of final zeros of a whole number (6,500 has two); 0 for zero and for fractions.
    #[must_use]
    pub fn trailing_zeros_10(&self) -> u32 {
        if self.is_zero() || !self.is_integer() {
            return 0;
        }
        if let Repr::Small { numerator, .. } = self.0 {
            return std::iter::successors(Some(numerator), |whole| Some(whole / 10))
                .take_while(|whole| whole % 10 == 0)
                .fold(0, |zeros, _| zeros + 1);
        }
        let digits = self.numerator().to_string();
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        u32::try_from(zeros).unwrap_or(u32::MAX)
    }

    /// The digits after the decimal point, when the decimal ends: 2.9445 has four, 1/3 has none.
    #[must_use]
    pub fn decimal_places(&self) -> Option<u32> {
        let (twos, fives) = match &self.0 {
            Repr::Small { denominator, .. } => {
                let twos = denominator.trailing_zeros();
                strip_fives(denominator.get() >> twos).map(|fives| (twos, fives))
            }
            Repr::Big(big) => {
                let twos = big.denominator().trailing_zeros().unwrap_or(0);
                let mut odd = big.denominator() >> twos;
                let fives = odd.remove(&UBig::from(5_u8)).unwrap_or(0);
                let exponents = (u32::try_from(twos).ok()?, u32::try_from(fives).ok()?);
                odd.is_one().then_some(exponents)
            }
        }?;
        Some(twos.max(fives))
    }

    /// `numerator / denominator`, brought to lowest terms; the denominator is positive.
    fn reduced(numerator: i128, denominator: i128) -> Self {
        let divisor = gcd(numerator, denominator);
        match (i64::try_from(numerator), i64::try_from(denominator), i64::try_from(divisor)) {
            (_, _, Ok(1)) => Self::lowest(numerator, denominator),
            // Machine words divide faster than what holds two of them.
            (Ok(top), Ok(bottom), Ok(by)) => Self::lowest((top / by).into(), (bottom / by).into()),
            _ => Self::lowest(numerator / divisor, denominator / divisor),
        }
    }

    /// A fraction already in lowest terms.
    fn lowest(numerator: i128, denominator: i128) -> Self {
        Self::fitting(numerator, denominator).unwrap_or_else(|| {
            let big = RBig::from_parts(IBig::from(numerator), UBig::from(denominator.unsigned_abs()));
            Self(Repr::Big(Box::new(big)))
        })
    }

    /// A fraction in lowest terms, if it is small.
    fn fitting(numerator: i128, denominator: i128) -> Option<Self> {
        let numerator = i64::try_from(numerator).ok().filter(|numerator| *numerator != i64::MIN)?;
        let denominator = i64::try_from(denominator).ok()?.unsigned_abs();
        let denominator = NonZero::new(denominator)?;
        Some(Self(Repr::Small { numerator, denominator }))
    }

    /// Numerator and denominator, when it is small: wide enough that the product of two, and the sum
    /// of two products, cannot overflow.
    fn small(&self) -> Option<(i128, i128)> {
        match &self.0 {
            Repr::Small { numerator, denominator } => {
                Some((i128::from(*numerator), i128::from(denominator.get())))
            }
            Repr::Big(_) => None,
        }
    }

    fn from_big(big: RBig) -> Self {
        let parts = i128::try_from(big.numerator()).ok().zip(i128::try_from(big.denominator()).ok());
        let small = parts.and_then(|(numerator, denominator)| Self::fitting(numerator, denominator));
        small.unwrap_or_else(|| Self(Repr::Big(Box::new(big))))
    }

    fn to_big(&self) -> RBig {
        match &self.0 {
            Repr::Small { numerator, denominator } => {
                RBig::from_parts(IBig::from(*numerator), UBig::from(denominator.get()))
            }
            Repr::Big(big) => (**big).clone(),
        }
    }
}

/// The exponent of a power of five; `None` when it is none.
fn strip_fives(mut value: u64) -> Option<u32> {
    let mut fives = 0;
    while value.is_multiple_of(5) {
        value /= 5;
        fives += 1;
    }
    (value == 1).then_some(fives)
}

/// The greatest common divisor of a number and a positive one.
fn gcd(a: i128, b: i128) -> i128 {
    let (a, b) = (a.unsigned_abs(), b.unsigned_abs());
    match (u64::try_from(a), u64::try_from(b)) {
        (_, Ok(1)) => 1,
        (Ok(a), Ok(b)) => i128::from(a.gcd(b)),
        // It divides a positive i128, so it is one.
        _ => i128::try_from(a.gcd(b)).unwrap_or(1),
    }
}

impl Default for Number {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Repr::Small { numerator: a, denominator: b }, Repr::Small { numerator: c, denominator: d }) =
            (&self.0, &other.0)
            && b == d
        {
            return a.cmp(c);
        }
        match (self.small(), other.small()) {
            (Some((a, b)), Some((c, d))) => (a * d).cmp(&(c * b)),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<i128> for Number {
    fn from(value: i128) -> Self {
        Self::lowest(value, 1)
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Self {
        i128::try_from(value).map_or_else(|_| Self::from_big(RBig::from(value)), Self::from)
    }
}

macro_rules! from_smaller_integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                Self::from(i128::from(value))
            }
        }
    )*};
}
from_smaller_integers!(i32 u32 i64 u64);
