//! The instance of a rule that stands for all of them: what the rule demands, whatever is claimed.

use super::{Check, Lowered};
use crate::checks::expression::{At, Node, Operand, Statement};
use crate::checks::terms::Meant;
use crate::checks::{Grounded, Reach, Sample, Years};
use crate::fact::FactBase;

impl Check {
    /// What the rule demands of points that nobody claims. None where it reckons with the year itself,
    /// or where it leaves open which points it means.
    pub(super) fn any_instance(&self, base: &mut FactBase, year: i32) -> Option<Sample> {
        if self.operands().any(mentions_a_year) {
            return None;
        }
        let binding = self.joined.sample(&base.vocabulary, year)?;
        let meant = self.joined.instantiate(&binding, base, &Years::default()).into_iter().next()?;
        let mut grounded = Grounded::default();
        let lowered = self.lower((&base.vocabulary, None), &meant, None, &mut grounded);
        let Lowered { condition, rows, definitions } = lowered.ok()?;
        grounded.condition = condition;
        grounded.strong = rows;
        let mut points: Vec<_> = meant.iter().flat_map(Meant::points).copied().collect();
        points.sort_unstable();
        points.dedup();
        self.assumed(base, &points, &mut grounded);
        Some(Sample { grounded, definitions })
    }

    /// The years that an instance speaks of.
    pub(super) fn years_spoken_of(&self) -> Reach {
        let at = || self.terms.iter().map(|(_, series)| series.at);
        let fixed = at().filter_map(|at| if let Some(At::Fixed(year)) = at { Some(year) } else { None });
        let offsets = at().filter_map(|at| match at {
            Some(At::Year(offset)) => Some(offset),
            Some(At::Fixed(_)) => None,
            None => Some(0),
        });
        let around = offsets.fold(None, |known: Option<(i32, i32)>, offset| {
            let (before, after) = known.unwrap_or_default();
            Some((before.max(offset.saturating_neg()), after.max(offset)))
        });
        Reach { around, fixed: fixed.collect() }
    }

    fn operands(&self) -> impl Iterator<Item = &Operand> {
        let (condition, then) = match &self.expression.root {
            Statement::Compare(one) => (&[][..], std::slice::from_ref(one)),
            Statement::All(all) => (&[][..], all.as_slice()),
            Statement::If { condition, then } => (condition.as_slice(), then.as_slice()),
        };
        condition.iter().chain(then).flat_map(|one| one.pairs().flat_map(|(left, _, right)| [left, right]))
    }
}

fn mentions_a_year(operand: &Operand) -> bool {
    match &operand.node {
        Node::Year(_) => true,
        Node::Negative(inner) => mentions_a_year(inner),
        Node::Sum { first, rest } => {
            mentions_a_year(first) || rest.iter().any(|(_, part)| mentions_a_year(part))
        }
        Node::Product { first, rest } => {
            mentions_a_year(first) || rest.iter().any(|(_, part)| mentions_a_year(part))
        }
        _ => false,
    }
}
