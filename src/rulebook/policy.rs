//! The sections `levels`, `allow`, `lexicon`, `trust`: how findings and words are taken.

use crate::fact::Allow;
use crate::finding::Severity;
use crate::period::Period;
use crate::quantity::{Lexicon, LexiconEntry, Number, Reach, Size, Width, Wording};
use crate::rulebook::code;
use crate::rulebook::fault::{Faults, error, quoted};
use crate::rulebook::record::{Record, Text, choose, text};
use crate::text::Span;
use crate::text::yaml::{Entry, Node};

/// The severity of a code, of codes that begin alike, or of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// `MZ205`, `MZ3*`, or the id of a rule.
    pub pattern: String,
    /// The severity that its findings have.
    pub severity: Severity,
    /// Where it is written.
    pub span: Span,
}

/// `levels:` a severity for each pattern. Nothing is ever switched off.
pub(super) fn levels(sections: &[&Entry], faults: &mut Faults) -> Vec<Level> {
    sections.iter().filter_map(|entry| level(entry, faults)).collect()
}

fn level(entry: &Entry, faults: &mut Faults) -> Option<Level> {
    let written = text(&entry.value, "a level", faults)?;
    if matches!(written.text, "off" | "none" | "ignore" | "hidden" | "false") {
        let message = format!("a level must show its findings, found {}", quoted(written.text));
        faults.add(
            error(code::HIDDEN, message)
                .at(written.span, "would hide findings")
                .help("use `note`, or `allow` a finding with the reason: it is shown as allowed"),
        );
        return None;
    }
    let severity = choose(&written, "a level", &Severity::ALL, faults)?;
    Some(Level { pattern: entry.key().to_owned(), severity, span: entry.key.span })
}

/// `allow:` of a rulebook: a list of findings by fingerprint.
pub(super) fn allow(items: &[&Node], faults: &mut Faults) -> Vec<Allow> {
    let keys = ["finding", "because", "by", "until"];
    let mut read = Vec::new();
    for item in items {
        let Some(record) = Record::read(item, "an `allow`", &keys, faults) else { continue };
        let finding = record.required("finding", faults);
        let allowed = finding.and_then(|finding| read_allow(&record, finding.text.to_owned(), faults));
        read.extend(allowed);
    }
    read
}

/// `{because, by, until}`: the reason is mandatory.
pub(crate) fn read_allow(record: &Record<'_>, finding: String, faults: &mut Faults) -> Option<Allow> {
    let because = record.required("because", faults);
    let until = match record.text("until", faults) {
        None => None,
        // An end that cannot be read must not become no end.
        Some(until) => Some(read_day(&until, faults)?),
    };
    let by = record.string("by", faults);
    Some(Allow { finding, because: because?.text.to_owned(), by, until, span: record.span })
}

/// The last day of a written period.
fn read_day(written: &Text, faults: &mut Faults) -> Option<crate::period::Day> {
    read_period(written, "`until`", faults)?.last().or_else(|| {
        faults.wrong_shape(written.span, "`until`", "a day", &quoted(written.text));
        None
    })
}

/// A period on the calendar, or what is wrong with it.
pub(crate) fn read_period(written: &Text, what: &str, faults: &mut Faults) -> Option<Period> {
    match Period::parse(written.text) {
        Ok(period) => Some(period),
        Err(fault) => {
            faults.add(unreadable_period(written, what, &fault));
            None
        }
    }
}

/// A period that cannot be read, as a finding that points at what is wrong in it.
pub(crate) fn unreadable_period(
    written: &Text,
    what: &str,
    fault: &crate::period::PeriodFault,
) -> crate::finding::Finding {
    let message = format!(
        "{what} must be written like `2024`, `2024-06` or `2019-10-02/2019-10-06`, found {}: {fault}",
        quoted(written.text)
    );
    error(code::PERIOD, message).at(written.span, fault.to_string())
}

/// How much an origin weighs when somebody must be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    /// The origin, as sources and claims name it.
    pub origin: String,
    /// Its weight; that of an origin which no rulebook names is 1.
    pub weight: u64,
    /// Where the origin is written.
    pub span: Span,
}

/// `trust:` weights of origins, each said once.
pub(super) fn trust(sections: &[&Entry], faults: &mut Faults) -> Vec<Trust> {
    let mut read: Vec<Trust> = Vec::new();
    for entry in sections {
        let span = entry.key.span;
        if let Some(first) = read.iter().find(|first| first.origin == entry.key()) {
            let message =
                format!("the trust in an origin must be said once, found {} again", quoted(entry.key()));
            let finding = error(code::DECLARED_TWICE, message).at(span, "again here");
            faults.add(finding.at(first.span, "first here"));
            continue;
        }
        match entry.value.as_str().and_then(|text| text.parse().ok()) {
            Some(weight) => read.push(Trust { origin: entry.key().to_owned(), weight, span }),
            None => faults.wrong_node(&entry.value, "a trust", "a whole number"),
        }
    }
    read
}

/// `lexicon:` how far a wording reaches: `about: {hard: 25%, soft: 5% or 0.5 open-grains}`.
pub(super) fn lexicon(sections: &[&Entry], faults: &mut Faults) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for entry in sections {
        let Some(wording) = Wording::from_name(entry.key()) else {
            let names: Vec<&str> = Wording::every().map(Wording::name).collect();
            faults.unknown_word(entry.key.span, "a wording", entry.key(), &names);
            continue;
        };
        let Some(record) = Record::read(&entry.value, "a wording", &["hard", "soft"], faults) else {
            continue;
        };
        let LexiconEntry { hard, soft } = LexiconEntry::standard(wording);
        let hard = read_width(&record, "hard", &hard, faults).unwrap_or(hard);
        let soft = read_width(&record, "soft", &soft, faults).unwrap_or(soft);
        lexicon.set(wording, LexiconEntry { hard, soft });
    }
    lexicon
}

/// The width of the same direction as the standard one with another reach.
fn read_width(record: &Record<'_>, key: &str, standard: &Width, faults: &mut Faults) -> Option<Width> {
    let written = record.text(key, faults)?;
    let width = match standard {
        Width::Span { .. } => parse_span(written.text),
        _ => parse_reach(written.text).map(|reach| match standard {
            Width::UpTo(_) => Width::UpTo(reach),
            Width::Under(_) => Width::Under(reach),
            Width::From(_) => Width::From(reach),
            Width::Over(_) => Width::Over(reach),
            Width::Around(_) | Width::Point | Width::Span { .. } => Width::Around(reach),
        }),
    };
    if width.is_none() {
        let expected = "sizes (`25%`, `2 open-grains`, `5% or 0.5 grains`, `any`) or, of a vague word, a range (`20..99`)";
        faults.wrong_shape(written.span, &format!("`{key}`"), expected, &quoted(written.text));
    }
    width
}

fn parse_span(text: &str) -> Option<Width> {
    let (least, greatest) = text.split_once("..")?;
    let least = Number::parse(least.trim())?;
    let greatest = match greatest.trim() {
        "" => None,
        number => Some(Number::parse(number)?),
    };
    let ordered = greatest.as_ref().is_none_or(|greatest| least <= *greatest);
    ordered.then_some(Width::Span { least, greatest })
}

fn parse_reach(text: &str) -> Option<Reach> {
    if text.trim() == "any" {
        return Some(Reach::Unbounded);
    }
    text.split(" or ").map(|size| parse_size(size.trim())).collect::<Option<_>>().map(Reach::Largest)
}

fn parse_size(text: &str) -> Option<Size> {
    if let Some(percent) = text.strip_suffix('%') {
        return Number::parse(percent.trim()).map(Size::Percent);
    }
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    let number = Number::parse(number)?;
    match unit.trim() {
        "" => Some(Size::Units(number)),
        "grain" | "grains" => Some(Size::Grains(number)),
        "open-grain" | "open-grains" => Some(Size::OpenGrains(number)),
        _ => None,
    }
}
