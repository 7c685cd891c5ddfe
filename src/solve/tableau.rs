//! [`Tableau`]: the linear constraints of a piece, as the simplex wants them.

use crate::constraint::Linear;
use crate::solve::ledger::{Ledger, RowId, Side, index, name};
use crate::solve::propagate::{Link, Network};
use crate::solve::simplex::Simplex;
use crate::solve::witness::choose;

/// Variables with a single value left are numbers here.
pub(super) struct Tableau<'p> {
    pub(super) simplex: Simplex,
    /// The open variables, in ascending order.
    pub(super) columns: Vec<usize>,
    /// The rows, as the ledger numbers them.
    pub(super) rows: Vec<(RowId, &'p Linear)>,
}

impl<'p> Tableau<'p> {
    pub(super) fn new(network: &'p Network, ledger: &Ledger<'_>, vars: &[usize]) -> Self {
        let open = |var: &usize| ledger.fixed(*var).is_none();
        let mut columns: Vec<usize> = vars.iter().copied().filter(open).collect();
        columns.sort_unstable();
        let mut simplex = Simplex::new(columns.len());
        for (place, var) in columns.iter().enumerate() {
            let ends = [Side::Lower, Side::Upper].map(|side| ledger.bound(*var, side));
            let start = choose(&ledger.interval(*var), ledger.is_integral(*var));
            simplex.bound(place, ends, &start.unwrap_or_default());
        }
        let rows = rows(network, &columns);
        for (_, linear) in &rows {
            simplex.row(&without_fixed(ledger, linear, &columns));
        }
        Self { simplex, columns, rows }
    }
}

/// The linear constraints on the open variables.
fn rows<'p>(network: &'p Network, columns: &[usize]) -> Vec<(RowId, &'p Linear)> {
    let links = network.links_on(columns);
    let linear = links.filter_map(|(row, link)| match link {
        Link::Linear(linear) => Some((*row, linear)),
        Link::Year { .. } | Link::Product { .. } => None,
    });
    linear.collect()
}

/// The row over the open variables alone, by their places among the columns.
fn without_fixed(ledger: &Ledger<'_>, linear: &Linear, columns: &[usize]) -> Linear {
    let mut bound = linear.bound().clone();
    let mut terms = Vec::with_capacity(linear.terms().len());
    for (coefficient, var) in linear.terms() {
        if let Some(value) = ledger.fixed(index(*var)) {
            bound -= &(coefficient * value);
        } else if let Ok(place) = columns.binary_search(&index(*var)) {
            terms.push((coefficient.clone(), name(place)));
        }
    }
    Linear::new(terms, linear.relation(), bound)
}
