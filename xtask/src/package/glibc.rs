//! The oldest C library that a binary runs with, read from the binary itself.

use std::{fmt, fs, path::Path};

const PREFIX: &[u8] = b"GLIBC_";

/// A version of glibc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Glibc(u32, u32);

/// What the wheels' tags and the packages' pages promise.
const PROMISED: Glibc = Glibc(2, 17);

impl fmt::Display for Glibc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "glibc {}.{}", self.0, self.1)
    }
}

/// The newest version that a symbol of it asks for; an error if that is more than was promised.
pub(crate) fn needed(binary: &Path) -> Result<Glibc, String> {
    let bytes = fs::read(binary).map_err(|e| format!("{}: {e}", binary.display()))?;
    let newest = versions(&bytes).into_iter().max();
    match newest.ok_or("the binary names no version of glibc")? {
        needed if needed <= PROMISED => Ok(needed),
        needed => Err(format!(
            "the binary needs {needed}, but {PROMISED} is promised"
        )),
    }
}

fn versions(bytes: &[u8]) -> Vec<Glibc> {
    let starts = bytes.windows(PREFIX.len()).enumerate();
    let starts = starts.filter(|(_, window)| *window == PREFIX);
    starts
        .filter_map(|(at, _)| version(bytes.get(at + PREFIX.len()..)?))
        .collect()
}

fn version(bytes: &[u8]) -> Option<Glibc> {
    let is_of_it = |byte: &&u8| byte.is_ascii_digit() || **byte == b'.';
    let text: String = bytes
        .iter()
        .take_while(is_of_it)
        .map(|b| char::from(*b))
        .collect();
    let mut numbers = text.split('.').map(str::parse);
    Some(Glibc(numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Glibc, versions};

    #[test]
    fn versions_are_compared_as_numbers() {
        let found = versions(b"\0GLIBC_2.9\0x\0GLIBC_2.17\0GLIBC_2.2.5\0GLIBC_PRIVATE\0");
        assert_eq!(found, [Glibc(2, 9), Glibc(2, 17), Glibc(2, 2)]);
        assert_eq!(found.into_iter().max(), Some(Glibc(2, 17)));
    }
}
