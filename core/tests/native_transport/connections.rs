//! When a connection is used again, and when it must not be.

use super::{
    Act, Server, client, code, http, impatient, refresh, settle, support_server::Request, tokens,
};

fn on(requests: &[Request]) -> Vec<usize> {
    requests.iter().map(|request| request.connection).collect()
}

#[tokio::test]
async fn calls_that_may_be_repeated_share_a_connection() {
    let status = r#"{"scopes":[],"client_id":"c","merchant_id":"m"}"#;
    let server = Server::start([vec![tokens(), tokens(), http("200 OK", "", status)]]).await;
    let client = client(&server.url());
    client.obtain_token(refresh()).await.unwrap();
    settle().await;
    // Clones are one client.
    client.clone().obtain_token(refresh()).await.unwrap();
    settle().await;
    client.retrieve_token_status("EAAA").await.unwrap();
    assert_eq!(on(&server.requests()), [0, 0, 0]);
}

#[tokio::test]
async fn a_code_gets_a_connection_of_its_own_though_an_idle_one_exists() {
    let server = Server::start([vec![tokens(), tokens()], vec![tokens()], vec![tokens()]]).await;
    let client = client(&server.url());
    for request in [refresh(), code(), code(), refresh()] {
        client.obtain_token(request).await.unwrap();
        settle().await;
    }
    assert_eq!(on(&server.requests()), [0, 1, 2, 0]);
}

#[tokio::test]
async fn an_idle_connection_that_died_does_not_cost_a_code() {
    let died = match tokens() {
        Act::Write(bytes) => Act::WriteAndClose(bytes),
        _ => unreachable!(),
    };
    let server = Server::start([vec![died], vec![tokens()]]).await;
    let client = client(&server.url());
    client.obtain_token(refresh()).await.unwrap();
    client.obtain_token(code()).await.unwrap();
    assert_eq!(on(&server.requests()), [0, 1]);
}

#[tokio::test]
async fn an_idle_connection_that_dies_under_a_refresh_costs_one_attempt() {
    let server = Server::start([vec![tokens(), Act::Close], vec![tokens()]]).await;
    let client = client(&server.url());
    client.obtain_token(refresh()).await.unwrap();
    settle().await;
    client.obtain_token(refresh()).await.unwrap();
    assert_eq!(on(&server.requests()), [0, 0, 1]);
}

#[tokio::test]
async fn an_idle_connection_that_went_silent_costs_the_first_attempt_alone() {
    let server = Server::start([vec![tokens(), Act::Hang], vec![tokens()]]).await;
    let (client, give_up) = impatient::client(&server.url());
    client.obtain_token(refresh()).await.unwrap();
    settle().await;
    let (tokens, ()) = tokio::join!(client.obtain_token(refresh()), async {
        server.received().await;
        give_up.notify_one();
    });
    tokens.unwrap();
    assert_eq!(on(&server.requests()), [0, 0, 1]);
    server.client_closed().await;
}

#[tokio::test]
async fn a_server_that_asks_to_close_is_not_asked_again_there() {
    let closing = http("200 OK", "connection: close\r\n", super::TOKENS);
    let server = Server::start([vec![closing, tokens()], vec![tokens()]]).await;
    let client = client(&server.url());
    client.obtain_token(refresh()).await.unwrap();
    settle().await;
    client.obtain_token(refresh()).await.unwrap();
    assert_eq!(on(&server.requests()), [0, 1]);
}

#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    for request in [code(), refresh()] {
        let server = Server::start([vec![Act::Hang]]).await;
        let client = client(&server.url());
        {
            let call = client.obtain_token(request);
            tokio::select! {
                _ = call => panic!("nobody answers"),
                () = server.received() => {}
            }
        }
        server.client_closed().await;
        assert_eq!(server.connections(), 1);
    }
}
