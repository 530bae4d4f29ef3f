//! `referat draft`: a transcript and a dagsorden become a draft.

use std::path::{Path, PathBuf};

use super::error::CliError;
use super::llm::LlmArgs;
use crate::editing::edited;
use crate::purge::receipt;
use crate::run::draft::{self, TextOutcome};
use crate::run::names::NameCorrection;
use crate::run::profile;
use crate::run::redraft::{Form, Redrafted, redraft};
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;
use referat_core::domain::language::Language;

/// Make the draft from the transcript
///
/// Writes `minutes.json` and `referat.md`. What has been edited in `referat.md` stays; where the
/// new draft differs from an edited text, its proposal stands beneath it until one of the two is
/// deleted.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder
    dir: PathBuf,
    /// Language of the meeting: da or en [default: the dagsorden's own]
    #[arg(long)]
    language: Option<Language>,
    /// Take in a referat that was exported and then edited in Word; makes no new draft
    #[arg(long, value_name = "FILE.docx")]
    edited: Option<PathBuf>,
    #[command(flatten)]
    form: FormArgs,
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
    #[command(flatten)]
    llm: LlmArgs,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let folder = MeetingFolder::open(&args.dir)?;
    match &args.edited {
        Some(file) => take_in(&folder, file, args.language),
        None => make(&folder, &args.form.resolved(&folder, args.language)?),
    }
}

impl FormArgs {
    /// Finds the house rules and the language model's server: it costs nothing to find out before
    /// long work.
    pub(super) fn resolved(
        &self,
        folder: &MeetingFolder,
        language: Option<Language>,
    ) -> Result<Form, CliError> {
        let settings = profile::settings_folder();
        let profile = profile::choose(folder, self.profile.as_deref(), settings.as_deref())?;
        let names = NameCorrection::unless(self.no_names);
        Ok(Form { profile, server: self.llm.server()?, names, language })
    }
}

/// Refuses work on a meeting of which a purge left nothing to work on, and says so.
pub(super) fn refuse_purged(folder: &MeetingFolder) -> Result<(), CliError> {
    let Some(receipt) = receipt::of_what_is_gone(folder)? else { return Ok(()) };
    let (path, at) = (folder.root().display(), &receipt.at);
    Err(CliError::failed(
        format!("cannot make a draft of `{path}`: its transcript was deleted {at}"),
        format!(
            "`{}` tells what went; change `{}` itself",
            receipt.path(folder).display(),
            folder.referat().display()
        ),
    ))
}

/// Takes a file that was edited in Word into `folder`.
fn take_in(
    folder: &MeetingFolder,
    file: &Path,
    language: Option<Language>,
) -> Result<(), CliError> {
    let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
    let bytes = artefact::read(file)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let language = match language {
        Some(language) => language,
        None if folder.agenda().exists() => draft::meeting(folder, None)?.0.language,
        None => Language::default(),
    };
    let texts = [folder.referat(), folder.closed_referat()];
    let read =
        || texts.iter().map(|path| artefact::read_if_there(path)).collect::<Result<Vec<_>, _>>();
    let before = read()?;
    let (path, merged) = edited::take_in(folder, &bytes, &name, language)?;
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

/// Makes the draft of `folder` and says where it is.
pub(super) fn make(folder: &MeetingFolder, form: &Form) -> Result<(), CliError> {
    refuse_purged(folder)?;
    for (path, what, tip) in [
        (folder.agenda(), "dagsorden", "write the dagsorden there, or use `referat new --agenda`"),
        (folder.transcript(), "transcript", "make it with `referat transcribe`"),
    ] {
        if !path.exists() {
            let message = format!("cannot make a draft: there is no {what} `{}`", path.display());
            return Err(CliError::failed(message, tip));
        }
    }
    let Redrafted { drafted, corrections, remarks } = redraft(folder, form)?;
    if !corrections.is_empty() {
        let count = corrections.len();
        eprintln!("note: {count} misheard names were put right; what was heard is kept");
    }
    for remark in remarks.iter().chain(&drafted.remarks) {
        eprintln!("note: {remark}");
    }
    let referat = folder.referat();
    match drafted.text {
        TextOutcome::Written => eprintln!("wrote `{}`", referat.display()),
        TextOutcome::Unchanged => eprintln!("`{}` is up to date", referat.display()),
        TextOutcome::Merged => {
            eprintln!("wrote `{}`: the new draft, and all that was edited", referat.display());
            eprintln!(
                "tip: `referat history {}` lists what it was before",
                folder.root().display()
            );
        }
    }
    Ok(())
}
