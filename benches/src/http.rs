//! As little HTTP as will do: keep-alive, one content length, nothing else.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
};

/// One connection, from either end.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
}

impl Connection {
    pub(crate) fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            line: String::new(),
            body: Vec::new(),
        })
    }

    pub(crate) fn write(&mut self, message: &[u8]) -> io::Result<()> {
        self.stream.get_mut().write_all(message)
    }

    /// Reads one message; its first line, or none at the connection's end. The body stays here.
    pub(crate) fn read(&mut self) -> io::Result<Option<String>> {
        self.line.clear();
        if self.stream.read_line(&mut self.line)? == 0 {
            return Ok(None);
        }
        let first = self.line.trim_end().to_owned();
        let mut length = 0;
        loop {
            self.line.clear();
            self.stream.read_line(&mut self.line)?;
            let line = self.line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body)?;
        Ok(Some(first))
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }
}

/// A request with a JSON body, ready to be written.
pub(crate) fn post(host: &str, path: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
