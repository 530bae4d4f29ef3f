//! The engine process's side: questions in, words out, on several lanes of one thread each.

use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::error::AsrError;
use super::recognizer::{Recognizer, Window};
use super::whisper::WhisperOptions;
use super::wire::{self, EngineReply, EngineRequest};

/// How often the process says that it lives.
const BEAT: Duration = Duration::from_secs(1);

/// What makes a lane's recognizer for a recording's options.
type Make<R> = dyn Fn(WhisperOptions) -> Result<R, AsrError> + Send + Sync;

/// Answers the questions that come on `input` until it ends, on `lanes` lanes. `load` is
/// called once, while the heart already beats, and returns what makes recognizers.
///
/// # Errors
/// When the other side breaks off within a question.
pub fn serve<R: Recognizer + 'static>(
    mut input: impl Read,
    output: impl Write + Send + 'static,
    lanes: usize,
    load: impl FnOnce() -> Result<Box<Make<R>>, AsrError>,
) -> io::Result<()> {
    let output = Arc::new(Mutex::new(output));
    let heart = Arc::clone(&output);
    thread::spawn(move || {
        while say(&heart, &EngineReply::Alive).is_ok() {
            thread::sleep(BEAT);
        }
    });
    let make: Arc<Make<R>> = match load() {
        Ok(make) => make.into(),
        Err(error) => return say(&output, &failed(None, &error)),
    };
    say(&output, &EngineReply::Ready)?;
    let (questions, waiting) = channel::<(EngineRequest, Vec<f32>)>();
    let waiting = Arc::new(Mutex::new(waiting));
    for _ in 0..lanes.max(1) {
        let (waiting, output, make) = (waiting.clone(), output.clone(), make.clone());
        thread::spawn(move || lane(&waiting, &output, &*make));
    }
    while let Some(question) = wire::read::<EngineRequest>(&mut input)? {
        // The lanes end with this function's end only.
        let _ = questions.send(question);
    }
    Ok(())
}

fn say(output: &Mutex<impl Write>, answer: &EngineReply) -> io::Result<()> {
    let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
    wire::write(&mut *output, answer, &[])
}

fn failed(id: Option<u64>, error: &AsrError) -> EngineReply {
    EngineReply::Failed { id, message: error.to_string(), tip: error.tip() }
}

fn lane<R: Recognizer>(
    questions: &Mutex<Receiver<(EngineRequest, Vec<f32>)>>,
    output: &Mutex<impl Write>,
    make: &Make<R>,
) {
    let mut current: Option<(WhisperOptions, R)> = None;
    loop {
        let question = questions.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((request, samples)) = question else { return };
        let EngineRequest { id, window, span, before, effort, options } = request;
        let window = Window { index: window, span, samples, before, ..Window::default() };
        let mut heard = || {
            let (_, recognizer) = match current.take().filter(|(same, _)| *same == options) {
                Some(lane) => current.insert(lane),
                None => current.insert((options.clone(), make(options.clone())?)),
            };
            recognizer.hear(&window, effort)
        };
        let answer = match heard() {
            Ok(hearing) => EngineReply::Heard { id, hearing },
            Err(error) => failed(Some(id), &error),
        };
        if say(output, &answer).is_err() {
            return;
        }
    }
}
