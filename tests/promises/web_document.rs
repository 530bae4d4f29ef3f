//! What is typed is on the disk before it is answered, and no writer overwrites another.

use std::fs;
use std::time::Instant;

use serde_json::{Value, json};

use crate::support::editor;
use crate::support::editor::{Answer, Editor, library, put};

const DOCUMENT: &str = "/api/meetings/m/document";

/// Says something else in the statement number `n`.
fn say(document: &mut Value, n: usize, text: &str) {
    let blocks = document["blocks"].as_array_mut().unwrap();
    let mut statements = blocks.iter_mut().filter(|block| block.get("statement").is_some());
    statements.nth(n).unwrap()["statement"]["text"] = json!([{"text": text}]);
}

fn save(editor: &Editor, document: &Value) -> Answer {
    let body = json!({"base": document["revision"], "blocks": document["blocks"]});
    editor.send("PUT", DOCUMENT, &body)
}

#[test]
fn a_kill_between_saves_loses_nothing_that_was_answered() {
    let (_folder, library) = library();
    let mut editor = Editor::start(&library);
    let mut document = editor.get(DOCUMENT).expect(200);
    let mut slowest = 0;
    for round in 0..5 {
        for key in 0..4 {
            say(&mut document, 0, &format!("Hun skrev {round}.{key}"));
            let began = Instant::now();
            let saved = save(&editor, &document).expect(200);
            slowest = slowest.max(began.elapsed().as_millis());
            assert_eq!((&saved["merged"], &saved["conflicts"]), (&false.into(), &0.into()));
            document["revision"] = saved["revision"].clone();
        }
        editor.kill_and_restart();
        let text = fs::read_to_string(library.join("m/referat.md")).unwrap();
        assert!(text.contains(&format!("Hun skrev {round}.3")), "{round}");
        let now = editor.get(DOCUMENT).expect(200);
        assert_eq!(now["revision"], document["revision"], "{round}");
        assert_eq!(now["blocks"], document["blocks"]);
    }
    println!("a save took at most {slowest} ms");
    // What is read is what the draft said, but for what she wrote.
    assert_eq!(
        fs::read_to_string(library.join("m/referat.md")).unwrap().matches("Hun skrev").count(),
        1
    );
}

#[test]
fn two_windows_keep_both_texts() {
    let (_folder, library) = library();
    let mut editor = Editor::start(&library);
    let first = editor.get(DOCUMENT).expect(200);
    let (mut one, mut other) = (first.clone(), first.clone());
    say(&mut one, 0, "Vindue et skrev dette");
    say(&mut other, 1, "Vindue to skrev dette");
    assert_eq!(save(&editor, &one).expect(200)["merged"], false);
    // The server is started again in between: what the second goes out from is still known.
    editor.kill_and_restart();
    let saved = save(&editor, &other).expect(200);
    assert_eq!((&saved["merged"], &saved["conflicts"]), (&true.into(), &0.into()));
    let text = fs::read_to_string(library.join("m/referat.md")).unwrap();
    assert!(text.contains("Vindue et skrev dette") && text.contains("Vindue to skrev dette"));
    // The same statement: both stand side by side.
    let (mut one, mut other) = (first.clone(), first);
    one["revision"] = saved["revision"].clone();
    one["blocks"] = saved["blocks"].clone();
    other["revision"] = saved["revision"].clone();
    other["blocks"] = saved["blocks"].clone();
    say(&mut one, 2, "Den ene mening");
    say(&mut other, 2, "Den anden mening");
    save(&editor, &one).expect(200);
    let saved = save(&editor, &other).expect(200);
    assert_eq!(saved["conflicts"], 1);
    let text = fs::read_to_string(library.join("m/referat.md")).unwrap();
    assert!(text.contains("Den ene mening") && text.contains("Den anden mening"), "{text}");
    let proposals: Vec<&Value> = saved["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|block| block.get("proposal"))
        .collect();
    assert_eq!(proposals.len(), 1);
    assert_eq!(proposals[0]["block"]["statement"]["text"][0]["text"], "Den ene mening");
    assert_eq!(editor.get("/api/meetings/m").expect(200)["open_proposals"], 1);
    // It is not approved so.
    let refused = editor.send("POST", "/api/meetings/m/approve", &json!({})).expect(409);
    assert_eq!((&refused["error"], &refused["open_proposals"]), (&"unsettled".into(), &1.into()));
    // Taken up again: the proposal is removed, and the text is hers.
    let mut document = editor.get(DOCUMENT).expect(200);
    let blocks = document["blocks"].as_array_mut().unwrap();
    blocks.retain(|block| block.get("proposal").is_none());
    save(&editor, &document).expect(200);
    editor.send("POST", "/api/meetings/m/approve", &json!({"by": "Anna"})).expect(200);
}

#[test]
fn a_text_editor_and_a_new_draft_are_told_and_not_overwritten() {
    let (_folder, library) = library();
    let editor = Editor::start(&library);
    let mut document = editor.get(DOCUMENT).expect(200);
    let path = library.join("m/referat.md");
    let text = fs::read_to_string(&path).unwrap();
    let heading = text.lines().find(|line| line.starts_with("### ")).unwrap().to_owned();
    let elsewhere = text.replace(&heading, &format!("{heading}\n\nFra en teksteditor."));
    put(&path, elsewhere.as_bytes());
    say(&mut document, 0, "Fra siden");
    let saved = save(&editor, &document);
    // The server never saw what it goes out from: the page has it.
    let told = saved.expect(409);
    assert_eq!(told["error"], "unknown_base");
    let before = editor::blocks_of(&text, &library, &editor);
    let body = json!({"base_blocks": before, "blocks": document["blocks"]});
    let saved = editor.send("PUT", DOCUMENT, &body).expect(200);
    assert_eq!(saved["merged"], true);
    let now = fs::read_to_string(&path).unwrap();
    assert!(now.contains("Fra siden") && now.contains("Fra en teksteditor."), "{now}");
    // A new draft takes the place of nothing that was written.
    let said = editor.send("POST", "/api/meetings/m/redraft", &json!({})).expect(200);
    assert_eq!(said["redrafted"], true);
    let now = fs::read_to_string(&path).unwrap();
    assert!(now.contains("Fra siden") && now.contains("Fra en teksteditor."), "{now}");
    assert_eq!(said["documents"]["open"], editor.get(DOCUMENT).expect(200)["revision"]);
}

#[test]
fn earlier_states_are_listed_looked_at_and_brought_back() {
    let (_folder, library) = library();
    let editor = Editor::start(&library);
    let mut document = editor.get(DOCUMENT).expect(200);
    let first = document["blocks"].clone();
    say(&mut document, 0, "Noget helt andet");
    save(&editor, &document).expect(200);
    let list = editor.get("/api/meetings/m/history").expect(200);
    let newest = &list["generations"][0];
    assert_eq!(newest["reason"], "edit");
    let path = format!("/api/meetings/m/history/{}", newest["id"]);
    assert_eq!(editor.get(&path).expect(200)["blocks"], first);
    editor.send("POST", &format!("{path}/restore"), &json!({})).expect(200);
    assert_eq!(editor.get(DOCUMENT).expect(200)["blocks"], first);
    let list = editor.get("/api/meetings/m/history").expect(200);
    assert_eq!(list["generations"].as_array().unwrap().len(), 2);
}

#[test]
fn a_body_that_is_too_long_or_none_is_refused() {
    let (_folder, library) = library();
    let mut editor = Editor::start(&library);
    let json = [("Content-Type", "application/json")];
    let long = vec![b' '; (16 << 20) + 1];
    assert_eq!(editor.raw("PUT", DOCUMENT, &json, &long).status, 413);
    for bad in ["", "{", "[]", "{\"blocks\":[]}", "{\"base\":\"x\",\"blocks\":[{\"script\":1}]}"] {
        let answer = editor.raw("PUT", DOCUMENT, &json, bad.as_bytes());
        assert_eq!(answer.expect(400)["error"], "bad_request", "{bad}");
    }
    assert_eq!(editor.get("/api/meetings/m/document?part=closed").expect(200)["exists"], false);
    let none = json!({"base": "x", "blocks": []});
    let answer = editor.send("PUT", "/api/meetings/m/document?part=closed", &none);
    assert_eq!(answer.expect(404)["error"], "not_found");
    editor.assert_unharmed();
}
