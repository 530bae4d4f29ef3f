//! What whisper decoded, token by token: whether it is to be trusted, and its words with
//! their times. Knows nothing of the engine that the tokens came from.

use std::collections::BTreeMap;
use std::time::Duration;

use super::recognizer::{DecodedPhrase, Hearing};
use referat_core::domain::transcript::Word;
use referat_core::time::{Span, Timestamp};

/// One token of a decoded window.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it stands for.
    pub kind: TokenKind,
    /// Number in the vocabulary.
    pub id: i32,
    /// Probability, 0 to 1.
    pub probability: f32,
    /// Natural logarithm of the probability.
    pub log_probability: f32,
    /// The moment that the model held most likely when it wrote the token, from the window's
    /// start; absent when it gave moments no weight.
    pub moment: Option<Duration>,
}

/// What a token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Part of a word: UTF-8, though a token may cut a letter in two. A leading space begins
    /// a word.
    Text(Vec<u8>),
    /// A moment, from the window's start.
    Time(Duration),
    /// The end of what was said.
    End,
}

/// A window as whisper decoded it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decoded {
    /// The tokens, in order.
    pub tokens: Vec<Token>,
    /// Probability that nobody speaks, 0 to 1.
    pub no_speech: f32,
}

/// Fewer natural units of entropy over the last [`RECENT`] tokens is a loop; whisper.cpp's
/// own figure.
const LEAST_ENTROPY: f64 = 2.4;
const RECENT: usize = 32;

/// A mean log probability below this is a guess; whisper's own figure.
const LEAST_LOG_PROBABILITY: f32 = -1.0;

/// Above this nobody speaks, and a guess is no reason to try again; whisper's own figure.
const NO_SPEECH: f32 = 0.6;

/// whisper.cpp stops after so many tokens (half the text context less 4).
const MOST_TOKENS: usize = 220;

/// The slowest speech, in letters a second: a phrase that the model left open ends no later.
const SLOWEST: f64 = 6.0;

impl Decoded {
    /// Tells whether whisper's own checks hold: no loop at the end, no guesswork. The checks
    /// are those that make whisper.cpp decode again with chance.
    pub fn is_sound(&self) -> bool {
        if self.tokens.is_empty() {
            return true;
        }
        if self.tokens.len() > RECENT && self.entropy() < LEAST_ENTROPY {
            return false;
        }
        let sum: f32 = self.tokens.iter().map(|token| token.log_probability).sum();
        let mean = sum / self.tokens.len() as f32;
        mean >= LEAST_LOG_PROBABILITY || self.no_speech >= NO_SPEECH
    }

    fn entropy(&self) -> f64 {
        let last = &self.tokens[self.tokens.len().saturating_sub(RECENT)..];
        let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
        for token in last {
            *counts.entry(token.id).or_default() += 1;
        }
        let share = |count: usize| count as f64 / last.len() as f64;
        counts.into_values().map(share).map(|p| -p * p.ln()).sum()
    }

    /// Tells whether the decoder came to an end of its own, not to its limit of tokens.
    fn is_complete(&self, length: Duration) -> bool {
        let ended = self.tokens.iter().any(|token| token.kind == TokenKind::End);
        let last = self.tokens.iter().rev().find_map(|token| match token.kind {
            TokenKind::Time(at) => Some(at),
            _ => None,
        });
        let reached = last.is_some_and(|at| at + Duration::from_secs(1) >= length);
        ended || reached || self.tokens.len() + RECENT < MOST_TOKENS
    }

    /// Returns the words of the window at `span`, with times.
    pub fn hearing(&self, span: Span) -> Hearing {
        let mut phrases = Vec::new();
        let mut words: Vec<Gathered> = Vec::new();
        let mut from = Duration::ZERO;
        for token in &self.tokens {
            match &token.kind {
                TokenKind::Text(bytes) => gather(&mut words, bytes, token),
                TokenKind::Time(at) => {
                    let closed = timed(std::mem::take(&mut words), from, Some(*at), span);
                    phrases.extend(self.phrase(closed));
                    from = *at;
                }
                TokenKind::End => break,
            }
        }
        phrases.extend(self.phrase(timed(words, from, None, span)));
        Hearing { phrases, complete: self.is_complete(span.duration()) }
    }

    fn phrase(&self, words: Vec<Word>) -> Option<DecodedPhrase> {
        (!words.is_empty()).then_some(DecodedPhrase { words, no_speech: self.no_speech })
    }
}

/// A word while its tokens are still being gathered.
struct Gathered {
    bytes: Vec<u8>,
    probabilities: Vec<f32>,
    moment: Option<Duration>,
}

fn gather(words: &mut Vec<Gathered>, bytes: &[u8], token: &Token) {
    match words.last_mut() {
        Some(word) if !bytes.starts_with(b" ") => {
            word.bytes.extend_from_slice(bytes);
            word.probabilities.push(token.probability);
        }
        _ => words.push(Gathered {
            bytes: bytes.to_vec(),
            probabilities: vec![token.probability],
            moment: token.moment,
        }),
    }
}

impl Gathered {
    /// How long the word takes to say, in letters: a digit is read out, and a stop is a pause
    /// (the weights are whisper.cpp's).
    fn letters(&self) -> f64 {
        let weight = |byte: &u8| match byte {
            b' ' => 0.01,
            b',' => 2.0,
            b'.' | b'!' | b'?' | b'0'..=b'9' => 3.0,
            // The second byte of a letter such as `ø`.
            0x80..=0xBF => 0.0,
            _ => 1.0,
        };
        self.bytes.iter().map(weight).sum::<f64>().max(0.5)
    }
}

/// Gives words their times on the recording's axis: they share the phrase by their length
/// between the moments that the model held likely.
fn timed(words: Vec<Gathered>, from: Duration, until: Option<Duration>, span: Span) -> Vec<Word> {
    let all: f64 = words.iter().map(Gathered::letters).sum();
    let until = until
        .unwrap_or_else(|| from + Duration::from_secs_f64(all / SLOWEST))
        .min(span.duration())
        .max(from);
    let mut starts: Vec<Option<Duration>> = vec![Some(from)];
    let mut latest = from;
    for word in words.iter().skip(1) {
        let moment = word.moment.filter(|moment| *moment > latest && *moment < until);
        latest = moment.unwrap_or(latest);
        starts.push(moment);
    }
    let mut times = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let next = (at + 1..words.len()).find(|index| starts[*index].is_some());
        let end = next.and_then(|index| starts[index]).unwrap_or(until);
        let stretch = &words[at..next.unwrap_or(words.len())];
        let begin = starts[at].unwrap_or(latest);
        let letters: f64 = stretch.iter().map(Gathered::letters).sum();
        let (mut before, length) = (0.0, end.saturating_sub(begin));
        for word in stretch {
            let share = |letters_before: f64| begin + length.mul_f64(letters_before / letters);
            let start = share(before);
            before += word.letters();
            times.push((start, share(before).min(end), starts[times.len()].is_none()));
        }
        at += stretch.len();
    }
    let on_axis = |at: Duration| {
        let ms = at.as_millis() as u64;
        (span.start() + Duration::from_millis(ms)).min(span.end())
    };
    let word = |(word, (start, end, estimated)): (Gathered, (Duration, Duration, bool))| {
        let text = String::from_utf8_lossy(&word.bytes).trim().to_owned();
        let (start, end): (Timestamp, Timestamp) = (on_axis(start), on_axis(end));
        let mean = word.probabilities.iter().sum::<f32>() / word.probabilities.len() as f32;
        (!text.is_empty()).then(|| Word {
            span: Span::from_start(start, end.since(start)),
            text,
            confidence: Some((mean * 1000.0).round() / 1000.0),
            heard: None,
            estimated,
        })
    };
    words.into_iter().zip(times).filter_map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span() -> Span {
        Span::new(Timestamp::from_ms(1000), Timestamp::from_ms(11_000)).unwrap()
    }

    fn token(kind: TokenKind, id: i32) -> Token {
        Token { kind, id, probability: 0.5, log_probability: -0.7, moment: None }
    }

    fn text(text: &str) -> Token {
        token(TokenKind::Text(text.into()), text.len() as i32)
    }

    fn time(ms: u64) -> Token {
        token(TokenKind::Time(Duration::from_millis(ms)), 50_000)
    }

    fn end() -> Token {
        token(TokenKind::End, 49_000)
    }

    fn starts(tokens: Vec<Token>) -> Vec<(String, u64, u64)> {
        let hearing = Decoded { tokens, no_speech: 0.0 }.hearing(span());
        let words = hearing.phrases.into_iter().flat_map(|phrase| phrase.words);
        words.map(|w| (w.text, w.span.start().as_ms(), w.span.end().as_ms())).collect()
    }

    #[test]
    fn times_close_a_phrase_and_words_share_it_by_their_letters() {
        let tokens = vec![time(0), text("God"), text("dag"), text(" du"), time(800), end()];
        let words = starts(tokens);
        assert_eq!(words[0], ("Goddag".to_owned(), 1000, 1599));
        assert_eq!(words[1], ("du".to_owned(), 1599, 1800));
    }

    #[test]
    fn a_moment_that_the_model_held_likely_begins_its_word() {
        let mut second = text(" du");
        second.moment = Some(Duration::from_millis(500));
        assert_eq!(starts(vec![time(0), text("Goddag"), second, time(800)])[1].1, 1500);
    }

    #[test]
    fn a_time_that_nothing_told_is_marked_as_estimated() {
        let mut third = text(" igen");
        third.moment = Some(Duration::from_millis(500));
        let tokens = vec![time(0), text("Goddag"), text(" du"), third, time(800)];
        let hearing = Decoded { tokens, no_speech: 0.0 }.hearing(span());
        let estimated: Vec<bool> =
            hearing.phrases[0].words.iter().map(|word| word.estimated).collect();
        assert_eq!(estimated, [false, true, false]);
    }

    #[test]
    fn a_phrase_that_was_left_open_ends_with_its_words() {
        let words = starts(vec![text(" abcdef"), text(" ghijkl"), end()]);
        assert!(words[1].2 <= 3100, "{words:?}");
    }

    #[test]
    fn a_letter_cut_in_two_is_joined() {
        let tokens = vec![
            token(TokenKind::Text(vec![b' ', 0xC3]), 1),
            token(TokenKind::Text(vec![0xB8]), 2),
            end(),
        ];
        assert_eq!(starts(tokens)[0].0, "ø");
    }

    #[test]
    fn a_loop_and_guesswork_are_not_sound() {
        let speech = |log: f32, ids: usize| {
            let tokens = (0..64)
                .map(|n| Token { log_probability: log, ..token(TokenKind::End, (n % ids) as i32) });
            Decoded { tokens: tokens.collect(), no_speech: 0.1 }
        };
        assert!(speech(-0.3, 40).is_sound());
        assert!(!speech(-0.3, 4).is_sound());
        assert!(!speech(-1.2, 40).is_sound());
        assert!(Decoded { no_speech: 0.9, ..speech(-1.2, 40) }.is_sound());
    }

    #[test]
    fn the_limit_of_tokens_is_told_from_an_end() {
        let said = |end: Option<Token>| {
            let words = (0..220).map(|n| text(&format!(" {n}"))).chain(end);
            Decoded { tokens: words.collect(), no_speech: 0.0 }.hearing(span()).complete
        };
        assert!(!said(None));
        assert!(said(Some(end())));
    }
}
