//! Unsafe code is forbidden, not just denied, at the root of every crate that needs none.

use super::{File, verdict};

const FOLDERS: [&str; 2] = ["core", "emulator"];
const ROOTS: [&str; 2] = ["src/lib.rs", "src/main.rs"];
const ATTRIBUTE: &str = "#![forbid(unsafe_code)]";

pub(super) fn rule(files: &[File]) -> Result<(), String> {
    verdict(
        FOLDERS
            .iter()
            .flat_map(|folder| problems(folder, files))
            .collect(),
    )
}

fn problems(folder: &str, files: &[File]) -> Vec<String> {
    let roots: Vec<_> = ROOTS
        .iter()
        .map(|root| format!("{folder}/{root}"))
        .collect();
    let found: Vec<_> = files
        .iter()
        .filter(|file| roots.contains(&file.path))
        .collect();
    if found.is_empty() {
        return vec![format!("{folder}: no crate root was found")];
    }
    let lacks = |file: &&&File| !file.text.lines().any(|line| line.trim() == ATTRIBUTE);
    found
        .iter()
        .filter(lacks)
        .map(|file| format!("{}: lacks {ATTRIBUTE}", file.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::file;

    #[test]
    fn a_root_without_the_attribute_is_found() {
        let good = file("core/src/lib.rs", "//! Core.\n#![forbid(unsafe_code)]\n");
        assert!(problems("core", &[good]).is_empty());
        let commented = file("core/src/main.rs", "// #![forbid(unsafe_code)]\n");
        assert_eq!(problems("core", &[commented]).len(), 1);
    }

    #[test]
    fn a_crate_whose_root_is_elsewhere_is_found() {
        assert_eq!(problems("core", &[]).len(), 1);
    }
}
