//! How many token requests a second, and how much memory: one process that holds the emulator and
//! its clients.
//!
//! `cargo run --release -p square-oauth-emulator --example load -- 1000000 8` sends so many
//! refreshes over so many connections, and prints requests per second and resident memory after
//! every tenth.
#![allow(
    clippy::print_stdout,
    reason = "printing figures is what this program is for"
)]

use std::{env, fs, io};

use square_oauth_emulator::{Config, Emulator};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
    time::Instant,
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = env::args().skip(1);
    let requests: usize = arguments.next().map_or(Ok(200_000), |text| text.parse())?;
    let connections: usize = arguments.next().map_or(Ok(8), |text| text.parse())?;

    let emulator = Emulator::start(Config::default()).await?;
    let refresh_token = connect(&emulator).await?;
    let body = serde_json::json!({
        "client_id": emulator.client_id(),
        "client_secret": emulator.client_secret(),
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
    });
    let request = post(&emulator, "/oauth2/token", &body.to_string());

    for tenth in 1..=10 {
        let start = Instant::now();
        let each = requests / 10 / connections;
        let mut clients = JoinSet::new();
        for _ in 0..connections {
            clients.spawn(client(
                TcpStream::connect(emulator.address()).await?,
                request.clone(),
                each,
            ));
        }
        while let Some(done) = clients.join_next().await {
            done??;
        }
        let sent = each * connections;
        let rate = f64::from(u32::try_from(sent)?) / start.elapsed().as_secs_f64();
        println!(
            "{tenth:>2}/10: {sent} requests, {rate:.0} a second, {} KiB resident",
            resident_kib()
        );
    }
    emulator.stop().await;
    Ok(())
}

/// One keep-alive connection, one request after the other.
async fn client(mut stream: TcpStream, request: String, times: usize) -> Result<(), Failure> {
    stream.set_nodelay(true)?;
    for _ in 0..times {
        let answer = exchange(&mut stream, &request).await?;
        if !answer.starts_with("HTTP/1.1 200") {
            return Err(answer.lines().next().unwrap_or("no answer").into());
        }
    }
    Ok(())
}

/// A seller connects once; the refresh token of that.
async fn connect(emulator: &Emulator) -> Result<String, Failure> {
    let mut stream = TcpStream::connect(emulator.address()).await?;
    let url = format!("/oauth2/authorize?client_id={}", emulator.client_id());
    let consent = serde_json::json!({"url": url}).to_string();
    let answer = exchange(
        &mut stream,
        &post(emulator, "/_emulator/v1/consent", &consent),
    )
    .await?;
    let redirect = field(&answer, "redirect")?;
    let query = redirect.split_once('?').map_or("", |(_, query)| query);
    let code = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "code");
    let body = serde_json::json!({
        "client_id": emulator.client_id(),
        "client_secret": emulator.client_secret(),
        "grant_type": "authorization_code",
        "code": code.ok_or("no code")?.1,
    });
    let answer = exchange(
        &mut stream,
        &post(emulator, "/oauth2/token", &body.to_string()),
    )
    .await?;
    field(&answer, "refresh_token")
}

fn post(emulator: &Emulator, path: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        emulator.address(),
        body.len()
    )
}

async fn exchange(stream: &mut TcpStream, request: &str) -> io::Result<String> {
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(1024);
    while !is_whole(&answer) {
        if stream.read_buf(&mut answer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Whether as many bytes follow the head as `content-length` says.
fn is_whole(answer: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(answer) else {
        return false;
    };
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    length
        .and_then(|length| length.parse().ok())
        .is_some_and(|length: usize| body.len() >= length)
}

fn field(answer: &str, name: &str) -> Result<String, Failure> {
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let value: serde_json::Value = serde_json::from_str(body)?;
    let text = value.get(name).and_then(serde_json::Value::as_str);
    text.map(str::to_owned)
        .ok_or_else(|| format!("no {name} in {body}").into())
}

/// Memory of this process, clients included; 0 where /proc does not tell.
fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim_end_matches("kB").trim().parse().ok())
        .unwrap_or(0)
}
