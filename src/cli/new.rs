//! `referat new`: makes a meeting folder.

use std::path::{Path, PathBuf};

use super::agenda;
use super::error::CliError;
use crate::import;
use crate::model::language::Language;
use crate::model::meeting::Header;
use crate::pipeline::names;
use crate::render::template;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;

/// Make a meeting folder
///
/// The dagsorden may be Markdown, plain text, DOCX or PDF; it is kept as `dagsorden.md`.
/// Recordings are copied into `audio/`; the originals are never changed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder to make; it must not exist or be empty
    dir: PathBuf,
    /// The meeting's dagsorden
    #[arg(long, value_name = "FILE")]
    agenda: Option<PathBuf>,
    /// An earlier referat or dagsorden, whose header and participants begin this `dagsorden.md`
    #[arg(long, value_name = "OLD", conflicts_with = "agenda")]
    template: Option<PathBuf>,
    /// A recording of the meeting; may be given several times, in order
    #[arg(long, value_name = "FILE")]
    audio: Vec<PathBuf>,
    /// A transcript made elsewhere: JSON of whisper.cpp or WhisperX, SRT or VTT
    #[arg(long, value_name = "FILE")]
    transcript: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    // Everything is read before anything is made: a bad path leaves nothing behind.
    let old = args.template.as_deref().map(|path| agenda::read(path, None)).transpose()?;
    let agenda = match (&args.agenda, &old) {
        (Some(path), _) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Some(import::read_bytes(&artefact::read(path)?, &name)?)
        }
        (None, Some((old, _))) => Some(template::dagsorden(&old.header, old.language)),
        (None, None) => None,
    };
    let language = agenda
        .as_deref()
        .map_or(Language::default(), |text| import::agenda::read_meeting(text, None).0.language);
    let transcript = match &args.transcript {
        Some(path) => Some(names::read_transcript(path, language)?),
        None => None,
    };
    for path in &args.audio {
        if !path.is_file() {
            return Err(CliError::failed(
                format!("cannot read `{}`: it is not a file", path.display()),
                "check the path",
            ));
        }
    }
    let folder = MeetingFolder::create(&args.dir)?;
    if let Some(text) = agenda {
        artefact::write(&folder.agenda(), text.as_bytes())?;
    }
    if let (Some((transcript, remarks)), Some(path)) = (&transcript, &args.transcript) {
        artefact::copy(path, &folder.internal(names::ORIGINAL))?;
        artefact::write_json(&folder.transcript(), transcript)?;
        for remark in remarks {
            eprintln!("note: {remark}");
        }
    }
    for (index, path) in args.audio.iter().enumerate() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = match args.audio.len() {
            1 => name.into_owned(),
            _ => format!("{:02}-{name}", index + 1),
        };
        artefact::copy(path, &folder.root().join("audio").join(name))?;
    }
    eprintln!("made `{}`", args.dir.display());
    if let (Some(path), Some((old, _))) = (&args.template, &old) {
        taken_over(path, &old.header);
        eprintln!("tip: write the day and the items into `{}`", folder.agenda().display());
        return Ok(());
    }
    match (args.agenda.is_some(), args.audio.is_empty() && transcript.is_none()) {
        (false, _) => eprintln!("tip: write the dagsorden to `{}`", folder.agenda().display()),
        (true, true) => {
            eprintln!("tip: put the recording into `{}`", folder.root().join("audio").display());
        }
        (true, false) => {
            eprintln!("tip: make the draft with `referat run {}`", args.dir.display());
        }
    }
    Ok(())
}

/// Says what the template gave, and what it did not.
fn taken_over(path: &Path, old: &Header) {
    let people = old.attending().count();
    let path = path.display();
    eprintln!(
        "note: took the header and {people} participants from `{path}`, not its day and items"
    );
    if !old.absent.is_empty() {
        let absent: Vec<&str> = old.absent.iter().map(|person| person.name.as_str()).collect();
        eprintln!("note: left out those who sent apologies then: {}", absent.join(", "));
    }
}
