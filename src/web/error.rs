//! A request that cannot be done, as the page is told: a code that stays, a line for people, and a
//! tip.

use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::document_answer::DocumentAnswer;
use crate::editing::save::SaveError;
use crate::error::PipelineError;
use crate::export::error::ExportError;
use crate::recorder::request::RequestError;
use crate::store::error::StoreError;
use referat_document::ImportError;
use referat_document::format::WriteError;

/// What a request is answered with when it cannot be done.
#[derive(Debug)]
pub(super) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    tip: Option<String>,
    // A document's answer is large, and errors are seldom.
    more: Box<ErrorDetails>,
}

pub(super) type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// Returns a refusal with `code`.
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        let more = Box::new(ErrorDetails::None {});
        Self { status, code, message: message.into(), tip: None, more }
    }

    /// Returns that there is no such thing.
    pub(super) fn not_found(what: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("there is no {what}"))
    }

    /// Returns that the request says nothing that can be done.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    /// Returns a failure that is nobody's fault here.
    pub(super) fn failed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", message)
    }

    /// Adds what can be done about it.
    #[must_use]
    pub(super) fn tip(mut self, tip: impl Into<String>) -> Self {
        self.tip = Some(tip.into());
        self
    }

    /// Adds fields to the answer.
    #[must_use]
    pub(super) fn with(mut self, more: ErrorDetails) -> Self {
        *self.more = more;
        self
    }

    /// Returns the status.
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }
}

/// A refusal as a page reads it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(super) struct ErrorBody {
    /// The code.
    error: &'static str,
    /// One line, in English.
    message: String,
    tip: Option<String>,
    #[serde(flatten)]
    more: ErrorDetails,
}

/// What a page needs to go on from a refusal.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
pub(super) enum ErrorDetails {
    /// How many proposals are to be settled first.
    Unsettled { open_proposals: usize },
    /// Whether a password lets in.
    LockedOut { login: bool },
    /// The text as it is now.
    UnknownBase(DocumentAnswer),
    /// Nothing more.
    None {},
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let message = self.message.replace('\n', " ");
        let body = ErrorBody { error: self.code, message, tip: self.tip, more: *self.more };
        (self.status, Json(body)).into_response()
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let (status, code) = match &error {
            StoreError::Busy { .. } => (StatusCode::LOCKED, "busy"),
            StoreError::NotEmpty { .. } => (StatusCode::CONFLICT, "exists"),
            StoreError::NoRecording { .. } => (StatusCode::NOT_FOUND, "not_found"),
            StoreError::Read { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                (StatusCode::NOT_FOUND, "not_found")
            }
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "failed"),
        };
        Self { tip: error.tip(), ..Self::new(status, code, error.to_string()) }
    }
}

impl From<PipelineError> for ApiError {
    fn from(error: PipelineError) -> Self {
        let (status, code) = match error {
            PipelineError::Store(error) => return error.into(),
            PipelineError::Export(ExportError::NoReferat { .. } | ExportError::NoClosed { .. })
            | PipelineError::NothingSaid { .. } => (StatusCode::NOT_FOUND, "not_found"),
            PipelineError::Export(ExportError::Edited { .. }) => (StatusCode::CONFLICT, "edited"),
            PipelineError::Export(ExportError::Write(WriteError::NoPdf)) => {
                (StatusCode::NOT_IMPLEMENTED, "no_pdf")
            }
            PipelineError::Audio(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_audio"),
            PipelineError::Import(_) => (StatusCode::BAD_REQUEST, "not_understood"),
            PipelineError::Profile(_) => (StatusCode::BAD_REQUEST, "bad_request"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "failed"),
        };
        Self { tip: error.tip(), ..Self::new(status, code, error.to_string()) }
    }
}

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        PipelineError::from(error).into()
    }
}

impl From<SaveError> for ApiError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Missing(_) => {
                Self::new(StatusCode::NOT_FOUND, "not_found", error.to_string())
            }
            SaveError::UnknownBase => {
                Self::new(StatusCode::CONFLICT, "unknown_base", error.to_string())
            }
            SaveError::Store(error) => error.into(),
        }
    }
}

impl From<RequestError> for ApiError {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::Store(error) => error.into(),
            error => Self::new(StatusCode::CONFLICT, "not_recording", error.to_string()),
        }
    }
}

/// Does `work`, which waits for files, where it holds up nobody else.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> ApiResult<T> + Send + 'static,
) -> ApiResult<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(_) => Err(ApiError::failed("the work broke off: look at the terminal")),
    }
}

/// A body of JSON, refused in this server's own words where it is none.
pub(super) struct Sent<T>(pub(super) T);

impl<T: serde::de::DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> ApiResult<Self> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                let message = "this is longer than 16 MB";
                Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message))
            }
            Err(rejection) => Err(ApiError::bad(rejection.body_text())),
        }
    }
}
