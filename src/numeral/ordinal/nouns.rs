//! The nouns that places in a series follow, and those that make an idiom of "first"; all folded.

use super::super::list::{Words, word_list};

/// Nouns whose things are numbered, folded, without the article. Arabic ones take a number only when they are definite.
pub(super) const NUMBERED: &Words = word_list!(
    "دائره منطقه ذكري دوره نسخه مؤتمر ماده فصل بند فقره قرن طبعه حلقه جوله مرحله لواء كتيبه فوج \
     مقاطعه عدد صفحه طابق غرفه قاعه بوابه محطه مرتبه رتبه قمه جلسه جمعيه دفعه اسبوع يوم مركز حي \
     ملحق جزء درس سوره موسم مهرجان معرض ملتقي عيد دقيقه فرقه سريه \
     article section chapter district zone room courtroom hall halle phase round page week day \
     level niveau مستوي edition stage part annex figure table grade ward group lot gate platform \
     floor lesson chapitre arrondissement etape tome volume annexe salle chambre etage journee \
     semaine paragraph paragraphe alinea porte quai",
);

/// Plural nouns before a definite number that counts them: «الدول الـ54».
pub(super) const COUNTED: &Words = word_list!(
    "دول اعضاء جهات مدن لاعبين ايام اقاليم محافظات ولايات فرق منتخبات سنوات اشهر بلدان مراكز قتلي \
     ضحايا",
);

/// Names that end in an ordinal, folded: kings, popes, wars.
pub(super) const NAMES: &Words = word_list!(
    "محمد الحسن حسن فاروق الملك يوحنا بولس فيليب لويس تشارلز فرنسيس جورج اليزابيث رمسيس عبدالله \
     كارلوس هنري الثاني بندكت بنديكت ليو نابليون وليام ادوارد نقولا الوزير الفريق القناه العالم \
     العالميه فيصل الله البابا قابوس تواضروس سليم مراد سليمان عباس فؤاد نيكولا بطرس الكسندر كاترين \
     تحتمس الملازم النوع الجيل نوع السيده وزير \
     hassan mohammed mohamed",
);

/// Nouns with which "first" or "second" is an idiom: «بالدرجة الأولى», "the first time", "premier ministre".
pub(super) const IDIOMS: &Words = word_list!(
    "الدرجه بالدرجه الوهله للوهله المقام بالمقام للمره المره مره جهه ناحيه \
     time lady place minister aid and ministre ministres fois plan rang lieu secours of thoughts \
     look party parties world hand",
);

/// Numbered nouns that also hold things, which a bare number behind them may count: «استقبل المعرض 300 عارض».
pub(super) const HOLDERS: &Words = word_list!(
    "منطقه دوره مؤتمر جوله مرحله مقاطعه قاعه محطه قمه دفعه مركز موسم مهرجان معرض ملتقي فرقه لواء \
     جمعيه",
);

/// Numbered nouns with a pronoun, as texts write them: «في دورته 23».
pub(super) const POSSESSED: &Words = word_list!(
    "دورته دورتها بدورته بدورتها لدورته لدورتها نسخته نسختها بنسخته بنسختها فصله فصلها مادته \
     مادتها طبعته طبعتها ذكراه ذكراها موسمه حلقته حلقتها جلسته جلستها",
);

/// Plurals and duals whose numbers are named one by one: "articles 5 and 6".
pub(super) const PLURALS: &Words = word_list!(
    "articles sections chapters chapitres alineas paragraphs paragraphes annexes \
     المواد المادتين المادتان الفصول الفصلين الفصلان البنود البندين الدائرتين الدائرتان الصفحات \
     والمواد والمادتين والفصول والفصلين بالمادتين للمادتين بالفصول للفصول بالمواد \
     wards platforms",
);

/// Words behind an hour: «الثامنة صباحا».
pub(super) const DAYTIMES: &[&str] = &["صباحا", "مساء", "ظهرا", "ليلا", "زوالا"];

/// English and French words that let "first" and "second" be ordinals.
pub(super) const DETERMINERS: &Words =
    word_list!("the its his her their our this a s le la du au son sa leur ce cette une un l en et and");
