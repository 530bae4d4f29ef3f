//! `referat export`: the referat as a file to send.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::CliError;
use crate::model::language::Language;
use crate::pipeline::export::{self, ExportOptions, Format};
use crate::render::profile::Profile;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;

/// Export the referat to a file to send
///
/// Exports `referat.md` as it stands, edits included; times, the speakers' sentences and
/// comments are left out unless --draft is given.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder
    dir: PathBuf,
    /// Kind of file: docx, html, pdf, md, txt or json; several with commas
    #[arg(long, value_name = "FORMAT", required = true, value_delimiter = ',')]
    to: Vec<Format>,
    /// Lay a draft that nobody has edited out by these house rules: a profile's name or a TOML file
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Take styles, page set-up, header and footer of this DOCX
    #[arg(long, value_name = "FILE")]
    reference_doc: Option<PathBuf>,
    /// Keep times, the speakers' sentences and comments
    #[arg(long)]
    draft: bool,
    /// Export the closed items, apart from the others
    #[arg(long)]
    closed: bool,
    /// Language of the referat: da or en [default: the dagsorden's own]
    #[arg(long)]
    language: Option<Language>,
    /// File to write, `-` for stdout [default: in the meeting's folder]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    if args.output.is_some() && args.to.len() > 1 {
        let message = "cannot write several formats to one file";
        return Err(CliError::usage(message, "leave out --output, or name one format"));
    }
    if args.reference_doc.is_some() && !args.to.contains(&Format::Docx) {
        let message = "cannot use --reference-doc: no DOCX is exported";
        return Err(CliError::usage(message, "add --to docx"));
    }
    let folder = MeetingFolder::open(&args.dir)?;
    let profile = args.profile.as_deref().map(profile).transpose()?;
    let reference = args.reference_doc.as_deref().map(artefact::read).transpose()?;
    // Everything is made before anything is written: a failure leaves no half of it.
    let mut made = Vec::new();
    for format in &args.to {
        let options = ExportOptions {
            language: args.language,
            profile: profile.as_ref(),
            reference: reference.as_deref(),
            draft: args.draft,
            closed: args.closed,
            ..ExportOptions::new(*format)
        };
        let (bytes, remarks) = export::export(&folder, &options)?;
        remarks.iter().for_each(|remark| eprintln!("note: {remark}"));
        let path = args.output.clone().unwrap_or_else(|| folder.root().join(options.file_name()));
        made.push((path, bytes));
    }
    for (path, bytes) in made {
        if path == Path::new("-") {
            let written = std::io::stdout().lock().write_all(&bytes);
            written.map_err(|error| {
                CliError::failed(format!("cannot write to stdout: {error}"), "write to a file")
            })?;
            continue;
        }
        if path == folder.referat() || path == folder.closed_referat() {
            let message =
                format!("cannot export to `{}`: it is the referat itself", path.display());
            return Err(CliError::usage(message, "give another file to --output"));
        }
        artefact::write(&path, &bytes)?;
        eprintln!("wrote `{}`", path.display());
    }
    Ok(())
}

/// Returns the built-in profile of that name, or the one in that file.
fn profile(name: &str) -> Result<Profile, CliError> {
    let path = Path::new(name);
    let found = if path.extension().is_some_and(|ending| ending == "toml") {
        let bytes = artefact::read(path)?;
        Profile::parse(name, &String::from_utf8_lossy(&bytes))
    } else {
        Profile::named(name)
    };
    found.map_err(|error| {
        let tip = error.tip().unwrap_or_else(|| "mend the file at that line".to_owned());
        CliError::failed(error.to_string(), tip)
    })
}
