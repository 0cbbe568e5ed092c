//! Brings what a part of the test needs, or says which one command would.

use std::{path::PathBuf, process::Command, time::Duration};

use crate::{context::Context, shell::Step};

/// Something that must be on the machine.
#[derive(Debug)]
pub(crate) enum Need {
    /// A component of the Rust toolchain, known by a program it installs.
    Component {
        name: &'static str,
        program: &'static str,
    },
    /// A target of the Rust toolchain.
    Target(&'static str),
    /// A program on the search path, and the Debian package that has it.
    Program {
        name: &'static str,
        package: &'static str,
    },
    /// A tool that cargo installs into the target folder, at exactly this version.
    Tool {
        name: &'static str,
        version: &'static str,
    },
}

/// Does nothing where the need is met; the error says what is missing and how to get it.
pub(crate) fn bring(context: &Context, need: &Need) -> Result<(), String> {
    if met(context, need) {
        return Ok(());
    }
    let words = remedy(context, need);
    let command = words.join(" ");
    if matches!(need, Need::Program { .. }) && !may_install_packages() {
        return Err(format!("run: {command}"));
    }
    println!("  get   {command}");
    let [program, arguments @ ..] = words.as_slice() else {
        return Ok(());
    };
    if matches!(need, Need::Program { .. }) {
        // Package lists may be older than the packages; a failure shows in the next step.
        context
            .program("apt-get", &["update"])
            .limit(Duration::from_secs(300))
            .run();
    }
    let mut step = Command::new(program);
    step.args(arguments).current_dir(&context.root);
    let result = Step::new(command.clone(), step)
        .limit(Duration::from_secs(900))
        .run()
        .verdict();
    match result {
        Ok(()) if met(context, need) => Ok(()),
        Ok(()) => Err(format!("`{command}` went well, but it is still missing")),
        Err(problem) => Err(format!("{problem}\nrun: {command}")),
    }
}

fn met(context: &Context, need: &Need) -> bool {
    match need {
        Need::Component { program, .. } => sysroot(context).join("bin").join(program).exists(),
        Need::Target(name) => sysroot(context).join("lib/rustlib").join(name).exists(),
        Need::Program { name, .. } => answers(Command::new(name), ""),
        Need::Tool { name, version } => answers(Command::new(tool(context, name)), version),
    }
}

/// Where a tool that cargo installed is.
pub(crate) fn tool(context: &Context, name: &str) -> PathBuf {
    context.tools().join("bin").join(name)
}

fn remedy(context: &Context, need: &Need) -> Vec<String> {
    let words = match need {
        Need::Component { name, .. } => vec!["rustup", "component", "add", name],
        Need::Target(name) => vec!["rustup", "target", "add", name],
        Need::Program { package, .. } => vec!["apt-get", "install", "-y", package],
        Need::Tool { name, version } => {
            let root = context.tools().display().to_string();
            let words = [
                "cargo",
                "install",
                name,
                "--version",
                version,
                "--locked",
                "--debug",
            ];
            let mut words: Vec<_> = words.map(str::to_owned).into();
            words.extend(["--root".to_owned(), root]);
            return words;
        }
    };
    words.into_iter().map(str::to_owned).collect()
}

/// Where the Rust toolchain is.
pub(crate) fn sysroot(context: &Context) -> PathBuf {
    let mut command = Command::new("rustc");
    command
        .args(["--print", "sysroot"])
        .current_dir(&context.root);
    let output = command
        .output()
        .map(|output| output.stdout)
        .unwrap_or_default();
    PathBuf::from(String::from_utf8_lossy(&output).trim())
}

/// The commit that the compiler was made from.
pub(crate) fn commit(context: &Context) -> Option<String> {
    let mut command = Command::new("rustc");
    command.arg("-vV").current_dir(&context.root);
    let told = String::from_utf8(command.output().ok()?.stdout).ok()?;
    let commit = told
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "));
    commit.map(str::to_owned)
}

fn answers(mut command: Command, with: &str) -> bool {
    let output = command.arg("--version").output();
    output.is_ok_and(|o| o.status.success() && String::from_utf8_lossy(&o.stdout).contains(with))
}

/// Whether this is root on a Debian.
fn may_install_packages() -> bool {
    let id = Command::new("id").arg("-u").output();
    let root = id.is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    root && answers(Command::new("apt-get"), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_toolchain_file_names_what_the_parts_need_of_it() {
        let context = Context::find().unwrap();
        let file = context.read("rust-toolchain.toml").unwrap();
        for need in crate::test::parts(&context)
            .iter()
            .flat_map(|part| part.needs)
        {
            if let Need::Component { name, .. } | Need::Target(name) = need {
                assert!(file.contains(&format!("{name:?}")), "{name}");
            }
        }
    }

    #[test]
    fn every_need_has_one_command_that_meets_it() {
        let context = Context {
            root: "/r".into(),
            ci: false,
        };
        let command = |need| remedy(&context, &need).join(" ");
        assert_eq!(
            command(Need::Target("wasm32-unknown-unknown")),
            "rustup target add wasm32-unknown-unknown"
        );
        assert_eq!(
            command(Need::Program {
                name: "git",
                package: "git"
            }),
            "apt-get install -y git"
        );
        let tool = command(Need::Tool {
            name: "cargo-deny",
            version: "1.2.3",
        });
        assert!(
            tool.starts_with("cargo install cargo-deny --version 1.2.3 --locked"),
            "{tool}"
        );
    }

    #[test]
    fn a_program_that_is_not_there_is_a_need_that_is_not_met() {
        let context = Context {
            root: ".".into(),
            ci: false,
        };
        assert!(!met(
            &context,
            &Need::Program {
                name: "no-such-program",
                package: "none"
            }
        ));
    }
}
