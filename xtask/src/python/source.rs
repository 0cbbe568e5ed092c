//! The source, as pip takes it where there is no wheel: unpacked, built and installed far from the repository.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::{NEEDS, demo, environment::Environment, interpreter, package};
use crate::{checks::Checks, context::Context, demo as rust_demo, part::Part};

pub(super) const fn part() -> Part {
    Part {
        name: "python-source",
        language: "python",
        about: "the source: the same bytes twice; pip builds and installs it alone, and a seller is connected with it",
        needs: NEEDS,
        run: |context, checks| {
            if let Err(problem) = run(context, checks) {
                checks.check("the source is packed", Err(problem));
            }
        },
    }
}

fn run(context: &Context, checks: &mut Checks) -> Result<(), String> {
    let archive = package::archive(context)?;
    let folder = Folder::new(&archive)?;
    let again = package::archive_elsewhere(context, &folder.0.join("again"));
    let again = again.and_then(|again| same(&archive, &again));
    checks.check("packed again elsewhere, it is the same", again);
    let interpreter = interpreter::usual()?;
    let environment = Environment::outside(context, &interpreter, &folder.0)?;
    let file = archive.file_name().unwrap_or_default().to_string_lossy();
    let installed = environment
        .run(&["-m", "pip", "install", "--quiet", &file])
        // Or what has been compiled for the repository would be taken for it.
        .without("CARGO_TARGET_DIR")
        .limit(super::environment::LIMIT * 2)
        .run();
    let verdict = installed.verdict();
    let failed = verdict.is_err();
    checks.check("pip builds it and installs it", verdict);
    if failed {
        return Ok(());
    }
    let told = demo::tell(context, &environment).and_then(|it| rust_demo::with(context, it));
    checks.check("a seller is connected with it", told);
    Ok(())
}

fn same(one: &Path, other: &Path) -> Result<(), String> {
    let read = |file: &Path| fs::read(file).map_err(|e| format!("{}: {e}", file.display()));
    match read(one)? == read(other)? {
        true => Ok(()),
        false => Err(format!("{} is another file", other.display())),
    }
}

/// An empty folder with nothing of ours above it, but for the source in it. Removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(archive: &Path) -> Result<Self, String> {
        let folder = Self(env::temp_dir().join(format!("python-source-{}", std::process::id())));
        let _ = fs::remove_dir_all(&folder.0);
        let name = archive.file_name().unwrap_or_default();
        fs::create_dir_all(&folder.0)
            .and_then(|()| fs::copy(archive, folder.0.join(name)))
            .map_err(|e| format!("{}: {e}", folder.0.display()))?;
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
