//! `referat edit`, and `referat` alone: the editor in the browser.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::CliError;
use super::output::outln;
use crate::run::own_words::OwnWords;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use crate::web::options::{EditorOptions, Listen, Shield};
use crate::web::server::{self, ServerError};
use referat_core::remark::Remark;
use referat_files::folders;

/// Open the editor in the browser
///
/// DIR is the folder that the meetings' folders lie in, or one meeting. The editor runs on this
/// machine and answers this machine alone, as long as this command runs; the address that it
/// prints lets one browser in, once.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// The folder of the meetings, or one meeting [default: `library` in `editor.toml` of the
    /// user's settings, else the folder this is run in]
    dir: Option<PathBuf>,
    /// Port to listen at [default: 8737, or a free one where that is taken]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Do not open the browser
    #[arg(long)]
    no_open: bool,
    /// Let others reach the editor at this address and port; needs a password and TLS
    #[arg(
        long,
        value_name = "ADDRESS:PORT",
        conflicts_with = "port",
        requires_all = ["password_file", "shield"]
    )]
    listen: Option<SocketAddr>,
    /// File whose first line is the password, for --listen
    #[arg(long, value_name = "FILE", requires = "listen")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    shield: ShieldArgs,
    /// Name that the editor is called by, as in `referat.kommune.dk`, for --listen; may be given
    /// several times
    #[arg(long, value_name = "NAME", requires = "listen")]
    name: Vec<String>,
}

/// What keeps the way to the editor secret.
#[derive(Debug, Default, clap::Args)]
#[group(id = "shield", multiple = true)]
struct ShieldArgs {
    /// Certificate for TLS (PEM), with those that vouch for it
    #[arg(long, value_name = "FILE", requires_all = ["listen", "tls_key"])]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// A proxy in front of the editor does the TLS
    #[arg(long, requires = "listen", conflicts_with = "tls_cert")]
    behind_proxy: bool,
}

/// What the user's settings say of the editor.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    library: Option<PathBuf>,
}

/// Runs the editor when no command is named: a word that is no folder is a mistyped command.
pub(super) fn open(args: Args, own: &OwnWords) -> Result<(), CliError> {
    if let Some(dir) = args.dir.as_ref().filter(|dir| !dir.exists()) {
        let message = format!("there is neither a command nor a folder `{}`", dir.display());
        return Err(CliError::usage(message, "`referat --help` lists the commands"));
    }
    run(args, own)
}

/// Runs the command.
pub(super) fn run(args: Args, own: &OwnWords) -> Result<(), CliError> {
    let settings = folders::settings();
    let dir = match &args.dir {
        Some(dir) => dir.clone(),
        None => configured(settings.as_deref())?.unwrap_or_else(|| PathBuf::from(".")),
    };
    let (library, open) = place(&dir)?;
    let listen = match args.listen {
        None => Listen::Loopback { port: args.port },
        Some(address) => everywhere(address, &args)?,
    };
    let program = std::env::current_exe().map_err(|error| {
        CliError::failed(
            format!("cannot find the program's own file: {error}"),
            "start referat by its full path",
        )
    })?;
    let options = EditorOptions { library, open, listen, program, settings, words: own.clone() };
    let (no_open, meeting) = (args.no_open, options.open.clone());
    let show = |address: &str| {
        outln!("{address}");
        if !no_open && open::that_detached(address).is_err() {
            eprintln!("tip: open the address above in a browser");
        }
    };
    let result = server::run(options, |address| {
        show(address);
        eprintln!("the editor runs until this command ends: Ctrl-C");
    });
    match result {
        // The browser that it let in knows it.
        Err(ServerError::Running { address, .. }) if !address.is_empty() => {
            let page = meeting.map_or(String::new(), |id| server::page(&id));
            show(&format!("{address}/{page}"));
            eprintln!("note: the editor is running already, in another window");
            Ok(())
        }
        result => result.map_err(CliError::from_server),
    }
}

/// Returns the library and the meeting in it that is opened, for what the user named.
fn place(dir: &Path) -> Result<(PathBuf, Option<String>), CliError> {
    let folder = MeetingFolder::open(dir)?;
    let own = std::path::absolute(folder.root()).unwrap_or_else(|_| folder.root().to_owned());
    let is_meeting = ["dagsorden.md", "referat.md", "transcript.json", "audio"]
        .iter()
        .any(|name| own.join(name).exists());
    let name = own.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    match (own.parent(), name) {
        (Some(parent), Some(name)) if is_meeting => Ok((parent.to_owned(), Some(name))),
        _ => Ok((own, None)),
    }
}

/// Returns the library that the user's settings name, if they name one.
pub(super) fn configured(settings: Option<&Path>) -> Result<Option<PathBuf>, CliError> {
    let Some(path) = settings.map(|folder| folder.join("editor.toml")) else { return Ok(None) };
    let Some(bytes) = artefact::read_if_there(&path)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    let settings: Settings = toml::from_str(&text).map_err(|error| {
        let fault = Remark::on_toml(&text, &error);
        CliError::failed(
            format!("cannot understand `{}`: {fault}", path.display()),
            "it may hold `library`, as in `library = \"/home/anna/referater\"`",
        )
    })?;
    Ok(settings.library)
}

fn everywhere(address: SocketAddr, args: &Args) -> Result<Listen, CliError> {
    let Some(path) = &args.password_file else {
        return Err(CliError::usage("no password is given", "give --password-file"));
    };
    let text = artefact::read(path)?;
    let text = String::from_utf8_lossy(&text);
    let password = text.lines().next().unwrap_or_default().trim().to_owned();
    if password.chars().count() < SHORTEST {
        let message = format!("cannot use the password in `{}`: it is too short", path.display());
        return Err(CliError::failed(message, format!("take at least {SHORTEST} characters")));
    }
    let shield = match (&args.shield.tls_cert, &args.shield.tls_key) {
        (Some(certificate), Some(key)) => {
            Shield::Tls { certificate: certificate.clone(), key: key.clone() }
        }
        _ if args.shield.behind_proxy => Shield::Proxy,
        _ => {
            let message = "cannot let others reach the editor: nothing keeps the way secret";
            let tip = "give --tls-cert and --tls-key, or --behind-proxy where a proxy does the TLS";
            return Err(CliError::usage(message, tip));
        }
    };
    Ok(Listen::Everywhere { address, names: args.name.clone(), password, shield })
}

/// The shortest password that is taken, in characters.
const SHORTEST: usize = 12;

impl CliError {
    fn from_server(error: ServerError) -> Self {
        let tip = error.tip().unwrap_or_default();
        Self::failed(error.to_string(), tip)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_opens_in_its_library_and_a_library_as_it_is() {
        let root = tempfile::tempdir().unwrap();
        let meeting = root.path().join("m");
        MeetingFolder::create(&meeting).unwrap();
        assert_eq!(place(&meeting).unwrap(), (root.path().to_owned(), Some("m".into())));
        assert_eq!(place(root.path()).unwrap(), (root.path().to_owned(), None));
        assert!(place(&root.path().join("findes-ikke")).is_err());
    }

    #[test]
    fn the_settings_name_the_library() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(configured(Some(root.path())).unwrap(), None);
        let file = root.path().join("editor.toml");
        artefact::write(&file, b"library = \"/a/b\"\n").unwrap();
        assert_eq!(configured(Some(root.path())).unwrap(), Some("/a/b".into()));
        artefact::write(&file, b"libary = \"/a/b\"\n").unwrap();
        assert!(configured(Some(root.path())).unwrap_err().to_string().contains("libary"));
    }
}
