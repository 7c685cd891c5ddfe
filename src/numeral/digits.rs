//! Figures in digits: which marks group, which one is the decimal point, and when nobody can tell.
//!
//! ```text
//! 2.098.139   two groups of three: the dot groups, and so it does in the whole document
//! 194.5       no group has one digit: a decimal
//! 867.042     one group of three: thousands where the document groups with dots or the thing is counted; else both readings are shown
//! ```

use std::collections::BTreeMap;

use super::{Convention, Counted, Fault};
use crate::quantity::Number;
use crate::quantity::number::MAX_DIGITS;

/// A figure in digits, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// The value as the marks were taken.
    pub(super) value: Number,
    /// Digits after the decimal mark.
    pub(super) decimals: u32,
    /// Digits in all, which tell `07` from `7`.
    pub(super) digits: usize,
    /// Whether a mark stands between the digits.
    pub(super) is_marked: bool,
    /// Both readings of a lone group, when the document does not settle it.
    pub(super) doubt: Option<Doubt>,
}

/// The two readings of a lone group of three digits: `867.042`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The mark groups thousands.
    pub grouped: Number,
    /// The mark is the decimal point.
    pub decimal: Number,
}

/// Digits and the marks between them, before anyone decides what the marks mean.
struct Groups {
    digits: String,
    /// Each mark, and how many digits stand before it.
    marks: Vec<(char, usize)>,
}

/// Reads a literal that [`extent`] delimited.
pub(super) fn read(literal: &str, convention: Convention, counted: Counted) -> Result<Written, Fault> {
    let groups = Groups::split(literal)?;
    match groups.decimal_mark(convention, counted)? {
        Mark::None => groups.written(0, None),
        Mark::Last => groups.written(groups.last_group(), None),
        Mark::Doubtful => {
            let doubt = groups.doubt()?;
            let decimals = if counted == Counted::No { groups.last_group() } else { 0 };
            groups.written(decimals, Some(doubt))
        }
    }
}

/// Which mark is the decimal point.
enum Mark {
    None,
    Last,
    Doubtful,
}

impl Groups {
    fn split(literal: &str) -> Result<Self, Fault> {
        let mut groups = Self { digits: String::new(), marks: Vec::new() };
        for c in literal.chars() {
            match digit(c) {
                Some(digit) if groups.digits.len() < MAX_DIGITS => groups.digits.push(digit),
                Some(_) => return Err(Fault::TooManyDigits),
                None => groups.marks.push((mark(c), groups.digits.len())),
            }
        }
        Ok(groups)
    }

    /// How many digits follow the last mark.
    fn last_group(&self) -> usize {
        self.marks.last().map_or(0, |(_, before)| self.digits.len() - before)
    }

    /// Decides what the last mark is, given what the document has settled.
    fn decimal_mark(&self, convention: Convention, counted: Counted) -> Result<Mark, Fault> {
        let Some((&(last, before), others)) = self.marks.split_last() else { return Ok(Mark::None) };
        let is_uniform = others.iter().all(|(mark, _)| *mark == last);
        match (last, others) {
            (DECIMAL, _) if self.groups_thousands(others, before) => Ok(Mark::Last),
            ('.' | ',', []) if !self.groups_thousands(&self.marks, self.digits.len()) => Ok(Mark::Last),
            ('.' | ',', []) => lone_group(last, convention, counted).ok_or_else(|| self.ambiguous()),
            _ if is_uniform && self.groups_thousands(&self.marks, self.digits.len()) => Ok(Mark::None),
            ('.' | ',', [(first, _), ..]) if *first != last && self.groups_thousands(others, before) => {
                Ok(Mark::Last)
            }
            _ => Err(Fault::MalformedGroups),
        }
    }

    /// Whether `marks`, all one mark, cut the first `end` digits into thousands: 1 to 3 digits, then threes. No mark cuts nothing wrongly.
    fn groups_thousands(&self, marks: &[(char, usize)], end: usize) -> bool {
        let Some(&(mark, first)) = marks.first() else { return true };
        let ends = marks.iter().skip(1).map(|(_, before)| *before).chain([end]);
        let mut start = first;
        let mut are_threes = true;
        for end in ends {
            are_threes &= end - start == 3;
            start = end;
        }
        are_threes
            && (1..=3).contains(&first)
            && !self.digits.starts_with('0')
            && marks.iter().all(|(other, _)| *other == mark)
    }

    fn doubt(&self) -> Result<Doubt, Fault> {
        Ok(Doubt { grouped: self.number(0)?, decimal: self.number(self.last_group())? })
    }

    fn ambiguous(&self) -> Fault {
        self.doubt().map_or_else(
            |fault| fault,
            |Doubt { grouped, decimal }| Fault::AmbiguousSeparator { grouped, decimal },
        )
    }

    fn number(&self, decimals: usize) -> Result<Number, Fault> {
        let (whole, fraction) =
            self.digits.split_at_checked(self.digits.len() - decimals).unwrap_or((&self.digits, ""));
        let number =
            if decimals == 0 { Number::parse(whole) } else { Number::parse(&format!("{whole}.{fraction}")) };
        number.ok_or(Fault::TooManyDigits)
    }

    fn written(&self, decimals: usize, doubt: Option<Doubt>) -> Result<Written, Fault> {
        let value = self.number(decimals)?;
        let decimals = u32::try_from(decimals).map_err(|_| Fault::TooManyDigits)?;
        Ok(Written { value, decimals, digits: self.digits.len(), is_marked: !self.marks.is_empty(), doubt })
    }
}

/// What a single dot or comma before three digits means; `None` when both readings stand.
fn lone_group(mark: char, convention: Convention, counted: Counted) -> Option<Mark> {
    match (convention.group, counted) {
        (Some(group), _) if group == mark => Some(Mark::None),
        (Some(_), _) => Some(Mark::Doubtful),
        (None, _) if convention.decimal == Some(mark) => Some(Mark::Last),
        (None, Counted::Yes) => Some(Mark::None),
        (None, _) => None,
    }
}

/// How often each mark was seen to group, and to be a decimal mark.
#[derive(Default)]
pub(super) struct Votes {
    group: BTreeMap<char, u64>,
    decimal: BTreeMap<char, u64>,
}

impl Votes {
    /// Counts the figures of a text.
    pub(super) fn count(&mut self, text: &str) {
        let mut at = 0;
        while let Some(start) = first_digit(text.as_bytes(), at) {
            at = start + extent(text.get(start..).unwrap_or_default());
            if at - start < SHORTEST_SETTLED {
                continue;
            }
            let seen = settled(text.get(start..at).unwrap_or_default());
            for (votes, mark) in [(&mut self.group, seen.group), (&mut self.decimal, seen.decimal)] {
                if let Some(mark) = mark {
                    *votes.entry(mark).or_default() += 1;
                }
            }
        }
    }

    /// The marks that most figures agree on.
    pub(super) fn convention(&self) -> Convention {
        let most = |votes: &BTreeMap<char, u64>| {
            votes.iter().max_by_key(|(_, count)| **count).map(|(mark, _)| *mark)
        };
        Convention { group: most(&self.group), decimal: most(&self.decimal) }
    }
}

/// The bytes of `1,234.5`: what is shorter settles nothing.
const SHORTEST_SETTLED: usize = 7;

/// The mark that groups in a figure of two groups or more, and the decimal mark where the same figure shows one.
pub(super) fn settled(literal: &str) -> Convention {
    // One mark settles nothing, and nearly no figure has more. What is longer than any figure is none.
    let marks = literal.chars().take(2 * MAX_DIGITS).filter(|c| digit(*c).is_none());
    if marks.take(2).count() < 2 {
        return Convention::default();
    }
    let Ok(groups) = Groups::split(literal) else { return Convention::default() };
    let Some((&(last, before), others)) = groups.marks.split_last() else { return Convention::default() };
    let Some(&(first, _)) = groups.marks.first() else { return Convention::default() };
    if !others.is_empty() && groups.groups_thousands(&groups.marks, groups.digits.len()) {
        return Convention { group: Some(first), decimal: None };
    }
    if !others.is_empty() && last != first && groups.groups_thousands(others, before) {
        return Convention { group: Some(first), decimal: Some(last) };
    }
    Convention::default()
}

/// The Arabic decimal separator, U+066B, which can be nothing else.
const DECIMAL: char = '\u{66b}';

/// The ASCII digit that `c` is a shape of: European, Arabic-Indic, or extended Arabic-Indic.
pub(super) fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

/// The byte of the first [`digit`] of a text, from byte `at` on.
fn first_digit(text: &[u8], mut at: usize) -> Option<usize> {
    while let Some(block) = text.get(at..).and_then(<[u8]>::first_chunk)
        && !has_digit(block)
    {
        at += BLOCK;
    }
    let rest = text.get(at..)?;
    let begins = |pair: &[u8]| matches!(pair, [first, second] if begins_digit(*first, *second));
    let last = || rest.len().checked_sub(1).filter(|_| rest.last().is_some_and(u8::is_ascii_digit));
    rest.windows(2).position(begins).or_else(last).map(|next| at + next)
}

/// Bytes that are looked at together.
const BLOCK: usize = 16;

/// Whether a [`digit`] begins in a block, which has one byte more for the last: the compiler compares all bytes together.
fn has_digit(block: &[u8; BLOCK + 1]) -> bool {
    let (Some(firsts), Some(seconds)) = (block.first_chunk::<BLOCK>(), block.last_chunk::<BLOCK>()) else {
        return false;
    };
    firsts.iter().zip(seconds).fold(false, |any, (first, second)| any | begins_digit(*first, *second))
}

/// Whether a [`digit`] begins with these two bytes of UTF-8.
fn begins_digit(first: u8, second: u8) -> bool {
    first.is_ascii_digit()
        | (first == 0xd9) & (0xa0..=0xa9).contains(&second)
        | (first == 0xdb) & (0xb0..=0xb9).contains(&second)
}

/// One sign for all marks that look and mean alike.
fn mark(c: char) -> char {
    match c {
        '’' => '\'',
        _ if is_group_space(c) => ' ',
        _ => c,
    }
}

/// Spaces that may stand between groups of three.
fn is_group_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// How many bytes at the start of `text`, which begins with a digit, belong to one figure.
///
/// A mark counts when a digit follows; a space or an apostrophe only between one to three digits and exactly three.
pub(super) fn extent(text: &str) -> usize {
    let mut end = run(text);
    let mut group_space = None;
    while let Some(rest) = text.get(end..) {
        let Some(c) = rest.chars().next() else { break };
        let group = run(rest.get(c.len_utf8()..).unwrap_or_default());
        let mark = mark(c);
        let belongs = match mark {
            '.' | ',' | '\u{66b}' | '\u{66c}' => group > 0,
            ' ' | '\'' => {
                let may_group = group_space == Some(mark)
                    || group_space.is_none() && leads_groups(text.get(..end).unwrap_or_default());
                may_group && is_three(rest.get(c.len_utf8()..).unwrap_or_default(), group)
            }
            _ => false,
        };
        if !belongs {
            break;
        }
        group_space = Some(mark);
        end += c.len_utf8() + group;
    }
    end
}

/// Bytes of the digits at the start of `text`.
fn run(text: &str) -> usize {
    text.find(|c| digit(c).is_none()).unwrap_or(text.len())
}

/// Whether `digits` may be the first of space-separated groups: one to three digits, no leading zero, no mark.
fn leads_groups(digits: &str) -> bool {
    let count = digits.chars().take(4).count();
    count <= 3
        && digits.chars().all(|c| digit(c).is_some())
        && digits.chars().next().and_then(digit) != Some('0')
}

/// Whether the digit run of `length` bytes that starts `text` holds exactly three digits.
fn is_three(text: &str, length: usize) -> bool {
    text.get(..length).is_some_and(|digits| digits.chars().take(4).count() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(literal: &str, convention: Convention, counted: Counted) -> Result<String, Fault> {
        assert_eq!(extent(literal), literal.len(), "{literal}");
        read(literal, convention, counted).map(|written| written.value.to_string())
    }

    fn free(literal: &str) -> Result<String, Fault> {
        value(literal, Convention::default(), Counted::Unknown)
    }

    #[test]
    fn two_groups_settle_themselves() {
        for literal in [
            "2.098.139",
            "2,098,139",
            "2 098 139",
            "2\u{202f}098\u{202f}139",
            "2'098'139",
            "٢٬٠٩٨٬١٣٩",
            "۲۰۹۸۱۳۹",
        ] {
            assert_eq!(free(literal).as_deref(), Ok("2098139"), "{literal}");
        }
    }

    #[test]
    fn what_cannot_be_a_group_is_a_decimal() {
        for (literal, expected) in [
            ("194.5", "194.5"),
            ("1,25", "1.25"),
            ("0.123", "0.123"),
            ("1234.567", "1234.567"),
            ("٣٫١٤", "3.14"),
        ] {
            assert_eq!(free(literal).as_deref(), Ok(expected), "{literal}");
        }
        assert_eq!(free("1.234,5").as_deref(), Ok("1234.5"));
        assert_eq!(free("12 345,678").as_deref(), Ok("12345.678"));
    }

    #[test]
    fn a_lone_group_needs_the_document_or_the_unit() {
        let ambiguous = Fault::AmbiguousSeparator {
            grouped: Number::from(867_042),
            decimal: Number::parse("867.042").unwrap(),
        };
        let dots = Convention { group: Some('.'), decimal: None };
        let commas = Convention { group: Some(','), decimal: None };
        assert_eq!(free("867.042"), Err(ambiguous.clone()));
        assert_eq!(value("867.042", Convention::default(), Counted::No), Err(ambiguous));
        assert_eq!(value("867.042", Convention::default(), Counted::Yes).as_deref(), Ok("867042"));
        assert_eq!(value("867.042", dots, Counted::No).as_deref(), Ok("867042"));
        assert_eq!(value("867.042", commas, Counted::No).as_deref(), Ok("867.042"));
        let doubtful = read("867.042", commas, Counted::Yes).unwrap();
        assert_eq!((doubtful.value, doubtful.doubt.is_some()), (Number::from(867_042), true));
    }

    #[test]
    fn broken_groups_are_named() {
        for literal in ["1.23.456", "12,34,567", "1,234.567,8", "1.2.3"] {
            assert_eq!(free(literal), Err(Fault::MalformedGroups), "{literal}");
        }
        assert_eq!(free(&"9".repeat(401)), Err(Fault::TooManyDigits));
    }

    #[test]
    fn a_figure_ends_where_its_groups_do() {
        for (text, end) in [
            ("2019.", 4),
            ("100..200", 3),
            ("12 345 678", 10),
            ("2019 450", 4),
            ("12 3456", 2),
            ("0522 123", 4),
            ("6, 7", 1),
        ] {
            assert_eq!(extent(text), end, "{text}");
        }
    }

    #[test]
    fn no_digit_is_passed() {
        for digit in ["7", "٠", "٩", "۰", "۹"] {
            for before in 0..200 {
                // «ك» and «ی» share their first byte with digits.
                let text = format!(
                    "{}{digit} {}",
                    "كی".chars().cycle().take(before).collect::<String>(),
                    "x".repeat(150)
                );
                let slow = text.find(|c| super::digit(c).is_some());
                assert_eq!(first_digit(text.as_bytes(), 0), slow, "{text}");
                assert_eq!(first_digit(text.as_bytes(), slow.unwrap() + digit.len()), None, "{text}");
            }
        }
        assert_eq!(first_digit(b"5", 0), Some(0));
        assert_eq!(first_digit(b"", 0), None);
    }

    #[test]
    fn only_long_figures_settle_a_document() {
        assert_eq!(settled("2.098.139").group, Some('.'));
        assert_eq!(settled("1,234.5"), Convention { group: Some(','), decimal: Some('.') });
        assert_eq!(settled("1,234,567.5"), Convention { group: Some(','), decimal: Some('.') });
        assert_eq!(settled("194.5").group, None);
    }
}
