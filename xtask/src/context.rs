//! Where the repository is, and how strictly it is judged.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::shell::Step;

/// What every task is handed.
#[derive(Debug)]
pub(crate) struct Context {
    /// The repository's root folder.
    pub(crate) root: PathBuf,
    /// Whether what cannot be run counts as failed.
    pub(crate) ci: bool,
}

impl Context {
    /// Looks for the root from the current folder upwards.
    pub(crate) fn find() -> Result<Self, String> {
        let here = env::current_dir().map_err(|e| format!("no current folder: {e}"))?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("xtask/Cargo.toml").is_file())
            .ok_or("not inside the repository: no folder above holds xtask/Cargo.toml")?;
        let ci = env::var("CI").is_ok_and(|value| value == "true");
        Ok(Self {
            root: root.to_owned(),
            ci,
        })
    }

    /// A cargo command in the root; where it is judged, the lock file must already be right.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Step {
        Step::new(
            format!("cargo {}", arguments.join(" ")),
            self.cargo_command(arguments),
        )
    }

    /// The same, not yet a step.
    pub(crate) fn cargo_command(&self, arguments: &[&str]) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        let (subcommand, rest) = arguments.split_at(arguments.len().min(1));
        command
            .args(subcommand)
            .args(self.ci.then_some("--locked"))
            .args(rest);
        command.current_dir(&self.root);
        command
    }

    /// Any other program, in the root.
    pub(crate) fn program(&self, name: &str, arguments: &[&str]) -> Step {
        let mut command = Command::new(name);
        command.args(arguments).current_dir(&self.root);
        Step::new(format!("{name} {}", arguments.join(" ")), command)
    }

    /// Reads a file given by its path in the repository.
    pub(crate) fn read(&self, path: &str) -> Result<String, String> {
        fs::read_to_string(self.root.join(path)).map_err(|e| format!("{path}: {e}"))
    }

    /// Where tools are kept that the tests bring by themselves.
    pub(crate) fn tools(&self) -> PathBuf {
        self.target().join("tools")
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> PathBuf {
        match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => self.root.join(Path::new(&folder)),
            None => self.root.join("target"),
        }
    }
}
