//! From a conflict back to a proof: only what it rests on, numbered anew.

use std::collections::{BTreeMap, BTreeSet};

use crate::constraint::{Certificate, Constraint, Ending, Inference, Linear, Proof, Relation, Step, Var};
use crate::quantity::Number;
use crate::solve::ledger::{Conflict, Ledger, Reason, RowId, Says, Side, index, sum};

/// A refutation: what it says, and which constraints of the system it lists.
#[derive(Clone, Debug)]
pub(super) struct Refutation {
    pub(super) certificate: Certificate,
    /// For each listed constraint, its place in the system.
    pub(super) rows: Vec<usize>,
}

/// The last part of a proof, from some row of the ledger on; earlier rows are still to come.
#[derive(Debug)]
pub(super) struct Part {
    steps: Vec<(RowId, Step)>,
    end: PartEnd,
    /// The rows that it uses and does not derive.
    needs: BTreeSet<RowId>,
    /// The variables that it rounds or splits.
    whole: BTreeSet<Var>,
}

#[derive(Debug)]
enum PartEnd {
    Leaf(RowId),
    Words(Vec<RowId>),
    Split { var: Var, at: Number, halves: Box<[Part; 2]>, hypothesis: RowId },
}

impl Part {
    pub(super) fn leaf(conflict: Conflict) -> Self {
        let row = conflict.0;
        Self::ending(PartEnd::Leaf(row), BTreeSet::from([row]))
    }

    pub(super) fn words(path: Vec<RowId>) -> Self {
        let needs = path.iter().copied().collect();
        Self::ending(PartEnd::Words(path), needs)
    }

    /// Joins the refutations of both halves of a split. When one does without its hypothesis,
    /// it refutes the whole, and there is no split.
    pub(super) fn split(var: Var, at: Number, hypothesis: RowId, halves: [Self; 2]) -> Self {
        let [mut below, mut above] = halves;
        if !below.needs.remove(&hypothesis) {
            return below;
        }
        if !above.needs.remove(&hypothesis) {
            return above;
        }
        let needs = below.needs.union(&above.needs).copied().collect();
        let mut part =
            Self::ending(PartEnd::Split { var, at, halves: Box::new([below, above]), hypothesis }, needs);
        part.whole.insert(var);
        part
    }

    fn ending(end: PartEnd, needs: BTreeSet<RowId>) -> Self {
        Self { steps: Vec::new(), end, needs, whole: BTreeSet::new() }
    }

    /// Puts the steps in front that derive what is needed, down to row `from`. A hypothesis stays
    /// needed.
    pub(super) fn since(mut self, ledger: &Ledger<'_>, from: RowId) -> Self {
        let mut steps = Vec::new();
        let mut assumed = Vec::new();
        while let Some(row) = self.needs.last().copied().filter(|row| *row >= from) {
            let Some((says, reason)) = ledger.derivation(row) else { break };
            self.needs.remove(&row);
            if matches!(reason, Reason::Hypothesis) {
                assumed.push(row);
                continue;
            }
            let Some(gives) = ledger.linear(row) else { continue };
            let by = inference(ledger, row, says, reason);
            self.needs.extend(premises(&by));
            if let Inference::Round(premise) = by {
                self.whole.extend(ledger.linear(premise).iter().flat_map(Linear::vars));
            }
            steps.push((row, Step { gives, by }));
        }
        self.needs.extend(assumed);
        steps.reverse();
        steps.append(&mut self.steps);
        self.steps = steps;
        self
    }

    /// The certificate, when nothing is needed but given constraints.
    pub(super) fn certify(self, given: &[Constraint]) -> Refutation {
        let rows: Vec<usize> = self.needs.iter().copied().collect();
        let constraints = rows.iter().filter_map(|row| given.get(*row).cloned()).collect();
        let whole = self.all_whole();
        let mut numbers: BTreeMap<RowId, usize> =
            rows.iter().enumerate().map(|(number, row)| (*row, number)).collect();
        let proof = self.number(&mut numbers, rows.len());
        let integral = whole.into_iter().collect();
        Refutation { certificate: Certificate { constraints, integral, proof }, rows }
    }

    /// The rows of the ledger that it uses and does not derive.
    pub(super) fn needs(&self) -> &BTreeSet<RowId> {
        &self.needs
    }

    fn all_whole(&self) -> BTreeSet<Var> {
        let mut whole = self.whole.clone();
        if let PartEnd::Split { halves, .. } = &self.end {
            whole.extend(halves.iter().flat_map(Self::all_whole));
        }
        whole
    }

    /// Numbers its rows from `next` on. The halves of a split reuse numbers: each sees its own.
    fn number(self, numbers: &mut BTreeMap<RowId, usize>, mut next: usize) -> Proof {
        let mut steps = Vec::with_capacity(self.steps.len());
        for (row, step) in self.steps {
            steps.push(Step { gives: step.gives, by: renumbered(step.by, numbers) });
            numbers.insert(row, next);
            next += 1;
        }
        let number = |row: &RowId| numbers.get(row).copied().unwrap_or(usize::MAX);
        let end = match self.end {
            PartEnd::Leaf(row) => Ending::Leaf(number(&row)),
            PartEnd::Words(path) => Ending::Words(path.iter().map(number).collect()),
            PartEnd::Split { var, at, halves, hypothesis } => {
                numbers.insert(hypothesis, next);
                let [below, above] = (*halves).map(|half| Box::new(half.number(numbers, next + 1)));
                Ending::Split { var, at, below, above }
            }
        };
        Proof { steps, end }
    }
}

fn inference(ledger: &Ledger<'_>, row: RowId, says: &Says, reason: &Reason) -> Inference {
    match (reason, says) {
        (Reason::Narrow(premise), Says::Bound(var, side)) => {
            Inference::Combine(solved(ledger, *premise, *var, *side, row).unwrap_or_default())
        }
        (Reason::Multiply(product), Says::Bound(var, _)) => {
            let bounds = factors(ledger, *product, *var, row);
            Inference::Multiply { product: *product, bounds }
        }
        (Reason::Calendar { year, bound }, _) => Inference::Calendar { year: *year, bound: *bound },
        (Reason::Round(premise), _) => Inference::Round(*premise),
        (Reason::Combine(parts), _) => Inference::Combine(parts.clone()),
        (Reason::Hypothesis | Reason::Narrow(_) | Reason::Multiply(_), _) => Inference::Combine(Vec::new()),
    }
}

/// The row solved for a variable: a multiple of it, and of the bounds of that time.
fn solved(
    ledger: &Ledger<'_>,
    row: RowId,
    var: usize,
    side: Side,
    time: RowId,
) -> Option<Vec<(RowId, Number)>> {
    let linear = ledger.linear(row)?;
    let (coefficient, _) = linear.terms().iter().find(|(_, at)| index(*at) == var)?;
    let mut scale = coefficient.abs().recip()?;
    if Side::bounded_by(coefficient) != side && linear.relation() == Relation::Equal {
        scale = -scale;
    }
    let scaled = sum([(linear.clone(), &scale)].into_iter());
    let mut parts = ledger.eliminate(&scaled, Some(var), time)?;
    parts.insert(0, (row, scale));
    Some(parts)
}

/// The bounds, at that time, on the two others of `left · right = product`.
fn factors(ledger: &Ledger<'_>, product: RowId, onto: usize, time: RowId) -> Vec<RowId> {
    let Some(&Constraint::Product { left, right, product: result }) = ledger.given().get(product) else {
        return Vec::new();
    };
    let others = if onto == index(result) {
        [left, right]
    } else if onto == index(left) {
        [result, right]
    } else {
        [result, left]
    };
    let sides = [Side::Lower, Side::Upper];
    let bounds =
        others.into_iter().flat_map(|var| sides.map(|side| ledger.bound_before(index(var), side, time)));
    let rows: BTreeSet<RowId> = bounds.flatten().map(|bound| bound.row).collect();
    rows.into_iter().collect()
}

fn premises(by: &Inference) -> Vec<RowId> {
    match by {
        Inference::Combine(parts) => parts.iter().map(|(row, _)| *row).collect(),
        Inference::Round(row) => vec![*row],
        Inference::Calendar { year, bound } => vec![*year, *bound],
        Inference::Multiply { product, bounds } => {
            std::iter::once(*product).chain(bounds.iter().copied()).collect()
        }
    }
}

fn renumbered(by: Inference, numbers: &BTreeMap<RowId, usize>) -> Inference {
    let number = |row: RowId| numbers.get(&row).copied().unwrap_or(usize::MAX);
    match by {
        Inference::Combine(parts) => {
            Inference::Combine(parts.into_iter().map(|(row, times)| (number(row), times)).collect())
        }
        Inference::Round(row) => Inference::Round(number(row)),
        Inference::Calendar { year, bound } => {
            Inference::Calendar { year: number(year), bound: number(bound) }
        }
        Inference::Multiply { product, bounds } => {
            Inference::Multiply { product: number(product), bounds: bounds.into_iter().map(number).collect() }
        }
    }
}

/// The certificate with other names for the variables.
pub(super) fn rename(certificate: &mut Certificate, names: &[Var]) {
    let map = |var: Var| names.get(index(var)).copied().unwrap_or(var);
    for constraint in &mut certificate.constraints {
        *constraint = constraint.map_vars(&map);
    }
    for var in &mut certificate.integral {
        *var = map(*var);
    }
    certificate.integral.sort_unstable();
    rename_proof(&mut certificate.proof, &map);
}

fn rename_proof(proof: &mut Proof, map: &dyn Fn(Var) -> Var) {
    for step in &mut proof.steps {
        step.gives = step.gives.map_vars(map);
    }
    if let Ending::Split { var, below, above, .. } = &mut proof.end {
        *var = map(*var);
        rename_proof(below, map);
        rename_proof(above, map);
    }
}
