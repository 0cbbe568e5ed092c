//! What one part of the test found: printed as it comes, counted for the end.

use std::fmt::Display;

/// The counts of one part.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    /// What could not be run, with the reason.
    pub(crate) not_run: Vec<String>,
}

impl Checks {
    /// Counts and prints one check.
    pub(crate) fn check<E: Display>(&mut self, name: &str, result: Result<(), E>) {
        match result {
            Ok(()) => {
                self.passed += 1;
                println!("  ok    {name}");
            }
            Err(problem) => {
                self.failed += 1;
                println!("  FAIL  {name}");
                for line in problem.to_string().lines() {
                    println!("        {line}");
                }
            }
        }
    }

    /// Counts what another program has counted.
    pub(crate) fn add(&mut self, passed: u64, failed: u64) {
        self.passed += passed;
        self.failed += failed;
    }

    /// Says loudly that something was not run; `required` makes it a failure.
    pub(crate) fn not_run(&mut self, what: &str, why: &str, required: bool) {
        println!("  !!!!  NOT RUN: {what}: {why}");
        self.not_run.push(format!("{what}: {why}"));
        if required {
            self.failed += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_run_fails_only_where_it_is_required() {
        let mut checks = Checks::default();
        checks.not_run("a", "no compiler", false);
        assert_eq!(checks.failed, 0);
        checks.not_run("b", "no compiler", true);
        assert_eq!(checks.failed, 1);
        assert_eq!(checks.not_run.len(), 2);
    }
}
