//! A transcript as subtitles and as plain text.

use crate::model::transcript::Segment;
use crate::time::{Span, Timestamp};

/// A piece of text with the time it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// When.
    pub span: Span,
    /// The words on one line.
    pub text: String,
}

/// Returns a cue per segment.
pub fn cues(segments: &[Segment]) -> Vec<Cue> {
    let cue = |segment: &Segment| Cue {
        span: segment.span,
        text: segment.text.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    segments.iter().map(cue).collect()
}

/// Returns the cues as SubRip.
pub fn srt(cues: &[Cue]) -> String {
    let cue = |(index, cue): (usize, &Cue)| {
        let (start, end) = (clock(cue.span.start(), ','), clock(cue.span.end(), ','));
        // An arrow inside the text would be read as a time line.
        format!("{}\n{start} --> {end}\n{}\n\n", index + 1, cue.text.replace("-->", "->"))
    };
    cues.iter().enumerate().map(cue).collect()
}

/// Returns the cues as WebVTT.
pub fn vtt(cues: &[Cue]) -> String {
    let cue = |cue: &Cue| {
        let (start, end) = (clock(cue.span.start(), '.'), clock(cue.span.end(), '.'));
        let text = cue.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("{start} --> {end}\n{text}\n\n")
    };
    std::iter::once("WEBVTT\n\n".to_owned()).chain(cues.iter().map(cue)).collect()
}

/// Returns the cues as plain text, one per line.
pub fn txt(cues: &[Cue]) -> String {
    cues.iter().map(|cue| format!("{}\n", cue.text)).collect()
}

fn clock(at: Timestamp, separator: char) -> String {
    format!("{at}{separator}{:03}", at.as_ms() % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Vec<Cue> {
        let span = Span::new(Timestamp::from_ms(1_250), Timestamp::from_ms(3_661_004)).unwrap();
        vec![Cue { span, text: text.into() }]
    }

    #[test]
    fn subtitles_carry_their_times() {
        assert_eq!(srt(&one("Goddag")), "1\n00:00:01,250 --> 01:01:01,004\nGoddag\n\n");
        assert_eq!(vtt(&one("Goddag")), "WEBVTT\n\n00:00:01.250 --> 01:01:01.004\nGoddag\n\n");
    }

    #[test]
    fn markup_in_speech_is_inert() {
        assert!(vtt(&one("<b> --> &")).contains("&lt;b&gt; --&gt; &amp;"));
        assert!(!srt(&one("a --> b")).contains("a --> b"));
    }
}
