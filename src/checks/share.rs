//! A percentage of a whole number of things is possible only for some whole numbers.

use super::change::{first_pair, ratio_rows};
use super::{Case, Context, Grounded, Index, Variable, info, point_at_claims, resolve, words};
use crate::fact::{FactBase, FactId, PointId, Share, Statement};
use crate::finding::{CodeInfo, Finding, Reason, Severity};
use crate::quantity::{End, Hedge, Interval, Number};

/// The check on shares.
#[derive(Debug, Default)]
pub struct Check {
    facts: Vec<FactId>,
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(206)
    }

    fn ground(&mut self, base: &mut FactBase, _: &Index, _: Severity) -> Vec<Grounded> {
        let mut grounded = Vec::new();
        for (id, fact) in base.facts().filter(|(_, fact)| fact.counts()) {
            if let Statement::Share(share) = &fact.statement {
                grounded.push(instance(base, id, fact.point, share, fact.is_weak()));
                self.facts.push(id);
            }
        }
        grounded
    }

    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let Case { context, nth, grounded, strong } = *case;
        let id = self.facts.get(nth)?;
        let fact = context.base.fact(*id);
        let Statement::Share(share) = &fact.statement else { return None };
        let mut finding = describe(context, fact.point, share, strong);
        finding =
            finding.on(*id, fact.statement_key(), format!("the share: {}", words::code(&share.written)));
        finding.repairs = resolve::repairs(context, grounded, strong);
        Some(point_at_claims(finding, context, grounded))
    }
}

/// `l % · of ≤ this ≤ h % · of`, hard and soft; a share of a figure that nobody gives says something
/// only of the figure that is given.
fn instance(base: &FactBase, id: FactId, point: PointId, share: &Share, weak: bool) -> Grounded {
    let mut grounded = Grounded { owners: vec![id], ..Grounded::default() };
    let this = grounded.var(Variable::Value(point));
    let of = grounded.var(Variable::Value(share.of));
    let claimed = |p: PointId| base.facts_at(p).any(|fact| base.fact(fact).statement.reading().is_some());
    if !claimed(point) && !claimed(share.of) {
        grounded.needs.push(Variable::Value(share.of));
    }
    if !weak {
        grounded.strong = ratio_rows(this, of, &fraction(&share.percent.hard));
    }
    grounded.weak = ratio_rows(this, of, &fraction(&share.percent.soft));
    grounded
}

fn fraction(percent: &Interval) -> Interval {
    percent.scale(&Number::power_of_ten(-2)).intersect(&Interval::at_least(Number::ZERO))
}

/// The shares that the whole numbers around an impossible part would be.
fn neighbours(of: &Interval, possible: &Interval) -> Option<String> {
    let (of, low) = (of.as_point()?, possible.lower().value()?.floor());
    let share = |part: &Number| {
        let percent = (part * &Number::HUNDRED).checked_div(of)?;
        Some(format!("{} are {} %", words::number(part), words::rounded(&percent, 1)))
    };
    let high = &low + &Number::ONE;
    Some(format!("of {}, {} and {}", words::number(of), share(&low)?, share(&high)?))
}

fn describe(context: &Context<'_>, point: PointId, share: &Share, strong: bool) -> Finding {
    let set = |point: PointId| {
        let sets = context.sets(Variable::Value(point));
        let set = if strong { sets.hard } else { sets.soft };
        (if sets.integral { set.whole() } else { set }, sets.integral)
    };
    let ((this, whole), (of, _)) = (set(point), set(share.of));
    let ratio = fraction(if strong { &share.percent.hard } else { &share.percent.soft });
    let possible = of.mul(&ratio);
    let (now, total) = (words::point(context, point), words::point(context, share.of));
    let told = match share.figure.hedge {
        Hedge::Bare => format!("{} %", words::number(&share.figure.value)),
        _ => words::code(share.written.split_once(" of ").map_or(share.written.as_str(), |(part, _)| part)),
    };
    let exact = whole && !ratio.is_empty() && possible.whole().is_empty();
    let message = if ratio.is_empty() {
        format!("a share must be 0 to 100 % of its whole, found {told} of {total}")
    } else if exact {
        format!(
            "{told} of {total} ({}) is {}, and no whole number lies there",
            words::interval(&of),
            words::interval(&possible)
        )
    } else {
        format!(
            "{now} is {}, but {told} of {total} ({}) is {}",
            words::interval(&this),
            words::interval(&of),
            words::interval(&possible)
        )
    };
    let mut steps = Vec::new();
    if !ratio.is_empty() {
        steps.push(format!("{told} of {} = {}", words::interval(&of), words::interval(&possible)));
    }
    if exact {
        steps.extend(neighbours(&of, &possible));
        let from = Interval::new(of.lower().clone(), End::Unbounded);
        let next = first_pair(&from, &Interval::at_least(Number::ONE), &ratio);
        steps.extend(next.map(|(whole, part)| {
            let (whole, part) = (words::number(&whole), words::number(&part));
            format!("the next total that allows {told} is {whole}, with {part} of them")
        }));
    }
    let mut finding = Finding::new(info(206).code, Severity::Error, message)
        .compare(possible.to_string(), this.to_string());
    finding.reasons.push(Reason { steps, ..Reason::default() });
    finding
}
