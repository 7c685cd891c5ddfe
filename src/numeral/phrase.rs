//! Value phrases: the text of a claim's `value`, in which nothing but one figure, its hedge and its unit may stand.

use std::ops::Range;

use super::amount::{self, Amount};
use super::cardinal::Context;
use super::fault::LONGEST_PHRASE;
use super::token::{Kind, Line};
use super::words::Sense;
use super::{Class, Convention, Counted, Doubt, Fault, Mention, dual, find, hedges};
use crate::quantity::{Figure, Form, Hedge, Number};

/// A figure with the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Value, grain and hedge.
    pub figure: Figure,
    /// What was written after the figure: `%`, `km2`, `districts`.
    pub unit: Option<String>,
    /// Both readings of a doubtful separator, when the document groups with the other mark.
    pub doubt: Option<Doubt>,
    /// The bytes of the figure with its hedge.
    pub span: Range<usize>,
}

/// Reads a value phrase: `19`, `over 117`, «نصف مليون», `entre 5 et 7 km2`.
///
/// `convention` is what the document has settled about separators, and `counted` whether the claim's unit is countable.
///
/// # Errors
/// [`Fault`]: no figure or several, a separator with two readings, too many digits, malformed groups, or words before the figure that are no hedge.
///
/// # Example
/// ```
/// use mizan::numeral::{Convention, Counted, read_phrase};
/// use mizan::quantity::{Hedge, Number};
///
/// let phrase = read_phrase("plus de 515 mille visiteurs", &Convention::default(), Counted::Yes).unwrap();
/// assert_eq!((phrase.figure.hedge, phrase.figure.value), (Hedge::MoreThan, Number::from(515_000)));
/// assert_eq!(phrase.unit.as_deref(), Some("visiteurs"));
/// ```
pub fn read_phrase(text: &str, convention: &Convention, counted: Counted) -> Result<Phrase, Fault> {
    refuse(text)?;
    let context = Context { convention: *convention, counted, settles: false };
    let line = Line::whole(text);
    let read = read_line(&line, context);
    // "sept" alone is a month in English and a number in French.
    if read.is_err() && line.is_undecided() {
        return read_line(&line.into_french(), context).or(read);
    }
    read
}

fn read_line(line: &Line, context: Context) -> Result<Phrase, Fault> {
    let mut amounts = amounts(line, context)?;
    if amounts.len() > 1 {
        return Err(Fault::SeveralFigures(
            amounts.iter().map(|amount| span(line, amount.start, amount.end)).collect(),
        ));
    }
    let amount = amounts.pop().or_else(|| dual_noun(line)).ok_or(Fault::NoFigure)?;
    Worded::after(line, amount, 0).alone(line)
}

/// Reads the single figure of a quote, which is running text: years, dates, ordinals and name parts are not its figure.
///
/// # Errors
/// [`Fault`], as for [`read_phrase`]; words may stand before the figure and after it.
///
/// # Example
/// ```
/// use mizan::numeral::{Convention, Counted, Fault, read_quote};
///
/// let read = |quote| read_quote(quote, &Convention::default(), Counted::Unknown);
/// assert_eq!(read("opened 24 stations in 2019").unwrap().figure.value.to_string(), "24");
/// assert_eq!(read("the third edition"), Err(Fault::NoFigure));
/// ```
pub fn read_quote(text: &str, convention: &Convention, counted: Counted) -> Result<Phrase, Fault> {
    refuse(text)?;
    let line = Line::whole(text);
    let mut figures = find::of_line(&line, *convention, counted);
    figures.retain(|mention| matches!(mention.class, Class::Quantity | Class::Percent));
    if figures.len() > 1 {
        return Err(Fault::SeveralFigures(figures.into_iter().map(|mention| mention.bytes).collect()));
    }
    let Mention { figure, noun, doubt, with_hedge: span, .. } = figures.pop().ok_or(Fault::NoFigure)?;
    let figure = figure.ok_or(Fault::NoFigure)?;
    let unit = if figure.form == Form::Percent { Some("%".to_owned()) } else { noun };
    Ok(Phrase { figure, unit, doubt, span })
}

/// Refuses what cannot be a phrase before any of it is read.
fn refuse(text: &str) -> Result<(), Fault> {
    match text.len() {
        0..=LONGEST_PHRASE if text.trim().is_empty() => Err(Fault::Empty),
        0..=LONGEST_PHRASE => Ok(()),
        _ => Err(Fault::TooLong),
    }
}

/// Every figure of a line, whatever it may count.
fn amounts(line: &Line, context: Context) -> Result<Vec<Amount>, Fault> {
    let mut amounts: Vec<Amount> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let amount = if is_part_of_word(line, at) { None } else { amount_at(line, at, context)? };
        at = amount.as_ref().map_or(at + 1, |amount| amount.end);
        if let Some(amount) = amount {
            // The "une" of "une vingtaine" is no figure of its own.
            amounts.pop_if(|before| before.end > amount.start);
            amounts.push(amount);
        }
    }
    Ok(amounts)
}

fn amount_at(line: &Line, at: usize, context: Context) -> Result<Option<Amount>, Fault> {
    if line.sense(at) == Sense::Some && line.literal(at + 1).is_none() {
        return Ok(Some(Amount::new(Figure::vague(Hedge::Some, Number::ONE), at, at + 1)));
    }
    amount::read(line, at, context)
}

/// The 2 of `km2`.
fn is_part_of_word(line: &Line, at: usize) -> bool {
    let follows_word = at.checked_sub(1).is_some_and(|before| line.word(before).is_some());
    line.literal(at).is_some() && line.is_glued(at) && follows_word
}

/// «قاعتين»: the noun itself says two, and stays the unit.
fn dual_noun(line: &Line) -> Option<Amount> {
    let at = (0..line.len()).find(|at| dual::is_dual(line, *at))?;
    Some(Amount::new(Figure::count(Number::TWO), at, at))
}

/// A figure with the hedges before and behind it.
pub(super) struct Worded {
    pub(super) amount: Amount,
    pub(super) figure: Figure,
    /// First token of the hedge, or of the figure.
    pub(super) start: usize,
    /// Tokens of a hedge that follows.
    behind: Option<Range<usize>>,
}

impl Worded {
    /// Finds the hedges of a figure, reading nothing before token `floor`.
    pub(super) fn after(line: &Line, amount: Amount, floor: usize) -> Self {
        let before = hedges::before(line, amount.start, floor);
        // "between" belongs to a range alone.
        let before = before.filter(|(hedge, _)| *hedge != Hedge::Between || amount.figure.upper.is_some());
        let behind = if before.is_none() { hedges::after(line, amount.end) } else { None };
        let start = before.map_or(amount.start, |(_, start)| start);
        let hedge = before
            .map(|(hedge, _)| hedge)
            .or(behind.as_ref().map(|(hedge, _)| *hedge))
            .unwrap_or(Hedge::Bare);
        let figure = amount::hedged(amount.figure.clone(), hedge);
        Self { amount, figure, start, behind: behind.map(|(_, tokens)| tokens) }
    }

    /// The phrase, when nothing stands before it.
    fn alone(self, line: &Line) -> Result<Phrase, Fault> {
        let start = self.leading_words(line);
        if start > 0 {
            return Err(Fault::LeftOver { span: span(line, 0, start) });
        }
        self.phrase(line)
    }

    /// The figure as a phrase: its unit is what follows.
    fn phrase(self, line: &Line) -> Result<Phrase, Fault> {
        let span = span(line, self.start, self.amount.end);
        let unit = if self.figure.form == Form::Percent { Some("%".to_owned()) } else { self.unit(line)? };
        Ok(Phrase { figure: self.figure, unit, doubt: self.amount.doubt, span })
    }

    /// The first token that is neither hedge nor figure nor a sign of money nor the "from" of a range.
    fn leading_words(&self, line: &Line) -> usize {
        let Some(before) = self.start.checked_sub(1) else { return 0 };
        let is_money = line.mark(before).is_some_and(|mark| "$€£%٪".contains(mark));
        let is_from = self.figure.upper.is_some() && line.is_word(before, &["from", "de", "من"]);
        if is_money || is_from { before } else { self.start }
    }

    /// What was written after the figure, without the hedge that may end it.
    fn unit(&self, line: &Line) -> Result<Option<String>, Fault> {
        let is_particle = line.is_word(self.amount.end, &["of", "de", "d", "من"]);
        let first = self.amount.end + usize::from(is_particle);
        let (first, last) = match &self.behind {
            Some(behind) if behind.start == self.amount.end => (behind.end, line.len()),
            Some(behind) => (first, behind.start),
            None => (first, line.len()),
        };
        let unit = line.slice(span(line, first, last.max(first))).trim();
        let is_unit = matches!(line.token(first).map(|token| token.kind), Some(Kind::Word(..)) | None)
            || line.mark(first).is_some_and(|mark| "$€£°".contains(mark));
        match () {
            () if unit.is_empty() => Ok(None),
            () if is_unit => Ok(Some(unit.to_owned())),
            () => Err(Fault::LeftOver { span: span(line, first, last) }),
        }
    }
}

/// The bytes from token `start` up to token `end`.
pub(super) fn span(line: &Line, start: usize, end: usize) -> Range<usize> {
    let first = line.start(start);
    first..line.end_before(end).max(first)
}
