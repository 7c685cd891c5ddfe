//! The form of a word that its singular, its plural and its dual share: "hectare" and "hectares",
//! «هكتار», «هكتارا» and «هكتارين».
//!
//! Only regular endings are known; a broken plural («دراهم») is a label of its own.

use std::borrow::Cow;

/// Latin words of this length and more may end in a plural.
const LEAST_LATIN: usize = 4;
/// As much of an Arabic word is left when an ending is taken off, in letters.
const LEAST_ARABIC: usize = 2;

/// The spelling of a name in which its writers agree: alefs and final letters are confused, vowel signs
/// left out. Two names of one spelling are one name.
#[must_use]
pub fn spelling(name: &str) -> String {
    spelled(&super::names::fold(name)).into_owned()
}

/// A text letter by letter, each in its one spelling.
fn spelled(text: &str) -> Cow<'_, str> {
    // The letters of ASCII are spelled one way only.
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut spelled = String::with_capacity(text.len());
    spelled.extend(text.chars().filter_map(plain));
    Cow::Owned(spelled)
}

/// The form of a name that is folded already, word by word.
pub(super) fn form(name: &str) -> String {
    let plain = spelled(name);
    let mut form = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        if !form.is_empty() {
            form.push(' ');
        }
        if word.starts_with(|first: char| matches!(first, '\u{620}'..='\u{6FF}')) {
            form.push_str(arabic(word));
        } else {
            form.extend(latin(word));
        }
    }
    form
}

/// The one spelling of a letter; a sign that is not sounded has none.
fn plain(letter: char) -> Option<char> {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' => Some('ي'),
        'ة' => Some('ه'),
        '²' => Some('2'),
        '³' => Some('3'),
        'ـ' | '\u{64B}'..='\u{65F}' | '\u{670}' => None,
        _ => Some(letter),
    }
}

/// Without the "s" or "x" of a plural, and the ending that comes in its place: "stud" and "y" of "studies".
fn latin(word: &str) -> [&str; 2] {
    let long = word.chars().nth(LEAST_LATIN - 1).is_some();
    let singular = word.strip_suffix(['s', 'x']).filter(|rest| long && !rest.ends_with('s'));
    match singular.and_then(|rest| rest.strip_suffix("ie")) {
        Some(stem) => [stem, "y"],
        None => [singular.unwrap_or(word), ""],
    }
}

/// Without the article and one ending, as far as enough is left.
fn arabic(word: &str) -> &str {
    let is_enough = |rest: &&str| rest.chars().nth(LEAST_ARABIC - 1).is_some();
    let bare = word.strip_prefix("ال").filter(is_enough).unwrap_or(word);
    let endings = ["تين", "تان", "ات", "ين", "ان", "ون", "ه", "ا"];
    let stem = |ending| bare.strip_suffix(ending).filter(is_enough);
    endings.into_iter().find_map(stem).unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::{form, spelling};

    #[test]
    fn a_word_and_its_plural_share_a_form() {
        for (left, right) in [
            ("hectare", "hectares"),
            ("mètre carré", "mètres carrés"),
            ("study", "studies"),
            ("km2", "km²"),
            ("هكتار", "هكتارًا"),
            ("هكتار", "هكتارين"),
            ("كيلومتر", "كيلومترات"),
            ("سنة", "سنتين"),
            ("ساعة", "ساعات"),
            ("درهم", "الدرهم"),
        ] {
            assert_eq!(form(left), form(right), "{left} and {right}");
        }
    }

    #[test]
    fn writers_agree_on_a_spelling() {
        for (left, right) in [("آسفي", "أسفي"), ("فَاس", "فاس"), ("Mill  Street", "mill street")]
        {
            assert_eq!(spelling(left), spelling(right), "{left} and {right}");
        }
        assert_ne!(spelling("فاس"), spelling("فارس"));
    }

    #[test]
    fn other_words_do_not() {
        for (left, right) in
            [("m", "ms"), ("gas", "ga"), ("glass", "glas"), ("km", "km2"), ("طن", "طين"), ("متر", "مترو")]
        {
            assert_ne!(form(left), form(right), "{left} and {right}");
        }
    }
}
