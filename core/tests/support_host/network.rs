//! A network that follows a script and remembers what it was given.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use square_oauth::host::{
    BoxFuture, Delivery, HttpRequest, HttpResponse, SendCause, SendError, Transport,
};

use super::Time;

/// What becomes of one request.
#[derive(Clone)]
pub(crate) struct Step {
    after: Duration,
    /// None never ends.
    end: Option<Result<HttpResponse, SendError>>,
}

impl Step {
    pub(crate) const NEVER: Self = Self {
        after: Duration::ZERO,
        end: None,
    };

    pub(crate) fn after_ms(mut self, ms: u64) -> Self {
        self.after = Duration::from_millis(ms);
        self
    }

    pub(crate) fn with_retry_after(mut self, value: &str) -> Self {
        if let Some(Ok(response)) = &mut self.end {
            response.retry_after = Some(value.to_owned());
        }
        self
    }
}

/// An answer, JSON unless its body says otherwise.
pub(crate) fn answer(status: u16, body: &str) -> Step {
    let content_type = if body.starts_with('<') {
        "text/html"
    } else {
        "application/json"
    };
    let response = HttpResponse {
        status,
        content_type: Some(content_type.to_owned()),
        body: body.as_bytes().to_vec().into(),
        ..HttpResponse::default()
    };
    Step {
        after: Duration::ZERO,
        end: Some(Ok(response)),
    }
}

pub(crate) fn fail(delivery: Delivery, cause: SendCause) -> Step {
    Step {
        after: Duration::ZERO,
        end: Some(Err(SendError { delivery, cause })),
    }
}

/// One request that was sent, and what became of its future.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) request: HttpRequest,
    pub(crate) at: Duration,
    pub(crate) until: Option<Duration>,
}

impl Sent {
    /// How long it was waited for.
    pub(crate) fn took(&self) -> Duration {
        self.until.unwrap() - self.at
    }
}

#[derive(Clone)]
pub(crate) struct Network {
    time: Time,
    state: Arc<Mutex<State>>,
}

struct State {
    script: VecDeque<Step>,
    sent: Vec<Sent>,
}

impl Network {
    pub(crate) fn new(time: &Time, script: impl IntoIterator<Item = Step>) -> Self {
        let state = State {
            script: script.into_iter().collect(),
            sent: Vec::new(),
        };
        Self {
            time: time.clone(),
            state: Arc::new(Mutex::new(state)),
        }
    }

    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.state.lock().unwrap().sent.clone()
    }

    /// How many requests were sent.
    pub(crate) fn count(&self) -> usize {
        self.state.lock().unwrap().sent.len()
    }

    /// The `fresh_connection` hint of each request.
    pub(crate) fn hints(&self) -> Vec<bool> {
        let sent = self.sent();
        sent.iter().map(|s| s.request.fresh_connection).collect()
    }
}

impl Transport for Network {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, SendError>> {
        let (index, step) = {
            let mut state = self.state.lock().unwrap();
            state.sent.push(Sent {
                request,
                at: self.time.passed(),
                until: None,
            });
            let step = state.script.pop_front().expect("one request too many");
            (state.sent.len() - 1, step)
        };
        let ended = Ended {
            network: self.clone(),
            index,
        };
        Box::pin(async move {
            let _ended = ended;
            self.time.timer(step.after).await;
            match step.end {
                Some(end) => end,
                None => std::future::pending().await,
            }
        })
    }
}

/// Notes when a request's future is gone, be it done or dropped.
struct Ended {
    network: Network,
    index: usize,
}

impl Drop for Ended {
    fn drop(&mut self) {
        let now = self.network.time.passed();
        self.network.state.lock().unwrap().sent[self.index].until = Some(now);
    }
}
