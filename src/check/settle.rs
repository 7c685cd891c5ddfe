//! Groups of instances that a first guess settles, so that no pass of the engine has to think about
//! them: nearly all.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt as _};
use petgraph::unionfind::UnionFind;

use super::claimed::Claimed;
use super::joint::Run;
use super::problem::{InstanceId, Pass};
use crate::checks::{Grounded, Variable};
use crate::constraint::{Constraint, Linear, Relation, Var, days_of};
use crate::quantity::Number;
use crate::solve;

/// How often figures are raised before a group is left to the engine, and how often before those that
/// are bounded from above alone stand there.
const SWEEPS: usize = 8;
const FROM_BELOW: usize = 3;

impl Run<'_, '_> {
    /// What both passes need not think about: all that reasons, held together at once, each instance with
    /// its weak words where the weak pass takes them.
    pub(super) fn quiet(&self) -> Vec<InstanceId> {
        let all = self.reasoning(Pass::Strong, &BTreeSet::new());
        let takes_weak_words =
            |id, one: &Grounded| self.judged.takes_part(id, !one.condition.is_empty(), false);
        let pass = |id: InstanceId| {
            let is_weak = self.instance(id).is_some_and(|one| takes_weak_words(id, one));
            if is_weak { Pass::Weak } else { Pass::Strong }
        };
        let open = ids(unsettled(&self.judged.claimed, &all, &pass, &|_| false));
        let mut open = open.peekable();
        // Both are in ascending order.
        ids(all).filter(|id| open.next_if_eq(id).is_none()).collect()
    }
}

fn ids(instances: Vec<(InstanceId, &Grounded)>) -> impl Iterator<Item = InstanceId> {
    instances.into_iter().map(|(id, _)| id)
}

/// The instances that hang together with others, in groups for which no guess was right.
///
/// The guesses stand within the soft sets of all claims. What they satisfy can hold with weak words left
/// out and with claims set aside, too: a group is not looked at again whose instances were all `quiet`
/// before.
pub(super) fn unsettled<'g, Id: Copy>(
    claimed: &Claimed,
    instances: &[(Id, &'g Grounded)],
    pass: &dyn Fn(Id) -> Pass,
    quiet: &dyn Fn(Id) -> bool,
) -> Vec<(Id, &'g Grounded)> {
    let is_quiet = |place: usize| instances.get(place).is_some_and(|(id, _)| quiet(*id));
    let figures = Figures::new(claimed, instances);
    let mut groups = figures.groups(instances.len());
    // What one instance decides alone has been judged.
    groups.retain(|group| group.len() > 1 && !group.iter().copied().all(is_quiet));
    for end in 0..2 {
        if groups.is_empty() {
            break;
        }
        let mut guess = Guess::new(&figures, end);
        groups.retain(|group| {
            let group = group.iter().filter_map(|place| Some((*place, instances.get(*place)?)));
            let group: Vec<_> = group.map(|(place, (id, one))| (place, *one, pass(*id))).collect();
            !guess.fits(&group)
        });
    }
    let mut open: Vec<usize> = groups.into_iter().flatten().collect();
    open.sort_unstable();
    open.into_iter().filter_map(|place| instances.get(place).copied()).collect()
}

/// What some instances speak of, numbered: what they share once, what each has of its own apart.
struct Figures<'c> {
    all: Vec<Figure<'c>>,
    /// The numbers of the variables of all instances, and where those of each begin.
    numbers: Vec<usize>,
    starts: Vec<usize>,
}

struct Figure<'c> {
    values: &'c solve::Variable,
    is_own: bool,
    /// How many instances speak of it, and the place of the first.
    speakers: usize,
    first: usize,
}

impl<'c> Figures<'c> {
    fn new<Id>(claimed: &'c Claimed, instances: &[(Id, &Grounded)]) -> Self {
        let mut known: HashMap<Variable, usize> = HashMap::with_capacity(instances.len());
        let mut figures = Self { all: Vec::new(), numbers: Vec::new(), starts: Vec::new() };
        for (first, (_, one)) in instances.iter().enumerate() {
            figures.starts.push(figures.numbers.len());
            for variable in &one.variables {
                let new = figures.all.len();
                let is_own = matches!(variable, Variable::Own(_));
                let number = if is_own { new } else { *known.entry(*variable).or_insert(new) };
                if number == new {
                    let values = claimed.values(*variable);
                    figures.all.push(Figure { values, is_own, speakers: 0, first });
                }
                figures.all.get_mut(number).into_iter().for_each(|figure| figure.speakers += 1);
                figures.numbers.push(number);
            }
        }
        figures
    }

    /// The numbers of the variables of an instance, in their order.
    fn of(&self, place: usize) -> &[usize] {
        let end = self.starts.get(place + 1).copied().unwrap_or(self.numbers.len());
        self.starts.get(place).and_then(|start| self.numbers.get(*start..end)).unwrap_or(&[])
    }

    /// The places of instances that share figures.
    fn groups(&self, instances: usize) -> Vec<Vec<usize>> {
        let mut joined: UnionFind<usize> = UnionFind::new(instances);
        for place in 0..instances {
            for figure in self.of(place).iter().filter_map(|number| self.all.get(*number)) {
                joined.union(place, figure.first);
            }
        }
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); instances];
        for place in 0..instances {
            groups.get_mut(joined.find_mut(place)).into_iter().for_each(|group| group.push(place));
        }
        groups
    }
}

/// All figures at one end of what is claimed of them. From the lower ends they are raised as far as the
/// instances ask, which solves every system of differences (`x − y ≤ c`), dates above all.
struct Guess<'f, 'c> {
    figures: &'f Figures<'c>,
    end: usize,
    /// By the numbers of the figures, each with the number of its last raise.
    values: Vec<(Option<Number>, usize)>,
    raises: usize,
    sweep: usize,
    raised: bool,
}

/// An instance by its place, as the pass takes it.
type Placed<'g> = (usize, &'g Grounded, Pass);

impl<'f, 'c> Guess<'f, 'c> {
    fn new(figures: &'f Figures<'c>, end: usize) -> Self {
        let values = figures.all.iter().map(|figure| (figure.values.end(end), 0)).collect();
        Self { figures, end, values, raises: 0, sweep: 0, raised: false }
    }

    /// Whether all instances of a group hold.
    fn fits(&mut self, group: &[Placed<'_>]) -> bool {
        // For each instance after how many raises it was seen to hold.
        let mut held = vec![None; group.len()];
        let mut values = Vec::new();
        for sweep in 0..SWEEPS {
            (self.sweep, self.raised) = (sweep, false);
            for (held, one) in held.iter_mut().zip(group) {
                if held.is_none_or(|since| !self.stays(one.0, since)) && !self.holds(*one, held, &mut values)
                {
                    return false;
                }
            }
            if !self.raised {
                return true;
            }
        }
        false
    }

    /// Whether no figure of an instance was raised since.
    fn stays(&self, place: usize, since: usize) -> bool {
        let mut figures = self.figures.of(place).iter().filter_map(|number| self.values.get(*number));
        figures.all(|(_, raised)| *raised <= since)
    }

    /// Whether an instance holds, or a figure could be raised so that it does.
    fn holds(
        &mut self,
        (place, one, pass): Placed<'_>,
        held: &mut Option<usize>,
        values: &mut Vec<Option<Number>>,
    ) -> bool {
        let weak: &[Constraint] = if pass == Pass::Weak { &one.weak } else { &[] };
        let numbers = self.figures.of(place);
        values.clear();
        values.extend(numbers.iter().map(|number| self.value(*number)));
        let rows = || one.strong.iter().chain(weak);
        // What one row raised may break a row before it, which may raise something else.
        (0..2).any(|_| {
            let mut stay = true;
            let fits = rows().all(|row| {
                solve::hold_at([row], values) || {
                    stay = false;
                    self.raise(numbers, row, values) || self.waits(row, values)
                }
            });
            let holds = fits && (stay || solve::hold_at(rows(), values));
            *held = holds.then_some(self.raises);
            holds || fits && self.raised
        })
    }

    fn value(&self, number: usize) -> Option<Number> {
        self.values.get(number)?.0.clone()
    }

    /// Raises a figure to where a row just holds, if that is within its soft set: best one that no
    /// other instance speaks of, so that what flows into a level does not ask for another level before.
    fn raise(&mut self, numbers: &[usize], row: &Constraint, values: &mut [Option<Number>]) -> bool {
        if self.end > 0 {
            return false;
        }
        let figure = |var: Var| numbers.get(var.0 as usize).copied();
        match row {
            Constraint::Linear(row) => [true, false].into_iter().any(|alone| {
                row.terms().iter().any(|(factor, var)| {
                    let Some(number) = figure(*var).filter(|number| self.is_alone(*number) == alone) else {
                        return false;
                    };
                    let now = values.get(var.0 as usize).and_then(Option::as_ref);
                    let from_below = row.relation() == Relation::Equal || factor.is_negative();
                    let may = from_below || now.is_none() && self.sweep >= FROM_BELOW;
                    let may = may && row.relation() != Relation::Less;
                    let just = if may { left(row, *var, values) } else { None };
                    just.is_some_and(|just| self.put(number, *var, just, values))
                })
            }),
            Constraint::Year { day, year } => {
                let first = values.get(year.0 as usize).and_then(Option::as_ref).and_then(days_of);
                first
                    .zip(figure(*day))
                    .is_some_and(|((first, _), number)| self.put(number, *day, first, values))
            }
            _ => false,
        }
    }

    /// Whether no other instance speaks of a figure.
    fn is_alone(&self, number: usize) -> bool {
        self.figures.all.get(number).is_some_and(|figure| figure.speakers == 1)
    }

    /// Gives a variable a greater value, if it can have that.
    fn put(&mut self, number: usize, var: Var, value: Number, values: &mut [Option<Number>]) -> bool {
        let figure = self.figures.all.get(number);
        let Some((figure, slot)) = figure.zip(values.get_mut(var.0 as usize)) else { return false };
        let value = if figure.values.is_integral() { value.ceil() } else { value };
        let rises = slot.as_ref().is_none_or(|now| now < &value) && figure.values.soft().contains(&value);
        if rises {
            *slot = Some(value.clone());
            if !figure.is_own {
                self.raises += 1;
                self.values
                    .get_mut(number)
                    .into_iter()
                    .for_each(|known| *known = (Some(value.clone()), self.raises));
                self.raised = true;
            }
        }
        rises
    }

    /// Whether a row can be looked at in the next sweep only, when more is known.
    fn waits(&mut self, row: &Constraint, values: &[Option<Number>]) -> bool {
        let waits = self.end == 0 && row.vars().any(|var| values.get(var.0 as usize) == Some(&None));
        self.raised |= waits;
        waits
    }
}

/// What a row leaves for one variable at the values of the others.
fn left(row: &Linear, var: Var, values: &[Option<Number>]) -> Option<Number> {
    let mut left = row.bound().clone();
    let mut own = None;
    for (factor, other) in row.terms() {
        if *other == var {
            own = Some(factor);
        } else {
            left -= factor * values.get(other.0 as usize)?.as_ref()?;
        }
    }
    left.checked_div(own?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fact::PointId;
    use crate::quantity::Interval;

    /// A row of up to three of four variables: coefficients, relation, bound.
    fn rows() -> impl Strategy<Value = Vec<Constraint>> {
        let row = (prop::collection::vec((-1_i64..2, 0_u32..4), 1..4), any::<bool>(), -3_i64..4);
        let row = row.prop_map(|(terms, equal, bound)| {
            let terms = terms.into_iter().map(|(factor, var)| (Number::from(factor), Var(var)));
            let relation = if equal { Relation::Equal } else { Relation::AtMost };
            Linear::new(terms, relation, Number::from(bound)).into()
        });
        prop::collection::vec(row, 1..4)
    }

    fn variable(place: usize) -> Variable {
        Variable::Value(PointId(u32::try_from(place).unwrap()))
    }

    fn instance(variables: &[Variable], strong: Vec<Constraint>) -> Grounded {
        let mut grounded = Grounded::default();
        for variable in variables {
            grounded.var(*variable);
        }
        grounded.demand(strong, true);
        grounded
    }

    proptest! {
        #[test]
        fn what_is_settled_can_hold(
            sets in prop::collection::vec((0_i64..4, 0_i64..3, any::<bool>()), 4),
            instances in prop::collection::vec(rows(), 2..5),
        ) {
            let set = |&(low, width, known): &(i64, i64, bool)| {
                let set = Interval::closed(Number::from(low), Number::from(low + width));
                solve::Variable::free(if known { set } else { Interval::all() }, true)
            };
            let claimed = Claimed::of(sets.iter().map(set).enumerate().map(|(place, set)| (variable(place), set)));
            // The last variable is each instance's own.
            let variables: Vec<Variable> = (0..3).map(variable).chain([Variable::Own(3)]).collect();
            let grounded: Vec<Grounded> = instances
                .into_iter()
                .map(|strong| instance(&variables, strong))
                .collect();
            let numbered: Vec<(usize, &Grounded)> = grounded.iter().enumerate().collect();
            if unsettled(&claimed, &numbered, &|_| Pass::Strong, &|_| false).is_empty() {
                let strong: Vec<Constraint> = (3..)
                    .zip(&grounded)
                    .flat_map(|(own, one)| {
                        let apart = move |var: Var| if var == Var(3) { Var(own) } else { var };
                        one.strong.iter().map(move |row| row.map_vars(&apart))
                    })
                    .collect();
                let own = grounded.iter().map(|_| solve::Variable::free(Interval::all(), false));
                let sets: Vec<_> = sets.iter().take(3).map(set).chain(own).collect();
                let together = solve::Instance { vars: sets.iter().collect(), strong: &strong, weak: &[] };
                let verdict = solve::judge(&together, &solve::Limits::default());
                prop_assert!(!matches!(verdict, solve::Verdict::Contradiction(_)), "{strong:?}");
            }
        }
    }

    #[test]
    fn differences_are_settled_and_a_circle_that_asks_too_much_is_not() {
        let below = |x: u32, y: u32, bound: i64| -> Constraint {
            let terms = [(Number::ONE, Var(x)), (Number::from(-1), Var(y))];
            Linear::at_most(terms, Number::from(bound)).into()
        };
        let free = solve::Variable::free(Interval::closed(Number::ZERO, Number::from(9)), true);
        let claimed = Claimed::of((0..3).map(|place| (variable(place), free.clone())));
        let open = |rows: [Constraint; 3]| {
            let variables: Vec<Variable> = (0..3).map(variable).collect();
            let one = |row| instance(&variables, vec![row]);
            let grounded = rows.map(one);
            let numbered: Vec<(usize, &Grounded)> = grounded.iter().enumerate().collect();
            unsettled(&claimed, &numbered, &|_| Pass::Strong, &|_| false).len()
        };
        assert_eq!(open([below(0, 1, -2), below(1, 2, -3), below(2, 0, 5)]), 0, "0, 2, 5");
        assert_eq!(open([below(0, 1, -2), below(1, 2, -3), below(2, 0, 4)]), 3, "2 + 3 is more than 4");
    }
}
