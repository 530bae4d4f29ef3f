//! Promise: a user's `ord.toml` adds to the program's words and overrules them; one that does not
//! live up to its own examples is refused with its file and entry.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use referat::run::line;
use referat::run::own_words::OwnWords;
use referat::run::progress::Silent;
use referat::run::resolve::{MeetingRun, RunRequest};
use referat::run::settings::FrozenFile;
use referat::store::folder::MeetingFolder;

use crate::support::{assert_fails_well, stderr};

const OWN: &str = r#"
[[da.cues.cue]]
kind = "number"
weight = 6.0
phrases = ["nu åbner vi mappe {n}"]
yes = ["Nu åbner vi mappe to."]
no = ["Mappen er væk."]

[[da.acts.frame]]
kind = "proposal"
pattern = '^mit bud er,? at (?P<rest>.+)'
text = "foreslog, at {rest}"
main = true
yes = ["Mit bud er, at vi venter"]
no = ["Buddet er givet"]
"#;

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_referat"))
        .args(args)
        .current_dir(folder)
        .env("REFERAT_CONFIG", folder.join("settings"))
        .output()
        .unwrap()
}

fn meeting() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("m")).unwrap();
    fs::create_dir_all(folder.path().join("settings")).unwrap();
    let agenda = "# Dagsorden for Menighedsrådet\n\n1. Graveren\n2. Orglet\n3. Varmen\n";
    fs::write(folder.path().join("m/dagsorden.md"), agenda).unwrap();
    let said = [
        "Nu åbner vi mappe et.",
        "Der er kommet et brev fra provstiet om de nye takster.",
        "Nu åbner vi mappe tre.",
        "Mit bud er, at vi venter til efter påske med at skifte det.",
    ];
    let segments: Vec<_> = said
        .iter()
        .enumerate()
        .map(|(id, text)| {
            let (start, end) = (id * 5000, id * 5000 + 4800);
            serde_json::json!({"id": id, "start_ms": start, "end_ms": end, "text": text})
        })
        .collect();
    let transcript = serde_json::json!({"version": 1, "language": "da", "segments": segments});
    fs::write(folder.path().join("m/transcript.json"), transcript.to_string()).unwrap();
    folder
}

/// The part of the draft that stands under the item numbered 3.
fn third(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("m/referat.md")).unwrap();
    text.split("Ad 3").nth(1).unwrap_or_default().to_owned()
}

#[test]
fn words_among_the_settings_or_named_change_the_draft() {
    let folder = meeting();
    let root = folder.path();
    assert!(run(root, &["draft", "m"]).status.success());
    assert!(!third(root).contains("foreslog"), "{}", third(root));

    fs::write(root.join("ord.toml"), OWN).unwrap();
    fs::remove_file(root.join("m/referat.md")).unwrap();
    let output = run(root, &["draft", "m", "--words", "ord.toml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let named = third(root);
    assert!(named.contains("foreslog, at man venter til efter påske"), "{named}");

    fs::rename(root.join("ord.toml"), root.join("settings/ord.toml")).unwrap();
    fs::remove_file(root.join("m/referat.md")).unwrap();
    assert!(run(root, &["draft", "m"]).status.success());
    assert_eq!(third(root), named);
}

#[test]
fn words_that_do_not_live_up_to_their_examples_are_refused() {
    let folder = meeting();
    let root = folder.path();
    let path = root.join("settings/ord.toml");
    for (text, told) in [
        (OWN.replace("yes = [\"Mit bud er, at vi venter\"]", "yes = [\"Vi venter\"]"), "Vi venter"),
        (OWN.replace("da.cues.cue", "da.koe.cue"), "koe"),
        (OWN.replace("weight = 6.0", "weight = \"tung\""), "da.cues"),
        ("[da.cues".to_owned(), "line 1"),
    ] {
        fs::write(&path, text).unwrap();
        let output = run(root, &["draft", "m"]);
        assert_fails_well(&output);
        let said = stderr(&output);
        assert!(said.contains("ord.toml") && said.contains(told), "{told}: {said}");
        assert!(!root.join("m/referat.md").exists());
    }
    // What has no use for words goes on.
    assert!(run(root, &["models", "list"]).status.success());
    let output = run(root, &["draft", "m", "--words", "findes-ikke.toml"]);
    assert_fails_well(&output);
}

#[test]
fn two_runs_in_one_process_have_each_their_own_words() {
    let drafted = |words: Option<&str>| {
        let folder = meeting();
        let root = folder.path();
        let words = words.map(|text| FrozenFile { file: "ord.toml".into(), text: text.into() });
        let request = RunRequest { words: OwnWords::new(words, None), ..RunRequest::default() };
        let run = MeetingRun::resolve(MeetingFolder::open(&root.join("m")).unwrap(), &request);
        line::draft(&run.unwrap(), &Silent).unwrap();
        third(root)
    };
    let other = OWN.replace("foreslog, at", "bød ind med, at");
    assert!(drafted(Some(OWN)).contains("foreslog, at man venter"));
    assert!(drafted(Some(&other)).contains("bød ind med, at man venter"));
    assert!(drafted(Some(OWN)).contains("foreslog, at man venter"));
    assert!(!drafted(None).contains("foreslog"));
}
