//! Promise: the office's own form, chosen by name, by file or by what lies beside the meeting;
//! and the same draft wherever and whenever it is made.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::support;
use crate::support::{assert_fails_well, done, referat};

const AGENDA: &str = "## Dagsorden for Byrådsmødet i Nordby

**Tid:**

Tirsdag den 7. marts 2023 kl. 19:00.

**Deltagende:**

Borgmester Lis Holm

Byrådsmedlem Bo Kjær

Direktør Per Dahl

## Dagsorden

89. Nyt tag på skolen /v. Per Dahl
90. Lejemål
91. Eventuelt
";

const SAID: [(&str, &str); 8] = [
    ("Lis Holm", "Så går vi til punkt 89, nyt tag på skolen. Per, værsgo."),
    ("Per Dahl", "Taget på skolen er utæt, og reparationen koster 85.000 kroner."),
    ("Bo Kjær", "Jeg foreslår, at vi skifter hele taget."),
    ("Lis Holm", "Så beslutter vi, at vi skifter hele taget."),
    ("Lis Holm", "Per, du indhenter tre tilbud inden fredag."),
    ("Lis Holm", "Så går vi til punkt 90, lejemål."),
    ("Bo Kjær", "Lejemålet i Strandgade skal opsiges på grund af støj."),
    ("Lis Holm", "Så går vi til punkt 91, eventuelt. Mødet er slut."),
];

fn meeting(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("dagsorden.md"), AGENDA).unwrap();
    let segments = SAID.iter().zip(0_u64..).map(|((speaker, text), id)| {
        let at = id * 10_000;
        json!({"id": id, "start_ms": at, "end_ms": at + 9000, "text": text, "speaker": speaker})
    });
    let segments: Vec<_> = segments.collect();
    let transcript = json!({"version": 1, "language": "da", "segments": segments});
    fs::write(folder.join("transcript.json"), transcript.to_string()).unwrap();
}

fn drafted(args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    meeting(folder.path());
    let mut all = vec!["draft", "."];
    all.extend(args);
    done(folder.path(), &all);
    fs::read_to_string(folder.path().join("referat.md")).unwrap()
}

/// The parts must stand in the text in this order.
fn assert_order(text: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part);
        from += at.unwrap_or_else(|| panic!("`{part}` does not stand where it should:\n{text}"));
    }
}

#[test]
fn each_profile_has_the_form_of_its_kind_of_meeting() {
    let decided = "- Byrådet besluttede at skifte hele taget.";
    assert_order(
        &drafted(&["--profile", "kommune"]),
        &[
            "**Fremmøde og inhabilitet**",
            "### **Punkt 89 Nyt tag på skolen",
            "**Sagsfremstilling**",
            "- Per Dahl orienterede om",
            "**Indstilling**",
            "- Bo Kjær foreslog, at",
            "**Beslutning**",
            decided,
            "### **Punkt 90 Lejemål**",
            "## Underskrifter",
            "Borgmester Lis Holm",
        ],
    );
    let board = drafted(&["--profile", "bestyrelse"]);
    assert_order(
        &board,
        &[
            "**Beslutninger**",
            decided,
            "**Drøftelse**",
            "- Per Dahl orienterede om",
            "## Opfølgning",
            "| Opgave | Ansvarlig | Frist |",
            "| Per Dahl | fredag (Fredag den 10. marts 2023) |",
        ],
    );
    assert!(!board.contains("\n  - 00:"), "a board's minutes are short:\n{board}");
    assert_order(&drafted(&[]), &["### **Ad 89", "- Per Dahl orienterede om", decided, "  - 00:"]);
    assert!(drafted(&["--profile", "english"]).contains("### **Ad 89"), "words are the meeting's");
}

#[test]
fn an_office_writes_its_own_profile() {
    let folder = tempfile::tempdir().unwrap();
    let meeting_folder = folder.path().join("2023/marts");
    meeting(&meeting_folder);
    let own =
        "base = \"kommune\"\nitem_word = \"Sag\"\nsignatures = false\n[words]\ncase = \"Resumé\"\n";
    fs::write(folder.path().join("2023/profil.toml"), own).unwrap();
    let made = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_referat"))
            .args(["draft", "marts"])
            .args(args)
            .current_dir(folder.path().join("2023"))
            .env("REFERAT_CONFIG", folder.path().join("settings"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", support::stderr(&output));
        fs::read_to_string(meeting_folder.join("referat.md")).unwrap()
    };
    let text = made(&[]);
    assert_order(&text, &["### **Sag 89", "**Resumé**", "**Beslutning**"]);
    assert!(!text.contains("Underskrifter"));
    assert!(made(&["--profile", "kredsraad"]).contains("### **Ad 89"));
    fs::create_dir_all(folder.path().join("settings/profiler")).unwrap();
    fs::write(folder.path().join("settings/profiler/hus.toml"), "item_word = \"Emne\"").unwrap();
    assert!(made(&["--profile", "hus"]).contains("### **Emne 89"));
    for (bad, said) in [("findes-ikke", "bestyrelse"), ("../2023/dagsorden.md", "kommune")] {
        let output = referat(&meeting_folder, &["draft", ".", "--profile", bad]);
        assert_fails_well(&output);
        assert!(support::stderr(&output).contains(said));
    }
    fs::write(meeting_folder.join("profil.toml"), "underskrifter = true").unwrap();
    let output = referat(&meeting_folder, &["draft", "."]);
    assert_fails_well(&output);
    assert!(support::stderr(&output).contains("underskrifter"), "{}", support::stderr(&output));
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_time_zone_and_locale() {
    let folder = tempfile::tempdir().unwrap();
    let places = [
        ("UTC", "C", "a"),
        ("Asia/Tokyo", "tr_TR.UTF-8", "b"),
        ("America/St_Johns", "da_DK.UTF-8", "c"),
    ];
    let mut made = Vec::new();
    for (zone, locale, name) in places {
        let one = folder.path().join(name);
        meeting(&one);
        let marks = r#"{"at_ms":12000,"at":"2023-03-07T19:02:00+01:00","kind":"decision"}"#;
        fs::write(one.join("marks.jsonl"), format!("{marks}\n")).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_referat"))
            .args(["draft", one.to_str().unwrap()])
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .env("LANG", locale)
            .output()
            .unwrap();
        assert!(output.status.success());
        let read = |file: &str| fs::read(one.join(file)).unwrap();
        made.push((read("referat.md"), read("minutes.json")));
    }
    assert!(made.windows(2).all(|two| two[0] == two[1]));
    let text = String::from_utf8(made.remove(0).0).unwrap();
    assert!(text.contains("Tirsdag den 7. marts 2023 kl. 19:00 til kl. 19:03."), "{text}");
}
