//! Decodes windows on several lanes at once: ggml's threads spin, so parallelism is lanes of
//! one thread each, not threads within a lane.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::decoded::DecodedWindow;
use super::error::AsrError;
use super::guard;
use super::order::{Queue, WindowOrder};
use super::passed_over;
use super::recognizer::{DecodedPhrase, Effort, Recognizer, Window};
use super::sentences;
use crate::audio::loudness::Loudness;
use referat_core::domain::guarded::FlagReason;
use referat_core::domain::transcript::{Flagged, Segment};
use referat_core::language::words::Words;
use referat_core::time::{Span, Timestamp};

/// Decodes `windows` on as many lanes as there are `recognizers` and hands each result to
/// `done` as it comes, not necessarily in order. `order` says which window may be next. Stops
/// at the first failure, of the windows' source, of a lane, or of `done`.
pub fn decode<R: Recognizer, E: From<AsrError>>(
    recognizers: Vec<R>,
    language: Words<'_>,
    windows: impl Iterator<Item = Result<Window, E>>,
    order: WindowOrder,
    mut done: impl FnMut(DecodedWindow) -> Result<(), E>,
) -> Result<(), E> {
    let lanes = recognizers.len();
    let (to_lanes, jobs) = sync_channel::<Window>(0);
    let jobs = Arc::new(Mutex::new(jobs));
    let (to_us, results) = sync_channel(lanes);
    std::thread::scope(|scope| {
        for recognizer in recognizers {
            let (jobs, results) = (Arc::clone(&jobs), to_us.clone());
            scope.spawn(move || lane(recognizer, language, &jobs, &results));
        }
        drop(to_us);
        let to_lanes = to_lanes;
        let mut queue = Queue::new(windows, order, lanes);
        let mut busy = 0;
        loop {
            while busy < lanes
                && let Some(window) = queue.next()?
            {
                let at = window.span.start().to_string();
                to_lanes.send(window).map_err(|_| AsrError::Worker { at })?;
                busy += 1;
            }
            if busy == 0 {
                return Ok(());
            }
            let heard =
                results.recv().map_err(|_| AsrError::Worker { at: "an unknown time".into() })?;
            busy -= 1;
            let heard = heard?;
            queue.done(&heard);
            done(heard)?;
        }
    })
}

fn lane<R: Recognizer>(
    mut recognizer: R,
    language: Words<'_>,
    jobs: &Mutex<Receiver<Window>>,
    results: &SyncSender<Result<DecodedWindow, AsrError>>,
) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(window) = job else { return };
        let heard = hear(&mut recognizer, &window, language);
        let failed = heard.is_err();
        if results.send(heard).is_err() || failed {
            return;
        }
    }
}

/// Decodes one window, and what it left out of it once more.
///
/// Whisper at times stops after a sentence or two; the speech it passed over is decoded as a
/// window of its own. Measured 2026-11 on a Danish meeting of 270 s with base: two jumps lost
/// 39 s of it, one announced item among them.
fn hear(
    recognizer: &mut impl Recognizer,
    window: &Window,
    language: Words<'_>,
) -> Result<DecodedWindow, AsrError> {
    let mut heard = survive(window, hear_once(recognizer, window, language, SPLITS))?;
    // A window without any words has been heard twice by now.
    if !heard.segments.is_empty() {
        for span in passed_over::stretches(&heard.segments, window) {
            let part = window.part(span);
            heard.absorb(survive(&part, hear_once(recognizer, &part, language, SPLITS))?);
            heard.passed_over += 1;
        }
    }
    Ok(heard)
}

/// Makes a flag of the loss of one window to a crash of the engine: the others go on.
fn survive(
    window: &Window,
    heard: Result<DecodedWindow, AsrError>,
) -> Result<DecodedWindow, AsrError> {
    match heard {
        Err(AsrError::Lost { why, .. }) => Ok(DecodedWindow {
            window: window.index,
            flagged: vec![Flagged { span: window.span, reason: FlagReason::Lost(why) }],
            lost: true,
            ..DecodedWindow::default()
        }),
        other => other,
    }
}

/// How many times a window is halved that has more words than the recognizer can write down.
const SPLITS: u32 = 3;

/// Decodes a window, once more with other settings when the first result is suspicious, and in
/// halves when it did not come to its end.
fn hear_once(
    recognizer: &mut impl Recognizer,
    window: &Window,
    language: Words<'_>,
    splits: u32,
) -> Result<DecodedWindow, AsrError> {
    let length = window.span.duration();
    let first = recognizer.hear(window, Effort::First)?;
    if !first.complete && splits > 0 && length >= 2 * SHORTEST {
        let (early, late) = halves(window);
        let mut heard = hear_once(recognizer, &early, language, splits - 1)?;
        heard.absorb(hear_once(recognizer, &late, language, splits - 1)?);
        return Ok(heard);
    }
    let mut quiet = quiet(&first.phrases);
    let mut segments = sentences::segments(first.phrases);
    let mut doubt = guard::doubt(&segments, length);
    let again = usize::from(doubt.is_some());
    if doubt.is_some() {
        let other = recognizer.hear(window, Effort::Again)?.phrases;
        let quiet_again = self::quiet(&other);
        let other = sentences::segments(other);
        if guard::doubt(&other, length).is_none() {
            (segments, quiet, doubt) = (other, quiet_again, None);
        }
    }
    let (mut segments, removed) = guard::clean(segments, language, quiet);
    settle(&mut segments, window);
    let flagged = doubt.map(|reason| Flagged { span: window.span, reason }).into_iter().collect();
    Ok(DecodedWindow {
        window: window.index,
        segments,
        removed,
        flagged,
        again,
        ..DecodedWindow::default()
    })
}

/// Takes the pauses between segments out of their first and last words, to which whisper's
/// moments give them.
fn settle(segments: &mut [Segment], window: &Window) {
    let mut loudness = Loudness::default();
    loudness.push(&window.samples);
    let within = |at: Timestamp| Timestamp::ZERO + at.since(window.span.start());
    for segment in segments {
        let last = segment.words.len().saturating_sub(1);
        for (index, word) in segment.words.iter_mut().enumerate() {
            if index != 0 && index != last {
                continue;
            }
            let place = Span::from_start(within(word.span.start()), word.span.duration());
            let trimmed = loudness.trim(place, word.span.duration().mul_f64(0.7));
            // Only the side that looks away from the segment.
            let start = if index == 0 { trimmed.start() } else { place.start() };
            let end = if index == last { trimmed.end() } else { place.end() };
            let start = window.span.start() + start.since(Timestamp::ZERO);
            let end = window.span.start() + end.since(Timestamp::ZERO);
            word.span = Span::from_start(start, end.since(start));
        }
        if let (Some(first), Some(last)) = (segment.words.first(), segment.words.last()) {
            segment.span = first.span.cover(last.span);
        }
    }
}

/// Shorter windows are not worth halving.
const SHORTEST: Duration = Duration::from_secs(2);

/// Cuts a window where it is quietest near its middle.
fn halves(window: &Window) -> (Window, Window) {
    let mut loudness = Loudness::default();
    loudness.push(&window.samples);
    let length = window.span.duration();
    let middle = Span::from_start(Timestamp::ZERO + length.mul_f64(0.35), length.mul_f64(0.3));
    let cut = window.span.start() + loudness.quietest(middle).since(Timestamp::ZERO);
    let part = |from: Timestamp, to: Timestamp| window.part(Span::from_start(from, to.since(from)));
    let early = Window { before: window.before.clone(), ..part(window.span.start(), cut) };
    (early, part(cut, window.span.end()))
}

fn quiet(phrases: &[DecodedPhrase]) -> f32 {
    phrases.iter().map(|phrase| phrase.no_speech).sum::<f32>() / phrases.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::recognizer::Hearing;
    use crate::speech::scripted::Scripted;
    use referat_core::domain::transcript::Word;

    fn window(index: usize) -> Window {
        let start = Timestamp::from_ms(index as u64 * 1000);
        let end = Timestamp::from_ms(index as u64 * 1000 + 1000);
        Window { index, span: Span::new(start, end).unwrap(), ..Window::default() }
    }

    fn script() -> Vec<Segment> {
        (0..5)
            .map(|index| Segment {
                span: window(index).span,
                words: vec![Word { text: format!("ord{index}."), ..Word::default() }],
                ..Segment::default()
            })
            .collect()
    }

    #[test]
    fn every_window_is_heard_once_whatever_the_lanes() {
        for lanes in 1..4 {
            let recognizers = (0..lanes).map(|_| Scripted::new(script())).collect();
            let mut heard = Vec::new();
            let windows = (0..5).map(|index| Ok::<_, AsrError>(window(index)));
            decode(recognizers, Words::danish(), windows, WindowOrder::Free, |one| {
                heard.push((one.window, one.segments[0].text.clone()));
                Ok(())
            })
            .unwrap();
            heard.sort();
            assert_eq!(heard.len(), 5);
            assert_eq!(heard[3], (3, "ord3.".to_owned()));
        }
    }

    #[test]
    fn speech_that_was_passed_over_is_decoded_on_its_own() {
        struct Hasty(Vec<Span>);
        impl Recognizer for Hasty {
            fn hear(&mut self, window: &Window, _: Effort) -> Result<Hearing, AsrError> {
                self.0.push(window.span);
                assert_eq!(window.samples.len(), window.span.duration().as_millis() as usize * 16);
                let span = Span::from_start(window.span.start(), Duration::from_secs(2));
                let words = ["et", "to", "tre", "fire."].map(|text| Word {
                    span,
                    text: text.into(),
                    ..Word::default()
                });
                let phrases = vec![DecodedPhrase { words: words.into(), no_speech: 0.0 }];
                Ok(Hearing { phrases, complete: true })
            }
        }
        let span = Span::from_start(Timestamp::from_ms(5000), Duration::from_secs(8));
        let samples = vec![0.0; 16 * 8000];
        let window = Window { span, samples, speech: vec![span], ..Window::default() };
        let mut hasty = Hasty(Vec::new());
        let heard = hear(&mut hasty, &window, Words::danish()).unwrap();
        assert_eq!(hasty.0.len(), 2);
        assert_eq!(hasty.0[1].start().as_ms(), 7000);
        assert_eq!(heard.segments.len(), 2);
    }

    #[test]
    fn a_window_that_crashes_the_engine_is_lost_alone_and_said_so() {
        struct Crashing(Scripted);
        impl Recognizer for Crashing {
            fn hear(&mut self, window: &Window, effort: Effort) -> Result<Hearing, AsrError> {
                match window.index {
                    2 => Err(AsrError::Lost { at: String::new(), why: "SIGSEGV".into() }),
                    _ => self.0.hear(window, effort),
                }
            }
        }
        let mut heard = Vec::new();
        let windows = (0..5).map(|index| Ok::<_, AsrError>(window(index)));
        let crashing = vec![Crashing(Scripted::new(script()))];
        decode(crashing, Words::danish(), windows, WindowOrder::Free, |one| {
            heard.push(one);
            Ok(())
        })
        .unwrap();
        assert_eq!(heard.len(), 5);
        let lost: Vec<&DecodedWindow> = heard.iter().filter(|one| one.lost).collect();
        assert_eq!(lost.len(), 1);
        assert_eq!(lost[0].flagged[0].reason, FlagReason::Lost("SIGSEGV".into()));
    }

    #[test]
    fn a_failing_source_stops_the_work() {
        let windows = [Ok(window(0)), Err(AsrError::Worker { at: "00:00:01".into() })];
        let scripted = vec![Scripted::new(script())];
        let result =
            decode(scripted, Words::danish(), windows.into_iter(), WindowOrder::Free, |_| {
                Ok::<_, AsrError>(())
            });
        assert!(result.is_err());
    }
}
