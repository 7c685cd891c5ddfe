//! The claim against the figure of its quote.
//!
//! The article's figure is read where it stands, so a hedge that the quote leaves out («أكثر من» before
//! «117 تدخلًا») counts, and a figure that the quote cuts is read whole.

use super::code::FIGURE;
use super::passage::Passage;
use super::rewrite::Rewrite;
use super::{Article, quoted, told};
use crate::fact::{Dates, Fact, FactBase, FactId, Figures, Key, Statement};
use crate::finding::{Finding, Severity};
use crate::numeral::{Class, Mention};
use crate::period::{Day, Period};
use crate::quantity::{Figure, Form, Hedge, Interval, Number, Rounding, UnitKind, read};
use crate::text::Span;
use crate::vocabulary::{Measure, UnitId};

/// What differs between a claim and the figure of its quote.
pub(super) fn compare(base: &FactBase, article: &Article<'_>, id: FactId, passage: &Passage) -> Vec<Finding> {
    let fact = base.fact(id);
    let case = Case { base, article, id, fact, passage };
    let told = match &fact.statement {
        Statement::Value(figures) => [case.value(figures), None],
        Statement::Change(change) => [case.number(&change.figure.value, &change.written, Key::Change), None],
        Statement::Share(share) => [case.number(&share.figure.value, &share.written, Key::Share), None],
        Statement::Date(dates) => [case.ordinal(), case.date(dates)],
        Statement::State(_) | Statement::Named => [case.ordinal(), None],
    };
    told.into_iter().flatten().collect()
}

/// A claim with the place of its quote.
struct Case<'a> {
    base: &'a FactBase,
    article: &'a Article<'a>,
    id: FactId,
    fact: &'a Fact,
    passage: &'a Passage,
}

impl<'a> Case<'a> {
    fn value(&self, figures: &Figures) -> Option<Finding> {
        let written: Vec<&Mention> = self.article.figures_in(self.passage).collect();
        let quantities: Vec<&Mention> =
            written.iter().copied().filter(|mention| is_quantity(mention)).collect();
        let is_said = |mention: &&Mention| told::says(self.base, self.article, mention, figures);
        let same: Vec<&Mention> = quantities.iter().copied().filter(is_said).collect();
        if let Some(mention) = same.first() {
            return self.hedge(figures, &same).or_else(|| self.unit(figures, mention));
        }
        // A year or an edition may well be what is counted; whoever claims it has looked.
        if written.iter().any(|mention| !is_quantity(mention) && says(mention, &figures.figure)) {
            return None;
        }
        if let Some(mention) = quantities.iter().find(|mention| says(mention, &figures.figure)) {
            return self.unit(figures, mention);
        }
        match quantities.as_slice() {
            [] => self.no_figure(figures),
            [only] => Some(self.another_value(figures, only)),
            [first, ..] => {
                let readings: Vec<String> = quantities.iter().map(|mention| self.words(mention)).collect();
                Some(self.differs(Severity::Error, first, &readings.join(", "), figures))
            }
        }
    }

    /// The same number with another hedge.
    fn hedge(&self, figures: &Figures, same: &[&Mention]) -> Option<Finding> {
        if same.iter().any(|mention| mention.hedge() == figures.figure.hedge) {
            return None;
        }
        let mention = same.first()?;
        let finding = self.rewritten(Severity::Warning, mention, figures);
        Some(match mention.hedge() {
            Hedge::Bare => finding.help("leave out the words that the article does not have"),
            _ => finding.help("a figure keeps the words that bound it"),
        })
    }

    /// The same number of something else.
    fn unit(&self, figures: &Figures, mention: &Mention) -> Option<Finding> {
        let told = told::told(self.base, self.article, mention);
        let is_share = self.base.vocabulary.unit_kind(self.measure()) == UnitKind::Share;
        let is_other = match told.unit {
            Some(_) if mention.class == Class::Percent => !is_share,
            Some(there) => figures.unit != Some(there) && !self.converts(there, figures, mention),
            None => false,
        };
        if !is_other {
            return None;
        }
        let there = quoted(self.article.slice(told.bytes));
        let mut finding = self.differs(Severity::Warning, mention, &there, figures);
        finding.fix = self.rewrite(mention).value();
        let help =
            "the unit of the quote is not that of the claim: look which one, or which measure, is meant";
        Some(tell_fix(finding.help(help)))
    }

    /// Whether the figure of the article, in the unit of the claim, is the claim's.
    fn converts(&self, there: UnitId, figures: &Figures, mention: &Mention) -> bool {
        let factor = figures.unit.and_then(|here| self.base.vocabulary.conversion(there, here));
        factor.is_some() && told::says(self.base, self.article, mention, figures)
    }

    fn no_figure(&self, figures: &Figures) -> Option<Finding> {
        // «A new zone» counts one, and has no figure; a value from the quote itself needs no second look.
        if figures.figure.value == Number::ONE || !self.is_written(Key::Value) {
            return None;
        }
        let message =
            format!("the quote of a claim must hold its figure, found no {} in it", quoted(&figures.written));
        let finding = Finding::new(FIGURE, Severity::Warning, message)
            .on(self.id, Key::Value, "not in the quote")
            .at(self.article.span(self.passage.whole()), "no figure here")
            .compare(quoted(&figures.written), "no figure");
        Some(finding.help("quote the words that hold the figure"))
    }

    fn another_value(&self, figures: &Figures, mention: &Mention) -> Finding {
        let finding = self.rewritten(Severity::Error, mention, figures);
        match mention.figure.as_ref().and_then(|figure| factor(&figure.value, &figures.figure.value)) {
            Some(times) => finding
                .help(format!("the article's figure is {times} times that of the claim: a scale word?")),
            None => finding,
        }
    }

    /// Both readings, with the claim as the quote has it.
    fn rewritten(&self, severity: Severity, mention: &Mention, figures: &Figures) -> Finding {
        let mut finding = self.differs(severity, mention, &self.words(mention), figures);
        finding.fix = self.rewrite(mention).value();
        tell_fix(finding)
    }

    /// Both readings, side by side.
    fn differs(&self, severity: Severity, mention: &Mention, there: &str, figures: &Figures) -> Finding {
        let here = self.claimed(figures);
        let message =
            format!("a claim must say what its quote says: the article has {there}, the claim {here}");
        let key = if self.is_written(Key::Value) { Key::Value } else { Key::Quote };
        Finding::new(FIGURE, severity, message)
            .on(self.id, key, "the claim")
            .at(self.article.span(mention.with_hedge.clone()), "the article")
            .compare(there, here)
    }

    /// The claim's words, with a unit that they leave out.
    fn claimed(&self, figures: &Figures) -> String {
        let unit =
            self.place(Key::Unit).and(figures.unit).map(|unit| self.base.vocabulary.units.name(unit.0));
        let written =
            unit.map_or_else(|| figures.written.clone(), |unit| format!("{} {unit}", figures.written));
        shown(&written, &self.reading(&figures.figure, UnitKind::Countable))
    }

    fn rewrite(&self, mention: &'a Mention) -> Rewrite<'a> {
        Rewrite { base: self.base, article: self.article, fact: self.fact, passage: self.passage, mention }
    }

    /// A change or a share: its number must stand in the quote, if any number does.
    fn number(&self, number: &Number, written: &str, key: Key) -> Option<Finding> {
        let figures: Vec<&Mention> = self.article.figures_in(self.passage).collect();
        let has = |mention: &&Mention| mention.figure.as_ref().is_some_and(|figure| figure.value == *number);
        let first = figures.iter().copied().find(|mention| is_quantity(mention))?;
        if figures.iter().any(has) {
            return None;
        }
        let there = self.words(first);
        let message = format!(
            "a claim must say what its quote says: the article has {there}, the claim {}",
            quoted(written)
        );
        let finding = Finding::new(FIGURE, Severity::Error, message).on(self.id, key, "the claim");
        let finding = finding.at(self.article.span(first.with_hedge.clone()), "the article");
        let mut finding = finding.compare(there, quoted(written));
        finding.fix = self.rewrite(first).number(key, written);
        Some(tell_fix(finding))
    }

    /// The number of a series, where the quote has one.
    fn ordinal(&self) -> Option<Finding> {
        let number = self.base.point(self.fact.point).ordinal?;
        let number = Number::parse(&number.to_string())?;
        let figures: Vec<&Mention> = self.article.figures_in(self.passage).collect();
        let first = figures.iter().copied().find(|mention| mention.class == Class::Ordinal)?;
        let is_it = |mention: &&Mention| mention.figure.as_ref().is_some_and(|figure| figure.value == number);
        if figures.iter().any(is_it) {
            return None;
        }
        let there = self.words(first);
        let message =
            format!("a claim must say what its quote says: the article has {there}, the claim {number}");
        let finding = Finding::new(FIGURE, Severity::Error, message).on(self.id, Key::Ordinal, "the claim");
        let finding = finding.at(self.article.span(first.bytes.clone()), "the article");
        let mut finding = finding.compare(there, number.to_string());
        finding.fix = self.rewrite(first).ordinal();
        Some(tell_fix(finding))
    }

    /// The dates of the quote, none of which the claim's date can be.
    fn date(&self, dates: &Dates) -> Option<Finding> {
        let claimed = dates.start.hard.hull(&dates.end.hard);
        let year = first_year(&claimed);
        let told: Vec<(&Mention, Interval)> = self
            .article
            .figures_in(self.passage)
            .filter_map(|mention| Some((mention, days(&period(mention, year)?))))
            .collect();
        let (first, _) = told.first()?;
        if told.iter().any(|(_, days)| !days.intersect(&claimed).is_empty()) {
            return None;
        }
        let there = quoted(self.article.slice(first.bytes.clone()));
        let here = quoted(&dates.written);
        let message =
            format!("a claim must say what its quote says: the article has {there}, the claim {here}");
        let finding = Finding::new(FIGURE, Severity::Warning, message).on(self.id, Key::Date, "the claim");
        let mut finding =
            finding.at(self.article.span(first.bytes.clone()), "the article").compare(there, here);
        finding.fix = self.rewrite(first).date(year);
        Some(tell_fix(finding))
    }

    /// A figure of the article in its words, and how it is read.
    fn words(&self, mention: &Mention) -> String {
        let written = self.article.slice(mention.with_hedge.clone());
        let kind = if mention.class == Class::Percent { UnitKind::Share } else { UnitKind::Countable };
        match &mention.figure {
            Some(figure) if is_quantity(mention) => shown(written, &self.reading(figure, kind)),
            _ => quoted(written),
        }
    }

    /// What the words of a figure entail, in the measure's unit, or as a share if it is one.
    fn reading(&self, figure: &Figure, kind: UnitKind) -> String {
        let vocabulary = &self.base.vocabulary;
        let own = vocabulary.unit_kind(self.measure());
        let kind = if kind == UnitKind::Share { kind } else { own };
        let hard = read(figure, kind, None, Rounding::Nearest, &vocabulary.lexicon).hard;
        if kind == UnitKind::Countable { hard.whole().to_string() } else { hard.to_string() }
    }

    fn measure(&self) -> &'a Measure {
        self.base.vocabulary.measure(self.base.point(self.fact.point).measure)
    }

    fn is_written(&self, key: Key) -> bool {
        self.place(key).is_some()
    }

    /// Where a key is written; unlike [`Fact::place`] never the whole claim.
    fn place(&self, key: Key) -> Option<Span> {
        self.fact.places.iter().find(|(written, _)| *written == key).map(|(_, span)| *span)
    }
}

/// A finding that names its fix, and why it is not safe.
fn tell_fix(finding: Finding) -> Finding {
    let because = finding.fix.as_ref().and_then(|fix| fix.unsafe_because.clone());
    match because {
        Some(because) => finding.help(format!(
            "`mizan check --unsafe-fixes` writes the claim as the quote has it; unsafe, as {because}"
        )),
        None => finding,
    }
}

/// Written words with their reading, where that is not plain from the words.
fn shown(written: &str, reading: &str) -> String {
    let is_plain = reading == written.trim() || reading == "none";
    if is_plain { quoted(written) } else { format!("{} ({reading})", quoted(written)) }
}

/// Whether a mention is a number of something.
pub(super) fn is_quantity(mention: &Mention) -> bool {
    matches!(mention.class, Class::Quantity | Class::Percent)
}

/// Whether a mention is this number, whatever its hedge: half of something is 50 %.
pub(super) fn says(mention: &Mention, figure: &Figure) -> bool {
    mention.figure.as_ref().is_some_and(|there| {
        let is_part = figure.form == Form::Percent && there.form == Form::Decimal;
        let same = there.value == figure.value;
        (same || is_part && &there.value * &Number::HUNDRED == figure.value) && there.upper == figure.upper
    })
}

/// The period that a date or a year names, in a given year where it names none.
pub(super) fn period(mention: &Mention, year: Option<i32>) -> Option<Period> {
    if !matches!(mention.class, Class::Date | Class::Year | Class::YearRange) {
        return None;
    }
    Period::parse(&mention.moment?.edtf(year)?).ok()
}

/// The days of a period, open where it is.
fn days(period: &Period) -> Interval {
    let from = period.first().map_or_else(Interval::all, |day| Interval::at_least(number(day)));
    let to = period.last().map_or_else(Interval::all, |day| Interval::at_most(number(day)));
    from.intersect(&to)
}

fn number(day: Day) -> Number {
    Number::from(day.number())
}

/// The year in which an interval of days begins.
fn first_year(days: &Interval) -> Option<i32> {
    let first = days.lower().value()?.to_i64()?;
    Day::from_number(first).map(Day::year)
}

/// The power of a thousand, or ten or a hundred, that one number is of another.
fn factor(there: &Number, here: &Number) -> Option<&'static str> {
    let times = there.checked_div(here)?;
    let known = [(10, "10"), (100, "100"), (1000, "1,000"), (1_000_000, "1,000,000")];
    known.into_iter().find(|(factor, _)| times == Number::integer(*factor)).map(|(_, words)| words)
}
