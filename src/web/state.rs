//! What all requests share.

use std::path::PathBuf;
use std::sync::Arc;

use super::address::HostNames;
use super::error::{ApiError, ApiResult};
use super::jobs::Jobs;
use super::library::MeetingLibrary;
use super::session::BrowserSession;
use super::sounds::OpenSounds;
use super::summary::Summaries;
use super::transcripts::Transcripts;
use crate::run::names::NameCorrection;
use crate::run::profile;
use crate::run::redraft::{Form, Redrafted, redraft};
use crate::store::folder::MeetingFolder;

/// The server's state.
#[derive(Debug)]
pub(super) struct App {
    pub(super) library: MeetingLibrary,
    pub(super) names: HostNames,
    pub(super) session: BrowserSession,
    /// Where the server is reached, without a path.
    pub(super) origin: String,
    pub(super) program: PathBuf,
    pub(super) settings: Option<PathBuf>,
    pub(super) jobs: Jobs,
    pub(super) sounds: OpenSounds,
    pub(super) transcripts: Transcripts,
    pub(super) summaries: Summaries,
}

/// The state as every request gets it.
pub(super) type Shared = Arc<App>;

impl App {
    /// Returns the address that lets one browser in, to the meeting `open` or to the list.
    pub(super) fn address(&self, open: Option<&str>) -> String {
        let path = open.map_or(String::new(), page);
        format!("{}/{path}?token={}", self.origin, self.session.hand_out())
    }

    /// Makes the draft of a meeting again, by the house rules that lie nearest to it.
    pub(super) fn redraft(&self, folder: &MeetingFolder) -> ApiResult<Redrafted> {
        if !folder.transcript().exists() {
            return Err(ApiError::not_found("transcript to make a draft of"));
        }
        let profile = profile::choose(folder, None, self.settings.as_deref())?;
        let names = NameCorrection::Right;
        let form = Form { profile, server: None, names, language: None };
        Ok(redraft(folder, &form)?)
    }
}

/// Returns the path of a meeting's page.
pub(super) fn page(id: &str) -> String {
    format!("m/{}", encoded(id))
}

/// Returns a name as it stands in an address.
pub(super) fn encoded(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}
