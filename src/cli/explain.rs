//! `mizan explain`

use super::screen::Screen;
use super::{CLEAN, emit, inputs};
use crate::check::{self, RuleSummary};
use crate::finding::CodeInfo;
use crate::text::sanitise;
use crate::vocabulary::nearest;
use crate::{Error, checks, claims, evidence, rulebook};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A code (`MZ204` or `204`), the name of a check (`change`), or a rule of the rulebook
    name: String,
}

/// Prints the page of a code.
pub(super) fn run(arguments: &Args, screen: &Screen) -> Result<u8, Error> {
    let codes = codes();
    if let Some(info) = find(&codes, &arguments.name) {
        emit(&page(info))?;
        return Ok(CLEAN);
    }
    let rules = rules(screen);
    let Some(rule) = rules.iter().find(|rule| rule.id == arguments.name) else {
        return Err(unknown(&arguments.name, &codes, &rules));
    };
    let code = codes.iter().find(|info| info.code == rule.code);
    emit(&format!("{}{}", about(rule), code.map_or_else(String::new, |info| page(info))))?;
    Ok(CLEAN)
}

/// The tables of those who make findings.
const TABLES: [&[CodeInfo]; 5] =
    [rulebook::CODES, claims::CODES, evidence::CODES, checks::CODES, checks::load::CODES];

/// Every code there is, sorted.
pub(super) fn codes() -> Vec<&'static CodeInfo> {
    let mut codes: Vec<_> = TABLES.into_iter().flatten().collect();
    codes.sort_by_key(|info| info.code);
    codes
}

fn find<'a>(codes: &[&'a CodeInfo], written: &str) -> Option<&'a CodeInfo> {
    let folded = written.trim().to_ascii_lowercase();
    // A finding is printed as `MZ204/rule`; what is before the stroke is the code.
    let code = folded.split('/').next().unwrap_or("");
    let number = code.strip_prefix("mz").unwrap_or(code).parse().ok();
    let matches = |info: &&&CodeInfo| number == Some(info.code.0) || info.name == folded;
    codes.iter().find(matches).copied()
}

fn page(info: &CodeInfo) -> String {
    let head = format!("{} {}: {}, since {}", info.code, info.name, info.severity.name(), info.since);
    format!("{head}\n\n{}\n", info.page.trim_end())
}

fn about(rule: &RuleSummary) -> String {
    let tally = &rule.instances;
    let because = rule.because.as_ref().map_or_else(String::new, |because| format!("because {because}\n"));
    let head = format!(
        "{} ({}, {})\n{because}instances: {} hold, {} consistent, {} in tension, {} contradicted, {} undecided\n\n",
        rule.id,
        rule.kind,
        rule.code,
        tally.holds,
        tally.consistent,
        tally.tension,
        tally.contradiction,
        tally.undecided,
    );
    sanitise::display_block(&head).into_owned()
}

/// The rules of the rulebook, where there is one: the name may be one of theirs.
fn rules(screen: &Screen) -> Vec<RuleSummary> {
    let report = inputs::collect(&[]).and_then(|inputs| check::run(&inputs, &screen.options()));
    report.map_or_else(|_| Vec::new(), |report| report.rules)
}

fn unknown(written: &str, codes: &[&CodeInfo], rules: &[RuleSummary]) -> Error {
    let numbers: Vec<String> = codes.iter().map(|info| info.code.to_string()).collect();
    let names = codes.iter().map(|info| info.name).chain(rules.iter().map(|rule| rule.id.as_str()));
    let candidates = numbers.iter().map(String::as_str).chain(names);
    let nearest = nearest(written, candidates).map(ToOwned::to_owned);
    Error::Unknown { written: written.to_owned(), nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_sorted_and_have_pages() {
        let codes = codes();
        assert!(codes.is_sorted_by(|left, right| left.code < right.code), "every code once");
        for info in &codes {
            assert!(info.page.contains("# "), "{} has a page", info.code);
            assert!(!info.name.is_empty() && !info.since.is_empty(), "{}", info.code);
        }
    }

    #[test]
    fn a_code_answers_to_its_number_and_its_name() {
        let codes = codes();
        for written in ["MZ204", "mz204", "204", "MZ204/some-rule", "expect", " Expect "] {
            assert_eq!(find(&codes, written).map(|info| info.code.0), Some(204), "{written}");
        }
        assert!(find(&codes, "999999999999").is_none());
        assert!(find(&codes, "").is_none());
    }

    #[test]
    fn a_name_mistyped_is_guessed() {
        let guess = |written: &str| match unknown(written, &codes(), &[]) {
            Error::Unknown { nearest, .. } => nearest,
            _ => None,
        };
        assert_eq!(guess("expcet").as_deref(), Some("expect"));
        assert_eq!(guess("weather"), None);
    }
}
