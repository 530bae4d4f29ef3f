//! Where the recording is cut for decoding: windows of speech, cut at the longest pauses.

use std::time::Duration;

use crate::audio::loudness::Loudness;
use referat_core::time::Span;

/// Returns the windows to decode: together they hold all of `speech`, none is longer than
/// `longest`, and they are cut at the longest pauses near the full length, so that the
/// encoder's 30 s are well used.
///
/// `speech` must be in order of time and free of overlaps.
pub fn plan(speech: &[Span], loudness: &Loudness, longest: Duration) -> Vec<Span> {
    let mut pieces = Vec::new();
    for &span in speech {
        split_long(span, loudness, longest, &mut pieces);
    }
    let mut windows = Vec::new();
    let mut rest = &pieces[..];
    while let Some(first) = rest.first() {
        let fits = rest
            .iter()
            .take_while(|piece| piece.end().since(first.start()) <= longest)
            .count()
            .max(1);
        let taken = if fits == rest.len() { fits } else { best_cut(&rest[..=fits]) };
        windows.push(first.cover(rest[taken - 1]));
        rest = &rest[taken..];
    }
    windows
}

/// Returns how many of the pieces to take (all but the last fit): the cut with the longest
/// pause, where a window half full counts a pause half.
fn best_cut(pieces: &[Span]) -> usize {
    let first = pieces[0];
    (1..pieces.len())
        .max_by_key(|&taken| {
            let length = pieces[taken - 1].end().since(first.start()).as_millis();
            let pause = pieces[taken].start().since(pieces[taken - 1].end()).as_millis();
            (length * (pause + 50), taken)
        })
        .unwrap_or(1)
}

fn split_long(span: Span, loudness: &Loudness, longest: Duration, pieces: &mut Vec<Span>) {
    let mut rest = span;
    while rest.duration() > longest {
        let from = rest.start() + longest / 2;
        let to = rest.start() + longest;
        let search = Span::new(from, to).unwrap_or(rest);
        let cut = loudness.quietest(search).max(from).min(to);
        pieces.extend(Span::new(rest.start(), cut));
        let Some(after) = Span::new(cut, rest.end()) else { return };
        rest = after;
    }
    pieces.push(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::recognizer::MAX_WINDOW;
    use proptest::prelude::*;
    use referat_core::time::Timestamp;

    fn span(start: u64, end: u64) -> Span {
        Span::new(Timestamp::from_ms(start), Timestamp::from_ms(end)).unwrap()
    }

    #[test]
    fn neighbours_are_merged_and_cut_at_the_longest_pause() {
        let speech =
            [span(0, 9_000), span(9_300, 20_000), span(21_500, 26_000), span(26_200, 40_000)];
        assert_eq!(
            plan(&speech, &Loudness::default(), MAX_WINDOW),
            [span(0, 20_000), span(21_500, 40_000)]
        );
    }

    #[test]
    fn speech_without_a_pause_is_cut_where_it_is_quietest() {
        let mut loudness = Loudness::default();
        let mut samples = vec![0.5; 16_000 * 40];
        samples[16_000 * 20..16_000 * 20 + 3200].fill(0.001);
        loudness.push(&samples);
        let windows = plan(&[span(0, 40_000)], &loudness, MAX_WINDOW);
        assert_eq!(windows.len(), 2);
        assert!((20_000..20_200).contains(&windows[0].end().as_ms()), "{windows:?}");
    }

    proptest! {
        #[test]
        fn windows_hold_all_speech_and_none_is_too_long(
            lengths in prop::collection::vec((1u64..60_000, 1u64..5_000), 0..40),
        ) {
            let mut at = 0;
            let speech: Vec<Span> = lengths.iter().map(|(length, pause)| {
                let speech = span(at, at + length);
                at += length + pause;
                speech
            }).collect();
            let windows = plan(&speech, &Loudness::default(), MAX_WINDOW);
            for window in &windows {
                prop_assert!(window.duration() <= MAX_WINDOW);
            }
            for pair in windows.windows(2) {
                prop_assert!(pair[0].end() <= pair[1].start());
            }
            for speech in speech {
                let covered: Duration = windows.iter().map(|w| w.overlap(speech)).sum();
                prop_assert_eq!(covered, speech.duration());
            }
        }
    }
}
