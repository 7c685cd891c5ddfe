//! Quotes: the few words of an article that say what a claim says.

use crate::claims::schema::Claim;
use crate::fact::TextQuoteSelector;
use crate::rulebook::code::SHAPE;
use crate::rulebook::fault::{Faults, error};
use crate::rulebook::record::Record;
use crate::text::yaml::Entry;

/// Whether a quote holds nothing to look up: no character, or white space and `…` alone.
pub(super) fn is_empty(quote: &str) -> bool {
    quote.chars().all(|char| char.is_whitespace() || char == TextQuoteSelector::GAP)
}

/// Tells a `quote` or `near` that is there and empty.
pub(super) fn refuse_empty(entry: &Entry<'_>, faults: &mut Faults) {
    let (key, node) = (entry.key(), &entry.value);
    if matches!(key, "quote" | "near") && !node.is_null() && node.as_str().is_some_and(is_empty) {
        let message = format!("`{key}` must hold words of the article, found none");
        let finding = error(SHAPE, message).at(node.span, "nothing to look up");
        faults.add(finding.help(format!("copy the words from the article, or leave `{key}` out")));
    }
}

/// The place of a quote, which therefore has to be there.
pub(super) fn read_offset(record: &Record<'_>, faults: &mut Faults) -> Option<u64> {
    let node = record.get("offset")?;
    if record.get("quote").is_none() {
        faults.missing(node.span, "a claim with `offset`", "quote");
    }
    record.whole("offset", faults)
}

/// The claim's own quote, or else that of the claim whose list names it. An empty one has been told and is none.
pub(super) fn selector(claim: &Claim, inherited: Option<&TextQuoteSelector>) -> Option<TextQuoteSelector> {
    match &claim.quote {
        Some(quote) if is_empty(quote.text) => None,
        Some(quote) => {
            let near = claim.near.map(|near| near.text.to_owned());
            Some(TextQuoteSelector { exact: quote.text.to_owned(), near, offset: claim.offset })
        }
        None => inherited.cloned(),
    }
}
