//! Who spoke when in the form of the field: RTTM, a line for each turn. Read and written; our own
//! `voices.json` is read too.
//!
//! `SPEAKER <file> 1 <start> <length> <NA> <NA> <label> <NA> <NA>`, times in seconds.

use std::fmt::Write;
use std::path::PathBuf;

use crate::error::ImportError;
use referat_core::domain::voices::{HeardTurn, VoiceId, Voices};
use referat_core::remark::Remark;
use referat_core::time::{Span, Timestamp};

/// The largest file that is read, in mebibytes: a day of short turns takes about 3.
const MAX_FILE: usize = 16;
/// How many lines that cannot be read are told one by one.
const TOLD: usize = 20;
/// A recording is no longer: 30 days, in seconds.
const LONGEST: f64 = 30.0 * 86_400.0;

/// Reads turns made elsewhere, RTTM or our JSON, told by their content; `file_name` is named in
/// errors. Labels become `v1`, `v2` and so on, by first speech.
///
/// # Errors
/// The file is too large, of neither form, damaged, or holds no turn.
pub fn read(bytes: &[u8], file_name: &str) -> Result<(Voices, Vec<Remark>), ImportError> {
    let path = || PathBuf::from(file_name);
    if bytes.len() > MAX_FILE << 20 {
        return Err(ImportError::TooLarge { path: path(), what: "the file", limit: MAX_FILE });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty { path: path() });
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(text).map_err(|_| ImportError::NoVoices { path: path() })?;
    let (voices, remarks) = if text.trim_start().starts_with('{') {
        let voices: Voices = serde_json::from_str(text)
            .map_err(|source| ImportError::VoicesJson { path: path(), source })?;
        let mut turns = voices.turns;
        turns.retain(|turn| turn.span.end().as_ms() <= (LONGEST * 1000.0) as u64);
        (Voices::new(voices.model, turns), Vec::new())
    } else {
        let (turns, remarks) = lines(text);
        (Voices::new(None, turns), remarks)
    };
    if voices.turns.is_empty() {
        return Err(ImportError::NoVoices { path: path() });
    }
    Ok((voices, remarks))
}

fn lines(text: &str) -> (Vec<HeardTurn>, Vec<Remark>) {
    let mut turns = Vec::new();
    let mut remarks = Vec::new();
    let mut untold = 0usize;
    let meant = |line: &str| !line.is_empty() && !line.starts_with(';') && !line.starts_with('#');
    for (index, line) in text.lines().map(str::trim).enumerate().filter(|(_, line)| meant(line)) {
        let fields: Vec<&str> = line.split_whitespace().take(9).collect();
        match turn(&fields) {
            Some(turn) => turns.push(turn),
            // Other kinds of line tell nothing of turns.
            None if fields[0] != "SPEAKER" => {}
            None if remarks.len() == TOLD => untold += 1,
            None => remarks.push(Remark::at(index + 1, "this is no line of RTTM")),
        }
    }
    if untold > 0 {
        remarks.push(Remark::on_whole(format!("{untold} more lines are no lines of RTTM")));
    }
    (turns, remarks)
}

fn turn(fields: &[&str]) -> Option<HeardTurn> {
    let &["SPEAKER", _, _, start, length, _, _, label, ..] = fields else { return None };
    let seconds =
        |text: &str| text.parse::<f64>().ok().filter(|seconds| (0.0..=LONGEST).contains(seconds));
    let (start, length) = (seconds(start)?, seconds(length)?);
    let ms = |seconds: f64| Timestamp::from_ms((seconds * 1000.0).round() as u64);
    let span = Span::new(ms(start), ms((start + length).min(LONGEST)))?;
    Some(HeardTurn { span, voice: VoiceId(label.to_owned()), overlap: false })
}

/// Returns the turns as RTTM; `file` is how the recording is called in it.
pub fn write(voices: &Voices, file: &str) -> String {
    let file: String =
        file.chars().map(|letter| if letter.is_whitespace() { '_' } else { letter }).collect();
    let file = if file.is_empty() { "recording" } else { &file };
    let mut text = String::new();
    for HeardTurn { span, voice, .. } in &voices.turns {
        let seconds = |ms: u128| format!("{}.{:03}", ms / 1000, ms % 1000);
        let start = seconds(u128::from(span.start().as_ms()));
        let length = seconds(span.duration().as_millis());
        // Writing to a string cannot fail.
        let _ = writeln!(text, "SPEAKER {file} 1 {start} {length} <NA> <NA> {} <NA> <NA>", voice.0);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let text = "SPEAKER mødet 1 1.200 3.1 <NA> <NA> KIM <NA> <NA>\n\
                    ;; a comment\nSPKR-INFO x 1 <NA> <NA> <NA> unknown KIM <NA>\n\
                    SPEAKER mødet 1 4.4 0.050 <NA> <NA> B <NA> <NA>\n";
        let (voices, remarks) = read(text.as_bytes(), "x.rttm").unwrap();
        assert!(remarks.is_empty());
        let written = write(&voices, "et møde");
        assert_eq!(
            written,
            "SPEAKER et_møde 1 1.200 3.100 <NA> <NA> v1 <NA> <NA>\n\
             SPEAKER et_møde 1 4.400 0.050 <NA> <NA> v2 <NA> <NA>\n"
        );
        assert_eq!(read(written.as_bytes(), "x").unwrap().0, voices);
        let json = serde_json::to_vec(&voices).unwrap();
        assert_eq!(read(&json, "x").unwrap().0, voices);
    }

    #[test]
    fn lines_that_are_none_are_told_and_files_without_turns_are_refused() {
        let text = "SPEAKER m 1 NaN 3.1 <NA> <NA> a <NA> <NA>\nSPEAKER m 1 -1 3 <NA> <NA> a\n\
                    SPEAKER m 1 1e99 3 <NA> <NA> a\nSPEAKER m 1 2\nSPEAKER m 1 2 3 <NA> <NA> a";
        let (voices, remarks) = read(text.as_bytes(), "x").unwrap();
        assert_eq!((voices.turns.len(), remarks.len()), (1, 4));
        assert!(matches!(read(b"Hello", "x"), Err(ImportError::NoVoices { .. })));
        assert!(matches!(read(b"{\"a\":1}", "x"), Err(ImportError::VoicesJson { .. })));
        assert!(matches!(read(b" \n", "x"), Err(ImportError::Empty { .. })));
        assert!(read(b"\xff\xfe", "x").is_err());
    }
}
