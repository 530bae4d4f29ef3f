//! The way of a referent over the editor's answers: dagsorden, meeting, decisions, file to send.

use std::fs;
use std::io::Read;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::editor::{Editor, library, put};
use crate::support::{done, gold, root};

#[test]
fn a_meeting_is_made_of_what_was_understood_and_found_again() {
    let (_folder, library) = library();
    let mut editor = Editor::start(&library);
    let agenda = fs::read(root().join("samples/council_en/dagsorden.md")).unwrap();
    let name = [("Content-Type", "application/octet-stream"), ("X-File-Name", "agenda%201.md")];
    let understood = editor.raw("POST", "/api/agenda", &name, &agenda).expect(200);
    assert!(understood["agenda"].as_array().unwrap().len() > 3);
    assert_eq!(understood["language"], "en");
    let pasted = [("Content-Type", "text/plain; charset=utf-8")];
    assert_eq!(editor.raw("POST", "/api/agenda", &pasted, &agenda).expect(200), understood);
    let bad = [("Content-Type", "application/pdf"), ("X-File-Name", "a.pdf")];
    let error = editor.raw("POST", "/api/agenda", &bad, b"%PDF-1.7 no").expect(400);
    assert_eq!(error["error"], "not_understood");
    assert!(!error["tip"].is_null() && !error["message"].as_str().unwrap().contains('\n'));
    let new = json!({"markdown": understood["markdown"]});
    let id = editor.send("POST", "/api/meetings", &new).expect(201)["id"].clone();
    assert_eq!(id, understood["name"]);
    // The same again gets another name, one that is asked for must be free.
    let other = editor.send("POST", "/api/meetings", &new).expect(201)["id"].clone();
    assert_ne!(id, other);
    let named = json!({"markdown": understood["markdown"], "name": id});
    assert_eq!(editor.send("POST", "/api/meetings", &named).expect(409)["error"], "exists");
    let again = json!({"template": id, "name": "næste møde"});
    editor.send("POST", "/api/meetings", &again).expect(201);
    let list = editor.get("/api/meetings").expect(200);
    let states: Vec<(&str, &str)> = list["meetings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["id"].as_str().unwrap(), it["state"].as_str().unwrap()))
        .collect();
    assert_eq!(states.len(), 4, "{states:?}");
    assert!(states.contains(&("m", "draft")) && states.contains(&(id.as_str().unwrap(), "new")));
    let found = editor.get("/api/meetings?q=KREDSR%C3%85D%20sagsbehandlingstider").expect(200);
    assert_eq!(found["meetings"].as_array().unwrap().len(), 1, "{found:#}");
    assert_eq!(found["meetings"][0]["id"], "m");
    assert!(found["meetings"][0]["snippet"].is_string());
    let path = format!("/api/meetings/{}/agenda", id.as_str().unwrap());
    let text = understood["markdown"].as_str().unwrap().replace("Council", "Board");
    editor.send("PUT", &path, &json!({"markdown": text})).expect(200);
    assert_eq!(editor.get(&path).expect(200)["markdown"], text);
    editor.assert_unharmed();
}

#[test]
fn a_decision_is_noted_and_the_draft_follows_it() {
    let (_folder, library) = library();
    let editor = Editor::start(&library);
    let meeting = editor.get("/api/meetings/m").expect(200);
    assert_eq!(meeting["header"]["referent"], "Pernille Aagaard");
    assert_eq!(
        meeting["has"],
        json!({"agenda": true, "audio": false, "transcript": true, "draft": true})
    );
    assert_eq!(meeting["profiles"][1], "kommune");
    let turn = &meeting["turns"][3];
    let name = &meeting["header"]["present"][1]["name"];
    let line = json!({"kind": "speaker", "start_ms": turn["start_ms"], "end_ms": turn["end_ms"], "name": name});
    let statement = &meeting["sections"][1]["statements"][0];
    let reject = json!({"kind": "reject", "statement": statement["id"]});
    let said = editor
        .send("POST", "/api/meetings/m/review", &json!({"lines": [line, reject]}))
        .expect(200);
    assert_eq!(said["redrafted"], true, "{said:#}");
    let now = editor.get("/api/meetings/m").expect(200);
    assert_ne!(now["revision"], meeting["revision"]);
    assert_eq!(now["review"].as_array().unwrap().len(), 2);
    let of = |meeting: &Value| meeting["turns"].as_array().unwrap().clone();
    let here = of(&now).into_iter().find(|it| it["start_ms"] == turn["start_ms"]).unwrap();
    assert_eq!((&here["speaker"], &here["basis"]["kind"]), (name, &"referent".into()));
    let text = fs::read_to_string(library.join("m/referat.md")).unwrap();
    assert!(!text.contains(statement["id"].as_str().unwrap()), "{text}");
    let accept = json!({"lines": [{"kind": "accept", "statement": now["sections"][1]["statements"][0]["id"]}]});
    let said = editor.send("POST", "/api/meetings/m/review", &accept).expect(200);
    assert_eq!(said["redrafted"], false);
    let now = editor.get("/api/meetings/m").expect(200);
    assert_eq!(now["sections"][1]["statements"][0]["reviewed"], "accepted");
    // A boundary moved: the sections follow.
    let start = now["sections"][2]["spans"][0]["start_ms"].as_u64().unwrap();
    let line = json!({"kind": "boundary", "at_ms": start + 20_000, "item": now["sections"][2]["item"], "moved_from_ms": start});
    editor.send("POST", "/api/meetings/m/review", &json!({"lines": [line]})).expect(200);
    let moved = editor.get("/api/meetings/m").expect(200);
    let span = &moved["sections"][2]["spans"][0];
    assert!(span["start_ms"].as_u64().unwrap() > start, "{span:#}");
    let bad = json!({"lines": [{"kind": "approve", "sha256": "0"}]});
    assert_eq!(editor.send("POST", "/api/meetings/m/review", &bad).status, 400);
}

/// Who speaks when at the sample meeting, by voice.
fn voice_turns() -> Value {
    let gold = gold("kredsraad_soenderfjord");
    let turn = |utterance: &Value| {
        let ms = |field: &str| (utterance[field].as_f64().unwrap() * 1000.0) as u64;
        json!({"start_ms": ms("start"), "end_ms": ms("end"), "voice": utterance["speaker"]})
    };
    gold["utterances"].as_array().unwrap().iter().map(turn).collect()
}

#[test]
fn voices_are_named_merged_split_and_given_away_and_the_draft_follows() {
    let (_folder, library) = library();
    let editor = Editor::start(&library);
    assert!(editor.get("/api/meetings/m").expect(200)["voices"].is_null());
    let told = library.with_file_name("voices.json");
    put(&told, json!({"turns": voice_turns()}).to_string().as_bytes());
    done(&library, &["draft", "m", "--voices", told.to_str().unwrap()]);
    let show = || editor.get("/api/meetings/m").expect(200);
    let meeting = show();
    let voices = meeting["voices"]["list"].as_array().unwrap();
    assert_eq!((voices.len(), &meeting["voices"]["free"]), (7, &"v8".into()));
    let share: f64 = voices.iter().map(|voice| voice["share"].as_f64().unwrap()).sum();
    assert!((share - 1.0).abs() < 0.01, "{share}");
    for voice in voices {
        assert!((1..=3).contains(&voice["samples"].as_array().unwrap().len()), "{voice:#}");
        assert!(voice["total_ms"].as_u64().unwrap() > 1000 && voice["settled"] == false);
        assert!(voice["suggested"].is_string(), "{voice:#}");
    }
    let say = |line: &Value| {
        let said = editor.send("POST", "/api/meetings/m/review", &json!({"lines": [line]}));
        assert_eq!(said.expect(200)["redrafted"], true);
        show()
    };
    let of = |meeting: &Value, id: &str| {
        let list = meeting["voices"]["list"].as_array().unwrap().clone();
        list.into_iter().find(|voice| voice["voice"] == id)
    };
    let heard = |meeting: &Value, id: &str| {
        meeting["turns"].as_array().unwrap().iter().filter(|turn| turn["voice"] == id).count()
    };
    // Somebody who is not on the dagsorden was there too.
    let name = json!({"kind": "speaker", "start_ms": 0, "end_ms": 1, "voice": "v2", "name": "Grete Storm"});
    let now = say(&name);
    let voice = of(&now, "v2").unwrap();
    assert_eq!((&voice["speaker"], &voice["settled"]), (&"Grete Storm".into(), &true.into()));
    assert!(now["header"]["present"].to_string().contains("Grete Storm"));
    let unknown = |turn: &&Value| turn["voice"] == "v2" && turn["speaker"] != "Grete Storm";
    assert_eq!(now["turns"].as_array().unwrap().iter().find(unknown), None);
    // Two are one, and two again.
    let mut merge = json!({"kind": "merge", "voice": "v3", "into": "v1"});
    let merged = say(&merge);
    assert_eq!((of(&merged, "v3"), heard(&merged, "v3")), (None, 0));
    merge["taken_back"] = true.into();
    assert_eq!(say(&merge)["voices"], now["voices"]);
    // One is two from its second half on.
    let turns = now["turns"].as_array().unwrap().clone();
    let own: Vec<&Value> = turns.iter().filter(|turn| turn["voice"] == "v1").collect();
    let middle = &own[own.len() / 2]["start_ms"];
    let cut = say(&json!({"kind": "split", "voice": "v1", "at_ms": middle, "into": "v8"}));
    assert_eq!(cut["voices"]["free"], "v9");
    assert_eq!(heard(&cut, "v1") + heard(&cut, "v8"), own.len());
    // One turn is another's.
    let (start, end) = (&own[0]["start_ms"], &own[0]["end_ms"]);
    let given = json!({"kind": "voice", "start_ms": start, "end_ms": end, "voice": "v2"});
    let given = say(&given);
    let turn = given["turns"].as_array().unwrap().iter().find(|turn| turn["start_ms"] == *start);
    assert_eq!(
        turn.map(|turn| (&turn["voice"], &turn["speaker"])),
        Some((&"v2".into(), &"Grete Storm".into()))
    );
}

#[test]
fn the_referat_is_exported_approved_and_its_sources_purged_with_a_receipt() {
    let (_folder, library) = library();
    let mut editor = Editor::start(&library);
    let answer = editor.send("POST", "/api/meetings/m/export", &json!({"format": "docx"}));
    assert_eq!(answer.status, 200);
    let name = answer.header("content-disposition").unwrap();
    assert!(name.contains("referat") && name.contains("docx"), "{name}");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&answer.body)).unwrap();
    let mut text = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    assert!(text.contains("Pernille Aagaard"));
    let kommune = json!({"format": "md", "profile": "kommune"});
    assert_eq!(editor.send("POST", "/api/meetings/m/export", &kommune).status, 200);
    let pdf = editor.send("POST", "/api/meetings/m/export", &json!({"format": "pdf"}));
    assert_eq!(pdf.status, if cfg!(feature = "pdf") { 200 } else { 501 });
    assert_eq!(
        editor.send("POST", "/api/meetings/m/export", &json!({"format": "exe"})).status,
        400
    );
    let preview = editor.get("/api/meetings/m/preview?draft=true");
    assert_eq!(preview.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(preview.header("content-security-policy").unwrap().contains("sandbox"));
    let purge = |more: Value| {
        let mut wanted = json!({"scope": ["transcript", "audio"], "by": "Anna"});
        wanted.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        editor.send("POST", "/api/meetings/m/purge", &wanted)
    };
    assert_eq!(purge(json!({})).expect(409)["error"], "not_approved");
    let planned = purge(json!({"dry_run": true})).expect(200);
    let paths: Vec<&str> = planned["delete"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["path"].as_str().unwrap())
        .collect();
    assert!(paths.contains(&"transcript.json"), "{paths:?}");
    assert!(library.join("m/transcript.json").exists());
    // What was typed is journaled, and the journal goes too.
    let document = editor.get("/api/meetings/m/document").expect(200);
    let mut blocks = document["blocks"].clone();
    blocks.as_array_mut().unwrap().push(json!({"paragraph": [{"text": "Tilføjet"}]}));
    let body = json!({"base": document["revision"], "blocks": blocks});
    editor.send("PUT", "/api/meetings/m/document", &body).expect(200);
    assert!(library.join("m/.referat/journal/edits.jsonl").exists());
    editor.send("POST", "/api/meetings/m/approve", &json!({"by": "Anna"})).expect(200);
    let approval = editor.get("/api/meetings/m").expect(200)["approval"].clone();
    assert_eq!((&approval["state"], &approval["by"]), (&"approved".into(), &"Anna".into()));
    let at = "/api/meetings/m/approve";
    editor.send("DELETE", at, &json!({})).expect(204);
    assert_eq!(editor.get("/api/meetings/m").expect(200)["approval"]["state"], "none");
    editor.send("POST", at, &json!({"by": "Anna"})).expect(200);
    let receipt = purge(json!({})).expect(200);
    assert_eq!(
        (&receipt["receipt"]["by"], &receipt["receipt"]["done"]),
        (&"Anna".into(), &true.into())
    );
    assert!(library.join("m").join(receipt["path"].as_str().unwrap()).exists());
    assert_eq!(editor.get("/api/meetings/m/purge").expect(200), json!([receipt]));
    assert!(!library.join("m/transcript.json").exists());
    assert!(!library.join("m/.referat/journal/edits.jsonl").exists());
    assert!(fs::read_to_string(library.join("m/referat.md")).unwrap().contains("Tilføjet"));
    let meeting = editor.get("/api/meetings/m").expect(200);
    assert_eq!(
        (&meeting["approval"]["state"], &meeting["has"]["transcript"]),
        (&"approved".into(), &false.into())
    );
    editor.assert_unharmed();
}

/// A transcript of a three-hour meeting: `count` segments of twelve words.
fn long(count: u64) -> Value {
    let words = "vi skal have set på vejene ved skolen i dag siger formanden";
    let segment = |id: u64| {
        let start = id * 1080;
        let words: Vec<Value> = words
            .split(' ')
            .enumerate()
            .map(|(at, word)| {
                let start = start + at as u64 * 80;
                json!({"start_ms": start, "end_ms": start + 70, "text": word, "confidence": 0.93})
            })
            .collect();
        json!({"id": id, "start_ms": start, "end_ms": start + 1000, "text": format!("{}.", words.len()), "confidence": 0.9, "words": words})
    };
    let segments: Vec<Value> = (0..count).map(segment).collect();
    json!({"version": 1, "language": "da", "segments": segments})
}

#[test]
fn a_meeting_of_ten_thousand_segments_answers_at_once() {
    let (_folder, library) = library();
    let editor = Editor::start(&library);
    put(&library.join("lang/transcript.json"), long(10_000).to_string().as_bytes());
    let agenda = fs::read(library.join("m/dagsorden.md")).unwrap();
    put(&library.join("lang/dagsorden.md"), &agenda);
    for copy in 0..100 {
        put(&library.join(format!("møde {copy}/dagsorden.md")), &agenda);
    }
    let timed = |path: &str| {
        let began = Instant::now();
        let answer = editor.get(path);
        assert_eq!(answer.status, 200, "{path}");
        let took = began.elapsed();
        println!("{path}: {} ms, {} kB", took.as_millis(), answer.body.len() / 1024);
        (took, answer)
    };
    let (first, answer) = timed("/api/meetings/lang/transcript");
    let columns = answer.json();
    assert_eq!(columns["count"], 10_000);
    let last = columns["first_word"][9_999].as_u64().unwrap() as usize;
    assert_eq!(columns["words"]["text"][last], "vi");
    assert_eq!(columns["words"]["confidence"][last], 93);
    let tag = answer.header("etag").unwrap().to_owned();
    let again = editor.raw("GET", "/api/meetings/lang/transcript", &[("If-None-Match", &tag)], b"");
    assert_eq!((again.status, again.body.len()), (304, 0));
    let (second, _) = timed("/api/meetings/lang/transcript");
    let (meeting, _) = timed("/api/meetings/lang");
    let (_, list) = timed("/api/meetings");
    assert_eq!(list.json()["meetings"].as_array().unwrap().len(), 102);
    let (known, _) = timed("/api/meetings");
    // Limits of a build without optimisation on a busy machine; what is measured is printed. What
    // was read once is not read again.
    for (what, took, limit) in [
        ("the transcript", first, 30_000),
        ("the transcript again", second, 1_000),
        ("the meeting", meeting, 10_000),
        ("the list", known, 2_000),
    ] {
        assert!(took < Duration::from_millis(limit), "{what} took {took:?}");
    }
}
