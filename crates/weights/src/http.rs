//! Files over HTTP, resumed where an earlier attempt broke off.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// A machine that cannot be reached is told within this time.
const CONNECT: Duration = Duration::from_secs(4);

/// A server that has been reached but stays silent for this time is given up.
const SILENCE: Duration = Duration::from_secs(30);

/// An answer that is read whole is never longer than this.
const LONGEST_ANSWER: u64 = 16 << 20;

/// A list is never longer than this many answers.
const MOST_PAGES: usize = 100;

/// How patiently, and as whom, files are fetched.
#[derive(Clone, Debug)]
pub(super) struct Client {
    agent: ureq::Agent,
    silence: Duration,
    token: Option<String>,
}

impl Client {
    /// Returns a client that waits for a silent server as long as `REFERAT_HTTP_SILENCE_MS`
    /// says, else half a minute. `token` is sent to the server asked, not to those it sends
    /// us on to.
    pub(super) fn new(token: Option<String>) -> Self {
        let silence = std::env::var("REFERAT_HTTP_SILENCE_MS").ok().and_then(|ms| ms.parse().ok());
        let silence = silence.map_or(SILENCE, Duration::from_millis);
        let agent = ureq::Agent::config_builder()
            .timeout_connect(Some(CONNECT))
            .timeout_resolve(Some(CONNECT))
            .timeout_recv_response(Some(silence))
            .http_status_as_error(false)
            .user_agent(concat!("referat/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        Self { agent, silence, token }
    }

    fn get(&self, url: &str, from: u64) -> Result<ureq::http::Response<ureq::Body>, String> {
        let mut request = self.agent.get(url);
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        if from > 0 {
            request = request.header("Range", format!("bytes={from}-"));
        }
        request.call().map_err(|error| error.to_string())
    }

    /// Returns what `url` answers, as JSON.
    pub(super) fn json(&self, url: &str) -> Result<serde_json::Value, String> {
        self.page(url).map(|(value, _)| value)
    }

    /// Returns the entries of the list that `url` answers, and of the pages that it names as
    /// following, as long as those are on the same server.
    pub(super) fn list(&self, url: &str, server: &str) -> Result<Vec<serde_json::Value>, String> {
        let mut all = Vec::new();
        let mut next = Some(url.to_owned());
        for _ in 0..MOST_PAGES {
            let Some(url) = next.take() else { break };
            let (value, following) = self.page(&url)?;
            let serde_json::Value::Array(entries) = value else {
                return Err("the answer is no list".into());
            };
            all.extend(entries);
            next = following.filter(|url| url.strip_prefix(server).is_some_and(begins_a_path));
        }
        Ok(all)
    }

    /// Returns what `url` answers and which page follows.
    fn page(&self, url: &str) -> Result<(serde_json::Value, Option<String>), String> {
        let mut response = self.get(url, 0)?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(refused(status));
        }
        let link = response.headers().get("Link").and_then(|value| value.to_str().ok());
        let following = link.and_then(following);
        let text = response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec();
        let text = text.map_err(|error| error.to_string())?;
        let value = serde_json::from_slice(&text);
        let value = value.map_err(|error| format!("the answer is no JSON: {error}"))?;
        Ok((value, following))
    }

    /// Fetches `url`, of `size` bytes, into `path`, going on from what the file holds. A file
    /// that is already so long is fetched anew: its bytes were not the right ones. The error
    /// says why, for people; what came is kept.
    pub(super) fn fetch(
        &self,
        url: &str,
        path: &Path,
        size: u64,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("cannot write `{}`: {error}", path.display());
        let mut there = std::fs::metadata(path).map_or(0, |found| found.len());
        if there >= size {
            there = 0;
        }
        let mut response = self.get(url, there)?;
        if response.status().as_u16() == 416 && there > 0 {
            there = 0;
            response = self.get(url, 0)?;
        }
        match response.status().as_u16() {
            206 if starts_at(&response, there) => {}
            // The whole file, asked for or not.
            200 => there = 0,
            206 => return Err("the server sent another part than was asked for".into()),
            status => return Err(refused(status)),
        }
        let file = File::options().create(true).truncate(false).write(true).open(path);
        let mut file = file.map_err(failed)?;
        file.set_len(there).map_err(failed)?;
        file.seek(SeekFrom::Start(there)).map_err(failed)?;
        let mut pieces = self.pieces(response.into_body());
        while let Some(piece) = pieces.next(self.silence)? {
            there += piece.len() as u64;
            if there > size {
                return Err(format!("more than the {size} bytes that were promised came"));
            }
            file.write_all(&piece).map_err(failed)?;
            progress(there);
        }
        file.sync_all().map_err(failed)?;
        if there < size {
            return Err(format!("the connection ended after {there} of {size} bytes"));
        }
        Ok(())
    }

    /// Reads `body` on a thread of its own, so that silence can be noticed.
    fn pieces(&self, body: ureq::Body) -> Pieces {
        let (send, receive) = sync_channel(4);
        std::thread::spawn(move || {
            let mut body = body.into_reader();
            loop {
                let mut buffer = vec![0; 1 << 16];
                let piece = body.read(&mut buffer).map(|length| {
                    buffer.truncate(length);
                    buffer
                });
                let last = !piece.as_ref().is_ok_and(|piece| !piece.is_empty());
                // Nobody listening any more is the end too.
                if send.send(piece.map_err(|error| error.to_string())).is_err() || last {
                    return;
                }
            }
        });
        Pieces(receive)
    }
}

struct Pieces(std::sync::mpsc::Receiver<Result<Vec<u8>, String>>);

impl Pieces {
    fn next(&mut self, patience: Duration) -> Result<Option<Vec<u8>>, String> {
        match self.0.recv_timeout(patience) {
            Ok(piece) => piece.map(|piece| Some(piece).filter(|piece| !piece.is_empty())),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => {
                Err(format!("the server was silent for {} s", patience.as_secs_f32()))
            }
        }
    }
}

fn begins_a_path(rest: &str) -> bool {
    rest.starts_with('/')
}

/// Returns the address that a `Link` header calls the next: `<https://…>; rel="next"`.
fn following(link: &str) -> Option<String> {
    let next = link.split(',').find(|part| part.contains("rel=\"next\""))?;
    let (_, rest) = next.split_once('<')?;
    Some(rest.split_once('>')?.0.to_owned())
}

fn refused(status: u16) -> String {
    match status {
        401 | 403 => format!("the server answered {status}: it wants a token, or agreed terms"),
        404 => "the server answered 404: there is no such file".into(),
        _ => format!("the server answered {status}"),
    }
}

/// Tells whether a partial answer starts where it was asked to.
fn starts_at(response: &ureq::http::Response<ureq::Body>, there: u64) -> bool {
    let range = response.headers().get("Content-Range").and_then(|value| value.to_str().ok());
    range.is_none_or(|range| range.trim_start_matches("bytes ").starts_with(&format!("{there}-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_found_among_links() {
        let link = "<https://a/0>; rel=\"first\", <https://a/2?x=1>; rel=\"next\"";
        assert_eq!(following(link).as_deref(), Some("https://a/2?x=1"));
        assert_eq!(following("<https://a/0>; rel=\"first\""), None);
    }
}
