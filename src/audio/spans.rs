//! From the likelihood of speech, frame by frame, to the stretches where somebody speaks.

use std::time::Duration;

use crate::time::{Span, Timestamp};

use super::pcm::{SAMPLE_RATE_HZ, sample_time};
use super::vad::VadOptions;

/// Samples of one frame: 32 ms, the step of the Silero model.
pub(super) const FRAME: usize = 512;
/// Speech that has begun goes on until the likelihood is this much under the threshold.
const HYSTERESIS: f32 = 0.15;

/// Joins frames to spans; a span is given out when nothing can change it any more.
#[derive(Debug)]
pub(super) struct SpanBuilder {
    threshold: f32,
    min_speech: u64,
    min_silence: u64,
    pad: Duration,
    frame: u64,
    /// First frame of the speech that is going on, and the frame after the last that was speech.
    open: Option<(u64, u64)>,
    /// The last span, padded, which the next may still touch.
    last: Option<Span>,
}

impl SpanBuilder {
    pub(super) fn new(options: &VadOptions) -> Self {
        Self {
            threshold: options.threshold,
            min_speech: frames(options.min_speech),
            min_silence: frames(options.min_silence),
            pad: options.pad,
            frame: 0,
            open: None,
            last: None,
        }
    }

    /// Takes the likelihood of speech, 0 to 1, in the next frame.
    pub(super) fn push(&mut self, likelihood: f32, out: &mut Vec<Span>) {
        let now = self.frame;
        self.frame += 1;
        match &mut self.open {
            None if likelihood >= self.threshold => self.open = Some((now, now + 1)),
            None => {}
            Some((_, end)) if likelihood >= self.threshold - HYSTERESIS => *end = now + 1,
            Some((start, end)) if now + 1 - *end >= self.min_silence => {
                let (start, end) = (*start, *end);
                self.open = None;
                self.close(start, end, out);
            }
            Some(_) => {}
        }
    }

    /// Gives out what is left of a recording that ends at `end`.
    pub(super) fn finish(mut self, end: Timestamp, out: &mut Vec<Span>) {
        if let Some((start, after)) = self.open.take() {
            self.close(start, after, out);
        }
        let last = self.last.and_then(|last| Span::new(last.start(), last.end().min(end)));
        out.extend(last);
    }

    fn close(&mut self, start: u64, end: u64, out: &mut Vec<Span>) {
        if end - start < self.min_speech {
            return;
        }
        let time = |frame: u64| sample_time(frame * FRAME as u64);
        let pad = u64::try_from(self.pad.as_millis()).unwrap_or(u64::MAX);
        let from = Timestamp::from_ms(time(start).as_ms().saturating_sub(pad));
        let Some(span) = Span::new(from, time(end) + self.pad) else { return };
        match self.last {
            Some(last) if span.start() <= last.end() => self.last = Some(last.cover(span)),
            last => {
                out.extend(last);
                self.last = Some(span);
            }
        }
    }
}

/// Returns how many frames it takes to last `length`, at least one.
fn frames(length: Duration) -> u64 {
    let samples = length.as_millis() * u128::from(SAMPLE_RATE_HZ) / 1000;
    u64::try_from(samples.div_ceil(FRAME as u128)).unwrap_or(u64::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spans in milliseconds of a drawing where each character is a frame of 32 ms.
    fn spans(drawing: &str, pad_ms: u64) -> Vec<(u64, u64)> {
        let options = VadOptions {
            min_speech: Duration::from_millis(64),
            min_silence: Duration::from_millis(96),
            pad: Duration::from_millis(pad_ms),
            ..VadOptions::default()
        };
        let mut builder = SpanBuilder::new(&options);
        let mut out = Vec::new();
        for mark in drawing.chars() {
            builder.push(if mark == '#' { 0.9 } else { 0.1 }, &mut out);
        }
        let end = sample_time((drawing.len() * FRAME) as u64);
        builder.finish(end, &mut out);
        out.iter().map(|span| (span.start().as_ms(), span.end().as_ms())).collect()
    }

    #[test]
    fn speech_is_cut_at_silence_and_short_silence_is_kept() {
        assert_eq!(spans("..###..##......###...", 0), [(64, 288), (480, 576)]);
    }

    #[test]
    fn a_click_is_no_speech() {
        assert_eq!(spans("...#.....", 0), []);
    }

    #[test]
    fn padding_stays_within_the_recording_and_joins_what_it_makes_touch() {
        assert_eq!(spans("##", 100), [(0, 64)]);
        assert_eq!(spans("##.....##", 100), [(0, 288)]);
    }
}
