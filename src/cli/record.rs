//! `referat record`: a meeting is recorded.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::error::CliError;
use super::length::spoken;
use super::record_screen;
use super::record_words::{self as words, Weight};
use crate::recorder::capture::device::Wish;
use crate::recorder::session::{RecordOptions, RecordingSession};
use crate::recorder::status::RecordingSummary;
use crate::recorder::{archive, notice};
use crate::run::draft;
use crate::store::artefact;
use crate::store::folder::MeetingFolder;
use crate::store::lock::Lock;
use referat_core::domain::agenda::Agenda;
use referat_core::language::words::Vocabulary;

/// Record a meeting
///
/// The sound goes straight to the disk, into `audio/` of the meeting's folder, as WAV files
/// that other programs can open at any moment. Keys mark agenda items, decisions and tasks.
/// After a crash run the same command again: what was recorded is mended and kept.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The meeting's folder; it is made when it is not there
    dir: PathBuf,
    /// Device to record from, as `referat devices` names it [default: the system's choice]
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
    /// Sample rate [default: the device's own]
    #[arg(long, value_name = "HZ", value_parser = clap::value_parser!(u32).range(8000..=384_000))]
    rate: Option<u32>,
    /// Record one channel: the same as `--channels 1`
    #[arg(long, conflicts_with = "channels")]
    mono: bool,
    /// Channels to record, counted from 1, as in `1,3` [default: the device's first two]
    #[arg(long, value_delimiter = ',', value_parser = clap::value_parser!(u16).range(1..=64))]
    channels: Vec<u16>,
    /// File with the notice that is shown before the recording starts; the time it was shown
    /// is kept in `notice.jsonl` [default: the file that REFERAT_NOTICE names]
    #[arg(long, value_name = "FILE")]
    notice: Option<PathBuf>,
    /// Stop by itself after so much silence, as in `20m` [default: never]
    #[arg(long, value_name = "LENGTH", value_parser = length)]
    stop_after_silence: Option<Duration>,
    /// Print plain lines instead of the full-screen view
    #[arg(long)]
    no_tui: bool,
    /// Afterwards keep the recording as FLAC; the WAV goes once that is verified
    #[arg(long)]
    flac: bool,
}

/// How often the recording is looked after.
const BEAT: Duration = Duration::from_millis(15);
/// How often the plain lines tell that all is well.
const STATE: Duration = Duration::from_secs(60);

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let notice = notice_text(&args)?;
    let folder = match args.dir.exists() {
        true => MeetingFolder::open(&args.dir)?,
        false => MeetingFolder::create(&args.dir)?,
    };
    let agenda = agenda(&folder)?;
    let screen = !args.no_tui && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if let Some(text) = notice {
        show_notice(&text, screen)?;
        notice::stamp(&folder, &text)?;
    }
    let channels = if args.mono { vec![1] } else { args.channels.clone() };
    let wish = Wish { device: args.device.clone(), rate_hz: args.rate, channels };
    let options =
        RecordOptions { wish, agenda: agenda.clone(), stop_after_silence: args.stop_after_silence };
    let stopped = stop_signal()?;
    let (mut session, recovered) = RecordingSession::start(folder.clone(), options)?;
    for one in &recovered {
        tell(&words::recovered(one));
    }
    if screen {
        record_screen::run(&mut session, &agenda, &stopped)?;
    } else {
        lines(&mut session, &stopped);
    }
    let summary = session.stop();
    finish(&args, &folder, &summary)
}

/// Reads the dagsorden; a meeting can be recorded without one.
fn agenda(folder: &MeetingFolder) -> Result<Agenda, CliError> {
    if !folder.agenda().exists() {
        return Ok(Agenda::default());
    }
    Ok(draft::meeting(folder, None, Vocabulary::compiled())?.0.agenda)
}

fn notice_text(args: &Args) -> Result<Option<String>, CliError> {
    let configured = std::env::var_os("REFERAT_NOTICE").map(PathBuf::from);
    let Some(path) = args.notice.clone().or(configured) else { return Ok(None) };
    Ok(Some(String::from_utf8_lossy(&artefact::read(&path)?).trim().to_owned()))
}

fn show_notice(text: &str, ask: bool) -> Result<(), CliError> {
    tell(text);
    if !ask {
        return Ok(());
    }
    tell("");
    tell("Press Enter to start the recording, Ctrl-C to leave");
    let mut line = String::new();
    match std::io::stdin().read_line(&mut line) {
        Ok(read) if read > 0 => Ok(()),
        _ => Err(CliError::failed(
            "cannot start the recording: the notice was not confirmed",
            "run the command again and press Enter",
        )),
    }
}

/// Returns what is set when the system asks the program to stop: Ctrl-C, a closed terminal, a
/// machine that shuts down.
fn stop_signal() -> Result<Arc<AtomicBool>, CliError> {
    let stopped = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stopped);
    ctrlc::set_handler(move || heard.store(true, Ordering::Relaxed)).map_err(|error| {
        CliError::failed(format!("cannot listen for Ctrl-C: {error}"), "run the command again")
    })?;
    Ok(stopped)
}

/// Prints a line to stderr. A terminal that is gone is no reason to stop recording.
fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Looks after the recording and tells what happens, a line each.
fn lines(session: &mut RecordingSession, stopped: &AtomicBool) {
    let mut told: Option<Instant> = None;
    while !session.is_over() && !stopped.load(Ordering::Relaxed) {
        for event in session.attend() {
            let (weight, text) = words::event(&event);
            let weight = if weight == Weight::Warning { "warning: " } else { "" };
            tell(&format!("{weight}{text}"));
        }
        if told.is_none_or(|told| told.elapsed() >= STATE) {
            told = Some(Instant::now());
            let status = session.status();
            let item = status.item.map(|item| format!(", item {item}")).unwrap_or_default();
            let left = status.left.map(|left| format!(", room for {}", spoken(left)));
            let (what, device) = (words::phase(status.phase), status.device);
            tell(&format!(
                "{} {what} from {device}{item}{}",
                status.position,
                left.unwrap_or_default()
            ));
        }
        std::thread::sleep(BEAT);
    }
}

fn finish(args: &Args, folder: &MeetingFolder, summary: &RecordingSummary) -> Result<(), CliError> {
    let count = summary.files.len();
    let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    tell(&format!("recorded {} in {files}", spoken(summary.recorded)));
    if !summary.unwritten.is_empty() {
        for line in &summary.unwritten {
            tell(line);
        }
        return Err(CliError::failed(
            format!(
                "cannot write the marks of `{}`: the disk is full; they stand above",
                args.dir.display()
            ),
            "free some room and add those lines with an `at_ms` to `marks.jsonl`",
        ));
    }
    if args.flac {
        let _lock = Lock::take(&folder.internal("lock"), folder.root())?;
        archive::archive(folder, |path| tell(&format!("archiving `{path}`")))?;
    }
    if summary.files.is_empty() {
        return Err(CliError::failed(
            format!("cannot find any sound in `{}`: the device gave none", args.dir.display()),
            "see `referat devices` and choose another with --device",
        ));
    }
    tell(&format!("tip: make the draft with `referat run {}`", args.dir.display()));
    Ok(())
}

/// Reads a length such as `90s`, `20m` or `1h`.
fn length(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not a length like 90s, 20m or 1h");
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return Err(wrong()),
    };
    let number: u32 = number.parse().map_err(|_| wrong())?;
    if number == 0 {
        return Err(wrong());
    }
    Ok(Duration::from_secs(u64::from(number) * seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_a_number_with_its_unit() {
        assert_eq!(length("20m"), Ok(Duration::from_secs(1200)));
        assert_eq!(length("90s"), Ok(Duration::from_secs(90)));
        for wrong in ["", "m", "0m", "20", "20 min", "20å"] {
            assert!(length(wrong).is_err(), "{wrong}");
        }
    }
}
