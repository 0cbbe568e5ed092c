//! Between axum and the library: its requests and answers are plain values, and this is all that a
//! framework has to add.

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{HeaderName, HeaderValue, request::Parts},
    response::{IntoResponse, Response},
};
use square_oauth::web::{Answer, Outcome, WebRequest, WebResponse};

/// A request as it came, with its raw body.
pub(crate) struct Whole(pub(crate) WebRequest);

/// The same without the body, which another extractor takes.
pub(crate) struct Head(pub(crate) WebRequest);

impl<S: Send + Sync> FromRequest<S> for Whole {
    type Rejection = BytesRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, BytesRejection> {
        let (parts, body) = request.into_parts();
        let head = head(&parts);
        // Axum's own limit holds, 2 MB; the library's are smaller.
        let body = Bytes::from_request(Request::from_parts(parts, body), state).await?;
        Ok(Self(WebRequest {
            body: body.into(),
            ..head
        }))
    }
}

impl<S: Sync> FromRequestParts<S> for Head {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(head(parts)))
    }
}

fn head(parts: &Parts) -> WebRequest {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = parts.headers.iter();
    WebRequest {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: headers
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect(),
        body: Vec::new(),
    }
}

/// Sends an answer as it is.
pub(crate) fn send(answer: WebResponse) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    let headers = answer.headers.iter();
    let made = headers
        .map(|(name, value)| Ok((HeaderName::try_from(name)?, HeaderValue::try_from(value)?)))
        .collect::<Result<Vec<_>, axum::http::Error>>();
    match (made, answer.status.try_into()) {
        (Ok(headers), Ok(status)) => {
            *response.status_mut() = status;
            for (name, value) in headers {
                // Cookies come more than once.
                response.headers_mut().append(name, value);
            }
            response
        }
        _ => axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The same, with a line in the log: sellers read pages, we read codes.
pub(crate) fn send_and_log(answer: Answer) -> Response {
    if let Some(error) = &answer.error {
        match answer.outcome {
            Some(Outcome::Failed) => {
                tracing::error!(code = error.code(), "connecting failed: {error}")
            }
            _ => tracing::info!(code = error.code(), "refused: {error}"),
        }
    }
    send(answer.response)
}
