//! The licences of what is compiled into a package: each text once, with the crates that it is of.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use serde_json::Value;

use crate::context::Context;

const NAMES: [&str; 5] = ["LICEN", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

/// Of all that a crate of the repository is made of, on any of these targets.
pub(crate) fn text(context: &Context, package: &str, targets: &[&str]) -> Result<String, String> {
    let linked = linked(context, package, targets)?;
    let mut list = String::new();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages(context, targets)? {
        let field = |name: &str| {
            package
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let name = format!("{} {}", field("name"), field("version"));
        // Those of the repository come under its own licence, which is beside this file.
        if !linked.contains(&name) || package.get("source").is_none_or(Value::is_null) {
            continue;
        }
        let _ = writeln!(
            list,
            "{name}: {}, {}",
            field("license"),
            field("repository")
        );
        let folder = Path::new(field("manifest_path")).parent();
        for text in licences(folder.ok_or("a crate without a folder")?)? {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    let mut all = format!("The crates that the binary is made of, and their licences.\n\n{list}");
    for (text, crates) in texts {
        let line = "-".repeat(80);
        let _ = write!(all, "\n{line}\n{}\n{line}\n\n{text}\n", crates.join(", "));
    }
    Ok(all)
}

/// The names and versions of what ends up in the binary.
fn linked(context: &Context, package: &str, targets: &[&str]) -> Result<Vec<String>, String> {
    let tree = ["tree", "--package", package, "--prefix", "none"];
    let edges = ["--edges", "normal,no-proc-macro", "--format", "{p}"];
    let targets = targets.iter().flat_map(|target| ["--target", target]);
    let words: Vec<_> = tree.into_iter().chain(edges).chain(targets).collect();
    let finished = context.cargo(&words).run();
    finished.verdict()?;
    let crates = finished.stdout();
    let crates = crates.lines().filter_map(|line| {
        let mut words = line.split(' ');
        Some(format!(
            "{} {}",
            words.next()?,
            words.next()?.strip_prefix('v')?
        ))
    });
    Ok(crates.collect())
}

fn packages(context: &Context, targets: &[&str]) -> Result<Vec<Value>, String> {
    let metadata = ["metadata", "--format-version", "1"];
    let targets = targets
        .iter()
        .flat_map(|target| ["--filter-platform", target]);
    let words: Vec<_> = metadata.into_iter().chain(targets).collect();
    let finished = context.cargo(&words).run();
    finished.verdict()?;
    let mut value: Value = serde_json::from_str(&finished.stdout()).map_err(|e| e.to_string())?;
    let packages = value.get_mut("packages").map(Value::take);
    match packages {
        Some(Value::Array(packages)) => Ok(packages),
        _ => Err("cargo metadata names no packages".to_owned()),
    }
}

/// The texts that a crate brings along; some bring none and only name their licence.
fn licences(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let is_licence = |file: &&std::path::PathBuf| {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_uppercase();
        file.is_file() && NAMES.iter().any(|known| name.starts_with(known))
    };
    let texts = files.iter().filter(is_licence).map(|file| {
        let text = fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
        Ok(String::from_utf8_lossy(&text).trim_end().replace('\r', ""))
    });
    texts.collect()
}
