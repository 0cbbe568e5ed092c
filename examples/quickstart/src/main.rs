//! Connects one seller from the command line, and disconnects them again.
//!
//! ```console
//! $ export SQUARE_ENVIRONMENT=sandbox SQUARE_APPLICATION_ID=... SQUARE_APPLICATION_SECRET=...
//! $ cargo run --package square-oauth-example-quickstart
//! ```
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the command line"
)]

use std::{collections::HashMap, env, io, process::ExitCode};

use square_oauth::{
    Application, Authorize, ErrorKind, OAuthClient, OAuthError, ObtainToken, RevokeToken, attempt,
    scopes,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => return ExitCode::SUCCESS,
        Err(e) if e.kind() == ErrorKind::Denied => eprintln!("The seller chose not to connect."),
        Err(e) => eprintln!("{}: {e}", e.code()),
    }
    ExitCode::FAILURE
}

async fn run() -> Result<(), OAuthError> {
    // What is not set is empty here, and the library says what is missing.
    let set = |name| env::var(name).unwrap_or_default();
    let secret = set("SQUARE_APPLICATION_SECRET");
    let application = Application::confidential(set("SQUARE_APPLICATION_ID"), secret);
    let square = OAuthClient::new(set("SQUARE_ENVIRONMENT").parse()?, application)?;
    square.check_application().await?;

    // "Connect Square" was clicked. In a web application the session is the seller's.
    let mut session = HashMap::new();
    let scopes = scopes(["MERCHANT_PROFILE_READ", "PAYMENTS_READ"]);
    let authorization = square.authorize(Authorize {
        scopes,
        ..Authorize::default()
    })?;
    session.insert(authorization.attempt, authorization.pending.into_string());
    println!("Open this address, and say yes:\n\n{}\n", authorization.url);

    // The seller came back.
    println!("Then paste the address that the browser ends up at:");
    let line = io::stdin().lines().next().and_then(Result::ok);
    let callback = line.as_deref().unwrap_or_default().trim();
    let pending = session.remove(&attempt(callback)?).unwrap_or_default();
    let tokens = square.complete(callback, &pending).await?;
    println!(
        "Connected {} until {}",
        tokens.merchant_id(),
        tokens.expires_at()
    );

    let status = square.retrieve_token_status(tokens.access_token()).await?;
    let scopes: Vec<_> = status.scopes.iter().map(|scope| scope.as_str()).collect();
    println!("It may {}", scopes.join(", "));

    // In code flow there always is one. Keep it, encrypted, and refresh within seven days.
    if let Some(refresh_token) = tokens.refresh_token() {
        let tokens = square
            .obtain_token(ObtainToken::refresh_token(refresh_token))
            .await?;
        println!("Refreshed until {}", tokens.expires_at());
    }

    square
        .revoke_token(RevokeToken::all(tokens.merchant_id()))
        .await?;
    println!("Disconnected {}", tokens.merchant_id());
    Ok(())
}
