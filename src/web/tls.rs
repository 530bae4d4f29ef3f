//! TLS with the user's certificate.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::store::artefact;
use crate::store::error::StoreError;

/// A certificate that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file is no PEM file of the right kind.
    #[error("cannot use `{path}` for TLS: it holds no {what} in PEM form")]
    NotPem {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
    },
    /// Certificate and key do not go together, or are of a kind that is not known.
    #[error("cannot use `{path}` for TLS: {source}")]
    Refused {
        /// The certificate.
        path: PathBuf,
        /// Why.
        source: tokio_rustls::rustls::Error,
    },
}

/// Returns what speaks TLS with this certificate and key.
pub(super) fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, TlsError> {
    let not_pem = |path: &Path, what| TlsError::NotPem { path: path.to_owned(), what };
    let bytes = artefact::read(certificate)?;
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&bytes)
        .collect::<Result<_, _>>()
        .map_err(|_| not_pem(certificate, "certificate"))?;
    if chain.is_empty() {
        return Err(not_pem(certificate, "certificate"));
    }
    let private = PrivateKeyDer::from_pem_slice(&artefact::read(key)?)
        .map_err(|_| not_pem(key, "private key"))?;
    let refused = |source| TlsError::Refused { path: certificate.to_owned(), source };
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(refused)?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(refused)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
