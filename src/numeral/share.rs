//! Shares told as so many in so many: "one in five", "un ménage sur cinq", «واحد من كل خمسة», «أسرة من كل عشرين».

use std::ops::Range;

use super::amount::Amount;
use super::cardinal::{self, Context};
use super::date;
use super::noun;
use super::spread;
use super::token::Line;
use super::words::Sense;
use crate::quantity::{Figure, Form, Number};

/// Words before "one" that point at a thing, or deny it: "the one in blue", "no one in ten years".
const POINTING: &[&str] =
    &["the", "this", "that", "no", "which", "each", "every", "any", "le", "ce", "chaque"];

/// The share whose first number is token `at`.
pub(super) fn read(line: &Line, at: usize, context: Context) -> Option<Amount> {
    let (parts, start, joint) = first(line, at)?;
    let (named, second) = (joint > at + 1, past_joint(line, joint)?);
    let whole = cardinal::read(line, second, context).ok().flatten()?;
    let number = whole.figure.value;
    let is_share = Number::ONE < number && parts < number && number.is_integer();
    let is_arabic = line.is_arabic(joint);
    let is_sure = is_arabic || parts == Number::ONE || is_round(&number);
    // "one crash in ten days", "un livre sur trois femmes": the second number counts something of its own.
    let counts = spread::is_time(line, whole.end) || named && noun::is_counted(line, whole.end);
    let is_year = date::year_at(line, second).is_some();
    if !is_share || !is_sure || is_year || !is_arabic && counts {
        return None;
    }
    let figure = Figure::written(parts.checked_div(&number)?, grain(&number), Form::Decimal);
    Some(Amount::new(figure, start, whole.end))
}

/// The noun that stands inside a share between two tokens: "one child in five".
pub(super) fn noun<'t>(line: &Line<'t>, tokens: &Range<usize>) -> Option<&'t str> {
    let starts_with_noun = line.is_arabic(tokens.start) && is_noun(line, tokens.start);
    let noun = if starts_with_noun { tokens.start } else { tokens.start + 1 };
    let is_inside =
        is_noun(line, noun) && past_joint(line, noun + 1).is_some_and(|second| second < tokens.end);
    line.word(noun).filter(|_| is_inside)
}

/// The first number, where the share starts, and where what joins the two numbers should stand.
fn first(line: &Line, at: usize) -> Option<(Number, usize, usize)> {
    // «أسرة من كل عشرين»: the noun alone says one.
    if at > 2 && line.is_word(at - 1, &["كل"]) {
        let joint = at - if line.is_word(at - 2, &["بين"]) { 3 } else { 2 };
        let noun = joint.checked_sub(1).filter(|noun| line.is_arabic(*noun) && is_noun(line, *noun))?;
        return line.is_word(joint, &["من"]).then_some((Number::ONE, noun, joint));
    }
    let parts = match line.sense(at) {
        Sense::Unit(parts @ 1..) | Sense::Teen(parts) => Number::from(u32::from(parts)),
        _ => Number::from(line.literal(at).filter(|literal| literal.len() <= 2)?.parse::<u32>().ok()?),
    };
    let is_pointed = at.checked_sub(1).is_some_and(|before| line.is_word(before, POINTING));
    let joint = at + 1 + usize::from(is_noun(line, at + 1) && !line.is_word(at + 1, &["out"]));
    (parts.is_positive() && !is_pointed).then_some((parts, at, joint))
}

/// A word that may be what is counted.
fn is_noun(line: &Line, at: usize) -> bool {
    line.word(at).is_some() && matches!(line.sense(at), Sense::Plain | Sense::Time(_)) && !line.clitic(at).and
}

/// Where the second number of a share starts, behind "in", "sur", «من كل».
fn past_joint(line: &Line, at: usize) -> Option<usize> {
    let is_french = cardinal::is_french(line);
    // "one out of every seven", "one of every ten"
    let of = at + usize::from(line.is_word(at, &["out"]));
    if !is_french && line.is_word(of, &["of"]) && line.is_word(of + 1, &["every"]) {
        return Some(of + 2);
    }
    let words: &[&str] = if is_french { &["sur"] } else { &["in"] };
    if line.is_word(at, words) {
        return Some(at + 1 + usize::from(line.is_word(at + 1, &["every", "each", "chaque"])));
    }
    let every = at + 1 + usize::from(line.is_word(at + 1, &["بين"]));
    (line.is_word(at, &["من"]) && line.is_word(every, &["كل"])).then_some(every + 1)
}

/// Numbers that shares are told of; "12 in 20" is a count, and tells how many there were.
fn is_round(number: &Number) -> bool {
    *number <= Number::TEN || *number == Number::HUNDRED || *number == Number::from(1000)
}

/// A share is known as well as its second number can tell: a tenth for "in five", a hundredth for "in twenty".
fn grain(number: &Number) -> Number {
    let digits = number.to_string().len();
    Number::power_of_ten(-i32::try_from(digits).unwrap_or(1))
}
