//! [`project`]: what a variable can be when everything else holds.
//!
//! For a suspect claim that has been taken out, these are the values that would do.

use crate::constraint::{Constraint, Linear, Problem, Var};
use crate::quantity::{End, Interval, Number};
use crate::solve::decide::System;
use crate::solve::ledger::{Ledger, name};
use crate::solve::propagate::{Network, propagate};
use crate::solve::search::{Outcome, pieces, solve};
use crate::solve::tableau::Tableau;
use crate::solve::{Limit, Limits, Work, words};

/// Ends that are no solution are moved inwards this often for a whole number.
const MOVES: usize = 64;

/// The values that a variable can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    /// No value outside is possible.
    pub values: Interval,
    /// Whether both ends are known to be as near as they can be.
    pub exact: bool,
}

/// The values of a variable that the active ingredients allow, together.
///
/// # Errors
/// The limit that was reached first.
///
/// # Example
/// ```
/// use mizan::constraint::{Ingredient, Linear, Problem, Var};
/// use mizan::quantity::{Interval, Number};
/// use mizan::solve::{Limits, project};
///
/// // 454 at the end of 2023, four or more new ones: 458 or more at the end of 2024
/// let [before, new, after] = [Var(0), Var(1), Var(2)];
/// let exactly = |var, n: i64| Linear::equal([(Number::ONE, var)], Number::from(n));
/// let sum = [(Number::ONE, before), (Number::ONE, new), (Number::from(-1), after)];
/// let problem = Problem {
///     integral: vec![true; 3],
///     ingredients: vec![
///         Ingredient::claim([exactly(before, 454).into()], 1),
///         Ingredient::claim([Linear::at_least([(Number::ONE, new)], &Number::from(4)).into()], 1),
///         Ingredient::rule([Linear::equal(sum, Number::ZERO).into()]),
///     ],
/// };
/// let after = project(&problem, &[0, 1, 2], after, &Limits::default()).unwrap();
/// assert_eq!(after.values, Interval::at_least(Number::from(458)));
/// assert!(after.exact);
/// ```
pub fn project(problem: &Problem, active: &[usize], var: Var, limits: &Limits) -> Result<Projection, Limit> {
    let system = System::new(problem, active);
    let place = system.vars.binary_search(&var);
    let mut view = View { system: &system, place: place.unwrap_or(0), limits, exact: true };
    let values = if place.is_ok() { view.outer()? } else { Interval::all() };
    if values.is_empty() || view.without(&values)? {
        return Ok(Projection { values: Interval::empty(), exact: true });
    }
    let lower = view.settle(values.lower().clone(), true)?;
    let upper = view.settle(values.upper().clone(), false)?;
    Ok(Projection { values: Interval::new(lower, upper), exact: view.exact })
}

/// What propagation alone knows of each variable that the ingredients speak of, in ascending
/// order; `None` when it finds a conflict. Exact where constraints form a tree.
///
/// # Errors
/// The limit that was reached first.
pub fn bounds(
    problem: &Problem,
    active: &[usize],
    limits: &Limits,
) -> Result<Option<Vec<(Var, Interval)>>, Limit> {
    let system = System::new(problem, active);
    let mut work = Work::new(limits);
    let mut ledger = Ledger::new(&system.constraints, &system.integral, limits);
    if narrowed(&mut ledger, &mut work)?.is_none() {
        return Ok(None);
    }
    let interval = |(place, var): (usize, &Var)| (*var, ledger.interval(place));
    Ok(Some(system.vars.iter().enumerate().map(interval).collect()))
}

/// Propagates everything; `None` when there is a conflict.
fn narrowed(ledger: &mut Ledger<'_>, work: &mut Work) -> Result<Option<Network>, Limit> {
    if words::assign(ledger.given(), ledger.vars()).is_err() || ledger.take_given().is_err() {
        return Ok(None);
    }
    let Ok(network) = Network::new(ledger) else { return Ok(None) };
    let outcome = propagate(&network, ledger, 0..network.links.len(), work)?;
    Ok(outcome.is_ok().then_some(network))
}

/// Whether constraints join these variables without a circle.
fn is_tree(network: &Network, vars: &[usize]) -> bool {
    let mut open = vars.to_vec();
    open.sort_unstable();
    let is_open = |var: &usize| open.binary_search(var).is_ok();
    let (mut links, mut ends) = (0, 0);
    for (_, link) in network.links_on(vars) {
        links += 1;
        ends += link.vars().into_iter().filter(is_open).count();
    }
    ends + 1 == links + vars.len()
}

/// One variable of a system.
struct View<'s> {
    system: &'s System,
    place: usize,
    limits: &'s Limits,
    exact: bool,
}

impl View<'_> {
    /// Bounds that no solution leaves: of propagation, then of the simplex.
    fn outer(&self) -> Result<Interval, Limit> {
        let mut work = Work::new(self.limits);
        let mut ledger = Ledger::new(&self.system.constraints, &self.system.integral, self.limits);
        let Some(network) = narrowed(&mut ledger, &mut work)? else {
            return Ok(Interval::empty());
        };
        let narrow = ledger.interval(self.place);
        let fixed = (0..self.system.vars.len()).map(|var| ledger.fixed(var).cloned()).collect();
        let all = pieces(&network, &fixed);
        let Some(vars) = all.into_iter().find(|vars| vars.contains(&self.place)) else {
            return Ok(narrow);
        };
        // There propagation leaves nothing to find.
        if !ledger.held_back && is_tree(&network, &vars) {
            return Ok(narrow);
        }
        let mut tableau = Tableau::new(&network, &ledger, &vars);
        let Ok(column) = tableau.columns.binary_search(&self.place) else { return Ok(narrow) };
        if tableau.simplex.solve(&mut work)?.is_some() {
            return Ok(Interval::empty());
        }
        let lower = tableau.simplex.extreme(column, false, &mut work)?;
        let upper = tableau.simplex.extreme(column, true, &mut work)?;
        Ok(Interval::new(lower, upper).intersect(&narrow))
    }

    /// Whether there is no solution in these values.
    fn without(&self, values: &Interval) -> Result<bool, Limit> {
        let bounds = Linear::bounds_of(name(self.place), values);
        let given = self.system.constraints.iter().cloned();
        let constraints: Vec<Constraint> = given.chain(bounds.map(Constraint::Linear)).collect();
        match solve(&constraints, &self.system.integral, &mut Work::new(self.limits)) {
            Outcome::Feasible(_) => Ok(false),
            Outcome::Infeasible(_) => Ok(true),
            Outcome::Limit(limit) => Err(limit),
        }
    }

    /// The end itself if it is a solution, else the first beyond it that is, for whole numbers.
    fn settle(&mut self, end: End, is_lower: bool) -> Result<End, Limit> {
        let whole = self.system.integral.get(self.place).is_some_and(|whole| *whole);
        let (End::Closed(value) | End::Open(value)) = &end else { return Ok(end) };
        let mut value = match (whole, is_lower) {
            (false, _) => value.clone(),
            (true, true) => value.ceil(),
            (true, false) => value.floor(),
        };
        let inwards = if is_lower { Number::ONE } else { Number::from(-1) };
        for _ in 0..MOVES {
            if !self.without(&Interval::point(value.clone()))? {
                return Ok(End::Closed(value));
            }
            if !whole {
                // An open end is approached, unless whole numbers elsewhere leave a gap.
                let open = matches!(end, End::Open(_));
                let rational = !self.system.integral.iter().any(|whole| *whole);
                self.exact &= open && rational;
                return Ok(end);
            }
            value += &inwards;
        }
        self.exact = false;
        Ok(End::Closed(value))
    }
}
