//! Puts the data into the program, so that it can judge from anywhere.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let data = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("..");
    let mut code = String::new();
    for folder in ["vectors", "scenarios"] {
        let folder_path = data.join(folder).canonicalize()?;
        println!("cargo:rerun-if-changed={}", folder_path.display());
        let files: Result<Vec<_>, _> = fs::read_dir(&folder_path)?
            .map(|file| file.map(|file| file.path()))
            .collect();
        let mut files = files?;
        files.sort();
        let constant = folder.to_uppercase();
        writeln!(code, "pub(crate) const {constant}: &[(&str, &str)] = &[")?;
        for file in files {
            if file.extension().is_some_and(|ending| ending == "json") {
                let name = file.file_stem().unwrap_or_default();
                writeln!(code, "    ({name:?}, include_str!({file:?})),")?;
            }
        }
        writeln!(code, "];")?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("data.rs"), code)?;
    Ok(())
}
