//! The instance of a rule that stands for all of them: what the rule demands, whatever is claimed.

use super::{Check, Lowered};
use crate::checks::lowering::Year;
use crate::checks::sample::points;
use crate::checks::{Grounded, Moment, Sample};
use crate::fact::FactBase;

impl Check {
    /// What the rule demands of points that nobody claims. None where it leaves open which points it
    /// means.
    pub(super) fn any_instance(&self, base: &mut FactBase, moment: &Moment<'_>) -> Option<Sample> {
        let meant = self.joined.sample(base, moment)?;
        let year = moment.after.map_or(Year::Is(moment.year), Year::Any);
        let mut grounded = Grounded::default();
        let lowered = self.lower((&base.vocabulary, None), &meant, year, &mut grounded);
        let Lowered { condition, rows, definitions } = lowered.ok()?;
        grounded.condition = condition;
        grounded.strong = rows;
        self.assumed(base, &points(&meant), &mut grounded);
        Some(Sample { grounded, definitions, ..Sample::default() })
    }
}
