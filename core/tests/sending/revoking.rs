//! Revoke's 404 means "already gone": whose doing that was depends on what went before.

use square_oauth::{OAuthError, RevokeToken};

use super::{
    broken, refused,
    support_host::{Step, World, answer},
};

const GONE: &str = r#"{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"NOT_FOUND",
    "detail":"access token not found"}]}"#;

fn revoke(script: impl IntoIterator<Item = Step>) -> Result<(), OAuthError> {
    let world = World::new(script);
    world.run(world.client().revoke_token(RevokeToken::only("EAAA-old")))
}

#[test]
fn it_is_success_after_a_try_that_may_have_done_it() {
    for ambiguous in [
        broken(),
        Step::NEVER,
        answer(500, ""),
        answer(504, "<html>"),
        answer(408, ""),
    ] {
        assert_eq!(revoke([ambiguous, answer(404, GONE)]), Ok(()));
    }
    assert_eq!(
        revoke([broken(), answer(503, ""), answer(404, GONE)]),
        Ok(())
    );
    assert_eq!(revoke([broken(), refused(), answer(404, GONE)]), Ok(()));
}

#[test]
fn it_is_token_not_found_where_no_earlier_try_can_have_done_it() {
    for script in [
        vec![answer(404, GONE)],
        vec![refused(), answer(404, GONE)],
        vec![answer(429, ""), answer(404, GONE)],
    ] {
        let error = revoke(script).unwrap_err();
        assert_eq!(
            (error.code(), error.http_status()),
            ("token_not_found", Some(404))
        );
        assert!(!error.retryable());
    }
}

#[test]
fn a_proxys_404_is_never_success() {
    for body in ["<html>Not Found</html>", "", "{}", "Not Found"] {
        for script in [vec![answer(404, body)], vec![broken(), answer(404, body)]] {
            let error = revoke(script).unwrap_err();
            assert_eq!(error.code(), "answer_not_json", "{body}");
        }
    }
}

#[test]
fn no_other_refusal_is_success_after_an_ambiguous_try() {
    for (status, body, code) in [
        (
            401,
            r#"{"message":"Not Authorized","type":"service.not_authorized"}"#,
            "application_rejected",
        ),
        (
            400,
            r#"{"message":"bad authorization header","type":"bad_request.invalid_parameter"}"#,
            "request_rejected",
        ),
        (200, r#"{"success":false}"#, "request_rejected"),
    ] {
        let error = revoke([broken(), answer(status, body)]).unwrap_err();
        assert_eq!(error.code(), code);
    }
}
