//! `referat draft`: a transcript and a dagsorden become a draft.

use std::path::PathBuf;

use super::error::CliError;
use crate::model::language::Language;
use crate::pipeline::draft::{self, PROPOSAL, Text};
use crate::pipeline::names::{self, Names};
use crate::render::profile::Profile;
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;

/// Make the draft from the transcript
///
/// Writes `minutes.json` and `referat.md`. A `referat.md` that has been edited is left alone.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder
    dir: PathBuf,
    /// Language of the referat: da or en [default: the dagsorden's own]
    #[arg(long)]
    language: Option<Language>,
    /// Leave misheard names as they were heard
    #[arg(long)]
    no_names: bool,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    make(&MeetingFolder::open(&args.dir)?, args.language, Names::unless(args.no_names))
}

/// Makes the draft of `folder` and says where it is.
pub(super) fn make(
    folder: &MeetingFolder,
    language: Option<Language>,
    names: Names,
) -> Result<(), CliError> {
    let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
    for (path, what, tip) in [
        (folder.agenda(), "dagsorden", "write the dagsorden there, or use `referat new --agenda`"),
        (folder.transcript(), "transcript", "make it with `referat transcribe`"),
    ] {
        if !path.exists() {
            let message = format!("cannot make a draft: there is no {what} `{}`", path.display());
            return Err(CliError::failed(message, tip));
        }
    }
    let (meeting, _) = draft::meeting(folder, language)?;
    let (corrections, remarks) = names::settle(folder, &meeting, names)?;
    if !corrections.is_empty() {
        let count = corrections.len();
        eprintln!("note: {count} misheard names were put right; what was heard is kept");
    }
    for remark in remarks {
        eprintln!("note: {remark}");
    }
    let drafted = draft::draft(folder, language, &Profile::default())?;
    for remark in &drafted.remarks {
        eprintln!("note: {remark}");
    }
    let referat = folder.referat();
    match drafted.text {
        Text::Written => eprintln!("wrote `{}`", referat.display()),
        Text::Unchanged => eprintln!("`{}` is up to date", referat.display()),
        Text::Beside => {
            let proposal = folder.internal(PROPOSAL);
            eprintln!("`{}` has been edited and is left alone", referat.display());
            eprintln!("tip: the new draft is `{}`", proposal.display());
        }
    }
    Ok(())
}
