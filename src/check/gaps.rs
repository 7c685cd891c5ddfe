//! What is not known and would decide most: the missing claims, with the question to ask and whom.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Facts, Filter, Subject};
use super::problem::InstanceId;
use super::{Analysis, Options};
use crate::Error;
use crate::checks::words::sets;
use crate::checks::{Context, Grounded, Variable, words};
use crate::fact::{PointId, SourceId};
use crate::finding::Lang;
use crate::quantity::UnitKind;
use crate::vocabulary::MeasureKind;

/// The missing claims of a run, those first that would decide most.
#[derive(Debug, Default)]
pub struct Gaps {
    /// The missing claims.
    pub gaps: Vec<Gap>,
    /// How many instances are undecided because something is missing.
    pub undecided: usize,
    /// Whether every input was read to its end.
    pub whole: bool,
}

/// One missing claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What is missing.
    pub name: String,
    /// Its stable name.
    pub key: String,
    /// What to ask.
    pub question: String,
    /// Whom: the origins of the claims around it; empty where nobody is near.
    pub ask: Vec<String>,
    /// How many undecided instances it would decide by itself.
    pub decides: usize,
    /// How many more it is one of several missing claims of.
    pub helps: usize,
    /// The rules and checks that wait for it.
    pub rules: Vec<String>,
    /// What follows already, if anything.
    pub known: Option<String>,
}

/// What is gathered about one missing variable.
#[derive(Default)]
struct Wanted {
    decides: usize,
    helps: usize,
    rules: BTreeSet<String>,
    ask: BTreeSet<String>,
}

impl Analysis {
    /// What to ask for, ranked by how many undecided instances each answer would decide.
    ///
    /// # Errors
    /// None of its own; those of [`Analysis::facts`], which it asks what is known already.
    pub fn gaps(self, options: &Options) -> Result<Gaps, Error> {
        let mut wanted: BTreeMap<Variable, Wanted> = BTreeMap::new();
        let context = Context::with(&self.base, &self.floors, options.lang);
        let undecided = self.undecided();
        for id in &undecided {
            self.want(&context, *id, &mut wanted);
        }
        let mut gaps: Vec<(Subject, Gap)> =
            wanted.into_iter().filter_map(|(variable, wanted)| gap(&context, variable, wanted)).collect();
        gaps.sort_by(|(_, left), (_, right)| left.rank().cmp(&right.rank()));
        let undecided = undecided.len();
        let known = self.facts(&Filter::default(), options)?;
        let whole = known.whole;
        let told = |subject| follows(&known, subject, options.lang);
        let gaps = gaps.into_iter().map(|(subject, gap)| Gap { known: told(subject), ..gap });
        Ok(Gaps { gaps: gaps.collect(), undecided, whole })
    }

    /// The instances that miss something.
    fn undecided(&self) -> Vec<InstanceId> {
        let all = self.grounded.iter().enumerate();
        let ids = all.flat_map(|(place, instances)| (0..instances.len()).map(move |nth| (place, nth)));
        ids.filter(|id| self.judged.is_missing(*id)).collect()
    }

    /// Notes what an instance misses.
    fn want(&self, context: &Context<'_>, id: InstanceId, wanted: &mut BTreeMap<Variable, Wanted>) {
        let run = self.joint(context);
        let Some(one) = run.instance(id) else { return };
        let missing: BTreeSet<Variable> =
            one.needs.iter().copied().filter(|variable| !context.sets(*variable).is_claimed).collect();
        let origins = origins(context, one);
        for variable in &missing {
            let wanted = wanted.entry(*variable).or_default();
            if missing.len() == 1 {
                wanted.decides += 1;
            } else {
                wanted.helps += 1;
            }
            wanted.rules.insert(run.rule(id));
            wanted.ask.extend(origins.iter().cloned());
        }
    }
}

impl Gap {
    /// What decides most comes first, then what helps most.
    fn rank(&self) -> (std::cmp::Reverse<usize>, std::cmp::Reverse<usize>, &str) {
        (std::cmp::Reverse(self.decides), std::cmp::Reverse(self.helps), &self.key)
    }
}

/// The origins of the claims that an instance does have.
fn origins(context: &Context<'_>, one: &Grounded) -> BTreeSet<String> {
    let claims = one.variables.iter().flat_map(|variable| context.facts(*variable));
    let base = context.base;
    claims
        .chain(one.owners.iter().copied())
        .map(|fact| base.origin(base.fact(fact).origin).to_owned())
        .collect()
}

fn gap(context: &Context<'_>, variable: Variable, wanted: Wanted) -> Option<(Subject, Gap)> {
    let (subject, question) = match variable {
        Variable::Value(point) | Variable::Start(point) | Variable::End(point) => {
            (Subject::Point(point), ask_for(context, point))
        }
        Variable::Published(source) => (Subject::Publication(source), ask_when(context, source)),
        _ => return None,
    };
    let gap = Gap {
        name: super::facts::name(context, subject),
        key: super::facts::key(context, subject),
        question,
        ask: wanted.ask.into_iter().collect(),
        decides: wanted.decides,
        helps: wanted.helps,
        rules: wanted.rules.into_iter().collect(),
        known: None,
    };
    Some((subject, gap))
}

/// A question in the words of the measure.
fn ask_for(context: &Context<'_>, point: PointId) -> String {
    let vocabulary = &context.base.vocabulary;
    let measure = vocabulary.measure(context.base.point(point).measure);
    let name = words::point(context, point);
    let (en, fr, ar) = match (measure.kind, vocabulary.unit_kind(measure)) {
        (MeasureKind::Ordinal | MeasureKind::Event, _) => ("when was, or is,", "à quelle date :", "متى:"),
        (MeasureKind::State, _) => ("what is", "quel est :", "ما هو:"),
        (_, UnitKind::Countable) => ("how many", "combien :", "كم عدد:"),
        (_, UnitKind::Measured) => ("how much", "quelle quantité :", "كم يبلغ:"),
        (_, UnitKind::Share) => ("what percentage is", "quel pourcentage :", "كم نسبة:"),
    };
    match context.lang {
        Lang::En => format!("{en} {name}?"),
        Lang::Fr => format!("{fr} {name} ?"),
        Lang::Ar => format!("{ar} {name}؟"),
    }
}

fn ask_when(context: &Context<'_>, source: SourceId) -> String {
    let source = context.base.source(source);
    let id = &source.id;
    match (&source.publisher, context.lang) {
        (Some(publisher), Lang::En) => format!("on which day did {publisher} publish {id}?"),
        (None, Lang::En) => format!("on which day was {id} published?"),
        (Some(publisher), Lang::Fr) => format!("quel jour {publisher} a-t-il publié {id} ?"),
        (None, Lang::Fr) => format!("quel jour {id} a-t-il été publié ?"),
        (Some(publisher), Lang::Ar) => format!("في أي يوم نشر {publisher} المقال {id}؟"),
        (None, Lang::Ar) => format!("في أي يوم نشر المقال {id}؟"),
    }
}

/// What is known of a missing figure, in words.
fn follows(facts: &Facts, subject: Subject, lang: Lang) -> Option<String> {
    let known = facts.known.iter().find(|known| known.subject == subject)?;
    let first = known.follows.first()?;
    let strong = first.strong.as_ref()?;
    Some(match &first.weak {
        Some(weak) => sets::usually(&strong.words, &weak.words, lang),
        None => strong.words.clone(),
    })
}
