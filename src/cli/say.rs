//! What `facts` and `gaps` say in our own words, in the three languages.

use crate::finding::Lang;

/// A word of the two commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Before what a claim says.
    Said,
    /// Before what follows for a number.
    Follows,
    /// Before what follows for the first day.
    Starts,
    /// Before what follows for the last day.
    Ends,
    /// Before who stands behind it.
    Behind,
    /// Before the steps.
    Why,
    /// Before what the steps end in.
    So,
    /// Between an article and the origin of its figure, with its spaces.
    Of,
    /// Before what was assumed.
    Assuming,
    /// Of bounds that may not be the tightest.
    ByPropagation,
    /// Before why a claim takes part in nothing, with what stands before it.
    SetAside,
    /// Nothing is known of what was asked for.
    NothingKnown,
    /// No bounds are told, as what is said contradicts itself.
    NotKnown,
    /// Too many claims to be told.
    ManyClaims,
    /// No claim says it, with what stands before it.
    NobodySays,
    /// Before whom to ask.
    Ask,
    /// Nobody is known to be asked.
    WhoeverKnows,
    /// Before what an answer decides.
    Decides,
    /// Before what is known already.
    Known,
    /// Nothing is to be asked.
    NoGaps,
}

impl Word {
    /// The word in a language.
    pub(super) const fn say(self, lang: Lang) -> &'static str {
        let (en, fr, ar) = match self {
            Self::Said => ("said", "dit", "قيل"),
            Self::Follows => ("follows", "suit", "يلزم"),
            Self::Starts => ("starts", "début", "البدء"),
            Self::Ends => ("ends", "fin", "النهاية"),
            Self::Behind => ("behind", "derrière", "المصدر"),
            Self::Why => ("why", "pourquoi", "السبب"),
            Self::So => ("so", "donc", "إذن"),
            Self::Of => (", of ", ", de ", "، عن "),
            Self::Assuming => ("assuming", "en supposant", "بافتراض"),
            Self::ByPropagation => ("by propagation", "par propagation", "بالتضييق"),
            Self::SetAside => ("; set aside, ", " ; écarté, ", "؛ مستبعد، "),
            Self::NothingKnown => ("nothing is known of that", "on n'en sait rien", "لا يعرف عنه شيء"),
            Self::NotKnown => (
                "not known: what is said around it cannot all hold (mizan check)",
                "inconnu : ce qu'on en dit ne tient pas ensemble (mizan check)",
                "غير معروف: ما قيل حوله لا يصح كله معا (mizan check)",
            ),
            Self::ManyClaims => (
                "many claims, which --why tells",
                "beaucoup d'affirmations, que --why raconte",
                "ادعاءات كثيرة يسردها --why",
            ),
            Self::NobodySays => ("; nobody says it", " ; personne ne le dit", "؛ لم يقله أحد"),
            Self::Ask => ("ask", "demander", "اسأل"),
            Self::WhoeverKnows => ("whoever knows", "qui le sait", "من يعلم"),
            Self::Decides => ("decides", "décide", "يحسم"),
            Self::Known => ("known", "connu", "المعروف"),
            Self::NoGaps => (
                "nothing is undecided for want of a claim",
                "rien n'est indécis faute d'affirmation",
                "لا شيء غير محسوم لنقص ادعاء",
            ),
        };
        pick(lang, en, fr, ar)
    }
}

/// A thing that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    /// Articles.
    Sources,
    /// Where their figures come from.
    Origins,
    /// Instances of rules and checks.
    Instances,
}

/// `1 source`, `2 sources`; Arabic names the thing, so that no number has to agree with it.
pub(super) fn count(number: usize, noun: Noun, lang: Lang) -> String {
    let (en, fr, ar) = match noun {
        Noun::Sources => (("source", "sources"), ("source", "sources"), "مصادر"),
        Noun::Origins => (("origin", "origins"), ("origine", "origines"), "أصول"),
        Noun::Instances => (("instance", "instances"), ("instance", "instances"), "حالات"),
    };
    match lang {
        Lang::En => format!("{number} {}", if number == 1 { en.0 } else { en.1 }),
        Lang::Fr => format!("{number} {}", if number < 2 { fr.0 } else { fr.1 }),
        Lang::Ar => format!("{ar}: {number}"),
    }
}

/// How many instances want how many claims.
pub(super) fn wanting(undecided: usize, missing: usize, lang: Lang) -> String {
    let one = |number: usize, one: &'static str, many: &'static str| if number == 1 { one } else { many };
    match lang {
        Lang::En => format!(
            "{undecided} {} undecided for want of {missing} {}",
            one(undecided, "instance is", "instances are"),
            one(missing, "claim", "claims")
        ),
        Lang::Fr => format!(
            "{undecided} {} faute de {missing} {}",
            one(undecided, "instance indécise", "instances indécises"),
            one(missing, "affirmation", "affirmations")
        ),
        Lang::Ar => format!("حالات غير محسومة: {undecided}، ادعاءات ناقصة: {missing}"),
    }
}

/// What an answer decides, alone and with other answers.
pub(super) fn deciding(decides: usize, helps: usize, lang: Lang) -> String {
    let instances = count(decides, Noun::Instances, lang);
    match (decides, helps, lang) {
        (_, 0, _) => instances,
        (0, _, Lang::En) => format!("none alone, with other answers {helps}"),
        (0, _, Lang::Fr) => format!("aucune seule, {helps} avec d'autres réponses"),
        (0, _, Lang::Ar) => format!("لا شيء وحده، ومع أجوبة أخرى: {helps}"),
        (_, _, Lang::En) => format!("{instances}, with other answers {helps} more"),
        (_, _, Lang::Fr) => format!("{instances}, {helps} de plus avec d'autres réponses"),
        (_, _, Lang::Ar) => format!("{instances}، ومع أجوبة أخرى: {helps}"),
    }
}

const fn pick(lang: Lang, en: &'static str, fr: &'static str, ar: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Fr => fr,
        Lang::Ar => ar,
    }
}
