//! What newspapers tell of a world: each article some of it, each figure in words of its own.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::chance::Chance;
use crate::wording::{self, ONE, Phrase, Set, Style};
use crate::world::{Date, Event, Point, Saying, World};

/// A claim as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) fields: Vec<(&'static str, String)>,
    pub(crate) list: Option<(&'static str, Vec<Claim>)>,
    pub(crate) items: Vec<String>,
    /// The number that it is about, and what it entails of it.
    pub(crate) about: Option<(usize, Set)>,
}

/// An article.
#[derive(Clone, Debug)]
pub(crate) struct Article {
    pub(crate) name: String,
    pub(crate) style: Style,
    published: Option<String>,
    /// The last day of which it can know, and its year when it says one.
    today: Date,
    year: Option<i64>,
    origin: String,
    /// The entity and year of claims that do not say theirs.
    defaults: (usize, i64),
    pub(crate) claims: Vec<Claim>,
}

/// How the press tells its stories.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Habits {
    /// Readers take each figure to mean the truth; else only its words entail no falsehood.
    pub(crate) open: bool,
    /// Claims that are wrong, and that say that they do not count.
    pub(crate) noise: bool,
    /// Figures that others replace, members that nobody knows, digits that are cut off.
    pub(crate) extras: Extras,
}

/// What else the press does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extras {
    Nothing,
    /// No claim names another, so that any of them can be left out.
    WithoutRevisions,
    Everything,
}

/// Articles about a world.
#[derive(Clone, Debug)]
pub(crate) struct Press {
    pub(crate) articles: Vec<Article>,
}

impl Press {
    pub(crate) fn report(world: &World, habits: Habits, chance: &mut Chance) -> Self {
        let count = 1 + chance.below(4);
        let articles = (0..count).map(|place| Article::found(place, world, chance)).collect();
        let mut press = Self { articles };
        // Of its own chance: what older seeds tell stays as it was.
        let mut apart = chance.clone();
        for article in press.articles.iter_mut().filter(|_| habits.extras != Extras::Nothing) {
            article.style.cut = apart.percent(30);
        }
        let often = *chance.pick(&[25, 50, 80, 100]);
        let mut reporter = Reporter { world, habits, chance, named: 0 };
        for article in &mut press.articles {
            reporter.fill(article, often);
        }
        press
    }

    /// The files of those articles that tell anything, by their paths.
    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        let path = |article: &Article| format!("claims/{}.yaml", article.name);
        let telling = self.articles.iter().filter(|article| !article.claims.is_empty());
        telling.map(|article| (path(article), article.write())).collect()
    }

    pub(crate) fn claims(&self) -> impl Iterator<Item = (&Article, &Claim)> {
        self.articles.iter().flat_map(|article| article.claims.iter().map(move |claim| (article, claim)))
    }

    /// The same points, with a figure only where a key is kept.
    pub(crate) fn blanked(&self, keep: &dyn Fn(&str) -> bool) -> Self {
        let mut press = self.clone();
        for article in &mut press.articles {
            let name = article.name.clone();
            article.claims.iter_mut().for_each(|claim| claim.blank(&name, keep));
        }
        press
    }

    /// Only some of the claims, by the keys of each and of its parts.
    pub(crate) fn only(&self, keep: &dyn Fn(&[String]) -> bool) -> Self {
        let mut press = self.clone();
        for article in &mut press.articles {
            let name = article.name.clone();
            article.claims.retain(|claim| keep(&claim.keys(&name)));
        }
        press
    }
}

impl Claim {
    /// Its stable keys: its own, then those of its parts.
    pub(crate) fn keys(&self, article: &str) -> Vec<String> {
        let mut keys = vec![format!("{article}/{}", self.id)];
        if let Some((_, parts)) = &self.list {
            keys.extend(parts.iter().flat_map(|part| part.keys(article)));
        }
        keys
    }

    /// Keeps its point, and says nothing of it; what no key names is blanked.
    fn blank(&mut self, article: &str, keep: &dyn Fn(&str) -> bool) {
        let own = format!("{article}/{}", self.id);
        if self.about.is_some() && !keep(&own) {
            self.fields.retain(|(key, _)| !matches!(*key, "value" | "quote"));
            self.fields.push(("value", "at least 0".into()));
        }
        for part in self.list.iter_mut().flat_map(|(_, parts)| parts) {
            part.blank(article, keep);
        }
    }

    fn write(&self, text: &mut String, indent: usize) {
        let _ = writeln!(text, "{:indent$}- id: {}", "", self.id);
        for (key, value) in &self.fields {
            let _ = writeln!(text, "{:indent$}  {key}: {value}", "");
        }
        if !self.items.is_empty() {
            let _ = writeln!(text, "{:indent$}  items: [{}]", "", self.items.join(", "));
        }
        if let Some((kind, parts)) = &self.list {
            let _ = writeln!(text, "{:indent$}  {kind}:", "");
            for part in parts {
                part.write(text, indent + 4);
            }
        }
    }
}

impl Article {
    fn found(place: usize, world: &World, chance: &mut Chance) -> Self {
        let year = if chance.percent(20) {
            chance.within(world.first, world.last)
        } else {
            world.last + chance.within(1, 3)
        };
        let (month, day) = (chance.within(1, 12), chance.within(1, 28));
        // What is known on its last possible day is more than what was known on its first.
        let (published, today) = match chance.below(4) {
            0 => (Some(year.to_string()), Date { year, month: 1, day: 1 }),
            1 => (Some(format!("{year}-{month:02}")), Date { year, month, day: 1 }),
            2 => (Some(format!("{year}-{month:02}-{day:02}")), Date { year, month, day }),
            _ => (None, Date { year: world.last + 1, month: 1, day: 1 }),
        };
        Self {
            name: format!("a{place}"),
            style: Style::random(chance),
            year: published.as_ref().map(|_| year),
            published,
            today,
            origin: format!("o{}", chance.below(3)),
            defaults: (chance.below(world.entities), chance.within(world.first, world.last)),
            claims: vec![],
        }
    }

    pub(crate) fn write(&self) -> String {
        let mut text = String::from("source:\n");
        text.push_str(&self.style.numbers());
        let _ = writeln!(text, "  origin: {}", self.origin);
        if let Some(published) = &self.published {
            let _ = writeln!(text, "  published: {published}");
        }
        let (entity, year) = self.defaults;
        let _ = writeln!(text, "defaults: {{entity: e{entity}, period: {year}}}\nclaims:");
        for claim in &self.claims {
            claim.write(&mut text, 2);
        }
        text
    }

    fn knows(&self, date: Date) -> bool {
        date < self.today
    }
}

struct Reporter<'a> {
    world: &'a World,
    habits: Habits,
    chance: &'a mut Chance,
    named: usize,
}

type Fields = Vec<(&'static str, String)>;

impl Reporter<'_> {
    fn fill(&mut self, article: &mut Article, often: usize) {
        let world = self.world;
        for (place, point) in world.points.iter().enumerate() {
            if self.chance.percent(often) {
                self.tell_point(article, place, point);
            }
        }
        for event in &world.events {
            if self.chance.percent(often) {
                self.tell_event(article, event);
            }
        }
        for saying in &world.sayings {
            if self.chance.percent(often) {
                self.tell(article, saying);
            }
        }
        self.chance.shuffle(&mut article.claims);
    }

    fn push(&mut self, article: &mut Article, fields: Fields, about: Option<(usize, Set)>) {
        let claim = self.claim(fields, about);
        article.claims.push(claim);
    }

    fn claim(&mut self, fields: Fields, about: Option<(usize, Set)>) -> Claim {
        self.named += 1;
        Claim { id: format!("c{}", self.named), fields, list: None, items: vec![], about }
    }

    /// Which entity, by one of its names or by the default.
    fn entity(&mut self, article: &Article, entity: usize, fields: &mut Fields) {
        if article.defaults.0 == entity && self.chance.percent(60) {
            return;
        }
        let name = match self.chance.below(6) {
            0 => format!("ville {entity}"),
            1 => format!("بلدة {entity}"),
            _ => format!("e{entity}"),
        };
        fields.push(("entity", name));
    }

    /// Which year, in one of the ways to write it.
    fn period(&mut self, article: &Article, year: i64, stock: bool, fields: &mut Fields) {
        if article.defaults.1 == year && self.chance.percent(60) {
            return;
        }
        let text = match (self.chance.below(6), stock, article.year) {
            (0, _, Some(published)) if published > year => format!("published-{}", published - year),
            (1, true, _) => format!("{year}-12"),
            (2, true, _) => format!("{year}-12-31"),
            (2, false, _) => format!("{year}-01-01/{year}-12-31"),
            (3, false, _) => format!("{year}-01/{year}-12"),
            _ => year.to_string(),
        };
        fields.push(("period", text));
    }

    fn about(&mut self, article: &Article, point: &Point) -> Fields {
        let mut fields = vec![("measure", point.measure.clone())];
        self.entity(article, point.entity, &mut fields);
        self.period(article, point.year, point.stock, &mut fields);
        fields.extend(point.member.iter().map(|member| ("part", member.clone())));
        fields
    }

    fn words(&mut self, article: &Article, value: i64) -> Phrase {
        wording::count(value, &article.style, self.habits.open, self.chance)
    }

    /// The figure as a value, or as a quote that holds it.
    fn say(&mut self, article: &Article, phrase: &Phrase, fields: &mut Fields) {
        // Four digits among other words may be a year.
        let digits = phrase.text.chars().filter(|c| c.is_numeric()).count();
        if digits > 0 && digits != 4 && self.chance.percent(15) && !phrase.text.contains("..") {
            let noun = if phrase.text.ends_with('%') {
                ""
            } else {
                article.style.say(" things", " objets", " شيئا")
            };
            fields.push(("quote", format!("\"{}{noun}\"", phrase.text)));
        } else {
            fields.push(("value", phrase.text.clone()));
        }
    }

    fn tell_point(&mut self, article: &mut Article, place: usize, point: &Point) {
        let end = Date { year: point.year, month: 12, day: 31 };
        let start = Date { year: point.year, month: 1, day: 1 };
        let mut fields = self.about(article, point);
        let phrase = self.words(article, point.value);
        self.say(article, &phrase, &mut fields);
        if article.knows(end) {
            self.push(article, fields, Some((place, phrase.hard)));
            if self.habits.noise && self.habits.extras != Extras::Nothing && self.chance.percent(10) {
                self.make_older(article, point);
            }
            if self.habits.noise && self.chance.percent(10) {
                self.make_noise(article, point);
            }
        } else if self.world.planned.contains(&point.measure) && !article.knows(start) {
            fields.push(("status", "planned".into()));
            self.push(article, fields, None);
        }
    }

    /// A wrong figure that says itself that nothing follows from it.
    fn make_noise(&mut self, article: &mut Article, point: &Point) {
        let mut fields = self.about(article, point);
        let wrong = wording::exact(i128::from(point.value / 2 + 1), &article.style);
        fields.push(("value", wrong.text));
        match self.chance.below(if self.habits.open { 1 } else { 3 }) {
            0 => fields.push(("reject", "{because: the editor misread it}".into())),
            1 => fields.push(("scope", "of most of them".into())),
            _ => {
                fields.retain(|(key, _)| *key != "period");
                fields.push(("period", format!("{}?", point.year)));
            }
        }
        self.push(article, fields, None);
    }

    /// A wrong figure in whose place another stands: the last claim of the article, which is true.
    fn make_older(&mut self, article: &mut Article, point: &Point) {
        let mut fields = self.about(article, point);
        let wrong = wording::exact(i128::from(point.value / 2 + 1), &article.style);
        fields.push(("value", wrong.text));
        match self.chance.below(if point.member.is_some() { 3 } else { 2 }) {
            0 if self.habits.extras == Extras::Everything => {
                let older = self.claim(fields, None);
                if let Some(newer) = article.claims.last_mut() {
                    newer.fields.push(("supersedes", older.id.clone()));
                }
                article.claims.push(older);
            }
            0 | 1 => {
                fields.push(("provisional", "true".into()));
                self.push(article, fields, None);
            }
            _ => {
                fields.retain(|(key, _)| *key != "part");
                fields.push(("part", "unknown".into()));
                self.push(article, fields, None);
            }
        }
    }

    fn tell_event(&mut self, article: &mut Article, event: &Event) {
        let mut fields = vec![("measure", event.measure.clone())];
        self.entity(article, event.entity, &mut fields);
        fields.extend(event.ordinal.map(|number| ("ordinal", number.to_string())));
        let (first, last) = (event.first, event.last);
        let one = first == last;
        let year = article.year;
        let ahead = !article.knows(last);
        let date = match self.chance.below(7) {
            0 if !ahead && year.is_some_and(|published| published > first.year) => {
                format!("published-{}", year.unwrap_or(0) - first.year)
            }
            1 => format!("{}-{:02}", first.year, first.month),
            2 => first.year.to_string(),
            3 => format!("../{}", last.year),
            4 if ahead && year.is_some_and(|published| published + 1 >= last.year) => "soon".to_owned(),
            _ if one => first.text(),
            _ => format!("{}/{}", first.text(), last.text()),
        };
        fields.push(("date", date));
        if ahead {
            let beyond = article.published.is_some() && article.year.is_some_and(|year| year < first.year);
            if !self.world.planned.contains(&event.measure) || !beyond {
                return;
            }
            fields.push(("status", "planned".into()));
        }
        self.push(article, fields, None);
    }

    fn tell(&mut self, article: &mut Article, saying: &Saying) {
        match saying {
            Saying::Level(measure, entity, year, value) => {
                let end = Date { year: *year, month: 12, day: 31 };
                let decimals = u32::try_from(self.chance.below(2)).unwrap_or(0);
                let phrase = wording::percentage(i128::from(*value), decimals, &article.style);
                let Some(phrase) = phrase.filter(|p| self.fits(p, i128::from(*value))) else { return };
                if article.knows(end) {
                    let mut fields = vec![("measure", measure.clone())];
                    self.entity(article, *entity, &mut fields);
                    self.period(article, *year, true, &mut fields);
                    self.say(article, &phrase, &mut fields);
                    self.push(article, fields, None);
                }
            }
            Saying::State(measure, entity, year, word) => {
                if article.knows(Date { year: *year, month: 12, day: 31 }) {
                    let mut fields = vec![("measure", measure.clone())];
                    self.entity(article, *entity, &mut fields);
                    self.period(article, *year, true, &mut fields);
                    fields.push(("state", (*word).to_owned()));
                    self.push(article, fields, None);
                }
            }
            Saying::Numbered(measure, entity, ordinal, value, year) => {
                if article.knows(Date { year: *year, month: 12, day: 31 }) {
                    let mut fields = vec![("measure", measure.clone())];
                    self.entity(article, *entity, &mut fields);
                    fields.push(("ordinal", ordinal.to_string()));
                    let phrase = self.words(article, *value);
                    self.say(article, &phrase, &mut fields);
                    self.push(article, fields, None);
                }
            }
            Saying::Change(now, then) => self.tell_change(article, *now, *then),
            Saying::Share(part, whole) => self.tell_share(article, *part, *whole),
            Saying::List(total, members) => self.tell_list(article, *total, members),
        }
    }

    fn fits(&self, phrase: &Phrase, value: i128) -> bool {
        phrase.hard.contains(value) && (!self.habits.open || wording::reads(&phrase.soft, value))
    }

    fn tell_change(&mut self, article: &mut Article, now: usize, then: usize) {
        let (Some(point), Some(base)) = (self.world.points.get(now), self.world.points.get(then)) else {
            return;
        };
        let latest = Date { year: point.year.max(base.year), month: 12, day: 31 };
        if !article.knows(latest) {
            return;
        }
        let (value, before) = (i128::from(point.value), i128::from(base.value));
        let up = if value >= before { "up" } else { "down" };
        let amount = match self.chance.below(4) {
            0 => {
                let size = i64::try_from((value - before).abs()).unwrap_or(0);
                format!("{up} {}", self.words(article, size).text)
            }
            1 => {
                // In tenths, and not between two of them.
                let Some(near) = article.style.multiple(value * 10, before, 1) else { return };
                if near == 0 || near % 10 == 0 {
                    return;
                }
                format!("x{}", article.style.decimals(near * 100, 1))
            }
            _ => {
                let decimals = u32::try_from(self.chance.below(3)).unwrap_or(0);
                let Some(text) = percent_of((value - before).abs(), before, decimals, &article.style) else {
                    return;
                };
                format!("{up} {text}")
            }
        };
        let mut fields = self.about(article, point);
        fields.push(("change", format!("{amount} from {}", base.year)));
        self.push(article, fields, None);
    }

    fn tell_share(&mut self, article: &mut Article, part: usize, whole: usize) {
        let (Some(a), Some(b)) = (self.world.points.get(part), self.world.points.get(whole)) else { return };
        if !article.knows(Date { year: a.year, month: 12, day: 31 }) || b.value == 0 {
            return;
        }
        let decimals = u32::try_from(self.chance.below(3)).unwrap_or(0);
        let (value, of) = (i128::from(a.value), i128::from(b.value));
        if let Some(text) = percent_of(value, of, decimals, &article.style) {
            let mut fields = self.about(article, a);
            fields.push(("share", format!("{text} of {}", b.measure)));
            self.push(article, fields, None);
        }
    }

    /// A list with or without its total, complete or not, with parts that are counted or only named.
    fn tell_list(&mut self, article: &mut Article, total: usize, members: &[usize]) {
        let Some(point) = self.world.points.get(total) else { return };
        if !article.knows(Date { year: point.year, month: 12, day: 31 }) {
            return;
        }
        let open = self.habits.open;
        let complete = self.chance.percent(50);
        let fields = self.about(article, point);
        let mut claim = self.claim(fields, None);
        if self.chance.percent(60) {
            let phrase = self.words(article, point.value);
            self.say(article, &phrase, &mut claim.fields);
            claim.about = Some((total, phrase.hard));
        }
        if (1..=5).contains(&point.value) && self.chance.percent(50) {
            let named = if open { point.value } else { self.chance.within(1, point.value) };
            claim.items = (0..named).map(|item| format!("thing {item}")).collect();
            article.claims.push(claim);
            return;
        }
        let mut parts = Vec::new();
        for place in members {
            let Some(member) = self.world.points.get(*place) else { continue };
            if !complete && self.chance.percent(40) {
                continue;
            }
            let mut fields: Fields = member.member.iter().map(|member| ("part", member.clone())).collect();
            if member.value > 0 && (!open || member.value == 1) && self.chance.percent(40) {
                parts.push(self.claim(fields, None));
                continue;
            }
            let phrase = self.words(article, member.value);
            fields.push(("value", phrase.text));
            parts.push(self.claim(fields, Some((*place, phrase.hard))));
        }
        let kind = if complete || (!open && self.chance.percent(30)) { "parts" } else { "among" };
        if !parts.is_empty() {
            claim.list = Some((kind, parts));
            if complete && self.chance.percent(30) {
                claim.fields.push(("exhaustive", "true".into()));
            }
            article.claims.push(claim);
        }
    }
}

/// What per cent of a count another is, when that is not between two percentages of this precision.
fn percent_of(part: i128, whole: i128, decimals: u32, style: &Style) -> Option<String> {
    let unit = 10_i128.pow(3 - decimals);
    let near = style.multiple(part * 100 * ONE, whole, unit)?;
    wording::percentage(near, decimals, style).map(|phrase| phrase.text)
}
