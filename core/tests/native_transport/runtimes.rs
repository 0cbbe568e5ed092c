//! Which runtime a call is made on.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use super::{Server, client, code, refresh, tokens};

#[test]
fn without_a_runtime_a_call_ends_at_once_and_says_why() {
    let client = client("http://127.0.0.1:9");
    for request in [code(), refresh()] {
        let call = pin!(client.obtain_token(request));
        let Poll::Ready(result) = call.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("it hangs");
        };
        let error = result.unwrap_err();
        assert_eq!(error.code(), "not_sent");
        assert!(
            error.to_string().contains("no runtime to send on"),
            "{error}"
        );
    }
}

#[test]
fn a_client_outlives_the_runtime_it_was_first_used_on() {
    let new = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap()
    };
    let servers = new();
    let server = servers.block_on(Server::start([vec![tokens(), tokens()], vec![tokens()]]));
    // The server's own runtime has to be driven while the clients' come and go.
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let driver = std::thread::spawn(move || servers.block_on(stopped));
    let client = client(&server.url());
    for _ in 0..2 {
        new().block_on(client.obtain_token(refresh())).unwrap();
    }
    assert_eq!(server.requests()[1].connection, 1);
    stop.send(()).unwrap();
    driver.join().unwrap().unwrap();
}

#[tokio::test]
async fn many_calls_at_once_each_get_their_own_answer() {
    let connections = [(); 16].map(|()| vec![tokens(); 16]);
    let server = Server::start(connections).await;
    let client = client(&server.url());
    let calls = (0..16).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.obtain_token(refresh()).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.requests().len(), 16);
}
