//! Answers that are not what anybody documented, by switch: seen at gateways and proxies.

use bytes::Bytes;
use hyper::StatusCode;
use serde_json::Value;

use crate::{
    config::BrokenAnswers,
    http::reply::{self, Reply},
};

/// A gateway's page in place of any answer; nothing has happened then.
pub(super) fn instead(broken: BrokenAnswers) -> Option<Reply> {
    let status = match broken {
        BrokenAnswers::Html500 => StatusCode::INTERNAL_SERVER_ERROR,
        BrokenAnswers::Html502 => StatusCode::BAD_GATEWAY,
        _ => return None,
    };
    let page = format!("<html><head><title>{status}</title></head><body>{status}</body></html>\n");
    Some(reply::typed(status, "text/html", page))
}

/// A success spoilt on its way; the grant is spent by then.
pub(super) fn after(broken: BrokenAnswers, reply: Reply) -> Reply {
    match broken {
        BrokenAnswers::EmptyBody => reply.map(|_| Bytes::new()),
        BrokenAnswers::TruncatedJson => reply.map(|body| body.slice(..body.len() / 2)),
        BrokenAnswers::NoAccessToken => reply.map(without_access_token),
        BrokenAnswers::Off | BrokenAnswers::Html500 | BrokenAnswers::Html502 => reply,
    }
}

fn without_access_token(body: Bytes) -> Bytes {
    let mut value: Value = serde_json::from_slice(&body).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("access_token");
    }
    value.to_string().into()
}
