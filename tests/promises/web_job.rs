//! Long work goes on without a browser, is paused and resumed, and what happens is told.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::editor::{Editor, library, put};

/// The events of an address, as they come.
fn events(editor: &Editor, path: &str) -> Receiver<(String, Value)> {
    let mut stream: TcpStream = editor.connect();
    stream.write_all(editor.head("GET", path, &[]).as_bytes()).unwrap();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut name = String::new();
        for line in BufReader::new(stream).lines() {
            let Ok(line) = line else { return };
            if let Some(event) = line.strip_prefix("event: ") {
                name = event.to_owned();
            } else if let Some(data) = line.strip_prefix("data: ") {
                let data = serde_json::from_str(data).unwrap();
                if sender.send((name.clone(), data)).is_err() {
                    return;
                }
            }
        }
    });
    receiver
}

/// Waits for an event with this name that is as wanted.
fn wait(events: &Receiver<(String, Value)>, name: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let began = Instant::now();
    loop {
        let left = Duration::from_secs(60).saturating_sub(began.elapsed());
        let (event, data) = events.recv_timeout(left).unwrap_or_else(|_| panic!("no {name} came"));
        if event == name && wanted(&data) {
            return data;
        }
    }
}

#[test]
fn a_job_makes_the_draft_and_is_told_of() {
    let (_folder, library) = library();
    for file in ["referat.md", "minutes.json", "speakers.json", ".referat/base.json"] {
        fs::remove_file(library.join("m").join(file)).unwrap();
    }
    let editor = Editor::start(&library);
    let told = events(&editor, "/api/meetings/m/events");
    wait(&told, "hello", |_| true);
    // What there is comes first, so that nothing that happens meanwhile is missed.
    let meeting = wait(&told, "meeting", |_| true);
    let job = editor.send("POST", "/api/meetings/m/job", &json!({"action": "start"})).expect(202);
    assert!(["queued", "running"].contains(&job["state"].as_str().unwrap()), "{job:#}");
    wait(&told, "job", |job| job["state"] == "running");
    let document = wait(&told, "document", |it| it["part"] == "open");
    wait(&told, "meeting", |it| *it != meeting);
    let now = editor.get("/api/meetings/m/document").expect(200);
    assert_eq!(document["revision"], now["revision"]);
    editor.wait_for("/api/meetings/m/job", |answer| answer.json()["state"] == "done");
    // Somebody else changes the text.
    let path = library.join("m/referat.md");
    let text = fs::read_to_string(&path).unwrap() + "\nFra en teksteditor.\n";
    put(&path, text.as_bytes());
    wait(&told, "document", |it| it["revision"] != now["revision"]);
    // The list is told too.
    let all = events(&editor, "/api/events");
    wait(&all, "hello", |_| true);
    wait(&all, "meetings", |_| true);
    put(&library.join("ny/dagsorden.md"), b"1. Velkomst\n");
    wait(&all, "meetings", |_| true);
}

#[test]
fn a_job_that_fails_says_why_and_one_without_a_recording_is_refused() {
    let (_folder, library) = library();
    put(&library.join("tom/dagsorden.md"), b"1. Velkomst\n");
    put(&library.join("uden/audio/a.wav"), b"x");
    put(&library.join("syg/dagsorden.md"), b"1. Velkomst\n");
    put(&library.join("syg/transcript.json"), b"{\"version\":1,");
    let mut editor = Editor::start(&library);
    let start = |id: &str| {
        editor.send("POST", &format!("/api/meetings/{id}/job"), &json!({"action": "start"}))
    };
    assert_eq!(start("tom").status, 404);
    assert_eq!(start("uden").status, 404);
    start("syg").expect(202);
    let job = editor.wait_for("/api/meetings/syg/job", |answer| answer.json()["state"] == "failed");
    let job = job.json();
    let why = job["error"]["message"].as_str().unwrap();
    assert!(why.starts_with("cannot ") && !job["error"]["tip"].is_null(), "{job:#}");
    let state = |editor: &Editor| {
        let list = editor.get("/api/meetings").expect(200);
        let all = list["meetings"].as_array().unwrap().clone();
        all.into_iter().find(|it| it["id"] == "syg").unwrap()["state"].clone()
    };
    assert_eq!(state(&editor), "failed");
    // It is known after a restart, and not begun again by itself.
    editor.kill_and_restart();
    assert_eq!(state(&editor), "failed");
    editor.assert_unharmed();
}

#[test]
fn what_a_killed_server_had_begun_the_next_goes_on_with() {
    let (_folder, library) = library();
    fs::remove_file(library.join("m/referat.md")).unwrap();
    fs::remove_file(library.join("m/minutes.json")).unwrap();
    put(&library.join("m/.referat/job.json"), b"{\"state\":\"running\"}");
    let editor = Editor::start(&library);
    editor.wait_for("/api/meetings/m/job", |answer| answer.json()["state"] == "done");
    assert!(library.join("m/referat.md").exists());
}
