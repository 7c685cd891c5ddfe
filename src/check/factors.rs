//! Lightest sets that are a product of others, taken apart.

use std::collections::BTreeSet;

/// Sets of which each is a choice of one in every factor, taken apart: those that change one thing or
/// another belong together, those that occur with either do not.
///
/// `{a, c} {a, d} {b, c} {b, d}` are the factors `{a} {b}` and `{c} {d}`.
pub(super) fn factorised(sets: &[Vec<usize>]) -> Vec<Vec<Vec<usize>>> {
    let members: BTreeSet<usize> = sets.iter().flatten().copied().collect();
    // What changes in any case is a factor of its own.
    let (always, open): (Vec<usize>, Vec<usize>) =
        members.into_iter().partition(|member| sets.iter().all(|set| set.contains(member)));
    let mut factors: Vec<Vec<Vec<usize>>> = always.iter().map(|member| vec![vec![*member]]).collect();
    if open.is_empty() {
        return factors;
    }
    let rest: Vec<Vec<usize>> =
        sets.iter().map(|set| set.iter().copied().filter(|member| open.contains(member)).collect()).collect();
    factors.extend(independent(&rest, open));
    factors
}

/// The factors of sets that have no member in common; the sets themselves where they are no product.
fn independent(sets: &[Vec<usize>], members: Vec<usize>) -> Vec<Vec<Vec<usize>>> {
    let together = |a: usize, b: usize| sets.iter().any(|set| set.contains(&a) && set.contains(&b));
    let mut groups: Vec<BTreeSet<usize>> = Vec::new();
    for member in members {
        let apart = |group: &BTreeSet<usize>| group.iter().any(|other| !together(member, *other));
        let (joined, mut others): (Vec<_>, Vec<_>) = groups.into_iter().partition(apart);
        others.push(joined.into_iter().flatten().chain([member]).collect());
        groups = others;
    }
    let within = |group: &BTreeSet<usize>| -> Vec<Vec<usize>> {
        let parts =
            sets.iter().map(|set| set.iter().copied().filter(|member| group.contains(member)).collect());
        parts.collect::<BTreeSet<Vec<usize>>>().into_iter().collect()
    };
    let factors: Vec<Vec<Vec<usize>>> = groups.iter().map(within).collect();
    let product = factors.iter().fold(1_usize, |product, factor| product.saturating_mul(factor.len()));
    if product == sets.len() { factors } else { vec![sets.to_vec()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_taken_apart() {
        let factors = |sets: &[&[usize]]| {
            let sets: Vec<Vec<usize>> = sets.iter().map(|set| set.to_vec()).collect();
            factorised(&sets)
        };
        assert_eq!(factors(&[&[1, 3], &[1, 4], &[2, 3], &[2, 4]]), [[[1], [2]], [[3], [4]]]);
        assert_eq!(factors(&[&[1, 2]]), [[[1]], [[2]]], "both must change, each for itself");
        assert_eq!(factors(&[&[1, 2], &[3, 4]]), [[[1, 2], [3, 4]]], "these or those");
        let two_of_three = [vec![vec![9]], vec![vec![1, 2], vec![1, 3], vec![2, 3]]];
        assert_eq!(factors(&[&[1, 2, 9], &[1, 3, 9], &[2, 3, 9]]), two_of_three);
    }
}
