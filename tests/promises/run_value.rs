//! Promise: a run is a value. What a meeting's run was asked for holds for the next one, in the
//! terminal and in the browser, until something else is asked for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support::editor::{Editor, put};
use crate::support::llm::{Model, Reply};
use crate::support::{json as read_json, stderr};

const AGENDA: &str = "## Dagsorden for Byrådsmødet i Nordby

**Tid:**

Tirsdag den 7. marts 2023 kl. 19:00.

**Deltagende:**

Borgmester Lis Holm

Byrådsmedlem Bo Kjær

Kontorchef Bodil Krogsgaard

## Dagsorden

1. Taget /v. Bodil Krogsgaard
2. Lejemål
";

const SAID: [(&str, &str); 5] = [
    ("Lis Holm", "Så går vi til punkt 1, taget. Bodil, værsgo."),
    ("Bodil Krogsgaard", "Taget på skolen er utæt, og reparationen koster 85.000 kroner."),
    ("Bo Kjær", "Jeg er enig med Bodil Krogsgård i, at taget er utæt."),
    ("Lis Holm", "Så beslutter vi, at vi indhenter to tilbud."),
    ("Lis Holm", "Så går vi til punkt 2, lejemål. Mødet er slut."),
];

/// A library with the meeting `m`, and the user's settings beside it.
fn library() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("referater");
    put(&library.join("m/dagsorden.md"), AGENDA.as_bytes());
    let segments = SAID.iter().zip(0_u64..).map(|((speaker, text), id)| {
        let at = id * 10_000;
        json!({"id": id, "start_ms": at, "end_ms": at + 9000, "text": text, "speaker": speaker})
    });
    let segments: Vec<_> = segments.collect();
    let transcript = json!({"version": 1, "language": "da", "segments": segments});
    put(&library.join("m/transcript.json"), transcript.to_string().as_bytes());
    put(&folder.path().join("referater.settings/profiler/hus.toml"), b"item_word = \"Emne\"");
    (folder, library)
}

fn referat(library: &Path, args: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(args)
        .current_dir(library)
        .env("REFERAT_CONFIG", library.with_extension("settings"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    output
}

fn text(library: &Path) -> String {
    fs::read_to_string(library.join("m/referat.md")).unwrap()
}

fn asked(library: &Path) -> Value {
    read_json(&library.join("m/.referat/run.json"))["asked"].clone()
}

/// The referent takes the last statement of the draft out, in the browser.
fn decide(library: &Path) -> Value {
    let minutes = read_json(&library.join("m/minutes.json"));
    let sections = minutes["sections"].as_array().unwrap();
    let statements = sections.iter().flat_map(|it| it["statements"].as_array().unwrap());
    let statement = statements.last().unwrap()["id"].clone();
    let editor = Editor::start(library);
    let lines = json!({"lines": [{"kind": "reject", "statement": statement}]});
    let answer = editor.send("POST", "/api/meetings/m/review", &lines).expect(200);
    assert_eq!(answer["redrafted"], true, "{answer:#}");
    answer
}

#[test]
fn a_decision_in_the_browser_lays_the_draft_out_as_its_run_did() {
    let (_folder, library) = library();
    let model = Model::serve(|_| Reply::Says(json!({"sentences": []}).to_string()));
    let args = ["draft", "m", "--profile", "kommune", "--no-names", "--llm", &model.url];
    referat(&library, &args);
    let before = text(&library);
    assert!(before.contains("**Sagsfremstilling**"), "{before}");
    let questions = model.asked();
    assert!(questions > 0);
    decide(&library);
    let after = text(&library);
    assert!(after.contains("**Sagsfremstilling**") && !after.contains("### **Ad 1"), "{after}");
    assert!(model.asked() > questions, "the language model is asked again");
    assert_eq!(read_json(&library.join("m/minutes.json"))["language_model"], "prøve");
    let transcript = fs::read_to_string(library.join("m/transcript.json")).unwrap();
    assert!(transcript.contains("Bodil Krogsgård"), "names stay as they were heard");
}

#[test]
fn what_was_asked_for_holds_until_something_else_is() {
    let (_folder, library) = library();
    referat(&library, &["draft", "m", "--profile", "kommune", "--no-names"]);
    let first = text(&library);
    referat(&library, &["draft", "m"]);
    assert_eq!(text(&library), first);
    // What is given is frozen anew, and the rest stays.
    referat(&library, &["draft", "m", "--profile", "bestyrelse"]);
    assert!(text(&library).contains("**Drøftelse**"), "{}", text(&library));
    assert_eq!(asked(&library)["profile"], "bestyrelse");
    assert_eq!(asked(&library)["names"], "heard");
    referat(&library, &["run", "m"]);
    assert!(text(&library).contains("**Drøftelse**"));
    referat(&library, &["draft", "m", "--defaults"]);
    assert!(text(&library).contains("### **Ad 1"), "{}", text(&library));
    assert_eq!(asked(&library)["names"], Value::Null);
}

#[test]
fn rules_beside_the_meeting_count_where_none_were_asked_for() {
    let (_folder, library) = library();
    referat(&library, &["draft", "m"]);
    put(&library.join("m/profil.toml"), b"item_word = \"Sag\"");
    decide(&library);
    assert!(text(&library).contains("### **Sag 1"), "{}", text(&library));
    referat(&library, &["draft", "m", "--profile", "kredsraad"]);
    decide(&library);
    assert!(text(&library).contains("### **Ad 1"), "{}", text(&library));
}

#[test]
fn a_file_of_rules_is_frozen_with_what_it_held() {
    let (folder, library) = library();
    let rules = folder.path().join("sal.toml");
    put(&rules, b"item_word = \"Sag\"");
    referat(&library, &["draft", "m", "--profile", rules.to_str().unwrap()]);
    fs::remove_file(&rules).unwrap();
    referat(&library, &["draft", "m"]);
    assert!(text(&library).contains("### **Sag 1"), "{}", text(&library));
}

#[test]
fn the_users_own_rules_are_found_by_every_command() {
    let (_folder, library) = library();
    referat(&library, &["draft", "m", "--profile", "hus"]);
    assert!(text(&library).contains("### **Emne 1"), "{}", text(&library));
    referat(&library, &["draft", "m", "--defaults"]);
    let exported =
        referat(&library, &["export", "m", "--to", "txt", "--profile", "hus", "-o", "-"]);
    let exported = String::from_utf8(exported.stdout).unwrap();
    assert!(exported.contains("Emne 1"), "{exported}");
}

#[test]
fn a_meeting_from_elsewhere_sends_nothing_to_another_machine() {
    let (_folder, library) = library();
    referat(&library, &["draft", "m"]);
    let run = json!({"version": 1, "asked": {"llm": {
        "url": "http://192.0.2.7/v1", "model": "m", "timeout_ms": 2000, "anywhere": true,
    }}});
    put(&library.join("m/.referat/run.json"), run.to_string().as_bytes());
    let answer = decide(&library);
    assert!(answer["remarks"].to_string().contains("192.0.2.7"), "{answer:#}");
    let output = referat(&library, &["draft", "m"]);
    assert!(stderr(&output).contains("that is not this machine"), "{}", stderr(&output));
}
