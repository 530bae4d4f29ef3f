//! `referat transcribe`: recordings become transcripts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::decoder::Decoder;
use super::error::CliError;
use super::progress::{Bar, BatchPlace, spoken};
use super::{record_words, watch, weights};
use crate::recorder::{recover, timeline};
use crate::run::batch::{BatchOrder, Counts, HEADING, Outcome, claimed_length};
use crate::run::names::NameCorrection;
use crate::run::progress::Progress;
use crate::run::transcribe::{Job, transcribe};
use crate::run::{draft, words};
use crate::speech::prompt::Prompt;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::{MeetingFolder, audio_files};
use crate::store::lock::Lock;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::transcript::Transcript;
use referat_document::subtitles;
use referat_weights::library::{InstalledModel, Library};

/// Transcribe recordings
///
/// Each of PATHS is a recording, a meeting folder, or a folder of recordings. A meeting folder
/// gets its `transcript.json` in place; a recording `NAME.wav` gets `NAME/transcript.json`
/// beside it. A run that was stopped continues where it was. With several recordings a table of
/// what became of each is printed at the end.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Recordings, meeting folders, or folders of recordings
    #[arg(required_unless_present = "watch")]
    pub(super) paths: Vec<PathBuf>,
    /// Model to use [default: the best one installed for the language]
    #[arg(long)]
    model: Option<String>,
    /// Language spoken: da or en [default: the meeting's own, else da]
    #[arg(long)]
    language: Option<Language>,
    /// Folder to write to; with several recordings, one folder each inside it
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Windows decoded at a time [default: as many as the machine has cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Which of several recordings come first: name, shortest or longest
    #[arg(long, default_value = "name")]
    order: BatchOrder,
    /// Transcribe what lies in this folder and whatever comes into it, until Ctrl-C
    #[arg(long, value_name = "DIR")]
    pub(super) watch: Option<PathBuf>,
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
    /// Leave misheard names of participants as they were heard
    #[arg(long)]
    no_names: bool,
}

/// One transcript to be made.
pub(super) struct TranscribeTask {
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
    pub(super) names: Option<(Meeting, NameCorrection)>,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let mut decoder = Decoder::new(args.jobs.map(usize::from))?;
    let mut failed = 0;
    if !args.paths.is_empty() {
        failed += all(tasks(&args)?, &args, &mut decoder)?;
    }
    if let Some(folder) = &args.watch {
        failed += watch::watch(folder, &args, &mut decoder)?;
    }
    match failed {
        0 => Ok(()),
        n => Err(CliError::failed(
            format!("cannot transcribe {n} of the recordings: see above"),
            "run the same command again after mending them: what is done is not done again",
        )),
    }
}

/// Does `tasks` one after another and returns how many failed; of several a broken one never
/// stops the others.
pub(super) fn all(
    tasks: Vec<TranscribeTask>,
    args: &Args,
    decoder: &mut Decoder,
) -> Result<usize, CliError> {
    let mut tasks: Vec<(TranscribeTask, Duration)> = tasks
        .into_iter()
        .map(|task| {
            let length = task.recordings.iter().map(|(path, _)| claimed_length(path)).sum();
            (task, length)
        })
        .collect();
    args.order.sort(&mut tasks, |(task, length)| (task.name(), *length));
    let total: Duration = tasks.iter().map(|(_, length)| *length).sum();
    if total >= LONG
        && let Some((task, _)) = tasks.first()
    {
        let model = decoder.model(args.model.as_deref(), task.language)?;
        let time = total.mul_f64(decoder.measure(&model, task.language)?);
        eprintln!("{} of sound: about {} on this machine", spoken(total), spoken(time));
    }
    let count = tasks.len();
    let mut outcomes = Vec::new();
    let mut to_come = total;
    for (index, (task, length)) in tasks.into_iter().enumerate() {
        to_come = to_come.saturating_sub(length);
        let place = (count > 1).then_some(BatchPlace { number: index + 1, of: count, to_come });
        let bar = Bar::new(decoder.stop(), place);
        let began = Instant::now();
        let done = one(&task, args, decoder, &bar);
        let result = match done {
            Ok(transcript) => Ok(Counts::of(&transcript)),
            Err(error) if count > 1 && !decoder.stop().is_pressed() => {
                error.print();
                Err(error.to_string())
            }
            Err(error) => return Err(error),
        };
        outcomes.push(Outcome { file: task.name(), length, took: began.elapsed(), result });
    }
    if count > 1 {
        eprintln!("{HEADING}");
        for outcome in &outcomes {
            eprintln!("{outcome}");
        }
    }
    Ok(outcomes.iter().filter(|outcome| outcome.result.is_err()).count())
}

/// The time of so much sound is told before the work begins.
const LONG: Duration = Duration::from_secs(600);

impl TranscribeTask {
    /// Returns the name of the meeting or of its recording.
    fn name(&self) -> String {
        let path = match &self.recordings[..] {
            [(path, _)] => path,
            _ => &self.output,
        };
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

fn one(
    task: &TranscribeTask,
    args: &Args,
    decoder: &mut Decoder,
    bar: &Bar,
) -> Result<Transcript, CliError> {
    let model = decoder.model(args.model.as_deref(), task.language)?;
    let transcript = make(task, &model, decoder, bar)?;
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
    Ok(transcript)
}

/// Makes the transcript of `task` with `model`, writes and returns it.
pub(super) fn make(
    task: &TranscribeTask,
    model: &InstalledModel,
    decoder: &mut Decoder,
    progress: &dyn Progress,
) -> Result<Transcript, CliError> {
    let internal = task.output.join(".referat");
    let _lock = Lock::take(&internal.join("lock"), &task.output)?;
    let _held = Library::open()?.hold(model)?;
    let job = Job {
        recordings: task.recordings.clone(),
        offsets: task.offsets.clone(),
        journals: internal.join("journal"),
        model: weights::reference(model),
        language: task.language,
        decoding: weights::decode_options(model),
        prompt: task.prompt.clone(),
        detector: weights::speech_detector()?,
    };
    let mut transcript = transcribe(&job, decoder.lanes(model, task.language)?, progress)?;
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
    if !transcript.flagged.is_empty() {
        let count = transcript.flagged.len();
        eprintln!("note: {count} stretches did not come out well; they are listed under `flagged`");
    }
    eprintln!("wrote `{}`", path.display());
    Ok(transcript)
}

/// Returns the task of a meeting folder.
pub(super) fn of_meeting(
    folder: &MeetingFolder,
    language: Option<Language>,
    output: Option<&Path>,
    names: NameCorrection,
) -> Result<TranscribeTask, CliError> {
    for one in recover::recover_if_open(folder)? {
        eprintln!("note: {}", record_words::recovered(&one));
    }
    let recordings = timeline::current(folder, folder.recordings()?)?;
    let (language, prompt, names) = if folder.agenda().exists() {
        let (meeting, _) = draft::meeting(folder, language)?;
        let prompt = match names {
            NameCorrection::Right => words::prompt(&meeting),
            NameCorrection::Heard => Prompt::default(),
        };
        (meeting.language, prompt, Some((meeting, names)))
    } else {
        (language.unwrap_or_default(), Prompt::default(), None)
    };
    let named = recordings.into_iter().map(|path| {
        let name = folder.relative(&path);
        (path, name)
    });
    Ok(TranscribeTask {
        recordings: named.collect(),
        offsets: timeline::offsets(folder)?,
        output: output.unwrap_or(folder.root()).to_owned(),
        language,
        prompt,
        names,
    })
}

fn tasks(args: &Args) -> Result<Vec<TranscribeTask>, CliError> {
    let mut meetings = Vec::new();
    let mut files = Vec::new();
    for path in &args.paths {
        let about = std::fs::metadata(path)
            .map_err(|source| StoreError::Read { path: path.clone(), source })?;
        if !about.is_dir() {
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
            NameCorrection::unless(args.no_names),
        )?);
    }
    for path in files {
        tasks.push(of_file(path, several, args));
    }
    Ok(tasks)
}

/// Returns the task of a recording that stands alone.
pub(super) fn of_file(path: PathBuf, several: bool, args: &Args) -> TranscribeTask {
    let stem = path.file_stem().unwrap_or_default();
    let output = match &args.output {
        Some(output) if several => output.join(stem),
        Some(output) => output.clone(),
        None => path.with_file_name(stem),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    TranscribeTask {
        recordings: vec![(path, name)],
        offsets: BTreeMap::new(),
        output,
        language: args.language.unwrap_or_default(),
        prompt: Prompt::default(),
        names: None,
    }
}
