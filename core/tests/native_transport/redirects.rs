//! No redirect is followed with a secret in hand.

use super::{
    client, code, fails, refresh,
    support_server::{Server, http},
    tokens,
};

#[tokio::test]
async fn no_redirect_is_ever_followed() {
    for status in [
        "300 X", "301 X", "302 X", "303 X", "304 X", "307 X", "308 X",
    ] {
        for request in [code(), refresh()] {
            let elsewhere = Server::start([vec![tokens()]]).await;
            let location = format!("location: {}/oauth2/token\r\n", elsewhere.url());
            // What a 304 may not have, the client must not wait for.
            let body = if status == "304 X" { "" } else { "{}" };
            let redirect = || http(status, &location, body);
            let server = Server::start([vec![redirect(), redirect()]]).await;
            let error = fails(&client(&server.url()), request).await;
            assert_eq!((error.code(), error.retryable()), ("redirected", false));
            assert!(!error.to_string().contains(&elsewhere.url()), "{error}");
            assert_eq!((server.connections(), server.requests().len()), (1, 1));
            assert_eq!(elsewhere.connections(), 0);
        }
    }
}
