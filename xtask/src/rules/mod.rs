//! What holds for the repository as a whole. Each rule is a pure function over texts, with a test
//! that sees it fail.

mod forbid_unsafe;
mod layers;
mod length;
mod lock_file;
mod paths;
mod signatures;
mod trees;

use std::path::Path;

use crate::{checks::Checks, context::Context, part::Part, setup::Need};

pub(crate) const fn part() -> Part {
    Part {
        name: "rules",
        language: "rust",
        about: "dependencies, layers, public signatures, paths, lengths of files",
        needs: &[Need::Program {
            name: "git",
            package: "git",
        }],
        run,
    }
}

/// A text file of the repository.
#[derive(Debug)]
struct File {
    path: String,
    text: String,
}

fn run(context: &Context, checks: &mut Checks) {
    let files = match files(context) {
        Ok(files) => files,
        Err(problem) => return checks.check("the files of the repository", Err(problem)),
    };
    trees::check(context, checks);
    checks.check(
        "Cargo.lock names one registry and no address",
        lock_file::rule(&files),
    );
    checks.check(
        "unsafe code is forbidden in core and emulator",
        forbid_unsafe::rule(&files),
    );
    checks.check(
        "the core's layers point one way",
        verdict(layers::broken(&files)),
    );
    checks.check(
        "the core's public signatures are std's and its own",
        signatures::rule(&files),
    );
    checks.check(
        "no source file is over 500 lines",
        verdict(length::too_long(&files)),
    );
    checks.check(
        "no path of a machine",
        verdict(paths::private(&files, &context.root)),
    );
    checks.check("nothing outside is read", verdict(paths::outside(&files)));
}

/// What git knows or would know; what it ignores is nobody's business.
fn files(context: &Context) -> Result<Vec<File>, String> {
    let arguments = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let listing = context.program("git", &arguments).run();
    listing.verdict()?;
    let mut files = Vec::new();
    for path in listing.stdout().lines() {
        // A file that was deleted but is not committed yet, or one that is no text.
        if let Ok(text) = context.read(path) {
            files.push(File {
                path: path.to_owned(),
                text,
            });
        }
    }
    Ok(files)
}

fn verdict(problems: Vec<String>) -> Result<(), String> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}

fn is_rust(file: &File) -> bool {
    Path::new(&file.path)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

#[cfg(test)]
fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
