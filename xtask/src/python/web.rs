//! The web handlers: judged in every framework by the scenarios of all languages, tested, and used as the
//! examples and the documentation use them.

use std::fs;

use super::{NEEDS, environment::Environment, interpreter, suite, wheel};
use crate::{
    checks::Checks,
    conformance::{self, Handlers},
    context::Context,
    part::Part,
    shell::Step,
};

const REQUIREMENTS: &str = "bindings-uniffi/python/web_tests/requirements.txt";
/// Each way to serve, with the client that goes with it.
const SERVED: [[&str; 2]; 4] = [
    ["AsyncOAuthClient", "starlette"],
    ["OAuthClient", "flask"],
    ["OAuthClient", "django"],
    ["AsyncOAuthClient", "django-async"],
];
const EXAMPLES: [&str; 2] = ["python-fastapi", "python-django"];
/// The pages beside those of the documentation, and what they are called there.
const PAGES: [(&str, &str); 2] = [
    ("README.md", "README.md"),
    ("bindings-uniffi/python/README.md", "package.md"),
];

pub(super) const fn part() -> Part {
    Part {
        name: "python-web",
        language: "python",
        about: "web handlers in Starlette, Flask and Django, the examples and the documentation, from the installed wheel",
        needs: NEEDS,
        run: |context, checks| {
            if let Err(problem) = run(context, checks) {
                checks.check("the tests run", Err(problem));
            }
        },
    }
}

fn run(context: &Context, checks: &mut Checks) -> Result<(), String> {
    let wheel = wheel::for_tests(context)?;
    let interpreter = interpreter::usual()?;
    let requirements = context.read(REQUIREMENTS)?;
    let environment = Environment::with(context, &interpreter, "web", &wheel, &requirements)?;

    environment.copy(context, "conformance/subjects/python", "subject")?;
    let judged = SERVED.iter().filter_map(|[client, framework]| {
        let command = environment.command(&["subject/web.py", client, framework]);
        conformance::judge(context, checks, &command, Handlers::Required)
    });
    let judged: Vec<_> = judged.collect();
    conformance::told_apart(checks, &judged);

    environment.copy(context, "bindings-uniffi/python/tests", "tests")?;
    environment.copy(context, "bindings-uniffi/python/web_tests", "tests/web")?;
    environment.copy(context, "docs", "docs")?;
    for (page, name) in PAGES {
        let text = context.read(page)?;
        let to = environment.folder.join("docs").join(name);
        fs::write(&to, text).map_err(|e| format!("{}: {e}", to.display()))?;
    }
    for example in EXAMPLES {
        let folder = format!("examples/{example}");
        environment.copy(context, &folder, &folder)?;
        let mypy = ["-m", "mypy", "--strict", "."];
        let mut command = environment.command(&mypy);
        command.current_dir(environment.folder.join(&folder));
        let name = format!("mypy --strict takes {folder}");
        let step = Step::new(name.clone(), command);
        checks.check(&name, step.run().verdict());
    }
    let finished = environment
        .run(&[
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-rs",
            "tests/web",
        ])
        .env("SQUARE_OAUTH_EMULATOR", &suite::emulator(context)?)
        .env("SQUARE_OAUTH_EXAMPLES", &environment.path("examples"))
        .env("SQUARE_OAUTH_DOCS", &environment.path("docs"))
        .run();
    suite::add(context, checks, &interpreter, &finished)
}
