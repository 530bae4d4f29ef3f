//! `referat export`: the referat as a file to send.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::CliError;
use crate::export::fill_in;
use crate::export::{self, ExportOptions, Format};
use crate::run::own_words::OwnWords;
use crate::run::profile;
use crate::store::folder::MeetingFolder;
use crate::store::{artefact, exported};
use referat_core::domain::language::Language;
use referat_document::{docx, plain};
use referat_files::folders;

/// Export the referat to a file to send
///
/// Exports `referat.md` as it stands, edits included; times, the speakers' sentences and
/// comments are left out unless --draft is given.
#[derive(Debug, clap::Args)]
#[command(after_long_help = TEMPLATES)]
pub(super) struct Args {
    /// The meeting's folder
    dir: PathBuf,
    /// Kind of file: docx, html, pdf, md, txt or json; several with commas
    #[arg(
        long,
        value_name = "FORMAT",
        required_unless_present = "template",
        value_delimiter = ','
    )]
    to: Vec<Format>,
    /// Write what this template of your own makes of the referat; its name ends in the kind of
    /// text it writes, as `brev.html.jinja` does
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "reference_doc"])]
    template: Option<PathBuf>,
    /// Lay a draft that nobody has edited out by these house rules: a profile's name or a TOML file
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Take styles, page set-up, header and footer of this DOCX
    #[arg(long, value_name = "FILE")]
    reference_doc: Option<PathBuf>,
    /// Keep times, the speakers' sentences and comments
    #[arg(long)]
    draft: bool,
    /// Export the closed items, apart from the others
    #[arg(long)]
    closed: bool,
    /// Language of the referat: da or en [default: the dagsorden's own]
    #[arg(long)]
    language: Option<Language>,
    /// File to write, `-` for stdout [default: in the meeting's folder]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What the long help says of templates.
const TEMPLATES: &str = "\
Templates:
  A template is a text file in the Jinja language: {{ title }} writes a value, {% for %}, {% if %}
  and {% include %} work as there. Values are escaped for the kind of text that the file's name
  ends in (.txt, .md, .html, .xml, .fodt, .json). An example stands in `samples/templates`.

  title, when, language, draft
  words.…             the fixed words: words.present, words.agenda, words.item, …
  header.…            title, date, start, end, place, referent, chair;
                      present, remote, absent: each with name, title, role
  agenda              items: number, title, presenter, closed, sub (title, presenter)
  sections            one per heading: heading.text, level, item, blocks, statements
  blocks              everything in order. kind is heading, rule, label, paragraph, note, comment,
                      numbered (entries: number, lines), table (head, rows) or statement;
                      text is the words, runs the same in pieces: text, strong, emphasis
  statements          text, runs, id, act, speaker, responsible, deadline,
                      points (depth, text); with --draft also at and said (at, text)";

/// Runs the command.
pub(super) fn run(args: Args, own: &OwnWords) -> Result<(), CliError> {
    check(&args)?;
    let folder = MeetingFolder::open(&args.dir)?;
    let settings = folders::settings();
    let chosen = |named| profile::choose(&folder, Some(named), settings.as_deref());
    let profile = args.profile.as_deref().map(chosen).transpose()?;
    let reference = args.reference_doc.as_deref().map(artefact::read).transpose()?;
    let words = own.of(&folder)?;
    let options = |format| ExportOptions {
        words: &words,
        language: args.language,
        profile: profile.as_ref(),
        reference: reference.as_deref(),
        draft: args.draft,
        closed: args.closed,
        ..ExportOptions::new(format)
    };
    // Everything is made before anything is written: a failure leaves no half of it.
    let mut made = Vec::new();
    if let Some(template) = &args.template {
        let (text, name) = fill_in::fill_in(&folder, &options(plain::FORMAT), template)?;
        let path = args.output.clone().unwrap_or_else(|| folder.root().join(name));
        made.push((path, text.into_bytes()));
    }
    for format in &args.to {
        let options = options(*format);
        let file = export::export(&folder, &options)?;
        file.remarks.iter().for_each(|remark| eprintln!("note: {remark}"));
        let path = args.output.clone().unwrap_or_else(|| folder.root().join(options.file_name()));
        made.push((path, file.bytes));
    }
    if !args.draft {
        let remarks = export::unfinished(&folder, &options(plain::FORMAT))?;
        remarks.iter().for_each(|remark| eprintln!("note: {remark}"));
    }
    for (path, bytes) in made {
        put(&args, &folder, &path, &bytes)?;
        if !args.draft {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // A meeting that cannot be written in can be sent all the same.
            if let Err(error) = exported::note(&folder, &name, &bytes) {
                eprintln!("note: {error}: a purge will not know `{}`", path.display());
            }
        }
    }
    Ok(())
}

/// Refuses arguments that do not go together.
fn check(args: &Args) -> Result<(), CliError> {
    if args.output.is_some() && args.to.len() > 1 {
        let message = "cannot write several formats to one file";
        return Err(CliError::usage(message, "leave out --output, or name one format"));
    }
    if args.reference_doc.is_some() && !args.to.contains(&docx::FORMAT) {
        let message = "cannot use --reference-doc: no DOCX is exported";
        return Err(CliError::usage(message, "add --to docx"));
    }
    if let (Some(path), [format]) = (&args.output, &args.to[..]) {
        check_ending(path, *format)?;
    }
    Ok(())
}

/// Writes what was exported, unless it would take the place of what it was made from.
fn put(args: &Args, folder: &MeetingFolder, path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    if path == Path::new("-") {
        let written = std::io::stdout().lock().write_all(bytes);
        written.map_err(|error| {
            CliError::failed(format!("cannot write to stdout: {error}"), "write to a file")
        })?;
        return Ok(());
    }
    if path == folder.referat() || path == folder.closed_referat() {
        let message = format!("cannot export to `{}`: it is the referat itself", path.display());
        return Err(CliError::usage(message, "give another file to --output"));
    }
    if args.template.as_deref().is_some_and(|template| same_file(template, path)) {
        let message = format!("cannot export to `{}`: it is the template itself", path.display());
        return Err(CliError::usage(message, "give another file to --output"));
    }
    artefact::write(path, bytes)?;
    eprintln!("wrote `{}`", path.display());
    Ok(())
}

/// Refuses a name that promises another kind of file, where either of the two is no text.
fn check_ending(path: &Path, format: Format) -> Result<(), CliError> {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let Ok(named) = ending.parse::<Format>() else { return Ok(()) };
    if named == format || (named.is_text && format.is_text) {
        return Ok(());
    }
    let (named, format) = (named.ending, format.ending);
    Err(CliError::usage(
        format!("cannot write {format} to `{}`: its name ends in .{named}", path.display()),
        format!("let the name end in .{format}, or give `--to {named}`"),
    ))
}

/// Tells whether both paths lead to one file that is there.
fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}
