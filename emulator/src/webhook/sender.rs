//! Sending a delivery: one POST over plain HTTP, with ten seconds for the answer (the older
//! documentation's limit).
//!
//! There is no TLS here and no retry schedule: a webhook receiver under test listens on plain HTTP,
//! and a test asks for a second delivery when it wants one.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, Uri,
    client::conn::http1,
    header::{CONTENT_TYPE, HOST, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};

use super::{Delivery, Progress};

/// Send a delivery and say what came of it.
pub(crate) async fn send(delivery: &Delivery) -> Progress {
    match timeout(TIME_TO_ANSWER, post(delivery)).await {
        Ok(Ok(status)) => Progress::Answered(status),
        Ok(Err(why)) => Progress::Failed(why.to_string()),
        Err(_) => Progress::Failed("no answer within 10 seconds".to_owned()),
    }
}

async fn post(delivery: &Delivery) -> Result<u16, Box<dyn std::error::Error + Send + Sync>> {
    let uri: Uri = delivery.url.parse()?;
    let authority = uri.authority().ok_or("the notification URL has no host")?;
    let host = authority
        .host()
        .trim_start_matches('[')
        .trim_end_matches(']');
    let stream = TcpStream::connect((host, authority.port_u16().unwrap_or(80))).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);

    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let request = Request::post(path)
        .header(HOST, authority.as_str())
        .header(CONTENT_TYPE, "application/json")
        .header(
            USER_AGENT,
            concat!("square-oauth-emulator/", env!("CARGO_PKG_VERSION")),
        )
        .header("x-square-hmacsha256-signature", &delivery.sha256_signature)
        .header("x-square-signature", &delivery.sha1_signature)
        .body(Full::new(Bytes::from(delivery.event.body.clone())))?;
    let response = sender.send_request(request).await?;
    let status = response.status().as_u16();
    // Read to the end, so that the receiver does not see a broken connection.
    drop(response.into_body().collect().await);
    drop(sender);
    connection.abort();
    Ok(status)
}

const TIME_TO_ANSWER: Duration = Duration::from_secs(10);
