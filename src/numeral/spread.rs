//! "from 5 to 7": one range of values, or a change that tells two figures?

use super::list::{Words, word_list};
use super::token::Line;
use super::words::Sense;

/// How far before the first figure the words are looked at.
const WINDOW: usize = 16;

/// Words of ranges, folded.
const SPREADS: &Words = word_list!(
    "تتراوح يتراوح وتتراوح ويتراوح تراوح تراوحت المتراوحه متراوحه المتراوح اعمارهم اعمارهن اعمارها \
     العمريه \
     range ranges ranged ranging vary varies varied varying aged ages anywhere varie varient \
     variant varier allant va vont oscille oscillent age agee agees",
);

/// Words of change, folded.
const CHANGES: &Words = word_list!(
    "ارتفع ارتفعت وارتفع بارتفاع انتقل انتقلت لينتقل لترتفع ليرتفع تراجع تراجعت انخفض انخفضت زاد \
     زادت رفع رفعت قلص قلصت تقليص خفض خفضت تخفيض تمديد مدد قفز قفزت مر مرت نما رفعها رفعه تحول \
     rose rise rises risen raised raise fell fall grew grow growing rising up down increase \
     increased cut reduced dropped climbed jumped extended lengthened shortened slowed moved went \
     passe passer passant passee passes passees passera augmente augmenter monte baisse reduit \
     reduite ramene ramenee porte portee prolonge prolongee recule bondi allonge hausse \
     ارتفاع انتقال انخفاض برفع لرفع تقلص تقلصت هبط هبطت صعد صعدت توسع توسعت تطور تطورت مرورا ترقيه \
     goes gone going bring brings bringing brought lifted lifts lowered boosted expanded widened \
     narrowed shrank shrunk soared surged slipped edged eased advanced revised doubled tripled \
     changed improved decreased decrease declined decline slid tumbled gained lost gagne perdu \
     portant porter portera passait passerait passeront passent monter montee grimpe evolue \
     progresse progression augmentation diminue diminution reduction reduire chute tombe tombee \
     releve relevee relever eleve elevee etendu etendue elargi elargie abaisse abaissee ramenera \
     ramener descendu descend glisse",
);

/// Nouns of ages and lengths of time, which plain ranges are told in.
const TIMES: &Words = word_list!(
    "years days weeks months hours minutes ans jours semaines mois heures \
     ايام يوما ساعات ساعه دقيقه دقائق سنه سنوات اشهر شهرا اسابيع عاما",
);

/// Whether "from" before the figure at token `at` and "to" before the one at `second` tell a range.
///
/// They do, unless something is said to change.
pub(super) fn is_told(line: &Line, at: usize) -> bool {
    said(line, at) != Some(Said::Change)
}

/// Whether a length of time is counted at token `at`.
pub(super) fn is_time(line: &Line, at: usize) -> bool {
    line.is_word(at, TIMES) || matches!(line.sense(at), Sense::Time(_))
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
        let bare = ["و", "ف", "ال", "ب", "ل"]
            .iter()
            .find_map(|particle| word.strip_prefix(particle))
            .unwrap_or(word);
        let is_one_of = |words: &Words| words.has(word.as_bytes()) || words.has(bare.as_bytes());
        match () {
            () if is_one_of(SPREADS) => Some(Said::Spread),
            () if is_one_of(CHANGES) => Some(Said::Change),
            () => None,
        }
    })
}
