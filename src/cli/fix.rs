//! `mizan check --fix`: edits of files, applied or shown.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;

use clap::ArgGroup;

use crate::Error;
use crate::check::{Inputs, Report};
use crate::finding::{Edit, Fix, apply, compose};
use crate::text::{FileId, SourceMap, Span, sanitise};
use crate::{claims, evidence};

/// What is to be rewritten.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(group(ArgGroup::new("rewriting").args(["fix", "unsafe_fixes", "diff"]).multiple(true)))]
pub(super) struct Flags {
    /// Rewrite claims files where that changes nothing they say: names for labels, digits, white space, offsets
    #[arg(long)]
    pub(super) fix: bool,
    /// Rewrite claims as their quotes have them, too: look at `--diff` first
    #[arg(long)]
    pub(super) unsafe_fixes: bool,
    /// Show what `--fix` and `--unsafe-fixes` would change, and change nothing
    #[arg(long)]
    pub(super) diff: bool,
    /// With `--fix`, `--unsafe-fixes` or `--diff`: put the keys of claims and of `source` in the order of `mizan schema claims`, too; else they stay in theirs
    #[arg(long, requires = "rewriting")]
    pub(super) order_keys: bool,
}

/// Lines shown before and behind what a diff changes.
const CONTEXT: usize = 2;

impl Flags {
    /// The edits that a report offers, by file: safe ones, and the others when they are asked for.
    ///
    /// Only files that were checked are edited, never the texts of articles. Keys are put in their order last, in the
    /// texts that the other edits leave.
    pub(super) fn edits(&self, report: &Report) -> BTreeMap<FileId, Vec<Edit>> {
        let mut edits = fixes(report, self.unsafe_fixes);
        let sources = report.base.sources().filter(|_| self.order_keys);
        for file in sources.map(|(_, source)| source.file) {
            let text = report.map.text(file);
            let first = edits.remove(&file).unwrap_or_default();
            let second = claims::order_keys(file, &apply(text, &first), &report.base.vocabulary);
            let both = if second.is_empty() { first } else { compose(text, &first, &second) };
            if !both.is_empty() {
                edits.insert(file, both);
            }
        }
        edits
    }
}

/// The edits of the findings' fixes, and those that no finding asks for.
///
/// A fix is taken whole or not at all; of two that overlap, the first one counts: an unsafe one knows what it changes.
fn fixes(report: &Report, with_unsafe: bool) -> BTreeMap<FileId, Vec<Edit>> {
    let map = &report.map;
    let safe = evidence::tidy(&report.base, map, &report.anchors);
    let allowed = |finding: &&crate::finding::Finding| finding.allowed.is_none();
    let fixes = report.findings.iter().filter(allowed).filter_map(|finding| finding.fix.as_ref());
    let mut fixes: Vec<&Fix> = fixes.filter(|fix| with_unsafe || fix.unsafe_because.is_none()).collect();
    fixes.sort_by_key(|fix| fix.unsafe_because.is_none());
    let groups =
        fixes.into_iter().map(|fix| fix.edits.clone()).chain(safe.into_iter().map(|edit| vec![edit]));
    let mut taken: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    for group in groups {
        let free = |edit: &Edit| {
            let others = taken.get(&edit.span.file).map_or(&[][..], Vec::as_slice);
            others.iter().all(|other| edit.span.end <= other.span.start || other.span.end <= edit.span.start)
        };
        let whole = group.iter().map(|edit| whole(map, edit)).collect::<Option<Vec<_>>>();
        if let Some(group) = whole.filter(|group| group.iter().all(free)) {
            for edit in group {
                taken.entry(edit.span.file).or_default().push(edit);
            }
        }
    }
    for edits in taken.values_mut() {
        edits.sort_by_key(|edit| edit.span);
    }
    taken
}

/// An edit of a block text (`>-` and lines below it) from its mark on: what is written is a scalar of its own, and within
/// the block its quotation marks would be text. `None` where a comment beside the mark would be lost.
fn whole(map: &SourceMap, edit: &Edit) -> Option<Edit> {
    let before = map.text(edit.span.file).get(..edit.span.bytes().start)?;
    let head = before.trim_end();
    let is_first = before.get(head.len()..).is_some_and(|gap| gap.contains('\n'));
    if edit.span.bytes().is_empty() || !is_first {
        return Some(edit.clone());
    }
    let line = head.rsplit('\n').next().unwrap_or(head);
    let (bare, comment) = line.split_once(" #").map_or((line, None), |(bare, comment)| (bare, Some(comment)));
    let mark = bare.split_whitespace().next_back().unwrap_or("");
    let is_mark = mark.strip_prefix(['|', '>']).is_some_and(|rest| {
        rest.len() <= 2 && rest.chars().all(|char| char.is_ascii_digit() || matches!(char, '-' | '+'))
    });
    match (is_mark, comment) {
        (false, _) => Some(edit.clone()),
        (true, Some(_)) => None,
        (true, None) => {
            let start = head.len() - mark.len();
            let span = Span::of(edit.span.file, start..edit.span.bytes().end);
            Some(Edit { span, text: edit.text.clone() })
        }
    }
}

/// Writes the edited files; how many there are.
pub(super) fn write(
    inputs: &Inputs,
    map: &SourceMap,
    edits: &BTreeMap<FileId, Vec<Edit>>,
) -> Result<usize, Error> {
    for (file, edits) in edits {
        let path = inputs.root.join(map.name(*file));
        fs::write(&path, apply(map.text(*file), edits))
            .map_err(|error| Error::Unwritable { path: path.clone(), error })?;
    }
    Ok(edits.len())
}

/// What would change, as a unified diff.
pub(super) fn diff(map: &SourceMap, edits: &BTreeMap<FileId, Vec<Edit>>) -> String {
    let mut out = String::new();
    for (file, edits) in edits {
        let name = sanitise::display(map.name(*file)).into_owned();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "--- a/{name}\n+++ b/{name}");
        out.push_str(&hunks(map.text(*file), edits));
    }
    out
}

/// The hunks of a file: the lines that edits touch, with some around them.
fn hunks(text: &str, edits: &[Edit]) -> String {
    let lines: Vec<Range<usize>> = lines(text).collect();
    let line_of = |at: usize| lines.partition_point(|line| line.start <= at).saturating_sub(1);
    let mut out = String::new();
    let mut shift = 0_isize;
    let mut rest = edits;
    while let Some(first) = rest.first() {
        let start = line_of(first.span.bytes().start);
        let (mut end, mut count) = (start, 0);
        for edit in rest {
            if count > 0 && line_of(edit.span.bytes().start) > end + 2 * CONTEXT {
                break;
            }
            end = end.max(line_of(edit.span.bytes().end));
            count += 1;
        }
        let (group, others) = rest.split_at(count);
        rest = others;
        shift += hunk(text, &lines, start..end + 1, group, shift, &mut out);
    }
    out
}

/// One hunk; how many lines longer the new text is.
fn hunk(
    text: &str,
    lines: &[Range<usize>],
    touched: Range<usize>,
    edits: &[Edit],
    shift: isize,
    out: &mut String,
) -> isize {
    let from = touched.start.saturating_sub(CONTEXT);
    let to = touched.end.saturating_add(CONTEXT).min(lines.len());
    let part = |lines_of: Range<usize>| {
        let start = lines.get(lines_of.start).map_or(text.len(), |line| line.start);
        let end = lines_of.end.checked_sub(1).and_then(|last| lines.get(last)).map_or(start, |line| line.end);
        start..end.max(start)
    };
    let old = part(touched.clone());
    let moved: Vec<Edit> = edits.iter().map(|edit| edit.earlier(old.start)).collect();
    let new = apply(text.get(old.clone()).unwrap_or(""), &moved);
    let added = new.lines().count();
    let removed = touched.len();
    let change = added.cast_signed() - removed.cast_signed();
    let new_from = from.cast_signed() + shift + 1;
    let _ =
        writeln!(out, "@@ -{},{} +{new_from},{} @@", from + 1, to - from, (to - from).cast_signed() + change);
    say(' ', with_ends(text.get(part(from..touched.start)).unwrap_or("")), out);
    say_changed(text.get(old).unwrap_or(""), &new, out);
    say(' ', with_ends(text.get(part(touched.end..to)).unwrap_or("")), out);
    change
}

fn say<'t>(mark: char, lines: impl Iterator<Item = &'t str>, out: &mut String) {
    for line in lines {
        let ended = line.strip_suffix('\n');
        let (words, end) = match ended.and_then(|line| line.strip_suffix('\r')) {
            Some(words) => (words, "\r"),
            None => (ended.unwrap_or(line), ""),
        };
        let _ = writeln!(out, "{mark}{}{end}", sanitise::display_block(words));
        if ended.is_none() {
            out.push_str("\\ No newline at end of file\n");
        }
    }
}

/// The old lines and the new ones; those between that are the same are told once.
fn say_changed(old: &str, new: &str, out: &mut String) {
    if with_ends(old).count() != with_ends(new).count() {
        say('-', with_ends(old), out);
        return say('+', with_ends(new), out);
    }
    let pairs: Vec<(&str, &str)> = with_ends(old).zip(with_ends(new)).collect();
    for run in pairs.chunk_by(|left, right| (left.0 == left.1) == (right.0 == right.1)) {
        if run.iter().all(|(old, new)| old == new) {
            say(' ', run.iter().map(|(old, _)| *old), out);
        } else {
            say('-', run.iter().map(|(old, _)| *old), out);
            say('+', run.iter().map(|(_, new)| *new), out);
        }
    }
}

fn with_ends(text: &str) -> std::str::SplitInclusive<'_, char> {
    text.split_inclusive('\n')
}

/// The lines of a text with their ends.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    with_ends(text).scan(0, |at, line| {
        *at += line.len();
        Some(*at - line.len()..*at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(text: &str, old: &str, new: &str) -> Edit {
        let start = text.find(old).unwrap();
        Edit { span: Span::of(FileId::default(), start..start + old.len()), text: new.into() }
    }

    #[test]
    fn edits_keep_everything_else() {
        let text = "a: 1 # one\nb: 2\n";
        let edits = [edit(text, "1", "10"), edit(text, "2", "")];
        assert_eq!(apply(text, &edits), "a: 10 # one\nb: \n");
    }

    #[test]
    fn a_diff_keeps_tabs_and_line_ends_and_says_where_the_last_one_is_missing() {
        let none = "\\ No newline at end of file\n";
        let text = "a:\t1\nb: 2";
        assert_eq!(
            hunks(text, &[edit(text, "2", "3")]),
            format!("@@ -1,2 +1,2 @@\n a:\t1\n-b: 2\n{none}+b: 3\n{none}")
        );
        assert_eq!(
            hunks(text, &[edit(text, "1", "3")]),
            format!("@@ -1,2 +1,2 @@\n-a:\t1\n+a:\t3\n b: 2\n{none}")
        );
        let text = "a: 1\r\nb: 2\r\n";
        assert_eq!(hunks(text, &[edit(text, "2", "3")]), "@@ -1,2 +1,2 @@\n a: 1\r\n-b: 2\r\n+b: 3\r\n");
    }

    #[test]
    fn a_diff_shows_what_changes() {
        let text = "a\nb\nc\nd: 1\ne\nf\ng\nh\ni\nj\nk: 2\nl\n";
        let edits = [edit(text, "1", "10"), edit(text, "2", "20\nm: 3")];
        assert_eq!(
            hunks(text, &edits),
            "@@ -2,5 +2,5 @@\n b\n c\n-d: 1\n+d: 10\n e\n f\n@@ -9,4 +9,5 @@\n i\n j\n-k: 2\n+k: 20\n+m: 3\n l\n"
        );
        let near = [edit(text, "1", "10"), edit(text, "g", "G")];
        assert_eq!(hunks(text, &near).matches("@@ -").count(), 1, "near changes share a hunk");
    }
}
