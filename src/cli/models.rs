//! `referat models`: the weights on this machine.

use indicatif::{ProgressBar, ProgressStyle};

use super::error::CliError;
use crate::models::library::Library;
use crate::models::pull::{Step, pull};

/// List, get and check the models
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// List the models that are known, and which are installed
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Get a model
    Pull {
        /// The model's name
        name: String,
    },
    /// Read installed models again and compare their checksums
    Verify {
        /// The model's name [default: all]
        name: Option<String>,
    },
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let library = Library::open()?;
    match args.what {
        What::List { json } => list(&library, json),
        What::Pull { name } => get(&library, &name),
        What::Verify { name } => verify(&library, name.as_deref()),
    }
}

fn list(library: &Library, json: bool) -> Result<(), CliError> {
    let installed = library.installed()?;
    let here = |name: &str| installed.iter().find(|model| model.name == name);
    if json {
        let models: Vec<_> = library
            .manifest()
            .models
            .iter()
            .map(|entry| {
                let path = here(&entry.name).map(|model| &model.path);
                serde_json::json!({"model": entry, "installed": path})
            })
            .collect();
        println!("{}", serde_json::json!(models));
        return Ok(());
    }
    for entry in &library.manifest().models {
        let state = if here(&entry.name).is_some() { "installed" } else { "-" };
        let megabytes = entry.size_bytes / 1_000_000;
        println!("{:<12} {state:<10} {megabytes:>5} MB  {}", entry.name, entry.licence);
        for (language, quality) in &entry.languages {
            println!("{:>17}: {}", language, quality.quality);
        }
    }
    eprintln!("models live in `{}`", library.folder().display());
    Ok(())
}

fn get(library: &Library, name: &str) -> Result<(), CliError> {
    if let Ok(installed) = library.find(name) {
        eprintln!("model `{}` is installed: `{}`", installed.name, installed.path.display());
        return Ok(());
    }
    if let Some(entry) = library.manifest().find(name) {
        let megabytes = entry.size_bytes / 1_000_000;
        eprintln!("getting model `{}`: {megabytes} MB, licence {}", entry.name, entry.licence);
    }
    let template = "{wide_bar} {bytes} of {total_bytes}, {eta} left";
    let style = ProgressStyle::with_template(template);
    let bar = ProgressBar::no_length();
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let model = pull(library, name, &mut |step| match step {
        Step::Trying(source) => eprintln!("from {source}"),
        Step::Fetched(bytes, all) => {
            bar.set_length(all);
            bar.set_position(bytes);
        }
        Step::Failed(why) => eprintln!("note: not there: {why}"),
        Step::Converting => eprintln!("converting"),
    })?;
    bar.finish_and_clear();
    eprintln!("model `{}` is installed: `{}`", model.name, model.path.display());
    Ok(())
}

fn verify(library: &Library, name: Option<&str>) -> Result<(), CliError> {
    let models = match name {
        Some(name) => vec![library.find(name)?],
        None => library.installed()?,
    };
    for model in models {
        library.verify(&model)?;
        eprintln!("model `{}` is whole: `{}`", model.name, model.path.display());
    }
    Ok(())
}
