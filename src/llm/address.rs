//! Which servers may be asked: those of this machine, unless the caller says otherwise.

use std::net::IpAddr;

use ureq::http::Uri;

use super::LlmError;

/// How far a question may travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To this machine alone.
    Loopback,
    /// Anywhere: what was said at the meeting leaves the machine.
    Anywhere,
}

/// Returns the base of the protocol's addresses at `url`, as in `http://127.0.0.1:8080/v1`.
pub(super) fn checked(url: &str, reach: Reach) -> Result<String, LlmError> {
    let bad = |why| LlmError::BadUrl { url: url.to_owned(), why };
    let parsed: Uri = url.parse().map_err(|_| bad("it is no web address"))?;
    if !matches!(parsed.scheme_str(), Some("http" | "https")) {
        return Err(bad("it does not begin with http:// or https://"));
    }
    if parsed.query().is_some() {
        return Err(bad("it may have no `?`"));
    }
    let authority = parsed.authority().ok_or_else(|| bad("it names no server"))?;
    // A name before an `@` is easily taken for the server.
    if authority.as_str().contains('@') {
        return Err(bad("it may have no `@`"));
    }
    if reach == Reach::Loopback && !is_loopback(authority.host()) {
        return Err(LlmError::NotLoopback { url: url.to_owned() });
    }
    let base = url.trim_end_matches('/');
    let base = base.strip_suffix("/chat/completions").unwrap_or(base);
    let base = base.trim_end_matches('/');
    Ok(if parsed.path().trim_end_matches('/').is_empty() {
        format!("{base}/v1")
    } else {
        base.to_owned()
    })
}

/// Returns whether `host` is this machine beyond doubt: an address of loopback, or the one name
/// that means it. Other names may be made to mean anything.
fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_protocols_base_is_found_in_what_people_type() {
        for (typed, base) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
            ("http://localhost:11434/", "http://localhost:11434/v1"),
            ("http://[::1]:80/v1/", "http://[::1]:80/v1"),
            ("http://127.0.0.1:1/api/v1/chat/completions", "http://127.0.0.1:1/api/v1"),
        ] {
            assert_eq!(checked(typed, Reach::Loopback).unwrap(), base, "{typed}");
        }
    }

    #[test]
    fn other_machines_are_refused_however_they_are_written() {
        for other in [
            "http://192.168.1.7:8080",
            "https://example.org/v1",
            "http://127.0.0.1.example.org/v1",
            "http://localhost.example.org/v1",
            "http://0.0.0.0:8080",
            "http://[::ffff:10.0.0.1]:8080/v1",
        ] {
            let refused = checked(other, Reach::Loopback);
            assert!(matches!(refused, Err(LlmError::NotLoopback { .. })), "{other}: {refused:?}");
            assert!(checked(other, Reach::Anywhere).is_ok(), "{other}");
        }
        assert!(matches!(
            checked("http://127.0.0.1@example.org/v1", Reach::Loopback),
            Err(LlmError::BadUrl { .. })
        ));
    }

    #[test]
    fn what_is_no_web_address_is_told() {
        for bad in ["", "llama", "ftp://127.0.0.1", "http://", "file:///etc/passwd"] {
            assert!(matches!(checked(bad, Reach::Loopback), Err(LlmError::BadUrl { .. })), "{bad}");
        }
    }
}
