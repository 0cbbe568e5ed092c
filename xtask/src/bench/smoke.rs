//! Parts of the test: the programs of the benchmarks run, whatever figures they find.

use super::{Amount, Outcome, npm, python};
use crate::{checks::Checks, context::Context, part::Part};

const FEW: Amount = Amount {
    rounds: 1,
    smoke: true,
};

pub(crate) fn parts() -> Vec<Part> {
    vec![
        Part {
            name: "npm-bench",
            language: "npm",
            about: "the programs that measure the npm package run",
            needs: crate::npm::package::NEEDS,
            run: |context, checks| judge(npm::measure, context, checks),
        },
        Part {
            name: "python-bench",
            language: "python",
            about: "the programs that measure the wheel run",
            needs: crate::python::NEEDS,
            run: |context, checks| judge(python::measure, context, checks),
        },
    ]
}

type Measure = fn(&Context, &Amount) -> Result<Outcome, String>;

fn judge(measure: Measure, context: &Context, checks: &mut Checks) {
    match measure(context, &FEW) {
        Ok(outcome) => {
            for contender in &outcome.contenders {
                checks.check::<&str>(contender.label, Ok(()));
            }
        }
        Err(problem) => checks.check("every program runs", Err(problem)),
    }
}
