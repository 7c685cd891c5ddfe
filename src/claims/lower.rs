//! Lowering: a written claim becomes a fact.
//!
//! ```text
//! Claim ─aspects─▶ Point      what it is about, with all that it inherits
//!       ─say─────▶ Statement  what it says: value, change, share, date, state
//!       ─list────▶ List       the claims of its list, each lowered the same way
//! ```

use foldhash::{HashMap, HashMapExt as _, HashSet};

use crate::claims::aspects::{Aspects, Defaults};
use crate::claims::code;
use crate::claims::quote;
use crate::claims::schema::{Claim, File, WrittenList};
use crate::claims::source::Article;
use crate::fact::{Fact, FactBase, FactId, Key, List, ListKind, OriginId, SetAside, Statement};
use crate::numeral::survey;
use crate::rulebook::fault::{Faults, error, quoted};
use crate::rulebook::record::Text;
use crate::text::FileId;
use crate::vocabulary::spelling;

/// The lowering of a run: the base that grows, and what was found on the way.
pub(super) struct Lowering<'a> {
    pub(super) base: &'a mut FactBase,
    pub(super) faults: Faults,
    /// How many members of each dimension the rulebook declared; claims may add others.
    pub(super) declared: Vec<usize>,
    /// The file of each source by its name.
    pub(super) sources: HashMap<String, FileId>,
    /// Facts by their keys.
    pub(super) keys: HashMap<String, FactId>,
    /// How often a key, or the name of a source, was written, where that is more than once.
    pub(super) repeats: HashMap<String, usize>,
    /// Claims that stand in the place of others, as written.
    pub(super) revisions: Vec<(FactId, Text<'a>)>,
    pub(super) read: usize,
    pub(super) refused: usize,
}

/// What a claim has from the file and from the claim whose list names it.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) article: &'a Article,
    pub(super) defaults: &'a Defaults,
    pub(super) parent: Option<&'a Parent>,
}

/// What a list hands down to the claims in it.
pub(super) struct Parent {
    pub(super) fact: FactId,
    pub(super) aspects: Aspects,
}

/// A claim while it is lowered: as written, what it is about, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) claim: &'a Claim<'a>,
    pub(super) aspects: &'a Aspects,
    pub(super) article: &'a Article,
    is_part: bool,
}

impl Case<'_> {
    /// Whether the claim may say only that something exists: it has a list or stands in one.
    pub(super) const fn may_be_named(self) -> bool {
        self.is_part || self.claim.list.is_some()
    }
}

impl<'a> Lowering<'a> {
    /// Nothing lowered yet, and room for so many claims.
    pub(super) fn new(base: &'a mut FactBase, faults: Faults, claims: usize) -> Self {
        base.reserve(claims);
        let declared =
            base.vocabulary.dimensions.iter().map(|(_, dimension)| dimension.members.len()).collect();
        Self {
            base,
            faults,
            declared,
            sources: HashMap::new(),
            keys: HashMap::with_capacity(claims),
            repeats: HashMap::new(),
            revisions: Vec::new(),
            read: 0,
            refused: 0,
        }
    }

    /// Lowers a file: its source, then its claims.
    pub(super) fn file(&mut self, file: File<'a>) {
        let mut texts = Vec::new();
        file.claims.iter().for_each(|claim| figure_texts(claim, &mut texts));
        let article = self.source(file.head, survey(texts));
        let defaults = self.defaults(&file.defaults, &article);
        self.read += file.lost;
        self.refused += file.lost;
        for claim in file.claims {
            let setting = Setting { article: &article, defaults: &defaults, parent: None };
            self.claim(claim, setting);
        }
    }

    /// Lowers a claim and the claims of its list; `None` when it was refused.
    fn claim(&mut self, mut claim: Claim<'a>, setting: Setting<'_>) -> Option<FactId> {
        let aspects = if claim.broken { None } else { self.aspects(&claim, setting) };
        let Some(aspects) = aspects else {
            // What stands in its list would inherit from something unknown.
            self.read += claim.count();
            self.refused += claim.count();
            return None;
        };
        self.read += 1;
        let is_part = setting.parent.is_some();
        let case = Case { claim: &claim, aspects: &aspects, article: setting.article, is_part };
        let statement = self.say(case).or(claim.list.as_ref().map(|_| Statement::Named));
        let origin = match (&claim.origin, setting.parent) {
            (Some(origin), _) => self.origin(origin.text),
            (None, Some(parent)) => self.base.fact(parent.fact).origin,
            (None, None) => setting.article.origin,
        };
        let Some(statement) = statement else {
            self.refused += 1;
            return None;
        };
        let (list, exhaustive, supersedes) = (claim.list.take(), claim.exhaustive, claim.supersedes);
        let fact = self.fact(claim, &aspects, statement, origin, setting);
        let fact = self.add(fact, supersedes);
        if let Some(list) = list {
            self.list(list, exhaustive, &Parent { fact, aspects }, setting);
        }
        Some(fact)
    }

    fn fact(
        &mut self,
        mut claim: Claim<'a>,
        aspects: &Aspects,
        statement: Statement,
        origin: OriginId,
        setting: Setting<'_>,
    ) -> Fact {
        let point = self.point(aspects, &statement, setting.article);
        let part_of = setting.parent.map(|parent| parent.fact);
        let rejected = claim.reject.take().map(|because| SetAside::Rejected { because });
        let unknown = aspects.is_unknown.then_some(SetAside::UnknownDimension);
        Fact {
            key: self.key(&claim, aspects, &statement, point, setting.article),
            source: setting.article.id,
            origin,
            point,
            statement,
            list: None,
            part_of,
            period: aspects.told.and_then(|told| told.period),
            provisional: claim.provisional,
            set_aside: rejected.or(unknown),
            quote: quote::selector(&claim, part_of.and_then(|whole| self.base.fact(whole).quote.as_ref())),
            scope: claim.scope.map(|scope| scope.text.to_owned()),
            allow: claim.allow,
            checked: claim.checked.map(|checked| checked.text.to_owned()),
            places: claim.places,
        }
    }

    /// Adds a fact under its key, or, when another claim has the key, under a numbered one.
    fn add(&mut self, mut fact: Fact, supersedes: Option<Text<'a>>) -> FactId {
        if let Some(&first) = self.keys.get(&fact.key) {
            self.tell_same_key(&fact, first);
            let repeats = self.repeats.entry(fact.key.clone()).or_insert(1);
            *repeats += 1;
            fact.key = format!("{}~{repeats}", fact.key);
        }
        let key = fact.key.clone();
        let id = self.base.add(fact);
        self.keys.insert(key, id);
        self.revisions.extend(supersedes.map(|older| (id, older)));
        id
    }

    fn tell_same_key(&mut self, fact: &Fact, first: FactId) {
        let message = format!("the key of a claim must be its own, found {} again", quoted(&fact.key));
        let mut finding = error(code::SAME_KEY, message);
        for (fact, text) in [(fact, "again here"), (self.base.fact(first), "first here")] {
            if let Some(place) = fact.place(Key::Claim) {
                finding = finding.at(place, text);
            }
        }
        self.faults
            .add(finding.help("give one of them an `id`, or the dimension or period in which they differ"));
    }

    /// Lowers the claims of a list and hands it to the claim that carries it.
    fn list(&mut self, written: WrittenList<'a>, exhaustive: bool, parent: &Parent, setting: Setting<'_>) {
        let setting = Setting { parent: Some(parent), ..setting };
        let members: Vec<Option<FactId>> =
            written.claims.into_iter().map(|part| self.claim(part, setting)).collect();
        // A list that was not read to its end is a partial one, whatever it says.
        let torn = written.torn || members.contains(&None);
        let items: Vec<String> = written.items.into_iter().map(|item| item.text.to_owned()).collect();
        self.base.fact_mut(parent.fact).list = Some(Box::new(List {
            kind: if torn { ListKind::Among } else { written.kind },
            members: members.into_iter().flatten().collect(),
            distinct: items.iter().map(|item| spelling(item)).collect::<HashSet<String>>().len(),
            items,
            exhaustive: exhaustive && !torn,
        }));
    }
}

/// The texts of a claim and of its list in which figures stand.
fn figure_texts<'a>(claim: &'a Claim<'a>, texts: &mut Vec<&'a str>) {
    let value = claim.statement(Key::Value);
    texts.extend(value.into_iter().chain(&claim.quote).map(|text| text.text));
    let parts = claim.list.iter().flat_map(|list| &list.claims);
    parts.for_each(|part| figure_texts(part, texts));
}
