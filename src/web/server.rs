//! The server itself: listens, takes connections, limits what one can hold up.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use super::address::HostNames;
use super::jobs::Jobs;
use super::library::MeetingLibrary;
use super::options::{EditorOptions, Listen, PORT, Shield};
use super::session::BrowserSession;
use super::sounds::OpenSounds;
use super::state::App;
use super::summary::Summaries;
use super::tls::{self, TlsError};
use super::transcripts::Transcripts;
use super::{routes, state, worker};
use crate::store::error::StoreError;
use crate::store::lock::Lock;
use crate::store::{artefact, incoming};

/// Connections at a time: more is no referent with a few windows open.
const CONNECTIONS: usize = 256;
/// A request's head comes within this time, and so does a TLS handshake.
const PATIENCE: Duration = Duration::from_secs(15);
/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// A server that cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The system gives no threads or timers.
    #[error("cannot start the editor: {0}")]
    System(std::io::Error),
    /// The address cannot be listened at.
    #[error("cannot listen at {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: std::io::Error,
    },
    /// An editor of this user's runs on the same library.
    #[error("an editor is open on `{library}` already, at {address}")]
    Running {
        /// The library.
        library: PathBuf,
        /// Where its editor is reached.
        address: String,
    },
    /// The library, or the secret among the settings.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The certificate.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

impl ServerError {
    /// Returns what the user can do about it.
    pub fn tip(&self) -> Option<String> {
        match self {
            Self::System(_) => Some("close other programs and try again".into()),
            Self::Running { .. } => Some("use that one, or end it first".into()),
            Self::Listen { .. } => Some("choose another port with --port".into()),
            Self::Store(error) | Self::Tls(TlsError::Store(error)) => error.tip(),
            Self::Tls(_) => Some("give the certificate and its own key as two PEM files".into()),
        }
    }
}

/// Returns the path of the page of the meeting named `id`, below the server's address.
pub fn page(id: &str) -> String {
    state::page(id)
}

/// Runs the server until the process ends; `ready` is told the address to open.
///
/// # Errors
/// The server cannot be started.
pub fn run(options: EditorOptions, ready: impl FnOnce(&str)) -> Result<(), ServerError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_io()
        .enable_time()
        .build()
        .map_err(ServerError::System)?;
    runtime.block_on(serve(options, ready))
}

async fn serve(options: EditorOptions, ready: impl FnOnce(&str)) -> Result<(), ServerError> {
    let library = MeetingLibrary::open(&options.library)?;
    let alone = options.settings.as_deref().map(|settings| Alone::on(&library, settings));
    let alone = alone.transpose()?;
    for (_, folder) in library.meetings().unwrap_or_default() {
        incoming::clear(&folder.root().join("audio"));
    }
    let listener = listen(&options.listen).await?;
    let address = listener.local_addr().map_err(ServerError::System)?;
    let (mut names, mut password, mut acceptor, mut proxy) = (Vec::new(), None, None, false);
    if let Listen::Everywhere { names: own, password: word, shield, .. } = &options.listen {
        names = own.clone();
        names.push(host(address));
        password = Some(word.clone());
        match shield {
            Shield::Tls { certificate, key } => acceptor = Some(tls::acceptor(certificate, key)?),
            Shield::Proxy => proxy = true,
        }
    }
    let encrypted = acceptor.is_some();
    let scheme = if encrypted { "https" } else { "http" };
    let origin = format!("{scheme}://{}:{}", host(address), address.port());
    if let Some(alone) = &alone {
        alone.tell(&origin)?;
    }
    let app = Arc::new(App {
        names: HostNames::new(&names, address.port(), encrypted, proxy),
        session: BrowserSession::new(
            options.settings.as_deref(),
            address.port(),
            password,
            encrypted || proxy,
        )?,
        origin,
        jobs: Jobs::new(library.clone()),
        library,
        program: options.program,
        settings: options.settings,
        words: options.words,
        sounds: OpenSounds::default(),
        transcripts: Transcripts::default(),
        summaries: Summaries::default(),
    });
    app.jobs.take_up();
    tokio::spawn(worker::work(Arc::clone(&app)));
    ready(&app.address(options.open.as_deref()));
    take_connections(&listener, &routes::all(app), acceptor.as_ref()).await
}

/// Takes connections until the process ends.
async fn take_connections(
    listener: &TcpListener,
    router: &Router,
    acceptor: Option<&TlsAcceptor>,
) -> ! {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, or a connection that was gone again at once.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let (router, acceptor) = (router.clone(), acceptor.cloned());
        tokio::spawn(async move {
            connection(stream, acceptor, router).await;
            drop(place);
        });
    }
}

/// The one editor of a user's on a library: two would do the same jobs.
struct Alone {
    address: PathBuf,
    _lock: Lock,
}

impl Alone {
    fn on(library: &MeetingLibrary, settings: &Path) -> Result<Self, ServerError> {
        let name = artefact::sha256(library.root().as_os_str().as_encoded_bytes());
        let file = settings.join(format!("editor-{}", &name[..16]));
        let address = file.with_extension("address");
        match Lock::take(&file.with_extension("lock"), library.root()) {
            Ok(lock) => Ok(Self { address, _lock: lock }),
            Err(StoreError::Busy { path }) => {
                let told = artefact::read_if_there(&address)?.unwrap_or_default();
                let address = String::from_utf8_lossy(&told).trim().to_owned();
                Err(ServerError::Running { library: path, address })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Notes where the editor is reached.
    fn tell(&self, origin: &str) -> Result<(), StoreError> {
        artefact::write(&self.address, format!("{origin}\n").as_bytes())
    }
}

/// Returns an address's host as it stands in a URL.
fn host(address: SocketAddr) -> String {
    match address {
        SocketAddr::V4(address) => address.ip().to_string(),
        SocketAddr::V6(address) => format!("[{}]", address.ip()),
    }
}

async fn listen(listen: &Listen) -> Result<TcpListener, ServerError> {
    let (address, or_any) = match listen {
        Listen::Loopback { port } => {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port.unwrap_or(PORT)));
            (address, port.is_none())
        }
        Listen::Everywhere { address, .. } => (*address, false),
    };
    let listener = match TcpListener::bind(address).await {
        Err(error) if or_any && error.kind() == ErrorKind::AddrInUse => {
            TcpListener::bind(SocketAddr::new(address.ip(), 0)).await
        }
        bound => bound,
    };
    listener.map_err(|source| ServerError::Listen { address, source })
}

async fn connection(stream: TcpStream, acceptor: Option<TlsAcceptor>, router: Router) {
    // Small answers leave at once.
    let _ = stream.set_nodelay(true);
    let Some(acceptor) = acceptor else { return speak(stream, router).await };
    if let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await {
        speak(stream, router).await;
    }
}

async fn speak(stream: impl AsyncRead + AsyncWrite + Unpin + Send, router: Router) {
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // A connection that breaks off is the browser's affair.
    let _ = served.await;
}
