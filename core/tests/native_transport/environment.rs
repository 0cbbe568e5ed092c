//! Proxies that the process's environment names. The environment is the whole process's, so each
//! case runs this very program again as a child that has the variables from its start.

use std::process::Stdio;

use super::{
    Server, client, code, fails,
    support_server::{Proxy, Reply},
    tokens,
};

const IS_CHILD: &str = "SQUARE_OAUTH_TEST_CHILD";

/// Runs one test of this program as a child that has every proxy variable set.
async fn runs_as_child(test: &str, proxy: &str) {
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", &format!("environment::{test}"), "--nocapture"]);
    child
        .env(IS_CHILD, "1")
        .env_remove("NO_PROXY")
        .env_remove("no_proxy");
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
        child.env(name, proxy).env(name.to_lowercase(), proxy);
    }
    child.stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = tokio::task::spawn_blocking(move || child.output().unwrap());
    let output = output.await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && text.contains("1 passed"),
        "{text}"
    );
}

#[tokio::test]
async fn loopback_is_reached_directly() {
    if std::env::var_os(IS_CHILD).is_none() {
        let proxy = Proxy::start(Reply::Close).await;
        let url = format!("http://user:p4ss@{}", proxy.address);
        runs_as_child("loopback_is_reached_directly", &url).await;
        assert!(proxy.requests().is_empty());
        return;
    }
    let server = Server::start([vec![tokens()], vec![tokens()]]).await;
    for url in [server.url(), server.url_by_name()] {
        client(&url).obtain_token(code()).await.unwrap();
    }
}

#[tokio::test]
async fn square_is_reached_through_the_proxy() {
    if std::env::var_os(IS_CHILD).is_none() {
        let proxy = Proxy::start(Reply::Close).await;
        let url = format!("http://user:p4ss@{}", proxy.address);
        runs_as_child("square_is_reached_through_the_proxy", &url).await;
        let request = &proxy.requests()[0];
        assert_eq!(request.line, "CONNECT connect.squareup.com:443 HTTP/1.1");
        return;
    }
    let error = fails(&client("https://connect.squareup.com"), code()).await;
    assert_eq!(error.code(), "not_sent");
    let text = format!("{error} {error:?}");
    assert!(text.contains("proxy") && !text.contains("p4ss"), "{text}");
}
