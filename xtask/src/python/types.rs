//! What type checkers and the linter say, as users run them.

use std::env;

use serde_json::Value;

use super::{NEEDS, environment::Environment, interpreter, wheel};
use crate::{checks::Checks, context::Context, part::Part};

const REQUIREMENTS: &str = "bindings-uniffi/python/typing/requirements.txt";
const FOLDER: &str = "bindings-uniffi/python/typing";
/// Programs of users, which together use every public name.
const PROGRAMS: [&str; 3] = ["program.py", "failures.py", "web.py"];
/// The lines of which each holds a type that is asserted.
const ASSERTION: &str = "assert_type(";

pub(super) const fn part() -> Part {
    Part {
        name: "python-types",
        language: "python",
        about: "the installed package's types under mypy --strict and pyright; its style under ruff",
        needs: NEEDS,
        run: |context, checks| {
            if let Err(problem) = run(context, checks) {
                checks.check("the checkers run", Err(problem));
            }
        },
    }
}

/// What mypy says of the facade. The generated half is left to itself: nobody but the facade imports it.
fn facade(environment: &Environment) -> Result<(), String> {
    let mypy = ["-m", "mypy", "--strict", "--follow-imports=silent"];
    let package = ["-p", "square_oauth", "--exclude", "_ffi"];
    let told = environment.run(&[&mypy[..], &package].concat()).run();
    let problems: Vec<_> = told
        .lines()
        .filter(|line| line.contains(": error:") && !line.contains("/_ffi/"))
        .collect();
    let ran = told
        .lines()
        .any(|line| line.starts_with("Found ") || line.starts_with("Success"));
    match (problems.is_empty(), ran) {
        (true, true) => Ok(()),
        (true, false) => Err(told.lines().collect::<Vec<_>>().join("\n")),
        (false, _) => Err(problems.join("\n")),
    }
}

/// Whether no public name leaves a type checker guessing.
fn complete(environment: &Environment) -> Result<(), String> {
    let pyright = ["-m", "pyright", "--verifytypes", "square_oauth"];
    let options = ["--ignoreexternal", "--outputjson"];
    // It looks for the package where the Python of this name is.
    let programs = environment.path("environment/bin");
    let path = env::var("PATH").unwrap_or_default();
    let told = environment
        .run(&[&pyright[..], &options].concat())
        .env("PATH", &format!("{programs}:{path}"))
        .run();
    let report: Value =
        serde_json::from_str(&told.stdout()).map_err(|e| format!("pyright: {e}"))?;
    let symbols = report
        .pointer("/typeCompleteness/symbols")
        .and_then(Value::as_array)
        .filter(|symbols| !symbols.is_empty())
        .ok_or("pyright has looked at nothing")?;
    let unknown = symbols
        .iter()
        .filter(|symbol| symbol["isTypeKnown"] != true || symbol["isTypeAmbiguous"] == true)
        .filter_map(|symbol| symbol["name"].as_str())
        .collect::<Vec<_>>();
    match unknown.is_empty() {
        true => Ok(()),
        false => Err(unknown.join("\n")),
    }
}

fn run(context: &Context, checks: &mut Checks) -> Result<(), String> {
    let wheel = wheel::for_tests(context)?;
    let requirements = context.read(REQUIREMENTS)?;
    let interpreter = interpreter::usual()?;
    let environment = Environment::with(context, &interpreter, "types", &wheel, &requirements)?;
    environment.copy(context, FOLDER, "typing")?;

    let mut asserted = 0;
    for program in PROGRAMS {
        let text = context.read(&format!("{FOLDER}/{program}"))?;
        asserted += text.matches(ASSERTION).count();
    }
    let programs = PROGRAMS.map(|program| format!("typing/{program}"));
    let programs: Vec<_> = programs.iter().map(String::as_str).collect();
    let script = [&["typing/complete.py"][..], &programs].concat();
    let verdict = environment.run(&script).run().verdict();
    checks.check("users' programs use every public name", verdict);
    let mypy = [&["-m", "mypy", "--strict"][..], &programs].concat();
    let name = format!("mypy --strict takes them, {asserted} types asserted");
    checks.check(&name, environment.run(&mypy).run().verdict());
    let wrong = environment.run(&["-m", "mypy", "--strict", "typing/mistakes.py"]);
    checks.check("mypy finds each mistake", wrong.run().verdict());
    let python = environment.python.display().to_string();
    let pyright = ["-m", "pyright", "--pythonpath", &python];
    let pyright = [&pyright[..], &programs].concat();
    let name = format!("pyright takes them, {asserted} types asserted");
    checks.check(&name, environment.run(&pyright).run().verdict());
    checks.check(
        "pyright knows the type of every public name",
        complete(&environment),
    );
    checks.check("mypy --strict takes the facade", facade(&environment));

    let project = context.root.join("bindings-uniffi/python/pyproject.toml");
    let config = project.display().to_string();
    for (name, words) in [
        ("check", &["check"][..]),
        ("format", &["format", "--check"]),
    ] {
        for folder in ["bindings-uniffi/python", "conformance/subjects/python"] {
            let folder_path = context.root.join(folder).display().to_string();
            let ruff = [
                &["-m", "ruff"],
                words,
                &["--no-cache", "--config", &config, &folder_path],
            ];
            let verdict = environment.run(&ruff.concat()).run().verdict();
            checks.check(&format!("ruff {name} {folder}"), verdict);
        }
    }
    Ok(())
}
