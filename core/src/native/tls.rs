//! TLS by rustls with ring, trusting what the platform trusts.

use std::sync::Arc;

use rustls::{
    ClientConfig,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;

use crate::error::{OAuthError, code};

const FIELD: &str = "extra_root_certificates";

/// Shared by every connection. The provider is named here rather than installed for the process,
/// which is the program's to decide.
pub(super) fn config(extra_roots_pem: &[u8]) -> Result<ClientConfig, OAuthError> {
    let roots = read_roots(extra_roots_pem)?;
    let provider = Arc::new(ring::default_provider());
    let wrong = |_| OAuthError::about(code::VALUE_MALFORMED, FIELD, "are not usable for TLS");
    let verifier = Verifier::new_with_extra_roots(roots, provider.clone()).map_err(wrong)?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(wrong)?;
    let mut config = builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn read_roots(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, OAuthError> {
    if pem.is_empty() {
        return Ok(Vec::new());
    }
    let wrong = || OAuthError::about(code::VALUE_MALFORMED, FIELD, "are not PEM certificates");
    let roots: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|_| wrong())?;
    if roots.is_empty() {
        Err(wrong())
    } else {
        Ok(roots)
    }
}
