//! Promise: any bytes as dagsorden or transcript give an answer or an error and no panic. Real
//! documents are torn, spliced and repeated, which reaches deeper than bytes by chance.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::Index;
use referat_core::agenda::read_meeting;
use referat_core::domain::language::Language;
use referat_core::draft;
use referat_core::understanding;
use referat_document::subtitles;
use referat_document::{read_bytes, transcripts};
use referat_eval::labelled::{Hardship, Labelled};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn agendas() -> Vec<Vec<u8>> {
    let read = |path: &str| fs::read(root().join(path)).unwrap();
    let danish = read("samples/kredsraad/dagsorden.md");
    let latin = encoding_rs::WINDOWS_1252.encode(std::str::from_utf8(&danish).unwrap()).0.to_vec();
    vec![danish, latin, read("samples/council_en/dagsorden.md")]
}

/// A short transcript in every form that is read.
fn transcripts_of_all_forms() -> Vec<Vec<u8>> {
    let path = root().join("tests/data/kredsraad_soenderfjord/gold.json");
    let gold = Labelled::read(&fs::read_to_string(path).unwrap(), Hardship::default()).unwrap();
    let mut said = gold.transcript;
    said.segments.truncate(25);
    let seconds = |ms: u64| ms as f64 / 1000.0;
    let whisperx: Vec<_> = said
        .segments
        .iter()
        .map(|one| {
            let (start, end) = (one.span.start().as_ms(), one.span.end().as_ms());
            serde_json::json!({
                "start": seconds(start), "end": seconds(end), "text": one.text,
                "words": [{"word": "ja", "start": seconds(start), "score": 0.5}],
                "speaker": "SPEAKER_00",
            })
        })
        .collect();
    vec![
        serde_json::to_vec(&said).unwrap(),
        serde_json::json!({"segments": whisperx, "language": "da"}).to_string().into_bytes(),
        subtitles::srt(&said.segments).into_bytes(),
        subtitles::vtt_words(&said.segments).into_bytes(),
    ]
}

/// A change to a document.
#[derive(Clone, Debug)]
enum Change {
    Remove(Index, Index),
    Repeat(Index, Index, u8),
    Move(Index, Index, Index),
    Byte(Index, u8),
    Insert(Index, Vec<u8>),
    Cut(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<Index>;
    let pieces: Vec<&[u8]> = vec![
        b"\n\n",
        b"1. ",
        b"| ",
        b"-->",
        b"00:00:01,000 --> 00:00:00,500\n",
        b"\"start_ms\":-1,",
        b"18446744073709551615",
        b"1e308",
        b"null",
        b"{",
        b"]",
        b"\\u0000",
        b"\xc3",
        b"\xff\xfe",
        "İ".as_bytes(),
        "ǅ".as_bytes(),
        b"\r",
        b"\t",
        b"<v ",
        b"**",
        b"Ad 99 ",
        b"\0",
    ];
    prop_oneof![
        (place(), place()).prop_map(|(from, to)| Change::Remove(from, to)),
        (place(), place(), 1..40_u8).prop_map(|(from, to, times)| Change::Repeat(from, to, times)),
        (place(), place(), place()).prop_map(|(from, to, at)| Change::Move(from, to, at)),
        (place(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (place(), prop::sample::select(pieces))
            .prop_map(|(at, piece)| Change::Insert(at, piece.to_vec())),
        place().prop_map(Change::Cut),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    // Stretches stay short, so that what is changed still looks like a document.
    let stretch = |bytes: &[u8], from: &Index, to: &Index| {
        let from = from.index(bytes.len());
        from..(from + to.index(200)).min(bytes.len())
    };
    for change in changes {
        if bytes.is_empty() {
            break;
        }
        match change {
            Change::Remove(from, to) => drop(bytes.drain(stretch(&bytes, from, to))),
            Change::Repeat(from, to, times) => {
                let range = stretch(&bytes, from, to);
                let again = bytes[range.clone()].repeat(usize::from(*times));
                bytes.splice(range, again);
            }
            Change::Move(from, to, at) => {
                let taken: Vec<u8> = bytes.drain(stretch(&bytes, from, to)).collect();
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, taken);
            }
            Change::Byte(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Change::Insert(at, piece) => {
                let at = at.index(bytes.len() + 1);
                bytes.splice(at..at, piece.iter().copied());
            }
            Change::Cut(at) => bytes.truncate(at.index(bytes.len())),
        }
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(change(), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_changed_dagsorden_is_read_or_refused(which in 0..3_usize, changes in changes()) {
        let bytes = changed(agendas().swap_remove(which), &changes);
        if let Ok(text) = read_bytes(&bytes, "dagsorden.md") {
            read_meeting(&text, None);
        }
    }

    #[test]
    fn a_changed_transcript_is_drafted_or_refused(which in 0..4_usize, changes in changes()) {
        let bytes = changed(transcripts_of_all_forms().swap_remove(which), &changes);
        let Ok((transcript, _)) = transcripts::read(&bytes, "transcript", Language::DA) else {
            return Ok(());
        };
        let agenda = agendas().swap_remove(0);
        let (meeting, _) = read_meeting(std::str::from_utf8(&agenda).unwrap(), None);
        let (structure, _) = understanding::structure_reviewed(&meeting, &transcript, &[], &[]);
        let (referat, _) = draft::referat(&meeting, &transcript, &structure, "sha");
        for statement in referat.sections.iter().flat_map(|section| &section.statements) {
            prop_assert!(!statement.segments.is_empty());
        }
    }
}
