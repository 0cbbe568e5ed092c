//! Packs what users install, into `target/packages/`.

pub(crate) mod elf;
pub(crate) mod glibc;
pub(crate) mod nameless;
pub(crate) mod third_party;

use std::{fs, process::ExitCode};

use crate::{context::Context, emulator, npm, python};

/// The crates that `rust` stands for.
const CRATES: [&str; 2] = ["square-oauth", "square-oauth-emulator"];
/// One version for everything, so this crate's own is theirs too.
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(crate) fn run(context: &Context, name: Option<&str>) -> Result<ExitCode, String> {
    match name {
        Some("rust") => rust(context).map(|()| ExitCode::SUCCESS),
        Some("emulator") => emulator::package(context).map(|()| ExitCode::SUCCESS),
        Some("npm") => npm::package::run(context).map(|()| ExitCode::SUCCESS),
        Some("python") => python::package(context).map(|()| ExitCode::SUCCESS),
        other => {
            if let Some(name) = other {
                println!("nothing to package is called `{name}`");
            }
            println!("available: rust (the crates {})", CRATES.join(", "));
            println!("           {}", emulator::WHAT);
            println!("           {}", npm::package::WHAT);
            println!("           {}", python::WHAT);
            Ok(ExitCode::from(2))
        }
    }
}

fn rust(context: &Context) -> Result<(), String> {
    // In one go: the core's tests use the emulator, and neither has to be published for this.
    // What is packed is what is on the disk, so that a change can be tried before it is kept.
    let mut arguments = vec!["package", "--allow-dirty"];
    arguments.extend(CRATES.iter().flat_map(|name| ["--package", name]));
    context.cargo(&arguments).run().verdict()?;

    let packages = context.target().join("packages");
    fs::create_dir_all(&packages).map_err(|e| format!("{}: {e}", packages.display()))?;
    for name in CRATES {
        let artefact = format!("{name}-{VERSION}.crate");
        let packed = context.target().join("package").join(&artefact);
        fs::copy(packed, packages.join(&artefact)).map_err(|e| format!("{artefact}: {e}"))?;
        println!("{}", packages.join(artefact).display());
    }
    Ok(())
}
