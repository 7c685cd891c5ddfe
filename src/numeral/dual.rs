//! Arabic duals: nouns whose ending says two («قاعتين», «مركزان»).
//!
//! Before the noun that it belongs to, a dual loses its last letter («محطتي أداء»): [`construct`].
//!
//! A feminine dual ends in «تين» or «تان», which few other words do; those are listed. A masculine one looks like many
//! plurals («مواطنين»), so it counts only for nouns that are listed by their singular.

mod construct;
mod nouns;

use super::fold::Folds;
use super::token::Line;
use super::words::{NOON, Sense, YEH};
use nouns::{DUAL_ADJECTIVES, NO_DUALS, NOUNS, NUMBERED, PARTIES, PEOPLE, STEMS_WITH_WAW};

/// What may be written onto a noun, after «و» or «ف».
const PREFIXES: [&str; 7] = ["ال", "لل", "بال", "كال", "ب", "ل", "ك"];

/// Whether the word at `at` is a dual that counts two things.
///
/// The adjective of a dual is a dual itself («قاعتين جديدتين»), and counts nothing more.
pub(super) fn is_dual(line: &Line, at: usize) -> bool {
    // «المادتين 5 و6» names two things and counts none.
    let is_numbered = || {
        line.literal(at + 1).is_some() && super::ordinal::is_plural(line, at)
            || line.is_word(at, NUMBERED)
                && (at + 2..at + 4).any(|at| super::ordinal::joined_to(line, at).is_some())
    };
    let has_form = match line.folded_phrase(at, at).and_then(<[u8]>::last_chunk) {
        Some(&NOON) => {
            (has_dual_form(line, at) || are_two_people(line, at) || are_two_students(line, at))
                && !is_adjective(line, at)
        }
        Some(&YEH) => construct::is_dual(line, at),
        _ => false,
    };
    has_form && line.sense(at) == Sense::Plain && !is_numbered()
}

/// A dual without the conjunction that is written onto it: «فرقتين» of «وفرقتين», but «ولايتين».
pub(super) fn bare(word: &str) -> &str {
    let mut folds = Folds::default();
    let (_, place) = folds.push(word);
    let folded = folds.text(place);
    let is_noun = |dual: &str| {
        stems(dual).any(is_dual_stem) || dual.ends_with("تي") || dual.strip_suffix('ي').is_some_and(is_listed)
    };
    let is_own = STEMS_WITH_WAW.iter().any(|noun| folded.starts_with(noun));
    let is_joined = !is_own && folded.strip_prefix('و').is_some_and(is_noun);
    word.strip_prefix('و').filter(|_| is_joined).unwrap_or(word)
}

fn has_dual_form(line: &Line, at: usize) -> bool {
    let Some(word) = line.word(at).filter(|word| may_be_dual(word)).and_then(|_| line.folded(at)) else {
        return false;
    };
    let is_none = |stem: &str| NO_DUALS.has(stem.as_bytes()) || names_parties(stem);
    stems(word).any(is_dual_stem) && !stems(word).any(is_none)
}

/// «مديرين جديدين»: the adjective tells the dual from the plural.
fn are_two_people(line: &Line, at: usize) -> bool {
    let is_person = |word: &str| {
        stems(word).any(|stem| stem.strip_suffix("ين").is_some_and(|noun| PEOPLE.has(noun.as_bytes())))
    };
    line.is_word(at + 1, DUAL_ADJECTIVES) && line.folded(at).is_some_and(is_person)
}

/// «طالبان جديدان», «بينهم طالبان»; alone, the word is the name of a movement.
fn are_two_students(line: &Line, at: usize) -> bool {
    let is_dual = |word: &str| {
        word.chars().count() > 4 && word.ends_with("ان") && !word.ends_with("ستان") && !word.starts_with("ال")
    };
    let is_among = at.checked_sub(1).is_some_and(|before| line.is_word(before, &["بينهم", "بينهما", "منهم"]));
    let is_told = line.is_word(at + 1, &["كانا", "اثنان"]) || line.folded(at + 1).is_some_and(is_dual);
    line.is_word(at, &["طالبان", "وطالبان"]) && (is_among || is_told)
}

/// The ending of a dual, which is written without vowel signs.
fn may_be_dual(word: &str) -> bool {
    word.len() >= 8 && (word.ends_with("ين") || word.ends_with("ان"))
}

/// Whether a word before is the dual that this one describes: the last one, or, with what belongs to it
/// in between, «محطتي أداء جديدتين», one before that.
fn is_adjective(line: &Line, at: usize) -> bool {
    let begins_anew = line.word(at).is_some_and(|word| word.starts_with('و'));
    let is_behind = |back: usize| {
        at.checked_sub(back).is_some_and(|dual| match back {
            1 => has_dual_form(line, dual) || are_two_people(line, dual),
            _ => line.sense(dual) == Sense::Plain && construct::is_dual(line, dual),
        })
    };
    // «البلدين الشقيقين»: two that are known, and so not counted.
    let is_known = |at: usize| line.folded(at).is_some_and(|word| word.len() >= 8 && word.starts_with("ال"));
    let describes_known = || {
        is_known(at)
            && at
                .checked_sub(1)
                .is_some_and(|dual| is_known(dual) && line.word(dual).is_some_and(may_be_dual))
    };
    !begins_anew && ((1..=3).any(is_behind) || describes_known())
}

/// The word, and the word without the particles and the article that may be written onto it.
fn stems(word: &str) -> impl Iterator<Item = &str> + Clone {
    let bare = ["و", "ف"].iter().find_map(|particle| word.strip_prefix(particle));
    [Some(word), bare].into_iter().flatten().flat_map(|word| {
        let stripped = PREFIXES.iter().filter_map(move |prefix| word.strip_prefix(prefix));
        std::iter::once(word).chain(stripped)
    })
}

/// «الفريقان», but not «فريقان».
fn names_parties(stem: &str) -> bool {
    let noun = stem.strip_suffix("ين").or_else(|| stem.strip_suffix("ان"));
    noun.and_then(|noun| noun.strip_prefix("ال")).is_some_and(|noun| PARTIES.contains(&noun))
}

fn is_dual_stem(stem: &str) -> bool {
    let Some(noun) = stem.strip_suffix("ين").or_else(|| stem.strip_suffix("ان")) else { return false };
    let is_feminine = noun.strip_suffix('ت').is_some_and(|noun| noun.chars().count() >= 2);
    is_feminine || is_listed(noun) || stem.ends_with("ان") && PEOPLE.has(noun.as_bytes())
}

/// Whether news counts the noun by twos.
fn is_listed(noun: &str) -> bool {
    NOUNS.has(noun.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duals(text: &str) -> Vec<&str> {
        let line = Line::whole(text);
        (0..line.len()).filter(|at| is_dual(&line, *at)).filter_map(|at| line.word(at)).collect()
    }

    #[test]
    fn duals_count_once() {
        assert_eq!(duals("افتتاح مكتبتين جديدتين ومركزين بالمدينة"), ["مكتبتين", "ومركزين"]);
        assert_eq!(duals("شاركت فرقتان في يومين"), ["فرقتان", "يومين"]);
    }

    #[test]
    fn the_conjunction_is_no_part_of_a_dual() {
        for (word, expected) in [
            ("وفرقتين", "فرقتين"),
            ("ومركزين", "مركزين"),
            ("ومحطتي", "محطتي"),
            ("ولايتين", "ولايتين"),
            ("وولايتين", "ولايتين"),
            ("وفدين", "وفدين"),
            ("مكتبتين", "مكتبتين"),
        ] {
            assert_eq!(bare(word), expected);
        }
    }

    #[test]
    fn a_dual_before_its_noun_loses_its_last_letter() {
        for (text, expected) in [
            ("يضم الطريق محطتي أداء", "محطتي"),
            ("بناء محطتي وقود", "محطتي"),
            ("افتتاح مركزي إيواء", "مركزي"),
            ("صادق على مشروعي قانون", "مشروعي"),
            ("يضم سبعة جسور ومركزي استقبال", "ومركزي"),
            ("زار مدينتي فاس ومكناس", "مدينتي"),
            ("استفادت من دورتي تكوين", "دورتي"),
            ("لقاء بين غرفتي التجارة والصناعة", "غرفتي"),
            ("أعضاء مجلسي النواب والمستشارين", "مجلسي"),
        ] {
            assert_eq!(duals(text), [expected], "{text}");
        }
    }

    #[test]
    fn possessives_and_adjectives_are_no_duals() {
        for text in [
            "كانت محطتي الأولى في طنجة",
            "هذه محطتي، ومن هنا بدأت",
            "وجهت رسالتي إلى الشباب",
            "قصتي تبدأ هنا",
            "تجربتي كانت صعبة",
            "يأتي قرار اليوم",
            "البنك المركزي المغربي",
            "أنشأ بنكا مركزيا وبنك مركزي مستقل",
            "في مركزي الجديد",
            "نظام معلوماتي متطور",
            "تمرين عملياتي كبير",
            "نص قانوني جديد وشكل نظامي سليم",
            "مستوى صوتي مرتفع",
            "مسؤول حكومي وحزبي سابق",
            "وزير كويتي سابق",
            "بشكل شهري منتظم",
        ] {
            assert!(duals(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn two_students_are_told_from_the_movement() {
        for text in ["حضر طالبان جديدان إلى القاعة", "بينهم طالبان من المعهد", "جاء معلم وطالبان صغيران"]
        {
            assert_eq!(duals(text).len(), 1, "{text}");
        }
        for text in [
            "أعلنت طالبان هدنة",
            "قالت حركة طالبان إنها انسحبت",
            "طالبان أفغانستان وطالبان باكستان",
            "اتفاق مع طالبان والحكومة",
        ] {
            assert!(duals(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn plurals_and_names_are_no_duals() {
        assert!(
            duals("المواطنين والمقيمين في باكستان وأفغانستان وبساتين فلسطين والبلدين بستين والتقى الفريقان")
                .is_empty()
        );
    }
}
