//! Text into tokens: words, quoted names, numbers, dates, years and signs.

use std::ops::Range;

use super::SyntaxFault;

/// The words that are no names unless they stand in double quotes.
pub const RESERVED: [&str; 10] = ["if", "then", "and", "any", "sum", "days", "year", "start", "end", "y"];

/// The words that the grammar reads as signs.
const KEYWORDS: [&str; 3] = ["if", "then", "and"];

/// The signs of the language; where one begins another, the longer stands first.
const SIGNS: [&str; 18] =
    ["==", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "(", ")", "[", "]", ",", "@", "$", "%"];

/// Signs of other languages: how they are written, what must hold, what to write.
const REFUSED: [(&[&str], &str, &str); 9] = [
    (
        &["!=", "<>", "≠"],
        "a rule must say what is equal or bounded, never what differs",
        "use `==`, `<=`, `<`, `>=` or `>`",
    ),
    (&["=<", "≤"], "at most must be written `<=`", "did you mean `<=`?"),
    (&["=>", "≥"], "at least must be written `>=`", "did you mean `>=`?"),
    (&["×"], "a product must be written `*`", "did you mean `*`?"),
    (&["÷"], "a quotient must be written `/`", "did you mean `/`?"),
    (&["−", "–"], "a minus must be written `-`", "did you mean `-`?"),
    (&["&&"], "comparisons must be joined by `and`", "did you mean `and`?"),
    (&["||"], "a rule must have no alternatives", "write a rule for each case"),
    (&["#"], "the number of an ordinal must be a filter", "write `edition[ordinal=3]`"),
];

/// How many years an offset may span: further than any article looks.
const MAX_OFFSET: i32 = 9_999;

/// One token and its place.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) span: Range<usize>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// A bare name, or a reserved word that is no keyword.
    Word(&'a str),
    /// What stands between double quotes.
    Quoted(&'a str),
    /// `12`, `2.5`
    Number(&'a str),
    /// `2024-06-01`, `2024-06`
    Date(&'a str),
    /// `y`, `y-1`, `y+2`
    Year(i32),
    /// One of [`SIGNS`] or [`KEYWORDS`].
    Sign(&'static str),
    End,
}

/// Whether a value may stand in a filter without quotes.
pub(super) fn is_bare_value(value: &str) -> bool {
    value != "any"
        && Lexer::new(value).token().is_ok_and(|token| {
            matches!(token.kind, Kind::Word(_) | Kind::Number(_)) && token.span.len() == value.len()
        })
}

/// Whether a name may stand without quotes.
pub(super) fn is_bare_name(name: &str) -> bool {
    is_bare_value(name) && name.starts_with(char::is_alphabetic) && !RESERVED.contains(&name)
}

/// A place in the text, moved on token by token.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token; at the end of the text `End`, for ever.
    pub(super) fn token(&mut self) -> Result<Token<'a>, SyntaxFault> {
        self.take(char::is_whitespace);
        let start = self.at;
        let kind = match self.rest().chars().next() {
            None => Kind::End,
            Some('"') => self.quoted()?,
            Some(first) if first.is_ascii_digit() => self.number()?,
            Some(first) if first.is_alphabetic() => self.word()?,
            Some(first) => self.sign(first)?,
        };
        Ok(Token { kind, span: start..self.at })
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes the longest run of such characters.
    fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|found| !wanted(found)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Whether the sign comes next, and right after it such a character.
    fn comes(&self, sign: char, then: impl Fn(char) -> bool) -> bool {
        self.rest().strip_prefix(sign).is_some_and(|after| after.starts_with(then))
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// A fault of the text from `start` to here.
    fn fault(&self, start: usize, must: &str, help: &str) -> SyntaxFault {
        SyntaxFault::at(self.text, start..self.at, must, Some(help))
    }

    fn quoted(&mut self) -> Result<Kind<'a>, SyntaxFault> {
        let start = self.at;
        self.at += 1;
        let name = self.take(|found| found != '"' && !found.is_control());
        if !self.rest().starts_with('"') {
            return Err(self.fault(
                start,
                "a name in quotes must end with `\"` on its line",
                "close the quotes",
            ));
        }
        self.at += 1;
        if name.trim().is_empty() {
            return Err(self.fault(start, "a name in quotes must not be empty", "write the name"));
        }
        Ok(Kind::Quoted(name))
    }

    fn number(&mut self) -> Result<Kind<'a>, SyntaxFault> {
        let start = self.at;
        self.take(is_digit);
        if self.rest().starts_with('-') {
            return self.date(start);
        }
        if self.comes('.', is_digit) {
            self.at += 1;
            self.take(is_digit);
        }
        self.end_of_number(start)?;
        Ok(Kind::Number(self.since(start)))
    }

    fn date(&mut self, start: usize) -> Result<Kind<'a>, SyntaxFault> {
        self.take(is_part_of_word);
        let text = self.since(start);
        let lengths: Vec<usize> = text.split('-').map(str::len).collect();
        let is_date = matches!(lengths.as_slice(), [4, 2] | [4, 2, 2]);
        if is_date && text.chars().all(|found| is_digit(found) || found == '-') {
            return Ok(Kind::Date(text));
        }
        Err(self.fault(
            start,
            "a date must read `2024-06-01` or `2024-06`",
            "a minus between two numbers has a space on each side",
        ))
    }

    /// A number is over where no further digit, mark or letter touches it.
    fn end_of_number(&mut self, start: usize) -> Result<(), SyntaxFault> {
        let (must, help) =
            if self.comes(',', is_digit) || self.comes('.', is_digit) || self.comes('_', is_digit) {
                ("a number must have no group marks", "write `1000` for a thousand, `2.5` for two and a half")
            } else if self.rest().starts_with('.') {
                ("a point in a number must have digits on both sides", "write `2.5` or `2`")
            } else if self.rest().starts_with(is_part_of_word) {
                ("a number must end before a word begins", "put a space before a unit: `500 km2`")
            } else {
                return Ok(());
            };
        self.take(|found| is_part_of_word(found) || matches!(found, ',' | '.'));
        Err(self.fault(start, must, help))
    }

    fn word(&mut self) -> Result<Kind<'a>, SyntaxFault> {
        let start = self.at;
        let word = self.take(is_part_of_word);
        if let Some(keyword) = KEYWORDS.into_iter().find(|keyword| *keyword == word) {
            return Ok(Kind::Sign(keyword));
        }
        if is_year(word) {
            return self.year(start);
        }
        if word.ends_with('-') {
            return Err(self.fault(
                start,
                "a name must end with a letter or a digit",
                "a minus between two operands has a space on each side",
            ));
        }
        Ok(Kind::Word(word))
    }

    /// The year that begins at `start`; `y` or `y-1` is taken already, `+1` is not.
    fn year(&mut self, start: usize) -> Result<Kind<'a>, SyntaxFault> {
        if self.since(start) == "y" && self.comes('+', is_digit) {
            self.at += 1;
            self.take(is_digit);
            self.end_of_number(start)?;
        }
        let offset = self.since(start).strip_prefix('y').unwrap_or_default();
        match offset.parse() {
            _ if offset.is_empty() => Ok(Kind::Year(0)),
            Ok(years) if (-MAX_OFFSET..=MAX_OFFSET).contains(&years) => Ok(Kind::Year(years)),
            _ => Err(self.fault(
                start,
                "an offset must be at most 9999 years",
                "write the year itself: `@2023`",
            )),
        }
    }

    fn sign(&mut self, first: char) -> Result<Kind<'a>, SyntaxFault> {
        let (start, rest) = (self.at, self.rest());
        for (spellings, must, help) in REFUSED {
            if let Some(sign) = spellings.iter().find(|sign| rest.starts_with(**sign)) {
                self.at += sign.len();
                return Err(self.fault(start, must, help));
            }
        }
        if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            self.at += sign.len();
            return Ok(Kind::Sign(sign));
        }
        if first.is_numeric() {
            self.take(char::is_numeric);
            return Err(self.fault(
                start,
                "a number must have the digits 0 to 9",
                "write it with the digits 0 to 9",
            ));
        }
        self.at += first.len_utf8();
        Err(SyntaxFault::stray(first, start..self.at))
    }
}

/// Whether a word is `y` or `y-1`, and not the name `y-axis`.
fn is_year(word: &str) -> bool {
    let past = |offset: &str| !offset.is_empty() && offset.chars().all(is_digit);
    word == "y" || word.strip_prefix("y-").is_some_and(past)
}

fn is_digit(found: char) -> bool {
    found.is_ascii_digit()
}

/// Letters and digits of any script, with the marks that some systems write beside the letter (é as e and ´).
fn is_part_of_word(found: char) -> bool {
    found.is_alphanumeric() || matches!(found, '-' | '_' | '\u{300}'..='\u{36f}')
}
