//! The repository stands alone: no path of somebody's machine, and nothing outside is read.

use std::path::Path;

use super::{File, is_rust};

/// Where people's machines keep their things. In halves, so that this file does not name them.
const HOMES: [&str; 5] = [
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("C:\\Us", "ers\\"),
];
const READERS: [&str; 4] = ["include_str!", "include_bytes!", "include!", "#[path"];
const MANIFEST_FOLDER: &str = "CARGO_MANIFEST_DIR";
/// What a build script wrote; the script itself is looked at like any other source.
const OUTPUT_FOLDER: &str = "OUT_DIR";

/// Lines that name a folder of a machine, this one's included.
pub(super) fn private(files: &[File], root: &Path) -> Vec<String> {
    let root = format!("{}/", root.display());
    let is_private = |line: &str| line.contains(&root) || HOMES.iter().any(|h| line.contains(h));
    lines(files, is_private)
}

/// Lines that read what is not in the repository.
pub(super) fn outside(files: &[File]) -> Vec<String> {
    let is_read = |file: &File| is_rust(file) || file.path.ends_with("Cargo.toml");
    files
        .iter()
        .filter(|file| is_read(file))
        .flat_map(escapes)
        .collect()
}

fn escapes(file: &File) -> Vec<String> {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let member = file.path.split("/src/").next().unwrap_or_default();
    let member = member.split("/tests/").next().unwrap_or_default();
    let escape = |line: &str| {
        let texts = || line.split('"').skip(1).step_by(2);
        let from_file = match is_rust(file) {
            true => {
                READERS.iter().any(|reader| line.contains(reader)) && !line.contains(OUTPUT_FOLDER)
            }
            false => line.contains("path ="),
        };
        let from_member = line.contains(MANIFEST_FOLDER);
        (from_file && !from_member && texts().any(|text| leaves(folder, text)))
            || (from_member && texts().any(|text| leaves(member, text.trim_start_matches('/'))))
    };
    numbered(file, escape)
}

/// Whether a path, from a folder of the repository, leads out of it.
fn leaves(folder: &str, path: &str) -> bool {
    if path.starts_with('/') {
        return true;
    }
    let mut depth = folder.split('/').filter(|part| !part.is_empty()).count();
    for part in path.split('/') {
        match part {
            ".." => match depth.checked_sub(1) {
                Some(above) => depth = above,
                None => return true,
            },
            "" | "." => {}
            _ => depth += 1,
        }
    }
    false
}

fn lines(files: &[File], found: impl Fn(&str) -> bool + Copy) -> Vec<String> {
    files
        .iter()
        .flat_map(|file| numbered(file, found))
        .collect()
}

fn numbered(file: &File, found: impl Fn(&str) -> bool) -> Vec<String> {
    let lines = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| found(line));
    lines
        .map(|(number, line)| format!("{}:{}: {}", file.path, number + 1, line.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::file;

    #[test]
    fn a_path_of_a_machine_is_found_in_any_file() {
        for home in HOMES {
            let bad = file("docs/a.md", &format!("fine\nsee {home}me/x\n"));
            let found = private(&[bad], Path::new("/nowhere/at/all"));
            assert_eq!(found.len(), 1, "{home}");
            assert!(found[0].starts_with("docs/a.md:2: "), "{found:?}");
        }
        let own = file("a.toml", "x = \"/tmp/clone/core\"\n");
        assert_eq!(private(&[own], Path::new("/tmp/clone")).len(), 1);
    }

    #[test]
    fn reading_outside_is_found_and_reading_inside_is_not() {
        let outside = |path, text: &str| outside(&[file(path, text)]).len();
        assert_eq!(
            outside("core/src/a.rs", "include_str!(\"../../../x.json\")"),
            1
        );
        assert_eq!(outside("core/src/a.rs", "include_str!(\"/etc/hosts\")"), 1);
        assert_eq!(
            outside(
                "core/src/a.rs",
                "include_str!(\"../../conformance/x.json\")"
            ),
            0
        );
        let written = format!("include!(concat!(env!(\"{OUTPUT_FOLDER}\"), \"/data.rs\"));");
        assert_eq!(outside("core/src/a.rs", &written), 0);
        let member = |text| format!("concat!(env!(\"{MANIFEST_FOLDER}\"), \"{text}\")");
        assert_eq!(outside("core/tests/a.rs", &member("/../../x")), 1);
        assert_eq!(outside("core/tests/a.rs", &member("/../conformance")), 0);
        assert_eq!(outside("core/Cargo.toml", "a = { path = \"../../a\" }"), 1);
        assert_eq!(outside("core/Cargo.toml", "a = { path = \"../a\" }"), 0);
        assert_eq!(
            outside("core/src/a.rs", "assert!(refused(\"/../../etc\"));"),
            0
        );
    }
}
