//! The checks: one `.rs` and one `.md` for each, built in or written by a user in a rulebook.
//!
//! A check on values **grounds** itself into constraints between [`Variable`]s and later **describes**
//! a conflict that the engine found among them; nothing flows back. A check on the record itself
//! **inspects** it and never judges values.
//!
//! | module | holds |
//! |---|---|
//! | [`context`] | the facts as sets of values of variables: what the engine reasons about |
//! | [`floors`] | what lists say of points at the least |
//! | [`expression`] | the language of rules |
//! | [`series`], [`terms`], [`years`] | which points the terms of a rule mean |
//! | [`sample`] | the instance of a rule that stands for all of them |
//! | [`units`], [`hundredths`], [`lowering`] | whether its units agree, and what an expression demands of them |
//! | [`load`] | bodies of rules → checks |
//! | [`weight`] | how much speaks for a claim |
//! | [`words`], [`resolve`] | how findings are worded |

pub mod context;
pub mod expression;
pub mod floors;
pub mod hundredths;
pub mod load;
pub mod lowering;
pub mod resolve;
pub mod sample;
pub mod series;
pub mod terms;
pub mod units;
pub mod weight;
pub mod words;
pub mod years;

use std::collections::{BTreeMap, HashSet};
use std::hash::{Hash, Hasher};

use crate::constraint::{Certificate, Constraint, Var};
use crate::fact::{FactBase, FactId, PointId, SourceId};
use crate::finding::{Code, CodeInfo, Finding, Label, Place, Severity};
use crate::quantity::{Interval, Number};
use crate::vocabulary::{MeasureId, Vocabulary};
pub use context::{Context, Sets};
pub use floors::{Floor, Floors};
pub use joint::JOINT;
pub use sample::{Moment, Reach, Sample};
pub use years::Years;

/// One unknown that checks speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variable {
    /// The number at a point.
    Value(PointId),
    /// The first day of an event.
    Start(PointId),
    /// The last day of an event.
    End(PointId),
    /// The day on which a source was published.
    Published(SourceId),
    /// What one claim alone says of its point's number.
    Said(FactId),
    /// What the words of one claim allow before the domain of its measure cuts them.
    Uncut(FactId),
    /// A value that the measure can take at a point, whatever anybody claims.
    Possible(PointId),
    /// What one claim alone says of the first day.
    SaidStart(FactId),
    /// What one claim alone says of the last day.
    SaidEnd(FactId),
    /// The number of the year that samples are of, whichever that is.
    AnyYear,
    /// The first day of the year so many years later.
    FirstDay(i32),
    /// A quantity of one instance only, by its place there (a quotient, a year).
    Own(u32),
}

/// One word instead of two: every pass looks variables up.
impl Hash for Variable {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (kind, number) = match *self {
            Self::Value(point) => (0, point.0),
            Self::Start(point) => (1, point.0),
            Self::End(point) => (2, point.0),
            Self::Published(source) => (3, source.0),
            Self::Said(fact) => (4, fact.0),
            Self::Uncut(fact) => (5, fact.0),
            Self::Possible(point) => (6, point.0),
            Self::SaidStart(fact) => (7, fact.0),
            Self::SaidEnd(fact) => (8, fact.0),
            Self::AnyYear => (9, 0),
            Self::FirstDay(years) => (10, years.cast_unsigned()),
            Self::Own(place) => (11, place),
        };
        state.write_u64(u64::from(number) << 4 | kind);
    }
}

impl Variable {
    /// The point whose number or date it is; none for what one claim or one instance alone says.
    #[must_use]
    pub const fn point(self) -> Option<PointId> {
        match self {
            Self::Value(point) | Self::Start(point) | Self::End(point) => Some(point),
            _ => None,
        }
    }
}

/// Why an instance cannot be decided whatever its figures are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// The condition of an `if` is open.
    Condition,
    /// A limit was reached.
    Limit,
}

/// One instance of a check as constraints: `Var(i)` is the `i`-th of its variables.
#[derive(Clone, Debug, Default)]
pub struct Grounded {
    /// The variables that its constraints speak of.
    pub variables: Vec<Variable>,
    /// What must hold whatever the words mean.
    pub strong: Vec<Constraint>,
    /// What a reader expects on top: assumptions, the soft half of a built-in check.
    pub weak: Vec<Constraint>,
    /// What must be entailed by hard sets before the rest applies (`if …`).
    pub condition: Vec<Constraint>,
    /// What is divided by: where one of these is nothing but 0, nothing can be said.
    pub divisors: Vec<Var>,
    /// Claims that make the instance exist, besides those that state its variables.
    pub owners: Vec<FactId>,
    /// The variables without which nothing can be decided.
    pub needs: Vec<Variable>,
    /// What the weak part assumes, in words.
    pub assumptions: Vec<String>,
    /// Why it is not to be decided at all.
    pub blocked: Option<Blocked>,
    /// It was [admitted](Check::admit): it links others and has no verdict of its own.
    pub links: bool,
    /// The places of variables, once there are many.
    pub(crate) places: BTreeMap<Variable, usize>,
}

impl Grounded {
    /// The local number of a variable, new or known.
    pub fn var(&mut self, variable: Variable) -> Var {
        let index = self.place(variable).unwrap_or_else(|| {
            self.variables.push(variable);
            self.variables.len() - 1
        });
        Var(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The place of a known variable. Few are looked through, many are indexed: a sum may have a
    /// hundred thousand.
    fn place(&mut self, variable: Variable) -> Option<usize> {
        const FEW: usize = 16;
        if self.variables.len() <= FEW {
            return self.variables.iter().position(|known| *known == variable);
        }
        for place in self.places.len()..self.variables.len() {
            let known = self.variables.get(place).copied();
            self.places.extend(known.map(|known| (known, place)));
        }
        self.places.get(&variable).copied()
    }

    /// Demands rows: whatever the words mean, or only of what a reader takes them to mean.
    pub fn demand(&mut self, rows: impl IntoIterator<Item = Constraint>, strong: bool) {
        let demanded = if strong { &mut self.strong } else { &mut self.weak };
        // A vector that comes first is not copied.
        if demanded.is_empty() { *demanded = rows.into_iter().collect() } else { demanded.extend(rows) }
    }

    /// A new quantity of this instance alone.
    pub fn own(&mut self) -> Var {
        let next = u32::try_from(self.variables.len()).unwrap_or(u32::MAX);
        self.var(Variable::Own(next))
    }
}

/// A conflict of one instance, as the engine found it.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Whether the strong part alone fails: a contradiction, not a tension.
    pub strong: bool,
    /// The verified proof.
    pub certificate: Certificate,
}

/// A conflict that its check is to put into words.
#[derive(Clone, Copy)]
pub struct Case<'t, 'b> {
    /// The facts, and the language.
    pub context: &'t Context<'b>,
    /// Which of the check's instances it is.
    pub nth: usize,
    /// The instance.
    pub grounded: &'t Grounded,
    /// Whether the strong part alone fails: a contradiction, not a tension.
    pub strong: bool,
}

/// What a rule of the rulebook brings along, whatever its kind.
#[derive(Clone, Debug)]
pub struct RuleHead {
    /// Its name.
    pub id: String,
    /// The key that names its kind.
    pub kind: String,
    /// Why it holds, in the author's words.
    pub because: Option<String>,
    /// The author's own message.
    pub message: Option<String>,
    /// The author's own advice.
    pub help: Option<String>,
    /// The severity that it asks for; `None` leaves it to `levels:` and the kind's default.
    pub level: Option<Severity>,
    /// Where its name is written.
    pub span: crate::text::Span,
}

/// What checks look up among the claims while they ground themselves, read once.
#[derive(Debug)]
pub struct Index {
    /// The claimed points by year.
    pub years: Years,
    /// What lists say of points.
    pub floors: Floors,
}

impl Index {
    /// Reads the claims of a base.
    #[must_use]
    pub fn new(base: &FactBase) -> Self {
        Self { years: Years::new(base), floors: Floors::new(base) }
    }
}

/// A check: built in, or made from a rule.
pub trait Check {
    /// Its row in the table of codes.
    fn info(&self) -> &'static CodeInfo;

    /// The rule that made it; `None` when it is built in.
    fn rule(&self) -> Option<&RuleHead> {
        None
    }

    /// The measures that it speaks of; a rule none of whose measures is claimed matches nothing.
    fn measures(&self) -> Vec<MeasureId> {
        Vec::new()
    }

    /// The instances of the check among the facts, as constraints. Points that nobody claims are
    /// interned on the way; `level` is the severity that its conflicts are told with at most.
    fn ground(&mut self, base: &mut FactBase, index: &Index, level: Severity) -> Vec<Grounded> {
        let _ = (base, index, level);
        Vec::new()
    }

    /// Instances that one claim alone calls for, each by the points in it that nobody claims. Where other
    /// claims make these points, what both say of them is held together.
    fn waiting(&mut self, base: &FactBase, index: &Index) -> Vec<Vec<PointId>> {
        let _ = (base, index);
        Vec::new()
    }

    /// Grounds those of the [`waiting`](Self::waiting) instances that are chosen, by their places in
    /// ascending order, and forgets the others. Their places follow those of [`ground`](Self::ground).
    fn admit(&mut self, chosen: &[usize], base: &mut FactBase, level: Severity) -> Vec<Grounded> {
        let _ = (chosen, base, level);
        Vec::new()
    }

    /// Instances that no claims call for, though they tell what follows from some: the questions of
    /// `facts` and `gaps` reach as far as they do, verdicts do not. Their places follow those of
    /// all others.
    fn extend(&mut self, base: &mut FactBase, years: &Years, level: Severity) -> Vec<Grounded> {
        let _ = (base, years, level);
        Vec::new()
    }

    /// What it demands whatever is claimed of a year, as far as that can be said; the base has no facts.
    fn sample(&self, base: &mut FactBase, moment: Moment<'_>) -> Option<Sample> {
        let _ = (base, moment);
        None
    }

    /// What a [`sample`](Self::sample) of it speaks of, and what that stands for.
    fn reach(&self, vocabulary: &Vocabulary) -> Reach {
        let _ = vocabulary;
        Reach::default()
    }

    /// The numbers that an event of its `nth` instance can have by the years of the instance's events;
    /// `None` when it counts no years.
    fn numbers(&self, nth: usize, point: PointId, years: &dyn Fn(PointId) -> Interval) -> Option<Interval> {
        let _ = (nth, point, years);
        None
    }

    /// A conflict of an instance in words; none where there is no such instance.
    fn describe(&self, case: &Case<'_, '_>) -> Option<Finding> {
        let _ = case;
        None
    }

    /// Findings on the record itself, never on values.
    fn inspect(&self, context: &Context<'_>) -> Vec<Finding> {
        let _ = context;
        Vec::new()
    }
}

/// The one list of checks. A line makes the module, its code, its page and its place in the run: a
/// check is built in, or it is the kind of rule that its module is called after, or the pipeline tells it.
macro_rules! checks {
    ($($code:literal $module:ident $severity:ident $how:ident;)*) => {
        $(pub mod $module;)*

        /// The codes of the checks, in ascending order.
        pub const CODES: &[CodeInfo] = &[$(CodeInfo {
            code: Code($code),
            name: stringify!($module),
            severity: Severity::$severity,
            since: "0.1",
            page: include_str!(concat!(stringify!($module), ".md")),
        }),*];

        /// The checks that need no rule.
        #[must_use]
        pub fn built_in() -> Vec<Box<dyn Check>> {
            let all: Vec<Option<Box<dyn Check>>> = vec![$(checks!(@new $how $module)),*];
            all.into_iter().flatten().collect()
        }

        /// The check that a rule's body describes; `None` when it is faulty or of no known kind.
        fn from_rule(body: &mut load::Body<'_>) -> Option<Box<dyn Check>> {
            let raw = body.raw;
            match raw.kind.as_str() {
                $(stringify!($module) => checks!(@load $how $module body),)*
                _ => None,
            }
        }
    };
    (@new built_in $module:ident) => { Some(Box::new($module::Check::default())) };
    (@new rule $module:ident) => { None };
    (@new pipeline $module:ident) => { None };
    (@load built_in $module:ident $body:ident) => { { let _ = $body; None } };
    (@load pipeline $module:ident $body:ident) => { { let _ = $body; None } };
    (@load rule $module:ident $body:ident) => { $module::load($body) };
}

checks! {
    201 duplicates  Error   built_in;
    202 lists       Error   built_in;
    203 totals      Error   built_in;
    204 expect      Error   rule;
    205 change      Error   built_in;
    206 share       Error   built_in;
    207 bounds      Error   built_in;
    210 joint       Error   pipeline;
    301 jump        Warning rule;
    401 dates       Error   built_in;
    402 order       Error   rule;
    403 ordinal     Error   rule;
    404 outcome     Warning rule;
    501 corroborate Note    rule;
    502 citations   Error   built_in;
}

/// The row of a code in [`CODES`].
#[expect(clippy::expect_used, reason = "the codes are those of the list above")]
fn info(code: u16) -> &'static CodeInfo {
    CODES.iter().find(|info| info.code == Code(code)).expect("invariant: a check names its own code")
}

/// An interval of numbers that rows on a variable demand.
fn rows_within(var: Var, interval: &Interval) -> impl Iterator<Item = Constraint> {
    crate::constraint::Linear::bounds_of(var, interval).map(Constraint::Linear)
}

/// `left − right` lies within an interval.
fn difference_within(left: Var, right: Var, interval: &Interval) -> Vec<Constraint> {
    scaled_difference(left, right, &Number::ONE, interval)
}

/// `left − factor·right` lies within an interval.
fn scaled_difference(left: Var, right: Var, factor: &Number, interval: &Interval) -> Vec<Constraint> {
    use crate::constraint::Linear;
    use crate::quantity::End;
    let terms = || [(Number::ONE, left), (-factor, right)];
    if let Some(point) = interval.as_point() {
        return vec![Linear::equal(terms(), point.clone()).into()];
    }
    let lower = match interval.lower() {
        End::Unbounded => None,
        End::Closed(low) => Some(Linear::at_least(terms(), low)),
        End::Open(low) => Some(Linear::greater(terms(), low)),
    };
    let upper = match interval.upper() {
        End::Unbounded => None,
        End::Closed(high) => Some(Linear::at_most(terms(), high.clone())),
        End::Open(high) => Some(Linear::less(terms(), high.clone())),
    };
    lower.into_iter().chain(upper).map(Constraint::Linear).collect()
}

/// Points at the claims that state an instance's variables, each once, in the order of the variables.
fn point_at_claims(mut finding: Finding, context: &Context<'_>, grounded: &Grounded) -> Finding {
    let stated = grounded.variables.iter().flat_map(|variable| context.facts(*variable));
    let mut named: HashSet<FactId> = finding.claims.iter().copied().collect();
    for fact in stated.chain(grounded.owners.iter().copied()) {
        if named.insert(fact) {
            finding.claims.push(fact);
            let place = Place::Claim(fact, context.base.fact(fact).statement_key());
            let about = words::point(context, context.base.fact(fact).point);
            finding.labels.push(Label { place, text: format!("{about}: {}", words::said(context, fact)) });
        }
    }
    finding
}
