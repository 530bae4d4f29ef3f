//! Meetings to export: the Danish sample, and one full of what tries to become markup.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use referat::run::draft;
use referat::store::folder::MeetingFolder;
use referat_core::language::words::Vocabulary;
use referat_core::understanding::LearntModels;
use referat_document::profile::Profile;

use super::root;

/// A meeting's folder with a dagsorden and a transcript made elsewhere, and its draft.
pub(crate) fn drafted(folder: &Path, agenda: &str, segments: Vec<Value>) -> PathBuf {
    let meeting = folder.join("m");
    fs::create_dir_all(&meeting).unwrap();
    fs::write(meeting.join("dagsorden.md"), agenda).unwrap();
    let transcript = json!({"version": 1, "language": "da", "segments": segments});
    fs::write(meeting.join("transcript.json"), transcript.to_string()).unwrap();
    draft(&MeetingFolder::open(&meeting).unwrap());
    meeting
}

/// Makes the draft of a meeting as it is made without anything of the user's own.
pub(crate) fn draft(folder: &MeetingFolder) {
    let (words, profile) = (Vocabulary::compiled(), Profile::default());
    draft::draft(folder, None, words, &profile, None, &LearntModels::compiled()).unwrap();
}

/// The Danish sample with what was said in it.
pub(crate) fn sample(folder: &Path) -> PathBuf {
    let gold = super::gold("kredsraad_soenderfjord");
    let utterances = gold["utterances"].as_array().unwrap().iter().enumerate();
    let segments = utterances.map(|(id, said)| {
        let ms = |field: &str| (said[field].as_f64().unwrap() * 1000.0) as u64;
        json!({"id": id, "start_ms": ms("start"), "end_ms": ms("end"), "text": said["text"]})
    });
    let agenda = fs::read_to_string(root().join("samples/kredsraad/dagsorden.md")).unwrap();
    drafted(folder, &agenda, segments.collect())
}

/// What tries to become markup, a template, a field, a formula or a link in some format.
pub(crate) const EVIL: [&str; 9] = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</w:t></w:r><w:fldSimple w:instr=\"DDEAUTO c:\\\\windows cmd\"/>",
    "{ DDEAUTO c:\\\\windows\\\\cmd.exe } { INCLUDETEXT \"/etc/passwd\" }",
    "=cmd|' /C calc'!A0 @SUM(1+1)*cmd|' /C calc'!A0",
    "{{ 7*7 }} {% include '/etc/passwd' %} ${7*7} #{7*7}",
    "#read(\"/etc/passwd\") #panic() $x$ @ref <label>",
    "[klik](javascript:alert(1)) ![x](http://sporing.example/x.png)",
    "--> <!-- s-000000000000 00:00:00 --> \u{202e}bagvendt\u{0}",
    "<a href=\"javascript:alert(1)\">x</a> &lt;b&gt; &#60;i&#62;",
];

/// A meeting whose dagsorden and transcript are hostile.
pub(crate) fn hostile(folder: &Path) -> PathBuf {
    let items: Vec<String> =
        EVIL.iter().enumerate().map(|(i, evil)| format!("{}. Punkt {evil}", i + 1)).collect();
    let agenda = format!(
        "## Referat af Møde {}\n\n**Deltagende:**\n\nAnna Bech {}\n\n## Dagsorden\n\n{}\n",
        EVIL[0],
        EVIL[5],
        items.join("\n")
    );
    let segments = EVIL.iter().cycle().take(90).enumerate().map(|(id, evil)| {
        let said = format!("Vi beslutter, at {evil} skal indføres i hele kommunen næste år.");
        json!({"id": id, "start_ms": id * 4000, "end_ms": id * 4000 + 3900, "text": said})
    });
    drafted(folder, &agenda, segments.collect())
}
