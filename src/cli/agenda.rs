//! `referat agenda`: what was understood of a dagsorden.

use std::path::{Path, PathBuf};

use super::error::CliError;
use super::output::outln;
use crate::run::given;
use crate::run::own_words::OwnWords;
use referat_core::domain::agenda::AgendaItem;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::{Meeting, Participant};
use referat_core::language::words::Vocabulary;
use referat_core::remark::Remark;

/// Tell what is understood of a dagsorden or an old referat
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The dagsorden
    file: PathBuf,
    /// Its language: da or en [default: told by its labels]
    #[arg(long)]
    language: Option<Language>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print each line with what became of it
    #[arg(long, conflicts_with = "json")]
    explain: bool,
}

/// Runs the command.
pub(super) fn run(args: Args, own: &OwnWords) -> Result<(), CliError> {
    if args.explain {
        return explain(&args, own);
    }
    let (meeting, remarks) = read(&args.file, args.language, &own.vocabulary()?)?;
    if args.json {
        let Meeting { header, agenda, .. } = &meeting;
        let value = serde_json::json!({"header": header, "agenda": agenda, "remarks": remarks});
        outln!("{value:#}");
        return Ok(());
    }
    show(&meeting);
    for remark in remarks {
        eprintln!("note: {remark}");
    }
    Ok(())
}

/// Prints each line with what became of it.
fn explain(args: &Args, own: &OwnWords) -> Result<(), CliError> {
    let text = given::text(&args.file)?;
    let read = referat_core::agenda::explain(&own.vocabulary()?, &text, args.language);
    for (number, line) in (1..).zip(text.lines()) {
        let fate = read.fates.of(number).map_or_else(String::new, ToString::to_string);
        let fate: String = fate.chars().take(36).collect();
        outln!("{number:>4}  {fate:<36}  {line}");
    }
    for remark in read.remarks {
        eprintln!("note: {remark}");
    }
    Ok(())
}

/// Reads the dagsorden at `path`.
pub(super) fn read(
    path: &Path,
    language: Option<Language>,
    words: &Vocabulary,
) -> Result<(Meeting, Vec<Remark>), CliError> {
    let text = given::text(path)?;
    Ok(referat_core::agenda::read_in(words, &text, language))
}

fn show(meeting: &Meeting) {
    let header = &meeting.header;
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let time = |value: Option<_>| {
        value.map_or_else(
            || "-".into(),
            |time: referat_core::domain::meeting::ClockTime| time.to_string(),
        )
    };
    outln!("title     {}", text(&header.title));
    outln!("date      {}", header.date.map_or_else(|| "-".into(), |date| date.to_string()));
    outln!("time      {} to {}", time(header.start), time(header.end));
    outln!("place     {}", text(&header.place));
    people("present", &header.present);
    people("remote", &header.remote);
    people("absent", &header.absent);
    outln!("referent  {}", text(&header.referent));
    outln!("chair     {}", text(&header.chair));
    meeting.agenda.items.iter().for_each(item);
}

fn people(label: &str, people: &[Participant]) {
    for person in people {
        let title = person.title.as_ref().map_or_else(String::new, |title| format!(" ({title})"));
        outln!("{label:<9} {}{title}", person.name);
    }
}

fn item(item: &AgendaItem) {
    let presenter = item.presenter.as_ref().map_or_else(String::new, |name| format!(" - {name}"));
    let closed = if item.closed { " [closed]" } else { "" };
    outln!("item {:<4} {}{presenter}{closed}", item.number, item.title);
    for sub in &item.sub {
        outln!("          {}", sub.title);
    }
}
