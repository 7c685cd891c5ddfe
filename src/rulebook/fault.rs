//! What readers find wrong: a collector, and the faults of YAML as findings.

use crate::finding::{Finding, Severity};
use crate::rulebook::code;
use crate::text::sanitise::excerpt;
use crate::text::yaml::{Document, Fault, FaultKind, Typo};
use crate::text::{SourceMap, Span, yaml};
use crate::vocabulary::{Names, nearest};

/// As many characters of the user's text as a message repeats.
const EXCERPT: usize = 60;

/// How many comparisons of names a run spends on "did you mean": a file may hold any number of wrong
/// names, and each is compared with all known ones.
const MAX_COMPARISONS: usize = 50_000;

/// The findings of a reader, in the order of its reading.
#[derive(Debug)]
pub(crate) struct Faults {
    findings: Vec<Finding>,
    comparisons: usize,
}

impl Default for Faults {
    fn default() -> Self {
        Self { findings: Vec::new(), comparisons: MAX_COMPARISONS }
    }
}

impl Faults {
    /// Keeps a finding.
    pub(crate) fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// What was found.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// How many were found so far.
    pub(crate) fn len(&self) -> usize {
        self.findings.len()
    }

    /// Tells the faults of a file that YAML itself has.
    pub(crate) fn add_document(&mut self, document: &Document, map: &SourceMap) {
        let told = |fault| flow_comma(fault, map).unwrap_or_else(|| of_yaml(fault));
        self.findings.extend(document.faults.iter().map(told));
    }

    /// Something stands where something else must: `what` must be `expected`.
    pub(crate) fn wrong_shape(&mut self, span: Span, what: &str, expected: &str, found: &str) {
        let message = format!("{what} must be {expected}, found {found}");
        self.add(error(code::SHAPE, message).at(span, format!("{expected} belongs here")));
    }

    /// A node is not what must stand there. What could not be read has been told already.
    pub(crate) fn wrong_node(&mut self, node: &yaml::Node, what: &str, expected: &str) {
        if !node.is_unread() {
            let found = match node.as_str() {
                Some(text) if !node.is_null() => quoted(text),
                _ => node.describe().to_owned(),
            };
            self.wrong_shape(node.span, what, expected, &found);
        }
    }

    /// Something that must be there is missing.
    pub(crate) fn missing(&mut self, span: Span, what: &str, key: &str) {
        let message = format!("{what} must have `{key}`, found none");
        self.add(error(code::SHAPE, message).at(span, format!("`{key}` is missing")));
    }

    /// A name that nobody declared; `what` tells of which table ("a measure").
    pub(crate) fn unknown_name<T>(&mut self, span: Span, what: &str, written: &str, table: &Names<T>) {
        let message = format!("{what} must be declared in the rulebook, found {}", quoted(written));
        let finding = error(code::UNKNOWN_NAME, message).at(span, "not declared");
        let finding = self.did_you_mean(finding, table.len(), || table.nearest(written));
        self.add(finding);
    }

    /// A word that is none of those that may stand here.
    pub(crate) fn unknown_among(&mut self, span: Span, message: &str, written: &str, known: &[&str]) {
        let message = format!("{message}, found {}", quoted(written));
        let finding = error(code::UNKNOWN_NAME, message).at(span, "none of them");
        let near = || nearest(written, known.iter().copied()).map(str::to_owned);
        let finding = self.did_you_mean(finding, known.len(), near);
        self.add(finding);
    }

    /// A word that is none of a few.
    pub(crate) fn unknown_word(&mut self, span: Span, what: &str, written: &str, known: &[&str]) {
        self.unknown_among(span, &format!("{what} must be {}", one_of(known)), written, known);
    }

    /// Keys that a mapping does not have: so many of them one by one, the others in one finding.
    pub(crate) fn unknown_keys<'n>(
        &mut self,
        keys: impl IntoIterator<Item = &'n yaml::Node<'n>>,
        what: &str,
        known: &[&str],
    ) {
        let mut keys = keys.into_iter();
        for key in keys.by_ref().take(yaml::MAX_FAULTS) {
            self.unknown_key(key.span, what, key.as_str().unwrap_or(""), known);
        }
        if let Some(next) = keys.next() {
            let more = keys.count() + 1;
            let message = format!("every key of {what} must be known, found {more} more that are not");
            self.add(error(code::UNKNOWN_KEY, message).at(next.span, "from here on"));
        }
    }

    /// A key that a mapping does not have.
    pub(crate) fn unknown_key(&mut self, span: Span, what: &str, written: &str, known: &[&str]) {
        let message = format!("every key of {what} must be known, found {}", quoted(written));
        let finding = error(code::UNKNOWN_KEY, message).at(span, "no such key");
        let near = || nearest(written, known.iter().copied()).map(str::to_owned);
        let finding = self.did_you_mean(finding, known.len(), near);
        self.add(finding);
    }

    /// The finding with the nearest of `known` names as its help, while comparisons are left.
    fn did_you_mean(
        &mut self,
        finding: Finding,
        known: usize,
        near: impl FnOnce() -> Option<String>,
    ) -> Finding {
        let Some(left) = self.comparisons.checked_sub(known) else { return finding };
        self.comparisons = left;
        match near() {
            Some(name) => finding.help(format!("did you mean {}?", quoted(&name))),
            None => finding,
        }
    }
}

/// An error with its message and nothing else.
pub(crate) fn error(code: crate::finding::Code, message: impl Into<String>) -> Finding {
    Finding::new(code, Severity::Error, message)
}

/// A user's text as messages show it: in backticks, on one line, cut, safe to print.
pub(crate) fn quoted(text: &str) -> String {
    format!("`{}`", excerpt(text, EXCERPT))
}

/// "`a`, `b` or `c`".
pub(crate) fn one_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// `{value: over 6,500}`: the comma ended the value, and the rest stands there as a key.
fn flow_comma(fault: &Fault, map: &SourceMap) -> Option<Finding> {
    let FaultKind::Syntax(Typo::KeyWithoutValue(rest)) = &fault.kind else { return None };
    let before = map.text(fault.span.file).get(..fault.span.start as usize)?;
    let cut = before.trim_end().strip_suffix(',')?;
    let entry = cut.rsplit(['{', ',', '\n']).next()?;
    let (key, value) = entry.split_once(':')?;
    let (key, value) = (key.trim(), value.trim());
    let gap = before.get(cut.len()..)?;
    let message = format!(
        "a comma between `{{` and `}}` must stand between entries, found {}: read as {} and a key {}",
        quoted(&format!("{key}: {value}{gap}{rest}")),
        quoted(&format!("{key}: {value}")),
        quoted(rest),
    );
    let finding = error(code::FLOW_COMMA, message).at(fault.span, "read as a key");
    Some(fault.kind.help().map_or(finding.clone(), |help| finding.help(help)))
}

/// A fault of YAML as a finding with its places.
fn of_yaml(fault: &Fault) -> Finding {
    let code = match fault.kind {
        FaultKind::Syntax(Typo::KeyWithoutValue(_)) => code::FLOW_COMMA,
        FaultKind::Syntax(_) | FaultKind::ComplexKey => code::SYNTAX,
        FaultKind::DuplicateKey(_) => code::DUPLICATE_KEY,
        FaultKind::ForbiddenCharacter(_) => code::FORBIDDEN_CHARACTER,
        FaultKind::Anchor
        | FaultKind::Alias
        | FaultKind::Tag
        | FaultKind::Directive
        | FaultKind::SecondDocument => code::REFUSED_YAML,
        FaultKind::TooDeep
        | FaultKind::ScalarTooLong
        | FaultKind::FileTooLong
        | FaultKind::TooManyNodes
        | FaultKind::TooManyFaults => code::LIMIT,
    };
    let label = if fault.also.is_some() { "again here" } else { "here" };
    let mut finding = error(code, fault.kind.to_string()).at(fault.span, label);
    if let Some(first) = fault.also {
        finding = finding.at(first, "first here");
    }
    fault.kind.help().map_or(finding.clone(), |help| finding.help(help))
}
