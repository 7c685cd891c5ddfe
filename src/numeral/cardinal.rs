//! Numbers in words, in digits, or in both: "nineteen", «19 مليون و722 ألف و41», "1,2 million".
//!
//! Every language builds a number from the same pieces, which fall: a *group* below a thousand, then its *scale*.
//!
//! ```text
//! 19 مليون  و 722 ألف  و 41
//! └┬┘ └─┬┘    └┬┘ └┬┘    └┬┘
//! group scale group scale group      each term is smaller than the scale before it
//! ```

mod below_thousand;

use super::digits::{self, Doubt, Written};
use super::token::{Line, Tongue};
use super::words::Sense;
use super::{Convention, Counted, Fault, vague};
use crate::quantity::{Figure, Form, Number};

/// A number read from the tokens of a line.
#[derive(Clone, Debug)]
pub(super) struct Cardinal {
    /// Value, grain and form; no hedge.
    pub(super) figure: Figure,
    /// The token after the last.
    pub(super) end: usize,
    /// Both readings of a doubtful separator.
    pub(super) doubt: Option<Doubt>,
    /// The literal, when the number is digits alone.
    pub(super) digits: Option<Written>,
    /// The power of ten of its last scale word; 0 without one.
    pub(super) exponent: u8,
}

/// What is known about the text before it is read.
#[derive(Clone, Copy)]
pub(super) struct Context {
    pub(super) convention: Convention,
    pub(super) counted: Counted,
    /// Running text settles a lone group by itself; a value phrase must not.
    pub(super) settles: bool,
}

/// Reads the number that starts at token `at`.
pub(super) fn read(line: &Line, at: usize, context: Context) -> Result<Option<Cardinal>, Fault> {
    let Some(first) = term(line, at, context)? else { return Ok(None) };
    let mut sum = Sum::new(first);
    while let Some(next) = sum.next_term(line, context)? {
        sum.add(next);
    }
    sum.add_fraction(line);
    Ok(Some(sum.finish()))
}

/// A group with its scale: "722 thousand", «ألفان», "41".
struct Term {
    /// The group's value times its scale.
    value: Number,
    /// The unit of its last digit.
    grain: Number,
    /// The power of ten of its scale word; 0 without one.
    exponent: u8,
    end: usize,
    /// The scale word stands without a number: «ألف», «ألفان».
    is_bare: bool,
    written: Option<Written>,
}

/// The terms so far.
struct Sum {
    last: Term,
    value: Number,
    terms: u32,
    doubt: Option<Doubt>,
}

impl Sum {
    fn new(mut first: Term) -> Self {
        let doubt = first.written.as_mut().and_then(|written| written.doubt.take());
        Self { value: first.value.clone(), last: first, terms: 1, doubt }
    }

    /// The next term, when it continues this number: smaller than the last scale, and joined as the language joins.
    fn next_term(&self, line: &Line, context: Context) -> Result<Option<Term>, Fault> {
        if self.last.exponent == 0 {
            return Ok(None);
        }
        let (is_joined, start) = join(line, self.last.end);
        let Some(next) = term(line, start, context)? else { return Ok(None) };
        let is_smaller = next.value < Number::power_of_ten(i32::from(self.last.exponent));
        let fits = (is_smaller || self.repeats_scale(&next)) && next.grain.is_integer();
        Ok(Some(next).filter(|next| fits && self.is_continued(line, start, next, is_joined)))
    }

    /// «مئة ألف وألفان» is 102,000: Arabic may say one and two of a scale after its hundreds.
    fn repeats_scale(&self, next: &Term) -> bool {
        let scale = Number::power_of_ten(next.exponent.into());
        let hundreds = self.last.value.checked_div(&(&scale * Number::HUNDRED));
        next.is_bare
            && next.exponent == self.last.exponent
            && hundreds.is_some_and(|hundreds| hundreds.is_integer())
    }

    /// Arabic joins every term with «و»; French and English join none, and "3 million and 5 centres" are two figures.
    fn is_continued(&self, line: &Line, start: usize, next: &Term, is_joined: bool) -> bool {
        let is_scaled = next.exponent > 0;
        let is_literal = next.written.is_some();
        if line.is_arabic(self.last.end - 1) {
            return is_joined && !line.clitic(start).preposition || is_literal && is_scaled;
        }
        // "2 million and one-fifth of": a part of something else.
        let is_part = vague::part(line, start).is_some();
        !line.is_arabic(start) && !is_part && (!is_joined || !is_literal || is_scaled || self.terms > 1)
    }

    fn add(&mut self, term: Term) {
        self.value += &term.value;
        self.terms += 1;
        self.last = term;
    }

    /// «مليون ونصف», "un million et demi".
    fn add_fraction(&mut self, line: &Line) {
        let (is_joined, start) = join(line, self.last.end);
        let article = usize::from(line.is_word(start, &["a", "un"]));
        let Sense::Fraction(part @ 1.., whole) = line.sense(start + article) else { return };
        if !is_joined || self.last.exponent == 0 {
            return;
        }
        let Some(fraction) = Number::ratio(part.into(), whole.into()) else { return };
        self.last.grain = fraction * Number::power_of_ten(self.last.exponent.into());
        self.value += &self.last.grain;
        self.last.end = start + article + 1;
        // «ونصف المليون», «ونصف مليون»
        let clitic = line.clitic(self.last.end);
        let repeats_scale = match line.sense(self.last.end) {
            Sense::Scale(exponent) => {
                clitic.definite || exponent == self.last.exponent && !clitic.and && !clitic.preposition
            }
            _ => false,
        };
        self.last.end += usize::from(repeats_scale);
    }

    fn finish(self) -> Cardinal {
        let form = match () {
            () if self.last.exponent > 0 => Form::Scaled,
            () if !self.last.grain.is_integer() => Form::Decimal,
            () => Form::Count,
        };
        let (end, exponent) = (self.last.end, self.last.exponent);
        let digits = self.last.written.filter(|_| self.terms == 1 && exponent == 0);
        Cardinal {
            figure: Figure::written(self.value, self.last.grain, form),
            end,
            doubt: self.doubt,
            digits,
            exponent,
        }
    }
}

/// Whether what follows token `at` is joined to it, and where it starts: "and", a hyphen, "-et-", or «و» written onto the next word.
pub(super) fn join(line: &Line, at: usize) -> (bool, usize) {
    let past_hyphen = |at: usize| {
        let is_joint = line.mark(at).is_some_and(is_hyphen) && line.is_glued(at) && line.is_glued(at + 1);
        at + usize::from(is_joint)
    };
    let start = past_hyphen(at);
    let start = if line.sense(start) == Sense::And { past_hyphen(start + 1) } else { start };
    // «وأحد عشر» folds into the spelling of «واحد».
    let is_eleven = line.sense(at + 1) == Sense::Teen(10) && line.is_word(at, &["واحد"]);
    (start > at || line.clitic(at).and || is_eleven, start)
}

/// Hyphens, the non-breaking one too.
pub(super) fn is_hyphen(mark: char) -> bool {
    matches!(mark, '-' | '\u{2010}' | '\u{2011}')
}

/// Reads one group with its scale.
fn term(line: &Line, at: usize, context: Context) -> Result<Option<Term>, Fault> {
    if let Sense::ScaleDual(exponent) = line.sense(at) {
        return Ok(Some(Term { is_bare: true, ..scaled(line, Number::TWO, Number::ONE, exponent, at + 1) }));
    }
    if let Sense::Scale(exponent) = line.sense(at) {
        return Ok(Some(Term { is_bare: true, ..scaled(line, Number::ONE, Number::ONE, exponent, at + 1) }));
    }
    if let Some(literal) = line.literal(at) {
        return literal_term(line, at, literal, context).map(Some);
    }
    let Some((value, end)) = below_thousand::read(line, at) else { return Ok(None) };
    let (value, grain, end) = with_half(line, Number::from(value), Number::ONE, end);
    let end_of_group = past_hyphen(line, end);
    Ok(Some(match scale_at(line, end_of_group) {
        Some(exponent) => scaled(line, value, grain, exponent, end_of_group + 1),
        None => Term { value, grain, exponent: 0, end, is_bare: false, written: None },
    }))
}

/// "two and a half", "un et demi", «واحد ونصف» before a scale word, a percent sign or what it counts.
fn with_half(line: &Line, value: Number, grain: Number, end: usize) -> (Number, Number, usize) {
    let past = past_half(line, end).filter(|past| {
        let is_whole = line.folded(*past).is_some_and(|word| word.starts_with("ال"));
        let counts = line.sense(*past) == Sense::Plain && line.word(*past).is_some() && !is_whole;
        counts || scale_at(line, *past).is_some() || super::amount::percent(line, *past).is_some()
    });
    past.map_or((value.clone(), grain, end), |past| (value + Number::HALF, Number::HALF, past))
}

/// The token after a half that is joined to the number before `at`.
fn past_half(line: &Line, at: usize) -> Option<usize> {
    let is_half = |at: usize| line.sense(at) == Sense::Fraction(1, 2);
    let clitic = line.clitic(at);
    match line.sense(at) {
        Sense::And if line.is_word(at + 1, &["a"]) && is_half(at + 2) => Some(at + 3),
        Sense::And if line.is_word(at + 1, &["demi", "demie"]) => Some(at + 2),
        Sense::Fraction(1, 2) if clitic.and && !clitic.definite && line.is_word(at, &["ونصف"]) => {
            Some(at + 1)
        }
        _ => None,
    }
}

fn literal_term(line: &Line, at: usize, literal: &str, context: Context) -> Result<Term, Fault> {
    let scale = scale_at(line, at + 1).map(|exponent| (exponent, at + 2)).or_else(|| abbreviation(line, at));
    let written = read_literal(literal, scale.is_some(), context)?;
    let grain = Number::power_of_ten(-i32::try_from(written.decimals).unwrap_or_default());
    let (value, grain, end) = with_half(line, written.value.clone(), grain, at + 1);
    let scale = if end > at + 1 { scale_at(line, end).map(|exponent| (exponent, end + 1)) } else { scale };
    let mut term = match scale {
        Some((exponent, end)) => scaled(line, value, grain, exponent, end),
        None => Term { value, grain, exponent: 0, end, is_bare: false, written: None },
    };
    term.written = Some(written);
    Ok(term)
}

/// In running text, and before a scale word, a lone group is settled here: "1.250 million" is a decimal, "1,250 million" is not.
fn read_literal(literal: &str, is_scaled: bool, context: Context) -> Result<Written, Fault> {
    let counted = match context.counted {
        Counted::Unknown if context.settles && !is_scaled => Counted::Yes,
        counted => counted,
    };
    let first = digits::read(literal, context.convention, counted);
    if !matches!(first, Err(Fault::AmbiguousSeparator { .. })) || !(is_scaled || context.settles) {
        return first;
    }
    let decimal = if is_scaled && literal.contains(',') {
        None
    } else {
        Some('.').filter(|_| literal.contains('.')).or(Some(','))
    };
    let group = if decimal.is_none() { Some(',') } else { None };
    digits::read(literal, Convention { group, decimal }, Counted::No)
}

/// A term with a scale, and with a second one that multiplies the first: «ألف مليار».
fn scaled(line: &Line, value: Number, grain: Number, exponent: u8, end: usize) -> Term {
    let (exponent, end) = match line.sense(end) {
        Sense::Scale(larger) | Sense::ScalePlural(larger) if larger > exponent && !line.clitic(end).and => {
            (exponent + larger, end + 1)
        }
        _ => (exponent, end),
    };
    let scale = Number::power_of_ten(exponent.into());
    Term { value: value * &scale, grain: grain * scale, exponent, end, is_bare: false, written: None }
}

/// The scale word at `at`, which multiplies the group before it.
fn scale_at(line: &Line, at: usize) -> Option<u8> {
    let clitic = line.clitic(at);
    match line.sense(at) {
        Sense::Scale(exponent) | Sense::ScalePlural(exponent) if !clitic.and && !clitic.preposition => {
            Some(exponent)
        }
        _ => None,
    }
}

fn past_hyphen(line: &Line, at: usize) -> usize {
    if line.mark(at).is_some_and(is_hyphen) && line.is_glued(at) && scale_at(line, at + 1).is_some() {
        at + 1
    } else {
        at
    }
}

/// A scale written short after digits, and the token after the figure: `5k`, `3,4 Md€`, `£5m`; the unit of `20 MDH` stays a unit.
fn abbreviation(line: &Line, literal: usize) -> Option<(u8, usize)> {
    let at = literal + 1;
    let is_money =
        literal.checked_sub(1).and_then(|before| line.mark(before)).is_some_and(|mark| "$€£".contains(mark));
    let exponent = match (line.word(at)?, line.is_glued(at)) {
        ("k" | "K", true) => 3,
        ("M", _) if is_money || is_money_after(line, at + 1) => 6,
        // "1.5M users", "5m people"; "5m" alone is a length.
        ("M" | "m", true) if super::noun::is_counted(line, at + 1) => 6,
        ("m", true) if is_money => 6,
        ("B" | "b", true) if is_money => 9,
        ("Md" | "Mds" | "Mrd" | "Mrds", _) => 9,
        ("MDH" | "MDHS" | "MDh" | "Mdh", _) => return Some((6, at)),
        ("MMDH" | "MMDHS" | "MMDh" | "Mmdh", _) => return Some((9, at)),
        _ => return None,
    };
    Some((exponent, at + 1))
}

/// A currency after "5 M".
fn is_money_after(line: &Line, at: usize) -> bool {
    line.mark(at).is_some_and(|mark| "$€£".contains(mark))
        || line.is_word(at, &["dh", "dhs", "mad", "dirhams", "euros", "eur", "usd", "dollars"])
}

/// Whether Latin words of this line are French.
pub(super) fn is_french(line: &Line) -> bool {
    line.tongue == Tongue::French
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Option<Figure> {
        let line = Line::whole(text);
        let convention = Convention::default();
        let context = Context { convention, counted: Counted::Yes, settles: false };
        let cardinal = read(&line, 0, context).unwrap()?;
        assert_eq!(cardinal.end, line.len(), "{text}");
        Some(cardinal.figure)
    }

    fn value(text: &str) -> String {
        figure(text).map_or_else(|| "none".to_owned(), |figure| figure.value.to_string())
    }

    #[test]
    fn digits_and_words_mix() {
        for (text, expected) in [
            ("19 مليون و722 ألف و41", "19722041"),
            ("19 million 722 thousand 41", "19722041"),
            ("1,2 million", "1200000"),
            ("two and a half million", "2500000"),
            ("3.4bn", "3400000000"),
            ("5k", "5000"),
            ("مليون ونصف", "1500000"),
            ("مليونين ونصف المليون", "2500000"),
            ("ثلاثة آلاف و20", "3020"),
            ("un million et demi", "1500000"),
            ("ألف مليار", "1000000000000"),
            ("١٢ ألفا", "12000"),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn the_last_word_sets_the_grain() {
        for (text, grain, open, form) in [
            ("130 thousand", "1000", "10000", Form::Scaled),
            ("19 million 722 thousand 41", "1", "1", Form::Count),
            ("1.2 million", "100000", "100000", Form::Scaled),
            ("five hundred", "1", "100", Form::Count),
            ("194.5", "0.1", "0.1", Form::Decimal),
            ("ألفان", "1000", "1000", Form::Scaled),
        ] {
            let figure = figure(text).unwrap();
            assert_eq!(
                (figure.grain.to_string().as_str(), figure.open_grain.to_string().as_str(), figure.form),
                (grain, open, form),
                "{text}"
            );
        }
    }
}
