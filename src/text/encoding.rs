//! From bytes to text: UTF-8, or a reason that says what the file looks like instead.

use std::fmt;

/// The text of a file.
///
/// A byte-order mark is kept, so that offsets are those of the file; [`yaml`](super::yaml) and
/// [`SourceMap`](super::SourceMap) know it.
///
/// # Errors
/// [`NotUtf8`] with what stands before the first byte that is no UTF-8.
///
/// # Example
/// ```
/// use mizan::text::decode;
///
/// assert_eq!(decode("قيمة".into()).unwrap(), "قيمة");
/// assert_eq!(decode(b"caf\xE9 noir".into()).unwrap_err().readable, "caf");
/// ```
pub fn decode(bytes: Vec<u8>) -> Result<String, NotUtf8> {
    String::from_utf8(bytes).map_err(|error| {
        let (end, guess) = (error.utf8_error().valid_up_to(), guess(error.as_bytes()));
        let mut bytes = error.into_bytes();
        bytes.truncate(end);
        NotUtf8 { readable: String::from_utf8(bytes).unwrap_or_default(), guess }
    })
}

/// A file that is not UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// All before the first wrong byte.
    pub readable: String,
    /// What the file looks like.
    pub guess: Option<Encoding>,
}

/// The encodings that files in Arabic and French are found in instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, told by its byte-order mark.
    Utf16,
    /// Windows-1256, Arabic: the bytes above 127 come in words.
    Windows1256,
    /// Windows-1252 or Latin-1, Western Europe: the bytes above 127 stand alone among letters.
    Windows1252,
}

impl fmt::Display for NotUtf8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a file must be UTF-8 text, and byte {} of this one is not", self.readable.len() + 1)?;
        self.guess.map_or(Ok(()), |guess| write!(f, " (it looks like {guess})"))
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf16 => "UTF-16",
            Self::Windows1256 => "Windows-1256",
            Self::Windows1252 => "Windows-1252",
        })
    }
}

/// As many bytes as are looked at for a guess.
const SAMPLE: usize = 64 * 1024;

fn guess(bytes: &[u8]) -> Option<Encoding> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Some(Encoding::Utf16);
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if sample.contains(&0) {
        return None;
    }
    let is_high = |byte: &u8| !byte.is_ascii();
    let high = sample.iter().filter(|byte| is_high(byte)).count();
    // An Arabic word is a run of high bytes; a French word has one or two among plain letters.
    let in_words: usize = sample.split(|byte| !is_high(byte)).map(<[u8]>::len).filter(|&run| run > 2).sum();
    Some(if in_words * 2 > high { Encoding::Windows1256 } else { Encoding::Windows1252 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_a_file_looks_like() {
        let guessed = |bytes: &[u8]| decode(bytes.into()).unwrap_err().guess;
        assert_eq!(guessed(b"\xFF\xFEa\0:\0"), Some(Encoding::Utf16));
        assert_eq!(guessed(b"title: \xC7\xE1\xE3\xCF\xED\xE4\xC9 24"), Some(Encoding::Windows1256));
        assert_eq!(guessed(b"title: caf\xE9 cr\xE8me"), Some(Encoding::Windows1252));
        assert_eq!(guessed(b"\x7FELF\0\xFF\xFF\xFF"), None);
    }

    #[test]
    fn says_where_and_why() {
        let fault = decode(b"ab\xE9".into()).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "a file must be UTF-8 text, and byte 3 of this one is not (it looks like Windows-1252)"
        );
        assert_eq!(decode(b"\xEF\xBB\xBFa".into()).unwrap(), "\u{FEFF}a");
    }
}
