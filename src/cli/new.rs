//! `referat new`: makes a meeting folder.

use std::path::{Path, PathBuf};

use super::agenda;
use super::error::CliError;
use crate::run::begun::{BeginningFiles, MeetingBeginning};
use crate::run::own_words::OwnWords;
use crate::store::artefact;
use crate::store::folder::{audio_endings, is_audio};
use referat_core::domain::meeting::{Header, Meeting};
use referat_document::agenda_text;

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
pub(super) fn run(args: Args, own: &OwnWords) -> Result<(), CliError> {
    // Everything is read before anything is made: a bad path leaves nothing behind.
    let words = own.vocabulary()?;
    let old = args.template.as_deref().map(|path| agenda::read(path, None, &words)).transpose()?;
    let text =
        old.as_ref().map(|(old, _)| agenda_text::dagsorden(&old.header, words.of(old.language)));
    let files = BeginningFiles {
        agenda: args.agenda.clone(),
        transcript: args.transcript.clone(),
        voices: args.voices.clone(),
    };
    let begun = MeetingBeginning::read(&files, text, &words)?;
    let recordings = named(&args.audio);
    for (path, name) in &recordings {
        check_recording(path, &args.dir.join("audio").join(name))?;
    }
    let folder = begun.make(&args.dir)?;
    for remark in &begun.remarks {
        eprintln!("note: {remark}");
    }
    for (path, name) in &recordings {
        artefact::copy(path, &folder.root().join("audio").join(name))?;
    }
    eprintln!("made `{}`", args.dir.display());
    if let (Some(path), Some(meeting)) = (&args.agenda, &begun.understood) {
        tell_understood(path, meeting);
    }
    if let (Some(path), Some((old, _))) = (&args.template, &old) {
        taken_over(path, &old.header);
        eprintln!("tip: write the day and the items into `{}`", folder.agenda().display());
        return Ok(());
    }
    match (args.agenda.is_some(), args.audio.is_empty() && !begun.has_transcript()) {
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
