//! The line of an article that says when it appeared: "Published 12 January 2025", « Publié le lundi 12 janvier 2025 ».

use super::paragraph_of;
use crate::evidence::normalise::Normalised;
use crate::numeral::{Class, Mention, Words, word_list};

/// What a line says that a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Byline {
    /// The day on which the article appeared.
    Published,
    /// The day on which its page was changed.
    Updated,
}

/// Words that say it, in lower case and normal form.
const CUES: [(&str, Byline); 25] = [
    ("published", Byline::Published),
    ("first published", Byline::Published),
    ("posted", Byline::Published),
    ("date of publication", Byline::Published),
    ("publication date", Byline::Published),
    ("publié", Byline::Published),
    ("publiée", Byline::Published),
    ("article publié", Byline::Published),
    ("mis en ligne", Byline::Published),
    ("posté", Byline::Published),
    ("date de publication", Byline::Published),
    ("نشر", Byline::Published),
    ("نشرت", Byline::Published),
    ("تم النشر", Byline::Published),
    ("تاريخ النشر", Byline::Published),
    ("updated", Byline::Updated),
    ("last updated", Byline::Updated),
    ("modified", Byline::Updated),
    ("mis à jour", Byline::Updated),
    ("mise à jour", Byline::Updated),
    ("dernière mise à jour", Byline::Updated),
    ("modifié", Byline::Updated),
    ("اخر تحديث", Byline::Updated),
    ("تم التحديث", Byline::Updated),
    ("تحديث", Byline::Updated),
];

/// Words between the cue and the date.
const LINKS: &Words = word_list!(
    "on le the \
     في بتاريخ يوم \
     monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi \
     samedi dimanche \
     الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد",
);

/// Words that may follow the date in such a line: a time of day, another cue.
const BEHIND: &Words = word_list!(
    "at by à a par gmt updated last modified mis mise modifié \
     الساعة علي اخر تم تحديث بقلم",
);

/// A longer line, in bytes, is running text.
const LONGEST: usize = 400;

/// Marks between the pieces of such a line.
const SEPARATORS: [char; 8] = ['|', '·', '•', ',', '،', '-', '–', '—'];

/// Marks between the cue and the date: "Published Sunday, March 3".
const JOINTS: [char; 4] = [' ', ':', ',', '،'];

/// As many words follow the date in a line with a full stop that is no sentence: "at 9.30 a.m. by Jane Doe."
const MOST_WORDS: usize = 5;

/// What the line of a date says that the date is; `None` in running text: "The report, published on 12 January 2025, …".
pub(super) fn read(text: &str, date: &Mention) -> Option<Byline> {
    let line = paragraph_of(text, date.bytes.start);
    if date.class != Class::Date || line.len() > LONGEST {
        return None;
    }
    let before = lower(text.get(line.start..date.bytes.start)?);
    let behind = lower(text.get(date.bytes.end..line.end)?);
    let first = behind.split(|char: char| !char.is_alphanumeric()).find(|word| !word.is_empty());
    let is_end =
        |word: &str| BEHIND.has(word.as_bytes()) || word.starts_with(|char: char| char.is_ascii_digit());
    if !first.is_none_or(is_end) {
        return None;
    }
    let has_stop = behind.trim_end().ends_with('.');
    let is_long = behind.split_whitespace().count() > MOST_WORDS;
    let mut words = before.trim_end_matches(JOINTS);
    while let Some((rest, _)) = words.rsplit_once(' ').filter(|(_, last)| LINKS.has(last.as_bytes())) {
        words = rest.trim_end_matches(JOINTS);
    }
    let cue = CUES.iter().find(|(cue, _)| {
        let rest = words.strip_suffix(cue).map(str::trim_end);
        let is_sentence = |rest: &str| has_stop && (is_long || !rest.is_empty());
        rest.is_some_and(|rest| (rest.is_empty() || rest.ends_with(SEPARATORS)) && !is_sentence(rest))
    });
    cue.map(|(_, byline)| *byline)
}

fn lower(text: &str) -> String {
    Normalised::of(text).as_str().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_in_normal_form() {
        for word in CUES.iter().map(|(cue, _)| *cue).chain(LINKS.words()).chain(BEHIND.words()) {
            assert_eq!(lower(word), word);
        }
    }
}
