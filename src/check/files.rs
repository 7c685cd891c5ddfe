//! Files into a map, told apart by their top-level keys.

use std::path::Path;

use super::Inputs;
use crate::finding::{Finding, Severity};
use crate::text::yaml::{self, Document, Node};
use crate::text::{FileId, SourceMap, Span, decode, read_file};
use crate::{Error, claims, rulebook};

/// The files of a run.
pub(super) struct Files {
    pub(super) map: SourceMap,
    /// Those that are text.
    texts: Vec<FileId>,
    pub(super) findings: Vec<Finding>,
    pub(super) whole: bool,
}

/// The trees of files.
#[derive(Default)]
pub(super) struct Documents<'t> {
    pub(super) claims: Vec<(FileId, Document<'t>)>,
    pub(super) rules: Vec<(FileId, Document<'t>)>,
}

/// Larger files of claims and rules are refused: they are written by hand.
pub const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Reads the files in the order of their paths, whatever order they are given in.
pub(super) fn load(inputs: &Inputs) -> Files {
    let mut files = Files { map: SourceMap::default(), texts: vec![], findings: vec![], whole: true };
    let mut paths: Vec<_> = inputs.files.iter().map(|path| (name(inputs, path), path)).collect();
    paths.sort();
    paths.dedup();
    for (name, path) in paths {
        files.add(name, path);
    }
    for path in &inputs.unread {
        let file = files.map.add(name(inputs, path), String::new());
        if path.is_file() {
            let message = "files of this format are not read yet; write the claims as YAML";
            let unread = Finding::new(rulebook::UNKNOWN_FILE, Severity::Warning, message);
            files.findings.push(unread.at(Span { file, start: 0, end: 0 }, "not read"));
        } else {
            let found = if path.exists() { "a pipe or device" } else { "a link to nothing" };
            files.refuse(strange(&format!("what is named like a file must be one, found {found}")), file, 0);
        }
    }
    files
}

/// An input that is none.
fn strange(message: &str) -> Finding {
    Finding::new(rulebook::UNKNOWN_FILE, Severity::Error, message)
}

fn name(inputs: &Inputs, path: &Path) -> String {
    let relative = path.strip_prefix(&inputs.root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

impl Files {
    fn add(&mut self, name: String, path: &Path) {
        let bytes = match read_file(path, MOST_BYTES) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let file = self.map.add(name, String::new());
                let message = "a file must have at most 256 MiB";
                return self.refuse(Finding::new(rulebook::LIMIT, Severity::Error, message), file, 0);
            }
            Err(error) => {
                let file = self.map.add(name, String::new());
                return self.refuse(
                    strange(&format!("a file must be readable, found one that is not: {error}")),
                    file,
                    0,
                );
            }
        };
        match decode(bytes) {
            Ok(text) => self.texts.push(self.map.add(name, text)),
            Err(fault) => {
                let finding = Finding::new(rulebook::ENCODING, Severity::Error, fault.to_string());
                let end = fault.readable.len();
                let file = self.map.add(name, fault.readable);
                self.refuse(finding.help("save the file as UTF-8"), file, end);
            }
        }
    }

    fn refuse(&mut self, finding: Finding, file: FileId, at: usize) {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.findings.push(finding.at(Span { file, start: at, end: at }, "not read"));
        self.whole = false;
    }

    /// The trees of the files.
    ///
    /// # Errors
    /// [`Error::NoClaims`] when no file holds claims, and no finding says why.
    pub(super) fn parse(&self, inputs: &Inputs) -> Result<Documents<'_>, Error> {
        let mut documents = Documents::default();
        for &file in &self.texts {
            let document = yaml::parse(file, self.map.text(file));
            let kind =
                if self.is_of_claims(file, &document) { &mut documents.claims } else { &mut documents.rules };
            kind.push((file, document));
        }
        let is_sound = |(_, document): &(FileId, Document<'_>)| document.faults.is_empty();
        if documents.claims.is_empty() && self.findings.is_empty() && documents.rules.iter().all(is_sound) {
            return Err(Error::NoClaims(inputs.root.clone()));
        }
        Ok(documents)
    }

    /// Whether a file holds claims; else it is a rulebook. One that is neither is a finding of the
    /// reader that gets it: in a folder `claims`, that of claims.
    fn is_of_claims(&self, file: FileId, document: &Document<'_>) -> bool {
        let in_claims = self.map.name(file).split('/').rev().nth(1) == Some("claims");
        let has_rules =
            |root: &Node<'_>| rulebook::SECTIONS.iter().any(|section| root.get(section).is_some());
        let kept = |root| claims::is_claims(root) || (in_claims && !has_rules(root));
        document.root.as_ref().map_or(in_claims, kept)
    }
}
