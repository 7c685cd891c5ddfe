//! Evidence: every claim anchored in its article, every figure of the article accounted for.
//!
//! Given the texts of the articles, each quote is looked up verbatim, the figure that stands there is
//! compared with the claim, and the figures that no claim holds are listed. Nothing here judges whether
//! a figure is true: only whether the claim says what the article says.
//!
//! | module | |
//! |---|---|
//! | `articles` | texts found by name or by hash, read within limits |
//! | `normalise` | the form in which texts are compared, and the way back |
//! | `passage` | quotes looked up, `…`, `near` and `offset`, the nearest words as a hint |
//! | `told` | a figure of an article in the unit of a claim |
//! | `compare` | the claim against the figure of its quote |
//! | `rewrite` | the claim as its quote has it |
//! | `around` | its period and status against the words around |
//! | `clause` | whether the clause of a figure speaks of what is to come |
//! | `coverage` | the figures that no claim holds |
//! | [`draft`] | a claims file to complete, from a text |
//! | `tidy` | what of a claims file can be rewritten without changing what it says |
//!
//! ```text
//! FactBase, Articles ─read─▶ texts ─find─▶ passages ─compare─▶ MZ103   ─cover─▶ MZ105
//!                        └─▶ MZ104      └─▶ MZ101, MZ102, MZ106
//! ```

mod around;
mod articles;
mod clause;
mod code;
mod compare;
mod coverage;
pub mod draft;
mod normalise;
mod passage;
mod rewrite;
mod tidy;
mod told;

use std::collections::BTreeMap;

use crate::fact::{FactBase, FactId, Key, TextQuoteSelector};
use crate::finding::{Edit, Finding, Fix, Place, Severity};
use crate::numeral::{Mention, mentions, survey};
use crate::rulebook::LIMIT;
use crate::rulebook::fault::quoted;
use crate::text::{FileId, SourceMap, Span};
pub use articles::{Articles, is_markup};
pub use code::CODES;
use normalise::Normalised;
use passage::{Offset, Passage, Search};
pub use tidy::tidy;

/// How much of the articles the claims hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Texts that were looked at.
    pub texts: usize,
    /// Sources whose text is not there: their evidence is not checked.
    pub absent: usize,
    /// Texts that are there and cannot be looked at, each with a finding that says why.
    pub refused: usize,
    /// Quotes that were looked up.
    pub quotes: usize,
    /// Those that stand in their article.
    pub found: usize,
    /// Figures of the articles, those that somebody ignores left out.
    pub figures: usize,
    /// Those that a claim holds.
    pub covered: usize,
    /// Figures that a claims file says are no claims.
    pub ignored: usize,
}

/// What the texts say of the claims.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// How much is covered; `None` when no articles were looked at.
    pub coverage: Option<Coverage>,
    /// Where the quote of a claim stands in its article.
    pub anchors: BTreeMap<FactId, Span>,
    /// Whether every text that is there was read to its end.
    pub whole: bool,
}

impl Evidence {
    /// What there is to say when nobody has named a folder of articles.
    #[must_use]
    pub fn not_asked() -> Self {
        Self { whole: true, ..Self::default() }
    }
}

/// A text with more figures is no article.
const MOST_FIGURES: usize = 50_000;
/// So many quotes that are not found come with the nearest words.
const MOST_HINTS: usize = 20;
/// So many places of a quote that stands there more than once are shown.
const MOST_PLACES: usize = 5;

/// Looks every quote up in its article and every figure of an article up in the claims.
///
/// The texts are added to the map, so that findings can point into them. Sources without a text are
/// counted, and nothing else changes for them. Linear in the length of the texts for each of their
/// quotes.
pub fn inspect(base: &FactBase, map: &mut SourceMap, articles: &Articles) -> Evidence {
    let read = articles.read(base, map);
    let mut inspection = Inspection {
        base,
        map,
        hints: MOST_HINTS,
        findings: read.findings,
        coverage: Coverage { absent: read.absent, refused: read.refused, ..Coverage::default() },
        anchors: BTreeMap::new(),
        whole: read.whole,
    };
    let mut facts: BTreeMap<_, Vec<FactId>> = BTreeMap::new();
    for (id, fact) in base.facts() {
        facts.entry(fact.source).or_default().push(id);
    }
    for text in &read.texts {
        let own = facts.get(&text.source).map_or(&[][..], Vec::as_slice);
        match Article::read(text, inspection.map) {
            Some(article) => inspection.article(&article, own),
            None => inspection.refuse(text),
        }
    }
    let Inspection { findings, coverage, anchors, whole, .. } = inspection;
    Evidence { findings, coverage: Some(coverage), anchors, whole }
}

/// A text with all that is looked up in it.
struct Article<'m> {
    source: crate::fact::SourceId,
    file: FileId,
    text: &'m str,
    normal: Normalised,
    /// Its figures, in their order.
    mentions: Vec<Mention>,
}

impl<'m> Article<'m> {
    /// `None` for a text with more figures than any article has.
    fn read(text: &articles::Text, map: &'m SourceMap) -> Option<Self> {
        let words = map.text(text.file);
        let mentions: Vec<Mention> = mentions(words, survey([words])).take(MOST_FIGURES + 1).collect();
        (mentions.len() <= MOST_FIGURES).then(|| Self {
            source: text.source,
            file: text.file,
            text: words,
            normal: Normalised::of(words),
            mentions,
        })
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::of(self.file, range)
    }

    fn slice(&self, range: std::ops::Range<usize>) -> &'m str {
        self.text.get(range).unwrap_or("")
    }

    /// The place of the character before which so many others stand.
    fn place_of(&self, offset: Option<u64>) -> Offset {
        let Some(offset) = offset else { return Offset::Unsaid };
        let before = usize::try_from(offset).unwrap_or(usize::MAX);
        self.text.char_indices().nth(before).map_or(Offset::Beyond, |(byte, _)| Offset::At(byte))
    }

    /// How many characters stand before a byte.
    fn offset_of(&self, byte: usize) -> usize {
        self.slice(0..byte).chars().count()
    }

    /// The figures that a passage touches.
    fn figures_in(&self, passage: &Passage) -> impl Iterator<Item = &Mention> {
        let indices = passage.stretches.iter().flat_map(|stretch| self.figures_at(stretch));
        indices.filter_map(|index| self.mentions.get(index))
    }

    /// The places in the list of figures of those that share a byte with a range.
    fn figures_at(&self, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let first = self.mentions.partition_point(|mention| mention.bytes.end <= range.start);
        let behind = self.mentions.partition_point(|mention| mention.bytes.start < range.end);
        first..behind.max(first)
    }
}

/// A claim with the place of its own quote.
struct Anchored {
    fact: FactId,
    passage: Passage,
}

struct Inspection<'a> {
    base: &'a FactBase,
    map: &'a SourceMap,
    hints: usize,
    findings: Vec<Finding>,
    coverage: Coverage,
    anchors: BTreeMap<FactId, Span>,
    whole: bool,
}

impl Inspection<'_> {
    fn article(&mut self, article: &Article<'_>, facts: &[FactId]) {
        let mut anchored = Vec::new();
        for &id in facts {
            let fact = self.base.fact(id);
            let Some(quote) = &fact.quote else { continue };
            // A part without a quote has that of its list, which is looked up there.
            if !fact.places.iter().any(|(key, _)| *key == Key::Quote) {
                self.inherit(id);
                continue;
            }
            let offset = fact.place(Key::Offset);
            let places = self.look_up(article, quote, Place::Claim(id, Key::Quote), offset);
            if let Some(first) = places.first() {
                self.anchors.insert(id, article.span(first.whole()));
            }
            // Of several places nobody knows which one the claim is about.
            if let [only] = places.as_slice() {
                self.findings.extend(compare::compare(self.base, article, id, only));
                self.findings.extend(around::compare(self.base, self.map, article, id, only));
            }
            anchored.extend(places.into_iter().map(|passage| Anchored { fact: id, passage }));
        }
        self.cover(article, &anchored);
    }

    /// A claim that a list names stands where the list does, unless it says otherwise.
    fn inherit(&mut self, id: FactId) {
        let list = self.base.fact(id).part_of;
        if let Some(span) = list.and_then(|list| self.anchors.get(&list)) {
            self.anchors.insert(id, *span);
        }
    }

    fn cover(&mut self, article: &Article<'_>, anchored: &[Anchored]) {
        let mut ignored = Vec::new();
        for other in &self.base.source(article.source).ignored {
            ignored.extend(self.look_up(article, &other.quote, Place::Span(other.span), other.offset));
        }
        let covered = coverage::cover(self.base, article, anchored, &ignored);
        let coverage = &mut self.coverage;
        coverage.texts += 1;
        coverage.figures += covered.figures;
        coverage.covered += covered.figures - covered.open.len();
        coverage.ignored += covered.ignored;
        self.findings.extend(coverage::tell(article, &covered, self.map));
    }

    /// The places of a quote, of which there should be one; all else is told. Its offset is written there.
    fn look_up(
        &mut self,
        article: &Article<'_>,
        quote: &TextQuoteSelector,
        place: Place,
        offset: Option<Span>,
    ) -> Vec<Passage> {
        self.coverage.quotes += 1;
        let search = passage::find_at(&article.normal, quote, article.place_of(quote.offset));
        self.coverage.found += usize::from(search != Search::Absent);
        match search {
            Search::Found(passage) => vec![passage],
            Search::Moved(passage) => {
                self.findings.extend(offset.map(|span| moved(article, quote, &passage, place, span)));
                vec![passage]
            }
            Search::Absent => {
                self.tell_absent(article, quote, place);
                Vec::new()
            }
            Search::Several(places) => {
                self.findings.push(several(article, quote, &places, place));
                places
            }
            Search::Apart(places) => {
                self.findings.push(apart(article, quote, &places, place));
                places
            }
            Search::NotNear(places) => {
                self.findings.push(not_near(article, quote, &places, place));
                Vec::new()
            }
        }
    }

    fn tell_absent(&mut self, article: &Article<'_>, quote: &TextQuoteSelector, place: Place) {
        let name = self.map.name(article.file);
        let message = format!(
            "a quote must stand in its article word for word, {} is not in `{name}`",
            quoted(&quote.exact)
        );
        let mut finding = on(Finding::new(code::ABSENT, Severity::Error, message), place, "not found");
        let nearest = if self.hints > 0 { passage::nearest(&article.normal, &quote.exact) } else { None };
        self.hints = self.hints.saturating_sub(1);
        if let Some(range) = nearest {
            let words = quoted(article.slice(range.clone()));
            finding = finding.at(article.span(range), "the nearest words");
            finding =
                finding.help(format!("the nearest words there are {words}: look whether they say the same"));
        }
        self.findings.push(finding.help("copy the words from the article; `…` skips some"));
    }

    fn refuse(&mut self, text: &articles::Text) {
        let message = format!("the text of an article must have at most {MOST_FIGURES} figures, found more");
        let span = self.base.source(text.source).span;
        let label = format!("`{}` is not looked at", self.map.name(text.file));
        let finding = Finding::new(LIMIT, Severity::Error, message).at(span, label);
        self.findings.push(finding);
        self.coverage.refused += 1;
        self.whole = false;
    }
}

/// A quote of which nobody says which of its places is meant.
fn several(article: &Article<'_>, quote: &TextQuoteSelector, places: &[Passage], place: Place) -> Finding {
    let message = format!("a quote must stand once in its article, found {}", quoted(&quote.exact));
    let label = if quote.offset.is_some() { "which one? `offset` names none of them" } else { "which one?" };
    let finding = on(Finding::new(code::AMBIGUOUS, Severity::Warning, message), place, label);
    let first = places.iter().take(MOST_PLACES);
    let offsets: Vec<String> =
        first.clone().map(|place| article.offset_of(place.whole().start).to_string()).collect();
    let dots = if places.len() > MOST_PLACES { ", …" } else { "" };
    let help = format!(
        "write a longer quote, a few words that stand before it as `near`, or its `offset` ({}{dots})",
        offsets.join(", ")
    );
    first.fold(finding, |finding, passage| finding.at(article.span(passage.whole()), "here")).help(help)
}

/// A quote that `near` finds at one place and its offset at another.
fn apart(article: &Article<'_>, quote: &TextQuoteSelector, places: &[Passage], place: Place) -> Finding {
    let message =
        format!("`near` and `offset` must name one place of a quote, found two of {}", quoted(&quote.exact));
    let finding = Finding::new(code::AMBIGUOUS, Severity::Warning, message);
    let mut finding = on(finding, of(place, Key::Offset), "which one?");
    if let Some((there, near)) = places.split_last() {
        finding = near
            .iter()
            .take(MOST_PLACES)
            .fold(finding, |finding, passage| finding.at(article.span(passage.whole()), "here by `near`"));
        finding = finding.at(article.span(there.whole()), "here by `offset`");
    }
    finding.help("take the wrong one of the two away")
}

fn not_near(article: &Article<'_>, quote: &TextQuoteSelector, places: &[Passage], place: Place) -> Finding {
    let near = quote.near.as_deref().unwrap_or("");
    let message = format!("`near` must stand before the quote, found {} nowhere there", quoted(near));
    let finding = Finding::new(code::ABSENT, Severity::Error, message);
    let finding = on(finding, of(place, Key::Near), "not before the quote");
    places
        .iter()
        .take(MOST_PLACES)
        .fold(finding, |finding, passage| finding.at(article.span(passage.whole()), "the quote stands here"))
}

/// A quote that stands elsewhere than its offset, written at `span`, says.
fn moved(
    article: &Article<'_>,
    quote: &TextQuoteSelector,
    passage: &Passage,
    place: Place,
    span: Span,
) -> Finding {
    let offset = article.offset_of(passage.whole().start).to_string();
    let said = quote.offset.unwrap_or_default();
    let message =
        format!("`offset` must be how many characters stand before its quote, {offset}; found {said}");
    let place = match of(place, Key::Offset) {
        Place::Span(_) => Place::Span(span),
        claim @ Place::Claim(..) => claim,
    };
    let finding = on(Finding::new(code::MOVED, Severity::Note, message), place, "not there");
    let mut finding = finding
        .at(article.span(passage.whole()), "the quote stands here")
        .compare(offset.clone(), said.to_string())
        .help("`mizan check --fix` writes where it stands now");
    finding.fix = Some(Fix { edits: vec![Edit { span, text: offset }], unsafe_because: None });
    finding
}

/// Another key of the claim at a place.
fn of(place: Place, key: Key) -> Place {
    match place {
        Place::Claim(fact, _) => Place::Claim(fact, key),
        Place::Span(_) => place,
    }
}

/// A finding at a place.
fn on(finding: Finding, place: Place, label: &str) -> Finding {
    match place {
        Place::Claim(fact, key) => finding.on(fact, key, label),
        Place::Span(span) => finding.at(span, label),
    }
}
