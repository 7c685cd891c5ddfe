//! `corroborate`: how many independent origins stand behind a figure.

use super::load::Body;
use super::series::Series;
use super::{Context, RuleHead, info, order, words};
use crate::finding::{CodeInfo, Finding, Reason, Severity};

/// A rule of the kind `corroborate`.
#[derive(Debug)]
pub struct Check {
    head: RuleHead,
    series: Series,
    origins: usize,
}

pub(super) fn load(body: &mut Body<'_>) -> Option<Box<dyn super::Check>> {
    body.only(&["origins"]);
    let node = &body.raw.body;
    let series = order::term(body, node)?;
    let wanted = body.option("origins");
    let origins = match wanted.map(|node| (node, node.as_str().and_then(|text| text.parse().ok()))) {
        None => 2,
        Some((_, Some(origins))) => origins,
        Some((node, None)) => {
            body.fault(node.span, "`origins` must be a whole number", None);
            return None;
        }
    };
    Some(Box::new(Check { head: body.head(), series, origins }))
}

impl super::Check for Check {
    fn info(&self) -> &'static CodeInfo {
        info(501)
    }

    fn rule(&self) -> Option<&RuleHead> {
        Some(&self.head)
    }

    fn measures(&self) -> Vec<crate::vocabulary::MeasureId> {
        vec![self.series.measure]
    }

    fn inspect(&self, context: &Context<'_>) -> Vec<Finding> {
        let base = context.base;
        let mut findings = Vec::new();
        for point in base.points_of(self.series.measure) {
            let facts: Vec<_> = base.facts_at(*point).collect();
            if facts.is_empty() || !self.series.matches(base.point(*point)) {
                continue;
            }
            let mut origins: Vec<&str> =
                facts.iter().map(|fact| base.origin(base.fact(*fact).origin)).collect();
            origins.sort_unstable();
            origins.dedup();
            if origins.len() >= self.origins {
                continue;
            }
            let name = words::point(context, *point);
            let stands = words::count(origins.len(), "origin", "independent origins");
            let message = format!(
                "{name} rests on {stands} ({}), but {} are asked for",
                origins.join(", "),
                self.origins
            );
            let mut finding = Finding::new(info(501).code, Severity::Note, message.clone())
                .compare(format!("{} or more", self.origins), origins.len().to_string());
            for fact in facts {
                let said = format!("{} says {}", words::source(context, fact), words::said(context, fact));
                finding = finding.on(fact, base.fact(fact).statement_key(), said);
            }
            finding.reasons.push(Reason {
                claims: finding.claims.clone(),
                steps: vec![message],
                ..Reason::default()
            });
            findings.push(finding.help("look for a source that does not quote the same origin"));
        }
        findings
    }
}
