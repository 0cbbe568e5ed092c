//! An installed emulator, as a program that starts it meets it.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::clock::Stopwatch;

/// For whatever ought to come at once.
const LIMIT: Duration = Duration::from_secs(30);
const TICK: Duration = Duration::from_millis(20);

/// Start it, let a seller consent, exchange the code, stop it.
pub(super) fn judge(command: &Path) -> Result<(), String> {
    let mut child = Command::new(command)
        .args(["--listen", "127.0.0.1:0"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("{}: {e}", command.display()))?;
    let answered = first_line(&mut child).and_then(|line| obtain_token(&line));
    let stopped = stop(&mut child);
    let address = answered?;
    let status = stopped?;
    if !status.success() {
        return Err(format!("asked to stop, it ended with {status}"));
    }
    match TcpStream::connect(address.as_str()) {
        Ok(_) => Err(format!("{address} still answers after the end")),
        Err(_) => Ok(()),
    }
}

fn first_line(child: &mut Child) -> Result<Value, String> {
    let output = child.stdout.take().ok_or("it has no output")?;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        // Nobody waits any more after the limit.
        let _ = sender.send(read.map(|_| line));
    });
    let line = receiver
        .recv_timeout(LIMIT)
        .map_err(|_| "no first line came")?;
    let line = line.map_err(|e| e.to_string())?;
    serde_json::from_str(&line).map_err(|e| format!("{line:?}: {e}"))
}

/// The address that answered.
fn obtain_token(square: &Value) -> Result<String, String> {
    let text = |name: &str| square.get(name).and_then(Value::as_str);
    let text = |name: &str| text(name).ok_or(format!("the first line has no {name}"));
    let (id, secret) = (text("client_id")?, text("client_secret")?);
    let url = format!("{}/oauth2/authorize?client_id={id}", text("public_url")?);
    let consent = post(
        &format!("{}/consent", text("control_url")?),
        &json!({ "url": url }),
    )?;
    let redirect = consent
        .get("redirect")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let code = redirect.split_once("code=").map_or("", |(_, rest)| rest);
    let code = code.split('&').next().unwrap_or_default();
    let exchange = json!({
        "client_id": id, "client_secret": secret,
        "grant_type": "authorization_code", "code": code,
    });
    let base_url = text("base_url")?;
    let tokens = post(&format!("{base_url}/oauth2/token"), &exchange)?;
    match tokens.get("access_token").and_then(Value::as_str) {
        Some(token) if !token.is_empty() => Ok(base_url.replacen("http://", "", 1)),
        _ => Err(format!("no token: {tokens}")),
    }
}

/// HTTP/1.0: the answer ends with the connection.
fn post(url: &str, body: &Value) -> Result<Value, String> {
    let problem = |e: std::io::Error| format!("{url}: {e}");
    let (host, path) = url
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .ok_or(format!("{url} is no URL of an emulator"))?;
    let mut stream = TcpStream::connect(host).map_err(problem)?;
    stream.set_read_timeout(Some(LIMIT)).map_err(problem)?;
    let body = body.to_string();
    let request = format!(
        "POST /{path} HTTP/1.0\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).map_err(problem)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(problem)?;
    let (_, body) = answer
        .split_once("\r\n\r\n")
        .ok_or(format!("{url}: no body"))?;
    serde_json::from_str(body).map_err(|e| format!("{url}: {e}: {body}"))
}

/// As a test does it: a request to terminate, and force only where that is not heard.
fn stop(child: &mut Child) -> Result<ExitStatus, String> {
    let id = child.id().to_string();
    let _ = Command::new("kill").args(["-TERM", &id]).status();
    let watch = Stopwatch::start();
    while watch.elapsed() < LIMIT {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) => thread::sleep(TICK),
            Err(e) => return Err(e.to_string()),
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Err("it did not stop when it was asked to".to_owned())
}
