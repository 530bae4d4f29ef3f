//! One file over HTTP, resumed where an earlier attempt broke off.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

/// A machine that cannot be reached is told within this time.
const CONNECT: Duration = Duration::from_secs(4);

/// A server that has been reached but stays silent for this time is given up.
const SILENCE: Duration = Duration::from_secs(30);

/// Fetches `url` into `path`, going on from what the file holds; `progress` hears how many
/// bytes there are. The error says why, for people.
pub(super) fn fetch(url: &str, path: &Path, progress: &mut dyn FnMut(u64)) -> Result<(), String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(CONNECT))
        .timeout_resolve(Some(CONNECT))
        .timeout_recv_response(Some(SILENCE))
        .http_status_as_error(false)
        .user_agent(concat!("referat/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let failed = |error: std::io::Error| format!("cannot write `{}`: {error}", path.display());
    let mut file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(path)
        .map_err(failed)?;
    let mut there = file.seek(SeekFrom::End(0)).map_err(failed)?;
    let mut request = agent.get(url);
    if there > 0 {
        request = request.header("Range", format!("bytes={there}-"));
    }
    let response = request.call().map_err(|error| error.to_string())?;
    match response.status().as_u16() {
        206 if there > 0 => {}
        // Nothing is left to send.
        416 if there > 0 => return Ok(()),
        200 => {
            file.set_len(0).map_err(failed)?;
            there = file.seek(SeekFrom::Start(0)).map_err(failed)?;
        }
        status => return Err(format!("the server answered {status}")),
    }
    let mut body = response.into_body().into_reader();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = body.read(&mut buffer).map_err(|error| error.to_string())?;
        if length == 0 {
            break;
        }
        file.write_all(&buffer[..length]).map_err(failed)?;
        there += length as u64;
        progress(there);
    }
    file.sync_all().map_err(failed)
}
