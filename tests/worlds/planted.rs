//! One claim of a true world, corrupted: what an independent computation refutes must be found, and
//! whatever is found must name the corrupted claim, since all the others are true.

use std::collections::BTreeSet;
use std::path::Path;

use mizan::check::Report;
use mizan::finding::{Finding, Repair, Severity};

use crate::chance::Chance;
use crate::oracle;
use crate::press::{Extras, Habits, Press};
use crate::world::World;
use crate::{check, files, tell, wording};

/// A world in which one claim is wrong.
pub(crate) struct Planted {
    pub(crate) world: World,
    pub(crate) press: Press,
    /// The stable key of the corrupted claim.
    pub(crate) key: String,
}

impl Planted {
    /// Corrupts a claim on a figure; `None` when the press tells no figure.
    pub(crate) fn new(seed: u64) -> Option<Self> {
        let mut chance = Chance::new(seed ^ 0x5eed);
        let world = World::invent(&mut chance);
        let plain = seed.is_multiple_of(3);
        let extras = if plain { Extras::Nothing } else { Extras::WithoutRevisions };
        let habits = Habits { open: seed.is_multiple_of(2), noise: !plain, extras };
        let mut press = Press::report(&world, habits, &mut chance);
        let key = corrupt(&world, &mut press, &mut chance)?;
        Some(Self { world, press, key })
    }
}

/// Writes a wrong figure into one claim, exactly, and gives the key of the claim.
fn corrupt(world: &World, press: &mut Press, chance: &mut Chance) -> Option<String> {
    let mut figures: Vec<(usize, usize)> = Vec::new();
    for (place, article) in press.articles.iter().enumerate() {
        let told = article.claims.iter().enumerate().filter(|(_, claim)| claim.about.is_some());
        figures.extend(told.map(|(claim, _)| (place, claim)));
    }
    if figures.is_empty() {
        return None;
    }
    let (place, claim) = *chance.pick(&figures);
    let article = press.articles.get_mut(place)?;
    let (name, style) = (article.name.clone(), article.style.clone());
    let claim = article.claims.get_mut(claim)?;
    let (point, _) = claim.about?;
    let value = slip(world.points.get(point)?.value, chance);
    let phrase = wording::exact(i128::from(value), &style);
    claim.fields.retain(|(key, _)| !matches!(*key, "value" | "quote"));
    claim.fields.push(("value", phrase.text));
    claim.about = Some((point, phrase.hard));
    Some(format!("{name}/{}", claim.id))
}

/// What a tired hand writes: two digits swapped, one changed, one dropped, one doubled, or anything.
fn slip(value: i64, chance: &mut Chance) -> i64 {
    let mut digits: Vec<u8> = value.to_string().into_bytes();
    let place = chance.below(digits.len());
    match chance.below(5) {
        0 if digits.len() > 1 => digits.swap(place, (place + 1) % value.to_string().len()),
        1 => digits[place] = b"0123456789"[chance.below(10)],
        2 if digits.len() > 1 => {
            digits.remove(place);
        }
        3 => digits.insert(place, digits[place]),
        _ => return chance.count(7),
    }
    String::from_utf8(digits).ok().and_then(|text| text.parse().ok()).unwrap_or(value)
}

pub(crate) fn errors(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.severity == Severity::Error).collect()
}

/// The stable keys of the claims that a finding names.
pub(crate) fn named(report: &Report, finding: &Finding) -> BTreeSet<String> {
    finding.claims.iter().map(|fact| report.base.fact(*fact).key.clone()).collect()
}

fn judge(planted: &Planted, folder: &Path) -> Option<String> {
    let report = check(folder, &files(&planted.world, &planted.press));
    let errors = errors(&report);
    if let Some(innocent) = errors.iter().find(|error| !named(&report, error).contains(&planted.key)) {
        return Some(format!("an error without the culprit: {}", innocent.message));
    }
    if !oracle::refutes(&planted.world, &planted.press) {
        return None;
    }
    if errors.is_empty() {
        return Some("not found".to_owned());
    }
    let blamed = |error: &&Finding| error.repairs.iter().any(|repair| changes(&report, repair, &planted.key));
    (!errors.iter().any(blamed)).then(|| "the culprit is in no lightest repair".to_owned())
}

/// Whether a repair changes a claim.
fn changes(report: &Report, repair: &Repair, key: &str) -> bool {
    let mut claims = repair.changes.iter().flat_map(|change| &change.claims);
    claims.any(|claim| report.base.fact(*claim).key == key)
}

/// A world in which the culprit was in no lightest repair: what nobody tells left no room for its rival.
const REMEMBERED: [u64; 1] = [204_068];

#[test]
fn a_planted_error_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let (mut planted_errors, mut detectable) = (0, 0);
    for seed in REMEMBERED.into_iter().chain(crate::first_seed()..crate::first_seed() + crate::worlds()) {
        let Some(planted) = Planted::new(seed) else { continue };
        planted_errors += 1;
        detectable += u64::from(oracle::refutes(&planted.world, &planted.press));
        if let Some(why) = judge(&planted, folder.path()) {
            let fewer = crate::minimised(&planted.press, &|press| {
                judge(
                    &Planted { world: planted.world.clone(), press: press.clone(), key: planted.key.clone() },
                    folder.path(),
                )
                .is_some_and(|other| other.split(':').next() == why.split(':').next())
            });
            let least = files(&planted.world, &fewer);
            let report = check(folder.path(), &least);
            let findings: Vec<&Finding> = report.findings.iter().collect();
            panic!("seed {seed}, corrupted {}: {why}\n{}", planted.key, tell(&least, &findings));
        }
    }
    assert!(detectable * 4 > planted_errors, "only {detectable} of {planted_errors} can be detected");
}
