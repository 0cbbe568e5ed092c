//! Sending by reqwest: HTTP/1.1, redirects off, nothing sent twice, the body capped as it comes.

use core::{fmt, time::Duration};
use std::{error::Error, sync::OnceLock};

use bytes::Bytes;
use reqwest::{
    Client, ClientBuilder, Method, Request, Response,
    header::{CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER},
};
use rustls::ClientConfig;
use tokio::runtime::Handle;

use super::{headers::Headers, targets::Targets, tls};
use crate::{
    error::{OAuthError, code},
    host::{Body, BoxFuture, Delivery, HttpRequest, HttpResponse, SendCause, SendError, Transport},
    model::Secret,
};

/// How the native transport reaches Square.
#[derive(Clone, Debug, Default)]
pub struct NativeOptions {
    /// The proxy to go through. Loopback is always reached directly.
    pub proxy: Proxy,
    /// PEM certificates to trust beside the platform's, e.g. of a company's proxy. Default: none.
    pub extra_root_certificates: Vec<u8>,
}

/// Which proxy to go through.
#[derive(Clone, Debug, Default)]
pub enum Proxy {
    /// What `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    #[default]
    Environment,
    /// None, whatever the environment says.
    None,
    /// This one, an `http://` or `https://` URL; it may hold a user name and password.
    Url(Secret),
}

/// The native transport. Cheap to make; connections and TLS come with the first call.
pub struct NativeTransport {
    options: NativeOptions,
    tls: ClientConfig,
    routes: [OnceLock<Client>; 4],
    targets: Targets,
    headers: Headers,
}

/// A pooled connection is not kept longer than this: the longer it idles, the likelier it is that
/// something on the way has dropped it without a word.
const IDLE: Duration = Duration::from_secs(15);
/// As many calls as a busy program makes at once: what is beyond begins with a handshake again.
const MOST_IDLE: usize = 64;

impl NativeTransport {
    /// A transport with these options.
    ///
    /// # Errors
    /// `InvalidInput` with field `proxy` or `extra_root_certificates`.
    pub fn new(options: &NativeOptions) -> Result<Self, OAuthError> {
        let tls = tls::config(&options.extra_root_certificates)?;
        let transport = Self {
            options: options.clone(),
            tls,
            routes: Default::default(),
            targets: Targets::default(),
            headers: Headers::default(),
        };
        // Whatever is wrong with the options shows now rather than with the first seller.
        transport.client(false, false)?;
        Ok(transport)
    }

    /// One client for each way a request can go. Reqwest decides about proxy and pool by client.
    fn client(&self, is_loopback: bool, is_fresh: bool) -> Result<&Client, OAuthError> {
        let [pooled, fresh, pooled_loopback, fresh_loopback] = &self.routes;
        let slot = match (is_loopback, is_fresh) {
            (false, false) => pooled,
            (false, true) => fresh,
            (true, false) => pooled_loopback,
            (true, true) => fresh_loopback,
        };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let client = self.build(is_loopback, is_fresh)?;
        Ok(slot.get_or_init(|| client))
    }

    fn build(&self, is_loopback: bool, is_fresh: bool) -> Result<Client, OAuthError> {
        let builder = Client::builder()
            .tls_backend_preconfigured(self.tls.clone())
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(if is_fresh { 0 } else { MOST_IDLE });
        let builder = if is_loopback {
            builder.no_proxy()
        } else {
            self.proxied(builder)?
        };
        let wrong = |_| OAuthError::about(code::VALUE_MALFORMED, "proxy", "cannot be used");
        builder.build().map_err(wrong)
    }

    fn proxied(&self, builder: ClientBuilder) -> Result<ClientBuilder, OAuthError> {
        match &self.options.proxy {
            Proxy::Environment => Ok(builder),
            Proxy::None => Ok(builder.no_proxy()),
            Proxy::Url(url) => {
                let wrong = || {
                    let text = "is not an http:// or https:// URL";
                    OAuthError::about(code::VALUE_MALFORMED, "proxy", text)
                };
                let url = url.expose();
                // Any other scheme is taken by reqwest, and fails with the first seller.
                let is_http = url.starts_with("http://") || url.starts_with("https://");
                if !is_http || url.bytes().any(|byte| byte.is_ascii_control()) {
                    return Err(wrong());
                }
                let proxy = reqwest::Proxy::all(url).map_err(|_| wrong())?;
                Ok(builder.proxy(proxy))
            }
        }
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, SendError> {
        let not_sent = |cause| SendError {
            delivery: Delivery::NotSent,
            cause,
        };
        if Handle::try_current().is_err() {
            return Err(not_sent(SendCause::NoRuntime));
        }
        let other = || not_sent(SendCause::Other);
        let (url, is_loopback) = self.targets.get(&request.url).ok_or_else(other)?;
        let client = self
            .client(is_loopback, request.fresh_connection)
            .map_err(|_| not_sent(SendCause::Proxy))?;
        let mut headers = self.headers.map(&request.headers).ok_or_else(other)?;
        if request.body.is_empty() {
            // Left out by itself, and there are servers that wait for a length (RFC 9110, 8.6).
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        // The body is shared, not copied, and zeroed by its own holder.
        let body = Bytes::from_owner(SecretBytes(request.body));
        let mut sending = Request::new(Method::POST, url);
        *sending.headers_mut() = headers;
        *sending.body_mut() = Some(body.into());
        let response = client.execute(sending).await;
        let response = response.map_err(|error| send_error(&error))?;
        receive(response).await
    }
}

impl Transport for NativeTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, SendError>> {
        Box::pin(self.exchange(request))
    }
}

impl fmt::Debug for NativeTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeTransport").finish_non_exhaustive()
    }
}

struct SecretBytes(Secret);

impl AsRef<[u8]> for SecretBytes {
    fn as_ref(&self) -> &[u8] {
        self.0.expose().as_bytes()
    }
}

async fn receive(mut response: Response) -> Result<HttpResponse, SendError> {
    let headers = response.headers();
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let waits: Vec<_> = headers
        .get_all(RETRY_AFTER)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let mut answer = HttpResponse {
        status: response.status().as_u16(),
        content_type: text(CONTENT_TYPE),
        retry_after: (!waits.is_empty()).then(|| waits.join(", ")),
        date: text(DATE),
        body: Body::for_length(response.content_length()),
    };
    while let Some(chunk) = response.chunk().await.map_err(|_| INTERRUPTED)? {
        if !answer.body.append(&chunk) {
            break;
        }
    }
    Ok(answer)
}

const INTERRUPTED: SendError = SendError {
    delivery: Delivery::Unknown,
    cause: SendCause::Connection,
};

/// What reqwest's error means. Its text is not looked at but for the one thing that has no other
/// sign, and is never shown: it can hold a proxy's password.
fn send_error(error: &reqwest::Error) -> SendError {
    if error.is_builder() {
        // An address that reqwest cannot read went nowhere.
        return SendError {
            delivery: Delivery::NotSent,
            cause: SendCause::Other,
        };
    }
    if !error.is_connect() {
        return INTERRUPTED;
    }
    let mut cause = SendCause::Connect;
    let mut source = error.source();
    while let Some(inner) = source {
        if is_tls(inner) {
            cause = SendCause::Tls;
        } else if is_proxy(inner) {
            cause = SendCause::Proxy;
            break;
        }
        source = inner.source();
    }
    SendError {
        delivery: Delivery::NotSent,
        cause,
    }
}

/// An I/O error hides what it holds from `source`, and rustls's is held twice over.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let held = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>() || held.is_some_and(|held| is_tls(held))
}

fn is_proxy(error: &(dyn Error + 'static)) -> bool {
    let text = error.to_string();
    text.contains("tunnel") || text.contains("proxy")
}
