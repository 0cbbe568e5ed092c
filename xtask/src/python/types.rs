//! What type checkers and the linter say, as users run them.

use std::env;

use serde_json::Value;

use super::{NEEDS, environment::Environment, interpreter, wheel};
use crate::{checks::Checks, context::Context, part::Part};

const REQUIREMENTS: &str = "bindings-uniffi/python/typing/requirements.txt";
/// The lines of which each holds a type that is asserted.
const ASSERTION: &str = "assert_type(";

/// Those with an adapter of their own, whose types need the framework's: they are checked beside it.
pub(super) const FRAMEWORKS: [&str; 3] = ["starlette", "flask", "django"];

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

/// What mypy says of these modules of the facade. The generated half is left to itself: nobody but the facade
/// imports it.
pub(super) fn facade(environment: &Environment, modules: &[&str]) -> Result<(), String> {
    let mypy = ["-m", "mypy", "--strict", "--follow-imports=silent"];
    let told = environment.run(&[&mypy[..], modules].concat()).run();
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

/// Whether no public name leaves a type checker guessing. The frameworks are not here, so what has theirs in it
/// counts only where it is looked at beside them.
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
        .filter(|name| {
            !FRAMEWORKS
                .iter()
                .any(|framework| name.starts_with(&format!("square_oauth.web.{framework}")))
        })
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
    environment.copy(context, "bindings-uniffi/python/typing", "typing")?;

    let program = context.read("bindings-uniffi/python/typing/program.py")?;
    let asserted = program.matches(ASSERTION).count();
    let mypy = environment.run(&["-m", "mypy", "--strict", "typing/program.py"]);
    let name = format!("mypy --strict takes a user's program, {asserted} types asserted");
    checks.check(&name, mypy.run().verdict());
    let wrong = environment.run(&["-m", "mypy", "--strict", "typing/mistakes.py"]);
    checks.check("mypy finds each mistake", wrong.run().verdict());
    let python = environment.python.display().to_string();
    let pyright = [
        "-m",
        "pyright",
        "--pythonpath",
        &python,
        "typing/program.py",
    ];
    let name = format!("pyright takes it, {asserted} types asserted");
    checks.check(&name, environment.run(&pyright).run().verdict());
    checks.check(
        "pyright knows the type of every public name",
        complete(&environment),
    );
    let rest = format!("_ffi|web/({})", FRAMEWORKS.join("|"));
    let verdict = facade(&environment, &["-p", "square_oauth", "--exclude", &rest]);
    checks.check("mypy --strict takes the facade", verdict);

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
