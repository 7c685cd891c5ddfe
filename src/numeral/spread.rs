//! "from 5 to 7": one range of values, or a change that tells two figures?

use super::token::Line;
use super::words::Sense;

/// How far before the first figure the words are looked at.
const WINDOW: usize = 16;

/// Words of ranges, folded.
const SPREADS: &[&str] = &[
    "تتراوح",
    "يتراوح",
    "وتتراوح",
    "ويتراوح",
    "تراوح",
    "تراوحت",
    "المتراوحه",
    "متراوحه",
    "المتراوح",
    "اعمارهم",
    "اعمارهن",
    "اعمارها",
    "العمريه",
    "range",
    "ranges",
    "ranged",
    "ranging",
    "vary",
    "varies",
    "varied",
    "varying",
    "aged",
    "ages",
    "anywhere",
    "varie",
    "varient",
    "variant",
    "varier",
    "allant",
    "va",
    "vont",
    "oscille",
    "oscillent",
    "age",
    "agee",
    "agees",
];

/// Words of change, folded.
const CHANGES: &[&str] = &[
    "ارتفع",
    "ارتفعت",
    "وارتفع",
    "بارتفاع",
    "انتقل",
    "انتقلت",
    "لينتقل",
    "لترتفع",
    "ليرتفع",
    "تراجع",
    "تراجعت",
    "انخفض",
    "انخفضت",
    "زاد",
    "زادت",
    "رفع",
    "رفعت",
    "قلص",
    "قلصت",
    "تقليص",
    "خفض",
    "خفضت",
    "تخفيض",
    "تمديد",
    "مدد",
    "قفز",
    "قفزت",
    "مر",
    "مرت",
    "نما",
    "رفعها",
    "رفعه",
    "تحول",
    "rose",
    "rise",
    "rises",
    "risen",
    "raised",
    "raise",
    "fell",
    "fall",
    "grew",
    "grow",
    "growing",
    "rising",
    "up",
    "down",
    "increase",
    "increased",
    "cut",
    "reduced",
    "dropped",
    "climbed",
    "jumped",
    "extended",
    "lengthened",
    "shortened",
    "slowed",
    "moved",
    "went",
    "passe",
    "passer",
    "passant",
    "passee",
    "passes",
    "passees",
    "passera",
    "augmente",
    "augmenter",
    "monte",
    "baisse",
    "reduit",
    "reduite",
    "ramene",
    "ramenee",
    "porte",
    "portee",
    "prolonge",
    "prolongee",
    "recule",
    "bondi",
    "allonge",
    "hausse",
];

/// Nouns of ages and lengths of time, which plain ranges are told in.
const TIMES: &[&str] = &[
    "years",
    "days",
    "weeks",
    "months",
    "hours",
    "minutes",
    "ans",
    "jours",
    "semaines",
    "mois",
    "heures",
    "ايام",
    "يوما",
    "ساعات",
    "ساعه",
    "دقيقه",
    "دقائق",
    "سنه",
    "سنوات",
    "اشهر",
    "شهرا",
    "اسابيع",
    "عاما",
];

/// Whether "from" before the figure at token `at` and "to" before the one at `second` tell a range.
///
/// A word of ranges says so; a length of time does where nothing is said to change.
pub(super) fn is_told(line: &Line, at: usize, second: usize) -> bool {
    let is_time = line.is_word(second + 1, TIMES) || matches!(line.sense(second + 1), Sense::Time(_));
    match said(line, at) {
        Some(Said::Spread) => true,
        Some(Said::Change) => false,
        None => is_time,
    }
}

/// Whether a word of change stands before token `at` in its sentence, and no word of ranges behind it.
pub(super) fn is_change(line: &Line, at: usize) -> bool {
    said(line, at) == Some(Said::Change)
}

/// What the words before two figures say of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Spread,
    Change,
}

/// What the nearest word before token `at` says, in its sentence.
fn said(line: &Line, at: usize) -> Option<Said> {
    let is_end = |at: usize| matches!(line.mark(at), Some('.' | ';' | '؛' | '!' | '?' | '؟'));
    (at.saturating_sub(WINDOW)..at).rev().take_while(|at| !is_end(*at)).find_map(|at| {
        let word = line.folded(at)?;
        let bare = ["و", "ف"].iter().find_map(|particle| word.strip_prefix(particle)).unwrap_or(word);
        let is_one_of = |words: &[&str]| words.contains(&word) || words.contains(&bare);
        match () {
            () if is_one_of(SPREADS) => Some(Said::Spread),
            () if is_one_of(CHANGES) => Some(Said::Change),
            () => None,
        }
    })
}
