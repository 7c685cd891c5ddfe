//! Finding values by hand: one variable after the other, each where its neighbours leave room.
//!
//! On constraints that form a tree, over bounds that propagation has brought to a fixpoint, this
//! never has to take a value back, so that long chains need no simplex. Elsewhere it is a guess,
//! and a cheap one: what it finds is checked.

use std::collections::VecDeque;

use foldhash::{HashSet, HashSetExt as _};

use crate::constraint::{Constraint, Linear, Relation, Var, days_of, year_of};
use crate::quantity::{End, Interval, Number};
use crate::solve::ledger::{Ledger, Side, index, name};
use crate::solve::local::hold_at;
use crate::solve::propagate::{Link, Network};

/// Values for the variables of a system, as far as they are known.
pub(super) type Values = Vec<Option<Number>>;

/// Gives a value to each of these variables so that every constraint on them holds; if it cannot,
/// it leaves them without one.
pub(super) fn guess(network: &Network, ledger: &Ledger<'_>, vars: &[usize], values: &mut Values) -> bool {
    for var in vars {
        set(values, *var, None);
    }
    let mut guess = Guess { network, ledger, values, waiting: VecDeque::new(), done: HashSet::new() };
    // Whole numbers first: what depends on them need not be whole, the other way it may have to.
    let whole = |wanted: bool| vars.iter().filter(move |var| ledger.is_integral(**var) == wanted);
    let mut in_order = whole(true).chain(whole(false));
    let found = in_order.all(|var| guess.start(*var)) && satisfied(network, vars, guess.values);
    if !found {
        for var in vars {
            set(values, *var, None);
        }
    }
    found
}

/// Gives each of these variables the lower end of its bounds, or the upper one; if a constraint does
/// not hold then, it leaves them without values.
///
/// After propagation the ends solve every system of differences (`x − y ≤ c`), dates above all, with
/// cycles too. What has no such end takes the other one of the room that its neighbours leave.
pub(super) fn at_ends(
    network: &Network,
    ledger: &Ledger<'_>,
    vars: &[usize],
    values: &mut Values,
    side: Side,
) -> bool {
    let mut open = Vec::new();
    for var in vars {
        let bounds = ledger.interval(*var);
        let bounds = if ledger.is_integral(*var) { bounds.whole() } else { bounds };
        let end = if side == Side::Lower { bounds.lower() } else { bounds.upper() };
        let value = end.value().filter(|_| end.is_closed()).cloned();
        if value.is_none() {
            open.push(*var);
        }
        set(values, *var, value);
    }
    for var in open {
        let room = room(network, ledger, values, var);
        let far = if side == Side::Lower { room.upper() } else { room.lower() };
        let value = far.value().filter(|_| far.is_closed()).cloned();
        let value = value.or_else(|| choose(&room, ledger.is_integral(var)));
        set(values, var, value.filter(|value| value.bits() <= ledger.most_bits));
    }
    let found = satisfied(network, vars, values);
    if !found {
        for var in vars {
            set(values, *var, None);
        }
    }
    found
}

/// Values for all variables from what is given of them alone, before anything is derived: the lower
/// ends, or the upper ones, and for what has no such end what the rows leave.
pub(super) fn at_given(ledger: &Ledger<'_>, known: &Values) -> Option<Values> {
    let ties = |row: &&Constraint| row.as_linear().is_none_or(|linear| linear.terms().len() > 1);
    let mut rows: Vec<&Constraint> = ledger.given().iter().filter(ties).collect();
    // What a row leaves as the only value is put in before what it leaves among others, and what nothing
    // else bounds is chosen before what has to follow.
    let is_bounded =
        |var: Var| [Side::Lower, Side::Upper].iter().any(|side| ledger.bound(index(var), *side).is_some());
    rows.sort_by_key(|row| {
        let is_inequality = row.as_linear().is_some_and(|linear| linear.relation() != Relation::Equal);
        (is_inequality, row.vars().any(is_bounded))
    });
    let domain = |var: usize| ledger.interval(var);
    let whole = |var: usize| ledger.is_integral(var);
    let view = View { known: &|_| None, domain: &domain, whole: &whole, bits: ledger.most_bits };
    [Side::Lower, Side::Upper].into_iter().find_map(|side| {
        let mut values: Values = known.clone();
        for (var, value) in values.iter_mut().enumerate().filter(|(_, value)| value.is_none()) {
            let end = ledger.bound(var, side).filter(|bound| !bound.strict);
            let end = end.filter(|end| !ledger.is_integral(var) || end.value.is_integer());
            *value = end.map(|end| end.value.clone());
        }
        complete(&rows.iter().copied(), &view, &mut values)?;
        hold_at(ledger.given(), &mut values).then_some(values)
    })
}

/// The values of a variable that the constraints leave whose other variables have values.
fn room(network: &Network, ledger: &Ledger<'_>, values: &Values, var: usize) -> Interval {
    let links = network.around(var).iter().filter_map(|place| network.links.get(*place));
    let room = links.fold(ledger.interval(var), |room, (_, link)| match link {
        Link::Linear(linear) => room.intersect(&left_by(linear, values, var)),
        Link::Year { day, year } if *day == var => match get(values, *year).and_then(days_of) {
            Some((first, last)) => room.intersect(&Interval::closed(first, last)),
            None => room,
        },
        Link::Year { day, .. } => match get(values, *day).and_then(year_of) {
            Some(year) => room.intersect(&Interval::point(Number::from(year))),
            None => room,
        },
        Link::Product { .. } => room,
    });
    if ledger.is_integral(var) { room.whole() } else { room }
}

/// What a row leaves for one variable when all others have values; everything when they do not.
fn left_by(linear: &Linear, values: &Values, var: usize) -> Interval {
    let known =
        |var| get(values, index(var)).map_or_else(Interval::all, |value| Interval::point(value.clone()));
    linear.solved(name(var), &known).unwrap_or_else(Interval::all)
}

/// Whether every constraint on these variables holds at the values.
pub(super) fn satisfied(network: &Network, vars: &[usize], values: &Values) -> bool {
    let at = |var: usize| get(values, var);
    network.links_on(vars).all(|(_, link)| match link {
        Link::Linear(linear) => linear
            .sum_at(&|var| at(index(var)))
            .is_some_and(|sum| linear.relation().holds(&sum, linear.bound())),
        Link::Year { day, year } => {
            at(*day).and_then(year_of).is_some_and(|found| Some(&Number::from(found)) == at(*year))
        }
        Link::Product { left, right, product } => match (at(*left), at(*right), at(*product)) {
            (Some(left), Some(right), Some(product)) => &(left * right) == product,
            _ => false,
        },
    })
}

/// A value of the interval: from its middle, where its neighbours have the most room, or the end
/// that it has.
pub(super) fn choose(values: &Interval, whole: bool) -> Option<Number> {
    let values = if whole { values.whole() } else { values.clone() };
    if values.is_empty() {
        return None;
    }
    if let (Some(lower), Some(upper)) = (values.lower().value(), values.upper().value()) {
        let middle = (lower + upper) * Number::HALF;
        return Some(if whole { middle.floor() } else { middle });
    }
    Some(match (values.lower(), values.upper()) {
        (End::Closed(end), _) | (_, End::Closed(end)) => end.clone(),
        (End::Open(end), _) => end.floor() + Number::ONE,
        (_, End::Open(end)) => end.ceil() - Number::ONE,
        (End::Unbounded, End::Unbounded) => Number::ZERO,
    })
}

/// What is known of variables.
pub(super) struct View<'v> {
    pub(super) known: &'v dyn Fn(usize) -> Option<&'v Number>,
    pub(super) domain: &'v dyn Fn(usize) -> Interval,
    pub(super) whole: &'v dyn Fn(usize) -> bool,
    /// Longer values are not tried.
    pub(super) bits: usize,
}

/// Values for the variables of a row that have none: each takes what those after it can make good.
pub(super) fn spread(linear: &Linear, view: &View<'_>) -> Option<Vec<(usize, Number)>> {
    let mut open = Vec::with_capacity(linear.terms().len());
    let mut room = linear.allowed();
    for (coefficient, var) in linear.terms() {
        match (view.known)(index(*var)) {
            Some(value) => room = room.shift(&-(coefficient * value)),
            None => open.push((coefficient, index(*var), (view.domain)(index(*var)))),
        }
    }
    // What the variables after each one can take together.
    let mut after = Vec::with_capacity(open.len() + 1);
    after.push(Interval::point(Number::ZERO));
    for (coefficient, _, domain) in open.iter().skip(1).rev() {
        let sum = after.last()?.add(&domain.scale(coefficient));
        after.push(sum);
    }
    let mut found = Vec::with_capacity(open.len());
    for (coefficient, var, domain) in open {
        let left = room.sub(&after.pop()?).scale(&coefficient.recip()?);
        let value = choose(&domain.intersect(&left), (view.whole)(var))?;
        if value.bits() > view.bits {
            return None;
        }
        room = room.shift(&-(coefficient * &value));
        found.push((var, value));
    }
    Some(found)
}

/// Gives each variable without a value one of its domain that a row leaves it whose other variables
/// have values; where there is no such row, all variables of a row take what they leave each other; and
/// where there is no row at all, any. `None` when a row leaves nothing, or when there is too much to
/// look at.
pub(super) fn complete<'c>(
    rows: &(impl Iterator<Item = &'c Constraint> + Clone),
    view: &View<'_>,
    values: &mut Values,
) -> Option<()> {
    /// So many looks at a row are cheaper than thinking.
    const FEW: usize = 10_000;
    let open = values.iter().filter(|value| value.is_none()).count();
    if open > 0 && open * rows.clone().count() > FEW {
        return None;
    }
    for _ in 0..open {
        let Some(first) = values.iter().position(Option::is_none) else { break };
        let several = |row: &&Linear| row.vars().any(|var| get(values, index(var)).is_none());
        let found = if let Some((var, left)) = rows.clone().find_map(|row| last_open(row, values)) {
            let (var, room) = whole_behind(rows, view, values, var)
                .unwrap_or_else(|| (var, left.intersect(&(view.domain)(var))));
            vec![(var, choose(&room, (view.whole)(var))?)]
        } else if let Some(row) = rows.clone().filter_map(Constraint::as_linear).find(several) {
            let View { domain, whole, bits, .. } = *view;
            spread(row, &View { known: &|var| get(values, var), domain, whole, bits })?
        } else {
            vec![(first, choose(&(view.domain)(first), (view.whole)(first))?)]
        };
        for (var, value) in found {
            set(values, var, Some(value).filter(|value| value.bits() <= view.bits));
        }
    }
    Some(())
}

/// The whole number that a factor makes with a known one, or with which it makes a known product, and what
/// the rows leave it that leave the factor some room: once it is chosen, the factor follows.
fn whole_behind<'c>(
    rows: &(impl Iterator<Item = &'c Constraint> + Clone),
    view: &View<'_>,
    values: &Values,
    factor: usize,
) -> Option<(usize, Interval)> {
    let known = |var: usize| get(values, var).map(|value| Interval::point(value.clone()));
    let room = || {
        let left = rows.clone().filter_map(|row| last_open(row, values)).filter(|(var, _)| *var == factor);
        left.fold((view.domain)(factor), |room, (_, left)| room.intersect(&left))
    };
    rows.clone().find_map(|row| {
        let Constraint::Product { left, right, product } = row else { return None };
        let [left, right, product] = [left, right, product].map(|var| index(*var));
        let other = match factor {
            _ if left == factor => right,
            _ if right == factor => left,
            _ => return None,
        };
        // Only the row that is taken asks all others for the room.
        let fits = |open: usize| open != factor && (view.whole)(open);
        let (open, made) = match (known(other), known(product)) {
            (Some(other), None) if fits(product) => (product, room().mul(&other)),
            (None, Some(made)) if fits(other) => (other, made.div(&room())),
            _ => return None,
        };
        Some((open, made.intersect(&(view.domain)(open))))
    })
}

/// The one variable of a row that has no value yet, and what the row leaves it.
fn last_open(row: &Constraint, values: &Values) -> Option<(usize, Interval)> {
    let mut open = row.vars().map(index).filter(|var| get(values, *var).is_none());
    let var = open.next().filter(|_| open.next().is_none())?;
    let left = match row {
        Constraint::Linear(linear) => left_by(linear, values, var),
        Constraint::Year { day, year } if index(*day) == var => {
            let (first, last) = days_of(get(values, index(*year))?)?;
            Interval::closed(first, last)
        }
        Constraint::Year { day, .. } => Interval::point(Number::from(year_of(get(values, index(*day))?)?)),
        Constraint::Product { left, right, product } if index(*product) == var => {
            Interval::point(get(values, index(*left))? * get(values, index(*right))?)
        }
        Constraint::Product { left, right, product } => {
            let other = if index(*left) == var { right } else { left };
            let point = |var: Var| Some(Interval::point(get(values, index(var))?.clone()));
            // 0 · x = 0 says nothing of x.
            Some(point(*product)?.div(&point(*other)?)).filter(|left| !left.is_all())?
        }
        _ => return None,
    };
    Some((var, left))
}

struct Guess<'g, 'a> {
    network: &'g Network,
    ledger: &'g Ledger<'a>,
    values: &'g mut Values,
    waiting: VecDeque<usize>,
    /// The links whose variables all have values.
    done: HashSet<usize>,
}

impl Guess<'_, '_> {
    /// Values for everything that is joined to this variable.
    fn start(&mut self, var: usize) -> bool {
        if get(self.values, var).is_some() {
            return true;
        }
        if !self.settle(var, &Interval::all()) {
            return false;
        }
        while let Some(place) = self.waiting.pop_front() {
            let link = self.network.links.get(place).filter(|_| self.done.insert(place));
            let Some((_, link)) = link else { continue };
            let settled = match link {
                Link::Linear(linear) => self.linear(linear),
                Link::Year { day, year } => self.calendar(*day, *year),
                Link::Product { left, right, product } => self.product(*left, *right, *product),
            };
            if !settled {
                return false;
            }
        }
        true
    }

    /// A value within its bounds and the room that a constraint leaves.
    fn settle(&mut self, var: usize, room: &Interval) -> bool {
        let values = self.ledger.interval(var).intersect(room);
        let Some(value) = choose(&values, self.ledger.is_integral(var)) else { return false };
        set(self.values, var, Some(value));
        self.waiting.extend(self.network.around(var));
        true
    }

    fn linear(&mut self, linear: &Linear) -> bool {
        let view = View {
            known: &|var| get(self.values, var),
            domain: &|var| self.ledger.interval(var),
            whole: &|var| self.ledger.is_integral(var),
            bits: self.ledger.most_bits,
        };
        let Some(found) = spread(linear, &view) else { return false };
        for (var, value) in found {
            set(self.values, var, Some(value));
            self.waiting.extend(self.network.around(var));
        }
        true
    }

    fn calendar(&mut self, day: usize, year: usize) -> bool {
        match (get(self.values, day).cloned(), get(self.values, year).cloned()) {
            (Some(value), None) => {
                year_of(&value).is_some_and(|found| self.settle(year, &Interval::point(Number::from(found))))
            }
            (None, Some(value)) => {
                days_of(&value).is_some_and(|(first, last)| self.settle(day, &Interval::closed(first, last)))
            }
            _ => true,
        }
    }

    fn product(&mut self, left: usize, right: usize, product: usize) -> bool {
        for var in [left, right] {
            if get(self.values, var).is_none() {
                let other = if var == left { right } else { left };
                let room = match (get(self.values, product), get(self.values, other)) {
                    (Some(product), Some(other)) => {
                        Interval::point(product.clone()).div(&Interval::point(other.clone()))
                    }
                    _ => Interval::all(),
                };
                if !self.settle(var, &room) {
                    return false;
                }
            }
        }
        match (get(self.values, left), get(self.values, right), get(self.values, product)) {
            (Some(left), Some(right), None) => {
                let value = left * right;
                self.settle(product, &Interval::point(value))
            }
            _ => true,
        }
    }
}

fn get(values: &Values, var: usize) -> Option<&Number> {
    values.get(var).and_then(Option::as_ref)
}

pub(super) fn set(values: &mut Values, var: usize, value: Option<Number>) {
    if let Some(place) = values.get_mut(var) {
        *place = value;
    }
}
