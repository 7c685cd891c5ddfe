//! The finder: every figure of a running text, in the order in which they stand.

use std::ops::Range;

use super::amount::{self, Amount};
use super::cardinal::Context;
use super::date::{self, Date, Dated, Moment, Part};
use super::mention::{Class, Mention};
use super::phrase::{self, Worded};
use super::token::{Kind, Line};
use super::words::Sense;
use super::{Convention, Counted, address, dual, name, noun, ordinal, plausible, relative, survey, year};
use crate::quantity::{Figure, Form, Number};

/// Every figure of `text`, with the convention that the text itself settles.
///
/// Linear in the length of the text. A text with very many figures is better read through [`mentions`], which holds one line at a time.
///
/// # Example
/// ```
/// use mizan::numeral::{Class, find};
///
/// let found = find("Le 12e forum, du 3 au 5 mai 2023, a réuni plus de 1 200 visiteurs.");
/// let classes: Vec<_> = found.iter().map(|mention| mention.class).collect();
/// assert_eq!(classes, [Class::Ordinal, Class::Date, Class::Quantity]);
/// assert_eq!(found[2].noun.as_deref(), Some("visiteurs"));
/// ```
#[must_use]
pub fn find(text: &str) -> Vec<Mention> {
    mentions(text, survey([text])).collect()
}

/// The figures of `text`, one after the other, read by a given convention.
pub fn mentions(text: &str, convention: Convention) -> impl Iterator<Item = Mention> {
    let mut line = Line::empty(text);
    let mut characters = Characters { text, byte: 0, count: 0 };
    std::iter::from_fn(move || {
        line.advance().then(|| {
            let mut found = of_line(&line, convention, Counted::Unknown);
            for mention in &mut found {
                mention.chars = characters.range(&mention.bytes);
            }
            found
        })
    })
    .flatten()
}

/// The figures of a short text read as one line; their places in characters are left at zero.
pub(super) fn of_line(line: &Line, convention: Convention, counted: Counted) -> Vec<Mention> {
    let context = Context { convention, counted, settles: true };
    let mut finder = Finder { line, context, found: Vec::new(), floor: 0 };
    let mut at = 0;
    while at < line.len() {
        at = finder.read(at).unwrap_or(at + 1).max(at + 1);
    }
    furnish(line, &mut finder.found);
    finder.found
}

/// A line that is nothing but a date belongs to the page: the day of publication, or a list of other articles.
fn furnish(line: &Line, found: &mut [Mention]) {
    if let [only] = found
        && only.class == Class::Date
        && line.text().trim() == line.slice(only.bytes.clone())
    {
        only.class = Class::Furniture;
    }
}

/// Reads one line.
struct Finder<'l, 't> {
    line: &'l Line<'t>,
    context: Context,
    found: Vec<Mention>,
    /// The token after the last figure: no hedge reaches before it.
    floor: usize,
}

impl Finder<'_, '_> {
    /// Reads what starts at token `at`; where to go on, if anything did.
    fn read(&mut self, at: usize) -> Option<usize> {
        match self.line.token(at)?.kind {
            Kind::Mark(_) => None,
            Kind::Literal(_) => self.literal(at),
            Kind::Word(..) => self.word(at),
        }
    }

    fn literal(&mut self, at: usize) -> Option<usize> {
        if let Some(dated) = date::numeric(self.line, at)
            .or_else(|| date::quarter(self.line, at))
            .or_else(|| date::day_and_month(self.line, at))
        {
            return Some(self.dated(dated));
        }
        if let Some((class, end)) = name::read(self.line, at) {
            return Some(self.plain(class, at..end));
        }
        year::read(self.line, at)
            .map(|year| self.year(year))
            .or_else(|| self.fraction(at))
            .or_else(|| self.numbered(at))
            .or_else(|| self.amount(at))
            .or_else(|| Some(self.plain(Class::NamePart, at..at + 1)))
    }

    fn word(&mut self, at: usize) -> Option<usize> {
        match self.line.sense(at) {
            Sense::Marker | Sense::And | Sense::Percent | Sense::Some => None,
            Sense::Plain if dual::is_dual(self.line, at) => Some(self.dual(at)),
            // Of the plain words only those of «كانون الثاني» and «تشرين الأول» begin a month.
            Sense::Plain if !matches!(self.line.sense(at + 1), Sense::Ordinal(1 | 2)) => None,
            Sense::Plain | Sense::Month(_) | Sense::MaybeMonth(_) => self.month(at),
            Sense::Decade(_) => year::decade_in_words(self.line, at).map(|year| self.year(year)),
            Sense::Weekday | Sense::Time(_) | Sense::Relative(_) => self.relative(at),
            Sense::Ordinal(_) => self.ordinal(at).or_else(|| self.amount(at)),
            Sense::Ten(_) | Sense::Unit(_) => self.ordinal(at).or_else(|| self.amount(at)),
            _ => self.amount(at),
        }
    }

    /// A cardinal, a percentage, a fraction or a vague number.
    fn amount(&mut self, at: usize) -> Option<usize> {
        let amount = amount::read(self.line, at, self.context).ok().flatten()?;
        let worded = Worded::after(self.line, amount, self.floor);
        if !plausible::is_figure(self.line, at, &worded) {
            return None;
        }
        let end = worded.amount.end;
        let class = if worded.figure.form == Form::Percent { Class::Percent } else { Class::Quantity };
        let noun = noun::of_amount(self.line, &(worded.amount.start..end), class == Class::Percent);
        let (figure, end) = self.with_half(worded.figure, end, end + 1);
        let with_hedge = self.written(worded.start..end);
        self.push(class, worded.amount.start..end, |mention| Mention {
            with_hedge,
            figure: Some(figure),
            noun,
            doubt: worded.amount.doubt,
            ..mention
        });
        Some(end)
    }

    /// A count with the half that follows its noun at token `half`: «3 سنوات ونصف»; and the token after it, `end` without one.
    fn with_half(&self, figure: Figure, end: usize, half: usize) -> (Figure, usize) {
        let is_count = figure.form == Form::Count && figure.upper.is_none() && figure.value.is_integer();
        match noun::half(self.line, half).filter(|_| is_count) {
            Some(end) => {
                let hedge = figure.hedge;
                let value = figure.value + Number::HALF;
                (Figure::written(value, Number::HALF, Form::Decimal).hedged(hedge), end)
            }
            None => (figure, end),
        }
    }

    /// `2/3`.
    fn fraction(&mut self, at: usize) -> Option<usize> {
        let (parts, whole) = name::fraction_of(self.line, at)?;
        let figure = Figure::written(
            Number::ratio(parts.into(), whole.into())?,
            Number::power_of_ten(-1),
            Form::Decimal,
        );
        let noun = noun::after(self.line, at + 3);
        self.push(Class::Quantity, at..at + 3, |mention| Mention { figure: Some(figure), noun, ..mention });
        Some(at + 3)
    }

    /// «قاعتين».
    fn dual(&mut self, at: usize) -> usize {
        let noun = self.line.word(at).map(dual::bare);
        let is_negative = amount::follows_minus(self.line, at);
        let two = if is_negative { -Number::TWO } else { Number::TWO };
        let amount = Amount::new(Figure::count(two), at - usize::from(is_negative), at + 1);
        let worded = Worded::after(self.line, amount, self.floor);
        let (figure, end) = self.with_half(worded.figure, at + 1, at + 1);
        let hedged = phrase::span(self.line, worded.start, end);
        let particle = self.line.word(at).unwrap_or_default().len() - noun.unwrap_or_default().len();
        self.push(Class::Quantity, worded.amount.start..end, |mention| {
            let start = mention.bytes.start + if is_negative { 0 } else { particle };
            Mention {
                bytes: start..mention.bytes.end,
                with_hedge: if worded.start < at { hedged } else { start..hedged.end },
                figure: Some(figure),
                noun: noun.map(str::to_owned),
                ..mention
            }
        });
        // «شخصين اثنين» says two twice.
        end + usize::from(self.line.sense(at + 1) == Sense::Unit(2) && !self.line.clitic(at + 1).and)
    }

    fn ordinal(&mut self, at: usize) -> Option<usize> {
        if let Some(dated) = date::quarter(self.line, at).or_else(|| date::day_and_month(self.line, at)) {
            return Some(self.dated(dated));
        }
        let ordinal = ordinal::in_words(self.line, at)?;
        let class = if ordinal.is_name { Class::NamePart } else { Class::Ordinal };
        Some(self.place(class, Number::from(ordinal.number), ordinal.start..ordinal.end))
    }

    /// An ordinal in digits.
    fn numbered(&mut self, at: usize) -> Option<usize> {
        let suffix = ordinal::suffix(self.line, at);
        if suffix.is_none() && !ordinal::is_bare(self.line, at) {
            return None;
        }
        let cardinal = super::cardinal::read(self.line, at, self.context).ok().flatten()?;
        let is_whole = cardinal.digits.is_some_and(|digits| !digits.is_marked);
        let is_counted = suffix.is_none() && amount::percent(self.line, cardinal.end).is_some();
        // "42nd Street"
        let is_street = suffix.is_some_and(|end| address::ends_street(self.line, end));
        let class = if is_street { Class::NamePart } else { Class::Ordinal };
        (is_whole && !is_counted)
            .then(|| self.place(class, cardinal.figure.value, at..suffix.unwrap_or(at + 1)))
    }

    fn place(&mut self, class: Class, number: Number, tokens: Range<usize>) -> usize {
        let end = tokens.end;
        let noun = noun::numbered(self.line, &tokens);
        self.push(class, tokens, |mention| Mention { figure: Some(Figure::count(number)), noun, ..mention });
        end
    }

    fn month(&mut self, at: usize) -> Option<usize> {
        date::month_at(self.line, at)?;
        let dated = date::day_and_month(self.line, at)?;
        let is_alone = matches!(
            dated.moment,
            Moment::Calendar { first: Date { year: None, day: None, part: Part::Month(_) }, last: None }
        );
        (!is_alone || plausible::is_month(self.line, at)).then(|| self.dated(dated))
    }

    fn relative(&mut self, at: usize) -> Option<usize> {
        let (moment, tokens) = relative::read(self.line, at)?;
        let end = tokens.end;
        self.push(Class::Relative, tokens, |mention| Mention { moment, ..mention });
        Some(end)
    }

    fn dated(&mut self, dated: Dated) -> usize {
        self.push(Class::Date, dated.start..dated.end, |mention| Mention {
            moment: Some(dated.moment),
            ..mention
        });
        dated.end
    }

    fn year(&mut self, year: year::Year) -> usize {
        let class = if matches!(year.moment, Some(Moment::Calendar { last: Some(_), .. })) {
            Class::YearRange
        } else {
            Class::Year
        };
        let figure = year.written.map(Figure::count);
        self.push(class, year.tokens.clone(), |mention| Mention { moment: year.moment, figure, ..mention });
        year.tokens.end
    }

    fn plain(&mut self, class: Class, tokens: Range<usize>) -> usize {
        let end = tokens.end;
        self.push(class, tokens, |mention| mention);
        end
    }

    /// The bytes of some tokens, without the particles written onto the first.
    fn written(&self, tokens: Range<usize>) -> Range<usize> {
        let span = phrase::span(self.line, tokens.start, tokens.end);
        self.line.bare_start(tokens.start).min(span.end)..span.end
    }

    /// Adds the mention that `complete` makes of its class and place.
    fn push(&mut self, class: Class, tokens: Range<usize>, complete: impl FnOnce(Mention) -> Mention) {
        let bytes = self.written(tokens.clone());
        self.floor = tokens.end;
        // What a longer mention reaches back over was only a part of it.
        while self.found.pop_if(|before| before.bytes.end > bytes.start).is_some() {}
        let with_hedge = bytes.clone();
        let mention = Mention {
            class,
            bytes,
            chars: 0..0,
            with_hedge,
            figure: None,
            moment: None,
            noun: None,
            doubt: None,
        };
        self.found.push(complete(mention));
    }
}

/// Counts characters along a text, each byte once.
struct Characters<'t> {
    text: &'t str,
    byte: usize,
    count: usize,
}

impl Characters<'_> {
    /// The place of `bytes` in characters; ranges come in order.
    fn range(&mut self, bytes: &Range<usize>) -> Range<usize> {
        let start = self.to(bytes.start);
        start..self.to(bytes.end)
    }

    fn to(&mut self, byte: usize) -> usize {
        self.count += self.text.get(self.byte..byte).map_or(0, |passed| passed.chars().count());
        self.byte = self.byte.max(byte);
        self.count
    }
}
