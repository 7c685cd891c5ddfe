//! Figures written in Arabic, French and English: what they say, and where they stand in a text.
//!
//! | to read | use |
//! |---|---|
//! | the `value` of a claim: `over 117`, «نصف مليون» | [`read_phrase`] |
//! | the one figure of a quote: «أكثر من 117 تدخلًا» | [`read_quote`] |
//! | what the separators of a document mean | [`survey`] |
//! | every figure of a text, with its place, class and noun | [`find`] |
//!
//! From small to large; what a word means may be told by what stands around it, so some look ahead of themselves:
//!
//! ```text
//! fold        spellings of one word into one
//! dictionary  words by their folded spelling
//! words       what a single word may mean            digits    what dots and commas mean
//! list        which words a word may be one of
//! token       a line as words, figures and marks
//! cardinal    numbers in digits, words or both
//! vague       "half a million", "dozens"             dual      «قاعتين»
//! share       "one in five"
//! amount      percent, ranges, signs                 hedges    "more than", «على الأقل»
//! phrase      one figure and its unit                date, year, relative   when
//! find        every figure of a text                 ordinal, name, address what is no quantity
//!                                                    noun, plausible        what it counts, and whether it is meant
//! ```

mod address;
mod amount;
mod cardinal;
mod date;
mod dictionary;
mod digits;
mod dual;
mod fault;
mod find;
mod fold;
mod hedges;
mod list;
mod mention;
mod name;
mod noun;
mod ordinal;
mod phrase;
mod plausible;
mod relative;
mod share;
mod spread;
mod token;
mod vague;
mod words;
mod year;

#[cfg(test)]
mod tests;

pub use date::{Date, Moment, Part};
pub use digits::Doubt;
pub use fault::Fault;
pub use find::{find, mentions};
pub(crate) use list::{Words, word_list};
pub use mention::{Class, Mention};
pub use phrase::{Phrase, read_phrase, read_quote};

/// What a document has settled about its separators; by default, nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Convention {
    /// The mark between groups of three: `.` in `2.098.139`.
    pub group: Option<char>,
    /// The decimal mark, where a figure shows both: `,` in `1.234,5`.
    pub decimal: Option<char>,
}

/// Whether the unit of a figure comes in whole things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// It is countable: districts, people.
    Yes,
    /// It is measured: square kilometres, per cent.
    No,
    /// Nobody has said.
    #[default]
    Unknown,
}

/// The convention that the figures of some texts settle: every figure of two or more groups is a vote for its marks.
///
/// # Example
/// ```
/// use mizan::numeral::survey;
///
/// assert_eq!(survey(["4.269.781 cartes", "194.5 %"]).group, Some('.'));
/// assert_eq!(survey(["194.5 %"]).group, None);
/// ```
pub fn survey<'t>(texts: impl IntoIterator<Item = &'t str>) -> Convention {
    let mut votes = digits::Votes::default();
    for text in texts {
        votes.count(text);
    }
    votes.convention()
}
