//! Writes what is made from `conformance/errors.json`: the core's constants, the page for users,
//! and the types of TypeScript.

mod constants;
mod list;
mod page;
mod typescript;

use std::{fs, process::ExitCode};

use crate::{checks::Checks, context::Context, part::Part, setup::Need};

const LIST: &str = "conformance/errors.json";

/// A file as it should be.
#[derive(Debug)]
struct Generated {
    path: &'static str,
    text: String,
}

/// The check that nobody has to remember to generate.
pub(crate) const fn part() -> Part {
    Part {
        name: "generated",
        language: "rust",
        about: "the files made from conformance/errors.json are fresh",
        needs: &[Need::Component {
            name: "rustfmt",
            program: "rustfmt",
        }],
        run: judge,
    }
}

pub(crate) fn run(context: &Context, check: bool) -> Result<ExitCode, String> {
    let mut code = ExitCode::SUCCESS;
    for file in files(context)? {
        let stale = fresh(context, &file);
        let word = match stale {
            Ok(()) => "fresh",
            Err(_) if check => {
                code = ExitCode::FAILURE;
                "STALE"
            }
            Err(_) => {
                let path = context.root.join(file.path);
                fs::write(path, &file.text).map_err(|e| format!("{}: {e}", file.path))?;
                "written"
            }
        };
        println!("{word:<8}{}", file.path);
    }
    Ok(code)
}

fn judge(context: &Context, checks: &mut Checks) {
    match files(context) {
        Ok(files) => files
            .iter()
            .for_each(|file| checks.check(file.path, fresh(context, file))),
        Err(problem) => checks.check(LIST, Err(problem)),
    }
}

fn files(context: &Context) -> Result<[Generated; 3], String> {
    let list = list::parse(&context.read(LIST)?).map_err(|problem| format!("{LIST}: {problem}"))?;
    let constants = constants::write(&list, context)?;
    Ok([
        Generated {
            path: "core/src/error/code.rs",
            text: constants,
        },
        Generated {
            path: "docs/errors.md",
            text: page::write(&list),
        },
        Generated {
            path: "bindings-wasm/npm/src/error-codes.ts",
            text: typescript::write(&list),
        },
    ])
}

fn fresh(context: &Context, file: &Generated) -> Result<(), String> {
    let found = context.read(file.path)?;
    match first_difference(&found, &file.text) {
        None => Ok(()),
        Some(line) => Err(format!(
            "differs from line {line} on; run: cargo xtask generate"
        )),
    }
}

/// The number of the first line that is not the same in both.
fn first_difference(found: &str, wanted: &str) -> Option<usize> {
    if found == wanted {
        return None;
    }
    let same = found
        .lines()
        .zip(wanted.lines())
        .take_while(|(a, b)| a == b)
        .count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn any_difference_is_found_and_its_line_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
        assert_eq!(first_difference("a\nb", "a\nb\n"), Some(3));
    }
}
