//! Circles among things that each lead to one other at most.

/// What is known of an index while the links are walked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Walk {
    Unseen,
    /// On the walk that began at this index.
    Seen(usize),
}

/// Every circle, as the indices on it; `links` says where each index leads.
///
/// Each walk ends where it runs into a seen index, so the whole is linear.
pub(crate) fn circles(links: &[Option<u32>]) -> Vec<Vec<u32>> {
    let mut walks = vec![Walk::Unseen; links.len()];
    (0..links.len()).filter_map(|start| walk(start, links, &mut walks)).collect()
}

/// Walks from an index; the circle that this walk closes, if it closes one.
fn walk(start: usize, links: &[Option<u32>], walks: &mut [Walk]) -> Option<Vec<u32>> {
    let mut path = Vec::new();
    let mut here = start;
    loop {
        match walks.get_mut(here)? {
            Walk::Seen(walk) if *walk == start => break,
            Walk::Seen(_) => return None,
            unseen @ Walk::Unseen => *unseen = Walk::Seen(start),
        }
        let next = links.get(here).copied().flatten()?;
        path.push(u32::try_from(here).ok()?);
        here = next as usize;
    }
    let first = path.iter().position(|index| *index as usize == here)?;
    Some(path.split_off(first))
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn a_circle_is_found_once_whatever_leads_to_it() {
        // 0 → 1 → 2 → 1, 3 → 3, 4 → 0, 5
        let links = [Some(1), Some(2), Some(1), Some(3), Some(0), None];
        assert_eq!(circles(&links), [vec![1, 2], vec![3]]);
    }

    #[test]
    fn a_line_is_no_circle_and_a_link_to_nowhere_ends() {
        assert!(circles(&[Some(1), Some(2), None]).is_empty());
        assert!(circles(&[Some(9)]).is_empty());
        assert!(circles(&[]).is_empty());
    }
}
