//! [`When`]: a period, or a time told against the day of publication.

use std::fmt;

use super::{Period, PeriodFault, Reason};

/// When a claim holds, as it is written.
///
/// # Example
/// ```
/// use mizan::period::When;
///
/// assert_eq!(When::parse("published-1"), Ok(When::Published(-1)));
/// assert!(matches!(When::parse("2024-Q3"), Ok(When::Period(_))));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum When {
    /// On the calendar.
    Period(Period),
    /// The year of publication, so many years on: `published`, `published-1`, `published+1`.
    Published(i32),
    /// Any time up to publication: `../published`.
    ByPublished,
    /// Any time from publication on: `soon`.
    Soon,
}

impl When {
    /// Reads a period or a relative time.
    ///
    /// # Errors
    /// A [`PeriodFault`] that says what is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, PeriodFault> {
        match text {
            "soon" => return Ok(Self::Soon),
            "published" => return Ok(Self::Published(0)),
            "../published" => return Ok(Self::ByPublished),
            _ => {}
        }
        match text.strip_prefix("published") {
            None => Period::parse(text).map(Self::Period),
            Some(offset) => {
                let fault = || PeriodFault::new(Reason::Published, "published".len()..text.len());
                years(offset).map(Self::Published).ok_or_else(fault)
            }
        }
    }
}

/// Reads `+1` or `-12`: a sign and one to four digits.
fn years(offset: &str) -> Option<i32> {
    let (sign, digits) = match offset.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, offset.strip_prefix('+')?),
    };
    let plain = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let size: i32 = digits.parse().ok().filter(|_| plain)?;
    Some(sign * size)
}

impl From<Period> for When {
    fn from(period: Period) -> Self {
        Self::Period(period)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Period(period) => period.fmt(f),
            Self::Published(0) => f.write_str("published"),
            Self::Published(years) => write!(f, "published{years:+}"),
            Self::ByPublished => f.write_str("../published"),
            Self::Soon => f.write_str("soon"),
        }
    }
}
