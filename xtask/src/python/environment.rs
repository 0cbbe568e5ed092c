//! A Python environment that has the wheel, and nothing of the repository.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::interpreter::Interpreter;
use crate::{context::Context, shell::Step};

pub(super) const LIMIT: Duration = Duration::from_secs(600);

pub(super) struct Environment {
    /// A folder with nothing of ours above it but the target folder.
    pub(super) folder: PathBuf,
    pub(super) python: PathBuf,
}

impl Environment {
    /// Makes it, or takes the one of the last time, with exactly these packages; then the wheel goes in.
    pub(super) fn with(
        context: &Context,
        interpreter: &Interpreter,
        name: &str,
        wheel: &Path,
        requirements: &str,
    ) -> Result<Self, String> {
        let made = Self::bare(context, interpreter, name, requirements)?;
        let wheel = wheel.display().to_string();
        let pip = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps"];
        let pip = [&pip[..], &["--force-reinstall", &wheel]].concat();
        made.run(&pip).run().verdict()?;
        Ok(made)
    }

    /// Makes it anew in a folder that is not below the repository, without any package.
    pub(super) fn outside(
        context: &Context,
        interpreter: &Interpreter,
        folder: &Path,
    ) -> Result<Self, String> {
        let (folder, python) = (folder.to_owned(), folder.join("environment/bin/python"));
        let made = Self { folder, python };
        made.create(context, interpreter)?;
        Ok(made)
    }

    pub(super) fn bare(
        context: &Context,
        interpreter: &Interpreter,
        name: &str,
        requirements: &str,
    ) -> Result<Self, String> {
        let name = format!("{name}-{}", interpreter.version);
        let folder = context.target().join("python").join(name);
        let python = folder.join("environment/bin/python");
        let made = Self { folder, python };
        let list = made.folder.join("requirements.txt");
        if fs::read_to_string(&list).ok().as_deref() != Some(requirements) {
            made.create(context, interpreter)?;
            let wanted = made.folder.join("wanted.txt");
            let problem = |e: std::io::Error| format!("{}: {e}", wanted.display());
            fs::write(&wanted, requirements).map_err(problem)?;
            let pip = ["-m", "pip", "install", "--quiet", "-r", "wanted.txt"];
            made.run(&pip).run().verdict()?;
            fs::rename(&wanted, &list).map_err(problem)?;
        }
        Ok(made)
    }

    fn create(&self, context: &Context, interpreter: &Interpreter) -> Result<(), String> {
        let at = self.path("environment");
        let program = interpreter.program.display().to_string();
        let venv = ["-m", "venv", "--clear", &at];
        context.program(&program, &venv).run().verdict()
    }

    /// Its Python, in its own folder, with no way back into the repository.
    pub(super) fn run(&self, arguments: &[&str]) -> Step {
        let label = format!("python {}", arguments.join(" "));
        Step::new(label, self.command(arguments)).limit(LIMIT)
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.python);
        command.args(arguments).current_dir(&self.folder);
        command.env_remove("PYTHONPATH");
        command
    }

    /// Where something beside the environment is.
    pub(super) fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// Puts a folder of the repository beside the environment, in place of what was there.
    pub(super) fn copy(&self, context: &Context, from: &str, to: &str) -> Result<(), String> {
        let to = self.folder.join(to);
        let _ = fs::remove_dir_all(&to);
        copy_folder(&context.root.join(from), &to)
    }
}

pub(super) fn copy_folder(from: &Path, to: &Path) -> Result<(), String> {
    let problem = |e: std::io::Error| format!("{}: {e}", from.display());
    fs::create_dir_all(to).map_err(problem)?;
    for entry in fs::read_dir(from).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        match from.is_dir() {
            true if entry.file_name() == "__pycache__" => {}
            true => copy_folder(&from, &to)?,
            false => fs::copy(&from, &to).map(drop).map_err(problem)?,
        }
    }
    Ok(())
}
