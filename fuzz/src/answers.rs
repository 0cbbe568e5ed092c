//! An answer, whatever a server, a proxy or a login page of a hotel makes of it.

use square_oauth::{
    ErrorKind, OAuthError, ObtainToken, RevokeToken, Secret,
    host::HttpResponse,
    protocol::{self, Setup},
};

use crate::world::{NOW, SECRET, confidential, public};

const CODE: &str = "sandbox-sq0cgb-l0SBqxs4uwxErTVyYOdemg";
const TOKEN: &str = "EQAAEOld-refresh-token/with+every=kind";
const VERIFIER: &str = "0123456789-0123456789-0123456789-0123456789";

/// Reads an answer as each call would. The input is a status, header lines, an empty line and a
/// body, as in HTTP.
pub fn answers(data: &[u8]) {
    let response = response(data);
    let (confidential, public) = (confidential(), public());
    let verifier = Some(Secret::from(VERIFIER));
    let code = ObtainToken::authorization_code_unchecked(CODE, None, None);
    let pkce = ObtainToken::authorization_code_unchecked(CODE, None, verifier);
    let refresh = ObtainToken::refresh_token(TOKEN);
    let migration = ObtainToken::migration_token(TOKEN);
    for (setup, request, secrets) in [
        (&confidential, &code, &[SECRET, CODE][..]),
        (&public, &pkce, &[CODE, VERIFIER]),
        (&confidential, &refresh, &[SECRET, TOKEN]),
        (&public, &refresh, &[TOKEN]),
        (&confidential, &migration, &[SECRET, TOKEN]),
    ] {
        obtain(setup, request, secrets, &response);
    }
    let secrets = &[SECRET, TOKEN];

    let revoke = protocol::revoke_token(&confidential, &RevokeToken::only(TOKEN));
    let revoke = revoke.expect("the request is a valid one");
    for has_arrived in [false, true] {
        if let Err(error) = revoke.read_after(&response, NOW, has_arrived) {
            judge(&error, secrets, &response);
        }
    }
    let status = protocol::retrieve_token_status(&confidential, &TOKEN.into());
    match status
        .expect("the request is a valid one")
        .read(&response, NOW)
    {
        Ok(status) => {
            assert!(is_visible(&status.client_id) && is_visible(&status.merchant_id));
        }
        Err(error) => {
            assert_ne!(
                error.kind(),
                ErrorKind::ReauthorizationRequired,
                "a refresh may cure it"
            );
            judge(&error, secrets, &response);
        }
    }
    let check = protocol::check_application(&confidential);
    let check = check.expect("the request is a valid one");
    if let Err(error) = protocol::checked(check.read(&response, NOW)) {
        judge(&error, &[SECRET], &response);
    }
}

fn obtain(setup: &Setup, request: &ObtainToken, secrets: &[&str], response: &HttpResponse) {
    let exchange = protocol::obtain_token(setup, request).expect("the request is a valid one");
    match exchange.read(response, NOW) {
        Ok(tokens) => {
            assert!((200..300).contains(&response.status));
            assert!(is_visible(tokens.access_token().expose()));
            assert!(is_visible(tokens.merchant_id()));
            assert!(
                tokens
                    .refresh_token()
                    .is_none_or(|token| is_visible(token.expose()))
            );
            let shown = format!("{tokens:?}");
            assert!(shown.contains("[redacted]"));
        }
        Err(error) => judge(&error, secrets, response),
    }
}

/// `secrets` are what the request had; of anything else nobody can know that it is one.
fn judge(error: &OAuthError, secrets: &[&str], response: &HttpResponse) {
    let shown = format!("{error} {error:?}");
    for secret in secrets {
        assert!(!shown.contains(*secret), "{shown}");
    }
    assert!(!error.to_string().contains(char::is_control), "{error}");
    assert!(
        error
            .http_status()
            .is_none_or(|status| status == response.status)
    );
    let is_of_an_answer = !matches!(
        error.kind(),
        ErrorKind::InvalidInput | ErrorKind::InvalidCallback | ErrorKind::Internal
    );
    assert!(is_of_an_answer, "{error:?}");
    if error.request_may_have_arrived() && (500..600).contains(&response.status) {
        assert_eq!(error.kind(), ErrorKind::Unavailable);
    }
}

fn is_visible(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn response(data: &[u8]) -> HttpResponse {
    let end = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = data.split_at(end.unwrap_or(data.len()));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.trim().parse().ok());
    let mut response = HttpResponse {
        status: status.unwrap_or(200),
        body: body.get(2..).unwrap_or_default().to_vec().into(),
        ..HttpResponse::default()
    };
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = Some(value.trim().to_owned());
        match name.to_ascii_lowercase().as_str() {
            "content-type" => response.content_type = value,
            "retry-after" => response.retry_after = value,
            "date" => response.date = value,
            _ => {}
        }
    }
    response
}
