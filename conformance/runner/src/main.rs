//! `square-oauth-conformance -- COMMAND ARGS...`: judges a subject.
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what it finds is for whoever runs it"
)]

use std::{ffi::OsString, process::ExitCode};

use clap::Parser;
use square_oauth_conformance::subject::{Options, Program, Remote, Report, judge};

/// So many differences are more than anybody reads; each can be had by its id.
const SHOWN: usize = 200;

/// Holds a subject to every vector and scenario; conformance/SUBJECTS.md says what a subject is.
#[derive(Debug, Parser)]
#[command(name = "square-oauth-conformance", version)]
struct Arguments {
    /// Only this vector or scenario; may be given more than once
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// Fail where the subject serves no web handlers
    #[arg(long)]
    web: bool,
    /// A subject that is running already
    #[arg(long, value_name = "URL", conflicts_with = "command")]
    url: Option<String>,
    /// The command that starts the subject
    #[arg(last = true, required_unless_present = "url")]
    command: Vec<OsString>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(report) => {
            for failure in report.failures.iter().take(SHOWN) {
                println!("FAIL {failure}");
            }
            println!("{report}");
            if report.failures.is_empty() {
                return ExitCode::SUCCESS;
            }
            println!("{} do not hold", report.failures.len());
            ExitCode::FAILURE
        }
        Err(why) => {
            eprintln!("square-oauth-conformance: {why}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<Report, String> {
    let options = Options {
        only: arguments.only,
        web: arguments.web,
    };
    if let Some(url) = arguments.url {
        let remote = Remote::at(url.trim_end_matches('/')).await?;
        return judge(&remote, &options).await;
    }
    let (program, about) = Program::start(&arguments.command).await?;
    let mut report = judge(&Remote::new(about), &options).await?;
    report.failures.extend(program.end().await.err());
    Ok(report)
}
