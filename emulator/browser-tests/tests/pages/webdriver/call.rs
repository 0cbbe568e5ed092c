//! One call over a connection of its own: JSON out, JSON in.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, client::conn::http1};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// The `value` of the answer; the error is what the driver says, or why there was no answer.
pub(super) async fn call(
    port: u16,
    method: Method,
    path: &str,
    body: &Value,
) -> Result<Value, String> {
    let body = match method {
        Method::POST => Bytes::from(body.to_string()),
        _ => Bytes::new(),
    };
    let answer = exchange(port, method, path, body).await?;
    let mut answer: Value =
        serde_json::from_slice(&answer).map_err(|error| format!("{path}: {error}"))?;
    let value = answer["value"].take();
    match value.get("error") {
        // The rest of the message is a stack trace of the driver's own.
        Some(error) => {
            let message = value["message"].as_str().unwrap_or_default();
            let message = message.split("\n  (Session info").next();
            Err(format!("{path}: {error}: {}", message.unwrap_or_default()))
        }
        None => Ok(value),
    }
}

/// The body of the answer, whatever its status.
pub(crate) async fn exchange(
    port: u16,
    method: Method,
    path: &str,
    body: Bytes,
) -> Result<Bytes, String> {
    let problem = |error: &dyn std::fmt::Display| format!("{path}: {error}");
    let stream = TcpStream::connect(("127.0.0.1", port)).await;
    let stream = TokioIo::new(stream.map_err(|error| problem(&error))?);
    let (mut sender, connection) = http1::handshake(stream)
        .await
        .map_err(|error| problem(&error))?;
    let connection = tokio::spawn(connection);
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", format!("127.0.0.1:{port}"))
        .header("content-type", "application/json")
        .body(Full::new(body))
        .map_err(|error| problem(&error))?;
    let response = sender.send_request(request).await;
    let body = response
        .map_err(|error| problem(&error))?
        .into_body()
        .collect();
    let body = body.await.map_err(|error| problem(&error))?.to_bytes();
    connection.abort();
    Ok(body)
}
