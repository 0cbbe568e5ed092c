//! The emulator's control API, over a connection of its own for each call.

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
use square_oauth_emulator::Emulator;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{
    format::{Answer, Step},
    judge::Seen,
};

pub(crate) struct Control {
    address: std::net::SocketAddr,
    /// The number of the last request that was looked at.
    latest: u64,
}

impl Control {
    pub(crate) fn new(emulator: &Emulator) -> Self {
        Self {
            address: emulator.address(),
            latest: 0,
        }
    }

    /// Lets the next requests be answered by these steps, in order, and by nothing else.
    pub(crate) async fn answer_with(&mut self, steps: &[Step]) {
        self.call("DELETE", "faults", None).await;
        for step in steps {
            let answer = step.answer.as_ref().expect("the others need \"simulated\"");
            let fault = json!({"act": {"answer": verbatim(answer)}});
            self.call("POST", "faults", Some(&fault)).await;
        }
    }

    /// What was sent since the last time.
    pub(crate) async fn seen(&mut self) -> Vec<Seen> {
        let list = self
            .call("GET", &format!("requests?since={}", self.latest), None)
            .await;
        self.latest = list["next"].as_u64().unwrap();
        list["requests"]
            .as_array()
            .unwrap()
            .iter()
            .map(seen)
            .collect()
    }

    async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let body = body.map(Value::to_string).unwrap_or_default();
        let head = format!(
            "{method} /_emulator/v1/{path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n",
            self.address,
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(
            head.starts_with("HTTP/1.1 200"),
            "{method} {path}: {answer}"
        );
        serde_json::from_str(body).unwrap()
    }
}

fn verbatim(answer: &Answer) -> Value {
    let headers = match &answer.headers {
        None => json!([["content-type", "application/json"]]),
        Some(headers) => headers
            .iter()
            .flat_map(|(name, value)| match value {
                Value::Array(values) => values.iter().map(|one| json!([name, one])).collect(),
                one => vec![json!([name, one])],
            })
            .collect(),
    };
    let mut verbatim = json!({"status": answer.status, "headers": headers});
    match (&answer.body, &answer.body_base64) {
        (Some(Value::String(text)), _) => verbatim["body"] = text.as_str().into(),
        (Some(json), _) => verbatim["body"] = json.to_string().into(),
        (None, base64) => verbatim["body_base64"] = json!(base64),
    }
    verbatim
}

fn seen(request: &Value) -> Seen {
    let text = |name: &str| request[name].as_str().unwrap().to_owned();
    let pair = |pair: &Value| {
        let part = |at: usize| pair[at].as_str().unwrap().to_owned();
        (part(0), part(1))
    };
    Seen {
        method: text("method"),
        path: text("path"),
        headers: request["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(pair)
            .collect(),
        body: match request["body_base64"].as_str() {
            Some(base64) => Base64::decode_vec(base64).unwrap(),
            None => text("body").into_bytes(),
        },
    }
}
