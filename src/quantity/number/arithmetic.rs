//! The arithmetic of [`Number`]: exact, total but for division by zero.
//!
//! Small operands are computed with 128-bit integers, which hold every result; others are big
//! rationals. Nothing overflows.

use std::iter::Sum;
use std::num::NonZero;
use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use dashu_int::ops::Gcd;
use dashu_ratio::RBig;

use super::{Number, Repr, UNIT, gcd};

impl Number {
    /// `self / divisor`; `None` when the divisor is zero.
    #[must_use]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        divisor.recip().map(|inverse| self * &inverse)
    }

    /// `1 / self`; `None` for zero.
    #[must_use]
    pub fn recip(&self) -> Option<Self> {
        match &self.0 {
            Repr::Small { numerator, denominator } => {
                let bottom = NonZero::new(numerator.unsigned_abs())?;
                let top = denominator.get().cast_signed() * numerator.signum();
                Some(Self(Repr::Small { numerator: top, denominator: bottom }))
            }
            Repr::Big(big) => Some(Self::from_big(RBig::ONE / &**big)),
        }
    }

    /// Adds `left · right`: a step of a weighted sum.
    pub fn add_product(&mut self, left: &Self, right: &Self) {
        *self = match (self.small(), left.small(), right.small()) {
            // The sums of newspapers: whole numbers, and a product of two fits with room to spare.
            (Some((sum, 1)), Some((a, 1)), Some((b, 1))) => Self::lowest(sum + a * b, 1),
            _ => &*self + &(left * right),
        };
    }

    /// The greatest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Repr::Small { denominator: UNIT, .. } => self.clone(),
            Repr::Small { numerator, denominator } => {
                Self::from(numerator.div_euclid(denominator.get().cast_signed()))
            }
            Repr::Big(big) => Self::from_big(RBig::from(big.floor())),
        }
    }

    /// The least whole number that is not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        -(-self).floor()
    }

    /// The nearest multiple of `grain` (its size; 0 leaves the number as it is); halves go away
    /// from zero, as in newspapers.
    #[must_use]
    pub fn round_to(&self, grain: &Self) -> Self {
        let grain = grain.abs();
        let Some(grains) = self.abs().checked_div(&grain) else {
            return self.clone();
        };
        let size = (grains + Self::HALF).floor() * grain;
        if self.is_negative() { -size } else { size }
    }

    /// The greatest number that goes into both a whole number of times: the usual greatest common
    /// divisor for whole numbers, and total on fractions too. Never negative; `gcd(a, 0)` is `|a|`.
    #[must_use]
    pub fn gcd(a: &Self, b: &Self) -> Self {
        if a.is_zero() || b.is_zero() {
            return (a + b).abs();
        }
        if let (Some((n, 1)), Some((m, 1))) = (a.small(), b.small()) {
            return Number::from(gcd(n, m.abs()));
        }
        let (a, b) = (a.to_big(), b.to_big());
        let left = a.numerator() * b.denominator();
        let right = b.numerator() * a.denominator();
        Self::from_big(RBig::from_parts(left.gcd(right).into(), a.denominator() * b.denominator()))
    }

    /// The least positive number that is a whole multiple of both; 0 when one of them is 0.
    #[must_use]
    pub fn lcm(a: &Self, b: &Self) -> Self {
        let shared = Self::gcd(a, b);
        (a * b).abs().checked_div(&shared).unwrap_or(Self::ZERO)
    }

    /// What is left of it after whole multiples of `modulus`: in `[0, |modulus|)`; `None` when
    /// the modulus is zero.
    #[must_use]
    pub fn rem_euclid(&self, modulus: &Self) -> Option<Self> {
        let modulus = modulus.abs();
        let times = self.checked_div(&modulus)?.floor();
        Some(self - &(times * modulus))
    }
}

fn add(left: &Number, right: &Number) -> Number {
    match (left.small(), right.small()) {
        // Nothing is added most often.
        (Some((0, _)), _) => right.clone(),
        (_, Some((0, _))) => left.clone(),
        (Some((a, 1)), Some((c, 1))) => Number::lowest(a + c, 1),
        (Some((a, b)), Some((c, d))) if b == d => Number::reduced(a + c, b),
        (Some((a, b)), Some((c, d))) => Number::reduced(a * d + c * b, b * d),
        _ => Number::from_big(left.to_big() + right.to_big()),
    }
}

fn mul(left: &Number, right: &Number) -> Number {
    match (left.small(), right.small()) {
        // Coefficients are ones most often.
        (Some((1, 1)), _) => right.clone(),
        (_, Some((1, 1))) => left.clone(),
        (Some((-1, 1)), _) => -right,
        (_, Some((-1, 1))) => -left,
        (Some((a, 1)), Some((c, 1))) => Number::lowest(a * c, 1),
        (Some((a, b)), Some((c, d))) => Number::reduced(a * c, b * d),
        _ => Number::from_big(left.to_big() * right.to_big()),
    }
}

impl Neg for &Number {
    type Output = Number;

    fn neg(self) -> Number {
        match &self.0 {
            Repr::Small { numerator, denominator } => {
                Number(Repr::Small { numerator: -numerator, denominator: *denominator })
            }
            Repr::Big(big) => Number::from_big(-&**big),
        }
    }
}

impl Neg for Number {
    type Output = Number;

    fn neg(self) -> Number {
        -&self
    }
}

macro_rules! operator {
    ($operator:ident $method:ident $assign:ident $assign_method:ident, $function:expr) => {
        impl $operator<&Number> for &Number {
            type Output = Number;

            fn $method(self, other: &Number) -> Number {
                let function: fn(&Number, &Number) -> Number = $function;
                function(self, other)
            }
        }

        impl $operator<Number> for Number {
            type Output = Number;

            fn $method(self, other: Number) -> Number {
                (&self).$method(&other)
            }
        }

        impl $operator<&Number> for Number {
            type Output = Number;

            fn $method(self, other: &Number) -> Number {
                (&self).$method(other)
            }
        }

        impl $operator<Number> for &Number {
            type Output = Number;

            fn $method(self, other: Number) -> Number {
                self.$method(&other)
            }
        }

        impl $assign<&Number> for Number {
            fn $assign_method(&mut self, other: &Number) {
                *self = (&*self).$method(other);
            }
        }

        impl $assign<Number> for Number {
            fn $assign_method(&mut self, other: Number) {
                *self = (&*self).$method(&other);
            }
        }
    };
}
operator!(Add add AddAssign add_assign, add);
operator!(Sub sub SubAssign sub_assign, |a, b| add(a, &-b));
operator!(Mul mul MulAssign mul_assign, mul);

impl Sum for Number {
    fn sum<I: Iterator<Item = Number>>(numbers: I) -> Number {
        numbers.fold(Number::ZERO, |total, number| total + number)
    }
}

impl<'a> Sum<&'a Number> for Number {
    fn sum<I: Iterator<Item = &'a Number>>(numbers: I) -> Number {
        numbers.fold(Number::ZERO, |total, number| total + number)
    }
}
