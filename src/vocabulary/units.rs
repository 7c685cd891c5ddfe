//! Units as texts write them, and how they convert.

use super::{UnitId, Vocabulary};
use crate::quantity::Number;

/// Words that may stand between a figure and its unit.
const PARTICLES: [&str; 3] = ["of", "de", "من"];

impl Vocabulary {
    /// The unit that some words name, in the singular, the plural or the dual.
    #[must_use]
    pub fn unit(&self, written: &str) -> Option<UnitId> {
        self.units.find_form(written).map(UnitId)
    }

    /// The unit that the words behind a figure name: the longest name that `text` starts with, and the
    /// bytes up to its end.
    ///
    /// # Example
    /// ```
    /// use mizan::vocabulary::Vocabulary;
    ///
    /// assert_eq!(Vocabulary::default().unit_behind(" square kilometres of land"), None);
    /// ```
    #[must_use]
    pub fn unit_behind(&self, text: &str) -> Option<(UnitId, usize)> {
        let start = text.len() - past_particle(text).len();
        let words = text.get(start..)?;
        let first = words.get(..*ends_of_words(words, 1).first()?)?;
        let ends = ends_of_words(words, self.units.most_words(first));
        let named = |end: usize| Some((self.unit(text.get(start..start + end)?)?, start + end));
        ends.into_iter().rev().find_map(named)
    }

    /// How many of the one unit are one of the other, through the conversions that the rulebook declares.
    #[must_use]
    pub fn conversion(&self, from: UnitId, to: UnitId) -> Option<Number> {
        let reach = |from: UnitId| {
            let next = |(factor, unit): &(Number, UnitId)| {
                let (size, other) = self.units.at(unit.0).conversion.as_ref()?;
                Some((factor * size, *other))
            };
            // The reader refuses conversions in a circle; the bound holds all the same.
            std::iter::successors(Some((Number::ONE, from)), next).take(self.units.len() + 1)
        };
        let targets: Vec<(Number, UnitId)> = reach(to).collect();
        reach(from).find_map(|(up, unit)| {
            let (down, _) = targets.iter().find(|(_, target)| *target == unit)?;
            up.checked_div(down)
        })
    }
}

/// Past white space, a hyphen ("5-km"), and "of" and its like.
fn past_particle(text: &str) -> &str {
    let text = text.trim_start().trim_start_matches(['-', '\u{2010}', '\u{2011}']);
    if let Some(rest) = ["d'", "d’"].iter().find_map(|particle| text.strip_prefix(particle)) {
        return rest;
    }
    let word = text.split(char::is_whitespace).next().unwrap_or("");
    let rest = text.get(word.len()..).unwrap_or("");
    if PARTICLES.contains(&word) { rest.trim_start() } else { text }
}

/// Where the first `most` words of a text end, without the marks behind them; a mark ends the last of them.
fn ends_of_words(text: &str, most: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace).take(most) {
        let word = piece.trim_end();
        let bare =
            word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '»', '"', '”', '،', '؛', '؟']);
        if bare.is_empty() {
            break;
        }
        ends.push(at + bare.len());
        if bare.len() < word.len() || piece.ends_with('\n') {
            break;
        }
        at += piece.len();
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::UnitKind;
    use crate::vocabulary::Unit;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let mut add = |name: &str, labels: &[&str], conversion| {
            let unit = Unit { kind: UnitKind::Measured, conversion };
            vocabulary.units.add(name, labels.iter().copied(), unit).unwrap()
        };
        let metre = add("m", &["metre"], None);
        add("km", &["kilometre", "كيلومتر"], Some((Number::from(1000), UnitId(metre))));
        add("km2", &["square kilometre", "kilomètre carré", "كيلومتر مربع"], None);
        vocabulary
    }

    #[test]
    fn the_longest_name_counts() {
        let vocabulary = vocabulary();
        let named = |text: &'static str| {
            let (unit, end) = vocabulary.unit_behind(text)?;
            Some((vocabulary.units.name(unit.0), text.get(..end)?))
        };
        assert_eq!(named(" kilometres of road"), Some(("km", " kilometres")));
        assert_eq!(named(" square kilometres."), Some(("km2", " square kilometres")));
        assert_eq!(named(" de kilomètres carrés"), Some(("km2", " de kilomètres carrés")));
        assert_eq!(named(" km², dit-il"), Some(("km2", " km²")));
        assert_eq!(named(" كيلومترات مربعة"), Some(("km2", " كيلومترات مربعة")));
        assert_eq!(named(" كيلومترات، مربعة"), Some(("km", " كيلومترات")));
        // A word that is nothing but a stroke says nothing.
        assert_eq!(named(" m ــ"), Some(("m", " m")));
        assert_eq!(named(" ــ كيلومتر مربع"), Some(("km", " ــ كيلومتر")));
        assert_eq!(named("-km road"), Some(("km", "-km")));
        assert_eq!(named(" square, kilometres"), None);
        assert_eq!(named(""), None);
    }

    #[test]
    fn units_convert_where_that_is_declared() {
        let vocabulary = vocabulary();
        let unit = |name: &str| vocabulary.unit(name).unwrap();
        assert_eq!(vocabulary.conversion(unit("km"), unit("m")), Some(Number::from(1000)));
        assert_eq!(vocabulary.conversion(unit("m"), unit("metres")), Some(Number::ONE));
        assert_eq!(vocabulary.conversion(unit("m"), unit("km2")), None);
    }
}
