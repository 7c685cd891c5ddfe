//! The pipeline, one screen: files in, a report out.
//!
//! ```text
//! files ─read─▶ Rulebook, FactBase ─ground─▶ Grounded ─judge─▶ Conflict ─describe─▶ Finding ─▶ Report
//!                                 └─inspect─────────────────────────────────────▶ Finding
//! ```

mod blame;
mod claimed;
mod derive;
mod factors;
pub mod facts;
mod files;
pub mod gaps;
pub mod graph;
mod joint;
mod judging;
mod links;
mod made;
mod minimal;
mod policy;
mod problem;
mod sealed;
mod settle;
mod soundness;

use std::collections::BTreeMap;
use std::mem;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::checks::{self, Check, Context, Floors, Grounded, Index};
use crate::evidence::{self, Articles, Coverage, Evidence};
use crate::fact::{FactBase, FactId};
use crate::finding::{Code, Finding, Lang, Severity};
use crate::period::Day;
use crate::solve::Effort;
use crate::text::{SourceMap, Span};
use crate::{Error, claims, rulebook};
pub use files::MOST_BYTES;
use judging::Judged;
use policy::Policy;
use soundness::Soundness;

/// What is checked.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The folder that paths are told from.
    pub root: PathBuf,
    /// Files of claims and of rules, told apart by their top-level keys.
    pub files: Vec<PathBuf>,
    /// Files of formats that are not read yet, and what is named like a file and is none.
    pub unread: Vec<PathBuf>,
}

impl Options {
    /// Messages in a language, and today's date from the system's clock.
    #[must_use]
    pub fn now(lang: Lang) -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
        let days = i64::try_from(seconds / 86_400).unwrap_or(0);
        Self { lang, today: Day::from_number(days), ..Self::default() }
    }

    /// How far to look for smallest conflicts.
    fn effort(&self) -> Effort {
        let standard = Effort::default();
        let conflicts = self.max_conflicts.map_or(standard.conflicts, NonZeroUsize::get);
        // Who asks for a number gets it, however long the sets are.
        let members = self.max_conflicts.map_or(standard.members, |_| usize::MAX);
        Effort { conflicts, members, ..standard }
    }
}

/// How it is checked.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language of messages.
    pub lang: Lang,
    /// The day on which an `allow` with an end is judged; without one, none has expired.
    pub today: Option<Day>,
    /// The folder of the articles' texts; without one, that of the rulebook's `articles:`.
    pub articles: Option<PathBuf>,
    /// How many smallest sets of claims to look for where several rules together fail; without a number
    /// as many as [`Effort`] says.
    pub max_conflicts: Option<NonZeroUsize>,
}

/// Everything that a run found.
#[derive(Debug, Default)]
pub struct Report {
    /// The files.
    pub map: SourceMap,
    /// The facts.
    pub base: FactBase,
    /// The counts.
    pub summary: Summary,
    /// The checks and rules with their instances.
    pub rules: Vec<RuleSummary>,
    /// The findings, by severity, then path and line.
    pub findings: Vec<Finding>,
    /// Where the quotes of claims stand in their articles, as far as those are known.
    pub anchors: BTreeMap<FactId, Span>,
    /// Whether every input was read to its end; if not, the exit code is 2.
    pub whole: bool,
}

/// Counts of a run.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Articles.
    pub sources: usize,
    /// Origins of their figures.
    pub origins: usize,
    /// Claims that were read, parts of lists included.
    pub claims: usize,
    /// Claims that could not be lowered.
    pub refused: usize,
    /// Claims that take part in nothing: rejected, superseded, of an unknown dimension.
    pub set_aside: usize,
    /// Rules of the rulebook.
    pub rules: usize,
    /// Instances of all checks by verdict.
    pub instances: Tally,
    /// What several instances say together.
    pub joint: JointCounts,
    /// How much of the articles the claims hold; `None` when no folder of articles is known.
    pub evidence: Option<Coverage>,
}

/// Conflicts that several instances make together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JointCounts {
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are tensions.
    pub tensions: usize,
    /// Groups of instances that a limit left undecided.
    pub undecided: usize,
}

/// Instances by verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Every choice in the hard sets satisfies them.
    pub holds: usize,
    /// Some choice in the soft sets does.
    pub consistent: usize,
    /// None in the soft sets does.
    pub tension: usize,
    /// None in the hard sets does.
    pub contradiction: usize,
    /// Not decided.
    pub undecided: usize,
    /// Why not: `missing`, `disputed`, `condition`, `limit`.
    pub undecided_by: Vec<(String, usize)>,
}

/// A check or rule and what became of its instances.
#[derive(Clone, Debug)]
pub struct RuleSummary {
    /// The rule's id, or the name of a built-in check.
    pub id: String,
    /// The kind of the rule.
    pub kind: String,
    /// The code of its findings.
    pub code: Code,
    /// Why it holds, in the author's words.
    pub because: Option<String>,
    /// Whether it needs no rule.
    pub builtin: bool,
    /// Its instances by verdict.
    pub instances: Tally,
}

/// Checks files against each other.
///
/// # Errors
/// [`Error::NoClaims`] when none of the files holds claims.
pub fn run(inputs: &Inputs, options: &Options) -> Result<Report, Error> {
    Ok(Analysis::new(inputs, options)?.report(options))
}

/// Everything read, grounded and judged: what reports and questions are answered from.
pub struct Analysis {
    map: SourceMap,
    base: FactBase,
    floors: Floors,
    checks: Vec<Box<dyn Check>>,
    grounded: Vec<Vec<Grounded>>,
    judged: Judged,
    policy: Policy,
    effort: Effort,
    evidence: Evidence,
    /// What the readers found.
    findings: Vec<Finding>,
    summary: Summary,
    whole: bool,
}

impl Analysis {
    /// Reads files, grounds every check among their claims, and judges every instance.
    ///
    /// # Errors
    /// [`Error::NoClaims`] when none of the files holds claims.
    pub fn new(inputs: &Inputs, options: &Options) -> Result<Self, Error> {
        let mut files = files::load(inputs);
        let documents = files.parse(inputs)?;
        let rulebook = rulebook::read_documents(documents.rules, &files.map);
        let (mut rules, faults) = checks::load::load(&rulebook.rules, &rulebook.vocabulary);
        let policy = Policy::new(&rulebook);
        let mut base = FactBase::new(rulebook.vocabulary);
        base.trust = rulebook.trust.iter().map(|trust| (trust.origin.clone(), trust.weight)).collect();
        let loaded = claims::read_documents(&documents.claims, &files.map, &mut base);
        let is_whole = files.whole && !documents.claims.is_empty() && rulebook.whole && loaded.whole;
        drop(documents.claims);
        let rule_count = rulebook.rules.len();
        let found = [rulebook.findings, faults, loaded.findings].into_iter().flatten();
        let folder =
            options.articles.clone().or_else(|| rulebook.articles.map(|name| inputs.root.join(name)));
        let evidence = look_up(folder, &base, &mut files.map);

        let mut checks = checks::built_in();
        checks.append(&mut rules);
        let index = Index::new(&base);
        let mut grounded: Vec<_> = checks
            .iter_mut()
            .map(|check| {
                let mut instances = check.ground(&mut base, &index, policy.level(check.as_ref()));
                // They stay to the end: the room that they grew into does not.
                instances.shrink_to_fit();
                instances
            })
            .collect();
        links::link(&mut checks, &mut grounded, &mut base, &index, &policy);
        let context = Context::with(&base, &index.floors, options.lang);
        let judged = judging::judge_all(&context, &checks, &grounded, &policy);
        let summary = Summary {
            sources: base.sources().count(),
            origins: base.origin_count(),
            claims: loaded.read,
            refused: loaded.refused,
            set_aside: base.facts().filter(|(_, fact)| !fact.counts()).count(),
            rules: rule_count,
            instances: judged.total(),
            joint: JointCounts::default(),
            evidence: evidence.coverage,
        };
        Ok(Self {
            map: files.map,
            base,
            floors: index.floors,
            checks,
            grounded,
            judged,
            policy,
            effort: options.effort(),
            whole: is_whole && evidence.whole,
            evidence,
            findings: files.findings.into_iter().chain(found).collect(),
            summary,
        })
    }

    /// Everything that was found, worded. The files and the facts go with it: what is left has been
    /// told.
    pub(crate) fn report(&mut self, options: &Options) -> Report {
        let context = Context::with(&self.base, &self.floors, options.lang);
        let together = self.joint(&context).conflicts();
        let mut told = self.judged.findings(&self.joint(&context));
        told.extend(together.findings);
        blame::advise(&self.joint(&context), &together.left_out, &mut told);
        let of_rules = self.policy.relevel(self.of_rules(&context), checks::load::CODES);
        let evidence = mem::take(&mut self.evidence);
        let mut findings = mem::take(&mut self.findings);
        findings.extend(self.policy.relevel(evidence.findings, evidence::CODES));
        // Rules that cannot hold are told once, best by what they say themselves.
        findings.extend(of_rules);
        findings.extend(told);
        findings
            .extend(self.checks.iter().flat_map(|check| inspected(check.as_ref(), &context, &self.policy)));
        findings.extend(self.policy.unknown_levels());
        findings.extend(self.policy.unknown_trust(&self.base));
        self.policy.allow(&mut findings, &self.base, options.today);
        sort(&mut findings, &self.base, &self.map);
        soundness::tell_once(&mut findings);
        Report {
            summary: Summary { joint: together.counts, ..mem::take(&mut self.summary) },
            rules: self.judged.summaries(&self.checks),
            findings,
            anchors: evidence.anchors,
            whole: self.whole,
            map: mem::take(&mut self.map),
            base: mem::take(&mut self.base),
        }
    }

    /// What is wrong with the rules themselves.
    fn of_rules(&self, context: &Context<'_>) -> Vec<Finding> {
        let Self { checks, grounded, judged, policy, .. } = self;
        let mut findings = Soundness::new(&self.base.vocabulary, checks, policy).findings(grounded);
        findings.extend(soundness::suspects(context, checks, grounded, judged));
        findings
    }

    /// The bounds that the rules imply for measures, whatever anybody claims.
    #[must_use]
    pub fn implied_bounds(&self) -> Vec<String> {
        Soundness::new(&self.base.vocabulary, &self.checks, &self.policy).implied()
    }

    /// The instances as one problem.
    fn joint<'a, 'b>(&'a self, context: &'a Context<'b>) -> joint::Run<'a, 'b> {
        let Self { checks, grounded, judged, policy, effort, .. } = self;
        joint::Run { context, checks, grounded, judged, policy, effort: *effort }
    }
}

/// The evidence of a folder of articles; without one nothing is looked up, and nothing is missing.
fn look_up(folder: Option<PathBuf>, base: &FactBase, map: &mut SourceMap) -> Evidence {
    folder.map_or_else(Evidence::not_asked, |folder| evidence::inspect(base, map, &Articles::new(folder)))
}

/// What a check says of the record, at the severity that its author asked for.
fn inspected(check: &dyn Check, context: &Context<'_>, policy: &Policy) -> Vec<Finding> {
    let level = policy.level(check);
    let mut findings = check.inspect(context);
    for finding in findings.iter_mut().filter(|finding| finding.code == check.info().code) {
        finding.rule = check.rule().map(|rule| rule.id.clone());
        finding.severity = if check.rule().is_some() { level } else { finding.severity.min(level) };
    }
    findings.extend(unmatched(check, context));
    findings
}

/// A rule none of whose measures is claimed.
fn unmatched(check: &dyn Check, context: &Context<'_>) -> Option<Finding> {
    let rule = check.rule()?;
    let claimed = |measure| {
        let points = context.base.points_of(measure);
        points.iter().any(|point| context.base.facts_at(*point).next().is_some())
    };
    if check.measures().into_iter().any(claimed) {
        return None;
    }
    let message = "a rule must match something; no claim is about its measures";
    let mut finding =
        Finding::new(checks::load::UNMATCHED, Severity::Note, message).at(rule.span, "this rule");
    finding.rule = Some(rule.id.clone());
    Some(finding)
}

/// The gravest first, then in the order of the files.
fn sort(findings: &mut [Finding], base: &FactBase, map: &SourceMap) {
    findings.sort_by_cached_key(|finding| {
        let span = finding.span(base);
        let place = span.map(|span| (map.name(span.file).to_owned(), span.start));
        (
            std::cmp::Reverse(finding.severity),
            place,
            finding.code,
            finding.rule.clone(),
            finding.message.clone(),
        )
    });
}
