//! Answers that repeat secrets wherever an answer has words.

use square_oauth::host::HttpResponse;

use super::{
    canaries::{ID_TOKEN, NEW_ACCESS, NEW_REFRESH, forms},
    support_server::{Act, http},
};

/// A status, its words and a body.
pub(crate) struct Answer(&'static str, String);

impl Answer {
    pub(crate) fn on_the_wire(&self) -> Act {
        http(self.0, "", &self.1)
    }

    pub(crate) fn in_memory(&self) -> HttpResponse {
        let body = self.1.as_bytes();
        HttpResponse {
            status: self.0[..3].parse().unwrap(),
            content_type: Some("application/json".to_owned()),
            body: body[..body.len().min(64 * 1024 + 1)].to_vec().into(),
            ..HttpResponse::default()
        }
    }
}

const STATUSES: [&str; 7] = [
    "400 Bad Request",
    "401 Unauthorized",
    "404 Not Found",
    "429 Too Many Requests",
    "500 Internal Server Error",
    "302 Found",
    "200 OK",
];

/// Answers to a call that carried these secrets.
pub(crate) fn all(carried: &[&str]) -> Vec<Answer> {
    let brought = [NEW_ACCESS, NEW_REFRESH, ID_TOKEN];
    let mut answers = vec![success("", "")];
    for secret in carried.iter().chain(&brought) {
        for form in forms(secret) {
            // Every shape meets every status in turn.
            for (at, body) in errors(&form).into_iter().enumerate() {
                let status = STATUSES[(at + answers.len()) % STATUSES.len()];
                answers.push(Answer(status, body));
            }
        }
        answers.extend(unusable(secret));
    }
    answers
}

/// A few of each kind.
pub(crate) fn some(carried: &[&str]) -> Vec<Answer> {
    let echo = carried.join(" ") + NEW_ACCESS + NEW_REFRESH + ID_TOKEN;
    let [body, ..] = errors(&echo);
    let mut answers = vec![success("", ""), success("expires_at", &echo)];
    answers.extend(STATUSES.map(|status| Answer(status, body.clone())));
    answers.push(Answer(STATUSES[6], echo.repeat(1024)));
    answers
}

/// The three shapes of an error, beside the tokens of a success.
fn errors(form: &str) -> [String; 4] {
    let with_tokens = |mut answer: serde_json::Value| {
        let tokens = [
            ("access_token", NEW_ACCESS),
            ("refresh_token", NEW_REFRESH),
            ("id_token", ID_TOKEN),
        ];
        for (name, token) in tokens {
            answer[name] = token.into();
        }
        answer.to_string()
    };
    [
        with_tokens(serde_json::json!({"errors": [
            {"category": form, "code": form, "detail": form, "field": form}, form,
        ]})),
        with_tokens(serde_json::json!({"message": form, "type": form})),
        with_tokens(serde_json::json!({"error": form, "error_description": form})),
        with_tokens(serde_json::json!({"errors": [form]})),
    ]
}

/// Successes and others that cannot be used, by a value that is a secret.
fn unusable(secret: &str) -> Vec<Answer> {
    let mut answers = Vec::new();
    for field in [
        "access_token",
        "expires_at",
        "merchant_id",
        "token_type",
        "refresh_token",
        "refresh_token_expires_at",
        "subscription_id",
        "plan_id",
        "id_token",
        "short_lived",
        "scopes",
        "client_id",
    ] {
        answers.push(success(field, &format!("{secret} {secret}")));
        // A seller's ID is shown, whatever the server says it is.
        if field != "merchant_id" {
            answers.push(success(field, secret));
        }
    }
    for body in [
        format!("<html>{secret}</html>"),
        secret.to_owned(),
        format!("{{\"access_token\":\"{secret}\""),
        format!("{{\"access_token\":\"{secret}\",\"access_token\":\"{secret}\"}}"),
        format!("[\"{secret}\"]"),
        format!("\"{secret}\""),
        format!("{{\"{secret}\":\"{secret}\"}}"),
        secret.repeat(64 * 1024),
    ] {
        answers.push(Answer(STATUSES[6], body.clone()));
        answers.push(Answer(STATUSES[0], body));
    }
    answers
}

fn success(field: &str, value: &str) -> Answer {
    let mut body = serde_json::json!({
        "access_token": NEW_ACCESS, "refresh_token": NEW_REFRESH, "id_token": ID_TOKEN,
        "token_type": "bearer", "expires_at": "2026-01-31T00:00:00Z",
        "merchant_id": "MLQW2MYBY81PZ", "client_id": "c", "scopes": ["PAYMENTS_READ"],
        "success": true,
    });
    if !field.is_empty() {
        body[field] = value.into();
    }
    Answer("200 OK", body.to_string())
}

/// Headers that repeat a secret.
pub(crate) fn oddities(secret: &str) -> Act {
    Act::Write(
        format!(
            "HTTP/1.1 400 {secret}\r\ncontent-type: {secret}; x={secret}\r\nretry-after: {secret}\r\n\
             date: {secret}\r\nlocation: https://example.com/?{secret}\r\nset-cookie: {secret}\r\n\
             content-length: 0\r\n\r\n"
        )
        .into_bytes(),
    )
}
