//! Transcripts as JSON: our own, whisper.cpp's (`-oj`, `-ojf`), and the form that WhisperX,
//! Whisper and faster-whisper share.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use regex::Regex;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::super::error::ImportError;
use super::labels;
use referat_core::domain::language::Language;
use referat_core::domain::transcript::{Segment, SegmentId, Transcript, Word};
use referat_core::language::pattern::regex;
use referat_core::time::{Span, Timestamp};

/// Python writes a number that is none, as WhisperX does for words that it could not place.
static NOT_A_NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r":\s*-?(?:NaN|Infinity)\b"));

/// The most objects of a file: a long day of words with their times has half a million.
const OBJECTS: usize = 1_000_000;

/// What tells the forms apart.
#[derive(Deserialize)]
struct Form {
    #[serde(default)]
    transcription: Option<IgnoredAny>,
    #[serde(default)]
    segments: Option<Vec<FormOfSegment>>,
}

#[derive(Deserialize)]
struct FormOfSegment {
    #[serde(default)]
    start_ms: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct WhisperCpp {
    #[serde(default)]
    result: Spoken,
    transcription: Vec<Piece>,
}

#[derive(Default, Deserialize)]
struct Spoken {
    #[serde(default)]
    language: Option<String>,
}

#[derive(Deserialize)]
struct Piece {
    offsets: Offsets,
    text: String,
    #[serde(default)]
    tokens: Vec<Token>,
    #[serde(default)]
    speaker: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
struct Offsets {
    from: i64,
    to: i64,
}

#[derive(Deserialize)]
struct Token {
    text: String,
    #[serde(default)]
    p: Option<f32>,
    #[serde(default)]
    offsets: Option<Offsets>,
}

#[derive(Deserialize)]
struct WhisperX {
    segments: Vec<Stretch>,
    #[serde(default)]
    language: Option<String>,
}

#[derive(Deserialize)]
struct Stretch {
    start: f64,
    end: f64,
    text: String,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    words: Vec<Placed>,
}

#[derive(Deserialize)]
struct Placed {
    word: String,
    #[serde(default)]
    start: Option<f64>,
    #[serde(default)]
    end: Option<f64>,
    #[serde(default, alias = "probability")]
    score: Option<f32>,
}

/// Reads a transcript from JSON; `None` when it is something else.
///
/// # Errors
/// The text is no JSON, or a transcript with fields that cannot be read.
pub(super) fn read(
    text: &str,
    language: Language,
    path: impl Fn() -> PathBuf,
) -> Result<Option<Transcript>, ImportError> {
    let broken = |source| ImportError::Json { path: path(), source };
    if text.bytes().filter(|byte| *byte == b'{').count() > OBJECTS {
        return Err(ImportError::TooManyWords { path: path() });
    }
    // What is read is never held whole: a file of some megabytes would take gigabytes.
    let mended;
    let text = match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => text,
        Err(error) => {
            mended = NOT_A_NUMBER.replace_all(text, ": null");
            match serde_json::from_str::<IgnoredAny>(&mended) {
                Ok(_) => &mended,
                Err(_) => return Err(broken(error)),
            }
        }
    };
    if !text.starts_with('{') {
        return Ok(None);
    }
    let form: Form = serde_json::from_str(text).map_err(broken)?;
    let code =
        |own: &String| (2..=3).contains(&own.len()) && own.bytes().all(|c| c.is_ascii_lowercase());
    let named = |own: Option<String>| own.filter(code).unwrap_or(language.to_string());
    let made = |language, mut segments: Vec<Segment>| {
        for (index, segment) in segments.iter_mut().enumerate() {
            segment.id = SegmentId(u32::try_from(index).unwrap_or(u32::MAX));
        }
        Transcript { version: Transcript::VERSION, language, segments, ..Transcript::default() }
    };
    if form.transcription.is_some() {
        let whole: WhisperCpp = serde_json::from_str(text).map_err(broken)?;
        let segments = whole.transcription.into_iter().map(Piece::segment).collect();
        return Ok(Some(made(named(whole.result.language), segments)));
    }
    let Some(segments) = form.segments else { return Ok(None) };
    if segments.first().is_none_or(|first| first.start_ms.is_some()) {
        return serde_json::from_str(text).map(Some).map_err(broken);
    }
    let whole: WhisperX = serde_json::from_str(text).map_err(broken)?;
    let segments = whole.segments.into_iter().map(Stretch::segment).collect();
    Ok(Some(made(named(whole.language), segments)))
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn span(from: u64, to: u64) -> Span {
    let from = Timestamp::from_ms(from);
    Span::from_start(from, Timestamp::from_ms(to).since(from))
}

impl Offsets {
    fn span(self) -> Span {
        span(self.from.max(0) as u64, self.to.max(0) as u64)
    }
}

impl Piece {
    fn segment(self) -> Segment {
        let words = words_of(&self.tokens);
        let joined = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let text = plain(&self.text);
        // Tokens that do not make up the text (cut letters) tell no word times.
        let words = if joined == text { words } else { Vec::new() };
        let mut segment = Segment { span: self.offsets.span(), text, words, ..Segment::default() };
        if let Some(label) = self.speaker {
            labels::set(&mut segment, &label);
        }
        segment
    }
}

/// Puts tokens together to words; a word begins with a space.
fn words_of(tokens: &[Token]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for token in tokens.iter().filter(|token| !token.text.starts_with("[_")) {
        let Some(offsets) = token.offsets else { return Vec::new() };
        match words.last_mut() {
            Some(word) if !token.text.starts_with(' ') => {
                word.text.push_str(token.text.trim_end());
                word.span = word.span.cover(offsets.span());
                word.confidence = word.confidence.zip(token.p).map(|(a, b)| a.min(b));
            }
            _ => words.push(Word {
                span: offsets.span(),
                text: token.text.trim().to_owned(),
                confidence: token.p,
                ..Word::default()
            }),
        }
    }
    words.retain(|word| !word.text.is_empty());
    words
}

/// Seconds become milliseconds; what is no time, or before the start, is the start.
fn ms(seconds: f64) -> u64 {
    // The cast takes what is beyond the range to its ends.
    (seconds * 1000.0).round() as u64
}

impl Stretch {
    fn segment(self) -> Segment {
        let span = span(ms(self.start), ms(self.end));
        let mut words = Vec::with_capacity(self.words.len());
        let mut at = span.start();
        for (place, placed) in self.words.iter().enumerate() {
            let start = placed.start.map_or(at, |start| Timestamp::from_ms(ms(start)));
            // A word without times (a number, say) ends where the next one begins.
            let next = self.words[place + 1..].iter().find_map(|word| word.start);
            let end = placed.end.or(next).map_or(span.end(), |end| Timestamp::from_ms(ms(end)));
            let start = start.max(at).min(span.end());
            let end = end.max(start).min(span.end().max(start));
            at = end;
            let length: Duration = end.since(start);
            words.push(Word {
                span: Span::from_start(start, length),
                text: plain(&placed.word),
                confidence: placed.score.map(|score| score.clamp(0.0, 1.0)),
                estimated: placed.start.is_none(),
                ..Word::default()
            });
        }
        words.retain(|word| !word.text.is_empty());
        let text = plain(&self.text);
        let joined = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let words = if joined == text { words } else { Vec::new() };
        let known: Vec<f32> = words.iter().filter_map(|word| word.confidence).collect();
        let mean = known.iter().sum::<f32>() / known.len() as f32;
        let confidence = (!known.is_empty()).then_some((mean * 1000.0).round() / 1000.0);
        let mut segment = Segment { span, text, words, confidence, ..Segment::default() };
        if let Some(label) = self.speaker {
            labels::set(&mut segment, &label);
        }
        segment
    }
}
