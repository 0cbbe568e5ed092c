//! What others install must not name this machine's folders, nor where its crates came from.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{context::Context, setup};

/// What cargo calls the folders of the crates that it has fetched, each after its registry.
const FETCHED: &str = "registry/src";
/// Where the toolchain has the sources of the standard library, if it has them.
const LIBRARY: &str = "lib/rustlib/src/rust";

/// Options for the compiler that give a folder of sources another name, the fetched crates theirs, and the standard
/// library the one that it has where its sources are not there.
pub(crate) fn flags(context: &Context, own: &Path, own_name: &str, fetched: &str) -> Vec<String> {
    let library = setup::commit(context).map(|commit| format!("/rustc/{commit}"));
    let library = library.map(|name| (setup::sysroot(context).join(LIBRARY), name));
    let crates = cargo_home().and_then(|home| fs::read_dir(home.join(FETCHED)).ok());
    let crates = crates.into_iter().flatten().flatten();
    let crates = crates.map(|registry| (registry.path(), fetched.to_owned()));
    let own = (own.to_owned(), own_name.to_owned());
    let renamed = library.into_iter().chain(crates).chain([own]);
    renamed
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()))
        .collect()
}

/// An error if a file gives away where on this machine it was made.
pub(crate) fn check(root: &Path, file: &Path) -> Result<(), String> {
    let bytes = fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let text = String::from_utf8_lossy(&bytes);
    match names(root).into_iter().find(|name| text.contains(name)) {
        None => Ok(()),
        Some(name) => Err(format!("{} names {name}", file.display())),
    }
}

fn names(root: &Path) -> Vec<String> {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from);
    let folders = [
        Some(root.to_owned()),
        variable("HOME"),
        variable("CARGO_TARGET_DIR").filter(|folder| folder.is_absolute()),
        cargo_home(),
    ];
    let names = folders.into_iter().flatten();
    let names = names.map(|folder| format!("{}/", folder.display()));
    let registries = cargo_home().and_then(|home| fs::read_dir(home.join(FETCHED)).ok());
    let registries = registries.into_iter().flatten().flatten();
    let registries = registries.map(|folder| folder.file_name().to_string_lossy().into_owned());
    // Where somebody's home is `/` itself, its name betrays nobody.
    let names = names.filter(|name| !name.trim_matches('/').is_empty());
    names.chain(registries).collect()
}

fn cargo_home() -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_names_the_repository_is_found() {
        let root = Path::new("/a/clone/of/it");
        let file = env::temp_dir().join(format!("nameless-{}", std::process::id()));
        let judged = |text: &str| {
            fs::write(&file, text).unwrap();
            check(root, &file)
        };
        let (good, bad) = (judged("core/src/lib.rs"), judged("\0/a/clone/of/it/core\0"));
        fs::remove_file(&file).unwrap();
        assert_eq!(good, Ok(()));
        assert!(bad.unwrap_err().ends_with("names /a/clone/of/it/"));
    }

    #[test]
    fn the_folder_itself_gets_its_name_last_so_that_it_wins() {
        let context = Context::find().unwrap();
        let flags = flags(&context, Path::new("/a"), "b", "crates");
        assert_eq!(flags.last().unwrap(), "--remap-path-prefix=/a=b");
        let library = flags.first().unwrap();
        assert!(library.contains("/rust=/rustc/"), "{library}");
    }
}
