//! The tables of [`super`]; what is Arabic stands in normal form.

use crate::numeral::{Words, word_list};

/// Phrases that speak of what is still to come.
pub(super) const AHEAD: &[&str] = &[
    "sera",
    "seront",
    "prévoit",
    "prévoient",
    "prévu",
    "prévue",
    "prévus",
    "prévues",
    "est prévu",
    "est prévue",
    "sont prévus",
    "sont prévues",
    "est attendu",
    "est attendue",
    "sont attendus",
    "sont attendues",
    "devrait",
    "devraient",
    "will",
    "shall",
    "plan to",
    "plans to",
    "planned",
    "intends to",
    "intend to",
    "is planned",
    "are planned",
    "is planning to",
    "are planning to",
    "is expected",
    "are expected",
    "is set to",
    "are set to",
    "is due to be",
    "are due to be",
    "is due to open",
    "are due to open",
    "is due to receive",
    "are due to receive",
    "is scheduled",
    "are scheduled",
    "is slated",
    "are slated",
    "is going to",
    "are going to",
    "is about to",
    "are about to",
    "is to be",
    "are to be",
    "is to open",
    "are to open",
    "is to receive",
    "are to receive",
    "is to build",
    "are to build",
    "is to buy",
];

/// The same in Arabic.
pub(super) const AHEAD_ARABIC: &[&str] = &[
    "سوف",
    "من المقرر",
    "من المرتقب",
    "من المنتظر",
    "من المتوقع",
    "من المزمع",
    "المزمع",
    "يرتقب",
    "يعتزم",
    "تعتزم",
];

/// Verbs of what is or was, in the forms that news has most.
pub(super) const DONE: &Words = word_list!(
    "was were has have had is are did rose fell grew sold bought built won lost spent held took \
     saw made got went came left sent met paid ran gave ont est sont avait avaient était étaient \
     fut furent compte comptent emploie emploient dispose disposent",
);

/// The same in Arabic.
pub(super) const DONE_ARABIC: &Words = word_list!(
    "كان كانت بلغ بلغت سجل سجلت شهد شهدت تم تمت فتح فتحت افتتح افتتحت استقبل استقبلت حقق حققت وصل \
     وصلت عرف عرفت احدث احدثت انجز انجزت اصدر اصدرت اطلق اطلقت ارتفع ارتفعت انخفض انخفضت تجاوز \
     تجاوزت قام قامت شمل شملت همت مكن مكنت اسفر اسفرت خلف خلفت يضم تضم يبلغ تبلغ يوجد توجد يتوفر \
     تتوفر يشتغل تشتغل جري جرت باع باعت اقتني اقتنت زار زارت توفي توفيت وفر",
);

/// Words that open a clause.
pub(super) const OPENERS: &Words =
    word_list!("and but while whereas et mais tandis alors بينما فيما كما حيث");

/// Words that open a clause which does not go on with the one before.
pub(super) const APART: &Words = word_list!(
    "after following which who than compared against versus as since because although though when \
     where that whose après contre qui où car parce lorsque depuis \
     بعد بعدما مقابل مقارنة التي الذي الذين منذ عوض بدل",
);

/// Words behind which "will" is a noun.
pub(super) const BEFORE_NOUN: &[&str] =
    &["the", "a", "his", "her", "their", "its", "political", "good", "free", "own", "last", "at"];

/// Arabic words that begin like futures and are none.
pub(super) const NOT_FUTURE_ARABIC: &Words = word_list!(
    "سيدي سيدنا سيدها سيدهم سيده سيدتي سيدتين سيدتان سيدان سيدين سيدني سيول سيوف سيور سياق سياقا \
     سياقه سياقها سياج سياجا سيرا سيره سيرها سيرهم سيراليون سيرفر سيرك سيريلانكا سيرينا سيفا سيفه \
     سيفين سيشل سيطر سيطرت سيطروا سيتي سيسي سيسيه سيلفا سيرج سيرجيو سيلا سيلان سيليكون سيناء سينا \
     سيما سيمون سيجار ستون ستار ستاءر ستاد",
);

/// The beginnings of such words.
pub(super) const NOT_FUTURE_ARABIC_STARTS: &[&str] = &[
    "سيار",
    "سياس",
    "سياح",
    "سياد",
    "سيناريو",
    "سيناتور",
    "سيراميك",
    "سيميون",
    "سينما",
    "سينغ",
    "سيبيري",
    "سيبراني",
    "سيكولوج",
    "سيتروين",
    "سيمفوني",
    "سيلفي",
    "سيباستي",
    "سيي",
    "ستين",
    "ستماي",
    "ستمي",
    "ستوديو",
    "ستوكهولم",
    "ستراتيج",
    "ستراسبورغ",
    "ستيف",
    "ستيوار",
    "ستان",
    "ستال",
    "ستاي",
];

/// French stems of the future that are no infinitives.
pub(super) const IRREGULAR_STEMS: &Words = word_list!(
    "aur saur verr enverr reverr pourr courr parcourr accourr concourr recourr mourr acquerr \
     requerr conclur exclur inclur vaincr convaincr",
);

/// French words that end like futures: narrated past of other verbs ("tira"), and nouns.
pub(super) const NOT_FUTURE_FRENCH: &Words = word_list!(
    "tira retira attira étira soutira vira chavira inspira respira aspira expira transpira \
     conspira soupira admira mira désira déchira cira délira lira lempira éclaira flaira engendra \
     encadra cadra effondra poudra saupoudra toundra tundra hydra livra délivra enivra sevra \
     manœuvra œuvra navra era camera opera cholera caldera riviera primavera etcetera sierra",
);
