//! Promise: from a good transcript the draft tells what was decided, by whom what is to be done,
//! and who did what, each with its source.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking, and says on the terminal what it measured"
)]

use std::fs;
use std::path::Path;

use referat::draft;
use referat::pipeline::gold::Gold;
use referat::pipeline::score_draft::{DraftScore, score};
use referat::render::markdown::referat_md;
use referat::render::profile::Profile;

const MEETINGS: [&str; 4] = [
    "byraad_ravnholt",
    "council_harwick_en",
    "kredsraad_soenderfjord",
    "skolebestyrelse_engbakken",
];

fn gold(name: &str) -> (Gold, Option<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let text = fs::read_to_string(folder.join("gold.json")).unwrap();
    let minutes = fs::read_to_string(folder.join("referat-gold.md")).ok();
    (serde_json::from_str(&text).unwrap(), minutes)
}

#[test]
fn the_targets_hold_on_the_synthetic_meetings() {
    let mut total = DraftScore::default();
    for name in MEETINGS {
        let (gold, minutes) = gold(name);
        let meeting = gold.meeting();
        let (referat, _) = draft::referat(&meeting, &gold.transcript(), &gold.structure(), "sha");
        println!("{}", referat_md(&referat, meeting.language, &Profile::default()));
        let one = score(&gold, &referat, minutes.as_deref());
        println!("== {name}\n{one}\n{}\n", one.notes.join("\n"));
        total += one;
    }
    println!("== total\n{total}");
    assert!(total.decisions_found.value() >= 0.9, "{total}");
    assert!(total.decisions_right.value() >= 0.9, "{total}");
    assert!(total.actions_found.value() >= 0.85, "{total}");
    assert!(total.acts.value() >= 0.85, "{total}");
    assert!(total.cited.value() >= 0.95, "{total}");
    assert!(total.gold_lines.value() >= 0.85, "{total}");
    assert!(total.statements.value() >= 0.75, "{total}");
}
