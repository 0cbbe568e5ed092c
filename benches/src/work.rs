//! What is measured: the same work by this library and by reqwest and serde alone.

use std::hint::black_box;

use clap::ValueEnum;
use reqwest::Client;
use serde::{Deserialize, Serialize};
use square_oauth::{
    Application, ClientOptions, Environment, OAuthClient, ObtainToken, Timestamp,
    host::HttpResponse,
    protocol::{self, Setup},
};

use crate::{Problem, clock::Stopwatch, stub::TOKENS};

const ID: &str = "sandbox-sq0idb-3jx0vFhvLtq9LrGhTdVLcA";
const SECRET: &str = "sandbox-sq0csb-GsMOu5aWk0IXpj5tAnFvKRzoXVhTjkNGqHqEQYBdSyU";
const REFRESH_TOKEN: &str = "EQAAEIvS8kPz0mYdW3bq5xJcL1hTn7fRgUo9aKe2sVt4wXyZi6BjCrDlMpQuHA";
const CODE: &str = "sandbox-sq0cgb-l0SBqxs4uwxErTVyYOdemg";
const WARM_UP: u32 = 20;

/// One kind of work, on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Work {
    /// A refresh by this library, over a connection that is kept.
    Refresh,
    /// The same by reqwest.
    RefreshRaw,
    /// A code exchange by this library, over a connection of its own.
    Code,
    /// The same by reqwest.
    CodeRaw,
    /// Making a request, nothing sent.
    Encode,
    /// The same by serde.
    EncodeRaw,
    /// Reading an answer.
    Decode,
    /// The same by serde.
    DecodeRaw,
}

/// Does the work this often on the one thread there is; prints wall and processor time in
/// nanoseconds.
pub(crate) fn perform(work: Work, address: &str, count: u32) -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut side = Side::new(address)?;
    runtime.block_on(async {
        for _ in 0..WARM_UP {
            side.once(work).await?;
        }
        let watch = Stopwatch::start();
        for _ in 0..count {
            side.once(work).await?;
        }
        println!("{} {}", watch.wall().as_nanos(), watch.cpu().as_nanos());
        Ok(())
    })
}

struct Side {
    client: OAuthClient,
    kept: Client,
    fresh: Client,
    url: String,
    setup: Setup,
    response: HttpResponse,
}

impl Side {
    fn new(address: &str) -> Result<Self, Problem> {
        // Reqwest's TLS wants to know once for the process what it stands on.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let environment: Environment = format!("http://{address}").parse()?;
        let application = Application::confidential(ID, SECRET);
        let options = ClientOptions::default();
        let builder = || Client::builder().no_proxy().http1_only();
        Ok(Self {
            client: OAuthClient::new(environment.clone(), application.clone())?,
            kept: builder().build()?,
            fresh: builder().pool_max_idle_per_host(0).build()?,
            url: format!("http://{address}/oauth2/token"),
            setup: Setup::new(environment, application, &options, "rust")?,
            response: HttpResponse {
                status: 200,
                content_type: Some("application/json".to_owned()),
                body: TOKENS.as_bytes().to_vec().into(),
                ..HttpResponse::default()
            },
        })
    }

    async fn once(&mut self, work: Work) -> Result<(), Problem> {
        let refresh = || ObtainToken::refresh_token(REFRESH_TOKEN);
        match work {
            Work::Refresh => drop(black_box(self.client.obtain_token(refresh()).await?)),
            Work::Code => {
                let code = ObtainToken::authorization_code_unchecked(CODE, None, None);
                drop(black_box(self.client.obtain_token(code).await?));
            }
            Work::RefreshRaw => raw(&self.kept, &self.url, &Body::refresh()).await?,
            Work::CodeRaw => raw(&self.fresh, &self.url, &Body::code()).await?,
            Work::Encode => {
                drop(black_box(protocol::obtain_token(&self.setup, &refresh())?));
            }
            Work::EncodeRaw => drop(black_box(serde_json::to_vec(&Body::refresh())?)),
            Work::Decode => {
                let exchange = protocol::obtain_token(&self.setup, &refresh())?;
                let now = Timestamp::from_unix_ms(0);
                for _ in 0..TIMES {
                    drop(black_box(exchange.read(&self.response, now)?));
                }
            }
            Work::DecodeRaw => {
                for _ in 0..TIMES {
                    drop(black_box(serde_json::from_slice::<Answer>(
                        &self.response.body,
                    )?));
                }
            }
        }
        Ok(())
    }
}

/// An answer is read so often for each request that is made, so that making it hardly counts.
pub(crate) const TIMES: u32 = 100;

async fn raw(client: &Client, url: &str, body: &Body<'_>) -> Result<(), Problem> {
    let request = client
        .post(url)
        .header("accept", "application/json")
        .header("accept-encoding", "identity")
        .header("user-agent", "raw/0.1.0 (rust)")
        .header("square-version", protocol::SQUARE_VERSION)
        .json(body);
    let answer: Answer = request.send().await?.error_for_status()?.json().await?;
    black_box(answer);
    Ok(())
}

#[derive(Serialize)]
struct Body<'a> {
    client_id: &'a str,
    grant_type: &'a str,
    client_secret: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
}

impl Body<'static> {
    fn refresh() -> Self {
        Self {
            client_id: ID,
            grant_type: "refresh_token",
            client_secret: SECRET,
            code: None,
            refresh_token: Some(REFRESH_TOKEN),
        }
    }

    fn code() -> Self {
        Self {
            grant_type: "authorization_code",
            code: Some(CODE),
            refresh_token: None,
            ..Self::refresh()
        }
    }
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read as a program would, and thrown away")]
struct Answer {
    access_token: String,
    token_type: String,
    expires_at: String,
    merchant_id: String,
    refresh_token: Option<String>,
    #[serde(default)]
    short_lived: bool,
}
