//! Quotes looked up in an article: verbatim after [normalisation](super::normalise), never by likeness.

use std::ops::Range;

use super::normalise::Normalised;
use crate::fact::TextQuoteSelector;

/// What a quote skips words with.
const GAP: char = '…';
/// How far the words behind a `…` may stand from those before it, in bytes of the normal form.
const REACH: usize = 2_000;
/// How far `near` may stand before the quote.
const NEAR: usize = 500;
/// Of a quote that stands in a text more often than this, no more places are looked at.
const MOST: usize = 1_000;

/// Where a quote stands in the original text: a range for each stretch between its `…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    pub(super) stretches: Vec<Range<usize>>,
}

/// What came of looking a quote up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Search {
    /// It stands there once, or once behind `near`.
    Found(Passage),
    /// It stands there more than once.
    Several(Vec<Passage>),
    /// It does not stand there.
    Absent,
    /// It does, and the words of `near` do not stand before it.
    NotNear(Vec<Passage>),
}

impl Passage {
    /// From the first word to the last.
    pub(super) fn whole(&self) -> Range<usize> {
        let start = self.stretches.first().map_or(0, |first| first.start);
        start..self.stretches.last().map_or(start, |last| last.end)
    }

    /// Whether it shares a byte with a range.
    pub(super) fn touches(&self, range: &Range<usize>) -> bool {
        self.stretches.iter().any(|stretch| stretch.start < range.end && range.start < stretch.end)
    }
}

/// Looks a quote up. Linear in the length of the article for each stretch of the quote.
pub(super) fn find(article: &Normalised, quote: &TextQuoteSelector) -> Search {
    let stretches = stretches(&quote.exact);
    let mut found = places(article.as_str(), &stretches);
    if found.is_empty() {
        return Search::Absent;
    }
    let all = |found: &[Vec<Range<usize>>]| found.iter().map(|place| passage(article, place)).collect();
    if let Some(near) = &quote.near {
        let before = behind(article.as_str(), near, &found);
        if before.is_empty() {
            return Search::NotNear(all(&found));
        }
        found = before;
    }
    match found.as_slice() {
        [only] => Search::Found(passage(article, only)),
        several => Search::Several(all(several)),
    }
}

/// The stretches of a quote between its `…`, in normal form.
fn stretches(quote: &str) -> Vec<String> {
    let stretches = quote.split(GAP).map(|stretch| Normalised::of(stretch).as_str().to_owned());
    stretches.filter(|stretch| !stretch.is_empty()).collect()
}

fn passage(article: &Normalised, place: &[Range<usize>]) -> Passage {
    Passage { stretches: place.iter().map(|range| article.original(range)).collect() }
}

/// Every place of the stretches one behind the other, each as near to the one before as possible.
fn places(text: &str, stretches: &[String]) -> Vec<Vec<Range<usize>>> {
    let Some((first, rest)) = stretches.split_first() else { return Vec::new() };
    let mut found: Vec<Vec<Range<usize>>> = Vec::new();
    for start in whole_words(text, first).take(MOST) {
        let mut place = vec![start];
        for stretch in rest {
            let from = place.last().map_or(0, |range: &Range<usize>| range.end);
            let to = text.floor_char_boundary(from.saturating_add(REACH + stretch.len()));
            let window = text.get(from..to).unwrap_or("");
            let Some(next) = whole_words(window, stretch).next() else { break };
            place.push(from + next.start..from + next.end);
        }
        if place.len() == stretches.len() {
            // Of two beginnings with one end the nearer one is meant.
            if rest.is_empty() || found.last().and_then(|before| before.last()) != place.last() {
                found.push(place);
            } else if let Some(last) = found.last_mut() {
                *last = place;
            }
        }
    }
    found
}

/// The first place behind each occurrence of `near`.
fn behind(text: &str, near: &str, found: &[Vec<Range<usize>>]) -> Vec<Vec<Range<usize>>> {
    let near = Normalised::of(near);
    let mut kept: Vec<Vec<Range<usize>>> = Vec::new();
    for before in whole_words(text, near.as_str()).take(MOST) {
        let start = |place: &[Range<usize>]| place.first().map_or(0, |range| range.start);
        let first = found.partition_point(|place| start(place) < before.end);
        let next = found.get(first).filter(|place| start(place) - before.end <= NEAR);
        kept.extend(next.filter(|next| kept.last() != Some(next)).cloned());
    }
    kept
}

/// The places of some words that cut no word and no number in two.
///
/// Arabic particles («و», «ب», «لل») are written onto the word behind them, so an Arabic word may begin
/// within a written one.
fn whole_words<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let places = if words.is_empty() { None } else { Some(text.match_indices(words)) };
    places.into_iter().flatten().map(|(at, found)| at..at + found.len()).filter(move |range| {
        let before = text.get(..range.start).and_then(|before| before.chars().next_back());
        let behind = text.get(range.end..).and_then(|behind| behind.chars().next());
        let (first, last) = (words.chars().next(), words.chars().next_back());
        let begins = !joined(before, first) || first.is_some_and(is_arabic);
        begins && !joined(last, behind)
    })
}

/// Whether two neighbours belong to one word or one number. An Arabic particle before digits is none:
/// «و41».
fn joined(left: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return false };
    let letters = left.is_alphabetic() && right.is_alphabetic();
    let digits = left.is_ascii_digit() && right.is_ascii_digit();
    let mixed = left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric();
    letters || digits || mixed
}

fn is_arabic(char: char) -> bool {
    matches!(char, '\u{600}'..='\u{6FF}')
}

/// The words of the article that are most like a quote: a hint for the person who looks it up.
///
/// At least half of the quote's words must stand there. Linear in the length of the article.
pub(super) fn nearest(article: &Normalised, quote: &str) -> Option<Range<usize>> {
    let wanted = Normalised::of(&quote.replace(GAP, " "));
    let wanted: Vec<&str> = wanted.as_str().split(' ').take(MOST_WORDS).collect();
    let words: Vec<Range<usize>> = word_ranges(article.as_str()).collect();
    let hits: Vec<bool> = words
        .iter()
        .map(|range| article.as_str().get(range.clone()).is_some_and(|w| wanted.contains(&w)))
        .collect();
    let width = wanted.len().min(words.len());
    let mut count = hits.iter().take(width).filter(|hit| **hit).count();
    let (mut best, mut best_at) = (count, 0);
    for (at, (gone, come)) in hits.iter().zip(hits.iter().skip(width)).enumerate() {
        count = count + usize::from(*come) - usize::from(*gone);
        if count > best {
            (best, best_at) = (count, at + 1);
        }
    }
    let (first, last) = (words.get(best_at)?, words.get(best_at + width.checked_sub(1)?)?);
    (best * 2 >= wanted.len()).then(|| article.original(&(first.start..last.end)))
}

/// Quotes have at most a dozen words; of longer ones only so many are compared.
const MOST_WORDS: usize = 24;

fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split(' ').scan(0, |at, word| {
        let start = *at;
        *at += word.len() + 1;
        Some(start..start + word.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "فتحت الجمعية 14 مكتبة، ومنها 14 مكتبة في القرى.\nLe club a 120 membres (dont 20 femmes) et 2019 livres.";

    fn search(quote: &str, near: Option<&str>) -> Search {
        let selector = TextQuoteSelector { exact: quote.into(), near: near.map(Into::into) };
        find(&Normalised::of(TEXT), &selector)
    }

    fn found(quote: &str, near: Option<&str>) -> Vec<&'static str> {
        match search(quote, near) {
            Search::Found(passage) => {
                passage.stretches.iter().map(|range| TEXT.get(range.clone()).unwrap()).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_quote_is_found_as_it_is_written_in_the_original() {
        assert_eq!(found("120 membres", None), ["120 membres"]);
        assert_eq!(found("١٢٠  membres", None), ["120 membres"]);
        assert_eq!(found("القرى. Le club", None), ["القرى.\nLe club"]);
        assert_eq!(found("منها 14 مكتبة", None), ["منها 14 مكتبة"], "«و» is written onto the word");
    }

    #[test]
    fn dots_skip_words() {
        assert_eq!(found("Le club … femmes", None), ["Le club", "femmes"]);
        assert_eq!(found("120 … 20 femmes", None), ["120", "20 femmes"]);
        assert_eq!(search("femmes … Le club", None), Search::Absent, "in this order");
        assert_eq!(search("…", None), Search::Absent);
    }

    #[test]
    fn near_tells_two_places_apart() {
        assert!(matches!(search("14 مكتبة", None), Search::Several(places) if places.len() == 2));
        match search("14 مكتبة", Some("منها")) {
            Search::Found(passage) => assert_eq!(passage.whole().start, TEXT.rfind("14").unwrap()),
            other => panic!("{other:?}"),
        }
        assert!(matches!(search("14 مكتبة", Some("الجمعية")), Search::Found(_)));
        assert!(matches!(search("14 مكتبة", Some("femmes")), Search::NotNear(_)));
    }

    #[test]
    fn words_and_numbers_are_not_cut() {
        for quote in ["19 livres", "20 membres", "membre", "12", "مكتب"] {
            assert_eq!(search(quote, None), Search::Absent, "{quote}");
        }
        assert!(matches!(search("20 femmes", None), Search::Found(_)));
    }

    #[test]
    fn signs_of_patterns_mean_themselves() {
        assert_eq!(found("(dont 20 femmes)", None), ["(dont 20 femmes)"]);
        for quote in [".*", "1[24]", "(", "\\d+", "14|20", "^", "$"] {
            assert!(!matches!(search(quote, None), Search::Several(_)), "{quote}");
        }
        assert_eq!(search("12. membres", None), Search::Absent);
    }

    #[test]
    fn the_nearest_words_are_a_hint_and_no_more() {
        let normal = Normalised::of(TEXT);
        let hint = |quote: &str| nearest(&normal, quote).map(|range| TEXT.get(range).unwrap());
        assert_eq!(hint("club a 130 membres"), Some("club a 120 membres"));
        assert_eq!(hint("أكثر من مئة قارئ"), None);
        assert_eq!(hint(""), None);
    }

    #[test]
    fn a_text_of_digits_is_searched_in_bounded_time() {
        let digits = Normalised::of(&"1 ".repeat(500_000));
        let quote = TextQuoteSelector { exact: "1 … 1 … 2".into(), near: None };
        assert_eq!(find(&digits, &quote), Search::Absent);
        let quote = TextQuoteSelector { exact: "1".into(), near: Some("1".into()) };
        assert!(matches!(find(&digits, &quote), Search::Several(places) if places.len() > 1));
    }
}
