//! What a context of the module `ssl` is made into.

use super::verify;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{CipherSuite, ClientConfig, Error, RootCertStore, ServerConfig, SupportedProtocolVersion};
use std::sync::{Arc, OnceLock};

/// What the connections share.
pub enum Settings {
    /// Those that call.
    Client(Arc<ClientConfig>),
    /// Those that are called.
    Server(Arc<ServerConfig>),
}

/// What a context says.
pub struct Wanted {
    /// It is the server's side.
    pub server: bool,
    /// `ssl.CERT_NONE`, `CERT_OPTIONAL` or `CERT_REQUIRED`.
    pub verify: i32,
    /// The name of the server must be in its certificate.
    pub check_hostname: bool,
    /// Certificates that are trusted.
    pub roots: Vec<Vec<u8>>,
    /// The own certificate and those that signed it.
    pub chain: Vec<Vec<u8>>,
    /// The key of the own certificate.
    pub key: Option<Vec<u8>>,
    /// For ALPN.
    pub protocols: Vec<Vec<u8>>,
    /// The lowest version, as its number on the wire.
    pub lowest: i32,
    /// The highest version.
    pub highest: i32,
}

fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    PROVIDER.get_or_init(|| Arc::new(rustls::crypto::ring::default_provider())).clone()
}

fn versions(lowest: i32, highest: i32) -> Vec<&'static SupportedProtocolVersion> {
    let known = [(0x303, &rustls::version::TLS12), (0x304, &rustls::version::TLS13)];
    known.into_iter().filter(|&(n, _)| lowest <= n && n <= highest).map(|(_, v)| v).collect()
}

/// The configuration for what is wanted.
pub fn build(w: Wanted) -> Result<Settings, Error> {
    let mut roots = RootCertStore::empty();
    let trusted: Vec<CertificateDer<'static>> = w.roots.into_iter().map(CertificateDer::from).collect();
    // Some of the system's are too old to be understood, which makes them no less usable for OpenSSL.
    roots.add_parsable_certificates(trusted.iter().cloned());
    let chain: Vec<CertificateDer<'static>> = w.chain.into_iter().map(CertificateDer::from).collect();
    let key = match w.key {
        Some(key) => Some(PrivateKeyDer::try_from(key).map_err(|e| Error::General(e.to_owned()))?),
        None => None,
    };
    let versions = versions(w.lowest, w.highest);
    if w.server {
        let builder = ServerConfig::builder_with_provider(provider()).with_protocol_versions(&versions)?;
        let builder = if w.verify == 0 || roots.is_empty() {
            builder.with_no_client_auth()
        } else {
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider());
            let verifier = if w.verify == 1 { verifier.allow_unauthenticated() } else { verifier };
            builder.with_client_cert_verifier(verifier.build().map_err(|e| Error::General(e.to_string()))?)
        };
        let Some(key) = key else { return Err(Error::NoCertificatesPresented) };
        let mut config = builder.with_single_cert(chain, key)?;
        config.alpn_protocols = w.protocols;
        return Ok(Settings::Server(Arc::new(config)));
    }
    let verifier = verify::ServerVerifier::new(provider(), roots, trusted, w.verify != 0, w.check_hostname);
    let builder = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&versions)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = match key {
        Some(key) => builder.with_client_auth_cert(chain, key)?,
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = w.protocols;
    Ok(Settings::Client(Arc::new(config)))
}

/// OpenSSL's name of a cipher suite, and how many bits its secret has.
pub fn cipher_name(suite: CipherSuite) -> (String, i32) {
    let name = format!("{suite:?}");
    let bits = if name.contains("AES_128") { 128 } else { 256 };
    let name = match name.strip_prefix("TLS13_") {
        Some(rest) => format!("TLS_{rest}"),
        None => name
            .trim_start_matches("TLS_")
            .replace("_WITH_", "-")
            .replace("AES_128", "AES128")
            .replace("AES_256", "AES256")
            .replace("CHACHA20_POLY1305_SHA256", "CHACHA20-POLY1305")
            .replace('_', "-"),
    };
    (name, bits)
}

/// The cipher suites: name, bits and the version that they belong to.
pub fn cipher_names() -> Vec<(String, i32, &'static str)> {
    let version = |tls13: bool| if tls13 { "TLSv1.3" } else { "TLSv1.2" };
    provider()
        .cipher_suites
        .iter()
        .map(|suite| {
            let (name, bits) = cipher_name(suite.suite());
            (name, bits, version(suite.tls13().is_some()))
        })
        .collect()
}
