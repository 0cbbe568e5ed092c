//! The order of the core's layers: each may use those before it, never those behind.

use super::{File, is_rust};

/// From the innermost outwards.
const LAYERS: [&str; 6] = ["model", "protocol", "client", "web", "vault", "native"];

pub(super) fn broken(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| is_rust(file))
        .flat_map(arrows)
        .collect()
}

/// The lines of a file that point outwards.
fn arrows(file: &File) -> Vec<String> {
    let Some(at) = LAYERS.iter().position(|layer| is_in(&file.path, layer)) else {
        return Vec::new();
    };
    let outer = || LAYERS.iter().skip(at + 1);
    let points_out = |line: &str| outer().any(|layer| uses(line, layer));
    let lines = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| points_out(line));
    lines
        .map(|(number, line)| format!("{}:{}: {}", file.path, number + 1, line.trim()))
        .collect()
}

fn is_in(path: &str, layer: &str) -> bool {
    let inside = path
        .strip_prefix("core/src/")
        .and_then(|path| path.strip_prefix(layer));
    inside.is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
}

/// Whether a line of code, not of documentation, names a layer by its path.
fn uses(line: &str, layer: &str) -> bool {
    let code = line.trim_start();
    let rest = code
        .split_once(&format!("crate::{layer}"))
        .map(|(_, rest)| rest);
    !code.starts_with("//") && rest.is_some_and(|rest| !rest.starts_with(is_of_a_name))
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::file;

    #[test]
    fn an_arrow_that_points_outwards_is_found() {
        let bad = file(
            "core/src/model/a.rs",
            "use std::fmt;\nuse crate::client::Client;\n",
        );
        assert_eq!(
            broken(&[bad]),
            ["core/src/model/a.rs:2: use crate::client::Client;"]
        );
        let bad = file("core/src/protocol.rs", "fn f() { crate::native::now() }\n");
        assert_eq!(broken(&[bad]).len(), 1);
    }

    #[test]
    fn an_arrow_that_points_inwards_a_link_and_a_longer_name_are_fine() {
        let client = file(
            "core/src/client/a.rs",
            "use crate::model::A;\nuse crate::protocol;\n",
        );
        let link = file("core/src/model/b.rs", "/// See [`crate::client`].\n");
        let name = file("core/src/model/c.rs", "use crate::client_options;\n");
        let other = file("emulator/src/model/d.rs", "use crate::client;\n");
        assert!(broken(&[client, link, name, other]).is_empty());
    }
}
