//! Starts the server on this machine.
//!
//! ```console
//! $ export SQUARE_ENVIRONMENT=sandbox SQUARE_APPLICATION_ID=... SQUARE_APPLICATION_SECRET=...
//! $ cargo run --package square-oauth-example-axum
//! ```
//!
//! Optional: `SQUARE_WEBHOOK_SIGNATURE_KEY`; `LISTEN`, by default `127.0.0.1:3000`; `PUBLIC_URL`, how
//! browsers and Square reach it, by default `http://localhost` with that port. Without an account
//! at Square: `cargo xtask demo --serve` runs it against the emulator.
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tells the person who started it where to go, or what is wrong"
)]

use std::{env, error::Error, process::ExitCode};

use square_oauth::{host::Host, native::NativeOptions};
use square_oauth_example_axum::{App, CALLBACK, Config, serve};
use tokio::{net::TcpListener, signal::ctrl_c};

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let listen = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let listener = TcpListener::bind(&listen).await?;
    let port = listener.local_addr()?.port();
    let config = Config::from_env(&format!("http://localhost:{port}"))?;
    let public_url = config.public_url.clone();
    let app = App::new(config, Host::native(&NativeOptions::default())?)?;

    println!("Register this redirect URL at Square: {public_url}{CALLBACK}");
    println!("Then open {public_url} (stop with Ctrl+C)");
    tokio::select! {
        served = serve(listener, app) => served?,
        stopped = ctrl_c() => stopped?,
    }
    Ok(())
}
