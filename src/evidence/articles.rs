//! The texts of the articles: found by name or by hash, read within limits.

use std::collections::HashMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::code;
use crate::fact::{FactBase, Source, SourceId};
use crate::finding::{Finding, Severity};
use crate::rulebook::{ENCODING, LIMIT};
use crate::text::{FileId, SourceMap, decode, read_file};

/// Longer texts are no articles.
const MOST_BYTES: u64 = 4 * 1024 * 1024;
/// As many files of a folder are hashed to find one by its hash.
const MOST_FILES: usize = 10_000;

/// A folder with the texts of articles.
#[derive(Clone, Debug)]
pub struct Articles {
    folder: PathBuf,
}

/// A text that was read.
pub(super) struct Text {
    pub(super) source: SourceId,
    pub(super) file: FileId,
}

/// What came of reading the texts.
#[derive(Default)]
pub(super) struct Read {
    pub(super) texts: Vec<Text>,
    /// Sources whose text is not there.
    pub(super) absent: usize,
    /// Texts that are there and were refused; each has a finding.
    pub(super) refused: usize,
    pub(super) findings: Vec<Finding>,
    /// Whether every text that is there was read.
    pub(super) whole: bool,
}

impl Articles {
    /// The articles of a folder; one that does not exist holds none.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Reads the text of every source into the map, under its name within the folder.
    pub(super) fn read(&self, base: &FactBase, map: &mut SourceMap) -> Read {
        let mut read = Read { whole: true, ..Read::default() };
        let mut by_hash = None;
        for (id, source) in base.sources() {
            let opened = match self.locate(source, &mut by_hash) {
                Located::Absent => {
                    read.absent += 1;
                    continue;
                }
                Located::Text(name) => self.open(source, &name).map(|opened| (name, opened)),
                Located::Other { name, what } => Err(refuse_other(source, &name, what)),
            };
            match opened {
                Ok((name, opened)) => {
                    read.findings.extend(opened.changed);
                    read.texts.push(Text { source: id, file: map.add(name, opened.text) });
                }
                Err(refusal) => {
                    read.refused += 1;
                    read.whole &= refusal.code == code::ARTICLE;
                    read.findings.push(*refusal);
                }
            }
        }
        read
    }

    /// Where a source's text is in the folder: under its name, else under its hash.
    fn locate(&self, source: &Source, by_hash: &mut Option<HashMap<String, String>>) -> Located {
        let named = source.text.as_deref().filter(|name| stays_inside(name));
        if let Some(name) = named.filter(|name| self.folder.join(name).is_file()) {
            return Located::Text(name.to_owned());
        }
        let hash = source.sha256.as_deref().map(str::to_ascii_lowercase);
        let hashed =
            hash.and_then(|hash| by_hash.get_or_insert_with(|| hashes(&self.folder)).get(&hash).cloned());
        let other = || {
            let name = named?;
            Some(Located::Other { name: name.to_owned(), what: no_file(&self.folder.join(name))? })
        };
        hashed.map(Located::Text).or_else(other).unwrap_or(Located::Absent)
    }

    /// The text of an article, with a finding when it is not the one that was read for the claims.
    fn open(&self, source: &Source, name: &str) -> Result<Opened, Box<Finding>> {
        let refuse = |code, message: String, help: &str| {
            let finding = Finding::new(code, Severity::Error, message);
            Box::new(finding.at(source.span, format!("`{name}` is not looked at")).help(help))
        };
        let bytes = read_file(&self.folder.join(name), MOST_BYTES).map_err(|error| {
            refuse(LIMIT, format!("an article must be readable: {error}"), "look at the file")
        })?;
        let Some(bytes) = bytes else {
            let message = "the text of an article must have at most 4 MiB";
            return Err(refuse(LIMIT, message.to_owned(), "keep the words of the article alone"));
        };
        let text = decode(bytes).map_err(|fault| {
            refuse(ENCODING, format!("`{name}`: {fault}"), "save the text as UTF-8 and set `sha256` anew")
        })?;
        if is_markup(&text) {
            let message = "the text of an article must be plain text, found HTML";
            return Err(refuse(
                code::ARTICLE,
                message.to_owned(),
                "save the words of the page as a text file",
            ));
        }
        let hash = hex(text.as_bytes());
        let same = source.sha256.as_ref().is_none_or(|read| read.eq_ignore_ascii_case(&hash));
        let changed = (!same).then(|| {
            let message = "the text of an article must be the one that was read; this one has changed since";
            Finding::new(code::ARTICLE, Severity::Warning, message)
                .at(source.span, format!("`{name}` has another hash"))
                .help(format!("compare the claims with the text again, then write `sha256: {hash}`"))
        });
        Ok(Opened { text, changed })
    }
}

/// Where the text of a source is.
enum Located {
    /// In a file of this name.
    Text(String),
    /// Its name is there and is that of no file.
    Other { name: String, what: &'static str },
    /// Nowhere.
    Absent,
}

/// What stands under a name that is no file's, where anything does.
fn no_file(path: &Path) -> Option<&'static str> {
    let found = fs::symlink_metadata(path).ok()?;
    Some(match fs::metadata(path) {
        Ok(found) if found.is_dir() => "a folder",
        Err(_) if found.is_symlink() => "a link that leads nowhere",
        _ => "no file that can be read",
    })
}

fn refuse_other(source: &Source, name: &str, what: &str) -> Box<Finding> {
    let message = format!("the text of an article must be a file, found {what}");
    let finding = Finding::new(code::ARTICLE, Severity::Error, message);
    let finding = finding.at(source.span, format!("`{name}` is not looked at"));
    Box::new(finding.help("save the words of the article under this name"))
}

struct Opened {
    text: String,
    changed: Option<Finding>,
}

/// Whether a name stays within the folder: it comes from a file that anybody may have written.
fn stays_inside(name: &str) -> bool {
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// The files of a folder by their hashes; of two with one hash, the first by name.
fn hashes(folder: &Path) -> HashMap<String, String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    let mut hashes = HashMap::new();
    for name in names.into_iter().take(MOST_FILES) {
        if let Ok(Some(bytes)) = read_file(&folder.join(&name), MOST_BYTES) {
            hashes.entry(hex(&bytes)).or_insert(name);
        }
    }
    hashes
}

/// The SHA-256 of some bytes in hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// Whether a text is a page rather than its words.
#[must_use]
pub fn is_markup(text: &str) -> bool {
    let start: String = text.trim_start_matches('\u{FEFF}').trim_start().chars().take(9).collect();
    let start = start.to_ascii_lowercase();
    ["<!doctype", "<html", "<head", "<body", "<?xml"].iter().any(|tag| start.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_leave_the_folder() {
        assert!(stays_inside("a.txt") && stays_inside("2024/a.txt"));
        for name in ["", "../a.txt", "/etc/passwd", "a/../../b", "./a"] {
            assert!(!stays_inside(name) || name == "./a", "{name}");
        }
    }

    #[test]
    fn pages_are_known_by_their_beginning() {
        assert!(is_markup("\u{FEFF}\n <!DOCTYPE html>\n<p>24</p>") && is_markup("<HTML lang=ar>"));
        assert!(!is_markup("The sign < means less.") && !is_markup(""));
    }

    #[test]
    fn hashes_are_those_of_everybody() {
        assert_eq!(hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
