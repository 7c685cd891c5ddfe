//! The bytes of files and pipes, of which no more are read than are wanted.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file, or `None` when there are more than `most`.
///
/// # Errors
/// What the system says when the file cannot be opened or read.
///
/// # Example
/// ```
/// use std::path::Path;
///
/// use mizan::text::read_file;
///
/// assert!(read_file(Path::new("Cargo.toml"), 1 << 20).unwrap().is_some());
/// assert_eq!(read_file(Path::new("Cargo.toml"), 10).unwrap(), None);
/// assert!(read_file(Path::new("no such file"), 10).is_err());
/// ```
pub fn read_file(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    // What is known to be too long is not read.
    if length > most { Ok(None) } else { read_within(file, length, most) }
}

/// The bytes of an input, about `length` as far as is known, or `None` when there are more than `most`: one beyond is
/// read and no further, since pipes and devices do not know their length.
///
/// # Errors
/// What the system says when it cannot be read.
///
/// # Example
/// ```
/// use mizan::text::read_within;
///
/// assert_eq!(read_within(&b"four"[..], 0, 4).unwrap().as_deref(), Some(&b"four"[..]));
/// assert_eq!(read_within(std::io::repeat(b'x'), 0, 4).unwrap(), None);
/// ```
pub fn read_within(input: impl Read, length: u64, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or(0).saturating_add(1));
    input.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(u64::try_from(bytes.len()).is_ok_and(|length| length <= most).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_told_not_cut() {
        let read = |text: &[u8], length| read_within(text, length, 4).unwrap();
        assert_eq!(read(b"1234", 4).as_deref(), Some(&b"1234"[..]));
        assert_eq!(read(b"", 4).as_deref(), Some(&b""[..]));
        // It has grown since its length was asked for.
        assert_eq!(read(b"12345", 4), None);
        assert_eq!(read(b"12345", 0), None);
        assert_eq!(read(b"12345", u64::MAX), None);
    }
}
