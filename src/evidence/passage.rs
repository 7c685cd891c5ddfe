//! Quotes looked up in an article, by their words and by their offset: verbatim after [normalisation](super::normalise), never by likeness.

use std::ops::Range;

use super::normalise::Normalised;
use crate::fact::TextQuoteSelector;

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
    /// It stands there once, or once behind `near`, or at the offset.
    Found(Passage),
    /// It stands there once, or once behind `near`, and not at the offset.
    Moved(Passage),
    /// It stands there more than once.
    Several(Vec<Passage>),
    /// It does not stand there.
    Absent,
    /// It does, and the words of `near` do not stand before it.
    NotNear(Vec<Passage>),
    /// `near` and the offset name different places of it, that of the offset last.
    Apart(Vec<Passage>),
}

/// The offset of a quote, as a place in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offset {
    /// Nobody has said one.
    Unsaid,
    /// A byte of the original text.
    At(usize),
    /// The article is not so long.
    Beyond,
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

/// Looks a quote up by its words alone, and those of `near`.
pub(super) fn find(article: &Normalised, quote: &TextQuoteSelector) -> Search {
    find_at(article, quote, Offset::Unsaid)
}

/// Looks a quote up. Linear in the length of the article for each stretch of the quote.
pub(super) fn find_at(article: &Normalised, quote: &TextQuoteSelector, offset: Offset) -> Search {
    let stretches = stretches(&quote.exact);
    let there = match offset {
        Offset::At(byte) => place_at(article, byte, &stretches),
        Offset::Unsaid | Offset::Beyond => None,
    };
    let mut found = places(article.as_str(), &stretches);
    if found.is_empty() {
        found.extend(there.clone());
    }
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
    if let Some(there) = there {
        // Of two beginnings with one end, `near` knows the nearer one alone.
        let agrees = quote.near.is_none() || found.iter().any(|place| place.last() == there.last());
        if agrees {
            return Search::Found(passage(article, &there));
        }
        found.push(there);
        return Search::Apart(all(&found));
    }
    match found.as_slice() {
        [only] if offset == Offset::Unsaid => Search::Found(passage(article, only)),
        [only] => Search::Moved(passage(article, only)),
        several => Search::Several(all(several)),
    }
}

/// The place that begins at a byte of the original text: signs that are no part of the normal form do not count.
fn place_at(article: &Normalised, byte: usize, stretches: &[String]) -> Option<Vec<Range<usize>>> {
    let (first, rest) = stretches.split_first()?;
    let (text, at) = (article.as_str(), article.place_of(byte));
    let start = at..at + first.len();
    let stands = text.get(at..)?.starts_with(first.as_str()) && is_whole(text, &start);
    if stands { place(text, start, rest) } else { None }
}

/// The stretches of a quote between its `…`, in normal form.
fn stretches(quote: &str) -> Vec<String> {
    let stretches =
        quote.split(TextQuoteSelector::GAP).map(|stretch| Normalised::of(stretch).as_str().to_owned());
    stretches.filter(|stretch| !stretch.is_empty()).collect()
}

fn passage(article: &Normalised, place: &[Range<usize>]) -> Passage {
    Passage { stretches: place.iter().map(|range| article.original(range)).collect() }
}

/// Every place of the stretches one behind the other, each as near to the one before as possible.
fn places(text: &str, stretches: &[String]) -> Vec<Vec<Range<usize>>> {
    let Some((first, rest)) = stretches.split_first() else { return Vec::new() };
    let mut found: Vec<Vec<Range<usize>>> = Vec::new();
    for place in whole_words(text, first).take(MOST).filter_map(|start| place(text, start, rest)) {
        // Of two beginnings with one end the nearer one is meant.
        if rest.is_empty() || found.last().and_then(|before| before.last()) != place.last() {
            found.push(place);
        } else if let Some(last) = found.last_mut() {
            *last = place;
        }
    }
    found
}

/// The place that begins with a stretch, if the others stand behind it.
fn place(text: &str, first: Range<usize>, rest: &[String]) -> Option<Vec<Range<usize>>> {
    let mut place = vec![first];
    for stretch in rest {
        let from = place.last().map_or(0, |range| range.end);
        let to = text.floor_char_boundary(from.saturating_add(REACH + stretch.len()));
        let next = whole_words(text.get(from..to)?, stretch).next()?;
        place.push(from + next.start..from + next.end);
    }
    Some(place)
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
    let ranges = places.into_iter().flatten().map(|(at, found)| at..at + found.len());
    ranges.filter(|range| is_whole(text, range))
}

fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let (before, behind) = (text.get(..range.start).unwrap_or(""), text.get(range.end..).unwrap_or(""));
    let words = text.get(range.clone()).unwrap_or("");
    let (first, last) = (words.chars().next(), words.chars().next_back());
    let begins = !joined(before.chars().next_back(), first) || first.is_some_and(is_arabic);
    begins && !joined(last, behind.chars().next())
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
    let wanted = Normalised::of(&quote.replace(TextQuoteSelector::GAP, " "));
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
        let selector = TextQuoteSelector { exact: quote.into(), near: near.map(Into::into), offset: None };
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
    fn an_offset_names_one_place_and_cuts_no_word() {
        let normal = Normalised::of(TEXT);
        let search = |quote: &str, near: Option<&str>, byte: usize| {
            let selector =
                TextQuoteSelector { exact: quote.into(), near: near.map(Into::into), offset: None };
            find_at(&normal, &selector, Offset::At(byte))
        };
        let (first, second) = (TEXT.find("14").unwrap(), TEXT.rfind("14").unwrap());
        for (near, byte) in [(None, first), (None, second), (Some("الجمعية"), first), (Some("منها"), second)]
        {
            match search("14 مكتبة", near, byte) {
                Search::Found(passage) => assert_eq!(passage.whole().start, byte),
                other => panic!("{other:?}"),
            }
        }
        match search("14 مكتبة", Some("الجمعية"), second) {
            Search::Apart(places) => {
                assert_eq!(
                    places.iter().map(|place| place.whole().start).collect::<Vec<_>>(),
                    [first, second]
                );
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(search("14 مكتبة", None, second + 2), Search::Several(_)));
        assert!(matches!(search("14 مكتبة", Some("الجمعية"), 0), Search::Moved(_)), "`near` knows it");
        let inside = TEXT.find("20 membres").unwrap();
        assert!(matches!(search("20", None, inside), Search::Moved(_)), "120 is not 20");
        assert_eq!(search("membre", None, TEXT.find("membre").unwrap()), Search::Absent);
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
        let quote = TextQuoteSelector { exact: "1 … 1 … 2".into(), ..TextQuoteSelector::default() };
        assert_eq!(find(&digits, &quote), Search::Absent);
        let quote = TextQuoteSelector { exact: "1".into(), near: Some("1".into()), offset: None };
        assert!(matches!(find(&digits, &quote), Search::Several(places) if places.len() > 1));
    }
}
