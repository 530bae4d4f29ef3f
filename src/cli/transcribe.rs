//! `referat transcribe`: recordings become transcripts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::CliError;
use super::progress::Bar;
use super::record_words;
use super::weights;
use crate::asr::prompt::Prompt;
use crate::model::language::Language;
use crate::model::meeting::Meeting;
use crate::model::transcript::Transcript;
use crate::models::library::{InstalledModel, Library};
use crate::pipeline::names::Names;
use crate::pipeline::recording::timeline;
use crate::pipeline::transcribe::{Job, transcribe};
use crate::pipeline::{draft, words};
use crate::render::subtitles;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::{MeetingFolder, audio_files};
use crate::store::lock::Lock;

/// Transcribe recordings
///
/// PATH is a recording, a meeting folder, or a folder of recordings. A meeting folder gets
/// its `transcript.json` in place; a recording `NAME.wav` gets `NAME/transcript.json` beside
/// it. A run that was stopped continues where it was.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Recordings, meeting folders, or folders of recordings
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Model to use [default: the best one installed for the language]
    #[arg(long)]
    model: Option<String>,
    /// Language spoken: da or en [default: the meeting's own, else da]
    #[arg(long)]
    language: Option<Language>,
    /// Folder to write to; with several recordings, one folder each inside it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Also write transcript.srt
    #[arg(long)]
    srt: bool,
    /// Also write transcript.vtt
    #[arg(long)]
    vtt: bool,
    /// Also write transcript.words.vtt, with the time of every word
    #[arg(long)]
    vtt_words: bool,
    /// Also write transcript.txt
    #[arg(long)]
    txt: bool,
    /// Do not help the names of the participants: neither while decoding nor after it
    #[arg(long)]
    no_names: bool,
}

/// One transcript to be made.
pub(super) struct Task {
    /// The recordings, in order, with the names they have in the transcript.
    pub(super) recordings: Vec<(PathBuf, String)>,
    /// Places of those that our own recorder made.
    pub(super) offsets: BTreeMap<String, Duration>,
    /// Folder that the transcript and the journal are written to.
    pub(super) output: PathBuf,
    /// The language spoken.
    pub(super) language: Language,
    /// Words to expect.
    pub(super) prompt: Prompt,
    /// The meeting whose names are put right, and whether they are.
    pub(super) names: Option<(Meeting, Names)>,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let tasks = tasks(&args)?;
    let several = tasks.len() > 1;
    let mut failed = 0;
    for task in tasks {
        match one(&task, &args) {
            Ok(()) => {}
            // A broken recording never stops the others.
            Err(error) if several => {
                error.print();
                failed += 1;
            }
            Err(error) => return Err(error),
        }
    }
    match failed {
        0 => Ok(()),
        n => Err(CliError::failed(
            format!("cannot transcribe {n} of the recordings: see above"),
            "run the same command again after mending them: what is done is not done again",
        )),
    }
}

fn one(task: &Task, args: &Args) -> Result<(), CliError> {
    let model = weights::choose(args.model.as_deref(), task.language)?;
    let transcript = make(task, &model)?;
    for (wanted, ending, text) in [
        (args.srt, "srt", subtitles::srt as fn(&_) -> String),
        (args.vtt, "vtt", subtitles::vtt),
        (args.vtt_words, "words.vtt", subtitles::vtt_words),
        (args.txt, "txt", subtitles::txt),
    ] {
        if wanted {
            let path = task.output.join("transcript").with_extension(ending);
            artefact::write(&path, text(&transcript.segments).as_bytes())?;
        }
    }
    Ok(())
}

/// Makes the transcript of `task` with `model`, writes and returns it.
pub(super) fn make(task: &Task, model: &InstalledModel) -> Result<Transcript, CliError> {
    let internal = task.output.join(".referat");
    let _lock = Lock::take(&internal.join("lock"), &task.output)?;
    let _held = Library::open()?.hold(model)?;
    let job = Job {
        recordings: task.recordings.clone(),
        offsets: task.offsets.clone(),
        journals: internal.join("journal"),
        model: weights::reference(model),
        language: task.language,
        prompt: task.prompt.clone(),
        ears: weights::ears()?,
    };
    let mut transcript = transcribe(&job, weights::lanes(model, task.language), &Bar::default())?;
    if let Some((meeting, names)) = &task.names {
        names.settle(&mut transcript, meeting);
    }
    let path = task.output.join("transcript.json");
    artefact::write_json(&path, &transcript)?;
    if transcript.segments.is_empty() {
        eprintln!("note: no speech was found in `{}`", task.recordings[0].0.display());
    }
    if !transcript.removed.is_empty() {
        let count = transcript.removed.len();
        eprintln!(
            "note: {count} passages were taken out as not spoken; they are listed under `removed`"
        );
    }
    eprintln!("wrote `{}`", path.display());
    Ok(transcript)
}

/// Returns the task of a meeting folder.
pub(super) fn of_meeting(
    folder: &MeetingFolder,
    language: Option<Language>,
    output: Option<&Path>,
    names: Names,
) -> Result<Task, CliError> {
    for one in timeline::settle(folder)? {
        eprintln!("note: {}", record_words::recovered(&one));
    }
    let recordings = timeline::current(folder, folder.recordings()?)?;
    let (language, prompt, names) = if folder.agenda().exists() {
        let (meeting, _) = draft::meeting(folder, language)?;
        let prompt = match names {
            Names::Right => words::prompt(&meeting),
            Names::Heard => Prompt::default(),
        };
        (meeting.language, prompt, Some((meeting, names)))
    } else {
        (language.unwrap_or_default(), Prompt::default(), None)
    };
    let named = recordings.into_iter().map(|path| {
        let name = folder.relative(&path);
        (path, name)
    });
    Ok(Task {
        recordings: named.collect(),
        offsets: timeline::offsets(folder)?,
        output: output.unwrap_or(folder.root()).to_owned(),
        language,
        prompt,
        names,
    })
}

fn tasks(args: &Args) -> Result<Vec<Task>, CliError> {
    let mut meetings = Vec::new();
    let mut files = Vec::new();
    for path in &args.paths {
        if !path.exists() {
            return Err(StoreError::Read {
                path: path.clone(),
                source: std::io::Error::from(std::io::ErrorKind::NotFound),
            }
            .into());
        }
        if !path.is_dir() {
            files.push(path.clone());
        } else if path.join("audio").is_dir() || path.join("dagsorden.md").exists() {
            meetings.push(MeetingFolder::open(path)?);
        } else {
            let found = audio_files(path)?;
            if found.is_empty() {
                return Err(StoreError::NoRecording { path: path.clone() }.into());
            }
            files.extend(found);
        }
    }
    let several = meetings.len() + files.len() > 1;
    let mut tasks = Vec::new();
    for folder in meetings {
        let output = args.output.as_ref().map(|output| match several {
            true => output.join(folder.root().file_name().unwrap_or_default()),
            false => output.clone(),
        });
        tasks.push(of_meeting(
            &folder,
            args.language,
            output.as_deref(),
            Names::unless(args.no_names),
        )?);
    }
    for path in files {
        let stem = path.file_stem().unwrap_or_default();
        let output = match &args.output {
            Some(output) if several => output.join(stem),
            Some(output) => output.clone(),
            None => path.with_file_name(stem),
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        tasks.push(Task {
            recordings: vec![(path, name)],
            offsets: BTreeMap::new(),
            output,
            language: args.language.unwrap_or_default(),
            prompt: Prompt::default(),
            names: None,
        });
    }
    Ok(tasks)
}
