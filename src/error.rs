//! [`Error`]: why mizan cannot run at all.
//!
//! Everything wrong with claims, rules or the world is a [finding](crate::finding) and never travels as an `Err`.

use std::path::PathBuf;

/// Why mizan cannot run: nothing to check, or nowhere to write. The command ends with 2.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No paths were given, and no folder from here upwards has claims.
    #[error("there is nothing to check: neither `{0}` nor a folder above it has a folder `claims`")]
    NoProject(PathBuf),
    /// The paths hold no claims file.
    #[error("there is nothing to check: no claims file (*.yaml with a list `claims`) in `{0}`")]
    NoClaims(PathBuf),
    /// A file or folder cannot be opened.
    #[error("cannot read `{path}`: {error}")]
    Unreadable {
        /// What was to be read.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write `{path}`: {error}")]
    Unwritable {
        /// What was to be written.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A text is none: it is not UTF-8, or too long.
    #[error("cannot read `{path}`: {reason}")]
    NoText {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// `explain` was asked for what does not exist.
    #[error("no code, check or rule is called `{written}`{}", did_you_mean(.nearest.as_deref()))]
    Unknown {
        /// What was asked for.
        written: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// A question about a name that nothing has.
    #[error("no {kind} is called `{written}`{}", did_you_mean(.nearest.as_deref()))]
    NoName {
        /// What it should be the name of: `entity`, `measure`, `point`.
        kind: &'static str,
        /// What was asked for.
        written: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// A question about a name that several points have.
    #[error("`{written}` is part of several names; ask for one of them:\n  {}", .candidates.join("\n  "))]
    Ambiguous {
        /// What was asked for.
        written: String,
        /// The names that it fits.
        candidates: Vec<String>,
    },
    /// The report cannot be written.
    #[error("cannot write the report: {0}")]
    Output(#[from] std::io::Error),
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_comes_with_the_nearest_one() {
        let unknown = |nearest: Option<&str>| {
            Error::Unknown { written: "MZ240".into(), nearest: nearest.map(Into::into) }.to_string()
        };
        assert_eq!(unknown(Some("MZ204")), "no code, check or rule is called `MZ240`; did you mean `MZ204`?");
        assert_eq!(unknown(None), "no code, check or rule is called `MZ240`");
    }
}
