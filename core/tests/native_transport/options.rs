//! Options that cannot be used are refused when the transport is made, by name.

use square_oauth::{
    ErrorKind, Secret,
    native::{NativeOptions, NativeTransport, Proxy},
};

fn field_refused(options: &NativeOptions) -> String {
    let error = NativeTransport::new(options).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(error.code(), "value_malformed");
    let text = format!("{error} {error:?}");
    assert!(!text.contains("p4ss"), "{text}");
    error.field().unwrap().to_owned()
}

#[test]
fn a_proxy_that_is_no_url_is_refused() {
    for url in [
        "",
        " ",
        "http://",
        "http://user:p4ss@",
        "http://user:p4ss@host:99999",
        "http://user:p4ss@ho st",
        "://user:p4ss@host",
        "ftp://user:p4ss@host",
        "nonsense://user:p4ss@host",
        "http://user:p4ss\n@host",
        "user:p4ss@host:8080",
        "socks5://user:p4ss@host",
    ] {
        let options = NativeOptions {
            proxy: Proxy::Url(Secret::from(url)),
            ..NativeOptions::default()
        };
        assert_eq!(field_refused(&options), "proxy", "{url:?}");
    }
}

#[test]
fn root_certificates_that_are_none_are_refused() {
    for pem in [
        "garbage",
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\np4ssp4ss\n-----END PRIVATE KEY-----\n",
    ] {
        let options = NativeOptions {
            extra_root_certificates: pem.into(),
            ..NativeOptions::default()
        };
        assert_eq!(
            field_refused(&options),
            "extra_root_certificates",
            "{pem:?}"
        );
    }
}
