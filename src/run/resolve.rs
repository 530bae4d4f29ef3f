//! A run of a meeting, resolved: everything that decides what it makes, found before anything is
//! made, and frozen in `.referat/run.json` for the next.

use std::path::PathBuf;

use super::frozen::{FrozenRun, RunFacts};
use super::names::NameCorrection;
use super::own_words::OwnWords;
use super::profile;
use super::server::{self, ChosenServer};
use super::settings::RunSettings;
use crate::error::PipelineError;
use crate::llm::{LlmError, Server};
use crate::store::error::StoreError;
use crate::store::folder::MeetingFolder;
use referat_core::language::words::Vocabulary;
use referat_core::understanding::LearntModels;
use referat_document::profile::Profile;

/// A run of a meeting.
#[derive(Debug)]
pub struct MeetingRun {
    /// The meeting.
    pub folder: MeetingFolder,
    /// What was asked for, now and before.
    pub asked: RunSettings,
    /// The house rules.
    pub profile: Profile,
    /// The language model that words the draft, where one was asked for and answers.
    pub server: Option<Server>,
    /// Why one that was asked for is left out.
    pub server_left: Option<LlmError>,
    /// What is done about misheard names.
    pub names: NameCorrection,
    /// What was learnt from meetings with labels.
    pub models: LearntModels,
    /// The words of the languages, with the user's own laid over them.
    pub words: Vocabulary,
    /// As it was asked for.
    pub(super) request: RunRequest,
}

/// Who asks for a run, and what.
#[derive(Clone, Debug, Default)]
pub struct RunRequest {
    /// What is asked for now.
    pub asked: RunSettings,
    /// Whether what earlier runs were asked for is forgotten.
    pub forget: bool,
    /// The user's folder of settings.
    pub settings: Option<PathBuf>,
    /// Where the user's own words stand.
    pub words: OwnWords,
    /// What was learnt from meetings with labels: what is compiled in, unless that is measured.
    pub models: LearntModels,
}

impl RunRequest {
    /// Returns what is asked for with what earlier runs of `folder` were asked for, and what is
    /// known of the last.
    ///
    /// # Errors
    /// What was frozen cannot be read.
    pub fn with_earlier(
        &self,
        folder: &MeetingFolder,
    ) -> Result<(RunSettings, RunFacts), StoreError> {
        if self.forget {
            return Ok((self.asked.clone(), RunFacts::default()));
        }
        let earlier = FrozenRun::read(folder)?;
        Ok((self.asked.clone().or(earlier.asked), earlier.resolved))
    }
}

impl MeetingRun {
    /// Resolves what is asked for in `folder`: the house rules are read and the language model's
    /// server is asked whether it is there. It costs nothing to find out before long work.
    ///
    /// # Errors
    /// What is asked for is not there, cannot be read or must not be done.
    pub fn resolve(folder: MeetingFolder, request: &RunRequest) -> Result<Self, PipelineError> {
        let (asked, _) = request.with_earlier(&folder)?;
        let settings = request.settings.as_deref();
        if request.asked.profile.is_none() && asked.profile.is_some() {
            // Rules beside the meeting that are not in force are to be sound all the same: who
            // has just written them looks for what is wrong.
            profile::find(&folder, None, settings)?;
        }
        let profile = profile::find(&folder, asked.profile.as_ref(), settings)?;
        let now = request.asked.llm.as_ref();
        let (server, server_left) = match server::find(now, asked.llm.as_ref(), settings)? {
            ChosenServer::None => (None, None),
            ChosenServer::Ready(server) => (Some(server), None),
            ChosenServer::Left(error) => (None, Some(error)),
        };
        let names = asked.names.unwrap_or_default();
        let words = request.words.asked(asked.words.clone())?;
        let (models, request) = (request.models.clone(), request.clone());
        Ok(Self { folder, asked, profile, server, server_left, names, models, words, request })
    }

    /// Freezes the run with what it came to. The caller holds the meeting's lock.
    pub(super) fn freeze(&self) -> Result<(), StoreError> {
        FrozenRun::freeze(&self.folder, &self.asked, |facts| {
            facts.profile = Some(self.profile.name.clone());
            facts.llm = self.server.as_ref().map(|server| server.model().to_owned());
        })
    }
}
