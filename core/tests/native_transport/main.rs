//! The native transport over real sockets, all of them on loopback.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod bodies;
mod connections;
mod environment;
mod failures;
mod impatient;
mod options;
mod proxy;
mod redirects;
mod requests;
mod runtimes;
#[path = "../support_server/mod.rs"]
mod support_server;
mod tls;

use std::{sync::Arc, time::Duration};

use square_oauth::{
    Application, ClientOptions, Environment, OAuthClient, OAuthError, ObtainToken,
    host::{Entropy, EntropyError, Host},
    native::NativeOptions,
};
use support_server::{Act, Server, http};

const ID: &str = "sandbox-sq0idb-3jx0vFhvLtq9LrGhTdVLcA";
const SECRET: &str = "sandbox-sq0csb-GsMOu5aWk0IXpj5tAnFvKRzoXVhTjkNGqHqEQYBdSyU";
const TOKENS: &str = r#"{"access_token":"EAAA-new","token_type":"bearer",
    "expires_at":"2026-01-31T00:00:00Z","merchant_id":"MLQW2MYBY81PZ","refresh_token":"EQAA-new"}"#;

fn tokens() -> Act {
    http("200 OK", "", TOKENS)
}

fn refresh() -> ObtainToken {
    ObtainToken::refresh_token("EQAA-old")
}

fn code() -> ObtainToken {
    ObtainToken::authorization_code_unchecked("sandbox-sq0cgb-code", None, None)
}

fn client(url: &str) -> OAuthClient {
    client_over(url, native(&NativeOptions::default()))
}

fn client_over(url: &str, host: Host) -> OAuthClient {
    client_with(url, host, Duration::from_secs(15)).unwrap()
}

/// A client that does not wait long, for what would never come.
fn hasty(url: &str) -> OAuthClient {
    let host = native(&NativeOptions::default());
    client_with(url, host, Duration::from_millis(100)).unwrap()
}

fn client_with(url: &str, host: Host, timeout: Duration) -> Result<OAuthClient, OAuthError> {
    let options = ClientOptions {
        timeout,
        ..ClientOptions::default()
    };
    let environment: Environment = url.parse()?;
    let application = if environment == Environment::Production {
        Application::confidential("sq0idp-3jx0vFhvLtq9LrGhTdVLcA", SECRET)
    } else {
        Application::confidential(ID, SECRET)
    };
    OAuthClient::with_host(environment, application, &options, host)
}

/// The native ports, but for the dice: no attempt is waited for.
fn native(options: &NativeOptions) -> Host {
    Host {
        entropy: Arc::new(NoJitter),
        ..Host::native(options).unwrap()
    }
}

struct NoJitter;

impl Entropy for NoJitter {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        buffer.fill(0);
        Ok(())
    }
}

async fn fails(client: &OAuthClient, request: ObtainToken) -> OAuthError {
    client.obtain_token(request).await.unwrap_err()
}

/// Lets everything that can run do so. A connection finds its way back to the pool by a task of
/// its own.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}
