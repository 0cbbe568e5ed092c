//! The core's native transport, run on this process's runtime.

use core::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};
use std::sync::Arc;

use square_oauth::{
    OAuthError,
    host::{BoxFuture, Delivery, HttpRequest, HttpResponse, SendCause, SendError, Transport},
    native::{NativeOptions, NativeTransport},
};
use tokio::task::{JoinHandle, yield_now};

use super::{is_left, local::Local, per_process::PerProcess, settle};
use crate::live::Live;

type Sent = Result<HttpResponse, SendError>;

const NO_RUNTIME: SendError = SendError {
    delivery: Delivery::NotSent,
    cause: SendCause::NoRuntime,
};
const LOST: SendError = SendError {
    delivery: Delivery::Unknown,
    cause: SendCause::Other,
};

/// Sends on the runtime, wherever it is polled; dropping what it returns aborts the exchange.
pub(crate) struct SpawningTransport(Arc<Pool>);

struct Pool {
    options: NativeOptions,
    transport: PerProcess<NativeTransport>,
}

impl SpawningTransport {
    /// # Errors
    /// `InvalidInput` with field `proxy` or `extra_root_certificates`.
    pub(crate) fn new(options: NativeOptions) -> Result<Self, OAuthError> {
        let transport = PerProcess::new();
        let pool = Pool { options, transport };
        // Whatever is wrong with the options shows now rather than with the first seller.
        pool.transport()?;
        Ok(Self(Arc::new(pool)))
    }
}

impl Pool {
    fn transport(&self) -> Result<&NativeTransport, OAuthError> {
        let make = || NativeTransport::new(&self.options);
        self.transport.get_or_try_init(make)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.transport = PerProcess::new();
        settle();
    }
}

impl Transport for SpawningTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Sent> {
        let pool = self.0.clone();
        let counted = Live::new();
        let exchange = async move {
            let _counted = counted;
            // What came while nobody kept the runtime going, such as the end of an idle connection, is
            // seen to first.
            yield_now().await;
            match pool.transport() {
                Ok(transport) => transport.send(request).await,
                Err(_) => Err(NO_RUNTIME),
            }
        };
        match super::handle() {
            // Nobody could be woken any more when the answer comes.
            _ if is_left() => Box::pin(async { Err(NO_RUNTIME) }),
            None => Box::pin(async { Err(NO_RUNTIME) }),
            Some(handle) => Box::pin(AbortOnDrop(Local::new(handle.spawn(exchange)))),
        }
    }
}

impl fmt::Debug for SpawningTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SpawningTransport")
    }
}

/// A task that was spawned runs on when its handle is dropped, unless it is told to end.
struct AbortOnDrop(Local<JoinHandle<Sent>>);

impl Future for AbortOnDrop {
    type Output = Sent;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Sent> {
        match self.0.get_mut() {
            Some(task) => Pin::new(task)
                .poll(context)
                .map(|joined| joined.unwrap_or(Err(LOST))),
            // A forked child carries on with its parent's call; the answer will reach the parent.
            None => Poll::Ready(Err(LOST)),
        }
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(task) = self.0.get() {
            task.abort();
        }
    }
}
