//! Any bytes as a file of somebody else's give an answer or an error and no panic. The first byte
//! tells what the others are given as; which of its forms a file has, its bytes tell.
#![no_main]

use std::panic;
use std::sync::{Once, OnceLock};

use libfuzzer_sys::fuzz_target;
use referat_core::domain::language::Language;
use referat_core::domain::meeting::Meeting;
use referat_core::language::overlay::Overlay;
use referat_core::{agenda, draft, understanding};
use referat_document::profile::Profile;
use referat_document::{docx, markdown, rttm, transcripts};

fuzz_target!(|data: &[u8]| {
    let Some((kind, bytes)) = data.split_first() else { return };
    static READER_OF_PDF: Once = Once::new();
    READER_OF_PDF.call_once(let_the_reader_of_pdf_panic);
    match kind % 6 {
        0 => dagsorden(bytes),
        1 => edited(docx::read(bytes, "referat.docx").ok()),
        2 => transcript(bytes),
        3 => voices(bytes),
        4 => edited(std::str::from_utf8(bytes).ok().map(markdown::document)),
        _ => settings(bytes),
    }
});

/// What panics on a thread of its own is told as an error.
fn let_the_reader_of_pdf_panic() {
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !referat_document::is_of_pdf(panic) {
            told(panic);
        }
    }));
}

/// A dagsorden of any form: Markdown, plain text, DOCX, ODT, RTF, HTML, a mail, PDF.
fn dagsorden(bytes: &[u8]) {
    if let Ok(text) = referat_document::read_bytes(bytes, "dagsorden") {
        agenda::read_meeting(&text, None);
    }
}

/// A referat that was edited elsewhere is written again.
fn edited(document: Option<referat_document::document::Document>) {
    if let Some(document) = document {
        markdown::markdown(&document);
    }
}

/// A transcript that is read is divided and drafted too.
fn transcript(bytes: &[u8]) {
    static MEETING: OnceLock<Meeting> = OnceLock::new();
    let meeting = MEETING.get_or_init(|| {
        agenda::read_meeting(include_str!("../../samples/kredsraad/dagsorden.md"), None).0
    });
    let Ok((transcript, _)) = transcripts::read(bytes, "transcript", Language::DA) else { return };
    let (structure, _) = understanding::structure(meeting, &transcript, &[]);
    let (referat, _) = draft::referat(meeting, &transcript, &structure, "sha");
    let mut statements = referat.sections.iter().flat_map(|section| &section.statements);
    assert!(statements.all(|statement| !statement.segments.is_empty()));
}

/// Turns that are read are the same when they are written and read again.
fn voices(bytes: &[u8]) {
    let Ok((voices, _)) = rttm::read(bytes, "voices") else { return };
    let written = rttm::write(&voices, "recording");
    if let Ok((again, _)) = rttm::read(written.as_bytes(), "voices") {
        assert!(again.turns.len() <= voices.turns.len());
    }
}

/// An office's house rules and a user's own words.
fn settings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = Profile::parse("profile.toml", text);
    let _ = Overlay::parse("ord.toml", text);
}
