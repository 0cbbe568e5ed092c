//! A server that always says the same: what it costs is not measured, and is the same for all.

use std::{
    io,
    net::{TcpListener, TcpStream},
    thread,
};

use crate::http::Connection;

pub(crate) const TOKENS: &str = r#"{"access_token":"EAAAEE2Xb-fYm9nVqk1Zr1fM3s5o0tQyBv8pLw7cJdHx6uKeRgTa4iNzOhCS","token_type":"bearer","expires_at":"2026-01-31T00:00:00Z","merchant_id":"MLQW2MYBY81PZ","refresh_token":"EQAAEIvS8kPz0mYdW3bq5xJcL1hTn7fRgUo9aKe2sVt4wXyZi6BjCrDlMpQuHA","short_lived":false}"#;

/// Answers on a free loopback port until the process ends; says where.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || drop(serve(stream)));
        }
    });
    Ok(address)
}

fn serve(stream: TcpStream) -> io::Result<()> {
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
         date: Thu, 01 Jan 2026 00:00:00 GMT\r\ncontent-length: {}\r\n\r\n{TOKENS}",
        TOKENS.len()
    );
    let mut connection = Connection::new(stream)?;
    while connection.read()?.is_some() {
        connection.write(answer.as_bytes())?;
    }
    Ok(())
}
