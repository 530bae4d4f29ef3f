//! `referat history`: every generation of the draft.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::error::CliError;
use super::output::outln;
use crate::store::folder::MeetingFolder;
use crate::store::history;

/// List every generation of the draft
///
/// A generation is what `referat.md` and `referat-lukket.md` were before a new draft, a restore
/// or a file edited elsewhere replaced them. Times are this machine's own.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder
    dir: PathBuf,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let folder = MeetingFolder::open(&args.dir)?;
    let generations = history::generations(&folder)?;
    if args.json {
        outln!("{}", serde_json::json!(generations));
        return Ok(());
    }
    if generations.is_empty() {
        eprintln!("`{}` has no earlier generations", args.dir.display());
    }
    for generation in generations {
        let at = local(&generation.at);
        let text = generation.files.iter().find(|file| file.path == "referat.md");
        let (sha256, bytes) = text.map_or(("", 0), |text| (text.sha256.as_str(), text.bytes));
        let sha256 = sha256.get(..12).unwrap_or_default();
        outln!(
            "{:>4}  {at}  {bytes:>8} bytes  {sha256:12}  replaced by: {}",
            generation.id,
            generation.reason
        );
    }
    Ok(())
}

/// Returns a time (RFC 3339) as the clock showed it here.
fn local(at: &str) -> String {
    let here = |at: Timestamp| format!("{:.0}", TimeZone::system().to_datetime(at));
    at.parse::<Timestamp>().map_or_else(|_| at.to_owned(), here).replace('T', " ")
}
