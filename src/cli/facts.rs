//! `mizan facts`

mod json;

use std::fmt::Write as _;
use std::path::PathBuf;

use super::say::{self, Noun, Word};
use super::screen::Screen;
use super::{CANNOT, CLEAN, Format, emit, inputs};
use crate::Error;
use crate::check::Analysis;
use crate::check::facts::{Bound, Facts, Filter, Follows, Known, Said, Side};
use crate::checks::words::sets;
use crate::finding::Lang;
use crate::text::sanitise;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, and folders with `claims/` and `rules/` or with YAML files [default: found by walking up]
    paths: Vec<PathBuf>,
    /// Only points of this entity
    #[arg(long, value_name = "NAME")]
    entity: Option<String>,
    /// Only points of this measure
    #[arg(long, value_name = "NAME")]
    measure: Option<String>,
    /// Only points of this calendar year
    #[arg(long, value_name = "YEAR", allow_negative_numbers = true)]
    year: Option<i32>,
    /// Why one point is what it is: its name as printed, its key, or a part that no other has
    #[arg(long, value_name = "POINT")]
    why: Option<String>,
    /// How the facts are written
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// Prints what is known, with who says it and what follows.
pub(super) fn run(arguments: &Args, screen: &Screen) -> Result<u8, Error> {
    let options = screen.options();
    let inputs = inputs::collect(&arguments.paths)?;
    let filter = Filter {
        entity: arguments.entity.clone(),
        measure: arguments.measure.clone(),
        year: arguments.year,
        why: arguments.why.clone(),
    };
    let facts = Analysis::new(&inputs, &options)?.facts(&filter, &options)?;
    emit(&match arguments.format {
        Format::Human => human(&facts, options.lang),
        Format::Json => json::render(&facts),
    })?;
    Ok(if facts.whole { CLEAN } else { CANNOT })
}

/// The facts as paragraphs.
fn human(facts: &Facts, lang: Lang) -> String {
    let paragraphs: Vec<String> = facts.known.iter().map(|known| paragraph(known, lang)).collect();
    match paragraphs.as_slice() {
        [] => format!("{}\n", Word::NothingKnown.say(lang)),
        some => some.join("\n"),
    }
}

fn paragraph(known: &Known, lang: Lang) -> String {
    let mut out = format!("{}\n", sanitise::display(&known.name));
    known.said.iter().for_each(|said| say(&mut out, said, lang));
    for (label, line) in follows(known, lang) {
        row(&mut out, label.say(lang), &line);
    }
    row(&mut out, Word::Behind.say(lang), &behind(known, lang));
    for (number, step) in known.why.iter().enumerate() {
        let label = if number == 0 { Word::Why.say(lang) } else { "" };
        row(&mut out, label, &format!("{}. {step}", number + 1));
    }
    if let (false, Some((_, line))) = (known.why.is_empty(), follows(known, lang).first()) {
        row(&mut out, Word::So.say(lang), &format!("{}: {line}", known.name));
    }
    out
}

/// A label and its text. A closed formatter is impossible: the text is a string.
fn row(out: &mut String, label: &str, text: &str) {
    let _ = writeln!(out, "  {label:<8} {}", sanitise::display(text).trim_end());
}

/// What a claim says, and the words of the article on a line of their own.
fn say(out: &mut String, said: &Said, lang: Lang) {
    let figure = match (&said.hard, &said.soft) {
        _ if said.fact.is_none() => said.written.clone(),
        (None, _) => said.written.clone(),
        (Some(hard), soft) => {
            let reading = match soft {
                Some(soft) => sets::usually(hard, soft, lang),
                None => hard.clone(),
            };
            let is_plain = said.written == *hard || said.written.chars().any(is_right_to_left);
            if is_plain { reading } else { format!("{}: {reading}", said.written) }
        }
    };
    let aside = said.aside.as_ref();
    let aside = aside.map_or_else(String::new, |aside| format!("{}{aside}", Word::SetAside.say(lang)));
    let by = if said.origin == said.source {
        said.source.clone()
    } else {
        format!("{}{}{}", said.source, Word::Of.say(lang), said.origin)
    };
    row(out, Word::Said.say(lang), &format!("{figure} ({by}){aside}"));
    if let Some(quote) = &said.quote {
        row(out, "", &format!("⟦{quote}⟧"));
    }
}

/// Hebrew and Arabic letters: they turn a line round.
fn is_right_to_left(char: char) -> bool {
    matches!(char, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// What follows, where it says more than the one claim; the two ends of a date apart when they differ.
fn follows(known: &Known, lang: Lang) -> Vec<(Word, String)> {
    let lines = match known.follows.as_slice() {
        [start, end] if start.words(lang) == end.words(lang) => vec![(Word::Follows, start)],
        several => several.iter().map(|one| (label(one.side), one)).collect(),
    };
    let single = match known.said.as_slice() {
        [one] => one.hard.as_deref().or(Some(one.written.as_str())),
        _ => None,
    };
    let says_more = |one: &Follows| {
        !known.why.is_empty()
            || one.weak.is_some()
            || one.strong.as_ref().is_none_or(|bound| Some(bound.words.as_str()) != single)
    };
    let told =
        |one: &Follows| one.weak.is_some() || one.strong.as_ref().is_none_or(|bound| !bound.set.is_all());
    let any = lines.iter().any(|(_, one)| told(one));
    let worth = |(_, one): &(Word, &Follows)| says_more(one) && (told(one) || !any);
    lines.into_iter().filter(worth).map(|(label, one)| (label, one.words(lang))).collect()
}

const fn label(side: Side) -> Word {
    match side {
        Side::Value => Word::Follows,
        Side::Start => Word::Starts,
        Side::End => Word::Ends,
    }
}

impl Follows {
    /// `473 or less, usually 458 to 473 (assuming closed-districts = 0)`.
    fn words(&self, lang: Lang) -> String {
        let Some(strong) = &self.strong else { return Word::NotKnown.say(lang).into() };
        match &self.weak {
            Some(weak) => sets::usually(&strong.told(lang), &weak.told(lang), lang),
            None => strong.told(lang),
        }
    }
}

impl Bound {
    fn told(&self, lang: Lang) -> String {
        let assumed = match self.assumptions.as_slice() {
            [] => String::new(),
            some => format!(" ({} {})", Word::Assuming.say(lang), some.join(", ")),
        };
        let by = if self.exact { String::new() } else { format!(" ({})", Word::ByPropagation.say(lang)) };
        format!("{}{assumed}{by}", self.words)
    }
}

/// How many voices stand behind a figure.
fn behind(known: &Known, lang: Lang) -> String {
    let nobody = Word::NobodySays.say(lang);
    if known.sources == 0 {
        return format!("{}{nobody}", Word::ManyClaims.say(lang));
    }
    let origins = say::count(known.origins.len(), Noun::Origins, lang);
    let names =
        if known.origins.is_empty() { String::new() } else { format!(" ({})", known.origins.join(", ")) };
    let unsaid = if known.said.iter().any(|said| said.aside.is_none()) { "" } else { nobody };
    format!("{}, {origins}{names}{unsaid}", say::count(known.sources, Noun::Sources, lang))
}
