//! The emulator as a program: options, the start-up line, and running until told to stop.
#![forbid(unsafe_code)]

mod cli;
mod start_line;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use square_oauth_emulator::Emulator;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("square-oauth-emulator: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = cli::Options::parse().into_config()?;
    let emulator = Emulator::start(config).await?;
    if !emulator.address().ip().is_loopback() {
        say(&format!(
            "WARNING: listening on {}, which other machines can reach. Whoever can reach the emulator can read \
             every credential in it.",
            emulator.address()
        ));
    }
    // The one place that prints credentials, on purpose: they are the emulator's own, and the
    // program that started it reads them here.
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", start_line::of(&emulator))?;
    stdout.flush()?;
    drop(stdout);

    say(&format!(
        "Control page: {}/_emulator/ (stop with Ctrl+C)",
        emulator.public_url()
    ));
    stopped().await?;
    emulator.stop().await;
    Ok(())
}

/// Ctrl+C, or a request to terminate.
async fn stopped() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// To a person: on standard error, so that standard output stays the program's.
fn say(text: &str) {
    // Nobody left to read it is no reason to stop.
    drop(writeln!(io::stderr(), "{text}"));
}
