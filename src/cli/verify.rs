//! `mizan verify`

use std::path::PathBuf;

use super::figures::read_text;
use super::{CANNOT, CLEAN, FINDINGS, emit};
use crate::Error;
use crate::report::recheck::{Recheck, recheck};
use crate::text::sanitise;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A report of `mizan check --format json`, or `-` for the standard input
    report: PathBuf,
}

/// Longer reports are not read.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Verifies the certificates of a report, and says which prove nothing.
pub(super) fn run(arguments: &Args) -> Result<u8, Error> {
    let text = read_text(&arguments.report, MOST_BYTES)?;
    let name = sanitise::display(&arguments.report.to_string_lossy()).into_owned();
    let found = match recheck(&text) {
        Ok(found) => found,
        Err(fault) => {
            emit(&format!("{name}:{fault}\n"))?;
            return Ok(CANNOT);
        }
    };
    let mut told: Vec<String> = found.faults.iter().map(|fault| format!("{name}:{fault}\n")).collect();
    told.push(summary(&found));
    emit(&told.concat())?;
    Ok(match (found.is_readable(), found.faults.is_empty()) {
        (false, _) => CANNOT,
        (true, false) => FINDINGS,
        (true, true) => CLEAN,
    })
}

fn summary(found: &Recheck) -> String {
    let count = |number: usize, one: &str, many: &str| {
        let noun = if number == 1 { one } else { many };
        format!("{number} {noun}")
    };
    let verified = count(found.verified, "certificate", "certificates");
    let proved = count(found.proved, "finding", "findings");
    let faults = match found.faults.len() {
        0 => String::new(),
        number => format!("; {number} failed"),
    };
    let without = match found.unproved {
        0 => String::new(),
        number => format!("; {} on the record without one", count(number, "finding", "findings")),
    };
    format!("verified: {verified} of {proved}{faults}{without}\n")
}
