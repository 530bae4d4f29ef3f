//! Who has the floor in each frame, and who speaks at the same time.

use crate::frames::{self, VoiceFrames};
use crate::segmentation::WindowVoices;
use crate::sincnet::FRAMES;

/// The voices of a frame: one that has the floor, and one that speaks besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Speaking {
    pub(crate) floor: Option<usize>,
    pub(crate) besides: Option<usize>,
}

/// Gives pauses of fewer than `shortest` frames within one voice's speech to that voice.
pub(crate) fn bridge(speaking: &mut [Speaking], shortest: usize) {
    let mut last: Option<(usize, usize)> = None;
    for frame in 0..speaking.len() {
        let Some(voice) = speaking[frame].floor else { continue };
        if let Some((end, before)) = last
            && before == voice
            && frame - end <= shortest
        {
            speaking[end..frame].iter_mut().for_each(|pause| pause.floor = Some(voice));
        }
        last = Some((frame + 1, voice));
    }
}

/// Finds who speaks besides the one who has the floor: in each window, the voices that it hears
/// are matched with those that have the floor while they speak alone; the windows then vote.
pub(crate) fn besides(
    speaking: &mut [Speaking],
    frames: &VoiceFrames,
    windows: &[WindowVoices],
    hop: usize,
    voices: usize,
) {
    let mut votes = vec![Vec::<(usize, u32)>::new(); speaking.len()];
    for (index, window) in windows.iter().enumerate() {
        let first = frames::beginning(index, hop).min(speaking.len());
        let last = (first + FRAMES).min(speaking.len());
        let matched = matching(&together(window, &speaking[first..last], voices));
        for (frame, mask) in (first..last).zip(window.iter()) {
            for (local, voice) in matched.iter().enumerate() {
                let Some(voice) = voice.filter(|_| mask >> local & 1 == 1) else { continue };
                match votes[frame].iter_mut().find(|(known, _)| *known == voice) {
                    Some((_, count)) => *count += 1,
                    None => votes[frame].push((voice, 1)),
                }
            }
        }
    }
    for ((frame, votes), many) in speaking.iter_mut().zip(&mut votes).zip(&frames.voices) {
        votes.sort_by_key(|(voice, count)| {
            (std::cmp::Reverse(*count), Some(*voice) != frame.floor, *voice)
        });
        votes.retain(|(voice, _)| Some(*voice) != frame.floor);
        if frame.floor.is_some() && *many >= 2 {
            frame.besides = votes.first().map(|(voice, _)| *voice);
        }
    }
}

/// How often each local voice speaks while each voice has the floor. A frame in which it speaks
/// alone counts ten times as much as one in which it does not.
fn together(window: &[u8; FRAMES], speaking: &[Speaking], voices: usize) -> [Vec<u32>; 3] {
    let mut counts = [vec![0; voices], vec![0; voices], vec![0; voices]];
    for (mask, frame) in window.iter().zip(speaking) {
        let Some(voice) = frame.floor else { continue };
        for (local, counts) in counts.iter_mut().enumerate() {
            if mask >> local & 1 == 1 {
                counts[voice] += if mask.count_ones() == 1 { 11 } else { 1 };
            }
        }
    }
    counts
}

/// Matches up to three local voices with different voices so that most frames agree.
fn matching(counts: &[Vec<u32>; 3]) -> [Option<usize>; 3] {
    // The best match needs none but the three best of each.
    let best = counts.each_ref().map(|counts| {
        let mut order: Vec<usize> = (0..counts.len()).filter(|v| counts[*v] > 0).collect();
        order.sort_by_key(|voice| (std::cmp::Reverse(counts[*voice]), *voice));
        order.truncate(3);
        let some = order.into_iter().map(Some);
        some.chain([None]).collect::<Vec<_>>()
    });
    let mut most = (0, [None; 3]);
    for a in &best[0] {
        for b in best[1].iter().filter(|b| b.is_none() || *b != a) {
            for c in best[2].iter().filter(|c| c.is_none() || (*c != a && *c != b)) {
                let matched = [*a, *b, *c];
                let agree = matched.iter().zip(counts);
                let agree =
                    agree.filter_map(|(voice, counts)| voice.map(|voice| counts[voice])).sum();
                if agree > most.0 {
                    most = (agree, matched);
                }
            }
        }
    }
    most.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sincnet::WINDOW;

    #[test]
    fn local_voices_are_matched_with_different_voices() {
        let counts = [vec![10, 9, 0], vec![10, 1, 0], vec![0, 0, 0]];
        assert_eq!(matching(&counts), [Some(1), Some(0), None]);
    }

    #[test]
    fn who_speaks_besides_is_known_from_where_they_speak_alone() {
        let masks = [(1, 200), (3, 100), (2, 200), (0, 89)];
        let masks: Vec<u8> = masks.iter().flat_map(|(mask, n)| vec![*mask; *n]).collect();
        let window = Box::new(<[u8; FRAMES]>::try_from(masks).unwrap());
        let windows = [window];
        let frames = VoiceFrames::of(&windows, 16_000, WINDOW);
        let mut speaking = vec![Speaking::default(); frames.voices.len()];
        speaking[..300].iter_mut().for_each(|frame| frame.floor = Some(4));
        speaking[300..500].iter_mut().for_each(|frame| frame.floor = Some(2));
        besides(&mut speaking, &frames, &windows, 16_000, 5);
        assert_eq!(speaking[100], Speaking { floor: Some(4), besides: None });
        assert_eq!(speaking[250], Speaking { floor: Some(4), besides: Some(2) });
        assert_eq!(speaking[400], Speaking { floor: Some(2), besides: None });
    }
}
