//! A table of named things that answers to names, labels and spellings, and offers the nearest name.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::sync::OnceLock;

use foldhash::{HashMap, HashMapExt as _};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::form::form;

/// Things by name, in the order of their declaration.
#[derive(Clone, Debug)]
pub struct Names<T> {
    items: Vec<(String, T)>,
    index: HashMap<Box<str>, u32>,
    /// The labels as they are written, one behind the other: few ever read them.
    labels: String,
    /// Whose each label is, and where it ends.
    label_ends: Vec<(u32, usize)>,
    forms: OnceLock<Forms>,
}

/// Things by the form that singular and plural share; none where two things share it.
#[derive(Clone, Debug, Default)]
struct Forms {
    things: HashMap<String, Option<u32>>,
    /// The most words of a form, by its first; of any form by the empty word.
    words: HashMap<String, usize>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            index: HashMap::new(),
            labels: String::new(),
            label_ends: Vec::new(),
            forms: OnceLock::new(),
        }
    }
}

impl<T> Names<T> {
    /// An empty table with room for so many things.
    pub(crate) fn with_capacity(things: usize) -> Self {
        let (items, index) = (Vec::with_capacity(things), HashMap::with_capacity(things));
        Self { items, index, ..Self::default() }
    }

    /// Adds a thing under its canonical name and its other spellings.
    ///
    /// # Errors
    /// The name or spelling that belongs to another thing already, with that thing's index; the
    /// thing is added all the same unless its own name is taken.
    pub fn add<'a>(
        &mut self,
        name: &str,
        spellings: impl IntoIterator<Item = &'a str>,
        item: T,
    ) -> Result<u32, Taken> {
        let id = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        match self.index.entry(fold(name).into()) {
            Entry::Occupied(other) => return Err(Taken { name: name.to_owned(), by: *other.get() }),
            Entry::Vacant(slot) => slot.insert(id),
        };
        self.items.push((name.to_owned(), item));
        self.forms.take();
        self.spell(id, spellings).map(|()| id)
    }

    /// Makes room for so many more labels.
    pub(crate) fn reserve_labels(&mut self, more: usize) {
        self.index.reserve(more);
        self.label_ends.reserve(more);
    }

    /// Adds a spelling of a thing that is kept as it is written.
    ///
    /// # Errors
    /// The label belongs to another thing; it is kept all the same.
    pub fn label(&mut self, id: u32, label: &str) -> Result<(), Taken> {
        self.labels.push_str(label);
        self.label_ends.push((id, self.labels.len()));
        self.spell(id, [label])
    }

    /// The labels of each thing in every language, thing by thing.
    #[must_use]
    pub fn labels(&self) -> Vec<Vec<&str>> {
        let mut labels = vec![Vec::new(); self.len()];
        let mut start = 0;
        for (id, end) in &self.label_ends {
            if let Some(own) = labels.get_mut(*id as usize) {
                own.extend(self.labels.get(start..*end));
            }
            start = *end;
        }
        labels
    }

    /// Adds other spellings of a thing.
    ///
    /// # Errors
    /// The first spelling that belongs to another thing; the others are added all the same.
    pub fn spell<'a>(&mut self, id: u32, spellings: impl IntoIterator<Item = &'a str>) -> Result<(), Taken> {
        let mut taken = None;
        self.forms.take();
        for spelling in spellings {
            let by = *self.index.entry(fold(spelling).into()).or_insert(id);
            if by != id {
                taken.get_or_insert(Taken { name: spelling.to_owned(), by });
            }
        }
        taken.map_or(Ok(()), Err)
    }

    /// The index of the thing that answers to a name or label.
    #[must_use]
    pub fn find(&self, written: &str) -> Option<u32> {
        self.index.get(written).or_else(|| self.index.get(fold(written).as_ref())).copied()
    }

    /// The index of the thing that answers to a name or label, or alone to another form of one.
    #[must_use]
    pub fn find_form(&self, written: &str) -> Option<u32> {
        let folded = fold(written);
        let known = self.index.get(folded.as_ref()).copied();
        known.or_else(|| self.forms().things.get(&form(&folded)).copied().flatten())
    }

    /// The most words of a name or label that begins with a form of this one.
    #[must_use]
    pub fn most_words(&self, first: &str) -> usize {
        self.forms().words.get(&form(&fold(first))).copied().unwrap_or(0)
    }

    /// The things by the forms of their names and labels; none for a form of several.
    fn forms(&self) -> &Forms {
        self.forms.get_or_init(|| {
            let mut forms = Forms::default();
            // In any order: a form keeps its thing or belongs to several.
            self.index.iter().for_each(|(name, id)| {
                let form = form(name);
                let words = form.split(' ').count();
                for first in [form.split(' ').next().unwrap_or(""), ""] {
                    let most = forms.words.entry(first.to_owned()).or_default();
                    *most = words.max(*most);
                }
                let known = forms.things.entry(form).or_insert(Some(*id));
                *known = known.filter(|known| known == id);
            });
            forms
        })
    }

    /// The thing at an index.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&T> {
        self.items.get(index).map(|(_, item)| item)
    }

    /// The thing at an index, to change.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.items.get_mut(index).map(|(_, item)| item)
    }

    /// The thing behind an id that this table gave out.
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "ids come from `add` and `find` alone"
    )]
    pub fn at(&self, id: u32) -> &T {
        self.get(id as usize).expect("invariant: ids come from this table")
    }

    /// The canonical name behind an id, or an empty one.
    #[must_use]
    pub fn name(&self, id: u32) -> &str {
        self.items.get(id as usize).map_or("", |(name, _)| name.as_str())
    }

    /// Everything in the order of declaration.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.items.iter().map(|(name, item)| (name.as_str(), item))
    }

    /// How many things there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The known spelling nearest to a mistyped one.
    #[must_use]
    pub fn nearest(&self, written: &str) -> Option<String> {
        let names = self.items.iter().map(|(name, _)| name.as_str());
        let mut spellings: Vec<&str> = self.index.keys().map(AsRef::as_ref).collect();
        spellings.sort_unstable();
        nearest(written, names.chain(spellings)).map(ToOwned::to_owned)
    }
}

/// A name that two things claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The name as written.
    pub name: String,
    /// The index of the thing that had it first.
    pub by: u32,
}

/// The candidate within a third of the written length in edits, the nearest first ("did you mean").
#[must_use]
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Nobody mistypes a name of this length; comparing would only cost time.
    const LONGEST: usize = 64;
    let length = written.chars().take(LONGEST + 1).count();
    if length > LONGEST {
        return None;
    }
    let reach = (length / 3).max(1);
    let folded = fold(written);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= 4 * LONGEST)
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Signs that change no name: tatweel, the vowel signs of Arabic, marks of direction.
fn is_silent(char: char) -> bool {
    matches!(char, '\u{640}' | '\u{64B}'..='\u{652}' | '\u{670}' | '\u{200E}' | '\u{200F}' | '\u{61C}')
}

/// The form in which names are compared: composed, lower case, without silent signs, single spaces.
pub(super) fn fold(name: &str) -> Cow<'_, str> {
    // These compose with none of each other or of ASCII: most names need no tables.
    let is_arabic = |char: char| matches!(char, '\u{621}'..='\u{63F}' | '\u{641}'..='\u{64A}');
    let is_letter = |char: char| is_arabic(char) || matches!(char, 'ß'..='ö' | 'ø'..='ÿ' | '’');
    let mut before = ' ';
    let is_regular = name.chars().all(|char| {
        let fits = matches!(char, '!'..='~') || char == ' ' && before != ' ' || is_letter(char);
        before = char;
        fits
    });
    if is_regular && before != ' ' {
        let is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
        return if is_lower { Cow::Borrowed(name) } else { Cow::Owned(name.to_ascii_lowercase()) };
    }
    let lower: String = if is_nfc_quick(name.chars()) == IsNormalized::Yes {
        name.chars().filter(|char| !is_silent(*char)).flat_map(char::to_lowercase).collect()
    } else {
        name.nfc().filter(|char| !is_silent(*char)).flat_map(char::to_lowercase).collect()
    };
    Cow::Owned(lower.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_thing_answers_to_its_name_and_every_spelling() {
        let mut names = Names::default();
        let safi = names.add("safi", ["آسفي", "أسفي", "Safi"], ()).unwrap();
        assert_eq!(names.find("أسفي"), Some(safi));
        assert_eq!(names.find("SAFI"), Some(safi));
        assert_eq!(names.find("salé"), None);
    }

    #[test]
    fn names_are_compared_composed_in_lower_case_with_single_spaces() {
        for (written, folded) in [
            ("  Police  Station ", "police station"),
            ("مركز\u{A0}\tالشرطة", "مركز الشرطة"),
            ("ا\u{654}سفي", "أسفي"),
            ("فَاس", "فاس"),
            ("فــاس\u{200F}", "فاس"),
            ("SALE\u{301}", "salé"),
            ("İ", "i\u{307}"),
            ("", ""),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    proptest! {
        /// The short ways lead where the tables do.
        #[test]
        fn every_way_folds_alike(name in "[a-cA-C éçßÿ÷’ÉŒأءبـَ\u{301}\u{654}\u{327}\u{A0}]{0,9}") {
            let bare: String = name.nfc().filter(|char| !is_silent(*char)).flat_map(char::to_lowercase).collect();
            prop_assert_eq!(fold(&name), bare.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    #[test]
    fn a_spelling_has_one_owner() {
        let mut names = Names::default();
        names.add("fes", ["فاس"], ()).unwrap();
        let taken = names.add("tangier", ["فاس"], ()).unwrap_err();
        assert_eq!((taken.name.as_str(), taken.by), ("فاس", 0));
        assert_eq!(names.find("tangier"), Some(1), "the thing itself is kept");
        assert!(names.add("fes", [], ()).is_err());
        assert_eq!(names.len(), 2);
    }

    #[test]
    fn labels_are_kept_as_they_are_written() {
        let mut names = Names::default();
        let fes = names.add("fes", [], ()).unwrap();
        let safi = names.add("safi", ["Asfi"], ()).unwrap();
        names.label(safi, "آسفي").unwrap();
        names.label(fes, "FÈS").unwrap();
        names.label(safi, "fès").unwrap_err();
        assert_eq!(names.labels(), [vec!["FÈS"], vec!["آسفي", "fès"]]);
    }

    #[test]
    fn the_nearest_name_is_near() {
        let known = ["police-districts", "progress", "edition"];
        assert_eq!(nearest("police-district", known), Some("police-districts"));
        assert_eq!(nearest("progerss", known), Some("progress"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest(&"x".repeat(100_000), known), None);
    }
}
