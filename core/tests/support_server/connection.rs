//! One connection of the server.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::Seen;

/// What the server does with one request.
#[derive(Clone)]
pub(crate) enum Act {
    /// Writes these bytes and waits for the next request.
    Write(Vec<u8>),
    /// Writes these bytes and closes.
    WriteAndClose(Vec<u8>),
    /// Closes without a word.
    Close,
    /// Does not answer, and waits for the client to hang up.
    Hang,
    /// Writes the head, then the chunk again and again until the client hangs up.
    Endless(Vec<u8>, Vec<u8>),
}

/// A whole answer with a JSON body.
pub(crate) fn http(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Act {
    let body = body.as_ref();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    Act::Write(bytes)
}

/// One request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Which connection it came on.
    pub(crate) connection: usize,
    /// The first line.
    pub(crate) line: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The value of a header that is there at most once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(n, _)| n == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} twice");
        value
    }
}

pub(super) async fn serve<S>(mut stream: S, index: usize, script: Vec<Act>, seen: &Seen)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    for act in script {
        let Some(request) = read_request(&mut stream, index).await else {
            return;
        };
        seen.requests.lock().unwrap().push(request);
        match act {
            Act::Write(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    return;
                }
            }
            Act::WriteAndClose(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Act::Close => {
                let _ = stream.shutdown().await;
                return;
            }
            Act::Hang => {
                seen.received.notify_one();
                while stream.read_u8().await.is_ok() {}
                seen.client_closed.notify_one();
                return;
            }
            Act::Endless(head, chunk) => {
                let mut sent = stream.write_all(&head).await;
                while sent.is_ok() {
                    sent = stream.write_all(&chunk).await;
                    *seen.written.lock().unwrap() += chunk.len();
                }
                seen.client_closed.notify_one();
                return;
            }
        }
    }
    // The script is over: whatever else the client sends is not answered.
    while stream.read_u8().await.is_ok() {}
}

/// Reads one request; none if the client has hung up.
pub(super) async fn read_request<S>(stream: &mut S, connection: usize) -> Option<Request>
where
    S: AsyncRead + Unpin,
{
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.trim_end().split("\r\n");
    let line = lines.next().unwrap().to_owned();
    let headers = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut request = Request {
        connection,
        line,
        headers,
        body: Vec::new(),
    };
    let length = request.header("content-length").unwrap_or("0").parse();
    request.body.resize(length.unwrap(), 0);
    stream.read_exact(&mut request.body).await.ok()?;
    Some(request)
}
