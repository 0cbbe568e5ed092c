//! How much of a body is read, and in what coding.

use super::{
    TOKENS, client, code, fails,
    support_server::{Act, Server, http},
};

const CAP: usize = 64 * 1024;

/// A good answer that is exactly this long.
fn padded(length: usize) -> String {
    format!("{TOKENS}{}", " ".repeat(length - TOKENS.len()))
}

fn chunked(body: &str) -> Act {
    let mut bytes = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for chunk in body.as_bytes().chunks(1000) {
        bytes.extend(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend(chunk);
        bytes.extend(b"\r\n");
    }
    bytes.extend(b"0\r\n\r\n");
    Act::Write(bytes)
}

#[tokio::test]
async fn exactly_64_kib_are_taken_and_not_a_byte_more() {
    for answer in [http("200 OK", "", padded(CAP)), chunked(&padded(CAP))] {
        let server = Server::start([vec![answer]]).await;
        client(&server.url()).obtain_token(code()).await.unwrap();
    }
    for answer in [
        http("200 OK", "", padded(CAP + 1)),
        chunked(&padded(CAP + 1)),
    ] {
        let server = Server::start([vec![answer]]).await;
        let error = fails(&client(&server.url()), code()).await;
        assert_eq!(error.code(), "answer_too_large");
        assert_eq!(error.http_status(), Some(200));
    }
}

#[tokio::test]
async fn an_endless_body_is_hung_up_on() {
    for head in [
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 9999999999999\r\n\r\n",
        "HTTP/1.1 400 Bad Request\r\ncontent-length: 99999999999\r\n\r\n",
    ] {
        let act = Act::Endless(head.into(), vec![b' '; 16 * 1024]);
        let server = Server::start([vec![act]]).await;
        let error = fails(&client(&server.url()), code()).await;
        assert_eq!(error.code(), "answer_too_large", "{head}");
        server.client_closed().await;
        // What the sockets hold between the two is not ours to count, but it is not 64 MiB.
        assert!(server.written() < 64 * 1024 * 1024, "{}", server.written());
    }
}

#[tokio::test]
async fn endless_headers_do_not_fill_the_memory() {
    let act = Act::Endless(
        b"HTTP/1.1 200 OK\r\n".to_vec(),
        format!("x-filler: {}\r\n", "x".repeat(8000)).into_bytes(),
    );
    let server = Server::start([vec![act]]).await;
    let error = fails(&client(&server.url()), code()).await;
    assert_eq!(error.code(), "interrupted");
    server.client_closed().await;
}

#[tokio::test]
async fn a_coded_body_that_nobody_asked_for_is_not_json() {
    // The beginning of what gzip and brotli make of a JSON object.
    let gzip =
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\xae\x05\x00\x43\xbf\xa6\xa3\x02\x00\x00\x00";
    let brotli = b"\x0b\x00\x80\x7b\x7d\x03";
    for (coding, body) in [("gzip", &gzip[..]), ("br", &brotli[..])] {
        let headers = format!("content-encoding: {coding}\r\n");
        let server = Server::start([vec![http("200 OK", &headers, body)]]).await;
        let error = fails(&client(&server.url()), code()).await;
        assert_eq!(error.code(), "answer_not_json", "{coding}");
    }
}

#[tokio::test]
async fn an_interim_answer_is_not_the_answer() {
    let mut bytes = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n".to_vec();
    let length = TOKENS.len();
    bytes.extend(format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{TOKENS}").as_bytes());
    let server = Server::start([vec![Act::Write(bytes)]]).await;
    client(&server.url()).obtain_token(code()).await.unwrap();
}
