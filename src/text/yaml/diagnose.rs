//! What a typist did, from what the scanner or the grammar says about it.
//!
//! They tell where they could not go on, which for a forgotten quotation mark or bracket is some
//! line below. What was read before and the text around the place tell more.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::fault::found;
use super::{Fault, FaultKind, Source, Typo};

/// What was read before something could not be.
pub(super) struct Context {
    /// The stretch that is read.
    pub(super) range: Range<usize>,
    /// Where the last thing ended that was read.
    pub(super) last: usize,
    /// The innermost bracket that is open.
    pub(super) bracket: Option<usize>,
}

/// Among what something stands that cannot stand there.
#[derive(Clone, Copy)]
pub(super) enum Misplaced {
    /// Items or entries between brackets.
    BetweenBrackets,
    /// The lines of a list or mapping without brackets.
    AmongLines,
    /// Where a value must stand, or nothing.
    Elsewhere,
}

/// The fault behind a token that the grammar has no place for.
pub(super) fn misplaced(source: Source<'_>, at: usize, among: Misplaced, context: &Context) -> Fault {
    let scene = Scene { source, context, at };
    match among {
        Misplaced::BetweenBrackets => scene.in_brackets(),
        Misplaced::AmongLines => scene.word(Typo::Indentation),
        Misplaced::Elsewhere => scene.by_character(),
    }
}

/// The fault behind what the scanner says of a place.
pub(super) fn diagnose(source: Source<'_>, at: usize, error: &ErrorKind, context: &Context) -> Fault {
    let at = at.clamp(context.range.start, context.range.end);
    Scene { source, context, at: source.text.floor_char_boundary(at) }.explain(error)
}

struct Scene<'t, 'c> {
    source: Source<'t>,
    context: &'c Context,
    /// Where that stands.
    at: usize,
}

impl Scene<'_, '_> {
    fn explain(&self, error: &ErrorKind) -> Fault {
        use ErrorKind as E;
        match error {
            E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
                self.unclosed_quote()
            }
            E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
                self.text_after_quote()
            }
            E::UnknownQuotedScalarEscape
            | E::InvalidQuotedScalarHexEscape
            | E::InvalidLowSurrogateHexEscape
            | E::InvalidLowSurrogate
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate
            | E::InvalidUnicodeEscape => self.escape(),
            E::TabNotAllowed
            | E::TabInBlockIndentation
            | E::TabInIndentation
            | E::TabInPlainScalar
            | E::TabAtBlockScalarStart => self.tab(),
            E::MisplacedFlowCollectionEnd => self.here(Typo::StrayBracket(self.char_here().unwrap_or(']'))),
            E::MismatchedFlowCollectionEnd { open, close } => {
                self.here(Typo::MismatchedBracket { open: *open, close: *close })
            }
            E::UnclosedFlowCollection { open } => self.here(Typo::UnclosedBracket(*open)),
            E::InvalidColonPlacement | E::BlockEntryInFlowCollection => self.in_brackets(),
            E::MappingValueNotAllowed => self.second_colon(),
            E::SimpleKeyExpected | E::InvalidSimpleKey => self.key_expected(),
            E::FlowMappingValueAdjacentCollection => self.word(Typo::ColonWithoutSpace),
            E::InvalidIndentation | E::InvalidBlockScalarIndent => self.word(Typo::Indentation),
            E::BlockSequenceEntryNotAllowed => self.here(Typo::ListBesideKey),
            E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => {
                self.here(Typo::BlockText(self.char_here().unwrap_or('>')))
            }
            E::UnexpectedCharacter { character } => self.character(*character),
            E::RecursionLimitExceeded => self.fault(FaultKind::TooDeep),
            E::BomInsideDocument => self.fault(FaultKind::ForbiddenCharacter('\u{FEFF}')),
            _ => self.by_character(),
        }
    }

    /// A character that YAML keeps for itself stands at the beginning of a text, one that it
    /// forbids anywhere in it.
    fn character(&self, character: char) -> Fault {
        if self.char_here() == Some(character) && character.is_ascii() {
            return self.by_character();
        }
        let inside = self.source.get(self.at..self.context.range.end).find(character);
        let at = self.at + inside.unwrap_or(0);
        let span = self.source.span(at..at + inside.map_or(0, |_| character.len_utf8()));
        Fault::new(span, FaultKind::ForbiddenCharacter(character))
    }

    /// Anything else is told by the character that stands there.
    fn by_character(&self) -> Fault {
        match self.char_here() {
            Some('&') => self.fault(FaultKind::Anchor),
            Some('*') => self.fault(FaultKind::Alias),
            Some('!') => self.fault(FaultKind::Tag),
            Some(char @ ('@' | '`' | '%' | ',')) => self.here(Typo::ReservedStart(char)),
            other => self.here(Typo::Unexpected(other)),
        }
    }

    fn unclosed_quote(&self) -> Fault {
        let start = self.opening_quote();
        let mark = self.source.from(start).chars().next().unwrap_or('"');
        self.at_char(start, Typo::UnclosedQuote(mark))
    }

    /// A quotation mark that closes on a later line was opened by mistake, or never closed on its
    /// own.
    fn text_after_quote(&self) -> Fault {
        let start = self.opening_quote();
        if self.is_on_one_line(start) { self.word(Typo::TextAfterQuote) } else { self.unclosed_quote() }
    }

    fn escape(&self) -> Fault {
        const KNOWN: &str = "0abtnvfre \"/\\N_LPxuU\t\r\n";
        let start = self.opening_quote();
        let text = self.source.get(start..self.context.range.end);
        let mut chars = text.char_indices();
        while let Some((at, char)) = chars.next() {
            if char == '\\'
                && let Some((_, next)) = chars.next()
                && (!KNOWN.contains(next) || "xuU".contains(next))
            {
                let end = start + at + 1 + next.len_utf8();
                let escape = self.source.get(start + at..end);
                return Fault::typo(self.source.span(start + at..end), Typo::UnknownEscape(found(escape)));
            }
        }
        self.at_char(start, Typo::UnknownEscape("\\".to_owned()))
    }

    fn tab(&self) -> Fault {
        let from = self.context.last.min(self.at);
        let text = self.source.get(from..self.context.range.end);
        let at = text.find('\t').map_or(self.at, |tab| from + tab);
        self.at_char(at, Typo::Tab)
    }

    /// Inside brackets: when the trouble comes on a later line, the bracket was not closed on its
    /// own.
    fn in_brackets(&self) -> Fault {
        match self.context.bracket {
            Some(start) if !self.is_on_one_line(start) => {
                let open = self.source.from(start).chars().next().unwrap_or('[');
                self.at_char(start, Typo::UnclosedBracket(open))
            }
            _ if self.char_here() == Some(':') => self.second_colon(),
            _ => self.by_character(),
        }
    }

    /// A colon that no key may have: `key: a: b`, or a key that stands too deep, or below a line
    /// that lacks its colon.
    fn second_colon(&self) -> Fault {
        let line = self.line_start();
        let before = self.source.get(line..self.at);
        let key = before.trim_start();
        let start = self.at - key.len();
        if let Some(colon) = key.rfind(": ") {
            let value = start + colon + 2;
            let rest = self.rest_of_line(value);
            let span = self.source.span(value..value + rest.len());
            return Fault::typo(span, Typo::ColonInValue(found(rest)));
        }
        let above = self.source.get(self.context.range.start..line).trim_end();
        let last = above.rsplit(['\n', '\r']).next().unwrap_or("").trim();
        let begins_text = !last.is_empty() && !last.contains(':') && !last.starts_with(['-', '#']);
        if begins_text {
            let end = self.context.range.start + above.len();
            return Fault::typo(self.source.span(end - last.len()..end), Typo::MissingColon(found(last)));
        }
        Fault::typo(self.source.span(start..self.at), Typo::Indentation(found(key)))
    }

    fn key_expected(&self) -> Fault {
        if self.rest_of_line(self.at).contains(':') {
            self.word(Typo::ColonWithoutSpace)
        } else {
            self.word(Typo::MissingColon)
        }
    }

    /// Where the quoted text begins that the scanner was in: the first quotation mark behind what
    /// was read that can begin a text.
    fn opening_quote(&self) -> usize {
        let from = self.context.last.min(self.at);
        let text = self.source.get(from..self.context.range.end);
        let mut can_begin = true;
        for (at, char) in text.char_indices() {
            if can_begin && matches!(char, '"' | '\'') {
                return from + at;
            }
            can_begin = matches!(char, ' ' | '\t' | '\n' | '\r' | '[' | '{' | ',' | ':');
        }
        self.at
    }

    fn is_on_one_line(&self, start: usize) -> bool {
        !self.source.get(start..self.at).contains(['\n', '\r'])
    }

    fn line_start(&self) -> usize {
        let before = self.source.get(self.context.range.start..self.at);
        self.context.range.start + before.rfind(['\n', '\r']).map_or(0, |end| end + 1)
    }

    fn rest_of_line(&self, start: usize) -> &str {
        self.source.get(start..self.context.range.end).split(['\n', '\r']).next().unwrap_or("").trim_end()
    }

    fn char_here(&self) -> Option<char> {
        self.source.get(self.at..self.context.range.end).chars().next()
    }

    /// A typo that names the rest of the line and stands there.
    fn word(&self, typo: impl Fn(String) -> Typo) -> Fault {
        let rest = self.rest_of_line(self.at);
        Fault::typo(self.source.span(self.at..self.at + rest.len()), typo(found(rest)))
    }

    fn here(&self, typo: Typo) -> Fault {
        self.at_char(self.at, typo)
    }

    fn at_char(&self, at: usize, typo: Typo) -> Fault {
        let width = self.source.from(at).chars().next().map_or(0, char::len_utf8);
        Fault::typo(self.source.span(at..at + width), typo)
    }

    fn fault(&self, kind: FaultKind) -> Fault {
        let width = self.char_here().map_or(0, char::len_utf8);
        Fault::new(self.source.span(self.at..self.at + width), kind)
    }
}
