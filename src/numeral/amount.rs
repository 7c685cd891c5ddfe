//! Figures with all that is written into them: percent, fractions, vague words, ranges and a sign.

use super::cardinal::{self, Cardinal, Context};
use super::digits::Doubt;
use super::token::Line;
use super::words::Sense;
use super::{Fault, share, spread, vague};
use crate::quantity::{Figure, Form, Hedge, Number};

/// A figure between two tokens; the hedge is only what the figure's own words say ("half", "dozens").
#[derive(Clone, Debug)]
pub(super) struct Amount {
    pub(super) figure: Figure,
    /// First token.
    pub(super) start: usize,
    /// The token after the last.
    pub(super) end: usize,
    pub(super) doubt: Option<Doubt>,
}

impl Amount {
    pub(super) fn new(figure: Figure, start: usize, end: usize) -> Self {
        Self { figure, start, end, doubt: None }
    }
}

/// Words that belong to the number word behind them: "a million", "plusieurs centaines", «عدة آلاف».
const ARTICLES: &[&str] = &["a", "an", "un", "une", "des", "several", "plusieurs", "عده"];

/// Reads the figure whose first number or number word is token `at`.
pub(super) fn read(line: &Line, at: usize, context: Context) -> Result<Option<Amount>, Fault> {
    if let Some(amount) = share::read(line, at, context) {
        return Ok(Some(amount));
    }
    if let Some(amount) = vague::read(line, at) {
        return Ok(Some(with_article(line, with_percent(line, amount))));
    }
    let Some(mut first) = cardinal::read(line, at, context)? else { return Ok(None) };
    let negative = is_negative(line, at, context);
    if negative {
        first.figure.value = -first.figure.value;
    }
    let start = at - usize::from(negative || is_signed(line, at, context));
    if let Some((second, end)) = range(line, at, &first, context)? {
        return Ok(Some(Amount::new(
            between(&first, &second, percent(line, end).is_some()),
            start,
            percent(line, end).unwrap_or(end),
        )));
    }
    let first = with_scale_of_second(line, at, first, context);
    let amount = single(line, at, first);
    Ok(Some(with_article(line, Amount { start: start.min(amount.start), ..amount })))
}

/// «نصف بالمئة», "half a per cent".
fn with_percent(line: &Line, mut amount: Amount) -> Amount {
    let past = percent(line, amount.end + usize::from(line.is_word(amount.end, &["a"])));
    if let Some(past) = past.filter(|_| amount.figure.form == Form::Decimal) {
        amount.figure.form = Form::Percent;
        amount.end = past;
    }
    amount
}

/// "a million", "des milliers": the article belongs to the number word.
fn with_article(line: &Line, amount: Amount) -> Amount {
    let takes_one = !matches!(line.sense(amount.start), Sense::Unit(_) | Sense::Teen(_) | Sense::Ten(_))
        && line.word(amount.start).is_some();
    let article = amount.start.checked_sub(1).filter(|before| takes_one && line.is_word(*before, ARTICLES));
    Amount { start: article.unwrap_or(amount.start), ..amount }
}

/// The 1.2 of "rose from 1.2 to 1.9 billion" is told in billions, the 12 of «من 12 إلى 15%» in per cent.
fn with_scale_of_second(line: &Line, at: usize, mut first: Cardinal, context: Context) -> Cardinal {
    let is_from = at.checked_sub(1).is_some_and(|before| line.is_word(before, &["from", "de", "من"]));
    let is_bare = first.exponent == 0 && first.figure.value < Number::from(1000);
    let second = change_joint(line, first.end)
        .filter(|_| is_from && is_bare)
        .and_then(|start| cardinal::read(line, start, context).ok().flatten());
    let Some(second) = second else { return first };
    if second.exponent > 0 {
        let scale = Number::power_of_ten(second.exponent.into());
        first.figure = Figure::written(first.figure.value * &scale, first.figure.grain * scale, Form::Scaled);
    } else if percent(line, second.end).is_some() {
        first.figure.form = Form::Percent;
    }
    first
}

/// A number with its percent.
fn single(line: &Line, at: usize, cardinal: Cardinal) -> Amount {
    let Cardinal { mut figure, mut end, doubt, .. } = cardinal;
    if let Some(past) = percent(line, end).or_else(|| leading_percent(line, at).then_some(end)) {
        figure = Figure { form: Form::Percent, ..figure };
        end = past;
    }
    Amount { figure, start: at, end, doubt }
}

/// The token after a percent sign or phrase that starts at `at`.
pub(super) fn percent(line: &Line, at: usize) -> Option<usize> {
    if line.mark(at).is_some_and(is_percent) || line.sense(at) == Sense::Percent {
        return Some(at + 1);
    }
    let is_phrase = line.is_word(at, &["per", "pour"]) && line.is_word(at + 1, &["cent"])
        || line.is_word(at, &["في"]) && line.is_word(at + 1, &["المئه", "المائه", "المايه"]);
    let is_short = line.is_word(at, &["p"]) && line.mark(at + 1) == Some('.');
    let ends_short = line.literal(at + 2) == Some("100") || line.is_word(at + 2, &["cent"]);
    is_phrase.then_some(at + 2).or_else(|| (is_short && ends_short).then_some(at + 3))
}

fn is_percent(mark: char) -> bool {
    matches!(mark, '%' | '٪' | '﹪' | '％')
}

/// `%90`, as some Arabic texts write it.
fn leading_percent(line: &Line, at: usize) -> bool {
    let is_before = at.checked_sub(1).and_then(|before| line.mark(before)).is_some_and(is_percent);
    // «و%45»: a particle may touch the sign.
    let is_free = at < 2 || !line.is_glued(at - 1) || line.is_word(at - 2, &["و", "ب", "ف", "ل"]);
    is_before && line.is_glued(at) && is_free
}

/// The plus of a table's `+62`, which says no more than 62 does.
fn is_signed(line: &Line, at: usize, context: Context) -> bool {
    !context.settles && at == 1 && line.mark(0) == Some('+') && line.is_glued(at)
}

/// A minus that touches the figure and nothing before it. A hyphen that starts a line begins an item of a list;
/// in a value phrase it is a minus, as the word is.
fn is_negative(line: &Line, at: usize, context: Context) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    if !context.settles && before == 0 && line.is_word(before, &["minus", "moins", "ناقص"])
        || follows_minus(line, at)
    {
        return true;
    }
    let is_free = !line.is_glued(before)
        || at > 1
            && (line.mark(at - 2).is_some_and(|mark| "([«\"“".contains(mark))
                || line.is_word(at - 2, &["و", "ب", "ف", "ل"]));
    match line.mark(before) {
        Some('−') => line.is_glued(at) && is_free,
        Some('-') => {
            line.is_glued(at)
                && is_free
                && line.literal(at).is_some()
                && (before > 0 || !context.settles || line.len() <= at + 2 || percent(line, at + 1).is_some())
        }
        _ => false,
    }
}

/// "minus seven", «ناقص سبع», "moins 7 degrés"; not "au moins 7", "dix heures moins dix", "ten minus three".
pub(super) fn follows_minus(line: &Line, at: usize) -> bool {
    let Some(minus) = at.checked_sub(1) else { return false };
    let is_degree =
        |at: usize| line.is_word(at, &["degre", "degres", "degree", "degrees"]) || line.mark(at) == Some('°');
    let is_said = line.is_word(minus, &["ناقص", "وناقص", "minus"])
        || line.is_word(minus, &["moins"]) && is_degree(at + 1);
    let is_between = minus.checked_sub(1).is_some_and(|before| {
        line.literal(before).is_some()
            || !matches!(line.sense(before), Sense::Plain | Sense::Marker | Sense::And)
            || line.is_word(before, &["au", "ou", "or", "plus", "heure", "heures"])
    });
    // «بين ناقص خمس وناقص درجتين»
    let begins_anew = line.word(minus).is_some_and(|word| word.starts_with('و'));
    is_said && (begins_anew || !is_between)
}

/// The second number of a range, and the token after it: "10-20", "between 10 and 20", "10 to 20", `100..200`.
fn range(
    line: &Line,
    at: usize,
    first: &Cardinal,
    context: Context,
) -> Result<Option<(Cardinal, usize)>, Fault> {
    let past_percent = percent(line, first.end);
    let joint = range_joint(line, at, past_percent.unwrap_or(first.end), context);
    let change = joint.is_none().then(|| change_joint(line, first.end)).flatten();
    let Some(start) = joint.or(change) else { return Ok(None) };
    let Some(second) = cardinal::read(line, start, context)? else { return Ok(None) };
    // "fell 2.1 per cent to 1,287": where the first is a percentage, the second of a range is one too.
    if past_percent.is_some() && percent(line, second.end).is_none() {
        return Ok(None);
    }
    // "rose from 15 to 20 thousand" tells two figures.
    if change.is_some() && context.settles && spread::is_change(line, at) {
        return Ok(None);
    }
    // "from 15 to 20 thousand": a number without a unit of its own is part of a range.
    if change.is_some() && second.exponent == 0 && percent(line, second.end).is_none() {
        return Ok(None);
    }
    let is_rising = scaled_like(first, &second) < second.figure.value;
    let are_years = context.settles && is_year(first) && is_year(&second);
    let end = second.end;
    Ok(Some((second, end)).filter(|_| is_rising && !are_years))
}

fn is_year(cardinal: &Cardinal) -> bool {
    cardinal.digits.as_ref().is_some_and(|digits| digits.digits == 4 && !digits.is_marked)
}

/// Where the second number starts, when a range goes on at token `end`.
fn range_joint(line: &Line, at: usize, end: usize, context: Context) -> Option<usize> {
    let follows = |words: &[&str]| at.checked_sub(1).is_some_and(|before| line.is_word(before, words));
    if follows(&["between", "entre", "بين", "وبين"]) {
        let (is_joined, start) = cardinal::join(line, end);
        return Some(start).filter(|_| is_joined);
    }
    // "a one-two" is no range.
    if line.is_word(at, &["one"]) && line.is_word(end + 1, &["two"]) && line.is_glued(end + 1) {
        return None;
    }
    let touches = |count: usize| (end..=end + count).all(|at| line.is_glued(at));
    match line.mark(end) {
        Some('-' | '–' | '—' | '…') if touches(1) => return Some(end + 1),
        Some('–') if !line.is_glued(end) && !line.is_glued(end + 1) => return Some(end + 1),
        Some('.') if line.mark(end + 1) == Some('.') && touches(2) => return Some(end + 2),
        _ => {}
    }
    let is_to = is_to(line, end) || line.is_word(end, &["الي"]);
    // "rose from 10 to 20" tells two figures, "ranges from 10 to 20" one; in a value phrase it can only be a range.
    let is_range = is_to && (!follows(&["from", "de", "من"]) || spread::is_told(line, at))
        || !context.settles && line.is_word(end, &["to", "a"])
        || !context.settles && is_to;
    Some(end + 1).filter(|_| is_range)
}

/// Where the second number starts, after "from 15 to" and «من 15 إلى».
fn change_joint(line: &Line, end: usize) -> Option<usize> {
    (is_to(line, end) || line.is_word(end, &["الي"])).then_some(end + 1)
}

/// "to", "à"; the English "a" is none.
fn is_to(line: &Line, at: usize) -> bool {
    line.is_word(at, &["to"]) || line.word(at) == Some("à")
}

/// The first number in the scale of the second: the 2 of "2 to 3 million".
fn scaled_like(first: &Cardinal, second: &Cardinal) -> Number {
    let is_short = first.exponent == 0 && first.figure.value < Number::from(1000);
    if is_short {
        &first.figure.value * Number::power_of_ten(second.exponent.into())
    } else {
        first.figure.value.clone()
    }
}

fn between(first: &Cardinal, second: &Cardinal, is_percent: bool) -> Figure {
    let value = scaled_like(first, second);
    let form = if is_percent { Form::Percent } else { second.figure.form };
    Figure { value, form, ..second.figure.clone() }.up_to(second.figure.value.clone())
}

/// The figure with a hedge from the words around it. A comparison before a vague number takes its nominal value.
pub(super) fn hedged(figure: Figure, hedge: Hedge) -> Figure {
    match (figure.hedge, hedge) {
        (Hedge::Between, _) | (_, Hedge::Between | Hedge::Bare) => figure,
        (own, Hedge::About | Hedge::Exactly) if own.is_vague() => figure,
        _ => figure.hedged(hedge),
    }
}
