//! All instances and claims as one problem of the engine, and the way back from its ingredients.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashMapExt as _};

use crate::checks::{Context, Grounded, Variable};
use crate::constraint::{Constraint, Ingredient, Linear, Problem, Var};
use crate::fact::FactId;
use crate::quantity::Interval;

/// An instance of a check: the place of the check, and of the instance there.
pub(crate) type InstanceId = (usize, usize);

/// An unknown of the whole run: a shared variable, or a quantity of one instance alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unknown {
    Shared(Variable),
    Own(InstanceId, u32),
}

/// An unknown with the ingredient that is its domain, and the claims on it.
struct Known {
    unknown: Unknown,
    domain: Option<usize>,
    said: Vec<FactId>,
}

/// What an ingredient of the problem stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The values that are possible at all.
    Domain,
    /// What these claims say of one variable; without claims, a publication date.
    Said(Vec<FactId>),
    /// An instance of a check.
    Instance(InstanceId),
}

/// Which pass of the engine a problem is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    /// Hard sets and strong rows: its conflicts are errors.
    Strong,
    /// Soft sets and weak rows too: its conflicts are tensions.
    Weak,
}

/// A problem with the meaning of its variables and ingredients.
pub(crate) struct World {
    pub(crate) problem: Problem,
    pub(crate) owners: Vec<Owner>,
    unknowns: Vec<Known>,
    index: HashMap<Unknown, Var>,
    days: HashMap<Var, Var>,
    /// The claims that say the same as that of an ingredient, by its place.
    copies: HashMap<usize, Vec<FactId>>,
    pass: Pass,
    /// Whether claims that say the same are one ingredient.
    merges: bool,
}

impl World {
    pub(crate) fn new(pass: Pass) -> Self {
        Self {
            problem: Problem::default(),
            owners: vec![],
            unknowns: vec![],
            index: HashMap::new(),
            days: HashMap::new(),
            copies: HashMap::new(),
            pass,
            merges: true,
        }
    }

    /// The same, with an ingredient for each claim though others say the same.
    pub(crate) fn of_each_claim(pass: Pass) -> Self {
        Self { merges: false, ..Self::new(pass) }
    }

    /// Adds an instance with everything that is claimed of its variables, claims set aside left out.
    pub(crate) fn add(
        &mut self,
        context: &Context<'_>,
        id: InstanceId,
        grounded: &Grounded,
        aside: &dyn Fn(FactId) -> bool,
    ) {
        let weak = if self.pass == Pass::Weak { grounded.weak.as_slice() } else { &[] };
        self.add_rows(context, id, &grounded.variables, grounded.strong.iter().chain(weak), aside);
    }

    /// The same with some rows between its variables.
    pub(crate) fn add_rows<'r>(
        &mut self,
        context: &Context<'_>,
        id: InstanceId,
        variables: &[Variable],
        rows: impl Iterator<Item = &'r Constraint>,
        aside: &dyn Fn(FactId) -> bool,
    ) {
        let vars: Vec<Var> =
            variables.iter().map(|variable| self.var(context, id, *variable, aside)).collect();
        let rename = |var: Var| vars.get(var.0 as usize).copied().unwrap_or(var);
        let rows: Vec<Constraint> = rows.map(|row| row.map_vars(&rename)).collect();
        for row in &rows {
            if let Constraint::Year { day, year } = row {
                self.days.insert(*year, *day);
            }
        }
        if !rows.is_empty() {
            self.push(Ingredient::rule(rows), Owner::Instance(id));
        }
    }

    /// Adds what is true of shared variables beyond doubt.
    pub(crate) fn take_for_granted(&mut self, row: Constraint) {
        self.push(Ingredient::background([row]), Owner::Domain);
    }

    fn push(&mut self, ingredient: Ingredient, owner: Owner) {
        self.problem.ingredients.push(ingredient);
        self.owners.push(owner);
    }

    /// The number of a variable; a new one brings its domain and its claims along.
    pub(crate) fn var(
        &mut self,
        context: &Context<'_>,
        id: InstanceId,
        variable: Variable,
        aside: &dyn Fn(FactId) -> bool,
    ) -> Var {
        let unknown = match variable {
            Variable::Own(place) => Unknown::Own(id, place),
            shared => Unknown::Shared(shared),
        };
        let var = Var(u32::try_from(self.unknowns.len()).unwrap_or(u32::MAX));
        match self.index.entry(unknown) {
            Entry::Occupied(known) => return *known.get(),
            Entry::Vacant(slot) => slot.insert(var),
        };
        let (domain, integral) = context.domain(variable);
        self.problem.integral.push(integral);
        let rows = |set: &Interval| Linear::bounds_of(var, set).map(Constraint::Linear);
        let place = (!domain.is_all()).then_some(self.owners.len());
        if place.is_some() {
            self.push(Ingredient::background(rows(&domain)), Owner::Domain);
        }
        let mut said = Vec::new();
        let mut parts = context.contributions(variable);
        if parts.len() > 1 {
            parts.sort_by_cached_key(|part| {
                part.facts.first().map(|fact| context.base.fact(*fact).key.clone())
            });
        }
        let strong = self.pass == Pass::Strong;
        parts.retain(|part| !(strong && part.weak || part.facts.iter().any(|fact| aside(*fact))));
        let sets = parts.into_iter().map(|part| (part.facts, if strong { part.hard } else { part.soft }));
        let told: Vec<Told<'_>> = sets.filter(|(_, set)| !set.is_all()).collect();
        let weights = weights(context, &told);
        let mut known: HashMap<Interval, usize> = HashMap::new();
        for ((facts, set), weight) in told.into_iter().zip(weights) {
            said.extend_from_slice(facts);
            if let ([fact], true) = (facts, self.merges) {
                let place = *known.entry(set.as_ref().clone()).or_insert(self.owners.len());
                if place < self.owners.len() {
                    self.copies.entry(place).or_default().push(*fact);
                    self.problem
                        .ingredients
                        .get_mut(place)
                        .into_iter()
                        .for_each(|one| one.add_weight(weight));
                    continue;
                }
            }
            self.push(Ingredient::claim(rows(&set), weight), Owner::Said(facts.to_vec()));
        }
        self.unknowns.push(Known { unknown, domain: place, said });
        var
    }

    /// The number of a shared variable, whether or not any instance speaks of it.
    pub(crate) fn include(
        &mut self,
        context: &Context<'_>,
        variable: Variable,
        aside: &dyn Fn(FactId) -> bool,
    ) -> Var {
        // Whose quantity it is matters only for those of one instance, which are not shared.
        self.var(context, (0, 0), variable, aside)
    }

    /// The number of a shared variable, if any instance speaks of it.
    pub(crate) fn find(&self, variable: Variable) -> Option<Var> {
        self.index.get(&Unknown::Shared(variable)).copied()
    }

    /// The claims that say the same as that of an ingredient; one of them is enough.
    pub(crate) fn copies(&self, place: usize) -> &[FactId] {
        self.copies.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The instance that an ingredient stands for.
    pub(crate) fn instance(&self, place: usize) -> Option<InstanceId> {
        match self.owners.get(place)? {
            Owner::Instance(id) => Some(*id),
            Owner::Domain | Owner::Said(_) => None,
        }
    }

    /// The shared variable behind a number.
    pub(crate) fn shared(&self, var: Var) -> Option<Variable> {
        match self.known(var)?.unknown {
            Unknown::Shared(variable) => Some(variable),
            Unknown::Own(..) => None,
        }
    }

    /// The day whose year a quantity of one instance is.
    pub(crate) fn day_of(&self, var: Var) -> Option<Var> {
        self.days.get(&var).copied()
    }

    /// The claims that bound a variable by themselves.
    pub(crate) fn said_of(&self, var: Var) -> &[FactId] {
        self.known(var).map_or(&[], |known| &known.said)
    }

    /// The place of the ingredient that holds the values which a variable can have at all.
    pub(crate) fn domain_of(&self, var: Var) -> Option<usize> {
        self.known(var)?.domain
    }

    fn known(&self, var: Var) -> Option<&Known> {
        self.unknowns.get(var.0 as usize)
    }
}

/// What some claims say of one variable.
type Told<'c> = (&'c [FactId], Cow<'c, Interval>);

/// What each claim on a variable weighs: those of one origin that say the same share a weight.
fn weights(context: &Context<'_>, told: &[Told<'_>]) -> Vec<u64> {
    if let [(facts, _)] = told {
        return vec![context.share(facts.first().copied(), 1)];
    }
    let origin = |facts: &[FactId]| facts.first().map(|fact| context.base.fact(*fact).origin);
    let mut alike: HashMap<_, u64> = HashMap::new();
    for (facts, set) in told {
        *alike.entry((origin(facts), set)).or_default() += 1;
    }
    let weight = |(facts, set): &Told<'_>| {
        let claims = alike.get(&(origin(facts), set)).copied().unwrap_or(1);
        context.share(facts.first().copied(), claims)
    };
    told.iter().map(weight).collect()
}
