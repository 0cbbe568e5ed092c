//! What goes wrong on the way, and whether the request may have arrived all the same.

use super::{
    client, code, fails, hasty, refresh,
    support_server::{Act, Nobody, Server},
};

#[tokio::test]
async fn a_refused_connection_is_not_sent() {
    let nobody = Nobody::new();
    let url = format!("http://{}", nobody.address());
    for request in [code(), refresh()] {
        let error = fails(&client(&url), request).await;
        assert_eq!((error.code(), error.retryable()), ("not_sent", true));
        assert!(!error.request_may_have_arrived());
    }
}

#[tokio::test]
async fn a_server_that_hangs_up_without_a_word_may_have_got_the_request() {
    let server = Server::start([vec![Act::Close]]).await;
    let error = fails(&client(&server.url()), code()).await;
    assert_eq!((error.code(), error.retryable()), ("interrupted", false));
    assert!(error.request_may_have_arrived());
    assert_eq!(server.connections(), 1);

    // One connection for each attempt: none of them is trusted again.
    let server = Server::start([(); 3].map(|()| vec![Act::Close])).await;
    let error = fails(&client(&server.url()), refresh()).await;
    assert_eq!((error.code(), error.retryable()), ("interrupted", true));
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn a_server_that_hangs_up_before_the_request_is_not_mistaken_for_unsent() {
    let server = Server::start([vec![]]).await;
    // No script at all for the second connection: it is closed as soon as it is accepted.
    let _first = tokio::net::TcpStream::connect(server.address)
        .await
        .unwrap();
    let error = fails(&client(&server.url()), code()).await;
    assert_eq!((error.code(), error.retryable()), ("interrupted", false));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_interrupted_wherever_it_does() {
    for part in [
        "HTTP/1.1 2",
        "HTTP/1.1 200 OK\r\ncontent-ty",
        "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"access_token\":\"EAAA\"",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"acc",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n",
        "not HTTP at all\r\n\r\n",
    ] {
        let act = Act::WriteAndClose(part.into());
        let server = Server::start([vec![act]]).await;
        let error = fails(&client(&server.url()), code()).await;
        assert_eq!(
            (error.code(), error.retryable()),
            ("interrupted", false),
            "{part}"
        );
        assert!(error.request_may_have_arrived());
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn a_body_without_a_length_ends_with_the_connection() {
    let answer = format!("HTTP/1.1 200 OK\r\n\r\n{}", super::TOKENS);
    let server = Server::start([vec![Act::WriteAndClose(answer.into())]]).await;
    client(&server.url()).obtain_token(code()).await.unwrap();
}

#[tokio::test]
async fn an_answer_that_never_comes_is_a_timeout() {
    for request in [code(), refresh()] {
        let is_single_use = request == code();
        let server = Server::start([vec![Act::Hang]]).await;
        let error = fails(&hasty(&server.url()), request).await;
        assert_eq!(
            (error.code(), error.retryable()),
            ("timeout", !is_single_use)
        );
        assert!(error.request_may_have_arrived());
        server.client_closed().await;
    }
}

#[tokio::test]
async fn a_body_that_never_ends_coming_is_a_timeout() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{".to_vec();
    let server = Server::start([vec![Act::Write(head), Act::Hang]]).await;
    let error = fails(&hasty(&server.url()), code()).await;
    assert_eq!(error.code(), "timeout");
}
