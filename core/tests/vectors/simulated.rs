//! A host for one vector: its answers in order, time that moves only when everybody waits, and
//! randomness of its choosing.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use base64ct::{Base64, Encoding};
use serde_json::Value;
use square_oauth::{
    Timestamp,
    host::{
        BoxFuture, Clock, Delivery, Entropy, EntropyError, Host, HttpRequest, HttpResponse,
        MAX_BODY, Runtime, SendCause, SendError, Transport,
    },
};

use square_oauth_conformance::vectors::{
    self, Answer, Cause, Complaints, Fail, Seen, Step, Vector, judge, perform,
};

use super::{subject::InProcess, time::Time};

/// Runs a vector, and says everything that is wrong.
pub(crate) fn run(vector: &Vector) -> Complaints {
    let time = Time::default();
    let network = Arc::new(Network::new(&time, &vector.exchange));
    let host = Host {
        transport: network.clone(),
        clock: Arc::new(Watch {
            time: time.clone(),
            start: Timestamp::from_unix_ms(vector.now_ms().unwrap()),
        }),
        entropy: Arc::new(Dice::new(vector)),
        runtime: Arc::new(Bed(time.clone())),
        language: "simulated",
    };
    let library = InProcess(|_| host.clone());
    let performed = match time.run(perform(vector, &library)) {
        Ok(performed) => performed,
        Err(why) => return vec![why],
    };
    let sent = network.sent();
    let seen: Vec<_> = sent.iter().map(|sent| see(&sent.request)).collect();
    let mut complaints = judge(vector, &performed, &seen);
    for (at, (step, sent)) in vector.exchange.iter().zip(&sent).enumerate() {
        let fresh = sent.request.fresh_connection;
        if step.fresh_connection.is_some_and(|wanted| wanted != fresh) {
            complaints.push(format!("request {}: fresh_connection is {fresh}", at + 1));
        }
        if step.at_ms.is_some_and(|span| !is_within(span, sent.at)) {
            complaints.push(format!("request {} was sent after {:?}", at + 1, sent.at));
        }
    }
    let ended = time.passed();
    if vector
        .ends_at_ms
        .is_some_and(|span| !is_within(span, ended))
    {
        complaints.push(format!("it ended after {ended:?}"));
    }
    complaints
}

fn is_within([least, most]: [u64; 2], passed: Duration) -> bool {
    (Duration::from_millis(least)..=Duration::from_millis(most)).contains(&passed)
}

pub(crate) fn see(request: &HttpRequest) -> Seen {
    let path = request.url.splitn(4, '/').nth(3).unwrap_or_default();
    let headers = request.headers.iter();
    Seen {
        method: request.method.to_owned(),
        path: format!("/{path}"),
        headers: headers
            .map(|(name, value)| ((*name).to_owned(), value.expose().to_owned()))
            .collect(),
        body: request.body.expose().as_bytes().to_vec(),
    }
}

/// An answer as a transport hands it over.
pub(crate) fn response(answer: &Answer) -> HttpResponse {
    let header = |name: &str| match answer.headers.as_ref() {
        None if name == "content-type" => Some("application/json".to_owned()),
        None => None,
        Some(headers) => match headers.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Array(values) => {
                let values: Vec<_> = values.iter().map(|value| value.as_str().unwrap()).collect();
                Some(values.join(", "))
            }
            _ => panic!("a header is a text or a list of texts"),
        },
    };
    let mut body = body(answer);
    body.truncate(MAX_BODY + 1);
    HttpResponse {
        status: answer.status,
        content_type: header("content-type"),
        retry_after: header("retry-after"),
        date: header("date"),
        body: body.into(),
    }
}

/// The bytes of an answer's body: a text as it is, anything else as JSON.
pub(crate) fn body(answer: &Answer) -> Vec<u8> {
    match (&answer.body, &answer.body_base64) {
        (Some(Value::String(text)), None) => text.clone().into_bytes(),
        (Some(json), None) => json.to_string().into_bytes(),
        (None, Some(base64)) => Base64::decode_vec(base64).unwrap(),
        _ => unreachable!("checked when the file was read"),
    }
}

struct Network {
    time: Time,
    script: Mutex<VecDeque<Step>>,
    sent: Mutex<Vec<Sent>>,
}

#[derive(Clone)]
struct Sent {
    request: HttpRequest,
    at: Duration,
}

impl Network {
    fn new(time: &Time, script: &[Step]) -> Self {
        Self {
            time: time.clone(),
            script: Mutex::new(script.iter().cloned().collect()),
            sent: Mutex::default(),
        }
    }

    fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }
}

impl Transport for Network {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, SendError>> {
        let at = self.time.passed();
        self.sent.lock().unwrap().push(Sent { request, at });
        let step = self.script.lock().unwrap().pop_front();
        Box::pin(async move {
            // A request too many is counted by the judge; until then nobody answers it.
            let Some(step) = step else {
                return std::future::pending().await;
            };
            let after = Duration::from_millis(step.after_ms.unwrap_or(0));
            self.time.timer(after).await;
            match (&step.answer, step.fail) {
                (Some(answer), _) => Ok(response(answer)),
                (None, Some(fail)) => Err(failure(fail)),
                (None, None) => std::future::pending().await,
            }
        })
    }
}

fn failure(fail: Fail) -> SendError {
    SendError {
        delivery: match fail.delivery {
            vectors::Delivery::NotSent => Delivery::NotSent,
            vectors::Delivery::Unknown => Delivery::Unknown,
        },
        cause: match fail.cause {
            Cause::Connect => SendCause::Connect,
            Cause::Proxy => SendCause::Proxy,
            Cause::Tls => SendCause::Tls,
            Cause::Connection => SendCause::Connection,
        },
    }
}

struct Watch {
    time: Time,
    start: Timestamp,
}

impl Clock for Watch {
    fn now(&self) -> Timestamp {
        self.start.plus(self.time.passed())
    }

    fn monotonic_ms(&self) -> u64 {
        u64::try_from(self.time.passed().as_millis()).unwrap()
    }
}

struct Bed(Time);

impl Runtime for Bed {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(self.0.timer(duration))
    }
}

/// Bytes that count up, different from call to call, unless the vector names its own.
struct Dice {
    fixed: Option<Vec<u8>>,
    fails: bool,
    next: Mutex<u8>,
}

impl Dice {
    fn new(vector: &Vector) -> Self {
        let random = vector.input.get("random").and_then(Value::as_str);
        Self {
            fails: random == Some("fails"),
            fixed: random.filter(|text| *text != "fails").map(from_hex),
            next: Mutex::new(1),
        }
    }
}

impl Entropy for Dice {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), EntropyError> {
        if self.fails {
            return Err(EntropyError);
        }
        if let Some(fixed) = &self.fixed {
            buffer.copy_from_slice(fixed);
            return Ok(());
        }
        let mut next = self.next.lock().unwrap();
        for byte in buffer {
            *byte = *next;
            *next = next.wrapping_mul(5).wrapping_add(3);
        }
        *next = next.wrapping_add(1);
        Ok(())
    }
}

fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}
