//! A world that nobody has to believe: things that were counted, events that took place, and the
//! rules that are true of them.

use std::fmt::Write;

use crate::chance::Chance;

/// A number that is true.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    pub(crate) measure: String,
    pub(crate) entity: usize,
    pub(crate) member: Option<String>,
    pub(crate) year: i64,
    pub(crate) stock: bool,
    pub(crate) value: i64,
}

/// `Σ a·x = b` or `Σ a·x ≤ b`: an instance of a rule at level error, as the oracle sees it.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub(crate) terms: Vec<(i128, usize)>,
    pub(crate) equal: bool,
    pub(crate) bound: i128,
    /// The levels before and after, when claims on both sides make the instance exist.
    pub(crate) chain: Option<(Vec<usize>, Vec<usize>)>,
}

/// Something that took place, by day.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) measure: String,
    pub(crate) entity: usize,
    pub(crate) ordinal: Option<i64>,
    pub(crate) first: Date,
    pub(crate) last: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
}

impl Date {
    pub(crate) fn text(self) -> String {
        format!("{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Other true sentences: which claim, and from which year on they can be told.
#[derive(Clone, Debug)]
pub(crate) enum Saying {
    /// A share in thousandths of a per cent: measure, entity, year, value.
    Level(String, usize, i64, i64),
    /// One point against an earlier or later one.
    Change(usize, usize),
    /// One point as a share of another of the same time.
    Share(usize, usize),
    /// A total and its members.
    List(usize, Vec<usize>),
    /// A word for a year.
    State(String, usize, i64, &'static str),
    /// A number that belongs to an ordinal: measure, entity, ordinal, value, year.
    Numbered(String, usize, i64, i64, i64),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct World {
    pub(crate) entities: usize,
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) points: Vec<Point>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) events: Vec<Event>,
    pub(crate) sayings: Vec<Saying>,
    /// Measures whose plans came true.
    pub(crate) planned: Vec<String>,
    pub(crate) rulebook: String,
    measures: String,
    rules: String,
    named: usize,
}

impl World {
    pub(crate) fn invent(chance: &mut Chance) -> Self {
        let first = chance.within(1998, 2016);
        let mut world = Self {
            entities: 1 + chance.below(3),
            first,
            last: first + chance.within(1, 6),
            ..Self::default()
        };
        for _ in 0..=chance.below(4) {
            match chance.below(10) {
                0..=2 => world.roll(chance),
                3 | 4 => world.split(chance),
                5 | 6 => world.compare(chance),
                7 => world.series(chance),
                8 => world.works(chance),
                _ => world.levels(chance),
            }
        }
        world.link(chance);
        world.jumps(chance);
        world.plans(chance);
        world.changes(chance);
        world.rulebook = world.write();
        world
    }

    fn write(&self) -> String {
        let mut text = String::from("entities:\n");
        for entity in 0..self.entities {
            let _ = writeln!(text, "  e{entity}: {{labels: {{ar: بلدة {entity}, fr: ville {entity}}}}}");
        }
        text.push_str("units: {thing: countable, day: countable, \"%\": share}\nmeasures:\n");
        text.push_str(&self.measures);
        text.push_str("dimensions:\n  part: {values: [p0, p1, p2, p3], disjoint: true}\n");
        if !self.rules.is_empty() {
            let _ = write!(text, "rules:\n{}", self.rules);
        }
        text
    }

    fn name(&mut self, stem: &str) -> String {
        self.named += 1;
        format!("{stem}-{}", self.named)
    }

    fn measure(&mut self, stem: &str, kind: &str) -> String {
        let name = self.name(stem);
        let _ = writeln!(self.measures, "  {name}: {{{kind}}}");
        name
    }

    fn rule(&mut self, body: &str) {
        let name = self.name("rule");
        let _ = writeln!(self.rules, "  - {{id: {name}, {body}}}");
    }

    fn counted(&mut self, stem: &str, stock: bool) -> String {
        let kind = if stock { "kind: stock, unit: thing" } else { "kind: flow, unit: thing" };
        self.measure(stem, kind)
    }

    fn add(
        &mut self,
        measure: &str,
        entity: usize,
        member: Option<usize>,
        year: i64,
        stock: bool,
        value: i64,
    ) -> usize {
        let member = member.map(|member| format!("p{member}"));
        self.points.push(Point { measure: measure.to_owned(), entity, member, year, stock, value });
        self.points.len() - 1
    }

    fn relate(&mut self, strong: bool, terms: Vec<(i128, usize)>, equal: bool, bound: i128) {
        if strong {
            self.relations.push(Relation { terms, equal, bound, chain: None });
        }
    }

    /// Levels that flows carry from year to year.
    fn roll(&mut self, chance: &mut Chance) {
        let level = self.counted("level", true);
        let inflow = self.counted("inflow", false);
        let outflow = self.counted("outflow", false);
        let members = if chance.percent(40) { 4 } else { 0 };
        let size = 1 + chance.below(6);
        let closed = chance.percent(25);
        let strong = chance.percent(85);
        for entity in 0..self.entities {
            let start = chance.count(size);
            let mut stocks = vec![self.add(&level, entity, None, self.first - 1, true, start)];
            let mut value = start;
            for year in self.first..=self.last {
                let mut terms = vec![];
                if members > 0 {
                    for member in 0..members {
                        let part = chance.count(size);
                        value += part;
                        terms.push((1, self.add(&inflow, entity, Some(member), year, false, part)));
                    }
                } else {
                    let part = chance.count(size);
                    value += part;
                    terms.push((1, self.add(&inflow, entity, None, year, false, part)));
                }
                if !closed {
                    let gone = chance.within(0, value.min(10_i64.pow(u32::try_from(size).unwrap_or(1))));
                    value -= gone;
                    terms.push((-1, self.add(&outflow, entity, None, year, false, gone)));
                }
                terms.push((1, stocks.last().copied().unwrap_or(0)));
                let now = self.add(&level, entity, None, year, true, value);
                terms.push((-1, now));
                stocks.push(now);
                if strong && !closed {
                    self.relations.push(Relation { terms, equal: true, bound: 0, chain: None });
                }
            }
            self.chain(&stocks, strong && !closed);
        }
        let sum = if members > 0 { "[part=*]" } else { "" };
        let assume = if closed { format!(", assume: {{{outflow}: 0}}") } else { String::new() };
        let level_of = if strong { "" } else { ", level: warning" };
        self.rule(&format!(
            "expect: \"{level} @y == {level} @y-1 + {inflow}{sum} @y - {outflow} @y\"{assume}{level_of}"
        ));
    }

    /// The instances of the last roll exist between claimed levels.
    fn chain(&mut self, stocks: &[usize], strong: bool) {
        if !strong {
            return;
        }
        let links = stocks.len() - 1;
        let start = self.relations.len() - links;
        for (place, relation) in self.relations[start..].iter_mut().enumerate() {
            let (before, after) = stocks.split_at(place + 1);
            relation.chain = Some((before.to_vec(), after.to_vec()));
        }
    }

    /// Totals and their members, which lists may name.
    fn split(&mut self, chance: &mut Chance) {
        let stock = chance.percent(50);
        let total = self.counted("total", stock);
        let strong = chance.percent(80);
        let size = 1 + chance.below(5);
        for entity in 0..self.entities {
            for year in self.first..=self.last {
                let parts: Vec<i64> = (0..4).map(|_| chance.count(size)).collect();
                let whole = self.add(&total, entity, None, year, stock, parts.iter().sum());
                let members: Vec<usize> = parts
                    .iter()
                    .enumerate()
                    .map(|(member, value)| self.add(&total, entity, Some(member), year, stock, *value))
                    .collect();
                let terms = members.iter().map(|member| (1, *member)).chain([(-1, whole)]).collect();
                self.relate(strong, terms, true, 0);
                if chance.percent(40) {
                    self.sayings.push(Saying::List(whole, members));
                }
            }
        }
        let level = if strong { "" } else { ", level: warning" };
        self.rule(&format!("expect: \"{total} == {total}[part=*]\"{level}"));
    }

    /// Two or three series that one expression compares.
    fn compare(&mut self, chance: &mut Chance) {
        let stock = chance.percent(50);
        let names: Vec<String> = ["some", "more", "most"].iter().map(|s| self.counted(s, stock)).collect();
        let [a, b, c] = names.as_slice() else { return };
        let (size, slack) = (1 + chance.below(5), chance.count(2));
        let mut rows = Vec::new();
        for entity in 0..self.entities {
            for year in self.first..=self.last {
                let (part, rest) = (chance.count(size), chance.count(size));
                let (sum, most) = (part + rest, part + rest + chance.within(0, slack));
                let points = [(a, part), (b, sum), (c, most)]
                    .map(|(name, value)| self.add(name, entity, None, year, stock, value));
                if sum > 0 && chance.percent(30) {
                    self.sayings.push(Saying::Share(points[0], points[1]));
                }
                rows.push((points, part, sum, most));
            }
        }
        let largest = |of: fn(&(_, i64, i64, i64)) -> i64| rows.iter().map(of).max().unwrap_or(0);
        match chance.below(8) {
            0 => {
                self.rule(&format!("expect: \"{a} <= {b} <= {c}\""));
                for (p, ..) in &rows {
                    self.relate(true, vec![(1, p[0]), (-1, p[1])], false, 0);
                    self.relate(true, vec![(1, p[1]), (-1, p[2])], false, 0);
                }
            }
            1 => {
                self.rule(&format!("expect: \"2 * {a} - {b} <= {a} + {slack}\""));
                for (p, ..) in &rows {
                    self.relate(true, vec![(1, p[0]), (-1, p[1])], false, i128::from(slack) * 1000);
                }
            }
            2 => {
                let most = largest(|row| row.3) + slack;
                self.rule(&format!("expect: \"0 <= {c} <= {most}\""));
                for (p, ..) in &rows {
                    self.relate(true, vec![(1, p[2])], false, i128::from(most) * 1000);
                }
            }
            3 => self.rule(&format!("expect: \"{c} == {b}\", tolerance: {slack}")),
            4 => {
                let most = largest(|row| row.1 * row.2) + slack;
                self.rule(&format!("expect: \"{a} * {b} <= {most}\""));
            }
            5 => {
                let above = largest(|row| row.1) / 2;
                let least = rows.iter().filter(|row| row.1 > above).map(|row| row.3).min().unwrap_or(0);
                self.rule(&format!("expect: \"if {a} @y > {above} then {c} @y >= {least}\""));
            }
            6 if rows.iter().all(|row| row.1 > 0) => self.rule(&format!("expect: \"{b} / {a} >= 1\"")),
            _ => self.rule(&format!("expect: \"{c} >= {b} - {slack}\", level: warning")),
        }
    }

    /// Editions that are numbered, their dates, and how many days they last.
    fn series(&mut self, chance: &mut Chance) {
        let edition = self.measure("edition", "kind: ordinal");
        let duration = self.measure("duration", "kind: flow, unit: day");
        let most = chance.within(0, 2);
        for entity in 0..self.entities {
            let mut number = chance.within(1, 80);
            for year in self.first..=self.last {
                let month = chance.within(1, 12);
                let day = chance.within(1, 20);
                let days = chance.within(1, 8);
                let (first, last) = (Date { year, month, day }, Date { year, month, day: day + days - 1 });
                self.events.push(Event {
                    measure: edition.clone(),
                    entity,
                    ordinal: Some(number),
                    first,
                    last,
                });
                self.sayings.push(Saying::Numbered(duration.clone(), entity, number, days, year));
                number += if most == 0 { 1 } else { chance.within(1, most) };
            }
        }
        match most {
            0 => self.rule(&format!("ordinal: {edition}, every: year")),
            _ => self.rule(&format!("ordinal: {edition}, at-most: {most} per year")),
        }
        self.rule(&format!("expect: \"{duration} == days({edition})\""));
        if chance.percent(50) {
            self.planned.push(edition);
        }
    }

    /// Works in their order, and how far they have come.
    fn works(&mut self, chance: &mut Chance) {
        let names: Vec<String> =
            ["begun", "completed", "opened"].iter().map(|stem| self.measure(stem, "kind: event")).collect();
        let progress = self.measure("progress", "kind: stock, unit: \"%\", within: 0..100");
        for entity in 0..self.entities {
            let mut dates: Vec<Date> = (0..3)
                .map(|_| Date {
                    year: chance.within(self.first, self.last),
                    month: chance.within(1, 12),
                    day: chance.within(1, 28),
                })
                .collect();
            dates.sort_unstable();
            for (measure, date) in names.iter().zip(&dates) {
                let (first, last) = (*date, *date);
                self.events.push(Event { measure: measure.clone(), entity, ordinal: None, first, last });
            }
            for year in self.first..=self.last {
                let completed = dates[1].year;
                let value = if year >= completed { 100_000 } else { chance.within(0, 998) * 100 };
                self.sayings.push(Saying::Level(progress.clone(), entity, year, value));
            }
        }
        let [begun, completed, opened] = names.as_slice() else { return };
        self.rule(&format!("order: [{begun}, {completed}, {opened}]"));
        self.rule(&format!("expect: \"if {progress} @y < 100 then {completed} > y\""));
        if chance.percent(50) {
            self.planned.push(opened.clone());
        }
    }

    /// Words that rise.
    fn levels(&mut self, chance: &mut Chance) {
        const RANKS: [&str; 3] = ["low", "middle", "high"];
        let rank = self.measure("rank", "kind: state, values: [low, middle, high]");
        for entity in 0..self.entities {
            let mut place = chance.below(2);
            for year in self.first..=self.last {
                place = (place + chance.below(2)).min(2);
                self.sayings.push(Saying::State(rank.clone(), entity, year, RANKS[place]));
            }
        }
    }

    /// Totals of two different relations, held together by a third.
    fn link(&mut self, chance: &mut Chance) {
        let mut names: Vec<(String, bool)> =
            self.points.iter().filter(|p| p.member.is_none()).map(|p| (p.measure.clone(), p.stock)).collect();
        names.sort_unstable();
        names.dedup();
        for _ in 0..2 {
            let (a, b) = (chance.below(names.len()), chance.below(names.len()));
            let (Some(a), Some(b)) = (names.get(a), names.get(b)) else { return };
            if a.0 == b.0 || a.1 != b.1 {
                continue;
            }
            let pairs: Vec<(usize, usize)> = self.pairs(&a.0, &b.0);
            let excess = |(x, y): &(usize, usize)| self.points[*x].value - self.points[*y].value;
            let Some(most) = pairs.iter().map(excess).max() else { continue };
            let most = most + chance.count(1);
            let sign = if most < 0 { "-" } else { "+" };
            self.rule(&format!("expect: \"{} @y <= {} @y {sign} {}\"", a.0, b.0, most.abs()));
            for (x, y) in pairs {
                self.relate(true, vec![(1, x), (-1, y)], false, i128::from(most) * 1000);
            }
        }
    }

    /// The points of two measures that are of one entity, one member and one year.
    fn pairs(&self, a: &str, b: &str) -> Vec<(usize, usize)> {
        let of = |measure: &str| {
            let all = self.points.iter().enumerate();
            let found = all.filter(|(_, p)| p.measure == measure);
            found.map(|(place, p)| ((p.entity, p.year, p.member.clone()), place)).collect::<Vec<_>>()
        };
        let others = of(b);
        let partner = |(key, x): ((usize, i64, Option<String>), usize)| {
            others.iter().find(|(other, _)| *other == key).map(|(_, y)| (x, *y))
        };
        of(a).into_iter().filter_map(partner).collect()
    }

    /// A series that does not leap.
    fn jumps(&mut self, chance: &mut Chance) {
        let Some(measure) = self.points.first().map(|p| p.measure.clone()) else { return };
        let mine: Vec<&Point> = self.points.iter().filter(|p| p.measure == measure).collect();
        let mut most = 1;
        for one in &mine {
            for other in mine.iter().filter(|p| p.entity == one.entity && p.member == one.member) {
                if other.value == 0 && one.value != 0 {
                    return;
                }
                most = most.max((one.value + other.value - 1) / other.value.max(1));
            }
        }
        let level = if chance.percent(50) { ", level: error" } else { "" };
        let years = chance.within(1, 4);
        self.rule(&format!("jump: {measure}, at-most: x{} within {years} years{level}", most.max(2)));
    }

    /// Plans that came true, so that they can be told before.
    fn plans(&mut self, chance: &mut Chance) {
        let flows: Vec<String> = self.points.iter().filter(|p| !p.stock).map(|p| p.measure.clone()).collect();
        if !flows.is_empty() && chance.percent(40) {
            self.planned.push(chance.pick(&flows).clone());
        }
        for measure in self.planned.clone() {
            self.rule(&format!("outcome: {measure}"));
        }
    }

    fn changes(&mut self, chance: &mut Chance) {
        for _ in 0..chance.below(6) {
            let (now, then) = (chance.below(self.points.len()), chance.below(self.points.len()));
            let (Some(a), Some(b)) = (self.points.get(now), self.points.get(then)) else { return };
            let same = a.measure == b.measure && a.entity == b.entity && a.member == b.member;
            if same && a.year != b.year && b.value > 0 {
                self.sayings.push(Saying::Change(now, then));
            }
        }
        for now in 0..self.points.len() {
            let Some(then) = (0..now).rev().find(|then| {
                let (a, b) = (&self.points[now], &self.points[*then]);
                a.measure == b.measure && a.entity == b.entity && a.member == b.member && b.value > 0
            }) else {
                continue;
            };
            if chance.percent(10) {
                self.sayings.push(Saying::Change(now, then));
            }
        }
    }
}
