//! Duals before the noun that they belong to: «محطتي أداء», «مركزي إيواء», «مجلسي النواب والمستشارين».
//!
//! The same ending makes "my" («محطتي») and adjectives («مركزي»); what follows tells them apart, and what stands before.

use super::super::list::{Words, word_list};
use super::super::token::Line;
use super::super::words::{Sense, Unit};
use super::{is_listed, stems};

/// Words in «تي» that are no duals of a noun, folded: adjectives, verbs, one's own family.
const NO_DUALS: &Words = word_list!(
    "صوتي وقتي زيتي كويتي بيتي تحتي بيروتي كبريتي اسمنتي موقتي مؤقتي نحتي لاهوتي مفتي يفتي تفتي \
     افتي بنتي ابنتي اختي اخوتي جدتي زوجتي خالتي عمتي والدتي حبيبتي سيدتي عائلتي عايلتي اسرتي \
     رفقتي بلدتي هاتي لجنتي",
);

/// Nouns of two in «اتي», where nearly every other word is an adjective («عملياتي», «معلوماتي»).
const OF_ALEF: &[&str] = &["مباراتي", "قناتي", "فتاتي"];

/// Masculine nouns whose adjective, or whose "my", is far more common than their dual.
const OFTEN_ADJECTIVES: &[&str] =
    &["يوم", "شهر", "اسبوع", "عام", "قرن", "شخص", "طفل", "رجل", "شاب", "كتاب", "ضعف", "دولار"];

/// Words that no noun belongs to: what follows «محطتي» when it is "my station".
const FUNCTION: &Words = word_list!(
    "امام تحت فوق دون حول لدي خلف نحو هنا هناك اليوم الان ايضا فقط جدا ليس ليست لانها لانه انها \
     انه انني لكن اذا هل غير سوي بدا عندما كيف لماذا نفسها نفسه هذه هذا تلك ذلك معه معها معهم فيه \
     فيها منه منها بها به له لها لهم",
);

/// Nouns whose first letter is «و» itself.
const WITH_WAW: &[&str] =
    &["وقود", "وزاره", "وكاله", "ولايه", "وساطه", "ورش", "ورشه", "وجده", "ورزازات", "وحده", "وحدات"];

/// Words of making, having and losing, whose object follows at once.
const GOVERNORS: &Words = word_list!(
    "افتتاح افتتح افتتحت احداث احدث احدثت انشاء انشا انشات تشييد شيد شيدت بناء تدشين دشن دشنت \
     تجهيز تهيئه انجاز انجز انجزت اطلاق اطلق اطلقت اغلاق اغلق اغلقت يضم تضم ضم ضمت شمل شملت يشمل \
     تشمل هدم تفكيك حجز ضبط سرقه تدمير دمر دمرت اعداد تقديم قدم قدمت برمجه اقتناء شراء صيانه توسيع \
     توسعه ترميم اصلاح يهم تهم همت تسجيل سجل سجلت اقامه تسليم تسلم مناقشه دراسه عقد عقدت خصص خصصت \
     تخصيص اصدر اصدرت اعتماد خسر احرز بين",
);

/// Whether the word at `at` is such a dual.
pub(super) fn is_dual(line: &Line, at: usize) -> bool {
    let Some(word) = line.folded(at).filter(|word| word.len() >= 8 && word.ends_with('ي')) else {
        return false;
    };
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    if ["ال", "لل", "بال", "كال"].iter().any(|article| bare.starts_with(article)) {
        return false;
    }
    let is_feminine = stems(word).any(is_feminine) && stems(word).all(|stem| !NO_DUALS.has(stem.as_bytes()));
    if is_feminine {
        return has_noun(line, at + 1);
    }
    let is_masculine = stems(word).filter_map(|stem| stem.strip_suffix('ي')).any(is_masculine);
    is_masculine && has_noun(line, at + 1) && (is_pair(line, at + 1) || is_governed(line, at, word))
}

/// «محطتي», without the article.
fn is_feminine(stem: &str) -> bool {
    let is_bare = !stem.starts_with("ال") && !stem.starts_with("لل");
    let is_two =
        stem.strip_suffix("تي").is_some_and(|noun| noun.chars().count() >= 2 && !noun.ends_with('ا'));
    is_bare && is_two || OF_ALEF.contains(&stem)
}

fn is_masculine(noun: &str) -> bool {
    is_listed(noun) && !OFTEN_ADJECTIVES.contains(&noun)
}

/// Whether a noun stands at `at`: no particle, no verb, no adjective of a definite word.
fn has_noun(line: &Line, at: usize) -> bool {
    let (Sense::Plain | Sense::Time(Unit::Other), Some(word)) = (line.sense(at), line.folded(at)) else {
        return false;
    };
    if !line.is_arabic(at) || FUNCTION.has(word.as_bytes()) {
        return false;
    }
    if word.starts_with("ال") {
        // «محطتي الجديدة» is "my new station", «مدينتي القنيطرة وسلا» are two.
        return !word.ends_with('ه') || is_pair(line, at);
    }
    !is_verb(word) && (!word.starts_with('و') || WITH_WAW.contains(&word))
}

/// The forms of verbs that follow a feminine noun: «تبدأ», «ستكون», «كانت»; «توزيع» and «تحلية» are nouns.
fn is_verb(word: &str) -> bool {
    let is_noun = word.chars().nth(3) == Some('ي') || word.ends_with('ه');
    let is_past = word.ends_with('ت') && !word.ends_with("ات") && word.chars().count() > 3;
    word.starts_with('ي')
        || word.starts_with("ست")
        || word.starts_with("سي") && !word.starts_with("سيار")
        || word.starts_with('ت') && !is_noun && word.chars().count() < 6
        || is_past
}

/// Whether two things are named from token `at` on: «فاس ومكناس», «التجارة والصناعة».
fn is_pair(line: &Line, at: usize) -> bool {
    let is_definite = |at: usize| line.folded(at).is_some_and(|word| word.starts_with("ال"));
    let is_second = |other: usize| {
        line.folded(other).is_some_and(|word| word.starts_with("وال"))
            || other == at + 1 && line.word(other).is_some_and(|word| word.starts_with('و') && word.len() > 6)
    };
    let last = (at + 1..at + 4).take_while(|at| line.word(*at).is_some()).find(|at| is_second(*at));
    is_definite(at) && last.is_some()
}

/// Whether what stands before a masculine dual governs a noun, which no adjective follows.
fn is_governed(line: &Line, at: usize, word: &str) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let Some(governor) = line.folded(before) else { return false };
    let is_behind = |particles: &[char]| {
        let noun = word.strip_prefix(particles).and_then(|word| word.strip_suffix('ي'));
        noun.is_some_and(is_masculine)
    };
    let bare =
        ["و", "ف", "ل"].iter().find_map(|particle| governor.strip_prefix(particle)).unwrap_or(governor);
    let is_object = GOVERNORS.has(governor.as_bytes()) || GOVERNORS.has(bare.as_bytes());
    let is_after_particle =
        line.is_word(before, &["من", "في", "علي", "عن", "الي", "بعد", "قبل", "خلال", "عبر", "ضمن"]);
    let is_joined = is_behind(&['و']) && !governor.ends_with('ي') && !governor.ends_with("يه");
    // An adjective of «السلطات» would have the article too.
    let is_after_definite = governor.starts_with("ال") || governor.starts_with("وال");
    // «في مركزي الجديد» is "in my new centre".
    let is_definite = line.folded(at + 1).is_some_and(|word| word.starts_with("ال"));
    // «بناء مقري الأمن بالعيون وأكادير»: two places have one each.
    if is_object && is_definite && is_in_two_places(line, at + 2) {
        return true;
    }
    (is_object || is_after_particle || is_after_definite || is_joined || is_behind(&['ب', 'ل']))
        && !is_definite
}

/// «بفاس وسلا», «بكل من فاس وسلا»
fn is_in_two_places(line: &Line, at: usize) -> bool {
    let is_place = line.folded(at).is_some_and(|word| word.starts_with('ب') && word.len() > 4);
    let is_second = line.folded(at + 1).is_some_and(|word| word.starts_with('و') && word.len() > 4);
    is_place && (is_second || line.is_word(at, &["بكل"]))
}
