//! Our own words in the three languages; sentences of findings come in the language of the run.

use crate::finding::{Lang, Severity};

/// A word of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Before the steps of a reason.
    Why,
    /// Before what was assumed.
    Assumed,
    /// Before the proposals.
    Resolve,
    /// Between that and several proposals.
    AnyOneOf,
    /// Before the words of an article.
    Evidence,
    /// Before who stands behind the claims.
    Behind,
    /// Before what must hold.
    Expected,
    /// Before what was found.
    Found,
    /// Before who allows a finding, and why.
    Allowed,
    /// Before the name for `allow:` and baselines.
    Fingerprint,
    /// Nothing was found.
    Consistent,
    /// Before the conflicts of several instances, with its space.
    Joint,
    /// Something could not be read.
    NotWhole,
    /// No text of an article is there.
    NotChecked,
    /// Between what was found and where, with its spaces.
    In,
    /// Between things of a list, with its space.
    Comma,
    /// Between lists, with its space.
    Semicolon,
}

impl Word {
    /// The word in a language.
    pub(super) const fn say(self, lang: Lang) -> &'static str {
        let (en, fr, ar) = match self {
            Self::Why => ("why", "pourquoi", "السبب"),
            Self::Assumed => ("assumed", "supposé", "افتراض"),
            Self::Resolve => ("resolve", "résoudre", "الحل"),
            Self::AnyOneOf => ("any one of", "au choix", "أحد هذه"),
            Self::Evidence => ("evidence", "texte", "النص"),
            Self::Behind => ("behind", "derrière", "المصدر"),
            Self::Expected => ("expected", "attendu", "المنتظر"),
            Self::Found => ("found", "trouvé", "الموجود"),
            Self::Allowed => ("allowed", "admis", "مقبول"),
            Self::Fingerprint => ("fingerprint", "empreinte", "بصمة"),
            Self::Consistent => ("consistent", "cohérent", "متسق"),
            Self::In => (" in ", " dans ", " في "),
            Self::Joint => ("joint: ", "ensemble : ", "معا: "),
            Self::Comma => (", ", ", ", "، "),
            Self::Semicolon => ("; ", " ; ", "؛ "),
            Self::NotChecked => ("evidence not checked: ", "textes non vérifiés : ", "لم تراجع النصوص: "),
            Self::NotWhole => {
                ("not all of the input could be read", "tout n'a pas pu être lu", "تعذرت قراءة بعض المدخلات")
            }
        };
        pick(lang, en, fr, ar)
    }
}

/// The severity, as it begins a finding.
pub(super) const fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => pick(lang, "error", "erreur", "خطأ"),
        Severity::Warning => pick(lang, "warning", "alerte", "تنبيه"),
        Severity::Note => pick(lang, "note", "note", "ملاحظة"),
    }
}

/// A thing that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    /// Findings of a severity.
    Finding(Severity),
    /// Findings that somebody allows.
    Allowed,
    /// Claims read.
    Claims,
    /// Claims that could not be read.
    Refused,
    /// Claims that take part in nothing.
    SetAside,
    /// Articles.
    Sources,
    /// Where their figures come from.
    Origins,
    /// Rules of the rulebook.
    Rules,
    /// Instances that hold.
    Hold,
    /// Instances that can hold.
    Consistent,
    /// Instances in tension.
    Tension,
    /// Instances that are contradicted.
    Contradiction,
    /// Instances that are undecided.
    Undecided,
    /// Articles whose text is not there.
    AbsentTexts,
    /// Texts of articles that cannot be looked at.
    RefusedTexts,
}

/// A number of things: `1 error`, `2 erreurs`, `أخطاء: 2` (Arabic names the thing, so that no
/// number has to agree with it).
pub(super) fn count(number: usize, noun: Noun, lang: Lang) -> String {
    let (one, many) = forms(noun, lang);
    match lang {
        Lang::Ar => format!("{many}: {number}"),
        Lang::Fr => format!("{number} {}", if number < 2 { one } else { many }),
        Lang::En => format!("{number} {}", if number == 1 { one } else { many }),
    }
}

/// `41 of 45 figures covered`
pub(super) fn covered(covered: usize, figures: usize, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{covered} of {figures} figures covered"),
        Lang::Fr => format!("{covered} chiffres couverts sur {figures}"),
        Lang::Ar => format!("أرقام مغطاة: {covered} من {figures}"),
    }
}

const fn forms(noun: Noun, lang: Lang) -> (&'static str, &'static str) {
    let (en, fr, ar) = match noun {
        Noun::Finding(Severity::Error) => (("error", "errors"), ("erreur", "erreurs"), "أخطاء"),
        Noun::Finding(Severity::Warning) => (("warning", "warnings"), ("alerte", "alertes"), "تنبيهات"),
        Noun::Finding(Severity::Note) => (("note", "notes"), ("note", "notes"), "ملاحظات"),
        Noun::Allowed => (("allowed", "allowed"), ("admis", "admis"), "مقبولة"),
        Noun::Claims => (("claim", "claims"), ("affirmation", "affirmations"), "ادعاءات"),
        Noun::Refused => (("refused", "refused"), ("refusée", "refusées"), "مرفوضة"),
        Noun::SetAside => (("set aside", "set aside"), ("écartée", "écartées"), "مستبعدة"),
        Noun::Sources => (("source", "sources"), ("source", "sources"), "مصادر"),
        Noun::Origins => (("origin", "origins"), ("origine", "origines"), "أصول"),
        Noun::Rules => (("rule", "rules"), ("règle", "règles"), "قواعد"),
        Noun::Hold => {
            (("instance holds", "instances hold"), ("instance vérifiée", "instances vérifiées"), "حالات ثابتة")
        }
        Noun::Consistent => (("is consistent", "are consistent"), ("cohérente", "cohérentes"), "متسقة"),
        Noun::Tension => (("in tension", "in tension"), ("en tension", "en tension"), "متوترة"),
        Noun::Contradiction => (("contradicted", "contradicted"), ("contredite", "contredites"), "متناقضة"),
        Noun::Undecided => (("undecided", "undecided"), ("indécise", "indécises"), "غير محسومة"),
        Noun::AbsentTexts => {
            (("text absent", "texts absent"), ("texte absent", "textes absents"), "نصوص غائبة")
        }
        Noun::RefusedTexts => {
            (("text refused", "texts refused"), ("texte refusé", "textes refusés"), "نصوص مرفوضة")
        }
    };
    match lang {
        Lang::En => en,
        Lang::Fr => fr,
        Lang::Ar => (ar, ar),
    }
}

const fn pick(lang: Lang, en: &'static str, fr: &'static str, ar: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Fr => fr,
        Lang::Ar => ar,
    }
}
