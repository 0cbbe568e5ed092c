//! An environment, as people type it: the check and the transport must read it alike.

use square_oauth::{Environment, ErrorKind};
use url::{Host, Url};

use crate::world::text;

/// Reads an environment, and an emulator's address.
pub fn environment(data: &[u8]) {
    let text = text(data);
    let read: Result<Environment, _> = text.parse();
    match read {
        Ok(environment) => {
            let base = environment.base_url();
            let again: Environment = base.parse().expect("a base URL can be read again");
            assert_eq!(again.base_url(), base);
            if let Some(url) = agreed(base) {
                assert!(url.scheme() == "https" || is_loopback(&url), "{base}");
            }
        }
        Err(error) => assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error:?}"),
    }
    if let Ok(environment) = Environment::insecure_for_emulator(&text) {
        agreed(environment.base_url());
        let apart = environment.authorize_at(&text);
        agreed(
            apart
                .expect("what was taken once is taken twice")
                .authorize_base_url(),
        );
    }
}

/// The same address as the transport's reader understands it: scheme, host and port, nothing else.
/// Whether a name is well-formed Punycode that reader alone knows; where it is not, nothing is sent.
fn agreed(base: &str) -> Option<Url> {
    let url = match Url::parse(base) {
        Ok(url) => url,
        Err(_) if base.contains("xn--") => return None,
        Err(error) => panic!("{base}: {error}"),
    };
    assert!(
        url.username().is_empty() && url.password().is_none(),
        "{base}"
    );
    assert!(
        url.query().is_none() && url.fragment().is_none() && url.path() == "/",
        "{base}"
    );
    // The reader shortens IPv6 addresses; every other host stays as it is written.
    if !matches!(url.host(), Some(Host::Ipv6(_))) {
        assert_eq!(url.as_str().trim_end_matches('/'), base);
    }
    Some(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
