//! Words: variables that must be the same word, and variables that are a given word.

use std::collections::VecDeque;

use crate::constraint::Constraint;
use crate::quantity::Number;
use crate::solve::ledger::index;
use crate::solve::witness::Values;

/// The words that the constraints give to variables, spread over what must be the same.
///
/// # Errors
/// The rows of a path of equalities between two different words.
pub(super) fn assign(constraints: &[Constraint], vars: usize) -> Result<Values, Vec<usize>> {
    if !constraints.iter().any(|constraint| matches!(constraint, Constraint::Word { .. })) {
        return Ok(vec![None; vars]);
    }
    let neighbours = neighbours(constraints, vars);
    let mut known: Vec<Option<Reached>> = vec![None; vars];
    for (row, constraint) in constraints.iter().enumerate() {
        let Constraint::Word { var, word } = constraint else { continue };
        let mut waiting = VecDeque::from([(index(*var), Reached { word: *word, row, from: None })]);
        while let Some((var, reached)) = waiting.pop_front() {
            match known.get(var) {
                Some(Some(other)) if other.word != reached.word => {
                    return Err(path(&known, other, &reached));
                }
                Some(None) => {}
                _ => continue,
            }
            for (next, row) in neighbours.get(var).into_iter().flatten() {
                waiting.push_back((*next, Reached { row: *row, from: Some(var), ..reached }));
            }
            if let Some(place) = known.get_mut(var) {
                *place = Some(reached);
            }
        }
    }
    let word = |reached: Reached| Number::from(reached.word);
    Ok(known.into_iter().map(|reached| reached.map(word)).collect())
}

/// How a variable got its word: by a row of its own, or by an equality from another variable.
#[derive(Clone, Copy)]
struct Reached {
    word: u32,
    row: usize,
    from: Option<usize>,
}

/// For each variable the variables that are the same word, and the row that says so.
fn neighbours(constraints: &[Constraint], vars: usize) -> Vec<Vec<(usize, usize)>> {
    let mut neighbours = vec![Vec::new(); vars];
    for (row, constraint) in constraints.iter().enumerate() {
        if let Constraint::Same { left, right } = constraint {
            let (left, right) = (index(*left), index(*right));
            for (one, other) in [(left, right), (right, left)] {
                if let Some(list) = neighbours.get_mut(one) {
                    list.push((other, row));
                }
            }
        }
    }
    neighbours
}

/// From the one word to the other, through the variable that both have reached.
fn path(known: &[Option<Reached>], one: &Reached, other: &Reached) -> Vec<usize> {
    let mut rows = back(known, one);
    rows.reverse();
    rows.extend(back(known, other));
    rows
}

/// The rows from here back to where the word was given.
fn back(known: &[Option<Reached>], reached: &Reached) -> Vec<usize> {
    let mut rows = vec![reached.row];
    let mut from = reached.from;
    while let Some(Some(earlier)) = from.and_then(|var| known.get(var)) {
        rows.push(earlier.row);
        from = earlier.from;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constraint::Var;

    fn word(var: u32, word: u32) -> Constraint {
        Constraint::Word { var: Var(var), word }
    }

    fn same(left: u32, right: u32) -> Constraint {
        Constraint::Same { left: Var(left), right: Var(right) }
    }

    #[test]
    fn words_spread_over_equalities() {
        let values = assign(&[same(0, 1), same(2, 1), word(2, 7), word(3, 8)], 5).unwrap();
        let seven = Some(Number::from(7));
        assert_eq!(values, [seven.clone(), seven.clone(), seven, Some(Number::from(8)), None]);
    }

    #[test]
    fn two_words_meet_on_a_path() {
        let constraints = [same(0, 1), word(0, 7), same(5, 6), same(2, 1), word(2, 8)];
        assert_eq!(assign(&constraints, 7).unwrap_err(), [1, 0, 3, 4]);
        assert_eq!(assign(&[word(0, 1), word(0, 2)], 1).unwrap_err(), [0, 1]);
        assert_eq!(assign(&[same(0, 0), word(0, 1)], 1).unwrap(), [Some(Number::ONE)]);
    }
}
