//! The Pythons of this machine.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Below this the package does not install.
const LEAST: Version = Version(3, 10);
/// Above this nobody has looked.
const MOST: Version = Version(3, 14);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version(u32, u32);

/// A Python that the package has to work with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Interpreter {
    pub(super) program: PathBuf,
    /// As in `3.11`.
    pub(super) version: String,
}

/// The one that `python3` is.
pub(super) fn usual() -> Result<Interpreter, String> {
    let (program, version) = ask(Path::new("python3")).ok_or("python3 does not answer")?;
    let known = (LEAST..=MOST).contains(&version);
    let found = named(program, version);
    match known {
        true => Ok(found),
        false => Err(format!("python3 is {}", found.version)),
    }
}

/// The oldest on which the package installs.
pub(super) fn oldest() -> Result<Interpreter, String> {
    found()
        .find(|(_, version)| *version == LEAST)
        .map(|(program, version)| named(program, version))
        .ok_or_else(|| {
            let Version(major, minor) = LEAST;
            format!("there is no Python {major}.{minor}; run: pyenv install {major}.{minor}")
        })
}

/// The newest of another version than the usual one.
pub(super) fn other() -> Result<Interpreter, String> {
    let (_, usual) = ask(Path::new("python3")).ok_or("python3 does not answer")?;
    let others =
        found().filter(|(_, version)| *version != usual && (LEAST..=MOST).contains(version));
    let newest = others.max_by_key(|(_, version)| *version);
    newest
        .map(|(program, version)| named(program, version))
        .ok_or_else(|| {
            "there is no other Python from 3.10 on; run: pyenv install 3.13, or apt-get install python3.13-venv"
                .to_owned()
        })
}

/// Those on the search path under a name of their own, and pyenv's.
fn found() -> impl Iterator<Item = (PathBuf, Version)> {
    let of_version = (LEAST.1..=MOST.1).map(|minor| PathBuf::from(format!("python3.{minor}")));
    of_version.chain(of_pyenv()).filter_map(|one| ask(&one))
}

fn of_pyenv() -> Vec<PathBuf> {
    let root = env::var("PYENV_ROOT").or_else(|_| env::var("HOME").map(|home| home + "/.pyenv"));
    let folders = root.map(|root| fs::read_dir(Path::new(&root).join("versions")));
    let Ok(Ok(folders)) = folders else {
        return Vec::new();
    };
    let folders = folders.flatten().map(|folder| folder.path());
    folders.map(|folder| folder.join("bin/python3")).collect()
}

/// Its own word for where and what it is; none where it is not there, or only a name without a Python.
fn ask(program: &Path) -> Option<(PathBuf, Version)> {
    let question =
        "import sys, venv; print(sys.version_info[0], sys.version_info[1], sys.executable)";
    let output = Command::new(program).args(["-c", question]).output().ok()?;
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut words = output.trim().splitn(3, ' ');
    let version = Version(words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some((PathBuf::from(words.next()?), version))
}

fn named(program: PathBuf, Version(major, minor): Version) -> Interpreter {
    let version = format!("{major}.{minor}");
    Interpreter { program, version }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_python_is_not_taken_for_one() {
        assert_eq!(ask(Path::new("no-such-program")), None);
        assert_eq!(ask(Path::new("true")), None);
    }
}
