//! Numbers below a thousand in words, as each language orders hundreds, tens and units.

use super::super::token::{Line, Tongue};
use super::super::words::Sense;
use super::{join, past_hyphen};

/// The number that starts at token `at`, and the token after it.
pub(super) fn read(line: &Line, at: usize) -> Option<(u64, usize)> {
    if line.is_arabic(at) {
        return arabic(line, at);
    }
    match line.tongue {
        Tongue::French => french(line, at),
        Tongue::English => english(line, at),
    }
}

/// Hundreds, then units, then tens, each joined with «و»: «مئة وخمسة وعشرون».
fn arabic(line: &Line, at: usize) -> Option<(u64, usize)> {
    let Some((hundreds, end)) = arabic_hundreds(line, at) else { return arabic_small(line, at) };
    let (is_joined, start) = join(line, end);
    match arabic_small(line, start).filter(|_| is_joined && !line.clitic(start).preposition) {
        // «مئة وثلاثة آلاف» is 103,000, but «مئة وثلاث مئة» is two numbers.
        Some((small, end)) if !is_hundred(line, end) => Some((hundreds + small, end)),
        _ => Some((hundreds, end)),
    }
}

/// «مئتان», «ثلاثمئة», «ثلاث مئة».
fn arabic_hundreds(line: &Line, at: usize) -> Option<(u64, usize)> {
    match line.sense(at) {
        Sense::Hundred(hundreds) => Some((u64::from(hundreds) * 100, at + 1)),
        Sense::Unit(unit @ 3..) if is_hundred(line, at + 1) => Some((u64::from(unit) * 100, at + 2)),
        _ => None,
    }
}

fn is_hundred(line: &Line, at: usize) -> bool {
    line.sense(at) == Sense::Hundred(1) && line.clitic(at) == super::super::words::Clitic::default()
}

/// «خمسة», «خمسة عشر», «خمسة وعشرون», «عشرون».
fn arabic_small(line: &Line, at: usize) -> Option<(u64, usize)> {
    match line.sense(at) {
        Sense::Teen(ten) | Sense::Ten(ten) => Some((ten.into(), at + 1)),
        Sense::Unit(unit) => {
            let clitic = line.clitic(at + 1);
            match line.sense(at + 1) {
                Sense::Teen(ten) if unit > 0 && !clitic.and && !clitic.preposition => {
                    return Some((u64::from(unit + ten), at + 2));
                }
                _ => {}
            }
            let (is_joined, start) = join(line, at + 1);
            match line.sense(start) {
                Sense::Ten(ten) if unit > 0 && is_joined && !line.clitic(start).preposition => {
                    Some((u64::from(unit + ten), start + 1))
                }
                _ => Some((unit.into(), at + 1)),
            }
        }
        _ => None,
    }
}

/// "two hundred and fifty-one", "twelve hundred".
fn english(line: &Line, at: usize) -> Option<(u64, usize)> {
    let hundred = |at| line.sense(at) == Sense::Hundred(1);
    let (hundreds, end) = match english_tens(line, at) {
        Some((count, end)) if count > 0 && hundred(end) => (count, end + 1),
        None if hundred(at) => (1, at + 1),
        small => return small,
    };
    let start = if line.sense(end) == Sense::And { end + 1 } else { end };
    let rest = english_tens(line, start).filter(|(_, end)| !hundred(*end));
    Some(rest.map_or((hundreds * 100, end), |(rest, end)| (hundreds * 100 + rest, end)))
}

/// "seven", "seventeen", "seventy", "seventy-seven".
fn english_tens(line: &Line, at: usize) -> Option<(u64, usize)> {
    match line.sense(at) {
        Sense::Unit(small) | Sense::Teen(small) => Some((small.into(), at + 1)),
        Sense::Ten(ten) => {
            let (is_joined, start) = join(line, at + 1);
            match line.sense(start) {
                Sense::Unit(unit @ 1..) if !is_joined || line.mark(at + 1).is_some() => {
                    Some((u64::from(ten + unit), start + 1))
                }
                _ => Some((ten.into(), at + 1)),
            }
        }
        _ => None,
    }
}

/// "deux cent cinquante et un", "quatre-vingt-dix-sept".
fn french(line: &Line, at: usize) -> Option<(u64, usize)> {
    let hundred = |at| line.sense(at) == Sense::Hundred(1);
    let (hundreds, end) = match line.sense(at) {
        Sense::Hundred(_) => (1, at + 1),
        Sense::Unit(unit @ 2..) if hundred(past_any_hyphen(line, at + 1)) => {
            (u64::from(unit), past_any_hyphen(line, at + 1) + 1)
        }
        // "quinze cents"
        Sense::Teen(teen @ 11..) if hundred(past_any_hyphen(line, at + 1)) => {
            (u64::from(teen), past_any_hyphen(line, at + 1) + 1)
        }
        _ => return french_tens(line, at),
    };
    // "cent et un" does not exist, but people write it; "cent et quelques" goes on without a number.
    let (_, start) = join(line, end);
    let rest = french_tens(line, start).filter(|(_, end)| !hundred(past_any_hyphen(line, *end)));
    Some(rest.map_or((hundreds * 100, end), |(rest, end)| (hundreds * 100 + rest, end)))
}

/// "sept", "vingt et un", "soixante-dix-sept", "quatre-vingt-un".
fn french_tens(line: &Line, at: usize) -> Option<(u64, usize)> {
    let (tens, end) = match line.sense(at) {
        Sense::Unit(4) if line.sense(past_any_hyphen(line, at + 1)) == Sense::Ten(20) => {
            (80, past_any_hyphen(line, at + 1) + 1)
        }
        Sense::Ten(ten) => (u64::from(ten), at + 1),
        Sense::Unit(unit) => return Some((unit.into(), at + 1)),
        Sense::Teen(teen) => return Some(french_teen(line, at, teen.into())),
        _ => return None,
    };
    let (_, start) = join(line, end);
    match line.sense(start) {
        Sense::Unit(unit @ 1..) if !is_multiplied(line, start, unit) => {
            Some((tens + u64::from(unit), start + 1))
        }
        Sense::Teen(teen) if matches!(tens, 60 | 80) => {
            let (teen, end) = french_teen(line, start, teen.into());
            Some((tens + teen, end))
        }
        _ => Some((tens, end)),
    }
}

/// "dix-sept": ten and a unit above six.
fn french_teen(line: &Line, at: usize, teen: u64) -> (u64, usize) {
    let next = past_any_hyphen(line, at + 1);
    match line.sense(next) {
        Sense::Unit(unit @ 7..) if teen == 10 => (teen + u64::from(unit), next + 1),
        _ => (teen, at + 1),
    }
}

/// Whether the unit belongs to what follows: the 4 of "quatre-vingts".
fn is_multiplied(line: &Line, at: usize, unit: u8) -> bool {
    unit == 4 && line.sense(past_any_hyphen(line, at + 1)) == Sense::Ten(20)
}

fn past_any_hyphen(line: &Line, at: usize) -> usize {
    let scaled = past_hyphen(line, at);
    if scaled == at && line.mark(at).is_some_and(super::is_hyphen) && line.is_glued(at) {
        at + 1
    } else {
        scaled
    }
}
