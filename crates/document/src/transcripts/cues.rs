//! SubRip and WebVTT: cues with a time line and text become segments.

use std::sync::LazyLock;
use std::time::Duration;

use regex::Regex;

use super::labels;
use referat_core::domain::transcript::{Segment, SegmentId};
use referat_core::language::pattern::regex;
use referat_core::time::{Span, Timestamp};

/// A pause up to this long does not end a sentence that goes on in the next cue.
const GOES_ON: Duration = Duration::from_millis(300);
/// Most letters of a sentence put together from cues.
const SENTENCE: usize = 400;

static TIMES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^\s*((?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3})\s*-->\s*((?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3})",
    )
});
static VOICE: LazyLock<Regex> = LazyLock::new(|| regex(r"<v(?:\.[^\s>]*)?\s+([^>]*)>"));
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"</?(?:v|c|i|b|u|s|ruby|rt|lang|font)(?:[.\s][^>]*)?>|<[\d:.]+>|\{\\[^}]*\}")
});

/// Reads the cues of a text, or `None` when it holds none and is no WebVTT either.
pub(super) fn read(text: &str) -> Option<Vec<Segment>> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut blocks = 0;
    for block in text.split("\n\n").flat_map(|block| block.split("\n \n")) {
        let lines: Vec<&str> = block.lines().collect();
        let head = lines.iter().find(|line| !line.trim().is_empty()).map_or("", |line| line.trim());
        if ["NOTE", "STYLE", "REGION"].iter().any(|kind| head.split(' ').next() == Some(kind)) {
            continue;
        }
        // Some writers leave out the empty line between cues: every time line begins one.
        let starts: Vec<usize> = (0..lines.len()).filter(|at| TIMES.is_match(lines[*at])).collect();
        blocks += starts.len();
        for (place, &at) in starts.iter().enumerate() {
            let next = starts.get(place + 1).copied();
            let mut end = next.unwrap_or(lines.len());
            let number = |line: &str| line.trim().bytes().all(|c| c.is_ascii_digit());
            if next.is_some() && end > at + 1 && number(lines[end - 1]) {
                end -= 1;
            }
            segments.extend(cue(lines[at], &lines[at + 1..end]));
        }
    }
    let is_webvtt = text.trim_start_matches('\u{feff}').starts_with("WEBVTT");
    if blocks == 0 && !is_webvtt {
        return None;
    }
    labels::take_off(&mut segments);
    let mut joined: Vec<Segment> = Vec::new();
    for segment in segments {
        match joined.last_mut().filter(|before| continues(before, &segment)) {
            Some(before) => {
                before.span = before.span.cover(segment.span);
                before.text = format!("{} {}", before.text, segment.text);
            }
            None => joined.push(segment),
        }
    }
    for (index, segment) in joined.iter_mut().enumerate() {
        segment.id = SegmentId(u32::try_from(index).unwrap_or(u32::MAX));
    }
    Some(joined)
}

fn cue(times: &str, lines: &[&str]) -> Option<Segment> {
    let found = TIMES.captures(times)?;
    let (start, end) = (instant(&found[1])?, instant(&found[2])?);
    let span = Span::new(start, end.max(start))?;
    let raw = lines.join(" ");
    let label = VOICE.captures(&raw).map(|found| found[1].to_owned());
    let text = entities(&TAG.replace_all(&raw, ""));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut segment = Segment { span, text, ..Segment::default() };
    if let Some(label) = label {
        labels::set(&mut segment, &entities(&label));
    }
    Some(segment)
}

/// Tells whether a sentence that was cut for display goes on in the next cue.
fn continues(before: &Segment, next: &Segment) -> bool {
    let open = !before.text.ends_with(['.', '?', '!', '…', ':']) && !before.text.is_empty();
    open && next.span.start().since(before.span.end()) <= GOES_ON
        && next.text.starts_with(char::is_lowercase)
        && before.text.len() + next.text.len() <= SENTENCE
        && (next.speaker.is_none() && next.voice.is_none()
            || (&next.speaker, &next.voice) == (&before.speaker, &before.voice))
}

/// Reads `hh:mm:ss,mmm` or `mm:ss.mmm`.
fn instant(text: &str) -> Option<Timestamp> {
    let (clock, part) = text.split_once(['.', ','])?;
    // `,5` is half a second, not five thousandths.
    let ms: u64 = format!("{part:0<3}").parse().ok()?;
    let seconds = clock
        .split(':')
        .try_fold(0_u64, |sum, field| sum.checked_mul(60)?.checked_add(field.parse().ok()?))?;
    Some(Timestamp::from_ms(seconds.checked_mul(1000)?.checked_add(ms)?))
}

fn entities(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&lrm;", ""),
        ("&rlm;", ""),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter))
}
