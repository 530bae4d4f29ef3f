//! The pages, carried by the program: the bundle that is built from `web/`.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};

use super::error::ApiError;

static BUNDLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/web/assets");

/// Returns the one page, which shows what its address names.
pub(super) fn index() -> Response {
    match BUNDLE.get_file("index.html") {
        Some(file) => {
            ([(CONTENT_TYPE, "text/html; charset=utf-8")], file.contents()).into_response()
        }
        None => ApiError::failed("the pages are not built into this program").into_response(),
    }
}

/// Answers with the page.
pub(super) async fn page() -> Response {
    index()
}

/// Answers with a part of the page. Its name changes with its contents, so it is kept for ever.
pub(super) async fn part(Path(path): Path<String>) -> Response {
    // The bundle is a list of names in memory: a path that climbs is merely not among them.
    let Some(file) = BUNDLE.get_file(format!("assets/{path}")) else {
        let missing = ApiError::not_found("such part of the pages");
        return (StatusCode::NOT_FOUND, missing).into_response();
    };
    let headers =
        [(CONTENT_TYPE, kind(&path)), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, file.contents()).into_response()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
