//! `change: up 194.5% from 2023` and `share: 12% of id-cards`.

use crate::claims::aspects::time;
use crate::claims::code;
use crate::claims::lower::{Case, Lowering};
use crate::claims::value::{Written, of_whole};
use crate::fact::{Change, ChangeKind, PointId, Share, Status, Time};
use crate::numeral::{Counted, Phrase, read_phrase};
use crate::quantity::{self, Form, Hedge, Interval, Number, Reading, UnitKind};
use crate::rulebook::fault::{error, quoted};
use crate::rulebook::record::Text;
use crate::vocabulary::{MeasureId, Vocabulary};

/// How a change is written, for advice.
const CHANGES: &str = "write `up 12% from 2023`, `down 3% from 2023`, `up 120 from 2023`, `up 4 points from 2023` or `x3 from 2019`";

/// A change as its words divide it.
struct Words<'a> {
    up: bool,
    times: bool,
    points: bool,
    amount: &'a str,
    base: &'a str,
}

impl<'a> Words<'a> {
    fn divide(text: &'a str) -> Option<Self> {
        let (change, base) = text.trim().rsplit_once(" from ")?;
        let (change, base) = (change.trim(), base.trim());
        let whole = Self { up: true, times: false, points: false, amount: change, base };
        if let Some(factor) = change.strip_prefix(['x', '×']) {
            return Some(Self { times: true, amount: factor.trim(), ..whole });
        }
        let (up, amount) = match (change.strip_prefix("up "), change.strip_prefix("down ")) {
            (Some(amount), _) => (true, amount.trim()),
            (None, Some(amount)) => (false, amount.trim()),
            (None, None) => return None,
        };
        let points =
            [" percentage points", " points", " point"].iter().find_map(|unit| amount.strip_suffix(unit));
        Some(Self { up, points: points.is_some(), amount: points.unwrap_or(amount).trim(), ..whole })
    }
}

impl Lowering<'_> {
    /// Reads a change against the same point at a base period.
    pub(super) fn change(&mut self, written: &Text, case: Case<'_>) -> Option<Change> {
        let Some(words) = Words::divide(written.text) else {
            let message = format!(
                "a change must say its direction, its size and its base, found {}",
                quoted(written.text)
            );
            self.faults.add(error(code::VALUE, message).at(written.span, "not a change").help(CHANGES));
            return None;
        };
        let base = Text { text: words.base, span: written.span };
        let base = self.base_point(&base, case);
        let counts = self.base.vocabulary.unit_kind(self.base.vocabulary.measure(case.aspects.measure))
            == UnitKind::Countable;
        let counted = if counts && !words.times && !words.points { Counted::Yes } else { Counted::No };
        let phrase = self.amount(words.amount, written, counted, case)?;
        let kind = self.kind_of_change(&words, &phrase, written, case)?;
        let size = self.size_of_change(kind, &phrase, case);
        let (base, doubtful) = base?;
        Some(Change {
            written: written.text.to_owned(),
            figure: phrase.figure,
            kind,
            up: words.up,
            size,
            base,
            doubtful,
        })
    }

    /// Reads the amount of a change or share.
    fn amount(&mut self, amount: &str, written: &Text, counted: Counted, case: Case<'_>) -> Option<Phrase> {
        let read = read_phrase(amount, &case.article.convention, counted);
        self.heed(read, written, Written::Value, case)
    }

    /// The same point at the base period, and whether that is doubtful. What is planned differs from what was.
    fn base_point(&mut self, base: &Text, case: Case<'_>) -> Option<(PointId, bool)> {
        let period = self.told(base, case.article)?.period?;
        let measure = self.base.vocabulary.measure(case.aspects.measure);
        let status = if case.aspects.status.is_ahead() && is_past(&period, case) {
            Status::Actual
        } else {
            case.aspects.status
        };
        let at = time(measure, &period, status, case.article);
        let own = case.aspects.told.and_then(|told| told.period);
        if own.is_some_and(|own| own.same_days(&period)) {
            let message =
                format!("a change must be from another period than its own, found {}", quoted(base.text));
            self.faults.add(error(code::VALUE, message).at(base.span, "the same period").help(CHANGES));
            return None;
        }
        Some((self.base.intern(case.aspects.at(at).with_status(status)), period.is_doubtful()))
    }

    fn kind_of_change(
        &mut self,
        words: &Words<'_>,
        phrase: &Phrase,
        written: &Text,
        case: Case<'_>,
    ) -> Option<ChangeKind> {
        let vocabulary = &self.base.vocabulary;
        let is_share = vocabulary.unit_kind(vocabulary.measure(case.aspects.measure)) == UnitKind::Share;
        let is_percent = phrase.figure.form == Form::Percent;
        let fault = match (words.times, words.points, is_percent) {
            (true, false, false) => return Some(ChangeKind::Times),
            (false, true, false) if is_share => return Some(ChangeKind::Points),
            (false, false, true) => return Some(ChangeKind::Percent),
            (false, false, false) => return Some(ChangeKind::Amount),
            (false, true, false) => "points of a measure that is no share",
            _ => "a percentage with another unit",
        };
        let message =
            format!("a change must be in a unit of its measure, found {}: {fault}", quoted(written.text));
        self.faults.add(error(code::UNIT, message).at(written.span, fault).help(CHANGES));
        None
    }

    /// The size of a change, never negative. `decimals` of the source or measure are those of its
    /// figures, so they hold for amounts only.
    fn size_of_change(&self, kind: ChangeKind, phrase: &Phrase, case: Case<'_>) -> Reading {
        let vocabulary = &self.base.vocabulary;
        let measure = vocabulary.measure(case.aspects.measure);
        let is_amount = kind == ChangeKind::Amount;
        let unit = match kind {
            ChangeKind::Percent | ChangeKind::Points => UnitKind::Share,
            ChangeKind::Amount => vocabulary.unit_kind(measure),
            // "Threefold" is a measurement: 2.9 and 3.2 are told so.
            ChangeKind::Times => UnitKind::Measured,
        };
        let is_printed = is_amount && phrase.figure.hedge == Hedge::Bare;
        let of_figures = case.article.decimals.or(measure.decimals).filter(|_| is_printed);
        let decimals = case.claim.decimals.or(of_figures);
        let rounding = case.article.rounding.unwrap_or(measure.rounding);
        let reading = quantity::read(&phrase.figure, unit, decimals, rounding, &vocabulary.lexicon);
        reading.cut(&Interval::at_least(Number::ZERO), is_amount && vocabulary.is_whole(measure))
    }

    /// Reads a share of another measure at the same point, or of the whole that the point is a part of.
    pub(super) fn share(&mut self, written: &Text, case: Case<'_>) -> Option<Share> {
        let Some((amount, whole)) = written.text.split_once(" of ") else {
            self.tell_no_share(written);
            return None;
        };
        let measures = &self.base.vocabulary.measures;
        let found = measures.find(whole.trim()).map(MeasureId);
        if found.is_none() {
            self.faults.unknown_name(written.span, "a measure", whole.trim(), measures);
        }
        let mut phrase = self.amount(amount.trim(), written, Counted::No, case)?;
        phrase.figure = of_whole(phrase.figure, UnitKind::Share, amount);
        if phrase.figure.form != Form::Percent {
            self.tell_no_share(written);
            return None;
        }
        let of = found?;
        let is_whole = of == case.aspects.measure && case.aspects.dimensions.is_empty();
        if is_whole || !self.base.vocabulary.measure(of).kind.is_numeric() {
            self.tell_no_share(written);
            return None;
        }
        let percent = percentage(&phrase, case, &self.base.vocabulary);
        let period = case.aspects.told.and_then(|told| told.period);
        let other = self.base.vocabulary.measure(of);
        let at =
            period.map_or(Time::Undated, |period| time(other, &period, case.aspects.status, case.article));
        let mut whole = case.aspects.at(at).of(of);
        if of == case.aspects.measure {
            whole.dimensions.clear();
        }
        let of = self.base.intern(whole);
        Some(Share { written: written.text.to_owned(), figure: phrase.figure, percent, of })
    }

    fn tell_no_share(&mut self, written: &Text) {
        let message =
            format!("a share must be a percentage of another figure, found {}", quoted(written.text));
        let finding = error(code::VALUE, message).at(written.span, "not a share");
        self.faults.add(finding.help(
            "write `12% of id-cards`: a percentage and the name of another measure, or of its own where a dimension says which part of it is meant",
        ));
    }
}

fn percentage(phrase: &Phrase, case: Case<'_>, vocabulary: &Vocabulary) -> Reading {
    let rounding = case.article.rounding.unwrap_or_default();
    let reading =
        quantity::read(&phrase.figure, UnitKind::Share, case.claim.decimals, rounding, &vocabulary.lexicon);
    reading.cut(&Interval::closed(Number::ZERO, Number::HUNDRED), false)
}

/// Whether a period was over when the article appeared.
fn is_past(period: &crate::period::Period, case: Case<'_>) -> bool {
    let published = case.article.published.and_then(|published| published.last());
    published.is_none_or(|published| period.last().is_some_and(|last| last <= published))
}
