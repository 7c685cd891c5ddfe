//! What of claims files can be rewritten without changing what it says: names for labels, ASCII digits,
//! single spaces, and quotes spelled as the article spells them.
//!
//! The keys of a claim stay in the order in which somebody wrote them: [`claims::order_keys`](crate::claims::order_keys)
//! is for those who want another. An offset that has grown old is a finding (MZ106), which brings its own fix.

use std::collections::BTreeMap;
use std::ops::Range;

use super::normalise::Normalised;
use crate::fact::{Fact, FactBase, FactId, Key};
use crate::finding::Edit;
use crate::numeral::{Convention, Counted, read_quote};
use crate::text::{SourceMap, Span, sanitise, yaml};

/// The safe edits of the claims files, in the order of the claims.
///
/// Nothing that a claim means changes: reading the files again gives the same facts. Only single
/// scalars on one line are touched, so comments, the order of keys and the layout stay.
#[must_use]
pub fn tidy(base: &FactBase, map: &SourceMap, anchors: &BTreeMap<FactId, Span>) -> Vec<Edit> {
    let tidied = base.facts().flat_map(|(id, fact)| {
        let anchor = anchors.get(&id).copied();
        fact.places.iter().filter_map(move |(key, span)| {
            let (text, written) = scalar_at(map, *span)?;
            let tidy = match key {
                Key::Measure | Key::Entity | Key::Unit | Key::Dimension(_) => name(base, fact, *key, &text)?,
                Key::Value | Key::Change | Key::Share | Key::Date | Key::Period => plain(&text),
                Key::Quote => spelled(map, &text, anchor)?,
                _ => return None,
            };
            (tidy != text && written.as_str() != yaml::scalar(&tidy))
                .then(|| Edit { span: *span, text: yaml::scalar(&tidy) })
        })
    });
    tidied.collect()
}

/// A scalar on one line: its text, and how it is written.
fn scalar_at(map: &SourceMap, span: Span) -> Option<(String, String)> {
    let written = map.slice(span);
    if written.contains(['\n', '\r']) || written.starts_with(['[', '{', '|', '>']) {
        return None;
    }
    let line = format!("key: {written}\n");
    let root = yaml::parse(span.file, &line).root?;
    let text = root.get("key")?.as_str()?.to_owned();
    Some((text, written.to_owned()))
}

/// The name that a label stands for.
fn name(base: &FactBase, fact: &Fact, key: Key, written: &str) -> Option<String> {
    let (vocabulary, point) = (&base.vocabulary, base.point(fact.point));
    let (found, name) = match key {
        Key::Measure => (vocabulary.measures.find(written), vocabulary.measures.name(point.measure.0)),
        Key::Entity => (vocabulary.entities.find(written), vocabulary.entities.name(point.entity.0)),
        Key::Unit => {
            let unit = vocabulary.unit(written)?;
            (Some(unit.0), vocabulary.units.name(unit.0))
        }
        Key::Dimension(dimension) => {
            let members = &vocabulary.dimension(dimension).members;
            let member = point.member(dimension)?;
            (members.find(written).filter(|id| *id == member.0), members.name(member.0))
        }
        _ => return None,
    };
    found.map(|_| name.to_owned())
}

/// ASCII digits and single spaces; marks of another script between digits are left to the reader.
fn plain(written: &str) -> String {
    if written.contains(['\u{66B}', '\u{66C}']) {
        return written.to_owned();
    }
    let digit = |char: char| match char {
        '٠'..='٩' => char::from_digit(u32::from(char) - u32::from('٠'), 10),
        '۰'..='۹' => char::from_digit(u32::from(char) - u32::from('۰'), 10),
        _ => None,
    };
    let digits: String = written.chars().map(|char| digit(char).unwrap_or(char)).collect();
    single_spaces(&digits)
}

/// A quote of one stretch as the article spells it.
fn spelled(map: &SourceMap, written: &str, anchor: Option<Span>) -> Option<String> {
    let there = single_spaces(map.slice(anchor?));
    let same = Normalised::of(&there).as_str() == Normalised::of(written).as_str();
    // A vowel sign may tell a fifth («خُمس») from five: the figure that a claim has from its quote stays.
    let figure = |quote: &str| {
        read_quote(quote, &Convention::default(), Counted::Unknown).map(|read| (read.figure, read.doubt))
    };
    let reads_same = figure(&there).ok() == figure(written).ok();
    (same && reads_same && sanitise::first_forbidden(&there).is_none()).then_some(there)
}

/// A text with one space for each run of white space that holds more than a single character.
fn single_spaces(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    for run in runs(text) {
        let run = text.get(run).unwrap_or("");
        let is_space = run.starts_with(char::is_whitespace);
        // A no-break space alone keeps a figure together: «1 200».
        let folds = is_space && (run.chars().count() > 1 || run.starts_with(['\n', '\r', '\t']));
        single.push_str(if folds { " " } else { run });
    }
    single.trim().to_owned()
}

/// The runs of white space and of everything else, in turn.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let is_space = rest.starts_with(char::is_whitespace);
        let length = rest.find(|char: char| char.is_whitespace() != is_space).unwrap_or(rest.len());
        start += length;
        Some(start - length..start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_spaces_become_plain() {
        assert_eq!(plain("أكثر من ١١٧"), "أكثر من 117");
        assert_eq!(plain("over   ۱۲ "), "over 12");
        assert_eq!(plain("1\u{202F}200"), "1\u{202F}200");
        assert_eq!(plain("١٩٤٫٥"), "١٩٤٫٥");
    }
}
