//! Which measure and which entity of the vocabulary the words around a figure may mean.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::evidence::normalise::Normalised;
use crate::numeral::{Class, Mention};
use crate::vocabulary::{MeasureKind, Vocabulary};

/// The names of a vocabulary as words to look for.
pub(super) struct Guess<'v> {
    measures: Vec<Candidate<'v>>,
    entities: Vec<(&'v str, Vec<String>)>,
    /// The words of the entities' names, which stand everywhere and tell no measure.
    named: BTreeSet<String>,
}

struct Candidate<'v> {
    name: &'v str,
    kind: MeasureKind,
    is_share: bool,
    /// The words of each spelling.
    spellings: Vec<Vec<String>>,
}

/// A guess scores so much at least: half of a spelling stands there, or a word of it is the noun.
const LEAST: usize = 50;
/// Words that stand everywhere; shorter ones are never looked at.
const SMALL: [&str; 13] =
    ["the", "and", "for", "from", "with", "les", "des", "dans", "pour", "par", "sur", "على", "عبر"];
/// As many other guesses are shown.
const OTHERS: usize = 2;

impl<'v> Guess<'v> {
    pub(super) fn new(vocabulary: &'v Vocabulary) -> Self {
        let called = vocabulary.entities.labels();
        let named = called.iter().flatten().flat_map(|label| words(label)).collect();
        let units = vocabulary.units.labels();
        let labelled = vocabulary.measures.iter().zip(vocabulary.measures.labels());
        let measures = labelled.map(|((name, measure), labels)| {
            let unit = measure.unit.map(|unit| {
                let labels = units.get(unit.0 as usize).map_or(&[][..], Vec::as_slice);
                spellings(vocabulary.units.name(unit.0), labels)
            });
            Candidate {
                name,
                kind: measure.kind,
                is_share: vocabulary.unit_kind(measure) == crate::quantity::UnitKind::Share,
                spellings: spellings(name, &labels)
                    .into_iter()
                    .chain(unit.into_iter().flatten())
                    .map(|spelling| words(&spelling))
                    .collect(),
            }
        });
        let entities = vocabulary.entities.iter().zip(&called).map(|((name, _), labels)| {
            let normal = labels.iter().map(|label| Normalised::of(label).as_str().to_owned());
            (name, normal.collect())
        });
        Self { measures: measures.collect(), entities: entities.collect(), named }
    }

    /// The entity that the article names most often.
    pub(super) fn entity(&self, text: &Normalised) -> Option<&'v str> {
        let count = |labels: &Vec<String>| {
            labels.iter().map(|label| text.as_str().matches(label).count()).sum::<usize>()
        };
        let counted = self.entities.iter().rev().map(|(name, labels)| (count(labels), *name));
        counted.filter(|(count, _)| *count > 0).max_by_key(|(count, _)| *count).map(|(_, name)| name)
    }

    /// `measure: …` with the best guess, and others behind it.
    pub(super) fn measure(&self, mention: &Mention, around: &str) -> String {
        let noun = mention.noun.as_deref().map(words).unwrap_or_default();
        let around: Vec<String> =
            words(around).into_iter().filter(|word| !self.named.contains(word)).collect();
        let fits = |candidate: &&Candidate<'_>| candidate.fits(mention.class);
        let scored = self.measures.iter().filter(fits);
        let mut scored: Vec<(usize, &str)> = scored
            .map(|candidate| (candidate.score(&noun, &around), candidate.name))
            .filter(|(score, _)| *score >= LEAST)
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let mut names = scored.into_iter().map(|(_, name)| name);
        let mut line = format!("measure: {}", names.next().unwrap_or("…"));
        let others: Vec<&str> = names.take(OTHERS).collect();
        if !others.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(line, "      # or {}", others.join(", "));
        }
        line
    }
}

impl Candidate<'_> {
    /// Whether a measure can hold a figure of that class.
    fn fits(&self, class: Class) -> bool {
        match class {
            Class::Ordinal => self.kind == MeasureKind::Ordinal,
            Class::Date | Class::Year | Class::YearRange => self.kind == MeasureKind::Event,
            // A percentage may be a change of any figure.
            Class::Percent => self.kind.is_numeric(),
            _ => self.kind.is_numeric() && !self.is_share,
        }
    }

    /// How well the best spelling fits: a word that is the counted noun weighs most, and a spelling that
    /// stands there whole more than half of one.
    fn score(&self, noun: &[String], around: &[String]) -> usize {
        let score = |spelling: &Vec<String>| {
            let hits = spelling.iter().filter(|word| around.contains(word)).count();
            let nouns = spelling.iter().filter(|word| noun.contains(word)).count();
            (hits * 100 + nouns * 200) / spelling.len().max(1) + nouns
        };
        self.spellings.iter().map(score).max().unwrap_or(0)
    }
}

/// A name, as words, and its labels.
fn spellings(name: &str, labels: &[&str]) -> Vec<String> {
    std::iter::once(name.replace('-', " ")).chain(labels.iter().map(|label| (*label).to_owned())).collect()
}

/// The words of a text in the form in which they are compared: normalised, lower case, without the
/// particles and the article that Arabic writes onto them, without a plural's s.
fn words(text: &str) -> Vec<String> {
    let normal = Normalised::of(text);
    let words =
        normal.as_str().split(|char: char| !char.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    words
        .map(str::to_lowercase)
        .filter(|word| !SMALL.contains(&word.as_str()))
        .map(|word| stem(&word))
        .collect()
}

fn stem(word: &str) -> String {
    let arabic = |word: &str| word.starts_with(|char: char| matches!(char, '\u{600}'..='\u{6FF}'));
    if arabic(word) {
        let prefixes = ["وال", "بال", "لل", "ال", "و"];
        let bare = prefixes
            .iter()
            .find_map(|prefix| word.strip_prefix(prefix))
            .filter(|bare| bare.chars().count() > 2);
        let bare = bare.unwrap_or(word);
        return bare.strip_suffix('ا').filter(|bare| bare.chars().count() > 2).unwrap_or(bare).to_owned();
    }
    word.strip_suffix('s').filter(|bare| bare.len() > 2).unwrap_or(word).to_owned()
}
