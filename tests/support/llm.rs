//! A language model's server on loopback that answers as it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// What comes back for one question: the item's JSON goes in.
pub(crate) type Answers = dyn Fn(&Value) -> Reply + Send + Sync;

/// How the server reacts.
#[derive(Clone)]
pub(crate) enum Reply {
    /// The model says this.
    Says(String),
    /// The server answers with this status, these headers and this body.
    Raw(u16, String, String),
    /// Nothing comes, and the connection stays open.
    Silence,
    /// A byte now and then, without end.
    Trickle,
}

/// The running server.
pub(crate) struct Model {
    /// Its address, as `--llm` takes it.
    pub(crate) url: String,
    /// How many questions were asked.
    pub(crate) asked: Arc<AtomicUsize>,
    /// The bodies of the questions.
    pub(crate) questions: Arc<Mutex<Vec<Value>>>,
}

impl Model {
    /// Serves a model called `prøve` that answers by `answers`.
    pub(crate) fn serve(answers: impl Fn(&Value) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let model = Self { url, asked: Arc::default(), questions: Arc::default() };
        let answers: Arc<Answers> = Arc::new(answers);
        let (asked, questions) = (model.asked.clone(), model.questions.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (answers, asked) = (answers.clone(), asked.clone());
                let questions = questions.clone();
                std::thread::spawn(move || answer(stream.unwrap(), &*answers, &asked, &questions));
            }
        });
        model
    }

    /// How many questions were asked.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn answer(mut stream: TcpStream, answers: &Answers, asked: &AtomicUsize, all: &Mutex<Vec<Value>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    if head[0].starts_with("GET") {
        return write(&mut stream, 200, "", &json!({"data": [{"id": "prøve"}]}).to_string());
    }
    let length = head.iter().find_map(|line| {
        line.to_lowercase().strip_prefix("content-length:").map(|n| n.trim().parse().unwrap())
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    asked.fetch_add(1, Ordering::SeqCst);
    let question: Value = serde_json::from_slice(&body).unwrap();
    let item: Value =
        serde_json::from_str(question["messages"][1]["content"].as_str().unwrap()).unwrap();
    all.lock().unwrap().push(question);
    match answers(&item) {
        Reply::Says(text) => {
            let body = json!({"choices": [{"message": {"role": "assistant", "content": text}}]});
            write(&mut stream, 200, "", &body.to_string());
        }
        Reply::Raw(status, headers, body) => write(&mut stream, status, &headers, &body),
        Reply::Silence => std::thread::sleep(Duration::from_secs(60)),
        Reply::Trickle => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n");
            while stream.write_all(b" ").and_then(|()| stream.flush()).is_ok() {
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

fn write(stream: &mut TcpStream, status: u16, headers: &str, body: &str) {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
    );
    // A client that has gone is the test's business.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}
