//! Every public value that holds a secret, printed.

use base64ct::{Base64UrlUnpadded, Encoding};
use square_oauth::{
    Application, Authorize, Callback, ClientOptions, Environment, OAuthClient, ObtainToken,
    RefreshToken, RevokeToken, Secret, Subscription, Webhooks,
    host::{Host, HttpResponse},
    native::{NativeOptions, NativeTransport, Proxy},
    protocol::{self, AuthorizeRandom, Setup},
    scopes,
};

use super::{
    Screen,
    canaries::{
        ACCESS, APPLICATION, CODE, ID, MIGRATION, NEW_ACCESS, PREVIOUS, PROXY_PASSWORD, REFRESH,
        VERIFIER, WEBHOOK_KEY,
    },
    inputs::NOW,
};

pub(crate) fn all(screen: &mut Screen) {
    screen.debug(&Secret::from(ACCESS));
    applications(screen);
    requests(screen);
    trips(screen);
    ports(screen);
    let subscription = Subscription::new("https://example.com/hook", WEBHOOK_KEY);
    screen.debug(&subscription);
    screen.debug(&Webhooks::new([subscription]).unwrap());
}

fn applications(screen: &Screen) {
    for application in [
        Application::confidential(ID, APPLICATION),
        Application::confidential_rotating(ID, APPLICATION, PREVIOUS),
        // Swapped, as people do.
        Application::confidential(APPLICATION, ID),
        Application::public(APPLICATION),
    ] {
        screen.debug(&application);
        screen.result(setup(application));
    }
}

fn setup(application: Application) -> Result<Setup, square_oauth::OAuthError> {
    let options = ClientOptions::default();
    Setup::new(Environment::Sandbox, application, &options, "test")
}

fn requests(screen: &Screen) {
    let rotating = || Application::confidential_rotating(ID, APPLICATION, PREVIOUS);
    let setup = setup(rotating()).unwrap();
    let uri = Some("https://example.com/callback".to_owned());
    let grants = [
        ObtainToken::authorization_code_unchecked(CODE, uri, None),
        ObtainToken::refresh_token(REFRESH),
        ObtainToken::migration_token(MIGRATION),
    ];
    for grant in &grants {
        screen.debug(grant);
        let exchange = protocol::obtain_token(&setup, grant).unwrap();
        screen.debug(&exchange);
        screen.debug(&exchange.request);
    }
    screen.debug(&Callback::unchecked(CODE, None, Some(VERIFIER.into())));
    screen.debug(&RefreshToken::new(REFRESH));
    for revoke in [RevokeToken::only(ACCESS), RevokeToken::all_by_token(ACCESS)] {
        screen.debug(&revoke);
        screen.debug(&protocol::revoke_token(&setup, &revoke).unwrap());
    }
    let status = protocol::retrieve_token_status(&setup, &Secret::from(ACCESS)).unwrap();
    screen.debug(&status);
    screen.debug(&status.request);
    screen.debug(&HttpResponse {
        status: 200,
        body: format!("{{\"access_token\":\"{NEW_ACCESS}\"}}")
            .into_bytes()
            .into(),
        ..HttpResponse::default()
    });
}

/// The way out and back: what it makes by itself is secret too.
fn trips(screen: &mut Screen) {
    for application in [
        Application::confidential(ID, APPLICATION),
        Application::public(ID),
    ] {
        let is_public = matches!(format!("{application:?}"), text if text.contains("public"));
        let setup = setup(application).unwrap();
        let options = Authorize {
            scopes: scopes(["PAYMENTS_READ"]),
            ..Authorize::default()
        };
        let mut random = AuthorizeRandom::new([0; 64]);
        for (at, byte) in random.as_mut_bytes().iter_mut().enumerate() {
            *byte = u8::try_from(at * 3 + usize::from(is_public) * 7 + 31).unwrap();
        }
        let authorization = protocol::authorize(&setup, &options, NOW, &random).unwrap();
        let pending = authorization.pending.as_str().to_owned();
        let state = authorization.url.split("state=").nth(1).unwrap();
        let state = state.split('&').next().unwrap().to_owned();
        screen.also(&state);
        // A seal if there is one; else the payload holds the verifier.
        let (payload, seal) = (
            pending.split('.').nth(1).unwrap(),
            pending.split('.').nth(3),
        );
        let payload = Base64UrlUnpadded::decode_vec(payload).unwrap();
        let payload: serde_json::Value = serde_json::from_slice(&payload).unwrap();
        let verifier = payload["v"].as_str();
        screen.also(seal.or(verifier).unwrap());
        screen.debug(&authorization);
        screen.debug(&authorization.pending);
        let callback = format!("/callback?code={CODE}&state={state}");
        let callback = callback.replace('+', "%2B");
        let callback = protocol::callback(&setup, &callback, &pending, NOW).unwrap();
        screen.debug(&callback);
        let grant = ObtainToken::authorization_code(callback);
        screen.debug(&grant);
        let exchange = protocol::obtain_token(&setup, &grant).unwrap();
        assert!(
            exchange.request.body.expose().contains(CODE),
            "it is planted"
        );
        screen.debug(&exchange);
        let known = [&*state, verifier.unwrap_or(APPLICATION)];
        super::inputs::callbacks(screen, &setup, (&state, &pending), &known);
    }
}

fn ports(screen: &Screen) {
    let password = PROXY_PASSWORD.replace('/', "%2F").replace('=', "%3D");
    let options = NativeOptions {
        proxy: Proxy::Url(Secret::from(format!("http://user:{password}@127.0.0.1:9"))),
        ..NativeOptions::default()
    };
    screen.debug(&options);
    screen.debug(&options.proxy);
    screen.debug(&NativeTransport::new(&options).unwrap());
    let host = Host::native(&options).unwrap();
    screen.debug(&host);
    let application = Application::confidential_rotating(ID, APPLICATION, PREVIOUS);
    let client = OAuthClient::with_host(
        Environment::Sandbox,
        application,
        &ClientOptions::default(),
        host,
    );
    screen.debug(&client.unwrap());
}
