//! One wheel. maturin builds the library with zig as its linker, so that it runs with a C library much older than
//! this machine's and on other processors, and refuses to name the wheel for what it does not run with.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{NAME, VERSION, packages, staging, target::Target};
use crate::{context::Context, maturin, python::wheel::only, setup, shell::Step};

pub(super) const LIBRARY: &str = "square_oauth/_ffi/libsquare_oauth_uniffi.so";

pub(super) fn build(context: &Context, tree: &Path, target: &Target) -> Result<PathBuf, String> {
    // A build that fails may leave half a wheel, which must not be taken for one.
    let folder = staging(context).join(target.triple);
    let _ = fs::remove_dir_all(&folder);
    let built = folder.join("built");
    let words = [
        "build",
        "--zig",
        "--target",
        target.triple,
        "--compatibility",
        target.compatibility(),
        "--out",
        &built.display().to_string(),
    ];
    let step = maturin::step(context, tree, &words)?;
    // zig would strip what the generated half is read from.
    let step = maturin::nameless(context, step, tree).env("CARGO_PROFILE_WHEEL_STRIP", "none");
    step.run().verdict()?;
    let built = only(&built)?.display().to_string();

    maturin::wheel(context, &folder, &["unpack", &built])?
        .run()
        .verdict()?;
    let unpacked = format!("{NAME}-{VERSION}");
    strip(context, &folder.join(&unpacked).join(LIBRARY))?;
    let packages = packages(context)?;
    let to = packages.display().to_string();
    maturin::wheel(context, &folder, &["pack", "--dest-dir", &to, &unpacked])?
        .run()
        .verdict()?;
    Ok(packages.join(target.wheel()))
}

/// Takes out the names that nobody can call from outside, and what debuggers read: half of the library. The tool comes
/// with Rust, and knows every processor.
fn strip(context: &Context, library: &Path) -> Result<(), String> {
    let libraries = setup::sysroot(context).join("lib");
    let objcopy = |rust: PathBuf| Some(rust.join("bin/rust-objcopy")).filter(|file| file.is_file());
    let rusts = fs::read_dir(libraries.join("rustlib"))
        .into_iter()
        .flatten();
    let objcopy = rusts.flatten().find_map(|rust| objcopy(rust.path()));
    let objcopy = objcopy.ok_or("the Rust toolchain has no rust-objcopy")?;
    let mut command = Command::new(objcopy);
    command.arg("--strip-all").arg(library);
    let libraries = libraries.display().to_string();
    let step = Step::new("rust-objcopy --strip-all", command);
    step.env("LD_LIBRARY_PATH", &libraries).run().verdict()
}
