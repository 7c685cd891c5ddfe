//! The words for what is wrong with what a claim says.

use crate::claims::code;
use crate::claims::lower::{Case, Lowering};
use crate::claims::source::Article;
use crate::claims::value::Written;
use crate::fact::Key;
use crate::finding::{Finding, Severity};
use crate::numeral::{Doubt, Fault, Phrase};
use crate::rulebook::fault::{error, quoted};
use crate::rulebook::record::Text;
use crate::vocabulary::MeasureKind;

/// How a separator becomes clear.
const SEPARATORS: &str =
    "write the digits without a separator, or `numbers: {thousands: …, decimal: …}` in the source";

impl Lowering<'_> {
    /// A phrase that cannot be read.
    pub(super) fn tell_unreadable(&mut self, text: &Text, fault: &Fault, how: Written) {
        let found = quoted(text.text);
        if let Fault::AmbiguousSeparator { grouped, decimal } = fault {
            let message =
                format!("a figure must have one reading, found {found}, which is {grouped} or {decimal}");
            let finding = error(code::SEPARATOR, message).at(text.span, "thousands or decimals?");
            return self.faults.add(finding.help(SEPARATORS));
        }
        let what = match how {
            Written::Value => "a value",
            Written::Quote => "the quote of a claim without `value`",
        };
        let message = format!("{what} must hold one figure, found {found}: {fault}");
        let help = match (fault, how) {
            (Fault::SeveralFigures(_), Written::Value) => "write one claim for each figure",
            (_, Written::Value) => {
                "write a figure with its hedge: `19`, `over 117`, `about 515 thousand`, `100..200`"
            }
            (_, Written::Quote) => "give the claim a `value`",
        };
        self.faults.add(error(code::VALUE, message).at(text.span, fault.to_string()).help(help));
    }

    /// A separator that the file's other figures contradict, unless the source says what it means.
    pub(super) fn warn_of_lone_group(&mut self, text: &Text, phrase: &Phrase, article: &Article) {
        let doubt = phrase.doubt.as_ref().filter(|_| !article.says_decimal);
        let Some(Doubt { grouped, decimal }) = doubt else { return };
        let message = format!(
            "a figure must be written with the marks of its file, found {}, which is {grouped} or {decimal}; read as {}",
            quoted(text.text),
            phrase.figure.value
        );
        let finding =
            Finding::new(code::LONE_GROUP, Severity::Warning, message).at(text.span, "the other mark");
        self.faults.add(finding.help(SEPARATORS));
    }

    /// A statement that the measure cannot hold.
    pub(super) fn tell_wrong_kind(&mut self, key: Key, text: &Text, kind: MeasureKind) {
        let found = match key {
            Key::Date => "a date",
            Key::State => "a state",
            _ => "a figure",
        };
        let help = match kind {
            MeasureKind::Ordinal => "write the number as `ordinal` and when it happened as `date`",
            MeasureKind::Event => "write when it happened as `date`",
            MeasureKind::State => "write the word as `state`, and its time as `period`",
            MeasureKind::Stock | MeasureKind::Flow => "write the figure as `value`, and its time as `period`",
        };
        let word = MeasureKind::ALL.iter().find(|(_, known)| *known == kind).map_or("", |(word, _)| *word);
        let message =
            format!("a claim must say what its measure holds, found {found} for a measure of kind `{word}`");
        let finding = error(code::WRONG_KIND, message).at(text.span, "does not belong to this measure");
        self.faults.add(finding.help(help));
    }

    /// An event's time is its date; only one that happens once a year also has a year.
    pub(super) fn refuse_period_beside_date(&mut self, case: Case<'_>) {
        let measure = self.base.vocabulary.measure(case.aspects.measure);
        let written = (&case.claim.period, case.claim.statement(Key::Date));
        let (Some(period), Some(date)) = written else { return };
        if measure.kind.is_dated() && !measure.yearly {
            let message = format!(
                "an event must have one time, found `period` ({}) beside `date`",
                quoted(period.text)
            );
            let finding =
                error(code::WRONG_KIND, message).at(period.span, "not needed").at(date.span, "its time");
            self.faults.add(finding.help("leave `period` out"));
        }
    }
}
