//! `referat approve`: the referat is finished.

use std::path::PathBuf;

use super::error::CliError;
use crate::editing::approval;
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;

/// Approve the referat as it stands
///
/// Notes in `review.jsonl` when `referat.md` was approved, and its SHA-256. Only then may
/// `referat purge` delete what it was made from.
///
/// With --withdraw the last approval no longer holds; that too is noted.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder
    dir: PathBuf,
    /// Who approves it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Take the last approval back
    #[arg(long, conflicts_with = "by")]
    withdraw: bool,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let folder = MeetingFolder::open(&args.dir)?;
    let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
    let referat = folder.referat();
    if args.withdraw {
        let was = approval::withdraw(&folder)?;
        let outcome = if was { "is no longer approved" } else { "was not approved" };
        eprintln!("`{}` {outcome}", referat.display());
        return Ok(());
    }
    if !referat.exists() {
        return Err(CliError::failed(
            format!("cannot approve `{}`: there is no such file", referat.display()),
            format!("make it with `referat run {}`", args.dir.display()),
        ));
    }
    let open = approval::open_proposals(&folder)?;
    if open > 0 {
        let proposals = if open == 1 { "proposal is" } else { "proposals are" };
        return Err(CliError::failed(
            format!("cannot approve `{}`: {open} {proposals} not settled", referat.display()),
            "delete the proposal or the text above it, wherever `forslag` stands",
        ));
    }
    let sha256 = approval::approve(&folder, args.by)?;
    eprintln!("approved `{}` ({})", referat.display(), &sha256[..12]);
    Ok(())
}
