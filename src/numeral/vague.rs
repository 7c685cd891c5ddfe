//! Figures that are no plain number: fractions, "half a million", "dozens of thousands", "une vingtaine".

use super::amount::Amount;
use super::cardinal;
use super::spread;
use super::token::{Line, Tongue};
use super::words::Sense;
use crate::quantity::{Figure, Form, Hedge, Number};

/// Reads a fraction or a vague word that starts at token `at`.
pub(super) fn read(line: &Line, at: usize) -> Option<Amount> {
    fraction(line, at).or_else(|| counted(line, at)).or_else(|| dozens(line, at))
}

/// "half a million", "two thirds of", «ربع مليون», «ثلثا».
fn fraction(line: &Line, at: usize) -> Option<Amount> {
    let (part, end) = part(line, at)?;
    let scale = past_particles(line, end);
    match line.sense(scale) {
        Sense::Scale(exponent) if !line.clitic(scale).and => {
            let value = part * Number::power_of_ten(exponent.into());
            Some(Amount::new(written(value.clone(), value, Form::Scaled).hedged(Hedge::Half), at, scale + 1))
        }
        Sense::Dozen => {
            Some(Amount::new(written(part * Number::from(12), Number::ONE, Form::Count), at, scale + 1))
        }
        _ => Some(Amount::new(written(part, Number::power_of_ten(-1), Form::Decimal), at, end)),
    }
}

/// The written figure, whose grain need not be a power of ten.
fn written(value: Number, grain: Number, form: Form) -> Figure {
    Figure::written(value, grain, form)
}

/// A fraction of one, and the token after it.
pub(super) fn part(line: &Line, at: usize) -> Option<(Number, usize)> {
    let (_, next) = if line.is_arabic(at) { (false, at + 1) } else { cardinal::join(line, at + 1) };
    let (parts, whole, end) = match (line.sense(at), line.sense(next)) {
        // "un et demi" is no half.
        (Sense::Unit(parts @ 1..), Sense::Fraction(own, whole))
            if (own == 0) == line.is_arabic(at) && line.sense(at + 1) != Sense::And =>
        {
            (parts, whole, next + 1)
        }
        (Sense::Unit(1), Sense::Ordinal(whole @ 3..=10)) if divides(line, next, whole) => {
            (1, whole, next + 1)
        }
        (Sense::Fraction(parts @ 1.., whole), _) => (parts, whole, at + 1),
        (Sense::Ordinal(whole), _) if is_part(line, at) => (1, whole, at + 1),
        (Sense::Unit(whole) | Sense::Teen(whole @ 10), _) if is_step(line, at) => (1, whole, at + 1),
        _ => return None,
    };
    Number::ratio(parts.into(), whole.into()).filter(|part| *part < Number::ONE).map(|part| (part, end))
}

/// Whether "one third", "un cinquième" is a part: French has words of its own for the largest parts.
fn divides(line: &Line, ordinal: usize, whole: u8) -> bool {
    !line.is_arabic(ordinal) && (!cardinal::is_french(line) || whole >= 5)
}

/// Whether the English ordinal at `at` is a part: "a third of the votes", "rose a fifth".
pub(super) fn is_part(line: &Line, at: usize) -> bool {
    let is_small = matches!(line.sense(at), Sense::Ordinal(3..=10)) && line.tongue == Tongue::English;
    let is_alone = ends_step(line, at + 1);
    let is_step = || at > 1 && (line.is_word(at - 2, &["by"]) || spread::is_change(line, at));
    is_small
        && !line.is_arabic(at)
        && follows(line, at, &["a"])
        && (line.is_word(at + 1, &["of"]) || is_alone && is_step())
}

/// Whether what stands at `at` is no whole that a part could divide: "grew by a fifth over ten years".
pub(super) fn ends_step(line: &Line, at: usize) -> bool {
    line.word(at).is_none()
        || matches!(line.sense(at), Sense::Marker | Sense::And | Sense::Relative(_))
        || line.is_word(at, &["over", "since", "compared", "year"])
}

/// «ارتفعت بالخمس»: by a fifth.
fn is_step(line: &Line, at: usize) -> bool {
    let clitic = line.clitic(at);
    let is_fraction = line.is_word(at, &["بالخمس", "بالسبع", "بالتسع", "بالعشر"]);
    let is_alone = !line.is_arabic(at + 1)
        || line.sense(at + 1) == Sense::Marker
        || line.folded(at + 1).is_some_and(|word| word.starts_with(['ل', 'و']));
    is_fraction && clitic.preposition && is_alone && spread::is_change(line, at)
}

/// A vague number, and what it counts when that is a scale: "hundreds of thousands", «بضعة آلاف».
fn counted(line: &Line, at: usize) -> Option<Amount> {
    let hedge = match line.sense(at) {
        Sense::Vague(1) if line.is_word(at, &["tens", "scores"]) && !line.is_word(at + 1, &["of"]) => {
            return None;
        }
        Sense::Vague(1) => Hedge::Dozens,
        Sense::Vague(_) => Hedge::Hundreds,
        Sense::Few => Hedge::AFew,
        Sense::Around(about) => return Some(around(line, at, about)),
        Sense::ScalePlural(exponent) => return Some(plural_scale(at, exponent)),
        Sense::Scale(_) | Sense::Hundred(1) if follows(line, at, &["several"]) => {
            return scale(line, at)
                .map(|(scale, end)| Amount::new(Figure::vague(Hedge::AFew, scale), at, end));
        }
        _ => return None,
    };
    let (scale, end) = scale(line, past_particles(line, at + 1)).unwrap_or((Number::ONE, at + 1));
    Some(Amount::new(Figure::vague(hedge, scale), at, end))
}

/// «آلاف», "millions": two or more of the scale.
fn plural_scale(at: usize, exponent: u8) -> Amount {
    let (hedge, own) = if exponent < 6 { (Hedge::Thousands, 3) } else { (Hedge::Millions, 6) };
    Amount::new(Figure::vague(hedge, Number::power_of_ten(i32::from(exponent) - own)), at, at + 1)
}

/// "une vingtaine", "une centaine de milliers".
fn around(line: &Line, at: usize, about: u8) -> Amount {
    let (scale, end) = scale(line, past_particles(line, at + 1)).unwrap_or((Number::ONE, at + 1));
    let value = Number::from(u32::from(about)) * &scale;
    Amount::new(Figure::written(value, scale, Form::Count).hedged(Hedge::About), at, end)
}

/// "two dozen", "une douzaine", "dozens".
fn dozens(line: &Line, at: usize) -> Option<Amount> {
    let twelve = Number::from(12);
    match (line.sense(at), line.sense(at + 1)) {
        (Sense::Unit(count @ 1..) | Sense::Teen(count), Sense::Dozen) => {
            Some(Amount::new(Figure::count(twelve * Number::from(u32::from(count))), at, at + 2))
        }
        (Sense::Dozen, _) if follows(line, at, &["several"]) => {
            Some(Amount::new(Figure::vague(Hedge::Dozens, Number::ONE), at, at + 1))
        }
        (Sense::Dozen, _) if cardinal::is_french(line) => {
            Some(Amount::new(Figure::count(twelve).hedged(Hedge::About), at, at + 1))
        }
        (Sense::Dozen, _) => Some(Amount::new(Figure::count(twelve), at, at + 1)),
        _ => None,
    }
}

/// A scale that a vague word counts, and the token after it.
fn scale(line: &Line, at: usize) -> Option<(Number, usize)> {
    if line.clitic(at).and {
        return None;
    }
    match line.sense(at) {
        Sense::Scale(exponent) | Sense::ScalePlural(exponent) => {
            Some((Number::power_of_ten(exponent.into()), at + 1))
        }
        Sense::Vague(1) => Some((Number::from(10), at + 1)),
        Sense::Hundred(1) | Sense::Vague(2) => Some((Number::HUNDRED, at + 1)),
        Sense::Dozen => Some((Number::from(12), at + 1)),
        _ => None,
    }
}

/// Past "of a", "de", "d'" and the hyphen of "demi-million".
fn past_particles(line: &Line, mut at: usize) -> usize {
    for _ in 0..3 {
        let is_particle = line.is_word(at, &["of", "a", "the", "de", "d", "un", "le"])
            || line.mark(at).is_some_and(cardinal::is_hyphen) && line.is_glued(at);
        at += usize::from(is_particle);
    }
    at
}

/// Whether the word before `at` is one of `words`.
fn follows(line: &Line, at: usize, words: &[&str]) -> bool {
    at.checked_sub(1).is_some_and(|before| line.is_word(before, words))
}
