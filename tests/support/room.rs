//! A room with loudspeaker and microphone but without hardware: a PulseAudio of the test's own
//! whose null sink is the room, its monitor the microphone, and ALSA's default leads to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running room.
pub(crate) struct Room {
    folder: tempfile::TempDir,
    server: Child,
    rate_hz: u32,
    channels: u16,
}

/// Waits until `is` gives something.
pub(crate) fn wait<T>(what: &str, seconds: u64, mut is: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = is() {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(seconds), "{what} did not come in time");
        std::thread::sleep(Duration::from_millis(5));
    }
}

impl Room {
    /// Opens a room whose sound has this rate and so many channels.
    pub(crate) fn open(rate_hz: u32, channels: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let conf = "</usr/share/alsa/alsa.conf>\n\
                    pcm.!default { type pulse }\nctl.!default { type pulse }\n";
        #[expect(clippy::disallowed_methods, reason = "a fixture, not one of our files")]
        fs::write(path.join("alsa.conf"), conf).unwrap();
        let socket = format!(
            "module-native-protocol-unix auth-anonymous=1 socket={}",
            path.join("socket").display()
        );
        let mut command = Command::new("pulseaudio");
        command
            .args(["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"])
            .args(["--high-priority=no", "--realtime=no", "--disable-shm=yes"])
            .args(["-L", &socket])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        surround(&mut command, path);
        let server = command.spawn().expect("pulseaudio is installed (make tools)");
        let room = Self { folder, server, rate_hz, channels };
        wait("the sound server", 20, || room.tried(&["info"]));
        room.connect();
        room
    }

    /// Connects loudspeaker and microphone.
    pub(crate) fn connect(&self) {
        let (rate, channels) = (self.rate_hz, self.channels);
        self.pactl(&[
            "load-module",
            "module-null-sink",
            "sink_name=room",
            "format=s16le",
            &format!("rate={rate}"),
            &format!("channels={channels}"),
        ]);
        self.pactl(&["set-default-sink", "room"]);
        self.pactl(&["set-default-source", "room.monitor"]);
    }

    /// Pulls the plug.
    pub(crate) fn disconnect(&self) {
        self.pactl(&["unload-module", "module-null-sink"]);
    }

    fn pactl(&self, args: &[&str]) {
        self.tried(args).unwrap_or_else(|| panic!("pactl {args:?} failed"));
    }

    fn tried(&self, args: &[&str]) -> Option<()> {
        let mut command = Command::new("pactl");
        command.args(args).stdout(Stdio::null()).stderr(Stdio::null());
        self.surround(&mut command);
        command.status().unwrap().success().then_some(())
    }

    /// Lets `command` hear this room and no other.
    pub(crate) fn surround(&self, command: &mut Command) {
        surround(command, self.folder.path());
    }

    /// Plays raw samples at the room's own rate and channels.
    pub(crate) fn play(&self, samples: &[i16]) -> Child {
        let path = self.folder.path().join("played.raw");
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        #[expect(clippy::disallowed_methods, reason = "a fixture, not one of our files")]
        fs::write(&path, bytes).unwrap();
        let mut command = Command::new("paplay");
        self.raw(&mut command).arg(path).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    /// Plays a WAV file.
    pub(crate) fn play_file(&self, path: &Path) -> Child {
        let mut command = Command::new("paplay");
        command.arg(path).stderr(Stdio::null());
        self.surround(&mut command);
        command.spawn().unwrap()
    }

    /// Listens with another program, into the returned file of raw samples.
    pub(crate) fn overhear(&self) -> (Child, PathBuf) {
        let path = self.folder.path().join("heard.raw");
        let mut command = Command::new("parec");
        self.raw(&mut command).arg("--latency-msec=20").arg(&path).stderr(Stdio::null());
        (command.spawn().unwrap(), path)
    }

    fn raw<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        let (rate, channels) = (self.rate_hz, self.channels);
        command
            .args(["--raw", "--format=s16le", &format!("--rate={rate}")])
            .arg(format!("--channels={channels}"));
        self.surround(command);
        command
    }
}

fn surround(command: &mut Command, folder: &Path) {
    command
        .env("XDG_RUNTIME_DIR", folder)
        .env("PULSE_RUNTIME_PATH", folder)
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("PULSE_SERVER", format!("unix:{}", folder.join("socket").display()))
        .env("ALSA_CONFIG_PATH", folder.join("alsa.conf"))
        .env_remove("REFERAT_NOTICE")
        .env_remove("DISPLAY");
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Noise that never repeats, at half of full scale.
pub(crate) fn noise(samples: usize, seed: u32) -> Vec<i16> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state as i16) / 2
    };
    (0..samples).map(|_| next()).collect()
}

/// Where `part` stands in `whole`.
pub(crate) fn find(whole: &[i16], part: &[i16]) -> Option<usize> {
    let first = *part.first()?;
    let starts = whole.iter().enumerate().filter(|(_, sample)| **sample == first);
    starts.map(|(at, _)| at).find(|at| whole[*at..].starts_with(part))
}

/// A running `referat record`.
pub(crate) struct Recorder {
    child: Child,
    /// What it has said so far.
    said: std::sync::Arc<std::sync::Mutex<String>>,
}

impl Recorder {
    /// Starts to record into `meeting` in `room` and waits until sound is written.
    pub(crate) fn start(room: &Room, meeting: &Path, args: &[&str]) -> Self {
        let recorder = Self::launch(room, meeting, args);
        recorder.expect("writing `audio/", 30);
        recorder
    }

    /// Starts to record.
    pub(crate) fn launch(room: &Room, meeting: &Path, args: &[&str]) -> Self {
        use std::io::{BufRead, BufReader};
        use std::sync::{Arc, Mutex};
        let mut command = Command::new(env!("CARGO_BIN_EXE_referat"));
        command.arg("record").arg(meeting).arg("--no-tui").args(args);
        room.surround(&mut command);
        let mut child =
            command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        let lines = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut said = heard.lock().unwrap();
                said.push_str(&line);
                said.push('\n');
            }
        });
        Self { child, said }
    }

    /// What it has said so far.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until it says something.
    pub(crate) fn expect(&self, what: &str, seconds: u64) {
        let began = Instant::now();
        while !self.said().contains(what) {
            let late = began.elapsed() > Duration::from_secs(seconds);
            assert!(!late, "it never said `{what}` but:\n{}", self.said());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Kills it as a crash would.
    pub(crate) fn crash(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, from elsewhere, and waits until it has.
    pub(crate) fn stop(mut self, meeting: &Path) -> String {
        let folder = meeting.parent().unwrap();
        let name = meeting.file_name().unwrap().to_str().unwrap();
        crate::support::done(folder, &["stop", name]);
        let status = self.child.wait().unwrap();
        std::thread::sleep(Duration::from_millis(50));
        assert!(status.success(), "{}", self.said());
        self.said()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The recordings of a meeting, in order.
pub(crate) fn recordings(meeting: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(meeting.join("audio")).unwrap();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "wav"))
        .collect();
    found.sort();
    found
}

/// The samples of a WAV file.
pub(crate) fn samples(path: &Path) -> Vec<i16> {
    let mut reader = hound::WavReader::open(path).unwrap();
    reader.samples::<i16>().map(Result::unwrap).collect()
}

/// Whether the long form of a test is to be run, as `make verify` does.
pub(crate) fn in_full() -> bool {
    std::env::var_os("RECORD_IN_FULL").is_some()
}
