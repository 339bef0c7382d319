//! Certificates of servers: by rustls's rules, loosened where a context says so, and the words for what is wrong.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use std::sync::Arc;

/// Decides whether a server is who it says it is.
#[derive(Debug)]
pub struct ServerVerifier {
    provider: Arc<CryptoProvider>,
    roots: RootCertStore,
    trusted: Vec<CertificateDer<'static>>,
    verify: bool,
    check_hostname: bool,
}

impl ServerVerifier {
    /// See the fields; without `verify` anybody may be the server.
    pub fn new(
        provider: Arc<CryptoProvider>,
        roots: RootCertStore,
        trusted: Vec<CertificateDer<'static>>,
        verify: bool,
        check_hostname: bool,
    ) -> ServerVerifier {
        ServerVerifier { provider, roots, trusted, verify, check_hostname }
    }
}

impl ServerCertVerifier for ServerVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if !self.verify {
            return Ok(ServerCertVerified::assertion());
        }
        let parsed = ParsedCertificate::try_from(end_entity)?;
        if self.trusted.iter().any(|t| t.as_ref() == end_entity.as_ref()) {
            // It is trusted itself, as those are that sign themselves; only its time is left to be checked.
            in_time(end_entity, now)?;
        } else {
            let algorithms = self.provider.signature_verification_algorithms.all;
            verify_server_cert_signed_by_trust_anchor(&parsed, &self.roots, intermediates, now, algorithms)?;
        }
        if self.check_hostname {
            verify_server_name(&parsed, server_name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// Checks the time of a certificate.
fn in_time(certificate: &[u8], now: UnixTime) -> Result<(), Error> {
    let (from, to) = validity(certificate).ok_or(Error::InvalidCertificate(CertificateError::BadEncoding))?;
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    if now < from {
        return Err(Error::InvalidCertificate(CertificateError::NotValidYet));
    }
    if now > to {
        return Err(Error::InvalidCertificate(CertificateError::Expired));
    }
    Ok(())
}

/// Tag, content and rest of the first value in DER.
fn item(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let mut len = first as usize;
    if first & 0x80 != 0 {
        let n = (first & 0x7f) as usize;
        if n == 0 || n > 4 || rest.len() < n {
            return None;
        }
        len = rest[..n].iter().fold(0, |len, &b| len << 8 | b as usize);
        rest = &rest[n..];
    }
    Some((tag, rest.get(..len)?, rest.get(len..)?))
}

/// From when to when a certificate is valid, in seconds since 1970.
fn validity(certificate: &[u8]) -> Option<(i64, i64)> {
    let (_, certificate, _) = item(certificate)?;
    let (_, mut fields, _) = item(certificate)?;
    // An optional version, the number, the algorithm, the issuer: then the times.
    if item(fields)?.0 == 0xa0 {
        fields = item(fields)?.2;
    }
    for _ in 0..3 {
        fields = item(fields)?.2;
    }
    let (_, times, _) = item(fields)?;
    let (tag, from, rest) = item(times)?;
    let (tag2, to, _) = item(rest)?;
    Some((seconds(tag, from)?, seconds(tag2, to)?))
}

/// A time of the form `YYMMDDHHMMSSZ` or, with tag 24, `YYYYMMDDHHMMSSZ`.
fn seconds(tag: u8, text: &[u8]) -> Option<i64> {
    let digits: Vec<i64> = text
        .strip_suffix(b"Z")?
        .iter()
        .map(|b| b.is_ascii_digit().then(|| (b - b'0') as i64))
        .collect::<Option<_>>()?;
    let pair = |i: usize| Some(digits.get(i)? * 10 + digits.get(i + 1)?);
    let (year, at) = match tag {
        24 => (pair(0)? * 100 + pair(2)?, 4),
        _ if pair(0)? < 50 => (2000 + pair(0)?, 2),
        _ => (1900 + pair(0)?, 2),
    };
    let (month, day) = (pair(at)?, pair(at + 2)?);
    let (hour, minute, second) = (pair(at + 4)?, pair(at + 6)?, pair(at + 8)?);
    // Days since 1970, with years that begin in March.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days =
        y * 365 + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (m * 153 + 2) / 5 + day - 719_469;
    Some(days * 86400 + hour * 3600 + minute * 60 + second)
}

/// What is wrong: OpenSSL's name for it and a text; for certificates also OpenSSL's number and text, otherwise 0.
pub fn describe(e: &Error) -> (&'static str, String, i32, String) {
    let bad = |number: i32, about: &str| {
        let text = format!("certificate verify failed: {about}");
        ("CERTIFICATE_VERIFY_FAILED", text, number, about.to_owned())
    };
    let plain = |reason: &'static str| (reason, reason.to_lowercase().replace('_', " "), 0, String::new());
    match e {
        Error::InvalidCertificate(c) => match c {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                bad(10, "certificate has expired")
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                bad(9, "certificate is not yet valid")
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                bad(62, "Hostname mismatch, certificate is not valid for")
            }
            CertificateError::Revoked => bad(23, "certificate revoked"),
            CertificateError::BadSignature => bad(7, "certificate signature failure"),
            CertificateError::InvalidPurpose => bad(26, "unsupported certificate purpose"),
            CertificateError::UnknownIssuer => bad(20, "unable to get local issuer certificate"),
            // Somebody who signs himself may not be trusted as somebody who signs others.
            _ if format!("{c:?}").contains("CaUsedAsEndEntity") => bad(18, "self-signed certificate"),
            other => bad(1, &format!("{other:?}")),
        },
        Error::NoCertificatesPresented => plain("PEER_DID_NOT_RETURN_A_CERTIFICATE"),
        Error::InconsistentKeys(_) => plain("KEY_VALUES_MISMATCH"),
        Error::InvalidMessage(_) => plain("WRONG_VERSION_NUMBER"),
        Error::NoApplicationProtocol => plain("NO_APPLICATION_PROTOCOL"),
        Error::PeerIncompatible(p) => match format!("{p:?}") {
            text if text.contains("Version") || text.contains("Tls12") || text.contains("Tls13") => {
                plain("UNSUPPORTED_PROTOCOL")
            }
            _ => plain("NO_SHARED_CIPHER"),
        },
        Error::AlertReceived(alert) => match alert {
            rustls::AlertDescription::UnknownCA => plain("TLSV1_ALERT_UNKNOWN_CA"),
            rustls::AlertDescription::BadCertificate => plain("SSLV3_ALERT_BAD_CERTIFICATE"),
            rustls::AlertDescription::CertificateUnknown => plain("SSLV3_ALERT_CERTIFICATE_UNKNOWN"),
            rustls::AlertDescription::CertificateExpired => plain("SSLV3_ALERT_CERTIFICATE_EXPIRED"),
            rustls::AlertDescription::CertificateRequired => plain("TLSV13_ALERT_CERTIFICATE_REQUIRED"),
            rustls::AlertDescription::ProtocolVersion => plain("TLSV1_ALERT_PROTOCOL_VERSION"),
            rustls::AlertDescription::NoApplicationProtocol => plain("TLSV1_ALERT_NO_APPLICATION_PROTOCOL"),
            rustls::AlertDescription::HandshakeFailure => plain("SSLV3_ALERT_HANDSHAKE_FAILURE"),
            rustls::AlertDescription::DecryptError => plain("TLSV1_ALERT_DECRYPT_ERROR"),
            _ => ("TLS_ALERT", format!("{e}"), 0, String::new()),
        },
        other => ("INTERNAL_ERROR", other.to_string(), 0, String::new()),
    }
}
