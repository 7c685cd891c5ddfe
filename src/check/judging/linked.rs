//! What becomes of rules that only link others, by whether the figures that nobody claims must be.

use super::{Judged, Outcome};
use crate::check::made::{Made, open};
use crate::check::policy::Policy;
use crate::check::problem::InstanceId;
use crate::checks::{Check, Context, Grounded};

impl Judged {
    /// Finds what makes the figures through which rules link others. Where nothing does, a rule that fails
    /// says nothing, and any other nothing strong.
    pub(super) fn suppose(
        &mut self,
        context: &Context<'_>,
        checks: &[Box<dyn Check>],
        grounded: &[Vec<Grounded>],
        policy: &Policy,
    ) {
        // They come behind all others.
        if !grounded.iter().any(|all| all.last().is_some_and(|one| one.links)) {
            return;
        }
        let (mut links, mut makers) = (Vec::new(), Vec::new());
        for (place, (check, instances)) in checks.iter().zip(grounded).enumerate() {
            for (nth, one) in instances.iter().enumerate() {
                let id = (place, nth);
                if one.links {
                    links.push((id, one));
                }
                // Parts make their total; a rule with one claimed figure makes none of the others.
                let asserts = !one.links || check.rule().is_none();
                if asserts
                    && policy.reasons_with(check.as_ref())
                    && self.stands(id, !one.condition.is_empty())
                {
                    makers.push((id, one));
                }
            }
        }
        let wanted = links.iter().flat_map(|(_, one)| open(context.base, one)).collect();
        self.made = Made::new(context, &wanted, makers.into_iter());
        for ((place, nth), one) in links {
            let outcome = self.outcomes.get_mut(place).and_then(|all| all.get_mut(nth));
            if let Some(outcome) = outcome.filter(|_| !self.made.has_all_of(context.base, one)) {
                outcome.weaken(!one.condition.is_empty());
            }
        }
    }

    /// Whether an instance says something strong, and does not fail by itself with that.
    fn stands(&self, id: InstanceId, conditional: bool) -> bool {
        !matches!(self.outcome(id), Some(Outcome::Linking)) && self.takes_part(id, conditional, true)
    }
}

impl Outcome {
    /// What becomes of an instance when a figure that it speaks of need not be.
    fn weaken(&mut self, conditional: bool) {
        match self {
            Self::Linking => *self = Self::Idle,
            Self::Undecided("disputed") if conditional => {}
            Self::Holds | Self::Consistent | Self::Undecided("disputed" | "missing") => {
                *self = Self::Supposing;
            }
            _ => {}
        }
    }
}
