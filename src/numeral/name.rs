//! Figures that are part of something else: names and models, laws, scores, times of day, phone numbers, the furniture of a page.

mod called;
mod coded;
mod nouns;
mod pairs;

use super::address;
use super::cardinal;
use super::digits;
use super::mention::Class;
use super::noun;
use super::ordinal;
use super::plausible::ROUNDS;
use super::token::Line;
use super::words::Sense;
use super::year;
use coded::{is_code, is_day, is_highway, is_provision, is_union};
use nouns::{
    CURRENCIES, ENDINGS, LAWS, MODELS, OF_REGISTERS, PHONES, PREFIXES, REFERENCES, REGISTERS, SENDING,
};
use pairs::{is_set, told_twice};

/// How far a run of touching tokens is followed.
const LONGEST_RUN: usize = 24;

/// A name part or furniture that begins with the literal at `at`: its class and the token after it.
pub(super) fn read(line: &Line, at: usize) -> Option<(Class, usize)> {
    furniture(line, at)
        .map(|end| (Class::Furniture, end))
        .or_else(|| name_part(line, at).map(|end| (Class::NamePart, end)))
}

fn furniture(line: &Line, at: usize) -> Option<usize> {
    let literal = line.literal(at)?;
    let before = at.checked_sub(1);
    let is_long = literal.chars().take(7).count() == 7 || line.literal(at + 1).is_some();
    let follows_plus = before.and_then(|before| line.mark(before)) == Some('+') && line.is_glued(at);
    let is_international = follows_plus && is_long;
    if is_international
        || is_called(line, at, LONGEST_CHAIN)
        || is_dialled(line, at, literal)
        || called::is_service(line, at)
        || is_chain(line, at)
    {
        return Some(end_of_groups(line, at));
    }
    let is_footnote = before.and_then(|before| line.mark(before)) == Some('[')
        && line.mark(at + 1) == Some(']')
        && line.is_glued(at)
        && line.is_glued(at + 1);
    (is_footnote || is_item(line, at, literal) || in_address(line, at) || address::is_postal(line, at))
        .then_some(at + 1)
}

/// How many numbers of one list, of phones or provisions, are followed back.
const LONGEST_CHAIN: usize = 4;

/// "call 19", "composez le 3737", "le 19 ou le 177", "text YES to 5050"; `chain` numbers before it may carry the verb.
fn is_called(line: &Line, at: usize, chain: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let verb = before.saturating_sub(usize::from(line.is_word(before, &["le", "au", "the", "علي"])));
    let is_sent = line.is_word(before, &["to", "au"])
        && line.word(at + 1).is_none()
        && (2..=4).filter_map(|back| at.checked_sub(back)).any(|back| line.is_word(back, SENDING));
    let is_or =
        line.is_word(verb, &["or", "ou", "او", "et", "and"]) || verb < before && line.mark(verb) == Some(',');
    let is_and = line.clitic(at).and && line.literal(before).is_some();
    let other = if is_and { Some(before) } else { verb.checked_sub(1).filter(|_| is_or) };
    let is_alternative = || {
        other.is_some_and(|other| {
            line.literal(other).is_some() && chain > 0 && is_called(line, other, chain - 1)
        })
    };
    // "le 19, numéro de la police"
    let is_explained =
        line.is_word(before, &["le"]) && line.mark(at + 1) == Some(',') && line.is_word(at + 2, &["numero"]);
    // «الاتصال على 911»
    let is_reached =
        verb < before && line.is_word(verb, &["الاتصال", "والاتصال", "بالاتصال", "اتصلوا", "للاتصال"]);
    // «بلغ الرقم 30 ألفا»
    let is_scaled =
        matches!(line.sense(at + 1), Sense::Scale(_) | Sense::ScalePlural(_)) && !line.clitic(at + 1).and;
    let counts =
        || is_scaled || super::amount::percent(line, at + 1).is_some() || noun::is_counted(line, at + 1);
    (line.is_word(verb, PHONES) || is_reached || is_explained || is_sent || is_alternative()) && !counts()
}

/// A leading zero before many digits, or before more pairs of digits.
fn is_dialled(line: &Line, at: usize, literal: &str) -> bool {
    if literal.chars().next().and_then(digits::digit) != Some('0') {
        return false;
    }
    let is_whole = literal.chars().all(|c| digits::digit(c).is_some());
    let is_long = literal.chars().take(6).count() == 6;
    let goes_on = line.literal(at + 1).is_some() && line.literal(at + 2).is_some()
        || line.mark(at + 1).is_some_and(cardinal::is_hyphen)
            && line.is_glued(at + 1)
            && line.is_glued(at + 2)
            && line.literal(at + 2).is_some_and(|next| next.len() > 2);
    // "0 800 130 000"
    let is_free_call = literal.len() == 1 && line.literal(at + 1).is_some_and(|next| next.len() >= 7);
    is_whole
        && (is_long
            || goes_on
            || is_free_call
            || literal.chars().count() == 4 && line.literal(at + 1).is_some())
}

/// Three groups or more with hyphens between them, which no date has: `1-800-555-0199`.
fn is_chain(line: &Line, at: usize) -> bool {
    let is_hyphen = |at| line.mark(at).is_some_and(cardinal::is_hyphen);
    let are_glued = (at + 1..=at + 4).all(|at| line.is_glued(at));
    are_glued
        && is_hyphen(at + 1)
        && is_hyphen(at + 3)
        && line.literal(at + 2).is_some()
        && line.literal(at + 4).is_some()
}

/// Past the groups of a phone number.
fn end_of_groups(line: &Line, at: usize) -> usize {
    let mut end = at + 1;
    while end < at + 8 {
        let is_hyphen = line.mark(end).is_some_and(cardinal::is_hyphen) && line.is_glued(end);
        let next = end + usize::from(is_hyphen);
        if line.literal(next).is_none() || line.clitic(next).and {
            break;
        }
        end = next + 1;
    }
    end
}

/// "1." or "2)" at the start of a line.
fn is_item(line: &Line, at: usize, literal: &str) -> bool {
    let is_marked =
        matches!(line.mark(at + 1), Some('.' | ')' | '-')) && line.is_glued(at + 1) && !line.is_glued(at + 2);
    at == 0 && literal.len() <= 4 && is_marked && line.len() > 2
}

/// Part of an address or of a page's own code: `body.postid-1152232`, `https://…/2024/05`, `x@y.ma`.
fn in_address(line: &Line, at: usize) -> bool {
    let first = run_start(line, at);
    let mut end = at + 1;
    while line.is_glued(end) && end - at < LONGEST_RUN {
        end += 1;
    }
    if end - first < 3 {
        return false;
    }
    let is_sign = |at: usize| matches!(line.mark(at), Some('@' | '_' | '=' | '#' | '&'));
    let is_scheme = |at: usize| line.mark(at) == Some(':') && line.mark(at + 1) == Some('/');
    let is_dotted = |at: usize| {
        line.mark(at) == Some('.')
            && is_latin_word(line, at.wrapping_sub(1))
            && is_latin_word(line, at + 1)
            && line.is_glued(at)
            && line.is_glued(at + 1)
    };
    (first..end).any(|at| is_sign(at) || is_scheme(at) || is_dotted(at) && at > first)
}

fn run_start(line: &Line, at: usize) -> usize {
    let mut first = at;
    while first > 0 && line.is_glued(first) && at - first < LONGEST_RUN {
        first -= 1;
    }
    first
}

fn is_latin_word(line: &Line, at: usize) -> bool {
    line.word(at).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

fn name_part(line: &Line, at: usize) -> Option<usize> {
    let literal = line.literal(at)?;
    let after = around_slash(line, at)
        .or_else(|| time_of_day(line, at))
        .or_else(|| score(line, at))
        .or_else(|| told_twice(line, at))
        .or_else(|| called::read(line, at));
    if after.is_some() {
        return after;
    }
    let is_named = is_reference(line, at, literal)
        || is_qualified_law(line, at)
        || is_provision(line, at)
        || is_highway(line, at)
        || is_registered(line, at);
    if is_named || touches_letters(line, at) {
        return Some(end_of_reference(line, at));
    }
    if is_compound(line, at) {
        return Some(at + 3);
    }
    let is_named = follows_name(line, at)
        || is_union(line, at)
        || is_day(line, at)
        || address::is_proper(line, at)
        || is_model(line, at);
    (is_named || ends_in_letters(line, at)).then_some(at + 1)
}

/// `24/7`, `12/45`, `18/2021/55`: anything with a slash that is no date, year or fraction.
fn around_slash(line: &Line, at: usize) -> Option<usize> {
    let start = at + 1 + usize::from(line.is_glued(at + 1) && line.is_word(at + 1, &["h", "j"]));
    let is_slash = line.mark(start) == Some('/') && line.is_glued(start) && line.is_glued(start + 1);
    let second = line.literal(start + 1).filter(|_| is_slash)?;
    let is_week = matches!((line.literal(at)?, second), ("24" | "7", "7" | "24"));
    let ends = start + 2 + usize::from(line.is_glued(start + 2) && line.is_word(start + 2, &["h", "j"]));
    let is_code =
        !year::is_pair(line, at) && year::short_season(line, at).is_none() && fraction_of(line, at).is_none();
    let goes_on = line.mark(ends) == Some('/') && line.is_glued(ends) && line.literal(ends + 1).is_some();
    (is_week || is_code).then_some(ends + if goes_on { 2 } else { 0 })
}

/// `2/3`: a proper fraction of small numbers.
pub(super) fn fraction_of(line: &Line, at: usize) -> Option<(u8, u8)> {
    let small = |at| {
        line.literal(at).filter(|literal| literal.len() <= 2).and_then(|literal| literal.parse::<u8>().ok())
    };
    let is_slash = line.mark(at + 1) == Some('/')
        && line.is_glued(at + 1)
        && line.is_glued(at + 2)
        && !line.is_glued(at + 3);
    let (parts, whole) = small(at).zip(small(at + 2)).filter(|_| is_slash)?;
    (0 < parts && parts < whole && whole <= 10).then_some((parts, whole))
}

/// `14:30`, `14h30`, "9 a.m.", «الساعة 8».
fn time_of_day(line: &Line, at: usize) -> Option<usize> {
    let is_clock = line.mark(at + 1) == Some(':') || line.is_word(at + 1, &["h"]);
    let is_precise =
        is_clock && line.is_glued(at + 1) && line.is_glued(at + 2) && line.literal(at + 2).is_some();
    if is_precise {
        return Some(at + 3);
    }
    if line.is_word(at + 1, &["a", "p"]) && line.mark(at + 2) == Some('.') && line.is_word(at + 3, &["m"]) {
        return Some(at + 4);
    }
    if let Some(end) = spelled_hour(line, at).or_else(|| minutes_of_clock(line, at)) {
        return Some(end);
    }
    let is_hour = at.checked_sub(1).is_some_and(|before| line.is_word(before, CLOCKS))
        || line.is_glued(at + 1) && line.is_word(at + 1, &["h", "am", "pm"]);
    is_hour.then_some(at + 1 + usize::from(line.is_glued(at + 1) && line.is_word(at + 1, &["h", "am", "pm"])))
}

/// The 40 of «الساعة 5 و40 دقيقة».
fn minutes_of_clock(line: &Line, at: usize) -> Option<usize> {
    let follows_hour = at > 1 && line.is_word(at - 2, CLOCKS);
    let is_minute = line.clitic(at).and && line.is_word(at + 1, &["دقيقه", "دقائق", "دقايق"]);
    (follows_hour && is_minute).then_some(at + 2)
}

/// The hour, before its number.
const CLOCKS: &[&str] = &["الساعه", "والساعه", "بالساعه"];

/// "9 o'clock", "10 h 30", "à 9 heures".
fn spelled_hour(line: &Line, at: usize) -> Option<usize> {
    if line.is_word(at + 1, &["o"]) && line.is_word(at + 2, &["clock"]) {
        return Some(at + 3);
    }
    let is_small = line.literal(at).is_some_and(|hour| hour.chars().count() <= 2);
    if line.is_word(at + 1, &["am", "pm"])
        || is_small && line.is_word(at + 1, &["صباحا", "مساء", "ظهرا", "ليلا", "زوالا"])
    {
        return Some(at + 2);
    }
    let is_hour = line.is_word(at + 1, &["h", "heure", "heures"]);
    let is_minute = line.literal(at + 2).is_some_and(|minutes| minutes.len() == 2);
    if is_hour && is_minute {
        return Some(at + 3);
    }
    let is_told = at.checked_sub(1).is_some_and(|before| {
        line.word(before) == Some("à")
            || line.sense(before) == Sense::Weekday
            || is_small && line.is_word(before, &["vers", "des", "avant", "apres"])
    });
    // "de 8 h à 19 h"
    let is_opening = line.word(at + 2) == Some("à") && line.is_word(at + 4, &["h", "heure", "heures"]);
    (is_hour && (is_told || is_opening) && !line.is_word(at + 2, &["de", "d"])).then_some(at + 2)
}

/// `3-1`, `50-50`: two small numbers that do not rise.
fn score(line: &Line, at: usize) -> Option<usize> {
    let small = |at| {
        line.literal(at).filter(|literal| literal.len() <= 2).and_then(|literal| literal.parse::<u8>().ok())
    };
    let is_dash =
        matches!(line.mark(at + 1), Some('-' | '–')) && line.is_glued(at + 1) && line.is_glued(at + 2);
    let (first, second) = small(at).zip(small(at + 2)).filter(|_| is_dash)?;
    let is_percent = super::amount::percent(line, at + 3).is_some();
    let goes_on = line.is_glued(at + 3)
        && !matches!(line.mark(at + 3), Some('.' | ',' | '،' | ';' | '؛' | ')' | '!' | '؟'));
    ((second <= first || is_set(line, at)) && !is_percent && !goes_on).then_some(at + 3)
}

/// `TASER-7`, `A320`, `H1N1`: letters touch the figure from the left.
fn touches_letters(line: &Line, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| line.is_glued(at)) else { return false };
    if let Some(word) = line.word(before) {
        return !line.is_word(before, CURRENCIES) && !is_money(line, at, word);
    }
    let is_joint = |mark| cardinal::is_hyphen(mark) || matches!(mark, '/' | '+');
    let Some(word) =
        before.checked_sub(1).filter(|_| line.mark(before).is_some_and(is_joint) && line.is_glued(before))
    else {
        return false;
    };
    let is_number = !matches!(line.sense(word), Sense::Plain | Sense::Marker);
    line.word(word).is_some() && !is_number && !line.is_word(word, PREFIXES)
}

/// "P2.1 billion", "N1,436": one capital that touches what no model is numbered with.
fn is_money(line: &Line, at: usize, letter: &str) -> bool {
    let is_scaled = matches!(line.sense(at + 1), Sense::Scale(_));
    let is_grouped = line
        .literal(at)
        .is_some_and(|literal| literal.split_once(',').is_some_and(|(_, group)| group.len() == 3));
    letter.len() == 1 && letter.starts_with(|c: char| c.is_ascii_uppercase()) && (is_scaled || is_grouped)
}

/// `5G`, `3D`, `7-Eleven`: letters touch the figure from the right that are no unit.
fn ends_in_letters(line: &Line, at: usize) -> bool {
    let next = at + 1;
    if !line.is_glued(next) {
        return false;
    }
    if let Some(word) = line.word(next) {
        let is_capital = word.len() == 1 && word.starts_with(char::is_uppercase);
        let is_scaled = noun::is_counted(line, next + 1)
            || at
                .checked_sub(1)
                .and_then(|before| line.mark(before))
                .is_some_and(|mark| "$€£".contains(mark));
        return !line.is_arabic(next)
            && (!line.is_word(next, ENDINGS)
                || is_capital && !is_scaled
                || line.literal(next + 1).is_some() && line.is_glued(next + 1));
    }
    false
}

/// "737 MAX", «737 ماكس», "two 787s"; "in her 60s" is an age.
fn is_model(line: &Line, at: usize) -> bool {
    let is_cased =
        line.is_arabic(at + 1) || line.word(at + 1).is_some_and(|word| word.starts_with(char::is_uppercase));
    let has_s = line.is_glued(at + 1) && line.word(at + 1) == Some("s");
    let is_owned =
        at.checked_sub(1).is_some_and(|before| line.is_word(before, &["his", "her", "their", "my", "our"]));
    let is_decade = line.literal(at).is_some_and(|literal| literal.ends_with('0'));
    is_cased && line.is_word(at + 1, MODELS) || has_s && (is_owned || !is_decade)
}

/// A number in a register: «السجل التجاري 12345», "registre du commerce 48213", "tax number 405122".
fn is_registered(line: &Line, at: usize) -> bool {
    let is_long = line
        .literal(at)
        .is_some_and(|literal| literal.len() >= 4 && literal.chars().all(|c| digits::digit(c).is_some()));
    let register = (1..=3)
        .filter_map(|back| at.checked_sub(back))
        .find(|register| is_long && line.is_word(*register, REGISTERS));
    let is_link = |at: usize| {
        line.is_word(at, OF_REGISTERS) || line.folded(at).is_some_and(|word| word.starts_with("ال"))
    };
    let counts = || {
        noun::is_counted(line, at + 1)
            || line.is_arabic(at + 1)
                && line.sense(at + 1) == Sense::Plain
                && !line.word(at + 1).is_some_and(|word| word.starts_with('و'))
    };
    is_long
        && register.is_some_and(|register| (register + 1..at).all(is_link))
        && !is_recent_year(line, at)
        && !counts()
}

/// `7-Eleven`, «26-أ-11873»: a hyphen and a capital or a single Arabic letter behind the figure.
fn is_compound(line: &Line, at: usize) -> bool {
    let is_hyphen = line.mark(at + 1).is_some_and(cardinal::is_hyphen);
    let is_glued = line.is_glued(at + 1) && line.is_glued(at + 2);
    let is_letter = |word: &str| line.is_arabic(at + 2) && word.chars().count() == 1;
    is_hyphen
        && is_glued
        && line.word(at + 2).is_some_and(|word| word.starts_with(char::is_uppercase) || is_letter(word))
}

/// A short number after a word in capitals, with nothing that it could count: "TASER 7".
fn follows_name(line: &Line, at: usize) -> bool {
    let is_short = line.literal(at).is_some_and(|literal| literal.len() <= 5);
    let Some(before) = at.checked_sub(1).filter(|_| is_short) else { return false };
    // "S&P 500"
    let is_joined = before > 1 && line.mark(before - 1) == Some('&') && line.is_glued(before);
    let is_free = || {
        line.word(at + 1).is_none()
            || !line.is_arabic(at + 1)
                && matches!(line.sense(at + 1), Sense::Plain | Sense::Marker | Sense::And)
                && !noun::is_counted(line, at + 1)
    };
    line.word(before).is_some_and(|word| is_capitals(word) || is_joined)
        && !line.is_word(before, CURRENCIES)
        && is_free()
        && !is_recent_year(line, at)
        && super::amount::percent(line, at + 1).is_none()
}

/// "TASER", "UE".
fn is_capitals(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase())
}

/// A number that news tells years with.
fn is_recent_year(line: &Line, at: usize) -> bool {
    super::date::year_at(line, at).is_some_and(|year| (1900..=2099).contains(&year))
}

/// Past the last part of "51-17" and "2-18-622".
fn end_of_reference(line: &Line, at: usize) -> usize {
    let goes_on = |at: usize| {
        matches!(line.mark(at), Some('-' | '–' | '/' | '.'))
            && line.is_glued(at)
            && line.is_glued(at + 1)
            && line.literal(at + 1).is_some()
    };
    let mut end = at + 1;
    while goes_on(end) && end < at + LONGEST_RUN {
        end += 2;
    }
    end
}

/// «القانون التنظيمي 113.14», "loi organique 113-14": an adjective stands between the law and its number.
fn is_qualified_law(line: &Line, at: usize) -> bool {
    let noun =
        || (2..=3).filter_map(|back| at.checked_sub(back)).find(|noun| ordinal::is_any(line, *noun, LAWS));
    is_code(line, at) && noun().is_some_and(|noun| (noun + 1..at).any(|at| line.word(at).is_some()))
}

/// A law, a decree, a model; a code with several dots.
fn is_reference(line: &Line, at: usize, literal: &str) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_numero = matches!(line.mark(before), Some('°' | 'º' | '№' | '#'))
        || line.mark(before) == Some('.') && at > 1 && line.is_word(at - 2, &["no", "nr"]);
    let is_named = (line.is_word(before, REFERENCES) || ordinal::is_any(line, before, LAWS))
        && !ordinal::is_bare(line, at);
    // «ائتلاف القانون 728 ألف صوت»
    let is_scaled =
        matches!(line.sense(at + 1), Sense::Scale(_) | Sense::ScalePlural(_)) && !line.clitic(at + 1).and;
    let is_named = is_named && !is_scaled;
    // "junctions 4, 5 and 6"
    let mut first = at;
    while let Some(other) = ordinal::joined_to(line, first).filter(|_| at - first < LONGEST_RUN) {
        first = other;
    }
    let is_second =
        first < at && first > 0 && line.is_word(first - 1, REFERENCES) && !noun::is_counted(line, at + 1);
    // "winds of force 7"
    let is_force =
        line.is_word(before, &["force", "القوه"]) && literal.len() <= 2 && !noun::is_counted(line, at + 1);
    // «دور الـ16»
    let is_round = line.clitic(at).definite && line.is_word(before, ROUNDS);
    let is_year = super::date::year_at(line, at).is_some_and(|year| year >= 1900);
    is_numero || is_round || is_second || is_force || is_named && literal.chars().count() <= 9 && !is_year
}
