//! Which files are checked: from the arguments, or found by walking up.
//!
//! - Without arguments, the nearest folder upwards that has a folder `claims` is the root.
//! - A folder given as an argument is a root: its `claims/` and `rules/` if it has them, else all its
//!   YAML files; they are told apart by their top-level keys.
//! - A file is that file.
//! - When only claims are found, the nearest `rules/` upwards goes with them.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::check::{Inputs, MOST_BYTES};
use crate::text::{FileId, SourceMap, decode, read_file, yaml};
use crate::vocabulary::Vocabulary;
use crate::{Error, claims, rulebook};

/// The folder that claims are in.
const CLAIMS: &str = "claims";
/// The folder that rules are in.
const RULES: &str = "rules";
/// Deeper folders are not searched.
const MAX_DEPTH: usize = 32;
/// Endings of the files that are read.
const READ: [&str; 2] = ["yaml", "yml"];
/// Endings of files that hold data in formats to come: they are counted.
const UNREAD: [&str; 4] = ["csv", "tsv", "jsonl", "json"];

/// Collects the files to check.
///
/// # Errors
/// When a path cannot be read, and when there is no file at all.
pub(super) fn collect(paths: &[PathBuf]) -> Result<Inputs, Error> {
    let mut found = Found::default();
    if paths.is_empty() {
        found.add(&project()?)?;
    }
    for path in paths {
        found.add(&fs::canonicalize(path).map_err(|error| unreadable(path, error))?)?;
    }
    if !found.has_rules {
        found.add_rules_above()?;
    }
    let root = found.anchors.iter().cloned().reduce(|left, right| common(&left, &right)).unwrap_or_default();
    if found.files.is_empty() && found.unread.is_empty() {
        return Err(Error::NoClaims(paths.first().cloned().unwrap_or(root)));
    }
    Ok(Inputs { root, files: found.files.into_iter().collect(), unread: found.unread.into_iter().collect() })
}

/// The vocabulary that goes with this folder: that of the nearest `rules/` upwards, or an empty one.
///
/// # Errors
/// When a file of it cannot be read.
pub(super) fn vocabulary() -> Result<Vocabulary, Error> {
    let here = fs::canonicalize(".").map_err(|error| unreadable(Path::new("."), error))?;
    let mut found = Found { anchors: BTreeSet::from([here]), ..Found::default() };
    found.add_rules_above()?;
    let mut map = SourceMap::default();
    let mut files = Vec::new();
    for path in &found.files {
        let bytes = read_file(path, MOST_BYTES).map_err(|error| unreadable(path, error))?;
        // What is wrong with the rulebook, too long or no text, `check` tells.
        files.extend(
            bytes.and_then(|bytes| decode(bytes).ok()).map(|text| map.add(path.display().to_string(), text)),
        );
    }
    Ok(rulebook::read(&files, &map).vocabulary)
}

/// The nearest folder upwards from here that has claims.
fn project() -> Result<PathBuf, Error> {
    let here = fs::canonicalize(".").map_err(|error| unreadable(Path::new("."), error))?;
    let root = here.ancestors().find(|folder| folder.join(CLAIMS).is_dir()).map(Path::to_path_buf);
    root.ok_or(Error::NoProject(here))
}

/// What was found so far. All paths are absolute and sorted, so that their order in the arguments
/// changes nothing.
#[derive(Debug, Default)]
struct Found {
    files: BTreeSet<PathBuf>,
    unread: BTreeSet<PathBuf>,
    /// The folders that the root contains.
    anchors: BTreeSet<PathBuf>,
    /// Whether a rulebook is among the files.
    has_rules: bool,
}

impl Found {
    fn add(&mut self, path: &Path) -> Result<(), Error> {
        if !path.is_dir() {
            self.anchors.insert(path.parent().unwrap_or(path).to_path_buf());
            if path.is_file() {
                self.has_rules |= is_rulebook(path);
                self.files.insert(path.to_path_buf());
            } else {
                self.unread.insert(path.to_path_buf());
            }
            return Ok(());
        }
        self.anchors.insert(path.to_path_buf());
        let mut parts = vec![path.join(CLAIMS), path.join(RULES)];
        parts.retain(|part| part.is_dir());
        if parts.is_empty() {
            self.walk(path, 0)?;
            self.has_rules |= self.files.iter().any(|file| file.starts_with(path) && is_rulebook(file));
        }
        for part in parts {
            self.has_rules |= part.ends_with(RULES);
            self.walk(&part, 0)?;
        }
        Ok(())
    }

    /// The rules that go with claims alone.
    fn add_rules_above(&mut self) -> Result<(), Error> {
        let root = self.anchors.iter().cloned().reduce(|left, right| common(&left, &right));
        let rules = root.iter().flat_map(|root| root.ancestors()).map(|folder| folder.join(RULES));
        let Some(rules) = rules.into_iter().find(|rules| rules.is_dir()) else { return Ok(()) };
        self.anchors.extend(rules.parent().map(Path::to_path_buf));
        self.walk(&rules, 0)
    }

    /// All files of a folder and its folders. Links to folders are not followed, so there are no
    /// cycles; hidden files are somebody else's. What is named like a file and is none (a pipe, a link
    /// to nothing) is counted with what is not read.
    fn walk(&mut self, folder: &Path, depth: usize) -> Result<(), Error> {
        let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(folder, error))?;
            let kind = entry.file_type().map_err(|error| unreadable(&entry.path(), error))?;
            let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if kind.is_dir() && !is_hidden && depth < MAX_DEPTH {
                self.walk(&entry.path(), depth + 1)?;
            } else if !is_hidden && (kind.is_file() || !entry.path().is_dir()) {
                self.sort_in(entry.path(), kind.is_file());
            }
        }
        Ok(())
    }

    fn sort_in(&mut self, file: PathBuf, is_file: bool) {
        let ending = file.extension().and_then(OsStr::to_str).unwrap_or("").to_ascii_lowercase();
        let (is_read, is_data) = (READ.contains(&ending.as_str()), UNREAD.contains(&ending.as_str()));
        if is_read && (is_file || file.is_file()) {
            self.files.insert(file);
        } else if is_read || is_data {
            self.unread.insert(file);
        }
    }
}

/// Whether a file is read as a rulebook; one that cannot be read is not.
fn is_rulebook(file: &Path) -> bool {
    let bytes = read_file(file, MOST_BYTES).ok().flatten();
    let text = bytes.and_then(|bytes| decode(bytes).ok());
    let is_claims = |text: &str| Some(claims::is_claims(&yaml::parse(FileId::default(), text).root?));
    text.and_then(|text| is_claims(&text)) == Some(false)
}

/// The deepest folder that contains both.
fn common(left: &Path, right: &Path) -> PathBuf {
    left.components().zip(right.components()).take_while(|(l, r)| l == r).map(|(l, _)| l).collect()
}

fn unreadable(path: &Path, error: std::io::Error) -> Error {
    Error::Unreadable { path: path.to_path_buf(), error }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files, whose YAML holds the given line.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    /// What is found from a path of the folder, relative to the root that was found.
    fn found(folder: &tempfile::TempDir, paths: &[&str]) -> (Vec<String>, Vec<String>) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| folder.path().join(path)).collect();
        let inputs = collect(&paths).unwrap();
        let names = |files: &[PathBuf]| -> Vec<String> {
            let name = |file: &PathBuf| file.strip_prefix(&inputs.root).unwrap().display().to_string();
            files.iter().map(name).collect()
        };
        (names(&inputs.files), names(&inputs.unread))
    }

    const CLAIM: &str = "claims: []\n";
    const RULE: &str = "rules: []\n";

    #[test]
    fn a_root_has_claims_and_rules() {
        let folder = folder(&[
            ("claims/b.yaml", CLAIM),
            ("claims/deep/a.yml", CLAIM),
            ("claims/c.csv", ""),
            ("claims/.hidden.yaml", CLAIM),
            ("claims/notes.txt", ""),
            ("rules/r.yaml", RULE),
            ("other.yaml", RULE),
        ]);
        let (files, unread) = found(&folder, &[""]);
        assert_eq!(files, ["claims/b.yaml", "claims/deep/a.yml", "rules/r.yaml"]);
        assert_eq!(unread, ["claims/c.csv"]);
    }

    #[test]
    fn claims_alone_go_with_the_nearest_rules() {
        let folder = folder(&[("claims/a.yaml", CLAIM), ("claims/b.yaml", CLAIM), ("rules/r.yaml", RULE)]);
        let expected = ["claims/a.yaml", "rules/r.yaml"];
        assert_eq!(found(&folder, &["claims/a.yaml"]).0, expected);
        assert_eq!(found(&folder, &["rules/r.yaml", "claims/a.yaml"]).0, expected);
        assert_eq!(found(&folder, &["claims"]).0, ["claims/a.yaml", "claims/b.yaml", "rules/r.yaml"]);
    }

    #[test]
    fn a_flat_folder_is_told_apart_by_its_keys() {
        let folder = folder(&[("x/a.yaml", CLAIM), ("x/r.yaml", RULE), ("rules/other.yaml", RULE)]);
        assert_eq!(found(&folder, &["x"]).0, ["a.yaml", "r.yaml"]);
    }

    #[test]
    fn order_and_repetition_of_arguments_change_nothing() {
        let folder = folder(&[("a/x.yaml", CLAIM), ("b/y.yaml", CLAIM), ("b/r.yaml", RULE)]);
        let once = found(&folder, &["a", "b"]);
        assert_eq!(found(&folder, &["b", "a", "b/y.yaml"]), once);
        assert_eq!(once.0, ["a/x.yaml", "b/r.yaml", "b/y.yaml"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_make_no_cycles() {
        let folder = folder(&[("claims/a.yaml", CLAIM), ("rules/r.yaml", RULE)]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("claims/loop")).unwrap();
        assert_eq!(found(&folder, &[""]).0, ["claims/a.yaml", "rules/r.yaml"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nothing_is_counted() {
        let folder = folder(&[("claims/a.yaml", CLAIM), ("rules/r.yaml", RULE)]);
        std::os::unix::fs::symlink("gone.yaml", folder.path().join("claims/b.yaml")).unwrap();
        std::os::unix::fs::symlink("gone.txt", folder.path().join("claims/c.txt")).unwrap();
        let (files, unread) = found(&folder, &[""]);
        assert_eq!(files, ["claims/a.yaml", "rules/r.yaml"]);
        assert_eq!(unread, ["claims/b.yaml"]);
    }

    #[test]
    fn nothing_to_check_is_an_error() {
        let folder = folder(&[("empty/readme.txt", "")]);
        assert!(matches!(collect(&[folder.path().join("empty")]), Err(Error::NoClaims(_))));
        assert!(matches!(collect(&[folder.path().join("absent")]), Err(Error::Unreadable { .. })));
    }
}
