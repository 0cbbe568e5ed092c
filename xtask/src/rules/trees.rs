//! What may not be among a crate's dependencies.

use serde_json::Value;

use super::verdict;
use crate::{checks::Checks, context::Context};

/// What the core leaves to its host: the network, the runtime, the bindings, the entropy.
const NOT_IN_CORE: [&str; 7] = [
    "tokio",
    "reqwest",
    "uniffi",
    "wasm-bindgen",
    "js-sys",
    "web-sys",
    "getrandom",
];

/// Every target, every kind: the library itself, and what builds and tests it.
const SHIPPED: [&str; 4] = ["--target", "all", "--edges", "normal,build"];
const WITH_TESTS: [&str; 4] = ["--target", "all", "--edges", "normal,build,dev"];

pub(super) fn check(context: &Context, checks: &mut Checks) {
    let core =
        tree(context, "square-oauth", SHIPPED).and_then(|tree| verdict(among(&tree, &NOT_IN_CORE)));
    checks.check("the core's default dependencies are platform-free", core);

    // The two must be able to disagree about what Square does.
    let emulator = members(context).and_then(|members| {
        let tree = tree(context, "square-oauth-emulator", WITH_TESTS)?;
        let others: Vec<_> = members.iter().map(String::as_str).collect();
        let others: Vec<_> = others
            .into_iter()
            .filter(|n| *n != "square-oauth-emulator")
            .collect();
        verdict(among(&tree, &others))
    });
    checks.check("the emulator depends on no other member", emulator);
}

fn tree(context: &Context, package: &str, edges: [&str; 4]) -> Result<String, String> {
    let arguments = [
        "tree",
        "--package",
        package,
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    let finished = context.cargo(&[&arguments[..], &edges].concat()).run();
    finished.verdict()?;
    Ok(finished.stdout())
}

fn members(context: &Context) -> Result<Vec<String>, String> {
    let finished = context
        .cargo(&["metadata", "--no-deps", "--format-version", "1"])
        .run();
    finished.verdict()?;
    let value: Value = serde_json::from_str(&finished.stdout()).map_err(|e| e.to_string())?;
    let packages = value
        .get("packages")
        .and_then(Value::as_array)
        .ok_or("no packages")?;
    let names = packages
        .iter()
        .filter_map(|package| package.get("name")?.as_str());
    Ok(names.map(str::to_owned).collect())
}

/// Those of the names that are in a tree.
fn among(tree: &str, names: &[&str]) -> Vec<String> {
    let packages = || tree.lines().filter_map(|line| line.split(' ').next());
    let found = names
        .iter()
        .filter(|name| packages().any(|package| package == **name));
    found
        .map(|name| format!("{name} is among the dependencies"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::among;

    #[test]
    fn a_package_that_is_not_wanted_is_found_by_its_whole_name() {
        let tree = "square-oauth v0.1.0 (/r/core)\nserde v1.0.0\ntokio-util v0.7.0\n";
        assert!(among(tree, &["tokio", "util", "oauth"]).is_empty());
        let tree = format!("{tree}tokio v1.0.0 (*)\n");
        assert_eq!(
            among(&tree, &["tokio"]),
            ["tokio is among the dependencies"]
        );
    }
}
