//! What is in a wheel, looked at once it is packed: for whom it says it is, what it brings, what it asks for, and what
//! it gives away.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::{NAME, PROJECT, VERSION, source::all, staging, target::Target, wheel::LIBRARY};
use crate::{
    context::Context,
    maturin,
    package::{elf::Elf, glibc, nameless},
};

/// Besides the sources: what UniFFI writes, and what maturin does.
const GENERATED: [&str; 3] = [
    "square_oauth/_ffi/__init__.py",
    "square_oauth/_ffi/square_oauth_uniffi.py",
    LIBRARY,
];
const INFORMATION: [&str; 7] = [
    "METADATA",
    "RECORD",
    "WHEEL",
    "licenses/LICENSE-APACHE",
    "licenses/LICENSE-MIT",
    "licenses/NOTICE",
    "licenses/THIRD-PARTY.txt",
];

/// A line that says what was found; the error says what is wrong.
pub(super) fn check(context: &Context, wheel: &Path, target: &Target) -> Result<String, String> {
    let folder = staging(context).join(target.triple).join("checked");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    // This also holds each file against its hash.
    let file = wheel.display().to_string();
    let unpack = maturin::wheel(context, &folder, &["unpack", &file])?;
    unpack.run().verdict()?;
    let unpacked = folder.join(format!("{NAME}-{VERSION}"));

    let files = all(&unpacked)?;
    same(&files, &expected(context)?)?;
    for file in &files {
        nameless::check(&context.root, &unpacked.join(file))?;
    }
    tags(&unpacked, target)?;
    let needs = library(&unpacked.join(LIBRARY), target)?;
    Ok(format!("{} files, {needs}", files.len()))
}

fn expected(context: &Context) -> Result<BTreeSet<PathBuf>, String> {
    let sources = all(&context.root.join(PROJECT).join("src"))?;
    let sources = sources.into_iter().filter(|file| {
        !file
            .components()
            .any(|part| part.as_os_str() == "__pycache__")
    });
    let information = format!("{NAME}-{VERSION}.dist-info");
    let information = INFORMATION.map(|name| Path::new(&information).join(name));
    let generated = GENERATED.map(PathBuf::from);
    Ok(sources.chain(generated).chain(information).collect())
}

fn same(found: &[PathBuf], expected: &BTreeSet<PathBuf>) -> Result<(), String> {
    let found: BTreeSet<_> = found.iter().cloned().collect();
    if let Some(missing) = expected.difference(&found).next() {
        return Err(format!("the wheel has no {}", missing.display()));
    }
    match found.difference(expected).next() {
        None => Ok(()),
        Some(more) => Err(format!("the wheel has {}", more.display())),
    }
}

/// The name says the same as the file in it that installers read.
fn tags(unpacked: &Path, target: &Target) -> Result<(), String> {
    let file = unpacked.join(format!("{NAME}-{VERSION}.dist-info/WHEEL"));
    let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let found: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_prefix("Tag: py3-none-"))
        .collect();
    match found == target.platforms {
        true => Ok(()),
        false => Err(format!("it says it is for {found:?}")),
    }
}

fn library(file: &Path, target: &Target) -> Result<String, String> {
    let library = Elf::read(file)?;
    if library.machine() != Some(target.machine) {
        return Err(format!("it is for processor {:?}", library.machine()));
    }
    if library.has_symbols() {
        return Err("its symbols are still there".to_owned());
    }
    let needs = library.needs();
    let foreign = needs
        .iter()
        .find(|name| !target.libraries.contains(&name.as_str()));
    match (foreign, target.is_glibc()) {
        (Some(foreign), _) => Err(format!("it asks for {foreign}")),
        (None, true) => Ok(format!("needs {}", glibc::needed(file)?)),
        (None, false) => Ok(format!("needs {}", needs.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_too_many_and_a_file_too_few_are_found() {
        let set = |names: &[&str]| names.iter().map(PathBuf::from).collect::<BTreeSet<_>>();
        let list = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        assert!(same(&list(&["b", "a"]), &set(&["a", "b"])).is_ok());
        let few = same(&list(&["a"]), &set(&["a", "b"])).unwrap_err();
        assert!(few.ends_with("no b"), "{few}");
        let many = same(&list(&["a", "c"]), &set(&["a"])).unwrap_err();
        assert!(many.ends_with("has c"), "{many}");
    }
}
