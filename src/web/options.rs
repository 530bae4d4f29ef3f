//! What the server is told by the command that starts it.

use crate::run::own_words::OwnWords;
use std::net::SocketAddr;
use std::path::PathBuf;

/// How the server is set up.
#[derive(Clone, Debug)]
pub struct EditorOptions {
    /// The folder that the meetings' folders lie in.
    pub library: PathBuf,
    /// The meeting to open; the list when absent.
    pub open: Option<String>,
    /// Where to listen.
    pub listen: Listen,
    /// This program, for work in a process of its own.
    pub program: PathBuf,
    /// The user's folder of settings, where the secret of the session is kept; without one it
    /// lasts as long as the server.
    pub settings: Option<PathBuf>,
    /// Where the user's own words stand.
    pub words: OwnWords,
}

/// Where the server listens, and what keeps others out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listen {
    /// On this machine alone.
    Loopback {
        /// The port; the usual one, or a free one where that is taken, when absent.
        port: Option<u16>,
    },
    /// On an address that others reach.
    Everywhere {
        /// Where.
        address: SocketAddr,
        /// Names that the server is called by besides its address.
        names: Vec<String>,
        /// What a browser must say to be let in.
        password: String,
        /// How the way to it is kept secret.
        shield: Shield,
    },
}

/// What keeps the way to the server secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shield {
    /// TLS with a certificate of the user's, both files PEM.
    Tls {
        /// The certificate, with those that vouch for it.
        certificate: PathBuf,
        /// Its private key.
        key: PathBuf,
    },
    /// A proxy in front, which the user answers for.
    Proxy,
}

/// The port that is tried first, so that a page finds its server again.
pub const PORT: u16 = 8737;
