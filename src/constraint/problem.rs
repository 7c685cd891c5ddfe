//! [`Problem`]: constraints in the bundles that are kept or dropped as one.

use crate::constraint::Constraint;

/// Many constraints over shared variables.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// For each variable, by its number, whether its values are whole numbers.
    pub integral: Vec<bool>,
    /// What must hold, in the caller's order. Others name an ingredient by its place here.
    pub ingredients: Vec<Ingredient>,
}

/// Constraints that stand or fall together: what one claim says, or one instance of a rule.
#[derive(Clone, Debug)]
pub struct Ingredient {
    /// What it demands.
    pub constraints: Vec<Constraint>,
    /// Whether it may be blamed.
    pub role: Role,
    /// The places of claims without any one of which it says nothing: they fulfil the condition of
    /// a rule. Only [`localise`](crate::solve::localise()) asks.
    pub needs: Vec<usize>,
}

/// Whether an ingredient may be blamed for a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A domain or a definition: true beyond doubt.
    Background,
    /// What a source says. It may be wrong; the heavier, the less likely.
    Claim {
        /// How much speaks for it, at least 1: the cost of dropping it.
        weight: u64,
    },
    /// An instance of a rule: named in a conflict, never dropped to repair one.
    Rule,
}

impl Ingredient {
    /// Constraints beyond doubt.
    #[must_use]
    pub fn background(constraints: impl IntoIterator<Item = Constraint>) -> Self {
        Self::new(constraints, Role::Background)
    }

    /// What a source says.
    #[must_use]
    pub fn claim(constraints: impl IntoIterator<Item = Constraint>, weight: u64) -> Self {
        Self::new(constraints, Role::Claim { weight })
    }

    /// An instance of a rule.
    #[must_use]
    pub fn rule(constraints: impl IntoIterator<Item = Constraint>) -> Self {
        Self::new(constraints, Role::Rule)
    }

    fn new(constraints: impl IntoIterator<Item = Constraint>, role: Role) -> Self {
        Self { constraints: constraints.into_iter().collect(), role, needs: Vec::new() }
    }

    /// How much speaks for a claim; 0 for what is no claim.
    #[must_use]
    pub fn weight(&self) -> u64 {
        match self.role {
            Role::Claim { weight } => weight,
            Role::Background | Role::Rule => 0,
        }
    }

    /// More speaks for a claim: somebody else says the same.
    pub fn add_weight(&mut self, more: u64) {
        if let Role::Claim { weight } = &mut self.role {
            *weight = weight.saturating_add(more);
        }
    }

    /// The same, as long as each of these claims stands.
    #[must_use]
    pub fn needing(self, needs: Vec<usize>) -> Self {
        Self { needs, ..self }
    }
}
