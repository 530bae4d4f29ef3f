//! Who is let in: a browser with the session's secret in its cookie. It gets that through an
//! address that works once or, where others reach the server, with the password.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use subtle::ConstantTimeEq;

use crate::store::error::StoreError;
use crate::store::secret;

/// Addresses that are handed out and not used yet; older ones end.
const OPEN_ADDRESSES: usize = 16;
/// After a wrong password the next try waits.
const PAUSE: Duration = Duration::from_secs(2);

/// The session of one server.
#[derive(Debug)]
pub(super) struct BrowserSession {
    secret: String,
    cookie: String,
    once: Mutex<Vec<String>>,
    password: Option<String>,
    tried: Mutex<Option<Instant>>,
    /// Whether the cookie may only travel encrypted.
    encrypted: bool,
}

/// What became of a try to log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Login {
    /// The password is right.
    Right,
    /// It is wrong, or there is none.
    Wrong,
    /// It was tried too often.
    TooSoon,
}

impl BrowserSession {
    /// Returns the session of the server at `port`; its secret is kept in `settings` so that a
    /// page finds its way back to a server that was started again.
    pub(super) fn new(
        settings: Option<&Path>,
        port: u16,
        password: Option<String>,
        encrypted: bool,
    ) -> Result<Self, StoreError> {
        let fresh = random();
        let secret = match settings {
            Some(folder) => secret::keep(&folder.join("editor.key"), &fresh)?,
            None => fresh,
        };
        Ok(Self {
            secret,
            // Cookies do not tell the ports of a machine apart.
            cookie: format!("referat-{port}"),
            once: Mutex::default(),
            password,
            tried: Mutex::default(),
            encrypted,
        })
    }

    /// Returns a token that lets one browser in.
    pub(super) fn hand_out(&self) -> String {
        let token = random();
        let mut once = self.once.lock().unwrap_or_else(PoisonError::into_inner);
        if once.len() == OPEN_ADDRESSES {
            once.remove(0);
        }
        once.push(token.clone());
        token
    }

    /// Takes a token; it is good once.
    pub(super) fn redeem(&self, token: &str) -> bool {
        let mut once = self.once.lock().unwrap_or_else(PoisonError::into_inner);
        let found = once.iter().position(|open| same(open, token));
        found.map(|place| once.remove(place)).is_some()
    }

    /// Takes a password.
    pub(super) fn log_in(&self, password: &str) -> Login {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        if tried.is_some_and(|tried| tried.elapsed() < PAUSE) {
            return Login::TooSoon;
        }
        if self.password.as_ref().is_some_and(|own| same(own, password)) {
            return Login::Right;
        }
        *tried = Some(Instant::now());
        Login::Wrong
    }

    /// Tells whether a password lets in.
    pub(super) fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// Tells whether a request bears the secret.
    pub(super) fn knows(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|line| line.split(';')).filter_map(|it| it.split_once('='));
        pairs.any(|(name, value)| name.trim() == self.cookie && same(value.trim(), &self.secret))
    }

    /// Returns the cookie that lets a browser in, as it is set.
    pub(super) fn cookie(&self) -> String {
        let secure = if self.encrypted { "; Secure" } else { "" };
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict{secure}", self.cookie, self.secret)
    }
}

/// Compares without telling by its time how far they agree.
fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// Returns 256 bits of chance in hexadecimal.
fn random() -> String {
    let mut bytes = [0u8; 32];
    // A system without chance would hand out a secret that can be guessed.
    #[expect(clippy::expect_used, reason = "without chance there is no safe way on")]
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_once_and_the_cookie_for_long() {
        let session = BrowserSession::new(None, 1, None, false).unwrap();
        let token = session.hand_out();
        assert!(!session.redeem("x"));
        assert!(session.redeem(&token));
        assert!(!session.redeem(&token));
        let mut headers = HeaderMap::new();
        assert!(!session.knows(&headers));
        let cookie = session.cookie();
        let pair = cookie.split(';').next().unwrap();
        headers.insert(COOKIE, format!("a=b; {pair}").parse().unwrap());
        assert!(session.knows(&headers));
    }

    #[test]
    fn a_wrong_password_makes_the_next_wait() {
        let session = BrowserSession::new(None, 1, Some("rigtig".into()), true).unwrap();
        assert_eq!(session.log_in("forkert"), Login::Wrong);
        assert_eq!(session.log_in("rigtig"), Login::TooSoon);
        let none = BrowserSession::new(None, 1, None, false).unwrap();
        assert_eq!(none.log_in(""), Login::Wrong);
    }
}
