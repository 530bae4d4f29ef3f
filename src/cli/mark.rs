//! `referat mark` and `referat stop`: to the recorder, from another terminal.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::CliError;
use crate::recorder::request::{self, RecorderReply, RecorderRequest, RequestError};
use crate::store::folder::MeetingFolder;
use referat_core::domain::mark::MarkKind;

/// Mark something in a running recording
///
/// The mark lands where the recording is at this moment and is hard evidence for the draft.
#[derive(Debug, clap::Args)]
pub(super) struct MarkArgs {
    /// The meeting's folder
    dir: PathBuf,
    #[command(flatten)]
    what: What,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct What {
    /// The item with this number begins; a closed item stops the recording until the next one
    #[arg(long, value_name = "NUMBER")]
    item: Option<String>,
    /// A decision is being made
    #[arg(long)]
    decision: bool,
    /// A task is being given
    #[arg(long)]
    action: bool,
    /// A note in your own words
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Pause the recording
    #[arg(long)]
    pause: bool,
    /// Go on recording after a pause or behind closed doors
    #[arg(long)]
    resume: bool,
    /// What follows is behind closed doors: stop recording until `--resume` or the next item
    #[arg(long)]
    closed: bool,
}

impl What {
    fn kind(self) -> MarkKind {
        match self {
            Self { item: Some(item), .. } => MarkKind::Item { item },
            Self { note: Some(text), .. } => MarkKind::Note { text },
            Self { decision: true, .. } => MarkKind::Decision,
            Self { action: true, .. } => MarkKind::Action,
            Self { pause: true, .. } => MarkKind::Pause,
            Self { resume: true, .. } => MarkKind::Resume,
            // The group asks for one of them.
            _ => MarkKind::Closed,
        }
    }
}

/// Stop a running recording
///
/// Returns when its files are ended.
#[derive(Debug, clap::Args)]
pub(super) struct StopArgs {
    /// The meeting's folder
    dir: PathBuf,
}

/// Runs `referat mark`.
pub(super) fn mark(args: MarkArgs) -> Result<(), CliError> {
    let kind = args.what.kind();
    let what = super::record_words::mark(&kind);
    let at = ask(&args.dir, &RecorderRequest::Mark(kind))?;
    eprintln!("{what} at {at}");
    Ok(())
}

/// Runs `referat stop`.
pub(super) fn stop(args: StopArgs) -> Result<(), CliError> {
    const PATIENCE: Duration = Duration::from_secs(60);
    let at = ask(&args.dir, &RecorderRequest::Stop)?;
    if !request::wait_until_ended(&MeetingFolder::open(&args.dir)?, PATIENCE)? {
        return Err(CliError::failed(
            format!("cannot see the recording in `{}` end: it was asked to", args.dir.display()),
            "look at the terminal that records",
        ));
    }
    eprintln!("stopped at {at}");
    Ok(())
}

fn ask(dir: &Path, request: &RecorderRequest) -> Result<referat_core::time::Timestamp, CliError> {
    let folder = MeetingFolder::open(dir)?;
    let failed = |error: RequestError| match error {
        RequestError::Store(error) => CliError::from(error),
        RequestError::NotRecording(_) => {
            let tip = match request {
                RecorderRequest::Stop => "name the folder that is being recorded into".to_owned(),
                _ => format!("begin a recording with `referat record {}`", dir.display()),
            };
            CliError::failed(error.to_string(), tip)
        }
        RequestError::Silent(_) => {
            CliError::failed(error.to_string(), "look at the terminal that records")
        }
    };
    match request::ask(&folder, request).map_err(failed)? {
        RecorderReply::Done { at_ms } => Ok(at_ms),
        RecorderReply::Reading(reading) => Ok(reading.position_ms),
        RecorderReply::Refused { why } => Err(CliError::failed(
            format!("cannot mark the recording in `{}`: {why}", dir.display()),
            "see `referat mark --help`, and the dagsorden for its items",
        )),
    }
}
