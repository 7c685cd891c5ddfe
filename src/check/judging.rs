//! Instances into verdicts, and conflicts into findings.

mod linked;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::claimed::Claimed;
use super::joint::Run;
use super::made::Made;
use super::policy::Policy;
use super::problem::InstanceId;
use super::{RuleSummary, Tally};
use crate::checks::{Blocked, Case, Check, Conflict, Context, Grounded, Variable, load};
use crate::constraint::{Constraint, Relation, Var};
use crate::fact::{FactId, PointId};
use crate::finding::{Finding, Reason, Severity};
use crate::quantity::{Interval, Number};
use crate::solve::{self, Instance, Limits, Verdict};

/// What became of one instance.
#[derive(Debug)]
enum Outcome {
    Holds,
    /// The condition of an `if` is refuted: it holds and says nothing.
    Idle,
    Consistent,
    Conflict(Box<Conflict>),
    /// A tension of what applies only when words that cover less than they seem to are taken at their
    /// word. Nothing else follows from it.
    Leaning(Box<Conflict>),
    /// It links others and fails by itself: with what makes the figure that nobody claims, it cannot hold.
    /// What only readers take the words to mean follows from it no more.
    Linking,
    /// It links others through a figure that need not be, so that nothing strong follows from it.
    Supposing,
    Undecided(&'static str),
    /// A refutation that did not verify: a bug of ours.
    Unproved(String),
}

/// What became of every instance, by check.
#[derive(Debug)]
pub(super) struct Judged {
    outcomes: Vec<Vec<Outcome>>,
    /// How many instances of a check have verdicts of their own; those behind them only link others.
    own: Vec<usize>,
    pub(super) claimed: Claimed,
    /// What makes the figures that nobody claims, where rules link others through them.
    pub(super) made: Made,
}

/// The points whose claims disagree.
#[derive(Debug, Default)]
struct Disputes {
    /// They cannot all be right: nothing that needs the point is decided.
    hard: HashSet<PointId>,
    /// They hardly agree: only what their words entail is held against others.
    soft: HashSet<PointId>,
}

/// Judges every instance from the claimed sets of its own terms. Duplicates and bounds come first:
/// a point whose claims disagree is disputed.
pub(super) fn judge_all(
    context: &Context<'_>,
    checks: &[Box<dyn Check>],
    grounded: &[Vec<Grounded>],
    policy: &Policy,
) -> Judged {
    let claimed = Claimed::new(context, grounded);
    let mut disputed = Disputes::default();
    let mut outcomes: Vec<Vec<Outcome>> = Vec::with_capacity(grounded.len());
    for (check, instances) in checks.iter().zip(grounded) {
        let first = if comes_first(check.as_ref()) { instances.as_slice() } else { &[] };
        let judged: Vec<Outcome> =
            first.iter().map(|one| judge(context, &claimed, one, &Disputes::default())).collect();
        for (one, outcome) in first.iter().zip(&judged) {
            if let Outcome::Conflict(conflict) = outcome {
                let points = if conflict.strong { &mut disputed.hard } else { &mut disputed.soft };
                points.extend(one.owners.iter().map(|fact| context.base.fact(*fact).point));
            }
        }
        outcomes.push(judged);
    }
    for ((check, instances), judged) in checks.iter().zip(grounded).zip(&mut outcomes) {
        if !comes_first(check.as_ref()) {
            *judged = instances.iter().map(|one| judge(context, &claimed, one, &disputed)).collect();
        }
    }
    let own = grounded.iter().map(|all| all.iter().take_while(|one| !one.links).count()).collect();
    let mut judged = Judged { outcomes, own, claimed, made: Made::default() };
    judged.suppose(context, checks, grounded, policy);
    judged
}

/// Whether a check says what single points can be, before others are judged.
pub(super) fn comes_first(check: &dyn Check) -> bool {
    matches!(check.info().name, "duplicates" | "bounds")
}

fn judge(context: &Context<'_>, claimed: &Claimed, grounded: &Grounded, disputed: &Disputes) -> Outcome {
    let needs = |points: &HashSet<PointId>| {
        grounded.variables.iter().filter_map(|variable| variable.point()).any(|point| points.contains(&point))
    };
    if needs(&disputed.hard) {
        return Outcome::Undecided("disputed");
    }
    let outcome = judge_alone(context, claimed, grounded);
    match &outcome {
        // Fewer than two claimed terms make no instance: what fails by itself is no verdict.
        Outcome::Conflict(_) if grounded.links => Outcome::Linking,
        Outcome::Leaning(_) if grounded.links => Outcome::Idle,
        Outcome::Conflict(conflict) if conflict.strong => outcome,
        _ if needs(&disputed.soft) => Outcome::Undecided("disputed"),
        _ => outcome,
    }
}

/// One instance from the claimed sets of its own terms, whoever disputes them.
fn judge_alone(context: &Context<'_>, claimed: &Claimed, grounded: &Grounded) -> Outcome {
    match grounded.blocked {
        Some(Blocked::Limit) => return Outcome::Undecided("limit"),
        Some(Blocked::Condition) => return Outcome::Undecided("condition"),
        None => {}
    }
    let vars = || grounded.variables.iter().map(|variable| claimed.values(*variable));
    let limits = Limits::default();
    let is_zero = |var: &Var| soft(claimed, grounded, *var).as_point().is_some_and(Number::is_zero);
    if grounded.divisors.iter().any(is_zero) {
        return Outcome::Undecided("condition");
    }
    if !grounded.condition.is_empty() {
        let condition = Instance { vars: vars().collect(), strong: &grounded.condition, weak: &[] };
        match solve::judge(&condition, &limits) {
            Verdict::Holds => {}
            Verdict::Contradiction(_) => return Outcome::Idle,
            _ => return judge_leaning(context, claimed, grounded),
        }
    }
    let instance = Instance { vars: vars().collect(), strong: &grounded.strong, weak: &grounded.weak };
    let missing = || grounded.needs.iter().any(|variable| !claimed.is_claimed(*variable));
    match solve::judge(&instance, &limits) {
        Verdict::Holds => Outcome::Holds,
        Verdict::Consistent(_) if missing() => Outcome::Undecided("missing"),
        Verdict::Consistent(_) => Outcome::Consistent,
        Verdict::Tension(certificate) => Outcome::Conflict(Box::new(Conflict { strong: false, certificate })),
        Verdict::Contradiction(certificate) => {
            Outcome::Conflict(Box::new(Conflict { strong: true, certificate }))
        }
        Verdict::Undecided(_) => Outcome::Undecided(if missing() { "missing" } else { "limit" }),
        Verdict::Unproved(flaw) => Outcome::Unproved(flaw.to_string()),
    }
}

/// An instance whose condition the hard sets leave open: where the words of claims that cover less than
/// they seem to entail it, the rest is expected, and no more.
fn judge_leaning(context: &Context<'_>, claimed: &Claimed, grounded: &Grounded) -> Outcome {
    let limits = Limits::default();
    let worded: Vec<solve::Variable> = grounded
        .variables
        .iter()
        .map(|variable| {
            solve::Variable::free(context.worded(*variable), claimed.values(*variable).is_integral())
        })
        .collect();
    let condition = Instance { vars: worded.iter().collect(), strong: &grounded.condition, weak: &[] };
    if !matches!(solve::judge(&condition, &limits), Verdict::Holds) {
        return Outcome::Undecided("condition");
    }
    let weak: Vec<Constraint> = grounded.strong.iter().chain(&grounded.weak).cloned().collect();
    let vars = grounded.variables.iter().map(|variable| claimed.values(*variable)).collect();
    match solve::judge(&Instance { vars, strong: &[], weak: &weak }, &limits) {
        Verdict::Tension(certificate) => Outcome::Leaning(Box::new(Conflict { strong: false, certificate })),
        _ => Outcome::Undecided("condition"),
    }
}

impl Judged {
    /// The conflicts as findings, each told by its own check.
    pub(super) fn findings(&self, run: &Run<'_, '_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (place, (check, outcomes)) in run.checks.iter().zip(&self.outcomes).enumerate() {
            for (nth, outcome) in outcomes.iter().enumerate() {
                match outcome {
                    Outcome::Conflict(conflict) | Outcome::Leaning(conflict) => {
                        findings.extend(tell(run, check.as_ref(), (place, nth), conflict));
                    }
                    Outcome::Unproved(flaw) => findings.push(bug(check.info().name, flaw)),
                    _ => {}
                }
            }
        }
        findings
    }

    fn outcome(&self, (check, nth): InstanceId) -> Option<&Outcome> {
        self.outcomes.get(check)?.get(nth)
    }

    /// Whether an instance takes part in joint reasoning: it does not fail by itself, and it is not
    /// blocked. What a dispute leaves open of a condition is not known.
    pub(super) fn takes_part(&self, id: InstanceId, conditional: bool, strong: bool) -> bool {
        match self.outcome(id) {
            Some(Outcome::Conflict(conflict)) => strong && !conflict.strong,
            Some(Outcome::Undecided("disputed")) => !conditional,
            Some(Outcome::Undecided(reason)) => !matches!(*reason, "condition" | "limit"),
            Some(Outcome::Holds | Outcome::Consistent) => true,
            Some(Outcome::Linking) => strong,
            Some(Outcome::Supposing) => !strong,
            Some(Outcome::Idle | Outcome::Leaning(_) | Outcome::Unproved(_)) | None => false,
        }
    }

    /// Whether an instance says something of its figures, whatever these are.
    pub(super) fn applies(&self, id: InstanceId, conditional: bool) -> bool {
        matches!(self.outcome(id), Some(Outcome::Conflict(_))) || self.takes_part(id, conditional, true)
    }

    /// Whether an instance is undecided because claims dispute a figure that it speaks of.
    pub(super) fn is_disputed(&self, id: InstanceId) -> bool {
        matches!(self.outcome(id), Some(Outcome::Undecided("disputed")))
    }

    /// Whether an instance is undecided because something that it speaks of is not claimed.
    pub(super) fn is_missing(&self, id: InstanceId) -> bool {
        let is_own = self.own.get(id.0).is_some_and(|own| id.1 < *own);
        is_own && matches!(self.outcome(id), Some(Outcome::Undecided("missing")))
    }

    /// The instances of a check that fail, and how many are decided.
    pub(super) fn failing(&self, check: usize) -> (Vec<usize>, usize) {
        let outcomes = self.outcomes.get(check).map_or(&[][..], Vec::as_slice);
        let failing = outcomes.iter().enumerate().filter(|(_, one)| fails(one)).map(|(nth, _)| nth).collect();
        let decided =
            outcomes.iter().filter(|one| fails(one) || matches!(one, Outcome::Holds | Outcome::Consistent));
        (failing, decided.count())
    }

    /// The claims of the conflicts of single instances, of some checks.
    pub(super) fn claims_of_conflicts(
        &self,
        context: &Context<'_>,
        grounded: &[Vec<Grounded>],
        strong: bool,
        of: &dyn Fn(usize) -> bool,
    ) -> BTreeSet<FactId> {
        let mut claims = BTreeSet::new();
        let checks = self.outcomes.iter().zip(grounded).enumerate().filter(|(place, _)| of(*place));
        let pairs = checks.flat_map(|(_, (judged, all))| judged.iter().zip(all));
        for (outcome, one) in pairs {
            let failed = match outcome {
                Outcome::Conflict(conflict) | Outcome::Leaning(conflict) => conflict.strong == strong,
                _ => false,
            };
            if failed {
                claims.extend(one.owners.iter().copied());
                claims.extend(one.variables.iter().flat_map(|variable| context.facts(*variable)));
            }
        }
        claims
    }

    /// The outcomes of each check that count: not those of what only links others.
    fn verdicts(&self) -> impl Iterator<Item = impl Iterator<Item = &Outcome>> {
        self.outcomes.iter().zip(&self.own).map(|(outcomes, own)| outcomes.iter().take(*own))
    }

    /// The instances of all checks by verdict.
    pub(super) fn total(&self) -> Tally {
        tally(self.verdicts().flatten())
    }

    /// Each check with its instances by verdict.
    pub(super) fn summaries(&self, checks: &[Box<dyn Check>]) -> Vec<RuleSummary> {
        checks
            .iter()
            .zip(self.verdicts())
            .map(|(check, outcomes)| {
                let (info, rule) = (check.info(), check.rule());
                RuleSummary {
                    id: rule.map_or_else(|| info.name.to_owned(), |rule| rule.id.clone()),
                    kind: rule.map_or_else(|| info.name.to_owned(), |rule| rule.kind.clone()),
                    code: info.code,
                    because: rule.and_then(|rule| rule.because.clone()),
                    builtin: rule.is_none(),
                    instances: tally(outcomes),
                }
            })
            .collect()
    }
}

fn fails(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Conflict(_) | Outcome::Leaning(_))
}

/// A conflict as a finding: its check words it, its weakest ingredient and its level bound how grave
/// it is.
fn tell(run: &Run<'_, '_>, check: &dyn Check, id: InstanceId, conflict: &Conflict) -> Option<Finding> {
    let grounded = run.instance(id)?;
    let level = run.policy.level(check);
    let case = Case { context: run.context, nth: id.1, grounded, strong: conflict.strong };
    let mut finding = check.describe(&case).unwrap_or_else(|| {
        let info = check.info();
        Finding::new(info.code, info.severity, info.name)
    });
    let strength = if conflict.strong { Severity::Error } else { Severity::Warning };
    finding.severity = strength.min(level);
    if let Some(rule) = check.rule() {
        finding.rule = Some(rule.id.clone());
        if let Some(message) = &rule.message {
            finding.message.clone_from(message);
        }
        finding.help.extend(rule.help.clone());
    }
    if finding.reasons.is_empty() {
        finding.reasons.push(Reason::default());
    }
    let minimal = run.minimal(id, conflict);
    let (claims, certificate) = minimal.unwrap_or_else(|| (finding.claims.clone(), None));
    let certificate = certificate.unwrap_or_else(|| conflict.certificate.clone());
    for reason in &mut finding.reasons {
        reason.claims.clone_from(&claims);
        if !conflict.strong {
            reason.assumptions.clone_from(&grounded.assumptions);
        }
        reason.certificate = Some(certificate.clone());
    }
    Some(finding)
}

/// What a reader takes a variable of an instance to be: what is claimed of it, or the sum that it is.
fn soft(claimed: &Claimed, grounded: &Grounded, var: Var) -> Interval {
    let claimed_of = |var: Var| {
        let variable = grounded.variables.get(var.0 as usize);
        variable.map_or_else(Interval::all, |variable| claimed.values(*variable).soft().clone())
    };
    let rows = grounded.strong.iter().chain(&grounded.weak).filter_map(Constraint::as_linear);
    let sums = rows.filter(|row| row.relation() == Relation::Equal && row.terms().len() > 1);
    let is_own = matches!(grounded.variables.get(var.0 as usize), Some(Variable::Own(_)));
    sums.filter(|_| is_own)
        .filter_map(|row| row.solved(var, &claimed_of))
        .fold(claimed_of(var), |all, one| all.intersect(&one))
}

pub(super) fn bug(check: &str, flaw: &str) -> Finding {
    let message = format!("a bug of mizan: the check `{check}` found a conflict whose proof does not verify");
    Finding::new(load::BUG, Severity::Warning, message).help(format!("please report it: {flaw}"))
}

fn tally<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Tally {
    let mut tally = Tally::default();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for outcome in outcomes {
        match outcome {
            Outcome::Holds | Outcome::Idle | Outcome::Linking | Outcome::Supposing => tally.holds += 1,
            Outcome::Consistent => tally.consistent += 1,
            Outcome::Conflict(conflict) if conflict.strong => tally.contradiction += 1,
            Outcome::Conflict(_) | Outcome::Leaning(_) => tally.tension += 1,
            Outcome::Undecided(reason) => *reasons.entry(reason).or_default() += 1,
            Outcome::Unproved(_) => *reasons.entry("unproved").or_default() += 1,
        }
    }
    tally.undecided = reasons.values().sum();
    tally.undecided_by = reasons.into_iter().map(|(reason, count)| (reason.to_owned(), count)).collect();
    tally
}
