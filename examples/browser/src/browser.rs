//! A browser that does one thing at a time.

use std::{error::Error, fmt};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Uri, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::{answer::Answer, form::Form, jar::Jar};

/// A browser: it keeps cookies, and shows every answer, redirects too. A clone is a second
/// browser with the same cookies.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    jar: Jar,
}

impl Browser {
    /// Fetches a page; `headers` are sent beside the cookies.
    ///
    /// # Errors
    /// If no whole answer came.
    pub async fn get(&mut self, url: &str, headers: &[(&str, &str)]) -> Result<Answer, NoAnswer> {
        self.send("GET", url, headers, "").await
    }

    /// Posts fields as a form does.
    ///
    /// # Errors
    /// If no whole answer came.
    pub async fn post(
        &mut self,
        url: &str,
        headers: &[(&str, &str)],
        fields: &[(&str, &str)],
    ) -> Result<Answer, NoAnswer> {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let form = ("content-type", "application/x-www-form-urlencoded");
        let headers = [&[form], headers].concat();
        self.send("POST", url, &headers, body.finish()).await
    }

    /// Presses a button of a form on the page at `page`, as the browser of a person does.
    ///
    /// # Errors
    /// If no whole answer came.
    pub async fn submit(
        &mut self,
        page: &str,
        form: &Form,
        button: Option<(&str, &str)>,
    ) -> Result<Answer, NoAnswer> {
        let origin = origin(page);
        let url = if form.action.starts_with('/') {
            format!("{origin}{}", form.action)
        } else {
            form.action.clone()
        };
        let fields = form.fields.iter().map(|(name, value)| (&**name, &**value));
        let fields: Vec<_> = fields.chain(button).collect();
        let headers = [("origin", &*origin), ("sec-fetch-site", "same-origin")];
        self.post(&url, &headers, &fields).await
    }

    /// Sends anything.
    ///
    /// # Errors
    /// If no whole answer came.
    pub async fn send(
        &mut self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Answer, NoAnswer> {
        let uri: Uri = url.parse().map_err(|error| no_answer(url, error))?;
        let cookies = self.jar.header_for(&uri);
        let cookies = Some(("cookie", &*cookies)).filter(|(_, cookies)| !cookies.is_empty());
        let headers = headers.iter().copied().chain(cookies);
        let answer = exchange(method, &uri, headers, body.into());
        let answer = answer.await.map_err(|error| no_answer(url, error))?;
        self.jar.take_in(&uri, &answer.headers);
        Ok(answer)
    }

    /// The `Cookie` header it would send to a server.
    #[must_use]
    pub fn cookie_header(&self, url: &str) -> String {
        let uri: Result<Uri, _> = url.parse();
        uri.map(|uri| self.jar.header_for(&uri)).unwrap_or_default()
    }

    /// The names of the cookies it holds, oldest first.
    #[must_use]
    pub fn cookies(&self) -> Vec<String> {
        self.jar.names().map(str::to_owned).collect()
    }
}

async fn exchange(
    method: &str,
    uri: &Uri,
    headers: impl Iterator<Item = (&str, &str)>,
    body: Bytes,
) -> Result<Answer, Box<dyn Error + Send + Sync>> {
    let authority = uri.authority().ok_or("the address names no host")?.as_str();
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, authority);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(Full::new(body))?;

    let stream = TcpStream::connect(authority).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends by itself when the sender is dropped.
    drop(tokio::spawn(connection));
    let (parts, body) = sender.send_request(request).await?.into_parts();
    Ok(Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: body.collect().await?.to_bytes(),
    })
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> String {
    url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
}

/// No whole answer came: which host was asked, and why not. Paths and queries are left out, for
/// they hold codes.
#[derive(Debug)]
pub struct NoAnswer(String);

fn no_answer(url: &str, error: impl fmt::Display) -> NoAnswer {
    NoAnswer(format!("no answer from {}: {error}", origin(url)))
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for NoAnswer {}
