//! Whom the transport trusts.

use square_oauth::native::NativeOptions;

use super::{
    client, client_over, code, fails, native,
    support_server::{Authority, Identity, Server},
    tokens,
};

fn trusting(pem: Vec<u8>) -> square_oauth::host::Host {
    native(&NativeOptions {
        extra_root_certificates: pem,
        ..NativeOptions::default()
    })
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_gets_nothing() {
    let (identity, _) = Identity::self_signed("localhost");
    let server = Server::start_tls(&identity, [(); 3].map(|()| vec![tokens()])).await;
    let error = fails(&client(&server.url_by_name()), code()).await;
    assert_eq!((error.code(), error.retryable()), ("not_sent", true));
    assert!(error.to_string().contains("TLS"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_extra_root_certificate_vouches_for_what_it_signed() {
    let authority = Authority::new();
    let server = Server::start_tls(&authority.identity(&["localhost"]), [vec![tokens()]]).await;
    let client = client_over(&server.url_by_name(), trusting(authority.pem()));
    client.obtain_token(code()).await.unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_self_signed_certificate_can_be_trusted_by_itself() {
    let (identity, pem) = Identity::self_signed("localhost");
    let server = Server::start_tls(&identity, [vec![tokens()]]).await;
    let client = client_over(&server.url_by_name(), trusting(pem));
    client.obtain_token(code()).await.unwrap();
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let authority = Authority::new();
    let identity = authority.identity(&["connect.squareup.com"]);
    let server = Server::start_tls(&identity, [(); 3].map(|()| vec![tokens()])).await;
    let client = client_over(&server.url_by_name(), trusting(authority.pem()));
    let error = fails(&client, code()).await;
    assert_eq!(error.code(), "not_sent");
    assert!(error.to_string().contains("TLS"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn another_authoritys_certificate_is_refused() {
    let server_side = Authority::new().identity(&["localhost"]);
    let server = Server::start_tls(&server_side, [(); 3].map(|()| vec![tokens()])).await;
    let client = client_over(&server.url_by_name(), trusting(Authority::new().pem()));
    assert_eq!(fails(&client, code()).await.code(), "not_sent");
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_not_sent() {
    let plain = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = plain.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = plain.accept().await {
            let _ =
                tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 X\r\n\r\n").await;
        }
    });
    let error = fails(&client(&format!("https://{address}")), code()).await;
    assert_eq!(error.code(), "not_sent");
    assert!(error.to_string().contains("TLS"), "{error}");
}
