//! `cargo xtask package npm`: the core as WebAssembly, its JavaScript and its types, in one tarball.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    context::Context,
    package::nameless,
    setup::{self, Need},
    shell::Step,
};

pub(crate) const WHAT: &str = "npm (the client for Node, Deno, Bun, Workers and edge functions)";
/// One version for everything, so this crate's own is the package's too.
const VERSION: &str = env!("CARGO_PKG_VERSION");
const SOURCE: &str = "bindings-wasm/npm";
pub(super) const TARGET: &str = "wasm32-unknown-unknown";
/// The workspace's profiles for modules that are downloaded before every start, and for those on a disk.
pub(super) const DOWNLOADED: &str = "wasm";
pub(super) const ON_DISK: &str = "wasm-on-disk";

pub(crate) const NEEDS: &[Need] = &[
    Need::Target(TARGET),
    Need::Program {
        name: "node",
        package: "nodejs",
    },
    Need::Program {
        name: "npm",
        package: "npm",
    },
];

pub(crate) fn run(context: &Context) -> Result<(), String> {
    for need in NEEDS {
        setup::bring(context, need)?;
    }
    let tarball = pack(context, &context.target().join("packaging/npm"))?;
    let size = fs::metadata(&tarball).map_or(0, |metadata| metadata.len());
    println!("  {} ({} KiB)", tarball.display(), size / 1024);
    Ok(())
}

/// Makes the package in a folder, and the tarball in `target/packages`.
pub(crate) fn pack(context: &Context, folder: &Path) -> Result<PathBuf, String> {
    let packages = context.target().join("packages");
    fs::create_dir_all(&packages).map_err(|e| format!("{}: {e}", packages.display()))?;
    build(context, folder)?;
    let to = packages.display().to_string();
    let pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination"];
    step(
        "npm",
        &[&pack[..], &[&to]].concat(),
        &folder.join("package"),
    )?;
    Ok(packages.join(format!("square-oauth-{VERSION}.tgz")))
}

/// Leaves the package, not yet packed, in `package` below the folder.
pub(crate) fn build(context: &Context, folder: &Path) -> Result<(), String> {
    let source = context.root.join(SOURCE);
    for part in ["src", "glue", "glue-web", "glue-all", "files"] {
        remove(&folder.join(part))?;
    }
    copy_all(&source.join("src"), &folder.join("src"))?;
    copy(&source.join("tsconfig.json"), &folder.join("tsconfig.json"))?;
    for script in ["build.mjs", "order.mjs", "trim.mjs"] {
        copy(&source.join("build").join(script), &folder.join(script))?;
    }
    install(&source.join("build"), folder)?;
    files(context, &source, &folder.join("files"))?;
    // The web handlers are a fifth of the module, and not every worker has a page.
    module(context, &folder.join("glue"), "", DOWNLOADED, &[])?;
    module(context, &folder.join("glue-web"), "web", DOWNLOADED, &[])?;
    module(context, &folder.join("glue-all"), "web", ON_DISK, &[])?;
    step("node", &["build.mjs", "."], folder)
}

/// Builds the module with these features in this profile, and what the bindgen makes of it; `more` are the
/// bindgen's own options.
pub(crate) fn module(
    context: &Context,
    glue: &Path,
    features: &str,
    profile: &str,
    more: &[&str],
) -> Result<(), String> {
    let names = !more.is_empty();
    let strip = format!(
        "profile.{profile}.strip={}",
        if names { "false" } else { "\"debuginfo\"" }
    );
    let build = [
        "build",
        "--package",
        "square-oauth-wasm",
        "--profile",
        profile,
        "--features",
        features,
    ];
    let build = [&build[..], &["--target", TARGET, "--config", &strip]].concat();
    let flags = flags(context).join("\u{1f}");
    let step = context.cargo(&build).env("CARGO_ENCODED_RUSTFLAGS", &flags);
    step.run().verdict()?;
    let module = context
        .target()
        .join(TARGET)
        .join(profile)
        .join("square_oauth_wasm.wasm");
    let (module, glue) = (module.display().to_string(), glue.display().to_string());
    let run = ["run", "--quiet", "--package", "square-oauth-bindgen", "--"];
    let run = [&run[..], &[&module, &glue], more].concat();
    context.cargo(&run).run().verdict()
}

/// The small SHA-2, and no path of this machine in the module.
fn flags(context: &Context) -> Vec<String> {
    let mut flags = vec![
        "--cfg=sha2_backend=\"soft\"".to_owned(),
        "--cfg=sha2_backend_soft=\"compact\"".to_owned(),
    ];
    flags.extend(nameless::flags(context, &context.root, ".", "r"));
    flags
}

/// What goes into the package as it is.
fn files(context: &Context, source: &Path, into: &Path) -> Result<(), String> {
    fs::create_dir_all(into).map_err(|e| format!("{}: {e}", into.display()))?;
    let manifest = context.read(&format!("{SOURCE}/package.json"))?;
    let manifest = manifest.replace("{{version}}", VERSION);
    let to = into.join("package.json");
    fs::write(&to, manifest).map_err(|e| format!("{}: {e}", to.display()))?;
    copy(&source.join("README.md"), &into.join("README.md"))?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&context.root.join(licence), &into.join(licence))?;
    }
    Ok(())
}

/// Installs what a lock file names, once for each state of it. No script of a package is run.
pub(crate) fn install(manifest: &Path, folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let lock = manifest.join("package-lock.json");
    let seal = folder.join("node_modules/.installed.json");
    let is_fresh = fs::read(&seal).is_ok_and(|seal| fs::read(&lock).is_ok_and(|lock| lock == seal));
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        copy(&manifest.join(file), &folder.join(file))?;
    }
    if is_fresh {
        return Ok(());
    }
    step(
        "npm",
        &["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        folder,
    )?;
    copy(&lock, &seal)
}

pub(crate) fn step(program: &str, words: &[&str], folder: &Path) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(words).current_dir(folder);
    let label = format!("{program} {}", words.join(" "));
    Step::new(label, command).run().verdict()
}

pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let copied = fs::copy(from, to).map(drop);
    copied.map_err(|e| format!("{} to {}: {e}", from.display(), to.display()))
}

pub(crate) fn copy_all(from: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(|e| format!("{}: {e}", to.display()))?;
    let entries = fs::read_dir(from).map_err(|e| format!("{}: {e}", from.display()))?;
    for entry in entries.flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true => copy_all(&path, &to)?,
            false => copy(&path, &to)?,
        }
    }
    Ok(())
}

pub(crate) fn remove(folder: &Path) -> Result<(), String> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))
}
