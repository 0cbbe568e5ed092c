//! What module and glue call each other's functions by. The long names, each import's with a hash,
//! are a fiftieth of the download, and nobody else reads them.

use std::{collections::HashMap, mem};

use walrus::Module;

/// What the glue itself asks for by name, or its users do.
const KEPT: [&str; 1] = ["memory"];

/// Old names and new ones.
type Names = HashMap<String, String>;

/// Shortens the names in the module; returns the glue with the same names.
pub(crate) fn shorten(module: &mut Module, glue: &str) -> String {
    let (mut imported, mut exported) = (Names::new(), Names::new());
    // What comes from a module of its own has its name from there.
    let imports = module.imports.iter_mut();
    let imports = imports.filter(|import| import.module.starts_with("./"));
    for (at, import) in imports.enumerate() {
        imported.insert(mem::replace(&mut import.name, name(at)), name(at));
    }
    let exports = module.exports.iter_mut();
    let exports = exports.filter(|export| !KEPT.contains(&&*export.name));
    for (at, export) in exports.enumerate() {
        exported.insert(mem::replace(&mut export.name, name(at)), name(at));
    }
    renamed(glue, &imported, &exported)
}

/// `a` to `z`, then `ba`, and so on: a number of base 26.
fn name(number: usize) -> String {
    let (rest, digit) = (number / 26, number % 26);
    let mut name = if rest == 0 { String::new() } else { name(rest) };
    name.extend(('a'..='z').nth(digit));
    name
}

/// Replaces whole words: after `wasm.` the exported ones, and elsewhere the imported ones.
fn renamed(glue: &str, imported: &Names, exported: &Names) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    let mut result = String::with_capacity(glue.len());
    let mut rest = glue;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.find(|c| !is_part(c)).unwrap_or(rest.len()));
        let names = if result.ends_with("wasm.") {
            exported
        } else {
            imported
        };
        result.push_str(names.get(word).map_or(word, String::as_str));
        let (between, after) = after.split_at(after.find(is_part).unwrap_or(after.len()));
        result.push_str(between);
        rest = after;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_are_the_same() {
        let names: std::collections::HashSet<_> = (0..2_000).map(name).collect();
        assert_eq!(names.len(), 2_000);
        assert_eq!([0, 25, 26, 675].map(name), ["a", "z", "ba", "zz"]);
    }

    #[test]
    fn whole_words_are_renamed_and_nothing_else() {
        let names = |long: &str, short: &str| Names::from([(long.to_owned(), short.to_owned())]);
        let (imported, exported) = (names("__wbg_send_0a1b", "a"), names("send", "b"));
        let glue =
            "x.send(wasm.send.of(1)); const i = { __wbg_send_0a1b: send, __wbg_send_0a1bc: 1 };";
        let renamed = renamed(glue, &imported, &exported);
        let wanted = "x.send(wasm.b.of(1)); const i = { a: send, __wbg_send_0a1bc: 1 };";
        assert_eq!(renamed, wanted);
    }
}
