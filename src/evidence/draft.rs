//! A claims file to complete, from the text of an article.
//!
//! Every figure becomes a claim behind `# `: quote, value as written, period where the text names one,
//! a measure guessed from the vocabulary's labels. Taking the marks away makes it a claims file; nothing
//! is claimed that nobody looked at.

mod byline;
mod guess;
mod list;
mod quote;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use super::articles::hex;
use super::clause;
use super::normalise::Normalised;
use crate::numeral::{Class, Convention, Mention, Moment, mentions, survey};
use crate::period::Period;
use crate::text::{sanitise, yaml};
use crate::vocabulary::Vocabulary;
use byline::Byline;
use guess::Guess;
use list::{Item, Listed};

/// As many figures are drafted.
const MOST: usize = 1_000;
/// As many characters of a paragraph introduce its claims.
const HEADING: usize = 60;

/// Writes the draft of a claims file for an article that is called `name`.
///
/// # Example
/// ```
/// use mizan::evidence::draft::draft;
/// use mizan::vocabulary::Vocabulary;
///
/// let draft = draft("In 2024 the library opened over 14 branches.", "library.txt", &Vocabulary::default());
/// assert!(draft.contains("defaults: {period: 2024}"));
/// assert!(draft.contains("#   value: over 14\n"));
/// ```
#[must_use]
pub fn draft(text: &str, name: &str, vocabulary: &Vocabulary) -> String {
    let convention = survey([text]);
    let mut found: Vec<Mention> = mentions(text, convention).take(MOST + 1).collect();
    let has_more = found.len() > MOST;
    found.truncate(MOST);
    let draft = Draft {
        text,
        normal: Normalised::of(text),
        guess: Guess::new(vocabulary),
        found: &found,
        convention,
    };
    let year = draft.main_year();
    let mut out = draft.head(name, year);
    let mut paragraph = 0..0;
    let mut known = Known::default();
    for mention in found.iter().filter(|mention| mention.class.is_claimable()) {
        let is_period = mention.class == Class::Year && year_of(mention) == year;
        let is_byline = byline::read(text, mention).is_some();
        if is_period || is_byline || is_cut(mention) || draft.is_base(mention) || known.holds(text, mention) {
            continue;
        }
        let here = paragraph_of(text, mention.bytes.start);
        if here != paragraph {
            let line = text.get(..here.start).map_or(0, |before| before.matches('\n').count()) + 1;
            let words = one_line(text.get(here.clone()).unwrap_or(""));
            let words = sanitise::excerpt(&words, HEADING);
            // Writing to a string cannot fail.
            let _ = write!(out, "\n  # line {line}: {words}\n");
            paragraph = here;
        }
        out.push_str(&draft.claim(mention, year, &mut known));
    }
    if has_more {
        let _ = write!(out, "\n  # The article has more figures: only the first {MOST} are looked at.\n");
    }
    out.push_str(&draft.rest());
    out
}

/// What the draft has so far.
#[derive(Default)]
struct Known {
    /// The rest of the sentence behind each list, with the things that it names.
    lists: Vec<(Range<usize>, Vec<Item>)>,
    /// Where the dates stand that claims before them have.
    dates: Vec<usize>,
    /// Parts that have a name of their own.
    parts: usize,
    /// Measures with the period of their claims.
    claims: BTreeSet<(String, Option<String>)>,
}

impl Known {
    /// Whether a claim before has the figure: as its date, or at the start of one of the things that its list names.
    fn holds(&self, text: &str, mention: &Mention) -> bool {
        let words = one_line(text.get(mention.with_hedge.clone()).unwrap_or(""));
        let begins = |item: &Item| item.begins(&words);
        let is_quantity = mention.class == Class::Quantity;
        let here = self.lists.iter().filter(|(sentence, _)| sentence.contains(&mention.bytes.start));
        self.dates.contains(&mention.bytes.start)
            || is_quantity && here.flat_map(|(_, items)| items).any(begins)
    }
}

struct Draft<'a> {
    text: &'a str,
    normal: Normalised,
    guess: Guess<'a>,
    found: &'a [Mention],
    convention: Convention,
}

impl Draft<'_> {
    fn head(&self, name: &str, year: Option<i32>) -> String {
        let title = self.text.lines().map(one_line).find(|line| !line.is_empty()).unwrap_or_default();
        let title = yaml::scalar(&clean(&title.chars().take(200).collect::<String>()));
        let (file, hash) = (yaml::scalar(&clean(name)), hex(self.text.as_bytes()));
        let entity = self.guess.entity(&self.normal);
        let defaults: Vec<String> = [
            entity.map(|entity| format!("entity: {}", yaml::scalar(entity))),
            year.map(|year| format!("period: {year}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        let lang = language(self.text);
        let published = self.published().map_or_else(
            || {
                "# published: 2024-12?     # when it appeared (EDTF); leave it out when nobody knows"
                    .to_owned()
            },
            |day| format!("published: {day}"),
        );
        format!(
            "# Every figure of the article is a claim to complete: take the `# ` away from those that you keep,\n\
             # look at each `measure` and `period`, and say under `ignore` why the others are no claims.\n\
             source:\n  title: {title}\n  # publisher: …\n  {published}\n\
             \x20 lang: {lang}\n  # origin: …              # who the figures come from\n  text: {file}\n  sha256: {hash}\n\n\
             defaults: {{{}}}\n\nclaims:\n",
            defaults.join(", ")
        )
    }

    /// The day on which the article says that it appeared.
    fn published(&self) -> Option<String> {
        let day = self.byline()?.moment?.edtf(None)?;
        // No line of a page makes a 31 February a day.
        Period::parse(&day).is_ok().then_some(day)
    }

    fn byline(&self) -> Option<&Mention> {
        self.found.iter().find(|mention| byline::read(self.text, mention) == Some(Byline::Published))
    }

    /// A figure as a claim behind `# `.
    fn claim(&self, mention: &Mention, year: Option<i32>, known: &mut Known) -> String {
        let mut selector = quote::select(self.text, &self.normal, mention, self.found);
        if let Some(date) = self.date_behind(mention).filter(|_| mention.class == Class::Ordinal) {
            known.dates.push(date.bytes.start);
            selector = quote::up_to(self.text, &self.normal, selector, date);
        }
        let listed = list::after(self.text, mention, self.convention);
        let words = quote::surroundings(self.text, mention);
        let mut lines = vec![self.guess.measure(mention, &words)];
        if mention.class == Class::Quantity {
            let measure = lines.first().and_then(|line| line.split("  ").next()).unwrap_or("").to_owned();
            if !measure.ends_with('…') && !known.claims.insert((measure, self.period(mention, year))) {
                lines.push("# a second figure of this measure: another measure, or a dimension?".to_owned());
            }
        }
        lines.extend(self.statement(mention, year));
        let period = if mention.class == Class::Ordinal { None } else { self.period(mention, year) };
        lines.extend(period.map(|period| format!("period: {period}")));
        let is_due = self.year_behind(mention).is_some_and(|year| quote::is_deadline(self.text, year));
        let planned = "status: planned".to_owned();
        // A year may belong to a name within the plan: "will host the Cup of 2030".
        let is_told = !matches!(mention.class, Class::Year | Class::YearRange);
        let is_ahead = || is_told && clause::plan(self.text, &mention.bytes).is_some();
        if !lines.contains(&planned) && (is_due || is_ahead()) {
            lines.push(planned);
        }
        lines.push(format!("quote: {}", yaml::scalar(&clean(&selector.exact))));
        lines.extend(selector.near.map(|near| format!("near: {}", yaml::scalar(&clean(&near)))));
        if let Some(Listed { kind, cue, items }) = listed {
            lines.push(format!("{kind}:{:24}# {}: a dimension may tell them apart", "", clean(cue)));
            for item in &items {
                lines.push(format!("  - {}", item.part(&mut known.parts)));
            }
            known.lists.push((quote::sentence_rest(self.text, mention.bytes.end), items));
        }
        lines.iter().enumerate().fold(String::new(), |mut out, (index, line)| {
            let mark = if index == 0 { "-" } else { " " };
            let _ = writeln!(out, "  # {mark} {line}");
            out
        })
    }

    /// What the figure says, by its class.
    fn statement(&self, mention: &Mention, year: Option<i32>) -> Vec<String> {
        let written = yaml::scalar(&clean(&one_line(self.slice(&mention.with_hedge))));
        match mention.class {
            Class::Ordinal => {
                let number =
                    mention.figure.as_ref().map(|figure| figure.value.to_string()).unwrap_or_default();
                let date = self.date_of(mention).or(year.map(|year| year.to_string()));
                vec![
                    format!("date: {}", date.unwrap_or_else(|| "published".to_owned())),
                    format!("ordinal: {number}"),
                ]
            }
            Class::Date | Class::Year if quote::is_deadline(self.text, mention) => {
                let date = mention.moment.and_then(|moment| moment.edtf(self.year_before(mention).or(year)));
                let date = date.map_or_else(|| "published".to_owned(), |date| format!("../{date}"));
                vec![format!("date: {date}"), "status: planned".to_owned()]
            }
            Class::Date | Class::Year | Class::YearRange => {
                let date = mention.moment.and_then(|moment| moment.edtf(self.year_before(mention).or(year)));
                vec![format!("date: {}", date.unwrap_or_else(|| "published".to_owned()))]
            }
            Class::Percent => match quote::direction(self.text, mention) {
                Some(direction) => {
                    let number = one_line(self.slice(&mention.bytes));
                    let told = self.found.iter().find(|other| other.bytes.start >= mention.bytes.end);
                    let told = told.filter(|other| self.is_base(other)).and_then(year_of);
                    let before = || self.year_before(mention).or(year).map(|year| year - 1);
                    let base = told.or_else(before).map_or_else(|| "…".to_owned(), |year| year.to_string());
                    vec![format!("change: {direction} {} from {base}", clean(&number))]
                }
                None => vec![format!("value: {written}")],
            },
            _ => vec![format!("value: {}", self.readable(mention, &written))],
        }
    }

    /// The value as written, or the number where the words alone say none («قاعتين»).
    fn readable(&self, mention: &Mention, written: &str) -> String {
        let words = one_line(self.slice(&mention.with_hedge));
        let noun = mention.noun.as_deref().filter(|noun| *noun == self.slice(&mention.bytes));
        // «أكثر من قاعتين»: the hedge stays.
        let words = match (noun, &mention.figure) {
            (Some(noun), Some(figure)) => words.replace(noun, &figure.value.to_string()),
            _ => words,
        };
        let written = if noun.is_some() { &yaml::scalar(&clean(&words)) } else { written };
        let read = crate::numeral::read_phrase(&words, &self.convention, crate::numeral::Counted::Yes);
        match (read, &mention.figure) {
            (Ok(phrase), Some(figure)) if phrase.figure.value == figure.value => self.bare(&words, written),
            (_, Some(figure)) => figure.value.to_string(),
            _ => written.to_owned(),
        }
    }

    /// The words of a value without the particle that is written onto them: «وأربع» is «أربع».
    fn bare(&self, words: &str, written: &str) -> String {
        let read = |words: &str| {
            let read = crate::numeral::read_phrase(words, &self.convention, crate::numeral::Counted::Yes);
            read.ok().map(|phrase| phrase.figure)
        };
        let bare = ["و", "ف", "ب", "ل"].iter().find_map(|particle| words.strip_prefix(particle));
        match bare.filter(|bare| read(bare).is_some_and(|figure| read(words) == Some(figure))) {
            Some(bare) => yaml::scalar(&clean(bare)),
            None => written.to_owned(),
        }
    }

    /// The year just behind a quantity that says of when it is.
    fn year_behind(&self, mention: &Mention) -> Option<&Mention> {
        let behind = self.found.iter().find(|other| other.bytes.start >= mention.bytes.end)?;
        let is_year = mention.class == Class::Quantity && behind.class == Class::Year;
        (is_year && quote::is_year_of(self.text, mention, behind)).then_some(behind)
    }

    /// The period of a figure where it is not the article's: the year told just behind it, that of the last
    /// year named before it in its paragraph, or the one that its sentence tells against the publication.
    fn period(&self, mention: &Mention, year: Option<i32>) -> Option<String> {
        if matches!(mention.class, Class::Date | Class::Year | Class::YearRange) {
            return None;
        }
        if let Some(told) = self.year_behind(mention).and_then(year_of) {
            return (Some(told) != year).then(|| told.to_string());
        }
        let paragraph = paragraph_of(self.text, mention.bytes.start);
        let before = self.found.iter().rev().filter(|other| {
            paragraph.start <= other.bytes.start
                && other.bytes.end <= mention.bytes.start
                && other.moment.is_some()
        });
        let last = before.into_iter().next()?;
        let period = match last.moment? {
            // A day and a month belong to an event; a year governs what follows.
            Moment::Calendar { .. } if quote::is_deadline(self.text, last) || self.is_base(last) => {
                return None;
            }
            Moment::Calendar { .. } => year_of(last).filter(|told| Some(*told) != year)?.to_string(),
            moment @ Moment::Published(years) if years != 0 => moment.edtf(None)?,
            Moment::Published(_) => return None,
        };
        Some(period)
    }

    /// The date of a member of a series: the next one that its sentence names, else the one before it.
    fn date_of(&self, mention: &Mention) -> Option<String> {
        let date = self.date_behind(mention).and_then(|other| other.moment?.edtf(self.year_before(other)));
        date.or_else(|| self.period(mention, None))
    }

    /// The first date or year behind a figure in its sentence.
    fn date_behind(&self, mention: &Mention) -> Option<&Mention> {
        let rest = quote::sentence_rest(self.text, mention.bytes.end);
        let mut behind = self.found.iter().filter(|other| rest.contains(&other.bytes.start));
        behind.find(|other| other.moment.is_some_and(|moment| moment.edtf(self.year_before(other)).is_some()))
    }

    /// Whether a year is the base of a change told just before it: "up 8.5% from 2023".
    fn is_base(&self, mention: &Mention) -> bool {
        let mut before = self.found.iter().rev().filter(|other| other.bytes.end <= mention.bytes.start);
        let change = before.next().filter(|other| other.class == Class::Percent);
        let between = change.and_then(|change| self.text.get(change.bytes.end..mention.bytes.start));
        mention.class == Class::Year && between.is_some_and(quote::is_from)
    }

    /// The year that governs a figure in its paragraph.
    fn year_before(&self, mention: &Mention) -> Option<i32> {
        let paragraph = paragraph_of(self.text, mention.bytes.start);
        let before = self
            .found
            .iter()
            .filter(|other| paragraph.start <= other.bytes.start && other.bytes.start < mention.bytes.start);
        before.filter_map(year_of).next_back().or_else(|| self.main_year())
    }

    /// The year that the article names first, in its heading or where it begins, and that is no year to come.
    fn main_year(&self) -> Option<i32> {
        let last = self.byline().and_then(year_of);
        let years = self.found.iter().filter(|mention| mention.class == Class::Year);
        let told = years.filter(|year| !quote::is_deadline(self.text, year)).filter_map(year_of);
        { told }.find(|year| last.is_none_or(|last| *year <= last))
    }

    /// What is no figure of the article, for those who wonder.
    fn rest(&self) -> String {
        let mut out = String::from("\nignore:\n");
        let left_out =
            self.found.iter().filter(|mention| matches!(mention.class, Class::NamePart | Class::Furniture));
        let names: Vec<String> =
            left_out.map(|mention| clean(&one_line(self.slice(&mention.bytes)))).take(20).collect();
        if !names.is_empty() {
            let _ = writeln!(
                out,
                "  # not counted as figures (names, lines, page furniture): {}",
                names.join(" · ")
            );
        }
        for mention in self.found {
            let is_updated = byline::read(self.text, mention) == Some(Byline::Updated);
            let because = match (is_cut(mention), is_updated) {
                (true, _) => "this year was cut off",
                (false, true) => "the day on which the page was changed",
                (false, false) => continue,
            };
            let selector = quote::select(self.text, &self.normal, mention, self.found);
            let quote = yaml::scalar(&clean(&selector.exact));
            let _ = writeln!(out, "  # - {{quote: {quote}, because: {because}}}");
        }
        out.push_str("  # - {quote: …, because: …}\n");
        out
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }
}

/// A year of which the article has only the first digits.
fn is_cut(mention: &Mention) -> bool {
    mention.class == Class::Year && mention.moment.is_none()
}

/// The year that a year or a date names.
fn year_of(mention: &Mention) -> Option<i32> {
    match (mention.class, mention.moment?) {
        (Class::Year | Class::Date, Moment::Calendar { first, last }) => {
            first.year.or(last.and_then(|last| last.year)).filter(|year| *year > 999)
        }
        _ => None,
    }
}

/// The line of text that a byte stands on.
fn paragraph_of(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(at..).and_then(|behind| behind.find('\n')).map_or(text.len(), |end| at + end);
    start..end
}

/// A text on one line with single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without the characters that no file of ours may hold.
fn clean(text: &str) -> String {
    text.chars().filter(|char| !sanitise::is_forbidden(*char) && *char != '\n').collect()
}

/// The language of a text by its letters and its smallest words.
fn language(text: &str) -> &'static str {
    let sample: String = text.chars().take(20_000).collect();
    let arabic = sample.chars().filter(|char| matches!(char, '\u{600}'..='\u{6FF}')).count();
    if arabic * 2 > sample.chars().filter(|char| char.is_alphabetic()).count() {
        return "ar";
    }
    let count = |words: &[&str]| sample.split_whitespace().filter(|word| words.contains(word)).count();
    if count(&["le", "la", "les", "des", "et", "du", "une"]) > count(&["the", "of", "and", "a", "to", "was"])
    {
        "fr"
    } else {
        "en"
    }
}
