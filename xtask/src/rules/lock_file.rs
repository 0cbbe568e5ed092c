//! The lock file must work for everybody, wherever they fetch their packages from.

use super::{File, verdict};

/// How cargo writes the default registry, whatever mirror the packages really come from.
const REGISTRY: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

pub(super) fn rule(files: &[File]) -> Result<(), String> {
    let mut locks = files.iter().filter(|file| is_lock(&file.path)).peekable();
    locks.peek().ok_or("there is no Cargo.lock")?;
    verdict(locks.flat_map(|lock| foreign(&lock.text)).collect())
}

/// What is built apart has its own.
fn is_lock(path: &str) -> bool {
    path == "Cargo.lock" || path.ends_with("/Cargo.lock")
}

fn foreign(lock: &str) -> Vec<String> {
    let foreign = |line: &&str| *line != REGISTRY && line.contains("://");
    lock.lines().filter(foreign).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::file;

    #[test]
    fn any_other_address_is_found() {
        assert!(foreign(&format!("name = \"a\"\n{REGISTRY}\n")).is_empty());
        for source in [
            "git+https://host/a?rev=1#1",
            "registry+https://mirror/index",
        ] {
            assert_eq!(
                foreign(&format!("{REGISTRY}\nsource = \"{source}\"\n")).len(),
                1
            );
        }
    }

    #[test]
    fn a_lock_file_that_is_not_there_is_found() {
        assert!(rule(&[file("Cargo.toml", "")]).is_err());
    }
}
