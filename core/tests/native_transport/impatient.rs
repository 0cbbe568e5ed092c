//! A client whose first attempt is given up when the test says so.

use std::{sync::Arc, time::Duration};

use square_oauth::{
    OAuthClient,
    host::{BoxFuture, Host, Runtime},
    native::NativeOptions,
};
use tokio::sync::Notify;

use super::{client_over, native};

/// A third of the default timeout.
const FIRST_ATTEMPT: Duration = Duration::from_secs(5);

struct Impatient(Arc<Notify>);

impl Runtime for Impatient {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let give_up = self.0.clone();
        Box::pin(async move {
            if duration == FIRST_ATTEMPT {
                give_up.notified().await;
            } else {
                std::future::pending().await
            }
        })
    }
}

pub(super) fn client(url: &str) -> (OAuthClient, Arc<Notify>) {
    let give_up = Arc::new(Notify::new());
    let host = Host {
        runtime: Arc::new(Impatient(give_up.clone())),
        ..native(&NativeOptions::default())
    };
    (client_over(url, host), give_up)
}
