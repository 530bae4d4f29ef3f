//! The real editor's server as a process, and a browser's requests to it, byte by byte.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{done, root, transcript};

/// A running server with a browser that is let in.
pub(crate) struct Editor {
    pub(crate) child: Child,
    pub(crate) port: u16,
    /// The address that was printed.
    pub(crate) address: String,
    pub(crate) cookie: String,
    settings: PathBuf,
    library: PathBuf,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The body as JSON of an answer that must have this status.
    pub(crate) fn expect(&self, status: u16) -> Value {
        let said = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status, status, "{said:.500}");
        if self.body.is_empty() { Value::Null } else { self.json() }
    }
}

impl Editor {
    /// The editor on a library, at a free port.
    pub(crate) fn start(library: &Path) -> Self {
        Self::start_in(library, &|_| {})
    }

    /// The same with surroundings of its own.
    pub(crate) fn start_in(library: &Path, surround: &dyn Fn(&mut Command)) -> Self {
        let settings = library.with_extension("settings");
        let mut editor = Self::process_in(library, &settings, "0", &[], surround);
        editor.let_in();
        editor
    }

    /// Starts the server; nobody is let in yet.
    pub(crate) fn process(library: &Path, settings: &Path, port: &str, args: &[&str]) -> Self {
        Self::process_in(library, settings, port, args, &|_| {})
    }

    fn process_in(
        library: &Path,
        settings: &Path,
        port: &str,
        args: &[&str],
        surround: &dyn Fn(&mut Command),
    ) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_referat"));
        command.args(["edit", "--no-open"]);
        if !args.contains(&"--listen") {
            command.args(["--port", port]);
        }
        surround(&mut command);
        let mut child = command
            .args(args)
            .arg(library)
            .env("REFERAT_CONFIG", settings)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let port = address.split("://").nth(1).and_then(|rest| rest.split(['/', ':']).nth(1));
        let port = port.and_then(|port| port.parse().ok()).unwrap_or_else(|| panic!("{address}"));
        let (settings, library) = (settings.to_owned(), library.to_owned());
        Self { child, port, address, cookie: String::new(), settings, library }
    }

    /// Opens the printed address as a browser does.
    pub(crate) fn let_in(&mut self) {
        let begin = self.address.find("/?token=").or_else(|| self.address.find("/m/")).unwrap();
        let answer = self.raw("GET", &self.address[begin..], &[], b"");
        assert_eq!(answer.status, 303, "{}", answer.head);
        let cookie = answer.header("set-cookie").unwrap();
        for needed in ["HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(needed), "{cookie}");
        }
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }

    /// Kills the server with no warning and starts it again at the same port; the browser keeps
    /// its cookie.
    pub(crate) fn kill_and_restart(&mut self) {
        self.kill_and_restart_in(&|_| {});
    }

    /// The same with surroundings of its own.
    pub(crate) fn kill_and_restart_in(&mut self, surround: &dyn Fn(&mut Command)) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let cookie = std::mem::take(&mut self.cookie);
        let (library, settings) = (self.library.clone(), self.settings.clone());
        let port = self.port.to_string();
        *self = Self::process_in(&library, &settings, &port, &[], surround);
        self.cookie = cookie;
    }

    /// A connection.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// The head of a request, as it goes over the wire.
    pub(crate) fn head(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> String {
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        let named = |name: &str| headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        if !named("host") {
            head += &format!("Host: 127.0.0.1:{}\r\n", self.port);
        }
        if !named("cookie") && !self.cookie.is_empty() {
            head += &format!("Cookie: {}\r\n", self.cookie);
        }
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        head + "\r\n"
    }

    /// Sends a request and reads the answer.
    pub(crate) fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let mut stream = self.connect();
        let length = body.len().to_string();
        let mut headers = headers.to_vec();
        if !body.is_empty() || matches!(method, "POST" | "PUT") {
            headers.push(("Content-Length", &length));
        }
        stream.write_all(self.head(method, path, &headers).as_bytes()).unwrap();
        // A refusal may come before the body is taken.
        let _ = stream.write_all(body);
        read(&mut stream)
    }

    /// A GET.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.raw("GET", path, &[], b"")
    }

    /// A request with JSON, as the pages send it.
    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        let origin = format!("http://127.0.0.1:{}", self.port);
        let headers = [
            ("Content-Type", "application/json"),
            ("Origin", origin.as_str()),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        self.raw(method, path, &headers, body.to_string().as_bytes())
    }

    /// The server still answers as it should.
    pub(crate) fn assert_unharmed(&mut self) {
        assert_eq!(self.child.try_wait().unwrap(), None, "the server ended");
        assert_eq!(self.get("/api/session").expect(200)["in"], true);
    }

    /// Asks until the answer is as wanted.
    pub(crate) fn wait_for(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        let began = Instant::now();
        loop {
            let answer = self.get(path);
            if wanted(&answer) {
                return answer;
            }
            let said = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(began.elapsed() < Duration::from_secs(60), "{path}: {said}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads an answer to its end.
pub(crate) fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let mut piece = [0; 1 << 16];
    loop {
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => bytes.extend_from_slice(&piece[..length]),
            // A server that refused closes while more is on its way.
            Err(_) if !bytes.is_empty() => break,
            Err(error) => panic!("no answer: {error}"),
        }
    }
    let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").unwrap_or_else(|| {
        panic!("no answer: {}", String::from_utf8_lossy(&bytes));
    });
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body: bytes[end + 4..].to_vec() }
}

/// Sends the head of a request with a body that never comes whole, and hangs up.
pub(crate) fn cut_off(editor: &Editor, path: &str, length: usize, sent: &[u8]) {
    let mut stream = editor.connect();
    let head = editor.head("PUT", path, &[("Content-Length", &length.to_string())]);
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(sent).unwrap();
    stream.flush().unwrap();
    std::thread::sleep(Duration::from_millis(200));
    stream.shutdown(Shutdown::Both).unwrap();
}

/// A library with one meeting, `m`, that has dagsorden, transcript and draft.
pub(crate) fn library() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("referater");
    fs::create_dir(&library).unwrap();
    let agenda = root().join("samples/kredsraad/dagsorden.md");
    done(&library, &["new", "m", "--agenda", agenda.to_str().unwrap()]);
    put(&library.join("m/transcript.json"), transcript().to_string().as_bytes());
    done(&library, &["draft", "m"]);
    (folder, library)
}

/// Writes a fixture.
#[expect(clippy::disallowed_methods, reason = "a fixture, not one of our files")]
pub(crate) fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The blocks of a text, as a page was given them: of a meeting that has it.
pub(crate) fn blocks_of(text: &str, library: &Path, editor: &Editor) -> Value {
    put(&library.join("anden/referat.md"), text.as_bytes());
    editor.get("/api/meetings/anden/document").expect(200)["blocks"].clone()
}
