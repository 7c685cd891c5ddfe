//! Verbs by their time, and the words that open a clause: lexicons, and the shapes of one-verb futures
//! («ستفتح», "ouvrira") with the words that only look like them.

use std::borrow::Cow;

use super::lists::{
    AHEAD, AHEAD_ARABIC, APART, BEFORE_NOUN, DONE, DONE_ARABIC, IRREGULAR_STEMS, NOT_FUTURE_ARABIC,
    NOT_FUTURE_ARABIC_STARTS, NOT_FUTURE_FRENCH, OPENERS,
};
use crate::evidence::normalise::Normalised;
use crate::numeral::Words;

/// Whether a clause begins with a word.
pub(super) fn opens(word: &str) -> bool {
    is_one_of(word, OPENERS) || stands_apart(word)
}

/// Whether a clause that begins with a word is no continuation of the one before.
pub(super) fn stands_apart(word: &str) -> bool {
    is_one_of(word, APART)
}

/// Whether an Arabic "and" is written onto a word: with a verb, it opens a clause.
pub(super) fn is_joined(word: &str) -> bool {
    word.starts_with(['و', 'ف'])
}

/// An English participle: a verb of what was, unless it is an adjective.
pub(super) fn is_participle(word: &str) -> bool {
    const OTHERS: [&str; 9] =
        ["hundred", "indeed", "exceed", "speed", "proceed", "succeed", "breed", "unified", "united"];
    word.is_ascii() && word.len() > 4 && word.ends_with("ed") && !OTHERS.contains(&word)
}

/// The words with which a word, alone or with those behind it, speaks of what is still to come.
pub(super) fn ahead<'t>(
    rest: &'t str,
    word: &'t str,
    previous: &str,
    is_french: impl FnOnce() -> bool,
) -> Option<&'t str> {
    if is_arabic(word) {
        let bare = unjoined(rest);
        let phrase = phrase(bare, AHEAD_ARABIC);
        return phrase.or_else(|| {
            if bare.starts_with('س') && is_arabic_future(&fold(word)) { Some(word) } else { None }
        });
    }
    if let Some(phrase) = phrase(rest, AHEAD) {
        let is_noun = phrase == "will" && BEFORE_NOUN.contains(&previous);
        // "as planned", « comme prévu »: what was done.
        let is_kept =
            matches!(phrase, "planned" | "prévu") && ["as", "than", "comme", "que"].contains(&previous);
        return if is_noun || is_kept { None } else { Some(phrase) };
    }
    let is_shaped = is_french_future(elided(word), rest, word) || is_near_future(rest, word);
    if is_shaped && is_french() { Some(word) } else { None }
}

/// Whether a word is a verb of what is or was.
pub(super) fn is_done(word: &str, is_french: impl FnOnce() -> bool) -> bool {
    match word {
        // An article in English.
        "a" => is_french(),
        _ if is_arabic(word) => is_one_of(word, DONE_ARABIC),
        _ => DONE.has(word.as_bytes()) || is_participle(word),
    }
}

/// Whether a word stands in a list, with or without an Arabic "and".
fn is_one_of(word: &str, list: &Words) -> bool {
    let folded = fold(word);
    list.has(folded.as_bytes()) || list.has(unjoined(&folded).as_bytes())
}

/// A text without the Arabic "and" that is written onto its first word.
fn unjoined(text: &str) -> &str {
    text.strip_prefix(['و', 'ف']).unwrap_or(text)
}

/// The longest phrase of a list with which a text begins.
fn phrase<'t>(rest: &'t str, phrases: &[&str]) -> Option<&'t str> {
    let begins = phrases.iter().filter(|phrase| rest.starts_with(**phrase));
    let whole = begins.filter(|phrase| {
        let behind = rest.get(phrase.len()..).and_then(|behind| behind.chars().next());
        !behind.is_some_and(char::is_alphanumeric)
    });
    whole.map(|phrase| phrase.len()).max().and_then(|length| rest.get(..length))
}

fn is_arabic(word: &str) -> bool {
    word.chars().next().is_some_and(|first| matches!(first, '\u{600}'..='\u{6FF}'))
}

/// A word in normal form.
fn fold(word: &str) -> Cow<'_, str> {
    // Other scripts have lexicons as they are written.
    if is_arabic(word) { Normalised::of(word).as_str().to_owned().into() } else { word.into() }
}

/// «ستفتح», «وسيشمل»: the particle of the future on a verb of the third person.
fn is_arabic_future(word: &str) -> bool {
    let bare = unjoined(word);
    let is_shaped = ["سي", "ست"].iter().any(|start| bare.starts_with(start)) && bare.chars().count() > 3;
    // No verb ends like a noun.
    let is_noun = bare.ends_with('ة')
        || bare.ends_with("ات")
        || NOT_FUTURE_ARABIC.has(bare.as_bytes())
        || NOT_FUTURE_ARABIC_STARTS.iter().any(|start| bare.starts_with(start));
    is_shaped && !is_noun
}

/// "qu'ouvrira", "n'ouvrira": the verb alone.
fn elided(word: &str) -> &str {
    let cut = word.char_indices().find(|(at, char)| matches!(char, '\'' | '’') && *at <= 2);
    cut.and_then(|(at, mark)| word.get(at + mark.len_utf8()..)).unwrap_or(word)
}

/// "ouvrira", "accueilleront": an infinitive, or the stem of an irregular verb, with the ending of the future.
fn is_french_future(verb: &str, rest: &str, word: &str) -> bool {
    let Some(stem) = verb.strip_suffix("a").or_else(|| verb.strip_suffix("ont")) else { return false };
    let is_infinitive =
        ["er", "ir", "dr", "vr", "ttr", "îtr", "aitr", "mpr"].iter().any(|end| stem.ends_with(end));
    let is_shaped =
        verb.starts_with(char::is_lowercase) && (is_infinitive || IRREGULAR_STEMS.has(stem.as_bytes()));
    // "aura permis" is what was done until then.
    let done = stem == "aur" && next_word(rest, word).is_some_and(is_french_participle);
    is_shaped && !done && !NOT_FUTURE_FRENCH.has(verb.as_bytes())
}

/// "va construire", "vont ouvrir".
fn is_near_future(rest: &str, word: &str) -> bool {
    let is_infinitive = |next: &str| ["er", "ir", "re", "oir"].iter().any(|end| next.ends_with(end));
    matches!(word, "va" | "vont") && next_word(rest, word).is_some_and(is_infinitive)
}

fn next_word<'t>(rest: &'t str, word: &str) -> Option<&'t str> {
    rest.get(word.len()..)?.split_whitespace().next()
}

fn is_french_participle(word: &str) -> bool {
    const IRREGULAR: [&str; 12] =
        ["permis", "été", "eu", "fait", "reçu", "vu", "pris", "mis", "fallu", "connu", "ouvert", "offert"];
    ["é", "ée", "és", "ées"].iter().any(|end| word.ends_with(end)) || IRREGULAR.contains(&word)
}

/// Whether a sentence is French by its smallest words: elsewhere no word is a French future.
pub(super) fn is_french(sentence: &str) -> bool {
    let mut is_there = false;
    for word in sentence.split(|char: char| !char.is_alphanumeric()) {
        match word {
            "the" | "of" | "and" | "to" | "was" => return false,
            "le" | "la" | "les" | "des" | "du" | "de" | "et" | "en" | "au" | "aux" | "un" | "une" | "Le"
            | "La" | "Les" | "L" | "l" | "d" | "il" | "Il" => is_there = true,
            _ => {}
        }
    }
    is_there
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexicons_are_in_normal_form() {
        let phrases = [AHEAD_ARABIC, NOT_FUTURE_ARABIC_STARTS].into_iter().flatten().copied();
        let words = [DONE_ARABIC, OPENERS, APART, NOT_FUTURE_ARABIC].into_iter().flat_map(Words::words);
        for word in phrases.chain(words).filter(|word| is_arabic(word)) {
            assert_eq!(Normalised::of(word).as_str(), word);
        }
    }

    #[test]
    fn futures_of_one_verb_are_known_by_their_shape() {
        let arabic = |word: &str| is_arabic_future(&fold(word));
        for word in [
            "ستفتح",
            "وسيتم",
            "سيناقش",
            "سيرتفع",
            "ستؤدي",
            "سيأتي",
            "فستبلغ",
            "سيدخل",
            "ستقع",
            "سيطرح",
            "سيرجع",
        ] {
            assert!(arabic(word), "{word}");
        }
        for word in [
            "سنة",
            "سنوات",
            "ستة",
            "ستون",
            "ستين",
            "ستمائة",
            "ستمئة",
            "سيدي",
            "سيارة",
            "سيارات",
            "سيارتين",
            "ساعة",
            "سلا",
            "سيشل",
            "سياسي",
            "السيارة",
            "سيئا",
            "سيناء",
            "ستائر",
            "سيراليون",
        ] {
            assert!(!arabic(word), "{word}");
        }
        let french = |word: &str| is_french_future(elided(word), word, word);
        for word in [
            "ouvrira",
            "accueillera",
            "recevra",
            "tiendra",
            "seront",
            "iront",
            "aura",
            "pourront",
            "mettra",
            "n'atteindra",
            "qu’ouvriront",
            "paraîtra",
            "rompra",
            "bâtira",
            "créera",
        ] {
            assert!(french(word), "{word}");
        }
        for word in [
            "Sahara", "opéra", "caméra", "Zahra", "Kénitra", "Témara", "choléra", "front", "inaugura",
            "montra", "enterra", "entra", "extra", "ultra", "tira", "livra", "Ankara", "gandoura",
        ] {
            assert!(!french(word), "{word}");
        }
    }
}
