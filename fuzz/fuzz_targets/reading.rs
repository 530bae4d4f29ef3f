//! Any bytes as a dagsorden or a transcript give an answer or an error and no panic. The first
//! byte tells what the others are.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::Meeting;
use referat_core::{agenda, draft, understanding};

fuzz_target!(|data: &[u8]| {
    let Some((kind, bytes)) = data.split_first() else { return };
    match kind % 3 {
        0 => dagsorden(bytes, "dagsorden.md"),
        1 => dagsorden(bytes, "dagsorden.docx"),
        _ => transcript(bytes),
    }
});

fn dagsorden(bytes: &[u8], name: &str) {
    if let Ok(text) = referat_document::read_bytes(bytes, name) {
        agenda::read_meeting(&text, None);
    }
}

/// A transcript that is read is divided and drafted too.
fn transcript(bytes: &[u8]) {
    static MEETING: OnceLock<Meeting> = OnceLock::new();
    let meeting = MEETING.get_or_init(|| {
        agenda::read_meeting(include_str!("../../samples/kredsraad/dagsorden.md"), None).0
    });
    let read = referat_document::transcripts::read(bytes, "transcript", Language::DA);
    let Ok((transcript, _)) = read else { return };
    let (structure, _) = understanding::structure(meeting, &transcript, &[]);
    let (referat, _) = draft::referat(meeting, &transcript, &structure, "sha");
    let mut statements = referat.sections.iter().flat_map(|section| &section.statements);
    assert!(statements.all(|statement| !statement.segments.is_empty()));
}
