//! Packs what users install, into `target/packages/`.

use std::{fs, path::Path, process::ExitCode};

use crate::context::Context;

/// The crates that `rust` stands for, in the order in which they would be published.
const CRATES: [&str; 2] = ["square-oauth", "square-oauth-emulator"];

pub(crate) fn run(context: &Context, name: Option<&str>) -> Result<ExitCode, String> {
    match name {
        Some("rust") => rust(context).map(|()| ExitCode::SUCCESS),
        other => {
            if let Some(name) = other {
                println!("nothing to package is called `{name}`");
            }
            println!("available: rust (the crates {})", CRATES.join(", "));
            Ok(ExitCode::from(2))
        }
    }
}

fn rust(context: &Context) -> Result<(), String> {
    let packages = context.target().join("packages");
    fs::create_dir_all(&packages).map_err(|e| format!("{}: {e}", packages.display()))?;
    for name in CRATES {
        // What is packed is what is on the disk, so that a change can be tried before it is kept.
        context
            .cargo(&["package", "--package", name, "--allow-dirty"])
            .run()
            .verdict()?;
        for artefact in artefacts(&context.target().join("package"), name)? {
            let to = packages.join(&artefact);
            fs::copy(context.target().join("package").join(&artefact), &to)
                .map_err(|e| format!("{}: {e}", to.display()))?;
            println!("{}", to.display());
        }
    }
    Ok(())
}

/// The packed files of one crate: its name, a dash, a version.
fn artefacts(folder: &Path, name: &str) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let names = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|file| is_artefact(file, name)).collect())
}

fn is_artefact(file: &str, name: &str) -> bool {
    let rest = file
        .strip_prefix(name)
        .and_then(|rest| rest.strip_prefix('-'));
    rest.is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()) && r.ends_with(".crate"))
}

#[cfg(test)]
mod tests {
    use super::is_artefact;

    #[test]
    fn a_crate_is_not_taken_for_another_whose_name_it_begins() {
        assert!(is_artefact("square-oauth-0.1.0.crate", "square-oauth"));
        assert!(!is_artefact(
            "square-oauth-emulator-0.1.0.crate",
            "square-oauth"
        ));
        assert!(!is_artefact("square-oauth-0.1.0", "square-oauth"));
    }
}
