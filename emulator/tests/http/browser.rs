//! A plain HTTP client and a story teller for the tests: small, so that what goes over the wire is
//! visible.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{HeaderMap, Request, client::conn::http1};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use square_oauth_emulator::{Config, Emulator};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// An answer, whole.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The code and the detail of a `{"errors": [...]}` body.
    pub(crate) fn error(&self) -> (u16, String, String) {
        let json = self.json();
        let error = &json["errors"][0];
        let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        (self.status, text("code"), text("detail"))
    }
}

/// An emulator and the client beside it.
pub(crate) struct World {
    pub(crate) emulator: Emulator,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(Config::default()).await
    }

    pub(crate) async fn with(config: Config) -> Self {
        Self {
            emulator: Emulator::start(config).await.unwrap(),
        }
    }

    /// Send these bytes; whatever comes until the connection is closed.
    pub(crate) async fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.emulator.address()).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    /// Send a request; an error where no whole answer came.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Answer, hyper::Error> {
        let stream = TcpStream::connect(self.emulator.address()).await.unwrap();
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let connection = tokio::spawn(connection);
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", self.emulator.address().to_string());
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = sender
            .send_request(request.body(Full::new(body.into())).unwrap())
            .await?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        connection.abort();
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
        })
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await.unwrap()
    }

    pub(crate) async fn bearer(&self, method: &str, path: &str, token: &str) -> Answer {
        let header = format!("Bearer {token}");
        self.send(method, path, &[("authorization", &header)], "")
            .await
            .unwrap()
    }

    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        self.send("POST", path, &all, body.to_string())
            .await
            .unwrap()
    }

    /// A token request, as it stands.
    pub(crate) async fn token(&self, body: &Value) -> Answer {
        self.post("/oauth2/token", &[], body).await
    }

    /// A token request with the first application's id and secret added.
    pub(crate) async fn confidential(&self, body: Value) -> Answer {
        let mut body = body;
        body["client_id"] = self.emulator.client_id().into();
        body["client_secret"] = self.emulator.client_secret().into();
        self.token(&body).await
    }

    /// A token request with the first application's id alone.
    pub(crate) async fn pkce(&self, body: Value) -> Answer {
        let mut body = body;
        body["client_id"] = self.emulator.client_id().into();
        self.token(&body).await
    }

    pub(crate) async fn revoke(&self, body: &Value) -> Answer {
        let header = format!("Client {}", self.emulator.client_secret());
        self.post("/oauth2/revoke", &[("authorization", &header)], body)
            .await
    }

    /// A control call that must succeed.
    pub(crate) async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let path = format!("/_emulator/v1/{path}");
        let answer = self
            .send(method, &path, &[], body.to_string())
            .await
            .unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    pub(crate) async fn switch(&self, name: &str, position: impl Into<Value>) {
        self.control("PUT", "switches", json!({name: position.into()}))
            .await;
    }

    /// The path of an authorization URL of the first application.
    pub(crate) fn authorize_path(&self, more: &str) -> String {
        format!(
            "/oauth2/authorize?client_id={}{more}",
            self.emulator.client_id()
        )
    }

    /// A seller decides, without a page; where the browser goes.
    pub(crate) async fn consent(&self, more: &str, decision: &str) -> String {
        let url = format!("{}{}", self.emulator.base_url(), self.authorize_path(more));
        let answer = self
            .control("POST", "consent", json!({"url": url, "decision": decision}))
            .await;
        answer["redirect"].as_str().unwrap().to_owned()
    }

    /// A fresh code.
    pub(crate) async fn code(&self, more: &str) -> String {
        parameter(&self.consent(more, "allow").await, "code")
    }

    /// A connected seller's first tokens.
    pub(crate) async fn connect(&self) -> Value {
        let code = self.code("").await;
        let answer = self
            .confidential(json!({"grant_type": "authorization_code", "code": code}))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    pub(crate) async fn refresh(&self, refresh_token: &Value) -> Answer {
        self.confidential(json!({"grant_type": "refresh_token", "refresh_token": refresh_token}))
            .await
    }
}

/// A query parameter of a URL.
pub(crate) fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap();
    form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
