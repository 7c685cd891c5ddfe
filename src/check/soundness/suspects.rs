//! Rules that fail nearly wherever they apply.

use std::collections::BTreeSet;

use crate::check::judging::Judged;
use crate::checks::{Check, Context, Grounded, load, words};
use crate::fact::FactId;
use crate::finding::{Finding, Severity};

/// Rules that fail nearly wherever they apply, for no one claim's sake: they are the suspects.
pub(in crate::check) fn suspects(
    context: &Context<'_>,
    checks: &[Box<dyn Check>],
    grounded: &[Vec<Grounded>],
    judged: &Judged,
) -> Vec<Finding> {
    /// Fewer failures may be as many mistakes.
    const FEWEST: usize = 3;
    let mut findings = Vec::new();
    for (place, (check, instances)) in checks.iter().zip(grounded).enumerate() {
        let Some(rule) = check.rule().filter(|rule| SURE_KINDS.contains(&rule.kind.as_str())) else {
            continue;
        };
        let (failing, decided) = judged.failing(place);
        // At least four of five.
        if failing.len() < FEWEST || failing.len() * 5 < decided * 4 {
            continue;
        }
        let claims = failing.iter().filter_map(|nth| instances.get(*nth)).map(|one| claims(context, one));
        let shared = claims.reduce(|left, right| left.intersection(&right).copied().collect());
        // One figure that all failures rest on is the better suspect.
        if shared.is_none_or(|shared| !shared.is_empty()) {
            continue;
        }
        let message = format!(
            "a rule must hold somewhere; {} fails in {} of {} places: is it the rule that is wrong?",
            words::code(&rule.id),
            failing.len(),
            decided
        );
        let mut finding = Finding::new(load::SUSPECT, Severity::Warning, message).at(rule.span, "this rule");
        finding.rule = Some(rule.id.clone());
        findings.push(finding.help("no figure takes part in all of these: look at the rule first"));
    }
    findings
}

/// The kinds of rules that no sound corpus breaks everywhere; plans may all slip.
const SURE_KINDS: [&str; 3] = ["expect", "ordinal", "order"];

fn claims(context: &Context<'_>, one: &Grounded) -> BTreeSet<FactId> {
    let stated = one.variables.iter().flat_map(|variable| context.facts(*variable));
    stated.chain(one.owners.iter().copied()).collect()
}
