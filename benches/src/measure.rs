//! One piece of work in a process of its own: by the clock, or by counting instructions.

use std::{
    env,
    process::{Command, Output},
};

use crate::{Problem, work::Work};

/// Wall and processor time of one piece, in nanoseconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub(crate) wall: f64,
    pub(crate) cpu: f64,
}

pub(crate) fn times(work: Work, address: &str, count: u32) -> Result<Times, Problem> {
    let output = checked(command(None)?.args(arguments(work, address, count)))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers: Vec<f64> = text
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    match numbers.as_slice() {
        [wall, cpu] => Ok(Times {
            wall: wall / f64::from(count),
            cpu: cpu / f64::from(count),
        }),
        _ => Err(format!("not two numbers: {text}").into()),
    }
}

/// Instructions of one piece: what many take beyond few, so that setting up does not count.
pub(crate) fn instructions(work: Work, address: &str, count: u32) -> Result<f64, Problem> {
    let few = count / 5;
    let beyond = counted(work, address, count)? - counted(work, address, few)?;
    Ok(beyond / f64::from(count - few))
}

fn counted(work: Work, address: &str, count: u32) -> Result<f64, Problem> {
    let callgrind = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let mut command = command(Some(("valgrind", &callgrind)))?;
    let output = checked(command.args(arguments(work, address, count)))?;
    let report = String::from_utf8_lossy(&output.stderr).into_owned();
    let collected = report.split("Collected : ").nth(1);
    let collected = collected.and_then(|rest| rest.split_whitespace().next());
    let collected = collected.ok_or_else(|| format!("no count in: {report}"))?;
    Ok(collected.parse()?)
}

fn arguments(work: Work, address: &str, count: u32) -> [String; 4] {
    let work = clap::ValueEnum::to_possible_value(&work);
    let work = work
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default();
    [
        "perform".to_owned(),
        work,
        address.to_owned(),
        count.to_string(),
    ]
}

/// This program again, by itself or under another.
fn command(under: Option<(&str, &[&str])>) -> Result<Command, Problem> {
    let this = env::current_exe()?;
    Ok(match under {
        None => Command::new(this),
        Some((program, arguments)) => {
            let mut command = Command::new(program);
            command.args(arguments).arg(this);
            command
        }
    })
}

fn checked(command: &mut Command) -> Result<Output, Problem> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("{command:?} failed: {said}").into())
}
