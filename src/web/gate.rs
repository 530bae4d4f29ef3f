//! What every request passes first, and what every answer bears.
//!
//! A request must name this server, must not come from another page, and must bear the session's
//! secret. An answer tells the browser to load nothing from elsewhere and to keep nothing.

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY};
use axum::http::header::{HeaderName, LOCATION, SET_COOKIE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::assets;
use super::error::{ApiError, ErrorDetails};
use super::state::Shared;

/// What a page may load: its own parts, and nothing that stands in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; \
    frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
static OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
static RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Lets a request through or refuses it, and adds what every answer bears.
pub(super) async fn pass(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let mut response = match checked(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(response) => *response,
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "no-referrer");
    set(CACHE_CONTROL, "no-store");
    set(OPENER.clone(), "same-origin");
    set(RESOURCE.clone(), "same-origin");
    response
}

fn checked(app: &Shared, request: &Request) -> Result<(), Box<Response>> {
    let headers = request.headers();
    let foreign = |what: &str| {
        let message = format!("this request comes from elsewhere: {what}");
        Box::new(ApiError::new(StatusCode::FORBIDDEN, "forbidden", message).into_response())
    };
    let host = text(headers, &HOST).or_else(|| request.uri().authority().map(|it| it.as_str()));
    if !host.is_some_and(|host| app.names.is_host(host)) {
        return Err(foreign("it does not name this server"));
    }
    if let Some(origin) = headers.get(ORIGIN)
        && !origin.to_str().is_ok_and(|origin| app.names.is_origin(origin))
    {
        return Err(foreign("another page sent it"));
    }
    let path = request.uri().path();
    let is_page = !path.starts_with("/api/");
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match text(headers, &FETCH_SITE) {
        None | Some("same-origin") => {}
        // An address that was typed or clicked in another program.
        Some("none") if reads => {}
        // A link on another page may lead here; it carries no cookie.
        Some(_) if reads && is_page => {}
        Some(_) => return Err(foreign("another page sent it")),
    }
    let known = app.session.knows(headers);
    if is_page && reads && !is_open(path) && (!known || token(request.uri()).is_some()) {
        return Err(Box::new(welcomed(app, request.uri(), known)));
    }
    if known || is_open(path) {
        return Ok(());
    }
    let refusal = ApiError::new(StatusCode::UNAUTHORIZED, "unauthorised", "you are not let in")
        .tip("start `referat edit` again, and open the address it prints")
        .with(ErrorDetails::LockedOut { login: app.session.has_password() });
    Err(Box::new(refusal.into_response()))
}

/// Tells whether a path is open to all: the parts that pages are made of, and the way in.
fn is_open(path: &str) -> bool {
    path.starts_with("/assets/") || path == "/api/login"
}

fn token(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token="))
}

/// Lets a browser in that comes with a token, and tells another how to get in.
fn welcomed(app: &Shared, uri: &Uri, known: bool) -> Response {
    if token(uri).is_some_and(|token| app.session.redeem(token)) || known {
        // The path as it was sent, and this server's own: nothing that leads elsewhere.
        let path = uri.path().trim_start_matches('/');
        let headers = [(LOCATION, format!("/{path}")), (SET_COOKIE, app.session.cookie())];
        return (StatusCode::SEE_OTHER, headers).into_response();
    }
    if app.session.has_password() {
        return assets::index();
    }
    let page = include_str!("locked.html");
    let kind = (axum::http::header::CONTENT_TYPE, "text/html; charset=utf-8");
    (StatusCode::UNAUTHORIZED, [kind], page).into_response()
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
