//! A small HTTP server on a free loopback port that does what its script says, byte for byte.
#![allow(dead_code, reason = "each test crate uses a part of it")]

mod connection;
mod proxy;
mod tls;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

pub(crate) use connection::{Act, Request, http};
pub(crate) use proxy::{Proxy, Reply};
pub(crate) use tls::{Authority, Identity};
use tokio::{
    net::{TcpListener, TcpSocket},
    sync::Notify,
};
use tokio_rustls::TlsAcceptor;

/// A server, and what it has seen. It ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    scheme: &'static str,
    seen: Arc<Seen>,
}

#[derive(Default)]
pub(crate) struct Seen {
    requests: Mutex<Vec<Request>>,
    connections: Mutex<usize>,
    written: Mutex<usize>,
    received: Notify,
    client_closed: Notify,
}

impl Server {
    /// Each connection does the next list of acts, one act for each request on it.
    pub(crate) async fn start<const N: usize>(connections: [Vec<Act>; N]) -> Self {
        Self::listen(connections.into(), None).await
    }

    pub(crate) async fn start_tls<const N: usize>(
        identity: &Identity,
        connections: [Vec<Act>; N],
    ) -> Self {
        Self::listen(connections.into(), Some(identity.acceptor())).await
    }

    async fn listen(connections: Vec<Vec<Act>>, acceptor: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            scheme: if acceptor.is_some() { "https" } else { "http" },
            seen: Arc::default(),
        };
        let seen = server.seen.clone();
        tokio::spawn(async move {
            let mut scripts = connections.into_iter();
            while let Ok((stream, _)) = listener.accept().await {
                let index = {
                    let mut connections = seen.connections.lock().unwrap();
                    *connections += 1;
                    *connections - 1
                };
                // One connection too many shows in the count, and is closed.
                let Some(script) = scripts.next() else {
                    continue;
                };
                let seen = seen.clone();
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    match acceptor {
                        None => connection::serve(stream, index, script, &seen).await,
                        // A client that does not trust us hangs up here.
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                connection::serve(stream, index, script, &seen).await;
                            }
                        }
                    }
                });
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// The same server under the name of `localhost`.
    pub(crate) fn url_by_name(&self) -> String {
        format!("{}://localhost:{}", self.scheme, self.address.port())
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.seen.requests.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.seen.connections.lock().unwrap()
    }

    /// How many bytes of an endless body went out.
    pub(crate) fn written(&self) -> usize {
        *self.seen.written.lock().unwrap()
    }

    /// Resolves when a request that is not answered has come in.
    pub(crate) async fn received(&self) {
        self.seen.received.notified().await;
    }

    /// Resolves when a client has hung up on a request that is not answered.
    pub(crate) async fn client_closed(&self) {
        self.seen.client_closed.notified().await;
    }
}

/// A loopback address where nobody listens, and nobody else will for as long as this is kept.
pub(crate) struct Nobody(TcpSocket);

impl Nobody {
    pub(crate) fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Self(socket)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.0.local_addr().unwrap()
    }
}
