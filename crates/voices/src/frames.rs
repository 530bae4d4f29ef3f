//! What overlapping windows agree on, frame by frame: how many voices speak, and where one
//! hands over to another.

use std::ops::Range;

use crate::segmentation::WindowVoices;
use crate::sincnet::{FRAMES, WINDOW};

/// Samples of a frame.
pub(crate) const STEP: usize = 270;
/// Samples before the first frame.
pub(crate) const LEAD: usize = 360;

/// Windows that hear a change within so many frames mean the same one: 0.15 s to either side.
const NEAR: usize = 9;
/// Runs of fewer frames are no speech.
const SHORTEST_RUN: usize = 3;

/// The frames of a recording.
#[derive(Debug)]
pub(crate) struct VoiceFrames {
    /// Voices at a time.
    pub(crate) voices: Vec<u8>,
    /// Of the windows that hear a frame, how many hear one voice hand over to another near it.
    changes: Vec<f32>,
}

/// Returns the frame at which window `index` begins.
pub(crate) fn beginning(index: usize, hop: usize) -> usize {
    (index * hop + STEP / 2) / STEP
}

/// Returns how many frames so many samples have.
pub(crate) const fn count(samples: usize) -> usize {
    if samples < LEAD { 0 } else { (samples - LEAD) / STEP + 1 }
}

/// Returns how many windows so many samples have.
pub(crate) const fn windows(samples: usize, hop: usize) -> usize {
    1 + samples.saturating_sub(WINDOW).div_ceil(hop)
}

/// Returns the frames of a window at which another voice begins to speak alone; where two speak
/// at once in between, the middle of that.
fn hand_overs(window: &[u8; FRAMES]) -> impl Iterator<Item = usize> {
    let mut last: Option<(usize, u8)> = None;
    let alone = window.iter().enumerate().filter(|(_, mask)| mask.is_power_of_two());
    alone.filter_map(move |(frame, mask)| {
        let before = last.replace((frame, *mask))?;
        (before.1 != *mask).then_some((before.0 + frame).div_ceil(2))
    })
}

impl VoiceFrames {
    /// Counts what windows that begin `hop` samples apart hear.
    pub(crate) fn of(windows: &[WindowVoices], hop: usize, samples: usize) -> Self {
        let length = count(samples);
        let (mut voices, mut heard) = (vec![0_u32; length], vec![0_u32; length]);
        let mut changes = vec![0_u32; length];
        for (index, window) in windows.iter().enumerate() {
            let first = beginning(index, hop);
            for (frame, mask) in (first..length).zip(window.iter()) {
                voices[frame] += mask.count_ones();
                heard[frame] += 1;
            }
            for change in hand_overs(window) {
                if let Some(count) = changes.get_mut(first + change) {
                    *count += 1;
                }
            }
        }
        let share = |part: u32, of: u32| if of == 0 { 0.0 } else { part as f32 / of as f32 };
        let rounded = |(part, of): (u32, u32)| share(part, of).round_ties_even() as u8;
        let near = |frame: usize| {
            let around = frame.saturating_sub(NEAR)..(frame + NEAR + 1).min(length);
            share(changes[around].iter().sum(), heard[frame])
        };
        Self {
            changes: (0..length).map(near).collect(),
            voices: voices.into_iter().zip(heard).map(rounded).collect(),
        }
    }

    /// Returns the runs of frames in which one voice has the floor.
    pub(crate) fn runs(&self) -> Vec<Range<usize>> {
        let mut cuts = vec![false; self.voices.len()];
        let mut frame = 0;
        while frame < cuts.len() {
            let from = frame;
            while frame < cuts.len() && self.changes[frame] >= 0.5 {
                frame += 1;
            }
            if frame > from {
                cuts[(from + frame - 1) / 2] = true;
            }
            frame += 1;
        }
        let mut runs = Vec::new();
        let mut start = None;
        let speech = self.voices.iter().map(|voices| *voices > 0);
        for (frame, speech) in speech.chain([false]).enumerate() {
            match start {
                None if speech => start = Some(frame),
                Some(from) if !speech || cuts[frame] => {
                    runs.push(from..frame);
                    start = speech.then_some(frame);
                }
                _ => {}
            }
        }
        runs.retain(|run| run.len() >= SHORTEST_RUN);
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(masks: &[(u8, usize)]) -> WindowVoices {
        let masks: Vec<u8> = masks.iter().flat_map(|(mask, n)| vec![*mask; *n]).collect();
        Box::new(<[u8; FRAMES]>::try_from(masks).unwrap())
    }

    #[test]
    fn a_run_is_cut_where_the_voice_changes_and_at_a_pause() {
        let windows = [window(&[(0, 100), (1, 100), (2, 150), (0, 100), (2, 139)])];
        let frames = VoiceFrames::of(&windows, 16_000, WINDOW);
        assert_eq!(frames.runs(), [100..200, 200..350, 450..589]);
    }

    #[test]
    fn the_majority_of_windows_says_whether_there_is_speech() {
        let (speech, silence) = (window(&[(4, FRAMES)]), window(&[(0, FRAMES)]));
        let frames = VoiceFrames::of(&[speech, silence.clone(), silence], 270, WINDOW);
        assert_eq!(frames.voices[..3], [1, 0, 0]);
    }
}
