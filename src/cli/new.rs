//! `referat new`: makes a meeting folder.

use std::path::{Path, PathBuf};

use super::agenda;
use super::error::CliError;
use crate::run::names;
use crate::store::artefact;
use crate::store::folder::{MeetingFolder, audio_endings, is_audio};
use referat_core::domain::language::Language;
use referat_core::domain::meeting::{Header, Meeting};
use referat_core::domain::voices::Voices;
use referat_core::remark::Remark;
use referat_document::{agenda_text, rttm};

/// Make a meeting folder
///
/// The dagsorden may be Markdown, plain text, DOCX or PDF; it is kept as `dagsorden.md`.
/// Recordings are copied into `audio/`; the originals are never changed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder to make; with a dagsorden, one that was recorded into may be there already
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
    /// Who spoke when, by voice, made elsewhere: RTTM or voices.json
    #[arg(long, value_name = "FILE")]
    voices: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    // Everything is read before anything is made: a bad path leaves nothing behind.
    let old = args.template.as_deref().map(|path| agenda::read(path, None)).transpose()?;
    let agenda = match (&args.agenda, &old) {
        (Some(path), _) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Some(referat_document::read_bytes(&artefact::read(path)?, &name)?)
        }
        (None, Some((old, _))) => Some(agenda_text::dagsorden(&old.header, old.language)),
        (None, None) => None,
    };
    let understood = agenda.as_deref().map(|text| referat_core::agenda::read_meeting(text, None).0);
    let language = understood.as_ref().map_or(Language::default(), |meeting| meeting.language);
    let transcript = match &args.transcript {
        Some(path) => Some(names::read_transcript(path, language)?),
        None => None,
    };
    let voices = args.voices.as_deref().map(read_voices).transpose()?;
    let recordings = named(&args.audio);
    for (path, name) in &recordings {
        check_recording(path, &args.dir.join("audio").join(name))?;
    }
    let folder = match agenda.is_some() && transcript.is_none() {
        true => MeetingFolder::complete(&args.dir)?,
        false => MeetingFolder::create(&args.dir)?,
    };
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
    if let Some((voices, remarks)) = &voices {
        artefact::write_json(&folder.voices(), voices)?;
        for remark in remarks {
            eprintln!("note: {remark}");
        }
    }
    for (path, name) in &recordings {
        artefact::copy(path, &folder.root().join("audio").join(name))?;
    }
    eprintln!("made `{}`", args.dir.display());
    if let (Some(path), Some(meeting)) = (&args.agenda, &understood) {
        tell_understood(path, meeting);
    }
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

/// Reads turns that were made elsewhere.
pub(super) fn read_voices(path: &Path) -> Result<(Voices, Vec<Remark>), CliError> {
    Ok(rttm::read(&artefact::read(path)?, &path.to_string_lossy())?)
}

/// Returns the recordings with the names they get: several are numbered in order.
fn named(recordings: &[PathBuf]) -> Vec<(&Path, String)> {
    let named = recordings.iter().enumerate().map(|(index, path)| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = match recordings.len() {
            1 => name.into_owned(),
            _ => format!("{:02}-{name}", index + 1),
        };
        (path.as_path(), name)
    });
    named.collect()
}

/// Refuses what cannot be copied to `to` as a recording.
fn check_recording(path: &Path, to: &Path) -> Result<(), CliError> {
    let (from, there) = (path.display(), to.display());
    if !path.is_file() {
        return Err(CliError::failed(
            format!("cannot read `{from}`: it is not a file"),
            "check the path",
        ));
    }
    if !is_audio(path) {
        return Err(CliError::failed(
            format!("cannot take `{from}` for a recording: no recording's name ends so"),
            format!("names end in {}; make it one: `ffmpeg -i FILE FILE.wav`", audio_endings()),
        ));
    }
    if to.exists() {
        return Err(CliError::failed(
            format!("cannot copy `{from}`: `{there}` is there already"),
            "give the recording another name",
        ));
    }
    Ok(())
}

/// Says how much was understood of the dagsorden.
fn tell_understood(path: &Path, meeting: &Meeting) {
    let people = meeting.header.everybody().count();
    match meeting.agenda.items.len() {
        0 => eprintln!(
            "note: no items were found in `{0}`: one is a line such as `1. Velkomst`; \
             `referat agenda {0}` tells what is understood",
            path.display()
        ),
        items => eprintln!("note: understood {}", counted(items, people)),
    }
}

/// Returns two numbers with what they count.
fn counted(items: usize, people: usize) -> String {
    let items = if items == 1 { "1 item".to_owned() } else { format!("{items} items") };
    let people =
        if people == 1 { "1 participant".to_owned() } else { format!("{people} participants") };
    format!("{items} and {people}")
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
