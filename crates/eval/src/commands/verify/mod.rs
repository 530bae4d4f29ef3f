//! `referat-eval verify`: everything that must hold, measured on evaluation folders.

mod bench;
mod busy;
mod long_meetings;
mod measurement;
mod names_heard;
mod process;
mod synthetic;
mod weights;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::error::EvalError;
use bench::Workbench;
use measurement::{MEASUREMENTS, Measurement};

/// Measure everything on evaluation folders and print the tables
///
/// Hours if need be; a section that fails is named at the end and does not stop the others. Run it
/// in the root of the sources. What decodes fetches its models; what compares with others needs
/// ffmpeg, Python and its packages.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The evaluation folders
    #[arg(required_unless_present = "list")]
    eval: Option<PathBuf>,
    /// The program that is measured
    #[arg(long, value_name = "FILE", default_value = "target/release/referat")]
    program: PathBuf,
    /// Measure only the sections whose title contains this, in small letters or capitals; may be
    /// given several times
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Print the titles of the sections and stop
    #[arg(long)]
    list: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), EvalError> {
    let wanted: Vec<&Measurement> =
        MEASUREMENTS.iter().filter(|one| wanted(one.title, &args.only)).collect();
    if wanted.is_empty() {
        return Err(EvalError::failed(
            format!("no section is called {}", args.only.join(" or ")),
            "see the titles with --list",
        ));
    }
    match &args.eval {
        Some(eval) if !args.list => measure(&wanted, &Workbench::set_up(&args.program, eval)?),
        _ => {
            wanted.iter().for_each(|one| println!("{}", one.title));
            Ok(())
        }
    }
}

fn wanted(title: &str, only: &[String]) -> bool {
    let title = title.to_lowercase();
    only.is_empty() || only.iter().any(|text| title.contains(&text.to_lowercase()))
}

/// Measures one after the other, and names at the end those that failed.
fn measure(wanted: &[&Measurement], bench: &Workbench) -> Result<(), EvalError> {
    println!("{}", measured_on());
    let mut failed = String::new();
    for one in wanted {
        println!("\n## {}", one.title);
        let begun = Instant::now();
        if let Err(error) = (one.measure)(bench) {
            eprintln!("error: {error}");
            failed += &format!("\n- {}", one.title);
        }
        eprintln!("note: it took {}", told(begun.elapsed()));
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(EvalError::failed(
        format!("these did not hold:{failed}"),
        "measure one of them alone with --only",
    ))
}

/// Returns the commit, the day and the machine that figures are told with.
fn measured_on() -> String {
    let mut git = Command::new("git");
    git.args(["rev-parse", "--short", "HEAD"]);
    let commit = process::output(&mut git).unwrap_or_else(|_| "unknown".to_owned());
    let day = jiff::Timestamp::now().strftime("%F");
    format!("commit {}, {day}, {} cores", commit.trim(), bench::cores())
}

fn told(time: Duration) -> String {
    format!("{} min {} s", time.as_secs() / 60, time.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_found_by_a_part_of_its_title_and_all_are_without_any() {
        let only = |text: &str| vec![text.to_owned()];
        assert!(wanted("The same draft in any time zone", &only("SAME draft")));
        assert!(!wanted("The same draft in any time zone", &only("weights")));
        assert!(wanted("The same draft in any time zone", &[]));
    }
}
