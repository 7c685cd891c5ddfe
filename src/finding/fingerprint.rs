//! Names of findings that outlive edits of the files, and who stands behind them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::{Finding, Reason};
use crate::fact::{FactBase, FactId};

/// How many bytes of the hash are kept: 16 hexadecimal digits.
const BYTES: usize = 8;

impl Finding {
    /// How many sources and how many independent origins stand behind its claims.
    #[must_use]
    pub fn support(&self, base: &FactBase) -> (usize, usize) {
        let facts = || self.claims.iter().map(|claim| base.fact(*claim));
        let sources: BTreeSet<_> = facts().map(|fact| fact.source).collect();
        let origins: BTreeSet<_> = facts().map(|fact| fact.origin).collect();
        (sources.len(), origins.len())
    }

    /// The name of the finding: 16 hexadecimal digits, the beginning of the SHA-256 of its code and
    /// rule and of the sorted stable keys of its claims (without claims, of its message).
    ///
    /// Lines and order of the files do not enter it; neither do the values of the claims.
    #[must_use]
    pub fn fingerprint(&self, base: &FactBase) -> String {
        match keys(base, &self.claims) {
            keys if keys.is_empty() => self.digest(&BTreeSet::from([self.message.as_str()])),
            keys => self.digest(&keys),
        }
    }

    /// The name of one reason of the finding, made of the claims that this reason needs.
    #[must_use]
    pub fn fingerprint_of(&self, reason: &Reason, base: &FactBase) -> String {
        self.digest(&keys(base, &reason.claims))
    }

    /// The code and the user's rule, `MZ204/districts-roll-forward`.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.rule {
            Some(rule) => format!("{}/{rule}", self.code),
            None => self.code.to_string(),
        }
    }

    fn digest(&self, parts: &BTreeSet<&str>) -> String {
        let mut hash = Sha256::new_with_prefix(self.name());
        for part in parts {
            // A separator that no key contains: controls are refused on reading.
            hash.update(b"\n");
            hash.update(part);
        }
        hash.finalize().iter().take(BYTES).fold(String::new(), |mut digits, byte| {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
            digits
        })
    }
}

fn keys<'a>(base: &'a FactBase, claims: &[FactId]) -> BTreeSet<&'a str> {
    claims.iter().map(|claim| base.fact(*claim).key.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Code, Severity};

    #[test]
    fn a_name_says_what_is_wrong_and_not_where() {
        let base = FactBase::default();
        let mut finding = Finding::new(Code(204), Severity::Error, "two and two are four");
        let plain = finding.fingerprint(&base);
        assert_eq!(plain.len(), 16);
        finding.severity = Severity::Note;
        assert_eq!(finding.fingerprint(&base), plain);
        finding.rule = Some("sums".into());
        assert_ne!(finding.fingerprint(&base), plain);
        assert_eq!(finding.name(), "MZ204/sums");
    }

    #[test]
    fn the_digest_is_that_of_name_and_sorted_parts() {
        let finding = Finding::new(Code(201), Severity::Error, "");
        let digest = finding.digest(&BTreeSet::from(["b", "a"]));
        // printf 'MZ201\na\nb' | sha256sum
        assert_eq!(digest, "67a74e6cea69c9d8");
    }
}
