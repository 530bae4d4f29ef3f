//! What whisper writes when it should not: loops, phrases invented in silence, other scripts.
//!
//! A guard never removes in silence: what it takes out stands in the transcript's `removed`.

use std::time::Duration;

use referat_core::domain::guarded::{FlagReason, RemovalReason};
use referat_core::domain::transcript::{Removed, Segment, Word};
use referat_core::language::silence;
use referat_core::language::words::Words;

/// More words a second than this is not speech. The fastest 20 s of the Folketing's sittings
/// read about 4 words a second.
const MOST_WORDS_A_SECOND: f32 = 6.5;

/// Fewer words a second than this, over a window of some length, means that speech was skipped.
const FEWEST_WORDS_A_SECOND: f32 = 0.4;

/// Shorter windows say too little about the rate.
const RATE_WINDOW: Duration = Duration::from_secs(6);

/// Returns what is suspicious about a window's words, if anything.
pub fn doubt(segments: &[Segment], window: Duration) -> Option<FlagReason> {
    let sentences: Vec<String> = segments.iter().map(|segment| plain_text(&segment.text)).collect();
    if (0..sentences.len()).any(|at| take_turns(&sentences[..at], &sentences[at])) {
        return Some(FlagReason::Interleaving);
    }
    let words: Vec<&Word> = segments.iter().flat_map(|segment| &segment.words).collect();
    let texts: Vec<String> = words.iter().map(|word| plain(&word.text)).collect();
    if (0..texts.len()).any(|at| repeated(&texts[at..]).is_some()) {
        return Some(FlagReason::Loop);
    }
    if segments.iter().any(|segment| wrong_script(&segment.text)) {
        return Some(FlagReason::WrongScript);
    }
    let rate = words.len() as f32 / window.as_secs_f32().max(0.1);
    if rate > MOST_WORDS_A_SECOND && words.len() > 8 {
        Some(FlagReason::TooManyWords)
    } else if rate < FEWEST_WORDS_A_SECOND && window >= RATE_WINDOW {
        Some(FlagReason::TooFewWords)
    } else {
        None
    }
}

/// Takes loops, silence phrases and other scripts out of a window's segments; `quiet` is the
/// probability that the window holds no speech.
pub fn clean(
    segments: Vec<Segment>,
    language: Words<'_>,
    quiet: f32,
) -> (Vec<Segment>, Vec<Removed>) {
    let mut removed = Vec::new();
    let mut kept: Vec<Segment> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    for mut segment in segments {
        let text = plain_text(&segment.text);
        let doubtful = quiet > 0.6 || segment.confidence.is_some_and(|c| c < 0.6);
        let why = if wrong_script(&segment.text) {
            Some(RemovalReason::WrongScript)
        } else if doubtful && silence::is_silence_phrase(&segment.text, language) {
            Some(RemovalReason::SilencePhrase)
        } else if doubtful && quiet > 0.6 && segment.confidence.is_some_and(|c| c < 0.4) {
            Some(RemovalReason::NoSpeech)
        } else if echoes(&texts, &text) {
            Some(RemovalReason::Repetition)
        } else if take_turns(&texts, &text) {
            Some(RemovalReason::Interleaving)
        } else {
            None
        };
        // What went counts as heard: a loop does not begin anew after each removal.
        texts.push(text);
        if let Some(reason) = why {
            removed.push(taken(&segment.words, &segment, reason));
            continue;
        }
        for words in collapse(&mut segment) {
            removed.push(taken(&words, &segment, RemovalReason::Repetition));
        }
        kept.push(segment);
    }
    (kept, removed)
}

/// Tells whether the last two segments already say just `text`.
fn echoes(before: &[String], text: &str) -> bool {
    before.len() >= 2 && before.iter().rev().take(2).all(|said| said == text)
}

/// Tells whether `text` goes on with two sentences that take turns: A, B, A, B and now A.
fn take_turns(before: &[String], text: &str) -> bool {
    let Some([a, b, again_a, again_b]) = before.last_chunk::<4>() else { return false };
    a != b && a == again_a && b == again_b && a == text
}

fn taken(words: &[Word], segment: &Segment, reason: RemovalReason) -> Removed {
    let span = match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => segment.span,
    };
    let text = if words.is_empty() { segment.text.clone() } else { join(words) };
    Removed { span, text, reason }
}

fn join(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Leaves one of each run of repeated words in the segment and returns the others.
fn collapse(segment: &mut Segment) -> Vec<Vec<Word>> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut texts: Vec<String> = segment.words.iter().map(|word| plain(&word.text)).collect();
    while at < texts.len() {
        if let Some((length, times)) = repeated(&texts[at..]) {
            let (from, to) = (at + length, at + length * times);
            out.push(segment.words.drain(from..to).collect());
            texts.drain(from..to);
        }
        at += 1;
    }
    if !out.is_empty() {
        segment.text = join(&segment.words);
    }
    out
}

/// Returns the length and the number of times of a run of words that repeats from the start
/// of `words`: three times a longer phrase, four times a pair, five times a single word.
fn repeated(words: &[String]) -> Option<(usize, usize)> {
    (1..=12.min(words.len() / 3)).find_map(|length| {
        let unit = &words[..length];
        let times = words.chunks_exact(length).take_while(|chunk| *chunk == unit).count();
        let enough = match length {
            1 => 5,
            2 => 4,
            _ => 3,
        };
        (times >= enough).then_some((length, times))
    })
}

fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn plain_text(text: &str) -> String {
    text.split_whitespace().map(plain).collect::<Vec<_>>().join(" ")
}

/// Tells whether most letters are of another script than the Latin one.
fn wrong_script(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let latin = text.chars().filter(|c| c.is_alphabetic() && (*c as u32) < 0x250).count();
    letters > 0 && latin * 2 < letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(text: &str, confidence: f32) -> Segment {
        let words =
            text.split(' ').map(|word| Word { text: word.into(), ..Word::default() }).collect();
        Segment { text: text.into(), confidence: Some(confidence), words, ..Segment::default() }
    }

    #[test]
    fn a_loop_is_told_and_collapsed_and_what_went_is_listed() {
        let said = segment("så går vi så går vi så går vi så går vi videre", 0.9);
        let window = Duration::from_secs(10);
        assert_eq!(doubt(std::slice::from_ref(&said), window), Some(FlagReason::Loop));
        let (kept, removed) = clean(vec![said], Words::danish(), 0.0);
        assert_eq!(kept[0].text, "så går vi videre");
        assert_eq!(removed[0].text, "så går vi så går vi så går vi");
        assert_eq!(removed[0].reason, RemovalReason::Repetition);
    }

    #[test]
    fn a_silence_phrase_goes_only_where_it_is_doubtful() {
        let phrase = "Danske tekster af Jesper Buhl";
        assert!(clean(vec![segment(phrase, 0.3)], Words::danish(), 0.0).0.is_empty());
        assert!(clean(vec![segment(phrase, 0.9)], Words::danish(), 0.9).0.is_empty());
        assert_eq!(clean(vec![segment(phrase, 0.9)], Words::danish(), 0.1).0.len(), 1);
    }

    #[test]
    fn ordinary_emphasis_is_no_loop() {
        let said = segment("nej nej nej det kan vi altså ikke gøre", 0.9);
        assert_eq!(doubt(&[said], Duration::from_secs(4)), None);
    }

    #[test]
    fn the_third_of_identical_segments_goes() {
        let segments = vec![segment("Tak.", 0.9), segment("Tak.", 0.9), segment("Tak.", 0.9)];
        let (kept, removed) = clean(segments, Words::danish(), 0.0);
        assert_eq!((kept.len(), removed.len()), (2, 1));
    }

    #[test]
    fn two_sentences_that_take_turns_are_told_and_go_from_the_third_round_on() {
        let turns = ["Det er godt.", "Vi går videre."].map(|text| segment(text, 0.9));
        let segments: Vec<Segment> = turns.iter().cycle().take(8).cloned().collect();
        let window = Duration::from_secs(20);
        assert_eq!(doubt(&segments, window), Some(FlagReason::Interleaving));
        assert_eq!(doubt(&segments[..4], window), None);
        let (kept, removed) = clean(segments, Words::danish(), 0.0);
        assert_eq!((kept.len(), removed.len()), (4, 4));
        assert!(removed.iter().all(|removed| removed.reason == RemovalReason::Interleaving));
    }

    #[test]
    fn a_guess_where_nobody_speaks_goes() {
        let guess = vec![segment("og så er der det", 0.2)];
        assert_eq!(clean(guess.clone(), Words::danish(), 0.9).1[0].reason, RemovalReason::NoSpeech);
        assert!(clean(guess, Words::danish(), 0.2).1.is_empty());
    }

    #[test]
    fn other_scripts_go() {
        let (kept, removed) = clean(vec![segment("ご視聴ありがとう", 0.9)], Words::danish(), 0.0);
        assert!(kept.is_empty());
        assert_eq!(removed[0].reason, RemovalReason::WrongScript);
    }

    #[test]
    fn too_many_and_too_few_words_are_told() {
        let many = segment(&(0..80).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" "), 0.9);
        assert_eq!(doubt(&[many], Duration::from_secs(8)), Some(FlagReason::TooManyWords));
        assert_eq!(doubt(&[], Duration::from_secs(8)), Some(FlagReason::TooFewWords));
    }
}
