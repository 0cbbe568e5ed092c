//! Each package, installed where nothing of the repository is, has to answer a token request.

mod node;
mod program;
mod python;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use super::package;
use crate::{
    checks::Checks,
    context::Context,
    part::Part,
    setup::Need,
    shell::{Finished, Step},
};

const LIMIT: Duration = Duration::from_secs(120);
const LICENCES: [&str; 4] = ["LICENSE-APACHE", "LICENSE-MIT", "NOTICE", "THIRD-PARTY.txt"];

pub(super) const fn part() -> Part {
    Part {
        name: "emulator-packages",
        language: "emulator",
        about: "the emulator's wheel and npm package, installed and asked for a token",
        needs: &[
            Need::Program {
                name: "python3",
                package: "python3-venv",
            },
            Need::Program {
                name: "node",
                package: "nodejs",
            },
            Need::Program {
                name: "npm",
                package: "npm",
            },
        ],
        run,
    }
}

fn run(context: &Context, checks: &mut Checks) {
    let packages = match package::pack(context) {
        Ok(packages) => packages,
        Err(problem) => return checks.check("the packages are built", Err(problem)),
    };
    for (name, judge, file) in [
        ("python", python::judge as Judge, &packages.wheel),
        ("node", node::judge, &packages.tarball),
    ] {
        // Outside the repository, so that nothing in it can be found from there.
        let folder =
            Folder(env::temp_dir().join(format!("emulator-{name}-{}", std::process::id())));
        let _ = fs::remove_dir_all(&folder.0);
        match fs::create_dir_all(&folder.0) {
            Ok(()) => judge(context, file, &folder.0, checks),
            Err(e) => checks.check(name, Err(format!("{}: {e}", folder.0.display()))),
        }
    }
}

/// Whether a package brought everything that its licences ask for.
fn has_licences(folder: &Path) -> Result<(), String> {
    let missing = |name: &&&str| fs::metadata(folder.join(name)).map_or(0, |m| m.len()) == 0;
    match LICENCES.iter().find(missing) {
        None => Ok(()),
        Some(name) => Err(format!("{} has no {name}", folder.display())),
    }
}

type Judge = fn(&Context, &Path, &Path, &mut Checks);

/// Removed at the end.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs a command in a folder; its requests go to this machine and need no proxy.
fn run_in(folder: &Path, program: &Path, arguments: &[&str]) -> Finished {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    for name in ["http_proxy", "HTTP_PROXY", "NODE_PATH", "PYTHONPATH"] {
        command.env_remove(name);
    }
    let label = format!("{} {}", program.display(), arguments.join(" "));
    Step::new(label, command).limit(LIMIT).run()
}
