//! Why a figure is what it is: claims and steps as numbered lines, each after those that it stands on.

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
}

impl Telling {
    /// Tells the steps that bound a variable.
    pub(super) fn add(&mut self, run: &Run<'_, '_>, solved: &Solved<'_>, var: Var, asked: bool) {
        let steps = solved.steps(var, asked).unwrap_or_default();
        for fact in solved.world.said_of(var) {
            self.tell(Line::Claim(*fact));
        }
        for step in last_words(solved, &steps) {
            for premise in premises(run, solved, step) {
                self.tell(premise);
            }
            self.tell(Line::Step(run.step(solved.world, step)));
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

/// The steps that a reader needs: what is said of days rather than of their years, and the last word
/// of a check on a figure where nothing stands on its earlier ones.
fn last_words<'s>(solved: &Solved<'_>, steps: &'s [Step]) -> Vec<&'s Step> {
    let mut kept: Vec<&Step> = Vec::new();
    for step in steps.iter().rev().filter(|step| solved.world.shared(step.output).is_some()) {
        let stronger = kept.iter().rposition(|later| {
            later.output == step.output && later.by.0 == step.by.0 && later.set.is_subset(&step.set)
        });
        // Later steps come first in `kept`; those behind the stronger one lie between the two.
        let needed = stronger
            .is_none_or(|at| kept.iter().skip(at + 1).any(|between| between.inputs.contains(&step.output)));
        if needed {
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
