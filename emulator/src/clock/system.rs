//! The one place that reads the machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

#[allow(
    clippy::disallowed_methods,
    reason = "the one place that reads the machine's clock; everything else is handed the time"
)]
pub(super) fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or(0)
}
