//! The documentation is the test: every page below `src/` runs its examples.
//!
//! An example is a few fenced blocks. ```` ```yaml claims/a.yaml ```` is a file of that name; the
//! ```` ```report ```` behind them holds what `mizan check --format concise` prints about the files,
//! line for line, and nothing where it is silent. Rules and articles (```` ```text articles/a.txt ````)
//! stay for the rest of the page, claims are those since the last report. A third word
//! (```` ```yaml claims/a.yaml latin-1 ````) saves a file in that encoding.
//!
//! `MIZAN_BLESS=1 cargo test --test pages` rewrites the reports with what comes out.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};

use mizan::check::{self, Inputs, Options};
use mizan::finding::{CodeInfo, Lang};
use mizan::period::Day;
use mizan::report::concise;
use mizan::{checks, claims, evidence, rulebook};

/// The tables of codes, in ascending order.
const TABLES: [&[CodeInfo]; 5] =
    [rulebook::CODES, claims::CODES, evidence::CODES, checks::CODES, checks::load::CODES];

/// The headings of the page of a code, in their order.
const HEADINGS: [&str; 7] = [
    "What it checks",
    "Why it matters",
    "Example",
    "When it is wrong",
    "How to resolve",
    "Options",
    "Source",
];

/// What no example can show: a bug of ours that nobody knows yet.
const WITHOUT_EXAMPLE: [&str; 1] = ["MZ910"];

#[test]
fn every_example_reports_what_its_page_says() {
    let bless = std::env::var_os("MIZAN_BLESS").is_some();
    let mut wrong = String::new();
    for mut page in pages() {
        for example in page.examples() {
            let found = example.run();
            let said = page.block_mut(example.report);
            if *said != found {
                let _ = writeln!(wrong, "{}\nsays:\n{said}finds:\n{found}", example.page.display());
                *said = found;
            }
        }
        if bless {
            fs::write(&page.path, page.to_string()).unwrap();
        }
    }
    assert!(bless || wrong.is_empty(), "\n{wrong}\nMIZAN_BLESS=1 rewrites the reports");
}

#[test]
fn every_code_has_its_page_and_every_page_its_code() {
    let rows: Vec<&CodeInfo> = TABLES.into_iter().flatten().collect();
    assert!(rows.is_sorted_by(|left, right| left.code < right.code), "sorted, and every code once");
    let mut pages = pages();
    pages.retain(|page| page.code().is_some());
    pages.sort_by(|left, right| left.code().cmp(&right.code()));
    let titles: Vec<&str> = pages.iter().map(Page::title).collect();
    let expected: Vec<String> = rows.iter().map(|info| format!("# {} {}", info.code, info.name)).collect();
    assert_eq!(titles, expected);
    for (info, page) in rows.iter().zip(&pages) {
        assert_eq!(info.page, page.to_string(), "{} shows {}", info.code, page.path.display());
    }
}

#[test]
fn every_page_of_a_code_is_whole_and_shows_it_both_speaking_and_silent() {
    for page in pages() {
        let Some(code) = page.code() else { continue };
        assert_eq!(page.headings(), HEADINGS, "{}", page.path.display());
        let reports: Vec<&str> = page.reports().collect();
        let speaks = reports.iter().any(|report| report.contains(&format!("[{code}")));
        let silent = reports.iter().any(|report| report.is_empty());
        assert!(speaks && silent || WITHOUT_EXAMPLE.contains(&code), "{}", page.path.display());
    }
}

/// A page: its lines of prose and its fenced blocks.
struct Page {
    path: PathBuf,
    pieces: Vec<Piece>,
}

enum Piece {
    Line(String),
    Block { info: String, body: String },
}

/// The files of an example, and where in its page the report on them is.
struct Example {
    page: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
    report: usize,
}

/// Every page below `src/`.
fn pages() -> Vec<Page> {
    let mut paths = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    paths.sort();
    paths.into_iter().map(Page::read).collect()
}

fn walk(folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, pages);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            pages.push(path);
        }
    }
}

impl Page {
    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let mut lines = text.lines();
        let mut pieces = Vec::new();
        while let Some(line) = lines.next() {
            pieces.push(match line.strip_prefix("```") {
                None => Piece::Line(line.to_owned()),
                Some(info) => {
                    let body = lines.by_ref().take_while(|line| *line != "```");
                    Piece::Block {
                        info: info.to_owned(),
                        body: body.map(|line| line.to_owned() + "\n").collect(),
                    }
                }
            });
        }
        Self { path, pieces }
    }

    fn title(&self) -> &str {
        self.lines().next().unwrap_or("")
    }

    /// The code that the page is about; `None` for other documentation.
    fn code(&self) -> Option<&str> {
        let code = self.title().strip_prefix("# ")?.split(' ').next()?;
        code.starts_with("MZ").then_some(code)
    }

    fn headings(&self) -> Vec<&str> {
        self.lines().filter_map(|line| line.strip_prefix("## ")).collect()
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Line(line) => Some(line.as_str()),
            Piece::Block { .. } => None,
        })
    }

    fn reports(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Block { info, body } if info == "report" => Some(body.as_str()),
            _ => None,
        })
    }

    fn examples(&self) -> Vec<Example> {
        let mut files = BTreeMap::new();
        let mut examples = Vec::new();
        for (place, piece) in self.pieces.iter().enumerate() {
            let Piece::Block { info, body } = piece else { continue };
            match info.split(' ').collect::<Vec<_>>().as_slice() {
                ["report"] => {
                    examples.push(Example { page: self.path.clone(), files: files.clone(), report: place });
                    files.retain(|name: &String, _| !name.starts_with("claims/"));
                }
                ["yaml" | "text", name] => drop(files.insert((*name).to_owned(), body.clone().into_bytes())),
                ["yaml", name, "latin-1"] => {
                    let bytes = body.chars().map(|char| u8::try_from(char).unwrap()).collect();
                    files.insert((*name).to_owned(), bytes);
                }
                _ => {}
            }
        }
        examples
    }

    fn block_mut(&mut self, place: usize) -> &mut String {
        match &mut self.pieces[place] {
            Piece::Block { body, .. } => body,
            Piece::Line(_) => unreachable!("examples end in blocks"),
        }
    }
}

/// The page as its file holds it.
impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Line(line) => writeln!(f, "{line}"),
            Piece::Block { info, body } => writeln!(f, "```{info}\n{body}```"),
        })
    }
}

impl Example {
    /// What `mizan check --format concise` prints about the files on a day in March 2025.
    fn run(&self) -> String {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_path_buf();
        for (name, bytes) in &self.files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let read = self
            .files
            .keys()
            .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "yaml"));
        let files = read.map(|name| root.join(name)).collect();
        let inputs = Inputs { root, files, unread: Vec::new() };
        let options = Options { lang: Lang::En, today: Day::from_ymd(2025, 3, 1), ..Options::default() };
        match check::run(&inputs, &options) {
            Ok(report) => concise::render(&report),
            Err(error) => format!("{error}\n"),
        }
    }
}
