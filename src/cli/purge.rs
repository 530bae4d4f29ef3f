//! `referat purge`: what the referat was made from is deleted, with a receipt.

use std::path::{Path, PathBuf};

use super::error::CliError;
use super::output::outln;
use crate::editing::approval::{self, Approval};
use crate::editing::texts;
use crate::purge::carry_out::{self, PurgeOrder};
use crate::purge::plan::{self, PurgePlan, Scope};
use crate::purge::receipt;
use crate::purge::retention::{self, Retention, RetentionError};
use crate::purge::{silence_item, silence_recording};
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;

/// Delete what the referat was made from, with a receipt
///
/// Without a choice: recordings, transcript and voices. The referat, the dagsorden and the
/// decisions in `review.jsonl` stay. The receipt `kvittering-….json` in the folder says what
/// went, when and by whom. Nothing goes before the referat is approved.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("place").required(true).args(["dir", "due", "verify"]))]
pub(super) struct Args {
    /// The meeting's folder
    dir: Option<PathBuf>,
    /// Delete the recordings with every copy and part of them
    #[arg(long)]
    audio: bool,
    /// Delete the transcript and everything that holds its sentences
    #[arg(long)]
    transcript: bool,
    /// Delete what tells the voices apart
    #[arg(long)]
    voices: bool,
    /// Silence this item in the recordings and take its words out of everything but the referat;
    /// WAV and FLAC stay what they are, other recordings become WAV
    #[arg(long, value_name = "N", conflicts_with_all = ["audio", "transcript", "voices"])]
    item: Option<String>,
    /// Who deletes it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only say what would go
    #[arg(long)]
    dry_run: bool,
    /// Delete although the referat is not approved
    #[arg(long)]
    unapproved: bool,
    /// Do what is due in all meetings of a folder, as `referat.toml` there or in a meeting says
    #[arg(
        long,
        value_name = "LIBRARY",
        conflicts_with_all = ["audio", "transcript", "voices", "item", "unapproved"]
    )]
    due: Option<PathBuf>,
    /// Check that a receipt is true
    #[arg(long, value_name = "RECEIPT")]
    verify: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    match (&args.dir, &args.due, &args.verify) {
        (_, _, Some(path)) => verify(path),
        (_, Some(library), _) => due(library, &args),
        (Some(dir), ..) => one(&MeetingFolder::open(dir)?, &args),
        (None, None, None) => {
            Err(CliError::usage("no folder is named", "name the meeting's folder"))
        }
    }
}

fn one(folder: &MeetingFolder, args: &Args) -> Result<(), CliError> {
    let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
    let _texts = texts::hold(folder)?;
    let approval = approval::approval(folder)?;
    let path = folder.root().display();
    if !args.unapproved && !args.dry_run {
        let tip = format!(
            "`referat approve {path}` approves it; --unapproved deletes without an approval"
        );
        let why = match approval {
            Approval::Approved { .. } => None,
            Approval::None => Some("its referat is not approved"),
            Approval::Changed => Some("its referat was changed after it was approved"),
        };
        if let Some(why) = why {
            return Err(CliError::failed(format!("cannot purge `{path}`: {why}"), tip));
        }
    }
    let plan = match &args.item {
        Some(item) => silence_item::plan(folder, item)?,
        None => plan::plan(folder, &scopes(args))?,
    };
    carry_out(folder, &plan, approval, args)
}

fn scopes(args: &Args) -> Vec<Scope> {
    let chosen = [
        (args.audio, Scope::Audio),
        (args.transcript, Scope::Transcript),
        (args.voices, Scope::Voices),
    ];
    let chosen: Vec<Scope> = chosen.into_iter().filter(|(on, _)| *on).map(|(_, it)| it).collect();
    if chosen.is_empty() { Scope::ALL.to_vec() } else { chosen }
}

fn carry_out(
    folder: &MeetingFolder,
    plan: &PurgePlan,
    approval: Approval,
    args: &Args,
) -> Result<(), CliError> {
    if plan.is_empty() {
        eprintln!("nothing to delete in `{}`", folder.root().display());
        return Ok(());
    }
    for path in plan.silence.keys() {
        if let Some(other) = silence_recording::becomes(path)? {
            eprintln!("note: `{}` is {other}", folder.relative(path));
        }
    }
    if args.dry_run {
        for (path, what) in &plan.delete {
            outln!("delete  {}  ({what})", folder.relative(path));
        }
        for (path, (what, _)) in &plan.change {
            outln!("change  {}  (without {what})", folder.relative(path));
        }
        for path in plan.silence.keys() {
            outln!("silence {}", folder.relative(path));
        }
    } else {
        let order = PurgeOrder { by: args.by.clone(), approval };
        let (receipt, path) = carry_out::carry_out(folder, plan, &order)?;
        eprintln!("deleted {}; receipt `{}`", files(receipt.deleted.len()), path.display());
    }
    for line in &plan.untouched {
        eprintln!("note: not touched: {line}");
    }
    Ok(())
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

fn due(library: &Path, args: &Args) -> Result<(), CliError> {
    let mut any = false;
    for folder in retention::meetings(library)? {
        let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
        let _texts = texts::hold(&folder)?;
        let retention = Retention::of(&folder, library)?;
        let approval = approval::approval(&folder)?;
        let Approval::Approved { at, .. } = &approval else {
            if retention != Retention::default() {
                eprintln!("note: `{}` is kept: it is not approved", folder.root().display());
            }
            continue;
        };
        let Ok(approved) = at.parse() else { continue };
        let scopes = retention.due(approved, jiff::Timestamp::now());
        if scopes.is_empty() {
            continue;
        }
        let plan = plan::plan(&folder, &scopes)?;
        carry_out(&folder, &plan, approval, args)?;
        any = true;
    }
    if !any {
        eprintln!("nothing is due in `{}`", library.display());
    }
    Ok(())
}

fn verify(path: &Path) -> Result<(), CliError> {
    let (receipt, wrong) = receipt::verify(path)?;
    if wrong.is_empty() {
        let count = receipt.deleted.len();
        let are = if count == 1 { "is" } else { "are" };
        outln!("`{}` is true: {} {are} gone", path.display(), files(count));
        return Ok(());
    }
    Err(CliError::failed(
        format!("`{}` does not hold: {}", path.display(), wrong.join("; ")),
        "purge the folder again and keep the new receipt",
    ))
}

impl From<RetentionError> for CliError {
    fn from(error: RetentionError) -> Self {
        let tip = error.tip();
        Self::failed(error.to_string(), tip.unwrap_or_default())
    }
}
