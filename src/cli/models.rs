//! `referat models`: the weights on this machine.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::error::CliError;
use super::models_get;
use super::output::outln;
use crate::run::model;
use crate::speech::prompt::Prompt;
use crate::speech::recognizer::{Effort, Recognizer, Window};
use crate::speech::whisper::{Model, WhisperOptions};
use referat_core::domain::language::Language;
use referat_weights::installed::InstalledModel;
use referat_weights::library::Library;
use referat_weights::manifest::{ManifestEntry, Quality};
use referat_weights::recommend::{Advice, Machine, advise};

/// List, choose, get, check and remove models
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
    /// Tell which models fit this machine, what they cost and how good they are
    Recommend {
        /// Language of the meetings
        #[arg(long, default_value_t = Language::DA)]
        language: Language,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Get a model: one that `list` names, or any Whisper model of the hub
    Pull(models_get::Pull),
    /// Install a ggml file, a CTranslate2 folder or a Hugging Face folder from the disk
    Import(models_get::Import),
    /// Read installed models again and compare their checksums
    Verify {
        /// The model's name [default: all]
        name: Option<String>,
    },
    /// Remove an installed model
    Remove {
        /// The model's name
        name: String,
    },
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let library = Library::open()?;
    match args.what {
        What::List { json } => list(&library, json),
        What::Recommend { language, json } => recommend(&library, language, json),
        What::Pull(pull) => models_get::pull(&library, pull),
        What::Import(import) => models_get::import(&library, import),
        What::Verify { name } => verify(&library, name.as_deref()),
        What::Remove { name } => remove(&library, &name),
    }
}

fn list(library: &Library, json: bool) -> Result<(), CliError> {
    let installed = library.installed()?;
    let here = |name: &str| installed.iter().find(|model| model.name == name);
    let chosen: Vec<(Language, String)> = Language::ALL
        .into_iter()
        .filter_map(|language| Some((language, library.best_for(language.code()).ok()?.name)))
        .collect();
    // The languages that it is taken for when the user names no model.
    let default_for = |name: &str| -> Vec<&'static str> {
        let chosen = chosen.iter().filter(|(_, chosen)| chosen == name);
        chosen.map(|(language, _)| language.code()).collect()
    };
    let known = &library.manifest().models;
    let own = installed.iter().filter(|model| known.iter().all(|entry| entry.name != model.name));
    let own: Vec<&InstalledModel> = own.collect();
    if json {
        outln!("{}", listed(known, &own, here, default_for));
        return Ok(());
    }
    let mut rows: Vec<Row<'_>> = known.iter().map(Row::known).collect();
    rows.extend(own.into_iter().map(Row::own));
    rows.sort_by_key(|row| (here(row.name).is_none(), Reverse(row.rank())));
    for Row { name, bytes, licence, languages, own } in rows {
        let state = match (here(name), default_for(name).join(", ")) {
            (Some(_), languages) if languages.is_empty() => "installed".to_owned(),
            (Some(_), languages) => format!("used for {languages}"),
            (None, _) => "-".to_owned(),
        };
        outln!("{name:<20} {state:<18} {:>5} MB  {licence}", bytes.div_ceil(1_000_000));
        if let Some(model) = here(name) {
            outln!("{:>25}: {}", "at", model.path.display());
        }
        if let Some(model) = own {
            outln!("{:>25}: {} ({})", "from", model.source, model.architecture());
        }
        for (language, quality) in languages {
            outln!("{:>25}: {}", language, quality.quality);
        }
    }
    eprintln!("{FIGURES}");
    eprintln!("models live in `{}`", library.folder().display());
    Ok(())
}

/// Returns the known models and the user's own as JSON.
fn listed<'a>(
    known: &[ManifestEntry],
    own: &[&InstalledModel],
    here: impl Fn(&str) -> Option<&'a InstalledModel>,
    default_for: impl Fn(&str) -> Vec<&'static str>,
) -> serde_json::Value {
    let path = |name: &str| here(name).map(|model| &model.path);
    let known = known.iter().map(|entry| {
        let (installed, default_for) = (path(&entry.name), default_for(&entry.name));
        let default = default_for.contains(&Language::default().code());
        serde_json::json!({
            "model": entry, "installed": installed, "default": default,
            "default_for": default_for,
        })
    });
    let own = own.iter().map(|model| {
        serde_json::json!({
            "model": {
                "name": model.name, "architecture": model.architecture(),
                "licence": model.licence(), "size_bytes": model.size_bytes(),
                "sha256": model.sha256, "languages": model.languages(),
            },
            "source": model.source, "installed": model.path,
            "default": default_for(&model.name).contains(&Language::default().code()),
            "default_for": default_for(&model.name),
        })
    });
    serde_json::Value::Array(known.chain(own).collect())
}

/// What the figures in the list are.
const FIGURES: &str = "word error rates: spontaneous conversation / parliament speech, on the open \
    Danish ASR leaderboard, 2026-10; lower is better";

/// What the list tells of a model.
struct Row<'a> {
    name: &'a str,
    bytes: u64,
    licence: &'a str,
    languages: &'a BTreeMap<String, Quality>,
    /// The model, where it is one that the manifest does not know.
    own: Option<&'a InstalledModel>,
}

impl<'a> Row<'a> {
    fn known(entry: &'a ManifestEntry) -> Self {
        Self {
            name: &entry.name,
            bytes: entry.size_bytes,
            licence: &entry.licence,
            languages: &entry.languages,
            own: None,
        }
    }

    fn own(model: &'a InstalledModel) -> Self {
        Self {
            name: &model.name,
            bytes: model.size_bytes(),
            licence: model.licence(),
            languages: model.languages(),
            own: Some(model),
        }
    }

    /// Returns how good it is for the language that meetings are in when nothing is said.
    fn rank(&self) -> u32 {
        self.languages.get(Language::default().code()).map_or(0, |quality| quality.rank)
    }
}

fn recommend(library: &Library, language: Language, json: bool) -> Result<(), CliError> {
    let machine = Machine::here();
    let all = advise(library, language.code(), machine, &mut |model| probe(model, language));
    if json {
        let all = all.iter().map(|advice| {
            serde_json::json!({
                "name": advice.name, "size_bytes": advice.size_bytes,
                "memory_bytes": advice.memory_bytes, "fits": advice.fits,
                "rank": advice.rank, "quality": advice.quality,
                "installed": advice.installed, "real_time_factor": advice.factor,
            })
        });
        outln!("{}", serde_json::Value::Array(all.collect()));
        return Ok(());
    }
    let gigabytes = |bytes: u64| bytes as f64 / 1e9;
    let memory = gigabytes(machine.memory_bytes);
    eprintln!("this machine: {memory:.1} GB of memory, {} cores", machine.cores);
    for (place, advice) in all.iter().enumerate() {
        let Advice { name, size_bytes, memory_bytes, quality, .. } = advice;
        let mark = match advice.fits {
            true if place == 0 => "->",
            true => "  ",
            false => "x ",
        };
        let cost = match advice.factor {
            Some(factor) => format!("measured {factor:.2} x real time"),
            None if advice.installed => "cannot be measured".into(),
            None => "not here".into(),
        };
        outln!(
            "{mark} {name:<20} {:>4.1} GB to get, {:>4.1} GB of memory, {cost}; {quality}",
            gigabytes(*size_bytes),
            gigabytes(*memory_bytes),
        );
    }
    eprintln!("-> is the best that fits, x does not fit; q8_0 is faster, q5_0 smaller");
    if language == Language::DA {
        eprintln!("{FIGURES}");
    }
    Ok(())
}

/// Returns the seconds of work per second of speech, measured on ten seconds of noise with
/// one lane and shared out over the cores.
fn probe(model: &InstalledModel, language: Language) -> Option<f64> {
    const LENGTH: Duration = Duration::from_secs(10);
    let loaded = Model::load(&model.path).ok()?;
    let timestamps = model.trained_with_timestamps;
    let beam_size = model::decode_options(model).beam_size;
    let options = WhisperOptions { language, prompt: Prompt::default(), timestamps, beam_size };
    let mut lane = loaded.recognizer(options).ok()?;
    let window = Window::of_noise(LENGTH);
    let began = Instant::now();
    lane.hear(&window, Effort::First).ok()?;
    let cores = Machine::here().cores as f64;
    Some(began.elapsed().div_duration_f64(LENGTH) / cores)
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

fn remove(library: &Library, name: &str) -> Result<(), CliError> {
    let model = library.find(name)?;
    library.remove(&model)?;
    eprintln!("removed model `{}`: `{}`", model.name, model.path.display());
    Ok(())
}
