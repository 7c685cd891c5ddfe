//! Findings: everything wrong with claims, rules or the world, as values.
//!
//! A finding names its places symbolically (which claim, which key); one function of the report
//! turns them into bytes. It never travels as an `Err`.

mod code;
mod edit;
mod fingerprint;

use crate::constraint::Certificate;
use crate::fact::{FactBase, FactId, Key};
use crate::text::Span;
pub use code::{Code, CodeInfo};
pub use edit::{apply, compose};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Something to look at before publishing; it may turn out to be right.
    Warning,
    /// It cannot be so, whatever the words mean.
    Error,
}

impl Severity {
    /// Every severity with its word, the gravest first.
    pub const ALL: [(&'static str, Self); 3] =
        [("error", Self::Error), ("warning", Self::Warning), ("note", Self::Note)];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// Arabic.
    Ar,
}

/// Where a finding points, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A key of a claim.
    Claim(FactId, Key),
    /// A span of a file: rulebooks, and claims that could not be read.
    Span(Span),
}

/// A place and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What stands there, in a few words.
    pub text: String,
}

/// One smallest set of claims and rules that cannot all hold, and why.
#[derive(Clone, Debug, Default)]
pub struct Reason {
    /// The claims that it needs, the doubtful ones first.
    pub claims: Vec<FactId>,
    /// The rules and built-in checks whose instances it joins, by name; empty for one instance alone,
    /// where the finding names its rule.
    pub rules: Vec<String>,
    /// The reasoning, a step a line, ending in the sum that fails.
    pub steps: Vec<String>,
    /// What was assumed.
    pub assumptions: Vec<String>,
    /// The proof; every error has one.
    pub certificate: Option<Certificate>,
}

/// Claims that must change together for everything to hold: one of the smallest ways out of a conflict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repair {
    /// What has to change, all of it.
    pub changes: Vec<Change>,
}

/// What one claim would have to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The claim; several where only their sum or their repetition counts.
    pub claims: Vec<FactId>,
    /// From what to what, in words.
    pub text: String,
}

impl Repair {
    /// A change of one claim.
    #[must_use]
    pub fn of(claim: FactId, text: String) -> Self {
        Self { changes: vec![Change { claims: vec![claim], text }] }
    }

    /// Its changes in words, on one line.
    #[must_use]
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.changes.iter().map(|change| change.text.as_str()).collect();
        texts.join("; with ")
    }
}

/// Somebody has looked at a finding and allows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// Why.
    pub because: String,
    /// Who.
    pub by: Option<String>,
}

/// A stretch of a file and what is to stand there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// A change of the files that would resolve a finding: all of its edits, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
    /// Why somebody has to look first; `None` when the files mean the same afterwards.
    pub unsafe_because: Option<String>,
}

/// Something that is wrong, or worth knowing.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What sort of thing it is.
    pub code: Code,
    /// The user's rule that it is about; `None` for a built-in check.
    pub rule: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What must hold.
    pub expected: Option<String>,
    /// What was found.
    pub found: Option<String>,
    /// The claims that it is about.
    pub claims: Vec<FactId>,
    /// Where to look, the main place first.
    pub labels: Vec<Label>,
    /// The smallest changes that would resolve it, the likeliest first.
    pub repairs: Vec<Repair>,
    /// What else would help, a proposal a line.
    pub help: Vec<String>,
    /// Why it is so.
    pub reasons: Vec<Reason>,
    /// Who allows it, if somebody does.
    pub allowed: Option<Allowed>,
    /// The files as they would be right, where that can be told.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding with its message and nothing else.
    #[must_use]
    pub fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            rule: None,
            severity,
            message: message.into(),
            expected: None,
            found: None,
            claims: Vec::new(),
            labels: Vec::new(),
            repairs: Vec::new(),
            help: Vec::new(),
            reasons: Vec::new(),
            allowed: None,
            fix: None,
        }
    }

    /// The same finding, pointing at a span of a file.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { place: Place::Span(span), text: text.into() });
        self
    }

    /// The same finding, about a claim and pointing at one of its keys.
    #[must_use]
    pub fn on(mut self, fact: FactId, key: Key, text: impl Into<String>) -> Self {
        if !self.claims.contains(&fact) {
            self.claims.push(fact);
        }
        self.labels.push(Label { place: Place::Claim(fact, key), text: text.into() });
        self
    }

    /// The bytes of its main place; `None` when its claim is written nowhere.
    #[must_use]
    pub fn span(&self, base: &FactBase) -> Option<Span> {
        match self.labels.first()?.place {
            Place::Claim(fact, key) => base.fact(fact).place(key),
            Place::Span(span) => Some(span),
        }
    }

    /// The same finding, with one more proposal.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }

    /// What would resolve it, a proposal a line: the first few repairs, then what else would help.
    #[must_use]
    pub fn proposals(&self) -> Vec<String> {
        const MOST_REPAIRS: usize = 6;
        let repairs = self.repairs.iter().take(MOST_REPAIRS).map(Repair::text);
        repairs.chain(self.help.iter().cloned()).collect()
    }

    /// The same finding with what must hold and what was found.
    #[must_use]
    pub fn compare(mut self, expected: impl Into<String>, found: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self.found = Some(found.into());
        self
    }
}
