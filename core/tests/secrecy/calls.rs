//! Calls in memory and over real sockets, with everything logged.

use std::{sync::Arc, time::Duration};

use square_oauth::{
    Application, ClientOptions, OAuthClient, ObtainToken, RevokeToken, Secret,
    host::{BoxFuture, Host, HttpRequest, HttpResponse, Runtime, SendError, Transport},
    native::{NativeOptions, Proxy as Through},
};

use super::{
    Screen, answers,
    canaries::{
        ACCESS, APPLICATION, CODE, ID, MIGRATION, PREVIOUS, PROXY_PASSWORD, REFRESH, VERIFIER,
    },
    support_server::{Act, Authority, Nobody, Proxy, Reply, Server, http},
};

/// Waits for nothing but the end of a call, which the tests here never reach.
struct Hasty;

impl Runtime for Hasty {
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            if duration >= Duration::from_secs(5) {
                std::future::pending().await
            }
        })
    }
}

/// Answers everything by the same.
struct Parrot(HttpResponse);

impl Transport for Parrot {
    fn send(&self, _: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, SendError>> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

fn client(url: &str, is_public: bool, options: &NativeOptions) -> OAuthClient {
    client_over(url, is_public, Host::native(options).unwrap())
}

fn client_over(url: &str, is_public: bool, host: Host) -> OAuthClient {
    let id = if url.ends_with("squareup.com") {
        ID.trim_start_matches("sandbox-")
    } else {
        ID
    };
    let application = if is_public {
        Application::public(id)
    } else {
        Application::confidential_rotating(id, APPLICATION, PREVIOUS)
    };
    let host = Host {
        runtime: Arc::new(Hasty),
        ..host
    };
    OAuthClient::with_host(
        url.parse().unwrap(),
        application,
        &ClientOptions::default(),
        host,
    )
    .unwrap()
}

#[derive(Clone, Copy)]
enum Call {
    Code,
    Pkce,
    Refresh,
    Migration,
    Revoke,
    Status,
    Check,
}

impl Call {
    const ALL: [Self; 7] = [
        Self::Code,
        Self::Pkce,
        Self::Refresh,
        Self::Migration,
        Self::Revoke,
        Self::Status,
        Self::Check,
    ];

    /// The secrets that the request carries, or that its client knows.
    const fn secrets(self) -> &'static [&'static str] {
        match self {
            Self::Code => &[CODE, APPLICATION, PREVIOUS],
            Self::Pkce => &[CODE, VERIFIER],
            Self::Refresh => &[REFRESH, APPLICATION],
            Self::Migration => &[MIGRATION],
            Self::Revoke | Self::Status => &[ACCESS, APPLICATION],
            Self::Check => &[APPLICATION],
        }
    }

    const fn is_public(self) -> bool {
        matches!(self, Self::Pkce)
    }

    async fn make(self, client: &OAuthClient, screen: &Screen) {
        let grant = match self {
            Self::Code => ObtainToken::authorization_code_unchecked(CODE, None, None),
            Self::Pkce => {
                let verifier = Some(Secret::from(VERIFIER));
                ObtainToken::authorization_code_unchecked(CODE, None, verifier)
            }
            Self::Refresh => ObtainToken::refresh_token(REFRESH),
            Self::Migration => ObtainToken::migration_token(MIGRATION),
            Self::Revoke => {
                return screen.result(client.revoke_token(RevokeToken::only(ACCESS)).await);
            }
            Self::Status => return screen.result(status(client).await),
            Self::Check => return screen.result(client.check_application().await),
        };
        screen.result(client.obtain_token(grant).await);
    }
}

/// A status repeats what the server says of the token: free of secrets, unless the server lies.
async fn status(client: &OAuthClient) -> Result<(), square_oauth::OAuthError> {
    client.retrieve_token_status(ACCESS).await.map(|_| ())
}

/// Every answer, handed over in memory.
pub(crate) async fn answered(screen: &mut Screen) {
    let native = Host::native(&NativeOptions::default()).unwrap();
    for call in Call::ALL {
        for answer in answers::all(call.secrets()) {
            let response = answer.in_memory();
            screen.debug(&response);
            let host = Host {
                transport: Arc::new(Parrot(response)),
                ..native.clone()
            };
            let client = client_over("http://127.0.0.1:9", call.is_public(), host);
            call.make(&client, screen).await;
        }
    }
}

/// Answers of every kind over real sockets.
pub(crate) async fn answered_on_the_wire(screen: &mut Screen) {
    for call in Call::ALL {
        let carried = call.secrets();
        let answers = answers::some(carried);
        let mut acts: Vec<_> = answers.iter().map(answers::Answer::on_the_wire).collect();
        acts.push(answers::oddities(carried[0]));
        for act in acts {
            // As many connections and answers as any call can use up.
            let server = Server::start([(); 3].map(|()| vec![act.clone(); 3])).await;
            let client = client(&server.url(), call.is_public(), &NativeOptions::default());
            call.make(&client, screen).await;
            assert!(!server.requests().is_empty());
        }
    }
}

/// Every way to fail without an answer.
pub(crate) async fn unanswered(screen: &mut Screen) {
    let nobody = Nobody::new();
    let authority = Authority::new();
    for call in Call::ALL {
        let broken = Act::WriteAndClose(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec());
        let server = Server::start([(); 3].map(|()| vec![broken.clone()])).await;
        let identity = authority.identity(&["localhost"]);
        let untrusted = Server::start_tls(&identity, [(); 3].map(|()| vec![])).await;
        for url in [
            format!("http://{}", nobody.address()),
            server.url(),
            untrusted.url_by_name(),
        ] {
            let client = client(&url, call.is_public(), &NativeOptions::default());
            call.make(&client, screen).await;
        }
    }
}

pub(crate) async fn through_a_proxy(screen: &mut Screen) {
    let authority = Authority::new();
    let identity = authority.identity(&["connect.squareup.com"]);
    let ok = || vec![http("200 OK", "", "{}")];
    let server = Server::start_tls(&identity, [(); 3].map(|()| ok())).await;
    let refusal = format!("HTTP/1.1 407 {PROXY_PASSWORD}\r\nx: {PROXY_PASSWORD}\r\n\r\n");
    for reply in [
        Reply::Refuse(refusal),
        Reply::Close,
        Reply::Tunnel(server.address),
    ] {
        let proxy = Proxy::start(reply).await;
        let password = form_urlencoded::byte_serialize(PROXY_PASSWORD.as_bytes());
        let password: String = password.collect();
        let url = format!("http://user:{password}@{}", proxy.address);
        let options = NativeOptions {
            proxy: Through::Url(Secret::from(url)),
            extra_root_certificates: authority.pem(),
        };
        let client = client("https://connect.squareup.com", false, &options);
        Call::Code.make(&client, screen).await;
        let requests = proxy.requests();
        assert!(requests[0].header("proxy-authorization").is_some());
    }
    assert_eq!(server.requests().len(), 1);
}
