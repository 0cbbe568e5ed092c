//! The Rust subject: says where it is in its first line, and ends with its input.
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the first line of its output is part of the contract"
)]

use std::{error::Error, process::ExitCode};

use square_oauth_subject::{Subject, router};
use tokio::{io::AsyncReadExt, net::TcpListener};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let subject = Subject::new(format!("http://{}", listener.local_addr()?))?;
    println!("{}", subject.about());
    let mut rest = Vec::new();
    let mut input = tokio::io::stdin();
    tokio::select! {
        served = async { axum::serve(listener, router(subject)).await } => served?,
        ended = input.read_to_end(&mut rest) => drop(ended?),
    }
    Ok(())
}
