//! A transcript as subtitles and as plain text.
//!
//! Subtitles follow the usual rules: two lines of 42 characters at most, a few seconds each,
//! cut where a sentence or a clause ends. The labels of a transcript made elsewhere are kept.

use std::time::Duration;

use referat_core::domain::transcript::{Segment, Word};
use referat_core::time::{Span, Timestamp};

/// Most characters of a line.
const LINE: usize = 42;
/// Most characters of a cue: two lines, and room for the break to fall between words.
const CUE: usize = 2 * LINE - 4;
/// The longest a cue is shown where it can be cut.
const LONGEST: Duration = Duration::from_secs(7);

/// A piece of text with the time it is shown.
#[derive(Clone, Debug, PartialEq)]
struct Cue<'a> {
    words: Vec<Word>,
    /// Who speaks, where that is known.
    label: Option<&'a str>,
}

/// Returns the transcript as SubRip.
pub fn srt(segments: &[Segment]) -> String {
    let cue = |(index, cue): (usize, &Cue<'_>)| {
        let (start, end) = (clock(cue.span().start(), ','), clock(cue.span().end(), ','));
        let label = cue.label.map(|label| format!("{label}: ")).unwrap_or_default();
        let lines = cue
            .lines()
            .map(|line| line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "));
        let text = lines.collect::<Vec<_>>().join("\n");
        // An arrow inside the text would be read as a time line.
        let text = format!("{label}{text}").replace("-->", "->");
        format!("{}\n{start} --> {end}\n{text}\n\n", index + 1)
    };
    cues(segments).iter().enumerate().map(cue).collect()
}

/// Returns the transcript as WebVTT.
pub fn vtt(segments: &[Segment]) -> String {
    webvtt(segments, |_, word| escaped(&word.text))
}

/// Returns the transcript as WebVTT with the time of every word inside the cues.
pub fn vtt_words(segments: &[Segment]) -> String {
    webvtt(segments, |start, word| {
        let at = word.span.start();
        let text = escaped(&word.text);
        // A time inside a cue must be later than the cue's own.
        if at > start { format!("<{}>{text}", clock(at, '.')) } else { text }
    })
}

/// Returns the transcript as plain text, one segment per line.
pub fn txt(segments: &[Segment]) -> String {
    let line = |segment: &Segment| {
        let text = segment.text.split_whitespace().collect::<Vec<_>>().join(" ");
        label(segment).map_or(format!("{text}\n"), |label| format!("{label}: {text}\n"))
    };
    segments.iter().map(line).collect()
}

fn webvtt(segments: &[Segment], word: impl Fn(Timestamp, &Word) -> String) -> String {
    let cue = |cue: &Cue<'_>| {
        let span = cue.span();
        let (start, end) = (clock(span.start(), '.'), clock(span.end(), '.'));
        let label = cue.label.map(|label| format!("<v {}>", escaped(label))).unwrap_or_default();
        let lines = cue.lines().map(|line| {
            line.iter().map(|one| word(span.start(), one)).collect::<Vec<_>>().join(" ")
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        format!("{start} --> {end}\n{label}{text}\n\n")
    };
    let cues = cues(segments);
    std::iter::once("WEBVTT\n\n".to_owned()).chain(cues.iter().map(cue)).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn label(segment: &Segment) -> Option<&str> {
    segment.speaker.as_deref().or(segment.voice.as_deref())
}

impl Cue<'_> {
    fn span(&self) -> Span {
        match (self.words.first(), self.words.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// Returns the words as one line or two, the break where it reads best.
    fn lines(&self) -> impl Iterator<Item = &[Word]> {
        // The label stands on the first line.
        let shown = self.label.map_or(0, |label| label.chars().count() + 2);
        let all = &self.words[..];
        let at = match shown + width(all) <= LINE {
            true => all.len(),
            false => best_break(all, |left, right| (shown + left).max(right), LINE),
        };
        [&all[..at], &all[at..]].into_iter().filter(|line| !line.is_empty())
    }
}

/// Returns the cues of all segments, in order.
fn cues(segments: &[Segment]) -> Vec<Cue<'_>> {
    let mut cues = Vec::new();
    for segment in segments {
        let label = label(segment);
        let room = CUE.saturating_sub(label.map_or(0, |label| label.chars().count() + 2)).max(LINE);
        let mut rest = &words(segment)[..];
        while !rest.is_empty() {
            let at = first_cue(rest, room);
            cues.push(Cue { words: rest[..at].to_vec(), label });
            rest = &rest[at..];
        }
    }
    cues
}

/// Returns how many words the next cue takes.
fn first_cue(words: &[Word], room: usize) -> usize {
    let start = words[0].span.start();
    let fits = |count: usize| {
        width(&words[..count]) <= room && words[count - 1].span.end().since(start) <= LONGEST
    };
    if fits(words.len()) {
        return words.len();
    }
    let most = (1..=words.len()).take_while(|count| fits(*count)).last().unwrap_or(1);
    // A cut that reads well is worth a third of the room; no cue is left with a crumb.
    let worth = |count: &usize| width(&words[..*count]) + rank(&words[*count - 1].text) * room / 6;
    (1..=most).rev().max_by_key(worth).unwrap_or(most)
}

/// Returns where to break words into two lines: at the end of a sentence or clause where both
/// lines fit, else evenly.
fn best_break(words: &[Word], longer: impl Fn(usize, usize) -> usize, line: usize) -> usize {
    let cost = |at: &usize| {
        let length = longer(width(&words[..*at]), width(&words[*at..]));
        let over = length.saturating_sub(line);
        (over, length.saturating_sub(6 * rank(&words[*at - 1].text)))
    };
    (1..words.len()).min_by_key(cost).unwrap_or(words.len())
}

/// How well a text can be cut after a word: 2 at a sentence's end, 1 at a clause's.
fn rank(word: &str) -> usize {
    let bare = word.trim_end_matches(['"', '\'', '”', '»', ')']);
    if bare.ends_with(['.', '?', '!', '…']) {
        2
    } else {
        usize::from(bare.ends_with([',', ';', ':', '–']))
    }
}

fn width(words: &[Word]) -> usize {
    let letters: usize = words.iter().map(|word| word.text.chars().count()).sum();
    letters + words.len().saturating_sub(1)
}

/// Returns the words of a segment; where it has none of its own that make up its text, the
/// text's words with the time shared out by their letters.
fn words(segment: &Segment) -> Vec<Word> {
    let texts: Vec<&str> = segment.text.split_whitespace().collect();
    let own = segment.words.iter().flat_map(|word| word.text.split_whitespace());
    if !segment.words.is_empty() && own.eq(texts.iter().copied()) {
        return segment.words.clone();
    }
    let all: usize = texts.iter().map(|text| text.chars().count()).sum::<usize>().max(1);
    let length = segment.span.duration().as_millis() as u64;
    let at = |letters: usize| {
        segment.span.start() + Duration::from_millis(length * letters as u64 / all as u64)
    };
    let mut before = 0;
    let timed = |text: &&str| {
        let (start, end) = (at(before), at(before + text.chars().count()));
        before += text.chars().count();
        Word {
            span: Span::from_start(start, end.since(start)),
            text: (*text).to_owned(),
            estimated: true,
            ..Word::default()
        }
    };
    texts.iter().map(timed).collect()
}

fn clock(at: Timestamp, separator: char) -> String {
    format!("{at}{separator}{:03}", at.as_ms() % 1000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(text: &str) -> Vec<Segment> {
        let span = Span::new(Timestamp::from_ms(1_250), Timestamp::from_ms(4_004)).unwrap();
        vec![Segment { span, text: text.into(), ..Segment::default() }]
    }

    #[test]
    fn subtitles_carry_their_times() {
        assert_eq!(srt(&one("Goddag")), "1\n00:00:01,250 --> 00:00:04,004\nGoddag\n\n");
        assert_eq!(vtt(&one("Goddag")), "WEBVTT\n\n00:00:01.250 --> 00:00:04.004\nGoddag\n\n");
        assert_eq!(
            vtt_words(&one("God dag")),
            "WEBVTT\n\n00:00:01.250 --> 00:00:04.004\nGod <00:00:02.627>dag\n\n"
        );
        assert_eq!(txt(&one("God  dag")), "God dag\n");
    }

    #[test]
    fn markup_in_speech_is_inert() {
        assert!(vtt(&one("<b> --> &")).contains("&lt;b&gt; --&gt; &amp;"));
        assert!(vtt_words(&one("<b> --> &")).contains("--&gt;"));
        assert!(!srt(&one("a --> b")).contains("a --> b"));
    }

    #[test]
    fn labels_of_a_transcript_made_elsewhere_are_kept() {
        let mut segments = one("Goddag");
        segments[0].speaker = Some("Bo & Co".into());
        assert!(vtt(&segments).contains("<v Bo &amp; Co>Goddag"));
        assert!(srt(&segments).contains("Bo & Co: Goddag"));
        assert_eq!(txt(&segments), "Bo & Co: Goddag\n");
    }

    #[test]
    fn long_speech_is_cut_at_sentences_and_clauses() {
        let text = "Vi har fået en ny samarbejdsplan, som kommunen og politiet har skrevet under på. \
            Den gælder i to år, og derefter skal den evalueres af begge parter.";
        let span = Span::new(Timestamp::from_ms(0), Timestamp::from_ms(10_000)).unwrap();
        let segments = [Segment { span, text: text.into(), ..Segment::default() }];
        let read: Vec<String> =
            srt(&segments).split("\n\n").filter(|cue| !cue.is_empty()).map(str::to_owned).collect();
        assert_eq!(
            read[0].lines().skip(2).collect::<Vec<_>>(),
            ["Vi har fået en ny samarbejdsplan, som", "kommunen og politiet har skrevet under på."]
        );
        assert!(read[1].contains("Den gælder i to år"), "{}", read[1]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_no_word_is_lost(
            words in prop::collection::vec("[a-zæøå]{1,14}[,.]?", 1..120), ms in 1u64..200_000,
        ) {
            let span = Span::new(Timestamp::from_ms(0), Timestamp::from_ms(ms)).unwrap();
            let segments = [Segment { span, text: words.join(" "), ..Segment::default() }];
            let text = srt(&segments);
            let mut shown = Vec::new();
            for cue in text.split("\n\n").filter(|cue| !cue.is_empty()) {
                let lines: Vec<&str> = cue.lines().skip(2).collect();
                prop_assert!(lines.len() <= 2, "{cue}");
                for line in lines {
                    prop_assert!(line.chars().count() <= LINE + 8, "{line}");
                    shown.extend(line.split(' ').map(str::to_owned));
                }
            }
            prop_assert_eq!(shown, words);
        }
    }
}
