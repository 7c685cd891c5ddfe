//! Text cut into words, figures in digits, and marks: what every reader of this module walks over.

use super::digits;
use super::fold::{self, Folds, is_letter};
use super::list::WordList;
use super::words::{self, Clitic, Lexeme, Sense};

/// The most tokens that one line holds; a longer line is read in pieces, so that memory stays bounded.
const LONGEST_LINE: usize = 4096;

/// The most bytes of a particle, vowel signs included.
const LONGEST_PARTICLE: usize = 16;

/// The bytes of «والـ».
const LONGEST_ARTICLE: usize = 8;

/// One word, figure or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First byte in the text.
    pub(super) start: usize,
    /// The byte after the last.
    pub(super) end: usize,
    /// Nothing stands between this token and the one before.
    pub(super) glued: bool,
    /// What it is.
    pub(super) kind: Kind,
    /// Where its folded spelling stands in the line's; nowhere when it is no word of any table.
    fold: (usize, usize),
}

/// The kinds of token.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Digits with their marks; the particle that was written onto them is taken off («و43», «الـ69»).
    Literal(Clitic),
    /// Letters.
    Word(Lexeme, Clitic),
    /// Anything else that is visible.
    Mark(char),
}

/// The language that Latin words are read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tongue {
    /// French.
    French,
    /// English, and the default.
    #[default]
    English,
}

/// A line of text, or a piece of a very long one, as tokens.
pub(super) struct Line<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// The folded spellings of its words.
    folds: Folds,
    /// Its words that are French and not English, less those that are English and not French.
    french: i32,
    /// How Latin words are read.
    pub(super) tongue: Tongue,
    start: usize,
    end: usize,
}

impl<'t> Line<'t> {
    /// A whole short text as one line; newlines count as white space.
    pub(super) fn whole(text: &'t str) -> Self {
        let mut line = Self { tokens: Vec::with_capacity(text.len() / 8), ..Self::empty(text) };
        line.read(0, usize::MAX, false);
        line.tongue = line.spoken().unwrap_or_default();
        line
    }

    /// A line without tokens, to be filled by [`Line::advance`].
    pub(super) fn empty(text: &'t str) -> Self {
        Self {
            text,
            tokens: Vec::new(),
            folds: Folds::default(),
            french: 0,
            tongue: Tongue::default(),
            start: 0,
            end: 0,
        }
    }

    /// Reads the next line of the text into the same memory; false at the end of the text.
    pub(super) fn advance(&mut self) -> bool {
        if self.end >= self.text.len() {
            return false;
        }
        self.tokens.clear();
        self.folds.clear();
        self.french = 0;
        self.start = self.end;
        self.end = self.read(self.start, LONGEST_LINE, true);
        if let Some(tongue) = self.spoken() {
            self.tongue = tongue;
        }
        true
    }

    /// The text of the line.
    pub(super) fn text(&self) -> &'t str {
        self.text.get(self.start..self.end).unwrap_or_default()
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at `at`.
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// What the word at `at` means in this line's language; plain where there is no word.
    pub(super) fn sense(&self, at: usize) -> Sense {
        match self.token(at).map(|token| token.kind) {
            Some(Kind::Word(lexeme, _)) => match self.tongue {
                Tongue::French => lexeme.french,
                Tongue::English => lexeme.english,
            },
            _ => Sense::Plain,
        }
    }

    /// The particles written onto the token at `at`.
    pub(super) fn clitic(&self, at: usize) -> Clitic {
        match self.token(at).map(|token| token.kind) {
            Some(Kind::Word(_, clitic) | Kind::Literal(clitic)) => clitic,
            _ => Clitic::default(),
        }
    }

    /// The digits at `at`, as written, without the article.
    pub(super) fn literal(&self, at: usize) -> Option<&'t str> {
        let token = self.token(at)?;
        let Kind::Literal(clitic) = token.kind else { return None };
        let literal = self.text.get(token.start..token.end)?;
        let has_article = clitic.definite;
        Some(if has_article { literal.trim_start_matches(|c| digits::digit(c).is_none()) } else { literal })
    }

    /// The letters at `at`, as written.
    pub(super) fn word(&self, at: usize) -> Option<&'t str> {
        self.token(at)
            .filter(|token| matches!(token.kind, Kind::Word(..)))
            .and_then(|token| self.text.get(token.start..token.end))
    }

    /// The word at `at` in its folded spelling.
    pub(super) fn folded(&self, at: usize) -> Option<&str> {
        let (start, end) = self.token(at)?.fold;
        Some(self.folds.text(start..end)).filter(|word| !word.is_empty())
    }

    /// The words from token `first` to token `last` in their folded spellings, a space between them; between them stand
    /// no figures, and the marks are left out.
    pub(super) fn folded_phrase(&self, first: usize, last: usize) -> Option<&[u8]> {
        Some(self.folds.get(self.token(first)?.fold.0..self.token(last)?.fold.1))
    }

    /// Whether the word at `at` is one of `words`, which are given folded.
    pub(super) fn is_word(&self, at: usize, words: impl WordList) -> bool {
        let Some((start, end)) = self.token(at).map(|token| token.fold) else { return false };
        start < end && words.has(self.folds.get(start..end))
    }

    /// The mark at `at`.
    pub(super) fn mark(&self, at: usize) -> Option<char> {
        match self.token(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Whether the token at `at` touches the one before it.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.glued)
    }

    /// Whether `at` holds a word of Arabic letters.
    pub(super) fn is_arabic(&self, at: usize) -> bool {
        self.word(at).and_then(|word| word.chars().next()).is_some_and(is_arabic_letter)
    }

    /// Where the token at `at` starts in the text; the end of the line when there is none.
    pub(super) fn start(&self, at: usize) -> usize {
        self.token(at).map_or(self.end, |token| token.start)
    }

    /// Where the number word at `at` starts, the particles that are written onto it left out: «أربع» in «وأربع».
    ///
    /// The article stays, and «لل», which holds it.
    pub(super) fn bare_start(&self, at: usize) -> usize {
        let start = self.start(at);
        let (Some(word), clitic) = (self.word(at), self.clitic(at)) else { return start };
        let letters = || word.char_indices().filter(|(_, c)| !fold::is_invisible(*c) && !is_vowel_sign(*c));
        let after_and = usize::from(clitic.and);
        let holds_article =
            letters().nth(after_and).map(|(_, c)| c) == letters().nth(after_and + 1).map(|(_, c)| c);
        let count = after_and + usize::from(clitic.preposition && !holds_article);
        start + letters().nth(count).map_or(0, |(offset, _)| offset)
    }

    /// Where the token before `at` ends.
    pub(super) fn end_before(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|before| self.token(before)).map_or(self.start, |token| token.end)
    }

    /// The text between two places.
    pub(super) fn slice(&self, range: std::ops::Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    /// Whether its words may be French as well as English.
    pub(super) fn is_undecided(&self) -> bool {
        self.spoken().is_none()
    }

    /// The same line, read as French.
    pub(super) fn into_french(self) -> Self {
        Self { tongue: Tongue::French, ..self }
    }

    /// French or English, by the everyday words of the line; `None` when they do not tell.
    fn spoken(&self) -> Option<Tongue> {
        match self.french {
            0 => None,
            1.. => Some(Tongue::French),
            _ => Some(Tongue::English),
        }
    }

    /// Reads tokens from byte `at` up to a newline or a limit; the byte to go on from.
    fn read(&mut self, mut at: usize, limit: usize, stops_at_newline: bool) -> usize {
        let mut glued = false;
        while self.tokens.len() < limit {
            // Nearly every word ends at a space.
            if self.text.as_bytes().get(at) == Some(&b' ') {
                glued = false;
                at += 1;
                continue;
            }
            let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) else {
                return self.finish(at);
            };
            if c == '\n' && stops_at_newline {
                return self.finish(at + 1);
            }
            if is_letter(c) {
                at = self.push_word(at, c, glued);
            } else if c.is_whitespace() || fold::is_invisible(c) {
                glued &= !c.is_whitespace();
                at += c.len_utf8();
                continue;
            } else {
                at = self.push(at, c, glued);
            }
            glued = true;
        }
        self.finish(at)
    }

    fn finish(&mut self, end: usize) -> usize {
        self.end = end;
        end
    }

    /// Reads the word that starts with `first` at byte `at`; its end.
    fn push_word(&mut self, at: usize, first: char, glued: bool) -> usize {
        let (length, fold) = self.folds.push(self.text.get(at..).unwrap_or_default());
        let end = at + length;
        let (mut lexeme, clitic) = meaning(self.folds.get(fold.clone()), first);
        if lexeme != Lexeme::default() {
            lexeme = words::voiced(lexeme, self.text.get(at..end).unwrap_or_default());
            // "à" is no English "a": «Mis à jour : 4 mars» has no other word that tells.
            let is_english = lexeme.english != Sense::Plain && !matches!(first, 'à' | 'À');
            self.french += i32::from(lexeme.french != Sense::Plain) - i32::from(is_english);
        }
        let fold = (fold.start, fold.end);
        self.tokens.push(Token { start: at, end, glued, kind: Kind::Word(lexeme, clitic), fold });
        end
    }

    /// Reads the figure or the mark that starts with `c` at byte `at`; its end.
    fn push(&mut self, at: usize, c: char, glued: bool) -> usize {
        if digits::digit(c).is_some() {
            let end = at + digits::extent(self.text.get(at..).unwrap_or_default());
            self.push_literal(at, end, glued);
            return end;
        }
        let end = at + c.len_utf8();
        self.tokens.push(Token { start: at, end, glued, kind: Kind::Mark(c), fold: (0, 0) });
        end
    }

    /// Adds a figure in digits, and takes an Arabic particle that touches it into it.
    fn push_literal(&mut self, start: usize, end: usize, glued: bool) {
        let before = self.tokens.last().copied();
        // «ال 69»: the article may stand apart, which no noun's does; a longer word is none.
        let longest = if glued { LONGEST_PARTICLE } else { LONGEST_ARTICLE };
        let particle = before.and_then(|token| match token.kind {
            Kind::Word(..) if token.end - token.start <= longest => {
                particle(self.folds.text(token.fold.0..token.fold.1))
            }
            _ => None,
        });
        let particle = particle.filter(|clitic| glued || clitic.definite);
        let (Some(clitic), Some(before)) = (particle, before) else {
            self.tokens.push(Token {
                start,
                end,
                glued,
                kind: Kind::Literal(Clitic::default()),
                fold: (0, 0),
            });
            return;
        };
        self.tokens.pop();
        // The article belongs to the figure («الـ69»); a conjunction or preposition does not.
        let start = if clitic.definite && !clitic.and && !clitic.preposition { before.start } else { start };
        self.tokens.push(Token {
            start,
            end,
            glued: before.glued,
            kind: Kind::Literal(clitic),
            fold: (0, 0),
        });
    }
}

/// What a word means; `first` is its first letter.
fn meaning(folded: &[u8], first: char) -> (Lexeme, Clitic) {
    if is_arabic_letter(first) { words::arabic(folded) } else { (words::latin(folded), Clitic::default()) }
}

/// The particles that may be written onto digits.
fn particle(folded: &str) -> Option<Clitic> {
    let clitic = |and, preposition, definite| Some(Clitic { and, preposition, definite });
    match folded {
        "و" | "ف" => clitic(true, false, false),
        "ب" | "ل" | "ك" => clitic(false, true, false),
        "وب" | "ول" => clitic(true, true, false),
        "ال" => clitic(false, false, true),
        "وال" => clitic(true, false, true),
        "بال" | "لل" | "كال" => clitic(false, true, true),
        _ => None,
    }
}

/// The marks of short vowels, and the stroke that lengthens a word.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Letters of the Arabic block.
fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_fold_in_a_line_as_they_do_alone(text in "[a-zA-ZÀ-ÿ\u{610}-\u{6d6}'’ .5\u{200f}]{0,80}|\\PC{0,40}") {
            let line = Line::whole(&text);
            for at in 0..line.len() {
                let alone = line.word(at).map(Line::whole);
                prop_assert_eq!(line.folded(at), alone.as_ref().and_then(|line| line.folded(0)));
            }
        }
    }

    fn pieces(text: &str) -> Vec<&str> {
        let line = Line::whole(text);
        (0..line.len()).map(|at| line.slice(line.start(at)..line.end_before(at + 1))).collect()
    }

    #[test]
    fn words_figures_and_marks() {
        assert_eq!(pieces("les 3.5% d'eau"), ["les", "3.5", "%", "d'", "eau"]);
        assert_eq!(pieces("TASER-7"), ["TASER", "-", "7"]);
        assert_eq!(pieces("من\u{200f} 2.098.139 مكالمة،"), ["من", "2.098.139", "مكالمة", "،"]);
    }

    #[test]
    fn particles_leave_the_figure() {
        assert_eq!(pieces("و43.807 سند"), ["43.807", "سند"]);
        assert_eq!(pieces("الذكرى الـ69"), ["الذكرى", "الـ69"]);
        assert!(Line::whole("و43").clitic(0).and);
    }

    #[test]
    fn particles_are_no_part_of_a_number_word() {
        for (text, expected) in [
            ("وأربع", "أربع"),
            ("وَأربع", "أربع"),
            ("بعشرة", "عشرة"),
            ("وبعشرة", "عشرة"),
            ("بالعشرين", "العشرين"),
            ("للثالث", "للثالث"),
            ("أربع", "أربع"),
        ] {
            let line = Line::whole(text);
            assert_eq!(text.get(line.bare_start(0)..), Some(expected));
        }
    }

    #[test]
    fn lines_end_at_newlines_and_stay_bounded() {
        let text = format!("a 1\nb 2\n{}", "x ".repeat(10_000));
        let mut line = Line::empty(&text);
        let mut lengths = Vec::new();
        while line.advance() {
            lengths.push(line.len());
        }
        assert_eq!(lengths, [2, 2, 4096, 4096, 1808]);
    }

    #[test]
    fn the_language_is_that_of_the_small_words() {
        assert_eq!(Line::whole("les agents de la ville").tongue, Tongue::French);
        assert_eq!(Line::whole("the agents of that town").tongue, Tongue::English);
    }
}
