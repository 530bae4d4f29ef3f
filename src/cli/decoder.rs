//! The engine process as commands use it: one at a time, kept from recording to recording,
//! ended by Ctrl-C.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::engine::VERSION;
use super::error::CliError;
use super::weights;
use crate::error::PipelineError;
use crate::speech::prompt::Prompt;
use crate::speech::recognizer::{Effort, Recognizer, Window};
use crate::speech::remote::{Engine, Lane, Patience, Program};
use crate::speech::whisper::WhisperOptions;
use referat_core::domain::language::Language;
use referat_weights::library::InstalledModel;
use referat_weights::manifest::PromptPolicy;

/// Decodes for one command.
pub(super) struct Decoder {
    jobs: usize,
    stop: Stop,
    /// The models chosen so far: what there is to say of one is said once.
    chosen: Vec<(Language, InstalledModel)>,
    /// The engine with the path of its weights.
    engine: Option<(PathBuf, Engine)>,
}

/// Whether the user has pressed Ctrl-C.
#[derive(Clone, Default)]
pub(super) struct Stop {
    pressed: Arc<AtomicBool>,
    engine: Arc<Mutex<Option<Engine>>>,
}

impl Stop {
    /// Tells whether the work should end.
    pub(super) fn is_pressed(&self) -> bool {
        self.pressed.load(Ordering::SeqCst)
    }

    /// Ends the work: what is done is in the journal.
    pub(super) fn press(&self) {
        self.pressed.store(true, Ordering::SeqCst);
        if let Some(engine) = &*self.engine.lock().unwrap_or_else(PoisonError::into_inner) {
            engine.stop();
        }
    }
}

impl Decoder {
    /// Returns a decoder of `jobs` windows at a time, as many as cores by default, and takes
    /// Ctrl-C to itself: what is done is in the journal, and the engine is ended with us.
    pub(super) fn new(jobs: Option<usize>) -> Result<Self, CliError> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let stop = Stop::default();
        let pressed = stop.clone();
        ctrlc::set_handler(move || pressed.press()).map_err(|error| {
            CliError::failed(
                format!("cannot watch for Ctrl-C: {error}"),
                "run one command at a time in this process",
            )
        })?;
        Ok(Self { jobs: jobs.unwrap_or(cores).max(1), stop, chosen: Vec::new(), engine: None })
    }

    /// Returns what tells of Ctrl-C.
    pub(super) fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Returns the model called `name`, or else the best one for `language`.
    pub(super) fn model(
        &mut self,
        name: Option<&str>,
        language: Language,
    ) -> Result<InstalledModel, CliError> {
        if let Some((_, model)) = self.chosen.iter().find(|(known, _)| *known == language) {
            return Ok(model.clone());
        }
        let model = weights::choose(name, language)?;
        self.chosen.push((language, model.clone()));
        Ok(model)
    }

    /// Returns what makes a recording's lanes on the engine that has `model` in memory.
    pub(super) fn lanes(
        &mut self,
        model: &InstalledModel,
        language: Language,
    ) -> Result<impl Fn(Prompt) -> Result<Vec<Lane>, PipelineError> + use<>, CliError> {
        let engine = self.engine(model)?;
        let takes_words = model.prompt_policy == PromptPolicy::Vocabulary;
        let (jobs, timestamps) = (self.jobs, model.trained_with_timestamps);
        let beam_size = weights::decode_options(model).beam_size;
        Ok(move |prompt: Prompt| {
            let prompt = if takes_words { prompt } else { prompt.untold() };
            let options = WhisperOptions { language, prompt, timestamps, beam_size };
            Ok((0..jobs).map(|_| engine.lane(options.clone())).collect())
        })
    }

    /// Returns the seconds that a second of speech is likely to take on this machine with
    /// `model`: ten seconds of noise, decoded once.
    pub(super) fn measure(
        &mut self,
        model: &InstalledModel,
        language: Language,
    ) -> Result<f64, CliError> {
        const LENGTH: Duration = Duration::from_secs(10);
        let window = Window::of_noise(LENGTH);
        let mut lanes = self.lanes(model, language)?(Prompt::default())?;
        let Some(lane) = lanes.first_mut() else { return Ok(0.0) };
        // The first question waits for the weights to be loaded.
        lane.hear(&window, Effort::Again)?;
        let began = Instant::now();
        lane.hear(&window, Effort::First)?;
        Ok(began.elapsed().div_duration_f64(LENGTH) / self.jobs as f64 * WORDS)
    }

    fn engine(&mut self, model: &InstalledModel) -> Result<Engine, CliError> {
        if let Some((path, engine)) = &self.engine
            && *path == model.path
        {
            return Ok(engine.clone());
        }
        let arguments = vec![
            "engine".into(),
            "--model".into(),
            model.path.clone().into(),
            "--lanes".into(),
            self.jobs.to_string().into(),
            "--asked-by".into(),
            VERSION.into(),
        ];
        let program = Program { path: executable()?, arguments };
        let engine = Engine::new(program, Patience::default());
        let mut slot = self.stop.engine.lock().unwrap_or_else(PoisonError::into_inner);
        *slot = Some(engine.clone());
        self.engine = Some((model.path.clone(), engine.clone()));
        Ok(engine)
    }
}

/// Speech has words to write down and noise has hardly any: how much longer it takes. An
/// estimate (2026-11-25, base: writing down is about two fifths of the work), good enough to
/// tell minutes from hours; the bar's own figure takes over when the first window is done.
const WORDS: f64 = 1.6;

/// The builds of this program for newer processors, the best first: they lie beside it where
/// the release has them.
const BUILDS: [&str; 2] = ["referat-engine-v4", "referat-engine-v3"];

/// Returns the build of this program that decodes fastest here.
pub(super) fn executable() -> Result<PathBuf, CliError> {
    let own = std::env::current_exe().map_err(|error| {
        CliError::failed(
            format!("cannot find the program's own file: {error}"),
            "start referat by its full path",
        )
    })?;
    let fitting = BUILDS.into_iter().zip(supported()).filter(|(_, fits)| *fits);
    let beside = fitting
        .map(|(name, _)| own.with_file_name(name).with_extension(std::env::consts::EXE_EXTENSION));
    Ok(beside.into_iter().find(|path| path.is_file()).unwrap_or(own))
}

/// Tells which of [`BUILDS`] this processor runs.
#[cfg(target_arch = "x86_64")]
fn supported() -> [bool; 2] {
    let v3 = is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("fma")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("f16c");
    let v4 = v3
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512cd")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl");
    [v4, v3]
}

/// Tells which of [`BUILDS`] this processor runs: they are for another one.
#[cfg(not(target_arch = "x86_64"))]
const fn supported() -> [bool; 2] {
    [false, false]
}
