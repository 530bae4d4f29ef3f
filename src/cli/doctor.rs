//! `referat doctor`: what works on this machine and what does not.

use std::path::Path;
use std::process::{Command, Stdio};

use serde::Serialize;

use super::edit;
use super::error::CliError;
use super::output::outln;
use crate::recorder::capture::device;
use crate::recorder::capture::error::CaptureError;
use crate::run::own_words::OwnWords;
use crate::run::{profile, program};
use crate::speech::whisper;
use referat_core::domain::language::Language;
use referat_core::language::headings::Headings;
use referat_core::language::words::Words;
use referat_document::format::WriteError;
use referat_files::folders;
use referat_weights::error::ModelError;
use referat_weights::library::Library;

/// Tell what works on this machine and what does not
///
/// A line is `ok`, `weak` (it works, but badly), `missing` or `broken`, and a tip says what to do.
/// The exit code is 0 whatever is found.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// How it is with a thing that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Weak,
    Missing,
    Broken,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Weak => "weak",
            Self::Missing => "missing",
            Self::Broken => "broken",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    ok: bool,
    state: State,
    found: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tip: Option<String>,
}

impl Finding {
    fn new(what: &'static str, state: State, found: impl Into<String>) -> Self {
        Self { what, ok: state == State::Ok, state, found: found.into(), tip: None }
    }

    fn fine(what: &'static str, found: impl Into<String>) -> Self {
        Self::new(what, State::Ok, found)
    }

    fn broken(what: &'static str, error: impl Into<CliError>) -> Self {
        let error = error.into();
        let tip = error.tip().map(str::to_owned);
        Self { tip, ..Self::new(what, State::Broken, error.to_string().replace('\n', " ")) }
    }

    fn with_tip(self, tip: impl Into<String>) -> Self {
        Self { tip: Some(tip.into()), ..self }
    }
}

/// Runs the command.
pub(super) fn run(args: Args) -> Result<(), CliError> {
    let mut findings = vec![version(), cores(), kernels(), engine(), hardware()];
    findings.extend(models());
    findings.extend([speech(), voices(), inputs(), ffmpeg(), pdf()]);
    findings.extend(settings());
    if args.json {
        outln!("{}", serde_json::json!(findings));
        return Ok(());
    }
    for Finding { what, state, found, tip, .. } in &findings {
        outln!("{:<7} {what}: {found}", state.word());
        if let Some(tip) = tip {
            outln!("        tip: {tip}");
        }
    }
    Ok(())
}

fn version() -> Finding {
    Finding::fine("referat", env!("CARGO_PKG_VERSION"))
}

fn cores() -> Finding {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Finding::fine("cores", format!("{cores}: as many stretches of speech are decoded at a time"))
}

fn kernels() -> Finding {
    let what = "whisper.cpp";
    let used = in_use(whisper::system_info());
    let found = format!("uses {}", used.join(", "));
    if used.contains(&"LLAMAFILE") {
        return Finding::fine(what, found);
    }
    Finding::new(what, State::Weak, found).with_tip(
        "build with GGML_LLAMAFILE=ON in the environment: it is 1.5 times faster; \
         run `cargo clean -p whisper-rs-sys` first",
    )
}

/// Returns what whisper.cpp's account of itself says is in use, as in `CPU : AVX2 = 1 | FMA = 1`.
fn in_use(account: &str) -> Vec<&str> {
    let named = account.split('|').filter_map(|fact| {
        let (name, value) = fact.rsplit(':').next()?.split_once('=')?;
        (value.trim() == "1").then(|| name.trim())
    });
    named.collect()
}

fn engine() -> Finding {
    let what = "engine in use";
    match program::executable().map_err(CliError::from) {
        Ok(path) => Finding::fine(what, path.display().to_string()),
        Err(error) => Finding::broken(what, error),
    }
}

fn hardware() -> Finding {
    let compiled: Vec<&str> = [
        ("cuda", cfg!(feature = "cuda")),
        ("vulkan", cfg!(feature = "vulkan")),
        ("metal", cfg!(feature = "metal")),
    ]
    .into_iter()
    .filter_map(|(name, on)| on.then_some(name))
    .collect();
    let found = match compiled.is_empty() {
        true => "CPU only".to_owned(),
        false => format!("CPU and {} (untried by us)", compiled.join(", ")),
    };
    Finding::fine("hardware compiled in", found)
}

fn models() -> Vec<Finding> {
    installed().unwrap_or_else(|error| vec![Finding::broken("speech models", error)])
}

/// Looks at the models, and at the best one for each language.
fn installed() -> Result<Vec<Finding>, ModelError> {
    let library = Library::open()?;
    let folder = Finding::fine("models folder", place(library.folder()));
    let installed = library.installed()?;
    let listed = installed.iter().filter(|model| model.is_whisper());
    let names: Vec<&str> = listed.map(|model| model.name.as_str()).collect();
    if names.is_empty() {
        let none = Finding::new("speech models", State::Missing, "none");
        return Ok(vec![folder, none.with_tip("get one: `referat models pull`")]);
    }
    let mut all = vec![folder, Finding::fine("speech models", names.join(", "))];
    all.extend(Language::ALL.into_iter().map(|language| best(&library, language)));
    Ok(all)
}

/// Looks at the model that is taken for a language when none is named.
fn best(library: &Library, language: Language) -> Finding {
    let what = Headings::of(Words::of(language)).language.as_str();
    let tip = match language == Language::default() {
        true => "get the best one: `referat models pull`".to_owned(),
        false => format!("get the best one: `referat models pull --language {language}`"),
    };
    let model = match library.best_for(language.code()) {
        Ok(model) => model,
        Err(error) => return Finding::new(what, State::Missing, error.to_string()).with_tip(tip),
    };
    if let Some(why) = model.warning(language.code()) {
        return Finding::new(what, State::Weak, why).with_tip(tip);
    }
    let quality = model.quality(language.code()).map_or("", |quality| quality.quality.as_str());
    Finding::fine(what, format!("model `{}`, {quality}", model.name))
}

/// Returns a folder's path, and whether it is there.
fn place(folder: &Path) -> String {
    let there = if folder.is_dir() { "" } else { " (not made yet)" };
    format!("{}{there}", folder.display())
}

fn speech() -> Finding {
    let what = "finding speech";
    match Library::open().and_then(|library| library.find("silero-vad")) {
        Ok(model) => Finding::fine(what, model.name),
        Err(_) => Finding::new(what, State::Weak, "by loudness alone")
            .with_tip("`referat models pull silero-vad`"),
    }
}

fn voices() -> Finding {
    let what = "telling voices apart";
    match Library::open().and_then(|library| library.find("voices")) {
        Ok(model) => Finding::fine(what, model.name),
        Err(_) => Finding::new(what, State::Missing, "names are given by cues alone")
            .with_tip("`referat models pull voices`"),
    }
}

fn inputs() -> Finding {
    let what = "recording inputs";
    let inputs = match device::inputs() {
        Ok(inputs) => inputs,
        Err(error) => return Finding::broken(what, error),
    };
    match &inputs[..] {
        [] => {
            let none = Finding::new(what, State::Missing, "none");
            Finding { tip: CaptureError::NoInput.tip(), ..none }
        }
        [one] => Finding::fine(what, one.name.clone()),
        [first, rest @ ..] => {
            Finding::fine(what, format!("{} and {} more", first.name, rest.len()))
        }
    }
}

fn ffmpeg() -> Finding {
    let there = Command::new("ffmpeg")
        .arg("-version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if there {
        return Finding::fine("ffmpeg", "found");
    }
    let none = "not found; WAV, MP3, M4A, FLAC, OGG and WebM need none";
    Finding::new("ffmpeg", State::Missing, none)
        .with_tip("install ffmpeg to read other kinds of recording")
}

fn pdf() -> Finding {
    if cfg!(feature = "pdf") {
        return Finding::fine("PDF", "built in");
    }
    let none = Finding::new("PDF", State::Missing, "not built in");
    Finding { tip: WriteError::NoPdf.tip(), ..none }
}

/// Looks at the user's own files: a broken one makes other commands refuse to work.
fn settings() -> Vec<Finding> {
    let Some(folder) = folders::settings() else {
        let none = Finding::new("settings folder", State::Missing, "no home folder is set");
        return vec![none.with_tip("set REFERAT_CONFIG to a folder")];
    };
    let words = OwnWords::new(None, Some(folder.clone())).vocabulary().err().map(CliError::from);
    let profiles = profile::faults(&folder).into_iter().map(CliError::from);
    let editor = edit::configured(Some(&folder)).err();
    let faults = words.into_iter().chain(profiles).chain(editor);
    let mut all = vec![Finding::fine("settings folder", place(&folder))];
    all.extend(faults.map(|error| Finding::broken("settings", error)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_in_use_are_told_by_name() {
        let account =
            "WHISPER : COREML = 0 | OPENVINO = 0 | CPU : SSE3 = 1 | AVX2 = 1 | LLAMAFILE = 1 | ";
        assert_eq!(in_use(account), ["SSE3", "AVX2", "LLAMAFILE"]);
        assert!(in_use("").is_empty());
    }
}
