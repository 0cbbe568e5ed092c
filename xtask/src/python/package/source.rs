//! The tree that every wheel is built from: the core and the bindings, without what tests them. Packed by maturin, it is
//! what pip fetches where there is no wheel.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    CRATE, NAME, PROJECT, VERSION, manifest, staging,
    target::{TARGETS, Target},
};
use crate::{
    context::Context,
    maturin,
    package::{nameless, third_party},
    shell::Step,
};

const MEMBERS: [&str; 2] = ["bindings-uniffi", "core"];
const THIRD_PARTY: &str = "THIRD-PARTY.txt";

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Puts the tree together. A file that is as it was stays untouched, so that nothing is compiled again for its date.
pub(super) fn plant(context: &Context) -> Result<PathBuf, String> {
    let tree = staging(context).join("source");
    let files = files(context)?;
    for old in all(&tree).unwrap_or_default() {
        if !files.contains_key(&old) {
            fs::remove_file(tree.join(&old)).map_err(|e| format!("{}: {e}", old.display()))?;
        }
    }
    for (name, bytes) in &files {
        let path = tree.join(name);
        if fs::read(&path).is_ok_and(|there| there == *bytes) {
            continue;
        }
        let folder = path.parent().unwrap_or(&tree);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, bytes))
            .map_err(|e| format!("{}: {e}", path.display()))?;
    }
    prune(context, &tree)?;
    Ok(tree)
}

pub(super) fn pack(context: &Context, tree: &Path, into: &Path) -> Result<PathBuf, String> {
    for file in all(tree)? {
        nameless::check(&context.root, &tree.join(file))?;
    }
    let out = into.display().to_string();
    let step = maturin::step(context, tree, &["sdist", "--out", &out])?;
    step.run().verdict()?;
    Ok(into.join(format!("{NAME}-{VERSION}.tar.gz")))
}

fn files(context: &Context) -> Result<Files, String> {
    let mut files = Files::new();
    let text = |files: &mut Files, name: &str, text: String| {
        files.insert(name.into(), text.into_bytes());
    };
    for licence in ["LICENSE-APACHE", "LICENSE-MIT", "Cargo.lock"] {
        text(&mut files, licence, context.read(licence)?);
    }
    for page in ["NOTICE", "README.md"] {
        text(
            &mut files,
            page,
            context.read(&format!("{PROJECT}/{page}"))?,
        );
    }
    let linux = TARGETS.each_ref().map(|Target { triple, .. }| *triple);
    let crates = third_party::text(context, CRATE, &linux)?;
    text(&mut files, THIRD_PARTY, crates);
    let project = context.read(&format!("{PROJECT}/pyproject.toml"))?;
    text(&mut files, "pyproject.toml", project_for_users(&project)?);
    let workspace = manifest::workspace(&context.read("Cargo.toml")?, &MEMBERS)?;
    text(&mut files, "Cargo.toml", workspace);
    for member in MEMBERS {
        let name = format!("{member}/Cargo.toml");
        let manifest = manifest::for_users(&context.read(&name)?);
        text(&mut files, &name, manifest);
        add(context, &mut files, &format!("{member}/src"), member)?;
    }
    let uniffi = "bindings-uniffi/uniffi.toml";
    text(&mut files, uniffi, context.read(uniffi)?);
    add(context, &mut files, &format!("{PROJECT}/src"), "")?;
    Ok(files)
}

/// It stands beside the crates, and has their licences.
fn project_for_users(project: &str) -> Result<String, String> {
    let project = manifest::for_users(project);
    let project = manifest::replace(
        &project,
        "\"../Cargo.toml\"",
        "\"bindings-uniffi/Cargo.toml\"",
    )?;
    manifest::replace(
        &project,
        "\"NOTICE\"]",
        &format!("\"NOTICE\", {THIRD_PARTY:?}]"),
    )
}

/// A folder `src` of the repository, in another place.
fn add(context: &Context, files: &mut Files, from: &str, below: &str) -> Result<(), String> {
    let folder = context.root.join(from);
    for name in all(&folder)? {
        let path = folder.join(&name);
        if path
            .components()
            .any(|part| part.as_os_str() == "__pycache__")
        {
            continue;
        }
        let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        files.insert(Path::new(below).join("src").join(name), bytes);
    }
    Ok(())
}

/// Every file in a folder, by its path from there.
pub(super) fn all(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        let here = folder.join(&below);
        let entries = fs::read_dir(&here).map_err(|e| format!("{}: {e}", here.display()))?;
        for entry in entries.flatten() {
            let name = below.join(entry.file_name());
            match entry.path().is_dir() {
                true => open.push(name),
                false => files.push(name),
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Takes out of the lock file what nothing in the tree needs, and moves nothing else.
fn prune(context: &Context, tree: &Path) -> Result<(), String> {
    let mut update = Command::new("cargo");
    update.args(["update", "--workspace"]).current_dir(tree);
    Step::new("cargo update --workspace", update)
        .run()
        .verdict()?;
    let lock = tree.join("Cargo.lock");
    let pruned = fs::read_to_string(&lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    let whole = context.read("Cargo.lock")?;
    let known: Vec<_> = locked(&whole).collect();
    match locked(&pruned).find(|one| !known.contains(one)) {
        None => Ok(()),
        Some((name, version)) => Err(format!("the lock file has no {name} {version}")),
    }
}

/// The names and versions of a lock file.
fn locked(lock: &str) -> impl Iterator<Item = (&str, &str)> {
    let packages = lock.split("[[package]]\n").skip(1);
    packages.filter_map(|package| {
        let mut lines = package.lines();
        let mut value = |name: &str| lines.next()?.strip_prefix(name);
        Some((value("name = ")?, value("version = ")?))
    })
}

#[cfg(test)]
mod tests {
    use super::locked;

    #[test]
    fn a_lock_file_is_read() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1\"\n\n[[package]]\nname = \"b\"\nversion = \"2\"\nsource = \"c\"\n";
        let found: Vec<_> = locked(lock).collect();
        assert_eq!(found, [("\"a\"", "\"1\""), ("\"b\"", "\"2\"")]);
    }
}
