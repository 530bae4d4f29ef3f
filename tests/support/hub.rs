//! A hub on loopback that serves one folder as a repository, and misbehaves when told to.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sha1::{Digest, Sha1};

/// How files are answered: the large ones, where it does not say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// As asked for.
    Well,
    /// The connection is dropped after 37 % of what was asked for.
    Drops,
    /// Nothing more comes after 37 %.
    Stalls,
    /// The whole file comes even where a part was asked for.
    Whole,
    /// Other bytes come.
    Garbage,
    /// Other bytes come for the small files.
    SmallGarbage,
    /// What is told of the repository is no JSON.
    Nonsense,
    /// The body waits for two seconds in its middle.
    Slow,
    /// Only who has the token `secret` is answered.
    Private,
}

/// The running hub.
pub(crate) struct Hub {
    /// Its address.
    pub(crate) url: String,
    mood: Arc<Mutex<Mood>>,
    /// The first byte asked for, of every request for a large file.
    pub(crate) starts: Arc<Mutex<Vec<usize>>>,
}

impl Hub {
    /// Serves `folder`.
    pub(crate) fn serve(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (mood, starts) = (Arc::new(Mutex::new(Mood::Well)), Arc::default());
        let hub = Self { url, mood, starts };
        let (folder, mood, starts) = (folder.to_owned(), hub.mood.clone(), hub.starts.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (folder, mood, starts) = (folder.clone(), mood.clone(), starts.clone());
                std::thread::spawn(move || answer(stream.unwrap(), &folder, &mood, &starts));
            }
        });
        hub
    }

    /// From now on large files are answered so.
    pub(crate) fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

fn answer(mut stream: TcpStream, folder: &Path, mood: &Mutex<Mood>, starts: &Mutex<Vec<usize>>) {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let head: Vec<String> = lines.map_while(|line| line.ok().filter(|l| !l.is_empty())).collect();
    let Some(path) = head.first().and_then(|line| line.split(' ').nth(1)) else { return };
    let range = head.iter().find_map(|line| {
        line.to_lowercase().strip_prefix("range: bytes=")?.trim_end_matches('-').parse().ok()
    });
    let now = *mood.lock().unwrap();
    let allowed = head.iter().any(|line| line.eq_ignore_ascii_case("authorization: bearer secret"));
    let (status, body, start) = if now == Mood::Private && !allowed {
        ("401 Unauthorized", Vec::new(), 0)
    } else if now == Mood::Nonsense {
        ("200 OK", b"<html>busy</html>".to_vec(), 0)
    } else if path.contains("/revision/") {
        let about =
            serde_json::json!({"sha": "c0ffee", "cardData": {"license": "mit", "language": "da"}});
        ("200 OK", about.to_string().into_bytes(), 0)
    } else if path.contains("/tree/") {
        ("200 OK", tree(folder).to_string().into_bytes(), 0)
    } else {
        let file: PathBuf = folder.join(path.split("/resolve/c0ffee/").nth(1).unwrap());
        let bytes = fs::read(file).unwrap();
        match range {
            Some(start) if now != Mood::Whole => ("206 Partial Content", bytes, start),
            _ => ("200 OK", bytes, 0),
        }
    };
    let large = body.len() > 1 << 20 && path.contains("/resolve/");
    let mut body = body[start..].to_vec();
    let mut send = body.len();
    let mood = match now {
        Mood::SmallGarbage if large => Mood::Well,
        Mood::SmallGarbage if path.contains("/resolve/") => Mood::Garbage,
        mood if large => mood,
        _ => Mood::Well,
    };
    if large {
        starts.lock().unwrap().push(range.unwrap_or(0));
    }
    match mood {
        Mood::Drops | Mood::Stalls => send = send * 37 / 100,
        Mood::Garbage => body.iter_mut().for_each(|byte| *byte ^= 0x55),
        _ => {}
    }
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    // The other side may have gone: that is its right.
    let _ = stream.write_all(head.as_bytes());
    if mood == Mood::Slow {
        let _ = stream.write_all(&body[..send / 2]).and_then(|()| stream.flush());
        std::thread::sleep(Duration::from_secs(2));
        body.drain(..send / 2);
        send = body.len();
    }
    let _ = stream.write_all(&body[..send]);
    if mood == Mood::Stalls {
        std::thread::sleep(Duration::from_secs(3));
    }
}

/// The files as the hub lists them: large ones with their SHA-256, text with git's name.
fn tree(folder: &Path) -> serde_json::Value {
    let files = fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut file =
            serde_json::json!({"type": "file", "path": name, "size": bytes.len(), "oid": blob(&bytes)});
        if !name.ends_with(".json") {
            let oid = referat::store::artefact::sha256(&bytes);
            file["lfs"] = serde_json::json!({"oid": oid, "size": bytes.len()});
        }
        file
    });
    files.collect()
}

/// The name that git gives to a file of these bytes.
fn blob(bytes: &[u8]) -> String {
    let mut hash = Sha1::new();
    hash.update(format!("blob {}\0", bytes.len()));
    hash.update(bytes);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
