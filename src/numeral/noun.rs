//! The noun that a figure counts.

use std::ops::Range;

use super::cardinal;
use super::list::{Words, word_list};
use super::ordinal;
use super::share;
use super::token::Line;
use super::words::Sense;

/// Nouns that news counts by the thousand, folded: a year-like number before one of them is a count.
const COUNTED: &Words = word_list!(
    "شخص شخصا مواطن مواطنا مواطنه منصب عامل عاملا درهم درهما دولار دولارا يورو زائر زائرا طالب \
     طالبا تلميذ تلميذا شرطي شرطيا سياره دراجه مركبه قضيه شكايه ملف ملفا رخصه بطاقه وحده كيلومتر \
     كيلومترا متر مترا هكتار هكتارا طن طنا مشارك مشاركا مستفيد مستفيدا مستفيده حاله عمليه تدخل \
     تدخلا مكالمه اتصال اتصالا اصابه قتيل قتيلا جريح جريحا منزل منزلا مسكن مسكنا شقه مدرسه مقاوله \
     شركه جمعيه نشاط نشاطا متطوع متطوعا موظف موظفا مهاجر مهاجرا كيلوغرام كيلوغراما لتر سائح سائحا \
     مقعد مقعدا مسافر مسافرا متفرج متفرجا لاجئ لاجئا نسمه اسره مريض مريضا سرير سريرا طبيب طبيبا \
     استاذ استاذا جندي جنديا ناخب ناخبا صوت صوتا فلاح فلاحا راس راسا شجره وثيقه نسخه كتاب كتابا \
     مترشح مترشحا ساعه يوما",
);

/// The noun of the amount between two tokens: what follows it, or what a definite Arabic number describes («الأيام الخمسة»).
pub(super) fn of_amount(line: &Line, tokens: &Range<usize>, is_percent: bool) -> Option<String> {
    if is_percent {
        let of = line.is_word(tokens.end, &["of", "de", "d", "des", "du", "من"]);
        return noun(line, tokens.end + 1).filter(|_| of);
    }
    if let Some(noun) = share::noun(line, tokens) {
        return Some(noun.to_owned());
    }
    let describes =
        line.is_arabic(tokens.start) && line.clitic(tokens.start).definite && !line.clitic(tokens.start).and;
    let is_free = line
        .word(tokens.end)
        .is_none_or(|word| ["ال", "لل", "ل", "ب"].iter().any(|particle| word.starts_with(particle)));
    let before = tokens.start.checked_sub(1).filter(|before| describes && is_free && line.is_arabic(*before));
    before.and_then(|before| line.word(before)).map(str::to_owned).or_else(|| after(line, tokens.end))
}

/// The noun right after token `end`, past "of" and its like.
pub(super) fn after(line: &Line, end: usize) -> Option<String> {
    if let Some(mark) = line.mark(end) {
        let is_compound = cardinal::is_hyphen(mark) && line.is_glued(end) && line.is_glued(end + 1);
        return if is_compound {
            noun(line, end + 1)
        } else {
            Some(mark.to_string()).filter(|_| "$€£".contains(mark))
        };
    }
    noun(line, end + usize::from(line.is_word(end, &["of", "de", "d", "des", "من"])))
}

/// Adjectives that stand before what is counted: "3 new schools", "les 5 dernières années".
const ADJECTIVES: &Words = word_list!(
    "new last next first additional extra percentage main major different young local foreign \
     nouveaux nouvelles nouveau nouvelle premiers premieres derniers dernieres prochains \
     prochaines grands grandes petits petites jeunes",
);

fn noun(line: &Line, at: usize) -> Option<String> {
    let at = at
        + usize::from(
            line.is_word(at, ADJECTIVES) && line.sense(at + 1) == Sense::Plain && line.word(at + 1).is_some(),
        );
    let is_period = matches!(line.sense(at), Sense::Time(_)) && super::date::year_at(line, at + 1).is_some();
    if is_period || line.word(at) == Some("à") {
        return None;
    }
    let may_be = matches!(line.sense(at), Sense::Plain | Sense::Time(_) | Sense::Unit(_) | Sense::Ordinal(_));
    let is_noun = may_be
        && !line.clitic(at).and
        && !line.is_word(at, &["more", "other", "plus", "autres", "less", "fewer", "below", "above", "اصل"]);
    line.word(at).filter(|_| is_noun).map(str::to_owned)
}

/// The token after a half that stands behind a noun, at `at`: «سنوات ونصف», "ans et demi", "years and a half".
pub(super) fn half(line: &Line, at: usize) -> Option<usize> {
    let follows_noun = at.checked_sub(1).is_some_and(|noun| {
        matches!(line.sense(noun), Sense::Plain | Sense::Time(_)) && line.word(noun).is_some()
    });
    let is_half = |at: usize| line.sense(at) == Sense::Fraction(1, 2);
    let end = match () {
        () if line.is_arabic(at) && line.clitic(at).and && is_half(at) => at + 1,
        () if line.sense(at) == Sense::And && line.is_word(at + 1, &["demi", "demie"]) => at + 2,
        () if line.is_word(at, &["and"]) && line.is_word(at + 1, &["a"]) && is_half(at + 2) => at + 3,
        () => return None,
    };
    // «ونصف السكان», "and half of them": a half of something else.
    let divides = line.is_word(end, &["of", "de", "d", "des", "du"])
        || matches!(line.sense(end), Sense::Scale(_) | Sense::ScalePlural(_))
        || line.is_arabic(end) && line.word(end).is_some_and(|word| word.starts_with("ال"));
    (follows_noun && !divides && !line.clitic(at).definite).then_some(end)
}

/// Whether the word behind the number at `at` has the form that a counted noun takes: the singular behind more than ten, a
/// plural behind fewer.
pub(super) fn is_counted_form(line: &Line, at: usize) -> bool {
    let (Some(number), Some(noun)) = (line.literal(at), line.folded(at + 1)) else { return false };
    match number.chars().count() {
        _ if noun.starts_with("وال") => false,
        1 => noun.ends_with("ات") || is_broken_plural(noun),
        2 => noun.ends_with(['ا', 'ه']),
        _ => !noun.starts_with(['ي', 'س', 'و']),
    }
}

/// «مشاريع», «مدارس», «أقسام»: an alef after the second letter, or before the last of a word that begins with one.
pub(super) fn is_broken_plural(noun: &str) -> bool {
    let letters: Vec<char> = noun.chars().take(7).collect();
    let third = letters.get(2) == Some(&'ا') && matches!(letters.len(), 5 | 6);
    let fourth = letters.first() == Some(&'ا') && letters.get(3) == Some(&'ا') && letters.len() == 5;
    (third || fourth) && !noun.starts_with(['ي', 'ت', 'س', 'ن'])
}

/// The noun of a place in a series: before it in Arabic («النسخة الثالثة») and in "Article 5", else after it.
pub(super) fn numbered(line: &Line, tokens: &Range<usize>) -> Option<String> {
    let before = tokens
        .start
        .checked_sub(1)
        .filter(|before| line.is_arabic(*before) || ordinal::is_numbered(line, *before));
    // «المنطقة الأمنية الخامسة»: an adjective may stand between.
    let before = before.map(|before| match before.checked_sub(1) {
        Some(noun) if !ordinal::is_numbered(line, before) && ordinal::is_numbered(line, noun) => noun,
        _ => before,
    });
    before.and_then(|before| line.word(before)).map(str::to_owned).or_else(|| noun(line, tokens.end))
}

/// Words in "s" that are no plural: small words, and verbs that a year may stand before.
const NO_PLURALS: &Words = word_list!(
    "was has does this plus alors mais vers sous sans dans puis apres puts sets shows says \
     provides brings comes ends begins starts remains marks runs takes makes gives sees aims calls \
     covers adds means needs raises cuts falls rises always perhaps unless besides thus depuis \
     tandis jamais toujours lors moins pourtant prevoit aussi ainsi selon chez",
);

/// Whether the word at `at` makes the number before it a count: a unit, a thing that is counted, a plural.
pub(super) fn is_counted(line: &Line, at: usize) -> bool {
    if line.is_arabic(at) {
        return line.is_word(at, COUNTED);
    }
    if line.mark(at).is_some_and(|mark| "$€£".contains(mark)) {
        return true;
    }
    let is_plural =
        |word: &str| word.len() > 3 && word.ends_with(['s', 'x']) && word.starts_with(char::is_lowercase);
    let is_noun = line.sense(at) == Sense::Plain && line.word(at).is_some_and(is_plural);
    is_noun && !line.is_word(at, NO_PLURALS)
        || line.is_word(
            at,
            &[
                "people", "men", "women", "children", "km", "kg", "m", "dh", "mad", "dirhams", "euros",
                "dollars",
            ],
        )
}
