//! Evidence: quotes, figures and coverage against small texts in three languages, through the library
//! and the binary.

#![cfg(test)]

mod corpus;
mod drafts;
mod figures;
mod fixes;
mod offsets;
mod ordering;
mod quotes;
mod schema;
