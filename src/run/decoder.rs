//! The engine process as runs use it: one at a time, kept from recording to recording, ended by
//! what stops the run. What there is to say of a model is said once.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::listen::SpeechDetector;
use super::model::{self, ModelWish};
use super::program::{VERSION, executable};
use super::progress::{Progress, RunEvent};
use super::stop::Stop;
use crate::error::PipelineError;
use crate::speech::prompt::Prompt;
use crate::speech::recognizer::{Effort, Recognizer, Window};
use crate::speech::remote::{Engine, Lane, Patience, Program};
use crate::speech::whisper::WhisperOptions;
use referat_core::domain::language::Language;
use referat_weights::installed::InstalledModel;
use referat_weights::manifest::PromptPolicy;

/// Decodes for one command.
pub struct Decoder {
    jobs: usize,
    stop: Stop,
    /// The models found so far, with the wish that each was found for.
    found: Vec<(ModelWish, InstalledModel)>,
    detector: Option<SpeechDetector>,
    /// The engine with the path of its weights.
    engine: Option<(PathBuf, Engine)>,
}

impl Decoder {
    /// Returns a decoder of `jobs` windows at a time, as many as cores by default, that ends
    /// with `stop`.
    pub fn new(jobs: Option<usize>, stop: Stop) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = jobs.unwrap_or(cores).max(1);
        Self { jobs, stop, found: Vec::new(), detector: None, engine: None }
    }

    /// Returns what ends it.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Returns the model for `wish`.
    ///
    /// # Errors
    /// It, or any, is not installed.
    pub fn model(
        &mut self,
        wish: &ModelWish,
        progress: &dyn Progress,
    ) -> Result<InstalledModel, PipelineError> {
        if let Some((_, model)) = self.found.iter().find(|(known, _)| known == wish) {
            return Ok(model.clone());
        }
        let model = model::find(wish)?;
        let is_told = self.found.iter().any(|(known, found)| {
            let alike = known.language == wish.language && found.name == model.name;
            alike && known.name.is_none() == wish.name.is_none()
        });
        if wish.name.is_none() && !is_told {
            progress.happened(&RunEvent::ModelChosen(&model.name));
        }
        if let Some(warning) = model.warning(wish.language.code()).filter(|_| !is_told) {
            progress.happened(&RunEvent::ModelWarning(&warning));
        }
        self.found.push((wish.clone(), model.clone()));
        Ok(model)
    }

    /// Returns what finds the speech: Silero where its weights are installed, loudness else.
    ///
    /// # Errors
    /// The installed models cannot be read.
    pub fn detector(&mut self, progress: &dyn Progress) -> Result<SpeechDetector, PipelineError> {
        if let Some(detector) = &self.detector {
            return Ok(detector.clone());
        }
        let detector = model::speech_detector()?;
        if detector == SpeechDetector::Loudness {
            progress.happened(&RunEvent::NoSpeechDetector);
        }
        self.detector = Some(detector.clone());
        Ok(detector)
    }

    /// Returns what makes a recording's lanes on the engine that has `model` in memory.
    ///
    /// # Errors
    /// This program does not find itself.
    pub fn lanes(
        &mut self,
        model: &InstalledModel,
        language: Language,
    ) -> Result<impl Fn(Prompt) -> Result<Vec<Lane>, PipelineError> + use<>, PipelineError> {
        let engine = self.engine(model)?;
        let takes_words = model.prompt_policy == PromptPolicy::Vocabulary;
        let (jobs, timestamps) = (self.jobs, model.trained_with_timestamps);
        let beam_size = model::decode_options(model).beam_size;
        Ok(move |prompt: Prompt| {
            let prompt = if takes_words { prompt } else { prompt.untold() };
            let options = WhisperOptions { language, prompt, timestamps, beam_size };
            Ok((0..jobs).map(|_| engine.lane(options.clone())).collect())
        })
    }

    /// Returns the seconds that a second of speech is likely to take on this machine with
    /// `model`: ten seconds of noise, decoded once.
    ///
    /// # Errors
    /// The engine fails.
    pub fn measure(
        &mut self,
        model: &InstalledModel,
        language: Language,
    ) -> Result<f64, PipelineError> {
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

    fn engine(&mut self, model: &InstalledModel) -> Result<Engine, PipelineError> {
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
        self.stop.ends(engine.clone());
        self.engine = Some((model.path.clone(), engine.clone()));
        Ok(engine)
    }
}

/// Speech has words to write down and noise has hardly any: how much longer it takes. An
/// estimate (2026-11-25, base: writing down is about two fifths of the work), good enough to
/// tell minutes from hours; the bar's own figure takes over when the first window is done.
const WORDS: f64 = 1.6;
