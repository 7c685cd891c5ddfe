//! Stable keys: how claims are known in baselines, `allow`, JSON and SARIF.

use std::fmt::Write as _;

use crate::claims::aspects::Aspects;
use crate::claims::lower::Lowering;
use crate::claims::schema::Claim;
use crate::claims::source::Article;
use crate::fact::{PointId, Statement, Status, Time};
use crate::vocabulary::{MeasureKind, Vocabulary};

impl Lowering<'_> {
    /// `source/entity/measure[dim=v,…,status=s]@period#ordinal:change`, or `source/id`.
    ///
    /// Names are canonical, dimensions sorted by name, absent pieces left out; nothing depends on
    /// where in the file the claim stands.
    pub(super) fn key(
        &self,
        claim: &Claim,
        aspects: &Aspects,
        statement: &Statement,
        point: PointId,
        article: &Article,
    ) -> String {
        let source = &article.name;
        if let Some(id) = &claim.id {
            return format!("{source}/{}", id.text);
        }
        let vocabulary = &self.base.vocabulary;
        let entity = vocabulary.entities.name(aspects.entity.0);
        let measure = vocabulary.measures.name(aspects.measure.0);
        let mut key = String::with_capacity(source.len() + entity.len() + measure.len() + 32);
        key.extend([source, "/", entity, "/", measure]);
        write_bracket(aspects, vocabulary, &mut key);
        // Writing to a string cannot fail.
        let _ = match (aspects.told, self.year_of_event(aspects, point)) {
            (Some(told), _) => write!(key, "@{}", told.when),
            (None, Some(year)) => write!(key, "@{year}"),
            (None, None) => Ok(()),
        };
        if let Some(ordinal) = aspects.ordinal {
            let _ = write!(key, "#{ordinal}");
        }
        key.push_str(match statement {
            Statement::Change(_) => ":change",
            Statement::Share(_) => ":share",
            _ => "",
        });
        key
    }

    /// The year that is part of a yearly event's point.
    fn year_of_event(&self, aspects: &Aspects, point: PointId) -> Option<i32> {
        match self.base.point(point).time {
            Time::Over(Some(first), _)
                if self.base.vocabulary.measure(aspects.measure).kind == MeasureKind::Event =>
            {
                Some(first.year())
            }
            _ => None,
        }
    }
}

/// Writes `[centre=rabat,place=nador,status=planned]`.
fn write_bracket(aspects: &Aspects, vocabulary: &Vocabulary, key: &mut String) {
    let named = aspects.dimensions.iter().map(|(id, member)| {
        let members = &vocabulary.dimension(*id).members;
        [vocabulary.dimensions.name(id.0), "=", members.name(member.0)]
    });
    let mut entries: Vec<[&str; 3]> = named.collect();
    let bytes_of = |entry: [_; 3]| entry.into_iter().flat_map(str::bytes);
    entries.sort_by(|left, right| bytes_of(*left).cmp(bytes_of(*right)));
    if aspects.status != Status::Actual {
        entries.push(["status", "=", aspects.status.name()]);
    }
    for (place, entry) in entries.iter().enumerate() {
        key.push(if place == 0 { '[' } else { ',' });
        key.extend(*entry);
    }
    if !entries.is_empty() {
        key.push(']');
    }
}
