//! One transcript to be made: of a meeting's recordings, or of a recording that stands alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::draft;
use super::frozen::{FrozenRun, HashedRecording};
use super::listen::SpeechDetector;
use super::model::{self, ModelWish};
use super::names::NameCorrection;
use super::progress::{Progress, RunEvent};
use super::resolve::RunRequest;
use super::settings::RunSettings;
use super::transcribe::{DecodeJob, SETTINGS};
use super::words;
use crate::error::PipelineError;
use crate::recorder::{recover, timeline};
use crate::speech::prompt::Prompt;
use crate::store::artefact;
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::Meeting;
use referat_core::domain::recording::AudioFile;
use referat_core::domain::transcript::Transcript;
use referat_core::language::words::Vocabulary;
use referat_weights::installed::InstalledModel;

/// One transcript to be made.
#[derive(Debug)]
pub struct TranscribeTask {
    /// The recordings, in order, with the names they have in the transcript.
    pub recordings: Vec<(PathBuf, String)>,
    /// Places of those that our own recorder made.
    pub offsets: BTreeMap<String, Duration>,
    /// Folder that the transcript and the journal are written to.
    pub output: PathBuf,
    /// The model to use.
    pub model: ModelWish,
    /// Words to expect.
    pub prompt: Prompt,
    /// The words of the languages, with the user's own laid over them.
    pub words: Vocabulary,
    /// The meeting whose names are put right, and whether they are.
    pub names: Option<(Meeting, NameCorrection)>,
    /// The meeting whose own transcript this is, and what its run is asked for.
    pub run: Option<(MeetingFolder, RunSettings)>,
}

impl TranscribeTask {
    /// Returns the task of a meeting's folder, for `output` or for itself; what a crash of the
    /// recorder left open is mended first.
    ///
    /// # Errors
    /// There is no recording, or a file of the meeting cannot be read or mended.
    pub fn of_meeting(
        folder: &MeetingFolder,
        request: &RunRequest,
        output: Option<&Path>,
        progress: &dyn Progress,
    ) -> Result<Self, PipelineError> {
        for one in recover::recover_if_open(folder)? {
            progress.happened(&RunEvent::Recovered(&one));
        }
        let recordings = timeline::current(folder, folder.recordings()?)?;
        let (settings, earlier) = request.with_earlier(folder)?;
        let correction = settings.names.unwrap_or_default();
        let own = request.words.asked(settings.words.clone())?;
        let (language, prompt, names) = if folder.agenda().exists() {
            let (meeting, _) = draft::meeting_in(folder, settings.language, &own)?;
            let prompt = match correction {
                NameCorrection::Right => words::prompt(&meeting),
                NameCorrection::Heard => Prompt::default(),
            };
            (meeting.language, prompt, Some((meeting, correction)))
        } else {
            (settings.language.unwrap_or_default(), Prompt::default(), None)
        };
        let named = recordings.into_iter().map(|path| {
            let name = folder.relative(&path);
            (path, name)
        });
        Ok(Self {
            recordings: named.collect(),
            offsets: timeline::offsets(folder)?,
            output: output.unwrap_or(folder.root()).to_owned(),
            model: ModelWish { name: settings.model.clone(), earlier: earlier.model, language },
            prompt,
            words: own,
            names,
            run: output.is_none().then(|| (folder.clone(), settings)),
        })
    }

    /// Returns the task of a recording that stands alone: its transcript goes to a folder of its
    /// name beside it, or in `output` where there are `several`, or to `output` itself.
    pub fn of_file(
        path: PathBuf,
        settings: &RunSettings,
        output: Option<&Path>,
        several: bool,
        words: Vocabulary,
    ) -> Self {
        let stem = path.file_stem().unwrap_or_default();
        let output = match output {
            Some(output) if several => output.join(stem),
            Some(output) => output.to_owned(),
            None => path.with_file_name(stem),
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let language = settings.language.unwrap_or_default();
        Self {
            recordings: vec![(path, name)],
            offsets: BTreeMap::new(),
            output,
            model: ModelWish { name: settings.model.clone(), earlier: None, language },
            prompt: Prompt::default(),
            words,
            names: None,
            run: None,
        }
    }

    /// Returns the name of the meeting or of its recording.
    pub fn name(&self) -> String {
        let path = match &self.recordings[..] {
            [(path, _)] => path,
            _ => &self.output,
        };
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Returns the path of the transcript.
    pub fn transcript(&self) -> PathBuf {
        self.output.join("transcript.json")
    }

    /// Returns the language spoken.
    pub const fn language(&self) -> Language {
        self.model.language
    }

    /// Reads the recordings through and returns what their transcript depends on, in one hash.
    pub(super) fn inputs(&self, model: &InstalledModel) -> Result<String, StoreError> {
        let mut audio = Vec::new();
        for (path, name) in &self.recordings {
            audio.push((name, artefact::sha256_of_file(path)?));
        }
        let inputs = serde_json::json!([SETTINGS, audio, model.sha256, self.language()]);
        Ok(artefact::sha256(inputs.to_string().as_bytes()))
    }

    /// Returns the work of transcribing with `model`.
    pub(super) fn job(&self, model: &InstalledModel, detector: SpeechDetector) -> DecodeJob {
        DecodeJob {
            recordings: self.recordings.clone(),
            offsets: self.offsets.clone(),
            journals: self.output.join(".referat/journal"),
            model: model::reference(model),
            language: self.language(),
            words: self.words.clone(),
            decoding: model::decode_options(model),
            prompt: self.prompt.clone(),
            detector,
        }
    }

    /// Freezes the run that this is part of, with how its recordings are transcribed, and what
    /// they hold where that is known. The caller holds the meeting's lock.
    pub(super) fn freeze(
        &self,
        job: &DecodeJob,
        transcript: Option<&Transcript>,
    ) -> Result<(), StoreError> {
        let Some((folder, asked)) = &self.run else { return Ok(()) };
        FrozenRun::freeze(folder, asked, |facts| {
            facts.language = Some(job.language);
            facts.model = Some(job.model.clone());
            facts.decoding = Some(job.decoding);
            facts.detector = Some(job.detector.name().to_owned());
            facts.recordings = transcript.map(|transcript| {
                let hashed = |file: &AudioFile| HashedRecording {
                    path: file.path.clone(),
                    sha256: file.sha256.clone(),
                };
                transcript.audio.iter().map(hashed).collect()
            });
        })
    }
}
