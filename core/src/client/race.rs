//! One future against a timer.

use core::{future::poll_fn, task::Poll};

use crate::host::BoxFuture;

/// What `future` yields, or none if `timer` was first; `future` is dropped then. A timer that has
/// run out must not be used again.
pub(super) async fn race<T>(
    mut future: BoxFuture<'_, T>,
    timer: &mut BoxFuture<'static, ()>,
) -> Option<T> {
    poll_fn(|context| {
        if let Poll::Ready(output) = future.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}
