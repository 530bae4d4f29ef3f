//! A recording begun in the browser goes on when the editor dies, and is marked and ended from it.

use std::process::Command;

use serde_json::json;

use crate::support::editor;
use crate::support::editor::{Editor, library};
use crate::support::room::Room;

#[test]
fn a_recording_is_begun_marked_and_ended_over_a_killed_editor() {
    let room = Room::open(48_000, 1);
    let (_folder, library) = library();
    let surround = |command: &mut Command| room.surround(command);
    let mut editor = Editor::start_in(&library, &surround);
    let devices = editor.get("/api/devices").expect(200);
    assert!(!devices["devices"].as_array().unwrap().is_empty());
    let act = |editor: &Editor, body| editor.send("POST", "/api/meetings/m/record", &body);
    assert_eq!(act(&editor, json!({"action": "stop"})).expect(409)["error"], "not_recording");
    let reading = act(&editor, json!({"action": "start"})).expect(200);
    assert!(reading["phase"].is_string(), "{reading:#}");
    assert_eq!(act(&editor, json!({"action": "start"})).expect(409)["error"], "recording");
    let mark = |item| json!({"action": "mark", "mark": {"kind": "item", "item": item}});
    assert_eq!(act(&editor, mark("2")).expect(200)["item"], "2");
    assert_eq!(act(&editor, mark("99")).expect(409)["error"], "refused");
    editor.kill_and_restart_in(&surround);
    let path = "/api/meetings/m/record";
    let going = |answer: &editor::Answer| answer.json()["recorded_ms"].as_u64() > Some(1_000);
    let reading = editor.wait_for(path, going).json();
    assert_eq!((&reading["phase"], &reading["item"]), (&"recording".into(), &"2".into()));
    assert_eq!(editor.get("/api/meetings").expect(200)["meetings"][0]["state"], "recording");
    let upload = editor.raw("PUT", "/api/meetings/m/audio/a.wav", &[], b"x");
    assert_eq!(upload.expect(409)["error"], "recording");
    assert!(act(&editor, json!({"action": "stop"})).expect(200).is_null());
    let meeting = editor.get("/api/meetings/m").expect(200);
    assert_eq!(meeting["recordings"].as_array().unwrap().len(), 1, "{meeting:#}");
    assert_eq!(meeting["marks"][0]["item"], "2");
    editor.assert_unharmed();
}

#[test]
fn a_machine_without_a_device_is_told() {
    let room = Room::open(48_000, 1);
    let (_folder, library) = library();
    let mut editor = Editor::start_in(&library, &|command| room.surround(command));
    let body = json!({"action": "start", "device": "findes ikke"});
    let refused = editor.send("POST", "/api/meetings/m/record", &body).expect(409);
    assert_eq!(refused["error"], "no_recording");
    assert!(refused["message"].as_str().unwrap().starts_with("cannot "), "{refused:#}");
    assert!(!refused["tip"].is_null());
    editor.assert_unharmed();
}
