//! Transcripts made elsewhere become ours: whisper.cpp's JSON, the JSON of WhisperX and of
//! Whisper itself, SubRip, WebVTT, and our own `transcript.json`.
//!
//! In: the bytes of a file. Out: a [`Transcript`] whose segments are in order of time and
//! numbered, and remarks on what had to be put right. Labels of speakers are kept: a machine's
//! (`SPEAKER_00`) as the voice, anything else as the speaker.

mod cues;
mod json;
mod labels;

use std::path::PathBuf;

use super::bytes::decode;
use super::error::ImportError;
use referat_core::domain::language::Language;
use referat_core::domain::transcript::{Segment, SegmentId, Transcript};
use referat_core::remark::Remark;

/// The largest file that is read, in mebibytes: as JSON, word times of a long day take about 20.
const MAX_FILE: usize = 64;
/// The largest file of cues, in mebibytes: those of a long day take about 10 with word times.
const MAX_CUES: usize = 16;

/// Reads a transcript of any of the known forms, told by its content; `language` is that of a
/// file that does not name its own, and `file_name` is named in errors.
///
/// # Errors
/// The file is empty, too large, of no known form, damaged, or holds no words.
pub fn read(
    bytes: &[u8],
    file_name: &str,
    language: Language,
) -> Result<(Transcript, Vec<Remark>), ImportError> {
    let path = || PathBuf::from(file_name);
    let too_large = |limit| ImportError::TooLarge { path: path(), what: "the transcript", limit };
    if bytes.len() > MAX_FILE << 20 {
        return Err(too_large(MAX_FILE));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty { path: path() });
    }
    let unknown = || ImportError::NoTranscript { path: path() };
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let mut transcript = if start.starts_with(b"{") || start.starts_with(b"[") {
        // whisper.cpp may cut a letter in two between tokens: such bytes are no other encoding.
        let text = String::from_utf8_lossy(start);
        json::read(&text, language, path)?.ok_or_else(unknown)?
    } else {
        if bytes.len() > MAX_CUES << 20 {
            return Err(too_large(MAX_CUES));
        }
        let text = decode(bytes).ok_or_else(unknown)?;
        let segments = cues::read(&text).ok_or_else(unknown)?;
        Transcript {
            version: Transcript::VERSION,
            language: language.to_string(),
            segments,
            ..Transcript::default()
        }
    };
    let remarks = put_in_order(&mut transcript);
    if transcript.segments.is_empty() {
        return Err(ImportError::NoWords { path: path() });
    }
    Ok((transcript, remarks))
}

/// Sorts and numbers the segments, and leaves out those without words.
fn put_in_order(transcript: &mut Transcript) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let segments = &mut transcript.segments;
    let all = segments.len();
    segments.retain(|segment| !segment.text.trim().is_empty());
    if segments.len() < all {
        let count = all - segments.len();
        remarks
            .push(Remark::on_whole(format!("{count} stretches of the transcript hold no words")));
    }
    if !segments.is_sorted_by_key(|segment| segment.span.start()) {
        segments.sort_by_key(|segment| segment.span.start());
        remarks.push(Remark::on_whole("the transcript was not in order of time, and was sorted"));
    }
    let numbered = segments.is_sorted_by(|a: &Segment, b: &Segment| a.id < b.id);
    if !numbered || all == segments.len() + 1 {
        for (index, segment) in segments.iter_mut().enumerate() {
            segment.id = SegmentId(u32::try_from(index).unwrap_or(u32::MAX));
        }
    }
    remarks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(bytes: &str) -> Vec<(u64, u64, String, Option<String>)> {
        let (transcript, _) = read(bytes.as_bytes(), "x", Language::DA).unwrap();
        let row = |s: &Segment| {
            let label = s.speaker.clone().or(s.voice.as_ref().map(|voice| format!("~{voice}")));
            (s.span.start().as_ms(), s.span.end().as_ms(), s.text.clone(), label)
        };
        transcript.segments.iter().map(row).collect()
    }

    #[test]
    fn whisper_cpp_json_is_read_with_its_words() {
        let text = r#"{"systeminfo":"AVX = 1","model":{"type":"base"},"result":{"language":"en"},
          "transcription":[{"timestamps":{"from":"00:00:00,000","to":"00:00:02,000"},
            "offsets":{"from":0,"to":2000},"text":" Good evening.",
            "tokens":[{"text":"[_BEG_]","id":50364,"p":0.9,"offsets":{"from":0,"to":0}},
              {"text":" Good","id":1,"p":0.8,"offsets":{"from":0,"to":700}},
              {"text":" even","id":2,"p":0.9,"offsets":{"from":700,"to":1200}},
              {"text":"ing","id":3,"p":0.7,"offsets":{"from":1200,"to":1900}},
              {"text":".","id":4,"p":0.9,"offsets":{"from":1900,"to":2000}}]},
           {"offsets":{"from":2000,"to":3000},"text":" Thanks.","speaker":"1"}]}"#;
        let (transcript, remarks) = read(text.as_bytes(), "x.json", Language::DA).unwrap();
        assert_eq!(transcript.language, "en");
        let first = &transcript.segments[0];
        assert_eq!((first.text.as_str(), first.words.len()), ("Good evening.", 2));
        assert_eq!(first.words[1].text, "evening.");
        assert_eq!(first.words[1].span.start().as_ms(), 700);
        assert_eq!(transcript.segments[1].voice.as_deref(), Some("1"));
        assert!(remarks.is_empty());
    }

    #[test]
    fn whisperx_json_is_read_with_labels_and_missing_times() {
        let text = r#"{"segments":[
          {"start":1.25,"end":3.5,"text":" Goddag alle 12.","speaker":"SPEAKER_01","words":[
            {"word":"Goddag","start":1.25,"end":1.8,"score":0.91,"speaker":"SPEAKER_01"},
            {"word":"alle","start":NaN,"end":NaN},{"word":"12."}]}],
          "word_segments":[],"language":"da"}"#;
        let (transcript, _) = read(text.as_bytes(), "x.json", Language::EN).unwrap();
        let segment = &transcript.segments[0];
        assert_eq!(transcript.language, "da");
        assert_eq!(segment.voice.as_deref(), Some("SPEAKER_01"));
        assert_eq!(segment.span.start().as_ms(), 1250);
        assert_eq!(segment.words[2].text, "12.");
        assert!(segment.words.is_sorted_by_key(|word| word.span.start()));
        assert!(segment.words[2].span.end() <= segment.span.end());
    }

    #[test]
    fn our_own_transcript_comes_back_as_it_was() {
        let text = r#"{"version":1,"language":"da","segments":[{"id":4,"start_ms":10,"end_ms":20,
          "text":"Ja.","speaker":"Ida Holm"},{"id":7,"start_ms":20,"end_ms":30,"text":"Nej."}]}"#;
        let (read, _) = read(text.as_bytes(), "x", Language::DA).unwrap();
        assert_eq!(read, serde_json::from_str(text).unwrap());
    }

    #[test]
    fn subrip_is_read_with_its_labels() {
        let text = "\u{feff}1\r\n00:00:01,000 --> 00:00:02,500\r\n[SPEAKER_00]: Velkommen til.\r\n\r\n\
            2\r\n00:00:03,000 --> 00:00:04,000\r\nIda Holm: Tak for det.\r\n<i>Og godt</i> nytår.\r\n\r\n\
            3\r\n00:00:05.000 --> 00:00:06.000\r\nPunkt 3: økonomien.\r\n";
        assert_eq!(
            texts(text),
            [
                (1000, 2500, "Velkommen til.".into(), Some("~SPEAKER_00".into())),
                (3000, 4000, "Tak for det. Og godt nytår.".into(), Some("Ida Holm".into())),
                (5000, 6000, "Punkt 3: økonomien.".into(), None),
            ]
        );
    }

    #[test]
    fn webvtt_is_read_with_voices_notes_and_entities() {
        let text = "WEBVTT - møde\nKind: captions\n\nNOTE\nikke --> det her\n\nSTYLE\n::cue { }\n\n\
            first\n01:02.000 --> 01:03.000 align:start\n<v.loud Bo Friis>A &amp; B &lt;c&gt;</v>\n\n\
            100:00:00.000 --> 100:00:01.000\nSlut<00:00:01.000>.\n";
        assert_eq!(
            texts(text),
            [
                (62_000, 63_000, "A & B <c>".into(), Some("Bo Friis".into())),
                (360_000_000, 360_001_000, "Slut.".into(), None),
            ]
        );
    }

    #[test]
    fn a_sentence_cut_over_two_cues_is_one_segment() {
        let text = "1\n00:00:01,000 --> 00:00:02,000\nSå går vi\n\n2\n00:00:02,000 --> 00:00:03,000\nvidere. Tak.\n";
        assert_eq!(texts(text), [(1000, 3000, "Så går vi videre. Tak.".into(), None)]);
    }

    #[test]
    fn what_is_no_transcript_is_an_error_that_says_why() {
        let said = |bytes: &[u8]| read(bytes, "x.srt", Language::DA).unwrap_err().to_string();
        assert_eq!(said(b" "), "cannot read `x.srt`: it is empty");
        assert!(said(b"hello").contains("no transcript"), "{}", said(b"hello"));
        assert!(said(b"{\"segments\":[{\"start\":").contains("x.srt"));
        assert!(said(b"{\"a\":1}").contains("no transcript"));
        assert!(said(b"WEBVTT\n\n").contains("no words"));
        assert!(said(b"{\"transcription\":[]}").contains("no words"));
        assert!(said(b"1\n00:00:0x,000 --> 00:00:02,000\nHej\n").contains("no transcript"));
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_answer_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes, "x", Language::DA);
        }

        #[test]
        fn damaged_transcripts_give_an_answer_or_an_error(
            which in 0usize..4, at in 0usize..400, byte: u8, cut in 0usize..400,
        ) {
            let forms = [
                r#"{"transcription":[{"offsets":{"from":0,"to":2000},"text":" Goddag.","tokens":[{"text":" God","p":0.8,"offsets":{"from":0,"to":700}}]}]}"#,
                r#"{"segments":[{"start":1e300,"end":-3.5,"text":"Hej Å","words":[{"word":"Hej","start":1.0}]}],"language":"da"}"#,
                "1\n00:00:01,000 --> 00:00:02,500\n[SPEAKER_00]: Velkommen. Æ\n\n2\n99999999:59:59,999 --> 00:00:00,000\nSå: ja\n",
                "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bo>Hej &amp; <c>farvel</v>\n\nNOTE x\n",
            ];
            let mut bytes = forms[which].as_bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut % (bytes.len() / 2));
            if let Ok((transcript, _)) = read(&bytes, "x", Language::DA) {
                prop_assert!(transcript.segments.is_sorted_by_key(|segment| segment.span.start()));
            }
        }
    }
}
