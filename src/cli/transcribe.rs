//! `referat transcribe`: recordings become transcripts.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::error::CliError;
use super::length::spoken;
use super::progress::{Bar, BatchPlace};
use super::{ctrl_c, watch};
use crate::run::batch::{BatchOrder, Counts, HEADING, Outcome, claimed_length};
use crate::run::decoder::Decoder;
use crate::run::line;
use crate::run::names::NameCorrection;
use crate::run::own_words::OwnWords;
use crate::run::resolve::RunRequest;
use crate::run::settings::{FrozenFile, RunSettings};
use crate::run::stop::Stop;
use crate::run::task::TranscribeTask;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::{MeetingFolder, audio_files};
use referat_core::domain::language::Language;
use referat_core::domain::transcript::Transcript;
use referat_core::language::words::Vocabulary;
use referat_document::subtitles;
use referat_files::folders;

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
    /// Windows decoded at a time [default: as many as the machine has cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Which of several recordings come first: name, shortest or longest
    #[arg(long, default_value = "name")]
    order: BatchOrder,
    /// Transcribe what lies in this folder and whatever comes into it, until Ctrl-C
    #[arg(long, value_name = "DIR")]
    watch: Option<PathBuf>,
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

/// Runs the command.
pub(super) fn run(args: Args, words: Option<FrozenFile>) -> Result<(), CliError> {
    let stop = Stop::default();
    ctrl_c::watch(&stop)?;
    let mut decoder = Decoder::new(args.jobs.map(usize::from), stop);
    let watched = OwnWords::new(words.clone(), folders::settings()).vocabulary()?;
    let mut failed = 0;
    if !args.paths.is_empty() {
        failed += all(tasks(&args, words)?, &args, &mut decoder)?;
    }
    if let Some(folder) = &args.watch {
        failed += watch::watch(folder, &decoder.stop(), |path| {
            let task = of_file(path, true, &args, watched.clone());
            match task.transcript().exists() {
                true => Ok(()),
                false => all(vec![task], &args, &mut decoder).map(drop),
            }
        })?;
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
fn all(tasks: Vec<TranscribeTask>, args: &Args, decoder: &mut Decoder) -> Result<usize, CliError> {
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
        let model = decoder.model(&task.model, &Bar::new(decoder.stop(), None))?;
        let time = total.mul_f64(decoder.measure(&model, task.language())?);
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

fn one(
    task: &TranscribeTask,
    args: &Args,
    decoder: &mut Decoder,
    bar: &Bar,
) -> Result<Transcript, CliError> {
    let transcript = line::transcript(task, decoder, bar)?;
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

fn tasks(args: &Args, words: Option<FrozenFile>) -> Result<Vec<TranscribeTask>, CliError> {
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
    let own = OwnWords::new(None, folders::settings());
    let vocabulary = own.asked(words.clone())?;
    let asked = args.settings(words);
    let request = RunRequest { asked, words: own, ..RunRequest::default() };
    let notes = Bar::new(Stop::default(), None);
    let mut tasks = Vec::new();
    for folder in meetings {
        let output = args.output.as_ref().map(|output| match several {
            true => output.join(folder.root().file_name().unwrap_or_default()),
            false => output.clone(),
        });
        tasks.push(TranscribeTask::of_meeting(&folder, &request, output.as_deref(), &notes)?);
    }
    for path in files {
        tasks.push(of_file(path, several, args, vocabulary.clone()));
    }
    Ok(tasks)
}

/// Returns the task of a recording that stands alone.
fn of_file(path: PathBuf, several: bool, args: &Args, words: Vocabulary) -> TranscribeTask {
    TranscribeTask::of_file(path, &args.settings(None), args.output.as_deref(), several, words)
}

impl Args {
    /// Returns what is asked for.
    fn settings(&self, words: Option<FrozenFile>) -> RunSettings {
        RunSettings {
            language: self.language,
            model: self.model.clone(),
            names: self.no_names.then_some(NameCorrection::Heard),
            words,
            ..RunSettings::default()
        }
    }
}
