//! `referat restore`: a generation of the draft comes back.

use std::path::PathBuf;

use super::error::CliError;
use crate::editing::restore::restore;
use crate::store::folder::MeetingFolder;
use crate::store::history;
use crate::store::lock::Lock;

/// Bring back an earlier generation of the draft
///
/// The present text becomes a generation of its own: nothing is lost.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder
    dir: PathBuf,
    /// The generation's number, as `referat history` lists it
    id: u32,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let folder = MeetingFolder::open(&args.dir)?;
    let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
    let generations = history::generations(&folder)?;
    let Some(generation) = generations.iter().find(|generation| generation.id == args.id) else {
        return Err(CliError::failed(
            format!("cannot restore `{}`: it has no generation {}", args.dir.display(), args.id),
            format!("`referat history {}` lists them", args.dir.display()),
        ));
    };
    restore(&folder, generation)?;
    eprintln!("`{}` is generation {} again", folder.referat().display(), args.id);
    Ok(())
}
