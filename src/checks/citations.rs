//! `citations`: who cites whom. A source names one that is there and is not itself, and citations do not
//! run in a circle.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graphmap::DiGraphMap;

use super::{Context, info, words};
use crate::fact::{Source, SourceId};
use crate::finding::{CodeInfo, Finding, Severity};
use crate::text::Span;
use crate::vocabulary::nearest;

/// The check on citations between sources.
#[derive(Debug, Default)]
pub struct Check;

/// Sources as nodes; an edge runs from one that cites to the one it cites, with the place of that.
type Citations = DiGraphMap<SourceId, Span>;

/// How many sources of a circle are told.
const TOLD: usize = 20;

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(502)
    }

    fn inspect(&self, context: &Context<'_>) -> Vec<Finding> {
        // Sorted, so that a circle is told from the same source whatever the order of the files.
        let mut sources: Vec<(SourceId, &Source)> = context.base.sources().collect();
        sources.sort_by(|left, right| left.1.id.cmp(&right.1.id));
        let (graph, mut findings) = read(&sources);
        let rank: HashMap<SourceId, usize> = sources.iter().map(|(id, _)| *id).zip(0..).collect();
        let circles = circles(&graph, &|source| rank.get(&source).copied());
        findings.extend(circles.iter().map(|circle| tell(context, &graph, circle)));
        findings
    }
}

/// The citations between sources, sorted by name, and what is wrong with single ones.
fn read(sources: &[(SourceId, &Source)]) -> (Citations, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut graph = Citations::new();
    for (from, source) in sources {
        for (written, span) in &source.cites {
            let found = sources.binary_search_by(|(_, other)| other.id.as_str().cmp(written));
            match found.ok().and_then(|place| sources.get(place)) {
                Some((to, _)) if to == from => {
                    let message = format!("a source must not cite itself; {} does", words::code(written));
                    findings.push(error(message).at(*span, "cites itself"));
                }
                Some((to, _)) => drop(graph.add_edge(*from, *to, *span)),
                None => {
                    let found = words::code(written);
                    let mut finding = error(format!("a source must cite one that is here; found {found}"));
                    let ids = sources.iter().map(|(_, other)| other.id.as_str());
                    finding.help.extend(nearest(written, ids).map(|name| format!("did you mean `{name}`?")));
                    findings.push(finding.at(*span, "cited here"));
                }
            }
        }
    }
    (graph, findings)
}

fn error(message: String) -> Finding {
    Finding::new(info(502).code, Severity::Error, message)
}

/// A shortest circle of each group of sources that cite each other, from the first of them.
fn circles(graph: &Citations, rank: &dyn Fn(SourceId) -> Option<usize>) -> Vec<Vec<SourceId>> {
    // Of the two algorithms of the crate, the one that does not recurse: chains may be long.
    let groups = kosaraju_scc(graph).into_iter().filter(|group| group.len() > 1);
    let mut circles: Vec<Vec<SourceId>> = groups
        .filter_map(|group| circle(graph, group.into_iter().min_by_key(|source| rank(*source))?))
        .collect();
    circles.sort_by_key(|circle| circle.first().and_then(|first| rank(*first)));
    circles
}

/// A shortest way from a source back to itself, breadth first; the source stands there once.
fn circle(graph: &Citations, start: SourceId) -> Option<Vec<SourceId>> {
    let mut before: HashMap<SourceId, SourceId> = HashMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(here) = waiting.pop_front() {
        for next in graph.neighbors(here) {
            if next == start {
                let way = std::iter::successors(Some(here), |source| before.get(source).copied());
                let mut way: Vec<SourceId> = way.collect();
                way.reverse();
                return Some(way);
            }
            if let Entry::Vacant(way) = before.entry(next) {
                way.insert(here);
                waiting.push_back(next);
            }
        }
    }
    None
}

fn tell(context: &Context<'_>, graph: &Citations, circle: &[SourceId]) -> Finding {
    let name = |source: &SourceId| words::code(&context.base.source(*source).id);
    let mut path: Vec<String> = circle.iter().take(TOLD).map(name).collect();
    if circle.len() > TOLD {
        path.push(format!("({} more)", circle.len() - TOLD));
    }
    path.extend(circle.first().map(name));
    let message = format!("citations must not run in a circle; here they do: {}", path.join(" → "));
    let mut finding = Finding::new(info(502).code, Severity::Warning, message)
        .help("find out who wrote first; the figures of the others are echoes, and their `origin` says so");
    for (from, to) in circle.iter().zip(circle.iter().cycle().skip(1)).take(TOLD) {
        if let Some(span) = graph.edge_weight(*from, *to) {
            finding = finding.at(*span, format!("cites {}", name(to)));
        }
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(u32, u32)]) -> Citations {
        edges.iter().map(|(from, to)| (SourceId(*from), SourceId(*to), Span::default())).collect()
    }

    fn found(edges: &[(u32, u32)]) -> Vec<Vec<u32>> {
        let circles = circles(&graph(edges), &|source| usize::try_from(source.0).ok());
        circles.into_iter().map(|circle| circle.into_iter().map(|source| source.0).collect()).collect()
    }

    #[test]
    fn a_circle_is_told_once_and_from_its_first_source() {
        assert_eq!(found(&[(3, 1), (1, 2), (2, 3)]), [[1, 2, 3]]);
        assert_eq!(found(&[(1, 2), (2, 1), (4, 3), (3, 4), (2, 3)]), [[1, 2], [3, 4]]);
        assert_eq!(found(&[(1, 2), (2, 3), (3, 1), (3, 2)]), [[1, 2, 3]], "through the first");
    }

    #[test]
    fn a_chain_is_no_circle() {
        assert!(found(&[(1, 2), (2, 3), (1, 3)]).is_empty());
        let long: Vec<(u32, u32)> = (0..50_000).map(|n| (n, n + 1)).collect();
        assert!(found(&long).is_empty(), "nor a deep one a crash");
    }
}
