//! `mizan schema`

use std::io;

use clap::ValueEnum;

use super::{CLEAN, emit, inputs};
use crate::{Error, claims};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file whose schema is wanted
    #[arg(value_enum)]
    file: File,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum File {
    /// A claims file, with the names of the rulebook as its words
    Claims,
}

/// Prints the JSON Schema of a file.
pub(super) fn run(arguments: &Args) -> Result<u8, Error> {
    let schema = match arguments.file {
        File::Claims => claims::json_schema::claims(&inputs::vocabulary()?),
    };
    emit(&(serde_json::to_string_pretty(&schema).map_err(io::Error::from)? + "\n"))?;
    Ok(CLEAN)
}
