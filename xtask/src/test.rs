//! Runs the parts of the test and adds up what they counted.

use std::process::ExitCode;

use crate::{
    bench, checks::Checks, cli::TestOptions, clock::Stopwatch, context::Context, emulator, npm,
    part::Part, python, rust, setup,
};

/// Every part there is, in the order in which they run: the quick ones first.
pub(crate) fn parts(context: &Context) -> Vec<Part> {
    let mut parts = rust::parts(context);
    parts.extend(emulator::parts());
    parts.extend(npm::parts());
    parts.extend(python::parts());
    parts.extend(bench::parts());
    parts
}

pub(crate) fn run(context: &Context, options: &TestOptions) -> Result<ExitCode, String> {
    let parts = chosen(parts(context), &options.names)?;
    if options.list {
        println!("{}", listed(&parts));
        return Ok(ExitCode::SUCCESS);
    }
    let results: Vec<_> = parts
        .iter()
        .map(|part| (part.name, run_part(context, part)))
        .collect();
    Ok(conclude(&results))
}

/// One line for each part, in columns that are as wide as what is in them.
fn listed(parts: &[Part]) -> String {
    let width = |text: fn(&Part) -> &str| parts.iter().map(|part| text(part).len()).max();
    let name = width(|part| part.name).unwrap_or(0);
    let language = width(|part| part.language).unwrap_or(0);
    let line = |part: &Part| {
        format!(
            "{:name$}  {:language$}  {}",
            part.name, part.language, part.about
        )
    };
    parts.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Keeps the parts that a name stands for; no name stands for all.
fn chosen(mut parts: Vec<Part>, names: &[String]) -> Result<Vec<Part>, String> {
    let known = |name: &String| parts.iter().any(|p| p.name == name || p.language == name);
    if let Some(name) = names.iter().find(|name| !known(name)) {
        let all: Vec<_> = parts.iter().map(|part| part.name).collect();
        return Err(format!(
            "no part is called `{name}`; there are: rust, emulator, npm, python, {}",
            all.join(", ")
        ));
    }
    let wanted = |part: &Part| names.iter().any(|n| part.name == n || part.language == n);
    parts.retain(|part| names.is_empty() || wanted(part));
    Ok(parts)
}

fn run_part(context: &Context, part: &Part) -> Checks {
    println!("== {}: {}", part.name, part.about);
    let watch = Stopwatch::start();
    let mut checks = Checks::default();
    let missing = part
        .needs
        .iter()
        .find_map(|need| setup::bring(context, need).err());
    match missing {
        Some(missing) => checks.not_run(part.name, &missing, context.ci),
        None => (part.run)(context, &mut checks),
    }
    // A part that checks nothing proves nothing.
    if checks.passed + checks.failed == 0 && checks.not_run.is_empty() {
        checks.check("at least one check", Err("nothing was checked"));
    }
    let seconds = watch.elapsed().as_secs_f64();
    println!(
        "{}: {} passed, {} failed ({seconds:.1} s)\n",
        part.name, checks.passed, checks.failed
    );
    checks
}

fn conclude(results: &[(&str, Checks)]) -> ExitCode {
    for (name, checks) in results {
        if checks.failed > 0 {
            println!("failed in {name}: {}", checks.failed);
        }
        for what in &checks.not_run {
            println!("NOT RUN in {name}: {what}");
        }
    }
    let passed: u64 = results.iter().map(|(_, checks)| checks.passed).sum();
    let failed: u64 = results.iter().map(|(_, checks)| checks.failed).sum();
    println!("{passed} passed, {failed} failed");
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(wanted: &[&str]) -> Result<Vec<&'static str>, String> {
        let part = |name, language| Part {
            name,
            language,
            about: "",
            needs: &[],
            run: |_, checks| checks.add(1, 0),
        };
        let parts = vec![
            part("format", "rust"),
            part("lint", "rust"),
            part("types", "node"),
        ];
        let wanted: Vec<_> = wanted.iter().map(ToString::to_string).collect();
        Ok(chosen(parts, &wanted)?
            .iter()
            .map(|part| part.name)
            .collect())
    }

    #[test]
    fn a_name_is_a_part_or_a_language_and_none_is_all() {
        assert_eq!(names(&[]).unwrap(), ["format", "lint", "types"]);
        assert_eq!(names(&["rust"]).unwrap(), ["format", "lint"]);
        assert_eq!(names(&["types", "lint"]).unwrap(), ["lint", "types"]);
    }

    #[test]
    fn no_column_of_the_list_runs_into_the_next() {
        let part = |name, language| Part {
            name,
            language,
            about: "about",
            needs: &[],
            run: |_, _| {},
        };
        let parts = [part("a", "emulator"), part("emulator-packages-x", "rust")];
        let expected = "a                    emulator  about\nemulator-packages-x  rust      about";
        assert_eq!(listed(&parts), expected);
    }

    #[test]
    fn an_unknown_name_is_an_error_that_lists_the_known_ones() {
        let error = names(&["lnt"]).unwrap_err();
        assert!(error.contains("`lnt`") && error.contains("lint"), "{error}");
    }

    #[test]
    fn a_part_that_checks_nothing_fails() {
        let part = Part {
            name: "empty",
            language: "rust",
            about: "",
            needs: &[],
            run: |_, _| {},
        };
        let context = Context {
            root: ".".into(),
            ci: false,
        };
        assert_eq!(run_part(&context, &part).failed, 1);
    }
}
