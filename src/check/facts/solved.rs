//! A world with its bounds: what each variable can be, and the steps that say so.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use crate::check::derive::{self, Step, follow};
use crate::check::problem::{Owner, World};
use crate::constraint::{Constraint, Var};
use crate::quantity::Interval;
use crate::solve::{self, Limits};

/// Ingredients of a component up to which each variable is asked for on its own; beyond, the bounds
/// are those of propagation.
const EXACT: usize = 150;
/// Ingredients that all such questions together may look at.
const EFFORT: usize = 60_000;
/// Instances of a component up to which its derivations are told unasked.
const TOLD: usize = 300;
/// Less work than a check may take: there is a question for every point.
const LIMITS: Limits = Limits { steps: 50_000_000, narrowings: 40, pivots: 50_000, splits: 200, bits: 8_192 };

/// The values that a variable can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) set: Interval,
    /// Whether no tighter bounds are true.
    pub(super) exact: bool,
}

/// A world whose components were propagated once.
pub(crate) struct Solved<'w> {
    pub(crate) world: &'w World,
    components: Vec<Component>,
    home: HashMap<Var, usize>,
    boxes: HashMap<Var, Interval>,
    told: RefCell<HashMap<usize, derive::Run<'w>>>,
    effort: Cell<usize>,
}

struct Component {
    members: Vec<usize>,
    instances: usize,
    /// Whether its ingredients can all hold, as far as propagation sees.
    sound: bool,
}

impl<'w> Solved<'w> {
    /// Propagates every component. Linear in the size of the world.
    pub(crate) fn new(world: &'w World) -> Self {
        let mut solved = Self {
            world,
            components: Vec::new(),
            home: HashMap::new(),
            boxes: HashMap::new(),
            told: RefCell::default(),
            effort: Cell::new(EFFORT),
        };
        for members in solve::components(&world.problem) {
            solved.add(members);
        }
        solved
    }

    fn add(&mut self, members: Vec<usize>) {
        let ingredients = members.iter().filter_map(|place| self.world.problem.ingredients.get(*place));
        for var in ingredients.flat_map(|one| one.constraints.iter().flat_map(Constraint::vars)) {
            self.home.insert(var, self.components.len());
        }
        let is_instance = |place: &&usize| matches!(self.world.owners.get(**place), Some(Owner::Instance(_)));
        let instances = members.iter().filter(is_instance).count();
        let bounds = solve::bounds(&self.world.problem, &members, &LIMITS);
        let sound = !matches!(bounds, Ok(None));
        self.boxes.extend(bounds.ok().flatten().into_iter().flatten());
        self.components.push(Component { members, instances, sound });
    }

    /// What a variable can be; `None` where the ingredients around it cannot all hold.
    pub(super) fn values(&self, var: Var) -> Option<Values> {
        let Some(component) = self.home.get(&var).and_then(|home| self.components.get(*home)) else {
            return Some(Values { set: Interval::all(), exact: true });
        };
        if !component.sound {
            return None;
        }
        let set = self.boxes.get(&var).cloned().unwrap_or_else(Interval::all);
        if component.instances == 0 {
            return Some(Values { set, exact: true });
        }
        let left = self.effort.get().checked_sub(component.members.len());
        let Some(left) = left.filter(|_| component.members.len() <= EXACT) else {
            return Some(Values { set, exact: false });
        };
        self.effort.set(left);
        match solve::project(&self.world.problem, &component.members, var, &LIMITS) {
            Ok(found) if found.values.is_empty() => None,
            Ok(found) => Some(Values { set: found.values, exact: found.exact }),
            Err(_) => Some(Values { set, exact: false }),
        }
    }

    /// The steps that bound a variable; `None` where there are too many to be told unasked.
    pub(super) fn steps(&self, var: Var, asked: bool) -> Option<Vec<Step>> {
        let home = *self.home.get(&var)?;
        let component = self.components.get(home)?;
        if component.instances > TOLD && !asked {
            return None;
        }
        let mut told = self.told.borrow_mut();
        let run = told.entry(home).or_insert_with(|| follow(self.world, &component.members));
        Some(run.needed(var))
    }
}
