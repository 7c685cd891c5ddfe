//! What is known: every point with its claims, and the tightest bounds that follow from all of them.
//!
//! Strong bounds follow from what words entail and from rules that hold without exception, the claims of
//! conflicts left out. Weak ones also take words as a reader does, and what rules assume or expect.

mod said;
mod select;
pub(crate) mod solved;
mod why;

use super::joint::{Joint, Run};
use super::problem::{InstanceId, Pass, World};
use super::{Analysis, Options};
use crate::Error;
use crate::checks::words::sets;
use crate::checks::{Context, Variable, Years};
use crate::constraint::Var;
use crate::fact::{FactId, PointId, SourceId};
use crate::finding::Severity;
use crate::quantity::Interval;
pub use said::Said;
use said::origins_of;
pub(crate) use said::{key, name};
pub use select::Filter;
use solved::Solved;
use why::Telling;

/// What is known of the points of a run.
#[derive(Debug, Default)]
pub struct Facts {
    /// The points by entity, measure, dimensions, number and time; then the publications.
    pub known: Vec<Known>,
    /// Whether every input was read to its end.
    pub whole: bool,
}

/// What a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A point that claims or rules speak of.
    Point(PointId),
    /// The publication of a source.
    Publication(SourceId),
}

/// What is said of one point, and what follows.
#[derive(Clone, Debug)]
pub struct Known {
    /// What it is.
    pub subject: Subject,
    /// What it is called: `police-districts at the end of 2024`.
    pub name: String,
    /// Its stable name: `dgsn/police-districts@2024`.
    pub key: String,
    /// The claims, in the order of their reading.
    pub said: Vec<Said>,
    /// What follows: of a number once, of a date for its first and its last day, of a word not at all.
    pub follows: Vec<Follows>,
    /// How many articles stand behind it: those that say it or, where nobody does, those that it
    /// follows from.
    pub sources: usize,
    /// The independent origins of their figures.
    pub origins: Vec<String>,
    /// The claims and steps that it follows from, where that was asked for.
    pub why: Vec<String>,
}

/// Which side of a figure some bounds are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A number, or the day of a publication.
    Value,
    /// The first day of a date.
    Start,
    /// The last day of a date.
    End,
}

/// Bounds that all ingredients imply together.
#[derive(Clone, Debug)]
pub struct Follows {
    /// Of what.
    pub side: Side,
    /// From strong ingredients; `None` where they contradict each other.
    pub strong: Option<Bound>,
    /// With weak ones, where that says more.
    pub weak: Option<Bound>,
}

/// A set of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The values: numbers, or those of days.
    pub set: Interval,
    /// The same in words.
    pub words: String,
    /// Whether no tighter bounds are true; if not, they are those of propagation.
    pub exact: bool,
    /// What was assumed for them.
    pub assumptions: Vec<String>,
}

impl Analysis {
    /// What is known of the points that a filter lets through.
    ///
    /// # Errors
    /// [`Error::NoName`] for an entity or measure that is not declared; [`Error::Ambiguous`] and
    /// [`Error::NoName`] for a point that is asked for and is not one.
    pub fn facts(mut self, filter: &Filter, options: &Options) -> Result<Facts, Error> {
        let filter = filter.resolve(&self.base.vocabulary)?;
        let added = self.extend();
        let context = Context::with(&self.base, &self.floors, options.lang);
        let run = self.joint(&context);
        let joint = run.conflicts();
        let [strong, weak] = worlds(&run, &joint, &added);
        let teller = Teller { run: &run, strong: Solved::new(&strong), weak: Solved::new(&weak) };
        let mut known =
            filter.subjects(&self.base).into_iter().filter_map(|subject| teller.tell(subject)).collect();
        filter.retain(&mut known, &self.base);
        if let Some(asked) = &filter.why {
            let chosen = select::choose(known, asked)?;
            known = vec![teller.explain(chosen)];
        }
        Ok(Facts { known, whole: self.whole })
    }

    /// Adds the instances that only questions reach. They come behind all others, and take no part in
    /// verdicts.
    pub(super) fn extend(&mut self) -> Vec<InstanceId> {
        let years = Years::new(&self.base);
        let mut added = Vec::new();
        for (place, (check, grounded)) in self.checks.iter_mut().zip(&mut self.grounded).enumerate() {
            let level = self.policy.level(check.as_ref());
            if level > Severity::Note {
                let first = grounded.len();
                grounded.extend(check.extend(&mut self.base, &years, level));
                added.extend((first..grounded.len()).map(|nth| (place, nth)));
            }
        }
        added
    }
}

/// The strong and the weak world, every claimed point in them, the claims of conflicts left out.
pub(super) fn worlds(run: &Run<'_, '_>, joint: &Joint, added: &[InstanceId]) -> [World; 2] {
    [(Pass::Strong, &joint.aside), (Pass::Weak, &joint.weakly_aside)].map(|(pass, aside)| {
        let is_aside = |fact: FactId| aside.contains(&fact);
        let mut world = run.world(pass, aside);
        for id in added {
            if let Some(one) = run.instance(*id) {
                world.add(run.context, *id, one, &is_aside);
            }
        }
        for (point, _) in run.context.base.points() {
            for (_, variable) in sides(run.context, Subject::Point(point)) {
                world.include(run.context, variable, &is_aside);
            }
        }
        for (source, _) in run.context.base.sources() {
            world.include(run.context, Variable::Published(source), &is_aside);
        }
        world
    })
}

/// The variables of a subject.
fn sides(context: &Context<'_>, subject: Subject) -> Vec<(Side, Variable)> {
    let point = match subject {
        Subject::Publication(source) => return vec![(Side::Value, Variable::Published(source))],
        Subject::Point(point) => point,
    };
    let kind = context.base.vocabulary.measure(context.base.point(point).measure).kind;
    if kind.is_numeric() {
        vec![(Side::Value, Variable::Value(point))]
    } else if kind.is_dated() {
        vec![(Side::Start, Variable::Start(point)), (Side::End, Variable::End(point))]
    } else {
        Vec::new()
    }
}

/// Tells what is known from two solved worlds.
struct Teller<'r, 'a, 'b> {
    run: &'r Run<'a, 'b>,
    strong: Solved<'r>,
    weak: Solved<'r>,
}

impl Teller<'_, '_, '_> {
    /// What is known of a subject; `None` when nobody speaks of it and nothing follows.
    fn tell(&self, subject: Subject) -> Option<Known> {
        let context = self.run.context;
        let sides = sides(context, subject);
        let follows: Vec<Follows> =
            sides.iter().map(|(side, variable)| self.follows(*side, *variable)).collect();
        let said = said::of(context, subject);
        let says_more = |(follows, (_, variable)): (&Follows, &(Side, Variable))| {
            let (domain, integral) = context.domain(*variable);
            let domain = if integral { domain.whole() } else { domain };
            follows.weak.is_some() || follows.strong.as_ref().is_none_or(|bound| bound.set != domain)
        };
        if said.is_empty() && !follows.iter().zip(&sides).any(says_more) {
            return None;
        }
        let counted: Vec<FactId> =
            said.iter().filter(|one| one.aside.is_none()).filter_map(|one| one.fact).collect();
        let telling = if counted.is_empty() { self.telling(&sides, false) } else { Telling::default() };
        let behind = if counted.is_empty() { telling.claims() } else { counted };
        // What follows from an assumption alone is no fact.
        if said.is_empty() && behind.is_empty() && !telling.cut {
            return None;
        }
        let (sources, origins) = origins_of(context, &behind, subject);
        Some(Known {
            subject,
            name: said::name(context, subject),
            key: said::key(context, subject),
            said,
            follows,
            sources,
            origins,
            why: Vec::new(),
        })
    }

    /// The same with the claims and steps that it follows from.
    fn explain(&self, known: Known) -> Known {
        let telling = self.telling(&sides(self.run.context, known.subject), true);
        Known { why: telling.words(self.run), ..known }
    }

    fn telling(&self, sides: &[(Side, Variable)], asked: bool) -> Telling {
        let mut telling = Telling::default();
        for solved in [&self.strong, &self.weak] {
            for (_, variable) in sides {
                if let Some(var) = solved.world.find(*variable) {
                    telling.add(self.run, solved, var, asked);
                }
            }
        }
        telling
    }

    fn follows(&self, side: Side, variable: Variable) -> Follows {
        let strong = self.bound(&self.strong, variable);
        let weak = self.bound(&self.weak, variable).and_then(|weak| {
            let known = strong.as_ref()?;
            let set = weak.set.intersect(&known.set);
            let says_more = !set.is_empty() && set != known.set;
            says_more.then(|| Bound { words: in_words(self.run.context, variable, &set), set, ..weak })
        });
        Follows { side, strong, weak }
    }

    fn bound(&self, solved: &Solved<'_>, variable: Variable) -> Option<Bound> {
        let var = solved.world.find(variable)?;
        let values = solved.values(var)?;
        let words = in_words(self.run.context, variable, &values.set);
        let assumptions = self.assumptions(solved, var);
        Some(Bound { set: values.set, words, exact: values.exact, assumptions })
    }

    /// What the steps that bound a variable assume. Strong rows assume nothing.
    fn assumptions(&self, solved: &Solved<'_>, var: Var) -> Vec<String> {
        if std::ptr::eq(solved.world, self.strong.world) {
            return Vec::new();
        }
        let steps = solved.steps(var, false).unwrap_or_default();
        let mut all: Vec<String> = steps
            .iter()
            .filter_map(|step| self.run.instance(step.by))
            .flat_map(|one| one.assumptions.iter().cloned())
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The values of a variable in words: numbers, or days.
fn in_words(context: &Context<'_>, variable: Variable, set: &Interval) -> String {
    match variable {
        Variable::Value(_) => sets::interval(set, context.lang),
        _ => sets::days(set, context.lang),
    }
}
