//! `mizan graph`

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::ValueEnum;
use petgraph::graph::DiGraph;
use petgraph::visit::{EdgeRef as _, IntoNodeReferences as _};

use super::screen::Screen;
use super::{CANNOT, CLEAN, emit, inputs};
use crate::Error;
use crate::check::Analysis;
use crate::check::graph::{Node, Tie};
use crate::finding::Severity;
use crate::text::sanitise;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files, and folders with `claims/` and `rules/` or with YAML files [default: found by walking up]
    paths: Vec<PathBuf>,
    /// How the graph is written
    #[arg(long, value_enum, default_value = "dot")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For Graphviz: mizan graph | dot -Tsvg
    Dot,
    /// For Markdown: a flowchart that many sites draw
    Mermaid,
}

/// Characters of a label's line.
const LONGEST: usize = 80;

/// Prints the graph of sources, claims, rules and conflicts.
pub(super) fn run(arguments: &Args, screen: &Screen) -> Result<u8, Error> {
    let options = screen.options();
    let web = Analysis::new(&inputs::collect(&arguments.paths)?, &options)?.web(&options);
    emit(&match arguments.format {
        Format::Dot => dot(&web.graph),
        Format::Mermaid => mermaid(&web.graph),
    })?;
    Ok(if web.whole { CLEAN } else { CANNOT })
}

/// The graph for Graphviz.
fn dot(graph: &DiGraph<Node, Tie>) -> String {
    let mut out = String::from("digraph mizan {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
    for (id, node) in graph.node_references() {
        let label: Vec<String> = lines(node).iter().map(|line| in_quotes(line)).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "  n{} [{}, label=\"{}\"];", id.index(), shape(node), label.join("\\n"));
    }
    for edge in graph.edge_references() {
        let style = match edge.weight() {
            Tie::Says | Tie::In => "",
            Tie::Cites => " [style=dashed, label=\"cites\"]",
            Tie::Conflict => " [color=red]",
        };
        let _ = writeln!(out, "  n{} -> n{}{style};", edge.source().index(), edge.target().index());
    }
    out.push_str("}\n");
    out
}

const fn shape(node: &Node) -> &'static str {
    match node {
        Node::Source { .. } => "shape=folder",
        Node::Claim { .. } => "shape=box",
        Node::Rule { .. } => "shape=hexagon",
        Node::Conflict { severity: Severity::Error, .. } => "shape=octagon, color=red",
        Node::Conflict { .. } => "shape=octagon, color=orange",
    }
}

/// A text within double quotes of Graphviz.
fn in_quotes(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// The graph as a Mermaid flowchart.
fn mermaid(graph: &DiGraph<Node, Tie>) -> String {
    let mut out = String::from("flowchart LR\n");
    for (id, node) in graph.node_references() {
        let label: Vec<String> = lines(node).iter().map(|line| in_entities(line)).collect();
        let (open, close, class) = match node {
            Node::Source { .. } => ("[(", ")]", "source"),
            Node::Claim { .. } => ("[", "]", "claim"),
            Node::Rule { .. } => ("{{", "}}", "rule"),
            Node::Conflict { severity, .. } => ("([", "])", severity.name()),
        };
        let _ = writeln!(out, "  n{}{open}\"{}\"{close}:::{class}", id.index(), label.join("<br/>"));
    }
    for edge in graph.edge_references() {
        let arrow = match edge.weight() {
            Tie::Says | Tie::In => "-->",
            Tie::Cites => "-. cites .->",
            Tie::Conflict => "==>",
        };
        let _ = writeln!(out, "  n{} {arrow} n{}", edge.source().index(), edge.target().index());
    }
    out.push_str(
        "  classDef error stroke:#c00,stroke-width:3px\n  classDef warning stroke:#c80,stroke-width:2px\n",
    );
    out
}

/// A text within double quotes of Mermaid, which reads Markdown, HTML and its own entities there.
fn in_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_alphanumeric() || matches!(char, ' ' | '.' | ',' | '-' | ':') || !char.is_ascii() {
            out.push(char);
        } else {
            let _ = write!(out, "#{};", u32::from(char));
        }
    }
    out
}

/// The lines of a label, safe to print.
fn lines(node: &Node) -> Vec<String> {
    let shown = |text: &str| sanitise::excerpt(text, LONGEST).into_owned();
    match node {
        Node::Source { name, origin } if name == origin => vec![shown(name)],
        Node::Source { name, origin } => vec![shown(name), shown(&format!("origin: {origin}"))],
        Node::Claim { about, says } => vec![shown(about), shown(says)],
        Node::Rule { name } => vec![shown(name)],
        Node::Conflict { severity, name, message } => {
            vec![format!("{}[{}]", severity.name(), shown(name)), shown(message)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_cannot_leave_their_quotes() {
        let mut graph = DiGraph::new();
        let name = "a\"]; x\\ <b>`#quot;`\u{202E}\n".to_owned();
        graph.add_node(Node::Source { origin: name.clone(), name });
        assert!(dot(&graph).contains(r#"label="a\"]; x\\ <b>`#quot;`"#), "{}", dot(&graph));
        let drawn = mermaid(&graph);
        assert!(drawn.contains("a#34;#93;#59; x#92; #60;b#62;#96;#35;quot#59;#96;"), "{drawn}");
        assert!(!drawn.contains('\u{202E}') && !dot(&graph).contains('\u{202E}'));
    }
}
