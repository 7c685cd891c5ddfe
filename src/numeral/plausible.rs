//! Number words that are no figures: "one of them", «أحد المشاركين», "un", "véhicule neuf".

use super::amount;
use super::cardinal;
use super::list::{Words, word_list};
use super::phrase::Worded;
use super::spread;
use super::token::{Kind, Line};
use super::vague;
use super::words::Sense;
use crate::quantity::Hedge;

/// Whether what was read at token `at` is meant as a figure in running text.
pub(super) fn is_figure(line: &Line, at: usize, worded: &Worded) -> bool {
    let before = at.checked_sub(1);
    let follows = |words: &[&str]| before.is_some_and(|before| line.is_word(before, words));
    let end = worded.amount.end;
    let is_single = end == at + 1;
    if line.is_word(end, &["de"]) && line.is_word(end + 1, &["finale", "finales"]) {
        return false;
    }
    // "number two", «رقم واحد»; "no two reports agree"
    let is_called = follows(&["numero", "number", "رقم"]) || is_single && follows(&["no"]);
    let in_club = at > 0 && line.sense(at) == Sense::Teen(10) && is_club(line, at - 1);
    if is_called || in_club || is_club(line, at) || is_compound(line, at, end) || is_in_name(line, at) {
        return false;
    }
    match line.sense(at) {
        // "from zero", «من الصفر»: nothing is counted.
        Sense::Unit(0) if is_single => {
            !line.clitic(at).definite && line.sense(end) == Sense::Plain && line.word(end).is_some()
        }
        Sense::Unit(1) if is_single => is_meant_one(line, at, worded.figure.hedge),
        Sense::Unit(9) if is_single && line.is_word(at, &["neuf"]) => {
            line.word(at + 1).is_some() && line.sense(at + 1) != Sense::Marker
        }
        Sense::Few if !line.is_arabic(at) => is_few(line, at),
        // "une quarantaine" is a number only before what it counts.
        Sense::Around(about) => follows(&["une"]) && (about != 40 || line.is_word(end, &["de", "d"])),
        Sense::Dozen => follows(&["a", "une", "d", "several", "half", "the"]),
        Sense::Fraction(..) | Sense::Ordinal(_) => is_fraction(line, at, worded),
        // "a year or two" is no two years.
        Sense::Unit(2) if follows(&["or"]) && at > 2 && line.is_word(at - 3, &["a", "an"]) => false,
        // «وألف كتابا» tells of an author: a thousand takes the genitive.
        Sense::Scale(_) if is_single && line.is_arabic(at) => {
            line.word(at + 1).is_some_and(|noun| !noun.ends_with('ا'))
        }
        Sense::Scale(_) | Sense::Hundred(_) if is_single => !follows(&["per", "pour"]),
        _ => true,
    }
}

/// How far around a word with a capital the line is looked at.
const WINDOW: usize = 20;

/// "Six Nations", "the Fifth Avenue", "Les Quatre Cents Coups": a capital amid a sentence is a name's, but in a title every word has one.
pub(super) fn is_in_name(line: &Line, at: usize) -> bool {
    let is_upper = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
    };
    let is_long = |at: usize| {
        line.word(at).is_some_and(|word| word.len() > 4 && word.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let follows =
        at.checked_sub(1).is_some_and(|before| line.word(before).is_some() || line.literal(before).is_some());
    line.word(at).is_some_and(is_upper) && follows && (at.saturating_sub(WINDOW)..at + WINDOW).any(is_long)
}

/// "trois-mâts", "mille-feuille", "one-two": number words that make another word.
fn is_compound(line: &Line, at: usize, end: usize) -> bool {
    let is_joint = |at: usize| {
        line.mark(at).is_some_and(cardinal::is_hyphen) && line.is_glued(at) && line.is_glued(at + 1)
    };
    let makes_noun = cardinal::is_french(line)
        && is_joint(end)
        && line.word(end + 1).is_some()
        && matches!(line.sense(end + 1), Sense::Plain | Sense::Fraction(..));
    let is_second = at > 1 && is_joint(at - 1) && line.is_word(at - 2, &["one"]);
    line.word(at).is_some() && (makes_noun || is_second)
}

/// «مجموعة السبع», «دول العشرين», "the Group of Twenty": a name; «دور الستة عشر», "the round of 16".
fn is_club(line: &Line, at: usize) -> bool {
    if line.literal(at).is_none()
        && !matches!(line.sense(at), Sense::Unit(_) | Sense::Teen(_) | Sense::Ten(_))
    {
        return false;
    }
    let follows = |words: &[&str]| at.checked_sub(1).is_some_and(|before| line.is_word(before, words));
    let is_arabic = line.clitic(at).definite && (follows(CLUBS) || follows(ROUNDS));
    let is_latin = follows(&["of"])
        && at > 1
        && (line.word(at - 2) == Some("Group") || line.is_word(at - 2, &["round"]));
    is_arabic || is_latin
}

/// Words of which a number with the article makes a name, folded: «مجموعة السبع», «دول العشرين», «عين السبع».
const CLUBS: &[&str] =
    &["مجموعه", "ومجموعه", "لمجموعه", "بمجموعه", "دول", "ودول", "لدول", "قمه", "عين", "وعين", "بعين"];

/// Rounds of a competition, called by how many are left, folded: «دور الـ16», «دور الستة عشر».
pub(super) const ROUNDS: &[&str] = &["دور", "الدور", "ودور", "لدور", "بدور"];

/// "one" counts only where it is compared: "at least one", «أكثر من واحد», or is a share.
fn is_meant_one(line: &Line, at: usize, hedge: Hedge) -> bool {
    let is_compared = matches!(hedge, Hedge::AtLeast | Hedge::MoreThan)
        || hedge == Hedge::Exactly && !cardinal::is_french(line);
    let is_the_only = at > 1 && line.is_word(at - 1, &["only"]) && line.is_word(at - 2, &["the"]);
    is_compared && !is_the_only || amount::percent(line, at + 1).is_some()
}

/// "a few", "quelques agents"; not "few", "quelques-uns".
fn is_few(line: &Line, at: usize) -> bool {
    if cardinal::is_french(line) {
        return line.mark(at + 1).is_none();
    }
    at.checked_sub(1).is_some_and(|before| line.is_word(before, &["a"])) && line.word(at + 1).is_some()
}

/// A fraction stands before a scale, or before the whole that it divides.
fn is_fraction(line: &Line, at: usize, worded: &Worded) -> bool {
    let end = worded.amount.end;
    let has_scale = worded.figure.form != crate::quantity::Form::Decimal;
    let is_arabic_whole = line.is_arabic(at)
        && !line.clitic(at).definite
        && !matches!(line.sense(end), Sense::Time(_) | Sense::Ordinal(_))
        && line.word(end).is_some_and(|word| word.starts_with("ال"))
        && !line.is_word(end, &["النهائي", "النهايي", "القرن", "الساعه", "الطريق"]);
    // «بزيادة الثلث»; but «الربع الأول», «النصف الثاني».
    let is_arabic_part = line.is_arabic(at)
        && line.clitic(at).definite
        && !line.word(end).is_some_and(|word| word.starts_with("ال"));
    let is_latin_whole = line.is_word(end, &["of", "des", "de", "du", "d"])
        && !line.is_arabic(at)
        && !matches!(line.sense(end + 1), Sense::Time(_))
        && !line.is_word(end + 1, &["heure"]);
    // "cut by a quarter", "réduit d'un tiers"
    let before = amount_start(line, worded);
    let is_latin_step = !line.is_arabic(at)
        && !at.checked_sub(1).is_some_and(|before| line.is_word(before, &["the", "this", "le", "ce"]))
        && (before.is_some_and(|before| line.is_word(before, &["by", "d"])) || spread::is_change(line, at))
        && vague::ends_step(line, end);
    let follows_ordinal =
        at.checked_sub(1).is_some_and(|before| matches!(line.sense(before), Sense::Ordinal(_)));
    // «نصفهم»: the whole is told before.
    let is_of_it = line
        .folded(at)
        .is_some_and(|word| ["ها", "هم", "هن", "فه", "ثه"].iter().any(|it| word.ends_with(it)));
    // "a month and a half of rain"
    let is_half_more = at > 2
        && line.is_word(at - 1, &["a"])
        && line.is_word(at - 2, &["and"])
        && matches!(line.sense(at - 3), Sense::Time(_));
    has_scale
        || !follows_ordinal
            && !is_half_more
            && (is_arabic_whole
                || is_of_it
                || is_arabic_part
                || is_latin_whole
                || is_latin_step
                || line.is_word(end, &["the"]) && line.is_word(at, &["half"]))
}

/// The token before an amount and its article.
fn amount_start(line: &Line, worded: &Worded) -> Option<usize> {
    let before = worded.amount.start.checked_sub(1)?;
    if line.is_word(before, &["a", "an", "un"]) { before.checked_sub(1) } else { Some(before) }
}

/// Whether a month named without day or year is one: "in May", not "may"; «شهر مارس», not «مارس نشاطه».
pub(super) fn is_month(line: &Line, at: usize) -> bool {
    const CUES: &Words = word_list!(
        "in since until till by last next this from early late mid during of en depuis mois \
         fin debut mi de courant \
         شهر في منذ خلال لشهر بشهر نهايه مطلع اواخر",
    );
    let is_sure = matches!(line.sense(at), Sense::Month(_))
        || matches!(line.token(at).map(|token| token.kind), Some(Kind::Word(..)))
            && line.sense(at) == Sense::Plain;
    is_sure || at.checked_sub(1).is_some_and(|before| line.is_word(before, CUES))
}
