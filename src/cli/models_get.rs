//! `referat models pull` and `import`: how a model comes onto this machine.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use super::error::CliError;
use referat_core::domain::language::Language;
use referat_weights::hub::{Choice, Repository};
use referat_weights::import::{Precision, Weighed};
use referat_weights::installed::InstalledModel;
use referat_weights::library::{Library, NewModel};
use referat_weights::pull::{self, PullStep};
use referat_weights::recommend::{Machine, advise};

/// What `pull` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Pull {
    /// The model's name, or `hf:OWNER/REPO[@REV]` [default: what `recommend` puts first]
    name: Option<String>,
    /// What to call a model of the hub [default: the repository's name]
    #[arg(long = "name", value_name = "NAME")]
    called: Option<String>,
    /// Which model of a repository that holds several
    #[arg(long)]
    file: Option<String>,
    #[command(flatten)]
    how: How,
}

/// What `import` takes.
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// A ggml file, a CTranslate2 folder or a Hugging Face folder with safetensors
    path: PathBuf,
    /// What to call it
    #[arg(long)]
    name: String,
    /// Its licence, for the list
    #[arg(long, default_value = "")]
    licence: String,
    #[command(flatten)]
    how: How,
}

#[derive(Debug, clap::Args)]
struct How {
    /// Make it smaller: q8_0 (fast), q5_0 (small), q5_1; or f16
    #[arg(long, value_parser = precision)]
    quantize: Option<Precision>,
    /// The model was trained without timestamp tokens
    #[arg(long)]
    no_timestamps: bool,
    /// A language that it is made for
    #[arg(long)]
    language: Option<Language>,
}

fn precision(name: &str) -> Result<Precision, String> {
    Precision::from_name(name).ok_or_else(|| "it is none of q8_0, q5_0, q5_1, f16".to_owned())
}

/// Runs `pull`.
pub(super) fn pull(library: &Library, args: Pull) -> Result<(), CliError> {
    let language = args.how.language.unwrap_or_default();
    let name = match &args.name {
        Some(name) => name.clone(),
        None => recommended(library, language)?,
    };
    let model = if name.starts_with("hf:") {
        from_hub(library, &name, args)?
    } else {
        known(library, &name)?
    };
    eprintln!("model `{}` is installed: `{}`", model.name, model.path.display());
    if let Some(warning) = model.warning(language.code()).filter(|_| model.is_whisper()) {
        eprintln!("note: {warning}");
    }
    Ok(())
}

/// Runs `import`.
pub(super) fn import(library: &Library, args: Import) -> Result<(), CliError> {
    let weights = Weighed::recognise(&args.path)?;
    let source = std::path::absolute(&args.path).unwrap_or(args.path).display().to_string();
    let new = NewModel {
        name: args.name,
        source,
        licence: args.licence,
        languages: args.how.language.iter().map(Language::to_string).collect(),
        no_timestamps: args.how.no_timestamps,
    };
    let model = library.install(&weights, args.how.quantize, new)?;
    let megabytes = model.size_bytes().div_ceil(1_000_000);
    eprintln!(
        "model `{}` is installed ({}, {megabytes} MB): `{}`",
        model.name,
        model.architecture(),
        model.path.display()
    );
    Ok(())
}

fn recommended(library: &Library, language: Language) -> Result<String, CliError> {
    let all = advise(library, language.code(), Machine::here(), &mut |_| None);
    let best = all.into_iter().find(|advice| advice.fits);
    let best = best.ok_or_else(|| {
        CliError::failed(
            "cannot choose a model: none fits this machine's memory",
            "try the smallest: `referat models pull tiny-q5_1`",
        )
    })?;
    eprintln!("the best for `{language}` that fits this machine is `{}`", best.name);
    Ok(best.name)
}

fn known(library: &Library, name: &str) -> Result<InstalledModel, CliError> {
    if let Ok(installed) = library.find(name) {
        return Ok(installed);
    }
    if let Some(entry) = library.manifest().find(name) {
        let megabytes = entry.size_bytes.div_ceil(1_000_000);
        eprintln!("getting model `{}`: {megabytes} MB, licence {}", entry.name, entry.licence);
    }
    let bar = bar();
    let model = pull::pull(library, name, &mut |step| show(&bar, step))?;
    bar.finish_and_clear();
    Ok(model)
}

fn from_hub(library: &Library, address: &str, args: Pull) -> Result<InstalledModel, CliError> {
    let repository = Repository::open(address)?;
    let choice = match (&args.file, &repository.choices[..]) {
        (None, [_, _, ..]) if std::io::stdin().is_terminal() => ask(&repository)?,
        (file, _) => repository.choose(file.as_deref())?,
    };
    let mut languages = repository.languages.clone();
    if let Some(language) = args.how.language {
        languages = vec![language.code().to_owned()];
    }
    let licence = match repository.licence.as_str() {
        "" => "unknown",
        licence => licence,
    };
    let megabytes = choice.size_bytes.div_ceil(1_000_000);
    eprintln!("getting {} from {address}: {megabytes} MB, licence {licence}", choice.label);
    let new = NewModel {
        name: args.called.unwrap_or_else(|| repository.model_name().to_owned()),
        source: address.to_owned(),
        licence: licence.to_owned(),
        languages,
        no_timestamps: args.how.no_timestamps,
    };
    let bar = bar();
    let tell = &mut |step| show(&bar, step);
    let model = repository.pull(library, choice, args.how.quantize, new, tell)?;
    bar.finish_and_clear();
    Ok(model)
}

/// Lets the user choose among what a repository holds.
fn ask(repository: &Repository) -> Result<&Choice, CliError> {
    for (number, choice) in (1..).zip(&repository.choices) {
        let megabytes = choice.size_bytes.div_ceil(1_000_000);
        eprintln!("{number:>3}  {} {megabytes} MB", choice.label);
    }
    eprint!("which one? ");
    // An unseen question is answered all the same.
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    let number = read.ok().and_then(|_| answer.trim().parse::<usize>().ok());
    let chosen = number.and_then(|number| repository.choices.get(number.checked_sub(1)?));
    chosen.ok_or_else(|| {
        CliError::usage(
            format!("cannot choose `{}`: it is not one of the numbers", answer.trim()),
            "answer with a number, or choose with --file",
        )
    })
}

fn bar() -> ProgressBar {
    let template = "{wide_bar} {bytes} of {total_bytes}, {eta} left";
    let style = ProgressStyle::with_template(template);
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn show(bar: &ProgressBar, step: PullStep) {
    match step {
        PullStep::Trying(source) => bar.suspend(|| eprintln!("from {source}")),
        PullStep::Fetched(bytes, all) => {
            bar.set_length(all);
            bar.set_position(bytes);
        }
        PullStep::Failed(why) => bar.suspend(|| eprintln!("note: not there: {why}")),
        PullStep::Converting => bar.suspend(|| eprintln!("converting")),
        PullStep::Waiting => bar.suspend(|| eprintln!("waiting: another referat is getting it")),
    }
}
