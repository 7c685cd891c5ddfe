//! Text as it comes in: where things stand in it, what may be shown of it, and how YAML is read.
//!
//! Everything the other layers say about a file they say in [`Span`]s, byte ranges of a file that a
//! [`SourceMap`] holds; only reports turn them into lines and columns. Nothing here knows what a
//! claim is.
//!
//! - [`source_map`]: files, spans, lines and columns in characters.
//! - [`sanitise`]: what of a stranger's text may reach a terminal, and which characters are refused
//!   outright.
//! - [`input`]: the bytes of files and pipes, up to a limit.
//! - [`encoding`]: bytes to text, UTF-8 or a named reason.
//! - [`yaml`]: YAML to a small tree in which every key and value knows its place.

pub mod encoding;
pub mod input;
pub mod sanitise;
pub mod source_map;
pub mod yaml;

pub use encoding::{NotUtf8, decode};
pub use input::{read_file, read_within};
pub use source_map::{FileId, Position, SourceMap, Span};
