//! Words before and behind a number that make it part of a name; all folded.

use super::super::list::{Words, word_list};

/// Words after which a number is called, not counted.
pub(super) const PHONES: &Words = word_list!(
    "الهاتفي هاتف الهاتف الرقم بالرقم والرقم فاكس الفاكس واتساب الاخضر \
     tel telephone phone hotline call dial fax whatsapp helpline numero vert appelez composez \
     composer dialling dialing appelant appeler appelle joignable joindre \
     الرقمين الرقمان بالرقمين النجده calling الساخن numeros",
);

/// Verbs of messages that go to a number.
pub(super) const SENDING: &Words = word_list!("text sms send envoyez envoyer");

/// What follows the number of a model, with a capital.
pub(super) const MODELS: &Words = word_list!("max pro ultra mini neo turbo ماكس برو");

/// Registers whose entries are numbers.
pub(super) const REGISTERS: &Words = word_list!(
    "السجل بالسجل والسجل التعريف والتعريف الحساب والحساب \
     registre register matricule immatriculation patente siret siren rc ice tax licence license \
     account",
);

/// What may stand between a register and its entry, besides Arabic adjectives.
pub(super) const OF_REGISTERS: &Words =
    word_list!("du de commerce foncier bancaire professionnelle number no id bank plate");

/// Words after which a number names a text or a thing.
pub(super) const REFERENCES: &Words = word_list!(
    "رقم كوفيد بوينغ ايرباص فورمولا فرانس القناه ايفون اندرويد \
     no nr act bill covid formula formule iphone boeing airbus windows number android highway \
     motorway autoroute nationale exit galaxy iso rfc cac apollo channel flight route ligne line \
     vol bus pages pp type top junction junctions exits sortie highways motorways nationales \
     autoroutes \
     الطريقين الوطنيتين الخطين sorties المخرج المخرجان المخرجين \
     embraer atr \
     امبراير طراز \
     ligue league division category categorie kilometre ميدي proposal proposition proposals \
     propositions rule exhibit parcelle resolution \
     القرار للقرار بالقرار",
);

/// Texts whose number may follow an adjective, without the article.
pub(super) const LAWS: &Words = word_list!("قانون مرسوم ظهير loi law decret decree dahir");

/// Texts whose parts have numbers with marks inside: "article 49.3", "articles 221-1 et 222-14".
pub(super) const PROVISIONS: &Words = word_list!(
    "article articles section sections paragraph paragraphs paragraphe paragraphes clause clauses \
     rule rules \
     ماده المادتين المواد فصل الفصلين الفصول بند",
);

/// Roads, whose number may follow an adjective: «الطريق الجهوية 401».
pub(super) const HIGHWAYS: &Words = word_list!("الطريق والطريق بالطريق للطريق");

/// Prefixes that leave a year a year: "mid-2024".
pub(super) const PREFIXES: &Words = word_list!("mid post pre mi early late fin ante avant apres");

/// Currencies that stand before their amount.
pub(super) const CURRENCIES: &Words = word_list!(
    "mad dh dhs usd eur gbp chf jpy cad aud sar aed tnd dzd egp kes ksh tsh ush sh rs inr pkr ngn \
     zar qar kwd omr lbp fcfa",
);

/// Letters that may touch a number: ordinal endings, units, scales.
pub(super) const ENDINGS: &Words = word_list!(
    "st nd rd th e er re ere eme nde ieme k m bn mn tn b km kg cm mm ha g mg t l kw mw gw kwh mwh \
     gwh dh dhs mdh mmdh mad usd eur md mds mrd mrds million millions billion milliard milliards s \
     ans x pts hz khz mhz ghz kb mb gb tb go mo to mph kmh in ft min sec am pm",
);
