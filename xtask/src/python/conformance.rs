//! Both clients, judged by the data that every language is judged by.

use super::{NEEDS, environment::Environment, interpreter, wheel};
use crate::{
    checks::Checks,
    conformance::{self, Handlers},
    context::Context,
    part::Part,
};

const CLIENTS: [&str; 2] = ["OAuthClient", "AsyncOAuthClient"];

pub(super) const fn part() -> Part {
    Part {
        name: "python-conformance",
        language: "python",
        about: "every vector and scenario through the installed wheel: both clients, two versions of Python",
        needs: NEEDS,
        run: |context, checks| {
            if let Err(problem) = run(context, checks) {
                checks.check("the subject starts", Err(problem));
            }
        },
    }
}

fn run(context: &Context, checks: &mut Checks) -> Result<(), String> {
    let wheel = wheel::for_tests(context)?;
    let mut interpreters = vec![interpreter::usual()?];
    match interpreter::other() {
        Ok(other) => interpreters.push(other),
        Err(problem) => checks.not_run("another Python", &problem, context.ci),
    }
    let mut judged = Vec::new();
    for interpreter in &interpreters {
        let environment = Environment::with(context, interpreter, "conformance", &wheel, "")?;
        environment.copy(context, "conformance/subjects/python", "subject")?;
        for client in CLIENTS {
            let command = environment.command(&["subject/subject.py", client]);
            judged.extend(conformance::judge(
                context,
                checks,
                &command,
                Handlers::Required,
            ));
        }
    }
    conformance::told_apart(checks, &judged);
    Ok(())
}
