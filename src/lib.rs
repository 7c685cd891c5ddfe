//! mizan (ميزان, the scales) cross-checks the figures that articles report.
//!
//! A fact-checker writes each figure down as a **claim**, with the few words of the article that say
//! it. mizan reads the claims as facts, grounds every check among them to exact constraints, and finds
//! what cannot all hold: where, why (a smallest set of claims and rules, with a sum that can be redone
//! on paper), and what would resolve it.
//!
//! # The tour
//!
//! ```text
//! rules/*  ─read─▶ Rulebook ───────────────────────┐
//! claims/* ─read─▶ Claim ─lower─▶ Fact ∈ FactBase ─┤
//!                                                  ├─Check::ground─▶ Constraint ─solve─▶ Conflict ─Check::describe─▶ Finding ─▶ Report
//!                                                  └─Check::inspect (the record, never values) ────────────────────▶ Finding
//! ```
//!
//! A module uses only modules above it in this list; `tests/architecture.rs` holds that.
//!
//! | module | what it is |
//! |---|---|
//! | [`text`] | where things stand in a file; YAML as a tree with places |
//! | [`quantity`] | exact numbers, intervals, and the two sets of values of a written figure |
//! | [`period`] | EDTF dates as days |
//! | [`numeral`] | figures written in Arabic, French and English |
//! | [`vocabulary`] | measures, units, dimensions, entities: plain values |
//! | [`fact`] | points, facts, sources, and the [`FactBase`](fact::FactBase) |
//! | [`constraint`] | the closed language between checks and engine, and its certificates |
//! | [`finding`] | everything wrong with claims, rules or the world, as values |
//! | [`rulebook`], [`claims`] | the readers: files in, vocabulary and facts out |
//! | [`evidence`] | quotes found in articles, figures in quotes, figures without a claim |
//! | [`checks`] | one `.rs` and one `.md` each; the language of rules |
//! | [`solve`] | the engine: propagation, an exact simplex, minimal conflicts, repairs, and the verifier |
//! | [`mod@check`] | the pipeline, one screen |
//! | [`report`] | for people and for machines |
//! | [`cli`] | one file a subcommand |
//!
//! `checks` and `solve` do not see each other: both speak [`constraint`].
//!
//! # Invariants
//!
//! - Every number is exact: no `f64` takes part in a verdict.
//! - Every error carries a certificate that [`solve::verify()`] has accepted before it is told.
//! - What is weak (a reader's reading, an assumption, a plan) never makes an error.
//! - Everything wrong is a [`Finding`](finding::Finding); [`Error`] means that mizan cannot run.
//! - The same input gives the same bytes, whatever the order of the files.
//!
//! # Example
//!
//! ```
//! use mizan::check::{Inputs, Options, run};
//!
//! let folder = std::env::temp_dir().join(format!("mizan-tour-{}", std::process::id()));
//! std::fs::create_dir_all(&folder)?;
//! let (rules, claims) = (folder.join("rules.yaml"), folder.join("claims.yaml"));
//! std::fs::write(&rules, "entities: {city: }\nmeasures: {schools: {kind: stock}}\n")?;
//! let write = |second: &str| {
//!     let text = "defaults: {entity: city, period: 2024}\nclaims:\n  - {measure: schools, value: 19}\n";
//!     std::fs::write(&claims, format!("{text}  - {{id: again, measure: schools, value: {second}}}\n"))
//! };
//! let inputs = Inputs { root: folder.clone(), files: vec![rules.clone(), claims.clone()], unread: vec![] };
//!
//! write("19")?; // agrees
//! assert!(run(&inputs, &Options::default())?.findings.is_empty());
//! write("24")?; // does not
//! assert_eq!(run(&inputs, &Options::default())?.findings[0].code.to_string(), "MZ201");
//! # std::fs::remove_dir_all(folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod check;
pub mod checks;
pub mod claims;
pub mod cli;
pub mod constraint;
pub mod error;
pub mod evidence;
pub mod fact;
pub mod finding;
pub mod numeral;
pub mod period;
pub mod quantity;
pub mod report;
pub mod rulebook;
pub mod solve;
pub mod text;
pub mod vocabulary;

pub use error::Error;
