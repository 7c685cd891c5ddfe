//! Why a figure is what it is: claims and steps as numbered lines, each after those that it stands on.

use std::collections::BTreeSet;

use super::solved::Solved;
use crate::check::derive::Step;
use crate::check::joint::Run;
use crate::checks::{Variable, words};
use crate::constraint::Var;
use crate::fact::{FactId, SourceId, Statement};

/// A line of a derivation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Line {
    /// What a claim says.
    Claim(FactId),
    /// When a source was published, as its file has it.
    Published(SourceId),
    /// What follows, in words.
    Step(String),
}

/// Derivations as lines; what was told once is not told again.
#[derive(Default)]
pub(super) struct Telling {
    lines: Vec<Line>,
    /// Whether there were too many steps to be told unasked.
    pub(super) cut: bool,
}

impl Telling {
    /// Tells the steps that bound a variable.
    pub(super) fn add(&mut self, run: &Run<'_, '_>, solved: &Solved<'_>, var: Var, asked: bool) {
        for fact in solved.world.said_of(var) {
            self.tell(Line::Claim(*fact));
        }
        let Some(steps) = solved.steps(var, asked) else {
            self.cut = true;
            return;
        };
        for step in last_words(&steps, var) {
            for premise in premises(run, solved, step) {
                self.tell(premise);
            }
            if solved.world.shared(step.output).is_some() {
                self.tell(Line::Step(run.step(solved.world, step)));
            }
        }
    }

    fn tell(&mut self, line: Line) {
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    /// The claims that the derivation stands on.
    pub(super) fn claims(&self) -> Vec<FactId> {
        let claim = |line: &Line| match line {
            Line::Claim(fact) => Some(*fact),
            _ => None,
        };
        self.lines.iter().filter_map(claim).collect()
    }

    /// The lines in words.
    pub(super) fn words(&self, run: &Run<'_, '_>) -> Vec<String> {
        self.lines.iter().map(|line| line.words(run)).collect()
    }
}

impl Line {
    fn words(&self, run: &Run<'_, '_>) -> String {
        let base = run.context.base;
        match self {
            Self::Step(text) => text.clone(),
            Self::Published(source) => {
                let source = base.source(*source);
                let published = source.published.map_or_else(String::new, |period| period.to_string());
                format!("{} was published {published}", source.id)
            }
            Self::Claim(id) => {
                let fact = base.fact(*id);
                let about = words::point(run.context, fact.point);
                let source = words::source(run.context, *id);
                match fact.statement {
                    Statement::Named => format!("{source} names {about}"),
                    Statement::Change(_) | Statement::Share(_) => {
                        format!("{source} says of {about}: {}", words::said(run.context, *id))
                    }
                    _ => format!("{source} says: {about} is {}", words::said(run.context, *id)),
                }
            }
        }
    }
}

/// The steps that the bounds of a variable need in the end: what a later step says better is left out,
/// unless something in between stands on it.
fn last_words(steps: &[Step], var: Var) -> Vec<&Step> {
    let mut wanted = BTreeSet::from([var]);
    let mut kept: Vec<&Step> = Vec::new();
    for step in steps.iter().rev() {
        if !wanted.contains(&step.output) {
            continue;
        }
        let stronger =
            kept.iter().rposition(|later| later.output == step.output && later.set.is_subset(&step.set));
        // Later steps come first in `kept`: those behind the stronger one lie between the two.
        let between = |at: usize| kept.iter().skip(at + 1);
        if stronger.is_none_or(|at| between(at).any(|one| one.inputs.contains(&step.output))) {
            wanted.extend(step.inputs.iter().copied());
            kept.push(step);
        }
    }
    kept.reverse();
    kept
}

/// What a step stands on: the claims on its inputs, and those that own its instance.
fn premises(run: &Run<'_, '_>, solved: &Solved<'_>, step: &Step) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for var in &step.inputs {
        if let Some(Variable::Published(source)) = solved.world.shared(*var)
            && run.context.base.source(source).published.is_some()
        {
            lines.push(Line::Published(source));
        }
        lines.extend(solved.world.said_of(*var).iter().copied().map(Line::Claim));
    }
    let owners = run.instance(step.by).into_iter().flat_map(|one| one.owners.iter().copied());
    lines.extend(owners.map(Line::Claim));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_once() {
        let mut telling = Telling::default();
        for fact in [3, 1, 3] {
            telling.tell(Line::Claim(FactId(fact)));
        }
        assert_eq!(telling.claims(), [FactId(3), FactId(1)]);
    }
}
