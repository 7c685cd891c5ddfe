//! [`Number`] as plain text: `-12.50` in, `-12.5` or `1/3` out.

use std::fmt;

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::{Number, Repr, UNIT};

/// The most digits a written number may have; a longer one is refused.
pub const MAX_DIGITS: usize = 400;

/// Every number of so many digits fits an `i128`.
const FAST_DIGITS: usize = 38;

impl Number {
    /// Reads a plain ASCII decimal: an optional `-`, digits, and possibly a point with digits
    /// after it. No sign `+`, no exponent, no separators; `None` for anything else, and beyond
    /// [`MAX_DIGITS`].
    ///
    /// # Example
    /// ```
    /// use mizan::quantity::Number;
    ///
    /// assert_eq!(Number::parse("-12.50"), Number::ratio(-25, 2));
    /// assert_eq!(Number::parse("1e6"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (unsigned, ""),
        };
        let digits = whole.len() + fraction.len();
        let plain = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain || digits > MAX_DIGITS {
            return None;
        }
        let value = if fraction.is_empty() {
            digits_to_integer(whole)?
        } else {
            let places = i32::try_from(fraction.len()).ok()?;
            digits_to_integer(&[whole, fraction].concat())? * Self::power_of_ten(-places)
        };
        Some(if negative { -value } else { value })
    }

    /// The decimal with exactly `places` digits after the point, rounded half away from zero:
    /// 200 with one place is `200.0`.
    #[must_use]
    pub fn to_fixed(&self, places: u32) -> String {
        let places = i32::try_from(places).unwrap_or(i32::MAX).min(Self::MAX_POWER);
        let scaled = (self * Self::power_of_ten(places)).round_to(&Self::ONE);
        with_point(&scaled, places.unsigned_abs() as usize)
    }
}

fn digits_to_integer(digits: &str) -> Option<Number> {
    if digits.len() <= FAST_DIGITS {
        return digits.parse::<i128>().ok().map(Number::from);
    }
    let big = IBig::from_str_radix(digits, 10).ok()?;
    Some(Number::from_big(RBig::from(big)))
}

/// The digits of a whole number with a point before the last `places` of them.
fn with_point(integer: &Number, places: usize) -> String {
    let mut text = integer.abs().to_string();
    if text.len() <= places {
        text.insert_str(0, &"0".repeat(places + 1 - text.len()));
    }
    if places > 0 {
        text.insert(text.len() - places, '.');
    }
    if integer.is_negative() {
        text.insert(0, '-');
    }
    text
}

impl fmt::Display for Number {
    /// Exact: a decimal when it ends (`2.9445`), else a fraction (`1/3`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small { numerator, denominator: UNIT } => return write!(f, "{numerator}"),
            Repr::Big(big) if big.is_int() => return write!(f, "{}", big.numerator()),
            _ => {}
        }
        match self.decimal_places().and_then(|places| i32::try_from(places).ok()) {
            Some(places) if places <= Self::MAX_POWER => {
                let scaled = self * Self::power_of_ten(places);
                f.write_str(&with_point(&scaled, places.unsigned_abs() as usize))
            }
            _ => write!(f, "{}/{}", self.numerator(), self.denominator()),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
