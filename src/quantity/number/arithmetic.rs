//! The arithmetic of [`Number`]: exact, total but for division by zero.
//!
//! Every operation tries checked 128-bit integers first and falls back to big rationals, so
//! nothing overflows silently.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use dashu_int::ops::Gcd;
use dashu_ratio::RBig;

use super::{Number, Repr, gcd};

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
            Repr::Small { numerator: 0, .. } => None,
            Repr::Small { numerator, denominator } => {
                Self::lowest(denominator * numerator.signum(), numerator.abs())
            }
            Repr::Big(big) => Some(Self::from_big(RBig::ONE / &**big)),
        }
    }

    /// The greatest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Repr::Small { numerator, denominator } => Self::from(numerator.div_euclid(*denominator)),
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
            // Neither is i128::MIN, so their divisor fits.
            return Number::from_big(RBig::from(gcd(n, m)));
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

fn add(a: &Number, b: &Number) -> Number {
    let small = a.small().zip(b.small()).and_then(|(a, b)| add_small(a, b));
    small.unwrap_or_else(|| Number::from_big(a.to_big() + b.to_big()))
}

fn add_small((n, d): (i128, i128), (m, e): (i128, i128)) -> Option<Number> {
    if d == e {
        let sum = n.checked_add(m)?;
        return if d == 1 { Number::lowest(sum, 1) } else { Number::reduced(sum, d) };
    }
    let shared = i128::try_from(gcd(d, e)).ok()?;
    let left = n.checked_mul(e / shared)?;
    let right = m.checked_mul(d / shared)?;
    Number::reduced(left.checked_add(right)?, (d / shared).checked_mul(e)?)
}

fn mul(a: &Number, b: &Number) -> Number {
    let small = a.small().zip(b.small()).and_then(|(a, b)| mul_small(a, b));
    small.unwrap_or_else(|| Number::from_big(a.to_big() * b.to_big()))
}

fn mul_small((n, d): (i128, i128), (m, e): (i128, i128)) -> Option<Number> {
    if d == 1 && e == 1 {
        return Number::lowest(n.checked_mul(m)?, 1);
    }
    // Reduced crosswise first, the product is in lowest terms and overflows as late as it can.
    let left = i128::try_from(gcd(n, e)).ok()?;
    let right = i128::try_from(gcd(m, d)).ok()?;
    let numerator = (n / left).checked_mul(m / right)?;
    Number::lowest(numerator, (d / right).checked_mul(e / left)?)
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
