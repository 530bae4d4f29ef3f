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
use crate::run::draft::Redrafted;
use crate::run::line;
use crate::run::own_words::OwnWords;
use crate::run::progress::Silent;
use crate::run::resolve::{MeetingRun, RunRequest};
use crate::store::folder::MeetingFolder;
use referat_core::remark::Remark;

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
    /// Where the user's own words stand.
    pub(super) words: OwnWords,
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

    /// Makes the draft of a meeting again, as its last run was asked to.
    pub(super) fn redraft(&self, folder: &MeetingFolder) -> ApiResult<Redrafted> {
        if !folder.transcript().exists() {
            return Err(ApiError::not_found("transcript to make a draft of"));
        }
        let request = RunRequest {
            settings: self.settings.clone(),
            words: self.words.clone(),
            ..RunRequest::default()
        };
        let run = MeetingRun::resolve(folder.clone(), &request)?;
        let mut made = line::draft(&run, &Silent)?;
        if let Some(error) = &run.server_left {
            made.remarks.insert(0, Remark::on_whole(error.to_string()));
        }
        Ok(made)
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
