//! `referat draft`: a transcript and a dagsorden become a draft.

use std::path::{Path, PathBuf};

use super::error::CliError;
use super::llm::LlmArgs;
use super::progress::Bar;
use crate::editing::edited;
use crate::run::names::NameCorrection;
use crate::run::own_words::OwnWords;
use crate::run::resolve::{MeetingRun, RunRequest};
use crate::run::settings::{FrozenFile, RunSettings};
use crate::run::stage::Stages;
use crate::run::stop::Stop;
use crate::run::{begun, draft, line, profile, voices};
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;
use referat_core::domain::language::Language;
use referat_core::language::words::Vocabulary;
use referat_files::folders;

/// Make the draft from the transcript
///
/// Writes `minutes.json` and `referat.md`. What has been edited in `referat.md` stays; where the
/// new draft differs from an edited text, its proposal stands beneath it until one of the two is
/// deleted.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder
    pub(super) dir: PathBuf,
    /// Language of the meeting: da or en [default: the dagsorden's own]
    #[arg(long)]
    language: Option<Language>,
    /// Take in a referat that was exported and then edited in Word; makes no new draft
    #[arg(long, value_name = "FILE.docx")]
    edited: Option<PathBuf>,
    /// Who spoke when, by voice, made elsewhere: RTTM or voices.json; kept in the meeting's folder
    #[arg(long, value_name = "FILE", conflicts_with = "edited")]
    voices: Option<PathBuf>,
    #[command(flatten)]
    pub(super) form: FormArgs,
}

/// How a draft is written.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct FormArgs {
    /// House rules: kredsraad, kommune, bestyrelse, english, one of your own, or a TOML file
    /// [default: `profil.toml` beside the meeting or above it, else kredsraad]
    #[arg(long, value_name = "NAME|FILE")]
    profile: Option<String>,
    /// Leave misheard names of participants as they were heard
    #[arg(long)]
    no_names: bool,
    /// Forget the options of the meeting's earlier runs, which hold until others are given
    #[arg(long)]
    defaults: bool,
    #[command(flatten)]
    llm: LlmArgs,
}

/// Runs the command.
pub(super) fn run(args: Args, words: Option<FrozenFile>, own: &OwnWords) -> Result<(), CliError> {
    let folder = MeetingFolder::open(&args.dir)?;
    if let Some(file) = &args.edited {
        return take_in(&folder, file, args.language, &own.of(&folder)?);
    }
    if let Some(file) = &args.voices {
        let (told, remarks) = begun::voices(file)?;
        remarks.iter().for_each(|remark| eprintln!("note: {remark}"));
        artefact::write_json(&folder.voices(), &told)?;
        // They are not the program's own any more.
        Stages::read(&folder)?.forget(&folder, voices::STAGE)?;
    }
    let request = args.form.request(RunSettings {
        language: args.language,
        words,
        ..RunSettings::default()
    })?;
    let run = resolved(folder, &request)?;
    line::draft(&run, &Bar::new(Stop::default(), None))?;
    Ok(())
}

/// Resolves a run and says what it goes without.
pub(super) fn resolved(
    folder: MeetingFolder,
    request: &RunRequest,
) -> Result<MeetingRun, CliError> {
    let run = MeetingRun::resolve(folder, request)?;
    if let Some(error) = &run.server_left {
        eprintln!("note: {error}; the draft is made without it");
        eprintln!("tip: {}", error.tip());
    }
    Ok(run)
}

impl FormArgs {
    /// Returns what is asked for, with `more`.
    pub(super) fn request(&self, more: RunSettings) -> Result<RunRequest, CliError> {
        let asked = RunSettings {
            profile: self.profile.as_deref().map(profile::choice).transpose()?,
            names: self.no_names.then_some(NameCorrection::Heard),
            llm: self.llm.choice(),
            ..more
        };
        let settings = folders::settings();
        let words = OwnWords::new(None, settings.clone());
        Ok(RunRequest { asked, forget: self.defaults, settings, words, ..RunRequest::default() })
    }
}

/// Takes a file that was edited in Word into `folder`.
fn take_in(
    folder: &MeetingFolder,
    file: &Path,
    language: Option<Language>,
    words: &Vocabulary,
) -> Result<(), CliError> {
    let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
    let bytes = artefact::read(file)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let language = match language {
        Some(language) => language,
        None if folder.agenda().exists() => draft::meeting(folder, None, words)?.0.language,
        None => Language::default(),
    };
    let texts = [folder.referat(), folder.closed_referat()];
    let read =
        || texts.iter().map(|path| artefact::read_if_there(path)).collect::<Result<Vec<_>, _>>();
    let before = read()?;
    let (path, merged) = edited::take_in(folder, &bytes, &name, words.of(language))?;
    for remark in &merged.remarks {
        eprintln!("note: {remark}");
    }
    let path = folder.root().join(path);
    match before == read()? {
        true => eprintln!("`{}` stays as it is: `{name}` holds nothing new", path.display()),
        false => eprintln!("wrote `{}`: with what was edited in `{name}`", path.display()),
    }
    Ok(())
}
