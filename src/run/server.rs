//! The language model's server of a run, and whether it may be asked.
//!
//! That what was said may leave the machine is the user's word, not the folder's: a meeting that
//! came from elsewhere may have any address frozen. So `--llm-anywhere` is remembered among the
//! user's settings too, and an address that only the folder knows is not asked.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::settings::ServerChoice;
use crate::error::PipelineError;
use crate::llm::{LlmError, Reach, Server};
use crate::store::artefact;
use crate::store::error::StoreError;

/// The servers on other machines that the user has allowed, a line each, among the settings.
const FILE: &str = "llm-anywhere.txt";

/// What a choice of a server came to.
#[derive(Debug)]
pub enum ChosenServer {
    /// None was asked for.
    None,
    /// It answers.
    Ready(Server),
    /// It does not answer or may not be asked: the draft is made without it.
    Left(LlmError),
}

/// Returns the server of a choice that is made `now`, or was made before and is `frozen`.
/// `settings` is the user's folder of settings.
///
/// # Errors
/// The address that is given now must not be asked.
pub fn find(
    now: Option<&ServerChoice>,
    frozen: Option<&ServerChoice>,
    settings: Option<&Path>,
) -> Result<ChosenServer, PipelineError> {
    let (choice, anywhere) = match (now, frozen) {
        (Some(choice), _) => {
            if let Some(settings) = settings.filter(|_| choice.anywhere) {
                allow(settings, &choice.url)?;
            }
            (choice, choice.anywhere)
        }
        (None, Some(choice)) => {
            (choice, choice.anywhere && allowed(settings)?.contains(&choice.url))
        }
        (None, None) => return Ok(ChosenServer::None),
    };
    let reach = if anywhere { Reach::Anywhere } else { Reach::Loopback };
    let silence = Duration::from_millis(choice.timeout_ms);
    match Server::new(&choice.url, choice.model.as_deref(), reach, silence) {
        Ok(server) => Ok(ChosenServer::Ready(server)),
        Err(error @ (LlmError::BadUrl { .. } | LlmError::NotLoopback { .. })) if now.is_some() => {
            Err(error.into())
        }
        Err(error) => Ok(ChosenServer::Left(error)),
    }
}

fn list(settings: &Path) -> PathBuf {
    settings.join(FILE)
}

fn allowed(settings: Option<&Path>) -> Result<Vec<String>, StoreError> {
    let Some(settings) = settings else { return Ok(Vec::new()) };
    let bytes = artefact::read_if_there(&list(settings))?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect())
}

fn allow(settings: &Path, url: &str) -> Result<(), StoreError> {
    let mut urls = allowed(Some(settings))?;
    if urls.iter().any(|known| known == url) {
        return Ok(());
    }
    urls.push(url.to_owned());
    artefact::write(&list(settings), (urls.join("\n") + "\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_alone_sends_nothing_to_another_machine() {
        let settings = tempfile::tempdir().unwrap();
        let settings = Some(settings.path());
        let there = ServerChoice {
            url: "http://192.0.2.7:1/v1".into(),
            model: Some("m".into()),
            timeout_ms: 50,
            anywhere: true,
        };
        let left = find(None, Some(&there), settings).unwrap();
        assert!(matches!(left, ChosenServer::Left(LlmError::NotLoopback { .. })), "{left:?}");
        assert!(matches!(find(Some(&there), None, settings).unwrap(), ChosenServer::Ready(_)));
        // She has said so once.
        assert!(matches!(find(None, Some(&there), settings).unwrap(), ChosenServer::Ready(_)));
        let here = ServerChoice { anywhere: false, ..there };
        assert!(find(Some(&here), None, settings).is_err());
    }
}
