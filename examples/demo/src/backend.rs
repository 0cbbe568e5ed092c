//! The application's server, as small as can be: it hands on what comes to it.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Uri},
    routing::{get, post},
};
use square_oauth::SIGNATURE_HEADER;
use tokio::{
    net::TcpListener,
    sync::{Mutex, mpsc},
    task::JoinHandle,
    time::timeout,
};

use crate::failed::Failed;

/// A webhook delivery, as it came.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) body: Bytes,
    pub(crate) signature: Option<String>,
}

/// Listens for the seller's browser and for Square.
#[derive(Debug)]
pub(crate) struct Backend {
    pub(crate) origin: String,
    arrivals: Mutex<mpsc::UnboundedReceiver<String>>,
    deliveries: Mutex<mpsc::UnboundedReceiver<Delivery>>,
    server: JoinHandle<()>,
}

struct Ears {
    arrivals: mpsc::UnboundedSender<String>,
    deliveries: mpsc::UnboundedSender<Delivery>,
}

/// Only ever waited for where something is wrong.
const PATIENCE: Duration = Duration::from_secs(30);

impl Backend {
    pub(crate) async fn start() -> Result<Self, Failed> {
        let listen = async {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let address = listener.local_addr()?;
            Ok::<_, std::io::Error>((listener, address))
        };
        let (listener, address) = listen.await.map_err(|error| error.to_string())?;
        let (arrived, arrivals) = mpsc::unbounded_channel();
        let (delivered, deliveries) = mpsc::unbounded_channel();
        let router = Router::new()
            .route("/callback", get(callback))
            .route("/webhook", post(webhook))
            .with_state(Arc::new(Ears {
                arrivals: arrived,
                deliveries: delivered,
            }));
        let server = tokio::spawn(async move { drop(axum::serve(listener, router).await) });
        Ok(Self {
            origin: format!("http://{address}"),
            arrivals: Mutex::new(arrivals),
            deliveries: Mutex::new(deliveries),
            server,
        })
    }

    pub(crate) fn redirect_uri(&self) -> String {
        format!("{}/callback", self.origin)
    }

    pub(crate) fn notification_url(&self) -> String {
        format!("{}/webhook", self.origin)
    }

    /// The address of the seller's return: a path with a query.
    pub(crate) async fn arrival(&self) -> Result<String, Failed> {
        let mut arrivals = self.arrivals.lock().await;
        next(&mut arrivals, "a seller's return").await
    }

    /// The next delivery of Square's.
    pub(crate) async fn delivery(&self) -> Result<Delivery, Failed> {
        let mut deliveries = self.deliveries.lock().await;
        next(&mut deliveries, "a webhook delivery").await
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn next<T>(channel: &mut mpsc::UnboundedReceiver<T>, what: &str) -> Result<T, Failed> {
    let received = timeout(PATIENCE, channel.recv()).await;
    received.ok().flatten().ok_or_else(|| Failed {
        expected: what.to_owned(),
        found: "nothing".to_owned(),
    })
}

async fn callback(State(ears): State<Arc<Ears>>, uri: Uri) -> &'static str {
    // Nobody listens any more when the demo is over.
    drop(ears.arrivals.send(uri.to_string()));
    "Back at the application."
}

async fn webhook(State(ears): State<Arc<Ears>>, headers: HeaderMap, body: Bytes) {
    let signature = headers.get(SIGNATURE_HEADER);
    let signature = signature.and_then(|value| value.to_str().ok());
    let delivery = Delivery {
        body,
        signature: signature.map(str::to_owned),
    };
    drop(ears.deliveries.send(delivery));
}
