//! Where figures come from and where they meet: sources, their claims, the rules that join several of
//! them, and the conflicts.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, NodeIndex};

use super::{Analysis, Options, Report};
use crate::checks::{Context, Grounded, words};
use crate::fact::FactId;
use crate::finding::{Finding, Severity};

/// A thing of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An article.
    Source {
        /// Its name.
        name: String,
        /// Where its figures come from.
        origin: String,
    },
    /// What it says.
    Claim {
        /// What the claim is about.
        about: String,
        /// What it says of it.
        says: String,
    },
    /// A rule, or a built-in check.
    Rule {
        /// Its name.
        name: String,
    },
    /// A finding.
    Conflict {
        /// How much it matters.
        severity: Severity,
        /// Its code and rule.
        name: String,
        /// Its sentence.
        message: String,
    },
}

/// How two things are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// A source makes a claim.
    Says,
    /// A source cites another.
    Cites,
    /// A claim takes part in instances of a rule.
    In,
    /// A claim or a rule takes part in a conflict.
    Conflict,
}

/// The graph of a run.
#[derive(Debug, Default)]
pub struct Web {
    /// Its nodes in the order of sources, claims, rules and conflicts.
    pub graph: DiGraph<Node, Tie>,
    /// Whether every input was read to its end.
    pub whole: bool,
}

impl Analysis {
    /// The graph of sources, claims, rules and conflicts.
    #[must_use]
    pub fn web(mut self, options: &Options) -> Web {
        let context = Context::with(&self.base, &self.floors, options.lang);
        let joined = self.joined(&context);
        let mut weaver = Weaver::default();
        weaver.sources(&context);
        for (rule, claims) in &joined {
            weaver.rule(rule, claims);
        }
        let report = self.report(options);
        let conflicts = report.findings.iter().filter(|one| one.severity > Severity::Note);
        conflicts.for_each(|finding| weaver.conflict(&report, finding));
        Web { graph: weaver.graph, whole: report.whole }
    }

    /// Each rule with the claims that its instances join: those that meet at least one other there.
    fn joined(&self, context: &Context<'_>) -> Vec<(String, BTreeSet<FactId>)> {
        let run = self.joint(context);
        let mut rules = Vec::new();
        for (place, instances) in self.grounded.iter().enumerate() {
            let mut claims = BTreeSet::new();
            for one in instances {
                let together = claims_of(context, one);
                if together.len() > 1 {
                    claims.extend(together);
                }
            }
            if !claims.is_empty() {
                rules.push((run.rule((place, 0)), claims));
            }
        }
        rules
    }
}

fn claims_of(context: &Context<'_>, one: &Grounded) -> BTreeSet<FactId> {
    let stated = one.variables.iter().flat_map(|variable| context.facts(*variable));
    stated.chain(one.owners.iter().copied()).collect()
}

/// The graph while it grows.
#[derive(Default)]
struct Weaver {
    graph: DiGraph<Node, Tie>,
    claims: BTreeMap<FactId, NodeIndex>,
    rules: BTreeMap<String, NodeIndex>,
}

impl Weaver {
    /// Sources by name, what they cite, and their claims by key.
    fn sources(&mut self, context: &Context<'_>) {
        let base = context.base;
        let mut sources: Vec<_> = base.sources().collect();
        sources.sort_by(|left, right| left.1.id.cmp(&right.1.id));
        let mut nodes = BTreeMap::new();
        for (id, source) in &sources {
            let origin = base.origin(source.origin).to_owned();
            nodes.insert(*id, self.graph.add_node(Node::Source { name: source.id.clone(), origin }));
        }
        let by_name: BTreeMap<&str, NodeIndex> =
            sources.iter().filter_map(|(id, source)| Some((source.id.as_str(), *nodes.get(id)?))).collect();
        for (id, source) in &sources {
            let cited = source.cites.iter().filter_map(|(name, _)| by_name.get(name.as_str()));
            for (from, to) in
                nodes.get(id).into_iter().flat_map(|from| cited.clone().map(move |to| (from, to)))
            {
                self.graph.update_edge(*from, *to, Tie::Cites);
            }
        }
        let mut facts: Vec<_> = base.facts().collect();
        facts.sort_by(|left, right| left.1.key.cmp(&right.1.key));
        for (id, fact) in facts {
            let about = words::point(context, fact.point);
            let node = self.graph.add_node(Node::Claim { about, says: words::said(context, id) });
            self.claims.insert(id, node);
            if let Some(source) = nodes.get(&fact.source) {
                self.graph.add_edge(*source, node, Tie::Says);
            }
        }
    }

    /// The claims in the order of their nodes, whatever the order of their reading.
    fn nodes(&self, claims: impl IntoIterator<Item = FactId>) -> BTreeSet<NodeIndex> {
        claims.into_iter().filter_map(|fact| self.claims.get(&fact)).copied().collect()
    }

    fn rule(&mut self, name: &str, claims: &BTreeSet<FactId>) {
        let node = self.graph.add_node(Node::Rule { name: name.to_owned() });
        self.rules.insert(name.to_owned(), node);
        for claim in self.nodes(claims.iter().copied()) {
            self.graph.add_edge(claim, node, Tie::In);
        }
    }

    fn conflict(&mut self, report: &Report, finding: &Finding) {
        let claims = self.nodes(finding.claims.iter().copied());
        if claims.is_empty() {
            return;
        }
        let node = self.graph.add_node(Node::Conflict {
            severity: finding.severity,
            name: finding.name(),
            message: finding.message.clone(),
        });
        let built_in = || report.rules.iter().find(|rule| rule.builtin && rule.code == finding.code);
        let own = finding.rule.clone().or_else(|| built_in().map(|rule| rule.id.clone()));
        let joined = finding.reasons.iter().flat_map(|reason| &reason.rules);
        let rules: BTreeSet<&String> =
            own.iter().filter(|rule| self.rules.contains_key(*rule)).chain(joined).collect();
        for rule in rules {
            // A check of one claim each (`dates`) joins claims only here.
            let graph = &mut self.graph;
            let rule_node = *self
                .rules
                .entry(rule.clone())
                .or_insert_with(|| graph.add_node(Node::Rule { name: rule.clone() }));
            self.graph.add_edge(rule_node, node, Tie::Conflict);
        }
        for claim in claims {
            self.graph.add_edge(claim, node, Tie::Conflict);
        }
    }
}
