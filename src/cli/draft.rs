//! `mizan draft`

use std::path::PathBuf;

use super::figures::read_text;
use super::{CLEAN, complain, emit, inputs};
use crate::Error;
use crate::evidence::{draft, is_markup};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The text of an article
    article: PathBuf,
}

/// Longer texts are no articles.
const MOST_BYTES: u64 = 256 * 1024;

/// Prints a claims file with every figure of an article as a claim to complete.
///
/// Names come from the rulebook of the nearest `rules/` upwards, where there is one.
pub(super) fn run(arguments: &Args) -> Result<u8, Error> {
    let text = read_text(&arguments.article, MOST_BYTES)?;
    if is_markup(&text) {
        complain(
            "the text is HTML, which `check` does not look at: save the words of the page as a text file",
        );
    }
    let name = arguments.article.file_name().map(|name| name.to_string_lossy().into_owned());
    emit(&draft::draft(&text, &name.unwrap_or_default(), &inputs::vocabulary()?))?;
    Ok(CLEAN)
}
