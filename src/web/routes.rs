//! Which address is answered by what.

use axum::Json;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;

use super::error::ApiError;
use super::session::Login;
use super::state::Shared;
use super::{
    approve, assets, audio, document, events, export, gate, heard, history, job_requests, meeting,
    meetings, record, review, upload,
};

/// The longest body that is taken into memory, in bytes: a referat of a thousand pages.
const LONGEST_BODY: usize = 16 << 20;

/// Returns the server's answers.
pub(super) fn all(app: Shared) -> Router {
    let meeting = Router::new()
        .route("/", get(meeting::show))
        .route("/agenda", get(meetings::agenda_of).put(meetings::put_agenda))
        .route("/transcript", get(heard::transcript))
        .route("/audio/{n}", get(audio::original).put(upload::put).delete(audio::remove))
        .route("/audio/{n}/copy", get(audio::copy))
        .route("/audio/{n}/peaks", get(audio::peaks))
        .route("/document", get(document::show).put(document::put))
        .route("/review", post(review::add))
        .route("/redraft", post(review::redraft))
        .route("/job", get(job_requests::show).post(job_requests::act))
        .route("/events", get(events::of_meeting))
        .route("/history", get(history::list))
        .route("/history/{generation}", get(history::show))
        .route("/history/{generation}/restore", post(history::restore))
        .route("/export", post(export::export))
        .route("/preview", get(export::preview))
        .route("/approve", post(approve::approve).delete(approve::withdraw))
        .route("/purge", get(approve::receipts).post(approve::purge))
        .route("/record", get(record::show).post(record::act));
    let api = Router::new()
        .route("/session", get(session))
        .route("/login", post(log_in))
        .route("/address", post(address))
        .route("/meetings", get(meetings::list).post(meetings::create))
        .route("/agenda", post(meetings::understand))
        .route("/models", get(job_requests::models))
        .route("/devices", get(record::devices))
        .route("/events", get(events::of_all))
        .nest("/meetings/{id}", meeting)
        .fallback(no_such)
        .method_not_allowed_fallback(not_so);
    Router::new()
        .route("/", get(assets::page))
        .route("/m/{*path}", get(assets::page))
        .route("/assets/{*path}", get(assets::part))
        .nest("/api", api)
        .fallback(no_such)
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(middleware::from_fn_with_state(app.clone(), gate::pass))
        .with_state(app)
}

async fn no_such() -> ApiError {
    ApiError::not_found("such page")
}

async fn not_so() -> ApiError {
    let message = "this cannot be done here";
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "bad_request", message)
}

/// The server as a page that is let in finds it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Session"))]
pub(super) struct SessionAnswer {
    r#in: bool,
    /// Whether a password lets in.
    login: bool,
    version: &'static str,
    library: String,
    /// Whether it writes PDF.
    pdf: bool,
}

async fn session(State(app): State<Shared>) -> Json<SessionAnswer> {
    Json(SessionAnswer {
        r#in: true,
        login: app.session.has_password(),
        version: env!("CARGO_PKG_VERSION"),
        library: app.library.name(),
        pdf: cfg!(feature = "pdf"),
    })
}

#[derive(serde::Deserialize)]
struct Password {
    password: String,
}

async fn log_in(State(app): State<Shared>, Json(body): Json<Password>) -> Response {
    match app.session.log_in(&body.password) {
        Login::Right => {
            (StatusCode::NO_CONTENT, [(SET_COOKIE, app.session.cookie())]).into_response()
        }
        Login::Wrong => {
            ApiError::new(StatusCode::FORBIDDEN, "wrong_password", "that is not the password")
                .into_response()
        }
        Login::TooSoon => {
            let message = "this was tried a moment ago: wait two seconds";
            ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_soon", message).into_response()
        }
    }
}

/// An address that lets one browser in.
#[derive(Serialize)]
struct AddressAnswer {
    url: String,
}

async fn address(State(app): State<Shared>) -> Json<AddressAnswer> {
    Json(AddressAnswer { url: app.address(None) })
}
