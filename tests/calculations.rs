//! XBRL Calculations 1.1, case by case: a total against its addends, as a table printed them.
//!
//! The conformance suite itself may not be copied; these are its situations in our words, each under
//! both roundings. Then random tables, against an arithmetic of open and closed ends that shares no
//! line with the library. The reference implementation errs where an end of a sum or of several
//! copies of a figure is open on one side only.
//!
//! `MIZAN_TABLES=100000 cargo test --test calculations` runs more of them.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use mizan::check::{Inputs, Options, run};
use mizan::finding::Severity;

/// A figure of a table: the printed number in tenths, and the unit of its last digit in tenths; a
/// unit of nothing says that the number is exact (`decimals="INF"`).
type Printed = (i64, i64);

/// A total and what is added up to it, each told once or several times.
#[derive(Clone, Debug)]
struct Table {
    total: Vec<Printed>,
    addends: Vec<(i64, Vec<Printed>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Consistent,
    /// The total is not the sum.
    Inconsistent,
    /// Copies of one figure cannot all be right: then nothing is calculated from them.
    Duplicates,
}

use Verdict::{Consistent, Duplicates, Inconsistent};

const UNIT: i64 = 10;
const EXACT: i64 = 0;

/// Name, total, addends with their weights, the verdict when figures are rounded, and when truncated.
type Case = (&'static str, &'static [Printed], &'static [(i64, &'static [Printed])], Verdict, Verdict);

const CASES: &[Case] = &[
    ("adds-up", &[(400, UNIT)], &[(1, &[(100, UNIT)]), (1, &[(300, UNIT)])], Consistent, Consistent),
    // 9.5…10.5 + 29.5…30.5 reaches 41, whose own set begins at 40.5; cut off, 40 or more and less than 42.
    ("one-more", &[(410, UNIT)], &[(1, &[(100, UNIT)]), (1, &[(300, UNIT)])], Consistent, Consistent),
    ("one-less", &[(390, UNIT)], &[(1, &[(100, UNIT)]), (1, &[(300, UNIT)])], Consistent, Inconsistent),
    // Rounded, 41 at most and 41.5 at least; cut off, 42 itself is not reached.
    ("two-more", &[(420, UNIT)], &[(1, &[(100, UNIT)]), (1, &[(300, UNIT)])], Inconsistent, Inconsistent),
    ("three-more", &[(430, UNIT)], &[(1, &[(100, UNIT)]), (1, &[(300, UNIT)])], Inconsistent, Inconsistent),
    ("touching-halves", &[(20, UNIT)], &[(1, &[(10, UNIT)])], Consistent, Inconsistent),
    ("exact", &[(400, EXACT)], &[(1, &[(100, EXACT)]), (1, &[(300, EXACT)])], Consistent, Consistent),
    ("exact-but", &[(401, EXACT)], &[(1, &[(100, EXACT)]), (1, &[(300, EXACT)])], Inconsistent, Inconsistent),
    ("exact-total", &[(405, EXACT)], &[(1, &[(100, UNIT)]), (1, &[(300, EXACT)])], Consistent, Consistent),
    ("exact-end", &[(410, EXACT)], &[(1, &[(100, UNIT)]), (1, &[(300, EXACT)])], Inconsistent, Inconsistent),
    ("exact-half", &[(105, EXACT)], &[(1, &[(100, UNIT)])], Consistent, Consistent),
    ("exact-one", &[(110, EXACT)], &[(1, &[(100, UNIT)])], Inconsistent, Inconsistent),
    // Each figure keeps its own digits: nothing is rounded to those of another.
    ("finer-total", &[(442, 1)], &[(1, &[(440, UNIT)])], Consistent, Consistent),
    ("finer-total-below", &[(438, 1)], &[(1, &[(440, UNIT)])], Consistent, Inconsistent),
    ("coarser-total", &[(1000, 1000)], &[(1, &[(420, UNIT)]), (1, &[(90, UNIT)])], Consistent, Inconsistent),
    (
        "coarser-total-far",
        &[(1000, 1000)],
        &[(1, &[(420, UNIT)]), (1, &[(60, UNIT)])],
        Inconsistent,
        Inconsistent,
    ),
    // 0 is −0.5…0.5, or less than one either way.
    ("zero-total", &[(0, UNIT)], &[(1, &[(5, 1)])], Consistent, Consistent),
    ("zero-total-one", &[(0, UNIT)], &[(1, &[(10, 1)])], Inconsistent, Inconsistent),
    ("zero-total-minus", &[(0, UNIT)], &[(1, &[(-9, 1)])], Inconsistent, Consistent),
    ("zero-addend", &[(10, 1)], &[(1, &[(10, 1)]), (1, &[(0, UNIT)])], Consistent, Consistent),
    ("zero-addend-end", &[(20, 1)], &[(1, &[(10, 1)]), (1, &[(0, UNIT)])], Inconsistent, Consistent),
    ("zero-addend-far", &[(21, 1)], &[(1, &[(10, 1)]), (1, &[(0, UNIT)])], Inconsistent, Inconsistent),
    ("zero-exact", &[(0, EXACT)], &[(1, &[(0, EXACT)])], Consistent, Consistent),
    ("zero-exact-open", &[(10, EXACT)], &[(1, &[(0, UNIT)])], Inconsistent, Inconsistent),
    // Below zero a cut figure was lower: −5.9 is printed −5.
    ("negative", &[(-60, UNIT)], &[(1, &[(-50, UNIT)])], Consistent, Inconsistent),
    ("negative-cut", &[(-59, 1)], &[(1, &[(-50, UNIT)])], Inconsistent, Consistent),
    ("negative-over", &[(-45, 1)], &[(1, &[(-50, UNIT)])], Consistent, Inconsistent),
    ("negative-sum", &[(-100, UNIT)], &[(1, &[(-50, UNIT)]), (1, &[(-40, UNIT)])], Consistent, Consistent),
    ("signs-cancel", &[(0, UNIT)], &[(1, &[(50, UNIT)]), (1, &[(-50, UNIT)])], Consistent, Consistent),
    (
        "signs-cancel-far",
        &[(20, UNIT)],
        &[(1, &[(50, UNIT)]), (1, &[(-50, UNIT)])],
        Inconsistent,
        Inconsistent,
    ),
    // A negative weight swaps the ends and their openness: 50 − [10, 11) = (39, 40].
    ("weight", &[(400, UNIT)], &[(1, &[(500, UNIT)]), (-1, &[(100, UNIT)])], Consistent, Consistent),
    ("weight-closed", &[(400, EXACT)], &[(1, &[(500, EXACT)]), (-1, &[(100, UNIT)])], Consistent, Consistent),
    (
        "weight-open",
        &[(390, EXACT)],
        &[(1, &[(500, EXACT)]), (-1, &[(100, UNIT)])],
        Inconsistent,
        Inconsistent,
    ),
    (
        "weight-inside",
        &[(391, EXACT)],
        &[(1, &[(500, EXACT)]), (-1, &[(100, UNIT)])],
        Inconsistent,
        Consistent,
    ),
    (
        "weight-negative",
        &[(600, EXACT)],
        &[(1, &[(500, EXACT)]), (-1, &[(-100, UNIT)])],
        Consistent,
        Consistent,
    ),
    (
        "weight-beyond",
        &[(610, EXACT)],
        &[(1, &[(500, EXACT)]), (-1, &[(-100, UNIT)])],
        Inconsistent,
        Inconsistent,
    ),
    ("only-weights", &[(-100, UNIT)], &[(-1, &[(100, UNIT)])], Consistent, Consistent),
    ("only-weights-sign", &[(100, UNIT)], &[(-1, &[(100, UNIT)])], Inconsistent, Inconsistent),
    // (−1, 1) at both ends of a difference.
    ("weight-of-zero", &[(0, EXACT)], &[(1, &[(10, UNIT)]), (-1, &[(0, UNIT)])], Consistent, Inconsistent),
    // Copies: the set of a figure is what all its copies allow.
    ("copies", &[(442, 1), (440, UNIT)], &[(1, &[(442, 1)])], Consistent, Consistent),
    ("copies-narrow", &[(440, UNIT), (442, 1)], &[(1, &[(446, 1)])], Inconsistent, Inconsistent),
    ("copies-meet", &[(440, UNIT), (445, 1)], &[(1, &[(445, 1)])], Consistent, Consistent),
    ("copies-apart", &[(440, UNIT), (446, 1)], &[(1, &[(440, UNIT)])], Duplicates, Consistent),
    ("copies-of-addend", &[(442, 1)], &[(1, &[(440, UNIT), (442, 1)])], Consistent, Consistent),
    ("copies-of-addend-far", &[(448, 1)], &[(1, &[(440, UNIT), (442, 1)])], Inconsistent, Inconsistent),
    ("copies-of-addend-apart", &[(442, 1)], &[(1, &[(440, UNIT), (460, 1)])], Duplicates, Duplicates),
    ("exact-copies", &[(440, EXACT), (440, EXACT)], &[(1, &[(440, EXACT)])], Consistent, Consistent),
    ("exact-copies-apart", &[(440, EXACT), (441, EXACT)], &[(1, &[(440, EXACT)])], Duplicates, Duplicates),
    // [100, 200) and [199, 200): the end at 200 stays open, whichever copy is read first.
    ("copies-open-end", &[(2000, EXACT)], &[(1, &[(1000, 1000), (1990, UNIT)])], Duplicates, Inconsistent),
    (
        "copies-open-end-turned",
        &[(2000, EXACT)],
        &[(1, &[(1990, UNIT), (1000, 1000)])],
        Duplicates,
        Inconsistent,
    ),
    // [199, 200) and {199}: closed only where both are.
    ("copies-closed-end", &[(1990, EXACT)], &[(1, &[(1990, UNIT), (1990, EXACT)])], Consistent, Consistent),
    // [1, 2) + [2, 3): 5 is not reached, though 1 + 3 is less and each end alone is.
    ("open-and-open", &[(50, EXACT)], &[(1, &[(10, UNIT)]), (1, &[(20, UNIT)])], Inconsistent, Inconsistent),
    // [1, 2) + (−3, −2]: an open end with a closed one is open, above and below.
    (
        "open-and-closed-above",
        &[(0, EXACT)],
        &[(1, &[(10, UNIT)]), (1, &[(-20, UNIT)])],
        Consistent,
        Inconsistent,
    ),
    (
        "open-and-closed-below",
        &[(-20, EXACT)],
        &[(1, &[(10, UNIT)]), (1, &[(-20, UNIT)])],
        Consistent,
        Inconsistent,
    ),
    (
        "open-and-closed-inside",
        &[(-1, EXACT)],
        &[(1, &[(10, UNIT)]), (1, &[(-20, UNIT)])],
        Consistent,
        Consistent,
    ),
    (
        "large",
        &[(600_000_000, UNIT)],
        &[(1, &[(200_000_000, UNIT)]), (1, &[(300_000_000, UNIT)])],
        Inconsistent,
        Inconsistent,
    ),
];

#[test]
fn published_situations_have_their_verdicts() {
    let tables: Vec<Table> = CASES
        .iter()
        .map(|(_, total, addends, ..)| Table {
            total: total.to_vec(),
            addends: addends.iter().map(|(weight, told)| (*weight, told.to_vec())).collect(),
        })
        .collect();
    let (rounded, cut) = (judged(&tables, false), judged(&tables, true));
    let mut wrong = Vec::new();
    for (place, (name, .., nearest, truncated)) in CASES.iter().enumerate() {
        for (told, wanted, mode) in
            [(rounded[place], *nearest, "rounded"), (cut[place], *truncated, "truncated")]
        {
            let own = calculated(&tables[place], mode == "truncated");
            assert_eq!(own, wanted, "{name}, {mode}: the oracle");
            if told != wanted {
                wrong.push(format!("{name}, {mode}: {told:?}, expected {wanted:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn random_tables_have_the_verdicts_of_interval_arithmetic() {
    let count: usize = std::env::var("MIZAN_TABLES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let mut chance = Chance(7);
    let mut seen: BTreeMap<Verdict, usize> = BTreeMap::new();
    for _ in 0..count.div_ceil(500) {
        let tables: Vec<Table> = (0..500).map(|_| chance.table()).collect();
        for truncated in [false, true] {
            for (table, told) in tables.iter().zip(judged(&tables, truncated)) {
                assert_eq!(told, calculated(table, truncated), "truncated {truncated}: {table:?}");
                *seen.entry(told).or_default() += 1;
            }
        }
    }
    assert!(seen.len() == 3 && seen.values().all(|many| *many > count / 20), "{seen:?}");
}

/// An end of a set, in twentieths, and whether it belongs to it.
type End = (i64, bool);

/// The verdict by interval arithmetic.
fn calculated(table: &Table, truncated: bool) -> Verdict {
    let total = common(&table.total, truncated);
    let mut sum: ((i64, bool), (i64, bool)) = ((0, true), (0, true));
    let mut apart = is_empty(total);
    for (weight, told) in &table.addends {
        let (low, high) = common(told, truncated);
        apart |= is_empty((low, high));
        let (low, high) = if *weight < 0 { ((-high.0, high.1), (-low.0, low.1)) } else { (low, high) };
        sum = ((sum.0.0 + low.0, sum.0.1 && low.1), (sum.1.0 + high.0, sum.1.1 && high.1));
    }
    match (apart, is_empty(meet(total, sum))) {
        (true, _) => Duplicates,
        (false, true) => Inconsistent,
        (false, false) => Consistent,
    }
}

fn common(told: &[Printed], truncated: bool) -> (End, End) {
    let sets = told.iter().map(|(value, unit)| {
        let (value, unit) = (value * 2, unit * 2);
        match (truncated && unit > 0, value.signum()) {
            (false, _) => ((value - unit / 2, true), (value + unit / 2, true)),
            (true, 0) => ((-unit, false), (unit, false)),
            (true, 1) => ((value, true), (value + unit, false)),
            (true, _) => ((value - unit, false), (value, true)),
        }
    });
    sets.reduce(meet).unwrap()
}

fn meet(a: (End, End), b: (End, End)) -> (End, End) {
    let lower = match a.0.0.cmp(&b.0.0) {
        std::cmp::Ordering::Less => b.0,
        std::cmp::Ordering::Greater => a.0,
        std::cmp::Ordering::Equal => (a.0.0, a.0.1 && b.0.1),
    };
    let upper = match a.1.0.cmp(&b.1.0) {
        std::cmp::Ordering::Less => a.1,
        std::cmp::Ordering::Greater => b.1,
        std::cmp::Ordering::Equal => (a.1.0, a.1.1 && b.1.1),
    };
    (lower, upper)
}

fn is_empty(set: (End, End)) -> bool {
    let ((low, low_in), (high, high_in)) = set;
    low > high || (low == high && !(low_in && high_in))
}

struct Chance(u64);

impl Chance {
    fn below(&mut self, many: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % many
    }

    fn table(&mut self) -> Table {
        let addends = (0..=self.below(3)).map(|_| {
            let value = self.below(60) - 30;
            (if self.below(3) == 0 { -1 } else { 1 }, value, self.copies(value))
        });
        let addends: Vec<(i64, i64, Vec<Printed>)> = addends.collect();
        let sum: i64 = addends.iter().map(|(weight, value, _)| weight * value).sum();
        let off = [0, 0, 5, 10, 15, 20, -5, -10, -20, 1, -1][usize::try_from(self.below(11)).unwrap()];
        let total = self.copies(sum + off);
        Table { total, addends: addends.into_iter().map(|(weight, _, told)| (weight, told)).collect() }
    }

    /// A value as one or two tables print it.
    fn copies(&mut self, value: i64) -> Vec<Printed> {
        let again = self.below(4) == 0;
        (0..=i64::from(again))
            .map(|_| {
                let unit = [0, 1, 10, 10, 100][usize::try_from(self.below(5)).unwrap()];
                let printed = if unit == 0 { value } else { value / unit * unit };
                let off = if self.below(4) == 0 { unit } else { 0 };
                (printed + off, unit)
            })
            .collect()
    }
}

/// What mizan says of each table: an entity each.
fn judged(tables: &[Table], truncated: bool) -> Vec<Verdict> {
    let folder = tempfile::tempdir().unwrap();
    let mut rules = String::from("units: {MAD: measured}\nmeasures:\n");
    for measure in ["total", "a", "b", "c", "minus-a", "minus-b", "minus-c"] {
        let _ = writeln!(rules, "  {measure}: {{kind: flow, unit: MAD}}");
    }
    rules.push_str("dimensions: {terms: {values: [");
    let mut shapes: Vec<String> = tables.iter().map(shape).collect();
    shapes.sort();
    shapes.dedup();
    let names: Vec<String> = (0..shapes.len()).map(|place| format!("t{place}")).collect();
    let _ = writeln!(rules, "{}]}}}}\nrules:", names.join(", "));
    for (shape, name) in shapes.iter().zip(&names) {
        let sum: Vec<String> = shape
            .split(' ')
            .map(|term| {
                let (sign, measure) = term.split_at(1);
                format!("{sign} {measure}[terms={name}]")
            })
            .collect();
        let sum = sum.join(" ");
        let _ = writeln!(rules, "  - {{id: {name}, expect: \"total[terms={name}] == 0 {sum}\"}}");
    }
    rules.push_str("entities:\n");
    let mut claims = String::from("claims:\n");
    let mut count = 0;
    for (place, table) in tables.iter().enumerate() {
        let _ = writeln!(rules, "  e{place}: {{}}");
        let name = &names[shapes.iter().position(|known| *known == shape(table)).unwrap()];
        let mut told = |measure: &str, printed: &[Printed]| {
            for (value, unit) in printed {
                count += 1;
                let _ = writeln!(
                    claims,
                    "  - {{id: c{count}, entity: e{place}, terms: {name}, measure: {measure}, {}}}",
                    written(*value, *unit)
                );
            }
        };
        told("total", &table.total);
        for (term, (_, printed)) in shape(table).split(' ').zip(&table.addends) {
            told(term.split_at(1).1, printed);
        }
    }
    let mode = if truncated { "truncate" } else { "nearest" };
    let head = format!("source: {{rounding: {mode}}}\ndefaults: {{period: 2024}}\n");
    fs::write(folder.path().join("rules.yaml"), rules).unwrap();
    fs::write(folder.path().join("claims.yaml"), head + &claims).unwrap();
    let files = ["rules.yaml", "claims.yaml"].map(|name| folder.path().join(name)).to_vec();
    let inputs = Inputs { root: folder.path().to_path_buf(), files, unread: vec![] };
    let report = run(&inputs, &Options::default()).unwrap();
    assert!(report.whole && report.summary.refused == 0);
    let mut verdicts = vec![Consistent; tables.len()];
    for finding in report.findings.iter().filter(|finding| finding.severity == Severity::Error) {
        let entity = report.base.point(report.base.fact(finding.claims[0]).point).entity;
        let entity = report.base.vocabulary.entities.name(entity.0).to_owned();
        let place: usize = entity.trim_start_matches('e').parse().unwrap();
        let verdict = match finding.code.0 {
            201 => Duplicates,
            204 => Inconsistent,
            other => panic!("{other}: {}", finding.message),
        };
        verdicts[place] = verdicts[place].max(verdict);
    }
    verdicts
}

/// The terms of a sum by their signs: `+a -b`.
fn shape(table: &Table) -> String {
    let terms = table.addends.iter().zip(["a", "b", "c"]);
    let signed: Vec<String> =
        terms.map(|((weight, _), name)| format!("{}{name}", if *weight < 0 { '-' } else { '+' })).collect();
    signed.join(" ")
}

fn written(tenths: i64, unit: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
    let digits = if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{tenth}") };
    if unit == 0 {
        return format!("value: exactly {digits}");
    }
    let decimals = match unit {
        1 => 1,
        10 => 0,
        100 => -1,
        1000 => -2,
        other => panic!("a unit of {other}"),
    };
    format!("value: {digits}, decimals: {decimals}")
}
