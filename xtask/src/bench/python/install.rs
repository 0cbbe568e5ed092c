//! The programs, the pinned peers and our own wheel, in an environment of their own.

use std::{fs, path::Path, process::Command};

use super::super::{Amount, Programs, copy_programs};
use crate::{
    context::Context,
    python::wheel,
    setup::{self, Need},
    shell::Step,
};

const NEED: Need = Need::Program {
    name: "python3",
    package: "python3-venv",
};
const MIB: f64 = 1024.0 * 1024.0;

pub(super) struct Installed {
    pub(super) programs: Programs,
    pub(super) wheel_mib: f64,
}

pub(super) fn programs(context: &Context, amount: &Amount) -> Result<Installed, String> {
    setup::bring(context, &NEED)?;
    let folder = copy_programs(context, "python", amount)?;
    let environment = folder.join("environment");
    let python = environment.join("bin/python");
    if !python.exists() {
        let at = environment.display().to_string();
        run_in(&folder, Path::new("python3"), &["-m", "venv", &at])?;
    }
    if !amount.smoke {
        let pinned = context.read("benches/python/requirements.txt")?;
        once_for(&pinned, &environment.join("installed.txt"), || {
            let pip = ["-m", "pip", "install", "--quiet", "-r", "requirements.txt"];
            run_in(&folder, &python, &pip)
        })?;
    }
    let wheel = wheel::for_tests(context)?;
    let path = wheel.display().to_string();
    let pip = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps"];
    let pip: Vec<_> = pip
        .into_iter()
        .chain(["--force-reinstall", &path])
        .collect();
    run_in(&folder, &python, &pip)?;
    let size = fs::metadata(&wheel).map_err(|e| format!("{path}: {e}"))?;
    #[allow(
        clippy::cast_precision_loss,
        reason = "no wheel is as large as where that begins"
    )]
    let wheel_mib = size.len() as f64 / MIB;
    Ok(Installed {
        programs: Programs {
            interpreter: python,
            script: "run.py",
            folder,
        },
        wheel_mib,
    })
}

fn run_in(folder: &Path, program: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    let label = format!("{} {}", program.display(), arguments.join(" "));
    Step::new(label, command).run().verdict()
}

/// Does the work unless it was done for this very text, such as a lock file's.
fn once_for(
    text: &str,
    stamp: &Path,
    work: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    if fs::read_to_string(stamp).is_ok_and(|done| done == text) {
        return Ok(());
    }
    work()?;
    fs::write(stamp, text).map_err(|e| format!("{}: {e}", stamp.display()))
}
