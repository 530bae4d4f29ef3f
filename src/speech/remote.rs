//! The program's side of the engine process: starts it, asks it, and when it dies or falls
//! silent starts it again. A native crash costs one window, not the run.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use super::error::AsrError;
use super::recognizer::{Effort, Hearing, Recognizer, Window};
use super::whisper::WhisperOptions;
use super::wire::{self, EngineReply, EngineRequest};

/// How the engine process is started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The executable.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// How long the engine is waited for. Counted in whole seconds awake, so that a laptop that
/// sleeps loses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Seconds without a sign of life after which the process is given up.
    pub silence: u64,
    /// Seconds of work that a second of speech may take, on top of a minute.
    pub work: u64,
}

impl Default for Patience {
    /// A minute of silence; 60 times real time, which is ten times what the largest model
    /// takes on one slow core.
    fn default() -> Self {
        Self { silence: 60, work: 60 }
    }
}

/// An engine process with one model in memory; started at the first question.
#[derive(Clone)]
pub struct Engine(Arc<Shared>);

struct Shared {
    program: Program,
    patience: Patience,
    running: Mutex<Option<Running>>,
    /// Held by all who ask; alone by who asks again after a crash, so that the window to
    /// blame is found.
    turn: RwLock<()>,
    questions: AtomicU64,
    stopped: AtomicBool,
}

/// The lane of a recording: asks the engine on its behalf.
pub struct Lane {
    engine: Engine,
    options: WhisperOptions,
}

type Waiting = HashMap<u64, Sender<Result<Hearing, AsrError>>>;

struct Running {
    child: Child,
    input: ChildStdin,
    waiting: Arc<Mutex<Waiting>>,
    beats: Arc<AtomicU64>,
    last_words: Arc<Mutex<String>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why a question was not answered.
enum Unanswered {
    Error(AsrError),
    Died(String),
}

impl Engine {
    /// Returns the engine that `program` runs.
    pub fn new(program: Program, patience: Patience) -> Self {
        Self(Arc::new(Shared {
            program,
            patience,
            running: Mutex::new(None),
            turn: RwLock::new(()),
            questions: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
        }))
    }

    /// Returns a lane for a recording.
    pub fn lane(&self, options: WhisperOptions) -> Lane {
        Lane { engine: self.clone(), options }
    }

    /// Ends the process at once; whoever waits for it is told [`AsrError::Stopped`].
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::SeqCst);
        if let Some(running) = lock(&self.0.running).as_mut() {
            // It may have ended by itself.
            let _ = running.child.kill();
        }
    }

    fn ask(
        &self,
        window: &Window,
        effort: Effort,
        options: &WhisperOptions,
    ) -> Result<Hearing, Unanswered> {
        let id = self.0.questions.fetch_add(1, Ordering::SeqCst);
        let request = EngineRequest {
            id,
            window: window.index,
            span: window.span,
            before: window.before.clone(),
            effort,
            options: options.clone(),
        };
        let (answer, beats) = {
            let mut slot = lock(&self.0.running);
            let running = match slot.take() {
                Some(running) => slot.insert(running),
                None => slot.insert(self.start()?),
            };
            let (tell, answer) = channel();
            lock(&running.waiting).insert(id, tell);
            if let Err(error) = wire::write(&mut running.input, &request, &window.samples) {
                return Err(self.bury(&mut slot, &error.to_string()));
            }
            (answer, Arc::clone(&running.beats))
        };
        let limit = 60 + self.0.patience.work * window.span.duration().as_secs().max(1);
        let why = match self.wait(&answer, &beats, limit) {
            Ok(answer) => return answer.map_err(Unanswered::Error),
            Err(why) => why,
        };
        let mut slot = lock(&self.0.running);
        // Another lane may have started the next process by now.
        let same = slot.as_ref().is_some_and(|running| Arc::ptr_eq(&running.beats, &beats));
        match same {
            true => Err(self.bury(&mut slot, &why)),
            false => Err(Unanswered::Died(why)),
        }
    }

    /// Waits for an answer, at most `limit` seconds; the error says why there is none.
    fn wait<T>(&self, answer: &Receiver<T>, beats: &AtomicU64, limit: u64) -> Result<T, String> {
        let (mut seconds, mut silent, mut last) = (0, 0, 0);
        loop {
            match answer.recv_timeout(Duration::from_secs(1)) {
                Ok(answer) => return Ok(answer),
                Err(RecvTimeoutError::Disconnected) => return Err("the engine died".into()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = beats.load(Ordering::SeqCst);
            if self.0.stopped.load(Ordering::SeqCst) {
                return Err("it was stopped".into());
            }
            silent = if now == last { silent + 1 } else { 0 };
            last = now;
            seconds += 1;
            if silent >= self.0.patience.silence {
                return Err(format!("the engine gave no sign of life for {silent} s"));
            }
            if seconds >= limit {
                return Err(format!("the engine had no answer after {seconds} s"));
            }
        }
    }

    /// Ends what is left of the process and tells what it died of.
    fn bury(&self, slot: &mut Option<Running>, why: &str) -> Unanswered {
        let Some(mut running) = slot.take() else { return Unanswered::Died(why.to_owned()) };
        let ended = running.child.try_wait().ok().flatten();
        // It may have ended by itself.
        let _ = running.child.kill();
        let status = ended.or_else(|| running.child.wait().ok());
        if self.0.stopped.load(Ordering::SeqCst) {
            return Unanswered::Error(AsrError::Stopped);
        }
        let mut why = why.to_owned();
        if let Some(status) = status.filter(|_| why == "the engine died") {
            why = format!("{why} of {status}");
        }
        let last_words = lock(&running.last_words);
        if !last_words.is_empty() {
            why = format!("{why}; its last words: {last_words}");
        }
        Unanswered::Died(why)
    }

    /// Starts the engine; one that dies while it loads is started once more.
    fn start(&self) -> Result<Running, Unanswered> {
        let again = match self.launch() {
            Err(Unanswered::Died(_)) => self.launch(),
            launched => return launched,
        };
        // An engine that cannot begin is no matter of one window.
        again.map_err(|unanswered| match unanswered {
            Unanswered::Died(why) => {
                let path = self.0.program.path.display();
                Unanswered::Error(AsrError::Engine {
                    message: format!("cannot start the engine `{path}`: {why}"),
                    tip: Some(
                        "close other programs to free memory; `referat doctor` tells more".into(),
                    ),
                })
            }
            error => error,
        })
    }

    fn launch(&self) -> Result<Running, Unanswered> {
        if self.0.stopped.load(Ordering::SeqCst) {
            return Err(Unanswered::Error(AsrError::Stopped));
        }
        let Program { path, arguments } = &self.0.program;
        let failed = |source| Unanswered::Error(AsrError::Start { path: path.clone(), source });
        let mut command = Command::new(path);
        command.args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        apart(&mut command);
        let mut child = command.spawn().map_err(failed)?;
        let no_pipe = || failed(std::io::ErrorKind::BrokenPipe.into());
        let input = child.stdin.take().ok_or_else(no_pipe)?;
        let output = child.stdout.take().ok_or_else(no_pipe)?;
        let errors = child.stderr.take().ok_or_else(no_pipe)?;
        let running = Running {
            child,
            input,
            waiting: Arc::default(),
            beats: Arc::default(),
            last_words: Arc::default(),
        };
        let (ready, loaded) = channel();
        let (waiting, beats) = (running.waiting.clone(), running.beats.clone());
        thread::spawn(move || listen(output, &waiting, &beats, &ready));
        let last_words = running.last_words.clone();
        thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                if !line.trim().is_empty() {
                    line.trim().clone_into(&mut lock(&last_words));
                }
            }
        });
        // Ten minutes to load the weights: a slow disk, the largest model.
        let loaded = self.wait(&loaded, &running.beats, 600);
        let mut slot = Some(running);
        match loaded {
            Ok(Ok(())) => slot.ok_or(Unanswered::Error(AsrError::Stopped)),
            Ok(Err(error)) => {
                self.bury(&mut slot, "");
                Err(Unanswered::Error(error))
            }
            Err(why) => Err(self.bury(&mut slot, &why)),
        }
    }
}

/// Hands the process's answers to who waits for them. When it ends, all who wait are told by
/// the end of their channels.
fn listen(
    output: impl Read,
    waiting: &Mutex<Waiting>,
    beats: &AtomicU64,
    ready: &Sender<Result<(), AsrError>>,
) {
    let mut output = BufReader::new(output);
    while let Ok(Some((answer, _))) = wire::read::<EngineReply>(&mut output) {
        beats.fetch_add(1, Ordering::SeqCst);
        let (id, result) = match answer {
            EngineReply::Alive => continue,
            EngineReply::Ready => {
                // Nobody waits for it after a time-out.
                let _ = ready.send(Ok(()));
                continue;
            }
            EngineReply::Heard { id, hearing } => (Some(id), Ok(hearing)),
            EngineReply::Failed { id, message, tip } => {
                (id, Err(AsrError::Engine { message, tip }))
            }
        };
        match id {
            Some(id) => {
                if let Some(tell) = lock(waiting).remove(&id) {
                    let _ = tell.send(result);
                }
            }
            None => {
                let _ = ready.send(result.map(drop));
            }
        }
    }
    lock(waiting).clear();
}

/// Keeps the terminal's Ctrl-C from the engine: the program itself ends it.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

/// Keeps the terminal's Ctrl-C from the engine: the program itself ends it.
#[cfg(windows)]
fn apart(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;
    command.creation_flags(CREATE_NEW_PROCESS_GROUP);
}

impl Drop for Running {
    fn drop(&mut self) {
        // Without a child left behind, whatever ended this.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Recognizer for Lane {
    fn hear(&mut self, window: &Window, effort: Effort) -> Result<Hearing, AsrError> {
        let shared = &self.engine.0;
        let first = {
            let _with_others = shared.turn.read().unwrap_or_else(PoisonError::into_inner);
            self.engine.ask(window, effort, &self.options)
        };
        let again = match first {
            Ok(hearing) => return Ok(hearing),
            Err(Unanswered::Error(error)) => return Err(error),
            Err(Unanswered::Died(_)) => {
                let _alone = shared.turn.write().unwrap_or_else(PoisonError::into_inner);
                self.engine.ask(window, effort, &self.options)
            }
        };
        again.map_err(|unanswered| match unanswered {
            Unanswered::Error(error) => error,
            Unanswered::Died(why) => AsrError::Lost { at: window.span.start().to_string(), why },
        })
    }
}
