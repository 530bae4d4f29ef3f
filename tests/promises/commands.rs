//! The commands that need no model, by the real binary.

use std::fs;
use std::process::{Command, Stdio};

use crate::support::{
    assert_fails_well, assert_valid, done, json, referat, root, stderr, transcript,
};

#[test]
fn help_and_usage_have_their_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(referat(folder.path(), &["--help"]).status.code(), Some(0));
    assert_eq!(referat(folder.path(), &["--version"]).status.code(), Some(0));
    assert_eq!(referat(folder.path(), &["nonsense"]).status.code(), Some(2));
}

#[test]
fn an_old_referat_gives_the_next_meeting_its_header_and_people_alone() {
    let folder = tempfile::tempdir().unwrap();
    let old = root().join("samples/kredsraad/dagsorden.md");
    let output = done(folder.path(), &["new", "m", "--template", old.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("not its day and items"), "{said}");
    let read = |path: &str| -> serde_json::Value {
        let output = done(folder.path(), &["agenda", path, "--json"]);
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let (was, now) = (read(old.to_str().unwrap()), read("m/dagsorden.md"));
    for same in ["title", "place", "present", "remote", "referent"] {
        assert_eq!(now["header"][same], was["header"][same], "{same}");
        assert!(!was["header"][same].is_null(), "{same}");
    }
    for own in ["date", "start", "end"] {
        assert!(now["header"][own].is_null() && !was["header"][own].is_null(), "{own}");
    }
    assert_eq!(now["header"]["absent"], serde_json::json!([]));
    assert_eq!(now["agenda"], serde_json::json!([]));
    // The absent are told by name, so that nobody is lost.
    let absent = was["header"]["absent"][0]["name"].as_str().unwrap();
    assert!(said.contains(absent), "{said}");
}

#[test]
fn agenda_tells_what_it_understood_as_json() {
    let output = done(root(), &["agenda", "samples/kredsraad/dagsorden.md", "--json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["header"]["date"], "2023-03-07");
    assert_eq!(value["header"]["start"], "09:00");
    assert_eq!(value["header"]["referent"], "Pernille Aagaard");
    assert_eq!(value["agenda"][1]["presenter"], "Torben Hvidt");
    assert_eq!(value["agenda"][1]["sub"][1]["title"], "Sagsbehandlingstider");
    assert_eq!(value["remarks"], serde_json::json!([]));
}

#[expect(clippy::disallowed_methods, reason = "a fixture, not one of our files")]
fn write(path: &std::path::Path, text: &str) {
    fs::write(path, text).unwrap();
}

#[test]
fn segment_puts_every_segment_in_one_turn_with_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("transcript.json");
    write(&path, &transcript().to_string());
    let agenda = root().join("samples/kredsraad/dagsorden.md");
    let args = ["segment", "--agenda", agenda.to_str().unwrap(), "--transcript", "transcript.json"];
    let output = done(folder.path(), &[&args[..], &["--json"]].concat());
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let sections = value["sections"].as_array().unwrap();
    let mut ids: Vec<u64> = sections
        .iter()
        .flat_map(|section| section["turns"].as_array().unwrap())
        .flat_map(|turn| turn["segments"].as_array().unwrap())
        .map(|id| id.as_u64().unwrap())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..48).collect::<Vec<u64>>());
    let second = sections.iter().find(|section| section["item"] == "2").unwrap();
    assert_eq!(second["spans"][0]["reason"]["kind"], "cue", "{second:#}");
    done(folder.path(), &args);
}

#[test]
fn a_transcript_from_elsewhere_becomes_the_same_draft_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let agenda = root().join("samples/kredsraad/dagsorden.md");
    done(folder.path(), &["new", "m", "--agenda", agenda.to_str().unwrap()]);
    let meeting = folder.path().join("m");
    write(&meeting.join("transcript.json"), &transcript().to_string());
    done(folder.path(), &["run", "m"]);
    assert_valid(&json(&meeting.join("minutes.json")), "minutes.schema.json");
    let referat_md = meeting.join("referat.md");
    let first = fs::read(&referat_md).unwrap();
    done(folder.path(), &["draft", "m"]);
    assert_eq!(fs::read(&referat_md).unwrap(), first, "the same input gives the same bytes");
}

#[test]
fn the_draft_does_not_depend_on_time_zone_or_locale() {
    let folder = tempfile::tempdir().unwrap();
    let agenda = root().join("samples/kredsraad/dagsorden.md");
    let mut drafts = Vec::new();
    for (name, zone, locale) in [("a", "UTC", "C"), ("b", "Pacific/Auckland", "da_DK.UTF-8")] {
        done(folder.path(), &["new", name, "--agenda", agenda.to_str().unwrap()]);
        let meeting = folder.path().join(name);
        write(&meeting.join("transcript.json"), &transcript().to_string());
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_referat"))
            .args(["draft", name])
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .current_dir(folder.path())
            .output()
            .unwrap()
            .status;
        assert!(status.success());
        drafts.push(fs::read(meeting.join("referat.md")).unwrap());
    }
    assert!(drafts[0] == drafts[1]);
}

#[test]
fn bad_input_is_told_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| referat(folder.path(), args);
    assert_fails_well(&run(&["agenda", "findes-ikke.md"]));
    assert_fails_well(&run(&["new", "m", "--agenda", "findes-ikke.md"]));
    assert_fails_well(&run(&["new", "m", "--audio", "findes-ikke.wav"]));
    assert!(!folder.path().join("m").exists());
    done(folder.path(), &["new", "m"]);
    assert_fails_well(&run(&["new", "m"]));
    assert_fails_well(&run(&["run", "m"]));
    assert_fails_well(&run(&["draft", "m"]));
    assert_fails_well(&run(&["models", "pull", "findes-ikke"]));
    write(&folder.path().join("m/dagsorden.md"), "1. Velkomst\n");
    write(&folder.path().join("m/transcript.json"), "{\"version\":1,");
    assert_fails_well(&run(&["draft", "m"]));
    assert!(!folder.path().join("m/minutes.json").exists());
}

#[test]
fn doctor_says_that_the_fast_kernels_are_compiled_in() {
    let output = done(root(), &["doctor", "--json"]);
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let kernels = findings.as_array().unwrap().iter().find(|f| f["what"] == "whisper.cpp").unwrap();
    assert_eq!(kernels["ok"], true, "{kernels}");
}

#[test]
fn doctor_tells_of_settings_that_other_commands_refuse() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("ord.toml"), "[da.cues");
    write(&folder.path().join("profil.toml"), "agenda = true\nsignatur = true\n");
    let output = Command::new(env!("CARGO_BIN_EXE_referat"))
        .arg("doctor")
        .env("REFERAT_CONFIG", folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let said = String::from_utf8(output.stdout).unwrap();
    let broken: Vec<&str> = said.lines().filter(|line| line.starts_with("broken ")).collect();
    let tells = |file: &str, line: &str| {
        broken.iter().any(|finding| finding.contains(file) && finding.contains(line))
    };
    assert!(tells("ord.toml", "line 1") && tells("profil.toml", "line 2"), "{said}");
}

#[test]
fn a_path_that_leads_nowhere_or_to_a_folder_is_told_as_the_system_does() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| referat(folder.path(), args);
    let wanted = stderr(&run(&["agenda", "findes-ikke"]));
    let why = wanted.lines().next().unwrap().rsplit(": ").next().unwrap();
    for args in [
        &["transcribe", "findes-ikke"][..],
        &["transcribe", "--watch", "findes-ikke"],
        &["models", "import", "findes-ikke", "--name", "x"],
    ] {
        let output = run(args);
        assert_fails_well(&output);
        let said = stderr(&output);
        assert!(said.contains(why) && said.contains("tip: check the path"), "{said}");
    }
    done(folder.path(), &["new", "m"]);
    let said = stderr(&run(&["approve", "m"]));
    assert!(said.contains("tip: make it with `referat run m`"), "{said}");
    write(&folder.path().join("brev.txt"), "Kære alle\n");
    let output = run(&["draft", "m", "--edited", "brev.txt"]);
    assert_fails_well(&output);
    assert!(stderr(&output).contains("not a Word file"), "{}", stderr(&output));
    if cfg!(unix) {
        let said = stderr(&run(&["agenda", "m"]));
        assert!(said.contains("tip: this is a folder"), "{said}");
    }
}

#[test]
fn a_choice_that_is_missing_is_wrong_use_with_a_tip() {
    let folder = tempfile::tempdir().unwrap();
    for (args, tip) in [(["export", "m"], "--to docx"), (["mark", "m"], "--decision")] {
        let output = referat(folder.path(), &args);
        assert_eq!(output.status.code(), Some(2));
        let said = stderr(&output);
        let tips: Vec<&str> = said.lines().filter(|line| line.starts_with("tip: ")).collect();
        assert!(tips.len() == 1 && tips[0].contains(tip), "{said}");
    }
}

#[test]
fn a_reader_that_stops_reading_ends_the_command_in_peace() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(["models", "list"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}
