//! What is on the wire.

use square_oauth::RevokeToken;

use super::{
    ID, SECRET, client, code,
    support_server::{Request, Server, http},
    tokens,
};

fn only_request(server: &Server) -> Request {
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

/// The headers that every request has and that no request has.
fn check_common(request: &Request, server: &Server) {
    assert_eq!(
        request.header("host"),
        Some(server.address.to_string().as_str())
    );
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("accept-encoding"), Some("identity"));
    let agent = format!("square-oauth/{} (rust)", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), Some(agent.as_str()));
    assert_eq!(request.header("square-version"), Some("2026-01-22"));
    for absent in [
        "cookie",
        "referer",
        "transfer-encoding",
        "origin",
        "te",
        "expect",
    ] {
        assert_eq!(request.header(absent), None, "{absent}");
    }
}

#[tokio::test]
async fn a_code_is_exchanged_by_json_alone() {
    let server = Server::start([vec![tokens()]]).await;
    client(&server.url()).obtain_token(code()).await.unwrap();
    let request = only_request(&server);
    assert_eq!(request.line, "POST /oauth2/token HTTP/1.1");
    check_common(&request, &server);
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("authorization"), None);
    let length = request.body.len().to_string();
    assert_eq!(request.header("content-length"), Some(length.as_str()));
    assert_eq!(
        String::from_utf8(request.body).unwrap(),
        format!(
            r#"{{"client_id":"{ID}","grant_type":"authorization_code","client_secret":"{SECRET}","code":"sandbox-sq0cgb-code"}}"#
        )
    );
}

#[tokio::test]
async fn revoke_names_the_client_scheme() {
    let server = Server::start([vec![http("200 OK", "", r#"{"success":true}"#)]]).await;
    let revoke = RevokeToken::only("EAAA-old");
    client(&server.url()).revoke_token(revoke).await.unwrap();
    let request = only_request(&server);
    assert_eq!(request.line, "POST /oauth2/revoke HTTP/1.1");
    check_common(&request, &server);
    let authorization = format!("Client {SECRET}");
    assert_eq!(
        request.header("authorization"),
        Some(authorization.as_str())
    );
    assert_eq!(
        String::from_utf8(request.body).unwrap(),
        format!(
            r#"{{"client_id":"{ID}","access_token":"EAAA-old","revoke_only_access_token":true}}"#
        )
    );
}

#[tokio::test]
async fn token_status_has_no_body_and_says_so() {
    let answer = r#"{"scopes":["ITEMS_READ"],"client_id":"c","merchant_id":"m"}"#;
    let server = Server::start([vec![http("200 OK", "", answer)]]).await;
    let client = client(&server.url());
    let status = client.retrieve_token_status("EAAA").await.unwrap();
    assert_eq!(status.expires_at, None);
    let request = only_request(&server);
    assert_eq!(request.line, "POST /oauth2/token/status HTTP/1.1");
    check_common(&request, &server);
    assert_eq!(request.header("authorization"), Some("Bearer EAAA"));
    assert_eq!(request.header("content-length"), Some("0"));
    assert_eq!(request.header("content-type"), None);
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn no_cookie_is_kept_from_one_answer_for_the_next_request() {
    let with_cookie = http("200 OK", "set-cookie: a=b; path=/\r\n", super::TOKENS);
    let server = Server::start([vec![with_cookie, tokens()]]).await;
    let client = client(&server.url());
    client.obtain_token(super::refresh()).await.unwrap();
    super::settle().await;
    client.obtain_token(super::refresh()).await.unwrap();
    for request in server.requests() {
        check_common(&request, &server);
    }
}

#[tokio::test]
async fn retry_after_twice_counts_as_the_longer() {
    let headers = "retry-after: 90\r\nretry-after: 7000\r\n";
    let server = Server::start([vec![http("429 Too Many Requests", headers, "{}")]]).await;
    let error = super::fails(&client(&server.url()), code()).await;
    assert_eq!(error.retry_after().unwrap().as_secs(), 7000);
}
