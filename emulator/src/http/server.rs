//! The server itself: connections in, requests to their place, faults on the way, replies out.

use std::{
    fmt, io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use hyper::{
    Request, Response, body::Incoming, header::DATE, header::HeaderValue, server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::sleep,
};

use super::{
    Gate,
    body::{self, Body},
    call::Call,
    reply::Reply,
    router,
};
use crate::{
    control,
    fault::{Act, Drop, Subject},
    oauth, pages,
    state::{Outcome, State},
    timestamp::Timestamp,
    webhook::{self, Delivery},
};

/// What all connections share.
pub(crate) struct Shared {
    state: Mutex<State>,
    gate: Gate,
}

impl Shared {
    pub(crate) fn new(state: State, gate: Gate) -> Self {
        Self {
            state: Mutex::new(state),
            gate,
        }
    }

    /// A panic elsewhere leaves the state as it was between two statements; going on with it is
    /// better than stopping.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) struct Server {
    pub(crate) listener: TcpListener,
    pub(crate) shared: Arc<Shared>,
}

impl Server {
    /// Answer until dropped; all connections end with it.
    pub(crate) async fn run(self) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        connections.spawn(connection(stream, Arc::clone(&self.shared)));
                    }
                    // Out of file descriptors, most likely: wait for some to come back.
                    Err(_) => sleep(Duration::from_millis(50)).await,
                },
                Some(_) = connections.join_next() => {}
            }
        }
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    drop(stream.set_nodelay(true));
    let service = service_fn(|request| answer(Arc::clone(&shared), request));
    let connection = http1::Builder::new()
        // `Date` is the emulator's time, not the machine's.
        .auto_date_header(false)
        .max_buf_size(READ_BUFFER)
        .serve_connection(TokioIo::new(stream), service);
    // A broken connection is the client's business.
    drop(connection.await);
}

/// The connection is to be closed without an answer.
#[derive(Debug)]
struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("closed on purpose")
    }
}

impl std::error::Error for Closed {}

async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Response<Body>, Closed> {
    let (parts, incoming) = request.into_parts();
    let now = shared.state().clock.now();
    if let Some(refusal) = shared.gate.refuse(&parts.uri, &parts.headers) {
        return Ok(body::whole(dated(refusal, now)));
    }
    let is_own = parts.uri.path().starts_with("/_emulator");
    let room = if is_own { CONTROL_BODY } else { SQUARE_BODY };
    let Some(bytes) = read(incoming, room).await? else {
        return Ok(body::whole(dated(router::too_large(), now)));
    };
    let call = Call {
        method: parts.method,
        uri: parts.uri,
        headers: parts.headers,
        body: bytes,
        now,
    };
    if is_own {
        let reply = match call.path().strip_prefix("/_emulator/v1/") {
            Some(path) => control::answer(&shared, &call, path).await,
            None => pages::answer(&shared, &call).await,
        };
        return Ok(body::whole(dated(reply, now)));
    }
    square(&shared, call).await
}

/// A request to Square's own paths: it is remembered, and faults may strike it.
async fn square(shared: &Arc<Shared>, mut call: Call) -> Result<Response<Body>, Closed> {
    let (number, act) = arrive(&mut shared.state(), &call);
    if let Some(delay) = act.delay_ms {
        sleep(Duration::from_millis(delay)).await;
        call.now = shared.state().clock.now();
    }
    if act.drop == Some(Drop::BeforeCommit) {
        shared.state().log.finish(number, Outcome::Dropped);
        return Err(Closed);
    }
    let reply = match &act.answer {
        Some(answer) => answer.to_reply(),
        None => dated(commit(shared, &call), call.now),
    };
    if act.drop == Some(Drop::AfterCommit) {
        shared.state().log.finish(number, Outcome::Dropped);
        return Err(Closed);
    }
    shared
        .state()
        .log
        .finish(number, Outcome::Answered(reply.status().as_u16()));
    let claims_length = act.answer.is_some() && reply.headers().contains_key("content-length");
    if act.truncate.is_some() || act.drip_ms.is_some() || claims_length {
        return Ok(body::spoilt(
            reply,
            act.truncate,
            act.drip_ms.map(Duration::from_millis),
        ));
    }
    Ok(body::whole(reply))
}

/// Remember the request, and see whether a fault strikes it.
pub(super) fn arrive(state: &mut State, call: &Call) -> (u64, Act) {
    let struck = if state.faults.is_empty() {
        None
    } else {
        let grant = oauth::subject::grant(call);
        let merchant = oauth::subject::merchant(state, call);
        state.faults.strike(&Subject {
            method: call.method.as_str(),
            path: call.path(),
            grant: grant.as_deref(),
            merchant: merchant.as_deref(),
        })
    };
    let (fault, act) = match struck {
        Some((fault, act)) => (Some(fault), act),
        None => (None, Act::default()),
    };
    let request = (&call.method, &call.uri, &call.headers, &call.body);
    (state.log.push(call.now, request, fault), act)
}

fn commit(shared: &Arc<Shared>, call: &Call) -> Reply {
    let mut state = shared.state();
    let reply = router::answer(&mut state, call);
    let outbox = state.deliveries.take_outbox();
    drop(state);
    if !outbox.is_empty() {
        tokio::spawn(deliver(Arc::clone(shared), outbox));
    }
    reply
}

/// Send these, one after the other, in this order.
pub(crate) async fn deliver(shared: Arc<Shared>, outbox: Vec<Delivery>) {
    for delivery in outbox {
        let progress = webhook::send(&delivery).await;
        shared.state().deliveries.record(delivery.number, progress);
    }
}

/// The whole body, or `None` when it is larger than `room`.
async fn read(incoming: Incoming, room: usize) -> Result<Option<Bytes>, Closed> {
    match Limited::new(incoming, room).collect().await {
        Ok(body) => Ok(Some(body.to_bytes())),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Ok(None),
        Err(_) => Err(Closed),
    }
}

fn dated(mut reply: Reply, now: Timestamp) -> Reply {
    if let Ok(date) = HeaderValue::try_from(now.to_http_date()) {
        reply.headers_mut().insert(DATE, date);
    }
    reply
}

/// Bind to where the configuration says.
pub(crate) async fn bind(address: std::net::SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

const READ_BUFFER: usize = 64 * 1024;
const SQUARE_BODY: usize = 64 * 1024;
/// Answers to be given verbatim may be large.
const CONTROL_BODY: usize = 8 * 1024 * 1024;
