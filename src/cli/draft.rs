//! `referat draft`: a transcript and a dagsorden become a draft.

use std::path::PathBuf;

use super::error::CliError;
use crate::model::language::Language;
use crate::pipeline::draft::{self, Text};
use crate::render::profile::Profile;
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;

/// Make the draft from the transcript
///
/// Writes `minutes.json` and `referat.md`. What has been edited in `referat.md` stays; where the
/// new draft differs from an edited text, its proposal stands beneath it until one of the two is
/// deleted.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder
    dir: PathBuf,
    /// Language of the referat: da or en [default: the dagsorden's own]
    #[arg(long)]
    language: Option<Language>,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    make(&MeetingFolder::open(&args.dir)?, args.language)
}

/// Makes the draft of `folder` and says where it is.
pub(super) fn make(folder: &MeetingFolder, language: Option<Language>) -> Result<(), CliError> {
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
    let drafted = draft::draft(folder, language, &Profile::default())?;
    for remark in &drafted.remarks {
        eprintln!("note: {remark}");
    }
    let referat = folder.referat();
    match drafted.text {
        Text::Written => eprintln!("wrote `{}`", referat.display()),
        Text::Unchanged => eprintln!("`{}` is up to date", referat.display()),
        Text::Merged => {
            eprintln!("wrote `{}`: the new draft, and all that was edited", referat.display());
            eprintln!(
                "tip: `referat history {}` lists what it was before",
                folder.root().display()
            );
        }
    }
    Ok(())
}
