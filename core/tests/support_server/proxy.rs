//! A CONNECT proxy on loopback: whatever name is asked for, the tunnel never leaves the machine.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
};

use super::connection::{Request, read_request};

/// What the proxy does when it is asked for a tunnel.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Writes these bytes and closes.
    Refuse(String),
    /// Closes without a word.
    Close,
    /// Makes a tunnel to this address, whatever name was asked for.
    Tunnel(SocketAddr),
}

pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Proxy {
    pub(crate) async fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            requests: Arc::default(),
        };
        let requests = proxy.requests.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, reply.clone(), requests.clone()));
            }
        });
        proxy
    }

    /// What it was asked for.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, reply: Reply, requests: Arc<Mutex<Vec<Request>>>) {
    let Some(request) = read_request(&mut stream, 0).await else {
        return;
    };
    requests.lock().unwrap().push(request);
    match reply {
        Reply::Close => {}
        Reply::Refuse(answer) => {
            let _ = stream.write_all(answer.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
        Reply::Tunnel(to) => {
            let mut server = TcpStream::connect(to).await.unwrap();
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
        }
    }
}
