//! What a subject's runtime says of itself is, in Rust, the compiler's word.

use std::{env, error::Error, process::Command};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    let compiler = env::var("RUSTC")?;
    let said = Command::new(compiler).arg("--version").output()?.stdout;
    println!(
        "cargo:rustc-env=COMPILER={}",
        String::from_utf8(said)?.trim()
    );
    Ok(())
}
