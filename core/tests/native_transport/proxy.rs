//! Through a proxy, whose password is nobody's business.

use square_oauth::{
    OAuthError, Secret,
    host::Host,
    native::{NativeOptions, Proxy as Through},
};

use super::{
    client_over, code, fails, native, refresh,
    support_server::{Authority, Nobody, Proxy, Reply, Server},
    tokens,
};

const PASSWORD: &str = "p4ss/w0rd+of:proxy";
const IN_URL: &str = "p4ss%2Fw0rd+of%3Aproxy";
/// `user:` and the password, as HTTP Basic puts it.
const BASIC: &str = "dXNlcjpwNHNzL3cwcmQrb2Y6cHJveHk=";
const PRODUCTION: &str = "https://connect.squareup.com";

fn through(address: impl std::fmt::Display, extra_root_certificates: Vec<u8>) -> NativeOptions {
    NativeOptions {
        proxy: Through::Url(Secret::from(format!("http://user:{IN_URL}@{address}"))),
        extra_root_certificates,
    }
}

fn check_says_proxy(error: &OAuthError) {
    assert_eq!((error.code(), error.retryable()), ("not_sent", true));
    assert!(!error.request_may_have_arrived());
    assert!(error.to_string().contains("proxy"), "{error}");
    check_is_silent(&format!("{error} {error:?}"));
}

fn check_is_silent(text: &str) {
    for secret in [PASSWORD, IN_URL, BASIC, "p4ss", "user:"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn a_proxys_refusal_is_not_sent_and_says_proxy() {
    for refusal in [
        "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 2\r\n\r\nno",
    ] {
        let proxy = Proxy::start(Reply::Refuse(refusal.to_owned())).await;
        let client = client_over(PRODUCTION, native(&through(proxy.address, Vec::new())));
        check_says_proxy(&fails(&client, code()).await);
        let requests = proxy.requests();
        assert_eq!(requests.len(), 3, "what was not sent is tried again");
        for request in requests {
            assert_eq!(request.line, "CONNECT connect.squareup.com:443 HTTP/1.1");
            let expected = format!("Basic {BASIC}");
            assert_eq!(
                request.header("proxy-authorization"),
                Some(expected.as_str())
            );
        }
    }
}

#[tokio::test]
async fn a_proxy_that_hangs_up_is_a_refusal() {
    let proxy = Proxy::start(Reply::Close).await;
    let client = client_over(PRODUCTION, native(&through(proxy.address, Vec::new())));
    check_says_proxy(&fails(&client, code()).await);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_named() {
    let nobody = Nobody::new();
    let options = through(nobody.address(), Vec::new());
    let client = client_over(PRODUCTION, native(&options));
    check_says_proxy(&fails(&client, refresh()).await);
}

#[tokio::test]
async fn a_tunnel_leads_to_the_server_and_hides_the_password_from_it() {
    let authority = Authority::new();
    let identity = authority.identity(&["connect.squareup.com"]);
    let server = Server::start_tls(&identity, [vec![tokens()], vec![tokens()]]).await;
    let proxy = Proxy::start(Reply::Tunnel(server.address)).await;
    let host = native(&through(proxy.address, authority.pem()));
    let client = client_over(PRODUCTION, host);
    client.obtain_token(code()).await.unwrap();
    client.obtain_token(refresh()).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("host"), Some("connect.squareup.com"));
    check_is_silent(&format!("{requests:?}"));
}

#[tokio::test]
async fn the_end_of_a_tunnel_has_to_prove_itself() {
    let identity = Authority::new().identity(&["connect.squareup.com"]);
    let server = Server::start_tls(&identity, [(); 3].map(|()| vec![tokens()])).await;
    let proxy = Proxy::start(Reply::Tunnel(server.address)).await;
    let client = client_over(PRODUCTION, native(&through(proxy.address, Vec::new())));
    let error = fails(&client, code()).await;
    assert_eq!(error.code(), "not_sent");
    assert!(error.to_string().contains("TLS"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn loopback_is_reached_directly_whatever_proxy_is_chosen() {
    let server = Server::start([vec![tokens()], vec![tokens()], vec![tokens()]]).await;
    let proxy = Proxy::start(Reply::Close).await;
    for url in [server.url(), server.url_by_name()] {
        let client = client_over(&url, native(&through(proxy.address, Vec::new())));
        client.obtain_token(code()).await.unwrap();
    }
    assert!(proxy.requests().is_empty());
}

#[tokio::test]
async fn options_and_ports_print_no_password() {
    let options = through("127.0.0.1:1", Vec::new());
    let transport = square_oauth::native::NativeTransport::new(&options).unwrap();
    let host = Host::native(&options).unwrap();
    check_is_silent(&format!("{options:?} {options:#?} {transport:?} {host:?}"));
}
